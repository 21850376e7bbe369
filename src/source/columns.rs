//! One column of a table: a code per row into a dictionary of its texts.

pub use super::dictionary::{Dictionary, MISSING};

use crate::values::text;

/// One column: a code per row.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// Heading
    pub name: String,
    /// Code of each row, [`MISSING`] for an empty cell
    pub codes: Vec<u32>,
    /// What the codes stand for
    pub dictionary: Dictionary,
    /// Rows that differed from the row before
    changes: usize,
    /// Texts hardly repeat, other than in runs
    ids: bool,
}

impl Column {
    /// An empty column.
    pub fn new(name: impl Into<String>) -> Column {
        Column { name: name.into(), ..Column::default() }
    }

    /// Text of a row; `None` for an empty cell.
    pub fn text(&self, row: usize) -> Option<&str> {
        match self.codes.get(row) {
            None | Some(&MISSING) => None,
            Some(&code) => Some(self.dictionary.get(code)),
        }
    }

    /// Adds a row of a part as it stands; [`Column::append`] normalises and finds repeats. A part whose texts hardly
    /// repeat (ids) stops looking for repeats itself.
    #[inline]
    pub(crate) fn push(&mut self, cell: &str) {
        if cell.is_empty() {
            return self.codes.push(MISSING);
        }
        if let Some(&last) = self.codes.last()
            && last != MISSING
            && self.dictionary.get(last) == cell
        {
            return self.codes.push(last);
        }
        self.ids |= self.dictionary.len() == 64 && self.changes < 85;
        self.changes += 1;
        let code = if self.ids { self.dictionary.push_unseen(cell) } else { self.dictionary.intern(cell) };
        self.codes.push(code);
    }

    /// Adds empty rows until there are `rows`.
    pub(crate) fn pad(&mut self, rows: usize) {
        self.codes.resize(rows, MISSING);
    }

    /// Adds the rows of a part, texts trimmed and in normal form C.
    ///
    /// `expected` is how many parts like this one the whole file will hold, as far as its size tells.
    pub(crate) fn append(&mut self, part: &Column, expected: usize) {
        if self.codes.is_empty() {
            self.ids = part.ids;
            self.codes.reserve(part.codes.len() * expected);
            if self.ids {
                self.dictionary.reserve(part.dictionary.len() * expected, part.dictionary.bytes() * expected);
            }
        }
        let codes: Vec<u32> = part
            .dictionary
            .iter()
            .map(|raw| match text::normalise(raw) {
                clean if clean.is_empty() => MISSING,
                clean if self.ids => self.dictionary.push_unseen(&clean),
                clean => self.dictionary.intern(&clean),
            })
            .collect();
        self.codes.extend(part.codes.iter().map(|&code| codes.get(code as usize).copied().unwrap_or(MISSING)));
    }

    /// Parses every distinct text once.
    pub fn parse<T>(&self, parse: impl Fn(&str) -> T) -> Vec<T> {
        self.dictionary.iter().map(parse).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_share_a_code_after_normalising() {
        let mut part = Column::new("xa");
        for cell in ["Hòa", "", "Ho\u{300}a", " Hòa ", "  "] {
            part.push(cell);
        }
        let mut column = Column::new("xa");
        column.append(&part, 1);
        assert_eq!(column.codes, [0, MISSING, 0, 0, MISSING]);
        assert_eq!(column.text(3), Some("Hòa"));
        assert_eq!(column.text(1), None);
    }

    #[test]
    fn ids_are_found_and_their_repeats_known() {
        let mut column = Column::new("id");
        for start in [0, 150] {
            let mut part = Column::new("id");
            (start..start + 200).for_each(|i| part.push(&format!("F{i:04}")));
            column.append(&part, 2);
        }
        assert_eq!((column.codes.len(), column.text(399)), (400, Some("F0349")));
        assert_eq!(column.dictionary.find("F0160"), Some(160));
        assert_eq!(column.dictionary.find("F9999"), None);
        assert_eq!(column.dictionary.repeats().first(), Some(&(200, 150)));
        assert_eq!(column.dictionary.repeats().len(), 50);
    }
}

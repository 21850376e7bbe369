//! One sheet as it stands: cells with their addresses, and which of them are merged.

use crate::source::MISSING;
use hashbrown::HashMap;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words, or a number typed as words
    Text(String),
    /// A number; percentages come as they are shown (113 for 113 %)
    Number(f64),
    /// A day, `2024-04-05`, with the time of day if it has one
    Date(String),
    /// An error such as `#N/A`
    Fault(String),
    /// A formula whose value was never computed
    Uncomputed,
}

impl Cell {
    /// The cell as text, as a table has it. Numbers have a decimal point and no groups.
    pub fn text(&self) -> String {
        match self {
            Cell::Text(text) | Cell::Date(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Fault(_) | Cell::Uncomputed => String::new(),
        }
    }

    /// Whether the cell holds a number or a day rather than words, however it was typed.
    pub fn is_figure(&self) -> bool {
        match self {
            Cell::Text(text) => looks_like_figure(text),
            _ => true,
        }
    }
}

/// Whether a text is a number, a range of numbers or a day.
fn looks_like_figure(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits > 0 && text.chars().all(|c| c.is_ascii_digit() || " .,-–/%+\u{2212}\u{a0}".contains(c))
}

/// A row that is not empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Number in the sheet, from 0
    pub number: u32,
    /// (column, cell), by column
    pub cells: Vec<(u32, Cell)>,
}

/// The cells of a sheet that hold something, in order.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// Name of the sheet; empty for a text file
    pub sheet: String,
    /// Rows that are not empty
    pub rows: Vec<Row>,
    /// First row, first column, last row, last column of merged cells
    pub merges: Vec<[u32; 4]>,
    /// Cells that are shown as percentages
    pub percent: hashbrown::HashSet<(u32, u32)>,
    origins: HashMap<(u32, u32), (u32, u32)>,
}

/// Larger merged areas are backgrounds, not headings.
const LARGEST_MERGE: u64 = 20_000;

impl Grid {
    /// A sheet from its cells in any order.
    pub fn new(sheet: &str, mut cells: Vec<(u32, u32, Cell)>, merges: Vec<[u32; 4]>) -> Grid {
        cells.retain(|(_, _, cell)| !matches!(cell, Cell::Text(text) if text.trim().is_empty()));
        cells.sort_by_key(|&(row, column, _)| (row, column));
        let mut grid = Grid { sheet: sheet.to_owned(), merges, ..Grid::default() };
        for (row, column, cell) in cells {
            match grid.rows.last_mut().filter(|last| last.number == row) {
                Some(last) => last.cells.push((column, cell)),
                None => grid.rows.push(Row { number: row, cells: vec![(column, cell)] }),
            }
        }
        for &[top, left, bottom, right] in &grid.merges {
            let size = u64::from(bottom - top + 1) * u64::from(right - left + 1);
            if size <= LARGEST_MERGE {
                for row in top..=bottom {
                    grid.origins.extend((left..=right).map(|column| ((row, column), (top, left))));
                }
            }
        }
        grid
    }

    /// The row with a number, if it holds anything.
    pub fn row(&self, number: u32) -> Option<&Row> {
        self.rows.binary_search_by_key(&number, |row| row.number).ok().map(|at| &self.rows[at])
    }

    /// What stands at an address.
    pub fn at(&self, row: u32, column: u32) -> Option<&Cell> {
        let row = self.row(row)?;
        row.cells.binary_search_by_key(&column, |&(column, _)| column).ok().map(|at| &row.cells[at].1)
    }

    /// Where the content of an address comes from: itself, or the first cell of the merged area it lies in.
    pub fn origin(&self, row: u32, column: u32) -> (u32, u32) {
        self.origins.get(&(row, column)).copied().unwrap_or((row, column))
    }

    /// What is shown at an address, merged areas filled.
    pub fn shown(&self, row: u32, column: u32) -> Option<&Cell> {
        let (row, column) = self.origin(row, column);
        self.at(row, column)
    }

    /// Keeps what lies in a stretch.
    pub fn crop(&mut self, [top, left, bottom, right]: [u32; 4]) {
        self.rows.retain(|row| (top..=bottom).contains(&row.number));
        for row in &mut self.rows {
            row.cells.retain(|(column, _)| (left..=right).contains(column));
        }
        self.rows.retain(|row| !row.cells.is_empty());
    }
}

/// Letters of a column: 0 is A, 26 is AA.
pub fn letters(column: u32) -> String {
    let mut name = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        name.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    name.reverse();
    String::from_utf8(name).unwrap_or_default()
}

/// Address of a cell: (0, 1) is B1.
pub fn address(row: u32, column: u32) -> String {
    format!("{}{}", letters(column), row + 1)
}

/// Row and column of an address such as `B12`; a lone letter or number leaves the other open.
fn corner(text: &str) -> Option<(Option<u32>, Option<u32>)> {
    let text = text.trim().replace('$', "");
    let split = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let (name, number) = text.split_at(split);
    let mut column: Option<u32> = None;
    for letter in name.bytes() {
        let digit = u32::from(letter.to_ascii_uppercase().checked_sub(b'A').filter(|digit| *digit < 26)?) + 1;
        column = Some(column.unwrap_or(0).checked_mul(26)?.checked_add(digit)?);
    }
    let row = if number.is_empty() { None } else { Some(number.parse::<u32>().ok()?.checked_sub(1)?) };
    (row.is_some() || column.is_some()).then(|| (row, column.map(|column| column - 1)))
}

/// Row and column of a full address such as `B12`.
pub fn parse_address(text: &str) -> Option<(u32, u32)> {
    let (row, column) = corner(text)?;
    Some((row?, column?))
}

/// First row, first column, last row, last column of `A5:N60`, `A:N` or `5:60`.
pub fn parse_range(text: &str) -> Option<[u32; 4]> {
    let (from, to) = text.split_once(':')?;
    let ((top, left), (bottom, right)) = (corner(from)?, corner(to)?);
    let range = [top.unwrap_or(0), left.unwrap_or(0), bottom.unwrap_or(MISSING - 1), right.unwrap_or(MISSING - 1)];
    (range[0] <= range[2] && range[1] <= range[3]).then_some(range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_spreadsheets() {
        assert_eq!([letters(0), letters(25), letters(26), letters(16_383)], ["A", "Z", "AA", "XFD"]);
        assert_eq!(parse_address("XFD1048576"), Some((1_048_575, 16_383)));
        assert_eq!(parse_range("A5:N60"), Some([4, 0, 59, 13]));
        assert_eq!(parse_range("B:D"), Some([0, 1, MISSING - 1, 3]));
        assert_eq!((parse_range("A5"), parse_range("N1:A1"), parse_address("A0")), (None, None, None));
    }
}

//! Tables as columns of distinct texts. Parsing, matching and checking then happen once per distinct text, not once
//! per row, and codes never turn into numbers by accident.

use super::blocks::Fingerprint;
use crate::message;
use crate::run::{Fault, Place, Result};
use crate::values::text;
use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::hash::BuildHasher;
use std::sync::OnceLock;

/// The code of an empty cell.
pub const MISSING: u32 = u32::MAX;

/// Texts numbered in order of appearance. Texts that repeat share a number, except in columns of ids, where looking
/// every text up while reading would cost more than it saves; [`Dictionary::repeats`] then tells which ones do.
#[derive(Clone, Default)]
pub struct Dictionary {
    text: String,
    ends: Vec<usize>,
    index: HashTable<u32>,
    hasher: DefaultHashBuilder,
    late: OnceLock<Late>,
}

/// The index of texts that were added without looking, made when it is first needed, by all threads: each fills the
/// shards whose number a text's hash begins with.
#[derive(Clone, Default)]
struct Late {
    shards: Vec<HashTable<u32>>,
    repeats: Vec<(u32, u32)>,
}

/// Number of shards, a power of two.
const SHARDS: usize = 16;

/// One shard, and the repeats found while filling it.
type Filled = (HashTable<u32>, Vec<(u32, u32)>);

impl Late {
    fn join(filled: Vec<Filled>) -> Late {
        let mut late = Late::default();
        for (index, repeats) in filled {
            late.shards.push(index);
            late.repeats.extend(repeats);
        }
        late.repeats.sort_unstable();
        late
    }
}

fn shard(hash: u64) -> usize {
    (hash >> 32) as usize % SHARDS
}

impl std::fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Dictionary {
    /// Number of distinct texts.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text with a number. Empty for [`MISSING`].
    #[inline]
    pub fn get(&self, code: u32) -> &str {
        slice(&self.text, &self.ends, code)
    }

    /// The number of a text, if it was seen; the first one where several are equal.
    pub fn find(&self, wanted: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(wanted.as_bytes());
        let index = if self.index.len() == self.ends.len() { &self.index } else { &self.late().shards[shard(hash)] };
        index.find(hash, |&code| self.get(code) == wanted).copied()
    }

    /// Numbers whose text came before, each with its first number. Not to be called from a task
    /// of the thread pool while another may ask the same dictionary.
    pub fn repeats(&self) -> &[(u32, u32)] {
        if self.index.len() == self.ends.len() { &[] } else { &self.late_by_all_threads().repeats }
    }

    /// Made by one thread: `find` is called from many, and a thread that waited for others here could be handed a task
    /// that asks for the same index.
    fn late(&self) -> &Late {
        self.late.get_or_init(|| {
            let hashes: Vec<u64> = (0..self.len() as u32).map(|code| self.hash_of(code)).collect();
            Late::join((0..SHARDS).map(|number| self.fill(number, &hashes)).collect())
        })
    }

    /// As [`Dictionary::late`], by all threads; only for calls from outside of them.
    fn late_by_all_threads(&self) -> &Late {
        self.late.get_or_init(|| {
            let codes = (0..self.len() as u32).into_par_iter().with_min_len(4096);
            let hashes: Vec<u64> = codes.map(|code| self.hash_of(code)).collect();
            Late::join((0..SHARDS).into_par_iter().map(|number| self.fill(number, &hashes)).collect())
        })
    }

    fn hash_of(&self, code: u32) -> u64 {
        self.hasher.hash_one(self.get(code).as_bytes())
    }

    /// Fills one shard and lists the repeats found in it.
    fn fill(&self, number: usize, hashes: &[u64]) -> Filled {
        let mut index = HashTable::with_capacity(self.len() / SHARDS);
        let mut repeats = Vec::new();
        for (code, &hash) in hashes.iter().enumerate().filter(|(_, hash)| shard(**hash) == number) {
            let text = self.get(code as u32);
            match index.entry(hash, |&known: &u32| self.get(known) == text, |&known| hashes[known as usize]) {
                Entry::Occupied(first) => repeats.push((code as u32, *first.get())),
                Entry::Vacant(free) => {
                    free.insert(code as u32);
                }
            }
        }
        (index, repeats)
    }

    /// The number of a text, new if it was not seen.
    pub fn intern(&mut self, wanted: &str) -> u32 {
        let Dictionary { text, ends, index, hasher, .. } = self;
        let hash = hasher.hash_one(wanted.as_bytes());
        if let Some(&code) = index.find(hash, |&code| slice(text, ends, code) == wanted) {
            return code;
        }
        let code = ends.len() as u32;
        text.push_str(wanted);
        ends.push(text.len());
        index.insert_unique(hash, code, |&code| hasher.hash_one(slice(text, ends, code).as_bytes()));
        code
    }

    /// Adds a text without looking whether it is there.
    fn push_unseen(&mut self, text: &str) -> u32 {
        let code = self.ends.len() as u32;
        self.text.push_str(text);
        self.ends.push(self.text.len());
        code
    }

    /// Makes room for `texts` more texts of `bytes` in all.
    fn reserve(&mut self, texts: usize, bytes: usize) {
        self.text.reserve(bytes);
        self.ends.reserve(texts);
    }

    /// All texts in order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).map(|code| self.get(code))
    }
}

#[inline]
fn slice<'a>(text: &'a str, ends: &[usize], code: u32) -> &'a str {
    let code = code as usize;
    match ends.get(code) {
        Some(&end) => &text[if code == 0 { 0 } else { ends[code - 1] }..end],
        None => "",
    }
}

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
    pub(super) fn push(&mut self, cell: &str) {
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
    pub(super) fn pad(&mut self, rows: usize) {
        self.codes.resize(rows, MISSING);
    }

    /// Adds the rows of a part, texts trimmed and in normal form C.
    ///
    /// `expected` is how many parts like this one the whole file will hold, as far as its size tells.
    pub(super) fn append(&mut self, part: &Column, expected: usize) {
        if self.codes.is_empty() {
            self.ids = part.ids;
            self.codes.reserve(part.codes.len() * expected);
            if self.ids {
                self.dictionary.reserve(part.dictionary.len() * expected, part.dictionary.text.len() * expected);
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

/// Rows and columns read from one file.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// File name as the user wrote it
    pub file: String,
    /// Columns kept
    pub columns: Vec<Column>,
    /// Number of rows
    pub rows: usize,
    /// All headings of the file, kept or not
    pub headings: Vec<String>,
    /// (row, line) wherever lines stop running in step with rows
    pub(super) lines: Vec<(usize, u64)>,
    /// How the file was understood
    pub read_as: BTreeMap<&'static str, String>,
    /// Size and fingerprint
    pub fingerprint: Fingerprint,
}

impl Table {
    /// Line of the file (or index of the feature, 1-based) at which a row begins.
    pub fn line(&self, row: usize) -> u64 {
        let step = self.lines.partition_point(|&(first, _)| first <= row);
        match step.checked_sub(1).map(|i| self.lines[i]) {
            Some((first, line)) => line + (row - first) as u64,
            None => row as u64 + 1,
        }
    }

    /// A column by its exact heading.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// A column that must be there; the fault names the columns that are.
    pub fn require(&self, name: &str) -> Result<&Column> {
        self.column(name).ok_or_else(|| missing_column(&self.file, name, &self.headings))
    }

    /// A place in this table.
    pub fn place(&self, row: usize, column: &str, value: &str) -> Place {
        Place::file(&self.file).row(self.line(row)).column(column).value(value)
    }

    /// Rows whose code in `column` is marked in `bad`, in order.
    pub fn rows_where<'a>(&'a self, column: &'a Column, bad: &'a [bool]) -> impl Iterator<Item = (usize, u32)> + 'a {
        let rows = if bad.contains(&true) { &column.codes[..] } else { &[] };
        rows.iter().enumerate().filter(|(_, code)| bad.get(**code as usize) == Some(&true)).map(|(row, &code)| (row, code))
    }
}

/// The fault for a heading that is not there.
pub fn missing_column(file: &str, name: &str, headings: &[String]) -> Fault {
    let there = headings.iter().map(|heading| format!("\"{heading}\"")).collect::<Vec<_>>().join(", ");
    let fault = Fault::new(
        "missing-column",
        Place::file(file),
        message!("không có cột \"{name}\"; các cột đang có: {there}", "there is no column \"{name}\"; the columns are: {there}"),
    );
    match text::nearest(name, headings.iter().map(String::as_str)) {
        Some(near) => fault.hint(message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?")),
        None => fault,
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

    #[test]
    fn a_leading_zero_survives() {
        let mut dictionary = Dictionary::default();
        let code = dictionary.intern("00412");
        assert_eq!(dictionary.get(code), "00412");
        assert_eq!(dictionary.find("412"), None);
    }

    #[test]
    fn lines_follow_quoted_breaks() {
        let table = Table { lines: vec![(0, 2), (3, 7)], ..Table::default() };
        assert_eq!([0, 2, 3, 5].map(|row| table.line(row)), [2, 4, 7, 9]);
    }
}

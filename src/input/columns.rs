//! Tables as columns of distinct texts. Parsing, matching and checking then happen once per distinct text, not once
//! per row, and codes never turn into numbers by accident.

use super::Decimal;
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
    pub(super) fn pad(&mut self, rows: usize) {
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

/// Where the columns of a table stand in a sheet.
#[derive(Debug, Clone, Default)]
pub(super) struct SheetPlace {
    /// Name of the sheet
    pub name: String,
    /// (heading, letters of the column)
    pub columns: Vec<(String, String)>,
}

impl SheetPlace {
    /// `Tuần 15!B12`, or the sheet alone for a column that is not in it.
    fn cell(&self, heading: &str, line: u64) -> String {
        match self.columns.iter().find(|(known, _)| known == heading) {
            Some((_, letters)) => format!("{}!{letters}{line}", self.name),
            None => self.name.clone(),
        }
    }
}

/// A file or sheet within a table that was put together from several.
#[derive(Debug, Clone, Default)]
pub(super) struct StackedPart {
    first: usize,
    file: String,
    lines: Vec<(usize, u64)>,
    sheet: Option<SheetPlace>,
}

/// Rows and columns read from one file, or from several alike.
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
    /// The sheet it comes from, if it does from one
    pub(super) sheet: Option<SheetPlace>,
    /// What it was put together from, if from several files or sheets
    pub(super) parts: Vec<StackedPart>,
    /// Decimal sign of every number, where reading settled it
    pub decimal: Option<Decimal>,
    /// The first lines of a table found in a sheet, for people
    pub preview: Vec<String>,
    /// How the file was understood
    pub read_as: BTreeMap<&'static str, String>,
    /// Size and fingerprint
    pub fingerprint: Fingerprint,
}

impl Table {
    /// Line of the file (or index of the feature, 1-based) at which a row begins.
    pub fn line(&self, row: usize) -> u64 {
        match self.part(row) {
            Some(part) => line_of(&part.lines, row - part.first),
            None => line_of(&self.lines, row),
        }
    }

    fn part(&self, row: usize) -> Option<&StackedPart> {
        let at = self.parts.partition_point(|part| part.first <= row);
        at.checked_sub(1).map(|at| &self.parts[at])
    }

    /// Adds the rows of another table below; columns that only one of them has stay empty in the other.
    pub(super) fn stack(&mut self, below: Table) {
        if self.parts.is_empty() {
            let lines = std::mem::take(&mut self.lines);
            self.parts.push(StackedPart { first: 0, file: self.file.clone(), lines, sheet: self.sheet.take() });
        }
        self.parts.push(StackedPart { first: self.rows, file: below.file, lines: below.lines, sheet: below.sheet });
        let rows = self.rows + below.rows;
        for heading in below.headings {
            if !self.headings.contains(&heading) {
                self.headings.push(heading);
            }
        }
        for piece in &below.columns {
            let at = self.columns.iter().position(|column| column.name == piece.name).unwrap_or_else(|| {
                let mut column = Column::new(piece.name.as_str());
                column.pad(self.rows);
                self.columns.push(column);
                self.columns.len() - 1
            });
            self.columns[at].append(piece, 1);
        }
        for column in &mut self.columns {
            column.pad(rows);
        }
        self.rows = rows;
    }

    /// What was found in a sheet: its headings with their columns, and its first rows.
    pub(super) fn preview(&self) -> Vec<String> {
        let sheet = self.parts.first().map_or(&self.sheet, |part| &part.sheet);
        if sheet.is_none() && !self.read_as.contains_key("range") {
            return Vec::new();
        }
        let letters = |heading: &str| {
            let known = sheet.as_ref()?.columns.iter().find(|(known, _)| known == heading)?;
            Some(format!("{}: ", known.1))
        };
        let cut = |text: &str| match text.char_indices().nth(28) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.to_owned(),
        };
        let mut lines = vec![
            self.columns
                .iter()
                .map(|c| format!("{}{}", letters(&c.name).unwrap_or_default(), cut(&c.name)))
                .collect::<Vec<_>>()
                .join(" | "),
        ];
        for row in 0..self.rows.min(3) {
            let cells = self.columns.iter().map(|column| cut(column.text(row).unwrap_or("·"))).collect::<Vec<_>>().join(" | ");
            lines.push(format!("{}: {cells}", self.line(row)));
        }
        lines
    }

    /// As [`Table::stack`], with the sizes and hashes of both files.
    pub(super) fn absorb(&mut self, below: Table) {
        use sha2::{Digest, Sha256};
        let joined = format!("{}{}", self.fingerprint.sha256, below.fingerprint.sha256);
        self.fingerprint.bytes += below.fingerprint.bytes;
        self.fingerprint.sha256 = Sha256::digest(joined).iter().map(|byte| format!("{byte:02x}")).collect();
        if self.decimal != below.decimal {
            self.decimal = None;
        }
        self.stack(below);
    }

    /// A table with other columns, whose rows come from rows of this one.
    pub fn rebuilt(&self, sources: &[usize], columns: Vec<(String, Vec<String>)>) -> Table {
        let mut table = Table {
            file: self.file.clone(),
            rows: sources.len(),
            headings: columns.iter().map(|(name, _)| name.clone()).collect(),
            lines: sources.iter().enumerate().map(|(row, &source)| (row, self.line(source))).collect(),
            decimal: self.decimal,
            preview: self.preview.clone(),
            read_as: self.read_as.clone(),
            fingerprint: self.fingerprint.clone(),
            ..Table::default()
        };
        for (name, texts) in columns {
            let mut part = Column::new(name.clone());
            texts.iter().for_each(|text| part.push(text));
            let mut column = Column::new(name);
            column.append(&part, 1);
            table.columns.push(column);
        }
        table
    }

    /// Adds a column with one text in every row.
    pub(super) fn fill(&mut self, heading: &str, text: &str) {
        let mut column = Column::new(heading);
        for _ in 0..self.rows {
            column.push(text);
        }
        self.headings.retain(|known| known != heading);
        self.columns.retain(|known| known.name != heading);
        self.headings.push(heading.to_owned());
        self.columns.push(column);
    }

    /// A column by its exact heading.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// A column that must be there; the fault names the columns that are.
    pub fn require(&self, name: &str) -> Result<&Column> {
        self.column(name).ok_or_else(|| missing_column(&self.file, name, &self.headings))
    }

    /// The heading that is meant by a declared one, which may differ in case, accents, line breaks and unit.
    pub fn named(&self, name: &str) -> Result<String> {
        super::headings::named(&self.file, &self.headings, name)
    }

    /// A place in this table.
    pub fn place(&self, row: usize, column: &str, value: &str) -> Place {
        let (file, sheet) = match self.part(row) {
            Some(part) => (&part.file, &part.sheet),
            None => (&self.file, &self.sheet),
        };
        let line = self.line(row);
        let column = match sheet {
            Some(sheet) => format!("{column} [{}]", sheet.cell(column, line)),
            None => column.to_owned(),
        };
        Place::file(file).row(line).column(column).value(value)
    }

    /// Rows whose code in `column` is marked in `bad`, in order.
    pub fn rows_where<'a>(&'a self, column: &'a Column, bad: &'a [bool]) -> impl Iterator<Item = (usize, u32)> + 'a {
        let rows = if bad.contains(&true) { &column.codes[..] } else { &[] };
        rows.iter().enumerate().filter(|(_, code)| bad.get(**code as usize) == Some(&true)).map(|(row, &code)| (row, code))
    }
}

fn line_of(lines: &[(usize, u64)], row: usize) -> u64 {
    let step = lines.partition_point(|&(first, _)| first <= row);
    match step.checked_sub(1).map(|i| lines[i]) {
        Some((first, line)) => line + (row - first) as u64,
        None => row as u64 + 1,
    }
}

/// Headings shown to people; more would hide the message.
const SHOWN: usize = 40;

/// Headings in quotes, the first of them where there are many.
pub fn listed(headings: &[String]) -> String {
    let mut text = headings.iter().take(SHOWN).map(|heading| format!("\"{heading}\"")).collect::<Vec<_>>().join(", ");
    if headings.len() > SHOWN {
        text.push_str(&format!(", … (+{})", headings.len() - SHOWN));
    }
    text
}

/// The fault for a heading that is not there.
pub fn missing_column(file: &str, name: &str, headings: &[String]) -> Fault {
    let there = listed(headings);
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

//! Tables as columns of distinct texts, with the place of every cell in the file it came from.

use super::blocks::Fingerprint;
use super::columns::MISSING;
use super::{Column, Decimal, identifiers};
use crate::headings::{self, Headed, missing_column};
use crate::run::{Fault, Place, Result};
use crate::values::text;
use std::collections::BTreeMap;

/// Where the columns of a table stand in a sheet.
#[derive(Debug, Clone, Default)]
pub(crate) struct SheetPlace {
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
pub(crate) struct StackedPart {
    first: usize,
    file: String,
    lines: Vec<(usize, u64)>,
    sheet: Option<SheetPlace>,
    titles: Vec<String>,
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
    pub(crate) lines: Vec<(usize, u64)>,
    /// The sheet it comes from, if it does from one
    pub(crate) sheet: Option<SheetPlace>,
    /// What it was put together from, if from several files or sheets
    pub(crate) parts: Vec<StackedPart>,
    /// Columns of which nothing tells how their numbers are written, and why
    pub(crate) unsettled: Vec<(String, Fault)>,
    /// Row of its sheet, from 0, at which another table begins
    pub(crate) another: Option<u32>,
    /// Its own columns, and those of another table beside it, where there is one
    pub(crate) beside: Option<[String; 2]>,
    /// Columns whose numbers its sheet shows as percentages
    pub(crate) percent: Vec<String>,
    /// Amounts that stood beside columns across: each is one, however many rows came out of its row
    pub(crate) repeated: Vec<String>,
    /// Rows that follow a row of totals, which was left out
    pub(crate) after_totals: Vec<usize>,
    /// The lines above it, where it was found in a sheet
    pub titles: Vec<String>,
    /// The project says which texts mean a missing value
    pub(crate) marks_declared: bool,
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

    /// Where a row came from: which of the files or sheets it was put together from, and the line there. Rows that were made of one row
    /// share it.
    pub(crate) fn source(&self, row: usize) -> (usize, u64) {
        (self.parts.partition_point(|part| part.first <= row), self.line(row))
    }

    /// First row and name of each file or sheet it was put together from.
    pub(crate) fn files(&self) -> Vec<(usize, &str)> {
        self.parts.iter().map(|part| (part.first, part.file.as_str())).collect()
    }

    /// First row of each part that lines stand above, with these lines.
    pub fn titled_parts(&self) -> Vec<(usize, &[String])> {
        match &self.parts[..] {
            [] => vec![(0, &self.titles)],
            parts => parts.iter().map(|part| (part.first, part.titles.as_slice())).collect(),
        }
    }

    fn part(&self, row: usize) -> Option<&StackedPart> {
        let at = self.parts.partition_point(|part| part.first <= row);
        at.checked_sub(1).map(|at| &self.parts[at])
    }

    /// Adds the rows of another table below; columns that only one of them has stay empty in the other.
    pub(crate) fn stack(&mut self, below: Table) {
        if self.parts.is_empty() {
            let (lines, titles) = (std::mem::take(&mut self.lines), self.titles.clone());
            self.parts.push(StackedPart { first: 0, file: self.file.clone(), lines, sheet: self.sheet.take(), titles });
        }
        if below.parts.is_empty() {
            let (file, lines, sheet, titles) = (below.file, below.lines, below.sheet, below.titles);
            self.parts.push(StackedPart { first: self.rows, file, lines, sheet, titles });
        } else {
            let moved = |part: StackedPart| StackedPart { first: self.rows + part.first, ..part };
            self.parts.extend(below.parts.into_iter().map(moved));
        }
        self.unsettled.extend(below.unsettled);
        self.after_totals.extend(below.after_totals.iter().map(|row| self.rows + row));
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
    pub(crate) fn preview(&self) -> Vec<String> {
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
        // The preview goes into the record and onto screens: people and places stay out of it.
        let private: Vec<bool> = self.columns.iter().map(is_private).collect();
        for row in 0..self.rows.min(3) {
            let cell = |(column, private): (&Column, &bool)| match (column.text(row), private) {
                (Some(_), true) => "•••".to_owned(),
                (text, _) => cut(text.unwrap_or("·")),
            };
            let cells = self.columns.iter().zip(&private).map(cell).collect::<Vec<_>>().join(" | ");
            lines.push(format!("{}: {cells}", self.line(row)));
        }
        lines
    }

    /// As [`Table::stack`], with the sizes and hashes of both files.
    pub(crate) fn absorb(&mut self, below: Table) {
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
        // Where rows of several parts are mixed, the lines above the first are not those of all.
        let parts_hold = self.parts.is_empty() || sources.is_sorted();
        let mut table = Table {
            file: self.file.clone(),
            rows: sources.len(),
            headings: columns.iter().map(|(name, _)| name.clone()).collect(),
            lines: sources.iter().enumerate().map(|(row, &source)| (row, self.line(source))).collect(),
            decimal: self.decimal,
            unsettled: self.unsettled.clone(),
            percent: self.percent.clone(),
            repeated: self.repeated.clone(),
            titles: if parts_hold { self.titles.clone() } else { Vec::new() },
            preview: self.preview.clone(),
            read_as: self.read_as.clone(),
            fingerprint: self.fingerprint.clone(),
            ..Table::default()
        };
        if parts_hold {
            table.parts = self.parts.iter().enumerate().map(|(at, part)| self.part_of_rows(at, part, sources)).collect();
        }
        for (name, texts) in columns {
            let mut part = Column::new(name.clone());
            texts.iter().for_each(|text| part.push(text));
            let mut column = Column::new(name);
            column.append(&part, 1);
            table.columns.push(column);
        }
        table
    }

    /// Some of its rows, in order.
    pub fn only(&self, rows: &[usize]) -> Table {
        let text = |column: &Column| rows.iter().map(|&row| column.text(row).unwrap_or("").to_owned()).collect();
        self.rebuilt(rows, self.columns.iter().map(|column| (column.name.clone(), text(column))).collect())
    }

    /// A part of a table that is made of some of its rows, in order.
    fn part_of_rows(&self, at: usize, part: &StackedPart, sources: &[usize]) -> StackedPart {
        let first = sources.partition_point(|&source| source < part.first);
        let next = self.parts.get(at + 1).map_or(self.rows, |next| next.first);
        let end = sources.partition_point(|&source| source < next);
        let lines = (first..end).map(|row| (row - first, self.line(sources[row]))).collect();
        StackedPart { first, file: part.file.clone(), lines, sheet: part.sheet.clone(), titles: part.titles.clone() }
    }

    /// Cells with a text that means a missing value become empty.
    pub(crate) fn take_marks(&mut self, marks: &[String]) {
        self.marks_declared = true;
        let marks: Vec<String> = marks.iter().map(|mark| text::normalise(mark).into_owned()).collect();
        for column in &mut self.columns {
            let missing: Vec<bool> = column.parse(|text| marks.iter().any(|mark| mark == text));
            column.codes.iter_mut().filter(|code| missing.get(**code as usize) == Some(&true)).for_each(|code| *code = MISSING);
        }
    }

    /// Adds a column with one text in every row.
    pub(crate) fn fill(&mut self, heading: &str, text: &str) {
        let mut column = Column::new(heading);
        for _ in 0..self.rows {
            column.push(text);
        }
        self.headings.retain(|known| known != heading);
        self.columns.retain(|known| known.name != heading);
        self.headings.push(heading.to_owned());
        self.columns.push(column);
    }

    /// Adds a column, or replaces the one of that heading.
    pub(crate) fn put(&mut self, heading: &str, texts: &[String]) {
        let mut part = Column::new(heading);
        texts.iter().for_each(|text| part.push(text));
        let mut column = Column::new(heading);
        column.append(&part, 1);
        self.headings.retain(|known| known != heading);
        self.columns.retain(|known| known.name != heading);
        self.headings.push(heading.to_owned());
        self.columns.push(column);
    }

    /// Puts other texts into a column, which stays where it is.
    pub(crate) fn replace(&mut self, heading: &str, texts: &[String]) {
        let mut part = Column::new(heading);
        texts.iter().for_each(|text| part.push(text));
        let mut column = Column::new(heading);
        column.append(&part, 1);
        if let Some(known) = self.columns.iter_mut().find(|known| known.name == heading) {
            *known = column;
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

    /// The heading that is meant by a declared one, which may differ in case, accents, line breaks and unit.
    pub fn named(&self, name: &str) -> Result<String> {
        crate::headings::named(&self.file, &self.headings, name)
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

impl Headed for Table {
    fn file(&self) -> &str {
        &self.file
    }

    fn headings(&self) -> &[String] {
        &self.headings
    }
}

/// Whether a column names people, or tells where they live.
fn is_private(column: &Column) -> bool {
    let roles = [&headings::HOLDING, &headings::LON, &headings::LAT];
    roles.iter().any(|role| role.find(std::slice::from_ref(&column.name)).is_some())
        || identifiers::of(column) == Some(identifiers::Identifier::Personal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_follow_quoted_breaks() {
        let table = Table { lines: vec![(0, 2), (3, 7)], ..Table::default() };
        assert_eq!([0, 2, 3, 5].map(|row| table.line(row)), [2, 4, 7, 9]);
    }
}

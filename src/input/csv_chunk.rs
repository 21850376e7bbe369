//! A stretch of CSV text as columns, parsed by one thread.

use super::columns::Column;
use super::csv::{Head, csv_fault, encoding_fault, reader, without_mark};
use super::split_csv::Records;
use crate::run::Result;
use memchr::memchr_iter;

/// Rows of a stretch. Lines are counted from its first one, which is line 1.
pub(super) struct Chunk {
    pub columns: Vec<Column>,
    pub rows: usize,
    /// (row, line) wherever lines stop running in step with rows
    pub lines: Vec<(usize, u64)>,
    /// (line, cells) of rows that are shorter or longer than the headings
    pub ragged: Vec<(u64, usize)>,
    /// Line breaks in the stretch, those within quotes included
    pub line_breaks: u64,
    next_line: u64,
}

impl Chunk {
    pub fn parse(bytes: &[u8], records: &Records, head: &Head, picked: &[usize], file: &str) -> Result<Chunk> {
        let bytes = &bytes[records.range.clone()];
        let bytes = if records.first { without_mark(bytes) } else { bytes };
        let mut part = Chunk {
            columns: picked.iter().map(|_| Column::default()).collect(),
            rows: 0,
            lines: Vec::new(),
            ragged: Vec::new(),
            line_breaks: 0,
            next_line: u64::MAX,
        };
        // A lone carriage return ends a line too; only the complete parser knows those.
        match std::str::from_utf8(bytes) {
            Ok(text) if records.plain && !has_lone_return(bytes) => part.plain(text, records.first, head, picked),
            _ => part.quoted(bytes, records.first, head, picked, file)?,
        }
        Ok(part)
    }

    /// Text without quotes: one look at each byte.
    fn plain(&mut self, text: &str, first: bool, head: &Head, picked: &[usize]) {
        let bytes = text.as_bytes();
        let mut cells: Vec<&str> = Vec::with_capacity(head.headings.len());
        let mut heading = first;
        let (mut line, mut start) = (1, 0);
        let mut blank = true;
        let mut at = 0;
        while start < bytes.len() || !cells.is_empty() {
            let byte = bytes.get(at).copied().unwrap_or(b'\n');
            if byte == head.delimiter || byte == b'\n' {
                let cell = text[start..at].strip_suffix('\r').filter(|_| byte == b'\n').unwrap_or(&text[start..at]);
                cells.push(cell);
                start = at + 1;
                if byte == b'\n' {
                    let empty = cells.len() == 1 && cells[0].is_empty();
                    if heading && !empty {
                        heading = false;
                    } else if !blank {
                        self.row(line, &cells, head, picked);
                    }
                    cells.clear();
                    blank = true;
                    line += 1;
                }
            } else {
                blank &= byte.is_ascii_whitespace();
            }
            at += 1;
        }
        self.line_breaks = memchr_iter(b'\n', bytes).count() as u64;
    }

    fn row(&mut self, line: u64, cells: &[&str], head: &Head, picked: &[usize]) {
        self.begin(line, cells.len(), cells.iter().skip(head.headings.len()).any(|cell| !cell.is_empty()), head);
        for (column, &index) in self.columns.iter_mut().zip(picked) {
            column.push(cells.get(index).copied().unwrap_or_default());
        }
        self.rows += 1;
    }

    /// Notes the line of the next row, and whether it has other cells than the headings.
    fn begin(&mut self, line: u64, cells: usize, surplus: bool, head: &Head) {
        if line != self.next_line {
            self.lines.push((self.rows, line));
        }
        self.next_line = line + 1;
        if cells < head.headings.len() || surplus {
            self.ragged.push((line, cells));
        }
    }

    fn quoted(&mut self, bytes: &[u8], first: bool, head: &Head, picked: &[usize], file: &str) -> Result<()> {
        let mut reader = reader(bytes, head.delimiter);
        let mut record = csv::ByteRecord::new();
        let (mut line, mut counted) = (1, 0);
        let mut heading = first;
        while reader.read_byte_record(&mut record).map_err(|error| csv_fault(file, line, &error))? {
            if std::mem::take(&mut heading) {
                continue;
            }
            // The parser's own line lags behind after CR LF, so lines are counted up to the first byte of the record.
            let mut begin = record.position().map_or(0, |position| position.byte() as usize);
            while bytes.get(begin).is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
                begin += 1;
            }
            line += memchr_iter(b'\n', &bytes[counted..begin.max(counted)]).count() as u64;
            counted = begin.max(counted);
            if record.iter().all(|cell| cell.iter().all(u8::is_ascii_whitespace)) {
                continue;
            }
            let surplus = record.iter().skip(head.headings.len()).any(|cell| !cell.is_empty());
            self.begin(line, record.len(), surplus, head);
            for (column, &index) in self.columns.iter_mut().zip(picked) {
                let cell = record.get(index).unwrap_or_default();
                match std::str::from_utf8(cell) {
                    Ok(cell) => column.push(cell),
                    Err(_) => return Err(encoding_fault(file, line, &String::from_utf8_lossy(cell))),
                }
            }
            self.rows += 1;
        }
        self.line_breaks = memchr_iter(b'\n', bytes).count() as u64;
        Ok(())
    }
}

fn has_lone_return(bytes: &[u8]) -> bool {
    memchr_iter(b'\r', bytes).any(|at| bytes.get(at + 1) != Some(&b'\n'))
}

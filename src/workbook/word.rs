//! Tables of a Word document as sheets: the notice of seven days often comes as one. What is written above a table stands above it,
//! a line a row, as in a workbook.

use super::grid::{Cell, Grid};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use std::io::{Cursor, Read};

/// Bytes of the document that are read.
const MOST_BYTES: u64 = 256 << 20;
/// Lines above a table that are kept.
const MOST_LINES: usize = 60;

/// The tables of a document, in its order.
pub fn tables(bytes: &[u8]) -> Result<Vec<Grid>, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut text = String::new();
    let entry = archive.by_name("word/document.xml").map_err(|error| error.to_string())?;
    entry.take(MOST_BYTES).read_to_string(&mut text).map_err(|error| error.to_string())?;
    let mut reader = Reader::from_str(&text);
    let mut document = Document::default();
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(tag) => document.start(&tag),
            Event::Empty(tag) => {
                document.start(&tag);
                document.end(tag.local_name().as_ref());
            }
            Event::End(tag) => document.end(tag.local_name().as_ref()),
            Event::Text(words) if document.in_text => document.write(&words),
            Event::GeneralRef(name) if document.in_text => match name.resolve_char_ref().map_err(|error| error.to_string())? {
                Some(letter) => document.write(letter.encode_utf8(&mut [0; 4])),
                None => document.write(resolve_predefined_entity(&name).unwrap_or_default()),
            },
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(document.grids)
}

/// How a cell continues the one above it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Down {
    #[default]
    Alone,
    Begins,
    Continues,
}

#[derive(Debug, Clone, Default)]
struct TableCell {
    text: String,
    across: u32,
    down: Down,
}

#[derive(Debug, Default)]
struct Document {
    /// Lines outside of tables so far
    lines: Vec<String>,
    line: String,
    /// Tables within tables are words of the cell that holds them
    depth: usize,
    rows: Vec<Vec<TableCell>>,
    in_text: bool,
    grids: Vec<Grid>,
}

impl Document {
    fn start(&mut self, tag: &BytesStart<'_>) {
        let value = |name: &str| {
            let found = tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
            Some(found.value.into_owned())
        };
        match (tag.local_name().as_ref(), self.depth) {
            ("tbl", _) => {
                self.depth += 1;
                if self.depth == 1 {
                    self.rows.clear();
                }
            }
            ("tr", 1) => self.rows.push(Vec::new()),
            ("tc", 1) => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(TableCell { across: 1, ..TableCell::default() });
                }
            }
            ("gridSpan", 1) => {
                let across = value("val").and_then(|text| text.parse().ok()).unwrap_or(1);
                self.cell(|cell| cell.across = across);
            }
            ("vMerge", 1) => {
                let down = if value("val").as_deref() == Some("restart") { Down::Begins } else { Down::Continues };
                self.cell(|cell| cell.down = down);
            }
            ("t", _) => self.in_text = true,
            ("tab", _) => self.write(" "),
            ("br" | "cr", _) => self.write("\n"),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match (name, self.depth) {
            ("tbl", depth) => {
                self.depth = depth.saturating_sub(1);
                if self.depth == 0 {
                    self.finish();
                }
            }
            ("t", _) => self.in_text = false,
            ("p", 0) => {
                let line = std::mem::take(&mut self.line);
                self.lines.extend(Some(line).filter(|line| !line.trim().is_empty()));
            }
            ("p", _) => self.write("\n"),
            _ => {}
        }
    }

    fn cell(&mut self, change: impl FnOnce(&mut TableCell)) {
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
            change(cell);
        }
    }

    fn write(&mut self, words: &str) {
        if self.depth == 0 {
            self.line.push_str(words);
        } else {
            self.cell(|cell| cell.text.push_str(words));
        }
    }

    /// A table that ended: a sheet of its own under the lines written so far.
    fn finish(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let mut cells: Vec<(u32, u32, Cell)> = Vec::new();
        let lines = &self.lines[self.lines.len().saturating_sub(MOST_LINES)..];
        cells.extend(lines.iter().zip(0..).map(|(line, row)| (row, 0, Cell::Text(line.trim().to_owned()))));
        let top = lines.len() as u32 + 1;
        let mut merges: Vec<[u32; 4]> = Vec::new();
        // Where a cell that goes on below began, by column.
        let mut open: Vec<(u32, usize)> = Vec::new();
        for (row, number) in rows.into_iter().zip(top..) {
            let mut column = 0;
            for cell in row {
                let last = column + cell.across.max(1) - 1;
                let text = cell.text.trim();
                match cell.down {
                    Down::Continues => {
                        if let Some((_, at)) = open.iter().rfind(|(from, _)| *from == column) {
                            merges[*at][2] = number;
                        }
                    }
                    down => {
                        open.retain(|(from, _)| *from != column);
                        if down == Down::Begins || last > column {
                            open.extend((down == Down::Begins).then_some((column, merges.len())));
                            merges.push([number, column, number, last]);
                        }
                        cells.extend((!text.is_empty()).then(|| (number, column, Cell::Text(text.to_owned()))));
                    }
                }
                column = last + 1;
            }
        }
        merges.retain(|[top, left, bottom, right]| top != bottom || left != right);
        let name = format!("Bảng {}", self.grids.len() + 1);
        self.grids.push(Grid::new(&name, cells, merges));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn document(body: &str) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let mut archive = zip::ZipWriter::new(&mut bytes);
        archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("an entry");
        let text = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
        archive.write_all(text.as_bytes()).expect("written");
        archive.finish().expect("a file");
        bytes.into_inner()
    }

    fn cell(text: &str, more: &str) -> String {
        format!("<w:tc><w:tcPr>{more}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    }

    #[test]
    fn tables_come_with_the_lines_above_and_their_merged_cells() {
        let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
        let body = format!(
            "<w:p><w:r><w:t>Tuần 15</w:t></w:r></w:p><w:tbl>{}{}{}</w:tbl>",
            row(&[cell("Xã", "<w:vMerge w:val=\"restart\"/>"), cell("Nhiễm (ha)", "<w:gridSpan w:val=\"2\"/>")]),
            row(&[cell("", "<w:vMerge/>"), cell("nhẹ", ""), cell("nặng", "")]),
            row(&[cell("A &amp; B", ""), cell("1,5", ""), cell("", "")]),
        );
        let grids = tables(&document(&body)).expect("tables");
        let grid = &grids[0];
        let text = |row, column| grid.at(row, column).map(Cell::text);
        assert_eq!((grids.len(), grid.sheet.as_str()), (1, "Bảng 1"));
        assert_eq!(text(0, 0).as_deref(), Some("Tuần 15"));
        assert_eq!((text(2, 0).as_deref(), text(2, 1).as_deref()), (Some("Xã"), Some("Nhiễm (ha)")));
        assert_eq!((text(4, 0).as_deref(), text(4, 1).as_deref(), text(4, 2)), (Some("A & B"), Some("1,5"), None));
        assert_eq!(grid.shown(3, 0).map(Cell::text).as_deref(), Some("Xã"));
        assert_eq!(grid.shown(2, 2).map(Cell::text).as_deref(), Some("Nhiễm (ha)"));
    }

    #[test]
    fn what_is_no_document_is_refused() {
        assert!(tables(b"PK").is_err());
    }
}

//! Marks of .ods: attributes of the tables of its content (OASIS OpenDocument 1.3, part 3).

use super::Marks;
use super::excel::{attribute, text};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::Cursor;

/// Rows and columns beyond these are empty filling.
const MOST_ROWS: u32 = 1 << 20;
const MOST_COLUMNS: u32 = 1 << 14;

/// The marks of a sheet.
pub fn marks(bytes: &[u8], sheet: &str) -> Option<Marks> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let xml = text(&mut archive, "content.xml")?;
    let mut reader = Reader::from_str(&xml);
    let mut found = Marks::default();
    let (mut inside, mut row, mut rows, mut column, mut columns) = (false, 0u32, 1u32, 0u32, 0u32);
    loop {
        let (tag, closed) = match reader.read_event() {
            Ok(Event::Start(tag)) => (tag, false),
            Ok(Event::Empty(tag)) => (tag, true),
            Ok(Event::End(tag)) => {
                match tag.local_name().as_ref() {
                    "table" if inside => return Some(found),
                    "table-row" if inside => row = row.saturating_add(rows),
                    _ => {}
                }
                continue;
            }
            Ok(Event::Eof) | Err(_) => return Some(found),
            Ok(_) => continue,
        };
        let name = tag.local_name();
        if name.as_ref() == "table" {
            inside = attribute(&tag, "table:name").as_deref() == Some(sheet);
            continue;
        }
        if !inside {
            continue;
        }
        let count = |name: &str| attribute(&tag, name).and_then(|text| text.parse::<u32>().ok()).unwrap_or(1).max(1);
        let is_hidden = || matches!(attribute(&tag, "table:visibility").as_deref(), Some("collapse" | "filter"));
        match name.as_ref() {
            "table-column" => {
                let repeated = count("table:number-columns-repeated");
                if is_hidden() {
                    found.hidden_columns.push((columns, columns.saturating_add(repeated - 1)));
                }
                columns = columns.saturating_add(repeated);
            }
            "table-row" => {
                rows = count("table:number-rows-repeated");
                column = 0;
                if is_hidden() && rows < MOST_ROWS {
                    found.hidden_rows.extend(row + 1..=row.saturating_add(rows).min(MOST_ROWS));
                }
                if closed {
                    row = row.saturating_add(rows);
                }
            }
            "table-cell" | "covered-table-cell" => {
                let repeated = count("table:number-columns-repeated");
                let kind = attribute(&tag, "office:value-type");
                let whole = repeated <= MOST_COLUMNS && rows <= MOST_ROWS;
                let cells =
                    || (row..row + rows).flat_map(move |row| (column..column + repeated).map(move |column| (row, column)));
                if kind.as_deref() == Some("percentage") && whole {
                    found.percent.extend(cells());
                }
                if kind.is_none() && closed && attribute(&tag, "table:formula").is_some() && whole {
                    found.uncomputed.extend(cells());
                }
                let (down, across) = (count("table:number-rows-spanned"), count("table:number-columns-spanned"));
                if down > 1 || across > 1 {
                    found.merges.push([row, column, row.saturating_add(down - 1), column.saturating_add(across - 1)]);
                }
                column = column.saturating_add(repeated);
            }
            _ => {}
        }
    }
}

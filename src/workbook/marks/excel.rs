//! Marks of .xlsx: rows and columns of a sheet that are hidden. Percentages, formulas and merged cells come with its cells.

use super::Marks;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{Cursor, Read};

/// Bytes of a sheet that are looked through.
const MOST: u64 = 256 << 20;

/// The marks of a sheet; none where the file keeps them elsewhere.
pub fn marks(bytes: &[u8], sheet: &str) -> Option<Marks> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut id = None;
    tags(&text(&mut archive, "xl/workbook.xml")?, "sheet", |tag| {
        if id.is_none() && attribute(tag, "name").as_deref() == Some(sheet) {
            id = attribute(tag, "r:id");
        }
    });
    let id = id?;
    let mut target = None;
    tags(&text(&mut archive, "xl/_rels/workbook.xml.rels")?, "Relationship", |tag| {
        if target.is_none() && attribute(tag, "Id").as_ref() == Some(&id) {
            target = attribute(tag, "Target");
        }
    });
    let target = target?;
    let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
    let cells = text(&mut archive, &path)?;
    let is_hidden = |tag: &BytesStart<'_>| matches!(attribute(tag, "hidden").as_deref(), Some("1" | "true"));
    let number = |tag: &BytesStart<'_>, name: &str| attribute(tag, name)?.parse::<u32>().ok();
    let (mut rows, mut columns) = (Vec::new(), Vec::new());
    tags(&cells, "row", |tag| rows.extend(number(tag, "r").filter(|_| is_hidden(tag))));
    let stretch = |tag: &BytesStart<'_>| Some((number(tag, "min")?.checked_sub(1)?, number(tag, "max")?.checked_sub(1)?));
    tags(&cells, "col", |tag| columns.extend(stretch(tag).filter(|_| is_hidden(tag))));
    Some(Marks { hidden_rows: rows, hidden_columns: columns, ..Marks::default() })
}

pub(super) fn text(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut bytes = Vec::new();
    archive.by_name(name).ok()?.take(MOST).read_to_end(&mut bytes).ok()?;
    String::from_utf8(bytes).ok()
}

/// Visits the opening tags of a name, up to where the text stops being XML.
fn tags(xml: &str, name: &str, mut visit: impl FnMut(&BytesStart<'_>)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == name => visit(&tag),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
    Some(quick_xml::escape::unescape(&found.value).ok()?.into_owned())
}

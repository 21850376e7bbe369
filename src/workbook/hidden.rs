//! Rows and columns of a sheet that are not shown: a filter or a hand hid them. They are read like all others, and that is said.

use std::io::{Cursor, Read};

/// Bytes of a sheet that are looked through.
const MOST: u64 = 256 << 20;

/// Hidden rows, from 1, and stretches of hidden columns, from 0.
type Hidden = (Vec<u32>, Vec<(u32, u32)>);

/// What is hidden in a sheet; nothing where the file is no .xlsx or keeps it elsewhere.
pub fn hidden(bytes: &[u8], sheet: &str) -> Hidden {
    let found = || -> Option<Hidden> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
        let book = text(&mut archive, "xl/workbook.xml")?;
        let own = tags(&book, "sheet").find(|tag| attribute(tag, "name").is_some_and(|name| unescape(name) == sheet))?;
        let id = attribute(own, "r:id")?;
        let links = text(&mut archive, "xl/_rels/workbook.xml.rels")?;
        let link = tags(&links, "Relationship").find(|tag| attribute(tag, "Id") == Some(id))?;
        let target = attribute(link, "Target")?;
        let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        let sheet = text(&mut archive, &path)?;
        let is_hidden = |tag: &&str| matches!(attribute(tag, "hidden"), Some("1" | "true"));
        let number = |tag: &str, name: &str| attribute(tag, name)?.parse::<u32>().ok();
        let rows = tags(&sheet, "row").filter(is_hidden).filter_map(|tag| number(tag, "r")).collect();
        let stretch = |tag: &str| Some((number(tag, "min")?.checked_sub(1)?, number(tag, "max")?.checked_sub(1)?));
        Some((rows, tags(&sheet, "col").filter(is_hidden).filter_map(stretch).collect()))
    };
    found().unwrap_or_default()
}

fn text(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut bytes = Vec::new();
    archive.by_name(name).ok()?.take(MOST).read_to_end(&mut bytes).ok()?;
    String::from_utf8(bytes).ok()
}

/// The opening tags of a name, without their brackets.
fn tags<'a>(xml: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    xml.split('<').skip(1).filter_map(move |piece| {
        let tag = piece.split('>').next()?;
        let rest = tag.strip_prefix(name)?;
        rest.starts_with([' ', '\n', '\t', '\r']).then_some(rest)
    })
}

/// An attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let at = tag
        .match_indices(name)
        .find(|(at, _)| tag[..*at].ends_with([' ', '\n', '\t', '\r']) && tag[at + name.len()..].starts_with("=\""))?;
    tag[at.0 + name.len() + 2..].split('"').next()
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}

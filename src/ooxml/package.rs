//! The zip of parts: names, kinds and relations.

use crate::publish::archive::zipped;
use crate::run::Result;
use crate::values::foreign::xml;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Start of every part.
pub const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// Where kinds of relations are named.
pub const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Where core properties are named.
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
/// Letters of one text that a document takes; the rest is cut and marked by an ellipsis.
pub const MOST_LETTERS: usize = 2000;

/// Text for a part: legal, and not so long that a reader gives up.
pub fn words(text: &str) -> String {
    let mut letters = text.chars();
    let taken: String = letters.by_ref().take(MOST_LETTERS).collect();
    let cut = if letters.next().is_some() { "…" } else { "" };
    xml(&format!("{taken}{cut}").replace(['\n', '\r', '\t'], " "))
}

/// Words in the language of a document, `vi-VN` or another.
pub fn pick<'a>(language: &str, vi: &'a str, en: &'a str) -> &'a str {
    if language.starts_with("vi") { vi } else { en }
}

/// A part: its name begins without a slash.
#[derive(Debug, Clone)]
pub struct Part {
    /// Name, such as `ppt/slides/slide1.xml`
    pub name: String,
    /// Content type; empty where its ending says it
    pub kind: String,
    /// Content
    pub bytes: Vec<u8>,
    /// Kind and target of each relation, `rId1` first
    pub relations: Vec<(String, String)>,
}

impl Part {
    /// A part of XML.
    pub fn new(name: &str, kind: &str, text: String) -> Part {
        let kind = if kind.is_empty() { String::new() } else { format!("application/{kind}+xml") };
        Part { name: name.to_owned(), kind, bytes: text.into_bytes(), relations: Vec::new() }
    }

    /// Relates it to another part; gives the id.
    pub fn relate(&mut self, kind: &str, target: &str) -> String {
        let kind = if kind.contains(':') { kind.to_owned() } else { format!("{OFFICE}/{kind}") };
        self.relations.push((kind, target.to_owned()));
        format!("rId{}", self.relations.len())
    }
}

/// Who made a document, in which language.
#[derive(Debug, Clone, Default)]
pub struct Properties {
    /// Title
    pub title: String,
    /// Office
    pub office: String,
    /// Day, `2024-04-11`; the document's own and never the clock's
    pub day: String,
    /// `vi-VN` or `en-GB`
    pub language: &'static str,
}

/// The part with the properties of a document.
pub fn core(properties: &Properties) -> String {
    let Properties { title, office, day, language } = properties;
    let day = if day.is_empty() { "2024-01-01" } else { day };
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>\
         <dc:creator>{}</dc:creator><dc:language>{language}</dc:language>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:modified></cp:coreProperties>",
        words(title),
        words(office)
    )
}

/// A document's parts, in the order they are written.
#[derive(Debug, Default)]
pub struct Package {
    parts: Vec<Part>,
    /// Content types by ending, beside those that every package has
    pub endings: BTreeMap<String, String>,
}

impl Package {
    /// Adds a part.
    pub fn add(&mut self, part: Part) {
        self.parts.push(part);
    }

    /// Adds the part that all others hang on, with the properties of the document.
    pub fn properties(&mut self, properties: &Properties, application: &str) {
        let app = format!(
            "{HEAD}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
             <Application>{application}</Application></Properties>"
        );
        self.add(Part {
            kind: "application/vnd.openxmlformats-package.core-properties+xml".to_owned(),
            ..Part::new("docProps/core.xml", "", core(properties))
        });
        self.add(Part::new("docProps/app.xml", "vnd.openxmlformats-officedocument.extended-properties", app));
    }

    /// The file. `main` is the part that is the document.
    pub fn zip(self, main: &str, file: &str) -> Result<Vec<u8>> {
        let mut root = Part::new("", "", String::new());
        root.relate("officeDocument", main);
        root.relate(&format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml");
        root.relate("extended-properties", "docProps/app.xml");
        let (types, links) = (self.types(), relations(&root));
        let related = self.parts.iter().filter(|part| !part.relations.is_empty()).map(|part| {
            let (folder, name) = part.name.rsplit_once('/').unwrap_or(("", &part.name));
            (part.name.as_str(), (format!("{folder}/_rels/{name}.rels"), relations(part)))
        });
        let related: BTreeMap<&str, (String, String)> = related.collect();
        let mut files: Vec<(&str, &[u8])> = vec![("[Content_Types].xml", types.as_bytes()), ("_rels/.rels", links.as_bytes())];
        for part in &self.parts {
            files.push((&part.name, &part.bytes));
            files.extend(related.get(part.name.as_str()).map(|(name, text)| (name.as_str(), text.as_bytes())));
        }
        zipped(files, file)
    }

    fn types(&self) -> String {
        let mut text = format!(
            "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>\
             <Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/><Default Extension=\"svg\" ContentType=\"image/svg+xml\"/>\
             <Default Extension=\"xlsx\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\"/>"
        );
        let known = ["rels", "xml", "png", "jpeg", "svg", "xlsx"];
        for (ending, kind) in self.endings.iter().filter(|(ending, _)| !known.contains(&ending.as_str())) {
            let _ = write!(text, "<Default Extension=\"{}\" ContentType=\"{}\"/>", xml(ending), xml(kind));
        }
        for part in self.parts.iter().filter(|part| !part.kind.is_empty()) {
            let _ = write!(text, "<Override PartName=\"/{}\" ContentType=\"{}\"/>", xml(&part.name), part.kind);
        }
        text.push_str("</Types>");
        text
    }
}

/// Relations of a part, as the file beside it has them.
pub fn relations(part: &Part) -> String {
    let mut text = format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for (number, (kind, target)) in (1..).zip(&part.relations) {
        let target = relative(&part.name, target);
        let _ = write!(text, "<Relationship Id=\"rId{number}\" Type=\"{kind}\" Target=\"{}\"/>", xml(&target));
    }
    text.push_str("</Relationships>");
    text
}

/// The way from one part to another.
fn relative(from: &str, to: &str) -> String {
    let (mut from, mut to): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), to.split('/').collect());
    from.pop();
    while to.len() > 1 && from.first() == to.first() {
        from.remove(0);
        to.remove(0);
    }
    format!("{}{}", "../".repeat(from.len()), to.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_name_one_another_by_the_shortest_way() {
        assert_eq!(relative("", "ppt/presentation.xml"), "ppt/presentation.xml");
        assert_eq!(relative("ppt/slides/slide1.xml", "ppt/charts/chart1.xml"), "../charts/chart1.xml");
        assert_eq!(relative("ppt/presentation.xml", "ppt/slides/slide1.xml"), "slides/slide1.xml");
        assert_eq!(words("a & <b>\n\u{b}"), "a &amp; &lt;b&gt; \u{fffd}");
    }
}

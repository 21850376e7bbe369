//! A letter of an office's own (`.docx`, `.dotx`) with named fields, filled in: `{{ten}}` in the text, content controls and merge fields of
//! Word. Everything else stays as the office made it.

use super::fields::fill;
use super::{Block, KIND, Properties, Run};
use crate::message;
use crate::ooxml::opened::{Parts, Role, text};
use crate::ooxml::package::core;
use crate::ooxml::tags::{absolute, list};
use crate::ooxml::tree::{Node, parse, written};
use crate::publish::archive::zipped;
use crate::run::{Fault, Result};
use crate::values::Message;
use std::path::Path;

/// What stands in place of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Filling {
    /// Words in the line
    Words(Vec<Run>),
    /// Paragraphs and tables in place of the paragraph
    Blocks(Vec<Block>),
}

/// What fields are filled with.
pub struct Answers<'a> {
    /// A field, or nothing if there is none of that name
    pub of: &'a dyn Fn(&str) -> Option<Filling>,
    /// A field of a row or paragraph that is repeated, by the number of the row
    pub of_row: &'a dyn Fn(usize, &str) -> Option<Vec<Run>>,
    /// How often it is repeated
    pub rows: usize,
}

impl Answers<'_> {
    /// Whether a field belongs to what is repeated.
    pub fn repeats(&self, name: &str) -> bool {
        (self.of_row)(0, name).is_some()
    }

    /// Whether there is a field of that name.
    pub fn knows(&self, name: &str) -> bool {
        self.repeats(name) || (self.of)(name).is_some()
    }
}

/// What became of the fields of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Met {
    /// Fields that were filled, in the order of the letter
    pub filled: Vec<String>,
    /// Fields in braces that are not known
    pub unknown: Vec<String>,
    /// Tables and lists of paragraphs that stand beside other words of a paragraph, where there is no room for them
    pub misplaced: Vec<String>,
}

/// A form as it was read.
#[derive(Debug, Clone)]
pub struct Form {
    file: String,
    parts: Parts,
    /// The letter, then its heads and feet
    texts: Vec<(String, Vec<Node>)>,
}

fn role() -> Role {
    let hint = message!("lưu mẫu ở Word thành .docx hoặc .dotx", "save the template in Word as .docx or .dotx");
    Role { key: "bulletin.template", hint }
}

fn wrong(file: &str, message: Message) -> Fault {
    role().wrong(file, message)
}

impl Form {
    /// Reads a form.
    pub fn open(path: &Path) -> Result<Form> {
        Form::read(&role().bytes(path)?, &path.display().to_string())
    }

    /// Reads the bytes of a form.
    pub fn read(bytes: &[u8], file: &str) -> Result<Form> {
        let mut parts = role().parts(bytes, file)?;
        let none = || wrong(file, message!("không phải tệp văn bản Word", "not a letter of Word"));
        let (types, links) =
            (text(&parts, "[Content_Types].xml").ok_or_else(none)?, text(&parts, "_rels/.rels").ok_or_else(none)?);
        if types.contains("macroEnabled") || parts.keys().any(|name| name.ends_with("vbaProject.bin")) {
            let message = message!("mẫu có macro (.docm): không dùng", "the template has macros (.docm) and is not used");
            return Err(wrong(file, message));
        }
        let main = list(&links).into_iter().find(|[_, kind, _]| kind.ends_with("/officeDocument"));
        let main = main.map(|[_, _, target]| absolute("", &target)).filter(|main| parts.contains_key(main)).ok_or_else(none)?;
        if !types.contains(KIND) {
            return Err(none());
        }
        // A letter made of a template is a letter.
        let types = types.replace(&format!("{KIND}.template.main+xml"), &format!("{KIND}.document.main+xml"));
        parts.insert("[Content_Types].xml".to_owned(), types.into_bytes());
        let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = |name: &&String| {
            let own = name.strip_prefix(folder).unwrap_or_default().trim_start_matches('/');
            (own.starts_with("header") || own.starts_with("footer")) && own.ends_with(".xml")
        };
        let names: Vec<String> = std::iter::once(main.clone()).chain(parts.keys().filter(beside).cloned()).collect();
        let mut texts = Vec::new();
        for name in names {
            let tree = text(&parts, &name).and_then(|text| parse(&text));
            let damaged = || wrong(file, message!("phần {name} của mẫu bị hỏng", "the part {name} is damaged"));
            let tree = tree.ok_or_else(damaged)?;
            texts.push((name, tree));
        }
        Ok(Form { file: file.to_owned(), parts, texts })
    }

    /// The fields there are, each once: those in braces, and controls and merge fields whose names are known.
    pub fn names(&self, known: &dyn Fn(&str) -> bool) -> Vec<String> {
        let mut met = Met::default();
        let none = |_: &str| None;
        let words = |name: &str| known(name).then(|| Filling::Words(Vec::new()));
        let answers = Answers { of: &words, of_row: &|_, name| none(name), rows: 0 };
        let mut list = Vec::new();
        for (_, tree) in &self.texts {
            fill(&mut tree.clone(), &answers, &mut met);
            list.append(&mut met.filled);
            list.append(&mut met.unknown);
        }
        let mut seen = std::collections::BTreeSet::new();
        list.retain(|name| seen.insert(name.clone()));
        list
    }

    /// Fills it in; gives the file and what became of its fields. A form in which nothing was filled is none.
    pub fn fill(&self, answers: &Answers, properties: &Properties) -> Result<(Vec<u8>, Met)> {
        let mut parts = self.parts.clone();
        let mut met = Met::default();
        for (name, tree) in &self.texts {
            let mut tree = tree.clone();
            fill(&mut tree, answers, &mut met);
            parts.insert(name.clone(), written(&tree).into_bytes());
        }
        if met.filled.is_empty() {
            let found = met.unknown.join(", ");
            let message = match found.is_empty() {
                true => message!("mẫu không có trường nào để điền", "the template has no fields to be filled"),
                false => message!("mẫu không có trường nào biết điền; có: {found}", "no field is known; there are: {found}"),
            };
            let list = "ruong bulletin fields";
            return Err(wrong(&self.file, message).hint(message!(
                "ghi tên trường trong hai dấu ngoặc nhọn, ví dụ {{{{tinh_hinh}}}}; xem các tên: {list}",
                "write the name of a field in double braces, such as {{{{situation}}}}; all names: {list}"
            )));
        }
        if parts.contains_key("docProps/core.xml") {
            parts.insert("docProps/core.xml".to_owned(), core(properties).into_bytes());
        }
        Ok((self.zip(&parts)?, met))
    }

    fn zip(&self, parts: &Parts) -> Result<Vec<u8>> {
        // The kinds of parts come first, as readers expect.
        let (first, rest): (Vec<_>, Vec<_>) = parts.iter().partition(|(name, _)| *name == "[Content_Types].xml");
        zipped(first.into_iter().chain(rest).map(|(name, bytes)| (name.as_str(), &bytes[..])), &self.file)
    }
}

//! A person's decisions on names, kept beside the project: `aliases.csv` with the columns `ten,tinh,ma`.

use super::names::key;
use crate::input::{Column, Source};
use crate::message;
use crate::readers::tables::{self, Form};
use crate::run::{Fault, Place, Problems, Result};
use hashbrown::HashMap;
use std::path::Path;

/// File name looked for beside a project file.
pub const FILE: &str = "aliases.csv";

/// Headings of the file: name, province, code, suggestion.
pub const HEADINGS: [&str; 4] = ["ten", "tinh", "ma", "goi_y"];

/// One line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// Name as tables write it
    pub name: String,
    /// Province; may be empty
    pub province: String,
    /// Code of the unit; empty while undecided
    pub code: String,
    /// What was suggested, for the person who decides
    pub suggestion: String,
}

/// Decisions on names.
#[derive(Debug, Clone, Default)]
pub struct Aliases {
    /// All lines, in order
    pub list: Vec<Alias>,
    by_key: HashMap<(String, String), String>,
}

impl Aliases {
    /// Reads a file of aliases.
    pub fn read(source: &Source, problems: &mut Problems) -> Result<Aliases> {
        let table = tables::read(source, &Form::default(), problems)?;
        let (names, codes) = (table.require("ten")?, table.require("ma")?);
        let text = |column: Option<&Column>, row: usize| column.and_then(|column| column.text(row)).unwrap_or("").to_owned();
        let mut aliases = Aliases::default();
        for row in 0..table.rows {
            let (name, province) = (text(Some(names), row), text(table.column("tinh"), row));
            let (code, suggestion) = (text(Some(codes), row), text(table.column("goi_y"), row));
            if let Some(known) = aliases.find(&key(&province), &key(&name)).filter(|known| !code.is_empty() && *known != code) {
                return Err(Fault::new(
                    "two-aliases",
                    table.place(row, "ma", &code),
                    message!("\"{name}\" đã ghi là {known}", "\"{name}\" is recorded as {known} already"),
                ));
            }
            aliases.put(Alias { name, province, code, suggestion });
        }
        Ok(aliases)
    }

    /// Adds a decision.
    pub fn add(&mut self, province: &str, name: &str, code: &str) {
        self.put(Alias {
            name: name.to_owned(),
            province: province.to_owned(),
            code: code.to_owned(),
            suggestion: String::new(),
        });
    }

    /// Adds a line, or replaces the one of the same name.
    pub fn put(&mut self, alias: Alias) {
        let place = (key(&alias.province), key(&alias.name));
        if !alias.code.is_empty() {
            self.by_key.insert(place.clone(), alias.code.clone());
        }
        match self.list.iter_mut().find(|known| (key(&known.province), key(&known.name)) == place) {
            Some(known) => *known = alias,
            None => self.list.push(alias),
        }
    }

    /// The code of a name, by the keys of province and name; a line without a province holds everywhere.
    pub fn find(&self, province: &str, name: &str) -> Option<&str> {
        let at = |province: &str| self.by_key.get(&(province.to_owned(), name.to_owned())).map(String::as_str);
        at(province).or_else(|| at(""))
    }

    /// The file's text.
    pub fn write(&self) -> Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
        let failed = |error: csv::Error| Fault::new("input-output", Place::file(FILE), crate::values::because::said(&error));
        writer.write_record(HEADINGS).map_err(failed)?;
        for alias in &self.list {
            writer.write_record([&alias.name, &alias.province, &alias.code, &alias.suggestion]).map_err(failed)?;
        }
        writer.into_inner().map_err(|error| Fault::new("input-output", Place::file(FILE), crate::values::because::said(&error)))
    }
}

/// A file that is there is written over only if all it holds is a list of decisions.
pub fn may_replace(file: &Path) -> Result<()> {
    if !file.exists() {
        return Ok(());
    }
    let table = tables::read(&Source::at(file), &Form::default(), &mut Problems::default());
    let others: Vec<String> = match &table {
        Ok(table) if table.column("ten").is_some() && table.column("ma").is_some() => {
            table.headings.iter().filter(|heading| !HEADINGS.contains(&heading.as_str())).cloned().collect()
        }
        _ => vec!["?".to_owned()],
    };
    if others.is_empty() {
        return Ok(());
    }
    let others = others.join(", ");
    let place = Place::file(file.display().to_string()).value(&others);
    let message = message!(
        "tệp đã có và không phải bảng tên xã (ten, tinh, ma, goi_y): không ghi đè",
        "the file is there and is no list of names (ten, tinh, ma, goi_y): it is not written over"
    );
    Err(Fault::new("exists", place, message).hint(message!("chọn tên tệp khác", "choose another file name")))
}

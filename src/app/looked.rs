//! A file that `ruong new` was given, and what its columns hold.

use super::matched;
use crate::input::headings::Role;
use crate::input::identifiers::{self, Identifier};
use crate::input::{Column, Table};
use crate::values::Lang;
use hashbrown::HashSet;

/// A file that was looked into.
pub struct Looked {
    /// File as the project file will name it
    pub file: String,
    /// Its columns or properties
    pub table: Table,
    /// The features' own ids, where a layer has them
    pub feature_ids: Column,
    /// Whether it holds polygons
    pub polygons: bool,
    /// Median hectares of its polygons
    pub median_ha: f64,
    /// Sheets with tables, where a workbook has several; the first was looked into
    pub sheets: Vec<String>,
}

impl Looked {
    /// One line for people: what the file was taken for, and by which columns.
    pub fn understood(&self, lang: Lang) -> String {
        let rows = self.table.rows;
        let headings = self.table.headings.join(", ");
        match lang {
            Lang::Vi if self.polygons => {
                format!("{}: {rows} hình, trung vị {:.1} ha; cột: {headings}", self.file, self.median_ha)
            }
            Lang::En if self.polygons => {
                format!("{}: {rows} polygons, median {:.1} ha; columns: {headings}", self.file, self.median_ha)
            }
            Lang::Vi => format!("{}: {rows} dòng; cột: {headings}", self.file),
            Lang::En => format!("{}: {rows} rows; columns: {headings}", self.file),
        }
    }

    /// Whether polygons are of the size of communes: those before a merger are some times smaller, never like fields.
    pub(super) fn is_like_communes(&self, communes: &Looked) -> bool {
        self.median_ha >= 50.0 && 50.0 * self.median_ha >= communes.median_ha
    }

    /// Distinct texts of a column.
    pub(super) fn texts(&self, name: &str) -> HashSet<&str> {
        let ids = Some(&self.feature_ids).filter(|_| name == "id");
        self.table.column(name).or(ids).map(|column| column.dictionary.iter().collect()).unwrap_or_default()
    }

    /// Whether a column holds row numbers.
    pub(super) fn is_order(&self, name: &str) -> bool {
        self.table.column(name).and_then(identifiers::of) == Some(Identifier::Order)
    }

    /// Whether a column names every row differently.
    pub(super) fn is_unique(&self, name: &str) -> bool {
        self.table.rows > 0 && self.texts(name).len() == self.table.rows
    }

    /// The column for an id: recognised by heading if its texts are distinct, else the first column that is distinct, else
    /// the features' own ids.
    pub(super) fn id(&self, role: &Role) -> Option<String> {
        let headings = &self.table.headings;
        let by_heading = role.find(headings).filter(|name| self.is_unique(name));
        let coded = || headings.iter().map(String::as_str).find(|name| matched::is_coded(self, name) && self.is_unique(name));
        let distinct = || headings.iter().map(String::as_str).find(|name| self.is_unique(name));
        by_heading
            .filter(|name| matched::is_coded(self, name))
            .or_else(coded)
            .or(by_heading)
            .or_else(distinct)
            .or_else(|| self.is_unique("id").then_some("id"))
            .map(str::to_owned)
    }

    /// The column whose texts a test accepts in nine cases of ten.
    pub(super) fn by_content(&self, accepts: impl Fn(&str) -> bool) -> Option<String> {
        self.table
            .columns
            .iter()
            .find(|column| {
                let all = column.dictionary.len();
                all > 0 && 10 * column.dictionary.iter().filter(|text| accepts(text)).count() >= 9 * all
            })
            .map(|column| column.name.clone())
    }
}

//! `[[tables]]`: what is joined, read or forecast.

use super::TableKind;
use super::kinds::Entry;
use super::one_or_more::{self, OneOrMore};
use crate::values::Decimal;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// `key = { … }`: the column or columns that say where a row belongs.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct JoinKey {
    /// Column with the field id
    pub field: Option<String>,
    /// Column with the commune code
    pub commune: Option<String>,
    /// Column with the commune name
    pub commune_name: Option<String>,
    /// Column with the province, beside `commune_name`
    pub province: Option<String>,
    /// Column with the longitude
    pub lon: Option<String>,
    /// Column with the latitude
    pub lat: Option<String>,
}

impl JoinKey {
    /// Column with the code or the name of the commune.
    pub fn commune_column(&self) -> Option<&str> {
        self.commune.as_deref().or(self.commune_name.as_deref())
    }
}

/// `unpivot = { headings = ["Diện tích nhiễm (ha) / {Loài}"], value = "Diện tích nhiễm (ha)" }`: a row for each of the columns.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Unpivot {
    /// Headings of these columns: as they are, or as templates, in which `{Loài}` becomes a column and `{*}` stays the heading of numbers
    pub headings: Vec<String>,
    /// Column for headings that are written as they are
    pub into: String,
    /// Column for the numbers
    pub value: String,
}

/// `pivot = { by = "Mức độ", value = "Diện tích (ha)" }`: the numbers of a row stand in the column that its class names.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Pivot {
    /// Column of the classes
    pub by: String,
    /// Column of the numbers; without it every row counts as one
    pub value: Option<String>,
}

/// `[[tables]]`
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct TableConfig {
    /// Id, used in messages and in measures of indicators
    pub id: String,
    /// File; a weekly forecast has none
    #[serde(default)]
    pub file: String,
    /// Where a row belongs
    #[serde(default)]
    pub key: JoinKey,
    /// Headings by role, where they cannot be recognised: `columns = { severity = "muc" }`
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Decimal sign; proved by the file if absent
    pub decimal: Option<Decimal>,
    /// Texts that mean a missing value, such as `-9999`. Where the key stands, no other number is suspected to be such a mark
    pub missing: Option<Vec<String>>,
    /// Delimiter; found if absent
    pub delimiter: Option<char>,
    /// The communes of an earlier date that the table speaks of: the id of a `[[former]]`
    pub units: Option<String>,
    /// Coordinate reference system of `lon` and `lat`, where they are not degrees on WGS 84
    pub crs: Option<String>,
    /// Sheet of a workbook, by name or number; `*` reads every sheet
    pub sheet: Option<String>,
    /// Rows of headings, where ruong finds others
    pub header_rows: Option<u32>,
    /// Rows above the headings
    pub skip: Option<u32>,
    /// Cells of the table with its headings, as in A5:N60
    pub range: Option<String>,
    /// Columns whose value stands in one cell of each sheet: `cells = { "Tuần" = "B5" }`
    #[serde(default)]
    pub cells: BTreeMap<String, String>,
    /// Columns whose value stands in the file name: `from_name = "bc7n_{Xã}_{Tuần}.xlsx"`, or a list of such templates
    #[serde(default, deserialize_with = "one_or_more::list")]
    #[schemars(with = "Option<OneOrMore>")]
    pub from_name: Vec<String>,
    /// Columns whose value stands in the names of sheets: `from_sheet = "Tuần {Tuần}"`, or a list
    #[serde(default, deserialize_with = "one_or_more::list")]
    #[schemars(with = "Option<OneOrMore>")]
    pub from_sheet: Vec<String>,
    /// Columns whose value stands in a line above the table: `from_title = "Địa bàn: {Xã}"`, or a list
    #[serde(default, deserialize_with = "one_or_more::list")]
    #[schemars(with = "Option<OneOrMore>")]
    pub from_title: Vec<String>,
    /// With `sheet = "*"`: sheets that are not read, such as a summary of the others
    #[serde(default)]
    pub without_sheets: Vec<String>,
    /// Columns of which an empty cell means what stands above it
    #[serde(default)]
    pub fill_down: Vec<String>,
    /// Rows that are read, by what stands in a column: `where = { "Vụ" = "Hè Thu 2024" }`, or a list of texts
    #[serde(default, rename = "where")]
    pub kept: BTreeMap<String, OneOrMore>,
    /// Name of a column in which every row counts as one, for lists of things: `count = "Số sản phẩm"`
    pub count: Option<String>,
    /// Columns that are one thing across, such as a column for each pest
    pub unpivot: Option<Unpivot>,
    /// A column of classes, such as nhẹ, trung bình, nặng, each of which becomes a column of its own
    pub pivot: Option<Pivot>,
    /// Columns put together from others: `compose = { "Kỳ" = "Tuần {Tuần} năm {Năm}" }`
    #[serde(default)]
    pub compose: BTreeMap<String, String>,
    /// Name for people, in legends
    #[serde(default)]
    pub name: String,
    /// Meaning of the rows, with its own keys
    #[serde(skip)]
    pub kind: TableKind,
}

impl Entry for TableConfig {
    type Kind = TableKind;
    const PART: &'static str = "tables";
    const DEFAULT: Option<&'static str> = None;

    fn with_kind(self, kind: TableKind) -> TableConfig {
        TableConfig { kind, ..self }
    }
}

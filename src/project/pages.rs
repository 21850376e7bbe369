//! `[[pages]]`: sheets of several pictures.

use super::Page;
use schemars::JsonSchema;
use serde::Deserialize;

/// `[[pages]]`: pictures, key figures and a table on one sheet.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ComposedPage {
    /// Id and file name
    pub id: String,
    /// Title; the finding of the leading measure if absent
    pub title: String,
    /// Words at the foot
    pub note: String,
    /// Size; A4 upright if absent
    pub page: Option<Page>,
    /// Rows from top to bottom, each with its cells from left to right: `figures`, `table`, `maps/ID` or `charts/ID`
    pub rows: Vec<Vec<String>>,
    /// Height of each row beside the others; by what it holds if absent
    pub heights: Option<Vec<f32>>,
}

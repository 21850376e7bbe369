//! What the maps and charts of a project are drawn with: its measures, periods and words in one context, the pages of an atlas, what
//! a picture says of its own numbers, and the one row for those without room.

pub mod atlas;
mod context;
mod findings;
pub mod readings;
pub mod remainder;
mod shown;
pub mod styled;

pub use context::*;
pub use shown::*;

use crate::project::MeasureKey;

/// A measure by its id, of one pest and severity or of all.
pub(crate) fn key(measure: &str, pest: Option<&String>, severity: Option<u8>) -> MeasureKey {
    MeasureKey { measure: measure.to_owned(), pest: pest.cloned(), severity, enterprise: None }
}

//! Charts, drawn by plotters into the same scenes as the maps.

pub mod backend;
pub mod bars;
pub mod series;

pub use bars::{Bar, bars};
pub use series::{Line, series};

use crate::message;
use crate::run::{Fault, Place};

/// Larger numbers are slips, and an axis for them cannot be divided.
const TALLEST: f64 = 1e15;

/// A chart that plotters could not draw.
fn fault(id: &str, error: &dyn std::fmt::Display) -> Fault {
    let place = Place { value: id.to_owned(), ..Place::default() };
    Fault::new("chart", place, message!("không vẽ được biểu đồ: {error}", "cannot draw the chart: {error}"))
}

//! What a chart shows, as numbers: a document makes a chart of its own of them, which its readers can edit.

use super::scene::Fill;

/// How the series of a chart stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlotKind {
    /// Rows of bars from zero, those of several series under one another
    Bars,
    /// Rows of bars, the series one after the other
    Divided,
    /// Lines from left to right
    Lines,
    /// Areas from left to right, one on top of the other
    Areas,
}

/// One series.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Words
    pub name: String,
    /// A number per category; `None` is a gap
    pub values: Vec<Option<f64>>,
    /// One paint, or one per category
    pub fills: Vec<Fill>,
    /// An earlier period, drawn thin
    pub past: bool,
}

/// The numbers of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// How they stand
    pub kind: PlotKind,
    /// Words of the rows, or of the steps from left to right
    pub categories: Vec<String>,
    /// Series
    pub series: Vec<Series>,
    /// What the numbers measure, with the unit
    pub axis: String,
}

/// A shape of a map in words, for readers that cannot see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Name and code
    pub name: String,
    /// Its value
    pub words: String,
}

//! What a chart shows, as numbers: a document makes a chart or a table of its own of them, which its readers can edit.

use super::scene::Fill;

/// How the series of a chart stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PlotKind {
    /// Rows of bars from zero, those of several series under one another
    #[default]
    Bars,
    /// Rows of bars, the series one after the other
    Divided,
    /// Columns that touch, the series one on top of the other
    Columns,
    /// Lines from left to right
    Lines,
    /// Areas from left to right, one on top of the other
    Areas,
    /// Points, one measure across, another upwards
    Points,
}

/// What a series is beside the others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Look {
    /// What the chart is about
    #[default]
    Now,
    /// An earlier period, drawn thin
    Past,
    /// A limit or a plan: a level without values of its own
    Limit,
    /// What is expected on top of what is known, drawn as an outline
    Expected,
}

/// One series.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// Words
    pub name: String,
    /// A number per category; `None` is a gap
    pub values: Vec<Option<f64>>,
    /// One paint, or one per category
    pub fills: Vec<Fill>,
    /// What it is
    pub look: Look,
}

/// Where the name of a point stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// To its right
    Right,
    /// To its left
    Left,
    /// Over it
    Over,
    /// Under it
    Under,
}

/// The numbers of a chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plot {
    /// How they stand
    pub kind: PlotKind,
    /// Words of the rows, of the steps from left to right, or of points
    pub categories: Vec<String>,
    /// Series
    pub series: Vec<Series>,
    /// What the numbers measure, with the unit
    pub axis: String,
    /// What the categories are, or what is measured across
    pub across: String,
    /// Where the axis of the numbers begins, if not at zero: of readings it is not how high they are that tells
    pub from: Option<f64>,
    /// From this category on numbers are forecasts
    pub forecast_from: Option<usize>,
    /// Of points: the number across, a number per category
    pub xs: Vec<f64>,
    /// Of points: which are named, and where the name stands
    pub named: Vec<(usize, Beside)>,
    /// Of points: lines to read them by, from and to, full or dashed
    pub guides: Vec<([(f64, f64); 2], bool)>,
}

/// Cells in colours: a row of them for each name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {
    /// What the rows are
    pub corner: String,
    /// Words of the columns
    pub heads: Vec<String>,
    /// Name of each row, paint and words of its cells
    pub rows: Vec<(String, Vec<(Fill, String)>)>,
    /// Whether the words have room in their cells
    pub written: bool,
}

/// A shape of a map in words, for readers that cannot see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Name and code
    pub name: String,
    /// Its value
    pub words: String,
}

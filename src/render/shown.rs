//! What a picture says, of which weeks, and which measures share its scale.

use crate::project::MeasureKey;
use crate::values::Period;
use crate::words::Headline;

/// What a picture says, and of what.
#[derive(Debug, Clone, Default)]
pub struct Heading {
    /// The project's own title; the finding if empty
    pub own: String,
    /// The finding
    pub found: Headline,
    /// The measure with its unit
    pub described: String,
}

impl Heading {
    /// A heading of its own words, where there is no finding.
    pub fn plain(own: &str, otherwise: impl Into<String>) -> Heading {
        Heading { own: own.to_owned(), found: Headline::plain(otherwise), described: String::new() }
    }
}

/// The time that a picture shows, and whether it tells pests apart.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shown {
    /// From the first day to the last, and how many weeks lie in between; the reporting period if absent
    pub weeks: Option<(Period, usize)>,
    /// Pests have rows or pictures of their own
    pub each_pest: bool,
}

impl Shown {
    /// One week, or the reporting period.
    pub fn at(week: Option<Period>) -> Shown {
        Shown { weeks: week.map(|week| (week, 1)), each_pest: false }
    }

    /// Several weeks.
    pub fn over(weeks: &[Period]) -> Shown {
        let span = weeks.first().zip(weeks.last()).map(|(first, last)| Period { from: first.from, to: last.to });
        Shown { weeks: span.map(|span| (span, weeks.len())), each_pest: false }
    }
}

/// Measures whose pictures share a scale.
#[derive(Debug, Clone)]
pub struct Pool {
    /// Name of the pool
    pub id: String,
    /// Its measures
    pub keys: Vec<MeasureKey>,
}

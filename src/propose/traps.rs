//! Nights of light traps with a trap a column, as an officer's book has them.

use super::looked::Looked;
use super::pests;
use crate::headings;
use crate::input::totals::is_total;
use crate::project::Unpivot;
use crate::values::dates;
use crate::values::text::fold;

/// Heading of the column of traps.
pub const TRAP: &str = "Bẫy";
/// Heading of the catches.
pub const CATCH: &str = "Số con";

/// The columns that are traps, in a table of nights that speaks of light traps; `None` if it has a column of traps, or if its columns
/// are species.
pub fn across(looked: &Looked) -> Option<Unpivot> {
    let words = looked.words();
    if !["bay den", "con dem", "con bay", "light trap"].iter().any(|word| words.contains(word)) {
        return None;
    }
    let headings = &looked.table.headings;
    let by_content = || looked.by_content(|text| dates::parse(text).is_some());
    let night = headings::READING_DATE.find(headings).map(str::to_owned).or_else(by_content)?;
    let last = |heading: &str| fold(heading.rsplit(" / ").next().unwrap_or(heading));
    let aside = |heading: &str| {
        let last = last(heading);
        is_total(heading) || ["stt", "tt", "ghi chu", "trung binh", "tb", "tong so", "nhiet do", "do am"].contains(&last.as_str())
    };
    let traps: Vec<String> = headings
        .iter()
        .filter(|heading| **heading != night && looked.place.as_ref() != Some(*heading))
        .filter(|heading| !aside(heading) && looked.is_numeric(heading) && !looked.is_identifier(heading))
        .cloned()
        .collect();
    if traps.iter().any(|heading| pests::knows(&headings::bare(heading))) {
        return None;
    }
    let named = headings::READING_STATION.find(headings).is_some_and(|heading| !traps.iter().any(|trap| trap == heading));
    (traps.len() >= 2 && !named).then(|| Unpivot { headings: traps, into: TRAP.to_owned(), value: CATCH.to_owned() })
}

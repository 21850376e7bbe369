//! Nights of light traps with a trap a column, as an officer's book has them.

use super::looked::Looked;
use super::pests;
use crate::headings;
use crate::input::totals::is_total;
use crate::project::Unpivot;
use crate::values::text::fold;
use crate::values::{dates, spoken};
use chrono::Datelike;

/// Heading of the column of traps.
pub const TRAP: &str = "Bẫy";
/// Heading of the catches.
pub const CATCH: &str = "Số con";

/// Heading of the days of a month that stand across.
const DAY: &str = "Ngày thứ";
/// Heading of the days that are put together from these.
pub const NIGHT: &str = "Ngày";

fn speaks_of_traps(looked: &Looked) -> bool {
    let words = looked.words();
    ["bay den", "con dem", "con bay", "light trap"].iter().any(|word| words.contains(word))
}

/// The days of a month that stand across, below a title that names the month, and how a day is written in full.
pub fn days_across(looked: &Looked) -> Option<(Unpivot, String)> {
    let days: Vec<String> = looked.table.headings.iter().filter(|heading| day(heading).is_some()).cloned().collect();
    let numbers = days.iter().filter_map(|heading| day(heading));
    if days.len() < 7 || !numbers.zip(1..).all(|(number, day)| number == day) || !speaks_of_traps(looked) {
        return None;
    }
    let [around] = &looked.around[..] else { return None };
    let lines = || around.titles.iter().chain([&around.sheet, &around.file]);
    let month = lines().find_map(|line| spoken::within(line).filter(|period| period.from.day() == 1 && period.days() >= 28))?;
    let value = CATCH.to_owned();
    let written = format!("{{{DAY}}}/{}/{}", month.from.month(), month.from.year());
    Some((Unpivot { headings: days, into: DAY.to_owned(), value }, written))
}

/// "7" and "Ngày / 7".
fn day(heading: &str) -> Option<u32> {
    heading.rsplit(" / ").next()?.trim().parse().ok().filter(|day| (1..=31).contains(day))
}

/// The columns that are traps, in a table of nights that speaks of light traps; `None` if it has a column of traps, or if its columns
/// are species.
pub fn across(looked: &Looked) -> Option<Unpivot> {
    if !speaks_of_traps(looked) {
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
    // A species below each trap.
    let both: Vec<(&str, &str)> = traps.iter().filter_map(|heading| heading.split_once(" / ")).collect();
    let differ = both.iter().any(|(trap, _)| *trap != both[0].0);
    if traps.len() >= 2 && both.len() == traps.len() && differ && both.iter().any(|(_, species)| pests::knows(species)) {
        let template = format!("{{{TRAP}}} / {{{}}}", pests::HEADING);
        return Some(Unpivot { headings: vec![template], into: String::new(), value: CATCH.to_owned() });
    }
    if traps.iter().any(|heading| pests::knows(&headings::bare(heading))) {
        return None;
    }
    let named = headings::READING_STATION.find(headings).is_some_and(|heading| !traps.iter().any(|trap| trap == heading));
    (traps.len() >= 2 && !named).then(|| Unpivot { headings: traps, into: TRAP.to_owned(), value: CATCH.to_owned() })
}

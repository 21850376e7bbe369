//! Where the period of a row stands: a column, the words above, the name of its sheet or file, or headings across.

use super::looked::Looked;
use super::pests;
use super::places::{above_others, file_name, template};
use crate::headings;
use crate::input::identifiers;
use crate::project::Unpivot;
use crate::readers::spreadsheet::PERIOD;
use crate::values::dates::Order;
use crate::values::text::fold;
use crate::values::{dates, spans, spoken};

/// Heading of weeks out of names, where the year stands elsewhere.
pub const WEEK: &str = "Tuần";

/// Where the period stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Stands {
    /// In a column, or above the table, where reading finds it
    Known,
    /// In a column of weeks without their year; how the period is put together
    Column(String),
    /// In headings, a period each, with the year where they lack it
    Across(Unpivot, Option<i32>),
    /// In the name of the file
    File(String, Option<i32>),
    /// In the name of the sheet
    Sheet(String, Option<i32>),
}

/// Where the period of each row stands, if anywhere.
pub fn find(looked: &Looked) -> Option<Stands> {
    let headings = &looked.table.headings;
    let year = || {
        let lines = looked.around.iter().flat_map(|around| around.titles.iter().chain([&around.sheet, &around.file]));
        lines.chain(headings).flat_map(|line| years_in(line)).max()
    };
    if headings.iter().any(|heading| heading == PERIOD) {
        // Weeks across go before the month that stands above them.
        let weeks = across(looked, &year).filter(|found| matches!(found, Stands::Across(_, Some(_))));
        return Some(weeks.unwrap_or(Stands::Known));
    }
    if let Some(heading) = headings::DATE.find(headings) {
        // What came in each week adds up; what is infested in each does not.
        if looked.counts_what_came() && pests::find(looked).is_none() {
            return Some(Stands::Known);
        }
        if let Some(end) = headings::UNTIL.find(headings).filter(|_| headings::SINCE.find(headings) == Some(heading)) {
            return Some(Stands::Column(format!("{{{heading}}} đến {{{end}}}")));
        }
        return Some(weeks_of(looked, heading, year).map_or(Stands::Known, Stands::Column));
    }
    if let Some(column) =
        looked.table.columns.iter().find(|column| identifiers::is_of_reports(column) && !looked.counts_what_came())
    {
        let heading = column.name.as_str();
        let whole =
            column.dictionary.iter().all(|text| text.trim().is_empty() || dates::period_in(text, Order::DayFirst).is_some());
        let composed = weeks_of(looked, heading, year).or_else(|| whole.then(|| format!("{{{heading}}}")));
        if let Some(template) = composed {
            return Some(Stands::Column(template));
        }
    }
    if let Some(found) = across(looked, &year) {
        return Some(found);
    }
    let named = |texts: &dyn Fn(usize) -> String| -> Option<(String, bool)> {
        let found: Option<Vec<(String, String)>> = (0..looked.around.len())
            .map(|at| {
                let text = texts(at);
                let word = period_within(&text)?;
                Some((text, word))
            })
            .collect();
        let found = found?;
        let whole = found.iter().all(|(_, word)| is_period(word));
        let pairs: Vec<(&str, &str)> = found.iter().map(|(text, word)| (text.as_str(), word.as_str())).collect();
        Some((template(&pairs, if whole { PERIOD } else { WEEK })?, whole))
    };
    for (of_file, found) in [
        (false, named(&|at| looked.around[at].sheet.clone())),
        (true, named(&|at| file_name(&looked.around[at].file).to_owned())),
        // Folders of weeks, with a file of one name in each.
        (true, named(&|at| looked.around[at].file.clone()).filter(|(template, _)| template.contains('/'))),
    ] {
        let Some((template, whole)) = found else { continue };
        let Some(year) = (if whole { Some(None) } else { year().map(Some) }) else { continue };
        return Some(if of_file { Stands::File(template, year) } else { Stands::Sheet(template, year) });
    }
    None
}

/// Weeks or periods that stand across, a column each or with classes below.
fn across(looked: &Looked, year: &dyn Fn() -> Option<i32>) -> Option<Stands> {
    let headings = &looked.table.headings;
    let dated: Vec<&String> = headings.iter().filter(|heading| is_period(last(heading)) || is_week(last(heading))).collect();
    if dated.len() >= 2 {
        let lacks = dated.iter().any(|heading| !is_period(last(heading)));
        let year = if lacks { Some(year()?) } else { None };
        let into = if lacks { WEEK } else { PERIOD };
        let value = looked.hectares_across(dated[0].rsplit_once(" / ").map_or("", |(above, _)| above))?;
        let headings = dated.into_iter().cloned().collect();
        return Some(Stands::Across(Unpivot { headings, into: into.to_owned(), value }, year));
    }
    // Classes below weeks.
    let is_dated_above = |text: &str| is_period(text) || is_week(text);
    if let Some(mut unpivot) = above_others(looked, WEEK, 2, &is_dated_above) {
        let above = |heading: &String| heading.rsplit(" / ").nth(1).map(str::to_owned);
        let whole = headings.iter().filter_map(above).filter(|text| is_dated_above(text)).all(|text| is_period(&text));
        if whole {
            unpivot.headings = unpivot.headings.iter().map(|template| template.replace(WEEK, PERIOD)).collect();
        }
        if let Some(year) = if whole { Some(None) } else { year().map(Some) } {
            return Some(Stands::Across(unpivot, year));
        }
    }
    None
}

/// How the periods of a column of weeks are put together with their year: that of another column, or the one stated around the table.
fn weeks_of(looked: &Looked, heading: &str, year: impl Fn() -> Option<i32>) -> Option<String> {
    let texts: Vec<&str> = looked.table.column(heading)?.dictionary.iter().collect();
    let plain = |text: &&str| text.trim().parse::<u32>().is_ok_and(|week| (1..=53).contains(&week));
    let numbers = fold(heading).contains("tuan") && texts.iter().all(plain);
    if texts.is_empty() || !numbers && !texts.iter().all(|text| is_week(text) && !is_period(text)) {
        return None;
    }
    let of = match headings::YEAR.find(&looked.table.headings) {
        Some(column) => format!("{{{column}}}"),
        None => year()?.to_string(),
    };
    // Weeks that begin again with every month are weeks of the month.
    let month = looked.table.headings.iter().find(|heading| fold(heading) == "thang");
    let of_months = month.filter(|_| {
        texts
            .iter()
            .all(|text| text.trim().trim_start_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().is_ok_and(|week| week <= 5))
    });
    if let Some(month) = of_months {
        let week = if numbers { format!("Tuần {{{heading}}}") } else { format!("{{{heading}}}") };
        return Some(format!("{week} tháng {{{month}}} năm {of}"));
    }
    Some(if numbers { format!("Tuần {{{heading}}} năm {of}") } else { format!("{{{heading}}} năm {of}") })
}

fn last(heading: &str) -> &str {
    heading.rsplit(" / ").next().unwrap_or(heading)
}

/// Whether a name is a period or a week.
pub fn is_dated(text: &str) -> bool {
    is_period(text) || is_week(text)
}

fn is_period(text: &str) -> bool {
    spans::read(text, Order::DayFirst).is_some()
}

/// "Tuần 15", "T15", "W15", "11.4", "5/4-11/4": a week, day or range without its year.
fn is_week(text: &str) -> bool {
    let days = || text.contains(['.', '/']) && !is_period(text) && is_period(&format!("{text} năm 2024"));
    if days() {
        return true;
    }
    let folded = fold(text).replace(' ', "");
    let digits = ["tuan", "week", "tuanthu", "w", "t"].iter().find_map(|word| folded.strip_prefix(word));
    digits.and_then(|digits| digits.parse::<u32>().ok()).is_some_and(|week| (1..=53).contains(&week))
}

/// Whether headings "T12", "T13"… can be weeks only, because there is no such month.
pub fn are_weeks(headings: &[String]) -> bool {
    let number = |heading: &String| fold(last(heading)).strip_prefix('t')?.trim().parse::<u32>().ok();
    headings.iter().filter_map(number).any(|number| (13..=53).contains(&number))
}

/// The years between 2000 and 2099 within a text.
pub fn years_in(text: &str) -> Vec<i32> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() == 4);
    numbers.filter_map(|part| part.parse().ok()).filter(|year| (2000..2100).contains(year)).collect()
}

/// The longest part of a name that is a period or a week, else one that is a day.
pub fn period_within(text: &str) -> Option<String> {
    // "tuan 15.xlsx", but not the sheet "28.3".
    let is_ending = |ending: &str| ending.len() <= 5 && ending.chars().any(char::is_alphabetic);
    let stem = text.rsplit_once('.').map_or(text, |(stem, ending)| if is_ending(ending) { stem } else { text });
    let ends: Vec<usize> = stem
        .char_indices()
        .filter(|(_, c)| [' ', '-', '_', ',', '(', ')', '/'].contains(c))
        .map(|(at, _)| at)
        .chain([stem.len()])
        .collect();
    let starts: Vec<usize> = std::iter::once(0).chain(ends.iter().filter(|end| **end < stem.len()).map(|end| end + 1)).collect();
    let windows =
        || starts.iter().flat_map(|&start| ends.iter().filter(move |end| **end > start).map(move |&end| &stem[start..end]));
    let trimmed = |window: &&str| window.trim() == *window && window.starts_with(char::is_alphanumeric);
    let period = |window: &&str| spoken::alone(window).is_some() || is_week(window);
    let longest = |fits: &dyn Fn(&&str) -> bool| windows().filter(trimmed).filter(fits).max_by_key(|window| window.len());
    longest(&period).or_else(|| longest(&|window| is_period(window))).map(str::to_owned)
}

//! Where the pest of a row stands: a column, headings across, the names of sheets or the title.

use super::looked::Looked;
use crate::headings;
use crate::input::totals::is_total;
use crate::project::Unpivot;
use crate::values::pests::is_known;
use crate::values::text::{fold, ordered};
use hashbrown::HashSet;

/// Where the pest stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Stands {
    /// In a column
    Column(String),
    /// In headings, a pest each
    Across(Unpivot),
    /// In the names of sheets
    Sheets,
    /// In a line above, as a template
    Title(String),
    /// In the name of the sheet among other words, as a template
    Sheet(String),
    /// In the name of the file, as a template
    File(String),
}

/// Heading of the column of pests that stand across, in titles or sheets.
pub const HEADING: &str = "Loài";

/// Whether a text names a pest, with its number, brackets and additions or without.
pub fn knows(text: &str) -> bool {
    let bare = ordered(text).map_or(text, |(_, rest)| rest);
    let plain = fold(bare.split(['(', '[']).next().unwrap_or(bare));
    let plain = ["benh ", "sau benh ", "con "].iter().find_map(|word| plain.strip_prefix(word)).unwrap_or(&plain);
    is_known(plain) || is_known(&fold(bare))
}

/// The pest that a name speaks of: it is one, or holds the name of one.
pub fn named(text: &str) -> Option<String> {
    if knows(text) { Some(text.to_owned()) } else { within(text).map(str::to_owned) }
}

/// The longest name of a pest within a text, as it is written there. Short words are parts of others.
pub fn within(text: &str) -> Option<&str> {
    longest(text, &|window| {
        let folded = fold(window);
        let bare = ["benh ", "sau benh "].iter().find_map(|word| folded.strip_prefix(word)).unwrap_or(&folded);
        (is_known(&folded) || is_known(bare)) && (window.contains(' ') || folded.len() >= 5)
    })
}

/// The longest run of whole words within a text that is a name.
pub fn longest<'a>(text: &'a str, is_name: &dyn Fn(&str) -> bool) -> Option<&'a str> {
    let starts: Vec<usize> = text
        .char_indices()
        .filter(|(at, c)| c.is_alphanumeric() && !text[..*at].ends_with(char::is_alphanumeric))
        .map(|(at, _)| at)
        .collect();
    let ends: Vec<usize> = text
        .char_indices()
        .map(|(at, c)| (at + c.len_utf8(), c))
        .filter(|(end, c)| c.is_alphanumeric() && !text[*end..].starts_with(char::is_alphanumeric))
        .map(|(end, _)| end)
        .collect();
    let windows =
        starts.iter().flat_map(|&start| ends.iter().filter(move |end| **end > start).map(move |&end| &text[start..end]));
    windows.filter(|window| window.len() <= 60 && is_name(window)).max_by_key(|w| w.len())
}

/// Where the pest of each row stands, if the table speaks of pests.
pub fn find(looked: &Looked) -> Option<Stands> {
    let table = &looked.table;
    let known = |name: &str| -> (usize, usize) {
        let texts: Vec<&str> = table.column(name).map(|column| column.dictionary.iter().collect()).unwrap_or_default();
        let words: Vec<&&str> = texts.iter().filter(|text| !is_total(text)).collect();
        (words.iter().filter(|text| knows(text)).count(), words.len())
    };
    let best = table
        .headings
        .iter()
        .map(|heading| (known(heading), heading))
        .filter(|((found, all), _)| *found > 0 && 2 * found >= *all)
        .max_by_key(|((found, _), _)| *found);
    if let Some((_, heading)) = best {
        return Some(Stands::Column(heading.clone()));
    }
    if let Some(unpivot) = across(looked) {
        return Some(Stands::Across(unpivot));
    }
    if looked.around.len() > 1 && looked.around.iter().all(|around| knows(&around.sheet)) {
        return Some(Stands::Sheets);
    }
    // A column that is called so, whatever it holds.
    if let Some(heading) = headings::PEST.find(&table.headings).filter(|heading| !looked.is_order(heading)) {
        return Some(Stands::Column(heading.to_owned()));
    }
    around(looked, HEADING, &|line| {
        let stem = line.rsplit_once('.').map_or(line, |(stem, _)| stem);
        [line, stem].into_iter().find(|text| knows(text)).or_else(|| within(line))
    })
}

/// Where the one word stands that `named` finds around every part of a table: in its titles, its sheet or its file.
pub fn around(looked: &Looked, heading: &str, named: &dyn Fn(&str) -> Option<&str>) -> Option<Stands> {
    let sheets = |at: usize| vec![looked.around[at].sheet.as_str()];
    let files = |at: usize| vec![super::places::file_name(&looked.around[at].file)];
    let titles = |at: usize| looked.around[at].titles.iter().map(String::as_str).collect();
    (in_lines(looked, heading, named, &titles).map(Stands::Title))
        .or_else(|| in_lines(looked, heading, named, &sheets).map(Stands::Sheet))
        .or_else(|| in_lines(looked, heading, named, &files).map(Stands::File))
}

/// Two headings or more that name different pests: as a template where all that it fits are pests or sums, else as they are.
fn across(looked: &Looked) -> Option<Unpivot> {
    let headings = &looked.table.headings;
    let parts = |heading: &str| heading.split(" / ").map(str::to_owned).collect::<Vec<String>>();
    let with_pest: Vec<(&String, Vec<String>, usize)> = headings
        .iter()
        .filter_map(|heading| {
            let parts = parts(heading);
            let at = parts.iter().position(|part| knows(part))?;
            Some((heading, parts, at))
        })
        .collect();
    let different: HashSet<String> = with_pest.iter().map(|(_, parts, at)| fold(&parts[*at])).collect();
    if different.len() < 2 {
        return None;
    }
    let (_, first, at) = &with_pest[0];
    let alike = with_pest.iter().all(|(_, parts, other)| other == at && parts[..*at] == first[..*at]);
    let above = first[..*at].join(" / ");
    let below = with_pest.iter().all(|(_, parts, _)| parts.len() == at + 2);
    let last = with_pest.iter().all(|(_, parts, _)| parts.len() == at + 1);
    // Classes of severity below a pest are hectares by their names.
    let value = match looked.hectares_across(&above) {
        Some(value) => value,
        None if below && !headings::is_another_thing(&above) => above.clone(),
        None => return None,
    };
    let explicit = || Unpivot {
        headings: with_pest.iter().map(|(heading, ..)| (*heading).clone()).collect(),
        into: HEADING.to_owned(),
        value: value.clone(),
    };
    if !alike || !(below || last) || last && above.is_empty() {
        return last.then(explicit);
    }
    let lead = if above.is_empty() { String::new() } else { format!("{above} / ") };
    let template = if below { format!("{lead}{{{HEADING}}} / {{*}}") } else { format!("{lead}{{{HEADING}}}") };
    // What else the template would take must be a sum, or another word below the same heading, which is a pest unknown to the list.
    let strange = headings.iter().any(|heading| {
        let words = parts(heading);
        let fits = words.len() == at + 1 + usize::from(below) && words[..*at] == first[..*at];
        fits && !knows(&words[*at]) && !is_total(&words[*at]) && above.is_empty()
    });
    if strange {
        return last.then(explicit);
    }
    Some(Unpivot { headings: vec![template], into: String::new(), value })
}

/// The one word that a line around every part of the table holds, as a template for that line.
fn in_lines<'a>(
    looked: &'a Looked,
    heading: &str,
    named: &dyn Fn(&str) -> Option<&str>,
    texts: &dyn Fn(usize) -> Vec<&'a str>,
) -> Option<String> {
    let lines: Option<Vec<(&str, &str)>> = (0..looked.around.len())
        .map(|at| {
            let mut found = texts(at).into_iter().filter_map(|line| Some((line, named(line)?)));
            let one = found.next()?;
            found.all(|other| fold(other.1) == fold(one.1)).then_some(one)
        })
        .collect();
    super::places::template(&lines?, heading)
}

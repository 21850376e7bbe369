//! Reports that add up to their day, told by their numbers: every commune comes once in each of them, and its number never falls.

use super::looked::Looked;
use crate::headings::{bare, rates};
use crate::input::{Column, decimal, identifiers, numeric};
use crate::values::Quantity;
use hashbrown::{HashMap, HashSet};

/// Fewest steps from a report to the next that make a proof where no word says so.
const FEWEST_STEPS: usize = 6;
/// Headings that say which report, or up to when.
const OF_REPORTS: [&str; 9] =
    ["lan", "lan bao cao", "ky bao cao", "dot bao cao", "moc", "gio", "thoi diem", "so lieu den", "so lieu"];

/// Whether the last row of each commune holds what those before it add up to.
pub fn is_cumulative(looked: &Looked) -> bool {
    let Some(place) = looked.place.as_ref().and_then(|name| looked.table.column(name)) else { return false };
    let mut of_commune: HashMap<u32, Vec<usize>> = HashMap::new();
    for row in (0..looked.table.rows).filter(|&row| place.text(row).is_some()) {
        of_commune.entry(place.codes[row]).or_default().push(row);
    }
    let reports = of_commune.values().map(Vec::len).max().unwrap_or(0);
    let whole = of_commune.values().filter(|rows| rows.len() == reports).count();
    if reports < 2 || 10 * whole < 9 * of_commune.len() {
        return false;
    }
    let columns = numeric::columns(&looked.table, &[place.name.as_str()]);
    let of_report = |column: &Column| {
        let tells_apart =
            |rows: &Vec<usize>| rows.iter().map(|&row| column.codes[row]).collect::<HashSet<_>>().len() == rows.len();
        column.name != place.name
            && !identifiers::counts_rows(&column.name)
            && column.dictionary.len() <= 2 * reports
            && of_commune.values().all(tells_apart)
    };
    let measures: Vec<&String> = columns
        .iter()
        .filter(|heading| rates::quantity(heading) == Quantity::Extensive && !OF_REPORTS.contains(&bare(heading).as_str()))
        .collect();
    let by_word = measures.iter().any(|heading| rates::is_cumulative(heading));
    let by_heading = |column: &&Column| {
        let starts = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        OF_REPORTS.contains(&bare(&column.name).as_str())
            || identifiers::tells_time(column)
            || !columns.contains(&column.name) && column.dictionary.iter().all(starts)
    };
    let mut candidates = looked.table.columns.iter().filter(|column| of_report(column));
    let named = |column: &&Column| OF_REPORTS.contains(&bare(&column.name).as_str());
    let by_name = looked.table.columns.iter().any(|column| named(&column) && of_report(column));
    let told = if by_word { candidates.next().is_some() } else { candidates.any(|column| by_heading(&column)) };
    let fewest = if by_word || by_name { 1 } else { FEWEST_STEPS };
    let proved: Vec<bool> = measures.iter().map(|heading| never_falls(looked, heading, &of_commune, fewest)).collect();
    told && !proved.is_empty() && proved.into_iter().all(|proved| proved)
}

/// Whether no commune's number falls from a report to the next, and most of them rise.
fn never_falls(looked: &Looked, heading: &str, of_commune: &HashMap<u32, Vec<usize>>, fewest: usize) -> bool {
    let Some(column) = looked.table.column(heading) else { return false };
    let Ok(sign) = decimal::of_columns(&looked.table, &[heading], None) else { return false };
    let number = |row: usize| column.text(row).and_then(|text| decimal::parse(text, sign));
    let (mut steps, mut rises) = (0, 0);
    for rows in of_commune.values() {
        for pair in rows.windows(2) {
            let (Some(before), Some(after)) = (number(pair[0]), number(pair[1])) else { continue };
            if after < before {
                return false;
            }
            steps += 1;
            rises += usize::from(after > before);
        }
    }
    steps >= fewest && 2 * rises >= steps
}

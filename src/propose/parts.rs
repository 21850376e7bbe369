//! Tables of which the rows are several things in one: products to be counted, seasons, species, diseases. What must not be added
//! up becomes entries of its own, or rows that are left out by name.

use super::kinds;
use super::looked::Looked;
use crate::headings::{self, rates};
use crate::input::shape::class_name;
use crate::input::spreadsheet::table::{GROUP, OUTER_GROUP};
use crate::input::spreadsheet::{PERIOD, SHEET};
use crate::input::{Column, numeric};
use crate::project::{Pivot, TableKind};
use crate::values::text::{fold, ordered};
use crate::values::{Quantity, seasons};
use hashbrown::HashSet;

/// More classes than this are names.
const MOST_CLASSES: usize = 8;
/// Indicators below one another that become entries.
const MOST_INDICATORS: usize = 30;

/// A list of products or certificates has nothing to add up: its rows are counted, and by class where it states one.
pub fn count_things(looked: &mut Looked) {
    let Some(place) = looked.place.clone() else { return };
    let Some(thing) = looked.name_of_things().filter(|thing| *thing != place) else { return };
    let headings = &looked.table.headings;
    let placed = headings::LON.find(headings).is_some() && headings::LAT.find(headings).is_some();
    let places = looked.table.column(&place).map_or(0, |column| column.dictionary.len());
    let numbers = numeric::columns(&looked.table, &[place.as_str()]);
    let adds = |heading: &String| rates::quantity(heading) == Quantity::Extensive;
    // One thing in each commune may be what the numbers beside it are of; addresses differ within a commune.
    let is_address = fold(&place).contains("dia chi");
    let one_each = looked.table.rows <= places && !numbers.is_empty() && !is_address;
    if placed || looked.pest.is_some() || looked.form.is_shaped() || one_each || numbers.iter().any(adds) {
        return;
    }
    let class =
        headings::CATEGORY.find(headings).map(str::to_owned).or_else(|| headings.iter().find(|h| is_of_stars(h)).cloned());
    let few = |heading: &String| (2..=MOST_CLASSES).contains(&looked.texts(heading).len());
    let by = class.filter(|heading| *heading != thing && few(heading));
    let bare = thing.trim();
    let noun = ["Tên ", "tên ", "TÊN "].iter().find_map(|word| bare.strip_prefix(word)).unwrap_or(bare).to_lowercase();
    let classes = by.iter().flat_map(|by| looked.texts(by).into_iter().map(|class| class_name(by, class)));
    looked.classes = classes.collect();
    looked.classes.sort();
    looked.form.pivot = by.map(|by| Pivot { by, value: None });
    looked.form.count = Some(format!("Số {noun}"));
}

fn is_of_stars(heading: &str) -> bool {
    let words = format!(" {} ", fold(heading));
    [" sao ", " hang sao ", " stars "].iter().any(|word| words.contains(word))
}

/// Of contracts with a column of seasons: that column, the latest season, and the others, which are not in force with it.
pub fn latest_season(looked: &Looked) -> Option<(String, String, Vec<String>)> {
    let column = looked.table.columns.iter().find(|column| {
        let all = column.dictionary.len();
        all >= 2 && column.dictionary.iter().all(|text| seasons::within(text).is_some())
    })?;
    let mut all: Vec<(seasons::Season, &str)> =
        column.dictionary.iter().filter_map(|text| Some((seasons::within(text)?, text))).collect();
    all.sort();
    let (latest, text) = all.pop()?;
    // Two spellings of one season, or seasons of which only some state their year, tell nothing.
    if all.iter().any(|(season, _)| *season == latest || (season.year == 0) != (latest.year == 0)) {
        return None;
    }
    Some((column.name.clone(), text.to_owned(), all.iter().rev().map(|(_, text)| (*text).to_owned()).collect()))
}

/// Rows of one commune that are of different things.
pub struct Apart {
    /// The column that tells them apart
    pub heading: String,
    /// Its texts: each becomes an entry
    pub texts: Vec<String>,
    /// Whether they add up all the same, at least in some columns
    pub adds: bool,
    /// The columns that do, where not all
    pub together: Vec<String>,
}

/// A column that tells apart rows of one commune that are not parts of one number, and its texts.
pub fn apart(looked: &Looked, kind: &TableKind) -> Option<Apart> {
    let column = match kind {
        TableKind::Herds(_) => {
            let roles = kinds::columns(looked, kind);
            let (_, heading) = roles.iter().find(|(role, _)| *role == "species")?;
            looked.table.column(heading)?
        }
        TableKind::Indicator(_) if looked.form.count.is_none() && looked.form.pivot.is_none() => class_of_rows(looked)?,
        _ => return None,
    };
    let texts: Vec<String> = column.dictionary.iter().filter(|text| !text.trim().is_empty()).map(str::to_owned).collect();
    // Hectares of crops are hectares; cases of two diseases are not cases of anything, unless the office adds them up itself.
    let place = looked.place.as_deref().unwrap_or_default();
    let places = looked.table.column(place).map_or(0, |column| column.dictionary.len());
    let sums = looked.table.read_as.get("total_rows").and_then(|count| count.parse::<usize>().ok()).unwrap_or(0);
    let adds = |heading: &String| {
        rates::quantity(heading) == Quantity::Extensive && (rates::is_hectares(heading) || places > 1 && sums >= places)
    };
    let together: Vec<String> = match kind {
        TableKind::Indicator(_) => numeric::columns(&looked.table, &[place]).into_iter().filter(adds).collect(),
        _ => Vec::new(),
    };
    let adds = !together.is_empty() || matches!(kind, TableKind::Herds(_)) && places > 1 && sums >= places;
    let heading = column.name.clone();
    let most = if is_of_indicators(&heading) { MOST_INDICATORS } else { MOST_CLASSES };
    (2..=most).contains(&texts.len()).then_some(Apart { heading, texts, adds, together })
}

/// The column of words with which every commune has one row at most, where without it communes have several.
fn class_of_rows(looked: &Looked) -> Option<&Column> {
    let place = looked.table.column(looked.place.as_ref()?)?;
    let rows: Vec<usize> = (0..looked.table.rows).filter(|&row| place.text(row).is_some()).collect();
    if rows.len() <= place.dictionary.len() {
        return None;
    }
    let tells = |column: &&Column| {
        let own = [PERIOD, SHEET, OUTER_GROUP].contains(&column.name.as_str());
        let words =
            column.dictionary.iter().all(|text| !text.starts_with(|c: char| c.is_ascii_digit()) || ordered(text).is_some());
        let pairs: HashSet<(u32, u32)> = rows.iter().map(|&row| (place.codes[row], column.codes[row])).collect();
        let classes = column.dictionary.len();
        column.name != place.name
            && !own
            && words
            && headings::ENTERPRISE.find(std::slice::from_ref(&column.name)).is_none()
            && !column.dictionary.iter().any(is_part_of_commune)
            && (2..=if is_of_indicators(&column.name) { MOST_INDICATORS } else { MOST_CLASSES }).contains(&classes)
            && pairs.len() == rows.len()
            // Every class has rows of several communes, or it is a name.
            && rows.len() >= 2 * classes
    };
    let group = looked.table.column(GROUP).filter(tells);
    group.or_else(|| looked.table.columns.iter().filter(tells).min_by_key(|column| column.dictionary.len()))
}

/// Whether a column says what the numbers beside it are.
pub fn is_of_indicators(heading: &str) -> bool {
    ["chi tieu", "ten chi tieu", "noi dung", "hang muc", "cac chi tieu", "tieu chi"].contains(&headings::bare(heading).as_str())
}

/// Hamlets and cooperatives are parts of their commune, whose numbers add up.
fn is_part_of_commune(text: &str) -> bool {
    let folded = fold(ordered(text).map_or(text, |(_, rest)| rest));
    let first = folded.split_whitespace().next().unwrap_or("");
    ["ap", "thon", "khom", "khu", "to", "ban", "xom", "htx", "hop", "tht", "dot", "o", "vung", "canh"].contains(&first)
}

/// What an entry of one part is called beside its table's name: "I. Dịch tả" is "Dịch tả".
pub fn called(text: &str) -> &str {
    ordered(text).map_or(text, |(_, rest)| rest).trim()
}

//! Tables of which the rows are several things in one: products to be counted, seasons, species, diseases. What must not be added
//! up becomes entries of its own, or rows that are left out by name.

use super::looked::Looked;
use super::{kinds, periods};
use crate::headings::{self, rates};
use crate::input::identifiers::Identifier;
use crate::input::{Column, identifiers, numeric};
use crate::project::{Pivot, TableKind};
use crate::readers::shape::class_name;
use crate::readers::spreadsheet::PERIOD;
use crate::readers::spreadsheet::table::{GROUP, OUTER_GROUP};
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
    looked.classes.dedup();
    looked.form.pivot = by.map(|by| Pivot { by, value: None });
    looked.form.count = Some(format!("Số {noun}"));
}

fn is_of_stars(heading: &str) -> bool {
    let words = format!(" {} ", fold(heading));
    [" sao ", " hang sao ", " stars "].iter().any(|word| words.contains(word))
}

/// The rows of contracts that are in force, and what the others are of.
pub struct Season {
    /// Column and text of each condition
    pub kept: Vec<(String, String)>,
    /// The other seasons, the newest first
    pub others: Vec<String>,
}

/// The column whose every text is the name of a season.
fn column_of_seasons(looked: &Looked) -> Option<&Column> {
    looked.table.columns.iter().find(|column| {
        let all = column.dictionary.len();
        all >= 2 && column.dictionary.iter().all(|text| seasons::within(text).is_some())
    })
}

/// Whether a text stands where its rows begin, and the rows below it are its own: every block begins with the same commune, and has
/// each once.
pub fn opens_blocks(looked: &Looked, heading: &str) -> bool {
    let place = looked.place.as_ref().and_then(|name| looked.table.column(name));
    let (Some(column), Some(place)) = (looked.table.column(heading), place) else { return false };
    let rows = looked.table.rows;
    let opens = |row: &usize| column.text(*row).is_some_and(|text| !text.trim().is_empty());
    let starts: Vec<usize> = (0..rows).filter(opens).collect();
    if starts.first() != Some(&0) || 2 * starts.len() > rows {
        return false;
    }
    let ends = starts.iter().skip(1).copied().chain([rows]);
    starts.iter().zip(ends).all(|(&start, end)| {
        let communes: HashSet<u32> = (start..end).map(|row| place.codes[row]).collect();
        place.codes[start] == place.codes[0] && communes.len() == end - start
    })
}

/// A season is written where it begins: an empty cell below it means the same. Called before the table is read again.
pub fn fill_seasons(looked: &mut Looked) {
    let Some(column) = column_of_seasons(looked) else { return };
    let blank = (0..looked.table.rows).filter(|&row| column.text(row).is_none()).count();
    let opens = column.text(0).is_some();
    if blank > 0 && opens && 2 * blank >= looked.table.rows.saturating_sub(column.dictionary.len()) {
        looked.form.fill_down.push(column.name.clone());
    }
}

/// Of contracts with a column of seasons the latest season, by its own year or by that of a column of years.
pub fn latest_season(looked: &Looked) -> Option<Season> {
    let column = column_of_seasons(looked)?;
    let years = headings::YEAR.find(&looked.table.headings).and_then(|name| looked.table.column(name));
    let mut all: Vec<(seasons::Season, Vec<(String, String)>)> = Vec::new();
    for row in 0..looked.table.rows {
        let Some(text) = column.text(row) else { continue };
        let Some(mut season) = seasons::within(text) else { continue };
        let mut kept = vec![(column.name.clone(), text.to_owned())];
        if let (0, Some(years)) = (season.year, years) {
            let Some(year) = years.text(row) else { continue };
            season.year = year.trim().parse().unwrap_or(0);
            kept.push((years.name.clone(), year.to_owned()));
        }
        if !all.iter().any(|(_, known)| *known == kept) {
            all.push((season, kept));
        }
    }
    all.sort();
    let (latest, kept) = all.pop()?;
    // Two spellings of one season, or seasons of which only some state their year, tell nothing.
    if all.iter().any(|(season, _)| *season == latest || (season.year == 0) != (latest.year == 0)) {
        return None;
    }
    let words = |kept: &[(String, String)]| kept.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" ");
    Some(Season { kept, others: all.iter().rev().map(|(_, kept)| words(kept)).collect() })
}

/// Rows of one thing among several.
pub struct Part {
    /// What it is called beside its table's name
    pub name: String,
    /// Column and text of each condition
    pub kept: Vec<(String, String)>,
    /// Species, of herds
    pub species: Option<String>,
    /// Whether its rows of one commune add up
    pub sums: bool,
}

/// Rows of one commune that are of different things.
pub struct Apart {
    /// Each becomes an entry
    pub parts: Vec<Part>,
    /// Whether they add up all the same, at least in some columns
    pub adds: bool,
    /// The columns that do, where not all
    pub together: Vec<String>,
}

/// The parts of a table whose rows of one commune are not parts of one number.
pub fn apart(looked: &Looked, kind: &TableKind) -> Option<Apart> {
    let place = looked.table.column(looked.place.as_ref()?)?;
    let herds = matches!(kind, TableKind::Herds(_));
    let species = if herds {
        let roles = kinds::columns(looked, kind);
        let heading = roles.iter().find(|(role, _)| *role == "species").map(|(_, heading)| heading.clone());
        heading.and_then(|heading| looked.table.column(&heading)).filter(|column| column.dictionary.len() >= 2)
    } else {
        None
    };
    let rows = || rows_of_one_period(looked).into_iter().filter(|&row| place.text(row).is_some());
    let repeats = rows().map(|row| place.codes[row]).collect::<HashSet<_>>().len() < rows().count();
    let class = match kind {
        // A pest or a season for each commune is what is told of it, once.
        TableKind::Indicator(_) if !repeats => return None,
        TableKind::Herds(_) => class_of_rows(looked, place, species),
        TableKind::Indicator(_) if looked.form.count.is_none() && looked.form.pivot.is_none() => {
            let of_pests = || looked.table.column(looked.pest.as_ref()?);
            column_of_seasons(looked).or_else(of_pests).or_else(|| class_of_rows(looked, place, None))
        }
        _ => return None,
    };
    let columns: Vec<&Column> = species.into_iter().chain(class).collect();
    let mut seen: Vec<Vec<u32>> = Vec::new();
    for row in rows() {
        let codes: Vec<u32> = columns.iter().map(|column| column.codes[row]).collect();
        let told = columns.iter().all(|column| column.text(row).is_some_and(|text| !text.trim().is_empty()));
        if told && !seen.contains(&codes) {
            seen.push(codes);
        }
    }
    let several = class.is_some_and(|class| is_of_indicators(&class.name));
    let most = if several || columns.len() > 1 { MOST_INDICATORS } else { MOST_CLASSES };
    if columns.is_empty() || !(2..=most).contains(&seen.len()) {
        return None;
    }
    let part = |codes: &Vec<u32>| {
        let texts: Vec<&str> = columns.iter().zip(codes).map(|(column, &code)| column.dictionary.get(code)).collect();
        let is_of = |row: &usize| columns.iter().zip(codes).all(|(column, code)| column.codes[*row] == *code);
        let own: Vec<u32> = rows().filter(is_of).map(|row| place.codes[row]).collect();
        let conditions = columns.iter().zip(&texts).skip(species.iter().len());
        Part {
            name: texts.iter().map(|text| called(text)).collect::<Vec<_>>().join(" "),
            kept: conditions.map(|(column, text)| (column.name.clone(), (*text).to_owned())).collect(),
            species: species.and(texts.first()).map(|text| (*text).to_owned()),
            sums: own.iter().collect::<HashSet<_>>().len() < own.len(),
        }
    };
    let parts = seen.iter().map(part).collect();
    // Hectares of crops are hectares; cases of two diseases are not cases of anything, unless the office adds them up itself. What is
    // of seasons or pests is of the same land twice.
    let places = place.dictionary.len();
    let sums = looked.table.read_as.get("total_rows").and_then(|count| count.parse::<usize>().ok()).unwrap_or(0);
    let adds = |heading: &String| {
        rates::quantity(heading) == Quantity::Extensive && (rates::is_hectares(heading) || places > 1 && sums >= places)
    };
    let of_accounts = |column: &&Column| column.dictionary.iter().any(is_of_account);
    let once = column_of_seasons(looked).is_none() && looked.pest.is_none() && !columns.iter().any(of_accounts);
    let together: Vec<String> = match kind {
        TableKind::Indicator(_) if once => {
            numeric::columns(&looked.table, &[place.name.as_str()]).into_iter().filter(adds).collect()
        }
        _ => Vec::new(),
    };
    let adds = !together.is_empty() || herds && class.is_none() && places > 1 && sums >= places;
    Some(Apart { parts, adds, together })
}

/// The rows of the last period, where each part has its own: months repeat every commune and species.
fn rows_of_one_period(looked: &Looked) -> Vec<usize> {
    let all = 0..looked.table.rows;
    let Some(column) = looked.table.column(PERIOD) else { return all.collect() };
    let last = all.clone().rev().find(|row| column.text(*row).is_some()).map(|row| column.codes[row]);
    all.filter(|row| Some(column.codes[*row]) == last).collect()
}

/// Whether a text says of the numbers in its row that they are planned, done, added up to a day or of another period: no two of these add up.
fn is_of_account(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "ke hoach",
        "thuc hien",
        "kh",
        "th",
        "uoc",
        "luy ke",
        "cong don",
        "cung ky",
        "ky truoc",
        "ky nay",
        "nam truoc",
        "nam nay",
        "tuan nay",
        "tuan truoc",
        "so voi",
        "ty le",
    ];
    let words = format!(" {} ", fold(text));
    text.contains('%') || WORDS.iter().any(|word| words.contains(&format!(" {word} ")))
}

/// The column of words with which every commune (and species) has one row at most, where without it communes have several.
fn class_of_rows<'a>(looked: &'a Looked, place: &Column, species: Option<&Column>) -> Option<&'a Column> {
    let rows: Vec<usize> = rows_of_one_period(looked).into_iter().filter(|&row| place.text(row).is_some()).collect();
    let key = |row: usize| (place.codes[row], species.map(|species| species.codes[row]));
    if rows.iter().map(|&row| key(row)).collect::<HashSet<_>>().len() == rows.len() {
        return None;
    }
    let tells = |column: &&Column| {
        let own = [PERIOD, OUTER_GROUP].contains(&column.name.as_str());
        let words =
            column.dictionary.iter().all(|text| !text.starts_with(|c: char| c.is_ascii_digit()) || ordered(text).is_some());
        let pairs: HashSet<_> = rows.iter().map(|&row| (key(row), column.codes[row])).collect();
        let classes = column.dictionary.len();
        column.name != place.name
            && !own
            // Names of people are no classes, and hamlets are parts of their commune.
            && identifiers::of(column) != Some(Identifier::Personal)
            && !names_people(&column.name)
            && !is_within_commune(&column.name)
            && words
            && headings::ENTERPRISE.find(std::slice::from_ref(&column.name)).is_none()
            && !column.dictionary.iter().any(is_part_of_commune)
            // Of months and quarters the last counts, as everywhere.
            && !identifiers::tells_time(column)
            && !column.dictionary.iter().all(periods::is_dated)
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
    ["ap", "thon", "khom", "khu", "to", "ban", "xom", "htx", "hop", "tht", "o", "vung", "canh"].contains(&first)
}

/// Whether a heading is that of names of people: "Họ và tên", "Tên chủ hộ", "Người đại diện".
fn names_people(heading: &str) -> bool {
    let bare = headings::bare(heading);
    let starts = [
        "ho va ten",
        "ho ten",
        "ten chu",
        "chu ho",
        "ten ho",
        "chu trai",
        "chu co so",
        "nguoi",
        "nong dan",
        "ten nguoi",
        "ten nong dan",
        "dai dien",
    ];
    starts.iter().any(|word| bare == *word || bare.starts_with(&format!("{word} ")))
}

/// Whether a heading is that of places within a commune.
fn is_within_commune(heading: &str) -> bool {
    let others = ["dia chi", "to hop tac", "hop tac xa", "htx"];
    headings::HAMLET.find(&[heading.to_owned()]).is_some() || others.contains(&headings::bare(heading).as_str())
}

/// What an entry of one part is called beside its table's name: "I. Dịch tả" is "Dịch tả".
fn called(text: &str) -> &str {
    ordered(text).map_or(text, |(_, rest)| rest).trim()
}

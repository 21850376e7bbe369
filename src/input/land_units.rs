//! Land that a table writes in other units than hectares: its heading, its rows or the lines above it say so.

use crate::input::{Column, Decimal, Table, numeric};
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::Message;
use crate::values::text::fold;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    unit: Vec<Unit>,
}

/// A unit of land.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Unit {
    /// Names, folded to plain letters
    names: Vec<String>,
    /// How many make a hectare; none where that is not the same everywhere
    to_one_hectare: Option<f64>,
    /// One of several meanings, the one of the region
    #[serde(default)]
    assumed: bool,
    /// Whether it was compared with its source
    #[allow(dead_code, reason = "a mark for readers of the file")]
    verified: bool,
}

static DATA: LazyLock<Data> = LazyLock::new(|| toml::from_str(include_str!("land_units.toml")).unwrap_or_default());

/// Headings of a column that names the unit of each row.
const UNIT_COLUMNS: [&str; 4] = ["dvt", "don vi tinh", "unit", "don vi do"];

/// The hectares of the rows of a column, in whatever unit of land the table writes them.
///
/// # Errors
/// A unit that is not the same everywhere, such as "sào".
pub fn hectares(table: &Table, name: &str, sign: Decimal, wrong: Message, problems: &mut Problems) -> Result<Vec<Option<f64>>> {
    let column = table.require(name)?;
    let numbers = numeric::read(table, name, sign, (&|number| number >= 0.0, wrong), problems)?;
    let mut found: Vec<Option<f64>> = column.codes.iter().map(|&code| numbers.get(code as usize).copied().flatten()).collect();
    if found.iter().all(Option::is_none) {
        return Ok(found);
    }
    if let Some(unit) = of_column(table, name) {
        let factor = known(unit, table, name)?;
        found.iter_mut().flatten().for_each(|number| *number /= factor);
        say(unit, found.iter().flatten().count(), table, name, problems);
        return Ok(found);
    }
    let Some(units) = unit_column(table) else { return of_titles(table, name, found, problems) };
    let of_text = units.parse(named);
    let mut counts: Vec<(&Unit, usize)> = Vec::new();
    for (row, number) in found.iter_mut().enumerate() {
        let Some((number, unit)) = number.as_mut().zip(of_text.get(units.codes[row] as usize).copied().flatten()) else {
            continue;
        };
        *number /= known(unit, table, name)?;
        match counts.iter_mut().find(|(known, _)| *known == unit) {
            Some((_, count)) => *count += 1,
            None => counts.push((unit, 1)),
        }
    }
    counts.into_iter().for_each(|(unit, count)| say(unit, count, table, name, problems));
    Ok(found)
}

/// Numbers of parts whose lines above state a unit: one file may be in ha and the next in cong.
fn of_titles(table: &Table, name: &str, mut found: Vec<Option<f64>>, problems: &mut Problems) -> Result<Vec<Option<f64>>> {
    // What the column itself says of hectares, or of anything else, stands.
    if of_hectares(name) || table.column(name).is_some_and(|column| !numeric::unit_of(column).is_empty()) {
        return Ok(found);
    }
    let parts = table.titled_parts();
    let mut counts: Vec<(&Unit, usize)> = Vec::new();
    for (at, (first, titles)) in parts.iter().enumerate() {
        let end = parts.get(at + 1).map_or(table.rows, |next| next.0);
        let Some(unit) = titles.iter().find_map(|line| of_line(line)) else { continue };
        let factor = known(unit, table, name)?;
        let rows = found.get_mut(*first..end).unwrap_or_default();
        rows.iter_mut().flatten().for_each(|number| *number /= factor);
        let count = rows.iter().flatten().count();
        match counts.iter_mut().find(|(known, _)| *known == unit) {
            Some((_, all)) => *all += count,
            None => counts.push((unit, count)),
        }
    }
    counts.into_iter().filter(|(_, count)| *count > 0).for_each(|(unit, count)| say(unit, count, table, name, problems));
    Ok(found)
}

/// The unit of land that a line states: "ĐVT: công".
fn of_line(line: &str) -> Option<&'static Unit> {
    // "ĐVT: công tầm lớn (1 công = 1.300 m²)" names its unit before the bracket, "(ĐVT: công)" within it.
    stated(line).or_else(|| stated(line.split_once('(').filter(|(before, _)| !before.trim().is_empty())?.0))
}

fn stated(line: &str) -> Option<&'static Unit> {
    let line = plain(line);
    let at = ["don vi tinh", "dvt", "don vi"].iter().find_map(|word| Some(line.find(word)? + word.len()))?;
    named(line[at..].trim_start_matches([':', ' ']).split([')', ']', '.']).next()?.trim())
}

fn of_hectares(text: &str) -> bool {
    format!(" {} ", plain(text)).contains(" ha ")
}

/// Whether every unit of a column is one of land.
pub fn names_land(units: &Column) -> bool {
    !units.dictionary.is_empty() && units.dictionary.iter().all(|text| named(text).is_some() || plain(text).trim() == "ha")
}

/// The column that names the unit of each row, if there is one.
pub fn unit_column(table: &Table) -> Option<&Column> {
    table.columns.iter().find(|column| column.codes.len() == table.rows && UNIT_COLUMNS.contains(&fold(&column.name).as_str()))
}

/// The unit of a whole column, unless it is hectares: by its heading, by what stands behind its numbers.
fn of_column(table: &Table, name: &str) -> Option<&'static Unit> {
    if let Some(unit) = of_heading(name) {
        return Some(unit);
    }
    if of_hectares(name) {
        return None;
    }
    named(&numeric::unit_of(table.column(name)?))
}

/// Whether a heading states a unit of land other than hectares.
pub fn is_of_land(heading: &str) -> bool {
    of_heading(heading).is_some()
}

/// The unit that a heading states: in brackets, behind a comma, or as its last words.
fn of_heading(heading: &str) -> Option<&'static Unit> {
    let in_brackets = heading.split(['(', '[']).skip(1).filter_map(|part| named(part.split([')', ']']).next()?)).next();
    let last = || {
        let bare = if heading.contains(['(', '[', '/']) { String::new() } else { plain(heading) };
        let ends = |name: &&String| bare.ends_with(&format!(" {name}")) && name.ends_with("m2");
        DATA.unit.iter().find(|unit| unit.names.iter().any(|name| ends(&name)))
    };
    in_brackets.or_else(last)
}

fn named(text: &str) -> Option<&'static Unit> {
    let text = plain(text);
    DATA.unit.iter().find(|unit| unit.names.contains(&text))
}

/// Plain letters; "1.000 m²" is "1000 m2".
fn plain(text: &str) -> String {
    let figures = text.replace('²', "2").replace("1.000", "1000").replace("1,000", "1000");
    fold(&figures.replace([',', ';'], " "))
}

fn known(unit: &Unit, table: &Table, name: &str) -> Result<f64> {
    unit.to_one_hectare.ok_or_else(|| {
        let word = &unit.names[0];
        Fault::new(
            "unknown-land-unit",
            Place::file(&table.file).column(name).value(word),
            message!(
                "cột ghi theo \"{word}\", mỗi nơi một khác: không đổi ra ha được",
                "the column is in \"{word}\", which is not the same everywhere: it cannot be turned into ha"
            ),
        )
        .hint(message!(
            "đổi ra ha trong bảng rồi ghi (ha) ở tiêu đề",
            "turn it into ha in the table and write (ha) in the heading"
        ))
    })
}

fn say(unit: &Unit, count: usize, table: &Table, name: &str, problems: &mut Problems) {
    let (word, place) = (&unit.names[0], Place::file(&table.file).column(name));
    if unit.assumed {
        problems.warning(
            "land-unit",
            place.value(word),
            message!(
                "{count} ô theo công: đổi ra ha với 1 công = 1.000 m²",
                "{count} cells in cong: turned into ha with 1 cong = 1,000 m²"
            ),
            Some(message!(
                "công tầm lớn (1.296 m²): đổi ra ha trong bảng",
                "for the larger cong (1,296 m²) turn them into ha in the table"
            )),
        );
        return;
    }
    problems.info(
        "land-unit",
        place.value(word),
        message!("{count} ô theo {word}: đã đổi ra ha", "{count} cells in {word}: turned into ha"),
        None,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_units_of_land() {
        let of = |heading: &str| of_heading(heading).map(|unit| unit.names[0].as_str());
        for heading in ["Diện tích (m2)", "DT nhiễm (m²) / Nhẹ", "DT_m2", "Diện tích, m2", "Diện tích (mét vuông)"]
        {
            assert_eq!(of(heading), Some("m2"), "{heading}");
        }
        assert_eq!(of("DT hợp đồng (1.000 m2)"), Some("1000 m2"));
        assert_eq!(of("Diện tích (công)"), Some("cong"));
        assert_eq!(of("DT nhiễm (1.000 ha)"), Some("1000 ha"));
        assert_eq!(of_line("ĐVT: nghìn ha").map(|unit| unit.names[0].as_str()), Some("1000 ha"));
        assert_eq!(of_line("ĐVT: công tầm lớn (1 công = 1.300 m²)").map(|unit| unit.names[0].as_str()), Some("sao"));
        assert_eq!(of("Diện tích (sào)"), Some("sao"));
        for heading in ["Diện tích (ha)", "Thành công", "Diện tích", "Số mẫu", "Mật độ (con/m2)"] {
            assert_eq!(of(heading), None, "{heading}");
        }
    }
}

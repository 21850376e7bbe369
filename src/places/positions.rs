//! Positions of the rows of a table, as people write them, brought to columns of degrees: two numbers in one cell, degrees with minutes
//! and seconds, metres of a declared system.

use super::crs::{self, Declared};
use crate::headings;
use crate::input::{Column, Decimal, Table, decimal};
use crate::message;
use crate::run::{Place, Problems, Result};
use crate::values::area::Position;
use crate::values::text::fold;

/// What is declared of the positions of a table.
#[derive(Debug, Clone, Copy, Default)]
pub struct Said<'a> {
    /// Column of longitudes or eastings
    pub lon: Option<&'a String>,
    /// Column of latitudes or northings
    pub lat: Option<&'a String>,
    /// Decimal sign
    pub decimal: Option<Decimal>,
}

/// Headings of cells that hold both numbers.
const TOGETHER: [&str; 12] = [
    "toa do",
    "vi tri",
    "gps",
    "toa do gps",
    "coordinates",
    "coordinate",
    "position",
    "location",
    "lat lon",
    "lat long",
    "latlon",
    "vi do kinh do",
];

/// Brings the positions of a table to degrees, in the columns that hold them or in `lon` and `lat`. Cells that are no position stay as
/// they are, for whoever uses them to list.
pub fn settle(table: &mut Table, said: Said<'_>, declared: Declared<'_>, problems: &mut Problems) -> Result<()> {
    let sign = said.decimal.or(table.decimal).unwrap_or(Decimal::Dot);
    let lon = headings::LON.column_of(table, said.lon)?;
    let lat = headings::LAT.column_of(table, said.lat)?;
    let (lon, lat) = match (lon, lat) {
        (Some(lon), Some(lat)) => (lon, lat),
        (None, None) => match parted(table, sign, problems) {
            Some(names) => names,
            None => return Ok(()),
        },
        _ => return Ok(()),
    };
    for name in [&lon, &lat] {
        let column = table.require(name)?;
        if column.dictionary.iter().any(|text| sexagesimal(text).is_some()) {
            let texts = texts(table.rows, column, |text| sexagesimal(text).map(|degrees| written(degrees, sign)));
            table.replace(name, &texts);
        }
    }
    match declared.crs {
        Some(system) => transform(table, [&lon, &lat], said, (system, declared), problems),
        None => Ok(()),
    }
}

/// A number in the sign by which the column will be read.
fn written(degrees: f64, sign: Decimal) -> String {
    let text = degrees.to_string();
    if sign == Decimal::Comma { text.replace('.', ",") } else { text }
}

fn texts(rows: usize, column: &Column, of: impl Fn(&str) -> Option<String>) -> Vec<String> {
    (0..rows).map(|row| column.text(row).map_or(String::new(), |text| of(text).unwrap_or_else(|| text.to_owned()))).collect()
}

/// Takes apart a column whose cells hold both numbers: the names of the two that come of it.
fn parted(table: &mut Table, sign: Decimal, problems: &mut Problems) -> Option<(String, String)> {
    let called =
        |heading: &&String| TOGETHER.contains(&headings::bare(heading).as_str()) || TOGETHER.contains(&fold(heading).as_str());
    let name = table.headings.iter().find(called)?.clone();
    let column = table.column(&name)?;
    let pairs: Vec<Option<Position>> = column.parse(pair);
    let filled = column.dictionary.iter().filter(|text| !text.trim().is_empty()).count();
    if 2 * pairs.iter().flatten().count() < filled || filled == 0 {
        return None;
    }
    let of = |row: usize| pairs.get(column.codes[row] as usize).copied().flatten();
    let axis = |axis: usize| -> Vec<String> {
        (0..table.rows)
            .map(|row| match (of(row), column.text(row)) {
                (Some(position), _) => written(position[axis], sign),
                // What is no pair is seen beside its heading.
                (None, text) => text.unwrap_or("").to_owned(),
            })
            .collect()
    };
    let (lons, lats) = (axis(0), axis(1));
    let message = message!("hai số trong một ô: đọc là vĩ độ, kinh độ", "two numbers in one cell: read as latitude, longitude");
    problems.info("position-in-one-cell", Place::file(&table.file).column(&name), message, None);
    table.put("lon", &lons);
    table.put("lat", &lats);
    Some(("lon".to_owned(), "lat".to_owned()))
}

/// Longitude and latitude of a text that has both. Latitude comes first, as maps on the web have it, unless it could not be one.
fn pair(text: &str) -> Option<Position> {
    let separated: Vec<&str> = match text.contains(';') {
        true => text.split(';').collect(),
        false => text.split([',', ' ']).filter(|part| !part.is_empty()).collect(),
    };
    let number = |text: &str| {
        let text = text.trim();
        sexagesimal(text).or_else(|| text.replace(',', ".").parse::<f64>().ok())
    };
    let (first, second) = match separated[..] {
        [a, b] => (number(a)?, number(b)?),
        // 10°45'30"N 105°13'30"E with blanks within.
        _ => {
            let end = text.find(['N', 'S', 'B'])? + 1;
            (sexagesimal(&text[..end])?, sexagesimal(text[end..].trim_start_matches([',', ';', ' ']))?)
        }
    };
    let is_latitude = |number: f64| number.abs() <= 90.0;
    match (is_latitude(first), is_latitude(second)) {
        (true, _) if second.abs() <= 180.0 => Some([second, first]),
        (false, true) if first.abs() <= 180.0 => Some([first, second]),
        _ => None,
    }
}

/// Degrees of `105°13'30"E`, `105° 13,5'`, `105d13m30s`; `None` for plain numbers.
fn sexagesimal(text: &str) -> Option<f64> {
    let text = text.trim();
    if !text.contains(['°', 'º', '˚', 'd', '\'', '′', '’']) {
        return None;
    }
    let west = text.ends_with(['W', 'w', 'T', 'S', 's']) || text.starts_with(['W', 'S', '-', '−']);
    let parts: Vec<f64> = text
        .replace(',', ".")
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter(|part| !part.is_empty())
        .map(|part| part.trim_end_matches('.').parse().ok())
        .collect::<Option<_>>()?;
    let (degrees, minutes, seconds) = match parts[..] {
        [degrees] => (degrees, 0.0, 0.0),
        [degrees, minutes] => (degrees, minutes, 0.0),
        [degrees, minutes, seconds] => (degrees, minutes, seconds),
        _ => return None,
    };
    let fits = degrees <= 180.0 && minutes < 60.0 && seconds < 60.0;
    let found = degrees + minutes / 60.0 + seconds / 3600.0;
    fits.then_some(if west { -found } else { found })
}

/// Brings metres or degrees of a declared system to degrees on WGS 84.
fn transform(
    table: &mut Table,
    [lon, lat]: [&str; 2],
    said: Said<'_>,
    (name, declared): (&str, Declared<'_>),
    problems: &mut Problems,
) -> Result<()> {
    let file = table.file.clone();
    let (system, shift) = (crs::named(name, &file, problems)?, declared.shift()?);
    let own = said.decimal.or(table.decimal).unwrap_or(Decimal::Dot);
    let sign = decimal::of_degrees(table, &[lon, lat], said.decimal)?;
    let (xs, ys) = (table.require(lon)?, table.require(lat)?);
    let parse = |text: &str| decimal::parse(text, sign);
    let (x_of, y_of) = (xs.parse(parse), ys.parse(parse));
    let number = |list: &[Option<f64>], code: u32| list.get(code as usize).copied().flatten();
    let given = |row: usize| number(&x_of, xs.codes[row]).zip(number(&y_of, ys.codes[row]));
    // In Vietnam X is often the northing.
    let swapped = {
        let all: Vec<(f64, f64)> = (0..table.rows).filter_map(given).collect();
        !all.is_empty() && all.iter().all(|(x, y)| crs::is_swapped(system, [*x, *y]))
    };
    let (mut lons, mut lats) = (Vec::with_capacity(table.rows), Vec::with_capacity(table.rows));
    for row in 0..table.rows {
        let text = |column: &Column| column.text(row).unwrap_or("").to_owned();
        match given(row) {
            Some((x, y)) => {
                let [x, y] = system.to_wgs84(if swapped { [y, x] } else { [x, y] }, shift);
                lons.push(written(x, own));
                lats.push(written(y, own));
            }
            None => {
                lons.push(text(xs));
                lats.push(text(ys));
            }
        }
    }
    if swapped {
        let message = message!(
            "\"{lon}\" là tọa độ bắc, \"{lat}\" là tọa độ đông: đã đổi chỗ",
            "\"{lon}\" holds northings and \"{lat}\" eastings: they were exchanged"
        );
        problems.warning("swapped-axes", Place::file(&file).column(lon), message, None);
    }
    table.replace(lon, &lons);
    table.replace(lat, &lats);
    table.read_as.insert("crs", format!("{name} → WGS 84"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_minutes_and_seconds_are_read() {
        for (text, expected) in [
            ("105°13'30\"E", Some(105.225)),
            ("10° 45’ 30” B", Some(10.758_333_333_333_333)),
            ("105°13,5'", Some(105.225)),
            ("E105°13′30″", Some(105.225)),
            ("10.5°S", Some(-10.5)),
            ("105.225", None),
            ("105°73'", None),
        ] {
            let found = sexagesimal(text);
            assert!(found == expected || (found.unwrap_or(0.0) - expected.unwrap_or(1.0)).abs() < 1e-9, "{text}: {found:?}");
        }
    }

    #[test]
    fn both_numbers_of_a_cell_are_told_apart() {
        assert_eq!(pair("10.758, 105.225"), Some([105.225, 10.758]));
        assert_eq!(pair("105.225; 10.758"), Some([105.225, 10.758]));
        assert_eq!(pair("10,758; 105,225"), Some([105.225, 10.758]));
        let [x, y] = pair("10°45'0\"N 105°13'30\"E").expect("a position");
        assert!((x - 105.225).abs() < 1e-9 && (y - 10.75).abs() < 1e-9);
        assert_eq!(pair("An Bình"), None);
    }
}

//! Readings of traps and sensors: a row a station, thing and day.

use super::columns::{bad_day, column_of, numbers, sign_of_degrees};
use crate::input::{Column, Table};
use crate::measures::forecasts::decimal_of;
use crate::message;
use crate::project::roles::{LAT, LON, Role};
use crate::run::{Fault, Place, Problems, Result};
use crate::values::area::Position;
use crate::values::{dates, text::fold};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// How a trap catches; counts of different kinds are not comparable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Kind {
    /// Nobody says
    #[default]
    Unstated,
    /// Lamp lit some hours of the evening, counted by hand
    Manual,
    /// Lit all night, counted by machine
    AllNight,
}

impl Kind {
    /// Name in files.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Unstated => "",
            Kind::Manual => "manual",
            Kind::AllNight => "all-night",
        }
    }

    fn from_word(word: &str) -> Option<Kind> {
        Some(match fold(word).as_str() {
            "manual" | "thu cong" | "thuong" | "den thuong" => Kind::Manual,
            "all night" | "allnight" | "smart" | "automatic" | "tu dong" | "thong minh" | "ca dem" => Kind::AllNight,
            _ => return None,
        })
    }
}

/// One trap or sensor.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Station {
    /// Name
    pub name: String,
    /// Longitude and latitude, where known
    pub position: Option<Position>,
    /// How it catches
    pub kind: Kind,
}

/// What one station read of one thing: days in order; `None` where the table has the row but no number.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run {
    /// Station
    pub station: usize,
    /// Thing: a species, or what a sensor measures
    pub thing: usize,
    /// Day and number
    pub days: Vec<(NaiveDate, Option<f64>)>,
}

/// All readings of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Readings {
    /// Stations in order of name
    pub stations: Vec<Station>,
    /// Things in order of name
    pub things: Vec<String>,
    /// Runs in order of thing and station
    pub runs: Vec<Run>,
}

impl Readings {
    /// The readings up to a day.
    pub fn until(&self, day: NaiveDate) -> Readings {
        let mut found = self.clone();
        found.runs.iter_mut().for_each(|run| run.days.retain(|(known, _)| *known <= day));
        found
    }
}

/// Headings by role, where they are declared.
#[derive(Debug, Clone, Default)]
pub struct Headings {
    /// Station
    pub station: Option<String>,
    /// Species or quantity
    pub thing: Option<String>,
    /// Kind of trap
    pub kind: Option<String>,
    /// Day
    pub date: Option<String>,
    /// Count or value
    pub value: Option<String>,
    /// Longitude
    pub lon: Option<String>,
    /// Latitude
    pub lat: Option<String>,
}

const STATION: Role = Role {
    name: "station",
    headings: &[
        "station", "ten tram", "ma tram", "tram", "bay", "ten bay", "trap", "bay den", "sensor", "cam bien", "thiet bi", "device", "diem", "site",
        "name", "ten",
    ],
};
const THING: Role = Role {
    name: "thing",
    headings: &[
        "species",
        "loai",
        "pest",
        "svgh",
        "sinh vat gay hai",
        "quantity",
        "chi tieu",
        "thong so",
        "parameter",
        "dai luong",
    ],
};
const KIND: Role = Role { name: "type", headings: &["type", "trap type", "loai bay", "kieu bay"] };
const DATE: Role = Role { name: "date", headings: &["date", "ngay", "dem", "night", "time", "thoi gian", "datetime"] };
const YEAR: Role = Role { name: "year", headings: &["year", "nam", "observation year"] };
const WEEK: Role = Role { name: "week", headings: &["week", "tuan", "standard week"] };
const VALUE: Role = Role {
    name: "value",
    headings: &["count", "so con", "con bay dem", "value", "gia tri", "pest value", "so luong", "mat do", "reading", "ket qua"],
};

/// Reads readings. Numbers that are none, and negative ones where they cannot be, are listed and count as missing; a day given
/// twice with other numbers is refused.
pub fn read(table: &Table, headings: &Headings, positive: bool, problems: &mut Problems) -> Result<Readings> {
    let name = |declared: &Option<String>, role: &Role| column_of(table, declared.as_ref(), role);
    let value = name(&headings.value, &VALUE)?
        .ok_or_else(|| lacks(table, "số đọc được (count, value)", "the number read (count, value)"))?;
    let optional = |name: Option<String>| name.map(|name| table.require(&name)).transpose();
    let station = optional(name(&headings.station, &STATION)?)?;
    let thing = optional(name(&headings.thing, &THING)?)?;
    let kind = optional(name(&headings.kind, &KIND)?)?;
    let (lon, lat) = (name(&headings.lon, &LON)?, name(&headings.lat, &LAT)?);
    let days = days(table, headings, problems)?;
    let numeric: Vec<&str> = [Some(&value), lon.as_ref(), lat.as_ref()].into_iter().flatten().map(String::as_str).collect();
    let sign = decimal_of(table, &numeric[..1], None)?;
    let counts = numbers(table, &value, sign, positive, problems)?;
    let of_place = |name: &Option<String>, problems: &mut Problems| -> Result<Option<Vec<Option<f64>>>> {
        name.as_deref().map(|name| numbers(table, name, sign_of_degrees(table, &[name])?, false, problems)).transpose()
    };
    let (lons, lats) = (of_place(&lon, problems)?, of_place(&lat, problems)?);
    let text = |column: Option<&Column>, row: usize| column.and_then(|column| column.text(row)).unwrap_or("").to_owned();
    let mut stations: BTreeMap<String, Station> = BTreeMap::new();
    let mut runs: BTreeMap<(String, String), BTreeMap<NaiveDate, (usize, Option<f64>)>> = BTreeMap::new();
    for row in 0..table.rows {
        let Some(day) = days[row] else { continue };
        let (station, thing) = (text(station, row), text(thing, row));
        let known = stations.entry(station.clone()).or_insert_with(|| Station { name: station.clone(), ..Station::default() });
        let at = |list: &Option<Vec<Option<f64>>>| list.as_ref().and_then(|list| list[row]);
        if let (Some(x), Some(y), None) = (at(&lons), at(&lats), known.position) {
            if x.abs() <= 180.0 && y.abs() <= 90.0 {
                known.position = Some([x, y]);
            }
        }
        if let Some(word) = kind.and_then(|kind| kind.text(row)) {
            match Kind::from_word(word) {
                Some(found) => known.kind = found,
                None => problems.warning(
                    "unknown-trap-type",
                    table.place(row, kind.map_or("", |kind| &kind.name), word),
                    message!(
                        "không biết loại bẫy này; ghi \"thủ công\" hoặc \"tự động\"",
                        "unknown type of trap; write \"manual\" or \"all-night\""
                    ),
                    None,
                ),
            }
        }
        let run = runs.entry((thing, station)).or_default();
        match run.get(&day) {
            Some((first, other)) if *other != counts[row] => {
                let line = table.line(*first);
                let place = table.place(row, &value, &counts[row].map(|count| count.to_string()).unwrap_or_default());
                let message =
                    message!("ngày này đã có ở dòng {line} với số khác", "row {line} has this day already with another number");
                return Err(Fault::new("repeated-day", place, message));
            }
            Some(_) => {}
            None => {
                run.insert(day, (row, counts[row]));
            }
        }
    }
    if runs.is_empty() {
        let message = message!("bảng không có số đọc nào", "the table has no readings");
        return Err(Fault::new("no-rows", Place::file(&table.file), message));
    }
    let stations: Vec<Station> = stations.into_values().collect();
    let mut things: Vec<String> = runs.keys().map(|(thing, _)| thing.clone()).collect();
    things.dedup();
    let runs = runs
        .into_iter()
        .map(|((thing, station), days)| Run {
            station: stations.iter().position(|known| known.name == station).unwrap_or(0),
            thing: things.iter().position(|known| *known == thing).unwrap_or(0),
            days: days.into_iter().map(|(day, (_, count))| (day, count)).collect(),
        })
        .collect();
    Ok(Readings { stations, things, runs })
}

fn lacks(table: &Table, vi: &str, en: &str) -> Fault {
    let headings = table.headings.join(", ");
    Fault::new("missing-column", Place::file(&table.file), message!("không thấy cột {vi}", "no column has {en}"))
        .hint(message!("các cột: {headings}", "the columns are: {headings}"))
}

/// The day of each row: a date, a date with a time, or the first day of a numbered week.
fn days(table: &Table, headings: &Headings, problems: &mut Problems) -> Result<Vec<Option<NaiveDate>>> {
    if let (Some(year), Some(week), None) = (column_of(table, None, &YEAR)?, column_of(table, None, &WEEK)?, &headings.date) {
        let (years, weeks) = (table.require(&year)?, table.require(&week)?);
        let whole = |column: &Column, row: usize| column.text(row).and_then(|text| text.trim().parse::<u32>().ok());
        return Ok((0..table.rows)
            .map(|row| {
                let found = match (whole(years, row), whole(weeks, row)) {
                    (Some(year), Some(week @ 1..=53)) => NaiveDate::from_yo_opt(year as i32, 1 + 7 * (week.min(52) - 1)),
                    _ => None,
                };
                if found.is_none() {
                    bad_day(table, row, &week, weeks.text(row).unwrap_or(""), problems);
                }
                found
            })
            .collect());
    }
    let date =
        column_of(table, headings.date.as_ref(), &DATE)?.ok_or_else(|| lacks(table, "ngày (date, ngày)", "the day (date)"))?;
    let column = table.require(&date)?;
    // A sensor's time of day is cut off: the last reading of a day is that of the day.
    let day_of = |text: &str| text.split([' ', 'T']).next().unwrap_or(text).to_owned();
    let texts: Vec<String> = column.parse(day_of);
    let order = dates::order(texts.iter().map(String::as_str));
    let parsed: Vec<Option<NaiveDate>> = texts.iter().map(|text| dates::parse_in(text, order)).collect();
    let bad: Vec<bool> = parsed.iter().map(Option::is_none).collect();
    for (row, code) in table.rows_where(column, &bad) {
        bad_day(table, row, &date, column.dictionary.get(code), problems);
    }
    Ok(column.codes.iter().map(|&code| parsed.get(code as usize).copied().flatten()).collect())
}

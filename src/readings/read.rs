//! Readings of traps and sensors: a row a station, thing and day.

use super::columns::{Columns, Thing};
use super::moments::{Moment, moments};
use super::quantities::{OfDay, is_cumulative};
use super::sensors::Limit;
use super::several::{self, Reading, Span};
use super::stray_day::stray_day;
use super::things::{Said, Things};
use crate::input::numeric::{numbers, sign_of_degrees};
use crate::input::{Column, Decimal, Table, decimal};
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::area::Position;
use crate::values::text::fold;
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
    pub property: usize,
    /// Day and number
    pub days: Vec<(NaiveDate, Option<f64>)>,
    /// The readings with times of each day, of what is measured rather than counted
    pub spans: BTreeMap<NaiveDate, Span>,
}

/// All readings of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Readings {
    /// Stations in order of name
    pub stations: Vec<Station>,
    /// Things in order of name
    pub properties: Vec<String>,
    /// The unit of each; empty where it is not known
    pub units: Vec<String>,
    /// Runs in order of thing and station
    pub runs: Vec<Run>,
}

impl Readings {
    /// The unit of a thing, of its numbers or, where those have none, of its limits.
    pub fn unit<'a>(&'a self, property: usize, limit: Option<&'a Limit>) -> &'a str {
        let own = self.units.get(property).map_or("", String::as_str);
        if own.is_empty() { limit.map_or("", |limit| limit.unit.as_str()) } else { own }
    }

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
    pub property: Option<String>,
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

/// How a table is to be read beyond its columns.
pub struct Manner<'a> {
    /// Whether a thing is measured by sensors rather than caught
    pub is_sensed: &'a dyn Fn(&str) -> bool,
    /// The numbers are what a counter shows; told by themselves if absent
    pub cumulative: Option<bool>,
    /// Decimal sign, if declared
    pub decimal: Option<Decimal>,
}

/// What identifies a run: thing, station, kind of trap.
type Key = (String, String, Kind);

/// Reads readings. Numbers that are none, error codes, and negative ones where they cannot be, are listed and count as missing; units
/// are brought to one for each quantity; a day given twice with other numbers is refused.
pub fn read(table: &Table, headings: &Headings, manner: &Manner<'_>, problems: &mut Problems) -> Result<Readings> {
    let columns = Columns::find(table, headings, problems)?;
    let moments = moments(table, headings.date.as_ref(), problems)?;
    let names: Vec<&str> = columns.values.iter().map(|(name, _)| name.as_str()).collect();
    let sign = decimal::of_columns(table, &names, manner.decimal)?;
    let values = names.iter().map(|name| numbers(table, name, sign, false, problems)).collect::<Result<Vec<_>>>()?;
    let of_place = |name: &Option<String>, problems: &mut Problems| -> Result<Option<Vec<Option<f64>>>> {
        name.as_deref().map(|name| numbers(table, name, sign_of_degrees(table, &[name])?, false, problems)).transpose()
    };
    let (lons, lats) = (of_place(&columns.lon, problems)?, of_place(&columns.lat, problems)?);
    let (stations, runs) = gather(table, &columns, (&moments, &values), [&lons, &lats], problems);
    let nothing = || {
        let message = message!("bảng không có số đo nào", "the table has no readings");
        Fault::new("no-rows", Place::file(&table.file), message)
    };
    if values.iter().flatten().all(Option::is_none) || runs.is_empty() {
        return Err(nothing());
    }
    let stations: Vec<Station> = stations.into_values().collect();
    name_alike(table, &stations, problems);
    let mut seen: Vec<NaiveDate> = moments.iter().flatten().map(|moment| moment.day).collect();
    stray_day(table, &mut seen)?;
    let things = Things::of(runs.keys().map(|(property, ..)| property.as_str()), manner, table, problems);
    let mut found = Readings { stations, ..Readings::default() };
    for ((property, station, kind), (column, mut readings)) in runs {
        let Some(thing) = things.get(&property) else { continue };
        let series = Series { table, heading: &columns.values[column].0, station: &station, property: &property };
        let days = series.by_day(thing, &mut readings, (manner.cumulative, columns.shift.is_some()), problems)?;
        found.add(thing, &station, kind, days);
    }
    if found.runs.iter().all(|run| run.days.iter().all(|(_, value)| value.is_none())) {
        return Err(nothing());
    }
    Ok(found)
}

/// Stations, and the readings of each run with the number of their column, in order of rows.
type Gathered = (BTreeMap<(String, Kind), Station>, BTreeMap<Key, (usize, Vec<Reading>)>);

fn gather(
    table: &Table,
    columns: &Columns<'_>,
    (moments, values): (&[Option<Moment>], &[Vec<Option<f64>>]),
    positions: [&Option<Vec<Option<f64>>>; 2],
    problems: &mut Problems,
) -> Gathered {
    let mut stations: BTreeMap<(String, Kind), Station> = BTreeMap::new();
    let mut runs: BTreeMap<Key, (usize, Vec<Reading>)> = BTreeMap::new();
    for row in 0..table.rows {
        let Some(at) = moments[row] else { continue };
        let said =
            columns.values.iter().find_map(|(_, thing)| if let Thing::Said(column) = thing { Some(*column) } else { None });
        if let Some(column) = [columns.station, said].into_iter().flatten().find(|column| column.text(row).is_none()) {
            problems.error(
                "blank-cell",
                table.place(row, &column.name, ""),
                message!("để trống; dòng không được tính", "blank; the row is not counted"),
                None,
            );
            continue;
        }
        let station = columns.station.and_then(|column| column.text(row)).unwrap_or("").to_owned();
        let kind = kind_of(table, columns.kind, row, problems);
        let known = stations.entry((station.clone(), kind)).or_insert_with(|| Station {
            name: station.clone(),
            kind,
            ..Station::default()
        });
        let axis = |list: &Option<Vec<Option<f64>>>| list.as_ref().and_then(|list| list[row]);
        if let (Some(x), Some(y), None) = (axis(positions[0]), axis(positions[1]), known.position)
            && x.abs() <= 180.0
            && y.abs() <= 90.0
        {
            known.position = Some([x, y]);
        }
        for (column, (_, thing)) in columns.values.iter().enumerate() {
            let property = match thing {
                Thing::Said(said) => columns.with_unit(said.text(row).unwrap_or(""), column, row),
                Thing::Named(name) => name.clone(),
                Thing::Unsaid => String::new(),
            };
            let run = runs.entry((property, station.clone(), kind)).or_insert_with(|| (column, Vec::new()));
            run.1.push(Reading { at, row, value: values[column][row] });
        }
    }
    (stations, runs)
}

/// What one station read of one thing, with what is said of it.
struct Series<'a> {
    table: &'a Table,
    heading: &'a str,
    station: &'a str,
    property: &'a str,
}

impl Series<'_> {
    /// Brings readings to a number a day: error codes out, counters to their differences, hours after midnight to their night.
    fn by_day(
        &self,
        thing: &Said,
        readings: &mut [Reading],
        (cumulative, has_shifts): (Option<bool>, bool),
        problems: &mut Problems,
    ) -> Result<several::Days> {
        let Series { table, heading, station, property } = *self;
        let place = |row: usize, value: f64| table.place(row, heading, &shown(value));
        thing.check(readings, &place, problems);
        let of_day = thing.of_day();
        readings.sort_by_key(|reading| reading.at);
        let known: Vec<f64> = readings.iter().filter_map(|reading| reading.value).collect();
        if of_day == OfDay::Sum && cumulative.unwrap_or_else(|| is_cumulative(property) || several::is_counter(&known)) {
            several::differences(readings);
            if cumulative.is_none() {
                let message = message!(
                    "số của {station} chỉ tăng: hiểu là số đếm cộng dồn, lấy hiệu hai lần đọc liền nhau",
                    "the numbers of {station} only grow: taken for a counter, and their differences for what was caught"
                );
                let place = Place::file(&table.file).column(heading).value(property);
                problems.warning(
                    "counter",
                    place,
                    message,
                    Some(message!("nếu không phải: cumulative = false", "if they are not: cumulative = false")),
                );
            }
        }
        if of_day == OfDay::Sum && !thing.is_sensed() && several::into_nights(readings) {
            let message = message!(
                "{station}, {property}: bắt trước trưa tính vào đêm hôm trước",
                "{station}, {property}: what was caught before noon counts for the night before"
            );
            problems.info("nights", Place::file(&table.file).column(heading), message, None);
        }
        readings.sort_by_key(|reading| reading.at.day);
        let days = several::by_day(readings, of_day, has_shifts && of_day == OfDay::Sum).map_err(|clash| {
            let line = table.line(clash.first);
            let value = readings.iter().find(|reading| reading.row == clash.second).and_then(|reading| reading.value);
            let place = table.place(clash.second, heading, &value.map(shown).unwrap_or_default());
            let message =
                message!("ngày này đã có ở dòng {line} với số khác", "row {line} has this day already with another number");
            Fault::new("repeated-day", place, message)
        })?;
        for row in &days.repeated {
            let message =
                message!("lặp lại y hệt một dòng trên: không tính thêm", "repeats a row above to the letter: not counted again");
            problems.warning("repeated-row", table.place(*row, heading, ""), message, None);
        }
        if let Some((first, second)) = days.twice.first() {
            let (count, line) = (days.twice.len(), table.line(*second));
            let message = message!(
                "{station}, {property}: {count} lúc có hai số khác nhau, lấy dòng sau (dòng {line})",
                "{station}, {property}: {count} moments have two numbers, the later row stands (row {line})"
            );
            problems.warning("two-numbers", table.place(*first, heading, ""), message, None);
        }
        if days.together > 0 && of_day == OfDay::Sum {
            let count = days.together;
            let message = message!(
                "{station}, {property}: {count} ngày có nhiều lần đọc, đã cộng lại",
                "{station}, {property}: several readings on {count} days were added"
            );
            problems.info("several-a-day", Place::file(&table.file).column(heading), message, None);
        }
        Ok(days)
    }
}

impl Readings {
    fn add(&mut self, thing: &Said, station: &str, kind: Kind, days: several::Days) {
        let property = self.properties.iter().position(|known| *known == thing.name).unwrap_or_else(|| {
            self.properties.push(thing.name.clone());
            self.units.push(thing.unit.clone());
            self.properties.len() - 1
        });
        let station = self.stations.iter().position(|known| known.name == station && known.kind == kind).unwrap_or(0);
        self.runs.push(Run { station, property, days: days.days.into_iter().collect(), spans: days.spans });
    }
}

/// A number as the file may have it.
fn shown(value: f64) -> String {
    value.to_string()
}

fn kind_of(table: &Table, column: Option<&Column>, row: usize, problems: &mut Problems) -> Kind {
    let Some((column, word)) = column.and_then(|column| Some((column, column.text(row)?))) else { return Kind::Unstated };
    Kind::from_word(word).unwrap_or_else(|| {
        problems.warning(
            "unknown-trap-type",
            table.place(row, &column.name, word),
            message!(
                "không biết loại bẫy này; ghi \"thủ công\" hoặc \"cả đêm\"",
                "unknown type of trap; write \"manual\" or \"all-night\""
            ),
            None,
        );
        Kind::Unstated
    })
}

fn name_alike(table: &Table, stations: &[Station], problems: &mut Problems) {
    for (number, station) in stations.iter().enumerate() {
        let alike = |other: &&Station| other.name != station.name && fold(&other.name) == fold(&station.name);
        if let Some(other) = stations[..number].iter().find(alike) {
            let (one, two) = (&other.name, &station.name);
            problems.warning(
                "alike-stations",
                Place::file(&table.file).value(two),
                message!("\"{one}\" và \"{two}\" được tính là hai trạm", "\"{one}\" and \"{two}\" count as two stations"),
                Some(message!("viết tên giống nhau nếu là một trạm", "write one name if they are the same")),
            );
        }
    }
}

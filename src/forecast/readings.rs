//! Readings of traps and sensors: a row a station, thing and day.

use crate::forecast::days::stray_day;
use crate::input::headings::{
    LAT, LON, READING_DATE, READING_KIND, READING_STATION, READING_THING, READING_VALUE, Role, WEEK, YEAR,
};
use crate::input::numeric::{bad_day, numbers, sign_of_degrees};
use crate::input::{Column, Table, decimal};
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::area::Position;
use crate::values::dates;
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
}

/// Row and number of each day.
type DaysRead = BTreeMap<NaiveDate, (usize, Option<f64>)>;

/// All readings of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Readings {
    /// Stations in order of name
    pub stations: Vec<Station>,
    /// Things in order of name
    pub properties: Vec<String>,
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

/// Reads readings. Numbers that are none, and negative ones where they cannot be, are listed and count as missing; a day given
/// twice with other numbers is refused.
pub fn read(
    table: &Table,
    headings: &Headings,
    may_be_negative: &dyn Fn(&str) -> bool,
    problems: &mut Problems,
) -> Result<Readings> {
    let name = |declared: &Option<String>, role: &Role| role.column_of(table, declared.as_ref());
    let value = name(&headings.value, &READING_VALUE)?
        .ok_or_else(|| lacks(table, "số đọc được (count, value)", "the number read (count, value)"))?;
    let optional = |name: Option<String>| name.map(|name| table.require(&name)).transpose();
    let station = optional(name(&headings.station, &READING_STATION)?)?;
    let property = optional(name(&headings.property, &READING_THING)?)?;
    let kind = optional(name(&headings.kind, &READING_KIND)?)?;
    let (lon, lat) = (name(&headings.lon, &LON)?, name(&headings.lat, &LAT)?);
    let (days, timed) = days(table, headings, problems)?;
    let numeric: Vec<&str> = [Some(&value), lon.as_ref(), lat.as_ref()].into_iter().flatten().map(String::as_str).collect();
    let sign = decimal::of_columns(table, &numeric[..1], None)?;
    let mut counts = numbers(table, &value, sign, false, problems)?;
    let of_place = |name: &Option<String>, problems: &mut Problems| -> Result<Option<Vec<Option<f64>>>> {
        name.as_deref().map(|name| numbers(table, name, sign_of_degrees(table, &[name])?, false, problems)).transpose()
    };
    let (lons, lats) = (of_place(&lon, problems)?, of_place(&lat, problems)?);
    let text = |column: Option<&Column>, row: usize| column.and_then(|column| column.text(row)).unwrap_or("").to_owned();
    let mut stations: BTreeMap<(String, Kind), Station> = BTreeMap::new();
    let kind_of = |row: usize, problems: &mut Problems| {
        let Some(word) = kind.and_then(|kind| kind.text(row)) else { return Kind::Unstated };
        Kind::from_word(word).unwrap_or_else(|| {
            problems.warning(
                "unknown-trap-type",
                table.place(row, kind.map_or("", |kind| &kind.name), word),
                message!(
                    "không biết loại bẫy này; ghi \"thủ công\" hoặc \"tự động\"",
                    "unknown type of trap; write \"manual\" or \"all-night\""
                ),
                None,
            );
            Kind::Unstated
        })
    };
    let mut runs: BTreeMap<(String, String, Kind), DaysRead> = BTreeMap::new();
    for row in 0..table.rows {
        let Some(day) = days[row] else { continue };
        let nameless = [station, property].into_iter().flatten().find(|column| column.text(row).is_none());
        if let Some(column) = nameless {
            problems.error(
                "blank-cell",
                table.place(row, &column.name, ""),
                message!("để trống; dòng không được tính", "blank; the row is not counted"),
                None,
            );
            continue;
        }
        let (station, property) = (text(station, row), text(property, row));
        if let Some(count) = counts[row].filter(|count| *count < 0.0 && !may_be_negative(&property)) {
            problems.error(
                "bad-number",
                table.place(row, &value, &count.to_string()),
                message!(
                    "phải là một số từ 0 trở lên; coi như không có số liệu",
                    "a number from 0 on was expected; taken as missing"
                ),
                None,
            );
            counts[row] = None;
        }
        let kind = kind_of(row, problems);
        let known = stations.entry((station.clone(), kind)).or_insert_with(|| Station {
            name: station.clone(),
            kind,
            ..Station::default()
        });
        let at = |list: &Option<Vec<Option<f64>>>| list.as_ref().and_then(|list| list[row]);
        if let (Some(x), Some(y), None) = (at(&lons), at(&lats), known.position)
            && x.abs() <= 180.0
            && y.abs() <= 90.0
        {
            known.position = Some([x, y]);
        }
        let run = runs.entry((property, station, kind)).or_default();
        match run.get(&day) {
            // A sensor reads many times a day; the last one stands for the day.
            Some((_, before)) if timed[row] => {
                let latest = counts[row].or(*before);
                run.insert(day, (row, latest));
            }
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
    for (number, station) in stations.iter().enumerate() {
        if let Some(other) =
            stations[..number].iter().find(|other| other.name != station.name && fold(&other.name) == fold(&station.name))
        {
            let (one, two) = (&other.name, &station.name);
            problems.warning(
                "alike-stations",
                Place::file(&table.file).value(two),
                message!("\"{one}\" và \"{two}\" được tính là hai trạm", "\"{one}\" and \"{two}\" count as two stations"),
                Some(message!("viết tên giống nhau nếu là một trạm", "write one name if they are the same")),
            );
        }
    }
    if counts.iter().all(Option::is_none) {
        let message = message!("bảng không có số đọc nào", "the table has no readings");
        return Err(Fault::new("no-rows", Place::file(&table.file), message));
    }
    let mut seen: Vec<NaiveDate> = days.iter().flatten().copied().collect();
    stray_day(table, &mut seen)?;
    let mut properties: Vec<String> = runs.keys().map(|(property, ..)| property.clone()).collect();
    properties.dedup();
    let runs = runs
        .into_iter()
        .map(|((property, station, kind), days)| Run {
            station: stations.iter().position(|known| known.name == station && known.kind == kind).unwrap_or(0),
            property: properties.iter().position(|known| *known == property).unwrap_or(0),
            days: days.into_iter().map(|(day, (_, count))| (day, count)).collect(),
        })
        .collect();
    Ok(Readings { stations, properties, runs })
}

fn lacks(table: &Table, vi: &str, en: &str) -> Fault {
    let headings = table.headings.join(", ");
    Fault::new("missing-column", Place::file(&table.file), message!("không thấy cột {vi}", "no column has {en}"))
        .hint(message!("các cột: {headings}", "the columns are: {headings}"))
}

/// The day of each row, and whether it has a time of day: a date, else the first day of a numbered week.
fn days(table: &Table, headings: &Headings, problems: &mut Problems) -> Result<(Vec<Option<NaiveDate>>, Vec<bool>)> {
    let Some(date) = READING_DATE.column_of(table, headings.date.as_ref())? else {
        let (Some(year), Some(week)) = (YEAR.column_of(table, None)?, WEEK.column_of(table, None)?) else {
            return Err(lacks(table, "ngày (date, ngày)", "the day (date)"));
        };
        let (years, weeks) = (table.require(&year)?, table.require(&week)?);
        let whole = |column: &Column, row: usize| column.text(row).and_then(|text| text.trim().parse::<u32>().ok());
        let days = (0..table.rows)
            .map(|row| {
                let found = match (whole(years, row), whole(weeks, row)) {
                    (Some(year), Some(53)) => NaiveDate::from_isoywd_opt(year as i32, 53, chrono::Weekday::Mon),
                    (Some(year), Some(week @ 1..=52)) => NaiveDate::from_yo_opt(year as i32, 1 + 7 * (week - 1)),
                    _ => None,
                };
                if found.is_none() {
                    bad_day(table, row, &week, weeks.text(row).unwrap_or(""), problems);
                }
                found
            })
            .collect();
        return Ok((days, vec![false; table.rows]));
    };
    let column = table.require(&date)?;
    let order = dates::order(column.dictionary.iter());
    let parsed: Vec<Option<NaiveDate>> = column.parse(|text| dates::parse_in(text, order));
    let has_time: Vec<bool> = column.parse(|text| text.contains(':'));
    let bad: Vec<bool> = parsed.iter().map(Option::is_none).collect();
    for (row, code) in table.rows_where(column, &bad) {
        bad_day(table, row, &date, column.dictionary.get(code), problems);
    }
    let of = |list: &[Option<NaiveDate>], code: u32| list.get(code as usize).copied().flatten();
    Ok((
        column.codes.iter().map(|&code| of(&parsed, code)).collect(),
        column.codes.iter().map(|&code| has_time.get(code as usize) == Some(&true)).collect(),
    ))
}

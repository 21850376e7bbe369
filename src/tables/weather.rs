//! Weather of the reporting period: what stations measured, a row each, and means over them.

use super::sheet::{Cell, Figures, Heading, Sheet};
use crate::forecast::weather::Day;
use crate::message;
use crate::model::readings::ReadingsTable;
use crate::model::{Joined, When};
use crate::readings::quantities::{Named, spans};
use crate::readings::several::Span;
use crate::values::text::fold;
use crate::values::{Lang, Period, Value, exact};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What is measured, in the order of the columns.
const COLUMNS: [&str; 5] = ["temperature_mean", "temperature_max", "temperature_min", "humidity", "rain_mm"];

/// Days of a station by date.
type Days = BTreeMap<NaiveDate, Day>;

/// The table; nothing where no station has a day of the period.
pub fn weather(joined: &Joined, lang: Lang) -> Option<Sheet> {
    let period = joined.periods.get(When::Current)?;
    let stations = stations(joined, period);
    if stations.is_empty() {
        return None;
    }
    let rows: Vec<(usize, [Option<f64>; 5])> =
        stations.values().map(|days| (days.len(), of_period(days, period.days() as usize))).collect();
    let heading = |id: &str, vi: &str, en: &str, figures| {
        Heading::new(id, crate::values::Message { vi: vi.into(), en: en.into() }, figures)
    };
    let headings = vec![
        heading("station", "Trạm", "Station", Figures::Words),
        heading("days", "Số ngày có số liệu", "Days with data", Figures::Whole),
        heading(COLUMNS[0], "Nhiệt độ trung bình (°C)", "Mean temperature (°C)", Figures::Tenths),
        heading(COLUMNS[1], "Nhiệt độ cao nhất (°C)", "Highest temperature (°C)", Figures::Tenths),
        heading(COLUMNS[2], "Nhiệt độ thấp nhất (°C)", "Lowest temperature (°C)", Figures::Tenths),
        heading(COLUMNS[3], "Ẩm độ trung bình (%)", "Mean humidity (%)", Figures::Whole),
        heading(COLUMNS[4], "Lượng mưa cả kỳ (mm)", "Rain of the period (mm)", Figures::Tenths),
    ];
    let cell = |value: Option<f64>| Cell::Value(value.map_or(Value::NoData, Value::finite));
    let lines = stations.keys().zip(&rows).map(|(name, (days, values))| {
        let mut row = vec![Cell::from(name.as_str()), (*days as f64).into()];
        row.extend(values.map(cell));
        row
    });
    let rows_written: Vec<Vec<Cell>> = lines.collect();
    let known = |at: usize| rows.iter().filter_map(|(_, values)| values[at]).collect::<Vec<f64>>();
    let over: [Option<f64>; 5] = std::array::from_fn(|at| {
        let list = known(at);
        match at {
            _ if list.is_empty() => None,
            1 => list.into_iter().reduce(f64::max),
            2 => list.into_iter().reduce(f64::min),
            _ => Some(exact::sum(list.iter().copied()) / list.len() as f64),
        }
    });
    let mut totals = vec![Cell::from(lang.pick("Các trạm", "All stations")), Cell::from("")];
    totals.extend(over.map(cell));
    let title = message!("Thời tiết trong kỳ", "Weather of the period");
    Some(Sheet { id: "weather", title, headings, rows: rows_written, totals: Some(totals) })
}

/// A number over the stations of a table; nothing where it is not known.
pub fn over_stations(sheet: &Sheet, column: &str) -> Option<f64> {
    let at = sheet.headings.iter().position(|heading| heading.id == column)?;
    match sheet.totals.as_ref()?.get(at)? {
        Cell::Value(value) => value.number(),
        Cell::Text(_) => None,
    }
}

/// Days with data of the station that has the fewest.
pub fn fewest_days(sheet: &Sheet) -> Option<u64> {
    let at = sheet.headings.iter().position(|heading| heading.id == "days")?;
    let days = sheet.rows.iter().filter_map(|row| match &row[at] {
        Cell::Value(value) => value.number(),
        Cell::Text(_) => None,
    });
    days.reduce(f64::min).map(|days| days as u64)
}

/// Days of the period by station: of tables of weather, else of sensors.
fn stations(joined: &Joined, period: Period) -> BTreeMap<String, Days> {
    let mut found: BTreeMap<String, Days> = BTreeMap::new();
    for station in &joined.weather {
        let days = station.days.iter().filter(|day| period.contains(day.date));
        for day in days.filter(|day| says_something(day)) {
            found.entry(station.name.clone()).or_default().entry(day.date).or_insert(*day);
        }
    }
    if !found.is_empty() {
        return found;
    }
    for table in joined.readings.iter().filter(|table| table.is_sensed()) {
        of_sensors(table, period, &mut found);
    }
    found
}

/// Air temperature, humidity and rain that sensors read.
fn of_sensors(table: &ReadingsTable, period: Period, found: &mut BTreeMap<String, Days>) {
    for run in &table.readings.runs {
        let Some(sensed) = Sensed::of(&table.readings.properties[run.property]) else { continue };
        for (date, number) in run.days.iter().filter(|(date, number)| period.contains(*date) && number.is_some()) {
            let empty = Day { date: *date, mean: None, min: None, max: None, humidity: None, rain: None };
            let station = table.readings.stations[run.station].name.clone();
            let day = found.entry(station).or_default().entry(*date).or_insert(empty);
            sensed.put(day, *number, run.spans.get(date));
        }
    }
    found.values_mut().for_each(|days| days.retain(|_, day| says_something(day)));
    found.retain(|_, days| !days.is_empty());
}

fn says_something(day: &Day) -> bool {
    [day.mean, day.min, day.max, day.humidity, day.rain].iter().any(Option::is_some)
}

/// What a sensor reads of the weather.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Sensed {
    Temperature,
    Highest,
    Lowest,
    Humidity,
    Rain,
}

impl Sensed {
    /// By the name of the thing; nothing of water and soil.
    fn of(property: &str) -> Option<Sensed> {
        let folded = format!(" {} ", fold(property));
        let says = |words: &[&str]| words.iter().any(|word| folded.contains(&format!(" {word} ")));
        if says(&["nuoc", "dat", "water", "soil"]) {
            return None;
        }
        let ends = [says(&["max", "cao nhat", "toi cao", "lon nhat"]), says(&["min", "thap nhat", "toi thap", "nho nhat"])];
        match (Named::new(property).quantity()?.name(), ends) {
            ("nhiệt độ", [false, false]) => Some(Sensed::Temperature),
            ("nhiệt độ", [true, false]) => Some(Sensed::Highest),
            ("nhiệt độ", [false, true]) => Some(Sensed::Lowest),
            ("độ ẩm", [false, false]) => Some(Sensed::Humidity),
            ("mưa", [false, false]) => Some(Sensed::Rain),
            _ => None,
        }
    }

    /// Takes the number of a day. One without a time stands for the day; of those with times there must be enough to speak for it.
    fn put(self, day: &mut Day, number: Option<f64>, span: Option<&Span>) {
        let (mean, [low, high]) = match span {
            None => (number, [None; 2]),
            Some(span) => {
                let [low, high] = span.ends.map(|end| (span.count >= spans().extremes).then_some(end));
                ((span.count >= spans().mean).then_some(span.mean), [low, high])
            }
        };
        let first = |slot: &mut Option<f64>, value: Option<f64>| *slot = slot.or(value);
        match self {
            Sensed::Temperature => {
                first(&mut day.mean, mean);
                first(&mut day.min, low);
                first(&mut day.max, high);
            }
            // A sensor that says so keeps the extreme itself.
            Sensed::Highest => day.max = span.map_or(number, |span| Some(span.ends[1])),
            Sensed::Lowest => day.min = span.map_or(number, |span| Some(span.ends[0])),
            Sensed::Humidity => first(&mut day.humidity, mean),
            Sensed::Rain => first(&mut day.rain, number),
        }
    }
}

/// Mean, highest, lowest, humidity, rain. Rain is a sum, so it needs every day of the period.
fn of_period(days: &Days, all: usize) -> [Option<f64>; 5] {
    let list = |of: fn(&Day) -> Option<f64>| days.values().filter_map(of).collect::<Vec<f64>>();
    let mean = |list: Vec<f64>| (!list.is_empty()).then(|| exact::sum(list.iter().copied()) / list.len() as f64);
    let rain = list(|day| day.rain);
    [
        mean(list(|day| day.mean)),
        list(|day| day.max).into_iter().reduce(f64::max),
        list(|day| day.min).into_iter().reduce(f64::min),
        mean(list(|day| day.humidity)),
        (rain.len() == all).then(|| exact::sum(rain.iter().copied())),
    ]
}

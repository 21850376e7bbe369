//! Daily weather of stations, from a table: one row a day, days without gaps unless a rule fills them.

use crate::headings::Role;
use crate::input::{Decimal, Table, decimal};
use crate::message;
use crate::project::Fill;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::dates;
use crate::values::text::fold;
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

/// Weather of one day; what the table lacks is `None`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Day {
    /// The day
    pub date: NaiveDate,
    /// Mean temperature, °C
    pub mean: Option<f64>,
    /// Least temperature, °C
    pub min: Option<f64>,
    /// Greatest temperature, °C
    pub max: Option<f64>,
    /// Mean relative humidity, per cent
    pub humidity: Option<f64>,
    /// Rain, mm
    pub rain: Option<f64>,
}

/// Days of one place, without gaps, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Station {
    /// As the table names it; empty where it has no column of stations
    pub name: String,
    /// Its days
    pub days: Vec<Day>,
}

impl Station {
    /// The days from one on, if the station has it.
    pub fn since(&self, first: NaiveDate) -> Option<&[Day]> {
        let at = self.days.binary_search_by_key(&first, |day| day.date).ok()?;
        self.days.get(at..)
    }
}

/// What a model needs of every day.
#[derive(Debug, Clone, Copy)]
pub struct Needs {
    /// Mean temperature, humidity and rain
    pub wetness: bool,
    /// Least and greatest temperature
    pub extremes: bool,
}

const DATE: Role = Role { name: "date", headings: &["date", "yyyymmdd", "ngay", "day", "time", "thoi gian", "ngay thang"] };
const STATION: Role =
    Role { name: "station", headings: &["station", "tram", "ten tram", "site", "location", "xa", "ma xa", "code"] };
const MEAN: Role = Role {
    name: "mean",
    headings: &[
        "temp",
        "temp mean",
        "tmean",
        "t2m",
        "ta",
        "ttb",
        "nhiet do",
        "nhiet do tb",
        "nhiet do trung binh",
        "temperature",
    ],
};
const MIN: Role =
    Role { name: "min", headings: &["tmin", "temp min", "mint", "t2m min", "tm", "nhiet do thap nhat", "nhiet do min", "tn"] };
const MAX: Role =
    Role { name: "max", headings: &["tmax", "temp max", "maxt", "t2m max", "tx", "nhiet do cao nhat", "nhiet do max"] };
const HUMIDITY: Role =
    Role { name: "humidity", headings: &["rhum", "humidity", "rh", "rh2m", "do am", "do am tb", "do am trung binh", "am do"] };
const RAIN: Role =
    Role { name: "rain", headings: &["rain", "precipitation", "rf", "prectotcorr", "luong mua", "mua", "rainfall", "prcp"] };

/// Hotter than any weather station has been in °C (56,7 °C, WMO), so a column above it is in °F.
const HOTTEST: f64 = 57.0;

fn column_of(table: &Table, role: &Role) -> Option<String> {
    role.column_of(table, None).ok().flatten()
}

/// Half the days of a place are cooler than this in °C.
const HOTTEST_MIDDLE: f64 = 42.0;

/// What is wrong with a day that came from somewhere else than a table, as (part, what is wrong).
pub fn fault_of(day: &Day) -> Option<(&'static str, crate::values::Message)> {
    let outside = |value: Option<f64>, low: f64, high: f64| value.is_some_and(|value| !(low..=high).contains(&value));
    let parts = [
        ("mean", day.mean, -60.0, HOTTEST),
        ("min", day.min, -60.0, HOTTEST),
        ("max", day.max, -60.0, HOTTEST),
        ("humidity", day.humidity, 0.0, 100.0 + 1e-9),
        ("rain", day.rain, 0.0, 2000.0),
    ];
    let bad = parts.into_iter().find(|(_, value, low, high)| outside(*value, *low, *high));
    if let Some((part, _, low, high)) = bad {
        return Some((part, message!("ngoài khoảng {low} đến {high}", "outside {low} to {high}")));
    }
    let turned = day.min.zip(day.max).is_some_and(|(min, max)| min > max);
    turned.then(|| ("min", message!("thấp nhất lớn hơn cao nhất", "least above greatest")))
}

/// One column of numbers, a value or nothing for each row.
struct Numbers {
    name: String,
    values: Vec<Option<f64>>,
}

fn numbers(table: &Table, role: &Role, sign: Decimal, range: (f64, f64)) -> Result<Option<Numbers>> {
    let Some(name) = column_of(table, role) else { return Ok(None) };
    let column = table.require(&name)?;
    if fold(&name).contains("fahrenheit") || name.contains("°F") || name.contains("(F)") {
        return Err(fahrenheit(Place::file(&table.file).column(name)));
    }
    // Texts repeat, so each is understood once.
    let parsed: Vec<Option<f64>> =
        column.parse(|text| decimal::parse(text, sign).filter(|number| (range.0..=range.1).contains(number)));
    let blank: Vec<bool> = column.parse(decimal::is_blank);
    let bad: Vec<bool> = parsed.iter().zip(&blank).map(|(number, blank)| number.is_none() && !blank).collect();
    if let Some((row, code)) = table.rows_where(column, &bad).next() {
        let text = column.dictionary.get(code);
        let place = table.place(row, &name, text);
        let (low, high) = range;
        return Err(match decimal::parse(text, sign) {
            None => Fault::new("bad-number", place, message!("cần một con số", "a number was expected")),
            Some(number) if matches!(role.name, "mean" | "min" | "max") && number > HOTTEST && number < 150.0 => {
                fahrenheit(place)
            }
            Some(_) => Fault::new("bad-weather", place, message!("ngoài khoảng {low} đến {high}", "outside {low} to {high}")),
        });
    }
    let values: Vec<Option<f64>> = column.codes.iter().map(|&code| parsed.get(code as usize).copied().flatten()).collect();
    let mut sorted: Vec<f64> = values.iter().flatten().copied().collect();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.get(sorted.len() / 2).copied();
    if matches!(role.name, "mean" | "min") && middle.is_some_and(|middle| middle > HOTTEST_MIDDLE) {
        return Err(fahrenheit(Place::file(&table.file).column(name)));
    }
    if let ("humidity", Some(most)) = (role.name, sorted.last().filter(|most| **most <= 1.0 && **most > 0.0)) {
        let place = Place::file(&table.file).column(name).value(most.to_string());
        return Err(Fault::new(
            "bad-weather",
            place,
            message!("độ ẩm có vẻ là tỷ lệ 0–1, cần %", "humidity looks like a share of 1; per cent are needed"),
        )
        .hint(message!("nhân với 100", "multiply by 100")));
    }
    Ok(Some(Numbers { name, values }))
}

fn fahrenheit(place: Place) -> Fault {
    Fault::new("fahrenheit", place, message!("nhiệt độ có vẻ là độ F", "temperatures look like degrees Fahrenheit"))
        .hint(message!("đổi sang độ C: (F − 32) × 5 / 9", "convert to °C: (F − 32) × 5 / 9"))
}

/// Reads stations from a table. Rows may be in any order; two different rows for one day, numbers no weather has, least
/// above greatest temperatures and gaps are faults; `fill` fills gaps, of rain too, and what was filled or reckoned is listed.
pub fn stations(table: &Table, needs: Needs, fill: Option<Fill>, problems: &mut Problems) -> Result<Vec<Station>> {
    let Some(date_name) = column_of(table, &DATE) else {
        return Err(lacks(table, "ngày (date, YYYYMMDD, ngày)", "the day (date, YYYYMMDD)"));
    };
    let names: Vec<String> =
        [&MEAN, &MIN, &MAX, &HUMIDITY, &RAIN].into_iter().filter_map(|role| column_of(table, role)).collect();
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    let sign = crate::input::decimal::of_columns(table, &all, None)?;
    let temperature = (-60.0, HOTTEST);
    let mean = numbers(table, &MEAN, sign, temperature)?;
    let (min, max) = (numbers(table, &MIN, sign, temperature)?, numbers(table, &MAX, sign, temperature)?);
    let humidity = numbers(table, &HUMIDITY, sign, (0.0, 100.0))?;
    let rain = numbers(table, &RAIN, sign, (0.0, 2000.0))?;
    if needs.extremes && (min.is_none() || max.is_none()) {
        return Err(lacks(table, "nhiệt độ thấp nhất và cao nhất (tmin, tmax)", "least and greatest temperature (tmin, tmax)"));
    }
    if needs.wetness {
        if humidity.is_none() {
            return Err(lacks(table, "độ ẩm (RHUM, humidity, độ ẩm)", "relative humidity (RHUM, humidity)"));
        }
        if rain.is_none() {
            return Err(lacks(table, "lượng mưa (RAIN, mưa)", "rain (RAIN, precipitation)"));
        }
        if mean.is_none() && (min.is_none() || max.is_none()) {
            return Err(lacks(table, "nhiệt độ trung bình (TEMP) hoặc tmin, tmax", "mean temperature (TEMP) or tmin, tmax"));
        }
        if mean.is_none() {
            problems.info(
                "mean-temperature",
                Place::file(&table.file),
                message!("nhiệt độ trung bình = (thấp nhất + cao nhất) / 2", "mean temperature = (least + greatest) / 2"),
                None,
            );
        }
    }
    let date_column = table.require(&date_name)?;
    let order = dates::order(date_column.dictionary.iter());
    let station_name = column_of(table, &STATION);
    let station_column = station_name.as_deref().map(|name| table.require(name)).transpose()?;
    let at = |column: &Option<Numbers>, row: usize| column.as_ref().and_then(|column| column.values[row]);
    let parsed: Vec<Option<NaiveDate>> = date_column.parse(|text| dates::parse_in(text, order));
    let mut found: BTreeMap<&str, Vec<(usize, Day)>> = BTreeMap::new();
    let mut stations: Vec<Vec<(usize, Day)>> = vec![Vec::new(); station_column.map_or(0, |column| column.dictionary.len()) + 1];
    for row in 0..table.rows {
        let text = date_column.text(row).unwrap_or("");
        let Some(date) = date_column.codes.get(row).and_then(|&code| parsed.get(code as usize).copied().flatten()) else {
            return Err(Fault::new(
                "bad-date",
                table.place(row, &date_name, text),
                message!("không hiểu ngày này", "cannot read this day"),
            )
            .hint(message!("viết 05/04/2024 hoặc 2024-04-05", "write 2024-04-05 or 05/04/2024")));
        };
        let (low, high) = (at(&min, row), at(&max, row));
        if let (Some(low), Some(high), Some(column)) = (low, high, &min)
            && low > high
        {
            return Err(Fault::new(
                "min-over-max",
                table.place(row, &column.name, &low.to_string()),
                message!(
                    "nhiệt độ thấp nhất {low} lớn hơn cao nhất {high}",
                    "least temperature {low} is above the greatest {high}"
                ),
            )
            .hint(message!("có lẽ hai cột đổi chỗ cho nhau", "the two columns may have changed places")));
        }
        let between = low.zip(high).map(|(low, high)| (low + high) / 2.0).filter(|_| mean.is_none());
        let day = Day {
            date,
            mean: at(&mean, row).or(between),
            min: low,
            max: high,
            humidity: at(&humidity, row),
            rain: at(&rain, row),
        };
        let code = station_column.and_then(|column| column.codes.get(row)).map_or(usize::MAX, |&code| code as usize);
        let last = stations.len() - 1;
        stations[code.min(last)].push((row, day));
    }
    let names = station_column.iter().flat_map(|column| column.dictionary.iter()).chain([""]);
    for (name, days) in names.zip(stations).filter(|(_, days)| !days.is_empty()) {
        found.insert(name, days);
    }
    let gaps = Gaps { table, date_name: &date_name, needs, fill };
    found
        .into_iter()
        .map(|(name, mut days)| {
            days.sort_by_key(|(_, day)| day.date);
            let days = gaps.once(days, problems)?;
            gaps.station(name, days, problems)
        })
        .collect()
}

fn lacks(table: &Table, vi: &str, en: &str) -> Fault {
    let headings = table.headings.join(", ");
    Fault::new("missing-column", Place::file(&table.file), message!("không thấy cột {vi}", "no column has {en}"))
        .hint(message!("các cột: {headings}", "the columns are: {headings}"))
}

/// How the days of a station are closed up.
struct Gaps<'a> {
    table: &'a Table,
    date_name: &'a str,
    needs: Needs,
    fill: Option<Fill>,
}

impl Gaps<'_> {
    /// Each day once. `found` is in order of days.
    fn once(&self, found: Vec<(usize, Day)>, problems: &mut Problems) -> Result<Vec<Day>> {
        let mut days: Vec<Day> = Vec::with_capacity(found.len());
        let mut first = 0;
        for (row, day) in found {
            match days.last() {
                Some(last) if last.date == day.date => {
                    let place = self.table.place(row, self.date_name, &dates::format_day(day.date));
                    let line = self.table.line(first);
                    if *last != day {
                        let message = message!(
                            "ngày này đã có ở dòng {line} với số khác",
                            "this day was given in row {line} with other numbers"
                        );
                        return Err(Fault::new("repeated-day", place, message));
                    }
                    let message =
                        message!("ngày này lặp lại dòng {line}; tính một lần", "this day repeats row {line}; counted once");
                    problems.warning("repeated-day", place, message, None);
                }
                _ => {
                    first = row;
                    days.push(day);
                }
            }
        }
        Ok(days)
    }

    fn station(&self, name: &str, found: Vec<Day>, problems: &mut Problems) -> Result<Station> {
        let mut days: Vec<Day> = Vec::with_capacity(found.len());
        for day in found {
            while let Some(next) = days.last().and_then(|last| last.date.checked_add_days(Days::new(1)))
                && next < day.date
            {
                days.push(Day { date: next, mean: None, min: None, max: None, humidity: None, rain: None });
            }
            days.push(day);
        }
        let parts: [([&str; 2], bool, Part); 5] = [
            (["nhiệt độ trung bình", "mean temperature"], self.needs.wetness, |day| &mut day.mean),
            (["nhiệt độ thấp nhất", "lowest temperature"], self.needs.extremes, |day| &mut day.min),
            (["nhiệt độ cao nhất", "highest temperature"], self.needs.extremes, |day| &mut day.max),
            (["độ ẩm", "humidity"], self.needs.wetness, |day| &mut day.humidity),
            (["mưa", "rain"], self.needs.wetness, |day| &mut day.rain),
        ];
        for ([part_vi, part_en], _, of) in parts.into_iter().filter(|(_, needed, _)| *needed) {
            let missing: Vec<usize> = (0..days.len()).filter(|&at| of(&mut days[at]).is_none()).collect();
            let Some(&first) = missing.first() else { continue };
            let (count, day) = (missing.len(), dates::format_day(days[first].date));
            let of_station = if name.is_empty() { String::new() } else { format!("{name}: ") };
            let place = Place::file(&self.table.file).column(self.date_name).value(&day);
            for at in missing {
                let filled = self.fill(&mut days, at, of);
                *of(&mut days[at]) = filled;
            }
            if days.iter_mut().any(|day| of(day).is_none()) {
                return Err(Fault::new(
                    "weather-gap",
                    place,
                    message!(
                        "{of_station}thiếu {part_vi} của {count} ngày, đầu tiên là {day}",
                        "{of_station}{part_en} is missing on {count} days, first on {day}"
                    ),
                )
                .hint(message!(
                    "bổ sung số liệu, hoặc fill = \"previous\" (lấy ngày trước) hay \"linear\" (nội suy) trong tệp dự án; ở lệnh: --fill previous, --fill linear",
                    "add the numbers, or write fill = \"previous\" (the day before) or \"linear\" (a straight line) in the project; of a command: --fill previous, --fill linear"
                )));
            }
            problems.warning(
                "weather-filled",
                place,
                message!(
                    "{of_station}{part_vi}: {count} ngày thiếu đã được điền",
                    "{of_station}{part_en}: {count} missing days were filled"
                ),
                None,
            );
        }
        Ok(Station { name: name.to_owned(), days })
    }

    fn fill(&self, days: &mut [Day], at: usize, of: Part) -> Option<f64> {
        let before = at.checked_sub(1).and_then(|before| *of(&mut days[before]));
        match self.fill? {
            Fill::Previous => before,
            Fill::Linear => {
                let (next, after) = (at + 1..days.len()).find_map(|next| Some((next, (*of(&mut days[next]))?)))?;
                // Days before were filled already, so the line runs from yesterday.
                before.map(|before| before + (after - before) / (next + 1 - at) as f64)
            }
        }
    }
}

type Part = fn(&mut Day) -> &mut Option<f64>;

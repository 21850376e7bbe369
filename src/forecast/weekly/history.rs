//! Histories of counts or hectares, from a table: a row a unit, pest and week, or one for each survey or night.

use super::YEAR;
use super::panel::{Panel, Series, Week};
use crate::headings::Role;
use crate::input::numeric::{bad_day, numbers};
use crate::input::{Column, Table, decimal};
use crate::message;
use crate::readings::stray_day::stray_day;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::dates;
use crate::values::pests::written_out;
use crate::values::text::fold;
use chrono::{Datelike, Days, NaiveDate};
use std::collections::BTreeMap;

/// What to do with several rows of one unit, pest and week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Combine {
    /// Refuse
    #[default]
    None,
    /// Add them up
    Sum,
    /// Take their mean
    Mean,
    /// Take the greatest
    Max,
}

/// Which columns mean what, where that is declared.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// Number to forecast
    pub value: Option<String>,
    /// Unit: commune, field, trap
    pub unit: Option<String>,
    /// Pest
    pub pest: Option<String>,
    /// Day or week
    pub date: Option<String>,
    /// Year, covariates `week`
    pub year: Option<String>,
    /// Week of the year
    pub week: Option<String>,
    /// Weather and other numbers covariates
    pub covariates: Vec<String>,
    /// Hectares sown, which no forecast exceeds
    pub upper_bound: Option<String>,
    /// Day the crop was sown
    pub sown: Option<String>,
    /// Rows of one week
    pub combine: Combine,
    /// Take weeks that look copied from the year before as missing
    pub drop_copied: bool,
}

const VALUE: Role = Role {
    name: "value",
    headings: &[
        "infested ha",
        "dien tich nhiem",
        "dien tich nhiem ha",
        "dtn",
        "count",
        "value",
        "pest value",
        "con bay dem",
        "so con",
        "mat do",
        "density",
        "gia tri",
    ],
};
const UNIT: Role = Role {
    name: "unit",
    headings: &[
        "code", "ma xa", "commune", "xa", "unit", "station", "tram", "bay", "trap", "field id", "ma thua", "diem", "site",
    ],
};
const PEST: Role =
    Role { name: "pest", headings: &["pest", "svgh", "sinh vat gay hai", "sau benh", "species", "loai", "disease"] };
const DATE: Role = Role {
    name: "date",
    headings: &["date", "ngay", "week start", "ngay dieu tra", "tu ngay", "tuan tu ngay", "night", "dem", "week", "tuan"],
};
const YEAR_OF: Role = Role { name: "year", headings: &["year", "nam", "observation year"] };
const WEEK_OF: Role = Role { name: "week", headings: &["week", "tuan", "standard week", "week number", "so tuan"] };

/// When each row was.
struct Times {
    /// Week of each row
    rows: Vec<Option<i64>>,
    /// The week with a number
    week: Box<dyn Fn(i64) -> Option<Week>>,
    /// The number of the week of a day
    number: Box<dyn Fn(NaiveDate) -> i64>,
}

/// Reads a panel. Cells that are no numbers, negative counts and rows without a week are listed and count as missing; several
/// rows of one week are refused unless a rule says what they come to.
pub fn panel(table: &Table, columns: &Columns, problems: &mut Problems) -> Result<Panel> {
    let value_name = VALUE.column_of(table, columns.value.as_ref())?.ok_or_else(|| {
        let headings = table.headings.join(", ");
        Fault::new(
            "missing-column",
            Place::file(&table.file),
            message!(
                "không nhận ra cột số cần dự báo; các cột: {headings}",
                "no column is recognised as the number to forecast; the columns are: {headings}"
            ),
        )
        .hint(message!("thêm --value TÊN-CỘT", "add --value COLUMN"))
    })?;
    let times = times(table, columns, problems)?;
    let unit_name = UNIT.column_of(table, columns.unit.as_ref())?;
    let pest_name = PEST.column_of(table, columns.pest.as_ref())?;
    let optional = |name: &Option<String>| name.as_deref().map(|name| table.require(name)).transpose();
    let (units, pests) = (optional(&unit_name)?, optional(&pest_name)?);
    let covariates: Vec<String> = columns.covariates.iter().map(|name| table.named(name)).collect::<Result<_>>()?;
    let upper_name = columns.upper_bound.as_deref().map(|name| table.named(name)).transpose()?;
    let numeric: Vec<&str> = [&value_name].into_iter().chain(&covariates).chain(&upper_name).map(String::as_str).collect();
    let sign = decimal::of_columns(table, &numeric, None)?;
    let values = numbers(table, &value_name, sign, true, problems)?;
    let covariates_read: Vec<Vec<Option<f64>>> =
        covariates.iter().map(|name| numbers(table, name, sign, false, problems)).collect::<Result<_>>()?;
    let most = upper_name.as_deref().map(|name| numbers(table, name, sign, true, problems)).transpose()?;

    let (Some(first), Some(last)) = (times.rows.iter().flatten().min(), times.rows.iter().flatten().max()) else {
        return Err(Fault::new(
            "no-rows",
            Place::file(&table.file),
            message!("bảng không có dòng nào có tuần", "no row of the table has a week"),
        ));
    };
    let mut starts: Vec<NaiveDate> = times.rows.iter().flatten().filter_map(|week| Some((times.week)(*week)?.from)).collect();
    stray_day(table, &mut starts)?;
    let (first, length) = (*first, (last - first + 1) as usize);
    if length > MOST_WEEKS {
        let place = Place::file(&table.file).value(length.to_string());
        let message = message!(
            "số liệu kéo dài {length} tuần: một ngày có lẽ viết sai",
            "the data span {length} weeks: a date is probably wrong"
        );
        return Err(Fault::new("bad-date", place, message));
    }
    let crops = match &columns.sown {
        None => None,
        Some(name) => {
            let column = table.require(&table.named(name)?)?;
            let order = dates::order(column.dictionary.iter());
            let days = column.parse(|text| dates::parse_in(text, order));
            let bad: Vec<bool> = days.iter().map(Option::is_none).collect();
            for (row, code) in table.rows_where(column, &bad) {
                bad_day(table, row, &column.name, column.dictionary.get(code), problems);
            }
            // A crop sown before the history begins is of no use to it.
            let week = |code: &u32| {
                let day = days.get(*code as usize).copied().flatten()?;
                usize::try_from((times.number)(day) - first).ok()
            };
            Some(column.codes.iter().map(week).collect::<Vec<_>>())
        }
    };
    let weeks: Vec<Week> = (0..length as i64).filter_map(|step| (times.week)(first + step)).collect();
    let text = |column: Option<&Column>, row: usize| column.and_then(|column| column.text(row)).unwrap_or("").to_owned();
    let mut cells: BTreeMap<(String, String), BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
    for row in 0..table.rows {
        let Some(week) = times.rows[row] else { continue };
        let pest = text(pests, row);
        let key = (text(units, row), written_out(&pest).map_or(pest, str::to_owned));
        cells.entry(key).or_default().entry((week - first) as usize).or_default().push(row);
    }
    let mut panel = Panel { weeks, series: Vec::new(), covariates: covariates.clone() };
    for ((unit, pest), by_week) in cells {
        let mut series = Series {
            unit,
            pest,
            values: vec![None; length],
            covariates: vec![vec![None; length]; covariates.len()],
            upper_bound: Vec::new(),
            sown: Vec::new(),
        };
        for (week, rows) in by_week {
            let known: Vec<f64> = rows.iter().filter_map(|&row| values[row]).collect();
            if known.len() > 1 && columns.combine == Combine::None {
                let (row, line) = (rows[1], table.line(rows[0]));
                let place = table.place(row, &value_name, &known[1].to_string());
                let message = message!(
                    "tuần này đã có ở dòng {line} của cùng nơi và cùng loài",
                    "row {line} has the same week, unit and pest already"
                );
                return Err(Fault::new("repeated-week", place, message).hint(message!(
                    "nói rõ cách gộp: --combine sum (cộng), mean (trung bình) hay max (lớn nhất)",
                    "say how they come together: --combine sum, mean or max"
                )));
            }
            series.values[week] = combined(&known, columns.combine);
            for (list, numbers) in series.covariates.iter_mut().zip(&covariates_read) {
                let known: Vec<f64> = rows.iter().filter_map(|&row| numbers[row]).collect();
                list[week] = combined(&known, Combine::Mean);
            }
            if let Some(most) = &most {
                series.upper_bound.resize(length, None);
                series.upper_bound[week] = rows.iter().filter_map(|&row| most[row]).reduce(f64::max);
            }
            series.sown.extend(rows.iter().filter_map(|&row| crops.as_ref()?[row]));
        }
        series.sown.sort_unstable();
        series.sown.dedup();
        panel.series.push(series);
    }
    alike_pests(&panel, &table.file, problems);
    share_weather(&mut panel);
    copied_weeks(&mut panel, columns.drop_copied, &table.file, problems);
    Ok(panel)
}

/// Pests whose names differ in case, accents or signs only are probably one; they are named, not joined.
fn alike_pests(panel: &Panel, file: &str, problems: &mut Problems) {
    let pests = panel.pests();
    for (number, pest) in pests.iter().enumerate() {
        if let Some(other) = pests[..number].iter().find(|other| fold(other) == fold(pest)) {
            problems.warning(
                "alike-pests",
                Place::file(file).value(*pest),
                message!(
                    "\"{other}\" và \"{pest}\" được tính là hai loại sâu bệnh",
                    "\"{other}\" and \"{pest}\" count as two pests"
                ),
                Some(message!("viết tên giống nhau nếu là một loại", "write one name if they are the same")),
            );
        }
    }
}

/// Fewest weeks, all but zeros, that are equal to those a year before by more than chance.
const COPIED: usize = 4;

/// Lists stretches that equal those of a year before to the last digit: somebody may have filled a gap by copying.
fn copied_weeks(panel: &mut Panel, drop: bool, file: &str, problems: &mut Problems) {
    for series in &mut panel.series {
        let same = |week: usize| series.at(week).is_some_and(|value| series.before(week, YEAR) == Some(value));
        let mut stretches: Vec<(usize, usize)> = Vec::new();
        for week in (YEAR..series.values.len()).filter(|&week| same(week)) {
            match stretches.last_mut() {
                Some(last) if last.1 == week => last.1 += 1,
                _ => stretches.push((week, week + 1)),
            }
        }
        for (from, to) in stretches {
            let counted = (from..to).filter(|&week| series.at(week).is_some_and(|value| value > 0.0)).count();
            if counted < COPIED {
                continue;
            }
            let (weeks, first) = (to - from, dates::format_day(panel.weeks[from].from));
            let name = [series.unit.as_str(), series.pest.as_str()].join(" ");
            let (vi, en) = if drop { ("; coi như không có số liệu", "; taken as missing") } else { ("", "") };
            problems.warning(
                "copied-weeks",
                Place::file(file).value(name.trim()),
                message!(
                    "{weeks} tuần từ {first} giống hệt năm trước, có lẽ được chép lại{vi}",
                    "{weeks} weeks from {first} equal those of the year before, perhaps copied{en}"
                ),
                None,
            );
            if drop {
                series.values[from..to].fill(None);
            }
        }
    }
}

/// A century of weeks: more is a slip.
const MOST_WEEKS: usize = 5300;

fn combined(known: &[f64], rule: Combine) -> Option<f64> {
    let (&first, count) = (known.first()?, known.len() as f64);
    Some(match rule {
        Combine::None => first,
        Combine::Sum => known.iter().sum(),
        Combine::Mean => known.iter().sum::<f64>() / count,
        Combine::Max => known.iter().copied().fold(first, f64::max),
    })
}

/// Pests of one unit have the same weather: where only some rows give it, the others take it over.
fn share_weather(panel: &mut Panel) {
    for unit in panel.series.chunk_by_mut(|a, b| a.unit == b.unit) {
        let covariates = unit.first().map_or(0, |series| series.covariates.len());
        for at in 0..covariates {
            let weeks = unit[0].covariates[at].len();
            let known: Vec<Option<f64>> =
                (0..weeks).map(|week| unit.iter().find_map(|series| series.covariates[at][week])).collect();
            for series in unit.iter_mut() {
                series.covariates[at].iter_mut().zip(&known).for_each(|(value, known)| *value = value.or(*known));
            }
        }
    }
}

fn times(table: &Table, columns: &Columns, problems: &mut Problems) -> Result<Times> {
    let year = YEAR_OF.column_of(table, columns.year.as_ref())?;
    let week = WEEK_OF.column_of(table, columns.week.as_ref())?;
    if let (Some(year), Some(week), None) = (&year, &week, &columns.date) {
        return numbered(table, year, week, problems);
    }
    let date = DATE.column_of(table, columns.date.as_ref())?.ok_or_else(|| {
        let headings = table.headings.join(", ");
        Fault::new(
            "missing-column",
            Place::file(&table.file),
            message!(
                "không thấy cột ngày, hoặc năm và tuần; các cột: {headings}",
                "no column has the day, or year and week; the columns are: {headings}"
            ),
        )
        .hint(message!("thêm --date, hoặc --year và --week", "add --date, or --year and --week"))
    })?;
    let column = table.require(&date)?;
    let order = dates::order(column.dictionary.iter());
    let parsed: Vec<Option<NaiveDate>> = column.parse(|text| dates::parse_in(text, order));
    let rows: Vec<Option<NaiveDate>> = column.codes.iter().map(|&code| parsed.get(code as usize).copied().flatten()).collect();
    let bad: Vec<bool> = parsed.iter().map(Option::is_none).collect();
    for (row, code) in table.rows_where(column, &bad) {
        bad_day(table, row, &date, column.dictionary.get(code), problems);
    }
    Ok(by_day(table, rows))
}

/// Weeks as the office has them: they begin on the weekday of the first date.
fn by_day(table: &Table, rows: Vec<Option<NaiveDate>>) -> Times {
    let Some(first) = rows.iter().flatten().min().copied() else {
        return Times { rows: vec![None; table.rows], week: Box::new(|_| None), number: Box::new(|_| 0) };
    };
    let number = move |day: NaiveDate| (day - first).num_days().div_euclid(7);
    let week = move |number: i64| {
        let from = first.checked_add_days(Days::new((7 * number.max(0)) as u64))?;
        Some(Week { from, year: from.year(), number: ((from.ordinal0() / 7) as usize).min(YEAR - 1) })
    };
    Times { rows: rows.into_iter().map(|day| day.map(number)).collect(), week: Box::new(week), number: Box::new(number) }
}

/// Years of 52 weeks, the last of which has a day or two more. Where a week 53 occurs, weeks are those of ISO 8601.
fn numbered(table: &Table, year: &str, week: &str, problems: &mut Problems) -> Result<Times> {
    let (years, weeks) = (table.require(year)?, table.require(week)?);
    let whole = |text: &str| text.trim().trim_end_matches(".0").parse::<i64>().ok();
    if weeks.dictionary.iter().any(|text| whole(text) == Some(53)) {
        let monday = |row: usize| {
            let year = whole(years.text(row)?).filter(|year| (1900..=2200).contains(year))?;
            NaiveDate::from_isoywd_opt(year as i32, u32::try_from(whole(weeks.text(row)?)?).ok()?, chrono::Weekday::Mon)
        };
        let days: Vec<Option<NaiveDate>> = (0..table.rows).map(monday).collect();
        for row in (0..table.rows).filter(|&row| days[row].is_none()) {
            let value = format!("{} {}", years.text(row).unwrap_or(""), weeks.text(row).unwrap_or(""));
            bad_day(table, row, week, &value, problems);
        }
        return Ok(by_day(table, days));
    }
    let rows = (0..table.rows)
        .map(|row| {
            let (year_text, week_text) = (years.text(row).unwrap_or(""), weeks.text(row).unwrap_or(""));
            match (whole(year_text), whole(week_text)) {
                (Some(year @ 1900..=2200), Some(number @ 1..=52)) => Some(year * YEAR as i64 + number - 1),
                _ => {
                    bad_day(table, row, week, &format!("{year_text} {week_text}"), problems);
                    None
                }
            }
        })
        .collect();
    let week = |number: i64| {
        let (year, number) = (number.div_euclid(YEAR as i64), number.rem_euclid(YEAR as i64));
        let from = NaiveDate::from_yo_opt(year as i32, 1 + 7 * number as u32)?;
        Some(Week { from, year: year as i32, number: number as usize })
    };
    let number = |day: NaiveDate| i64::from(day.year()) * YEAR as i64 + i64::from((day.ordinal0() / 7).min(YEAR as u32 - 1));
    Ok(Times { rows, week: Box::new(week), number: Box::new(number) })
}

//! When a reading was made: days with or without a time, in one column or two, in local or universal time, as stamps or as seconds.

use super::quantities::hours_east;
use crate::headings::{READING_DATE, READING_TIME, WEEK, YEAR};
use crate::input::numeric::bad_day;
use crate::input::{Column, Table};
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::dates::{self, Order};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};

/// The moment of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Local day
    pub day: NaiveDate,
    /// Local time, where it is stated
    pub time: Option<NaiveTime>,
}

/// The moment of each row; rows without one are listed and have none.
pub fn moments(table: &Table, declared: Option<&String>, problems: &mut Problems) -> Result<Vec<Option<Moment>>> {
    let Some(name) = READING_DATE.column_of(table, declared)?.or_else(|| with_zone(&table.headings)) else {
        return of_weeks(table, problems);
    };
    let column = table.require(&name)?;
    let clock = time_beside(table, column)?;
    let texts: Vec<Option<String>> = (0..table.rows)
        .map(|row| {
            let day = column.text(row)?.trim().to_owned();
            Some(match clock.and_then(|clock| clock.text(row)) {
                Some(time) => format!("{day} {}", time.trim()),
                None => day,
            })
        })
        .collect();
    let order = order(&texts, &name, table, problems);
    let universal = is_universal(&name);
    let mut moved = false;
    let moments = texts
        .iter()
        .enumerate()
        .map(|(row, text)| {
            let text = text.as_deref().unwrap_or("");
            let found = read(text, order).map(|(moment, zone)| {
                let zone = zone.or_else(|| universal.then_some(0));
                moved |= zone.is_some_and(|zone| zone != hours_east() * 3600);
                local(moment, zone)
            });
            if found.is_none() && !(text.is_empty() && is_blank(table, row)) {
                bad_day(table, row, &name, text, problems);
            }
            found
        })
        .collect();
    if moved {
        let hours = hours_east();
        let message = message!(
            "giờ quốc tế (UTC, Z, múi giờ khác) được đổi sang giờ Việt Nam (+{hours}) trước khi xét ngày",
            "times in UTC or another zone were brought to Vietnam time (+{hours}) before their day was taken"
        );
        problems.info("time-zone", Place::file(&table.file).column(name.as_str()), message, None);
    }
    Ok(moments)
}

fn is_blank(table: &Table, row: usize) -> bool {
    table.columns.iter().all(|column| column.text(row).is_none())
}

/// A heading such as `Date Time, GMT+07:00`.
pub fn with_zone(headings: &[String]) -> Option<String> {
    let starts = ["date", "time", "ngay", "thoi gian"];
    let of_time = |heading: &&String| {
        let folded = crate::values::text::fold(heading);
        starts.iter().any(|start| folded.starts_with(start)) && (folded.contains("gmt") || folded.contains("utc"))
    };
    headings.iter().find(of_time).cloned()
}

/// Whether a heading says that its times are universal ones.
fn is_universal(heading: &str) -> bool {
    let upper = heading.to_uppercase().replace(' ', "");
    let zone = upper.find("GMT").or_else(|| upper.find("UTC")).map(|at| &upper[at + 3..]);
    zone.is_some_and(|zone| {
        let zone = zone.trim_start_matches(['+', '-']);
        zone.is_empty() || zone.starts_with([')', ']']) || zone.trim_start_matches(['0', ':']).trim_matches([')', ']']).is_empty()
    })
}

/// The column of times beside one of days.
fn time_beside<'a>(table: &'a Table, days: &Column) -> Result<Option<&'a Column>> {
    let Some(name) = READING_TIME.column_of(table, None)?.filter(|name| *name != days.name) else { return Ok(None) };
    let clock = table.require(&name)?;
    let is_time = |text: &str| time(text).is_some();
    let days_alone = !days.dictionary.iter().any(|text| text.contains(':'));
    Ok((days_alone && clock.dictionary.iter().filter(|text| !text.is_empty()).all(is_time)).then_some(clock))
}

/// The order of day and month: proved by a number, else by the readings themselves, which follow each other closely.
fn order(texts: &[Option<String>], name: &str, table: &Table, problems: &mut Problems) -> Order {
    let all = || texts.iter().flatten().map(String::as_str);
    let span = |order: Order| {
        let mut days: Vec<NaiveDate> = all().filter_map(|text| Some(parse(text, order)?.0.day)).collect();
        let read = days.len();
        days.sort_unstable();
        days.dedup();
        Some((read, days.len(), (*days.last()? - *days.first()?).num_days()))
    };
    let (Some(first), Some(second)) = (span(Order::DayFirst), span(Order::MonthFirst)) else {
        return dates::order(all());
    };
    // Several readings a day on as many days either way: those that leave no holes are the days meant.
    let dense = first.0 == second.0 && first.0 >= 4 * first.1 && first.1 == second.1 && first.1 > 1;
    let proved = dates::proved(all());
    if proved.is_none() && dense && second.2 < second.1 as i64 && first.2 > 4 * second.2 {
        let message = message!(
            "hiểu là tháng trước, ngày sau: chỉ cách này các lần đọc mới liền ngày nhau",
            "read as month first: only so do the readings follow each other day by day"
        );
        problems.warning("order-of-dates", Place::file(&table.file).column(name), message, None);
        return Order::MonthFirst;
    }
    proved.unwrap_or(Order::DayFirst)
}

/// A moment however it is written, and the seconds by which its zone is ahead of universal time where it is stated.
fn read(text: &str, order: Order) -> Option<(Moment, Option<i32>)> {
    parse(text, order).or_else(|| compact(text)).or_else(|| seconds(text))
}

/// A day with its time, in whichever order of the two.
fn parse(text: &str, order: Order) -> Option<(Moment, Option<i32>)> {
    if let Ok(stamp) = DateTime::parse_from_rfc3339(&text.replacen(' ', "T", 1)) {
        let (at, zone) = (stamp.naive_local(), stamp.offset().local_minus_utc());
        return Some((Moment { day: at.date(), time: Some(at.time()) }, Some(zone)));
    }
    let (date, after) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let (after, zone) = offset(after);
    match (time(after), dates::parse_in(&whole_year(date), order)) {
        (Some(time), Some(day)) => Some((Moment { day, time: Some(time) }, zone)),
        // "23:45 05/04/2024", "05h30 ngày 05/04/2024"
        _ => Some(match (time(date), text.split_once(' ')) {
            (Some(time), Some((_, day))) => {
                let day = day.trim_start_matches("ngày").trim_start_matches("Ngày").trim();
                (Moment { day: dates::parse_in(&whole_year(day), order)?, time: Some(time) }, None)
            }
            _ => (Moment { day: dates::parse_in(text, order)?, time: None }, None),
        }),
    }
}

/// A time of day without the zone behind it, and the seconds by which that is ahead of universal time.
fn offset(time: &str) -> (&str, Option<i32>) {
    if let Some(time) = time.strip_suffix(['Z', 'z']) {
        return (time.trim_end(), Some(0));
    }
    let Some(at) = time.rfind(['+', '-']).filter(|at| time[..*at].contains(':')) else { return (time, None) };
    let (hours, minutes) = time[at + 1..].split_once(':').unwrap_or((&time[at + 1..], "0"));
    let (Ok(hours), Ok(minutes)) = (hours.parse::<i32>(), minutes.parse::<i32>()) else { return (time, None) };
    let sign = if time[at..].starts_with('-') { -1 } else { 1 };
    (time[..at].trim_end(), Some(sign * (3600 * hours + 60 * minutes)))
}

/// A date whose year has two figures, with four.
fn whole_year(date: &str) -> String {
    match date.rsplit_once(['/', '-', '.']) {
        Some((before, year)) if year.len() == 2 && before.len() <= 5 && before.contains(['/', '-', '.']) => {
            let at = date.len() - 2;
            format!("{}20{year}", &date[..at])
        }
        _ => date.to_owned(),
    }
}

/// A time of day: `6:30`, `06:30:00`, `6:30 PM`, `6h30`, `18h`.
fn time(text: &str) -> Option<NaiveTime> {
    // "11:00 CH" is in the afternoon, "11:00 SA" in the morning.
    let lower = text.trim().to_lowercase();
    let lower =
        match lower.strip_suffix("ch").map(|time| (time, 'p')).or_else(|| lower.strip_suffix("sa").map(|time| (time, 'a'))) {
            Some((time, half)) => format!("{}{half}", time.trim_end()),
            None => lower,
        };
    let lower = lower.replace('h', ":");
    // 6:30 pm, 6:30 p.
    let half = lower.strip_suffix('m').unwrap_or(&lower);
    let (figures, half) = match half.strip_suffix(['a', 'p']) {
        Some(figures) => (figures.trim_end(), Some(half.ends_with('p'))),
        None => (lower.as_str(), None),
    };
    let mut parts = figures.split(':');
    let mut next = || parts.next().map(str::trim);
    let hour: u32 = next()?.parse().ok()?;
    let minute = match next() {
        None => return None,
        Some("") => 0,
        Some(minute) => minute.parse().ok()?,
    };
    let second: f64 = next().map_or(Some(0.0), |second| second.parse().ok())?;
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, second as u32)
}

/// A day and time in figures alone: `202404081200`, with seconds or without minutes.
fn compact(text: &str) -> Option<(Moment, Option<i32>)> {
    if !matches!(text.len(), 10 | 12 | 14) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |from: usize, to: usize| -> Option<u32> { text.get(from..to).map_or(Some(0), |part| part.parse().ok()) };
    let year = number(0, 4).filter(|year| (2000..2100).contains(year))?;
    let day = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, number(4, 6)?, number(6, 8)?)?;
    let time = NaiveTime::from_hms_opt(number(8, 10)?, number(10, 12)?, number(12, 14)?)?;
    Some((Moment { day, time: Some(time) }, None))
}

/// Seconds or thousandths since 1970, of years that readings have.
fn seconds(text: &str) -> Option<(Moment, Option<i32>)> {
    let number: i64 = text.parse().ok()?;
    let seconds = match text.len() {
        9 | 10 => number,
        12 | 13 => number / 1000,
        _ => return None,
    };
    let at = DateTime::from_timestamp(seconds, 0)?.naive_utc();
    Some((Moment { day: at.date(), time: Some(at.time()) }, Some(0)))
}

/// A moment of a zone in local time.
fn local(moment: Moment, zone: Option<i32>) -> Moment {
    let (Some(time), Some(zone)) = (moment.time, zone.and_then(FixedOffset::east_opt)) else { return moment };
    let Some(here) = FixedOffset::east_opt(hours_east() * 3600) else { return moment };
    let at =
        NaiveDateTime::new(moment.day, time).and_local_timezone(zone).single().map(|at| at.with_timezone(&here).naive_local());
    at.map_or(moment, |at| Moment { day: at.date(), time: Some(at.time()) })
}

/// The first day of numbered weeks, where there are no days.
fn of_weeks(table: &Table, problems: &mut Problems) -> Result<Vec<Option<Moment>>> {
    let (Some(year), Some(week)) = (YEAR.column_of(table, None)?, WEEK.column_of(table, None)?) else {
        let headings = table.headings.join(", ");
        let message = message!("không thấy cột ngày", "no column has the day");
        return Err(Fault::new("missing-column", Place::file(&table.file), message)
            .hint(message!("các cột: {headings}", "the columns are: {headings}")));
    };
    let (years, weeks) = (table.require(&year)?, table.require(&week)?);
    let whole = |column: &Column, row: usize| column.text(row).and_then(|text| text.trim().parse::<u32>().ok());
    let of_row = |row: usize| {
        let day = match (whole(years, row), whole(weeks, row)) {
            (Some(year), Some(53)) => NaiveDate::from_isoywd_opt(year as i32, 53, chrono::Weekday::Mon),
            (Some(year), Some(week @ 1..=52)) => NaiveDate::from_yo_opt(year as i32, 1 + 7 * (week - 1)),
            _ => None,
        };
        day.map(|day| Moment { day, time: None })
    };
    Ok((0..table.rows)
        .map(|row| {
            let found = of_row(row);
            if found.is_none() {
                bad_day(table, row, &week, weeks.text(row).unwrap_or(""), problems);
            }
            found
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, order: Order) -> Option<String> {
        let (moment, zone) = read(text, order)?;
        let Moment { day, time } = local(moment, zone);
        Some(match time {
            Some(time) => format!("{day} {}", time.format("%H:%M")),
            None => day.to_string(),
        })
    }

    #[test]
    fn stamps_are_read_as_loggers_write_them() {
        for (text, expected) in [
            ("05/04/2024", "2024-04-05"),
            ("05/04/2024 11:00 PM", "2024-04-05 23:00"),
            ("05/04/2024 12:00 AM", "2024-04-05 00:00"),
            ("2024-04-08 23:45", "2024-04-08 23:45"),
            // 23:45 in London is the next morning here.
            ("2024-04-08T23:45:00Z", "2024-04-09 06:45"),
            ("2024-04-08T23:45:00+07:00", "2024-04-08 23:45"),
            ("1712599200", "2024-04-09 01:00"),
            ("1712599200000", "2024-04-09 01:00"),
            ("05/04/24 18h30", "2024-04-05 18:30"),
            ("2024-04-08 23:45+00:00", "2024-04-09 06:45"),
            ("5/4/24 1:00 p", "2024-04-05 13:00"),
            ("202404081200", "2024-04-08 12:00"),
            ("2024040823", "2024-04-08 23:00"),
            ("20240408120030", "2024-04-08 12:00"),
            ("23:45 05/04/2024", "2024-04-05 23:45"),
            ("05h30 ngày 05/04/2024", "2024-04-05 05:30"),
            ("05/04/2024 11:00 CH", "2024-04-05 23:00"),
            ("05/04/2024 11:00 SA", "2024-04-05 11:00"),
        ] {
            assert_eq!(at(text, Order::DayFirst).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(at("04/05/24 12:15:00 AM", Order::MonthFirst).as_deref(), Some("2024-04-05 00:15"));
        assert_eq!((at("TS", Order::DayFirst), at("12", Order::DayFirst)), (None, None));
    }

    #[test]
    fn headings_say_whether_times_are_universal() {
        assert!(is_universal("Time (UTC)") && is_universal("Date Time, GMT+00:00") && is_universal("time GMT"));
        assert!(!is_universal("Date Time, GMT+07:00") && !is_universal("Thời gian"));
    }
}

//! Days, weeks and reporting periods.

use super::spans;
use super::text::Lang;
use chrono::{Datelike, Days, Months, NaiveDate};

/// A reporting period, both days included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// First day
    pub from: NaiveDate,
    /// Last day
    pub to: NaiveDate,
}

impl Period {
    /// Whether a day lies inside.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// Its middle day; the earlier of two.
    pub fn middle(&self) -> NaiveDate {
        self.from.checked_add_days(Days::new((self.days() - 1) / 2)).unwrap_or(self.from)
    }

    /// Number of days, both ends counted.
    pub fn days(&self) -> u64 {
        (self.to - self.from).num_days().max(0) as u64 + 1
    }

    /// The period of the same length that ends the day before this one begins.
    pub fn previous(&self) -> Option<Period> {
        let to = self.from.checked_sub_days(Days::new(1))?;
        Some(Period { from: self.from.checked_sub_days(Days::new(self.days()))?, to })
    }

    /// The same period last year ("cùng kỳ"). Whole weeks go back 52 weeks, so that weekdays agree;
    /// other periods keep their calendar dates.
    pub fn last_year(&self) -> Option<Period> {
        if self.days().is_multiple_of(7) && self.days() <= 7 * 26 {
            let back = Days::new(364);
            Some(Period { from: self.from.checked_sub_days(back)?, to: self.to.checked_sub_days(back)? })
        } else {
            let back = Months::new(12);
            Some(Period { from: self.from.checked_sub_months(back)?, to: self.to.checked_sub_months(back)? })
        }
    }

    /// For people: `05/04/2024 – 11/04/2024`.
    pub fn format(&self) -> String {
        if self.from == self.to {
            format_day(self.from)
        } else {
            format!("{} – {}", format_day(self.from), format_day(self.to))
        }
    }
}

/// For people: `05/04/2024`.
pub fn format_day(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// A day as tables for programs have it, `2024-04-05`, and nothing else.
pub fn written_day(text: &str) -> Option<NaiveDate> {
    let is_dash = |at: usize| at == 4 || at == 7;
    let shape =
        text.len() == 10 && text.bytes().enumerate().all(|(at, b)| if is_dash(at) { b == b'-' } else { b.is_ascii_digit() });
    if shape { NaiveDate::parse_from_str(text, "%Y-%m-%d").ok() } else { None }
}

/// The last of some periods; days are reported by weeks, so a single day stands for the seven that end with it.
pub fn last(periods: &[Period]) -> Option<Period> {
    let last = periods.iter().max_by_key(|period| (period.to, period.from)).copied()?;
    let from = if last.days() > 1 { last.from } else { last.to.checked_sub_days(Days::new(6))? };
    Some(Period { from, to: last.to })
}

/// Short, for axes: `05/04`.
pub fn format_day_short(day: NaiveDate, _lang: Lang) -> String {
    day.format("%d/%m").to_string()
}

/// Reads a day, or the middle day of a week, month or range, so that each falls into exactly one of any row of periods (ISO 8601 gives a
/// week to the year of its Thursday by the same rule).
///
/// Accepted: `2024-04-05`, `2024/04/05`, `20240405`, `05/04/2024`, `5-4-2024`, `05.04.2024`; a time of day behind a date is ignored; and
/// what [`spans::read`] reads.
pub fn parse(text: &str) -> Option<NaiveDate> {
    parse_in(text, Order::DayFirst)
}

/// Which number of `04-05-2024` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Day, month, year (Vietnam and most of the world)
    DayFirst,
    /// Month, day, year (United States)
    MonthFirst,
}

/// The order in which all texts of a column are written. Months come first only where the column proves it: some
/// second number is over 12 and no first number is.
pub fn order<'a>(texts: impl Iterator<Item = &'a str>) -> Order {
    proved(texts).unwrap_or(Order::DayFirst)
}

/// The order that texts prove by a number over 12; that of days first where some prove the one and some the other.
pub fn proved<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Order> {
    let mut month_first = None;
    for text in texts {
        // Both ends of a range are dates.
        for date in text.trim().split(['T', ' ', '–']) {
            let parts: Vec<&str> = date.split(['-', '/', '.']).collect();
            let [a, b, year] = parts[..] else { continue };
            let (Ok(a), Ok(b), 2 | 4) = (a.parse::<u32>(), b.parse::<u32>(), year.len()) else { continue };
            if a > 12 && a <= 31 {
                return Some(Order::DayFirst);
            }
            if b > 12 {
                month_first = Some(Order::MonthFirst);
            }
        }
    }
    month_first
}

/// As [`parse`], for texts whose [`order`] is known.
pub fn parse_in(text: &str, order: Order) -> Option<NaiveDate> {
    one_day(text.trim(), order).or_else(|| Some(spans::read(text, order)?.middle()))
}

/// The days that a text speaks of: one, or those of a week, month or range.
pub fn period_in(text: &str, order: Order) -> Option<Period> {
    one_day(text.trim(), order).map(|day| Period { from: day, to: day }).or_else(|| spans::read(text, order))
}

/// A day in figures with a year of four digits, with or without a time of day.
fn one_day(text: &str, order: Order) -> Option<NaiveDate> {
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return day(&text[..4], &text[4..6], &text[6..]);
    }
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let is_time = |c: char| c.is_ascii_digit() || ":.+-Z".contains(c);
    let clock =
        |time: &str| time.contains(':') && time.trim_end_matches([' ', 'A', 'P', 'M', 'a', 'p', 'm']).chars().all(is_time);
    if !(time.is_empty() || clock(time)) {
        return None;
    }
    for separator in ['-', '/', '.'] {
        let mut parts = date.split(separator);
        let (Some(a), Some(b), Some(c), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else { continue };
        return match (a.len(), c.len(), order) {
            (4, ..) => day(a, b, c),
            (_, 4, Order::DayFirst) => day(c, b, a),
            (_, 4, Order::MonthFirst) => day(c, a, b),
            _ => None,
        };
    }
    None
}

fn day(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let year: i32 = year.parse().ok()?;
    if !(1900..=2200).contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)
}

/// The seven-day bucket that holds a day, counted from the weekday on which the reporting period begins.
pub fn week_from(day: NaiveDate, start: NaiveDate) -> Period {
    let offset = (day - start).num_days().rem_euclid(7) as u64;
    let from = day.checked_sub_days(Days::new(offset)).unwrap_or(day);
    Period { from, to: from.checked_add_days(Days::new(6)).unwrap_or(from) }
}

/// The Monday of a day's ISO week.
pub fn monday(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into())).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ymd(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).expect("a real day")
    }

    #[test]
    fn days_are_read_in_every_common_form() {
        for text in ["2024-04-05", "2024/4/5", "20240405", "05/04/2024", "5-4-2024", "05.04.2024", "2024-04-05T07:00:00Z"] {
            assert_eq!(parse(text), Some(ymd(2024, 4, 5)), "{text}");
        }
        assert_eq!(parse("31/02/2024"), None);
        assert_eq!(parse("04-13-2024"), None);
    }

    #[test]
    fn months_come_first_only_where_a_column_proves_it() {
        assert_eq!(order(["04-05-2024", "12-30-2022"].into_iter()), Order::MonthFirst);
        assert_eq!(order(["04-05-2024", "12-30-2022", "30-12-2022"].into_iter()), Order::DayFirst);
        assert_eq!(order(["04/05/2024", "2024-12-30", "Tuần 15/2024"].into_iter()), Order::DayFirst);
        assert_eq!(parse_in("04-05-2024", Order::MonthFirst), Some(ymd(2024, 4, 5)));
    }

    #[test]
    fn a_week_stands_for_its_thursday() {
        assert_eq!(parse("2024-W15"), Some(ymd(2024, 4, 11)));
        assert_eq!(parse("Tuần 15 năm 2024"), Some(ymd(2024, 4, 11)));
        assert_eq!(parse("Tuần 15/2024"), Some(ymd(2024, 4, 11)));
    }

    #[test]
    fn previous_and_last_year_have_the_same_length() {
        let period = Period { from: ymd(2024, 4, 5), to: ymd(2024, 4, 11) };
        assert_eq!(period.previous(), Some(Period { from: ymd(2024, 3, 29), to: ymd(2024, 4, 4) }));
        assert_eq!(period.last_year(), Some(Period { from: ymd(2023, 4, 7), to: ymd(2023, 4, 13) }));
        assert_eq!(week_from(ymd(2024, 4, 4), ymd(2024, 4, 5)).from, ymd(2024, 3, 29));
    }
}

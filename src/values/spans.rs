//! Days, weeks, months and ranges as notices and sheets write them.

use super::dates::{Order, Period};
use super::text::fold_letters;
use chrono::{Datelike, NaiveDate, Weekday};

/// A piece of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// Digits: value and how many
    Number(u32, usize),
    /// `/`, `.` or `-`
    Sign(char),
    /// "đến"
    To,
    /// "tháng"
    MonthWord,
    /// "năm"
    YearWord,
    /// "tuần", "W"
    WeekWord,
    /// A lone "T" before a number, which may be a week or a month
    Tee,
    /// "kỳ", "đợt"
    Turn,
    /// A month by its English name
    Month(u32),
}

/// Reads a day, a week (its seven days), a month or a range of days. `None` for anything else, and for what does not say its year.
pub fn read(text: &str, order: Order) -> Option<Period> {
    let mut pieces = pieces(text)?;
    // "Tuần-15" is "Tuần 15".
    for at in (1..pieces.len()).rev() {
        if matches!(pieces[at - 1..=at], [Piece::WeekWord, Piece::Sign('-' | '.')]) {
            pieces.remove(at);
        }
    }
    // "Kỳ tuần 15 năm 2024", "Kỳ: 05/4 - 11/4/2024"; but "Kỳ 2 tháng 4" is no day, and "Đợt 1 năm 2024" no week.
    let number_of_turn = matches!(pieces[..], [Piece::Turn, Piece::Number(..), ..]);
    let pieces = match &pieces[..] {
        [Piece::Turn, ..] if number_of_turn && pieces.contains(&Piece::MonthWord) => return None,
        [Piece::Turn, rest @ ..] => rest,
        all => all,
    };
    let days = Days { pieces, order };
    let of_days = range(&days).or_else(|| single(&days));
    if number_of_turn {
        of_days
    } else {
        of_days.or_else(|| week(pieces)).or_else(|| week_of_month(pieces)).or_else(|| month(pieces))
    }
}

/// Whether a text writes a year with two digits.
pub fn has_short_year(text: &str) -> bool {
    let Some(pieces) = pieces(text) else { return false };
    let years = pieces.iter().filter(|piece| matches!(piece, Piece::Number(_, 4))).count();
    years == 0 && pieces.iter().filter(|piece| matches!(piece, Piece::Number(..))).count() >= 2
}

pub(super) fn pieces(text: &str) -> Option<Vec<Piece>> {
    let plain = fold_letters(text);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut rest = plain.as_str();
    while let Some(first) = rest.chars().next() {
        let is_same = |c: char| if first.is_ascii_digit() { c.is_ascii_digit() } else { c.is_alphabetic() };
        let end = match first {
            c if c.is_ascii_digit() || c.is_alphabetic() => rest.find(|c: char| !is_same(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        match first {
            '0'..='9' => pieces.push(Piece::Number(piece.parse().ok()?, piece.len())),
            '/' | '.' | '-' => pieces.push(Piece::Sign(first)),
            '\u{2013}' | '\u{2014}' => pieces.push(Piece::Sign('-')),
            '~' => pieces.push(Piece::To),
            c if c.is_alphabetic() => match piece {
                "den" | "toi" | "to" => pieces.push(Piece::To),
                "thang" | "month" => pieces.push(Piece::MonthWord),
                "nam" | "year" => pieces.push(Piece::YearWord),
                "tuan" | "week" | "w" => pieces.push(Piece::WeekWord),
                "t" => pieces.push(Piece::Tee),
                "tu" | "ngay" | "thu" | "from" | "of" | "day" | "trong" | "le" => {}
                "ky" | "dot" => pieces.push(Piece::Turn),
                other => pieces.push(Piece::Month(month_named(other)?)),
            },
            ' ' | '(' | ')' | ',' | ':' | ';' | '\u{a0}' | '\n' | '\r' | '\t' => {}
            _ => return None,
        }
    }
    Some(pieces)
}

fn month_named(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let at = MONTHS.iter().position(|month| {
        *month == word || word.len() == 3 && month.starts_with(word) || word == "sept" && *month == "september"
    })?;
    Some(at as u32 + 1)
}

struct Days<'a> {
    pieces: &'a [Piece],
    order: Order,
}

impl Days<'_> {
    /// The day that is written in full from a piece on, and where it ends.
    fn at(&self, from: usize) -> Option<(NaiveDate, usize)> {
        use Piece::{Month, MonthWord, Number, Sign, YearWord};
        match *self.pieces.get(from..)? {
            [Number(year, 4), Sign(a), Number(month, _), Sign(b), Number(day, 1 | 2), ..] if a == b => {
                Some((ymd(year, month, day)?, from + 5))
            }
            [Number(first, 1 | 2), Sign(a), Number(second, 1 | 2), Sign(b), Number(year, digits @ (2 | 4)), ..] if a == b => {
                let (day, month) = match self.order {
                    Order::DayFirst => (first, second),
                    Order::MonthFirst => (second, first),
                };
                Some((ymd(century(year, digits), month, day)?, from + 5))
            }
            [Number(day, 1 | 2), MonthWord, Number(month, 1 | 2), YearWord, Number(year, 4), ..] => {
                Some((ymd(year, month, day)?, from + 5))
            }
            // "11.4 năm 2024"
            [Number(day, 1 | 2), Sign('/' | '.'), Number(month, 1 | 2), YearWord, Number(year, 4), ..] => {
                Some((ymd(year, month, day)?, from + 5))
            }
            [Number(day, 1 | 2), MonthWord, Number(month, 1 | 2), Sign(_), Number(year, 4), ..] => {
                Some((ymd(year, month, day)?, from + 5))
            }
            [Number(day, 1 | 2), Sign(a), Month(month), Sign(b), Number(year, digits @ (2 | 4)), ..] if a == b => {
                Some((ymd(century(year, digits), month, day)?, from + 5))
            }
            [Number(day, 1 | 2), Month(month), Number(year, 4), ..] => Some((ymd(year, month, day)?, from + 3)),
            [Month(month), Number(day, 1 | 2), Number(year, 4), ..] => Some((ymd(year, month, day)?, from + 3)),
            _ => None,
        }
    }

    fn joins(&self, at: usize) -> bool {
        matches!(self.pieces.get(at), Some(Piece::To | Piece::Sign('-')))
    }
}

/// "Tuần 15 năm 2024 (từ ngày 05/04/2024 đến ngày 11/04/2024)", "05-11/4/2024", "29/3 - 4/4/2024".
fn range(days: &Days) -> Option<Period> {
    use Piece::{MonthWord, Number, Sign};
    let pieces = days.pieces;
    let (start, year_of_week) = after_week(pieces);
    let (from, to, end) = if let Some((from, next)) = days.at(start).filter(|(_, next)| days.joins(*next)) {
        let (to, end) = days.at(next + 1)?;
        (from, to, end)
    } else {
        let (day, month, next) = match *pieces.get(start..)? {
            [Number(day, 1 | 2), Sign('/' | '.'), Number(month, 1 | 2), ..] if days.joins(start + 3) => {
                (day, Some(month), start + 4)
            }
            [Number(day, 1 | 2), MonthWord, Number(month, 1 | 2), ..] if days.joins(start + 3) => (day, Some(month), start + 4),
            [Number(day, 1 | 2), ..] if days.joins(start + 1) => (day, None, start + 2),
            _ => return None,
        };
        let (to, end) = days.at(next).or_else(|| without_year(pieces, next, year_of_week?))?;
        let month = month.unwrap_or(to.month());
        let year = if month > to.month() { to.year() - 1 } else { to.year() };
        (ymd(u32::try_from(year).ok()?, month, day)?, to, end)
    };
    (end == pieces.len() && from <= to && (to - from).num_days() <= 400).then_some(Period { from, to })
}

/// A day and month from a piece on, of a year stated before.
fn without_year(pieces: &[Piece], from: usize, year: u32) -> Option<(NaiveDate, usize)> {
    use Piece::{MonthWord, Number, Sign};
    match *pieces.get(from..)? {
        [Number(day, 1 | 2), Sign('/' | '.') | MonthWord, Number(month, 1 | 2)] => Some((ymd(year, month, day)?, from + 3)),
        _ => None,
    }
}

/// Where the days begin that stand behind a week, or a report's number, and the year stated with it.
fn after_week(pieces: &[Piece]) -> (usize, Option<u32>) {
    use Piece::{Number, Sign, Tee, To, WeekWord, YearWord};
    match *pieces {
        [WeekWord | Tee, Number(..), YearWord | Sign('/'), Number(year, 4), Sign('-'), ..] => (5, Some(year)),
        [WeekWord | Tee, Number(..), YearWord | Sign('/' | '-'), Number(year, 4), ..] => (4, Some(year)),
        [WeekWord | Tee, Number(..), Sign('-'), ..] => (3, None),
        [WeekWord | Tee, Number(..), ..] => (2, None),
        // "15: 05/4 - 11/4/2024", of "Kỳ 15: …".
        [Number(_, 1 | 2), Number(_, 1 | 2), Sign('/' | '.') | To, Number(..), ..] => (1, None),
        _ => (0, None),
    }
}

fn single(days: &Days) -> Option<Period> {
    let (start, _) = after_week(days.pieces);
    if let [Piece::Number(digits, 8)] = *days.pieces {
        // "20240411" of file names.
        let (year, month, day) = (digits / 10_000, digits / 100 % 100, digits % 100);
        let own = (2000..2100).contains(&year).then(|| ymd(year, month, day))??;
        return Some(Period { from: own, to: own });
    }
    // A week with one day behind it does not say whether the day is its first or its last.
    let (day, end) = days.at(if start == days.pieces.len() { 0 } else { start })?;
    (start == 0 && end == days.pieces.len()).then_some(Period { from: day, to: day })
}

pub(super) fn week(pieces: &[Piece]) -> Option<Period> {
    use Piece::{Number, Sign, Tee, WeekWord, YearWord};
    let (year, week) = match *pieces {
        [WeekWord, Number(week, 1 | 2), Number(year, 4)] => (year, week),
        [WeekWord, Number(week, 1 | 2), YearWord | Sign(_), Number(year, 4)] => (year, week),
        [WeekWord, Tee, Number(week, 1 | 2), YearWord | Sign(_), Number(year, 4)] => (year, week),
        // "T4/2024" may be April; there is no fifteenth month.
        [Tee, Number(week @ 13.., 1 | 2), YearWord | Sign(_), Number(year, 4)] => (year, week),
        [Number(year, 4), Sign(_), WeekWord, Number(week, 1 | 2)] | [Number(year, 4), WeekWord, Number(week, 1 | 2)] => {
            (year, week)
        }
        [Number(week, 1 | 2), YearWord, Number(year, 4)] => (year, week),
        _ => return None,
    };
    let year = i32::try_from(year).ok().filter(|year| (1900..=2200).contains(year))?;
    let monday = NaiveDate::from_isoywd_opt(year, week, Weekday::Mon)?;
    Some(Period { from: monday, to: NaiveDate::from_isoywd_opt(year, week, Weekday::Sun)? })
}

/// "Tuần 2 tháng 4/2024": the second seven days of the month, as communes count; the fifth week is what is left of it.
fn week_of_month(pieces: &[Piece]) -> Option<Period> {
    use Piece::{MonthWord, Number, Sign, Tee, WeekWord, YearWord};
    let (week, rest) = match pieces {
        [WeekWord, Number(week @ 1..=5, _), Sign('-'), rest @ ..] | [WeekWord, Number(week @ 1..=5, _), rest @ ..] => {
            (*week, rest)
        }
        _ => return None,
    };
    let (month, year) = match *rest {
        [MonthWord | Tee, Number(month, 1 | 2), YearWord | Sign(_), Number(year, 4)] => (month, year),
        [MonthWord | Tee, Number(month, 1 | 2), Number(year, 4)] => (month, year),
        _ => return None,
    };
    let from = ymd(year, month, 7 * (week - 1) + 1)?;
    let seventh = from.checked_add_days(chrono::Days::new(6))?;
    let next = if month == 12 { ymd(year + 1, 1, 1)? } else { ymd(year, month + 1, 1)? };
    Some(Period { from, to: seventh.min(next.pred_opt()?) })
}

pub(super) fn month(pieces: &[Piece]) -> Option<Period> {
    use Piece::{MonthWord, Number, Sign, YearWord};
    let (month, year) = match *pieces {
        [MonthWord, Number(month, 1 | 2), YearWord | Sign(_), Number(year, 4)] => (month, year),
        [MonthWord, Number(month, 1 | 2), Number(year, 4)] => (month, year),
        [Piece::Month(month), Number(year, 4)] => (month, year),
        _ => return None,
    };
    let from = ymd(year, month, 1)?;
    let next = if month == 12 { ymd(year + 1, 1, 1)? } else { ymd(year, month + 1, 1)? };
    Some(Period { from, to: next.pred_opt()? })
}

/// A year of two digits is of this century.
fn century(year: u32, digits: usize) -> u32 {
    if digits == 2 { 2000 + year } else { year }
}

fn ymd(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    if !(1900..=2200).contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<String> {
        let period = read(text, Order::DayFirst)?;
        Some(format!("{} {}", period.from, period.to))
    }

    #[test]
    fn ranges_are_periods() {
        for text in [
            "05/04/2024 - 11/04/2024",
            "Tuần 15 năm 2024 (Từ ngày 05/04/2024 đến ngày 11/04/2024)",
            "Từ ngày 05/04/2024 đến ngày 11/04/2024",
            "05-11/4/2024",
            "05/4 – 11/4/2024",
            "từ 5 đến 11/4/2024",
            "5/4/24-11/4/24",
            "từ ngày 05 tháng 4 đến ngày 11 tháng 4 năm 2024",
            "2024-04-05 đến 2024-04-11",
            "Tuần 15: 05/04/2024-11/04/2024",
            "Tuần lễ 15 (05/4 – 11/4/2024)",
            "Kỳ 15: 05/4-11/4/2024",
            "Kỳ: 05/4 - 11/4/2024",
            "Tuần 15 năm 2024, từ ngày 05/4 đến ngày 11/4",
            "Tuần 15/2024 (05/4-11/4)",
        ] {
            assert_eq!(found(text).as_deref(), Some("2024-04-05 2024-04-11"), "{text}");
        }
        assert_eq!(found("29/12/2023-04/01/2024").as_deref(), Some("2023-12-29 2024-01-04"));
        assert_eq!(found("29/12 - 4/1/2024").as_deref(), Some("2023-12-29 2024-01-04"));
    }

    #[test]
    fn days_weeks_and_months_are_told_apart() {
        for text in ["ngày 05 tháng 4 năm 2024", "5/4/24", "5-Apr-24", "5 April 2024", "5.4.2024", "20240405", "Kỳ 5/4/2024"]
        {
            assert_eq!(found(text).as_deref(), Some("2024-04-05 2024-04-05"), "{text}");
        }
        for text in ["T15/2024", "W15 2024", "2024-w15", "Tuần thứ 15 năm 2024", "Tuần 15-2024", "15 năm 2024", "2024W15"]
        {
            assert_eq!(found(text).as_deref(), Some("2024-04-08 2024-04-14"), "{text}");
        }
        for text in ["Tháng 4/2024", "tháng 4 năm 2024", "Apr 2024"] {
            assert_eq!(found(text).as_deref(), Some("2024-04-01 2024-04-30"), "{text}");
        }
    }

    #[test]
    fn weeks_of_a_month_are_no_weeks_of_the_year() {
        for text in ["Tuần 2 tháng 4/2024", "tuần 2, tháng 4 năm 2024", "Tuần 2 - T4/2024", "Tuần thứ 2 tháng 04/2024"]
        {
            assert_eq!(found(text).as_deref(), Some("2024-04-08 2024-04-14"), "{text}");
        }
        assert_eq!(found("Tuần 5 tháng 2/2024").as_deref(), Some("2024-02-29 2024-02-29"));
        assert_eq!(found("Tuần 5 tháng 2/2023"), None);
    }

    #[test]
    fn what_does_not_say_which_is_not_read() {
        for text in [
            "Kỳ 2 tháng 4/2024",
            "Kỳ 15 tháng 4 năm 2024",
            "Tuần 15",
            "T4/2024",
            "04/2024",
            "15/2024",
            "45387",
            "05-11/4",
            "11/04/2024 - 05/04/2024",
            "hôm nay",
            "",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
        assert!(has_short_year("5/4/24") && has_short_year("5-Apr-24") && !has_short_year("5/4/2024"));
    }
}

//! Texts that say when: years, quarters, months and weeks by number, days and ranges.

use super::dates::{self, Order, Period};
use super::text::fold;

/// Words before the number of a part of a year.
const WORDS: [&str; 6] = ["nam", "quy", "thang", "tuan", "month", "week"];
/// Quarters as offices write them.
const QUARTERS: [&str; 4] = ["i", "ii", "iii", "iv"];

/// The number of a year, a quarter, a month or a week: 3 of "Tháng 3", 2 of "Quý II" and of "II".
pub fn number(text: &str) -> Option<u32> {
    let bare = fold(text);
    let number = WORDS.iter().find_map(|word| bare.strip_prefix(word)).unwrap_or(&bare).trim();
    let quarter = || QUARTERS.iter().position(|quarter| *quarter == number).map(|at| at as u32 + 1);
    number.parse().ok().filter(|number| *number < 3000).or_else(quarter)
}

/// Whether a text is the number or the name of a year, a quarter, a month or a week, or a day or range.
pub fn is_period(text: &str) -> bool {
    number(text).is_some() || dates::period_in(text, Order::DayFirst).is_some()
}

/// Words that stand about a day: "7h00 ngày 10/9/2024", "sáng 10/9/2024".
const ABOUT: [&str; 8] = ["ngay", "luc", "sang", "trua", "chieu", "toi", "gio", "den"];

/// The day or range of a text, with the time of day and words about it or without.
pub fn period(text: &str) -> Option<Period> {
    let is_clock = |word: &str| {
        let folded = fold(word);
        let digits = folded.trim_end_matches(|c: char| c.is_ascii_digit());
        let clock = digits.strip_suffix(['h', 'g', ':']).is_some_and(|hour| hour.len() <= 2 && hour.parse::<u32>().is_ok());
        clock || ABOUT.contains(&folded.as_str())
    };
    let whole = dates::period_in(text, Order::DayFirst);
    whole.or_else(|| {
        let words: Vec<&str> = text.split([' ', ',', '(', ')']).filter(|word| !word.is_empty() && !is_clock(word)).collect();
        dates::period_in(&words.join(" "), Order::DayFirst)
    })
}

/// Whether a text says by itself that it is a time: "Tuần 14", "05/4/2024", but not "14".
pub fn says_when(text: &str) -> bool {
    let bare = fold(text);
    let worded = WORDS.iter().any(|word| bare.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic)));
    worded && number(text).is_some() || period(text).is_some()
}

//! A number as people write it, taken apart: sign or brackets, digits with the signs between them, power of ten, unit.

use std::borrow::Cow;

/// Blanks that stand between groups of three digits.
pub const BLANKS: [char; 4] = [' ', '\u{a0}', '\u{202f}', '\u{2009}'];

/// Units that may follow a number in a cell, in the spelling that [`unit`] gives.
const UNITS: [&str; 32] = [
    "%",
    "‰",
    "ha",
    "m2",
    "km2",
    "m",
    "km",
    "mm",
    "cm",
    "°c",
    "kg",
    "tạ",
    "tấn",
    "t",
    "kg/ha",
    "tạ/ha",
    "tấn/ha",
    "t/ha",
    "con",
    "con/m2",
    "con/khóm",
    "con/bẫy",
    "hộ",
    "người",
    "ngày",
    "đồng",
    "triệu đồng",
    "tỷ đồng",
    "sản phẩm",
    "mẫu",
    "máy",
    "cơ sở",
];

/// A number, taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Written<'a> {
    /// Below nought: a minus sign, or in brackets as book-keepers write it
    pub negative: bool,
    /// Digits with dots and commas, without blanks between groups
    pub digits: Cow<'a, str>,
    /// Blanks stand between groups of three, so a dot or comma behind them is the decimal sign
    pub blanks: bool,
    /// Power of ten, so a dot or comma before it is the decimal sign
    pub exponent: Option<i32>,
    /// The unit behind it, as written
    pub unit: &'a str,
}

/// Whether a text is a unit and nothing else.
pub fn is_unit(text: &str) -> bool {
    UNITS.contains(&unit(text).as_str())
}

/// One spelling for each unit.
pub fn unit(text: &str) -> String {
    let plain = text.trim().to_lowercase().replace('²', "2").replace(BLANKS, " ");
    match plain.as_str() {
        "hecta" | "héc-ta" | "hécta" | "héc ta" => "ha".to_owned(),
        "triệu" | "tr.đ" | "trđ" => "triệu đồng".to_owned(),
        _ => plain,
    }
}

/// Whether two texts mean one unit.
pub fn same_unit(a: &str, b: &str) -> bool {
    unit(a) == unit(b)
}

/// Takes a text apart. `None` if it is no number.
pub fn take_apart(text: &str) -> Option<Written<'_>> {
    let text = text.trim();
    let (inner, bracketed) = match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (inner.trim(), true),
        None => (text, false),
    };
    let (minus, unsigned) = match inner.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, inner.strip_prefix('+').unwrap_or(inner)),
    };
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',') || bracketed && minus {
        return None;
    }
    let end = end_of_digits(unsigned);
    let (digits, rest) = unsigned.split_at(end);
    if !digits.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (exponent, rest) = match power(rest) {
        Some((exponent, rest)) => (Some(exponent), rest),
        None => (None, rest),
    };
    let behind = rest.trim();
    if !behind.is_empty() && !UNITS.contains(&unit(behind).as_str()) {
        return None;
    }
    let blanks = digits.contains(BLANKS);
    if blanks && !in_threes(digits) {
        return None;
    }
    let digits = if blanks { Cow::Owned(digits.replace(BLANKS, "")) } else { Cow::Borrowed(digits) };
    Some(Written { negative: minus || bracketed, digits, blanks, exponent, unit: behind })
}

/// Where digits, dots, commas and blanks between digits end.
fn end_of_digits(text: &str) -> usize {
    let mut end = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let digit_ahead = characters.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        match character {
            '0'..='9' | '.' | ',' => end = at + 1,
            blank if BLANKS.contains(&blank) && digit_ahead => {}
            _ => break,
        }
    }
    end
}

/// A power of ten such as `E+03`, and what follows it.
fn power(text: &str) -> Option<(i32, &str)> {
    let rest = text.strip_prefix(['e', 'E'])?;
    let digits = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let length = rest.len() - digits.len() + end;
    let exponent = rest[..length].trim_start_matches('+').parse().ok().filter(|_| end > 0)?;
    Some((exponent, &rest[length..]))
}

/// Whether blanks part the whole number into groups of three.
fn in_threes(digits: &str) -> bool {
    let (whole, fraction) = digits.split_at(digits.find(['.', ',']).unwrap_or(digits.len()));
    let mut groups = whole.split(BLANKS);
    let first = groups.next().unwrap_or_default();
    !fraction.contains(BLANKS) && (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_apart() {
        let found = take_apart("1\u{a0}234,567 ha").expect("a number");
        assert_eq!((found.digits.as_ref(), found.blanks, found.unit), ("1234,567", true, "ha"));
        let found = take_apart("(12,5)").expect("a number");
        assert_eq!((found.negative, found.digits.as_ref()), (true, "12,5"));
        let found = take_apart("1,5E+03").expect("a number");
        assert_eq!((found.exponent, found.digits.as_ref()), (Some(3), "1,5"));
        assert_eq!(take_apart("12,5%").map(|found| found.unit), Some("%"));
    }

    #[test]
    fn words_codes_and_ranges_are_no_numbers() {
        for text in ["<1", "1-2", "~3", "12a", "F-0001", "1 23", "12 3456", "05 tháng 4", "1'234", "ha", ".", "", "12 13"] {
            assert_eq!(take_apart(text), None, "{text}");
        }
    }
}

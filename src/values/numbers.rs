//! Writing numbers for people: `1.234,5` in Vietnamese, `1,234.5` in English.

use super::text::Lang;

/// A number with grouped thousands and a fixed count of decimals. A true minus sign is used.
pub fn format(number: f64, decimals: usize, lang: Lang) -> String {
    let (group, point) = match lang {
        Lang::Vi => ('.', ','),
        Lang::En => (',', '.'),
    };
    let plain = rounded(number.abs(), decimals);
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::with_capacity(plain.len() + plain.len() / 3 + 3);
    if number < 0.0 && !is_nothing(&plain) {
        text.push('\u{2212}');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            text.push(group);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(point);
        text.push_str(fraction);
    }
    text
}

/// Decimal digits of a number that is not negative, rounded half up on the decimal value that people wrote: 5.85 is 5.9, although the
/// nearest binary fraction lies below.
fn rounded(number: f64, decimals: usize) -> String {
    let shortest = written(number).to_string();
    let Some((whole, fraction)) = shortest.split_once('.').filter(|(_, fraction)| fraction.len() > decimals) else {
        return format!("{number:.decimals$}");
    };
    // The shortest text that means this number; what is cut off it decides.
    let up = fraction.as_bytes()[decimals] >= b'5';
    let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes().take(decimals)).collect();
    if up {
        // The last digit that is no 9 takes the one; those behind it become 0.
        let kept = digits.iter().rposition(|digit| *digit != b'9');
        let behind = kept.map_or(0, |at| at + 1);
        digits[behind..].fill(b'0');
        match kept {
            Some(at) => digits[at] += 1,
            None => digits.insert(0, b'1'),
        }
    }
    let mut text: String = digits.into_iter().map(char::from).collect();
    if decimals > 0 {
        text.insert(text.len() - decimals, '.');
    }
    text
}

/// A difference of two decimal numbers as people would write it: 12.3 − 15.45 is 3.15, although the nearest binary fractions are 3.1499….
fn written(number: f64) -> f64 {
    const STEPS: f64 = 1e9;
    // Larger numbers have no digit to spare.
    if number < 1e6 { (number * STEPS).round() / STEPS } else { number }
}

/// What percentage a part is of a whole; never over 100 for what is not larger.
pub fn percent(part: f64, whole: f64) -> f64 {
    let percent = 100.0 * part / whole;
    if part <= whole { percent.min(100.0) } else { percent }
}

/// As [`format()`], in Vietnamese and in English: for messages, which carry both.
pub fn both(number: f64, decimals: usize) -> [String; 2] {
    [Lang::Vi, Lang::En].map(|lang| format(number, decimals, lang))
}

/// As [`format()`], with as many decimals as the size of the number deserves and no trailing zeros.
pub fn format_short(number: f64, lang: Lang) -> String {
    let size = number.abs();
    let decimals = if size >= 100.0 || number.fract() == 0.0 {
        0
    } else if size >= 1.0 {
        1
    } else {
        2
    };
    trim_zeros(format(number, decimals, lang), lang)
}

/// As [`format()`], with at most so many decimals and no trailing zeros.
pub fn format_up_to(number: f64, decimals: usize, lang: Lang) -> String {
    let text = format(number, decimals, lang);
    trim_zeros(text, lang)
}

/// With a sign in front, for changes: `+12,5`, `−3`, `0`.
pub fn format_change(number: f64, decimals: usize, lang: Lang) -> String {
    let text = format(number, decimals, lang);
    if number > 0.0 && !is_nothing(&text) { format!("+{text}") } else { text }
}

/// Whether a number as it is written is nothing: `0`, `0,0`.
pub fn is_nothing(written: &str) -> bool {
    !written.bytes().any(|byte| (b'1'..=b'9').contains(&byte))
}

/// The fewest decimals (at most six) that write every number exactly enough to tell it from the others.
pub fn decimals_needed(numbers: &[f64]) -> usize {
    // What is nothing beside the others is the dust of computing with them.
    let largest = numbers.iter().fold(0.0f64, |most, number| most.max(number.abs()));
    let numbers: Vec<f64> = numbers.iter().copied().filter(|number| number.abs() >= largest * 1e-12).collect();
    (0..=6)
        .find(|&decimals| {
            let scale = 10f64.powi(decimals as i32);
            numbers.iter().all(|n| ((n * scale).round() / scale - n).abs() <= n.abs().max(1e-9) * 1e-9)
        })
        .unwrap_or(6)
}

fn trim_zeros(text: String, lang: Lang) -> String {
    let point = match lang {
        Lang::Vi => ',',
        Lang::En => '.',
    };
    match text.split_once(point) {
        Some((whole, fraction)) => {
            let fraction = fraction.trim_end_matches('0');
            if fraction.is_empty() { whole.to_owned() } else { format!("{whole}{point}{fraction}") }
        }
        None => text,
    }
}

/// For machine-readable tables: dot decimal, at most `decimals` of them, no trailing zeros, never "-0".
pub fn plain(number: f64, decimals: usize) -> String {
    let sign = if number < 0.0 { "-" } else { "" };
    let mut text = format!("{sign}{}", rounded(number.abs(), decimals));
    if text.contains('.') {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    if text == "-0" { "0".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_numbers_use_a_comma_for_decimals() {
        assert_eq!(format(1234.5, 1, Lang::Vi), "1.234,5");
        assert_eq!(format(1234567.0, 0, Lang::En), "1,234,567");
        assert_eq!(format(-0.04, 1, Lang::Vi), "0,0");
        assert_eq!(format(-12.0, 0, Lang::Vi), "−12");
    }

    #[test]
    fn halves_round_away_from_zero_on_the_decimal_value() {
        for (number, text) in [
            (5.85, "5,9"),
            (0.25, "0,3"),
            (-0.25, "−0,3"),
            (9.95, "10,0"),
            (99.96, "100,0"),
            (1e20, "100.000.000.000.000.000.000,0"),
        ] {
            assert_eq!(format(number, 1, Lang::Vi), text);
        }
        assert_eq!((plain(2.675, 2), plain(0.5, 0), plain(999.5, 0)), ("2.68".into(), "1".into(), "1000".into()));
    }

    #[test]
    fn short_and_plain_forms_drop_zeros() {
        assert_eq!(format_short(12.04, Lang::Vi), "12");
        assert_eq!(format_short(1.25, Lang::Vi), "1,3");
        assert_eq!([3.0, 3000.5, 0.1234].map(|number| format_up_to(number, 3, Lang::Vi)), ["3", "3.000,5", "0,123"]);
        assert_eq!(plain(2.50, 6), "2.5");
        assert_eq!(plain(-0.0000001, 6), "0");
        assert_eq!(decimals_needed(&[0.5, 1.0, 2.25]), 2);
    }
}

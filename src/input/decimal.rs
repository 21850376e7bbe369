//! Numbers as text: which sign is the decimal one is declared, or proved by the file itself; it is never guessed.

pub use crate::values::Decimal;

use super::{Column, Table, counting};
use crate::message;
use crate::run::{Fault, Place, Result};
use crate::values::written::take_apart;

/// What one text says about the decimal sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Nothing,
    Only(Decimal),
    /// Could be a thousand or a fraction
    Either,
}

/// Texts that mean an empty cell in a column of numbers.
pub fn is_blank(text: &str) -> bool {
    matches!(
        text,
        "" | "-" | "–" | "—" | "." | ".." | "…" | "..." | "NA" | "N/A" | "n/a" | "na" | "NaN" | "nan" | "null" | "NULL"
    )
}

fn says(text: &str) -> Says {
    let Some(written) = take_apart(text).filter(|written| written.exponent.is_none()) else { return Says::Nothing };
    let digits = written.digits.as_ref();
    let dots = digits.matches('.').count();
    let commas = digits.matches(',').count();
    match (dots, commas) {
        (0, 0) => Says::Nothing,
        (1, 0) if written.blanks => Says::Only(Decimal::Dot),
        (0, 1) if written.blanks => Says::Only(Decimal::Comma),
        (1, 0) => one_sign(digits, '.', Decimal::Dot),
        (0, 1) => one_sign(digits, ',', Decimal::Comma),
        (0, _) => Says::Only(Decimal::Dot),
        (_, 0) => Says::Only(Decimal::Comma),
        _ if digits.rfind('.') > digits.rfind(',') => Says::Only(Decimal::Dot),
        _ => Says::Only(Decimal::Comma),
    }
}

/// "1,234" may be a thousand; "0,123", "12,5" and "1234,567" cannot.
fn one_sign(digits: &str, sign: char, decimal: Decimal) -> Says {
    match digits.split_once(sign) {
        Some((whole, fraction)) if fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0') => {
            Says::Either
        }
        _ => Says::Only(decimal),
    }
}

/// Finds the decimal sign that the numbers of a file prove. `None` if no number has any sign.
///
/// `texts` yields each distinct text with a token from which `place` tells where it stands. The proof comes back too.
pub fn detect<'a, T: Copy>(
    file: &str,
    texts: impl Iterator<Item = (&'a str, T)>,
    place: impl Fn(T) -> Place,
) -> Result<Option<(Decimal, String)>> {
    let mut proof: [Option<(&str, Place)>; 2] = [None, None];
    let mut either: Option<(&str, Place)> = None;
    for (text, token) in texts {
        match says(text) {
            Says::Nothing => {}
            Says::Either => {
                either.get_or_insert_with(|| (text, place(token)));
            }
            Says::Only(decimal) => {
                proof[decimal as usize].get_or_insert_with(|| (text, place(token)));
            }
        }
    }
    match (proof, either) {
        ([Some((dot, _)), Some((comma, place))], _) => Err(Fault::new(
            "mixed-decimals",
            place,
            message!(
                "tệp dùng lẫn hai kiểu số thập phân: \"{dot}\" và \"{comma}\"",
                "the file mixes two kinds of decimals: \"{dot}\" and \"{comma}\""
            ),
        )
        .hint(message!(
            "khai báo decimal = \",\" hoặc \".\" cho bảng này; các số không hợp sẽ được liệt kê",
            "declare decimal = \",\" or \".\" for this table; numbers that do not fit are then listed"
        ))),
        ([Some((dot, _)), None], _) => Ok(Some((Decimal::Dot, dot.to_owned()))),
        ([None, Some((comma, _))], _) => Ok(Some((Decimal::Comma, comma.to_owned()))),
        ([None, None], Some((text, place))) => Err(Fault::new(
            "ambiguous-decimal",
            place,
            message!(
                "\"{text}\" có thể là một nghìn mấy hoặc một phẩy mấy, và không số nào khác trong {file} cho biết",
                "\"{text}\" may be a thousand or a fraction, and no other number in {file} tells which"
            ),
        )
        .hint(message!(
            "khai báo decimal = \",\" (1,234 là một phẩy hai) hoặc decimal = \".\" cho bảng này",
            "declare decimal = \",\" (1,234 is one point two) or decimal = \".\" for this table"
        ))),
        ([None, None], None) => Ok(None),
    }
}

/// Reads a number written with a known decimal sign; thousands may be grouped by the other sign or by blanks. `None` if it is no such
/// number. A unit behind it does not change the number: see [`super::numeric::read`] for whether it is the one of its column.
pub fn parse(text: &str, decimal: Decimal) -> Option<f64> {
    let text = text.trim();
    if decimal == Decimal::Dot && text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-') {
        return text.parse().ok().filter(|number: &f64| number.is_finite());
    }
    let written = take_apart(text)?;
    let digits = written.digits.as_ref();
    let (point, group) = match decimal {
        Decimal::Dot => ('.', ','),
        Decimal::Comma => (',', '.'),
    };
    let mut plain = String::with_capacity(text.len() + 4);
    if written.negative {
        plain.push('-');
    }
    if let Some(exponent) = written.exponent {
        // Before a power of ten the one sign is the decimal one.
        if digits.matches(['.', ',']).count() > 1 {
            return None;
        }
        plain.push_str(&digits.replace(',', "."));
        plain.push_str(&format!("e{exponent}"));
    } else {
        let (whole, fraction) = digits.split_once(point).unwrap_or((digits, ""));
        let mut groups = whole.split(group);
        plain.push_str(groups.next().unwrap_or(""));
        for group in groups {
            if written.blanks || group.len() != 3 {
                return None;
            }
            plain.push_str(group);
        }
        if !fraction.is_empty() {
            plain.push('.');
            plain.push_str(fraction);
        }
        if plain.bytes().any(|b| !(b.is_ascii_digit() || matches!(b, b'.' | b'-'))) {
            return None;
        }
    }
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

/// The decimal sign of some columns: declared, or proved by the file. A file that proves nothing has only whole numbers.
pub fn of_columns(table: &Table, columns: &[&str], declared: Option<Decimal>) -> Result<Decimal> {
    if let (Some((_, fault)), None) = (table.unsettled.iter().find(|(name, _)| columns.contains(&name.as_str())), declared) {
        return Err(fault.clone());
    }
    if let Some(sign) = table.decimal.or(declared) {
        return Ok(sign);
    }
    let mut texts = Vec::new();
    for name in columns {
        let column = table.require(name)?;
        texts.extend(column.dictionary.iter().enumerate().map(|(code, text)| (text, (column, code as u32))));
    }
    let place = |(column, code): (&Column, u32)| {
        let row = column.codes.iter().position(|&found| found == code).unwrap_or(0);
        table.place(row, &column.name, column.dictionary.get(code))
    };
    let sign = detect(&table.file, texts.into_iter(), place)?.map_or(Decimal::Dot, |(sign, _)| sign);
    for column in columns.iter().filter_map(|name| table.column(name)).filter(|column| counting::is_counted(&column.name)) {
        let part = column.dictionary.iter().enumerate().find(|(_, text)| is_part_of_one(text, sign));
        if let Some((code, text)) = part {
            return Err(counting::part_of_one(text, place((column, code as u32))));
        }
    }
    Ok(sign)
}

/// Whether a text that may be a thousand is a fraction by a sign: "1.250" by the dot.
pub fn is_part_of_one(text: &str, sign: Decimal) -> bool {
    says(text) == Says::Either && parse(text, sign).is_some_and(|number| number.fract() != 0.0)
}

/// The sign of columns of positions in degrees: "105.190" cannot be a hundred thousand degrees.
pub fn of_degrees(table: &Table, columns: &[&str], declared: Option<Decimal>) -> Result<Decimal> {
    let found = of_columns(table, columns, declared);
    let fits = |sign: Decimal| {
        let texts = columns.iter().filter_map(|name| table.column(name)).flat_map(|column| column.dictionary.iter());
        texts.filter_map(|text| parse(text, sign)).all(|degrees| degrees.abs() <= 180.0)
    };
    match found {
        Err(fault) if fault.code == "ambiguous-decimal" => {
            let [dot, comma] = [Decimal::Dot, Decimal::Comma].map(fits);
            if dot == comma { Err(fault) } else { Ok(if dot { Decimal::Dot } else { Decimal::Comma }) }
        }
        found => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(texts: &[&str]) -> Result<Option<Decimal>> {
        let found = detect("t.csv", texts.iter().map(|text| (*text, ())), |()| Place::file("t.csv"))?;
        Ok(found.map(|(decimal, _)| decimal))
    }

    #[test]
    fn proof_decides_and_doubt_is_refused() {
        assert_eq!(found(&["1", "20"]), Ok(None));
        assert_eq!(found(&["1,234", "12,5"]), Ok(Some(Decimal::Comma)));
        assert_eq!(found(&["1.234", "0.500"]), Ok(Some(Decimal::Dot)));
        assert_eq!(found(&["1.234.567"]), Ok(Some(Decimal::Comma)));
        assert_eq!(found(&["1.234,5"]), Ok(Some(Decimal::Comma)));
        assert_eq!(found(&["1,234"]).map_err(|f| f.code), Err("ambiguous-decimal"));
        assert_eq!(found(&["1\u{202f}234,567"]), Ok(Some(Decimal::Comma)));
        assert_eq!(found(&["0,125 %", "12 ha"]), Ok(Some(Decimal::Comma)));
        assert_eq!(found(&["1,234%"]).map_err(|f| f.code), Err("ambiguous-decimal"));
        assert_eq!(found(&["2.99E+04", "1,5"]), Ok(Some(Decimal::Comma)));
        assert_eq!(found(&["1,5", "1.5"]).map_err(|f| f.code), Err("mixed-decimals"));
    }

    #[test]
    fn numbers_are_read_by_the_declared_sign() {
        assert_eq!(parse("31.378,1", Decimal::Comma), Some(31378.1));
        assert_eq!(parse("1,234", Decimal::Dot), Some(1234.0));
        assert_eq!(parse("1 234,5", Decimal::Comma), Some(1234.5));
        assert_eq!(parse("126,67 %", Decimal::Comma), Some(126.67));
        assert_eq!(parse("1.5", Decimal::Comma), None);
        assert_eq!(parse("inf", Decimal::Dot), None);
        assert_eq!(parse("1e999", Decimal::Dot), None);
        assert_eq!(parse("−3,5", Decimal::Comma), Some(-3.5));
        assert_eq!(parse("(12,5)", Decimal::Comma), Some(-12.5));
        assert_eq!(parse("1,5E+03", Decimal::Dot), Some(1500.0));
        assert_eq!(parse("2.345,5 ha", Decimal::Comma), Some(2345.5));
        assert_eq!(parse("1 234.567,8", Decimal::Comma), None);
    }
}

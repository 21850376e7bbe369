//! Columns of the tables that models read: found by role or by name, numbers read with what is wrong listed.

use super::{Decimal, Table, decimal};
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::dates;
use chrono::NaiveDate;

/// The numbers of a column. What is no number, or negative where that cannot be, is listed and missing.
pub fn numbers(table: &Table, name: &str, sign: Decimal, positive: bool, problems: &mut Problems) -> Result<Vec<Option<f64>>> {
    let column = table.require(name)?;
    let parsed =
        column.parse(|text| decimal::parse(text, sign).filter(|number| number.is_finite() && (!positive || *number >= 0.0)));
    let bad: Vec<bool> =
        parsed.iter().zip(column.dictionary.iter()).map(|(found, text)| found.is_none() && !decimal::is_blank(text)).collect();
    for (row, code) in table.rows_where(column, &bad) {
        problems.error(
            "bad-number",
            table.place(row, name, column.dictionary.get(code)),
            if positive {
                message!(
                    "phải là một số từ 0 trở lên; coi như không có số liệu",
                    "a number from 0 on was expected; taken as missing"
                )
            } else {
                message!("phải là một số; coi như không có số liệu", "a number was expected; taken as missing")
            },
            None,
        );
    }
    Ok(column.codes.iter().map(|&code| parsed.get(code as usize).copied().flatten()).collect())
}

/// The decimal sign of degrees. "105.199" could be a hundred thousand anywhere else, but there is no such longitude.
pub fn sign_of_degrees(table: &Table, names: &[&str]) -> Result<Decimal> {
    decimal::of_columns(table, names, None).or_else(|fault| {
        let is_degree =
            |text: &str| decimal::is_blank(text) || decimal::parse(text, Decimal::Dot).is_some_and(|n| n.abs() <= 180.0);
        for name in names {
            if !table.require(name)?.dictionary.iter().all(is_degree) {
                return Err(fault);
            }
        }
        Ok(Decimal::Dot)
    })
}

/// Days that lie further than this from all others are slips.
const STRAY: i64 = 400;

/// Refuses a last day that lies more than a year after all others: a slip in a year would make everything before it old.
pub fn stray_day(table: &Table, days: &mut Vec<NaiveDate>) -> Result<()> {
    days.sort_unstable();
    days.dedup();
    let Some((&last, before)) = days.split_last() else { return Ok(()) };
    let Some(&before) = before.last().filter(|before| (last - **before).num_days() > STRAY) else { return Ok(()) };
    let (stray, usual) = (dates::format_day(last), dates::format_day(before));
    let message = message!(
        "ngày {stray} cách ngày liền trước ({usual}) hơn một năm: có lẽ viết sai năm",
        "{stray} lies more than a year after the day before it ({usual}): its year is probably wrong"
    );
    Err(Fault::new("stray-date", Place::file(&table.file).value(stray), message))
}

/// Lists a row without a day or week.
pub fn bad_day(table: &Table, row: usize, column: &str, value: &str, problems: &mut Problems) {
    problems.error(
        "bad-date",
        table.place(row, column, value),
        message!("không hiểu ngày hoặc tuần này; dòng không được tính", "cannot read this day or week; the row is not counted"),
        None,
    );
}

/// Columns, other than the keys, in which at least half of the distinct texts are numbers that measure something.
pub fn columns(table: &Table, keys: &[&str]) -> Vec<String> {
    let is_number = |text: &str| decimal::parse(text, Decimal::Dot).or_else(|| decimal::parse(text, Decimal::Comma)).is_some();
    table
        .columns
        .iter()
        .filter(|column| !keys.contains(&column.name.as_str()) && super::identifiers::of(column).is_none())
        .filter(|column| {
            let texts = column.dictionary.iter().filter(|text| !decimal::is_blank(text)).count();
            texts > 0 && 2 * column.dictionary.iter().filter(|text| is_number(text)).count() >= texts
        })
        .map(|column| column.name.clone())
        .collect()
}

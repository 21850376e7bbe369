//! Columns of the tables that models read: found by role or by name, numbers read with what is wrong listed.

use super::{Column, Decimal, Table, decimal};
use crate::headings::rates;
use crate::message;
use crate::run::{Problems, Result};
use crate::values::written::{self, take_apart};
use crate::values::{Message, Quantity};

/// The numbers that the codes of a column mean. What is no number, not one that is accepted, or of another unit than the column, is
/// listed under `wrong` and missing; units behind the numbers are named.
pub fn read(
    table: &Table,
    name: &str,
    sign: Decimal,
    (accepts, wrong): (&dyn Fn(f64) -> bool, Message),
    problems: &mut Problems,
) -> Result<Vec<Option<f64>>> {
    let column = table.require(name)?;
    let unit = unit_of(column);
    let parsed = column.parse(|text| decimal::parse(text, sign).filter(|number| number.is_finite()));
    // Only what is more than digits can have a unit, and most columns have none.
    let behind = |text: &str| if text.bytes().all(|b| b.is_ascii_digit() || b == b'.') { None } else { written_unit(text) };
    let other: Vec<bool> = column.parse(|text| behind(text).is_some_and(|found| !written::same_unit(&found, &unit)));
    let mut numbers = parsed;
    let marks = if table.marks_declared { vec![false; numbers.len()] } else { marks(column, &numbers) };
    let bad: Vec<bool> = (0..numbers.len())
        .map(|code| {
            let fits = numbers[code].is_some_and(|number| accepts(number) && !other[code] && !marks[code]);
            !fits && !decimal::is_blank(column.dictionary.get(code as u32))
        })
        .collect();
    for (row, code) in table.rows_where(column, &bad) {
        let text = column.dictionary.get(code);
        let problem = match behind(text).filter(|_| other[code as usize]) {
            Some(found) if unit.is_empty() => message!(
                "ô này ghi đơn vị \"{found}\", các ô khác của cột thì không; ô không được tính",
                "this cell has the unit \"{found}\" and the others of the column have none; the cell is not counted"
            ),
            Some(found) => message!(
                "đơn vị \"{found}\" khác với đơn vị của cột (\"{unit}\"); ô không được tính",
                "the unit \"{found}\" is not that of the column (\"{unit}\"); the cell is not counted"
            ),
            None if marks[code as usize] => message!(
                "giống một dấu \"thiếu số liệu\" hơn là một số; ô không được tính",
                "looks like a mark of a missing value rather than a number; the cell is not counted"
            ),
            None => wrong.clone(),
        };
        let hint = marks[code as usize].then(|| {
            message!(
                "khai báo missing = [\"{text}\"] cho bảng này, hay missing = [] nếu là số thật",
                "declare missing = [\"{text}\"] for this table, or missing = [] if the number is real"
            )
        });
        problems.error("bad-number", table.place(row, name, text), problem, hint);
    }
    numbers.iter_mut().zip(&bad).filter(|(_, bad)| **bad).for_each(|(number, _)| *number = None);
    name_unit(table, column, &unit, problems);
    Ok(numbers)
}

/// Numbers of nines alone that are ten times any other: what loggers and registers write for a missing value.
fn marks(column: &Column, numbers: &[Option<f64>]) -> Vec<bool> {
    let nines = |text: &str| {
        let digits = text.trim_start_matches(['-', '\u{2212}']);
        let whole = digits.strip_suffix(".0").unwrap_or(digits);
        whole.len() >= 2 && whole.bytes().all(|byte| byte == b'9')
    };
    let suspect: Vec<bool> = column.parse(nines);
    let others = || numbers.iter().zip(&suspect).filter(|(_, suspect)| !**suspect).filter_map(|(number, _)| *number);
    let largest = others().fold(0.0f64, |largest, number| largest.max(number.abs()));
    let all_above = others().all(|number| number >= 0.0);
    let stands_out = |number: f64| number.abs() > 10.0 * largest && number.abs() >= 999.0 || number < 0.0 && all_above;
    let known = others().next().is_some();
    numbers.iter().zip(&suspect).map(|(number, suspect)| known && *suspect && number.is_some_and(stands_out)).collect()
}

/// The unit behind a number, if there is one.
fn written_unit(text: &str) -> Option<String> {
    Some(written::unit(take_apart(text)?.unit)).filter(|unit| !unit.is_empty())
}

/// The unit of a column: as its heading has it in brackets, else the one behind most of its numbers.
pub fn unit_of(column: &Column) -> String {
    // "Diện tích (ha)", "dien_tich_ha", "ha".
    let last = column.name.rsplit([' ', '_']).next().map(written::unit).filter(|unit| unit == "ha" || unit == "%");
    let bracketed = column.name.rsplit_once(['(', '[']).map(|(_, rest)| written::unit(rest.trim_end_matches([')', ']'])));
    let mut rows: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    let units: Vec<Option<String>> = column.parse(written_unit);
    if units.iter().all(Option::is_none) {
        return bracketed.or(last).unwrap_or_default();
    }
    for unit in column.codes.iter().filter_map(|&code| units.get(code as usize)?.as_ref()) {
        *rows.entry(unit.clone()).or_default() += 1;
    }
    let known = bracketed.filter(|unit| take_apart(&format!("1 {unit}")).is_some());
    let (numbers, _) = figures(column);
    // One number with a per cent sign among plain ones makes no percentages of these, unless that is what they are called.
    let is_told = |(unit, count): &(String, usize)| {
        unit != "%" || 2 * count >= numbers || rates::quantity(&column.name) == Quantity::Intensive
    };
    let most = rows.into_iter().max_by_key(|(_, count)| *count).filter(is_told).map(|(unit, _)| unit);
    // "dien_tich_ha" over percentages is named badly; over quintals it tells which cells are wrong.
    known.or(last.filter(|_| most.as_deref() != Some("%"))).or(most).unwrap_or_default()
}

/// Says that cells carry a unit which was read as such.
fn name_unit(table: &Table, column: &Column, unit: &str, problems: &mut Problems) {
    let carries: Vec<bool> = column.parse(|text| written_unit(text).is_some_and(|found| found == unit && found != "%"));
    if !carries.contains(&true) {
        return;
    }
    let held = |code: &u32| carries.get(*code as usize) == Some(&true);
    let count = column.codes.iter().filter(|code| held(code)).count();
    let row = column.codes.iter().position(held).unwrap_or(0);
    problems.info(
        "unit-in-cell",
        table.place(row, &column.name, column.text(row).unwrap_or_default()),
        message!("{count} ô ghi đơn vị \"{unit}\" sau số", "{count} cells have the unit \"{unit}\" behind the number"),
        None,
    );
}

/// The numbers of the rows of a column. What is no number, or negative where that cannot be, is listed and missing.
pub fn numbers(table: &Table, name: &str, sign: Decimal, positive: bool, problems: &mut Problems) -> Result<Vec<Option<f64>>> {
    let wrong = match positive {
        true => {
            message!("phải là một số từ 0 trở lên; coi như không có số liệu", "a number from 0 on was expected; taken as missing")
        }
        false => message!("phải là một số; coi như không có số liệu", "a number was expected; taken as missing"),
    };
    let parsed = read(table, name, sign, (&|number| !positive || number >= 0.0, wrong), problems)?;
    Ok(table.require(name)?.codes.iter().map(|&code| parsed.get(code as usize).copied().flatten()).collect())
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

/// Lists a row without a day or week.
pub fn bad_day(table: &Table, row: usize, column: &str, value: &str, problems: &mut Problems) {
    problems.error(
        "bad-date",
        table.place(row, column, value),
        message!("không hiểu ngày hoặc tuần này; dòng không được tính", "cannot read this day or week; the row is not counted"),
        None,
    );
}

/// Columns, other than the keys, in which at least half of the cells are numbers that measure something.
pub fn columns(table: &Table, keys: &[&str]) -> Vec<String> {
    let others = table.columns.iter().filter(|column| !keys.contains(&column.name.as_str()));
    let measures = others.filter(|column| super::identifiers::of(column).is_none());
    let mostly = measures.filter(|column| {
        let (numbers, held) = figures(column);
        numbers > 0 && 2 * numbers >= held
    });
    mostly.map(|column| column.name.clone()).collect()
}

/// How many cells of a column are numbers, and how many hold anything.
pub fn figures(column: &Column) -> (usize, usize) {
    let is_number = |text: &str| decimal::parse(text, Decimal::Dot).or_else(|| decimal::parse(text, Decimal::Comma)).is_some();
    let kinds: Vec<Option<bool>> = column.parse(|text| (!decimal::is_blank(text)).then(|| is_number(text)));
    let cells = column.codes.iter().filter_map(|&code| kinds.get(code as usize).copied().flatten());
    cells.fold((0, 0), |(numbers, held), number| (numbers + usize::from(number), held + 1))
}

/// A coordinate to a kilometre, for lists that go from hand to hand: the row tells which one it is.
pub fn coarse_position(text: &str, sign: Decimal) -> String {
    match decimal::parse(text, sign) {
        Some(degrees) if degrees.abs() <= 360.0 => format!("{degrees:.2}…"),
        Some(metres) => format!("{}… km", (metres / 1000.0).round()),
        // What is no number shows its form, and no more of its figures than a degree has.
        None => {
            let mut figures = 0;
            let cover = |c: char| {
                figures += usize::from(c.is_ascii_digit());
                if c.is_ascii_digit() && figures > 3 { '•' } else { c }
            };
            text.chars().map(cover).collect()
        }
    }
}

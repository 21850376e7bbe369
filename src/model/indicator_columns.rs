//! One column of an indicator table by commune: the unit of its rows, rows of one commune together.

use crate::headings::rates;
use crate::input::land_units;
use crate::input::{Column, Table, numeric};
use crate::join::KeyJoin;
use crate::join::keys::NONE;
use crate::message;
use crate::project::{Duplicates, IndicatorKeys};
use crate::run::{Fault, Problems, Result};
use crate::values::{Quantity, Value, exact};
use hashbrown::HashSet;

/// Keeps the numbers of the unit that most rows have: kilograms and tonnes below one another make no column.
fn keep_one_unit(table: &Table, name: &str, units: &Column, rows: &mut [Option<f64>], problems: &mut Problems) {
    let folded: Vec<String> = units.dictionary.iter().map(crate::values::text::fold).collect();
    let unit = |row: usize| folded.get(units.codes[row] as usize).map_or("", String::as_str);
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    // 0 is 0 in any unit, as in the columns that classes become.
    let tells = |number: Option<f64>| number.is_some_and(|number| number != 0.0);
    (0..rows.len()).filter(|row| tells(rows[*row])).for_each(|row| *counts.entry(unit(row)).or_default() += 1);
    if counts.len() < 2 {
        return;
    }
    let Some(most) = counts.into_iter().max_by_key(|(_, count)| *count).map(|(unit, _)| unit.to_owned()) else { return };
    for (row, number) in rows.iter_mut().enumerate().filter(|(row, number)| tells(**number) && unit(*row) != most) {
        let (own, text) = (units.text(row).unwrap_or_default(), number.map_or_else(String::new, |number| number.to_string()));
        problems.error(
            "other-unit",
            table.place(row, name, &text),
            message!(
                "đơn vị của dòng này là \"{own}\", của phần lớn các dòng khác là \"{most}\": không được tính",
                "the unit of this row is \"{own}\", that of most others \"{most}\": it is not counted"
            ),
            None,
        );
        *number = None;
    }
}

/// A column by commune.
pub(super) struct Read {
    /// Numbers
    pub(super) values: Vec<Value>,
    /// Commune and row of empty cells, of communes whose rows are added
    blank: Vec<(usize, usize)>,
}

impl Read {
    /// Communes of which one of two columns has numbers in rows where the other has none.
    pub(super) fn uneven(&self, other: &Read) -> HashSet<usize> {
        let only =
            |a: &Read, b: &Read| a.blank.iter().filter(|blank| !b.blank.contains(blank)).map(|(commune, _)| *commune).collect();
        let (mut found, more): (HashSet<usize>, HashSet<usize>) = (only(self, other), only(other, self));
        found.extend(more);
        found
    }
}

pub(super) fn read(
    (own, quantity): (&IndicatorKeys, Quantity),
    table: &Table,
    join: &KeyJoin,
    name: &str,
    sign: crate::input::Decimal,
    communes: usize,
    problems: &mut Problems,
) -> Result<Read> {
    let column = table.require(name)?;
    let hectares = quantity == Quantity::Extensive && rates::is_hectares(name);
    let wrong = match hectares {
        true => message!(
            "phải là số héc-ta từ 0 trở lên; coi là không có số liệu",
            "a number of hectares from 0 on was expected; taken as no data"
        ),
        false => message!("không phải số; coi là không có số liệu", "not a number; taken as no data"),
    };
    let numbers = match land_units::unit_column(table) {
        Some(units) if hectares && land_units::names_land(units) => land_units::hectares(table, name, sign, wrong, problems)?,
        units => {
            let numbers = numeric::read(table, name, sign, (&|number| !hectares || number >= 0.0, wrong), problems)?;
            let mut rows: Vec<Option<f64>> =
                column.codes.iter().map(|&code| numbers.get(code as usize).copied().flatten()).collect();
            if let Some(units) = units {
                keep_one_unit(table, name, units, &mut rows, problems);
            }
            rows
        }
    };
    let empty = if own.complete { Value::Number(0.0) } else { Value::NoData };
    let mut values = vec![empty; communes];
    let mut seen = vec![false; communes];
    // Rows that came out of one have its amount once.
    let repeated = table.repeated.iter().any(|known| known == name);
    let mut sources: HashSet<(usize, (usize, u64))> = HashSet::new();
    let mut blank: Vec<(usize, usize)> = Vec::new();
    let mut replaced = 0;
    let adds = own.duplicates == Some(Duplicates::Sum) && quantity == Quantity::Extensive && !own.complete;
    for (row, number) in numbers.into_iter().enumerate() {
        let unit = join.unit(row);
        if unit == NONE {
            continue;
        }
        let commune = unit as usize;
        if repeated && !sources.insert((commune, table.source(row))) {
            continue;
        }
        let value = Value::from(number);
        if adds && number.is_none() {
            blank.push((commune, row));
        }
        if std::mem::replace(&mut seen[commune], true) {
            match own.duplicates.unwrap_or(Duplicates::Error) {
                Duplicates::Sum if quantity != Quantity::Extensive => {
                    if values[commune].number().is_none() {
                        values[commune] = value;
                    } else if value.number().is_some() {
                        problems.error(
                            "repeated-rate",
                            table.place(row, name, column.text(row).unwrap_or("")),
                            message!(
                                "nhiều dòng cho một xã: tỷ lệ, số trung bình không cộng được, dùng dòng đầu",
                                "several rows for one commune: rates and means do not add up, the first is used"
                            ),
                            None,
                        );
                    }
                    continue;
                }
                Duplicates::Sum => {
                    values[commune] = match (values[commune], value) {
                        (Value::Number(a), Value::Number(b)) => Value::Number(exact::sum([a, b])),
                        (Value::Number(a), _) => Value::Number(a),
                        (_, other) => other,
                    };
                    continue;
                }
                Duplicates::Last => replaced += 1,
                Duplicates::Error => {
                    return Err(Fault::new(
                        "repeated-key",
                        table.place(row, name, column.text(row).unwrap_or("")),
                        message!(
                            "xã này đã có ở dòng trước: bảng có nhiều dòng một xã (năm, vụ, loại…), không tự cộng",
                            "this commune came in an earlier row: several rows a commune (years, seasons, kinds…) are not added by themselves"
                        ),
                    )
                    .hint(message!(
                        "khai báo duplicates = \"sum\" hoặc \"last\" cho bảng này",
                        "declare duplicates = \"sum\" or \"last\" for this table"
                    )));
                }
            }
        }
        values[commune] = value;
    }
    if replaced > 0 {
        problems.info(
            "earlier-rows",
            table.place(0, name, ""),
            message!(
                "{replaced} dòng có dòng sau của cùng xã: lấy dòng cuối của mỗi xã",
                "{replaced} rows have a later one of the same commune: the last of each stands"
            ),
            None,
        );
    }
    // A commune without any number has no sum; of others it is the least there can be.
    blank.retain(|(commune, _)| values[*commune].number().is_some());
    let communes: HashSet<usize> = blank.iter().map(|(commune, _)| *commune).collect();
    if let Some((_, row)) = blank.first() {
        let (cells, communes) = (blank.len(), communes.len());
        problems.warning(
            "blank-in-sum",
            table.place(*row, name, ""),
            message!(
                "{cells} ô trống trong các dòng cộng lại của {communes} xã: tổng của các xã này là mức ít nhất",
                "{cells} empty cells among the rows added up for {communes} communes: their sums are the least there can be"
            ),
            None,
        );
    }
    Ok(Read { values, blank })
}

//! Which column of a weekly table holds its days, and how many days each of them stands for.

use super::areas::CLASSES;
use crate::headings::{days, listed};
use crate::input::{Column, Table, decimal, roles};
use crate::message;
use crate::project::TableConfig;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::Period;
use crate::values::dates::{self, Order, format_day};
use chrono::{Days, NaiveDate};

/// The role of the column of days.
const DATE: &str = "date";
/// A week begins every seven days.
const WEEK: u64 = 7;

/// Whether days have to be looked for in the cells, since no heading tells of them.
pub fn must_be_sought(key: &TableConfig, roles: &[(&'static str, String)]) -> bool {
    key.kind.manner().is_of_weeks && roles::heading(roles, DATE).is_none()
}

/// Takes the column of days by what its cells hold where no heading is recognised, and lets a day on which a week begins stand for the
/// whole of it: up to the day beside it, or for seven days where the table has nothing but days that are weeks apart.
///
/// # Errors
/// Where several columns hold days and none of them is recognised: without the right one, weeks would be added.
pub fn settle(
    table: &mut Table,
    key: &TableConfig,
    roles: &mut Vec<(&'static str, String)>,
    problems: &mut Problems,
) -> Result<()> {
    if !key.kind.manner().is_of_weeks {
        return Ok(());
    }
    if must_be_sought(key, roles)
        && let Some(heading) = sought(table, roles, problems)?
    {
        roles.push((DATE, heading));
    }
    let Some(heading) = roles::heading(roles, DATE).map(str::to_owned) else { return Ok(()) };
    leave_laid_out(table, &heading, roles, problems);
    let Some(column) = table.column(&heading).filter(|_| days::begin(&heading)) else { return Ok(()) };
    let order = dates::order(column.dictionary.iter());
    let until = table.columns.iter().find(|other| other.name != heading && days::end(&other.name) && hold_days(other));
    let spans: Vec<Option<Period>> = match until {
        Some(until) => {
            let order_until = dates::order(until.dictionary.iter());
            let day = |column: &Column, row: usize, order: Order| column.text(row).and_then(|text| dates::parse_in(text, order));
            let of_row = |row: usize| {
                let (from, to) = (day(column, row, order)?, day(until, row, order_until)?);
                (from <= to).then_some(Period { from, to })
            };
            (0..table.rows).map(of_row).collect()
        }
        None => {
            let days: Vec<Option<NaiveDate>> = column.parse(|text| dates::parse_in(text, order));
            if !are_weeks_apart(days.iter().flatten().copied()) {
                return Ok(());
            }
            let week = |from: NaiveDate| Some(Period { from, to: from.checked_add_days(Days::new(WEEK - 1))? });
            column.codes.iter().map(|&code| days.get(code as usize).copied().flatten().and_then(week)).collect()
        }
    };
    let text = |(row, span): (usize, &Option<Period>)| match span {
        Some(Period { from, to }) => format!("{} - {}", format_day(*from), format_day(*to)),
        None => column.text(row).unwrap_or("").to_owned(),
    };
    let texts: Vec<String> = spans.iter().enumerate().map(text).collect();
    table.replace(&heading, &texts);
    Ok(())
}

/// Takes the sums of days on which every class is blank in every row, where other days have classes: a sheet that is laid out for a week
/// to come has the formulas of its sums, and they show 0.
fn leave_laid_out(table: &mut Table, date: &str, roles: &[(&'static str, String)], problems: &mut Problems) {
    let of_role = |role: &&str| roles::heading(roles, role).and_then(|heading| table.column(heading));
    let classes: Vec<&Column> = CLASSES.iter().filter_map(of_role).collect();
    let (Some(total), Some(days), false) = (of_role(&"total_ha"), table.column(date), classes.is_empty()) else { return };
    let has = |column: &Column, row: usize| column.text(row).is_some_and(|text| !decimal::is_blank(text.trim()));
    let is_nothing = |row: usize| total.text(row).is_none_or(|text| !text.bytes().any(|byte| (b'1'..=b'9').contains(&byte)));
    let mut told = vec![false; days.dictionary.len()];
    for (row, &code) in days.codes.iter().enumerate() {
        if let Some(told) = told.get_mut(code as usize) {
            *told = *told || !is_nothing(row) || classes.iter().any(|column| has(column, row));
        }
    }
    let is_laid_out = |row: usize| told.get(days.codes[row] as usize) == Some(&false) && has(total, row);
    let first = (0..table.rows).find(|&row| is_laid_out(row));
    let (Some(first), true) = (first, told.contains(&true)) else { return };
    let texts: Vec<String> = (0..table.rows)
        .map(|row| if is_laid_out(row) { String::new() } else { total.text(row).unwrap_or("").to_owned() })
        .collect();
    let (heading, count) = (total.name.clone(), (0..table.rows).filter(|&row| is_laid_out(row)).count());
    problems.info(
        "laid-out",
        table.place(first, date, days.text(first).unwrap_or("")),
        message!(
            "{count} dòng của kỳ chưa điền: các mức để trống, cột tổng là 0; không tính",
            "{count} rows of a period that is not filled in: classes blank, sums 0; they do not count"
        ),
        None,
    );
    table.replace(&heading, &texts);
}

/// Whether nearly every cell that is filled is a day or a span of days.
pub fn hold_days(column: &Column) -> bool {
    let order = dates::order(column.dictionary.iter());
    let held = column.dictionary.iter().filter(|text| !text.trim().is_empty());
    let (mut all, mut of_days) = (0, 0);
    held.for_each(|text| {
        all += 1;
        of_days += usize::from(text.parse::<f64>().is_err() && dates::period_in(text, order).is_some());
    });
    all > 0 && 10 * of_days >= 9 * all
}

fn are_weeks_apart(days: impl Iterator<Item = NaiveDate>) -> bool {
    let mut days: Vec<NaiveDate> = days.collect();
    days.sort_unstable();
    days.windows(2).all(|pair| (pair[1] - pair[0]).num_days() % WEEK as i64 == 0)
}

/// The column of days that no role and no heading tells of. Days of sowing, harvest and the like are no days of a report.
fn sought(table: &Table, roles: &[(&'static str, String)], problems: &mut Problems) -> Result<Option<String>> {
    let is_taken = |name: &str| roles.iter().any(|(_, heading)| heading == name);
    let found: Vec<&str> = table
        .columns
        .iter()
        .filter(|column| !is_taken(&column.name) && days::tell_when(&column.name) && hold_days(column))
        .map(|column| column.name.as_str())
        .collect();
    let first = found.iter().find(|name| days::begin(name));
    match (&found[..], first) {
        ([], _) => Ok(None),
        ([only], _) => Ok(Some(said(table, only, problems))),
        ([_, _], Some(first)) if found.iter().any(|name| name != first && days::end(name)) => {
            Ok(Some(said(table, first, problems)))
        }
        _ => {
            let there = listed(&found.iter().map(|&name| name.to_owned()).collect::<Vec<_>>());
            Err(Fault::new(
                "which-date",
                Place::file(&table.file),
                message!(
                    "không biết cột nào là ngày của từng dòng: {there}; không chọn thì các tuần bị cộng lại",
                    "it is not known which column holds the day of a row: {there}; without one the weeks would be added"
                ),
            )
            .hint(message!(
                "khai báo trong tệp dự án, ví dụ: columns = {{ date = \"tên cột\" }}",
                "declare it in the project file, as in: columns = {{ date = \"heading\" }}"
            )))
        }
    }
}

fn said(table: &Table, heading: &str, problems: &mut Problems) -> String {
    problems.info(
        "date-by-content",
        Place::file(&table.file).column(heading),
        message!("cột này gồm các ngày: đọc là ngày của từng dòng", "this column holds days: read as the day of each row"),
        Some(message!(
            "nếu không phải, khai báo columns = {{ date = \"tên cột\" }}",
            "if it is not, declare columns = {{ date = \"heading\" }}"
        )),
    );
    heading.to_owned()
}

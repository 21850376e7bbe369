//! Severity of survey rows from their density.

use super::thresholds::{Survey, Threshold, Thresholds};
use crate::input::{Column, Decimal, Table, decimal, numeric};
use crate::message;
use crate::project::TableConfig;
use crate::run::{Problems, Result};
use crate::values::{Message, dates};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The columns that a class follows from.
#[derive(Debug, Clone, Copy, Default)]
pub struct DensityColumns<'a> {
    /// Density or rate
    pub density: &'a str,
    /// Pest
    pub pest: &'a str,
    /// Day
    pub date: Option<&'a str>,
    /// Crop
    pub crop: Option<&'a str>,
    /// Growth stage
    pub stage: Option<&'a str>,
    /// Unit of the density
    pub unit: Option<&'a str>,
    /// Crop of rows that name none
    pub crop_of_all: Option<&'a str>,
    /// Growth stage of rows that name none
    pub stage_of_all: Option<&'a str>,
}

/// Which thresholds a run used.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Used {
    /// Name of the table
    pub name: Message,
    /// Pests whose threshold was not read in the official text
    pub unverified: BTreeSet<String>,
}

/// Whether classes follow from density: where no severity is given, or where the project names the column of densities.
pub fn is_used(key: &TableConfig, roles: &[(&'static str, String)]) -> bool {
    let has = |name: &str| roles.iter().any(|(role, _)| *role == name);
    has("density") && (!has("severity") || key.columns.contains_key("density"))
}

/// Class of every row as a code 0 to 3, or 4 for rows without one; rows whose class is `stated` are not asked about. What cannot be classed is
/// listed once a question.
pub fn severities(
    table: &Table,
    columns: &DensityColumns<'_>,
    thresholds: &Thresholds,
    declared: Option<Decimal>,
    stated: &dyn Fn(usize) -> bool,
    used: &mut Used,
    problems: &mut Problems,
) -> Result<Vec<u32>> {
    let density = table.require(columns.density)?;
    let sign = decimal::of_columns(table, &[columns.density], declared)?;
    let wrong = message!(
        "mật độ phải là một số từ 0 trở lên; dòng không được tính",
        "a density is a number from 0 on; the row is not counted"
    );
    let numbers = numeric::read(table, columns.density, sign, (&|number| number >= 0.0, wrong), problems)?;
    let optional = |name: Option<&str>| name.map(|name| table.require(name)).transpose();
    let pest = table.require(columns.pest)?;
    let (crop, stage, unit, date) =
        (optional(columns.crop)?, optional(columns.stage)?, optional(columns.unit)?, optional(columns.date)?);
    let order = date.map(|column| dates::order(column.dictionary.iter()));
    let days = date.zip(order).map(|(column, order)| column.parse(|text| dates::parse_in(text, order)));
    let code = |column: Option<&Column>, row: usize| column.and_then(|column| column.codes.get(row)).copied().unwrap_or(u32::MAX);
    let mut answers: HashMap<[u32; 5], Option<&Threshold>> = HashMap::new();
    let mut unanswered: BTreeMap<[u32; 4], Unanswered> = BTreeMap::new();
    let mut found = vec![WITHOUT; table.rows];
    for (row, slot) in found.iter_mut().enumerate().filter(|(row, _)| !stated(*row)) {
        used.name = thresholds.name.clone();
        let Some(number) = numbers.get(density.codes[row] as usize).copied().flatten() else { continue };
        let Some(name) = pest.text(row) else { continue };
        let question = [code(Some(pest), row), code(crop, row), code(stage, row), code(unit, row), code(date, row)];
        let answer = *answers.entry(question).or_insert_with(|| {
            let survey = Survey {
                pest: name,
                crop: crop.and_then(|column| column.text(row)).or(columns.crop_of_all),
                stage: stage.and_then(|column| column.text(row)).or(columns.stage_of_all),
                unit: unit.and_then(|column| column.text(row)),
                day: days.as_ref().and_then(|days| days.get(question[4] as usize).copied().flatten()),
            };
            let asked = [question[0], question[1], question[2], question[3]];
            thresholds.find(survey).map_err(|why| unanswered.entry(asked).or_insert(Unanswered { row, why, count: 0 })).ok()
        });
        match answer {
            Some(threshold) => {
                if !threshold.verified {
                    used.unverified.insert(name.to_owned());
                }
                *slot = threshold.severity(number).map_or(WITHOUT, u32::from);
            }
            None => {
                if let Some(one) = unanswered.get_mut(&question[..4]) {
                    one.count += 1;
                }
            }
        }
    }
    let mut unanswered: Vec<Unanswered> = unanswered.into_values().collect();
    unanswered.sort_by_key(|one| one.row);
    for Unanswered { row, why: Message { vi, en }, count } in unanswered {
        problems.error(
            "no-threshold",
            table.place(row, columns.density, density.text(row).unwrap_or("")),
            message!("{vi}; {count} dòng không được tính", "{en}; {count} rows are not counted"),
            Some(message!(
                "thêm dòng vào bảng ngưỡng của mình (thresholds = \"nguong.csv\") hoặc ghi cột mức độ",
                "add a row to a table of your own (thresholds = \"thresholds.csv\"), or give a column of severity"
            )),
        );
    }
    Ok(found)
}

/// The code of a row without a class.
pub const WITHOUT: u32 = 4;

/// A question no threshold answers: the first row that asks it, and how many do.
struct Unanswered {
    row: usize,
    why: Message,
    count: u64,
}

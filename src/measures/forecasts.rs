//! Pest forecasts as rows of (field or commune, pest, day, severity).

use crate::input::{Decimal, MISSING, Table, decimal};
use crate::join::{KeyJoin, Target};
use crate::message;
use crate::run::{Problems, Result};
use crate::values::{Period, dates, severity};
use chrono::NaiveDate;

/// Rows of all forecast tables. The lists have one entry per row.
#[derive(Debug, Clone, Default)]
pub struct Forecasts {
    /// Whether rows belong to fields or communes; all rows to the same
    pub target: Option<Target>,
    /// Field or commune; [`crate::join::keys::NONE`] where there is none
    pub unit: Vec<u32>,
    /// Pest
    pub pest: Vec<u16>,
    /// Severity 0 to 4; NaN where none was given
    pub severity: Vec<f32>,
    /// Index into `days`, or [`BAD_DAY`]
    pub day: Vec<u16>,
    /// Names of pests, in order of name
    pub pests: Vec<String>,
    /// Distinct days; `None` for rows of tables without dates
    pub days: Vec<Option<NaiveDate>>,
}

/// The day of a row whose date is blank or cannot be read; such a row belongs to no period.
pub const BAD_DAY: u16 = u16::MAX;

/// The columns of one forecast table.
pub struct Columns<'a> {
    /// Day or week of a row
    pub date: Option<&'a str>,
    /// Pest
    pub pest: &'a str,
    /// Severity
    pub severity: &'a str,
}

impl Forecasts {
    /// Adds the rows of a joined table. Dates, pests and severities that cannot be read are listed, and their rows
    /// left without that value.
    pub fn add(&mut self, table: &Table, join: KeyJoin, columns: &Columns<'_>, declared: Option<Decimal>, problems: &mut Problems) -> Result<()> {
        let severities = self.severities(table, columns.severity, declared, problems)?;
        let severity_column = table.require(columns.severity)?;
        let pest_column = table.require(columns.pest)?;

        let mut names: Vec<String> = self.pests.clone();
        names.extend(pest_column.dictionary.iter().map(str::to_owned));
        names.sort();
        names.dedup();
        let position = |name: &str| names.binary_search_by(|known| known.as_str().cmp(name)).unwrap_or(0) as u16;
        let renumber: Vec<u16> = self.pests.iter().map(|name| position(name)).collect();
        self.pest.iter_mut().for_each(|pest| *pest = renumber.get(usize::from(*pest)).copied().unwrap_or(u16::MAX));
        let pests: Vec<u16> = pest_column.parse(position);
        self.pests = names;

        let no_day = self.day_number(None);
        let days: Vec<u16> = match columns.date {
            None => Vec::new(),
            Some(name) => {
                let column = table.require(name)?;
                let parsed = column.parse(dates::parse);
                let bad: Vec<bool> = parsed.iter().map(Option::is_none).collect();
                for (row, code) in table.rows_where(column, &bad) {
                    problems.error(
                        "bad-date",
                        table.place(row, name, column.dictionary.get(code)),
                        message!("không hiểu ngày hoặc tuần này; dòng không được tính", "cannot read this day or week; the row is not counted"),
                        Some(message!("viết 05/04/2024, 2024-04-05, 2024-W14 hoặc Tuần 14/2024", "write 2024-04-05, 05/04/2024 or 2024-W14")),
                    );
                }
                parsed.into_iter().map(|day| day.map_or(BAD_DAY, |day| self.day_number(Some(day)))).collect()
            }
        };
        let date_column = columns.date.map(|name| table.require(name)).transpose()?;
        self.target = Some(join.target);
        self.unit.extend_from_slice(&join.rows);
        let at = |list: &[f32], code: u32| list.get(code as usize).copied().unwrap_or(f32::NAN);
        self.severity.extend(severity_column.codes.iter().map(|&code| at(&severities, code)));
        self.pest.extend(pest_column.codes.iter().map(|&code| pests.get(code as usize).copied().unwrap_or(u16::MAX)));
        match date_column {
            None => self.day.extend(std::iter::repeat_n(no_day, table.rows)),
            Some(column) => {
                self.day.extend(column.codes.iter().map(|&code| days.get(code as usize).copied().unwrap_or(BAD_DAY)));
                self.report_missing(table, &column.name, &column.codes, problems);
            }
        }
        self.report_missing(table, &pest_column.name, &pest_column.codes, problems);
        Ok(())
    }

    fn severities(&self, table: &Table, name: &str, declared: Option<Decimal>, problems: &mut Problems) -> Result<Vec<f32>> {
        let column = table.require(name)?;
        let sign = decimal_of(table, &[name], declared)?;
        let parsed = column.parse(|text| {
            let number = decimal::parse(text, sign).or_else(|| severity::from_word(text).map(f64::from));
            number.filter(|number| (0.0..=f64::from(severity::HIGHEST)).contains(number)).map(|number| number as f32)
        });
        let bad: Vec<bool> =
            parsed.iter().zip(column.dictionary.iter()).map(|(found, text)| found.is_none() && !decimal::is_blank(text)).collect();
        for (row, code) in table.rows_where(column, &bad) {
            problems.error(
                "bad-severity",
                table.place(row, name, column.dictionary.get(code)),
                message!("mức độ phải từ 0 đến 4; dòng không được tính", "severity is 0 to 4; the row is not counted"),
                Some(message!("0 không, 1 nhẹ, 2 trung bình, 3 nặng, 4 mất trắng", "0 none, 1 light, 2 medium, 3 heavy, 4 total loss")),
            );
        }
        Ok(parsed.into_iter().map(|severity| severity.unwrap_or(f32::NAN)).collect())
    }

    fn report_missing(&self, table: &Table, column: &str, codes: &[u32], problems: &mut Problems) {
        let missing = codes.iter().filter(|&&code| code == MISSING).count();
        if let Some(row) = codes.iter().position(|&code| code == MISSING) {
            problems.warning(
                "blank-cell",
                table.place(row, column, ""),
                message!("{missing} dòng để trống cột này và không được tính", "{missing} rows leave this column blank and are not counted"),
                None,
            );
        }
    }

    fn day_number(&mut self, day: Option<NaiveDate>) -> u16 {
        match self.days.iter().position(|known| *known == day) {
            Some(at) => at as u16,
            None => {
                self.days.push(day);
                (self.days.len() - 1) as u16
            }
        }
    }

    /// First and last day of all rows.
    pub fn span(&self) -> Option<Period> {
        let days = || self.days.iter().flatten().copied();
        Some(Period { from: days().min()?, to: days().max()? })
    }

    /// Which entries of `days` a period holds; `undated` says whether tables without dates belong to it.
    pub fn days_in(&self, period: Option<Period>, undated: bool) -> Vec<bool> {
        self.days.iter().map(|day| day.map_or(undated, |day| period.is_some_and(|period| period.contains(day)))).collect()
    }
}

/// The decimal sign of some columns: declared, or proved by the file. A file that proves nothing has only whole numbers.
pub fn decimal_of(table: &Table, columns: &[&str], declared: Option<Decimal>) -> Result<Decimal> {
    if let Some(declared) = declared {
        return Ok(declared);
    }
    let mut texts = Vec::new();
    for name in columns {
        let column = table.require(name)?;
        texts.extend(column.dictionary.iter().enumerate().map(|(code, text)| (text, (column, code as u32))));
    }
    let place = |(column, code): (&crate::input::Column, u32)| {
        let row = column.codes.iter().position(|&found| found == code).unwrap_or(0);
        table.place(row, &column.name, column.dictionary.get(code))
    };
    Ok(decimal::detect(&table.file, texts.into_iter(), place)?.map_or(Decimal::Dot, |(sign, _)| sign))
}

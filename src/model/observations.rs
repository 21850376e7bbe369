//! Pest forecasts as rows of (field or commune, pest, day, severity).

use super::density::{self, DensityColumns, Used};
use super::engine::Observation;
use super::joined::Joined;
use super::thresholds::Thresholds;
use crate::input::{Column, Decimal, MISSING, Table, decimal};
use crate::join::keys::NONE;
use crate::join::{KeyJoin, Target};
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::text::{alike, nearest};
use crate::values::{Period, dates, pests, severity};
use chrono::NaiveDate;

/// All forecast tables of a run.
#[derive(Debug, Clone, Default)]
pub struct Forecasts {
    /// Whether rows belong to fields or communes; all rows to the same
    pub target: Option<Target>,
    /// Names of pests, in order of name
    pub pests: Vec<String>,
    /// Distinct days; `None` for rows of tables without dates
    pub days: Vec<Option<NaiveDate>>,
    /// Weeks, months and ranges of days that tables print, in order
    pub printed: Vec<Period>,
    /// Infested hectares as reported by commune, pest and day
    pub areas: Vec<crate::model::areas::Reported>,
    /// What reports state beside their hectares
    pub noted: Vec<super::notices::Noted>,
    /// Periods of which only what later notices print is known
    pub from_print: Vec<super::periods::When>,
    /// Whether the reports list every infested hectare of their periods; absent without reports
    pub areas_complete: Option<bool>,
    /// Pest, commune and day of rows of reports whose hectares nobody can read
    pub unread_areas: Vec<(u16, u32, u16)>,
    /// Thresholds that turned densities into classes
    pub thresholds: Option<Used>,
    tables: Vec<Rows>,
}

/// The rows of one table: codes as read, and what each code means. Nothing is copied per row.
#[derive(Debug, Clone)]
struct Rows {
    join: KeyJoin,
    pest: Vec<u32>,
    pests: Vec<u16>,
    severity: Vec<u32>,
    severities: Vec<f32>,
    day: Vec<u32>,
    days: Vec<u16>,
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
    pub severity: Option<&'a str>,
    /// Density, where classes follow from it
    pub density: Option<(DensityColumns<'a>, &'a Thresholds)>,
}

impl Forecasts {
    /// Adds the rows of a joined table. Dates, pests and severities that cannot be read are listed, and their rows
    /// left without that value.
    pub fn add(
        &mut self,
        table: &mut Table,
        join: KeyJoin,
        columns: &Columns<'_>,
        declared: Option<Decimal>,
        problems: &mut Problems,
    ) -> Result<()> {
        let (severities, classes) = self.classes(table, columns, declared, problems)?;
        let pest_column = table.require(columns.pest)?;

        let pests = self.pest_numbers(&table.file, pest_column, problems);
        let (no_day, days) = self.day_numbers(table, columns.date, problems)?;
        for name in
            columns.date.iter().chain([&columns.pest]).chain(columns.severity.iter().filter(|_| columns.density.is_none()))
        {
            report_missing(table, table.require(name)?, problems);
        }
        let take = |name: &str, table: &mut Table| {
            let column = table.columns.iter_mut().find(|column| column.name == name);
            column.map(|column| std::mem::take(&mut column.codes)).unwrap_or_default()
        };
        self.target = Some(join.target);
        let severity = match (classes, columns.severity) {
            (Some(classes), _) => classes,
            (None, severity) => take(severity.unwrap_or_default(), table),
        };
        let pest = take(columns.pest, table);
        let (day, days) = match columns.date {
            Some(name) => (take(name, table), days),
            None => (Vec::new(), vec![no_day]),
        };
        self.tables.push(Rows { join, pest, pests, severity, severities, day, days });
        Ok(())
    }

    /// Severities by code, and the code of each row where it is not that of the column of severities.
    fn classes(
        &mut self,
        table: &Table,
        columns: &Columns<'_>,
        declared: Option<Decimal>,
        problems: &mut Problems,
    ) -> Result<(Vec<f32>, Option<Vec<u32>>)> {
        let mut stated = match columns.severity {
            Some(name) => self.severities(table, name, declared, problems)?,
            None => Vec::new(),
        };
        let Some((of_density, thresholds)) = &columns.density else { return Ok((stated, None)) };
        let given = columns.severity.map(|name| table.require(name)).transpose()?;
        let is_stated = |row: usize| {
            let code = given.and_then(|column| column.codes.get(row));
            code.and_then(|&code| stated.get(code as usize)).is_some_and(|severity| !severity.is_nan())
        };
        let mut used = self.thresholds.take().unwrap_or_default();
        let mut classes = density::severities(table, of_density, thresholds, declared, &is_stated, &mut used, problems)?;
        // Where every row states its class, no threshold spoke.
        self.thresholds = Some(used).filter(|used| !used.name.vi.is_empty());
        let first = stated.len() as u32;
        classes.iter_mut().for_each(|class| *class += first);
        if let Some(name) = columns.severity {
            let column = table.require(name)?;
            for (class, &code) in classes.iter_mut().zip(&column.codes) {
                if stated.get(code as usize).is_some_and(|severity| !severity.is_nan()) {
                    *class = code;
                }
            }
        }
        stated.extend([0.0, 1.0, 2.0, 3.0, f32::NAN]);
        Ok((stated, Some(classes)))
    }

    /// Numbers of the pests that the codes of a column mean; pests stay in order of name. Abbreviations are written out.
    pub(super) fn pest_numbers(&mut self, file: &str, column: &Column, problems: &mut Problems) -> Vec<u16> {
        let name_of = |text: &str| pests::written_out(text).unwrap_or(text).to_owned();
        let mut names: Vec<String> = self.pests.clone();
        for text in column.dictionary.iter() {
            let name = name_of(text);
            if name != text {
                let message = message!("viết tắt của \"{name}\"", "short for \"{name}\"");
                problems.info("abbreviated-pest", Place::file(file).column(&column.name).value(text), message, None);
            }
            names.push(name);
        }
        let names = pests::once(names);
        let position = |name: &str| names.iter().position(|known| alike(known) == alike(name)).unwrap_or(0) as u16;
        let renumber: Vec<u16> = self.pests.iter().map(|name| position(name)).collect();
        for rows in &mut self.tables {
            rows.pests.iter_mut().for_each(|pest| *pest = renumber[usize::from(*pest)]);
        }
        for area in &mut self.areas {
            area.pest = renumber[usize::from(area.pest)];
        }
        for (pest, ..) in &mut self.unread_areas {
            *pest = renumber[usize::from(*pest)];
        }
        for noted in &mut self.noted {
            noted.pest = renumber[usize::from(noted.pest)];
        }
        for text in column.dictionary.iter().filter(|text| pests::written_out(text).is_none()) {
            let name = &names[usize::from(position(text))];
            if name != text && alike(name) == alike(text) {
                let message = message!("viết khác của \"{name}\": tính là một", "another spelling of \"{name}\": taken as one");
                problems.info("pest-spelling", Place::file(file).column(&column.name).value(text), message, None);
            }
        }
        let pests: Vec<u16> = column.parse(|text| position(&name_of(text)));
        self.pests = names;
        pests
    }

    /// The number of the day of rows without one, and of the days that the codes of a column mean.
    pub(super) fn day_numbers(&mut self, table: &Table, name: Option<&str>, problems: &mut Problems) -> Result<(u16, Vec<u16>)> {
        let no_day = self.day_number(None);
        let days: Vec<u16> = match name {
            None => Vec::new(),
            Some(name) => {
                let column = table.require(name)?;
                let order = dates::order(column.dictionary.iter());
                if order == dates::Order::MonthFirst {
                    problems.info(
                        "month-first",
                        Place::file(&table.file).column(name),
                        message!(
                            "ngày được đọc là tháng-ngày-năm: có số thứ hai lớn hơn 12",
                            "dates are read as month-day-year: a second number is over 12"
                        ),
                        None,
                    );
                }
                let spans = column.parse(|text| dates::period_in(text, order));
                self.note_spans(table, column, &spans, problems);
                let parsed: Vec<Option<NaiveDate>> = spans.iter().map(|span| Some(span.as_ref()?.middle())).collect();
                let bad: Vec<bool> = parsed.iter().map(Option::is_none).collect();
                for (row, code) in table.rows_where(column, &bad) {
                    problems.error(
                        "bad-date",
                        table.place(row, name, column.dictionary.get(code)),
                        message!(
                            "không hiểu ngày hoặc tuần này; dòng không được tính",
                            "cannot read this day or week; the row is not counted"
                        ),
                        Some(message!(
                            "viết 05/04/2024, 2024-W14, Tuần 14/2024 hoặc 05/04/2024 - 11/04/2024; năm phải có",
                            "write 2024-04-05, 2024-W14 or 05/04/2024 - 11/04/2024; the year must be there"
                        )),
                    );
                }
                parsed.into_iter().map(|day| day.map_or(BAD_DAY, |day| self.day_number(Some(day)))).collect()
            }
        };
        Ok((no_day, days))
    }

    /// Keeps the periods that a column prints, and names years of two digits.
    fn note_spans(&mut self, table: &Table, column: &Column, spans: &[Option<Period>], problems: &mut Problems) {
        self.printed.extend(spans.iter().flatten().filter(|period| period.days() > 1));
        self.printed.sort_unstable();
        self.printed.dedup();
        let short: Vec<bool> = column
            .dictionary
            .iter()
            .zip(spans)
            .map(|(text, span)| span.is_some() && crate::values::spans::has_short_year(text))
            .collect();
        if let Some((row, code)) = table.rows_where(column, &short).next() {
            let text = column.dictionary.get(code);
            problems.info(
                "short-year",
                table.place(row, &column.name, text),
                message!(
                    "năm viết 2 chữ số: \"{text}\" được đọc là năm 20xx",
                    "a year of two digits: \"{text}\" is read as 20xx"
                ),
                None,
            );
        }
    }

    /// Adds severities of pests on units that a model gives for a day: (pest, unit, severity).
    pub fn add_forecast_levels(&mut self, levels: &[(usize, usize, f32)], day: NaiveDate) {
        let Some(target) = self.target else { return };
        let day = self.day_number(Some(day));
        let mut severities: Vec<f32> = levels.iter().map(|level| level.2).collect();
        severities.sort_by(f32::total_cmp);
        severities.dedup();
        let code = |severity: f32| severities.partition_point(|known| *known < severity) as u32;
        let units: Vec<u32> = levels.iter().map(|level| level.1 as u32).collect();
        self.tables.push(Rows {
            join: KeyJoin { target, codes: (0..units.len() as u32).collect(), units },
            pest: levels.iter().map(|level| level.0 as u32).collect(),
            pests: (0..self.pests.len() as u16).collect(),
            severity: levels.iter().map(|level| code(level.2)).collect(),
            severities,
            day: Vec::new(),
            days: vec![day],
        });
    }

    /// Adds infested hectares that a model gives for a day: (pest, commune, hectares).
    pub fn add_forecast_areas(&mut self, areas: &[(usize, usize, f64)], day: NaiveDate) {
        let day = self.day_number(Some(day));
        self.areas.extend(areas.iter().map(|&(pest, commune, hectares)| crate::model::areas::Reported {
            part: 0,
            commune: commune as u32,
            pest: pest as u16,
            day,
            level_ha: [0.0; 5],
            unclassed_ha: hectares,
            sown_ha: 0.0,
            treated_ha: None,
        }));
    }

    /// Calls `visit` for every row that has a unit, a pest and a severity and whose day is wanted, in file order.
    #[inline]
    pub fn visit(&self, wanted: &[bool], mut visit: impl FnMut(Observation)) {
        for rows in &self.tables {
            let days: Vec<bool> = rows.days.iter().map(|&day| wanted.get(usize::from(day)) == Some(&true)).collect();
            for row in 0..rows.severity.len() {
                let day = rows.day.get(row).map_or(0, |&code| code as usize);
                if days.get(day) != Some(&true) {
                    continue;
                }
                let Some(&severity) = rows.severities.get(rows.severity[row] as usize) else { continue };
                let Some(&pest) = rows.pests.get(rows.pest[row] as usize) else { continue };
                let unit = rows.join.unit(row);
                if unit != NONE && !severity.is_nan() {
                    visit(Observation { unit, pest, severity });
                }
            }
        }
    }

    /// Whether any row's day is wanted.
    pub fn any(&self, wanted: &[bool]) -> bool {
        let reported = |area: &crate::model::areas::Reported| wanted.get(usize::from(area.day)) == Some(&true);
        self.areas.iter().any(reported)
            || self.tables.iter().flat_map(|rows| &rows.days).any(|&day| wanted.get(usize::from(day)) == Some(&true))
    }

    fn severities(&self, table: &Table, name: &str, declared: Option<Decimal>, problems: &mut Problems) -> Result<Vec<f32>> {
        let column = table.require(name)?;
        let sign = decimal::of_columns(table, &[name], declared)?;
        let parsed = column.parse(|text| {
            let number = decimal::parse(text, sign).or_else(|| severity::from_word(text).map(f64::from));
            number.filter(|number| (0.0..=f64::from(severity::HIGHEST)).contains(number)).map(|number| number as f32)
        });
        let bad: Vec<bool> = parsed
            .iter()
            .zip(column.dictionary.iter())
            .map(|(found, text)| found.is_none() && !decimal::is_blank(text))
            .collect();
        for (row, code) in table.rows_where(column, &bad) {
            problems.error(
                "bad-severity",
                table.place(row, name, column.dictionary.get(code)),
                message!("mức độ phải từ 0 đến 4; dòng không được tính", "severity is 0 to 4; the row is not counted"),
                Some(message!(
                    "0 không, 1 nhẹ, 2 trung bình, 3 nặng, 4 mất trắng",
                    "0 none, 1 light, 2 medium, 3 heavy, 4 total loss"
                )),
            );
        }
        Ok(parsed.into_iter().map(|severity| severity.unwrap_or(f32::NAN)).collect())
    }

    pub(super) fn day_number(&mut self, day: Option<NaiveDate>) -> u16 {
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

/// Says how many rows leave a column blank, and where the first one is.
pub(super) fn report_missing(table: &Table, column: &Column, problems: &mut Problems) {
    if let Some(row) = column.codes.iter().position(|&code| code == MISSING) {
        let missing = column.codes.iter().filter(|&&code| code == MISSING).count();
        problems.warning(
            "blank-cell",
            table.place(row, &column.name, ""),
            message!(
                "{missing} dòng để trống cột này và không được tính",
                "{missing} rows leave this column blank and are not counted"
            ),
            None,
        );
    }
}

/// The number of a pest by its name.
pub fn pest_number(joined: &Joined, pest: &str) -> Result<usize> {
    let pests = joined.forecasts.as_ref().map_or(&[][..], |forecasts| &forecasts.pests);
    let wanted = crate::values::text::normalise(pest);
    pests.iter().position(|known| alike(known) == alike(&wanted)).ok_or_else(|| {
        let known = pests.join(", ");
        let fault = Fault::new(
            "unknown-pest",
            Place { value: pest.to_owned(), ..Place::default() },
            message!("không có sâu bệnh \"{pest}\"; đang có: {known}", "there is no pest \"{pest}\"; there are: {known}"),
        );
        match nearest(pest, pests.iter().map(String::as_str)) {
            Some(near) => fault.hint(message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?")),
            None => fault,
        }
    })
}

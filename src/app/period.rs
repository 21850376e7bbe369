//! Which period a project reports: what it says, or the last that its tables have; with it the words that speak of it.

use super::read;
use crate::headings::{self, Role, days};
use crate::input::{Column, Wanted, decimal, roles};
use crate::message;
use crate::model::Periods;
use crate::model::When;
use crate::model::areas::CLASSES;
use crate::model::dated;
use crate::project::period::{LATEST, PREVIOUS};
use crate::project::{PeriodKey, Project, TableConfig, TableKind};
use crate::run::{Fault, Place, Problems, Result};
use crate::values::{Period, dates};
use chrono::Datelike;
use std::borrow::Cow;

/// The project with its period in days, and with `{period}` and `{week}` of its title, source and `out` written out.
///
/// A project that names neither is handed back as it is. Tables are opened only where it asks for the latest period.
pub fn settled(project: &Project) -> Result<Cow<'_, Project>> {
    let templates = [&project.title, &project.source, &project.out].iter().any(|text| is_template(text));
    if !templates && !matches!(project.period, Some(PeriodKey::Words(_))) {
        return Ok(Cow::Borrowed(project));
    }
    let mut settled = project.clone();
    if let Some(PeriodKey::Words(words)) = &project.period {
        let found = match words.to_lowercase().as_str() {
            LATEST | PREVIOUS => of_tables(project, words)?,
            _ => Some(of_words(project, words)?),
        };
        settled.period = found.map(PeriodKey::from);
    }
    let period = settled.period.as_ref().and_then(PeriodKey::days);
    if templates && period.is_none() {
        let message = message!(
            "{{period}} và {{week}} cần kỳ báo cáo mà dự án không có",
            "{{period}} and {{week}} need a reporting period, and the project has none"
        );
        return Err(Fault::new("no-period", Place::file(&project.file).column("period"), message)
            .hint(message!("thêm period = \"latest\"", "add period = \"latest\"")));
    }
    if let Some(period) = period {
        let week = period.middle().iso_week();
        let (number, year) = (week.week(), week.year());
        let words =
            (format!("{} - {}", dates::format_day(period.from), dates::format_day(period.to)), format!("{number}/{year}"));
        let names = (format!("{}_{}", period.from, period.to), format!("{year}-W{number:02}"));
        let fill = |text: &str, (period, week): &(String, String)| text.replace("{period}", period).replace("{week}", week);
        settled.title = fill(&project.title, &words);
        settled.source = fill(&project.source, &words);
        settled.out = fill(&project.out, &names);
    }
    Ok(Cow::Owned(settled))
}

fn is_template(text: &str) -> bool {
    text.contains("{period}") || text.contains("{week}")
}

fn of_words(project: &Project, words: &str) -> Result<Period> {
    dates::period_in(words, dates::Order::DayFirst).filter(|period| period.days() > 1).ok_or_else(|| {
        let message = message!("không hiểu kỳ \"{words}\"", "the period \"{words}\" is not understood");
        Fault::new("bad-period", Place::file(&project.file).column("period").value(words), message).hint(message!(
            "viết \"latest\", \"previous\", \"2024-W16\", \"Tuần 16/2024\" hoặc {{ from = 2024-04-08, to = 2024-04-14 }}",
            "write \"latest\", \"previous\", \"2024-W16\" or {{ from = 2024-04-08, to = 2024-04-14 }}"
        ))
    })
}

/// The last period of the tables of pests, or the one before it; `None` where no table has days.
fn of_tables(project: &Project, words: &str) -> Result<Option<Period>> {
    let mut all: Vec<Period> = Vec::new();
    for table in project.tables.iter().filter(|table| table.kind.manner().is_of_weeks) {
        all.extend(periods(project, table, &headings::DATE)?);
    }
    // What is reported by the year or month says what period it is where no week does.
    if all.is_empty() {
        for table in project.tables.iter().filter(|table| matches!(table.kind, TableKind::Indicator(_))) {
            all.extend(periods(project, table, &PRINTED)?);
        }
    }
    let summary = |period: &Period| {
        all.iter().any(|other| other != period && other.days() > 1 && period.contains(other.from) && period.contains(other.to))
    };
    let all: Vec<Period> = all.iter().filter(|period| !summary(period)).copied().collect();
    let Some(latest) = dates::last(&all) else { return Ok(None) };
    if words.eq_ignore_ascii_case(LATEST) {
        return Ok(Some(latest));
    }
    let printed: Vec<Period> = all.into_iter().filter(|period| period.days() > 1).collect();
    Ok(Periods::declared(latest).with_printed(&printed).get(When::Previous))
}

/// The period that stands above a table or in the name of its sheet.
const PRINTED: Role = Role { name: "date", headings: &["ky"] };

/// The days and periods of a table.
fn periods(project: &Project, key: &TableConfig, role: &Role) -> Result<Vec<Period>> {
    let mut said = Problems::default();
    let opened = read::opened(project, key, &mut said)?;
    let declared = key.columns.get(role.name);
    let named = declared.map(|name| headings::named(&key.file, opened.headings(), name)).transpose()?;
    let name = named.or_else(|| role.find(opened.headings()).map(str::to_owned));
    // A sheet that is laid out for a week to come has its communes and no number yet.
    let mut roles = roles::headings(key, opened.headings()).unwrap_or_default();
    let infested = |role: &str| role == "total_ha" || CLASSES.contains(&role);
    let counted: Vec<String> = roles.iter().filter(|(role, _)| infested(role)).map(|(_, heading)| heading.clone()).collect();
    let wanted = match dated::must_be_sought(key, &roles) {
        true => Wanted::All,
        false => {
            let until = opened.headings().iter().filter(|heading| days::end(heading));
            Wanted::Only(name.iter().chain(&counted).chain(until).cloned().collect())
        }
    };
    let mut table = opened.read(&wanted, &mut said)?;
    dated::settle(&mut table, key, &mut roles, &mut said)?;
    let Some(name) = name.or_else(|| roles::heading(&roles, role.name).map(str::to_owned)) else { return Ok(Vec::new()) };
    let Some(column) = table.column(&name) else { return Ok(Vec::new()) };
    let counted: Vec<&Column> = counted.iter().filter_map(|heading| table.column(heading)).collect();
    let is_told = |column: &&Column, row: usize| column.text(row).is_some_and(|text| !decimal::is_blank(text));
    let mut told = vec![counted.is_empty(); column.dictionary.len()];
    for (row, &code) in column.codes.iter().enumerate() {
        if let Some(told) = told.get_mut(code as usize).filter(|told| !**told) {
            *told = counted.iter().any(|column| is_told(column, row));
        }
    }
    let order = dates::order(column.dictionary.iter());
    let texts = column.dictionary.iter().zip(told).filter(|(_, told)| *told);
    Ok(texts.filter_map(|(text, _)| dates::period_in(text, order)).collect())
}

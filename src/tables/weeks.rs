//! Week by week, over all communes and by commune: what charts over weeks show.

use super::sheet::{Cell, Figures, Heading, Sheet, with_unit};
use crate::measures::ALL;
use crate::measures::Measure;
use crate::measures::series::{Week, last_year};
use crate::message;
use crate::model::Joined;
use crate::model::accounts::Account;
use crate::values::{Lang, Value, severity};
use rayon::prelude::*;

/// Measures that an account tells.
fn measures(joined: &Joined) -> Vec<Measure> {
    ALL.iter().copied().filter(|measure| measure.of_account.is_some() && measure.available(joined)).collect()
}

fn headings(measures: &[Measure]) -> Vec<Heading> {
    let mut list = Vec::new();
    for measure in measures {
        list.push(Heading::new(
            measure.id,
            with_unit(&measure.name(), &measure.unit),
            Figures::of(measure.decimals.unwrap_or(1)),
        ));
        if measure.id == crate::measures::list::INFESTED_HA.id {
            for level in severity::infested_levels() {
                let (vi, en) = (severity::name(level, Lang::Vi), severity::name(level, Lang::En));
                list.push(Heading::new(
                    &format!("infested_ha_{level}"),
                    message!("Nhiễm {vi} (ha)", "{en} (ha)"),
                    Figures::Tenths,
                ));
            }
        }
    }
    list
}

fn numbers(measures: &[Measure], account: &Account) -> Vec<Cell> {
    let mut cells = Vec::new();
    for measure in measures {
        cells.push(measure.of_account.map_or(Value::NoData, |of| of(account)).into());
        if measure.id == crate::measures::list::INFESTED_HA.id {
            cells.extend(severity::infested_levels().map(|level| Cell::from(account.infested(Some(level)))));
        }
    }
    cells
}

fn days(week: &Week) -> [Cell; 2] {
    [week.period.from, week.period.to].map(|day| day.to_string().as_str().into())
}

/// One row per week and pest, and one of all pests, over all communes; the weeks of last year that these are compared with stand first.
pub fn weeks(joined: &Joined, weeks: &[Week]) -> Option<Sheet> {
    if weeks.is_empty() {
        return None;
    }
    let measures = measures(joined);
    let mut earlier: Vec<Week> = weeks.par_iter().filter_map(|week| last_year(joined, week)).collect();
    earlier.retain(|week| weeks.iter().all(|known| known.period != week.period));
    let mut list = vec![
        Heading::new("from", message!("Từ ngày", "From"), Figures::Words),
        Heading::new("to", message!("Đến ngày", "To"), Figures::Words),
        Heading::new("pest", message!("Sâu bệnh", "Pest"), Figures::Words),
    ];
    list.extend(headings(&measures));
    let names = joined.forecasts.as_ref().map_or(&[][..], |forecasts| &forecasts.pests);
    let mut rows = Vec::new();
    for week in earlier.iter().chain(weeks) {
        // An empty name is that of all pests together, a field once.
        for (pest, account) in std::iter::once(("", &week.all)).chain(names.iter().map(String::as_str).zip(&week.pests)) {
            let mut row: Vec<Cell> = days(week).into();
            row.push(pest.into());
            row.extend(numbers(&measures, account));
            rows.push(row);
        }
    }
    Some(Sheet { id: "weeks", title: message!("Theo tuần", "By week"), headings: list, rows, totals: None })
}

/// One row per week and commune, over all pests.
pub fn commune_weeks(joined: &Joined, weeks: &[Week]) -> Option<Sheet> {
    if weeks.is_empty() {
        return None;
    }
    let measures = measures(joined);
    let mut list = vec![
        Heading::new("from", message!("Từ ngày", "From"), Figures::Words),
        Heading::new("to", message!("Đến ngày", "To"), Figures::Words),
        Heading::new("code", message!("Mã", "Code"), Figures::Words),
        Heading::new("name", message!("Xã, thị trấn", "Commune"), Figures::Words),
    ];
    list.extend(headings(&measures));
    let mut rows = Vec::new();
    for week in weeks {
        for (commune, account) in week.accounts.communes.iter().enumerate() {
            let mut row: Vec<Cell> = days(week).into();
            row.extend([&joined.communes.codes[commune], &joined.communes.names[commune]].map(|text| Cell::from(text.as_str())));
            row.extend(numbers(&measures, account));
            rows.push(row);
        }
    }
    Some(Sheet {
        id: "commune_weeks",
        title: message!("Theo xã và tuần", "By commune and week"),
        headings: list,
        rows,
        totals: None,
    })
}

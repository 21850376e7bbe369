//! By pest, commune and period.

use super::sheet::{Cell, Figures, Heading, Sheet};
use crate::message;
use crate::model::accounts::Account;
use crate::model::notices::Noted;
use crate::model::{ByPeriod, Joined, When};
use crate::values::{Lang, Message, Value, exact, severity};
use std::collections::BTreeMap;

/// One row per pest, commune and period.
pub fn pests(joined: &Joined, periods: &ByPeriod) -> Sheet {
    let mut headings = vec![
        Heading::new("period", message!("Kỳ", "Period"), Figures::Words),
        Heading::new("from", message!("Từ ngày", "From"), Figures::Words),
        Heading::new("to", message!("Đến ngày", "To"), Figures::Words),
        Heading::new("pest", message!("Sâu bệnh", "Pest"), Figures::Words),
        Heading::new("code", message!("Mã", "Code"), Figures::Words),
        Heading::new("name", message!("Xã, thị trấn", "Commune"), Figures::Words),
        Heading::new("surveyed_ha", message!("Diện tích điều tra (ha)", "Surveyed (ha)"), Figures::Tenths),
        Heading::new("infested_ha", message!("Tổng diện tích nhiễm (ha)", "Infested (ha)"), Figures::Tenths),
    ];
    for level in 1..=severity::HIGHEST {
        let (vi, en) = (severity::name(level, Lang::Vi), severity::name(level, Lang::En));
        headings.push(Heading::new(&format!("infested_ha_{level}"), message!("Nhiễm {vi} (ha)", "{en} (ha)"), Figures::Tenths));
    }
    headings.push(Heading::new("mean_severity", message!("Mức độ trung bình", "Mean severity"), Figures::Hundredths));
    headings.push(Heading::new(
        "linked_at_risk_ha",
        message!("Liên kết có nguy cơ (ha)", "Contracted at risk (ha)"),
        Figures::Tenths,
    ));
    // Columns that no row fills are left out.
    let notes = noted(joined);
    for (part, (id, name, figures)) in notes.parts.iter().zip(beside()) {
        if *part {
            headings.push(Heading::new(id, name, figures));
        }
    }
    let mut rows = Vec::new();
    let names = joined.forecasts.as_ref().map_or(&[][..], |forecasts| &forecasts.pests);
    for (when, accounts) in periods {
        let (from, to) = match joined.periods.get(*when) {
            Some(period) => (period.from.to_string(), period.to.to_string()),
            None => Default::default(),
        };
        for (number, (pest, list)) in (0..).zip(names.iter().zip(&accounts.pests)) {
            for (commune, account) in list.iter().enumerate().filter(|(_, account)| account.weight > 0.0 || account.reported) {
                let mut row: Vec<Cell> = vec![
                    when.name().into(),
                    from.as_str().into(),
                    to.as_str().into(),
                    pest.as_str().into(),
                    joined.communes.codes[commune].as_str().into(),
                    joined.communes.names[commune].as_str().into(),
                ];
                let contracted = joined.linked.as_ref().map(|_| joined.land.linked_ha[commune]);
                row.extend(account_cells(account, contracted));
                row.extend(notes.cells(*when, account, (number, commune as u32)));
                rows.push(row);
            }
        }
    }
    Sheet { id: "pests", title: message!("Theo sâu bệnh", "By pest"), headings, rows, totals: None }
}

/// What notices state beside infested hectares: id, name, what it holds.
fn beside() -> [(&'static str, Message, Figures); 7] {
    [
        ("treated_ha", message!("Diện tích phòng trừ (ha)", "Treated (ha)"), Figures::Tenths),
        ("previous_printed_ha", message!("Kỳ trước, theo số in (ha)", "Previous period, as printed (ha)"), Figures::Tenths),
        ("last_year_printed_ha", message!("Cùng kỳ năm trước, theo số in (ha)", "Last year, as printed (ha)"), Figures::Tenths),
        ("stage", message!("Giai đoạn sinh trưởng", "Stage"), Figures::Words),
        ("density_common", message!("Mật độ, tỷ lệ phổ biến", "Usual density or rate"), Figures::Words),
        ("density_high", message!("Mật độ, tỷ lệ cao nhất", "Highest density or rate"), Figures::Words),
        ("distribution", message!("Phân bố", "Distribution"), Figures::Words),
    ]
}

/// Notes of the reporting period by pest and commune, and which of their parts any row has.
struct Notes<'a> {
    parts: [bool; 7],
    rows: BTreeMap<(u16, u32), Vec<&'a Noted>>,
}

fn noted(joined: &Joined) -> Notes<'_> {
    let mut found = Notes { parts: [false; 7], rows: BTreeMap::new() };
    let Some(forecasts) = &joined.forecasts else { return found };
    let current = forecasts.days_in(joined.periods.get(When::Current), !joined.periods.is_declared());
    let is_current = |day: u16| current.get(usize::from(day)) == Some(&true);
    found.parts[0] = forecasts.areas.iter().any(|area| area.treated_ha.is_some());
    for noted in forecasts.noted.iter().filter(|noted| is_current(noted.day)) {
        found.parts[1] |= noted.previous_ha.is_some();
        found.parts[2] |= noted.last_year_ha.is_some();
        for (part, word) in found.parts[3..].iter_mut().zip(&noted.words) {
            *part |= !word.is_empty();
        }
        found.rows.entry((noted.pest, noted.commune)).or_default().push(noted);
    }
    found
}

impl Notes<'_> {
    /// The cells of a row, in the order of [`beside`]. Rows of one period (stages, sowing groups) add up; their words stand side by side.
    fn cells(&self, when: When, account: &Account, key: (u16, u32)) -> Vec<Cell> {
        let none: Vec<&Noted> = Vec::new();
        let rows = self.rows.get(&key).filter(|_| when == When::Current).unwrap_or(&none);
        let sum = |of: fn(&Noted) -> Option<f64>| -> Cell {
            let numbers: Vec<f64> = rows.iter().filter_map(|noted| of(noted)).collect();
            if numbers.is_empty() { Value::NoData.into() } else { Value::finite(exact::sum(numbers)).into() }
        };
        let words = |at: usize| -> Cell {
            let mut words: Vec<&str> =
                rows.iter().map(|noted| noted.words[at].as_str()).filter(|word| !word.is_empty()).collect();
            words.dedup();
            words.join("; ").as_str().into()
        };
        let all: [Cell; 7] = [
            account.treated_ha.map_or(Value::NoData, Value::finite).into(),
            sum(|noted| noted.previous_ha),
            sum(|noted| noted.last_year_ha),
            words(0),
            words(1),
            words(2),
            words(3),
        ];
        all.into_iter().zip(self.parts).filter_map(|(cell, part)| part.then_some(cell)).collect()
    }
}

fn account_cells(account: &Account, contracted: Option<f64>) -> Vec<Cell> {
    let surveyed = if account.surveyed_ha > 0.0 { Value::Number(account.surveyed_ha) } else { Value::NoData };
    let mut cells: Vec<Cell> = vec![surveyed.into(), account.infested(None).into()];
    cells.extend((1..=severity::HIGHEST).map(|level| Cell::from(account.infested(Some(level)))));
    cells.push(account.mean_severity().into());
    cells.push(match contracted {
        None => Value::NoData.into(),
        Some(_) if account.weight <= 0.0 => Value::NoData.into(),
        // Contracts that no survey of this pest reached have an unknown risk, not none.
        Some(hectares) if hectares > 0.0 && account.linked_surveyed_ha <= 0.0 => Value::NotSurveyed.into(),
        Some(_) => account.linked_at_risk_ha.into(),
    });
    cells
}

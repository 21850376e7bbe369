//! By pest, commune and period.

use super::sheet::{Cell, Heading, Sheet};
use crate::message;
use crate::model::accounts::Account;
use crate::model::{ByPeriod, Joined};
use crate::values::{Lang, Value, severity};

/// One row per pest, commune and period.
pub fn pests(joined: &Joined, periods: &ByPeriod) -> Sheet {
    let mut headings = vec![
        Heading::new("period", message!("Kỳ", "Period"), 0),
        Heading::new("from", message!("Từ ngày", "From"), 0),
        Heading::new("to", message!("Đến ngày", "To"), 0),
        Heading::new("pest", message!("Sinh vật gây hại", "Pest"), 0),
        Heading::new("code", message!("Mã", "Code"), 0),
        Heading::new("name", message!("Xã, thị trấn", "Commune"), 0),
        Heading::new("surveyed_ha", message!("Diện tích điều tra (ha)", "Surveyed (ha)"), 1),
        Heading::new("infested_ha", message!("Tổng diện tích nhiễm (ha)", "Infested (ha)"), 1),
    ];
    for level in 1..=severity::HIGHEST {
        let (vi, en) = (severity::name(level, Lang::Vi), severity::name(level, Lang::En));
        headings.push(Heading::new(&format!("infested_ha_{level}"), message!("Nhiễm {vi} (ha)", "{en} (ha)"), 1));
    }
    headings.push(Heading::new("mean_severity", message!("Mức độ trung bình", "Mean severity"), 2));
    headings.push(Heading::new("linked_at_risk_ha", message!("Liên kết có nguy cơ (ha)", "Contracted at risk (ha)"), 1));
    let mut rows = Vec::new();
    let names = joined.forecasts.as_ref().map_or(&[][..], |forecasts| &forecasts.pests);
    for (when, accounts) in periods {
        let (from, to) = match joined.periods.get(*when) {
            Some(period) => (period.from.to_string(), period.to.to_string()),
            None => Default::default(),
        };
        for (pest, list) in names.iter().zip(&accounts.pests) {
            for (commune, account) in list.iter().enumerate().filter(|(_, account)| account.weight > 0.0 || account.reported) {
                let mut row: Vec<Cell> = vec![
                    when.name().into(),
                    from.as_str().into(),
                    to.as_str().into(),
                    pest.as_str().into(),
                    joined.communes.codes[commune].as_str().into(),
                    joined.communes.names[commune].as_str().into(),
                ];
                row.extend(account_cells(account, joined.linked.is_some()));
                rows.push(row);
            }
        }
    }
    Sheet { id: "pests", title: message!("Theo sâu bệnh", "By pest"), headings, rows, totals: None }
}

fn account_cells(account: &Account, linked: bool) -> Vec<Cell> {
    let surveyed = if account.surveyed_ha > 0.0 { Value::Number(account.surveyed_ha) } else { Value::NoData };
    let mut cells: Vec<Cell> = vec![surveyed.into(), account.infested(None).into()];
    cells.extend((1..=severity::HIGHEST).map(|level| Cell::from(account.infested(Some(level)))));
    cells.push(account.mean_severity().into());
    cells.push(if linked && account.weight > 0.0 { account.linked_at_risk_ha.into() } else { Value::NoData.into() });
    cells
}

//! By enterprise.

use super::sheet::{Cell, Figures, Heading, Sheet};
use crate::join::Target;
use crate::measures::enterprises::enterprises;
use crate::message;
use crate::model::Joined;
use crate::model::accounts::Accounts;
use crate::values::{Value, exact, numbers};

/// One row per enterprise.
pub fn enterprises_sheet(joined: &Joined, current: &Accounts) -> Sheet {
    let headings = vec![
        Heading::new("enterprise", message!("Doanh nghiệp", "Enterprise"), Figures::Words),
        Heading::new("contracted_ha", message!("Diện tích hợp đồng (ha)", "Contracted (ha)"), Figures::Tenths),
        Heading::new("unplaced_ha", message!("trong đó chưa rõ vị trí (ha)", "of these, place not known (ha)"), Figures::Tenths),
        Heading::new("surveyed_ha", message!("Đã điều tra (ha)", "Surveyed (ha)"), Figures::Tenths),
        Heading::new("at_risk_ha", message!("Có nguy cơ (ha)", "At risk (ha)"), Figures::Tenths),
        Heading::new("at_risk_pct", message!("Có nguy cơ (% diện tích đã điều tra)", "At risk (% of surveyed)"), Figures::Tenths),
        Heading::new(
            "outside_ha",
            message!("Ngoài mọi xã, không tính (ha)", "Outside every commune, not counted (ha)"),
            Figures::Tenths,
        ),
    ];
    let list = enterprises(joined, current, None);
    // Contracts by commune cannot be set against forecasts by field, nor any against reports by commune.
    let by = joined.linked.as_ref().and_then(|linked| linked.target);
    let can_be_known = match (by, joined.forecast_target()) {
        (Some(Target::Communes), target) => target == Some(Target::Communes),
        (_, target) => target.is_some(),
    };
    let row = |name: &str, [contracted, unplaced, surveyed, at_risk, outside]: [f64; 5]| -> Vec<Cell> {
        // Where nothing was surveyed nobody knows what is at risk; that is not 0.
        let known = if surveyed > 0.0 { Value::Number(at_risk) } else { Value::NotSurveyed };
        let share = known.map(|at_risk| numbers::percent(at_risk, surveyed));
        let surveyed: Cell = if can_be_known { surveyed.into() } else { Value::NoData.into() };
        vec![name.into(), contracted.into(), unplaced.into(), surveyed, known.into(), share.into(), outside.into()]
    };
    let rows =
        list.iter().map(|e| row(&e.name, [e.contracted_ha, e.unplaced_ha, e.surveyed_ha, e.at_risk_ha, e.outside_ha])).collect();
    let sum = |f: fn(&crate::measures::enterprises::Enterprise) -> f64| exact::sum(list.iter().map(f));
    let totals =
        [sum(|e| e.contracted_ha), sum(|e| e.unplaced_ha), sum(|e| e.surveyed_ha), sum(|e| e.at_risk_ha), sum(|e| e.outside_ha)];
    let totals = row("∑", totals);
    Sheet { id: "enterprises", title: message!("Theo doanh nghiệp", "By enterprise"), headings, rows, totals: Some(totals) }
}

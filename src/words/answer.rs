//! The core question in a few lines: how many contracted hectares are forecast to be hit, by what, and what changed.

use crate::measures::list::{LINKED_AT_RISK_HA, LINKED_HA};
use crate::measures::{Measure, catalogue};
use crate::model::{ByPeriod, Joined, When, of_period};
use crate::project::MeasureKey;
use crate::values::{Lang, numbers};

/// The answer, if the project has contracts and forecasts.
pub fn answer(joined: &Joined, periods: &ByPeriod, lang: Lang) -> Vec<String> {
    let get = |when: When, measure: Measure, pest: Option<&str>| {
        let (_, accounts) = periods.iter().find(|(known, _)| *known == when)?;
        let key = MeasureKey { measure: measure.id.to_owned(), pest: pest.map(str::to_owned), ..MeasureKey::default() };
        catalogue::measure(joined, accounts, &key).ok()?.total.number()
    };
    let mut lines = Vec::new();
    let (Some(risk), Some(linked)) = (get(When::Current, &LINKED_AT_RISK_HA, None), get(When::Current, &LINKED_HA, None)) else {
        return lines;
    };
    let ha = |number: f64| numbers::format(number, 1, lang);
    let name = LINKED_AT_RISK_HA.name();
    let mut line = format!("{}: {} / {} ha ({} %)", name.get(lang), ha(risk), ha(linked), ha(100.0 * risk / linked));
    let unplaced = joined.land.linked_unplaced_ha;
    if unplaced > 0.0 {
        let at_risk = of_period(periods, When::Current).map_or(0.0, |accounts| accounts.unplaced.linked_at_risk_ha);
        let (all, hit) = (ha(unplaced), ha(at_risk));
        line.push_str(&match lang {
            Lang::Vi => {
                format!(
                    "; trong {} ha có {all} ha trên thửa không có hình, chưa xác định được vị trí ({hit} ha có nguy cơ)",
                    ha(linked)
                )
            }
            Lang::En => format!(
                "; {all} of the {} ha are on fields without a shape, their place not known ({hit} ha at risk)",
                ha(linked)
            ),
        });
    }
    for (when, word) in [
        (When::Previous, lang.pick("kỳ trước", "previous period")),
        (When::LastYear, lang.pick("cùng kỳ năm trước", "last year")),
    ] {
        if let Some(then) = get(when, &LINKED_AT_RISK_HA, None) {
            let change = numbers::format_change(risk - then, 1, lang);
            line.push_str(&format!("; {word} {} ({change})", ha(then)));
        }
    }
    lines.push(line);
    let pests = joined.forecasts.as_ref().map_or(&[][..], |forecasts| &forecasts.pests);
    let mut by_pest: Vec<(f64, &str)> =
        pests.iter().filter_map(|pest| Some((get(When::Current, &LINKED_AT_RISK_HA, Some(pest))?, pest.as_str()))).collect();
    by_pest.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let list: Vec<String> = by_pest
        .iter()
        .filter(|(hectares, _)| *hectares > 0.0)
        .take(6)
        .map(|(hectares, pest)| format!("{pest} {}", ha(*hectares)))
        .collect();
    if !list.is_empty() {
        lines.push(format!(
            "  {}: {}",
            lang.pick("theo sâu bệnh (một thửa có thể bị nhiều loại, ha)", "by pest (a field may have several, ha)"),
            list.join(", ")
        ));
    }
    lines
}

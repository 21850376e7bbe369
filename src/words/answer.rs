//! The core question in a few lines: how many contracted hectares are forecast to be hit, by what, and what changed.

use crate::measures::change::compare;
use crate::measures::list::{
    INFESTED_HA, LINKED_AT_RISK_EXPECTED_HA, LINKED_AT_RISK_HA, LINKED_AT_RISK_HIGH_HA, LINKED_AT_RISK_LOW_HA, LINKED_HA,
};
use crate::measures::{Measure, catalogue};
use crate::model::registers::RegisterTable;
use crate::model::{ByPeriod, Joined, Measured, When, of_period};
use crate::project::MeasureKey;
use crate::values::{Lang, Value, numbers};
use crate::words::values::some_communes;

/// The answer in at most three lines: hectares under contract that are hit, else hectares infested, beside the periods before; by pest;
/// where it changed most.
pub fn answer(joined: &Joined, periods: &ByPeriod, lang: Lang) -> Vec<String> {
    let get = |when: When, measure: Measure, pest: Option<&str>| number(joined, periods, (when, measure, pest));
    let (measure, mut line) = match (get(When::Current, &LINKED_AT_RISK_HA, None), get(When::Current, &LINKED_HA, None)) {
        (Some(risk), Some(linked)) => (&LINKED_AT_RISK_HA, of_contracts(joined, periods, (risk, linked), lang)),
        _ => match get(When::Current, &INFESTED_HA, None) {
            Some(infested) => {
                let name = INFESTED_HA.name();
                let line = format!("{}: {} ha", name.get(lang), numbers::format(infested, 1, lang));
                (&INFESTED_HA, estimated(joined, periods, None, lang).into_iter().chain([line]).collect::<Vec<_>>().join("; "))
            }
            None => return joined.registers.iter().filter_map(|table| of_register(joined, table, lang)).collect(),
        },
    };
    let of = |when: When| measured(joined, periods, (when, measure, None));
    let now = of(When::Current);
    for (when, word) in [
        (When::Previous, lang.pick("kỳ trước", "previous period")),
        (When::LastYear, lang.pick("cùng kỳ năm trước", "last year")),
    ] {
        let Some((now, then)) = now.as_ref().zip(of(when)) else { continue };
        let Some(total) = then.total.number() else { continue };
        let printed = joined.forecasts.as_ref().is_some_and(|forecasts| forecasts.from_print.contains(&when));
        let as_printed = if printed { lang.pick(" (theo số in)", " (as printed)") } else { "" };
        line.push_str(&format!("; {word}{as_printed} {}", numbers::format(total, 1, lang)));
        let compared = compare(now, &then);
        if let Some(change) = compared.change().number() {
            let over = some_communes(&compared, lang).map_or(String::new(), |words| format!("; {words}"));
            line.push_str(&format!(" ({}{over})", numbers::format_change(change, 1, lang)));
        }
    }
    // What has not been seen yet is called so wherever it stands.
    if crate::words::is_forecast(joined) {
        line = format!("{}: {line}", lang.pick("DỰ BÁO", "FORECAST"));
    }
    let mut lines = vec![line];
    lines.extend(by_pest(joined, &|pest| get(When::Current, measure, Some(pest)), measure, lang));
    lines.extend(most_changed(joined, periods, measure, lang));
    lines
}

/// "Dịch tả heo châu Phi: 16 ổ dịch đang hoạt động ở 4/10 xã, lũy kế 30 ổ"; nothing of a register whose sums are not known.
fn of_register(joined: &Joined, table: &RegisterTable, lang: Lang) -> Option<String> {
    let of = |what: &str| joined.indicators.list.iter().find(|found| found.id == format!("{}.{what}", table.id));
    let (active, all) = (of("active")?, of("outbreaks")?);
    let (now, so_far) = (active.total.number()?, all.total.number()?);
    let hit = active.values.iter().filter(|value| value.number().is_some_and(|count| count > 0.0)).count();
    let [now, so_far] = [now, so_far].map(|number| numbers::format(number, 0, lang));
    let (name, communes) = (crate::values::text::capital(&table.name), joined.communes.len());
    let name = if name.is_empty() { lang.pick("Ổ dịch", "Outbreaks").to_owned() } else { name };
    Some(match lang {
        Lang::Vi => format!("{name}: {now} ổ dịch đang hoạt động ở {hit}/{communes} xã, lũy kế {so_far} ổ"),
        Lang::En => format!("{name}: {now} active outbreaks in {hit} of {communes} communes, {so_far} so far"),
    })
}

/// Contracts at risk as a range, where only communes are known.
pub fn estimated(joined: &Joined, periods: &ByPeriod, pest: Option<&str>, lang: Lang) -> Option<String> {
    let of = |measure: Measure| {
        let pest = pest.filter(|_| measure.is_of_pests());
        number(joined, periods, (When::Current, measure, pest)).map(|hectares| numbers::format(hectares, 1, lang))
    };
    let (high, linked) = (of(&LINKED_AT_RISK_HIGH_HA)?, of(&LINKED_HA)?);
    let known = measured(joined, periods, (When::Current, &LINKED_AT_RISK_HIGH_HA, pest))?;
    let linked_ha = joined.land.linked_ha.iter();
    let with_contracts: Vec<&Value> =
        known.values.iter().zip(linked_ha).filter(|(_, hectares)| **hectares > 0.0).map(|(value, _)| value).collect();
    let contracted = with_contracts.len();
    let reported = with_contracts.iter().filter(|value| value.number().is_some()).count();
    let name = LINKED_AT_RISK_HA.name();
    let range = match (of(&LINKED_AT_RISK_LOW_HA), of(&LINKED_AT_RISK_EXPECTED_HA)) {
        (Some(low), Some(expected)) => format!("{low} – {high} ha, {} {expected}", lang.pick("khoảng", "about")),
        (Some(low), None) => format!("{low} – {high} ha"),
        (None, _) => format!("{} {high} ha", lang.pick("nhiều nhất", "at most")),
    };
    // Of communes without a report nothing is known, however large the sum of the others.
    let scope = match (reported < contracted, lang) {
        (false, _) => String::new(),
        (true, Lang::Vi) => format!(", mới có báo cáo ở {reported}/{contracted} xã có hợp đồng"),
        (true, Lang::En) => format!(", with reports of {reported} of {contracted} communes with contracts"),
    };
    Some(format!("{} ({}): {range} / {linked} ha{scope}", name.get(lang), lang.pick("ước tính", "estimate")))
}

type Asked<'a> = (When, Measure, Option<&'a str>);

fn number(joined: &Joined, periods: &ByPeriod, asked: Asked<'_>) -> Option<f64> {
    measured(joined, periods, asked)?.total.number()
}

fn measured(joined: &Joined, periods: &ByPeriod, (when, measure, pest): Asked<'_>) -> Option<Measured> {
    let (_, accounts) = periods.iter().find(|(known, _)| *known == when)?;
    let key = MeasureKey { measure: measure.id.to_owned(), pest: pest.map(str::to_owned), ..MeasureKey::default() };
    catalogue::measure(joined, accounts, &key).ok()
}

fn of_contracts(joined: &Joined, periods: &ByPeriod, (risk, linked): (f64, f64), lang: Lang) -> String {
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
    line
}

fn by_pest(joined: &Joined, of: &dyn Fn(&str) -> Option<f64>, measure: Measure, lang: Lang) -> Option<String> {
    let pests = joined.forecasts.as_ref().map_or(&[][..], |forecasts| &forecasts.pests);
    let mut by_pest: Vec<(f64, &str)> = pests.iter().filter_map(|pest| Some((of(pest)?, pest.as_str()))).collect();
    by_pest.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let list: Vec<String> = by_pest
        .iter()
        .filter(|(hectares, _)| *hectares > 0.0)
        .take(6)
        .map(|(hectares, pest)| format!("{pest} {}", numbers::format(*hectares, 1, lang)))
        .collect();
    let words = if measure.id == LINKED_AT_RISK_HA.id {
        lang.pick("theo sâu bệnh (một thửa có thể bị nhiều loại, ha)", "by pest (a field may have several, ha)")
    } else {
        lang.pick("theo sâu bệnh (ha)", "by pest (ha)")
    };
    (!list.is_empty()).then(|| format!("  {words}: {}", list.join(", ")))
}

/// The three communes that changed most since the period before, of those that have numbers in both.
fn most_changed(joined: &Joined, periods: &ByPeriod, measure: Measure, lang: Lang) -> Option<String> {
    let of = |when: When| measured(joined, periods, (when, measure, None));
    let (now, before) = (of(When::Current)?, of(When::Previous)?);
    let both = now.values.iter().zip(&before.values).zip(&joined.communes.names);
    let mut changes: Vec<(f64, &str)> = both
        .filter_map(|((now, before), name)| Some((now.number()? - before.number()?, name.as_str())))
        .filter(|(change, _)| change.abs() >= 0.05)
        .collect();
    changes.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()).then(a.1.cmp(b.1)));
    let list: Vec<String> =
        changes.iter().take(3).map(|(change, name)| format!("{name} {}", numbers::format_change(*change, 1, lang))).collect();
    let words = lang.pick("đổi nhiều nhất so với kỳ trước (ha)", "changed most since the previous period (ha)");
    (!list.is_empty()).then(|| format!("  {words}: {}", list.join(", ")))
}

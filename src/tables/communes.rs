//! By commune: every measure now, and what changed.

use super::sheet::{Cell, Figures, Heading, Sheet, with_unit};
use crate::measures::change::compare;
use crate::measures::list::{INFESTED_HA, LINKED_AT_RISK_HA, MEAN_SEVERITY};
use crate::measures::{ALL, Measure, catalogue};
use crate::message;
use crate::model::{ByPeriod, Joined, Measured, When};
use crate::project::MeasureKey;
use crate::run::Result;
use crate::values::{Lang, Message, Unit, Value, severity};

/// Measures whose change against the two other periods is worth columns of its own.
const COMPARED: [Measure; 3] = [&MEAN_SEVERITY, &INFESTED_HA, &LINKED_AT_RISK_HA];

/// Figures for people: things and days are counted, levels told apart by hundredths. What offices state in units of their own is
/// counted if all of it is whole: members, products.
fn figures_of(unit: &Unit, values: &[Value]) -> Figures {
    let whole = || values.iter().filter_map(|value| value.number()).all(|number| number.fract() == 0.0);
    match unit {
        Unit::Count(_) | Unit::Days => Figures::Whole,
        Unit::Level => Figures::Hundredths,
        Unit::None | Unit::Stated(_) if whole() => Figures::Whole,
        _ => Figures::Tenths,
    }
}

fn titled(measured: &Measured) -> Message {
    with_unit(&measured.name, &measured.unit)
}

/// One row per commune, in order of code.
pub fn communes(joined: &Joined, periods: &ByPeriod) -> Result<Sheet> {
    let mut headings = vec![
        Heading::new("code", message!("Mã", "Code"), Figures::Words),
        Heading::new("name", message!("Xã, thị trấn", "Commune"), Figures::Words),
    ];
    let mut rows: Vec<Vec<Cell>> = (0..joined.communes.len())
        .map(|commune| vec![joined.communes.codes[commune].as_str().into(), joined.communes.names[commune].as_str().into()])
        .collect();
    let mut totals: Vec<Cell> = vec!["".into(), "∑".into()];
    let mut states: Vec<Vec<String>> = vec![Vec::new(); rows.len()];
    let mut add = |id: &str, title: Message, unit: &Unit, values: &[Value], total: Value| {
        headings.push(Heading::new(id, title, figures_of(unit, values)));
        totals.push(total.into());
        for ((row, states), value) in rows.iter_mut().zip(&mut states).zip(values) {
            row.push((*value).into());
            if !value.state().is_empty() {
                states.push(format!("{id}={}", value.state()));
            }
        }
    };
    let get = |when: When| periods.iter().find(|(known, _)| *known == when).map(|(_, accounts)| accounts);
    let Some(current) = get(When::Current) else {
        return Err(crate::run::Fault::new(
            "no-period",
            crate::run::Place::default(),
            message!("không có kỳ báo cáo", "there is no period"),
        ));
    };
    for kind in ALL.iter().copied().filter(|kind| kind.available(joined)) {
        let key = MeasureKey { measure: kind.id.to_owned(), ..MeasureKey::default() };
        let now = catalogue::measure(joined, current, &key)?;
        add(&now.id, titled(&now), &now.unit, &now.values, now.total);
        // What is compared stands beside what it is compared with; severities come after.
        for when in [When::Previous, When::LastYear].into_iter().filter(|_| COMPARED.contains(&kind)) {
            let Some(accounts) = get(when) else { continue };
            let then = catalogue::measure(joined, accounts, &key)?;
            let suffix = if when == When::Previous { "previous" } else { "last_year" };
            let worded = |vi: &str, en: &str, unit: &Message| Message {
                vi: format!("{}: {vi} {} ({})", kind.name().vi, when.title(Lang::Vi), unit.vi),
                en: format!("{}: {en} {} ({})", kind.name().en, when.title(Lang::En), unit.en),
            };
            add(&format!("{}_{suffix}", now.id), worded("", "", &now.unit.words()), &now.unit, &then.values, then.total);
            let compared = compare(&now, &then);
            let change = |a: Value, b: Value| a.zip(b, |a, b| a - b);
            let change_pct = |a: Value, b: Value| a.zip(b, |a, b| 100.0 * (a - b) / b);
            let each = |f: &dyn Fn(Value, Value) -> Value| -> Vec<Value> {
                now.values.iter().zip(&then.values).map(|(a, b)| f(*a, *b)).collect()
            };
            let so = worded("so", "change on", &now.unit.words());
            add(&format!("{}_change_{suffix}", now.id), so, &now.unit, &each(&change), compared.change());
            let so = worded("so", "change on", &message!("%", "%"));
            add(&format!("{}_change_pct_{suffix}", now.id), so, &Unit::PerCent, &each(&change_pct), compared.change_pct());
        }
        if kind == &INFESTED_HA {
            for level in 1..=severity::HIGHEST {
                let of_level = catalogue::measure(joined, current, &MeasureKey { severity: Some(level), ..key.clone() })?;
                add(&of_level.id, titled(&of_level), &of_level.unit, &of_level.values, of_level.total);
            }
        }
    }
    for indicator in &joined.indicators.list {
        add(&indicator.id, titled(indicator), &indicator.unit, &indicator.values, indicator.total);
    }
    headings.push(Heading::new("states", message!("Ghi chú", "Notes"), Figures::Words));
    totals.push("".into());
    for (row, states) in rows.iter_mut().zip(&states) {
        row.push(states.join(";").as_str().into());
    }
    Ok(Sheet { id: "communes", title: message!("Theo xã", "By commune"), headings, rows, totals: Some(totals) })
}

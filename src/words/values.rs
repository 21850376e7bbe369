//! Values and changes in words.

use crate::measures::change::{Compared, compare};
use crate::model::{Measured, When};
use crate::values::text::capital;
use crate::values::{Lang, Unit, Value, numbers};

/// Words and value of a line of figures.
pub type Figure = (String, String);

/// Decimals of a figure in words.
fn decimals(measured: &Measured) -> usize {
    // Attainment of plan in two decimals, as reports have it.
    let reported = measured.id.contains("_attainment_pct").then_some(2);
    measured.decimals.or(reported).unwrap_or_else(|| measured.decimals().max(1))
}

/// A value with its unit, or why there is none.
pub fn shown(measured: &Measured, value: Value, lang: Lang) -> String {
    match value {
        Value::Number(number) => {
            let decimals = if number.fract() == 0.0 { 0 } else { decimals(measured) };
            let unit = measured.unit.short(lang);
            let number = if measured.signed {
                numbers::format_change(number, decimals, lang)
            } else {
                numbers::format(number, decimals, lang)
            };
            format!("{number} {unit}").trim_end().to_owned()
        }
        other => other.words(lang).to_owned(),
    }
}

/// The value of another period, and the change since.
pub fn since(now: &Measured, then: &Measured, when: When, lang: Lang) -> Vec<Figure> {
    let mut list = vec![(capital(when.title(lang)), shown(then, then.total, lang))];
    let compared = compare(now, then);
    if let (Some(change), Some(base)) = (compared.change().number(), compared.then.number()) {
        let words = lang.pick("   tăng, giảm", "   change");
        let changed = match now.unit {
            // A share that goes from 40 to 42 % has gained two points, not 5 %.
            Unit::PerCent | Unit::PerCentOf(_) => {
                format!("{} {}", numbers::format_change(change, decimals(now), lang), lang.pick("điểm %", "points"))
            }
            _ => change_words(change, base, decimals(now), lang),
        };
        list.push((format!("{words}{}", same_communes(&compared, lang)), changed));
    }
    list
}

/// " (8/10 xã)" where a change is that of some communes only; else nothing.
pub fn same_communes(compared: &Compared, lang: Lang) -> String {
    some_communes(compared, lang).map_or(String::new(), |words| format!(" ({words})"))
}

/// "8/10 xã" where a change is that of some communes only.
pub fn some_communes(compared: &Compared, lang: Lang) -> Option<String> {
    let [both, either] = compared.communes;
    compared.is_partial().then(|| format!("{both}/{either} {}", lang.pick("xã", "communes")))
}

/// "+12,5 (+3,1 %)"
pub fn change_words(change: f64, base: f64, decimals: usize, lang: Lang) -> String {
    if change == 0.0 {
        return "0".to_owned();
    }
    let percent =
        if base == 0.0 { String::new() } else { format!(" ({} %)", numbers::format_change(100.0 * change / base, 1, lang)) };
    format!("{}{percent}", numbers::format_change(change, decimals, lang))
}

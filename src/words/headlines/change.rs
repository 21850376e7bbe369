//! What a measure has gained or lost, over the communes that have a number in both periods.

use super::Headline;
use super::phrase::{amount, with_unit};
use crate::measures::change::compare;
use crate::model::{Measured, When};
use crate::values::{Lang, numbers};

/// How long ago the other period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// The seven days before
    Week,
    /// The period before
    Period,
    /// The same period last year
    LastYear,
}

impl Since {
    /// A period that many days before this one.
    pub fn of(when: When, days: i64) -> Since {
        match when {
            When::LastYear => Since::LastYear,
            _ if days == 7 => Since::Week,
            _ => Since::Period,
        }
    }

    fn words(self, lang: Lang) -> &'static str {
        match self {
            Since::Week => lang.pick("sau một tuần", "in a week"),
            Since::Period => lang.pick("so kỳ trước", "since the period before"),
            Since::LastYear => lang.pick("so cùng kỳ năm trước", "since the same period last year"),
        }
    }
}

/// Changes beyond this are told in the unit alone.
const MOST_PERCENT: f64 = 1000.0;

/// ", tăng 206 ha sau một tuần (+30 %)"; empty where the periods cannot be compared.
pub(super) fn clause(now: &Measured, before: &Measured, since: Since, percent: bool, lang: Lang) -> String {
    let words = moved(now, before, since, percent, lang);
    if words.is_empty() { words } else { format!(", {words}") }
}

fn moved(now: &Measured, before: &Measured, since: Since, percent: bool, lang: Lang) -> String {
    let compared = compare(now, before);
    let (Some(gain), Some(base)) = (compared.change().number(), compared.then.number()) else { return String::new() };
    let over = match (compared.is_partial(), lang) {
        (false, _) => String::new(),
        (true, Lang::Vi) => format!(", trên {} xã có cả hai kỳ", compared.communes[0]),
        (true, Lang::En) => format!(", over {} communes with both periods", compared.communes[0]),
    };
    let since = since.words(lang);
    let Some(number) = amount(gain, now, lang) else {
        return format!("{} {since}{over}", lang.pick("không đổi", "unchanged"));
    };
    let number = with_unit(number, now, true, lang);
    let of_base = 100.0 * gain / base;
    let counts = now.quantity == crate::values::Quantity::Extensive && base >= 1.0 && of_base.abs() < MOST_PERCENT;
    let of_base = match percent && counts {
        // Half a per cent is not one.
        true => format!(" ({} %)", numbers::format_change(of_base, usize::from(of_base.abs() < 1.0), lang)),
        false => String::new(),
    };
    let verb = if gain > 0.0 { lang.pick("tăng", "up") } else { lang.pick("giảm", "down") };
    format!("{verb} {number} {since}{of_base}{over}")
}

/// The finding of a map of change: `change` by commune, from the measure now and then.
pub fn of_change(change: &Measured, [now, then]: [&Measured; 2], names: &[String], since: Since, lang: Lang) -> Headline {
    let mut gains: Vec<(f64, &str)> =
        change.values.iter().zip(names).filter_map(|(value, name)| Some((value.number()?, name.as_str()))).collect();
    gains.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    // Directions are those of the measure: a commune that had nothing has a gain, though none in per cent.
    let differences = now.values.iter().zip(&then.values).filter_map(|(now, then)| Some(now.number()? - then.number()?));
    let differences: Vec<f64> = differences.collect();
    let count = |wanted: fn(f64) -> bool| differences.iter().filter(|gain| wanted(**gain)).count();
    let [more, less, same] = [count(|gain| gain > 0.0), count(|gain| gain < 0.0), count(|gain| gain == 0.0)];
    let name = now.name.get(lang);
    let total = moved(now, then, since, true, lang);
    let parts = [
        (more, lang.pick("tăng ở", "up in")),
        (less, lang.pick("giảm ở", "down in")),
        (same, lang.pick("không đổi ở", "unchanged in")),
    ];
    let communes = |count: usize| lang.pick("xã", if count == 1 { "commune" } else { "communes" });
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{words} {count} {}", communes(count)))
        .collect();
    let parts = parts.join(", ");
    let first = match (total.is_empty(), differences.is_empty()) {
        (_, true) => {
            format!("{name}: {}", lang.pick("không có xã nào có số của cả hai kỳ", "no commune has numbers of both periods"))
        }
        (true, _) => format!("{name} {parts}"),
        (false, _) => format!("{name} {total}"),
    };
    let mut lead = Vec::new();
    if !total.is_empty() && !differences.is_empty() {
        lead.push(crate::values::text::capital(&parts));
    }
    if let Some((gain, most)) = gains.first().filter(|(gain, _)| *gain != 0.0) {
        let ties = gains.iter().filter(|(other, _)| other.abs() == gain.abs()).count();
        let words = lang.pick("đổi nhiều nhất", "most");
        let number = numbers::format_change(*gain, change.decimals(), lang);
        if ties == 1 {
            let place = format!("{words}: {most} ({})", with_unit(number, change, !change.id.contains("_change_pct_"), lang));
            lead.push(place);
        }
    }
    let lead = lead.join("; ");
    Headline::of_clauses(first, Vec::new(), "", vec![lead])
}

//! Change of a measure against another period.

use crate::model::Measured;
use crate::model::periods::When;
use crate::values::{Message, Quantity, Unit, Value};

/// What a measure has gained (or lost, below zero) since another period, in its unit or in per cent of then.
///
/// A commune without a number in either period has no change; one that had 0 then has no change in per cent.
pub fn change(now: &Measured, then: &Measured, when: When, percent: bool) -> Measured {
    let of = |now: Value, then: Value| {
        now.zip(then, |now, then| now - then).zip(then, |gain, then| match (percent, then) {
            (false, _) => gain,
            (true, _) => 100.0 * gain / then,
        })
    };
    let of = |now: Value, then: Value| match (percent, then) {
        (true, Value::Number(0.0)) => Value::OutOfScope,
        _ => of(now, then),
    };
    let since = |vi: &str, en: &str| Message {
        vi: format!("{} – so {vi}", now.name.vi),
        en: format!("{} – against {en}", now.name.en),
    };
    let other = match when {
        When::LastYear => since("cùng kỳ năm trước", "the same period last year"),
        _ => since("kỳ trước", "the previous period"),
    };
    Measured {
        id: format!("{}_change{}_{}", now.id, if percent { "_pct" } else { "" }, when.name().replace('-', "_")),
        name: other,
        unit: if percent { Unit::PerCent } else { now.unit.clone() },
        quantity: if percent { Quantity::Intensive } else { now.quantity },
        decimals: now.decimals,
        values: now.values.iter().zip(&then.values).map(|(now, then)| of(*now, *then)).collect(),
        total: of(now.total, then.total),
        scale: "change",
        signed: true,
    }
}

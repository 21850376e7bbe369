//! Change of a measure against another period. Changes compare the same communes: one without a number in either period has none.

use crate::model::Measured;
use crate::model::periods::When;
use crate::values::{Message, Quantity, Unit, Value, exact};

/// Both periods over the communes that have a number in each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// Now
    pub now: Value,
    /// Then
    pub then: Value,
    /// Communes that have a number in both, and in either
    pub communes: [usize; 2],
}

impl Compared {
    /// What was gained.
    pub fn change(&self) -> Value {
        self.now.zip(self.then, |now, then| now - then)
    }

    /// The same in per cent of then.
    pub fn change_pct(&self) -> Value {
        self.now.zip(self.then, |now, then| 100.0 * (now - then) / then)
    }

    /// Some communes have a number in one period only.
    pub fn is_partial(&self) -> bool {
        self.communes[0] < self.communes[1]
    }
}

/// A measure over all communes in two periods, so that they can be compared. Where every commune has a number in both or in neither
/// these are its totals; else sums over those that have both, and no data for rates, which have no sums.
pub fn compare(now: &Measured, then: &Measured) -> Compared {
    let pairs = || now.values.iter().zip(&then.values).map(|(now, then)| (now.number(), then.number()));
    let both: Vec<(f64, f64)> = pairs().filter_map(|(now, then)| now.zip(then)).collect();
    let communes = [both.len(), pairs().filter(|(now, then)| now.is_some() || then.is_some()).count()];
    if communes[0] == communes[1] {
        return Compared { now: now.total, then: then.total, communes };
    }
    if now.quantity != Quantity::Extensive || both.is_empty() {
        return Compared { now: Value::NoData, then: Value::NoData, communes };
    }
    let sum = |of: fn(&(f64, f64)) -> f64| Value::Number(exact::sum(both.iter().map(of)));
    Compared { now: sum(|(now, _)| *now), then: sum(|(_, then)| *then), communes }
}

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
        total: {
            let compared = compare(now, then);
            of(compared.now, compared.then)
        },
        scale: if percent { "change_pct" } else { "change" },
        signed: true,
    }
}

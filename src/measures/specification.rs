//! What a measure is: its names, unit and needs, and how it follows from the accounts of a period.

use super::estimates;
use crate::join::Target;
use crate::message;
use crate::model::accounts::{Account, Accounts};
use crate::model::areas::Reported;
use crate::model::observations::Forecasts;
use crate::model::{Joined, Measured};
use crate::values::{Message, Quantity, Unit, Value};

/// A measure that follows from fields, contracts and forecasts.
pub struct Specification {
    /// Name in project files and tables
    pub id: &'static str,
    /// Name for people, in Vietnamese and English
    pub names: [&'static str; 2],
    /// What follows a number and its unit in a sentence, in Vietnamese and English
    pub said: Option<[&'static str; 2]>,
    /// The measure that is this one in per cent of its whole
    pub share: Option<&'static str>,
    /// The whole that this one is a part of
    pub whole: Option<&'static str>,
    /// It is known by class of severity
    pub by_level: bool,
    /// Unit; it says whether values add up
    pub unit: Unit,
    /// What a project must have
    pub needs: Needs,
    /// Named scale it is drawn with
    pub scale: &'static str,
    /// Decimals, where the size of the values does not tell
    pub decimals: Option<usize>,
    /// Its value in a commune
    pub value: fn(&InCommune<'_>) -> Value,
    /// Its value over all communes together
    pub total: fn(&Overall<'_>) -> Value,
    /// Its value where nothing but an account is known, for series of weeks
    pub of_account: Option<fn(&Account) -> Value>,
}

/// A measure of the list.
pub type Measure = &'static Specification;

/// What a measure needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needs {
    /// Hectares or counts of fields
    pub fields: bool,
    /// Contracts
    pub linked: bool,
    /// Forecasts, so that it changes from period to period
    pub forecasts: bool,
    /// Or, in place of these, infested hectares as communes report them
    pub or_reports: bool,
    /// Contracts and reports by commune only
    pub estimate: bool,
    /// Hectares treated, as reports state them
    pub treated: bool,
    /// Hectares sown, as reports state them
    pub sown: bool,
}

impl Needs {
    /// Nothing but communes.
    pub const NONE: Needs =
        Needs { fields: false, linked: false, forecasts: false, or_reports: false, estimate: false, treated: false, sown: false };
}

/// A commune in which a measure is computed.
pub struct InCommune<'a> {
    /// Joined data
    pub joined: &'a Joined,
    /// Number of the commune
    pub commune: usize,
    /// Its account, of one pest or of all
    pub account: &'a Account,
    /// All accounts of the period
    pub accounts: &'a Accounts,
    /// Only this pest
    pub pest: Option<usize>,
    /// Only this severity
    pub level: Option<u8>,
}

/// All communes together.
pub struct Overall<'a> {
    /// Joined data
    pub joined: &'a Joined,
    /// The account of all
    pub account: &'a Account,
    /// The values in the communes
    pub values: &'a [Value],
    /// Only this severity
    pub level: Option<u8>,
}

impl PartialEq for Specification {
    fn eq(&self, other: &Specification) -> bool {
        self.id == other.id
    }
}

impl std::fmt::Debug for Specification {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

impl Specification {
    /// Name for people.
    pub fn name(&self) -> Message {
        let [vi, en] = self.names;
        Message { vi: vi.to_owned(), en: en.to_owned() }
    }

    /// Whether it is a number of pests, and so may be asked of one.
    pub fn is_of_pests(&self) -> bool {
        let Needs { forecasts, or_reports, estimate, treated, .. } = self.needs;
        forecasts || or_reports || estimate || treated
    }

    /// What a project must have, for who lacks it.
    pub fn needed(&self) -> Message {
        let Needs { treated, sown, .. } = self.needs;
        if treated || sown {
            return message!(
                "cần bảng infested-area có cột diện tích phòng trừ (treated_ha) hoặc gieo trồng (sown_ha)",
                "an infested-area table with a column of hectares treated (treated_ha) or sown (sown_ha) gives it"
            );
        }
        message!(
            "cần [fields] cho héc-ta ruộng, bảng linked-production cho liên kết, bảng pest-forecast cho mức độ nhiễm",
            "[fields] gives field hectares, a linked-production table contracts, a pest-forecast table severity"
        )
    }

    /// Whether a project has what the measure needs.
    pub fn available(&self, joined: &Joined) -> bool {
        let Needs { fields, linked, forecasts, or_reports, estimate, treated, sown } = self.needs;
        let any = |states: fn(&Reported) -> bool| {
            joined.forecasts.as_ref().is_some_and(|found: &Forecasts| found.areas.iter().any(states))
        };
        if treated {
            return any(|area| area.treated_ha.is_some());
        }
        if sown {
            return any(|area| area.sown_ha > 0.0);
        }
        if estimate && !estimates::are_needed(joined) {
            return false;
        }
        if or_reports && joined.forecasts.as_ref().is_some_and(|found| !found.areas.is_empty()) {
            return true;
        }
        let by_commune_only = joined.forecast_target() == Some(Target::Fields)
            && joined.linked.as_ref().is_some_and(|linked| linked.target == Some(Target::Communes));
        let surveyed = joined.forecasts.as_ref().is_some_and(|found| found.target.is_some());
        (!fields || joined.fields.is_some())
            && (!linked || joined.linked.is_some())
            && (!forecasts || surveyed)
            && !(linked && forecasts && by_commune_only)
    }
}

impl InCommune<'_> {
    /// What holds of a commune with fields; where fields are known, one without is out of scope.
    pub fn with_fields(&self, value: impl FnOnce() -> Value) -> Value {
        let without = self.joined.fields.is_some() && self.joined.land.fields[self.commune] == 0;
        if without { Value::OutOfScope } else { value() }
    }

    /// Contracted hectares.
    pub fn linked(&self) -> Value {
        Value::finite(self.joined.land.linked_ha[self.commune])
    }

    /// Hectares sown, as the reports of any pest state them; 0 where none does.
    pub fn sown_ha(&self) -> f64 {
        self.accounts.pests.iter().map(|pest| pest[self.commune].sown_ha).fold(0.0, f64::max)
    }

    /// Contracted hectares at risk. Contracts that no survey reached have an unknown risk, not none.
    pub fn at_risk(&self) -> Value {
        match self.linked() {
            Value::Number(hectares) if hectares > 0.0 && self.account.linked_surveyed_ha <= 0.0 => Value::NotSurveyed,
            other => other.map(|_| self.account.linked_at_risk_ha),
        }
    }
}

impl Overall<'_> {
    /// The sum of what is known.
    pub fn sum(&self, list: &[f64]) -> Value {
        let known: Vec<f64> = list.iter().copied().filter(|number| number.is_finite()).collect();
        if known.is_empty() { Value::NoData } else { Value::Number(known.iter().sum()) }
    }

    /// The sum of the values of the communes.
    pub fn sum_of_values(&self) -> Value {
        Measured::sum(Quantity::Extensive, self.values)
    }

    /// Contracted hectares inside communes.
    pub fn linked_inside(&self) -> Value {
        self.sum(&self.joined.land.linked_ha)
    }

    /// Contracted hectares. Those on fields without a shape lie in no commune, yet the office has them.
    pub fn linked(&self) -> Value {
        let unplaced = self.joined.land.linked_unplaced_ha;
        match self.linked_inside() {
            Value::Number(hectares) => Value::Number(hectares + unplaced),
            _ if unplaced > 0.0 => Value::Number(unplaced),
            unknown => unknown,
        }
    }

    /// Contracted hectares at risk.
    pub fn at_risk(&self) -> Value {
        match self.account.linked_surveyed_ha > 0.0 {
            true => Value::Number(self.account.linked_at_risk_ha),
            false => Value::NotSurveyed,
        }
    }
}

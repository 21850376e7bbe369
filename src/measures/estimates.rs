//! Contracts at risk where contracts and reports are both by commune: no field tells which contracted land is hit, so there is a range.
//!
//! With C contracted hectares, I hectares infested at medium or worse and S hectares sown (field hectares where fields are known; never
//! the land of the commune): at least max(0, C + I − S), at most min(C, I), and C · I / S where pests spare no contract. Over several
//! pests I lies between the largest of them and min(S, their sum); in between they are taken to hit independently, S · (1 − Π(1 − Iₚ/S)).
//! Hectares of a report without classes may all or none be at medium.

use super::specification::{InCommune, Overall};
use crate::model::Joined;
use crate::model::accounts::Account;
use crate::values::{Value, exact, severity};

/// Whether contracts and reports are by commune only, so that what is at risk can but be estimated.
pub fn are_needed(joined: &Joined) -> bool {
    let by_commune = |linked: &crate::model::contracts::Linked| linked.target == Some(crate::join::Target::Communes);
    let reports = joined.forecasts.as_ref().is_some_and(|found| !found.areas.is_empty() && found.target.is_none());
    reports && joined.linked.as_ref().is_some_and(by_commune)
}

/// Whether the land that is sown is known anywhere.
pub fn know_sown_land(joined: &Joined) -> bool {
    joined.fields.is_some() || joined.forecasts.as_ref().is_some_and(|found| found.areas.iter().any(|area| area.sown_ha > 0.0))
}

/// What of an estimate is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The least that must be hit
    Low,
    /// What is hit where pests spare no contract
    Expected,
    /// The most that can be hit
    High,
}

/// Contracted hectares at risk in a commune.
pub fn at_risk(of: &InCommune<'_>, bound: Bound) -> Value {
    let contracted = match of.linked() {
        Value::Number(hectares) => hectares,
        other => return other,
    };
    let pests: Vec<&Account> = match of.pest {
        Some(pest) => vec![&of.accounts.pests[pest][of.commune]],
        None => of.accounts.pests.iter().map(|pest| &pest[of.commune]).collect(),
    };
    let reported: Vec<&Account> = pests.into_iter().filter(|account| account.reported).collect();
    if reported.is_empty() {
        return if contracted == 0.0 { Value::Number(0.0) } else { Value::NotSurveyed };
    }
    let fields = of.joined.fields.as_ref().map(|_| of.joined.land.field_area_ha[of.commune]);
    let stated = of.sown_ha();
    let sown = fields.or((stated > 0.0).then_some(stated));
    let classed: Vec<f64> = reported.iter().map(|account| medium(account)).collect();
    let unclassed: Vec<f64> = reported.iter().map(|account| account.unclassed_ha).collect();
    let least = classed.iter().copied().fold(0.0, f64::max);
    let most = exact::sum(classed.iter().chain(&unclassed).copied()).min(sown.unwrap_or(f64::INFINITY));
    let high = contracted.min(most);
    match (bound, sown) {
        (Bound::High, _) => Value::finite(high),
        (_, None) => Value::NoData,
        (Bound::Low, Some(sown)) => Value::finite((contracted + least - sown).max(0.0).min(high)),
        (Bound::Expected, Some(_)) if unclassed.iter().any(|hectares| *hectares > 0.0) => Value::NoData,
        (Bound::Expected, Some(sown)) => {
            let spared: f64 = classed.iter().map(|hectares| 1.0 - (hectares / sown).min(1.0)).product();
            Value::finite((contracted * (1.0 - spared)).min(high))
        }
    }
}

/// What is expected over all communes with a report; nothing where one of them gives no expectation, as the others alone are not it.
pub fn expected_of_all(of: &Overall<'_>) -> Value {
    let contracted = |commune: usize| of.joined.land.linked_ha.get(commune).is_some_and(|hectares| *hectares > 0.0);
    let unknown = |(commune, value): (usize, &Value)| *value == Value::NoData && contracted(commune);
    if of.values.iter().enumerate().any(unknown) { Value::NoData } else { of.sum_of_values() }
}

/// Hectares of a report at or above the level that puts a contract at risk.
fn medium(account: &Account) -> f64 {
    let levels = account.level_ha.iter().enumerate().filter(|(level, _)| severity::is_at_risk(*level as f64));
    exact::sum(levels.map(|(_, hectares)| *hectares))
}

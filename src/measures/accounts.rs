//! Hectares by severity, commune and pest in one period.

use super::forecasts::Forecast;
use super::world::World;
use crate::join::Target;
use crate::values::{Period, severity};

/// Severity of every field (or commune) in a period. NaN: not surveyed.
#[derive(Debug, Clone, Default)]
pub struct Severities {
    /// Mean over all rows
    pub mean: Vec<f64>,
    /// Highest over all rows
    pub highest: Vec<f32>,
    /// Highest over the rows of each pest
    pub by_pest: Vec<Vec<f32>>,
}

/// Hectares of one commune (or of one pest in it).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Account {
    /// Field hectares with a forecast
    pub surveyed_ha: f64,
    /// Field hectares by severity level; each hectare once, at its highest level
    pub level_ha: [f64; 5],
    /// Sum of hectares times mean severity
    pub severity_ha: f64,
    /// Contracted hectares with a forecast
    pub linked_surveyed_ha: f64,
    /// Contracted hectares on fields whose highest severity is at least medium
    pub linked_at_risk_ha: f64,
}

impl Account {
    /// Hectares at or above the level from which land counts as infested.
    pub fn infested_ha(&self) -> f64 {
        self.level_ha[severity::INFESTED as usize..].iter().sum()
    }

    fn add(&mut self, hectares: f64, linked: f64, mean: f64, highest: f32) {
        self.surveyed_ha += hectares;
        self.level_ha[(highest.max(0.0) as usize).min(4)] += hectares;
        self.severity_ha += hectares * mean;
        if linked.is_finite() {
            self.linked_surveyed_ha += linked;
            if f64::from(highest) >= severity::AT_RISK {
                self.linked_at_risk_ha += linked;
            }
        }
    }

    /// Sum of accounts.
    pub fn total<'a>(accounts: impl IntoIterator<Item = &'a Account>) -> Account {
        accounts.into_iter().fold(Account::default(), |mut sum, account| {
            sum.surveyed_ha += account.surveyed_ha;
            sum.severity_ha += account.severity_ha;
            sum.linked_surveyed_ha += account.linked_surveyed_ha;
            sum.linked_at_risk_ha += account.linked_at_risk_ha;
            sum.level_ha.iter_mut().zip(account.level_ha).for_each(|(sum, hectares)| *sum += hectares);
            sum
        })
    }
}

/// All accounts of a period.
#[derive(Debug, Clone, Default)]
pub struct Accounts {
    /// By commune
    pub communes: Vec<Account>,
    /// By pest, then commune
    pub pests: Vec<Vec<Account>>,
    /// Severity of each field or commune
    pub severities: Severities,
}

impl Accounts {
    /// Accounts of the rows in a period. `undated` says whether rows without a day count.
    pub fn new(world: &World, period: Option<Period>, undated: bool) -> Accounts {
        let communes = world.communes.len();
        let Some(forecasts) = &world.forecasts else {
            return Accounts { communes: vec![Account::default(); communes], ..Accounts::default() };
        };
        let severities = severities(world, period, undated);
        let mut accounts = Accounts {
            communes: vec![Account::default(); communes],
            pests: vec![vec![Account::default(); communes]; forecasts.pests.len()],
            severities,
        };
        match forecasts.target {
            Some(Target::Fields) => accounts.add_fields(world),
            Some(Target::Communes) => accounts.add_communes(world),
            None => {}
        }
        accounts
    }

    fn add_fields(&mut self, world: &World) {
        let Some(fields) = &world.fields else { return };
        let Severities { mean, highest, by_pest } = &self.severities;
        for field in 0..fields.pieces.len() {
            if highest[field].is_nan() {
                continue;
            }
            let area = fields.pieces.area_ha[field];
            let linked = world.land.linked_of_field.get(field).copied().unwrap_or(f64::NAN);
            for piece in fields.pieces.of(field) {
                let commune = piece.commune as usize;
                let (hectares, linked) = (area * piece.share, linked * piece.share);
                self.communes[commune].add(hectares, linked, mean[field], highest[field]);
                for (accounts, severities) in self.pests.iter_mut().zip(by_pest) {
                    let severity = severities[field];
                    if !severity.is_nan() {
                        accounts[commune].add(hectares, linked, f64::from(severity), severity);
                    }
                }
            }
        }
    }

    fn add_communes(&mut self, world: &World) {
        let Severities { mean, highest, by_pest } = &self.severities;
        for commune in 0..world.communes.len() {
            let hectares = world.land.field_area_ha[commune];
            // Without fields the mean must still come out, so a commune then weighs 1.
            let weight = if world.fields.is_some() { hectares } else { 1.0 };
            let linked = world.land.linked_ha[commune];
            if !highest[commune].is_nan() {
                self.communes[commune].add(weight, linked, mean[commune], highest[commune]);
            }
            for (accounts, severities) in self.pests.iter_mut().zip(by_pest) {
                let severity = severities[commune];
                if !severity.is_nan() {
                    accounts[commune].add(weight, linked, f64::from(severity), severity);
                }
            }
        }
    }
}

/// Mean and highest severity of every unit over the rows of a period, summed in file order.
fn severities(world: &World, period: Option<Period>, undated: bool) -> Severities {
    let Some(forecasts) = &world.forecasts else { return Severities::default() };
    let units = match forecasts.target {
        Some(Target::Fields) => world.fields.as_ref().map_or(0, |fields| fields.pieces.len()),
        _ => world.communes.len(),
    };
    let inside = forecasts.days_in(period, undated);
    let mut found = Severities {
        mean: vec![0.0; units],
        highest: vec![f32::NAN; units],
        by_pest: vec![vec![f32::NAN; units]; forecasts.pests.len()],
    };
    let mut counts = vec![0u32; units];
    forecasts.visit(&inside, |Forecast { unit, pest, severity }| {
        found.mean[unit] += f64::from(severity);
        counts[unit] += 1;
        found.highest[unit] = found.highest[unit].max(severity);
        let slot = &mut found.by_pest[pest][unit];
        *slot = slot.max(severity);
    });
    for (mean, &count) in found.mean.iter_mut().zip(&counts) {
        *mean = if count == 0 { f64::NAN } else { *mean / f64::from(count) };
    }
    found
}

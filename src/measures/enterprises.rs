//! Contracted hectares by enterprise, and how many of them are at risk.

use super::accounts::Accounts;
use super::world::World;
use crate::join::Target;
use crate::values::severity;

/// Contracted hectares of one enterprise.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Enterprise {
    /// Name; empty where the table states none
    pub name: String,
    /// Contracted hectares of rows that found their field or commune
    pub contracted_ha: f64,
    /// Of these, on fields with a forecast
    pub surveyed_ha: f64,
    /// Of these, on fields whose highest severity is at least medium
    pub at_risk_ha: f64,
}

/// Every enterprise, largest risk first, then by name.
pub fn enterprises(world: &World, accounts: &Accounts) -> Vec<Enterprise> {
    let Some(linked) = &world.linked else { return Vec::new() };
    let mut list: Vec<Enterprise> =
        linked.enterprises.iter().map(|name| Enterprise { name: name.clone(), ..Enterprise::default() }).collect();
    let same_units = linked.target == world.forecast_target();
    for (row, &unit) in linked.unit.iter().enumerate() {
        let hectares = linked.hectares[row];
        let enterprise = &mut list[linked.enterprise[row] as usize];
        enterprise.contracted_ha += hectares;
        let severities = &accounts.severities.highest;
        let mut meet = |share: f64, severity: f32| {
            if !severity.is_nan() {
                enterprise.surveyed_ha += hectares * share;
                if f64::from(severity) >= severity::AT_RISK {
                    enterprise.at_risk_ha += hectares * share;
                }
            }
        };
        let severity_of = |unit: usize| severities.get(unit).copied().unwrap_or(f32::NAN);
        match (same_units, linked.target, &world.fields) {
            (true, Some(Target::Fields), Some(fields)) => {
                let inside: f64 = fields.pieces.of(unit as usize).iter().map(|piece| piece.share).sum();
                meet(inside, severity_of(unit as usize));
            }
            (true, ..) => meet(1.0, severity_of(unit as usize)),
            (false, Some(Target::Fields), Some(fields)) => {
                for piece in fields.pieces.of(unit as usize) {
                    meet(piece.share, severity_of(piece.commune as usize));
                }
            }
            _ => {}
        }
    }
    list.sort_by(|a, b| b.at_risk_ha.total_cmp(&a.at_risk_ha).then_with(|| a.name.cmp(&b.name)));
    list
}

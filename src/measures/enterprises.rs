//! Contracted hectares by enterprise, and how many of them are at risk.

use super::Measure;
use crate::join::Target;
use crate::measures::list::{LINKED_AT_RISK_HA, LINKED_HA};
use crate::message;
use crate::model::Measured;
use crate::model::accounts::Accounts;
use crate::model::joined::Joined;
use crate::model::pest_number;
use crate::run::{Fault, Place, Result};
use crate::values::text::nearest;
use crate::values::{Exact, Message, Value, severity};

/// Contracted hectares of one enterprise.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Enterprise {
    /// Name; empty where the table states none
    pub name: String,
    /// Contracted hectares within the communes, and on fields that lie nobody knows where
    pub contracted_ha: f64,
    /// Of these, on fields that lie nobody knows where
    pub unplaced_ha: f64,
    /// Beside these, on land outside every commune
    pub outside_ha: f64,
    /// Of these, on fields with a forecast
    pub surveyed_ha: f64,
    /// Of these, on fields whose highest severity is at least medium
    pub at_risk_ha: f64,
}

/// Every enterprise, largest risk first, then by name; at risk of one pest, or of any.
pub fn enterprises(joined: &Joined, accounts: &Accounts, pest: Option<usize>) -> Vec<Enterprise> {
    let Some(linked) = &joined.linked else { return Vec::new() };
    let mut sums = vec![[Exact::default(); 4]; linked.enterprises.len()];
    let mut stated = vec![Exact::default(); linked.enterprises.len()];
    for (row, &hectares) in linked.hectares.iter().enumerate() {
        stated[linked.enterprise[row] as usize].add(Exact::of(hectares));
    }
    visit(joined, accounts, pest, |Contract { enterprise, hectares, severity, commune }| {
        sums[enterprise][0].add(hectares);
        if commune.is_none() {
            sums[enterprise][3].add(hectares);
        }
        if !severity.is_nan() {
            sums[enterprise][1].add(hectares);
            if severity::is_at_risk(f64::from(severity)) {
                sums[enterprise][2].add(hectares);
            }
        }
    });
    let named = linked.enterprises.iter().zip(sums.into_iter().zip(stated));
    let mut list: Vec<Enterprise> = named
        .map(|(name, ([contracted, surveyed, at_risk, unplaced], stated))| Enterprise {
            name: name.clone(),
            contracted_ha: contracted.value(),
            unplaced_ha: unplaced.value(),
            outside_ha: stated.less(contracted).value(),
            surveyed_ha: surveyed.value(),
            at_risk_ha: at_risk.value(),
        })
        .collect();
    list.sort_by(|a, b| b.at_risk_ha.total_cmp(&a.at_risk_ha).then_with(|| a.name.cmp(&b.name)));
    list
}

/// Contracted hectares of one row in one commune (none where its field has no shape), with the highest severity there, of one pest or of
/// any; NaN where nothing was surveyed.
struct Contract {
    enterprise: usize,
    commune: Option<usize>,
    hectares: Exact,
    severity: f32,
}

/// Visits every contract in every commune it has land in.
fn visit(joined: &Joined, accounts: &Accounts, pest: Option<usize>, mut see: impl FnMut(Contract)) {
    let Some(linked) = &joined.linked else { return };
    let highest = match pest {
        Some(pest) => accounts.severities.by_pest.get(pest),
        None => Some(&accounts.severities.highest),
    };
    let severity = |unit: usize| highest.and_then(|list| list.get(unit)).copied().unwrap_or(f32::NAN);
    for (row, &unit) in linked.unit.iter().enumerate() {
        let (enterprise, unit, hectares) = (linked.enterprise[row] as usize, unit as usize, Exact::of(linked.hectares[row]));
        match (linked.target, &joined.fields) {
            (Some(Target::Fields), Some(fields)) => {
                let pieces = fields.pieces.of(unit);
                let outside = fields.pieces.outside_of(unit).map(|outside| outside.share);
                let shares: Vec<f64> = pieces.iter().map(|piece| piece.share).chain(outside).collect();
                for (piece, hectares) in pieces.iter().zip(hectares.divide(&shares)) {
                    let commune = piece.commune as usize;
                    let severity = match joined.forecast_target() {
                        Some(Target::Fields) => severity(unit),
                        Some(Target::Communes) => severity(commune),
                        None => f32::NAN,
                    };
                    see(Contract { enterprise, commune: Some(commune), hectares, severity });
                }
                if !fields.pieces.is_placed(unit) {
                    let by_field = joined.forecast_target() == Some(Target::Fields);
                    let severity = if by_field { severity(unit) } else { f32::NAN };
                    see(Contract { enterprise, commune: None, hectares, severity });
                }
            }
            (Some(Target::Communes), _) => {
                // Contracts by commune cannot be set against forecasts by field.
                let by_commune = joined.forecast_target() == Some(Target::Communes);
                see(Contract {
                    enterprise,
                    commune: Some(unit),
                    hectares,
                    severity: if by_commune { severity(unit) } else { f32::NAN },
                });
            }
            _ => {}
        }
    }
}

/// Hectares of one enterprise by commune: under contract, or at risk.
pub(super) fn measure(joined: &Joined, accounts: &Accounts, kind: Measure, name: &str, pest: Option<&str>) -> Result<Measured> {
    let names = joined.linked.as_ref().map_or(&[][..], |linked| &linked.enterprises);
    let wanted = crate::values::text::normalise(name);
    let Some(at) = names.iter().position(|known| *known == *wanted) else {
        let known = names.join(", ");
        let fault = Fault::new(
            "unknown-enterprise",
            Place { value: name.to_owned(), ..Place::default() },
            message!(
                "không có doanh nghiệp \"{name}\"; đang có: {known}",
                "there is no enterprise \"{name}\"; there are: {known}"
            ),
        );
        return Err(match nearest(name, names.iter().map(String::as_str)) {
            Some(near) => fault.hint(message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?")),
            None => fault,
        });
    };
    if ![&LINKED_HA, &LINKED_AT_RISK_HA].contains(&kind) {
        let id = kind.id;
        return Err(Fault::new(
            "unknown-measure",
            Place { value: id.to_owned(), ..Place::default() },
            message!(
                "theo doanh nghiệp có linked_ha và linked_at_risk_ha, không có \"{id}\"",
                "by enterprise there are linked_ha and linked_at_risk_ha, not \"{id}\""
            ),
        ));
    }
    // A commune without a contract of this enterprise is out of its scope; one that nobody surveyed has an unknown risk.
    let mut values = vec![Value::OutOfScope; joined.communes.len()];
    let mut sums = vec![Exact::default(); values.len()];
    let mut unplaced = Exact::default();
    let number = pest.map(|pest| pest_number(joined, pest)).transpose()?;
    visit(joined, accounts, number, |Contract { enterprise, commune, hectares, severity }| {
        if enterprise != at {
            return;
        }
        let Some(commune) = commune else {
            let counts = kind == &LINKED_HA || severity::is_at_risk(f64::from(severity));
            unplaced.add(if counts { hectares } else { Exact::default() });
            return;
        };
        let add = match severity {
            _ if kind == &LINKED_HA => hectares,
            _ if severity.is_nan() => {
                if values[commune] == Value::OutOfScope {
                    values[commune] = Value::NotSurveyed;
                }
                return;
            }
            _ if severity::is_at_risk(f64::from(severity)) => hectares,
            _ => Exact::default(),
        };
        sums[commune].add(add);
        values[commune] = Value::Number(sums[commune].value());
    });
    let mut total = Measured::sum(kind.unit.quantity(), &values);
    if unplaced.value() > 0.0 {
        sums.push(unplaced);
        total = Value::Number(sums.iter().copied().sum::<Exact>().value());
    }
    let label = kind.name();
    let of_pest = |label: &str| pest.map_or(label.to_owned(), |pest| format!("{label} – {pest}"));
    let name = Message { vi: format!("{} – {name}", of_pest(&label.vi)), en: format!("{} – {name}", of_pest(&label.en)) };
    let of_pest = pest.map_or_else(String::new, |pest| format!(":{pest}"));
    Ok(Measured {
        id: format!("{}{of_pest}@{wanted}", kind.id),
        name,
        unit: kind.unit.clone(),
        quantity: kind.unit.quantity(),
        decimals: kind.decimals,
        values,
        total,
        scale: kind.scale,
        signed: false,
    })
}

//! The heavy stage of a run behind one door. What was joined is three relations, read in batches; an engine sums them by commune and by
//! pest. Sums are exact, so that batches may come in any order and from any number of places.

use super::accounts::{Severities, Tally};
use super::joined::Land;
use crate::join::Target;
use crate::join::keys::NONE;
use crate::values::Exact;
use std::ops::Deref;
use std::sync::Arc;

/// Part of a field in one commune.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FieldPiece {
    /// Field
    pub field: u32,
    /// Commune, [`NONE`] outside every commune
    pub commune: u32,
    /// Whether it lies in a gap between communes
    pub gap: bool,
    /// Hectares
    pub hectares: Exact,
    /// Contracted hectares, if any row names the field
    pub linked: Option<Exact>,
}

/// A pest seen on a field or in a commune.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// Field or commune
    pub unit: u32,
    /// Pest
    pub pest: u16,
    /// Severity 0 to 4
    pub severity: f32,
}

/// Hectares under contract on a field or in a commune.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contract {
    /// Field or commune
    pub unit: u32,
    /// Enterprise
    pub enterprise: u32,
    /// Contracted hectares
    pub hectares: Exact,
}

/// How much there is of everything that relations refer to by number.
#[derive(Debug, Clone, Copy, Default)]
pub struct Extent {
    /// Communes
    pub communes: usize,
    /// Fields; none if the run has no layer of fields
    pub fields: Option<usize>,
    /// Pests
    pub pests: usize,
    /// What observations belong to
    pub observed: Option<Target>,
    /// What contracts belong to
    pub contracted: Option<Target>,
    /// The contracts are all there are: where no row stands, there is none
    pub complete: bool,
}

/// What was joined, in batches. A batch holds what fits a processor's cache; a relation never needs to be in memory as a whole.
pub trait Relations {
    /// Numbers of communes, fields and pests
    fn extent(&self) -> Extent;
    /// All pieces of fields, with their field's contracts divided among them
    fn pieces(&self, linked_of_field: &[Option<Exact>], see: &mut dyn FnMut(&[FieldPiece]));
    /// Fields that lie nobody knows where
    fn unplaced(&self) -> Vec<u32>;
    /// All observations of the wanted days (indices as in `Forecasts::days`)
    fn observations(&self, days: &[bool], see: &mut dyn FnMut(&[Observation]));
    /// All contracts
    fn contracts(&self, see: &mut dyn FnMut(&[Contract]));
    /// Fields or communes with a contract whose hectares nobody can read
    fn unread(&self) -> Vec<u32>;
}

/// Sums of one period.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    /// Severity of each field or commune
    pub severities: Severities,
    /// By commune
    pub communes: Vec<Tally>,
    /// By pest, then commune
    pub pests: Vec<Vec<Tally>>,
    /// Contracts of fields that lie nobody knows where
    pub unplaced: Tally,
    /// The same by pest
    pub unplaced_pests: Vec<Tally>,
}

/// What sums the relations by commune.
pub trait Engine: std::fmt::Debug + Send + Sync {
    /// Hectares of fields and contracts, which do not depend on the period.
    fn land(&self, relations: &dyn Relations) -> Land;
    /// Hectares by severity, commune and pest over the observations of the wanted days.
    fn sums(&self, relations: &dyn Relations, land: &Land, days: &[bool]) -> Sums;
}

/// The engine of a run: the one in memory, if it is given no other.
#[derive(Debug, Clone)]
pub struct SharedEngine(Arc<dyn Engine>);

impl SharedEngine {
    /// An engine for a run.
    pub fn new(engine: impl Engine + 'static) -> SharedEngine {
        SharedEngine(Arc::new(engine))
    }
}

impl Default for SharedEngine {
    fn default() -> SharedEngine {
        SharedEngine::new(InMemory)
    }
}

impl Deref for SharedEngine {
    type Target = dyn Engine;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}

/// The engine for what fits into memory: one pass over each relation, with a slot for every field.
#[derive(Debug, Clone, Copy, Default)]
pub struct InMemory;

impl Engine for InMemory {
    fn land(&self, relations: &dyn Relations) -> Land {
        let extent = relations.extent();
        let unread = relations.unread();
        let start = extent.complete.then(Exact::default);
        let units = match extent.contracted {
            Some(Target::Fields) => extent.fields.unwrap_or(0),
            Some(Target::Communes) => extent.communes,
            None => 0,
        };
        let mut contracted: Vec<Option<Exact>> = vec![start; units];
        // A contract of unknown size is not none.
        unread.iter().for_each(|&unit| contracted[unit as usize] = None);
        relations.contracts(&mut |batch| {
            for contract in batch {
                contracted[contract.unit as usize].get_or_insert_default().add(contract.hectares);
            }
        });
        let by_field = extent.contracted == Some(Target::Fields);
        let (of_field, of_commune) = if by_field { (contracted, vec![start; extent.communes]) } else { (Vec::new(), contracted) };

        let mut land = Land { fields: vec![0; extent.communes], unplaced: relations.unplaced(), ..Land::default() };
        let mut area = vec![Exact::default(); extent.communes];
        let mut linked = if extent.contracted.is_some() { of_commune } else { vec![None; extent.communes] };
        let mut without = vec![false; extent.communes];
        let [mut outside, mut gap, mut linked_outside] = [Exact::default(); 3];
        relations.pieces(&of_field, &mut |batch| {
            for piece in batch {
                if piece.commune == NONE {
                    outside.add(piece.hectares);
                    if piece.gap {
                        gap.add(piece.hectares);
                    }
                    linked_outside.add(piece.linked.unwrap_or_default());
                    continue;
                }
                let commune = piece.commune as usize;
                land.fields[commune] += 1;
                area[commune].add(piece.hectares);
                match piece.linked {
                    Some(hectares) => linked[commune].get_or_insert_default().add(hectares),
                    None => without[commune] = true,
                }
            }
        });
        // Where the only contracts are those that nobody can read, nothing is known.
        if by_field && !unread.is_empty() {
            let unknown = |(hectares, without): &(&mut Option<Exact>, &bool)| **without && **hectares == Some(Exact::default());
            linked.iter_mut().zip(&without).filter(unknown).for_each(|(hectares, _)| *hectares = None);
        }
        let known = |hectares: &Option<Exact>| hectares.map_or(f64::NAN, Exact::value);
        let unplaced = land.unplaced.iter().filter_map(|&field| of_field.get(field as usize).copied().flatten());
        land.linked_unplaced_ha = unplaced.sum::<Exact>().value();
        land.linked_of_field = of_field.iter().map(known).collect();
        land.linked_ha = linked.iter().map(known).collect();
        land.field_area_ha = area.into_iter().map(Exact::value).collect();
        (land.outside_ha, land.gap_ha, land.linked_outside_ha) = (outside.value(), gap.value(), linked_outside.value());
        land
    }

    fn sums(&self, relations: &dyn Relations, land: &Land, days: &[bool]) -> Sums {
        let extent = relations.extent();
        let units = match extent.observed {
            Some(Target::Fields) => extent.fields.unwrap_or(0),
            _ => extent.communes,
        };
        let mut sums = Sums {
            severities: severities(relations, units, extent.pests, days),
            communes: vec![Tally::default(); extent.communes],
            pests: vec![vec![Tally::default(); extent.communes]; extent.pests],
            unplaced: Tally::default(),
            unplaced_pests: vec![Tally::default(); extent.pests],
        };
        match extent.observed {
            Some(Target::Fields) => sums.add_fields(relations, land),
            Some(Target::Communes) => sums.add_communes(land, extent.fields.is_some()),
            None => {}
        }
        sums
    }
}

impl Sums {
    fn add_fields(&mut self, relations: &dyn Relations, land: &Land) {
        let linked: Vec<Option<Exact>> =
            land.linked_of_field.iter().map(|hectares| (!hectares.is_nan()).then(|| Exact::of(*hectares))).collect();
        let Severities { mean, highest, by_pest } = &self.severities;
        for &field in &land.unplaced {
            let field = field as usize;
            let contracted = linked.get(field).copied().flatten();
            if highest[field].is_nan() {
                continue;
            }
            self.unplaced.see_contract(contracted, highest[field]);
            for (tally, severities) in self.unplaced_pests.iter_mut().zip(by_pest) {
                if !severities[field].is_nan() {
                    tally.see_contract(contracted, severities[field]);
                }
            }
        }
        relations.pieces(&linked, &mut |batch| {
            for piece in batch.iter().filter(|piece| piece.commune != NONE) {
                let (field, commune) = (piece.field as usize, piece.commune as usize);
                if highest[field].is_nan() {
                    continue;
                }
                self.communes[commune].add(piece.hectares, piece.linked, mean[field], highest[field]);
                for (tallies, severities) in self.pests.iter_mut().zip(by_pest) {
                    let severity = severities[field];
                    if !severity.is_nan() {
                        tallies[commune].add(piece.hectares, piece.linked, f64::from(severity), severity);
                    }
                }
            }
        });
    }

    fn add_communes(&mut self, land: &Land, with_fields: bool) {
        let Severities { mean, highest, by_pest } = &self.severities;
        for commune in 0..self.communes.len() {
            let hectares = Exact::of(land.field_area_ha[commune]);
            let linked = Some(land.linked_ha[commune]).filter(|hectares| !hectares.is_nan()).map(Exact::of);
            let add = |tally: &mut Tally, mean: f64, highest: f32| match with_fields {
                true => tally.add(hectares, linked, mean, highest),
                false => tally.weigh(Exact::of(1.0), linked, mean, highest),
            };
            if !highest[commune].is_nan() {
                add(&mut self.communes[commune], mean[commune], highest[commune]);
            }
            for (tallies, severities) in self.pests.iter_mut().zip(by_pest) {
                let severity = severities[commune];
                if !severity.is_nan() {
                    add(&mut tallies[commune], f64::from(severity), severity);
                }
            }
        }
    }
}

/// Mean and highest severity of every unit over the observations of the wanted days.
fn severities(relations: &dyn Relations, units: usize, pests: usize, days: &[bool]) -> Severities {
    let mut found =
        Severities { mean: vec![0.0; units], highest: vec![f32::NAN; units], by_pest: vec![vec![f32::NAN; units]; pests] };
    let mut counts = vec![0u32; units];
    relations.observations(days, &mut |batch| {
        for &Observation { unit, pest, severity } in batch {
            let unit = unit as usize;
            found.mean[unit] += f64::from(severity);
            counts[unit] += 1;
            found.highest[unit] = found.highest[unit].max(severity);
            let slot = &mut found.by_pest[usize::from(pest)][unit];
            *slot = slot.max(severity);
        }
    });
    for (mean, &count) in found.mean.iter_mut().zip(&counts) {
        *mean = if count == 0 { f64::NAN } else { *mean / f64::from(count) };
    }
    found
}

//! Units of one date onto those of another, by their land or by the fields on it.

use super::overlay::{CommuneIndex, FieldPieces, overlay};
use crate::layers::Shapes;
use crate::places::Communes;
use crate::places::crosswalk::Crosswalk;
use hashbrown::HashMap;

/// Hectares of land that each old unit and each new one share.
pub fn by_area(old: &Communes, new: &Communes, least: f64) -> Crosswalk {
    onto(old, new, &CommuneIndex::new(&new.shapes), least)
}

/// Shares of a unit below this are edges drawn twice rather than a division.
pub const LEAST: f64 = 0.05;

/// As [`by_area`], with the new units indexed already.
pub fn onto(old: &Communes, new: &Communes, index: &CommuneIndex, least: f64) -> Crosswalk {
    let pieces = overlay(&old.shapes, index);
    let pairs = area_pairs(&pieces);
    Crosswalk::new(old, new, &pairs, outside(&pieces, old.len()), least).without_outside()
}

fn area_pairs(pieces: &FieldPieces) -> Vec<(usize, usize, f64)> {
    let of =
        |unit: usize| pieces.of(unit).iter().map(move |piece| (unit, piece.commune as usize, piece.share * pieces.area_ha[unit]));
    (0..pieces.len()).flat_map(of).collect()
}

fn outside(pieces: &FieldPieces, units: usize) -> Vec<f64> {
    let mut shares = vec![0.0; units];
    for piece in &pieces.outside {
        shares[piece.field as usize] = piece.share;
    }
    shares
}

/// Hectares of fields that each old unit and each new one share (dasymetric weights). A field across borders of both dates
/// is divided as if its parts were independent. Old units without a field keep the shares of their land; their indices
/// come back too.
pub fn by_fields(old: &Communes, new: &Communes, fields: &Shapes, least: f64) -> (Crosswalk, Vec<usize>) {
    let land = overlay(&old.shapes, &CommuneIndex::new(&new.shapes));
    let (before, after) =
        rayon::join(|| overlay(fields, &CommuneIndex::new(&old.shapes)), || overlay(fields, &CommuneIndex::new(&new.shapes)));
    let mut weights: HashMap<(usize, usize), f64> = HashMap::new();
    let touch: hashbrown::HashSet<(usize, usize)> = area_pairs(&land).iter().map(|&(from, to, _)| (from, to)).collect();
    for field in 0..fields.len() {
        for a in before.of(field) {
            let held: Vec<_> =
                after.of(field).iter().filter(|b| touch.contains(&(a.commune as usize, b.commune as usize))).collect();
            let all: f64 = held.iter().map(|b| b.share).sum();
            for b in held {
                let hectares = before.area_ha[field] * a.share * b.share / all;
                *weights.entry((a.commune as usize, b.commune as usize)).or_insert(0.0) += hectares;
            }
        }
    }
    let mut has = vec![false; old.len()];
    weights.iter().filter(|(_, weight)| **weight > 0.0).for_each(|((from, _), _)| has[*from] = true);
    let bare: Vec<usize> = (0..old.len()).filter(|&unit| !has[unit]).collect();
    let mut pairs: Vec<(usize, usize, f64)> = weights.into_iter().map(|((from, to), weight)| (from, to, weight)).collect();
    pairs.extend(area_pairs(&land).into_iter().filter(|&(from, ..)| !has[from]));
    pairs.sort_by_key(|pair| (pair.0, pair.1));
    (Crosswalk::new(old, new, &pairs, outside(&land, old.len()), least).without_outside(), bare)
}

/// A given pair of units that the land contradicts, or land that no given pair speaks of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Doubt {
    /// Index of the old unit
    pub old: usize,
    /// Index of the new unit
    pub new: usize,
    /// Share of the old unit's land that lies in the new one
    pub share: f64,
    /// Whether the pair was given (and has no land), rather than missing
    pub given: bool,
}

/// Given pairs held against the land: those with less than 1 % of it in common, and those of more than `least` not given.
pub fn doubts(given: &[(usize, usize)], land: &Crosswalk, least: f64) -> Vec<Doubt> {
    const NONE_OF_IT: f64 = 0.01;
    let shares = land.shares();
    let known: hashbrown::HashSet<(usize, usize)> = given.iter().copied().collect();
    let spoken: hashbrown::HashSet<usize> = given.iter().map(|pair| pair.0).collect();
    let mut list: Vec<Doubt> = given
        .iter()
        .filter_map(|&(old, new)| {
            let share = shares.get(&(old, new)).copied().unwrap_or(0.0);
            (share < NONE_OF_IT).then_some(Doubt { old, new, share, given: true })
        })
        .collect();
    list.extend(
        land.links
            .iter()
            .filter(|link| link.share >= least && spoken.contains(&link.old) && !known.contains(&(link.old, link.new)))
            .map(|link| Doubt { old: link.old, new: link.new, share: link.share, given: false }),
    );
    list.sort_by_key(|doubt| (doubt.old, doubt.new));
    list.dedup_by_key(|doubt| (doubt.old, doubt.new));
    list
}

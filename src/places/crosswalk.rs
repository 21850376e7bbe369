//! From the units of one date to those of another: which old unit became which new ones, and in what shares.
//!
//! Codes are never compared between the two dates: since 1 July 2025 some of them name other territory.

use super::Communes;
use super::names::key;
use crate::values::Lang;
use hashbrown::HashMap;

/// Share of a unit outside the other date's units that may be borders drawn differently. Between two public sets of Đồng Tháp, of 2009
/// and of 2025, the coast and the rivers make up to 0.17.
pub const EDGES: f64 = 0.2;

/// What passes from one old unit to one new one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// Index of the old unit
    pub old: usize,
    /// Index of the new unit
    pub new: usize,
    /// Share of the old unit that passes, 0 to 1; the shares of an old unit add up to 1, or less where part of it lies outside
    pub share: f64,
    /// Weight in the new unit, in the unit of the weights (hectares by default)
    pub weight: f64,
}

/// What became of an old unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Same name, same land
    Unchanged,
    /// Other name, same land
    Renamed,
    /// Became part of a larger unit
    Merged,
    /// Its land went to several units
    Divided,
    /// No new unit has any of its land
    Unplaced,
}

impl Kind {
    /// Name in files.
    pub fn name(self) -> &'static str {
        ["unchanged", "renamed", "merged", "divided", "unplaced"][self as usize]
    }

    /// Name for people.
    pub fn words(self, lang: Lang) -> &'static str {
        let vi = ["giữ nguyên", "đổi tên", "sáp nhập", "chia tách", "không có chỗ"][self as usize];
        lang.pick(vi, self.name())
    }
}

/// The way from old units to new ones.
#[derive(Debug, Clone, Default)]
pub struct Crosswalk {
    /// Links in order of old unit, then new unit
    pub links: Vec<Link>,
    /// What became of each old unit
    pub kinds: Vec<Kind>,
    /// Share of each old unit that lies in no new one, before shares were made to add up
    pub outside: Vec<f64>,
}

impl Crosswalk {
    /// From weights of (old, new) pairs, in order. Shares below `least` are passed over when units are called merged or
    /// divided, but carry their values all the same.
    pub fn new(old: &Communes, new: &Communes, pairs: &[(usize, usize, f64)], outside: Vec<f64>, least: f64) -> Crosswalk {
        let mut sums = vec![0.0; old.len()];
        let mut received = vec![0.0; new.len()];
        for &(from, to, weight) in pairs {
            sums[from] += weight;
            received[to] += weight;
        }
        let links: Vec<Link> = pairs
            .iter()
            .filter(|&&(from, _, weight)| weight > 0.0 && sums[from] > 0.0)
            .map(|&(old, new, weight)| Link { old, new, share: weight / sums[old], weight })
            .collect();
        let mut heirs: Vec<Vec<usize>> = vec![Vec::new(); old.len()];
        let mut givers = vec![0; new.len()];
        for link in &links {
            if link.share >= least {
                heirs[link.old].push(link.new);
            }
            if link.share >= least && link.weight >= least * received[link.new] {
                givers[link.new] += 1;
            }
        }
        let kinds = heirs
            .iter()
            .enumerate()
            .map(|(unit, heirs)| match heirs[..] {
                [] => Kind::Unplaced,
                [heir] if givers[heir] > 1 => Kind::Merged,
                [heir] if key(&old.names[unit]) == key(&new.names[heir]) => Kind::Unchanged,
                [_] => Kind::Renamed,
                _ => Kind::Divided,
            })
            .collect();
        Crosswalk { links, kinds, outside }
    }

    /// Leaves what lies in no new unit out of what passes on: up to [`EDGES`] it is taken for borders drawn twice, and the whole passes.
    #[must_use]
    pub fn without_outside(mut self) -> Crosswalk {
        for link in &mut self.links {
            let outside = self.outside[link.old];
            if outside > EDGES {
                link.share *= 1.0 - outside;
                self.kinds[link.old] = Kind::Divided;
            }
        }
        self
    }

    /// Whether part of an old unit passes nowhere.
    #[must_use]
    pub fn passes_less(&self, old: usize) -> bool {
        const ROUNDING: f64 = 1e-6;
        self.links.iter().filter(|link| link.old == old).map(|link| link.share).sum::<f64>() < 1.0 - ROUNDING
    }

    /// Sums that pass on by share: what all old units have together, all new ones have together. With each value comes the
    /// part of the new unit, by weight, that old units with a value make up.
    pub fn extensive(&self, values: &[Option<f64>], new: usize) -> Vec<(Option<f64>, f64)> {
        self.pass(values, new, |link, value| link.share * value, |sum, _| sum)
    }

    /// Means weighted by what of the new unit comes from each old one.
    pub fn intensive(&self, values: &[Option<f64>], new: usize) -> Vec<(Option<f64>, f64)> {
        self.pass(values, new, |link, value| link.weight * value, |sum, weight| sum / weight)
    }

    fn pass(
        &self,
        values: &[Option<f64>],
        new: usize,
        add: impl Fn(&Link, f64) -> f64,
        close: impl Fn(f64, f64) -> f64,
    ) -> Vec<(Option<f64>, f64)> {
        let mut sums = vec![0.0; new];
        let mut known = vec![0.0; new];
        let mut all = vec![0.0; new];
        for link in &self.links {
            all[link.new] += link.weight;
            if let Some(value) = values[link.old] {
                sums[link.new] += add(link, value);
                known[link.new] += link.weight;
            }
        }
        (0..new)
            .map(|unit| {
                let value = (known[unit] > 0.0).then(|| close(sums[unit], known[unit]));
                (value, if all[unit] > 0.0 { known[unit] / all[unit] } else { 0.0 })
            })
            .collect()
    }

    /// The share of an old unit's land that lies in a new one, edges of borders put aside.
    pub fn shares_of_land(&self) -> HashMap<(usize, usize), f64> {
        let of_land = |link: &Link| link.share * if self.outside[link.old] > EDGES { 1.0 } else { 1.0 - self.outside[link.old] };
        self.links.iter().map(|link| ((link.old, link.new), of_land(link))).collect()
    }

    /// The share of an old unit that passes to a new one.
    pub fn shares(&self) -> HashMap<(usize, usize), f64> {
        self.links.iter().map(|link| ((link.old, link.new), link.share)).collect()
    }
}

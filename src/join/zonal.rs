//! Statistics of raster cells within zones, each cell weighed by the exact share of it that a zone covers.
//!
//! Definitions as in exactextract (Baston 2023), against which they are tested: `count` is the sum of covered shares, means
//! and sums are weighted by them, cells without data count for nothing.

use super::coverage::Coverage;
use crate::layers::Shapes;
use crate::layers::grid::{Grid, Window};
use hashbrown::HashMap;
use rayon::prelude::*;

/// One statistic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stat {
    /// Weighted mean
    Mean,
    /// Weighted sum
    Sum,
    /// Least value of any cell touched
    Min,
    /// Greatest value of any cell touched
    Max,
    /// Sum of the covered shares of cells with data
    Count,
    /// Weighted standard deviation, over the whole weight
    Stdev,
    /// Weighted quantile, 0 to 1
    Quantile(f64),
    /// Share of each distinct value
    Fractions,
    /// Mean weighted by share and by a second raster
    WeightedMean,
    /// Sum weighted by share and by a second raster
    WeightedSum,
}

impl Stat {
    /// Names that [`Stat::of_name`] knows.
    pub const NAMES: &'static str = "mean, sum, min, max, count, stdev, quantiles, fractions, weighted_mean, weighted_sum";

    /// The statistics of a name; `quantiles` stand for a statistic each.
    pub fn of_name(name: &str, quantiles: &[f64]) -> Option<Vec<Stat>> {
        Some(match name.trim() {
            "mean" => vec![Stat::Mean],
            "sum" => vec![Stat::Sum],
            "min" => vec![Stat::Min],
            "max" => vec![Stat::Max],
            "count" => vec![Stat::Count],
            "stdev" => vec![Stat::Stdev],
            "fractions" => vec![Stat::Fractions],
            "weighted_mean" => vec![Stat::WeightedMean],
            "weighted_sum" => vec![Stat::WeightedSum],
            "quantiles" => quantiles.iter().map(|&q| Stat::Quantile(q)).collect(),
            _ => return None,
        })
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Stat::Mean => "mean",
            Stat::Sum => "sum",
            Stat::Min => "min",
            Stat::Max => "max",
            Stat::Count => "count",
            Stat::Stdev => "stdev",
            Stat::Quantile(_) => "quantile",
            Stat::Fractions => "fractions",
            Stat::WeightedMean => "weighted_mean",
            Stat::WeightedSum => "weighted_sum",
        }
    }
}

/// Distinct values that are held at most, of all zones and bands: quantiles of measurements hold nearly every cell.
pub const MOST_VALUES: usize = 40_000_000;

/// What is known of one zone and one band, added up cell by cell.
#[derive(Debug, Clone, Default)]
pub struct Zone {
    count: f64,
    sum: f64,
    least: Option<f64>,
    greatest: Option<f64>,
    /// Cells touched, with data or without
    touched: bool,
    /// Running mean and sum of squares about it (West 1979), where a statistic needs them
    mean: f64,
    squares: f64,
    /// Share of each distinct value by its order, where a statistic needs it
    values: HashMap<u64, f64>,
    /// Share times weight, and share times weight times value, of cells with both
    weight: f64,
    weighted: f64,
}

/// What has to be kept beyond sums.
#[derive(Debug, Clone, Copy, Default)]
struct Keep {
    squares: bool,
    values: bool,
}

/// The bits of a number in an order that follows the numbers.
fn order(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    if value.is_sign_negative() && value != 0.0 { !bits } else { bits | 1 << 63 }
}

/// The number with an order.
fn value_of(order: u64) -> f64 {
    f64::from_bits(if order >> 63 == 1 { order & !(1 << 63) } else { !order })
}

impl Zone {
    fn add(&mut self, value: f64, share: f64, keep: Keep) {
        self.count += share;
        self.sum += share * value;
        self.least = Some(self.least.map_or(value, |least| least.min(value)));
        self.greatest = Some(self.greatest.map_or(value, |greatest| greatest.max(value)));
        if keep.squares {
            let off = value - self.mean;
            self.mean += share / self.count * off;
            self.squares += share * off * (value - self.mean);
        }
        if keep.values {
            *self.values.entry(order(value)).or_default() += share;
        }
    }

    /// Whether the zone touches the raster at all.
    pub fn is_inside(&self) -> bool {
        self.touched
    }

    /// Whether any cell with data is touched.
    pub fn has_data(&self) -> bool {
        self.count > 0.0
    }

    /// A statistic; `None` without data. Fractions have a list of their own.
    pub fn value(&self, stat: Stat) -> Option<f64> {
        match stat {
            Stat::Count => Some(self.count),
            _ if !self.has_data() => None,
            Stat::Mean => Some(self.sum / self.count),
            Stat::Sum => Some(self.sum),
            Stat::Min => self.least,
            Stat::Max => self.greatest,
            Stat::Stdev => Some((self.squares / self.count).sqrt()),
            Stat::Quantile(q) => weighted_quantile(&self.values(), q),
            Stat::WeightedMean => (self.weight > 0.0).then(|| self.weighted / self.weight),
            Stat::WeightedSum => (self.weight > 0.0).then_some(self.weighted),
            Stat::Fractions => None,
        }
    }

    /// Distinct values with their shares, in order.
    fn values(&self) -> Vec<(f64, f64)> {
        let mut found: Vec<(u64, f64)> = self.values.iter().map(|(order, share)| (*order, *share)).collect();
        found.sort_unstable_by_key(|(order, _)| *order);
        found.into_iter().map(|(order, share)| (value_of(order), share)).collect()
    }

    /// Share of each distinct value, in order of value.
    pub fn fractions(&self) -> Vec<(f64, f64)> {
        self.values().into_iter().map(|(value, share)| (value, share / self.count)).collect()
    }
}

/// The quantile of distinct values with their weights, in order, by straight lines between S_k = k·w_k + (n − 1)·Σ_{i<k} w_i, which
/// with equal weights is the usual one.
fn weighted_quantile(merged: &[(f64, f64)], q: f64) -> Option<f64> {
    let last = merged.len().checked_sub(1)? as f64;
    let total: f64 = merged.iter().map(|cell| cell.1).sum();
    let wanted = q * total * last;
    let (mut before, mut below): (f64, Option<(f64, f64)>) = (0.0, None);
    for (k, &(value, weight)) in merged.iter().enumerate() {
        let here = if k == 0 { 0.0 } else { k as f64 * weight + last * before };
        before += weight;
        if here > wanted {
            return Some(below.map_or(value, |(s, low)| low + (wanted - s) * (value - low) / (here - s)));
        }
        below = Some((here, value));
    }
    below.map(|(_, value)| value)
}

/// A piece of several bands on one grid; what has no data is NaN.
pub struct Piece {
    /// The cells it holds
    pub window: Window,
    /// Values by band, row by row
    pub bands: Vec<Vec<f64>>,
    /// Weights of its cells
    pub weights: Option<Vec<f64>>,
}

/// Zones in columns and rows of a grid, filled piece by piece.
pub struct Zones<'a> {
    shapes: &'a Shapes,
    /// The cells that each may touch
    pub windows: Vec<Option<Window>>,
    keep: Keep,
    /// By zone, then band
    found: Vec<Vec<Zone>>,
}

impl<'a> Zones<'a> {
    /// Zones that nothing is known of yet.
    pub fn new(grid: Grid, shapes: &'a Shapes, bands: usize, stats: &[Stat]) -> Zones<'a> {
        let keep = Keep {
            squares: stats.contains(&Stat::Stdev),
            values: stats.iter().any(|stat| matches!(stat, Stat::Quantile(_) | Stat::Fractions)),
        };
        let windows = (0..shapes.len()).into_par_iter().map(|zone| grid.window(shapes.bounds(zone)?)).collect();
        Zones { shapes, windows, keep, found: vec![vec![Zone::default(); bands]; shapes.len()] }
    }

    /// Adds the cells of a piece to the zones that may touch it. Each zone is filled by one thread and in order of pieces and rows,
    /// so sums do not depend on threads.
    pub fn add(&mut self, piece: &Piece, touching: &[usize]) {
        let mut taken: Vec<(usize, Vec<Zone>)> =
            touching.iter().map(|&zone| (zone, std::mem::take(&mut self.found[zone]))).collect();
        let (shapes, keep, windows) = (self.shapes, self.keep, &self.windows);
        taken.par_iter_mut().with_min_len(16).for_each_init(Coverage::default, |coverage, (zone, found)| {
            let Some(window) = windows[*zone].and_then(|window| window.common(piece.window)) else { return };
            coverage.visit(window, shapes.rings(*zone), |column, row, share| {
                let at = (row - piece.window.from[1]) * piece.window.size[0] + column - piece.window.from[0];
                let weight = piece.weights.as_ref().map_or(f64::NAN, |weights| weights[at]);
                for (zone, band) in found.iter_mut().zip(&piece.bands) {
                    zone.touched = true;
                    let value = band[at];
                    if value.is_nan() {
                        continue;
                    }
                    zone.add(value, share, keep);
                    if !weight.is_nan() {
                        zone.weight += share * weight;
                        zone.weighted += share * weight * value;
                    }
                }
            });
        });
        for (zone, found) in taken {
            self.found[zone] = found;
        }
    }

    /// Distinct values that some zones hold.
    pub fn values_held(&self, zones: impl Iterator<Item = usize>) -> usize {
        zones.flat_map(|zone| &self.found[zone]).map(|zone| zone.values.len()).sum()
    }

    /// What is known, by zone and band.
    pub fn finish(self) -> Vec<Vec<Zone>> {
        self.found
    }
}

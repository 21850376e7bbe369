//! Statistics of raster cells within zones, each cell weighed by the exact share of it that a zone covers.
//!
//! Definitions as in exactextract (Baston 2023), against which they are tested: `count` is the sum of covered shares, means
//! and sums are weighted by them, cells without data count for nothing.

use super::coverage::Coverage;
use crate::layers::Shapes;
use crate::layers::grid::{Grid, Window};
use rayon::prelude::*;
use std::collections::BTreeMap;

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
}

impl Stat {
    /// Names that [`Stat::of_name`] knows.
    pub const NAMES: &'static str = "mean, sum, min, max, count, stdev, quantiles, fractions";

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
        }
    }
}

/// What is known of one zone and one band, added up cell by cell.
#[derive(Debug, Clone, Default)]
pub struct Zone {
    count: f64,
    sum: f64,
    least: Option<f64>,
    greatest: Option<f64>,
    /// Cells touched, with data or without
    touched: bool,
    /// Values with their weights, where a statistic needs them
    cells: Vec<(f64, f64)>,
}

impl Zone {
    fn add(&mut self, value: f64, share: f64, keep: bool) {
        self.count += share;
        self.sum += share * value;
        self.least = Some(self.least.map_or(value, |least| least.min(value)));
        self.greatest = Some(self.greatest.map_or(value, |greatest| greatest.max(value)));
        if keep {
            self.cells.push((value, share));
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
            Stat::Stdev => {
                let mean = self.sum / self.count;
                let squares: f64 = self.cells.iter().map(|(value, share)| share * (value - mean).powi(2)).sum();
                Some((squares / self.count).sqrt())
            }
            Stat::Quantile(q) => weighted_quantile(&self.cells, q),
            Stat::Fractions => None,
        }
    }

    /// Share of each distinct value, in order of value.
    pub fn fractions(&self) -> Vec<(f64, f64)> {
        let mut shares: BTreeMap<u64, (f64, f64)> = BTreeMap::new();
        for &(value, share) in &self.cells {
            // Bits in an order that follows the numbers.
            let bits = value.to_bits();
            let order = if value.is_sign_negative() { !bits } else { bits | 1 << 63 };
            shares.entry(order).or_insert((value, 0.0)).1 += share;
        }
        shares.into_values().map(|(value, share)| (value, share / self.count)).collect()
    }
}

/// The quantile of weighted values, equal ones merged, by straight lines between S_k = k·w_k + (n − 1)·Σ_{i<k} w_i, which
/// with equal weights is the usual one.
fn weighted_quantile(cells: &[(f64, f64)], q: f64) -> Option<f64> {
    let mut sorted = cells.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let merged: Vec<(f64, f64)> =
        sorted.chunk_by(|a, b| a.0 == b.0).map(|equal| (equal[0].0, equal.iter().map(|cell| cell.1).sum())).collect();
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

/// One strip of rows of several bands on one grid; what has no data is NaN.
pub struct Strip {
    /// The cells it holds, all columns of its window
    pub window: Window,
    /// Values by band, row by row
    pub bands: Vec<Vec<f64>>,
}

/// Zones in the reference system of a grid, filled strip by strip.
pub struct Zones<'a> {
    grid: Grid,
    shapes: &'a Shapes,
    windows: Vec<Option<Window>>,
    keep: bool,
    /// By zone, then band
    found: Vec<Vec<Zone>>,
}

impl<'a> Zones<'a> {
    /// Zones that nothing is known of yet. `stats` says whether single cells have to be kept.
    pub fn new(grid: Grid, shapes: &'a Shapes, bands: usize, stats: &[Stat]) -> Zones<'a> {
        let keep = stats.iter().any(|stat| matches!(stat, Stat::Quantile(_) | Stat::Fractions | Stat::Stdev));
        let windows = (0..shapes.len()).into_par_iter().map(|zone| grid.window(shapes.bounds(zone)?)).collect();
        Zones { grid, shapes, windows, keep, found: vec![vec![Zone::default(); bands]; shapes.len()] }
    }

    /// The cells that any zone may touch.
    pub fn window(&self) -> Option<Window> {
        self.windows.iter().flatten().copied().reduce(|a, b| {
            let side = |i: usize| {
                let from = a.from[i].min(b.from[i]);
                (from, (a.from[i] + a.size[i]).max(b.from[i] + b.size[i]) - from)
            };
            let ((x, width), (y, height)) = (side(0), side(1));
            Window { from: [x, y], size: [width, height] }
        })
    }

    /// Adds the cells of a strip. Each zone is filled by one thread and in order of rows, so sums do not depend on threads.
    pub fn add(&mut self, strip: &Strip) {
        let (grid, shapes, keep, windows) = (&self.grid, self.shapes, self.keep, &self.windows);
        self.found.par_iter_mut().zip(windows).enumerate().with_min_len(64).for_each_init(
            Coverage::default,
            |coverage, (zone, (found, window))| {
                let Some(window) = window.and_then(|window| rows_of(window, strip.window)) else { return };
                coverage.visit(grid, window, shapes.rings(zone), |column, row, share| {
                    let at = (row - strip.window.from[1]) * strip.window.size[0] + column - strip.window.from[0];
                    for (zone, band) in found.iter_mut().zip(&strip.bands) {
                        zone.touched = true;
                        let value = band[at];
                        if !value.is_nan() {
                            zone.add(value, share, keep);
                        }
                    }
                });
            },
        );
    }

    /// What is known, by zone and band.
    pub fn finish(self) -> Vec<Vec<Zone>> {
        self.found
    }
}

/// The rows of a window that a strip holds.
fn rows_of(window: Window, strip: Window) -> Option<Window> {
    let from = window.from[1].max(strip.from[1]);
    let to = (window.from[1] + window.size[1]).min(strip.from[1] + strip.size[1]);
    (from < to).then(|| Window { from: [window.from[0], from], size: [window.size[0], to - from] })
}

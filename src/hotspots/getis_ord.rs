//! Getis-Ord G and G* (Getis & Ord 1992, Ord & Getis 1995), binary weights: the share of all that lies about a unit. G leaves the unit
//! itself out of sums, mean and spread; G* counts it in.

use super::permutation::{Ties, compare, draws, p_value};
use super::weights::Weights;
use crate::values::normal::normal_cdf;
use rayon::prelude::*;

/// What is known of one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// G or G*: Σwx / Σx
    pub statistic: f64,
    /// Expected
    pub expected: f64,
    /// Variance
    pub variance: f64,
    /// z
    pub z: f64,
    /// One-sided p: over permutations, or of z where none are made
    pub p: f64,
}

/// G (or with `star` G*) of every unit; `None` of islands, and for all where values are equal or sum up to nothing.
pub fn getis_ord(
    values: &[f64],
    weights: &Weights,
    star: bool,
    (permutations, seed): (usize, u64),
    ties: Ties,
) -> Vec<Option<Spot>> {
    let count = values.len();
    let sum: f64 = values.iter().sum();
    let squares: f64 = values.iter().map(|value| value * value).sum();
    let mean = sum / count as f64;
    let spread = squares / count as f64 - mean * mean;
    if count < 3 || spread <= 1e-15 * (squares / count as f64) {
        return vec![None; count];
    }
    let width = weights.neighbours.iter().map(Vec::len).max().unwrap_or(0);
    let rows = draws(count - 1, width, permutations, seed);
    (0..count)
        .into_par_iter()
        .map(|i| {
            let degree = weights.neighbours[i].len();
            if degree == 0 {
                return None;
            }
            let about: f64 = weights.neighbours[i].iter().map(|&j| values[j as usize]).sum();
            let own = values[i];
            let (n, total, square, inside, w) = if star {
                (count as f64, sum, squares, about + own, degree as f64 + 1.0)
            } else {
                (count as f64 - 1.0, sum - own, squares - own * own, about, degree as f64)
            };
            let mean = total / n;
            let s = (square / n - mean * mean).max(0.0).sqrt();
            // Weights are 1, so Σw² is Σw.
            let z = (inside - mean * w) / (s * ((n * w - w * w) / (n - 1.0)).sqrt());
            let p = if permutations > 0 {
                p_value(compare(values, i, degree, &rows, width, about), permutations, ties)
            } else {
                normal_cdf(-z.abs())
            };
            let variance = (s / total).powi(2) * (n * w - w * w) / (n - 1.0);
            Some(Spot { statistic: inside / total, expected: w / n, variance, z, p })
        })
        .collect()
}

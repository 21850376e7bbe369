//! Global association: Moran's I, Geary's C, and Moran's I of rates (Assunção & Reis 1999).
//!
//! Expectations and variances of Cliff & Ord 1981; z under randomisation. z of Geary's C is (C − 1) / √V, as in esda and the reverse
//! of spdep.

use super::permutation::{Counts, Ties, p_value, shuffled};
use super::weights::{Transform, Weights};
use crate::values::normal::normal_cdf;
use rayon::prelude::*;

/// A global statistic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Global {
    /// I or C
    pub statistic: f64,
    /// Expected without association
    pub expected: f64,
    /// Variance under randomisation
    pub variance: f64,
    /// Variance under normality
    pub variance_normal: f64,
    /// z under randomisation
    pub z: f64,
    /// z under normality
    pub z_normal: f64,
    /// p of two sides under randomisation
    pub p_normal: f64,
    /// (min(#≥, #<) + 1) / (M + 1) over M permutations, if any were made
    pub p_permutation: Option<f64>,
}

/// Which statistic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Moran's I
    Moran,
    /// Geary's C
    Geary,
}

/// S0, S1 and S2 of a set of weights.
fn sums(weights: &Weights, transform: Transform) -> [f64; 3] {
    let n = weights.len();
    let mut columns = vec![0.0; n];
    let mut rows = vec![0.0; n];
    let mut s1 = 0.0;
    for (i, row) in rows.iter_mut().enumerate() {
        let w = weights.weight(i, transform);
        for &j in &weights.neighbours[i] {
            *row += w;
            columns[j as usize] += w;
            let back = &weights.neighbours[j as usize];
            // ½ Σ (w_ij + w_ji)² over ordered pairs; pairs of one direction come but once, so they count twice here.
            match back.binary_search(&(i as u32)) {
                Ok(_) => s1 += 0.5 * (w + weights.weight(j as usize, transform)).powi(2),
                Err(_) => s1 += w * w,
            }
        }
    }
    let s2 = rows.iter().zip(&columns).map(|(row, column)| (row + column).powi(2)).sum();
    [rows.iter().sum(), s1, s2]
}

fn statistic(kind: Kind, values: &[f64], weights: &Weights, transform: Transform, s0: f64) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let z: Vec<f64> = values.iter().map(|value| value - mean).collect();
    let squares: f64 = z.iter().map(|z| z * z).sum();
    match kind {
        Kind::Moran => {
            let cross: f64 = (0..z.len()).map(|i| z[i] * weights.lag(i, &z, transform)).sum();
            n / s0 * cross / squares
        }
        Kind::Geary => {
            let apart = |i: usize| -> f64 {
                let sum: f64 = weights.neighbours[i].iter().map(|&j| (z[i] - z[j as usize]).powi(2)).sum();
                sum * weights.weight(i, transform)
            };
            (n - 1.0) / (2.0 * s0) * (0..z.len()).map(apart).sum::<f64>() / squares
        }
    }
}

/// A global statistic; `None` of fewer than four units, of equal values, or without any neighbours.
pub fn global(
    kind: Kind,
    values: &[f64],
    weights: &Weights,
    transform: Transform,
    (permutations, seed): (usize, u64),
    ties: Ties,
) -> Option<Global> {
    let n = values.len() as f64;
    let [s0, s1, s2] = sums(weights, transform);
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let spread = values.iter().fold(0.0f64, |most, value| most.max((value - mean).abs()));
    if values.len() < 4 || s0 <= 0.0 || spread <= 1e-12 * mean.abs().max(f64::MIN_POSITIVE) {
        return None;
    }
    let b2 = n * values.iter().map(|value| (value - mean).powi(4)).sum::<f64>() / (squares * squares);
    let observed = statistic(kind, values, weights, transform, s0);
    let (expected, variance_normal, variance) = match kind {
        Kind::Moran => {
            let expected = -1.0 / (n - 1.0);
            let normal = (n * n * s1 - n * s2 + 3.0 * s0 * s0) / ((n * n - 1.0) * s0 * s0) - expected * expected;
            let random = (n * ((n * n - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * s0 * s0)
                - b2 * ((n * n - n) * s1 - 2.0 * n * s2 + 6.0 * s0 * s0))
                / ((n - 1.0) * (n - 2.0) * (n - 3.0) * s0 * s0)
                - expected * expected;
            (expected, normal, random)
        }
        Kind::Geary => {
            let normal = ((2.0 * s1 + s2) * (n - 1.0) - 4.0 * s0 * s0) / (2.0 * (n + 1.0) * s0 * s0);
            let random = ((n - 1.0) * s1 * (n * n - 3.0 * n + 3.0 - (n - 1.0) * b2)
                - 0.25 * (n - 1.0) * s2 * (n * n + 3.0 * n - 6.0 - (n * n - n + 2.0) * b2)
                + s0 * s0 * (n * n - 3.0 - (n - 1.0).powi(2) * b2))
                / (n * (n - 2.0) * (n - 3.0) * s0 * s0);
            (1.0, normal, random)
        }
    };
    let z = (observed - expected) / variance.sqrt();
    let slack = 1e-12 * observed.abs();
    let count = |round: usize| {
        let round = statistic(kind, &shuffled(values, seed, round as u64), weights, transform, s0);
        [usize::from(round >= observed - slack), usize::from(round <= observed + slack)]
    };
    let [at_least, at_most] = (0..permutations).into_par_iter().map(count).reduce(|| [0, 0], |a, b| [a[0] + b[0], a[1] + b[1]]);
    let counts = Counts { at_least, at_most };
    Some(Global {
        statistic: observed,
        expected,
        variance,
        variance_normal,
        z,
        z_normal: (observed - expected) / variance_normal.sqrt(),
        p_normal: 2.0 * normal_cdf(-z.abs()),
        p_permutation: (permutations > 0).then(|| p_value(counts, permutations, ties)),
    })
}

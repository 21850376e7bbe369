//! Local Moran (Anselin 1995): I_i = (n − 1) · z_i · lag_i / Σz², lag with row-standardised weights; with n in place of n − 1 as in
//! spdep. Conditional moments of Sokal, Oden & Thomson 1998; conditional permutation.

use super::permutation::{Ties, compare, draws, p_value};
use super::weights::{Transform, Weights};
use crate::values::normal::normal_cdf;
use rayon::prelude::*;

/// Where a unit stands to its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quadrant {
    /// High among high
    HighHigh,
    /// Low among high
    LowHigh,
    /// Low among low
    LowLow,
    /// High among low
    HighLow,
}

impl Quadrant {
    /// Short name.
    pub fn name(self) -> &'static str {
        match self {
            Quadrant::HighHigh => "HH",
            Quadrant::LowHigh => "LH",
            Quadrant::LowLow => "LL",
            Quadrant::HighLow => "HL",
        }
    }
}

/// What is known of one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Local {
    /// I_i
    pub statistic: f64,
    /// Expected of the statistic with n, given its own value
    pub expected: f64,
    /// Variance of the statistic with n, given its own value
    pub variance: f64,
    /// (I − E) / √V, with the I of n
    pub z: f64,
    /// One-sided p: over permutations, or of z where none are made
    pub p: f64,
    /// Quadrant
    pub quadrant: Quadrant,
    /// z-score of the unit and of the mean of its neighbours, for the scatter plot
    pub scores: [f64; 2],
}

/// Local Moran of every unit; `None` of islands, and for all where values are equal.
pub fn local_moran(
    values: &[f64],
    weights: &Weights,
    with_n: bool,
    (permutations, seed): (usize, u64),
    ties: Ties,
) -> Vec<Option<Local>> {
    let count = values.len();
    let n = count as f64;
    let mean = values.iter().sum::<f64>() / n;
    let z: Vec<f64> = values.iter().map(|value| value - mean).collect();
    let squares: f64 = z.iter().map(|z| z * z).sum();
    if count < 3 || squares <= 1e-20 * n * mean * mean || squares <= 0.0 {
        return vec![None; count];
    }
    let width = weights.neighbours.iter().map(Vec::len).max().unwrap_or(0);
    let rows = draws(count - 1, width, permutations, seed);
    let (m2, scale) = (squares / n, if with_n { n } else { n - 1.0 });
    let sd = m2.sqrt();
    (0..count)
        .into_par_iter()
        .map(|i| {
            let degree = weights.neighbours[i].len();
            if degree == 0 {
                return None;
            }
            let lag = weights.lag(i, &z, Transform::RowStandardised);
            let statistic = scale * z[i] * lag / squares;
            // Row-standardised: Σw is 1, Σw² one over the number of neighbours. Moments are those of the statistic with n, whichever
            // is given, so that z does not hang on the convention.
            let (w1, w2) = (1.0, 1.0 / degree as f64);
            let expected = -z[i] * z[i] * w1 / ((n - 1.0) * m2);
            let variance = (z[i] / m2).powi(2) * n / (n - 2.0) * (w2 - w1 * w1 / (n - 1.0)) * (m2 - z[i] * z[i] / (n - 1.0));
            let z_score = (n * z[i] * lag / squares - expected) / variance.sqrt();
            let p = if permutations > 0 {
                p_value(compare(&z, i, degree, &rows, width, lag * degree as f64), permutations, ties)
            } else {
                normal_cdf(-z_score.abs())
            };
            let quadrant = match (z[i] > 0.0, lag > 0.0) {
                (true, true) => Quadrant::HighHigh,
                (false, true) => Quadrant::LowHigh,
                (false, false) => Quadrant::LowLow,
                (true, false) => Quadrant::HighLow,
            };
            Some(Local { statistic, expected, variance, z: z_score, p, quadrant, scores: [z[i] / sd, lag / sd] })
        })
        .collect()
}

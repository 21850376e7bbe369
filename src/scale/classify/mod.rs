//! Classification: where the bounds between classes go. Bins are inclusive upper limits, the last one the largest value,
//! as in mapclassify and Jenks' own tables; a class is the first bin that is not below the value.

mod breaks;
mod goodness;
mod jenks;
mod round;

pub use breaks::{PERCENTILES, bins};
pub use goodness::{Goodness, goodness};
pub use jenks::fisher_jenks;
pub use round::{rounded, strictly_above};

/// Finite values in ascending order: what every scheme starts from. Missing values never take part.
pub fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).map(|value| value + 0.0).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

/// Number of different values in an ascending list.
pub fn distinct(sorted: &[f64]) -> usize {
    sorted.chunk_by(|a, b| a == b).count()
}

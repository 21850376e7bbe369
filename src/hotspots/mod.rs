//! Where things cluster: neighbours, global and local association, smoothed rates, scan statistics.
//!
//! Numbers in, numbers out. Islands (units without a neighbour) have no statistic: they are left out of global ones, have none of
//! their own, and callers list them.

pub mod association;
pub mod contiguity;
pub mod fdr;
pub mod getis_ord;
pub mod local_moran;
pub mod permutation;
pub mod rates;
pub mod scan;
pub mod space_time;
pub mod units;
pub mod weights;
mod windows;

pub use weights::{Transform, Weights};

/// Below this, a p is called significant in sentences and on maps.
pub const SIGNIFICANT: f64 = 0.05;

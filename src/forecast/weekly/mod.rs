//! Weekly forecasts of counts and infested hectares, 1 to 4 weeks ahead, with intervals and with proof.
//!
//! Practice as in Hyndman & Athanasopoulos, Forecasting: Principles and Practice: rolling origin, whole seasons held out,
//! nothing from after the origin. A model is used only where it beat persistence on seasons it had not seen.

pub mod ahead;
pub mod baselines;
pub mod boosting;
pub mod choose;
pub mod evaluate;
pub mod features;
pub mod history;
pub mod intervals;
pub mod models;
pub mod panel;
pub mod regression;
pub mod verification;

pub use models::{Fitted, Model};
pub use panel::{Panel, Series, Week};

/// Weeks in a year of weeks.
pub const YEAR: usize = 52;

/// Furthest week ahead.
pub const FURTHEST: usize = 4;

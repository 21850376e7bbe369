//! Animal disease: registers of outbreaks and of herds, zones and whom they hold, rates, epidemic curves, and spread.
//!
//! Models and formulas have their sources beside them; radii, release periods, kernels and stages of infection are data
//! (`diseases.toml`, `spread.toml`) with a source and a `verified` mark, never constants.

pub mod active;
mod counts;
pub mod curve;
pub mod disease_zones;
pub mod diseases;
pub mod farms;
pub mod geomask;
pub mod herds;
pub mod kernel;
pub mod matching;
pub mod place;
pub mod rates;
pub mod register;
mod reports;
pub mod seir;
pub mod zones;

pub use active::Active;
pub use diseases::Diseases;
pub use herds::Herds;
pub use register::{Outbreak, Register};

//! What was joined, as plain data below every measure: observations of pests, contracts, indicators, points, readings and registers,
//! with the sums over communes that everything else follows from.

pub mod accounts;
pub mod areas;
pub mod categories;
pub mod contracts;
pub mod dated;
pub mod density;
pub mod engine;
pub mod forecasts;
mod indicator_columns;
pub mod indicators;
pub mod joined;
pub mod measured;
pub mod notices;
pub mod observations;
pub mod outlook;
pub mod periods;
pub mod points;
mod proposed;
pub mod readings;
pub mod registers;
pub mod remarks;
pub mod thresholds;

pub use accounts::{ByPeriod, accounts, of_period};
pub use joined::Joined;
pub use measured::Measured;
pub use observations::pest_number;
pub use periods::{Periods, When};

//! What can be shown: severity, infested area, linked acreage, hectares at risk, plan and result, change.

pub mod accounts;
pub mod areas;
pub mod catalogue;
pub mod change;
pub mod density;
pub mod enterprises;
pub mod forecasts;
pub mod indicators;
pub mod linked;
pub mod outlook;
pub mod periods;
pub mod points;
pub mod readings;
pub mod registers;
pub mod series;
pub mod thresholds;
pub mod world;

pub use catalogue::{Measure, Measured};
pub use periods::{Periods, When};
pub use world::World;

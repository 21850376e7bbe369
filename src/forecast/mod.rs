//! Forecasts from weather: tables in, tables out.
//!
//! A model knows neither maps nor projects. What it needs beyond weather (rates, thresholds, life stages) are data files
//! with a source; what it gives are days and numbers, with the doubts of its parameters.

pub mod degree_days;
pub mod disease;
pub mod insects;
pub mod interpolate;
pub mod scores;
pub mod traps;
pub mod weather;
pub mod weekly;
pub mod windows;

pub use disease::Disease;
pub use weather::{Day, Station};

//! What people and programs read as rows: each table of a run as a [`Sheet`], which the writers turn into files.

pub mod analyses;
pub mod basis;
pub mod communes;
pub mod crosswalk;
pub mod curve;
pub mod enterprises;
pub mod forecast;
pub mod groups;
pub mod pests;
pub mod rates;
pub mod records;
pub mod review;
pub mod sensors;
pub mod sheet;
pub mod spread;
pub mod statistics;
pub mod summary;
pub mod traps;
pub mod weather;
pub mod weeks;
pub mod worklist;
pub mod zonal;
pub mod zones;

pub use sheet::{Cell, Figures, Heading, Sheet};

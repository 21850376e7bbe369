//! The whole way, in order, written once: [`build()`] and [`check()`]. Nothing is printed here: progress goes to an observer, problems
//! come back in the report, and files go to a sink.

mod about;
pub mod build;
mod bundle;
pub mod check;
pub mod crosswalk;
mod gis;
mod inputs;
pub mod library;
mod load;
mod needs;
mod outputs;
mod package;
mod period;
mod read;
pub mod scales;
mod tables;
pub mod weather;
mod write;

pub use build::{Options, Part, Report, build};
pub use check::{Checked, check};
pub use inputs::inputs;
pub use library::{BuildOptions, Built, build_watched};
pub use load::{load, periods};
pub use period::settled;
pub use read::{Needs, aliases, communes};

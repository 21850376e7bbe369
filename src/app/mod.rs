//! The whole way, in order, written once: [`build()`], [`check()`] and [`new()`]. Nothing is printed here: progress goes to an observer, problems
//! come back in the report, and files go to a sink.

pub mod build;
pub mod check;
mod inputs;
mod layers;
mod load;
mod needs;
pub mod new;
mod outputs;
mod read;
mod tables;

pub use build::{Options, Part, Report, build};
pub use check::{Checked, check};
pub use inputs::inputs;
pub use layers::layer;
pub use load::load;
pub use new::{Drafted, new};
pub use read::{Needs, aliases, communes};

//! Readings of light traps and field sensors: who read, what, when, in which unit; and what sensors say against their limits.

mod columns;
mod moments;
pub mod quantities;
pub mod read;
pub mod sensors;
pub mod several;
pub mod stray_day;
mod things;

pub use columns::are_across;
pub use read::{Headings, Kind, Readings, Run, Station};

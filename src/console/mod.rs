//! What a person meets in a terminal: progress, faults, the summary, help.

pub mod help;
pub mod printed;
pub mod report;
pub mod terminal;
pub mod usage;
pub mod version;

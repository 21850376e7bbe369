//! Documents of the office suites: slides and letters, from scenes, tables and sentences. Everything in them can be edited: shapes, tables
//! and charts are those of the suite, text stands in the placeholders of a layout.
//!
//! A file is a zip of parts that name one another (ECMA-376). It carries no clock time, so equal content gives equal bytes.

mod book;
mod boxes;
mod chart;
mod clip;
pub mod letter;
mod opened;
mod package;
mod rows;
pub mod slides;
mod tags;
mod tree;

pub use book::book;
pub use boxes::foot;
pub use package::MOST_LETTERS;
pub use rows::{Align, Cell, Rows};

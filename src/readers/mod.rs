//! Files to tables: text tables, sheets of workbooks, loggers, several files as one, and the shape that is declared of them.

mod ditto;
mod loggers;
pub mod many;
pub mod shape;
pub mod spreadsheet;
mod swapped;
pub mod tables;

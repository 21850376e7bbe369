//! Workbooks and documents as offices keep them, to sheets of cells with their addresses.

pub mod book;
pub mod grid;
mod limits;
mod marks;
mod word;

pub use book::{Workbook, is_workbook, place_name};
pub use grid::{Cell, Grid};

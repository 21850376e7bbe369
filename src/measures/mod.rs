//! What can be shown of the joined data, and how it follows from it.

pub mod catalogue;
pub mod change;
pub mod enterprises;
pub mod estimates;
pub mod list;
pub mod neighbourhood;
pub mod registers;
pub mod series;
pub mod specification;

pub use list::{ALL, find};
pub use specification::Measure;

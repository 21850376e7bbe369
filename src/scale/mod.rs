//! From numbers to classes: breaks, colours, labels, and the states that have no number.

pub mod classify;
pub mod colour;
pub mod named;

pub use colour::Rgb;
pub use named::{Class, Scale};

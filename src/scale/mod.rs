//! From numbers to classes: breaks, colours, hatches, labels, and the states that have no number.

mod chosen;
pub mod classify;
pub mod colour;
mod labels;
pub mod named;
pub mod paint;
pub mod palette;
mod states;

pub use colour::Rgb;
pub use named::{Class, Scale, Style};
pub use paint::{Fill, Hatch, Pattern};

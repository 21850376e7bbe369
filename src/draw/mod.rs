//! Values and shapes to scenes: positioned shapes and text, the same for every kind of picture.

pub mod charts;
pub mod furniture;
pub mod labels;
pub mod legend;
pub mod map;
pub mod projection;
pub mod scene;
pub mod text;

pub use scene::Scene;

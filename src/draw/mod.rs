//! Values and shapes to scenes: positioned shapes and text, the same for every kind of picture.

pub mod charts;
pub mod cut;
pub mod digest;
pub mod furniture;
mod imprint;
mod job;
pub mod plot;
pub mod prose;
pub mod scene;
pub mod strip;
pub mod symbols;
pub mod taken;
pub mod text;

pub use imprint::Imprint;
pub use job::{DrawOf, FrameOf, Job, Picture};
pub use scene::Scene;

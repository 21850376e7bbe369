//! Pixels of a scene: painted directly, without the way through SVG, since batches draw hundreds of maps.

mod canvas;
mod coverage;
mod gif;
mod glyphs;
mod hatching;
mod palette;
mod png;

pub use canvas::{Canvas, Painter};
pub use gif::Animation;
pub use png::png;

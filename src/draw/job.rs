//! Pictures still to be drawn, so that threads can draw several at a time.

use super::scene::Scene;
use crate::run::Result;

/// Draws a picture.
pub type DrawOf<'a> = Box<dyn Fn() -> Result<Scene> + Send + Sync + 'a>;
/// Draws the frame of a number.
pub type FrameOf<'a> = Box<dyn Fn(usize) -> Result<Scene> + Send + Sync + 'a>;

/// What a job draws.
pub enum Picture<'a> {
    /// One picture
    Still(DrawOf<'a>),
    /// Frames of one size
    Animation {
        /// Number of frames
        count: usize,
        /// Hundredths of a second a frame stands
        delay: u16,
        /// Draws one
        frame: FrameOf<'a>,
    },
}

/// A picture still to be drawn; threads draw several at a time.
pub struct Job<'a> {
    /// File name without ending
    pub id: String,
    /// What it draws
    pub picture: Picture<'a>,
}

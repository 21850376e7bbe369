//! The room of a slide, in pixels: a slide is 900 of them high.

use super::template::Template;
use crate::ooxml::clip::Frame;

/// EMU a pixel of a slide 7½ inches high.
const SCALE: f64 = 7620.0;
/// Height of a slide.
pub const HEIGHT: f32 = 900.0;
/// Margin at the left and right.
pub const MARGIN: f32 = 36.0;
/// EMU a point.
const POINT: f64 = 12_700.0;
/// The smallest letters, in points.
const LEAST: f64 = 12.0;
/// Height of the lines below a title, of the source below what is shown, and of the room below that, in points.
const LEAD: f64 = 38.4;
const SOURCE: f64 = 24.0;
const BELOW: f64 = 6.0;

/// Where things stand on a slide.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Canvas {
    /// EMU a pixel
    pub scale: f64,
    /// Width
    pub width: f32,
    /// The smallest letters, 12 points
    pub least: f32,
    /// Lines below the title
    pub lead: Frame,
    /// What the slide shows
    pub body: Frame,
    /// Source
    pub foot: Frame,
}

impl Canvas {
    /// Our own design: 16:9, or 4:3.
    pub fn new(narrow: bool) -> Canvas {
        Canvas::of(SCALE, if narrow { 1200.0 } else { 1600.0 }, [MARGIN, 104.0])
    }

    /// The room that a template leaves below its title.
    pub fn of_template(template: &Template) -> Canvas {
        let [wide, high] = template.size.map(|side| side as f64);
        let scale = high / f64::from(HEIGHT);
        let [left, top, _, height] = template.title.map(|side| (side as f64 / scale) as f32);
        // A title in the middle of its slide leaves no room: what is shown begins in the upper third all the same.
        let below = (top + height).clamp(60.0, 300.0);
        Canvas::of(scale, (wide / scale) as f32, [left.clamp(MARGIN / 2.0, 120.0), below])
    }

    fn of(scale: f64, width: f32, [left, below]: [f32; 2]) -> Canvas {
        let points = |points: f64| (points * POINT / scale) as f32;
        let (right, top) = (width - left, below + 4.0);
        let foot = HEIGHT - points(SOURCE + BELOW);
        Canvas {
            scale,
            width,
            least: points(LEAST),
            lead: [left, top, right, top + points(LEAD)],
            body: [left, top + points(LEAD) + 6.0, right, foot - 10.0],
            foot: [left, foot, right - 120.0, foot + points(SOURCE)],
        }
    }
}

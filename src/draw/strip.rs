//! The line of time under the frames of a film: where in it a frame stands, and how much there was at each step.

use super::furniture::{GREY, HAIR, INK};
use super::scene::{Anchor, Fill, Role, SMALLEST, Scene, Stroke, Text};
use super::text;
use crate::scale::Rgb;

/// Steps of a film.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Strip {
    /// The days of this frame, in large letters
    pub days: String,
    /// The first and the last day of all
    pub ends: [String; 2],
    /// Thousandths of the most there was, by step; `None` where there is no number
    pub heights: Vec<Option<u16>>,
    /// Number of this frame
    pub at: usize,
}

/// Steps before this one, and after it.
const GONE: Rgb = Rgb(160, 168, 176);
const AHEAD: Rgb = Rgb(222, 226, 230);

impl Strip {
    /// Height that it takes, in design units.
    pub const HIGH: f32 = 62.0;

    /// Draws it in a frame: the days at the left, a column a step beside them.
    pub fn draw(&self, scene: &mut Scene, [left, top, right, bottom]: [f32; 4]) {
        let unit = scene.unit;
        scene.begin(Role::Subtitle);
        let size = 30.0 * unit;
        let wide = text::width(&self.days, size, true);
        scene.write(Text::new(self.days.as_str(), [left, bottom - 14.0 * unit], size).bold().colour(INK));
        let small = SMALLEST * unit;
        let [first, last] = [left + wide + 36.0 * unit, right];
        let foot = bottom - small * 1.5;
        let step = (last - first) / self.heights.len().max(1) as f32;
        let gap = if step > 5.0 * unit { 1.5 * unit } else { 0.0 };
        for (number, height) in self.heights.iter().enumerate() {
            let colour = match number.cmp(&self.at) {
                std::cmp::Ordering::Less => GONE,
                std::cmp::Ordering::Equal => INK,
                std::cmp::Ordering::Greater => AHEAD,
            };
            let x = first + step * number as f32;
            // A step without a number is a mark on the line, so that it can be told from one with nothing.
            let high = height.map_or(2.0 * unit, |part| (f32::from(part) / 1000.0 * (foot - top)).max(3.0 * unit));
            scene.rectangle([x + gap / 2.0, foot - high, (step - gap).max(1.0), high], Some(Fill::Colour(colour)), None);
        }
        scene.line(vec![[first, foot], [last, foot]], Stroke { colour: HAIR, width: unit, dash: 0.0 });
        let [from, to] = &self.ends;
        scene.write(Text::new(from.as_str(), [first, bottom], small).colour(GREY));
        scene.write(Text::new(to.as_str(), [last, bottom], small).colour(GREY).anchor(Anchor::End));
    }
}

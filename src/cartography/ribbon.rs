//! A legend in one row: swatches with their counts inside, and the bounds between them.

use crate::draw::furniture::{GREY, INK};
use crate::draw::scene::{Anchor, Fill, SMALLEST, Scene, Stroke, Text};
use crate::draw::text;
use crate::scale::{Rgb, Scale};
use crate::values::{Lang, numbers};

/// Classes side by side.
#[derive(Debug, Clone)]
pub struct Ribbon {
    /// What is classified
    pub heading: String,
    /// Classes in ascending order, with how many there are of each
    pub classes: Vec<(Fill, String, usize)>,
    /// The class that holds 0 alone
    pub zero: Option<usize>,
    /// What is written between a class and the next
    pub bounds: Vec<String>,
    /// States without a number, with how many there are of each
    pub states: Vec<(Fill, String, usize)>,
}

/// Height of the swatches.
const HIGH: f32 = 28.0;
/// Room around a swatch that stands by itself.
const APART: f32 = 10.0;

impl Ribbon {
    /// A scale with the numbers it paints; `None` where its classes have words of their own, which need a line each.
    pub fn of(scale: &Scale, heading: String, values: &[f64], states: Vec<(Fill, String, usize)>, lang: Lang) -> Option<Ribbon> {
        if scale.worded
            || scale.classes.is_empty()
            || scale.cuts.len() + 1 + usize::from(scale.zero.is_some()) != scale.classes.len()
        {
            return None;
        }
        let decimals = numbers::decimals_needed(&scale.cuts);
        let write = |cut: f64| numbers::format(cut, decimals, lang);
        let counts = scale.counts(values.iter().copied());
        let classes = scale.classes.iter().zip(counts).map(|(class, count)| (class.fill, class.label.clone(), count)).collect();
        // Between the classes on both sides of 0 stands the class of 0 itself.
        let mut cuts = scale.cuts.iter();
        let count = scale.classes.len();
        let bounds = (0..count.saturating_sub(1)).map(|at| match scale.zero {
            Some(zero) if at + 1 == zero => {
                if zero < count - 1 {
                    cuts.next();
                }
                String::new()
            }
            Some(zero) if at == zero => String::new(),
            _ => cuts.next().map_or(String::new(), |cut| write(*cut)),
        });
        let bounds = bounds.collect();
        Some(Ribbon { heading, classes, zero: scale.zero, bounds, states })
    }

    /// Draws it from a height on and returns where it ends, or nothing where its words have no room.
    pub fn draw(&self, scene: &mut Scene, width: f32, top: f32, unit: f32, lang: Lang) -> Option<f32> {
        let size = SMALLEST * unit;
        let state_width = |label: &str| text::width(label, size, false).max(30.0 * unit) + APART * unit;
        let states: f32 = self.states.iter().map(|(_, label, _)| state_width(label)).sum();
        let below = states > width * 0.45;
        let gaps = match self.zero {
            Some(zero) => APART * unit * if zero > 0 && zero + 1 < self.classes.len() { 2.0 } else { 1.0 },
            None => 0.0,
        };
        let room = width - gaps - if below || self.states.is_empty() { 0.0 } else { states + APART * unit };
        let each = (room / self.classes.len() as f32).min(92.0 * unit);
        let fits = self.bounds.iter().all(|bound| text::width(bound, size, false) <= each * 0.98);
        if !fits || each < 22.0 * unit {
            return None;
        }
        let mut y = top;
        for line in text::at_most(2, &self.heading, (17.0 * unit, true), width) {
            y += 18.0 * unit;
            scene.write(Text::new(line, [0.0, y], 17.0 * unit).bold().colour(INK));
            y += 4.0 * unit;
        }
        y += 7.0 * unit;
        let mut x = 0.0;
        let rim = Some(Stroke { colour: Rgb(120, 126, 133), width: 0.8 * unit, dash: 0.0 });
        for (at, (fill, _, count)) in self.classes.iter().enumerate() {
            let zero = self.zero == Some(at);
            if zero && at > 0 {
                x += APART * unit;
            }
            swatch(scene, [x, y, each, HIGH * unit], *fill, rim, *count, unit);
            if zero {
                let below = [x + each / 2.0, y + (HIGH + 18.0) * unit];
                scene.write(Text::new("0", below, size).colour(GREY).anchor(Anchor::Middle));
            }
            x += each;
            if zero {
                x += APART * unit;
            }
            if let Some(bound) = self.bounds.get(at).filter(|bound| !bound.is_empty()) {
                let at = [x, y + (HIGH + 18.0) * unit];
                scene.line(
                    vec![[x, y + HIGH * unit], [x, y + (HIGH + 4.0) * unit]],
                    Stroke { colour: GREY, width: unit, dash: 0.0 },
                );
                scene.write(Text::new(bound.as_str(), at, size).colour(GREY).anchor(Anchor::Middle));
            }
        }
        if below {
            y += (HIGH + 30.0) * unit;
            x = 0.0;
        } else {
            x += APART * unit;
        }
        for (fill, label, count) in &self.states {
            let wide = state_width(label) - APART * unit;
            swatch(scene, [x, y, each.min(wide), HIGH * unit], *fill, rim, *count, unit);
            scene.write(Text::new(label.as_str(), [x, y + (HIGH + 18.0) * unit], size).colour(GREY));
            x += wide + APART * unit;
        }
        y += (HIGH + 22.0) * unit;
        let note = lang.pick(
            "Số trong ô: số xã. Mỗi mốc thuộc lớp bên phải.",
            "Numbers: communes. A bound belongs to the class at its right.",
        );
        for line in text::wrap(note, size, false, width) {
            y += size;
            scene.write(Text::new(line, [0.0, y], size).colour(GREY));
            y += 4.0 * unit;
        }
        Some(y)
    }

    /// All classes and states.
    pub fn all(&self) -> impl Iterator<Item = &(Fill, String, usize)> {
        self.classes.iter().chain(&self.states)
    }
}

/// A swatch with a count in the ink that is read best on it.
fn swatch(scene: &mut Scene, [x, y, w, h]: [f32; 4], fill: Fill, rim: Option<Stroke>, count: usize, unit: f32) {
    scene.rectangle([x, y, w, h], Some(fill), rim);
    let size = SMALLEST * unit;
    let words = Text::new(count.to_string(), [x + w / 2.0, y + h / 2.0 + size * 0.36], size);
    let words = words.colour(fill.ground().ink_on()).anchor(Anchor::Middle);
    let hatched = matches!(fill, Fill::Hatch(_));
    scene.write(if hatched { Text { rim: fill.ground(), ..words }.halo(size * 0.3) } else { words });
}

//! How the inside of a shape is painted: a colour, or a hatch that tells without colour.

use super::Rgb;

/// Paint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fill {
    /// One colour
    Colour(Rgb),
    /// Lines or dots on a ground
    Hatch(Hatch),
}

/// A hatch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hatch {
    /// Form
    pub pattern: Pattern,
    /// Colour between the lines
    pub ground: Rgb,
    /// Colour of the lines
    pub ink: Rgb,
}

/// Forms of hatches. The first three are kept for values without a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pattern {
    /// Thin rising lines: no data
    Diagonal,
    /// Dots: not surveyed
    Dots,
    /// Thin crossed lines: out of scope
    Cross,
    /// Level lines
    Level,
    /// Upright lines
    Upright,
    /// Thick falling lines
    Falling,
}

impl Fill {
    /// What a state without a number looks like.
    pub const NO_DATA: Fill = Fill::Hatch(Hatch { pattern: Pattern::Diagonal, ground: Rgb::WHITE, ink: Rgb(138, 144, 150) });
    /// Not surveyed
    pub const NOT_SURVEYED: Fill = Fill::Hatch(Hatch { pattern: Pattern::Dots, ground: Rgb::WHITE, ink: Rgb(138, 144, 150) });
    /// Out of scope
    pub const OUT_OF_SCOPE: Fill =
        Fill::Hatch(Hatch { pattern: Pattern::Cross, ground: Rgb(244, 244, 244), ink: Rgb(194, 198, 202) });

    /// The colour that stands for the paint where there is room for one only.
    pub fn ground(self) -> Rgb {
        match self {
            Fill::Colour(colour) => colour,
            Fill::Hatch(hatch) => hatch.ground,
        }
    }

    /// The colour of a line that stands for the paint.
    pub fn ink(self) -> Rgb {
        match self {
            Fill::Colour(colour) => colour,
            Fill::Hatch(hatch) => hatch.ink,
        }
    }

    /// Lightness as the eye mixes it, 0 black to 1 white.
    pub fn lightness(self) -> f64 {
        match self {
            Fill::Colour(colour) => colour.lightness(),
            Fill::Hatch(hatch) => {
                let share = hatch.pattern.ink_share();
                hatch.ground.lightness() * (1.0 - share) + hatch.ink.lightness() * share
            }
        }
    }
}

impl Pattern {
    /// Size of the tile that repeats, in units of a 1600 × 900 page.
    pub const TILE: f32 = 10.0;

    /// Width of a line (radius of a dot) in units of a 1600 × 900 page.
    pub fn line(self) -> f32 {
        match self {
            Pattern::Diagonal | Pattern::Dots => 1.3,
            Pattern::Cross => 0.9,
            Pattern::Level | Pattern::Upright => 3.0,
            Pattern::Falling => 2.4,
        }
    }

    /// Share of the tile that the lines cover.
    fn ink_share(self) -> f64 {
        match self {
            Pattern::Diagonal | Pattern::Cross => 0.18,
            Pattern::Dots => 0.06,
            Pattern::Level | Pattern::Upright => 0.3,
            Pattern::Falling => 0.34,
        }
    }
}

/// Greys and hatches for `count` classes from light to dark, for pages without colour.
pub fn greys(count: usize) -> Vec<Fill> {
    let grey = |level: u8| Rgb(level, level, level);
    let hatch = |pattern, ground, ink| Fill::Hatch(Hatch { pattern, ground: grey(ground), ink: grey(ink) });
    let steps = [
        Fill::Colour(grey(255)),
        hatch(Pattern::Level, 250, 150),
        Fill::Colour(grey(212)),
        hatch(Pattern::Upright, 212, 110),
        Fill::Colour(grey(150)),
        hatch(Pattern::Falling, 150, 50),
        Fill::Colour(grey(84)),
        hatch(Pattern::Level, 84, 10),
        Fill::Colour(grey(15)),
    ];
    let last = steps.len() - 1;
    (0..count)
        .map(|i| if count < 2 { steps[2] } else { steps[((i * last) as f64 / (count - 1) as f64).round() as usize % (last + 1)] })
        .collect()
}

/// Greys and hatches for two directions from a white middle: falling values level lines, rising ones solid greys.
pub fn greys_about(below: usize, above: usize) -> Vec<Fill> {
    let grey = |level: u8| Rgb(level, level, level);
    let tone = |i: usize, count: usize| (220.0 - 170.0 * (i as f64 + 1.0) / count as f64) as u8;
    let down = (0..below).rev().map(|i| {
        let ground = tone(i, below).saturating_add(25);
        Fill::Hatch(Hatch { pattern: Pattern::Level, ground: grey(ground), ink: grey(ground / 3) })
    });
    down.chain((0..above).map(|i| Fill::Colour(grey(tone(i, above))))).collect()
}

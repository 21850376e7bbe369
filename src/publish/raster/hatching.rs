//! Hatches, pixel by pixel.

use crate::draw::scene::{Fill, Hatch};
use crate::scale::{Pattern, Rgb};

/// A hatch at one scale, asked pixel by pixel.
pub(super) struct Hatching {
    hatch: Hatch,
    tile: f32,
    line: f32,
}

impl Hatching {
    /// A hatch, if that is what the paint is; `unit` is a scene unit in pixels.
    pub(super) fn new(fill: Fill, unit: f32) -> Option<Hatching> {
        let Fill::Hatch(hatch) = fill else { return None };
        Some(Hatching { hatch, tile: Pattern::TILE * unit, line: hatch.pattern.line() * unit })
    }

    /// Colour at the middle of a pixel.
    pub(super) fn at(&self, x: f32, y: f32) -> [u8; 3] {
        let tile = self.tile;
        // Distance of a position from the nearest multiple of the tile.
        let off = |v: f32, middle: f32| {
            let part = (v - middle).rem_euclid(tile);
            part.min(tile - part)
        };
        let half = tile / 2.0;
        let slant = std::f32::consts::FRAC_1_SQRT_2;
        let (distance, reach) = match self.hatch.pattern {
            Pattern::Diagonal => (off(x + y, 0.0) * slant, self.line / 2.0),
            Pattern::Falling => (off(x - y, 0.0) * slant, self.line / 2.0),
            Pattern::Dots => (off(x, half).hypot(off(y, half)), self.line),
            Pattern::Cross => (off(x, half).min(off(y, half)), self.line / 2.0),
            Pattern::Level => (off(y, half), self.line / 2.0),
            Pattern::Upright => (off(x, half), self.line / 2.0),
        };
        let share = (reach - distance + 0.5).clamp(0.0, 1.0);
        let (Rgb(a, b, c), Rgb(d, e, f)) = (self.hatch.ground, self.hatch.ink);
        let mix = |ground: u8, ink: u8| (f32::from(ground) + (f32::from(ink) - f32::from(ground)) * share).round() as u8;
        [mix(a, d), mix(b, e), mix(c, f)]
    }
}

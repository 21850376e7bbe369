//! Point symbols that differ in form as well as colour.

use super::scene::{Fill, Item, Point, Stroke};
use crate::scale::Rgb;

/// Form of a point symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symbol {
    /// Disc
    Circle,
    /// Square
    Square,
    /// Triangle on its base
    Triangle,
    /// Square on its corner
    Diamond,
    /// Star of five rays
    Star,
    /// Upright cross
    Cross,
}

impl Symbol {
    /// All forms, in the order in which they are given out.
    pub const ALL: [Symbol; 6] = [Symbol::Circle, Symbol::Square, Symbol::Triangle, Symbol::Diamond, Symbol::Star, Symbol::Cross];

    /// The form of the n-th thing.
    pub fn nth(number: usize) -> Symbol {
        Symbol::ALL[number % Symbol::ALL.len()]
    }
}

/// A symbol with a white rim that lifts it off the map.
pub fn symbol(form: Symbol, centre: Point, radius: f32, colour: Rgb, unit: f32) -> Item {
    let stroke = Some(Stroke { colour: Rgb::WHITE, width: 1.4 * unit, dash: 0.0 });
    let around = |count: usize, radius: &dyn Fn(usize) -> f32, turn: f32| -> Vec<Point> {
        (0..count)
            .map(|i| {
                let angle = std::f32::consts::TAU * i as f32 / count as f32 + turn;
                [centre[0] + radius(i) * angle.sin(), centre[1] - radius(i) * angle.cos()]
            })
            .collect()
    };
    let ring = match form {
        Symbol::Circle => return Item::Disc { centre, radius, fill: colour, stroke },
        Symbol::Square => around(4, &|_| radius * 1.2, std::f32::consts::FRAC_PI_4),
        Symbol::Triangle => around(3, &|_| radius * 1.25, 0.0),
        Symbol::Diamond => around(4, &|_| radius * 1.25, 0.0),
        Symbol::Star => around(10, &|i| if i % 2 == 0 { radius * 1.4 } else { radius * 0.6 }, 0.0),
        Symbol::Cross => {
            let (a, b) = (radius * 0.42, radius * 1.1);
            [[-a, -b], [a, -b], [a, -a], [b, -a], [b, a], [a, a], [a, b], [-a, b], [-a, a], [-b, a], [-b, -a], [-a, -a]]
                .map(|[x, y]| [centre[0] + x, centre[1] + y])
                .to_vec()
        }
    };
    Item::Area { rings: vec![ring], fill: Some(Fill::Colour(colour)), stroke }
}

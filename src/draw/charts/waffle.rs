//! Squares of one size, so many for each part of a whole: shares that can be counted.

use super::{Frame, say_empty};
use crate::draw::furniture::{GREY, INK};
use crate::draw::plot::Told;
use crate::draw::scene::{Fill, Scene, Stroke, Text};
use crate::draw::text;
use crate::scale::Rgb;

/// A part of the whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Paint
    pub fill: Fill,
    /// Words
    pub label: String,
    /// How much of it there is
    pub amount: f64,
}

/// Squares that a page holds and an eye can count by tens.
const MOST: f64 = 400.0;

/// What a square stands for: the least of 1, 2, 5 times a power of ten that needs no more squares than there is room for.
pub fn size_of(whole: f64) -> f64 {
    let mut power = 10f64.powf((whole / MOST).max(1e-6).log10().floor());
    loop {
        for step in [1.0, 2.0, 5.0] {
            if whole / (step * power) <= MOST {
                return step * power;
            }
        }
        power *= 10.0;
    }
}

/// Squares of each part, by largest remainder, so that they add up to those of the whole.
pub fn squares(amounts: &[f64], each: f64) -> Vec<usize> {
    let whole = (amounts.iter().sum::<f64>() / each).round() as usize;
    let mut counts: Vec<usize> = amounts.iter().map(|amount| (amount / each).floor() as usize).collect();
    let mut order: Vec<usize> = (0..amounts.len()).collect();
    let rest = |at: &usize| (amounts[*at] / each).fract();
    order.sort_by(|a, b| rest(b).total_cmp(&rest(a)).then(a.cmp(b)));
    let lacking = whole.saturating_sub(counts.iter().sum());
    order.into_iter().take(lacking).for_each(|at| counts[at] += 1);
    counts
}

/// Draws the parts one after the other, column by column, with what each comes to beside them.
pub fn draw(frame: &Frame, parts: &[Part], each: &dyn Fn(f64) -> String, write: &dyn Fn(f64, f64) -> String) -> Scene {
    let lang = frame.imprint.lang;
    let mut sheet = frame.sheet(&[]);
    let (unit, [left, top, right, bottom]) = (sheet.unit, sheet.body);
    let whole: f64 = parts.iter().map(|part| part.amount).sum();
    let scene = &mut sheet.scene;
    if !(whole > 0.0 && whole.is_finite()) {
        say_empty(scene, sheet.body, lang);
        return sheet.scene;
    }
    let step = size_of(whole);
    let counts = squares(&parts.iter().map(|part| part.amount).collect::<Vec<f64>>(), step);
    let count: usize = counts.iter().sum();
    let size = 20.0 * unit;
    let told: Vec<String> = parts.iter().map(|part| write(part.amount, 100.0 * part.amount / whole)).collect();
    let wide = |words: &str, bold| text::width(words, size, bold);
    let beside = parts.iter().zip(&told).map(|(part, told)| wide(&part.label, false).max(wide(told, true))).fold(0.0, f32::max);
    let room = [right - left - beside - 90.0 * unit, bottom - top - 20.0 * unit];
    // As many rows as make the squares largest; ten are counted at a glance.
    let side = |rows: usize| (room[1] / rows as f32).min(room[0] / count.div_ceil(rows) as f32);
    let rows = [5, 10, 15, 20].into_iter().max_by(|a, b| side(*a).total_cmp(&side(*b))).unwrap_or(10);
    let side = side(rows).min(44.0 * unit);
    let gap = (side * 0.1).max(1.0);
    let head = top + 8.0 * unit;
    let mut number = 0;
    for (part, count) in parts.iter().zip(&counts) {
        for _ in 0..*count {
            let (column, row) = (number / rows, number % rows);
            let at = [left + column as f32 * side, head + row as f32 * side];
            let rim =
                matches!(part.fill, Fill::Hatch(_)).then_some(Stroke { colour: Rgb(150, 156, 162), width: unit, dash: 0.0 });
            scene.rectangle([at[0], at[1], side - gap, side - gap], Some(part.fill), rim);
            number += 1;
        }
    }
    let x = left + count.div_ceil(rows) as f32 * side + 30.0 * unit;
    let mut y = head + size;
    for (part, told) in parts.iter().zip(&told) {
        let rim = Some(Stroke { colour: Rgb(120, 126, 133), width: unit, dash: 0.0 });
        scene.rectangle([x, y - size * 0.85, size, size], Some(part.fill), rim);
        scene.write(Text::new(part.label.as_str(), [x + size * 1.5, y], size).colour(INK));
        scene.write(Text::new(told.as_str(), [x + size * 1.5, y + size * 1.3], size).bold().colour(INK));
        y += size * 3.2;
    }
    scene.write(Text::new(each(step), [x, y], size * 0.85).colour(GREY));
    scene.told = parts.iter().zip(told).map(|(part, words)| Told { name: part.label.clone(), words }).collect();
    sheet.scene
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_add_up_and_stand_for_round_amounts() {
        assert_eq!([3000.0, 400.0, 401.0, 9.45, 120_000.0].map(size_of), [10.0, 1.0, 2.0, 0.05, 500.0]);
        assert_eq!(squares(&[905.9, 1735.1, 359.0], 10.0), [91, 173, 36]);
        assert_eq!(squares(&[3.4, 3.3, 3.3], 1.0), [4, 3, 3]);
        assert_eq!(squares(&[0.0, 0.0, 7.0], 1.0), [0, 0, 7]);
    }
}

//! Key figures: a card each, with what it was before.

use super::Frame;
use crate::draw::furniture::{GREY, INK};
use crate::draw::scene::{Fill, SMALLEST, Scene, Text};
use crate::draw::text;
use crate::scale::Rgb;

/// Ground of a card.
const GROUND: Rgb = Rgb(243, 244, 242);

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Number with its unit
    pub number: String,
    /// What it is
    pub name: String,
    /// Earlier periods, and how many communes it rests on
    pub lines: Vec<String>,
}

/// Least width of a card, and space between two, in design units.
const LEAST: f32 = 225.0;
const GAP: f32 = 14.0;

/// Height that a card needs for its lines.
fn one(cards: &[Card]) -> f32 {
    100.0 + 19.0 * cards.iter().map(|card| card.lines.len()).max().unwrap_or(0) as f32
}

/// Cards side by side in a width, and rows of them.
fn grid(cards: &[Card], wide: f32) -> [usize; 2] {
    let columns = (((wide + GAP) / (LEAST + GAP)) as usize).clamp(1, cards.len().max(1));
    [columns, cards.len().div_ceil(columns).max(1)]
}

/// Height that cards need in a width, all in design units.
pub fn height(cards: &[Card], wide: f32) -> f32 {
    let rows = grid(cards, wide)[1] as f32;
    one(cards) * rows + GAP * (rows - 1.0)
}

/// Draws cards side by side, in as many rows as they need.
pub fn draw(frame: &Frame, cards: &[Card]) -> Scene {
    let mut sheet = frame.sheet(&[]);
    let unit = sheet.unit;
    let [left, top, right, bottom] = sheet.body;
    let gap = GAP * unit;
    let [columns, rows] = grid(cards, (right - left) / unit);
    let wide = (right - left - gap * (columns as f32 - 1.0)) / columns as f32;
    let high = ((bottom - top - gap * (rows as f32 - 1.0)) / rows as f32).min(one(cards) * unit * 1.6);
    // On a page of their own the numbers are as large as a hall needs.
    let grown = (high / (one(cards) * unit)).clamp(1.0, 1.5);
    let small = SMALLEST * unit;
    for (at, card) in cards.iter().enumerate() {
        let (x, y) = (left + (at % columns) as f32 * (wide + gap), top + (at / columns) as f32 * (high + gap));
        sheet.scene.rectangle([x, y, wide, high], Some(Fill::Colour(GROUND)), None);
        let (inner, room) = (x + 14.0 * unit, wide - 28.0 * unit);
        let size = text::fit(&card.number, (32.0 * unit * grown, 20.0 * unit), true, room);
        let mut base = y + 14.0 * unit + size * 0.82;
        sheet.scene.write(Text::new(text::shorten(&card.number, size, true, room), [inner, base], size).bold().colour(INK));
        let name = (16.0 * unit * grown).max(small);
        base += 3.0 * unit;
        for line in text::at_most(2, &card.name, (name, false), room) {
            base += name * 1.2;
            sheet.scene.write(Text::new(line, [inner, base], name).colour(INK));
        }
        for line in &card.lines {
            base += 19.0 * unit * grown;
            let size = small * grown.min(1.2);
            sheet.scene.write(Text::new(text::shorten(line, size, false, room), [inner, base], size).colour(GREY));
        }
    }
    sheet.scene
}

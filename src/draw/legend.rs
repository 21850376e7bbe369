//! The legend: every class with its bounds and count, and every state without a number.

use super::furniture::{GREY, INK};
use super::scene::{Anchor, Fill, Hatch, Scene, Stroke};
use super::text;
use crate::publish::xlsx::state;
use crate::scale::{Rgb, Scale};
use crate::values::{Lang, Value};

/// One line of a legend.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What the swatch shows
    pub fill: Fill,
    /// Outline of the swatch, where that is the message
    pub outline: Option<Stroke>,
    /// Words
    pub label: String,
    /// Count or hectares, at the right
    pub amount: String,
}

/// How a value is painted.
pub fn fill(scale: &Scale, value: Value) -> Fill {
    match value {
        Value::Number(number) => Fill::Colour(scale.colour(number)),
        Value::NoData => Fill::Hatch(Hatch::Diagonal),
        Value::NotSurveyed => Fill::Hatch(Hatch::Dots),
        Value::OutOfScope => Fill::Hatch(Hatch::Cross),
    }
}

/// The entries for a scale and the values it colours. Empty classes are listed too, so that maps of several weeks have
/// one legend; states are listed where they occur.
pub fn entries(scale: &Scale, values: &[Value], lang: Lang) -> Vec<Entry> {
    let mut counts = vec![0usize; scale.classes.len()];
    for number in values.iter().filter_map(|value| value.number()) {
        counts[scale.class_of(number)] += 1;
    }
    let mut list: Vec<Entry> = scale
        .classes
        .iter()
        .zip(counts)
        .map(|(class, count)| Entry {
            fill: Fill::Colour(class.colour),
            outline: None,
            label: class.label.clone(),
            amount: count.to_string(),
        })
        .collect();
    for reason in [Value::NoData, Value::NotSurveyed, Value::OutOfScope] {
        let count = values.iter().filter(|value| **value == reason).count();
        if count > 0 {
            let label = state(reason, lang).to_owned();
            list.push(Entry { fill: fill(scale, reason), outline: None, label, amount: count.to_string() });
        }
    }
    list
}

/// Draws a legend in a column (left, top, right) and returns where it ends.
pub fn draw(scene: &mut Scene, [left, top, right]: [f32; 3], unit: f32, heading: &str, amounts: &str, entries: &[Entry]) -> f32 {
    let size = 18.0 * unit;
    let mut y = top + size;
    for line in text::wrap(heading, size, true, right - left) {
        scene.text(line, [left, y], size).bold().colour(INK);
        y += size * 1.25;
    }
    if !amounts.is_empty() {
        scene.text(amounts, [right, y], 14.0 * unit).colour(GREY).anchor(Anchor::End);
    }
    y += 8.0 * unit;
    let (w, h, gap) = (40.0 * unit, 25.0 * unit, 9.0 * unit);
    for entry in entries {
        let stroke = entry.outline.unwrap_or(Stroke { colour: Rgb(120, 126, 133), width: unit, dash: 0.0 });
        scene.rectangle([left, y, w, h], Some(entry.fill), Some(stroke));
        let room = right - left - w - 14.0 * unit - text::width(&entry.amount, 16.0 * unit, false) - 10.0 * unit;
        let label = text::fit(&entry.label, 17.0 * unit, false, room);
        let base = y + h * 0.5 + label * 0.36;
        scene.text(entry.label.as_str(), [left + w + 14.0 * unit, base], label).colour(INK);
        scene.text(entry.amount.as_str(), [right, base], 16.0 * unit).colour(GREY).anchor(Anchor::End);
        y += h + gap;
    }
    y
}

//! Bars in rows: ranked, side by side, or divided.

use super::Frame;
use super::rows::{Numbers, fitting, rows};
use crate::draw::cut::Cut;
use crate::draw::furniture::{GREY, INK};
use crate::draw::plot::{Plot, PlotKind, Series};
use crate::draw::scene::{Anchor, Fill, SMALLEST, Scene, Stroke, Text};
use crate::draw::text;
use crate::run::Result;
use crate::scale::Rgb;

/// One bar, or the bars of one row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bar {
    /// Words at the left
    pub label: String,
    /// Lengths and paints; a part without a number has its reason instead
    pub parts: Vec<(Option<f64>, Fill)>,
    /// Words at the end of each part (side by side) or of the row (divided)
    pub words: Vec<String>,
    /// The period before, as a tick
    pub before: Option<f64>,
    /// What the length is a part of, as a ground
    pub whole: Option<f64>,
}

/// What lies behind a bar that is a part of it.
pub const GROUND: Rgb = Rgb(228, 230, 228);

/// How the parts of a row stand to one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// Under one another, from zero each
    Beside,
    /// One after the other
    Divided,
}

/// Words of the axis and of the paints, how parts stand, and what is left out of a page that is too small.
pub struct Bars<'a> {
    /// Words of the axis
    pub axis: &'a str,
    /// Paints and what they mean
    pub keys: &'a [(Fill, String)],
    /// How the parts of a row stand
    pub stand: Stand,
    /// Rows of the tail
    pub tail: &'a dyn Fn(&Bar) -> bool,
    /// The row that stands for others
    pub others: &'a dyn Fn(&[Bar]) -> Bar,
}

/// Draws bars in the order given.
pub fn draw(frame: &Frame, bars: &Bars<'_>, list: &[Bar]) -> Result<Scene> {
    let Bars { axis, stand, tail, others, .. } = *bars;
    let mut sheet = frame.sheet(bars.keys);
    let known = |bar: &Bar| bar.parts.iter().any(|(value, _)| value.is_some());
    // Bars side by side need a line of letters each.
    let parts = if stand == Stand::Beside { list.iter().map(|bar| bar.parts.len()).max().unwrap_or(1) } else { 1 };
    let list = &fitting(&sheet, list, parts, &Cut { known, tail, others })[..];
    let numbers = |bar: &Bar| bar.parts.iter().filter_map(|(value, _)| *value).collect::<Vec<f64>>();
    let ends = |bar: &Bar| match stand {
        Stand::Beside => {
            let all = numbers(bar).into_iter().chain(bar.before).chain(bar.whole);
            all.fold((0.0f64, 0.0f64), |(low, high), n| (low.min(n), high.max(n)))
        }
        Stand::Divided => (0.0, numbers(bar).iter().filter(|n| **n > 0.0).sum()),
    };
    let (low, high) = list.iter().map(ends).fold((0.0f64, 0.0f64), |(a, b), (c, d)| (a.min(c), b.max(d)));
    let labels: Vec<&str> = list.iter().map(|bar| bar.label.as_str()).collect();
    let unit = sheet.unit;
    let beside = list.iter().flat_map(|bar| &bar.words).map(|words| text::width(words, 17.0 * unit, false)).fold(0.0, f32::max);
    let whole = list.iter().flat_map(numbers).all(|number| number.fract() == 0.0);
    let rows = rows(
        frame,
        &mut sheet,
        &labels,
        &Numbers { ends: (low, high), axis, whole, written: stand == Stand::Beside, beside: beside + 16.0 * unit, mark: 0.0 },
    )?;
    let edge = sheet.body[2] + 24.0 * unit.min(if frame.page.part.is_some() { 0.0 } else { unit });
    let scene = &mut sheet.scene;
    let size = rows.size.min(17.0 * unit);
    let zero = rows.x(0.0);
    let in_column = low >= 0.0 && list.iter().any(|bar| bar.before.is_some() || bar.whole.is_some());
    for (row, bar) in list.iter().enumerate() {
        let several = stand == Stand::Beside && bar.parts.len() > 1;
        let share = if several { 0.9 } else { 0.66 };
        let tall = (rows.height * share).min(76.0 * unit * if several { bar.parts.len() as f32 } else { 1.0 });
        let top = rows.y(row) - tall / 2.0;
        match stand {
            Stand::Beside => {
                let each = tall / bar.parts.len().max(1) as f32;
                for (i, (value, fill)) in bar.parts.iter().enumerate() {
                    let (y, end) = (top + each * i as f32, rows.x(value.unwrap_or(0.0)));
                    let gap = if bar.parts.len() > 1 { each * 0.06 } else { 0.0 };
                    if let Some(whole) = bar.whole {
                        scene.rectangle([zero, y, (rows.x(whole) - zero).max(0.0), each], Some(Fill::Colour(GROUND)), None);
                    }
                    if value.is_some() {
                        rectangle(scene, [zero.min(end), y + gap, (end - zero).abs(), each - 2.0 * gap], *fill, unit);
                    }
                    if let Some(before) = bar.before {
                        let (at, reach) = (rows.x(before), 3.0 * unit);
                        let dark = Stroke { colour: INK, width: 2.6 * unit, dash: 0.0 };
                        scene.line(vec![[at, y - reach], [at, y + each + reach]], dark);
                    }
                    let words = bar.words.get(i).map_or("", String::as_str);
                    let size = size.min(each * 0.95).max(SMALLEST * unit);
                    let base = y + each / 2.0 + size * 0.36;
                    let colour = if value.is_some() { INK } else { GREY };
                    let left = value.is_some_and(|value| value < 0.0);
                    // Beside ticks and grounds a number seems to be theirs: in a column of its own it is the row's.
                    let (x, anchor) = match left {
                        true => (end - 8.0 * unit, Anchor::End),
                        false if in_column => (rows.x(high) + 8.0 * unit + beside, Anchor::End),
                        false => (end.max(zero) + 8.0 * unit, Anchor::Start),
                    };
                    let words = if left || in_column { words.to_owned() } else { text::shorten(words, size, false, edge - x) };
                    scene.write(Text::new(words, [x, base], size).colour(colour).anchor(anchor));
                }
            }
            Stand::Divided => {
                let mut from = 0.0;
                for (value, fill) in &bar.parts {
                    let Some(value) = value.filter(|value| *value > 0.0) else { continue };
                    let (a, b) = (rows.x(from), rows.x(from + value));
                    rectangle(scene, [a, top, b - a, tall], *fill, unit);
                    from += value;
                }
                let words = bar.words.first().map_or("", String::as_str);
                let colour = if numbers(bar).is_empty() { GREY } else { INK };
                let at = [rows.x(from) + 8.0 * unit, rows.y(row) + size * 0.36];
                let words = text::shorten(words, size, false, edge - at[0]);
                scene.write(Text::new(words, at, size).colour(colour));
            }
        }
    }
    if low < 0.0 {
        let foot = rows.y(list.len()) - rows.height * 0.5;
        let axis = Stroke { colour: GREY, width: 1.2 * unit, dash: 0.0 };
        scene.line(vec![[zero, rows.y(0) - rows.height * 0.5], [zero, foot]], axis);
    }
    sheet.scene.plot = Some(plot(bars, list));
    Ok(sheet.scene)
}

/// The rows as numbers, the parts of rows as series.
fn plot(bars: &Bars<'_>, list: &[Bar]) -> Plot {
    let parts = list.iter().map(|bar| bar.parts.len()).max().unwrap_or(0);
    // Keys name paints that are seen, so a part is known by its paint and not by its place.
    let named = |at: usize| {
        let fill = list.iter().find_map(|bar| bar.parts.get(at).map(|(_, fill)| *fill));
        let key = bars.keys.iter().find(|(known, _)| parts > 1 && Some(*known) == fill);
        key.map_or_else(|| bars.axis.to_owned(), |(_, words)| words.clone())
    };
    // The sum of a row, or why it has none, stands beside its name: parts alone do not tell.
    let label = |bar: &Bar| match (bars.stand, bar.words.first()) {
        (Stand::Divided, Some(words)) if !words.is_empty() => format!("{} – {words}", bar.label),
        _ => bar.label.clone(),
    };
    let series = |at: usize| Series {
        name: named(at),
        values: list.iter().map(|bar| bar.parts.get(at).and_then(|(value, _)| *value)).collect(),
        fills: list.iter().map(|bar| bar.parts.get(at).map_or(Fill::NO_DATA, |(_, fill)| *fill)).collect(),
        ..Series::default()
    };
    Plot {
        kind: if bars.stand == Stand::Divided { PlotKind::Divided } else { PlotKind::Bars },
        categories: list.iter().map(label).collect(),
        // A part that no row has is none.
        series: (0..parts)
            .map(series)
            .filter(|series| series.values.iter().flatten().any(|value| *value != 0.0) || parts == 1)
            .collect(),
        axis: bars.axis.to_owned(),
        ..Plot::default()
    }
}

/// A bar; hatched and very light ones have an outline.
pub fn rectangle(scene: &mut Scene, frame: [f32; 4], fill: Fill, unit: f32) {
    let rim = matches!(fill, Fill::Hatch(_)) || fill.lightness() > 0.9;
    let stroke = rim.then_some(Stroke { colour: Rgb(90, 96, 102), width: 0.8 * unit, dash: 0.0 });
    scene.rectangle(frame, Some(fill), stroke);
}

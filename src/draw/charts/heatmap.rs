//! Rows by columns, such as communes by weeks: a cell of each in the colours of the map.

use super::Frame;
use crate::draw::furniture::{GREY, INK};
use crate::draw::plot::Grid;
use crate::draw::scene::{Anchor, SMALLEST, Scene, Stroke, Text};
use crate::draw::text;
use crate::scale::{Fill, Rgb, Scale};
use crate::values::Value;

/// One row.
#[derive(Debug, Clone)]
pub struct Row {
    /// Words
    pub label: String,
    /// A value per column
    pub values: Vec<Value>,
    /// The same, written
    pub words: Vec<String>,
}

/// Paint of what stands for several rows, which no class has.
const TOGETHER: Fill = Fill::Colour(Rgb(243, 244, 242));

/// Draws rows in the order given under columns with their words and what these are; `others` is the row that stands for those a page has no
/// room for.
pub fn draw(
    frame: &Frame,
    scale: &Scale,
    (columns, title): (&[String], &str),
    rows: &[Row],
    others: &dyn Fn(&[Row]) -> Row,
) -> Scene {
    let lang = frame.imprint.lang;
    let mut keys: Vec<(Fill, String)> = scale.classes.iter().map(|class| (class.fill, class.label.clone())).collect();
    for state in [Value::NoData, Value::NotSurveyed, Value::OutOfScope] {
        if rows.iter().any(|row| row.values.contains(&state)) {
            keys.push((scale.paint(state), state.words(lang).to_owned()));
        }
    }
    let mut sheet = frame.sheet(&keys);
    let unit = sheet.unit;
    let [left, head, right, bottom] = sheet.body;
    let foot = 52.0 * unit;
    let most = (((bottom - head - foot) / (20.0 * unit)) as usize).max(1);
    let list;
    let (rows, together) = if rows.len() > most {
        let kept = most - 1;
        list = rows[..kept].iter().cloned().chain([others(&rows[kept..])]).collect::<Vec<Row>>();
        (&list[..], Some(kept))
    } else {
        (rows, None)
    };
    let (shown, end) = (rows.len(), bottom);
    let top = head + 15.0 * unit;
    let tall = ((end - top - foot) / shown.max(1) as f32).min(64.0 * unit);
    let size = (tall * 0.5).clamp(SMALLEST * unit, 18.0 * unit);
    let widest = rows.iter().map(|row| text::width(&row.label, size, false)).fold(0.0, f32::max);
    let label_room = (widest + 16.0 * unit).min((right - left) * 0.3);
    let wide = ((right - left - label_room) / columns.len().max(1) as f32).min(190.0 * unit);
    let rim = Stroke { colour: Rgb::WHITE, width: 1.6 * unit, dash: 0.0 };
    let number_size = size.min(16.0 * unit);
    // Numbers are written in all cells or in none, so that an empty cell never means a missing value.
    let fits = rows.iter().flat_map(|row| &row.words).all(|words| text::width(words, number_size, false) < wide - 8.0 * unit);
    for (i, row) in rows.iter().enumerate() {
        let y = top + tall * i as f32;
        let label = text::shorten(&row.label, size, false, label_room - 12.0 * unit);
        let at = [left + label_room - 10.0 * unit, y + tall / 2.0 + size * 0.36];
        sheet.scene.write(Text::new(label, at, size).colour(INK).anchor(Anchor::End));
        for (column, (value, words)) in row.values.iter().zip(&row.words).enumerate() {
            let x = left + label_room + wide * column as f32;
            let fill = if together == Some(i) { TOGETHER } else { scale.paint(*value) };
            sheet.scene.rectangle([x, y, wide, tall], Some(fill), Some(rim));
            if fits {
                let colour = if fill.lightness() < 0.6 { Rgb::WHITE } else { INK };
                let at = [x + wide / 2.0, y + tall / 2.0 + number_size * 0.36];
                let mut cell = Text::new(words.as_str(), at, number_size).colour(colour).anchor(Anchor::Middle);
                if matches!(fill, Fill::Hatch(_)) {
                    cell = cell.halo(number_size * 0.25);
                }
                sheet.scene.write(cell);
            }
        }
    }
    let base = top + tall * shown as f32 + 22.0 * unit;
    let mut free = f32::INFINITY;
    for (column, words) in columns.iter().enumerate().rev() {
        let words = text::shorten(words, 15.0 * unit, false, wide.max(60.0 * unit));
        let x = left + label_room + wide * (column as f32 + 0.5);
        let half = text::width(&words, 15.0 * unit, false) / 2.0;
        if x + half + 6.0 * unit <= free {
            sheet.scene.write(Text::new(words, [x, base], 15.0 * unit).colour(INK).anchor(Anchor::Middle));
            free = x - half;
        }
    }
    let paint = |row: usize, value: &Value| if together == Some(row) { TOGETHER } else { scale.paint(*value) };
    let cells =
        |row: usize| rows[row].values.iter().map(|value| paint(row, value)).zip(rows[row].words.iter().cloned()).collect();
    sheet.scene.grid = Some(Grid {
        corner: title.to_owned(),
        heads: columns.to_vec(),
        rows: rows.iter().enumerate().map(|(at, row)| (row.label.clone(), cells(at))).collect(),
        written: fits,
    });
    let middle = left + label_room + wide * columns.len() as f32 / 2.0;
    sheet.scene.write(Text::new(title, [middle, base + 24.0 * unit], 16.0 * unit).colour(GREY).anchor(Anchor::Middle));
    sheet.scene
}

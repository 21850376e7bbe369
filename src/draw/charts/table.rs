//! A table to be read in a meeting: names at the left, numbers flush right, the heads over them.

use super::{Frame, say_empty};
use crate::draw::furniture::{GREY, HAIR, INK};
use crate::draw::scene::{Anchor, SMALLEST, Scene, Stroke, Text};
use crate::draw::text;

/// Heads and rows; the first cell of a row is its name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Heads of all columns
    pub heads: Vec<String>,
    /// Rows, the most important first
    pub rows: Vec<Vec<String>>,
    /// Width of each column beside the others, and whether it has words, which stand flush left; equal columns of numbers if empty
    pub columns: Vec<(f32, bool)>,
    /// Words for rows that have no room: `{count}` is how many they are
    pub others: String,
}

/// Least and greatest height of a row in design units.
const LEAST: f32 = 22.0;
const MOST: f32 = 40.0;

/// Draws as many rows as there is room for, and says how many are left out.
pub fn draw(frame: &Frame, table: &Table) -> Scene {
    let lang = frame.imprint.lang;
    let mut sheet = frame.sheet(&[]);
    let unit = sheet.unit;
    let [left, top, right, bottom] = sheet.body;
    if table.rows.is_empty() {
        say_empty(&mut sheet.scene, sheet.body, lang);
        return sheet.scene;
    }
    let size = 16.0 * unit;
    let columns = table.heads.len().max(1);
    let first = table.rows.iter().map(|row| row.first().map_or(0.0, |name| text::width(name, size, false))).fold(0.0, f32::max);
    let name_room = (first + 16.0 * unit).min((right - left) * 0.4);
    let each = ((right - left - name_room) / (columns - 1).max(1) as f32).min(230.0 * unit);
    // Left and right end of each column.
    let own: f32 = table.columns.iter().map(|(wide, _)| wide).sum();
    let ends: Vec<[f32; 2]> = match table.columns.len() == columns && own > 0.0 {
        true => table
            .columns
            .iter()
            .scan(left, |x, (wide, _)| {
                let from = *x;
                *x += (right - left) * wide / own;
                Some([from, *x - 8.0 * unit])
            })
            .collect(),
        false => (0..columns)
            .map(|column| match column {
                0 => [left, left + name_room - 8.0 * unit],
                _ => {
                    let end = left + name_room + each * column as f32;
                    [end - each + 8.0 * unit, end]
                }
            })
            .collect(),
    };
    let of_words = |column: usize| column == 0 || table.columns.get(column).is_some_and(|(_, words)| *words);
    let wide = |column: usize| ends.get(column).map_or(0.0, |[from, to]| to - from);
    let heads: Vec<Vec<String>> =
        table.heads.iter().enumerate().map(|(column, head)| text::wrap(head, SMALLEST * unit, true, wide(column))).collect();
    let lines = heads.iter().map(Vec::len).max().unwrap_or(1).max(1) as f32;
    let head_high = lines * SMALLEST * 1.25 * unit + 10.0 * unit;
    let room = bottom - top - head_high;
    let capacity = ((room / (LEAST * unit)) as usize).max(1);
    let shown = if table.rows.len() <= capacity { table.rows.len() } else { capacity.saturating_sub(1) };
    let count = shown + usize::from(shown < table.rows.len());
    let high = (room / count.max(1) as f32).min(MOST * unit);
    let x = |column: usize| ends.get(column).map_or(left, |[from, to]| if of_words(column) { *from } else { *to });
    let anchor = |column: usize| if of_words(column) { Anchor::Start } else { Anchor::End };
    let last = ends.last().map_or(right, |[_, to]| *to);
    for (column, head) in heads.iter().enumerate() {
        for (line, words) in head.iter().enumerate() {
            let base = top + (lines - head.len() as f32 + line as f32 + 1.0) * SMALLEST * 1.25 * unit;
            let words = Text::new(words.as_str(), [x(column), base], SMALLEST * unit).bold().colour(GREY);
            sheet.scene.write(words.anchor(anchor(column)));
        }
    }
    let rule = |y: f32, wide: f32, colour| (vec![[left, y], [last, y]], Stroke { colour, width: wide * unit, dash: 0.0 });
    let (line, stroke) = rule(top + head_high - 3.0 * unit, 1.4, GREY);
    sheet.scene.line(line, stroke);
    for (at, row) in table.rows.iter().take(shown).enumerate() {
        let y = top + head_high + high * at as f32;
        let base = y + high / 2.0 + size * 0.36;
        for (column, cell) in row.iter().enumerate() {
            let bold = column == 1 && !of_words(1);
            let mut words = Text::new(text::shorten(cell, size, bold, wide(column)), [x(column), base], size).colour(INK);
            words.bold = bold;
            sheet.scene.write(words.anchor(anchor(column)));
        }
        let (line, stroke) = rule(y + high, 0.7, HAIR);
        sheet.scene.line(line, stroke);
    }
    if shown < table.rows.len() {
        let words = table.others.replace("{count}", &(table.rows.len() - shown).to_string());
        let base = top + head_high + high * shown as f32 + high / 2.0 + size * 0.36;
        sheet.scene.write(Text::new(words, [left, base], SMALLEST * unit).italic().colour(GREY));
    }
    sheet.scene
}

//! Sentences on a page: headings and paragraphs that run down columns.

use super::furniture::{GREY, INK};
use super::scene::{Role, Scene, Text};
use super::text;

/// A heading with the paragraphs below it; they stay in one column as long as there is room.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prose {
    /// Heading; none if empty
    pub heading: String,
    /// A word or two after it, in grey
    pub aside: String,
    /// Paragraphs
    pub paragraphs: Vec<String>,
}

/// Letters of headings and paragraphs, and the space after them, in design units.
const HEADING: f32 = 19.0;
const LETTERS: f32 = 16.5;
const AFTER: f32 = 9.0;
const GAP: f32 = 34.0;

/// A line with its size, whether it is bold, and the space before it.
struct Set {
    words: String,
    size: f32,
    bold: bool,
    before: f32,
    aside: String,
    opens: bool,
}

fn set(prose: &Prose, wide: f32, unit: f32) -> Vec<Set> {
    let mut lines = Vec::new();
    let mut add = |words: &str, size: f32, bold: bool, before: f32, aside: &str| {
        let size = size * unit;
        for (number, line) in text::wrap(words, size, bold, wide).into_iter().enumerate() {
            let first = number == 0;
            let aside = if first { aside.to_owned() } else { String::new() };
            lines.push(Set { words: line, size, bold, before: if first { before * unit } else { 0.0 }, aside, opens: first });
        }
    };
    if !prose.heading.is_empty() {
        add(&prose.heading, HEADING, true, AFTER, &prose.aside);
    }
    for paragraph in &prose.paragraphs {
        add(paragraph, LETTERS, false, AFTER * 0.5, "");
    }
    lines
}

/// The same list for columns of a page, what is longer than a column divided over several.
pub fn in_pieces(list: Vec<Prose>, [left, top, right, bottom]: [f32; 4], columns: usize, unit: f32) -> Vec<Prose> {
    let wide = column(right - left, columns, unit);
    // A heading of two lines stands over every first piece.
    let room = bottom - top - 2.0 * (HEADING * 1.38 + AFTER) * unit;
    let most = ((room / (LETTERS * 1.38 * unit)) as usize).max(1);
    let fits = |lines: &[Set]| high(lines) <= bottom - top;
    list.into_iter()
        .flat_map(|prose| {
            if fits(&set(&prose, wide, unit)) {
                return vec![prose];
            }
            let mut pieces = vec![Prose { paragraphs: Vec::new(), ..prose.clone() }];
            for paragraph in &prose.paragraphs {
                for lines in text::wrap(paragraph, LETTERS * unit, false, wide).chunks(most) {
                    let words = lines.join(" ");
                    let piece = pieces.last_mut().filter(|piece| {
                        let paragraphs = piece.paragraphs.iter().chain([&words]).cloned().collect();
                        fits(&set(&Prose { paragraphs, ..(*piece).clone() }, wide, unit))
                    });
                    match piece {
                        Some(piece) => piece.paragraphs.push(words),
                        None => pieces.push(Prose { paragraphs: vec![words], ..Prose::default() }),
                    }
                }
            }
            pieces
        })
        .collect()
}

/// Width of a column.
fn column(wide: f32, columns: usize, unit: f32) -> f32 {
    (wide - GAP * unit * (columns as f32 - 1.0)) / columns.max(1) as f32
}

fn high(lines: &[Set]) -> f32 {
    lines.iter().map(|line| line.before + line.size * 1.38).sum()
}

/// Where each of a list begins: its column and height; those that find no room are not among them.
fn places(highs: &[f32], [top, bottom]: [f32; 2], columns: usize, after: f32) -> Vec<(usize, f32)> {
    let (mut column, mut y) = (0, top);
    let mut found = Vec::new();
    for high in highs {
        if y + high > bottom && y > top {
            column += 1;
            y = top;
        }
        if column >= columns {
            break;
        }
        found.push((column, y));
        y += high + after;
    }
    found
}

/// Writes what fits into the columns of a page; gives how many of the list are on it, and where the lowest ends. Columns end at about one
/// height where all of the list fits. What is longer than a column has to be in pieces before.
pub fn flow(scene: &mut Scene, list: &[Prose], [left, top, right, bottom]: [f32; 4], columns: usize) -> (usize, f32) {
    let unit = scene.unit;
    let columns = columns.max(1);
    let wide = column(right - left, columns, unit);
    let lines: Vec<Vec<Set>> = list.iter().map(|prose| set(prose, wide, unit)).collect();
    let highs: Vec<f32> = lines.iter().map(|lines| high(lines)).collect();
    let after = AFTER * unit;
    let at = |bottom: f32| places(&highs, [top, bottom], columns, after);
    let mut ends = (10..=40).map(|step| top + (bottom - top) * step as f32 / 40.0);
    let fits = |end: f32| at(end).len() == list.len() && at(end).iter().zip(&highs).all(|((_, y), high)| y + high <= end);
    let found = at(ends.find(|end| fits(*end)).unwrap_or(bottom));
    for ((column, start), lines) in found.iter().zip(lines) {
        let x = left + *column as f32 * (wide + GAP * unit);
        let mut y = *start;
        for line in lines {
            y += line.before + line.size * 1.38;
            if y > bottom + unit {
                break;
            }
            if line.opens {
                scene.begin_anew(Role::Figures);
            }
            let base = y - line.size * 0.3;
            let end = x + text::width(&line.words, line.size, line.bold) + 10.0 * unit;
            let mut words = Text::new(line.words, [x, base], line.size).colour(INK);
            words.bold = line.bold;
            scene.write(words);
            if !line.aside.is_empty() {
                let size = LETTERS * unit;
                let aside = text::shorten(&line.aside, size, false, (x + wide - end).max(0.0));
                scene.write(Text::new(aside, [end, base], size).colour(GREY));
            }
        }
    }
    let foot = found.iter().zip(&highs).map(|((_, y), high)| y + high).fold(top, f32::max);
    (found.len(), foot.min(bottom))
}

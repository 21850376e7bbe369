//! The legend block: classes with bounds and counts, states without a number, figures, insets, scale bar and north arrow.

use super::ribbon::Ribbon;
use crate::draw::furniture::{GREY, HAIR, INK, north_arrow, scale_bar};
use crate::draw::scene::{Anchor, Fill, Item, Point, Role, SMALLEST, Scene, Stroke, Text, shift};
use crate::draw::symbols::{Symbol, symbol};
use crate::draw::text;
use crate::project::{LegendClasses, Page};
use crate::scale::{Rgb, Scale};
use crate::values::{Lang, Value, numbers};

/// What a line of a legend shows.
#[derive(Debug, Clone)]
pub enum Swatch {
    /// The inside of an area
    Fill(Fill),
    /// Inside and outline
    Outline(Fill, Stroke),
    /// A point symbol
    Symbol(Symbol, Rgb),
    /// A line
    Line(Stroke),
}

/// One line of a legend.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What is shown
    pub swatch: Swatch,
    /// Words
    pub label: String,
    /// Count or hectares, at the right
    pub amount: String,
}

/// One part of a legend block.
#[derive(Debug, Clone)]
pub enum LegendPart {
    /// Bold heading, and what the amounts below it count
    Heading(String, String),
    /// A line
    Entry(Entry),
    /// A hair line
    Rule,
    /// Words and a number
    Figure(String, String, bool),
    /// Figures in a run of words
    Run(String),
    /// Small words
    Note(String),
    /// Names below the entry that they are of
    Names(String),
    /// Nine classes of two measures: fills by row from below and column, names of the two, bounds of the two, counts
    Square(Box<Square>),
    /// Discs of round values: radius in pixels and words, largest first
    Discs(Vec<(f32, String)>, Rgb),
    /// A small map with words under it
    Picture(Vec<Item>, [f32; 2], String),
    /// Classes side by side; lines where there is no room for that
    Ribbon(Box<Ribbon>),
    /// Scale bar and north arrow; metres a pixel
    Scale(f64),
}

/// A legend of two measures.
#[derive(Debug, Clone)]
pub struct Square {
    /// Fills: row of the second measure from low to high, then column of the first
    pub fills: [[Fill; 3]; 3],
    /// Communes in each
    pub counts: [[usize; 3]; 3],
    /// Name of the measure that grows to the right
    pub across: String,
    /// Name of the measure that grows upwards
    pub up: String,
    /// Its two bounds, written
    pub across_cuts: [String; 2],
    /// Its two bounds, written
    pub up_cuts: [String; 2],
}

/// The entries for a scale and the values it paints, with counts. Empty classes are listed too unless only those present
/// are wanted; states are listed where they occur, and those of `also`, which other maps of an animation have.
pub fn entries(scale: &Scale, values: &[Value], also: &[Value], which: LegendClasses, lang: Lang) -> Vec<LegendPart> {
    let counts = scale.counts(values.iter().filter_map(|value| value.number()));
    let mut list: Vec<LegendPart> = scale
        .classes
        .iter()
        .zip(counts)
        .filter(|(_, count)| which == LegendClasses::All || *count > 0)
        .map(|(class, count)| entry(Swatch::Fill(class.fill), class.label.clone(), count, lang))
        .collect();
    list.extend(states(values, also, lang));
    list
}

/// States without a number that occur, or are listed all the same: paint, words and how many there are.
pub fn counted(values: &[Value], also: &[Value], lang: Lang) -> Vec<(Fill, String, usize)> {
    let reasons =
        [(Value::NoData, Fill::NO_DATA), (Value::NotSurveyed, Fill::NOT_SURVEYED), (Value::OutOfScope, Fill::OUT_OF_SCOPE)];
    reasons
        .into_iter()
        .map(|(reason, fill)| (reason, fill, values.iter().filter(|value| **value == reason).count()))
        .filter(|(reason, _, count)| *count > 0 || also.contains(reason))
        .map(|(reason, fill, count)| (fill, reason.words(lang).to_owned(), count))
        .collect()
}

/// The same as entries.
pub fn states(values: &[Value], also: &[Value], lang: Lang) -> Vec<LegendPart> {
    counted(values, also, lang).into_iter().map(|(fill, words, count)| entry(Swatch::Fill(fill), words, count, lang)).collect()
}

/// A line with a count.
pub fn entry(swatch: Swatch, label: String, count: usize, lang: Lang) -> LegendPart {
    LegendPart::Entry(Entry { swatch, label, amount: numbers::format(count as f64, 0, lang) })
}

/// Lays out a block of a width: a picture from (0, 0) on, and its height.
pub fn block(parts: &[LegendPart], width: f32, unit: f32, lang: Lang) -> (Scene, f32) {
    laid(parts, width, (unit, GAP), lang)
}

/// A block no higher than its room: lines closer together where it must be, then without its last figures and notes, which are in the
/// tables too. Returns also how many were left out.
pub fn block_in(parts: &[LegendPart], [width, room]: [f32; 2], unit: f32, lang: Lang) -> (Scene, f32, usize) {
    let (scene, high) = block(parts, width, unit, lang);
    if high <= room {
        return (scene, high, 0);
    }
    let mut kept = parts.to_vec();
    loop {
        let (scene, high) = laid(&kept, width, (unit, 0.0), lang);
        let last = kept.iter().rposition(|part| {
            matches!(
                part,
                LegendPart::Figure(..) | LegendPart::Run(_) | LegendPart::Note(_) | LegendPart::Names(_) | LegendPart::Rule
            )
        });
        match last.filter(|_| high > room) {
            Some(last) => kept.remove(last),
            None if high > room => {
                // Headings in a line each: the subtitle has the whole name.
                for part in &mut kept {
                    if let LegendPart::Heading(words, _) = part {
                        *words = text::shorten(words, HEADING * unit, true, width);
                    }
                }
                let (scene, high) = laid(&kept, width, (unit, 0.0), lang);
                return (scene, high, parts.len() - kept.len());
            }
            None => return (scene, high, parts.len() - kept.len()),
        };
    }
}

/// Letters of headings.
const HEADING: f32 = 18.0;

/// Space between lines of a legend.
const GAP: f32 = 7.0;
/// Where the words of an entry begin, behind its swatch.
const LABEL: f32 = 54.0;

fn laid(parts: &[LegendPart], width: f32, (unit, gap): (f32, f32), lang: Lang) -> (Scene, f32) {
    let mut scene = Scene::new("", "", &Page::default());
    scene.unit = unit;
    let mut y = 0.0;
    for part in parts {
        scene.begin(match part {
            LegendPart::Figure(..) | LegendPart::Run(_) => Role::Figures,
            LegendPart::Scale(_) => Role::Scale,
            _ => Role::Legend,
        });
        y = draw(&mut scene, part, width, y, (unit, gap), lang);
    }
    (scene, y)
}

/// Draws one part from a height on and returns where it ends.
fn draw(scene: &mut Scene, part: &LegendPart, width: f32, top: f32, (unit, gap): (f32, f32), lang: Lang) -> f32 {
    match part {
        LegendPart::Heading(words, amounts) => {
            let size = HEADING * unit;
            let mut y = top + size + if top > 0.0 { 8.0 * unit } else { 0.0 };
            // The subtitle has the whole name.
            for line in text::at_most(if gap > 0.0 { 3 } else { 2 }, words, (size, true), width) {
                scene.write(Text::new(line, [0.0, y], size).bold().colour(INK));
                y += size * 1.25;
            }
            if !amounts.is_empty() {
                scene.write(
                    Text::new(amounts.as_str(), [width, y - 2.0 * unit], SMALLEST * unit).colour(GREY).anchor(Anchor::End),
                );
                y += 6.0 * unit;
            } else {
                y -= size * 0.6;
            }
            y
        }
        LegendPart::Entry(entry) => draw_entry(scene, entry, width, top, (unit, gap)),
        LegendPart::Rule => {
            let y = top + 12.0 * unit;
            scene.line(vec![[0.0, y], [width, y]], Stroke { colour: HAIR, width: unit, dash: 0.0 });
            y + 4.0 * unit
        }
        LegendPart::Figure(words, number, main) => {
            let size = if *main { 20.0 } else { 16.0 } * unit;
            let y = top + 23.0 * unit;
            let room = width - text::width(number, size, *main) - 12.0 * unit;
            let fitted = text::fit(words, (16.0 * unit, SMALLEST * unit), false, room);
            scene.write(Text::new(text::shorten(words, fitted, false, room), [0.0, y], fitted).colour(GREY));
            let mut shown = Text::new(number.as_str(), [width, y], size).anchor(Anchor::End);
            shown.bold = *main;
            scene.write(shown);
            y + 4.0 * unit
        }
        LegendPart::Run(words) | LegendPart::Note(words) => {
            let mut y = top + 10.0 * unit;
            for line in text::wrap(words, SMALLEST * unit, false, width) {
                y += SMALLEST * unit;
                scene.write(Text::new(line, [0.0, y], SMALLEST * unit).colour(GREY));
                y += 4.0 * unit;
            }
            y
        }
        LegendPart::Names(words) => {
            let (left, mut y) = (LABEL * unit, top - 4.0 * unit);
            for line in text::wrap(words, SMALLEST * unit, false, width - left) {
                y += SMALLEST * unit;
                scene.write(Text::new(line, [left, y], SMALLEST * unit).colour(GREY));
                y += 4.0 * unit;
            }
            y + 8.0 * unit
        }
        LegendPart::Ribbon(ribbon) => match ribbon.draw(scene, width, top, unit, lang) {
            Some(end) => end + 4.0 * unit,
            None => {
                let heading = LegendPart::Heading(ribbon.heading.clone(), lang.pick("số xã", "communes").to_owned());
                let top = draw(scene, &heading, width, top, (unit, gap), lang);
                ribbon.all().fold(top, |top, (fill, label, count)| {
                    let part = entry(Swatch::Fill(*fill), label.clone(), *count, lang);
                    draw(scene, &part, width, top, (unit, gap), lang)
                })
            }
        },
        LegendPart::Square(square) => draw_square(scene, square, width, top, unit),
        LegendPart::Discs(discs, colour) => draw_discs(scene, discs, *colour, top, unit),
        LegendPart::Picture(items, [wide, high], caption) => {
            let y = top + 12.0 * unit;
            let left = 0.0;
            let frame = [left, y, *wide, *high];
            let mut items = items.clone();
            shift(&mut items, [left, y]);
            scene.items.push(Item::Clipped([left, y, left + wide, y + high], items));
            scene.rectangle(frame, None, Some(Stroke { colour: GREY, width: unit, dash: 0.0 }));
            let mut end = y + high;
            for line in text::wrap(caption, SMALLEST * unit, false, width) {
                end += 18.0 * unit;
                scene.write(Text::new(line, [left, end], SMALLEST * unit).colour(GREY).italic());
            }
            end + 4.0 * unit
        }
        LegendPart::Scale(metres) => {
            let y = top + 64.0 * unit;
            scale_bar(scene, [6.0 * unit, y], *metres, width * 0.62, unit, lang);
            north_arrow(scene, [width - 16.0 * unit, y], unit, lang);
            y + 4.0 * unit
        }
    }
}

fn draw_entry(scene: &mut Scene, entry: &Entry, width: f32, top: f32, (unit, gap): (f32, f32)) -> f32 {
    let (w, h, gap) = (40.0 * unit, if gap > 0.0 { 25.0 } else { 21.0 } * unit, gap.max(1.5) * unit);
    let room = width - w - 14.0 * unit - text::width(&entry.amount, 16.0 * unit, false) - 10.0 * unit;
    let size = text::fit(&entry.label, (17.0 * unit, SMALLEST * unit), false, room);
    let lines = text::wrap(&entry.label, size, false, room);
    let tall = h.max(lines.len() as f32 * size * 1.2);
    let y = top + (tall - h) / 2.0;
    match &entry.swatch {
        Swatch::Fill(fill) => {
            scene.rectangle([0.0, y, w, h], Some(*fill), Some(Stroke { colour: Rgb(120, 126, 133), width: unit, dash: 0.0 }));
        }
        Swatch::Outline(fill, stroke) => {
            let rim = stroke.width / 2.0;
            scene.rectangle([rim, y + rim, w - 2.0 * rim, h - 2.0 * rim], Some(*fill), Some(*stroke));
        }
        Swatch::Symbol(shape, colour) => scene.items.push(symbol(*shape, [w / 2.0, y + h / 2.0], 9.0 * unit, *colour, unit)),
        Swatch::Line(stroke) => scene.line(vec![[0.0, y + h / 2.0], [w, y + h / 2.0]], *stroke),
    }
    let first = top + tall / 2.0 - (lines.len() as f32 - 1.0) * size * 0.6 + size * 0.36;
    for (i, line) in lines.iter().enumerate() {
        let base = first + i as f32 * size * 1.2;
        scene.write(Text::new(line.as_str(), [w + 14.0 * unit, base], size).colour(INK));
    }
    let base = top + tall / 2.0 + 16.0 * unit * 0.36;
    scene.write(Text::new(entry.amount.as_str(), [width, base], 16.0 * unit).colour(GREY).anchor(Anchor::End));
    top + tall + gap
}

fn draw_square(scene: &mut Scene, square: &Square, width: f32, top: f32, unit: f32) -> f32 {
    let size = 15.0 * unit;
    let up_lines = text::wrap(&square.up, size, true, width);
    let mut y = top + size;
    for line in up_lines {
        scene.write(Text::new(line, [0.0, y], size).bold().colour(INK));
        y += size * 1.25;
    }
    let widest = square.up_cuts.iter().map(|cut| text::width(cut, size, false)).fold(0.0, f32::max);
    let left = widest + 22.0 * unit;
    let cell = ((width - left) / 3.2).min(64.0 * unit);
    y -= size * 0.4;
    let grid_top = y + 12.0 * unit;
    let grid_bottom = grid_top + 3.0 * cell;
    for (row, (fills, counts)) in square.fills.iter().zip(&square.counts).enumerate() {
        for (column, (fill, count)) in fills.iter().zip(counts).enumerate() {
            let (x, y) = (left + column as f32 * cell, grid_bottom - (row + 1) as f32 * cell);
            scene.rectangle([x, y, cell, cell], Some(*fill), Some(Stroke { colour: Rgb::WHITE, width: 2.0 * unit, dash: 0.0 }));
            let colour = if fill.lightness() < 0.6 { Rgb::WHITE } else { INK };
            let words = Text::new(count.to_string(), [x + cell / 2.0, y + cell / 2.0 + size * 0.36], size);
            let words = words.colour(colour).anchor(Anchor::Middle);
            scene.write(if matches!(fill, Fill::Hatch(_)) { words.halo(size * 0.3) } else { words });
        }
    }
    let axis = Stroke { colour: GREY, width: 1.2 * unit, dash: 0.0 };
    arrow(scene, [left - 8.0 * unit, grid_bottom], [left - 8.0 * unit, grid_top - 8.0 * unit], axis, unit);
    arrow(scene, [left, grid_bottom + 8.0 * unit], [left + 3.0 * cell + 8.0 * unit, grid_bottom + 8.0 * unit], axis, unit);
    for (i, cut) in square.up_cuts.iter().enumerate() {
        let at = [left - 14.0 * unit, grid_bottom - (i + 1) as f32 * cell + size * 0.36];
        scene.write(Text::new(cut.as_str(), at, size).colour(GREY).anchor(Anchor::End));
    }
    for (i, cut) in square.across_cuts.iter().enumerate() {
        let at = [left + (i + 1) as f32 * cell, grid_bottom + 28.0 * unit];
        scene.write(Text::new(cut.as_str(), at, size).colour(GREY).anchor(Anchor::Middle));
    }
    let mut y = grid_bottom + 50.0 * unit;
    for line in text::wrap(&square.across, size, true, width) {
        scene.write(Text::new(line, [width, y], size).bold().colour(INK).anchor(Anchor::End));
        y += size * 1.25;
    }
    y - size * 0.5
}

fn arrow(scene: &mut Scene, from: Point, to: Point, stroke: Stroke, unit: f32) {
    let length = (to[0] - from[0]).hypot(to[1] - from[1]).max(1.0);
    let (dx, dy) = ((to[0] - from[0]) / length * 7.0 * unit, (to[1] - from[1]) / length * 7.0 * unit);
    scene.line(vec![from, to], stroke);
    let head = vec![[to[0] - dx + dy * 0.6, to[1] - dy - dx * 0.6], to, [to[0] - dx - dy * 0.6, to[1] - dy + dx * 0.6]];
    scene.line(head, stroke);
}

/// Nested discs standing on one line, each with its value beside its top.
fn draw_discs(scene: &mut Scene, discs: &[(f32, String)], colour: Rgb, top: f32, unit: f32) -> f32 {
    let Some(largest) = discs.first().map(|(radius, _)| *radius) else { return top };
    let bottom = top + 10.0 * unit + 2.0 * largest.max(9.0 * unit);
    let centre = largest.max(9.0 * unit) + unit;
    let mut last = f32::NEG_INFINITY;
    for (radius, label) in discs {
        let at = [centre, bottom - radius];
        scene.items.push(Item::Disc {
            centre: at,
            radius: *radius,
            fill: colour,
            stroke: Some(Stroke { colour: Rgb::WHITE, width: 1.2 * unit, dash: 0.0 }),
        });
        let y = (bottom - 2.0 * radius + 5.0 * unit).max(last + 17.0 * unit);
        let end = [centre * 2.0 + 14.0 * unit, y];
        scene.line(vec![[centre, bottom - 2.0 * radius], end], Stroke { colour: GREY, width: 0.8 * unit, dash: 0.0 });
        scene.write(Text::new(label.as_str(), [end[0] + 6.0 * unit, y + 5.0 * unit], 15.0 * unit).colour(INK));
        last = y;
    }
    bottom.max(last + 6.0 * unit) + 8.0 * unit
}

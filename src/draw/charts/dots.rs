//! From the other period to this one: a line per row with a hollow dot for then and a full one for now, and within what now may lie.

use super::Frame;
use super::rows::{Numbers, fitting, rows};
use crate::draw::cut::Cut;
use crate::draw::furniture::{GREY, INK};
use crate::draw::plot::{Plot, PlotKind, Series};
use crate::draw::scene::{Fill, Item, Scene, Stroke, Text};
use crate::draw::text;
use crate::run::Result;
use crate::scale::Rgb;

/// How much paler intervals are than dots.
const PALE: f32 = 0.66;

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// Words at the left
    pub label: String,
    /// Value then
    pub then: Option<f64>,
    /// Value now
    pub now: Option<f64>,
    /// Between what the value of now may lie, where it is forecast
    pub interval: Option<[f64; 2]>,
    /// Paint of the line and the dot of now
    pub fill: Fill,
    /// Change in words, or why there is none
    pub words: String,
}

/// Draws rows in the order given, increases first; `names` are the words for then, now and the interval.
pub fn draw(frame: &Frame, axis: &str, names: [&str; 3], moves: &[Move], others: &dyn Fn(&[Move]) -> Move) -> Result<Scene> {
    let mut sheet = frame.sheet(&[]);
    let unit = sheet.unit;
    key(&mut sheet, names);
    let known = |row: &Move| row.then.is_some() && row.now.is_some();
    let fell = |row: &Move| row.then > row.now;
    let moves = &fitting(&sheet, moves, 1, &Cut { known, tail: &fell, others })[..];
    let ends = |row: &Move| row.interval.map_or([None; 2], |ends| ends.map(Some));
    let values = moves.iter().flat_map(|row| [[row.then, row.now], ends(row)]).flatten().flatten();
    let (low, high) = values.fold((0.0f64, 0.0f64), |(low, high), n| (low.min(n), high.max(n)));
    let labels: Vec<&str> = moves.iter().map(|row| row.label.as_str()).collect();
    let beside = moves.iter().map(|row| text::width(&row.words, 17.0 * unit, false)).fold(0.0, f32::max);
    let numbers =
        Numbers { ends: (low, high), axis, whole: false, written: false, beside: beside + 42.0 * unit, mark: 9.0 * unit };
    let rows = rows(frame, &mut sheet, &labels, &numbers)?;
    let scene = &mut sheet.scene;
    let radius = (rows.height * 0.2).clamp(4.5 * unit, 9.0 * unit);
    for (row, moved) in moves.iter().enumerate() {
        let y = rows.y(row);
        let colour = moved.fill.ground();
        if let Some([low, high]) = moved.interval {
            // Under the dots, as wide as they are.
            let rim = [rows.x(low), y - radius, rows.x(high) - rows.x(low), 2.0 * radius];
            scene.rectangle(rim, Some(Fill::Colour(colour.paler(PALE))), None);
        } else if let (Some(then), Some(now)) = (moved.then, moved.now) {
            let line = Stroke { colour, width: radius * 0.7, dash: 0.0 };
            scene.line(vec![[rows.x(then), y], [rows.x(now), y]], line);
        }
        if let Some(then) = moved.then {
            hollow(scene, [rows.x(then), y], radius, unit);
        }
        if let Some(now) = moved.now {
            scene.items.push(Item::Disc {
                centre: [rows.x(now), y],
                radius,
                fill: colour,
                stroke: Some(Stroke { colour: INK, width: 0.8 * unit, dash: 0.0 }),
            });
        }
        // In a column of their own: beside a dot they would seem to be that dot's alone.
        let size = rows.size.min(17.0 * unit);
        let words = Text::new(moved.words.as_str(), [rows.x(high) + radius + 20.0 * unit, y + size * 0.36], size);
        scene.write(words.colour(if moved.now.is_some() && moved.then.is_some() { INK } else { GREY }));
    }
    let series = |name: &str, of: fn(&Move) -> Option<f64>, fill: &dyn Fn(&Move) -> Fill| Series {
        name: name.to_owned(),
        values: moves.iter().map(of).collect(),
        fills: moves.iter().map(fill).collect(),
        ..Series::default()
    };
    let [then, now, _] = names;
    sheet.scene.plot = Some(Plot {
        kind: PlotKind::Bars,
        categories: moves.iter().map(|row| row.label.clone()).collect(),
        series: vec![
            series(now, |row| row.now, &|row| row.fill),
            series(then, |row| row.then, &|_| Fill::Colour(Rgb(200, 204, 208))),
        ],
        axis: axis.to_owned(),
        ..Plot::default()
    });
    Ok(sheet.scene)
}

fn hollow(scene: &mut Scene, centre: [f32; 2], radius: f32, unit: f32) {
    let stroke = Some(Stroke { colour: GREY, width: 2.0 * unit, dash: 0.0 });
    scene.items.push(Item::Disc { centre, radius: radius * 0.85, fill: Rgb::WHITE, stroke });
}

fn key(sheet: &mut crate::draw::furniture::Sheet, [then, now, interval]: [&str; 3]) {
    let (unit, size) = (sheet.unit, 16.0 * sheet.unit);
    let y = sheet.body[1] + 18.0 * unit;
    let mut x = sheet.body[0] + 10.0 * unit;
    hollow(&mut sheet.scene, [x, y], 8.0 * unit, unit);
    sheet.scene.write(Text::new(then, [x + 16.0 * unit, y + size * 0.36], size).colour(INK));
    x += 16.0 * unit + text::width(then, size, false) + 34.0 * unit;
    sheet.scene.items.push(Item::Disc { centre: [x, y], radius: 8.0 * unit, fill: GREY, stroke: None });
    sheet.scene.write(Text::new(now, [x + 16.0 * unit, y + size * 0.36], size).colour(INK));
    if !interval.is_empty() {
        x += 16.0 * unit + text::width(now, size, false) + 26.0 * unit;
        sheet.scene.rectangle([x, y - 8.0 * unit, 40.0 * unit, 16.0 * unit], Some(Fill::Colour(GREY.paler(PALE))), None);
        sheet.scene.write(Text::new(interval, [x + 50.0 * unit, y + size * 0.36], size).colour(INK));
    }
    sheet.body[1] = y + 16.0 * unit;
}

//! Lines by week. A week without a survey is a gap in the line, never a zero.

use super::plane::{Axis, Plane, plane};
use super::{Frame, say_empty};
use crate::draw::furniture::INK;
use crate::draw::plot::{Look, Plot, PlotKind, Series};
use crate::draw::scene::{Anchor, Fill, Item, SMALLEST, Scene, Stroke, Text};
use crate::draw::text;
use crate::run::Result;
use crate::scale::Rgb;
use crate::values::{Lang, Period, dates, numbers};

/// One line; `None` is a gap.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Words
    pub label: String,
    /// Colour
    pub colour: Rgb,
    /// A value per week
    pub values: Vec<Option<f64>>,
    /// Drawn thin and dashed, as last year's line is
    pub past: bool,
}

/// What is drawn besides the lines.
pub struct Extras<'a> {
    /// A level to stay under, and its words
    pub threshold: Option<(f64, &'a str)>,
    /// Whether lines differ in their dots as well as their colour
    pub bw: bool,
    /// From this week on values are forecasts: dashed, with open dots
    pub forecast_from: Option<usize>,
    /// The last week is of the same communes in both lines, so that they have a difference
    pub same_communes: bool,
}

/// Colour of a level to stay under.
const LIMIT: Rgb = Rgb(176, 42, 36);

/// A chart of lines over weeks, each named at its end.
pub fn draw(frame: &Frame, axis: &str, weeks: &[Period], lines: &[Line], extras: &Extras) -> Result<Scene> {
    let lang = frame.imprint.lang;
    let mut sheet = frame.sheet(&[]);
    let unit = sheet.unit;
    let values = lines.iter().flat_map(|line| &line.values).flatten().copied().chain(extras.threshold.map(|(level, _)| level));
    let (low, high) = values.fold((0.0f64, 0.0f64), |(low, high), n| (low.min(n), high.max(n)));
    let size = 17.0 * unit;
    let room = (sheet.body[2] - sheet.body[0]) * 0.32;
    let written = |value: f64| {
        numbers::format(value, if value.abs() >= 100.0 { 0 } else { numbers::decimals_needed(&[value]).min(1) }, lang)
    };
    let end_words = |line: &Line| match line.values.iter().rev().flatten().next() {
        Some(value) => format!("{} {}", line.label, written(*value)),
        None => line.label.clone(),
    };
    let widest = lines.iter().map(|line| text::width(&end_words(line), size, true)).fold(0.0, f32::max).min(room);
    let last = weeks.len().saturating_sub(1) as f64;
    let names = weeks.iter().enumerate().map(|(i, week)| (i as f64, dates::format_day_short(week.from, lang))).collect();
    let years = |week: Option<&Period>| week.map(|week| chrono::Datelike::year(&week.from));
    let title = match (years(weeks.first()), years(weeks.last())) {
        (Some(from), Some(to)) if from == to => format!("{}, {from}", lang.pick("tuần bắt đầu ngày", "week beginning")),
        (Some(from), Some(to)) => format!("{}, {from}–{to}", lang.pick("tuần bắt đầu ngày", "week beginning")),
        _ => lang.pick("tuần bắt đầu ngày", "week beginning").to_owned(),
    };
    let across = Axis { ends: (-0.15, last + 0.15), title: &title, names: Some(names), whole: false };
    // Where every point has its number an axis would say it twice.
    let values = lines.iter().flat_map(|line| line.values.iter().flatten());
    let number = values.map(|value| text::width(&written(*value), SMALLEST * unit, false)).fold(0.0, f32::max);
    let step = (sheet.body[2] - sheet.body[0] - widest - 60.0 * unit) / (weeks.len() as f32 - 0.7);
    let numbered = lines.len() <= LINES_WITH_NUMBERS && weeks.len() >= 2 && number + 8.0 * unit <= step;
    let up = Axis {
        ends: (low, if high > low { high + (high - low) * 0.08 } else { 1.0 }),
        title: axis,
        names: numbered.then(Vec::new),
        whole: false,
    };
    let plane = plane(frame, &mut sheet, &across, &up, widest + 40.0 * unit)?;
    let scene = &mut sheet.scene;
    if let Some((level, words)) = extras.threshold {
        let y = plane.y(level);
        let red = if extras.bw { INK } else { LIMIT };
        let stroke = Stroke { colour: red, width: 2.0 * unit, dash: 8.0 * unit };
        scene.line(vec![[plane.area[0], y], [plane.area[2], y]], stroke);
        let words = Text::new(words, [plane.area[0] + 8.0 * unit, y - 6.0 * unit], 15.0 * unit).colour(red).halo(3.0 * unit);
        scene.write(words);
    }
    let mut ends: Vec<(f32, usize)> = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        // A grey that is light enough for an area is lost as a line.
        let line = &Line { colour: if extras.bw { readable(line.colour) } else { line.colour }, ..line.clone() };
        let wide = if line.past { 2.0 } else { 3.0 } * unit;
        let dash = if line.past || (extras.bw && number % 2 == 1) { 7.0 * unit } else { 0.0 };
        let mut run: Vec<[f32; 2]> = Vec::new();
        let is_forecast = |week: usize| !line.past && extras.forecast_from.is_some_and(|from| week >= from);
        for (i, value) in line.values.iter().chain(std::iter::once(&None)).enumerate() {
            match value {
                Some(value) if is_forecast(i) => {
                    let here = [plane.x(i as f64), plane.y(*value)];
                    let points = std::mem::replace(&mut run, vec![here]);
                    let last = points.last().copied();
                    if points.len() > 1 {
                        scene.line(points, Stroke { colour: line.colour, width: wide, dash });
                    }
                    if let Some(last) = last {
                        scene.line(vec![last, here], Stroke { colour: line.colour, width: 2.0 * unit, dash: 5.0 * unit });
                    }
                }
                Some(value) => run.push([plane.x(i as f64), plane.y(*value)]),
                None => {
                    let points = std::mem::take(&mut run);
                    if points.len() > 1 {
                        scene.line(points, Stroke { colour: line.colour, width: wide, dash });
                    }
                }
            }
        }
        for (i, value) in line.values.iter().enumerate().filter_map(|(i, value)| Some((i, (*value)?))) {
            let centre = [plane.x(i as f64), plane.y(value)];
            if extras.bw {
                let form = crate::draw::symbols::Symbol::nth(number);
                scene.items.push(crate::draw::symbols::symbol(form, centre, 6.0 * unit, line.colour, unit));
            } else if line.past || is_forecast(i) {
                let stroke = Some(Stroke { colour: line.colour, width: 1.6 * unit, dash: 0.0 });
                scene.items.push(Item::Disc { centre, radius: 3.6 * unit, fill: Rgb::WHITE, stroke });
            } else {
                scene.items.push(Item::Disc { centre, radius: 4.5 * unit, fill: line.colour, stroke: None });
            }
        }
        if let Some(value) = line.values.iter().rev().flatten().next() {
            ends.push((plane.y(*value), number));
        }
    }
    if numbered {
        numbers_at_points(scene, &plane, lines, &written, unit);
    }
    // Names at the ends of the lines, pushed apart where lines end close together.
    ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let step = size * 1.25;
    for i in 1..ends.len() {
        ends[i].0 = ends[i].0.max(ends[i - 1].0 + step);
    }
    let over = ends.last().map_or(0.0, |end| (end.0 - (plane.area[3] - 4.0 * unit)).max(0.0));
    for (y, number) in ends {
        let line = &lines[number];
        // The name is cut before the number is.
        let full = end_words(line);
        let number = full.strip_prefix(line.label.as_str()).unwrap_or("");
        let name = text::shorten(&line.label, size, true, room - text::width(number, size, true));
        let words = format!("{name}{number}");
        let at = [plane.area[2] + 14.0 * unit, y - over + size * 0.36];
        scene.write(Text::new(words, at, size).bold().colour(readable(line.colour)));
    }
    if extras.same_communes {
        tell_gap(scene, &plane, lines, size, lang);
    }
    if lines.iter().all(|line| line.values.iter().all(Option::is_none)) {
        say_empty(scene, plane.area, lang);
    }
    let series = |line: &Line| Series {
        name: line.label.clone(),
        values: line.values.clone(),
        fills: vec![Fill::Colour(readable(line.colour))],
        look: if line.past { Look::Past } else { Look::Now },
    };
    let limit = extras.threshold.map(|(level, words)| Series {
        name: words.to_owned(),
        values: vec![Some(level); weeks.len()],
        fills: vec![Fill::Colour(if extras.bw { INK } else { LIMIT })],
        look: Look::Limit,
    });
    scene.plot = Some(Plot {
        kind: PlotKind::Lines,
        categories: weeks.iter().map(|week| dates::format_day_short(week.from, lang)).collect(),
        series: lines.iter().map(series).chain(limit).collect(),
        axis: axis.to_owned(),
        across: title,
        forecast_from: extras.forecast_from,
        ..Plot::default()
    });
    Ok(sheet.scene)
}

/// How far this year's line ends from last year's, between their names, where these leave room.
fn tell_gap(scene: &mut Scene, plane: &Plane, lines: &[Line], size: f32, lang: Lang) {
    let [now, then] = lines else { return };
    let last = |line: &Line| line.values.last().copied().flatten();
    let (Some(a), Some(b), false, true) = (last(now), last(then), now.past, then.past) else { return };
    let (from, to) = (plane.y(a), plane.y(b));
    if (from - to).abs() < 3.6 * size {
        return;
    }
    let x = plane.area[2] + 0.35 * size;
    scene.line(vec![[x, from], [x, to]], Stroke { colour: INK, width: 0.08 * size, dash: 0.0 });
    let words = numbers::format_change(a - b, usize::from(a.abs() < 100.0), lang);
    let at = [plane.area[2] + 0.82 * size, (from + to) / 2.0 + size * 0.36];
    scene.write(Text::new(words, at, size).colour(INK));
}

/// More lines than these have no numbers at their points.
const LINES_WITH_NUMBERS: usize = 2;

/// Numbers at the points, where all of a line have room: those of the upper line above it, of the lower one below. The last stands with
/// the name.
fn numbers_at_points(scene: &mut Scene, plane: &Plane, lines: &[Line], written: &dyn Fn(f64) -> String, unit: f32) {
    let size = SMALLEST * unit;
    for (number, line) in lines.iter().enumerate() {
        let last = line.values.iter().rposition(Option::is_some);
        for (week, value) in line.values.iter().enumerate().filter_map(|(week, value)| Some((week, (*value)?))) {
            let others = lines.iter().enumerate().filter(|(other, _)| *other != number);
            let beside = others.filter_map(|(_, other)| *other.values.get(week)?).next();
            let y = plane.y(value);
            let near = beside.is_some_and(|other| (plane.y(other) - y).abs() < 2.4 * size);
            let upper = beside.is_none_or(|other| value >= other);
            if Some(week) == last || near && !upper {
                continue;
            }
            let at = [plane.x(week as f64), if upper { y - 0.7 * size } else { y + 1.5 * size }];
            let words = Text::new(written(value), at, size).colour(readable(line.colour)).anchor(Anchor::Middle);
            scene.write(words.halo(0.2 * size));
        }
    }
}

/// Light colours are hard to read as letters: those are made darker.
pub fn readable(colour: Rgb) -> Rgb {
    if colour.lightness() > 0.72 {
        Rgb((f32::from(colour.0) * 0.62) as u8, (f32::from(colour.1) * 0.62) as u8, (f32::from(colour.2) * 0.62) as u8)
    } else {
        colour
    }
}

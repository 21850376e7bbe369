//! How many communes have which value: steps that end at the bounds of the map's classes, so that bars of a colour add up to its count.

use super::bars::rectangle;
use super::plane::{Axis, plane};
use super::{Frame, say_empty};
use crate::draw::furniture::{GREY, INK};
use crate::draw::plot::{Plot, PlotKind, Series};
use crate::draw::scene::{Anchor, Scene, Stroke, Text};
use crate::draw::taken::Taken;
use crate::run::Result;
use crate::scale::{Fill, Scale, classify};
use crate::values::{Lang, numbers};

/// A bar: from, to, and how many communes lie in it.
struct Bin {
    from: f64,
    to: f64,
    count: usize,
    fill: Fill,
}

/// Equal steps within each class, about as wide as `step`; zero, where it is a class of its own, has a narrow bar of its own.
fn bins(sorted: &[f64], scale: &Scale, (low, high): (f64, f64), step: f64) -> Vec<Bin> {
    let mut list = Vec::new();
    let mut edges = vec![low];
    edges.extend(scale.cuts.iter().copied().filter(|cut| *cut > low && *cut < high));
    edges.push(high);
    let zero = |value: f64| scale.zero.is_some() && value == 0.0;
    // A place inside a step, and never the zero that is a class of its own.
    let inside = |from: f64, to: f64| from + (to - from) * if zero((from + to) / 2.0) { 0.25 } else { 0.5 };
    let class_between = |pair: &[f64]| scale.class_of(inside(pair[0], pair[1]));
    // A bound may be the lowest or the highest value itself, which then lies in the class beyond.
    if !zero(high) && scale.class_of(high) != class_between(&edges[edges.len() - 2..]) {
        edges.push(high + step);
    }
    if !zero(low) && scale.class_of(low) != class_between(&edges[..2]) {
        edges.insert(0, low - step);
    }
    for pair in edges.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let class = class_between(pair);
        let members: Vec<f64> = sorted.iter().copied().filter(|value| !zero(*value) && scale.class_of(*value) == class).collect();
        let steps = (((to - from) / step).round() as usize).max(1);
        let width = (to - from) / steps as f64;
        let mut counts = vec![0; steps];
        members.iter().for_each(|value| counts[(((value - from) / width).max(0.0) as usize).min(steps - 1)] += 1);
        let fill = scale.fill(inside(from, to));
        list.extend(counts.into_iter().enumerate().map(|(at, count)| {
            let from = from + width * at as f64;
            Bin { from, to: from + width, count, fill }
        }));
    }
    let none = sorted.iter().filter(|value| zero(**value)).count();
    if none > 0 {
        // Beside the others where nothing is below zero, else over them.
        let (from, to) = if low >= 0.0 { (-0.5 * step, -0.08 * step) } else { (-0.15 * step, 0.15 * step) };
        list.push(Bin { from, to, count: none, fill: scale.fill(0.0) });
    }
    list
}

/// Draws the counts of values in steps; each bar has the colour of its class, and the bounds stand as lines.
pub fn draw(frame: &Frame, axis: &str, values: &[f64], scale: &Scale, without: usize) -> Result<Scene> {
    let lang = frame.imprint.lang;
    let keys: Vec<(Fill, String)> = scale
        .classes
        .iter()
        .zip(scale.counts(values.iter().copied()))
        .map(|(class, count)| (class.fill, format!("{} ({})", class.label, numbers::format(count as f64, 0, lang))))
        .collect();
    let mut sheet = frame.sheet(&keys);
    let unit = sheet.unit;
    if without > 0 {
        let words = lang.pick("xã không có số liệu, không tính", "communes without data, not counted");
        sheet.foot_note(&format!("{without} {words}"));
    }
    let sorted = classify::sorted(values);
    let (low, high) = (sorted.first().copied().unwrap_or(0.0), sorted.last().copied().unwrap_or(1.0));
    let (low, high) = if low < high { (low, high) } else { (low - 0.5, low + 0.5) };
    // Square root of the count, at least six and at most forty steps.
    let count = ((sorted.len() as f64).sqrt().ceil() as usize).clamp(6, 40);
    let step = (high - low) / count as f64;
    let bins = bins(&sorted, scale, (low, high), step);
    let most = bins.iter().map(|bin| bin.count).max().unwrap_or(0) as f64;
    let ends = bins.iter().fold((low, high), |(a, b), bin| (a.min(bin.from), b.max(bin.to)));
    let across = Axis { ends, title: axis, names: None, whole: false };
    let title = match lang {
        Lang::Vi => "số xã",
        Lang::En => "communes",
    };
    let up = Axis { ends: (0.0, (most * 1.12).max(1.0)), title, names: None, whole: true };
    let plane = plane(frame, &mut sheet, &across, &up, 24.0 * unit)?;
    let scene = &mut sheet.scene;
    // Of numbers that would run into one another the later goes: the heights tell it too.
    let mut taken = Taken::default();
    for bin in bins.iter().filter(|bin| bin.count > 0) {
        let (x0, x1, y) = (plane.x(bin.from) + unit, plane.x(bin.to) - unit, plane.y(bin.count as f64));
        rectangle(scene, [x0, y, (x1 - x0).max(unit), plane.area[3] - y], bin.fill, unit);
        let label = Text::new(bin.count.to_string(), [(x0 + x1) / 2.0, y - 6.0 * unit], 15.0 * unit);
        let label = label.colour(INK).anchor(Anchor::Middle);
        if taken.take(label.bounds()) {
            scene.write(label);
        }
    }
    for cut in scale.cuts.iter().filter(|cut| **cut > low && **cut < high) {
        let x = plane.x(*cut);
        let line = Stroke { colour: GREY, width: 1.2 * unit, dash: 5.0 * unit };
        scene.line(vec![[x, plane.area[1]], [x, plane.area[3]]], line);
    }
    if sorted.is_empty() {
        say_empty(scene, plane.area, lang);
    }
    let written = |number: f64| numbers::format_short(number, lang);
    let zero = scale.zero.is_some();
    let mut order: Vec<&Bin> = bins.iter().collect();
    order.sort_by(|a, b| a.from.total_cmp(&b.from));
    scene.plot = Some(Plot {
        kind: PlotKind::Columns,
        categories: order
            .iter()
            .map(|bin| match zero && bin.from < 0.0 && bin.to <= 0.15 * step && bin.fill == scale.fill(0.0) {
                true => "0".to_owned(),
                false => format!("{} – {}", written(bin.from), written(bin.to)),
            })
            .collect(),
        series: vec![Series {
            name: title.to_owned(),
            values: order.iter().map(|bin| Some(bin.count as f64)).collect(),
            fills: order.iter().map(|bin| bin.fill).collect(),
            ..Series::default()
        }],
        axis: title.to_owned(),
        across: axis.to_owned(),
        ..Plot::default()
    });
    Ok(sheet.scene)
}

//! How many communes have which value, with the classes of the map as the ground of the bars.

use super::bars::rectangle;
use super::plane::{Axis, plane};
use super::{Frame, say_empty};
use crate::draw::furniture::{GREY, INK};
use crate::draw::scene::{Anchor, Scene, Stroke, Text};
use crate::run::Result;
use crate::scale::{Fill, Scale, classify};
use crate::values::{Lang, numbers};

/// Draws the counts of values in equal steps; each bar has the colour of its class, and the bounds stand as lines.
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
    let mut bins = vec![0usize; count];
    for value in &sorted {
        bins[(((value - low) / step) as usize).min(count - 1)] += 1;
    }
    let most = bins.iter().copied().max().unwrap_or(0) as f64;
    let across = Axis { ends: (low, high), title: axis, names: None, whole: false };
    let title = match lang {
        Lang::Vi => "số xã",
        Lang::En => "communes",
    };
    let up = Axis { ends: (0.0, (most * 1.12).max(1.0)), title, names: None, whole: true };
    let plane = plane(frame, &mut sheet, &across, &up, 24.0 * unit)?;
    let scene = &mut sheet.scene;
    for (i, &bin) in bins.iter().enumerate().filter(|(_, bin)| **bin > 0) {
        let (from, to) = (low + step * i as f64, low + step * (i + 1) as f64);
        let (x0, x1, y) = (plane.x(from) + unit, plane.x(to) - unit, plane.y(bin as f64));
        // A step that a bound cuts is painted in its parts.
        let mut edges = vec![from];
        edges.extend(scale.cuts.iter().copied().filter(|cut| *cut > from && *cut < to));
        edges.push(to);
        for pair in edges.windows(2) {
            let (a, b) = (plane.x(pair[0]).max(x0), plane.x(pair[1]).min(x1));
            let middle = (pair[0] + pair[1]) / 2.0;
            rectangle(scene, [a, y, (b - a).max(0.0), plane.area[3] - y], scale.fill(middle), unit);
        }
        let label = Text::new(bin.to_string(), [(x0 + x1) / 2.0, y - 6.0 * unit], 15.0 * unit);
        scene.write(label.colour(INK).anchor(Anchor::Middle));
    }
    for cut in scale.cuts.iter().filter(|cut| **cut > low && **cut < high) {
        let x = plane.x(*cut);
        let line = Stroke { colour: GREY, width: 1.2 * unit, dash: 5.0 * unit };
        scene.line(vec![[x, plane.area[1]], [x, plane.area[3]]], line);
    }
    if sorted.is_empty() {
        say_empty(scene, plane.area, lang);
    }
    Ok(sheet.scene)
}

//! One dot per commune: one measure across, another upwards.

use super::plane::{Axis, plane};
use super::{Frame, say_empty};
use crate::draw::furniture::{GREY, INK};
use crate::draw::plot::{Beside, Plot, PlotKind, Series};
use crate::draw::scene::{Anchor, Item, Scene, Stroke, Text};
use crate::draw::taken::Taken;
use crate::run::Result;
use crate::scale::Fill;

/// One dot.
pub struct Dot {
    /// Name
    pub label: String,
    /// Across
    pub x: f64,
    /// Upwards
    pub y: f64,
    /// Paint
    pub fill: Fill,
}

/// A line to read dots by.
pub struct Guide {
    /// From: across, upwards
    pub from: (f64, f64),
    /// To
    pub to: (f64, f64),
    /// Full, or dashed
    pub full: bool,
}

/// Draws dots; names go where they cover no other name or dot, the largest values first.
pub fn draw(
    frame: &Frame,
    axes: [&str; 2],
    dots: &[Dot],
    guides: &dyn Fn([(f64, f64); 2]) -> Vec<Guide>,
    without: usize,
) -> Result<Scene> {
    let lang = frame.imprint.lang;
    let mut sheet = frame.sheet(&[]);
    let unit = sheet.unit;
    if without > 0 {
        let words = lang.pick("xã không đủ số liệu, không có trên biểu đồ", "communes lack data and are not on the chart");
        sheet.foot_note(&format!("{without} {words}"));
    }
    let ends = |value: &dyn Fn(&Dot) -> f64| {
        let (low, high) = dots.iter().map(value).fold((0.0f64, 0.0f64), |(low, high), n| (low.min(n), high.max(n)));
        (
            low - (high - low) * 0.02 * f64::from(u8::from(low < 0.0)),
            if high > low { high + (high - low) * 0.08 } else { low + 1.0 },
        )
    };
    let across = Axis { ends: ends(&|dot| dot.x), title: axes[0], names: None, whole: false };
    let up = Axis { ends: ends(&|dot| dot.y), title: axes[1], names: None, whole: false };
    let plane = plane(frame, &mut sheet, &across, &up, 30.0 * unit)?;
    let scene = &mut sheet.scene;
    let guides = guides([across.ends, up.ends]);
    for guide in &guides {
        let point = |(x, y): (f64, f64)| [plane.x(x), plane.y(y)];
        let dash = if guide.full { 0.0 } else { 7.0 * unit };
        scene.line(vec![point(guide.from), point(guide.to)], Stroke { colour: GREY, width: 1.6 * unit, dash });
    }
    let radius = 8.0 * unit;
    let mut taken = Taken::default();
    for dot in dots {
        let centre = [plane.x(dot.x), plane.y(dot.y)];
        let stroke = Some(Stroke { colour: INK, width: 0.9 * unit, dash: 0.0 });
        scene.items.push(Item::Disc { centre, radius, fill: dot.fill.ground(), stroke });
        taken.add([centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius]);
    }
    let mut order: Vec<usize> = (0..dots.len()).collect();
    let rank = |dot: &Dot| dot.x / across.ends.1 + dot.y / up.ends.1;
    order.sort_by(|a, b| rank(&dots[*b]).total_cmp(&rank(&dots[*a])).then(a.cmp(b)));
    let size = 15.0 * unit;
    let mut named = Vec::new();
    for (number, dot) in order.into_iter().map(|i| (i, &dots[i])) {
        let [x, y] = [plane.x(dot.x), plane.y(dot.y)];
        let gap = radius + 5.0 * unit;
        let places = [
            ([x + gap, y + size * 0.36], Anchor::Start, Beside::Right),
            ([x - gap, y + size * 0.36], Anchor::End, Beside::Left),
            ([x, y - gap], Anchor::Middle, Beside::Over),
            ([x, y + gap + size * 0.8], Anchor::Middle, Beside::Under),
        ];
        let label = places.into_iter().find_map(|(at, anchor, beside)| {
            let label = Text::new(dot.label.as_str(), at, size).colour(GREY).anchor(anchor);
            let frame = label.bounds();
            let [l, t, r, b] = plane.area;
            (frame[0] > l && frame[2] < r + 28.0 * unit && frame[1] > t && frame[3] < b && taken.take(frame))
                .then_some((label, beside))
        });
        if let Some((label, beside)) = label {
            scene.write(label);
            named.push((number, beside));
        }
    }
    if dots.is_empty() {
        say_empty(scene, plane.area, lang);
    }
    named.sort_by_key(|(number, _)| *number);
    scene.plot = Some(Plot {
        kind: PlotKind::Points,
        categories: dots.iter().map(|dot| dot.label.clone()).collect(),
        series: vec![Series {
            name: axes[1].to_owned(),
            values: dots.iter().map(|dot| Some(dot.y)).collect(),
            fills: dots.iter().map(|dot| dot.fill).collect(),
            ..Series::default()
        }],
        axis: axes[1].to_owned(),
        across: axes[0].to_owned(),
        xs: dots.iter().map(|dot| dot.x).collect(),
        named,
        guides: guides.iter().map(|guide| ([guide.from, guide.to], guide.full)).collect(),
        ..Plot::default()
    });
    Ok(sheet.scene)
}

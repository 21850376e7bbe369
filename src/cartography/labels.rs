//! Labels on a map: inside their commune, or beside the land with a leader line; never over one another, the legend or the
//! frame. What finds no room is named, not squeezed in.

use super::interior::contains;
use crate::draw::scene::{Anchor, Item, Point, Scene, Stroke, Text};
use crate::draw::taken::{Frame, Taken};
use crate::draw::text;
use crate::scale::{Fill, Rgb};

/// What is written on one area.
#[derive(Debug, Clone)]
pub struct Label {
    /// Number of the area
    pub area: usize,
    /// Name, bold; may be empty
    pub name: String,
    /// Value under it; may be empty
    pub value: String,
    /// What it stands on
    pub ground: Fill,
}

/// Where labels may go.
pub struct Room<'a> {
    /// Rings of each area
    pub shapes: &'a [Vec<Vec<Point>>],
    /// Places inside each area, best first
    pub spots: &'a [Vec<(Point, f32)>],
    /// Frame they must stay in
    pub frame: Frame,
    /// Whether a box is free of land, so that a label with a leader line may stand there
    pub open: &'a dyn Fn(Frame) -> bool,
}

/// A label that found its place.
struct Set<'a> {
    lines: Vec<(&'a str, bool)>,
    size: f32,
    middle: Point,
    /// Where a leader line goes to
    leader: Option<Point>,
}

/// Sizes of letters in units of a 1600 × 900 page, the best first.
const SIZES: [f32; 5] = [18.0, 16.0, 14.0, 12.5, 11.0];
/// Letters of the numbers that stand for names.
const NUMBER: f32 = 14.0;
/// Share of the labels that must find room at a size for the whole map to be written in it.
const ENOUGH: f32 = 0.8;
/// Share below which a map of many areas is clearer without any label.
const TOO_FEW: f32 = 0.2;
/// Areas from which a map may go without labels.
pub const MANY: usize = 60;

/// What found no room.
#[derive(Debug, Default)]
pub struct Lost {
    /// Areas without their name or their value
    pub part: Vec<usize>,
    /// Those of them without a name
    pub names: Vec<usize>,
}

/// Writes labels in the order given; earlier ones choose first. One size serves the whole map, and only what does not fit
/// is written smaller. Of many areas too small for name and value the names are written alone. Returns what found no room.
pub fn write(scene: &mut Scene, labels: &[Label], room: &Room, taken: &mut Taken) -> Lost {
    let unit = scene.unit;
    let mut sizes: Vec<f32> = SIZES.iter().map(|size| (size * unit).max(scene.least)).collect();
    sizes.dedup();
    let given: Vec<&Label> = labels.iter().filter(|label| !(label.name.is_empty() && label.value.is_empty())).collect();
    let (mut first, most) = largest(&given, room, taken, &sizes);
    let count = given.len();
    let few = |most: usize| count >= MANY && (most as f32) < TOO_FEW * count as f32;
    let names: Vec<Label> = labels.iter().map(|label| Label { value: String::new(), ..label.clone() }).collect();
    let mut labels = given;
    let mut lost = Lost::default();
    if few(most) {
        lost.part.extend(labels.iter().map(|label| label.area));
        labels = names.iter().filter(|label| !label.name.is_empty()).collect();
        let (size, most) = largest(&labels, room, taken, &sizes);
        if few(most) {
            lost.names.extend(labels.iter().map(|label| label.area));
            return lost;
        }
        first = size;
    }
    let mut dropped: Vec<&Label> = Vec::new();
    for label in &labels {
        match inside(label, room, taken, &sizes[first..], Form::ALL, Fit::Whole) {
            Some(set) => put(scene, label, &set),
            None => dropped.push(label),
        }
    }
    // Leader lines come last, so that they never take room from a label inside its own area.
    for label in in_best_order(dropped, room, taken, unit, scene.least) {
        let set = beside(label, room, taken, unit, scene.least);
        if let Some(set) = set.or_else(|| inside(label, room, taken, &sizes[first..], Form::ALL, Fit::Nearly)) {
            put(scene, label, &set);
            continue;
        }
        lost.part.push(label.area);
        // The name alone where both find no room: the areas hard to label must not look as if unknown. A value without a name says nothing.
        match inside(label, room, taken, &sizes[first..], Form::SHORT, Fit::Nearly) {
            Some(set) => put(scene, label, &set),
            None if !label.name.is_empty() => lost.names.push(label.area),
            None => {}
        }
    }
    lost.part.sort_unstable();
    lost.part.dedup();
    lost
}

/// Labels in that order, of a few, in which most find room beside the land: who comes first takes it from the others.
fn in_best_order<'a>(labels: Vec<&'a Label>, room: &Room, taken: &Taken, unit: f32, least: f32) -> Vec<&'a Label> {
    if labels.len() > MANY {
        return labels;
    }
    let at = |label: &Label, k: usize| room.spots.get(label.area).and_then(|spots| spots.first()).map_or(0.0, |spot| spot.0[k]);
    let sorted = |k: usize| {
        let mut list = labels.clone();
        list.sort_by(|a, b| at(a, k).total_cmp(&at(b, k)));
        list
    };
    let reversed: Vec<&Label> = labels.iter().rev().copied().collect();
    let found = |order: &Vec<&Label>| {
        let mut taken = taken.clone();
        order.iter().filter(|label| beside(label, room, &mut taken, unit, least).is_some()).count()
    };
    let mut best = (found(&labels), labels.clone());
    for order in [reversed, sorted(0), sorted(1)] {
        if best.0 == labels.len() {
            break;
        }
        let count = found(&order);
        if count > best.0 {
            best = (count, order);
        }
    }
    best.1
}

/// Writes numbers that stand for names: of each area its number, in the order given. Returns the areas for which there was room.
pub fn number(scene: &mut Scene, numbers: &[(usize, usize)], fills: &[Fill], room: &Room, taken: &mut Taken) -> Vec<usize> {
    let size = (NUMBER * scene.unit).max(scene.least);
    let mut written = Vec::new();
    for &(area, number) in numbers {
        let ground = fills.get(area).copied().unwrap_or(Fill::Colour(Rgb::WHITE));
        let label = Label { area, name: number.to_string(), value: String::new(), ground };
        let set = at_size(&label, room, taken, size, &[Form::Two], Fit::Nearly);
        if let Some(set) = set.or_else(|| beside(&label, room, taken, scene.unit, scene.least)) {
            put(scene, &label, &set);
            written.push(area);
        }
    }
    written
}

/// The size at which enough labels find room, else that at which most do; and how many these are.
fn largest(labels: &[&Label], room: &Room, taken: &Taken, sizes: &[f32]) -> (usize, usize) {
    let placed = |size: f32| {
        let mut taken = taken.clone();
        labels.iter().filter(|label| at_size(label, room, &mut taken, size, Form::ALL, Fit::Nearly).is_some()).count()
    };
    let counts: Vec<usize> = sizes
        .iter()
        .scan(false, |done, size| {
            let count = if *done { 0 } else { placed(*size) };
            *done |= count as f32 >= ENOUGH * labels.len() as f32;
            Some(count)
        })
        .collect();
    let most = counts.iter().copied().max().unwrap_or(0);
    (counts.iter().position(|count| *count == most).unwrap_or(0), most)
}

/// How well a label lies in its area.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// Within it
    Whole,
    /// A corner may lie beyond its border, which is worse than a line to the label beside the land
    Nearly,
}

/// How a label is broken into lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Name, value
    Two,
    /// Name in two lines, value
    Three,
    /// Name in as many lines as the width asks for, value
    Wrapped,
    /// Name in two lines
    Name,
}

impl Form {
    const ALL: &[Form] = &[Form::Two, Form::Three, Form::Wrapped];
    const SHORT: &[Form] = &[Form::Name];

    fn lines(self, label: &Label, size: f32, across: f32) -> Vec<(&str, bool)> {
        let (name, value) = (label.name.as_str(), label.value.as_str());
        let mut lines = match self {
            Form::Two => vec![(name, true), (value, false)],
            Form::Wrapped => {
                let mut lines: Vec<(&str, bool)> = wrapped(name, size, across).into_iter().map(|part| (part, true)).collect();
                lines.push((value, false));
                lines
            }
            Form::Three | Form::Name => {
                let middle = name.len() / 2;
                let mut lines = match name.match_indices(' ').min_by_key(|(at, _)| at.abs_diff(middle)) {
                    Some((at, _)) => vec![(&name[..at], true), (&name[at + 1..], true)],
                    None => vec![(name, true)],
                };
                if self == Form::Three {
                    lines.push((value, false));
                }
                lines
            }
        };
        lines.retain(|(words, _)| !words.is_empty());
        lines
    }
}

/// A name cut at spaces into lines no wider than a limit.
fn wrapped(name: &str, size: f32, limit: f32) -> Vec<&str> {
    let mut lines = Vec::new();
    let (mut start, mut end) = (0, 0);
    for (at, _) in name.match_indices(' ').chain(std::iter::once((name.len(), ""))) {
        if end > start && text::width(&name[start..at], size, true) > limit {
            lines.push(&name[start..end]);
            start = end + 1;
        }
        end = at;
    }
    lines.push(&name[start.min(name.len())..]);
    lines
}

/// A name in one line, or in two where the area is narrow; smaller letters only after that.
fn inside<'a>(label: &'a Label, room: &Room, taken: &mut Taken, sizes: &[f32], forms: &[Form], fit: Fit) -> Option<Set<'a>> {
    sizes.iter().find_map(|size| at_size(label, room, taken, *size, forms, fit))
}

/// The best place at a size.
fn at_size<'a>(label: &'a Label, room: &Room, taken: &mut Taken, size: f32, forms: &[Form], fit: Fit) -> Option<Set<'a>> {
    let rings = room.shapes.get(label.area)?;
    let spots = room.spots.get(label.area)?;
    // Letters within their area, in any form, are better than those with a corner beyond its border.
    let mut partly: Vec<Set> = Vec::new();
    for form in forms {
        for &([x, y], across) in spots {
            let lines = form.lines(label, size, across * 0.94);
            // A name of more lines than five is a block of text, not a label.
            if lines.is_empty() || lines.len() > 6 {
                continue;
            }
            let [wide, high] = extent(&lines, size);
            if wide > across * 1.12 {
                continue;
            }
            let frame = around([x, y], [wide, high]);
            if !within(frame, room.frame) || !taken.free(frame) {
                continue;
            }
            // The air above and below the letters is a smaller part of many lines.
            let reach = match (lines.len(), fit) {
                (1, _) => 0.36,
                (2, Fit::Whole) => 0.42,
                (_, Fit::Whole) => 0.5,
                (_, Fit::Nearly) => 0.38,
            };
            // Whole words stay off the border; a corner that may be beyond it may be so by a little more.
            let side = if fit == Fit::Whole { 0.49 } else { 0.44 };
            let corners = [(-side, -reach), (side, -reach), (-side, reach), (side, reach)];
            let set = Set { lines, size, middle: [x, y], leader: None };
            let inside = |(a, b): (f32, f32)| contains(rings, [x + wide * a, y + high * b]);
            let held = corners.into_iter().filter(|at| inside(*at)).count();
            // A border may bend in between them.
            if held == corners.len() && [-reach, reach].into_iter().all(|b| inside((0.0, b))) {
                taken.add(frame);
                return Some(set);
            }
            if fit == Fit::Nearly && held >= 3 {
                partly.push(set);
            }
        }
    }
    let set = partly.into_iter().next()?;
    taken.add(around(set.middle, extent(&set.lines, size)));
    Some(set)
}

fn around([x, y]: Point, [wide, high]: [f32; 2]) -> Frame {
    [x - wide / 2.0, y - high / 2.0, x + wide / 2.0, y + high / 2.0]
}

/// A label off the land, with a line to its area.
fn beside<'a>(label: &'a Label, room: &Room, taken: &mut Taken, unit: f32, least: f32) -> Option<Set<'a>> {
    let spots = room.spots.get(label.area)?;
    let size = (13.0 * unit).max(least);
    // A long line is better than letters across a border, but not among many.
    let many = room.shapes.len() >= MANY;
    let reaches: &[f32] = if many { &[30.0, 45.0, 60.0, 80.0] } else { &[30.0, 45.0, 60.0, 80.0, 100.0, 130.0, 160.0] };
    let forms: &[Form] = if many { &[Form::Two] } else { &[Form::Two, Form::Three] };
    for reach in reaches.iter().map(|reach| reach * unit) {
        for form in forms {
            let lines = form.lines(label, size, f32::INFINITY);
            let [wide, high] = extent(&lines, size);
            for &(from, _) in spots.iter().take(if reach > 100.0 * unit { 3 } else { 1 }) {
                for step in 0..24 {
                    let angle = std::f32::consts::TAU * step as f32 / 24.0;
                    let (sine, cosine) = angle.sin_cos();
                    let tip = [from[0] + reach * cosine, from[1] + reach * sine];
                    let middle = [tip[0] + cosine * wide / 2.0, tip[1] + sine * high / 2.0];
                    let frame = around(middle, [wide, high]);
                    if within(frame, room.frame) && taken.free(frame) && taken.clear(from, tip) && (room.open)(frame) {
                        taken.add(frame);
                        let leader = taken.edge(from, tip);
                        taken.add_line(leader, end_of(leader, middle, [wide, high]));
                        return Some(Set { lines, size, middle, leader: Some(leader) });
                    }
                }
            }
        }
    }
    None
}

/// Where a line from a point ends at the box of a label.
fn end_of(from: Point, [x, y]: Point, [wide, high]: [f32; 2]) -> Point {
    [from[0].clamp(x - wide / 2.0, x + wide / 2.0), from[1].clamp(y - high / 2.0, y + high / 2.0)]
}

fn within(inner: Frame, outer: Frame) -> bool {
    inner[0] >= outer[0] && inner[1] >= outer[1] && inner[2] <= outer[2] && inner[3] <= outer[3]
}

fn extent(lines: &[(&str, bool)], size: f32) -> [f32; 2] {
    let wide = lines.iter().map(|(words, bold)| text::width(words, size, *bold)).fold(0.0, f32::max);
    [wide + size * 0.3, size * (1.15 * (lines.len() as f32 - 1.0) + 1.12)]
}

fn put(scene: &mut Scene, label: &Label, set: &Set) {
    let [x, y] = set.middle;
    let size = set.size;
    let mut base = y - size * 0.575 * (set.lines.len() as f32 - 1.0) + size * 0.32;
    if let Some(from) = set.leader {
        let tip = end_of(from, set.middle, extent(&set.lines, size));
        let ink = Rgb(70, 76, 82);
        // On dark land the line is seen by its white edges.
        scene.line(vec![from, tip], Stroke { colour: Rgb::WHITE, width: size * 0.2, dash: 0.0 });
        let rim = Some(Stroke { colour: Rgb::WHITE, width: size * 0.07, dash: 0.0 });
        scene.items.push(Item::Disc { centre: from, radius: size * 0.18, fill: ink, stroke: rim });
        scene.line(vec![from, tip], Stroke { colour: ink, width: size * 0.08, dash: 0.0 });
    }
    // The ink that is read best on the class, rimmed in its colour so that borders do not run into letters; off the land the page is white.
    let ground = if set.leader.is_none() { label.ground.ground() } else { Rgb::WHITE };
    for (words, bold) in &set.lines {
        let mut line = Text::new(*words, [x, base], size).anchor(Anchor::Middle).halo(size * 0.2);
        line.bold = *bold;
        (line.colour, line.rim) = (ground.ink_on(), ground);
        scene.write(line);
        base += size * 1.15;
    }
}

//! Letters as small masks. The same letters come on every map, so each thread keeps those it has made.

use super::coverage::{Coverage, Run};
use crate::draw::scene::Point;
use crate::draw::text;
use skrifa::outline::OutlinePen;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use tiny_skia::{LineJoin, Mask, PathBuilder, Stroke, Transform};

/// Positions between two pixels at which a letter is made.
pub const STEPS: f32 = 4.0;
/// Room around a mask's origin, so that runs can hold whole numbers above zero.
pub const ORIGIN: i32 = 1024;
/// Letters remembered by a thread.
const REMEMBERED: usize = 30_000;

/// What tells one mask from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Form {
    /// Glyph of the face
    pub glyph: u16,
    /// Bold, italic
    pub face: (bool, bool),
    /// Size in pixels, as bits
    pub size: u32,
    /// Width of the rim in pixels, as bits; 0 for the letter itself
    pub rim: u32,
    /// Quarter of a pixel to the right
    pub step: u8,
}

thread_local! {
    static MASKS: RefCell<HashMap<Form, Rc<Vec<Run>>>> = RefCell::default();
}

/// The mask of a letter about [`ORIGIN`].
pub fn mask(form: Form) -> Rc<Vec<Run>> {
    MASKS.with_borrow_mut(|masks| {
        if let Some(known) = masks.get(&form) {
            return Rc::clone(known);
        }
        if masks.len() >= REMEMBERED {
            masks.clear();
        }
        let made = Rc::new(make(form));
        masks.insert(form, Rc::clone(&made));
        made
    })
}

fn make(form: Form) -> Vec<Run> {
    let Some(face) = text::face(form.face.0, form.face.1) else { return Vec::new() };
    let size = f32::from_bits(form.size);
    let scale = size / face.per_em;
    let offset = [ORIGIN as f32 + f32::from(form.step) / STEPS, ORIGIN as f32];
    let mut outline = Outline { scale, offset, ..Outline::default() };
    face.outline(form.glyph, &mut outline);
    let mut runs = Vec::new();
    let window = [0, 0, 2 * ORIGIN, 2 * ORIGIN];
    let rim = f32::from_bits(form.rim);
    if rim == 0.0 {
        Coverage::default().fill(&outline.rings, 1.0, [0.0, 0.0], window, &mut runs);
        return runs;
    }
    let mut path = PathBuilder::new();
    for ring in &outline.rings {
        for (i, [x, y]) in ring.iter().enumerate() {
            if i == 0 { path.move_to(*x, *y) } else { path.line_to(*x, *y) }
        }
        path.close();
    }
    let stroke = Stroke { width: rim, line_join: LineJoin::Round, ..Stroke::default() };
    let Some(path) = path.finish().and_then(|path| path.stroke(&stroke, 2.0)) else { return runs };
    let bounds = path.bounds();
    let (left, top) = (bounds.left().floor() - 1.0, bounds.top().floor() - 1.0);
    let (width, height) = ((bounds.right() - left).ceil() as u32 + 1, (bounds.bottom() - top).ceil() as u32 + 1);
    let Some(mut mask) = Mask::new(width, height) else { return runs };
    mask.fill_path(&path, tiny_skia::FillRule::Winding, true, Transform::from_translate(-left, -top));
    for (row, line) in mask.data().chunks_exact(width as usize).enumerate() {
        for (column, &cover) in line.iter().enumerate().filter(|(_, cover)| **cover > 0) {
            runs.push(Run { x: (left as i32 + column as i32) as u16, y: (top as i32 + row as i32) as u16, length: 1, cover });
        }
    }
    runs
}

/// Flattens a glyph's curves.
#[derive(Default)]
struct Outline {
    rings: Vec<Vec<Point>>,
    scale: f32,
    offset: Point,
    at: Point,
}

impl Outline {
    fn place(&self, x: f32, y: f32) -> Point {
        [self.offset[0] + x * self.scale, self.offset[1] - y * self.scale]
    }

    fn push(&mut self, point: Point) {
        if let Some(ring) = self.rings.last_mut() {
            ring.push(point);
        }
        self.at = point;
    }

    /// Pieces a curve is cut into, by the length of its control polygon.
    fn pieces(length: f32) -> usize {
        ((length.sqrt() * 1.6).ceil() as usize).clamp(2, 24)
    }
}

fn distance(a: Point, b: Point) -> f32 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

impl OutlinePen for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        let point = self.place(x, y);
        self.rings.push(vec![point]);
        self.at = point;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let point = self.place(x, y);
        self.push(point);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (from, bend, to) = (self.at, self.place(x1, y1), self.place(x, y));
        let pieces = Outline::pieces(distance(from, bend) + distance(bend, to));
        for i in 1..=pieces {
            let t = i as f32 / pieces as f32;
            let u = 1.0 - t;
            self.push([0, 1].map(|k| u * u * from[k] + 2.0 * u * t * bend[k] + t * t * to[k]));
        }
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (from, one, two, to) = (self.at, self.place(x1, y1), self.place(x2, y2), self.place(x, y));
        let pieces = Outline::pieces(distance(from, one) + distance(one, two) + distance(two, to));
        for i in 1..=pieces {
            let t = i as f32 / pieces as f32;
            let u = 1.0 - t;
            self.push(
                [0, 1].map(|k| u * u * u * from[k] + 3.0 * u * u * t * one[k] + 3.0 * u * t * t * two[k] + t * t * t * to[k]),
            );
        }
    }

    fn close(&mut self) {}
}

//! Paints the items of a scene into pixels.

use super::coverage::{Coverage, Run, Window};
use super::glyphs::{self, Form, ORIGIN, STEPS};
use super::hatching::Hatching;
use crate::draw::scene::{Anchor, Fill, Item, Layer, Point, Stroke, Text};
use crate::draw::{Scene, text};
use crate::message;
use crate::run::{Fault, Place, Result};
use crate::scale::Rgb;
use std::cell::{OnceCell, RefCell};
use std::sync::{Arc, Mutex};
use tiny_skia::{FillRule, IntSize, LineJoin, Mask, Paint, PathBuilder, Pixmap, StrokeDash, Transform};

/// Remembers which pixels the shapes of a shared layer cover, so that a batch of maps fills in each shape once.
#[derive(Default)]
pub struct Painter {
    covered: Mutex<Vec<Arc<Covered>>>,
}

/// A layer at one scale in pixels.
struct Covered {
    layer: Arc<Layer>,
    at: [u32; 2],
    scale: u32,
    size: [u32; 2],
    /// Runs of each shape
    shapes: Vec<Vec<Run>>,
    /// Runs of all outlines together
    outlines: Vec<Run>,
}

/// Layers remembered at a time; older ones are made again if they come again.
const REMEMBERED: usize = 64;

impl Painter {
    /// Paints a scene.
    pub fn paint(&self, scene: &Scene) -> Result<Canvas> {
        let scale = scene.dpi * scene.inches / scene.width;
        let size = [scene.width, scene.height].map(|side| (side * scale).round().max(1.0) as u32);
        let pixels = white(size)
            .ok_or_else(|| Fault::new("picture", Place::file(&scene.id), message!("ảnh quá lớn", "the picture is too large")))?;
        let mut canvas = Canvas { pixels, scale, unit: scene.unit, coverage: Coverage::default(), runs: Vec::new() };
        canvas.items(&scene.items, None, self);
        Ok(canvas)
    }

    fn covered(&self, layer: &Arc<Layer>, at: Point, canvas: &mut Canvas) -> Arc<Covered> {
        let (scale, size) = (canvas.scale.to_bits(), canvas.size());
        let same = |known: &&Arc<Covered>| {
            Arc::ptr_eq(&known.layer, layer) && known.at == at.map(f32::to_bits) && known.scale == scale && known.size == size
        };
        let known = |list: &Vec<Arc<Covered>>| list.iter().find(same).map(Arc::clone);
        if let Some(found) = self.covered.lock().ok().and_then(|list| known(&list)) {
            return found;
        }
        let window = canvas.window(None);
        let shapes = layer
            .shapes
            .iter()
            .map(|rings| {
                let mut runs = Vec::new();
                canvas.coverage.fill(rings, canvas.scale, at, window, &mut runs);
                runs
            })
            .collect();
        let outlines = layer.stroke.map_or_else(Vec::new, |stroke| canvas.outlines(&layer.shapes, at, stroke));
        let made = Arc::new(Covered { layer: Arc::clone(layer), at: at.map(f32::to_bits), scale, size, shapes, outlines });
        if let Ok(mut list) = self.covered.lock() {
            if list.len() >= REMEMBERED {
                list.remove(0);
            }
            list.push(Arc::clone(&made));
        }
        made
    }
}

thread_local! {
    /// Memory of the last page, for the next of a batch.
    static SPARE: RefCell<Vec<u8>> = RefCell::default();
}

/// A white page.
fn white([width, height]: [u32; 2]) -> Option<Pixmap> {
    let size = IntSize::from_wh(width, height)?;
    let mut data = SPARE.take();
    data.clear();
    data.resize((width as usize).checked_mul(height as usize)?.checked_mul(4)?, 255);
    Pixmap::from_vec(data, size)
}

impl Drop for Canvas {
    fn drop(&mut self) {
        if let Some(pixels) = Pixmap::new(1, 1) {
            SPARE.set(std::mem::replace(&mut self.pixels, pixels).take());
        }
    }
}

/// Pixels being painted.
pub struct Canvas {
    pixels: Pixmap,
    scale: f32,
    unit: f32,
    coverage: Coverage,
    runs: Vec<Run>,
}

impl Canvas {
    /// Width and height in pixels.
    pub fn size(&self) -> [u32; 2] {
        [self.pixels.width(), self.pixels.height()]
    }

    /// Red, green, blue and 255 of every pixel.
    pub fn data(&self) -> &[u8] {
        self.pixels.data()
    }

    /// Red, green, blue of every pixel. The page is opaque, so alpha says nothing.
    pub fn rgb(&self) -> Vec<u8> {
        let data = self.pixels.data();
        let mut colours = vec![0u8; data.len() / 4 * 3];
        for (to, from) in colours.chunks_exact_mut(3).zip(data.chunks_exact(4)) {
            to.copy_from_slice(&from[..3]);
        }
        colours
    }

    fn window(&self, clip: Option<[f32; 4]>) -> Window {
        let [width, height] = self.size().map(|side| side as i32);
        match clip {
            None => [0, 0, width, height],
            Some([l, t, r, b]) => {
                let [l, t, r, b] = [l, t, r, b].map(|edge| (edge * self.scale).round() as i32);
                [l.clamp(0, width), t.clamp(0, height), r.clamp(0, width), b.clamp(0, height)]
            }
        }
    }

    fn items(&mut self, items: &[Item], clip: Option<[f32; 4]>, painter: &Painter) {
        let window = self.window(clip);
        // Only outlines and discs need the frame as a mask; most frames hold none.
        let frame: OnceCell<Option<Mask>> = OnceCell::new();
        let size = self.size();
        let mask = || frame.get_or_init(|| clip.and_then(|_| clip_mask(size, window))).as_ref();
        for item in items {
            match item {
                Item::Area { rings, fill, stroke } => {
                    if let Some(fill) = fill {
                        self.area(rings, *fill, window);
                    }
                    if let Some(stroke) = stroke {
                        self.stroke(rings.iter().map(|ring| (ring.as_slice(), true)), *stroke, mask());
                    }
                }
                Item::Line { points, stroke } => self.stroke([(points.as_slice(), false)], *stroke, mask()),
                Item::Disc { centre, radius, fill, stroke } => self.disc(*centre, *radius, *fill, *stroke, mask()),
                Item::Text(text) => self.text(text, window),
                Item::Painted { layer, at, fills } => self.painted(layer, *at, fills, window, painter),
                Item::Clipped(frame, items) => {
                    let frame = match clip {
                        Some([l, t, r, b]) => [frame[0].max(l), frame[1].max(t), frame[2].min(r), frame[3].min(b)],
                        None => *frame,
                    };
                    self.items(items, Some(frame), painter);
                }
            }
        }
    }

    fn area(&mut self, rings: &[Vec<Point>], fill: Fill, window: Window) {
        let mut runs = std::mem::take(&mut self.runs);
        runs.clear();
        self.coverage.fill(rings, self.scale, [0.0, 0.0], window, &mut runs);
        self.paint_runs(&runs, fill, window, [0, 0]);
        self.runs = runs;
    }

    fn painted(&mut self, layer: &Arc<Layer>, at: Point, fills: &[Option<Fill>], window: Window, painter: &Painter) {
        // A layer that no other map can use is painted and forgotten.
        if Arc::strong_count(layer) == 1 {
            let mut runs = std::mem::take(&mut self.runs);
            for (rings, fill) in layer.shapes.iter().zip(fills) {
                let Some(fill) = fill else { continue };
                runs.clear();
                self.coverage.fill(rings, self.scale, at, window, &mut runs);
                self.paint_runs(&runs, *fill, window, [0, 0]);
            }
            self.runs = runs;
            if let Some(stroke) = layer.stroke {
                let outlines = self.outlines(&layer.shapes, at, stroke);
                self.paint_runs(&outlines, Fill::Colour(stroke.colour), window, [0, 0]);
            }
            return;
        }
        let covered = painter.covered(layer, at, self);
        for (runs, fill) in covered.shapes.iter().zip(fills) {
            if let Some(fill) = fill {
                self.paint_runs(runs, *fill, window, [0, 0]);
            }
        }
        if let Some(stroke) = layer.stroke {
            self.paint_runs(&covered.outlines, Fill::Colour(stroke.colour), window, [0, 0]);
        }
    }

    /// Pixels that the outlines of all shapes cover together.
    fn outlines(&self, shapes: &[Vec<Vec<Point>>], at: Point, stroke: Stroke) -> Vec<Run> {
        let [width, height] = self.size();
        let Some(mut mask) = Mask::new(width, height) else { return Vec::new() };
        let move_to = Transform::from_translate(at[0], at[1]).post_scale(self.scale, self.scale);
        let pen = pen(stroke, 1.0);
        for rings in shapes {
            let Some(path) = path(rings.iter().map(|ring| (ring.as_slice(), true))) else { continue };
            if let Some(outline) = path.stroke(&pen, self.scale) {
                mask.fill_path(&outline, FillRule::Winding, true, move_to);
            }
        }
        let mut runs = Vec::new();
        for (y, row) in mask.data().chunks_exact(width as usize).enumerate() {
            let mut x = 0;
            for part in row.chunk_by(|a, b| a == b) {
                if part[0] > 0 {
                    runs.push(Run { x: x as u16, y: y as u16, length: part.len() as u16, cover: part[0] });
                }
                x += part.len();
            }
        }
        runs
    }

    fn stroke<'a>(&mut self, lines: impl IntoIterator<Item = (&'a [Point], bool)>, stroke: Stroke, mask: Option<&Mask>) {
        let Some(path) = path(lines) else { return };
        let mut paint = Paint::default();
        paint.set_color_rgba8(stroke.colour.0, stroke.colour.1, stroke.colour.2, 255);
        self.pixels.stroke_path(&path, &paint, &pen(stroke, 1.0), Transform::from_scale(self.scale, self.scale), mask);
    }

    fn disc(&mut self, [x, y]: Point, radius: f32, fill: Rgb, stroke: Option<Stroke>, mask: Option<&Mask>) {
        let Some(path) = PathBuilder::from_circle(x, y, radius) else { return };
        let mut paint = Paint::default();
        paint.set_color_rgba8(fill.0, fill.1, fill.2, 255);
        let scale = Transform::from_scale(self.scale, self.scale);
        self.pixels.fill_path(&path, &paint, FillRule::Winding, scale, mask);
        if let Some(stroke) = stroke {
            paint.set_color_rgba8(stroke.colour.0, stroke.colour.1, stroke.colour.2, 255);
            self.pixels.stroke_path(&path, &paint, &pen(stroke, 1.0), scale, mask);
        }
    }

    fn text(&mut self, label: &Text, window: Window) {
        let size = label.size * self.scale;
        let (shaped, wide) = text::shape(&label.text, label.bold, label.italic);
        let per_em = text::per_em(label.bold, label.italic);
        let before = match label.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => 0.5,
            Anchor::End => 1.0,
        } * wide as f32
            * size
            / per_em;
        let [x, y] = label.at.map(|side| side * self.scale);
        if label.upright {
            self.upright(label, &shaped, [x, y + before], size / per_em, window);
            return;
        }
        let base = y.round();
        let rims = [(label.halo > 0.0).then_some(label.halo * self.scale), Some(0.0)];
        for rim in rims.into_iter().flatten() {
            let colour = if rim > 0.0 { label.rim } else { label.colour };
            for glyph in &shaped {
                let place = x - before + glyph.x as f32 * size / per_em;
                let step = ((place - place.floor()) * STEPS) as u8;
                let form =
                    Form { glyph: glyph.id, face: (label.bold, label.italic), size: size.to_bits(), rim: rim.to_bits(), step };
                let shift = [place.floor() as i32 - ORIGIN, (base - glyph.y as f32 * size / per_em) as i32 - ORIGIN];
                let mask = glyphs::mask(form);
                self.paint_runs(&mask, Fill::Colour(colour), window, shift);
            }
        }
    }

    /// Text that runs upwards: few and only on charts, so its letters are turned one by one.
    fn upright(&mut self, label: &Text, shaped: &[text::Glyph], [x, y]: Point, factor: f32, window: Window) {
        let size = factor * text::per_em(label.bold, label.italic);
        for glyph in shaped {
            let form = Form { glyph: glyph.id, face: (label.bold, label.italic), size: size.to_bits(), rim: 0, step: 0 };
            let turned: Vec<Run> = glyphs::mask(form)
                .iter()
                .flat_map(|run| {
                    (0..run.length).map(move |i| (i32::from(run.x + i) - ORIGIN, i32::from(run.y) - ORIGIN, run.cover))
                })
                .map(|(dx, dy, cover)| Run { x: (dy + ORIGIN) as u16, y: (ORIGIN - 1 - dx) as u16, length: 1, cover })
                .collect();
            let shift = [x.round() as i32 - ORIGIN, (y - glyph.x as f32 * factor).round() as i32 - ORIGIN];
            self.paint_runs(&turned, Fill::Colour(label.colour), window, shift);
        }
    }

    /// Paints runs, shifted and cut to a window.
    fn paint_runs(&mut self, runs: &[Run], fill: Fill, [l, t, r, b]: Window, shift: [i32; 2]) {
        let width = self.pixels.width() as usize;
        let hatch = Hatching::new(fill, self.unit * self.scale);
        let Rgb(red, green, blue) = fill.ground();
        let data = self.pixels.data_mut();
        for run in runs {
            let y = i32::from(run.y) + shift[1];
            let from = (i32::from(run.x) + shift[0]).max(l);
            let to = (i32::from(run.x) + i32::from(run.length) + shift[0]).min(r);
            if y < t || y >= b || from >= to {
                continue;
            }
            let row = &mut data[(y as usize * width + from as usize) * 4..(y as usize * width + to as usize) * 4];
            match &hatch {
                None if run.cover == 255 => {
                    row.chunks_exact_mut(4).for_each(|pixel| pixel.copy_from_slice(&[red, green, blue, 255]));
                }
                None => row.chunks_exact_mut(4).for_each(|pixel| blend(pixel, [red, green, blue], run.cover)),
                Some(hatch) => {
                    for (i, pixel) in row.chunks_exact_mut(4).enumerate() {
                        blend(pixel, hatch.at((from as usize + i) as f32 + 0.5, y as f32 + 0.5), run.cover);
                    }
                }
            }
        }
    }
}

#[inline]
fn blend(pixel: &mut [u8], colour: [u8; 3], cover: u8) {
    let cover = u32::from(cover);
    for (old, new) in pixel.iter_mut().zip(colour) {
        let mixed = u32::from(*old) * (255 - cover) + u32::from(new) * cover + 127;
        *old = (mixed / 255) as u8;
    }
}

fn path<'a>(lines: impl IntoIterator<Item = (&'a [Point], bool)>) -> Option<tiny_skia::Path> {
    let mut path = PathBuilder::new();
    for (points, closed) in lines {
        for (i, [x, y]) in points.iter().enumerate() {
            if i == 0 { path.move_to(*x, *y) } else { path.line_to(*x, *y) }
        }
        if closed {
            path.close();
        }
    }
    path.finish()
}

fn pen(stroke: Stroke, scale: f32) -> tiny_skia::Stroke {
    tiny_skia::Stroke {
        width: stroke.width * scale,
        line_join: LineJoin::Round,
        dash: (stroke.dash > 0.0).then(|| StrokeDash::new(vec![stroke.dash * scale; 2], 0.0)).flatten(),
        ..tiny_skia::Stroke::default()
    }
}

/// A mask that lets a window through.
fn clip_mask([width, height]: [u32; 2], [l, t, r, b]: Window) -> Option<Mask> {
    let mut mask = Mask::new(width, height)?;
    for row in mask.data_mut().chunks_exact_mut(width as usize).take(b.max(0) as usize).skip(t.max(0) as usize) {
        row[l.max(0) as usize..r.max(l).max(0) as usize].fill(255);
    }
    Some(mask)
}

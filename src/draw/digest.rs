//! The fingerprint of a scene: equal scenes give equal pictures, so a picture whose scene is unchanged need not be drawn.

use super::scene::{Fill, Item, Point, Scene, Stroke};
use crate::scale::Rgb;
use sha2::{Digest, Sha256};

/// SHA-256 of everything that a picture shows, hexadecimal.
pub fn digest(scene: &Scene) -> String {
    let mut feed = Feed(Sha256::new());
    feed.words(&scene.title);
    [scene.width, scene.height, scene.unit, scene.inches, scene.dpi].into_iter().for_each(|n| feed.number(n));
    feed.items(&scene.items);
    for (from, role) in &scene.parts {
        feed.count(*from);
        feed.words(role.name());
    }
    feed.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

struct Feed(Sha256);

impl Feed {
    fn mark(&mut self, mark: u8) {
        self.0.update([mark]);
    }

    fn count(&mut self, count: usize) {
        self.0.update((count as u64).to_le_bytes());
    }

    fn number(&mut self, number: f32) {
        self.0.update(number.to_bits().to_le_bytes());
    }

    fn words(&mut self, words: &str) {
        self.count(words.len());
        self.0.update(words.as_bytes());
    }

    fn colour(&mut self, Rgb(r, g, b): Rgb) {
        self.0.update([r, g, b]);
    }

    fn points(&mut self, points: &[Point]) {
        self.count(points.len());
        let bytes: Vec<u8> = points.iter().flatten().flat_map(|n| n.to_bits().to_le_bytes()).collect();
        self.0.update(&bytes);
    }

    fn rings(&mut self, rings: &[Vec<Point>]) {
        self.count(rings.len());
        rings.iter().for_each(|ring| self.points(ring));
    }

    fn stroke(&mut self, stroke: Option<&Stroke>) {
        self.mark(u8::from(stroke.is_some()));
        if let Some(stroke) = stroke {
            self.colour(stroke.colour);
            self.number(stroke.width);
            self.number(stroke.dash);
        }
    }

    fn fill(&mut self, fill: Option<&Fill>) {
        match fill {
            None => self.mark(0),
            Some(Fill::Colour(colour)) => {
                self.mark(1);
                self.colour(*colour);
            }
            Some(Fill::Hatch(hatch)) => {
                self.mark(2);
                self.mark(hatch.pattern as u8);
                self.colour(hatch.ground);
                self.colour(hatch.ink);
            }
        }
    }

    fn items(&mut self, items: &[Item]) {
        self.count(items.len());
        for item in items {
            match item {
                Item::Area { rings, fill, stroke } => {
                    self.mark(1);
                    self.rings(rings);
                    self.fill(fill.as_ref());
                    self.stroke(stroke.as_ref());
                }
                Item::Line { points, stroke } => {
                    self.mark(2);
                    self.points(points);
                    self.stroke(Some(stroke));
                }
                Item::Disc { centre, radius, fill, stroke } => {
                    self.mark(3);
                    self.points(&[*centre]);
                    self.number(*radius);
                    self.colour(*fill);
                    self.stroke(stroke.as_ref());
                }
                Item::Text(text) => {
                    self.mark(4);
                    self.words(&text.text);
                    self.points(&[text.at]);
                    self.number(text.size);
                    self.number(text.halo);
                    self.colour(text.colour);
                    self.colour(text.rim);
                    self.0.update([u8::from(text.bold), u8::from(text.italic), u8::from(text.upright), text.anchor as u8]);
                }
                Item::Painted { layer, at, fills } => {
                    self.mark(5);
                    self.count(layer.shapes.len());
                    layer.shapes.iter().for_each(|rings| self.rings(rings));
                    self.stroke(layer.stroke.as_ref());
                    self.points(&[*at]);
                    fills.iter().for_each(|fill| self.fill(fill.as_ref()));
                }
                Item::Clipped([l, t, r, b], items) => {
                    self.mark(6);
                    self.points(&[[*l, *t], [*r, *b]]);
                    self.items(items);
                }
            }
        }
    }
}

//! A picture before it becomes a file: shapes and texts with their places, in pixels from the upper left.

pub use crate::scale::{Fill, Hatch};

use super::furniture::Titles;
use super::plot::{Grid, Plot, Told};
use crate::project::Page;
use crate::scale::Rgb;
use crate::values::Message;
use std::sync::Arc;

/// A point in pixels.
pub type Point = [f32; 2];

/// The outline of a shape.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Colour
    pub colour: Rgb,
    /// Width in pixels
    pub width: f32,
    /// Dash length in pixels; 0 for a full line
    pub dash: f32,
}

/// Where a text stands to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The point is at its left
    Start,
    /// The point is in its middle
    Middle,
    /// The point is at its right
    End,
}

/// A line of text; the point is on its base line.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// Words
    pub text: String,
    /// Point on the base line
    pub at: Point,
    /// Size in pixels
    pub size: f32,
    /// Bold
    pub bold: bool,
    /// Italic
    pub italic: bool,
    /// Colour
    pub colour: Rgb,
    /// Where the text stands to its point
    pub anchor: Anchor,
    /// Width of a rim that lifts the text off the map; 0 for none
    pub halo: f32,
    /// Colour of the rim
    pub rim: Rgb,
    /// Turned a quarter to the left
    pub upright: bool,
}

/// One thing in a picture.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// Closed rings, even-odd
    Area {
        /// Rings
        rings: Vec<Vec<Point>>,
        /// Inside
        fill: Option<Fill>,
        /// Outline
        stroke: Option<Stroke>,
    },
    /// An open line
    Line {
        /// Points
        points: Vec<Point>,
        /// How it is drawn
        stroke: Stroke,
    },
    /// A disc
    Disc {
        /// Middle
        centre: Point,
        /// Radius
        radius: f32,
        /// Colour
        fill: Rgb,
        /// Outline
        stroke: Option<Stroke>,
    },
    /// Text
    Text(Text),
    /// Many shapes with one kind of outline, painted anew on every map
    Painted {
        /// Shapes, shared between maps
        layer: Arc<Layer>,
        /// Where the layer's zero lies, in whole pixels
        at: Point,
        /// The inside of each shape
        fills: Vec<Option<Fill>>,
    },
    /// Things cut off at a frame: left, top, right, bottom
    Clipped([f32; 4], Vec<Item>),
}

/// Shapes of a map in pixels. Maps of one extent share a layer, so its shapes need be filled in only once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layer {
    /// Rings of each shape: outer ones one way round, holes the other
    pub shapes: Vec<Vec<Vec<Point>>>,
    /// Outline of every shape
    pub stroke: Option<Stroke>,
    /// The shapes are those that the scene tells of, in the same order
    pub told: bool,
}

/// Moves items by a distance.
pub fn shift(items: &mut [Item], [dx, dy]: Point) {
    let moved = |[x, y]: Point| [x + dx, y + dy];
    for item in items {
        match item {
            Item::Area { rings, .. } => rings.iter_mut().flatten().for_each(|point| *point = moved(*point)),
            Item::Line { points, .. } => points.iter_mut().for_each(|point| *point = moved(*point)),
            Item::Disc { centre, .. } => *centre = moved(*centre),
            Item::Text(text) => text.at = moved(text.at),
            Item::Painted { at, .. } => *at = moved(*at),
            Item::Clipped(frame, items) => {
                *frame = [frame[0] + dx, frame[1] + dy, frame[2] + dx, frame[3] + dy];
                shift(items, [dx, dy]);
            }
        }
    }
}

/// What a stretch of items is for, so that a document can set it anew: a slide writes the title into its own placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Title
    Title,
    /// Project and period
    Subtitle,
    /// A word in a box, such as FORECAST
    Mark,
    /// What must be said of this picture
    Note,
    /// Where the data come from and who made the picture
    Source,
    /// The map
    Map,
    /// Names and values on the map
    Labels,
    /// The plot of a chart
    Plot,
    /// What colours and symbols mean
    Legend,
    /// Figures to read beside a map
    Figures,
    /// Scale bar and north arrow
    Scale,
}

impl Role {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Role::Title => "title",
            Role::Subtitle => "subtitle",
            Role::Mark => "mark",
            Role::Note => "note",
            Role::Source => "source",
            Role::Map => "map",
            Role::Labels => "labels",
            Role::Plot => "plot",
            Role::Legend => "legend",
            Role::Figures => "figures",
            Role::Scale => "scale",
        }
    }
}

/// Something a reader of `problems.csv` must know about a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    /// Kind of problem
    pub problem: &'static str,
    /// What it is about
    pub value: String,
    /// Words
    pub message: Message,
    /// Whether it makes the picture wrong rather than less complete
    pub grave: bool,
}

/// The smallest letters of furniture, legends and charts, in design units; only labels on maps may be smaller.
pub const SMALLEST: f32 = 15.0;
/// A page narrower than this is a thumbnail, whose letters are too small to be read anyway.
const SMALL: f32 = 420.0;

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// File name without ending
    pub id: String,
    /// Title, for readers that cannot see
    pub title: String,
    /// Width in pixels
    pub width: f32,
    /// Height in pixels
    pub height: f32,
    /// Pixels per design unit (a page of 1600×900 has 1)
    pub unit: f32,
    /// Height of the smallest letters allowed
    pub least: f32,
    /// Width on paper
    pub inches: f32,
    /// Pixels an inch of PNG
    pub dpi: f32,
    /// Things from back to front
    pub items: Vec<Item>,
    /// Where each stretch of items begins, and what it is for
    pub parts: Vec<(usize, Role)>,
    /// What did not find its place
    pub remarks: Vec<Remark>,
    /// What stands around it, as words
    pub titles: Titles,
    /// What its chart shows, as numbers
    pub plot: Option<Plot>,
    /// Its cells in colours, as words
    pub grid: Option<Grid>,
    /// The shapes of its map in words
    pub told: Vec<Told>,
    /// What these words measure
    pub telling: String,
}

impl Scene {
    /// An empty white picture.
    pub fn new(id: &str, title: &str, page: &Page) -> Scene {
        let [width, height] = page.units();
        // Text grows with the page, but not past what its narrow side holds; and it stays large enough to be read.
        let grown = ((width * height) / (1600.0 * 900.0)).sqrt().min(width / 1080.0).min(height / 700.0);
        let least = if width.min(height) >= SMALL { page.least_letters() } else { 0.0 };
        Scene {
            id: id.to_owned(),
            title: title.to_owned(),
            width,
            height,
            unit: page.part.map_or(grown.max(least / SMALLEST), |part| part.unit),
            least: page.part.map_or(least, |part| part.least),
            inches: page.inches(),
            dpi: page.dpi(),
            items: Vec::new(),
            parts: Vec::new(),
            remarks: Vec::new(),
            titles: Titles::default(),
            plot: None,
            grid: None,
            told: Vec::new(),
            telling: String::new(),
        }
    }

    /// What is added from here on has a role.
    pub fn begin(&mut self, role: Role) {
        if self.parts.last().is_none_or(|(_, last)| *last != role) {
            self.parts.push((self.items.len(), role));
        }
    }

    /// The same, and apart from what came before with this role: a paragraph of its own.
    pub fn begin_anew(&mut self, role: Role) {
        self.parts.push((self.items.len(), role));
    }

    /// Every stretch of items with its role, in order.
    pub fn stretches(&self) -> impl Iterator<Item = (Option<Role>, &[Item])> {
        let head = self.parts.first().map_or(self.items.len(), |(from, _)| *from);
        let ends = self.parts.iter().skip(1).map(|(from, _)| *from).chain([self.items.len()]);
        let parts = self.parts.iter().zip(ends).map(|(&(from, role), end)| (Some(role), &self.items[from..end]));
        std::iter::once((None, &self.items[..head])).chain(parts).filter(|(_, items)| !items.is_empty())
    }

    /// Adds another picture's items, moved, with their roles.
    pub fn append(&mut self, mut other: Scene, by: Point) {
        shift(&mut other.items, by);
        let base = self.items.len();
        self.parts.extend(other.parts.into_iter().map(|(from, role)| (base + from, role)));
        self.items.append(&mut other.items);
    }

    /// Adds a filled rectangle: left, top, width, height.
    pub fn rectangle(&mut self, [x, y, w, h]: [f32; 4], fill: Option<Fill>, stroke: Option<Stroke>) {
        self.items.push(Item::Area { rings: vec![vec![[x, y], [x + w, y], [x + w, y + h], [x, y + h]]], fill, stroke });
    }

    /// Adds text.
    pub fn write(&mut self, text: Text) {
        self.items.push(Item::Text(text));
    }

    /// Adds a line.
    pub fn line(&mut self, points: Vec<Point>, stroke: Stroke) {
        self.items.push(Item::Line { points, stroke });
    }

    /// All texts, those in frames included.
    pub fn texts(&self) -> Vec<&Text> {
        fn gather<'a>(items: &'a [Item], found: &mut Vec<&'a Text>) {
            for item in items {
                match item {
                    Item::Text(text) => found.push(text),
                    Item::Clipped(_, items) => gather(items, found),
                    _ => {}
                }
            }
        }
        let mut found = Vec::new();
        gather(&self.items, &mut found);
        found
    }
}

impl Text {
    /// Dark regular text that starts at its point.
    pub fn new(text: impl Into<String>, at: Point, size: f32) -> Text {
        Text {
            text: text.into(),
            at,
            size,
            bold: false,
            italic: false,
            colour: Rgb(33, 37, 41),
            anchor: Anchor::Start,
            halo: 0.0,
            rim: Rgb::WHITE,
            upright: false,
        }
    }

    /// Bold.
    pub fn bold(mut self) -> Text {
        self.bold = true;
        self
    }

    /// Italic.
    pub fn italic(mut self) -> Text {
        self.italic = true;
        self
    }

    /// In a colour.
    pub fn colour(mut self, colour: Rgb) -> Text {
        self.colour = colour;
        self
    }

    /// With its point in the middle or at its end.
    pub fn anchor(mut self, anchor: Anchor) -> Text {
        self.anchor = anchor;
        self
    }

    /// With a white rim.
    pub fn halo(mut self, width: f32) -> Text {
        self.halo = width;
        self
    }

    /// The room it takes: left, top, right, bottom.
    pub fn bounds(&self) -> [f32; 4] {
        let wide = super::text::width(&self.text, self.size, self.bold);
        let before = match self.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => wide / 2.0,
            Anchor::End => wide,
        };
        let ([x, y], up, down) = (self.at, self.size * 0.82, self.size * 0.24);
        if self.upright {
            [x - up, y - wide + before, x + down, y + before]
        } else {
            [x - before, y - up, x - before + wide, y + down]
        }
    }
}

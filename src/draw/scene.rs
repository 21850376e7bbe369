//! A picture before it becomes a file: shapes and texts with their places, in pixels from the upper left.

use crate::scale::Rgb;

/// A point in pixels.
pub type Point = [f32; 2];

/// How the inside of a shape is painted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fill {
    /// One colour
    Colour(Rgb),
    /// Lines on a ground, for what has no number
    Hatch(Hatch),
}

/// Hatches; each also tells without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hatch {
    /// Diagonal lines: no data
    Diagonal,
    /// Dots: not surveyed
    Dots,
    /// Crossed lines: out of scope
    Cross,
}

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
    /// Width of a white rim that lifts the text off the map; 0 for none
    pub halo: f32,
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
    /// Things cut off at a frame: left, top, right, bottom
    Clipped([f32; 4], Vec<Item>),
}

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
    /// Things from back to front
    pub items: Vec<Item>,
}

impl Scene {
    /// An empty white picture.
    pub fn new(id: &str, title: &str, width: u32, height: u32) -> Scene {
        Scene { id: id.to_owned(), title: title.to_owned(), width: width as f32, height: height as f32, items: Vec::new() }
    }

    /// Adds a filled rectangle: left, top, width, height.
    pub fn rectangle(&mut self, [x, y, w, h]: [f32; 4], fill: Option<Fill>, stroke: Option<Stroke>) {
        self.items.push(Item::Area { rings: vec![vec![[x, y], [x + w, y], [x + w, y + h], [x, y + h]]], fill, stroke });
    }

    /// Adds a line of text.
    pub fn text(&mut self, text: impl Into<String>, at: Point, size: f32) -> &mut Text {
        self.items.push(Item::Text(Text::new(text, at, size)));
        match self.items.last_mut() {
            Some(Item::Text(text)) => text,
            _ => unreachable!("a text was just pushed"),
        }
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
            upright: false,
        }
    }

    /// Makes it bold.
    pub fn bold(&mut self) -> &mut Text {
        self.bold = true;
        self
    }

    /// Sets the colour.
    pub fn colour(&mut self, colour: Rgb) -> &mut Text {
        self.colour = colour;
        self
    }

    /// Sets where it stands to its point.
    pub fn anchor(&mut self, anchor: Anchor) -> &mut Text {
        self.anchor = anchor;
        self
    }
}

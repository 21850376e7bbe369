//! Zones around outbreaks over the communes, the outermost below, with borders and outbreaks above.

use super::{BORDER, Content, Figure, Ground, PAPER, commune_labels, figures};
use crate::cartography::legend::{self, Entry, LegendPart, Swatch};
use crate::cartography::view::View;
use crate::draw::furniture::Titles;
use crate::draw::scene::{Fill, Item, Layer, Stroke};
use crate::draw::symbols::{Symbol, symbol};
use crate::outbreaks::zones::Zones;
use crate::project::{Labels, Page};
use crate::scale::Rgb;
use crate::scale::paint::{Hatch, Pattern};
use crate::values::area::Position;
use std::sync::Arc;

/// Ink of the innermost and the outermost zone.
const INNER: Rgb = Rgb(214, 74, 60);
const OUTER: Rgb = Rgb(253, 232, 190);
/// Ink of outbreaks.
const OUTBREAK: Rgb = Rgb(96, 10, 30);
/// Radius of a symbol in units of a 1600 × 900 page; many outbreaks have smaller ones.
const RADIUS: f32 = 8.0;

/// What a map of zones shows.
pub struct ZoneMap {
    /// Title and period
    pub titles: Titles,
    /// Page
    pub page: Page,
    /// Zones
    pub zones: Zones,
    /// Words for each zone, and what it holds
    pub names: Vec<(String, String)>,
    /// Tone of each zone, 0 innermost to 1 outermost
    pub tones: Vec<f32>,
    /// Heading of the legend, and what the amounts count
    pub heading: (String, String),
    /// Words for an outbreak
    pub outbreak: String,
    /// Outbreaks that are over, and words for them
    pub past: (Vec<Position>, String),
    /// Numbers below the legend
    pub figures: Vec<Figure>,
    /// Words below the numbers
    pub note: String,
    /// What is written on communes
    pub labels: Labels,
    /// Context layers
    pub layers: Option<Vec<String>>,
}

/// Paint of each zone, innermost first.
fn paints(tones: &[f32], bw: bool) -> Vec<Fill> {
    let between = |a: u8, b: u8, t: f32| (f32::from(a) + (f32::from(b) - f32::from(a)) * t) as u8;
    let hatches = [(Pattern::Falling, 225), (Pattern::Level, 240), (Pattern::Upright, 215)];
    let mut between_ends = hatches.into_iter().cycle();
    tones
        .iter()
        .map(|&t| {
            if !bw {
                return Fill::Colour(Rgb(
                    between(INNER.0, OUTER.0, t),
                    between(INNER.1, OUTER.1, t),
                    between(INNER.2, OUTER.2, t),
                ));
            }
            if t <= 0.0 {
                return Fill::Colour(Rgb(120, 120, 120));
            }
            match between_ends.next().filter(|_| t < 1.0) {
                Some((pattern, ground)) => {
                    Fill::Hatch(Hatch { pattern, ground: Rgb(ground, ground, ground), ink: Rgb(110, 110, 110) })
                }
                None => Fill::Colour(Rgb(236, 236, 236)),
            }
        })
        .collect()
}

impl ZoneMap {
    /// Legend, zones and outbreaks.
    pub fn content<'a>(self, ground: &Ground<'a>) -> Content<'a> {
        let (lang, bw) = (ground.imprint.lang, ground.imprint.bw);
        let communes = &ground.joined.communes;
        let fills = paints(&self.tones, bw);
        let mut parts = vec![LegendPart::Heading(self.heading.0.clone(), self.heading.1.clone())];
        for ((label, amount), fill) in self.names.iter().zip(&fills) {
            let rim = Stroke { colour: if bw { Rgb(90, 90, 90) } else { Rgb(150, 90, 60) }, width: 1.0, dash: 0.0 };
            parts.push(LegendPart::Entry(Entry {
                swatch: Swatch::Outline(*fill, rim),
                label: label.clone(),
                amount: amount.clone(),
            }));
        }
        let ink = if bw { Rgb::BLACK } else { OUTBREAK };
        parts.push(legend::entry(Swatch::Symbol(Symbol::Circle, ink), self.outbreak.clone(), self.zones.shown.len(), lang));
        let faded = Rgb(150, 150, 150);
        if !self.past.1.is_empty() {
            parts.push(legend::entry(Swatch::Symbol(Symbol::Circle, faded), self.past.1.clone(), self.past.0.len(), lang));
        }
        parts.extend(figures(&self.figures));
        if !self.note.is_empty() {
            parts.push(LegendPart::Note(self.note.clone()));
        }
        let which = if self.labels == Labels::NameValue { Labels::Name } else { self.labels };
        let paper = Fill::Colour(PAPER);
        let zones = self.zones;
        let past = self.past.0;
        let over = move |view: &View, unit: f32| {
            let rim = Stroke { colour: if bw { Rgb(90, 90, 90) } else { Rgb(160, 80, 50) }, width: 1.0 * unit, dash: 0.0 };
            let mut items: Vec<Item> = Vec::new();
            for (zone, fill) in fills.iter().enumerate().rev() {
                let layer = Layer { shapes: vec![view.rings(&zones.shapes, zone)], stroke: Some(rim), ..Layer::default() };
                items.push(Item::Painted { layer: Arc::new(layer), at: [0.0, 0.0], fills: vec![Some(*fill)] });
            }
            let borders = Layer {
                shapes: view.all_rings(&communes.shapes),
                stroke: Some(Stroke { colour: BORDER, width: 1.1 * unit, dash: 0.0 }),
                ..Layer::default()
            };
            let fills = vec![None; borders.shapes.len()];
            items.push(Item::Painted { layer: Arc::new(borders), at: [0.0, 0.0], fills });
            let radius = RADIUS
                * unit
                * if zones.shown.len() > 150 {
                    0.45
                } else if zones.shown.len() > 40 {
                    0.65
                } else {
                    1.0
                };
            items.extend(past.iter().map(|&place| symbol(Symbol::Circle, view.pixel(place), 0.7 * radius, faded, unit)));
            items.extend(zones.shown.iter().map(|&place| symbol(Symbol::Circle, view.pixel(place), radius, ink, unit)));
            items
        };
        Content {
            titles: self.titles,
            page: self.page,
            parts,
            fills: vec![paper; communes.len()],
            labels: commune_labels(ground, which, None, |_| (String::new(), paper)),
            spills: true,
            over: vec![Box::new(over)],
            layers: self.layers,
            ..Content::default()
        }
    }
}

//! Clusters of a scan: their circles and the communes whose middle lies inside.

use super::{Content, Ground, PAPER, commune_labels};
use crate::cartography::legend::{self, LegendPart, Swatch};
use crate::cartography::view::View;
use crate::draw::furniture::Titles;
use crate::draw::scene::{Fill, Item, Layer, Stroke};
use crate::project::{Labels, Page};
use crate::scale::Rgb;
use crate::scale::paint::{Hatch, Pattern};
use crate::values::Value;
use crate::values::area::Position;
use crate::values::distance::circle;
use std::sync::Arc;

/// Inks of clusters, the likeliest first.
const INKS: [Rgb; 5] = [Rgb(215, 48, 39), Rgb(244, 143, 86), Rgb(250, 190, 110), Rgb(186, 120, 160), Rgb(140, 150, 198)];
/// Vertices of a circle on the map.
const VERTICES: usize = 180;

/// A cluster.
pub struct Circle {
    /// Middle of the commune it grew from
    pub centre: Position,
    /// Distance to its farthest member
    pub radius_km: f64,
    /// Communes in it
    pub members: Vec<usize>,
    /// More than chance
    pub sure: bool,
    /// Words
    pub label: String,
}

/// What a map of clusters shows.
pub struct ScanMap {
    /// Title and period
    pub titles: Titles,
    /// Page
    pub page: Page,
    /// Heading of the legend, and what the amounts count
    pub heading: (String, String),
    /// Clusters, the likeliest first
    pub circles: Vec<Circle>,
    /// Communes that were looked at
    pub known: Vec<bool>,
    /// Words below the legend
    pub note: String,
    /// What is written on communes
    pub labels: Labels,
    /// Context layers
    pub layers: Option<Vec<String>>,
}

/// Paint of a cluster.
fn paint(rank: usize, sure: bool, bw: bool) -> Fill {
    let grey = 60 + 36 * (rank % INKS.len()) as u8;
    let ink = if bw { Rgb(grey, grey, grey) } else { INKS[rank % INKS.len()] };
    if sure { Fill::Colour(ink) } else { Fill::Hatch(Hatch { pattern: Pattern::Falling, ground: Rgb(248, 248, 248), ink }) }
}

impl ScanMap {
    /// Legend, communes and circles.
    pub fn content<'a>(self, ground: &Ground<'a>) -> Content<'a> {
        let (lang, bw) = (ground.imprint.lang, ground.imprint.bw);
        let paper = Fill::Colour(PAPER);
        let mut fills: Vec<Fill> = self.known.iter().map(|known| if *known { paper } else { Fill::NO_DATA }).collect();
        let mut parts = vec![LegendPart::Heading(self.heading.0.clone(), self.heading.1.clone())];
        for (rank, circle) in self.circles.iter().enumerate() {
            let fill = paint(rank, circle.sure, bw);
            circle.members.iter().for_each(|&commune| fills[commune] = fill);
            parts.push(legend::entry(Swatch::Fill(fill), circle.label.clone(), circle.members.len(), lang));
        }
        if self.circles.iter().any(|circle| !circle.sure) {
            parts.push(LegendPart::Note(
                lang.pick("Gạch chéo: không khác ngẫu nhiên (p ≥ 0,05).", "Hatched: no more than chance (p ≥ 0.05).").to_owned(),
            ));
        }
        let held: usize = self.circles.iter().map(|circle| circle.members.len()).sum();
        let known = self.known.iter().filter(|known| **known).count();
        parts.push(legend::entry(Swatch::Fill(paper), lang.pick("Ngoài cụm", "Outside clusters").to_owned(), known - held, lang));
        let missing: Vec<Value> = self.known.iter().filter(|known| !**known).map(|_| Value::NoData).collect();
        parts.extend(legend::states(&missing, &[], lang));
        if !self.note.is_empty() {
            parts.push(LegendPart::Note(self.note.clone()));
        }
        let rings: Vec<Vec<Position>> = self
            .circles
            .iter()
            // A cluster of one commune has no circle to draw.
            .filter(|circle| circle.radius_km > 0.0)
            .map(|found| circle(found.centre, found.radius_km, VERTICES))
            .collect();
        let over = move |view: &View, unit: f32| {
            let stroke = Stroke { colour: Rgb(60, 20, 20), width: 2.2 * unit, dash: 9.0 * unit };
            let shapes = rings.iter().map(|ring| vec![view.line(ring)]).collect();
            let fills = vec![None; rings.len()];
            vec![Item::Painted {
                layer: Arc::new(Layer { shapes, stroke: Some(stroke), ..Layer::default() }),
                at: [0.0, 0.0],
                fills,
            }]
        };
        let which = if self.labels == Labels::NameValue { Labels::Name } else { self.labels };
        let grounds = fills.clone();
        Content {
            titles: self.titles,
            page: self.page,
            parts,
            fills,
            labels: commune_labels(ground, which, None, |commune| (String::new(), grounds[commune])),
            over: vec![Box::new(over)],
            layers: self.layers,
            ..Content::default()
        }
    }
}

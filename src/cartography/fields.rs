//! The fields of one commune, or of all, coloured by severity; fields under contract have a thick rim.

use super::{Content, Ground, PAPER};
use crate::cartography::legend::{Entry, LegendPart, Swatch};
use crate::cartography::view::View;
use crate::draw::furniture::Titles;
use crate::draw::scene::{Fill, Item, Layer, Stroke};
use crate::model::joined::Fields;
use crate::project::Page;
use crate::scale::{Rgb, Scale};
use crate::values::{Value, numbers};
use rayon::prelude::*;
use std::sync::Arc;

/// Fields smaller than this many pixels across have no outline: it would hide them.
const OUTLINED: f64 = 7.0;
/// Rim of fields under contract.
const CONTRACT: Rgb = Rgb(20, 64, 120);

/// What a map of fields shows.
pub struct FieldMap {
    /// Title and period
    pub titles: Titles,
    /// Page
    pub page: Page,
    /// Heading of the legend
    pub heading: String,
    /// A value per field; NaN where nothing is known
    pub values: Vec<f64>,
    /// Classes
    pub scale: Scale,
    /// The one commune shown
    pub focus: Option<usize>,
    /// Words under the legend
    pub note: String,
    /// Context layers
    pub layers: Option<Vec<String>>,
}

impl FieldMap {
    /// Legend and fields.
    pub fn content<'a>(self, ground: &Ground<'a>, fields: &'a Fields) -> Content<'a> {
        let lang = ground.imprint.lang;
        let joined = ground.joined;
        let bw = ground.imprint.bw;
        let classes = self.scale.classes.len();
        let mut sums = vec![(0usize, 0.0f64); classes + 1];
        let mut contracts = vec![(0usize, 0.0f64); classes + 1];
        let mut drawn: Vec<(u32, bool)> = Vec::new();
        for field in 0..fields.pieces.len() {
            let pieces = fields.pieces.of(field);
            let share = match self.focus {
                Some(focus) => pieces.iter().find(|piece| piece.commune as usize == focus).map_or(0.0, |piece| piece.share),
                None => fields.pieces.inside(field),
            };
            if share <= 0.0 {
                continue;
            }
            let value = self.values.get(field).copied().unwrap_or(f64::NAN);
            let class = if value.is_nan() { classes } else { self.scale.class_of(value).min(classes) };
            sums[class].0 += 1;
            sums[class].1 += fields.pieces.area_ha[field] * share;
            let linked = joined.land.linked_of_field.get(field).copied().unwrap_or(f64::NAN);
            if linked > 0.0 {
                contracts[class].0 += 1;
                contracts[class].1 += linked * share;
            }
            drawn.push((field as u32, linked > 0.0));
        }
        let amount = |(count, hectares): (usize, f64)| {
            format!("{} · {} ha", numbers::format(count as f64, 0, lang), numbers::format(hectares, 1, lang))
        };
        let rim = if bw { Rgb::BLACK } else { CONTRACT };
        let mean_metres = mean_width(fields, &drawn);
        let total = |list: &[(usize, f64)]| (list.iter().map(|sum| sum.0).sum(), list.iter().map(|sum| sum.1).sum());
        // A class that no field has would only make the others harder to find.
        let listed = |list: &[(usize, f64)], outline: Option<Stroke>| -> Vec<LegendPart> {
            let fills = self.scale.classes.iter().map(|class| (class.fill, class.label.clone()));
            let all = fills.chain([(Fill::NOT_SURVEYED, Value::NotSurveyed.words(lang).to_owned())]);
            let swatch = |fill: Fill| outline.map_or(Swatch::Fill(fill), |stroke| Swatch::Outline(fill, stroke));
            let entry = |((fill, label), sum): ((Fill, String), &(usize, f64))| {
                LegendPart::Entry(Entry { swatch: swatch(fill), label, amount: amount(*sum) })
            };
            let mut parts: Vec<LegendPart> = all.zip(list).filter(|(_, sum)| sum.0 > 0).map(entry).collect();
            parts.push(LegendPart::Figure(lang.pick("Cộng", "All").to_owned(), amount(total(list)), false));
            parts
        };
        let mut parts =
            vec![LegendPart::Heading(self.heading.clone(), lang.pick("số thửa · diện tích", "fields · area").to_owned())];
        parts.extend(listed(&sums, None));
        if contracts.iter().any(|sum| sum.0 > 0) {
            let heading = lang.pick("Trong đó có hợp đồng (viền đậm)", "Of these under contract (thick rim)").to_owned();
            parts.push(LegendPart::Heading(heading, lang.pick("số thửa · hợp đồng", "fields · contracted").to_owned()));
            parts.extend(listed(&contracts, Some(Stroke { colour: rim, width: 2.6, dash: 0.0 })));
        }
        if !self.note.is_empty() {
            parts.push(LegendPart::Note(self.note.clone()));
        }
        let (scale, values) = (self.scale, self.values);
        let over = move |view: &View, unit: f32| {
            let outlined = mean_metres * view.scale > OUTLINED * f64::from(unit);
            let fill = |field: usize| match values.get(field).copied().unwrap_or(f64::NAN) {
                value if value.is_nan() => Fill::NOT_SURVEYED,
                value => scale.paint(Value::Number(value)),
            };
            let layer = |contract: bool, stroke: Stroke| {
                let list: Vec<usize> =
                    drawn.iter().filter(|(_, linked)| *linked == contract).map(|(field, _)| *field as usize).collect();
                let shapes = list.par_iter().map(|&field| view.rings(&fields.shapes, field)).collect();
                let fills = list.iter().map(|&field| Some(fill(field))).collect();
                let stroke = outlined.then_some(stroke);
                Item::Painted { layer: Arc::new(Layer { shapes, stroke, ..Layer::default() }), at: [0.0, 0.0], fills }
            };
            let plain = Stroke { colour: Rgb(130, 134, 138), width: 0.5 * unit, dash: 0.0 };
            vec![layer(false, plain), layer(true, Stroke { colour: rim, width: 1.9 * unit, dash: 0.0 })]
        };
        Content {
            titles: self.titles,
            page: self.page,
            parts,
            fills: vec![Fill::Colour(PAPER); joined.communes.len()],
            focus: self.focus,
            over: vec![Box::new(over)],
            layers: self.layers,
            ..Content::default()
        }
    }
}

/// Side in metres of a square of the fields' mean area.
fn mean_width(fields: &Fields, drawn: &[(u32, bool)]) -> f64 {
    let hectares: f64 = drawn.iter().map(|(field, _)| fields.pieces.area_ha[*field as usize]).sum();
    (hectares * 1e4 / drawn.len().max(1) as f64).sqrt()
}

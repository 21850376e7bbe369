//! Two measures at once: three classes of each, nine colours, a square legend.

use super::choropleth::Choropleth;
use super::{Content, Ground, commune_labels, with_unit, written};
use crate::cartography::legend::{self, LegendPart, Square};
use crate::model::Measured;
use crate::scale::{Fill, Scale, palette};
use crate::values::{Lang, Value, numbers};

/// A second measure, with its classes.
pub struct Second {
    /// Values by commune
    pub measured: Measured,
    /// At most three classes
    pub scale: Scale,
}

/// Legend, paint and labels. The first measure grows to the right, the second upwards.
pub fn content<'a>(first: &Choropleth, second: &Second, ground: &Ground) -> Content<'a> {
    let lang = ground.imprint.lang;
    let fills = palette::bivariate(ground.imprint.bw);
    let class = |scale: &Scale, value: Value| value.number().map(|number| scale.class_of(number).min(2));
    let mut counts = [[0usize; 3]; 3];
    let communes = first.measured.values.len();
    let mut states: Vec<Value> = Vec::new();
    let paint: Vec<Fill> = (0..communes)
        .map(|commune| {
            let (a, b) = (first.measured.values[commune], second.measured.values[commune]);
            match (class(&first.scale, a), class(&second.scale, b)) {
                (Some(column), Some(row)) => {
                    counts[row][column] += 1;
                    fills[row][column]
                }
                _ => {
                    let reason = if a.number().is_none() { a } else { b };
                    states.push(reason);
                    first.scale.paint(reason)
                }
            }
        })
        .collect();
    let square = Square {
        fills,
        counts,
        across: with_unit(first.measured.name.get(lang), first.measured.unit.get(lang)) + " →",
        up: format!("↑ {}", with_unit(second.measured.name.get(lang), second.measured.unit.get(lang))),
        across_cuts: cuts(&first.scale, lang),
        up_cuts: cuts(&second.scale, lang),
    };
    let mut parts = vec![LegendPart::Square(Box::new(square))];
    parts.extend(legend::states(&states, &[], lang));
    parts.push(LegendPart::Note(
        lang.pick("Số trong ô: số xã. Mỗi mốc thuộc lớp trên nó.", "Numbers: communes. A bound belongs to the class above it.")
            .to_owned(),
    ));
    parts.extend(super::figures(&first.figures));
    if !first.note.is_empty() {
        parts.push(LegendPart::Note(first.note.clone()));
    }
    let (write_a, write_b) = (written(&first.measured, lang), written(&second.measured, lang));
    let words = |commune: usize| {
        let (a, b) = (write_a(first.measured.values[commune]), write_b(second.measured.values[commune]));
        if a.is_empty() || b.is_empty() { String::new() } else { format!("{a} | {b}") }
    };
    let labels = commune_labels(ground, first.labels, first.focus, |commune| (words(commune), paint[commune]));
    Content {
        titles: first.titles.clone(),
        page: first.page.clone(),
        parts,
        labels,
        fills: paint,
        focus: first.focus,
        layers: first.layers.clone(),
        ..Content::default()
    }
}

fn cuts(scale: &Scale, lang: Lang) -> [String; 2] {
    let decimals = numbers::decimals_needed(&scale.cuts);
    [0, 1].map(|i| scale.cuts.get(i).map_or(String::new(), |cut| numbers::format(*cut, decimals, lang)))
}

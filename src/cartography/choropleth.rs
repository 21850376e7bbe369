//! Communes coloured by class: values of a measure, or its change in two directions.

use super::{Content, Figure, Ground, commune_labels, figures, with_unit, written};
use crate::cartography::legend::{self, LegendPart};
use crate::draw::furniture::Titles;
use crate::model::Measured;
use crate::project::{Labels, LegendClasses, Page};
use crate::scale::Scale;
use crate::values::Value;

/// What a choropleth shows.
pub struct Choropleth {
    /// Title and period
    pub titles: Titles,
    /// Page
    pub page: Page,
    /// Values by commune
    pub measured: Measured,
    /// Classes
    pub scale: Scale,
    /// Figures to read beside the map
    pub figures: Vec<Figure>,
    /// Words under the legend
    pub note: String,
    /// States without a number that the legend lists even where they do not occur
    pub states: Vec<Value>,
    /// What is written on communes
    pub labels: Labels,
    /// Which classes the legend lists
    pub legend: LegendClasses,
    /// The one commune shown
    pub focus: Option<usize>,
    /// Context layers
    pub layers: Option<Vec<String>>,
}

impl Choropleth {
    /// Legend, paint and labels.
    pub fn content<'a>(&self, ground: &Ground) -> Content<'a> {
        let lang = ground.imprint.lang;
        let (measured, scale) = (&self.measured, &self.scale);
        let heading = with_unit(measured.name.get(lang), measured.unit.get(lang));
        let mut parts = vec![LegendPart::Heading(heading, lang.pick("số xã", "communes").to_owned())];
        parts.extend(legend::entries(scale, &measured.values, &self.states, self.legend, lang));
        parts.extend(scale.notes.iter().map(|note| LegendPart::Note(note.get(lang).to_owned())));
        parts.extend(figures(&self.figures));
        if !self.note.is_empty() {
            parts.push(LegendPart::Note(self.note.clone()));
        }
        let write = written(measured, lang);
        let fill = |commune: usize| scale.paint(measured.values[commune]);
        Content {
            titles: self.titles.clone(),
            page: self.page.clone(),
            parts,
            fills: (0..measured.values.len()).map(fill).collect(),
            labels: commune_labels(ground, self.labels, self.focus, |commune| (write(measured.values[commune]), fill(commune))),
            focus: self.focus,
            spills: false,
            over: Vec::new(),
            layers: self.layers.clone(),
        }
    }
}

//! Communes coloured by class: values of a measure, or its change in two directions.

use super::{Content, Figure, Ground, commune_labels, figures, with_unit, written};
use crate::cartography::legend::{self, LegendPart};
use crate::cartography::ranking::Ranking;
use crate::cartography::ribbon::Ribbon;
use crate::draw::furniture::Titles;
use crate::model::Measured;
use crate::project::{Labels, LegendClasses, Page};
use crate::scale::Scale;
use crate::values::{Unit, Value};

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
    /// The list beside the map
    pub ranking: Option<Ranking>,
}

impl Choropleth {
    /// Legend, paint and labels.
    pub fn content<'a>(self, ground: &Ground) -> Content<'a> {
        let Choropleth { titles, page, measured, scale, note, focus, layers, ranking, .. } = self;
        let lang = ground.imprint.lang;
        let heading = with_unit(measured.name.get(lang), measured.unit.get(lang));
        let heading_of = heading.clone();
        let beside = ranking.is_some();
        let in_a_row = beside && self.legend == LegendClasses::All;
        let states = || legend::counted(&measured.values, &self.states, lang);
        let ribbon = in_a_row.then(|| Ribbon::of(&scale, heading.clone(), &measured.numbers(), states(), lang)).flatten();
        let mut parts = match ribbon {
            Some(ribbon) => vec![LegendPart::Ribbon(Box::new(ribbon))],
            None => {
                let mut parts = vec![LegendPart::Heading(heading, lang.pick("số xã", "communes").to_owned())];
                parts.extend(legend::entries(&scale, &measured.values, &self.states, self.legend, lang));
                parts
            }
        };
        parts.extend(scale.notes.iter().map(|note| LegendPart::Note(note.get(lang).to_owned())));
        let mut foot = if beside { in_a_line(&self.figures) } else { figures(&self.figures) };
        if !note.is_empty() {
            foot.push(LegendPart::Note(note));
        }
        if !beside {
            parts.append(&mut foot);
        }
        let percent = beside && matches!(measured.unit, Unit::PerCent | Unit::PerCentOf(_));
        let number = written(&measured, lang);
        // Beside a list of hectares, the per cent on the map say so.
        let write = |value: Value| match number(value) {
            words if percent && !words.is_empty() => format!("{words} %"),
            words => words,
        };
        let fill = |commune: usize| scale.paint(measured.values[commune]);
        let unit = measured.unit.short(lang);
        let told = |value: &Value| match number(*value) {
            words if words.is_empty() => value.words(lang).to_owned(),
            words => format!("{words} {unit}").trim_end().to_owned(),
        };
        Content {
            titles,
            page,
            parts,
            ranking,
            foot,
            fills: (0..measured.values.len()).map(fill).collect(),
            telling: heading_of,
            told: measured.values.iter().map(told).collect(),
            labels: commune_labels(ground, self.labels, focus, |commune| (write(measured.values[commune]), fill(commune))),
            focus,
            layers,
            ..Content::default()
        }
    }
}

/// Figures in one run of words: "Toàn vùng 905,9 ha · Kỳ trước 699,5 ha (+206,4)". A figure that begins with a blank belongs to the one before.
fn in_a_line(list: &[Figure]) -> Vec<LegendPart> {
    let mut line = String::new();
    for (words, number) in list {
        if words.starts_with(' ') {
            let own = if words.contains('(') || words.trim().chars().count() > 12 {
                format!("{} ", words.trim())
            } else {
                String::new()
            };
            // One pair of brackets: "(+206,4; +29,5 %)".
            let flat = number.replace(" (", "; ").replace(')', "");
            line.push_str(&format!(" ({own}{flat})"));
        } else {
            let gap = if line.is_empty() { "" } else { "  ·  " };
            line.push_str(&format!("{gap}{words} {number}"));
        }
    }
    if line.is_empty() { Vec::new() } else { vec![LegendPart::Run(line)] }
}

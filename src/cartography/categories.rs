//! Communes coloured by a word, such as a status.

use super::{Content, Figure, Ground, commune_labels, figures};
use crate::cartography::legend::{self, LegendPart, Swatch};
use crate::draw::furniture::Titles;
use crate::model::indicators::Categories;
use crate::project::{Labels, MapConfig, Page};
use crate::scale::Fill;
use crate::values::Value;

/// Communes that are listed by class beside the map.
const MOST_LISTED: usize = 12;

/// Legend, paint and labels. One paint a word.
pub fn content<'a>(
    titles: Titles,
    page: Page,
    map: &MapConfig,
    (found, paints): (&Categories, &[Fill]),
    counts: &[Figure],
    ground: &Ground,
) -> Content<'a> {
    let lang = ground.imprint.lang;
    let fill = |commune: usize| found.values[commune].map_or(Fill::NO_DATA, |word| paints[word]);
    let mut parts = vec![LegendPart::Heading(found.name.get(lang).to_owned(), lang.pick("số xã", "communes").to_owned())];
    for (word, (name, paint)) in found.words.iter().zip(paints).enumerate() {
        let count = found.values.iter().filter(|value| **value == Some(word)).count();
        parts.push(legend::entry(Swatch::Fill(*paint), name.clone(), count, lang));
        // Who is in which class, where there are few enough to be read.
        if count > 0 && found.values.len() <= MOST_LISTED {
            let names = ground.joined.communes.names.iter().zip(&found.values);
            let of_class: Vec<&str> = names.filter(|(_, value)| **value == Some(word)).map(|(name, _)| name.as_str()).collect();
            parts.push(LegendPart::Names(of_class.join(", ")));
        }
    }
    let missing: Vec<Value> = found.values.iter().filter(|value| value.is_none()).map(|_| Value::NoData).collect();
    parts.extend(legend::states(&missing, &[], lang));
    parts.extend(figures(counts));
    if !map.note.is_empty() {
        parts.push(LegendPart::Note(map.note.clone()));
    }
    let which = if map.labels == Labels::NameValue { Labels::Name } else { map.labels };
    Content {
        titles,
        page,
        parts,
        fills: (0..found.values.len()).map(fill).collect(),
        told: found
            .values
            .iter()
            .map(|word| word.map_or_else(|| Value::NoData.words(lang).to_owned(), |word| found.words[word].clone()))
            .collect(),
        labels: commune_labels(ground, which, None, |commune| {
            (found.values[commune].map_or(String::new(), |word| found.words[word].clone()), fill(commune))
        }),
        layers: map.layers.clone(),
        ..Content::default()
    }
}

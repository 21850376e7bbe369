//! A map as classes of communes, for programs that draw it themselves.

use crate::cartography::Content;
use crate::cartography::legend::{Entry, LegendPart, Swatch};
use crate::scale::Fill;

/// Communes by class: what a map colours, without a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Styled {
    /// The map's id
    pub id: String,
    /// Its title
    pub title: String,
    /// Classes in the order of the legend: words and fill
    pub classes: Vec<(String, Fill)>,
    /// Class of each commune
    pub of: Vec<Option<usize>>,
    /// What the map writes on each commune; empty where nothing
    pub values: Vec<String>,
}

impl Styled {
    /// The classes of a map; `None` if its legend does not list one fill a class.
    pub fn new(id: &str, content: &Content<'_>) -> Option<Styled> {
        let classes: Vec<(String, Fill)> = content
            .parts
            .iter()
            .flat_map(|part| match part {
                LegendPart::Entry(Entry { swatch: Swatch::Fill(fill), label, .. }) => vec![(label.clone(), *fill)],
                LegendPart::Ribbon(ribbon) => ribbon.all().map(|(fill, label, _)| (label.clone(), *fill)).collect(),
                _ => Vec::new(),
            })
            .collect();
        let of: Vec<Option<usize>> =
            content.fills.iter().map(|fill| classes.iter().position(|(_, known)| known == fill)).collect();
        if classes.is_empty() || of.iter().any(Option::is_none) {
            return None;
        }
        let mut values = vec![String::new(); of.len()];
        for label in &content.labels {
            if let Some(value) = values.get_mut(label.area) {
                value.clone_from(&label.value);
            }
        }
        Some(Styled { id: id.to_owned(), title: content.titles.title.clone(), classes, of, values })
    }
}

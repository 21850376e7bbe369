//! Columns of the table by commune in the classes of the maps: a value has one colour wherever it stands.

use super::{beside, measure_key, pages};
use crate::project::MapKind;
use crate::render::RenderContext;
use crate::scale::Scale;
use std::collections::BTreeMap;

/// A column of the table by commune that a map colours.
#[derive(Debug, Clone, PartialEq)]
pub struct Painted {
    /// The column whose numbers say the class: the column itself, or its share
    pub by: String,
    /// The classes
    pub scale: Scale,
}

/// The columns that maps of the reporting period colour, by id. Of several maps of a measure the first rules; maps that cannot be made are
/// told of where they are drawn.
pub fn painted(render: &RenderContext<'_>) -> BTreeMap<String, Painted> {
    let mut found = BTreeMap::new();
    for page in pages(render) {
        let map = &page.map;
        let of_all = map.pest.is_none() && map.severity.is_none() && map.enterprise.is_none() && map.commune.is_none();
        if map.kind != MapKind::Choropleth || !of_all || page.week.is_some() || page.pool.is_some() {
            continue;
        }
        let key = measure_key(map);
        let Ok(measured) = render.measured(&key, None) else { continue };
        let column = measured.id.clone();
        let shared = if beside::is_wanted(render, map) { beside::colours(render, &page, &key, &measured) } else { None };
        let (key, coloured) = shared.unwrap_or((key, measured));
        let Ok(scale) = render.scale(map.scale.as_deref(), None, &key, &coloured) else { continue };
        found.entry(column).or_insert(Painted { by: coloured.id, scale });
    }
    found
}

//! Which scales the maps of a project are drawn with, and the numbers of all weeks that they have to hold.

use super::{beside, measure_key, pages};
use crate::measures::find;
use crate::model::When;
use crate::project::{MapKind, MeasureKey};
use crate::render::RenderContext;
use crate::run::Result;
use std::collections::BTreeMap;

/// Measures by the name of their scale, each once.
pub fn used(render: &RenderContext<'_>) -> Result<BTreeMap<String, Vec<MeasureKey>>> {
    let mut found: BTreeMap<String, Vec<MeasureKey>> = BTreeMap::new();
    for page in pages(render) {
        let map = &page.map;
        if !(map.kind == MapKind::Choropleth || map.kind.goes_by_week()) || map.measure.is_empty() {
            continue;
        }
        let key = measure_key(map);
        // Maps that cannot be made are told of where they are drawn.
        let Ok(measured) = render.measured(&key, None) else { continue };
        let listed = map.kind == MapKind::Choropleth && beside::is_wanted(render, map);
        let shared = if listed { beside::colours(render, &page, &key, &measured) } else { None };
        let (key, coloured) = shared.unwrap_or((key, measured));
        let name = map.scale.clone().unwrap_or_else(|| coloured.scale.to_owned());
        // Indicators of any unit share a scale that none of them has named: its breaks would be those of apples and pears.
        if map.scale.is_none() && find(&key.measure).is_none() {
            continue;
        }
        let keys = found.entry(name).or_default();
        if !coloured.signed && !keys.contains(&key) {
            keys.push(key);
        }
    }
    found.retain(|_, keys| !keys.is_empty());
    Ok(found)
}

/// Numbers of a measure in the reporting period, those it is compared with, and every week before.
pub fn over_time(render: &RenderContext<'_>, key: &MeasureKey) -> Result<Vec<f64>> {
    let mut values = render.measured(key, None)?.numbers();
    for when in [When::Previous, When::LastYear] {
        if let Some(then) = render.compared(key, when)? {
            values.extend(then.numbers());
        }
    }
    if find(&key.measure).is_some_and(|measure| measure.needs.forecasts) {
        for week in render.weeks() {
            values.extend(render.measured(key, Some(week.period))?.numbers());
        }
    }
    Ok(values)
}

//! Which inputs a run needs.

use super::read::Needs;
use crate::measures::Measure;
use crate::project::{By, ForEach, MapKind, Project};

/// Which inputs the wanted pictures need, so that nothing else is read.
pub fn needs(project: &Project, maps: bool, charts: bool) -> Needs {
    if (maps || charts) && project.defaults || maps && project.maps.is_none() || charts && project.charts.is_none() {
        return Needs::ALL;
    }
    let mut measures: Vec<&str> = Vec::new();
    let (mut fields, mut indicators) = (false, false);
    for map in project.maps.iter().flatten().filter(|_| maps) {
        if map.kind != MapKind::Points {
            measures.push(if map.measure.is_empty() { Measure::MeanSeverity.id() } else { &map.measure });
        }
        measures.extend(map.with.as_deref());
        fields |=
            map.kind == MapKind::Fields || matches!(map.for_each, Some(ForEach::Pest | ForEach::Week | ForEach::Enterprise));
    }
    for chart in project.charts.iter().flatten().filter(|_| charts) {
        measures.extend(chart.measures.iter().map(String::as_str).chain(chart.with.as_deref()));
        if !chart.measure.is_empty() {
            measures.push(&chart.measure);
        }
        fields |= matches!(chart.by, By::Pest | By::Enterprise) || chart.for_each.is_some();
        indicators |= chart.by == By::Programme || chart.measure.is_empty();
    }
    Needs {
        fields: fields || measures.iter().any(|id| Measure::find(id).is_some_and(|measure| measure != Measure::AreaHa)),
        indicators: indicators || measures.iter().any(|id| Measure::find(id).is_none()),
        pictures: maps,
    }
}

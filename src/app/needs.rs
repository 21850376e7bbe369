//! Which inputs a run needs.

use super::build::Part;
use super::read::Needs;
use crate::measures::find;
use crate::measures::list::{AREA_HA, MEAN_SEVERITY};
use crate::project::{By, ChartKind, ForEach, MapKind, OutputKind, Project};

/// Which inputs the wanted parts need, so that nothing else is read.
pub fn needs(project: &Project, wants: &dyn Fn(Part) -> bool) -> Needs {
    let outputs = if wants(Part::Outputs) { &project.outputs[..] } else { &[] };
    if outputs.iter().any(|output| !matches!(output.kind, OutputKind::Worklist(_) | OutputKind::Bundle(_))) {
        return Needs::ALL;
    }
    let fields = outputs.iter().any(|output| matches!(output.kind, OutputKind::Worklist(_)));
    let documents = [
        (Part::Slides, project.package.slides),
        (Part::Handout, project.package.handout),
        (Part::Bulletin, project.package.bulletin),
    ];
    if documents.into_iter().any(|(part, chosen)| chosen && wants(part)) {
        return Needs::ALL;
    }
    let composed = project.pages.as_ref().is_some_and(|pages| !pages.is_empty());
    if wants(Part::Pages) && (composed || project.composes_by_default()) {
        return Needs::ALL;
    }
    let pictures = of_pictures(project, wants(Part::Maps), wants(Part::Charts));
    Needs { fields: pictures.fields || fields, ..pictures }
}

fn of_pictures(project: &Project, maps: bool, charts: bool) -> Needs {
    if (maps || charts) && project.defaults || maps && project.maps.is_none() || charts && project.charts.is_none() {
        return Needs::ALL;
    }
    let mut measures: Vec<&str> = Vec::new();
    let (mut fields, mut indicators) = (false, false);
    for map in project.maps.iter().flatten().filter(|_| maps) {
        if map.kind != MapKind::Points {
            measures.push(if map.measure.is_empty() { MEAN_SEVERITY.id } else { &map.measure });
        }
        measures.extend(map.with());
        fields |= map.kind == MapKind::Fields || map.for_each.iter().any(|each| *each != ForEach::Commune);
    }
    for chart in project.charts.iter().flatten().filter(|_| charts) {
        measures.extend(chart.measures().iter().map(String::as_str).chain(chart.with()));
        if !chart.measure.is_empty() {
            measures.push(&chart.measure);
        }
        // Without a measure these have one of their own.
        fields |= matches!(chart.kind, ChartKind::Forecast | ChartKind::Matrix | ChartKind::Waffle);
        fields |= matches!(chart.by(), By::Pest | By::Enterprise) || !chart.for_each.is_empty();
        indicators |= chart.by() == By::Programme || chart.measure.is_empty();
    }
    Needs {
        fields: fields || measures.iter().any(|id| find(id).is_some_and(|measure| measure != &AREA_HA)),
        indicators: indicators || measures.iter().any(|id| find(id).is_none()),
        pictures: maps,
    }
}

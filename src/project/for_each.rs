//! `for_each`: one page for each commune, pest, week or enterprise, of kinds that show one of them.

use super::kinds::Kinds;
use super::{By, ChartConfig, ChartKind, ForEach, MapConfig, MapKind};
use crate::message;
use crate::values::Message;

impl ForEach {
    /// Its name in a project file, which is that of the key that a page of it has.
    pub fn name(self) -> &'static str {
        match self {
            ForEach::Commune => "commune",
            ForEach::Pest => "pest",
            ForEach::Week => "week",
            ForEach::Enterprise => "enterprise",
        }
    }
}

/// What is wrong with the pages of a map: they would all be the same.
pub(super) fn of_map(map: &MapConfig) -> Option<Message> {
    let unused = MapKind::unused_keys(map.kind.name());
    let whole = map.kind.goes_by_week() || matches!(map.kind, MapKind::Zones(_) | MapKind::Spread(_) | MapKind::Points);
    problem(&map.for_each, map.kind.name(), |each| match each {
        ForEach::Week => whole,
        other => unused.contains(&other.name()),
    })
}

/// What is wrong with the pages of a chart.
pub(super) fn of_chart(chart: &ChartConfig) -> Option<Message> {
    let unused = ChartKind::unused_keys(chart.kind.name());
    problem(&chart.for_each, chart.kind.name(), |each| match each {
        ForEach::Week => goes_over_weeks(&chart.kind),
        ForEach::Pest => unused.contains(&"pest") || chart.by() == By::Pest,
        ForEach::Commune => unused.contains(&"commune"),
        // No chart is of one enterprise.
        ForEach::Enterprise => true,
    })
}

/// Whether a chart shows all weeks or days at once, or what is of no week.
fn goes_over_weeks(kind: &ChartKind) -> bool {
    match kind {
        ChartKind::TimeSeries(_)
        | ChartKind::Area(_)
        | ChartKind::Heatmap
        | ChartKind::Calendar
        | ChartKind::Readings
        | ChartKind::EpidemicCurve(_)
        | ChartKind::Forecast
        | ChartKind::Bullet(_) => true,
        ChartKind::Bar(keys) => keys.by == By::Programme,
        ChartKind::Grouped(_)
        | ChartKind::Stacked(_)
        | ChartKind::Matrix
        | ChartKind::Waffle
        | ChartKind::Scatter(_)
        | ChartKind::Histogram
        | ChartKind::Dots(_)
        | ChartKind::Figures(_)
        | ChartKind::Table(_)
        | ChartKind::Moran(_) => false,
    }
}

fn problem(list: &[ForEach], kind: &str, is_unused: impl Fn(ForEach) -> bool) -> Option<Message> {
    let name = list.iter().copied().find(|each| is_unused(*each))?.name();
    Some(message!(
        "for_each = \"{name}\": loại \"{kind}\" không vẽ riêng từng \"{name}\", mọi trang sẽ như nhau",
        "for_each = \"{name}\": kind \"{kind}\" does not show one \"{name}\" alone, all pages would be the same"
    ))
}

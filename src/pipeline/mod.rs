//! The whole way, in order: read, join, measure, scale, draw, publish. Commands call these steps one after another.

mod charts;
mod load;
mod maps;
mod publish;
mod read;
mod remarks;

pub use charts::charts;
pub use load::{accounts, load};
pub use maps::maps;
pub use publish::{Format, publish};
pub use read::{Needs, look};

use crate::draw::Scene;
use crate::draw::furniture::Titles;
use crate::measures::{Measure, When, World};
use crate::project::{MeasureKey, Project};
use crate::publish::tables::ByPeriod;
use crate::run::{Problems, Result};

/// A picture still to be drawn; threads draw several at a time.
pub struct Job<'a> {
    /// File name without ending
    pub id: String,
    /// Draws it
    pub draw: Box<dyn Fn() -> Result<Scene> + Send + Sync + 'a>,
}

/// Which inputs the wanted pictures need, so that nothing else is read.
pub fn needs(project: &Project, maps: bool, charts: bool) -> Needs {
    let mut measures: Vec<&str> = Vec::new();
    let mut all = false;
    if maps {
        match &project.maps {
            Some(list) => {
                measures.extend(list.iter().map(|map| if map.measure.is_empty() { "mean_severity" } else { &map.measure }))
            }
            None => all = true,
        }
    }
    if charts {
        match &project.charts {
            Some(list) => measures.extend(list.iter().map(|chart| chart.measure.as_str())),
            None => all = true,
        }
    }
    if all {
        return Needs::ALL;
    }
    Needs {
        fields: measures.iter().any(|id| Measure::find(id).is_some_and(|measure| measure != Measure::AreaHa)),
        indicators: measures.iter().any(|id| Measure::find(id).is_none()),
    }
}

/// Draws every picture without writing it, so that `check` reports what `build` would.
pub fn check_outputs(project: &Project, world: &World, problems: &mut Problems) {
    let periods = accounts(world);
    let mut record = crate::run::Record::default();
    for job in maps(project, world, &periods, &mut record).into_iter().chain(charts(project, world, &periods)) {
        if let Err(mut fault) = (job.draw)() {
            if fault.place.file.is_empty() {
                fault.place.file.clone_from(&job.id);
            }
            problems.fault(fault);
        }
    }
}

/// Title, and project and period below it.
fn titles(project: &Project, world: &World, title: String) -> Titles {
    let period = world
        .periods
        .get(When::Current)
        .map(|period| format!("{} {}", project.language.pick("Kỳ báo cáo:", "Period:"), period.format()));
    let parts: Vec<String> =
        [Some(project.title.clone()), period].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    Titles { title, subtitle: parts.join("  ·  ") }
}

fn key(measure: &str, pest: Option<&String>, severity: Option<u8>) -> MeasureKey {
    MeasureKey { measure: measure.to_owned(), pest: pest.cloned(), severity }
}

/// Accounts of a period, if it has any rows.
fn of_period(periods: &ByPeriod, when: When) -> Option<&crate::measures::accounts::Accounts> {
    periods.iter().find(|(known, _)| *known == when).map(|(_, accounts)| accounts)
}

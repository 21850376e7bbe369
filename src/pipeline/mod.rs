//! The whole way, in order: read, join, measure, scale, draw, publish. Commands call these steps one after another.

mod analyses;
mod answer;
mod atlas;
mod caveats;
mod charts;
mod forecasts;
mod load;
mod maps;
mod neighbourhood;
pub mod outbreaks;
mod publish;
mod read;
pub mod readings;
mod remarks;
pub mod statistics;
mod studio;
mod tables;
mod worklist;
#[cfg(feature = "gdal")]
pub mod zonal;

pub use analyses::write as write_analyses;
pub use answer::answer;
pub use caveats::with_caveats;
pub use charts::charts;
pub use load::{accounts, load};
pub use maps::maps;
pub use publish::{Before, Format, Published, Publisher, before};
pub use read::{Needs, layer, look};
pub use studio::{Studio, capital};
pub use tables::write as write_tables;
pub use worklist::{WorkWanted, worklist};

use crate::draw::Scene;
use crate::measures::{Measure, When, World};
use crate::project::{By, ForEach, MapKind, MeasureKey, Project};
use crate::publish::tables::ByPeriod;
use crate::run::{Problems, Result};

/// Draws a picture.
pub type DrawOf<'a> = Box<dyn Fn() -> Result<Scene> + Send + Sync + 'a>;
/// Draws the frame of a number.
pub type FrameOf<'a> = Box<dyn Fn(usize) -> Result<Scene> + Send + Sync + 'a>;

/// What a job draws.
pub enum Picture<'a> {
    /// One picture
    Still(DrawOf<'a>),
    /// Frames of one size
    Film {
        /// Number of frames
        count: usize,
        /// Hundredths of a second a frame stands
        delay: u16,
        /// Draws one
        frame: FrameOf<'a>,
    },
}

/// A picture still to be drawn; threads draw several at a time.
pub struct Job<'a> {
    /// File name without ending
    pub id: String,
    /// What it draws
    pub picture: Picture<'a>,
}

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

/// Draws every picture without writing it, so that `check` reports what `build` would.
pub fn check_outputs(project: &Project, world: &World, problems: &mut Problems) {
    let periods = accounts(world);
    let studio = Studio::new(project, world, &periods);
    for job in maps(&studio).into_iter().chain(charts(&studio)) {
        let drawn = match &job.picture {
            Picture::Still(draw) => draw(),
            Picture::Film { frame, .. } => frame(0),
        };
        if let Err(mut fault) = drawn {
            if fault.place.file.is_empty() {
                fault.place.file.clone_from(&job.id);
            }
            problems.fault(fault);
        }
    }
}

fn key(measure: &str, pest: Option<&String>, severity: Option<u8>) -> MeasureKey {
    MeasureKey { measure: measure.to_owned(), pest: pest.cloned(), severity, enterprise: None }
}

/// What the project lists, and the default set where it lists nothing or asks for both. Of equal ids the project's stays.
fn listed<T: Clone>(own: Option<&Vec<T>>, both: bool, defaults: impl FnOnce() -> Vec<T>, id: impl Fn(&T) -> &str) -> Vec<T> {
    let mut list = own.cloned().unwrap_or_default();
    if own.is_none() || both {
        let mut set = defaults();
        set.retain(|one| list.iter().all(|other| id(other) != id(one)));
        set.append(&mut list);
        list = set;
    }
    list
}

/// Accounts of a period, if it has any rows.
fn of_period(periods: &ByPeriod, when: When) -> Option<&crate::measures::accounts::Accounts> {
    periods.iter().find(|(known, _)| *known == when).map(|(_, accounts)| accounts)
}

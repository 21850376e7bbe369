//! Reads, joins and draws everything, and writes nothing: what a build would say is wrong.

use super::{Needs, load, outputs, package};
use crate::draw::Picture;
use crate::figures::{charts, maps, pages};
use crate::model::engine::SharedEngine;
use crate::model::{ByPeriod, Joined, accounts};
use crate::places;
use crate::project::Project;
use crate::publish::Memory;
use crate::render::RenderContext;
use crate::run::{Problems, Progress, Record, Result};

/// What a check found beside the problems.
#[derive(Debug)]
#[must_use]
#[non_exhaustive]
pub struct Checked {
    /// What was read and what joined
    pub record: Record,
}

/// Reads, joins and checks a project without writing anything; everything that is not as it should be goes to `problems`.
///
/// # Errors
/// An unusable project or input.
///
/// ```
/// # fn main() -> ruong::Result<()> {
/// let project = ruong::open("data/hong-ngu")?;
/// let mut problems = ruong::Problems::default();
/// let checked = ruong::check(&project, &mut problems, &mut ruong::Progress::silent())?;
/// let join = &checked.record.joins[0];
/// assert!(join.matched > 0 && join.unmatched == 0);
/// # Ok(())
/// # }
/// ```
pub fn check(project: &Project, problems: &mut Problems, progress: &mut Progress) -> Result<Checked> {
    let project = &*super::settled(project)?;
    let mut record = Record::default();
    let joined = load(project, Needs::ALL, &SharedEngine::default(), problems, &mut record, progress)?;
    places::coverage::check(&joined.communes, problems);
    let periods = accounts(&joined);
    pictures(project, &joined, &periods, problems);
    let context = outputs::Context { project, joined: &joined, periods: &periods, formats: &[] };
    for output in &project.outputs {
        let made = outputs::write(context, output, &Memory::default(), progress, problems);
        if let Err(fault) = made {
            problems.fault(fault);
        }
    }
    progress.finish();
    Ok(Checked { record })
}

/// Draws every picture without writing it, so that a check reports what a build would.
fn pictures(project: &Project, joined: &Joined, periods: &ByPeriod, problems: &mut Problems) {
    let render = RenderContext::new(project, joined, periods);
    for job in maps(&render).into_iter().chain(charts(&render)).chain(pages(&render)) {
        let drawn = match &job.picture {
            Picture::Still(draw) => draw(),
            Picture::Animation { frame, .. } => frame(0),
        };
        if let Err(mut fault) = drawn {
            if fault.place.file.is_empty() {
                fault.place.file.clone_from(&job.id);
            }
            problems.fault(fault);
        }
    }
    let _ = package::write(&render, &|_| true, &Memory::default(), &mut Progress::silent(), problems);
}

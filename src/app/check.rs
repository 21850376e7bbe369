//! Reads, joins and draws everything, and writes nothing: what a build would say is wrong.

use super::{Needs, load};
use crate::draw::Picture;
use crate::figures::{RenderContext, charts, maps};
use crate::model::{Joined, accounts};
use crate::places;
use crate::project::Project;
use crate::run::{Problems, Progress, Record, Result};

/// What a check found.
#[derive(Debug)]
#[must_use]
#[non_exhaustive]
pub struct Checked {
    /// What was read and what joined
    pub record: Record,
    /// Everything that is not as it should be
    pub problems: Problems,
}

/// Checks a project.
pub fn check(project: &Project, mut problems: Problems, progress: &mut Progress) -> Result<Checked> {
    let mut record = Record::default();
    let joined = load(project, Needs::ALL, &mut problems, &mut record, progress)?;
    places::coverage::check(&joined.communes, &mut problems);
    pictures(project, &joined, &mut problems);
    progress.finish();
    Ok(Checked { record, problems })
}

/// Draws every picture without writing it, so that a check reports what a build would.
fn pictures(project: &Project, joined: &Joined, problems: &mut Problems) {
    let periods = accounts(joined);
    let render = RenderContext::new(project, joined, &periods);
    for job in maps(&render).into_iter().chain(charts(&render)) {
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
}

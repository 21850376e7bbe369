//! What every sheet of a workbook says of itself.

use crate::model::Joined;
use crate::project::Project;
use crate::publish::xlsx::About;
use crate::words;

/// Project and period; source, office, day and note.
pub fn about(project: &Project, joined: &Joined) -> About {
    let join = |parts: [String; 2]| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let period = words::period(joined, project.language).unwrap_or_default();
    let period = join([project.title.clone(), period]);
    About { period, source: join([words::origin(project), project.note.clone()]), ..About::default() }
}

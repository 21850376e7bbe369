//! Registers of one disease, which a line above the table, its sheet or its file names.

use super::looked::Looked;
use super::pests::{self, Stands};
use crate::headings::{self, DEAD, DESTROYED, ONSET, REPORTED, SICK};
use crate::outbreaks::Diseases;
use crate::values::text::fold;

/// Heading of the column of a disease that no column states.
pub const HEADING: &str = "Bệnh";

/// Where the disease of outbreaks stands, if there are days of outbreaks with their animals and no column of diseases.
pub fn find(looked: &Looked) -> Option<Stands> {
    let headings = &looked.table.headings;
    let dated = [ONSET, REPORTED].iter().any(|role| role.find(headings).is_some());
    let counted = [SICK, DEAD, DESTROYED].iter().any(|role| role.find(headings).is_some());
    if !dated || !counted || headings::DISEASE.find(headings).is_some() {
        return None;
    }
    let known = Diseases::of(None).ok()?;
    let names: Vec<String> =
        known.disease.iter().flat_map(|one| one.names.iter().chain([&one.vi])).map(|name| fold(name)).collect();
    let is_one = |text: &str| names.contains(&fold(text));
    pests::around(looked, HEADING, &|line| pests::longest(line, &is_one))
}

//! Registers of one disease, which a line above the table, its sheet or its file names.

use super::looked::Looked;
use super::pests::{self, Stands};
use crate::headings::{self, DEAD, DESTROYED, ONSET, REPORTED, SICK, rates};
use crate::outbreaks::Diseases;
use crate::values::text::fold;
use hashbrown::HashSet;
use std::sync::LazyLock;

/// Heading of the column of a disease that no column states.
pub const HEADING: &str = "Bệnh";

static KNOWN: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let known = Diseases::of(None).map(|known| known.disease).unwrap_or_default();
    known.iter().flat_map(|one| one.names.iter().chain([&one.vi])).map(|name| fold(name)).collect()
});

/// Whether a text is the name of a disease of animals.
pub fn names(text: &str) -> bool {
    KNOWN.contains(&fold(text))
}

/// Where the disease of outbreaks stands, if there are days of outbreaks with their animals and no column of diseases.
pub fn find(looked: &Looked) -> Option<Stands> {
    let headings = &looked.table.headings;
    let dated = [ONSET, REPORTED].iter().any(|role| role.find(headings).is_some());
    let counted = [SICK, DEAD, DESTROYED].iter().any(|role| role.find(headings).is_some());
    // "Loài" may be the disease or the animal: what stands in it tells.
    let is_disease = |heading: &str| fold(heading) != "loai" || looked.texts(heading).iter().any(|text| names(text));
    if !dated || !counted || headings::DISEASE.find(headings).is_some_and(is_disease) || is_of_counts(looked) {
        return None;
    }
    pests::around(looked, HEADING, &|line| pests::longest(line, &names))
}

/// Days with so many outbreaks or farms each, and reports that add up to their day, are no registers.
fn is_of_counts(looked: &Looked) -> bool {
    let counts = |heading: &String| {
        let words = format!(" {} ", headings::bare(heading));
        [" so o ", " so ho ", " o dich moi ", " so xa "].iter().any(|word| words.contains(word))
    };
    let titles = looked.around.iter().flat_map(|around| &around.titles);
    looked.table.headings.iter().any(counts) || titles.into_iter().any(|line| rates::is_cumulative(line))
}

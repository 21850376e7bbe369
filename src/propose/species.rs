//! Animals that stand across: herds and vaccinated animals below each species, as veterinary stations report them.

use super::looked::Looked;
use crate::headings;
use crate::project::Unpivot;
use crate::values::text::fold;
use hashbrown::HashSet;

/// Heading of the column of species.
pub const HEADING: &str = "Loài vật nuôi";

const WORDS: [&str; 22] = [
    "trau",
    "bo",
    "heo",
    "lon",
    "de",
    "cuu",
    "ga",
    "vit",
    "ngan",
    "vit xiem",
    "cut",
    "chim cut",
    "ngong",
    "ngua",
    "tho",
    "cho",
    "meo",
    "gia cam",
    "gia suc",
    "thuy cam",
    "dai gia suc",
    "cho meo",
];

/// Whether a text names animals: "Trâu, bò", "Đàn heo".
pub fn names(text: &str) -> bool {
    let folded = fold(&text.replace([',', '+', '/', '-', ';'], " "));
    let bare = ["dan ", "tong dan "].iter().find_map(|word| folded.strip_prefix(word)).unwrap_or(&folded);
    !bare.is_empty() && (WORDS.contains(&bare) || bare.split_whitespace().all(|word| word == "va" || WORDS.contains(&word)))
}

/// Two species or more with animals vaccinated below each.
pub fn across(looked: &Looked) -> Option<Unpivot> {
    let headings = &looked.table.headings;
    let parts: Vec<(&str, &str)> = headings.iter().filter_map(|heading| heading.split_once(" / ")).collect();
    let of_species: Vec<&(&str, &str)> = parts.iter().filter(|(above, _)| names(above)).collect();
    let species: HashSet<String> = of_species.iter().map(|(above, _)| fold(above)).collect();
    let below: Vec<String> = of_species.iter().map(|(_, below)| (*below).to_owned()).collect();
    let strange = parts.iter().any(|(above, _)| !names(above) && !crate::input::totals::is_total(above));
    (species.len() >= 2 && !strange && headings::VACCINATED.find(&below).is_some()).then(|| Unpivot {
        headings: vec![format!("{{{HEADING}}} / {{*}}")],
        into: String::new(),
        value: String::new(),
    })
}

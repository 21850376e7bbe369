//! The finding of a picture in a sentence: facts in, words out. A sentence says what the data say and no more: what is not known is
//! counted in it, changes compare the same communes, causes and advice are left to the reader.

mod change;
mod clusters;
mod level;
mod phrase;
mod ranked;
mod series;

pub use change::{Since, of_change};
pub use clusters::of_clusters;
pub use level::{Facts, of_level};
pub use phrase::{listed, said, short};
pub use ranked::{of_matrix, of_pair, of_plans, of_ranks, of_severities, of_two, of_words};
pub use series::{Track, of_forecast, of_series};

use crate::values::{Lang, Value};

/// Letters that a title holds; clauses beyond them are left out, those on what is missing never.
const LONGEST: usize = 110;

/// A finding: a sentence, and what more is to be said under it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headline {
    /// The sentence
    pub title: String,
    /// More, in smaller letters; may be empty
    pub lead: String,
}

/// ", 9/10 xã có số liệu" where some communes that are in scope have no number; nothing where all have one, or none has.
pub fn coverage(values: &[Value], lang: Lang) -> String {
    let known = values.iter().filter(|value| value.number().is_some()).count();
    let scope = values.iter().filter(|value| **value != Value::OutOfScope).count();
    match (known < scope && known > 0, lang) {
        (false, _) => String::new(),
        (true, Lang::Vi) => format!(", {known}/{scope} xã có số liệu"),
        (true, Lang::En) => format!(", {known} of {scope} communes with data"),
    }
}

impl Headline {
    /// A title with nothing more to say.
    pub fn plain(title: impl Into<String>) -> Headline {
        Headline { title: title.into(), lead: String::new() }
    }

    /// Clauses one after the other as long as there is room, and in any case what is `missing`.
    fn of_clauses(first: String, others: Vec<String>, missing: &str, lead: Vec<String>) -> Headline {
        let mut title = first;
        for clause in others.into_iter().filter(|clause| !clause.is_empty()) {
            if title.chars().count() + clause.chars().count() + missing.chars().count() <= LONGEST {
                title.push_str(&clause);
            }
        }
        title.push_str(missing);
        let lead: Vec<String> = lead.into_iter().filter(|sentence| !sentence.is_empty()).collect();
        Headline { title: crate::values::text::capital(&title), lead: lead.join(". ") }
    }
}

//! Names of pests and diseases of crops as offices write them, with their abbreviations.

use super::text::{alike, capital, fold};
use hashbrown::{HashMap, HashSet};
use std::sync::LazyLock;

struct Names {
    /// Every name of any pest, folded
    known: HashSet<String>,
    /// By an abbreviation in capitals, folded: its name as a table would have it
    short: HashMap<String, String>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names { known: HashSet::new(), short: HashMap::new() };
    let mut reader = csv::Reader::from_reader(include_str!("pests.csv").as_bytes());
    for row in reader.records().flatten() {
        let own = row.get(0).unwrap_or("");
        for alias in std::iter::once(own).chain(row.get(1).unwrap_or("").split('|')).filter(|alias| !alias.is_empty()) {
            names.known.insert(fold(alias));
            if !alias.chars().any(char::is_lowercase) {
                names.short.insert(fold(alias), capital(own));
            }
        }
    }
    names
});

/// Whether a name, folded, is one of the list.
#[must_use]
pub fn is_known(folded: &str) -> bool {
    NAMES.known.contains(folded)
}

/// What an abbreviation in capitals stands for: "SCLN" is "Sâu cuốn lá nhỏ". `None` of anything else.
#[must_use]
pub fn written_out(text: &str) -> Option<&'static str> {
    let text = text.trim();
    let is_short = text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
    NAMES.short.get(&fold(text)).filter(|_| is_short).map(String::as_str)
}

/// Names in order, each once however it is written: in capitals only where nobody writes it otherwise.
#[must_use]
pub fn once(mut names: Vec<String>) -> Vec<String> {
    // Capitals sort before small letters.
    let shouted = |name: &str| !name.chars().any(char::is_lowercase);
    names.sort_by(|a, b| alike(a).cmp(&alike(b)).then(shouted(a).cmp(&shouted(b))).then(a.cmp(b)));
    names.dedup_by(|next, known| alike(next) == alike(known));
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_capitals_and_names_are_not() {
        assert_eq!(written_out("SCLN"), Some("Sâu cuốn lá nhỏ"));
        assert_eq!(written_out(" ĐOL "), Some("Đạo ôn lá"));
        assert_eq!(written_out("BPH"), None, "a name in English stays as it is");
        assert_eq!((written_out("rn"), written_out("RẦY NÂU"), written_out("Rn")), (None, None, None));
        assert!(is_known("ray nau") && is_known("scln") && !is_known("lua"));
        // A list that lost its rows would pass over every pest.
        assert!(NAMES.known.len() > 90 && NAMES.short.len() > 10);
    }
}

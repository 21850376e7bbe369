//! Every message that a user can meet, gathered from the sources into one list, and looked through: each is said in both languages, each
//! language in words of its own, and both say the same things.

#[path = "common/sources.rs"]
mod sources;

use sources::sources;
use std::collections::BTreeSet;
use std::path::Path;

/// A message as the sources write it.
struct Told {
    place: String,
    vi: String,
    en: String,
}

/// The string literal that begins at a quote, without its quotes, and what follows it.
fn literal(text: &str) -> Option<(String, &str)> {
    let inside = text.strip_prefix('"')?;
    let mut out = String::new();
    let mut letters = inside.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((out, &inside[at + 1..])),
            '\\' => match letters.next()?.1 {
                'n' => out.push('\n'),
                't' => out.push('\t'),
                // A line that goes on: its indent is no text.
                '\n' => {
                    let rest = letters.as_str();
                    let blanks = rest.len() - rest.trim_start().len();
                    (0..rest[..blanks].chars().count()).for_each(|_| {
                        letters.next();
                    });
                }
                other => out.push(other),
            },
            other => out.push(other),
        }
    }
    None
}

/// Two literals with a comma between them.
fn pair(text: &str) -> Option<(String, String)> {
    let (vi, rest) = literal(text.trim_start())?;
    let (en, _) = literal(rest.trim_start().strip_prefix(',')?.trim_start())?;
    Some((vi, en))
}

/// The first literal of an arm of a match over the language.
fn of_arm(text: &str) -> Option<String> {
    let end = text.find("Lang::").unwrap_or(text.len());
    let at = text[..end].find('"')?;
    Some(literal(&text[at..])?.0)
}

fn told() -> Vec<Told> {
    let mut list = Vec::new();
    for (path, text) in sources() {
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        let name = path.display().to_string();
        let place = |at: usize| format!("{name}:{}", text[..at].matches('\n').count() + 1);
        for opening in ["message!(", ".pick("] {
            for (at, _) in text.match_indices(opening) {
                if let Some((vi, en)) = pair(&text[at + opening.len()..]) {
                    list.push(Told { place: place(at), vi, en });
                }
            }
        }
        for (at, _) in text.match_indices("Lang::Vi =>").chain(text.match_indices("Lang::Vi) =>")) {
            let rest = &text[at + "Lang::Vi".len()..];
            let other = ["Lang::En =>", "Lang::En) =>"].iter().filter_map(|arm| rest.find(arm).map(|at| at + arm.len())).min();
            if let (Some(vi), Some(en)) = (of_arm(rest), other.and_then(|other| of_arm(&rest[other..]))) {
                list.push(Told { place: place(at), vi, en });
            }
        }
    }
    list
}

/// Words without what is quoted, filled in, an option, a key, a file or a formula.
fn words(text: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut depth = 0;
    let mut quoted = false;
    for letter in text.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            '"' | '“' | '”' | '`' => quoted = !quoted,
            _ if depth == 0 && !quoted => plain.push(letter),
            _ => {}
        }
        if matches!(letter, '{' | '}' | '"' | '“' | '”' | '`') {
            plain.push(' ');
        }
    }
    let id = |word: &str| word.contains(['-', '_', '=', '/', '.', '[', ':']) && word.is_ascii();
    let bare = |word: &str| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    let parts: Vec<&str> = plain.split_whitespace().collect();
    let mut words = Vec::new();
    for (at, word) in parts.iter().enumerate() {
        // `units = "…"` names a key.
        let key = parts.get(at + 1).is_some_and(|next| next.starts_with('=')) || word.contains('=');
        if !key && !id(word.trim_end_matches(['.', ':', ','])) && !word.starts_with("--") && !bare(word).is_empty() {
            words.push(bare(word));
        }
    }
    words
}

fn vietnamese(letter: char) -> bool {
    letter.is_alphabetic() && !letter.is_ascii() && !"éèüöäß°µσχθρβαλμΣα".contains(letter)
}

/// English words that no Vietnamese sentence has; words of one or two letters that both languages have are not among them.
const ENGLISH: [&str; 64] = [
    "the", "of", "and", "not", "cannot", "with", "for", "has", "have", "are", "this", "that", "than", "from", "which", "where",
    "when", "field", "fields", "table", "column", "columns", "value", "values", "row", "rows", "file", "files", "sheet",
    "commune", "communes", "area", "areas", "week", "weeks", "day", "days", "unit", "units", "number", "numbers", "date",
    "dates", "missing", "unknown", "expected", "found", "invalid", "error", "warning", "notes", "key", "keys", "name", "names",
    "code", "codes", "layer", "scale", "chart", "picture", "output", "input", "default",
];

/// Provinces, called by their names.
const OWN_NAMES: [&str; 2] = ["Tiền Giang", "Đồng Tháp"];

#[test]
fn every_message_is_said_in_both_languages_and_mixes_none() {
    let list = told();
    assert!(list.len() > 1200, "{} messages: the sources are read", list.len());
    let lines: Vec<String> = list
        .iter()
        .map(|Told { place, vi, en }| format!("{place}\t{}\t{}", vi.replace('\n', "↵"), en.replace('\n', "↵")))
        .collect();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("messages.tsv");
    std::fs::write(&path, lines.join("\n")).expect("the list is written");
    let mut faults = Vec::new();
    for Told { place, vi, en } in &list {
        if let Some(word) = words(vi).into_iter().find(|word| ENGLISH.contains(&word.as_str())) {
            faults.push(format!("{place}: \"{word}\" in Vietnamese: {vi}"));
        }
        let own = OWN_NAMES.iter().fold(en.clone(), |text, name| text.replace(name, ""));
        if let Some(word) = words(&own).into_iter().find(|word| word.chars().any(vietnamese)) {
            faults.push(format!("{place}: \"{word}\" in English: {en}"));
        }
    }
    assert!(faults.is_empty(), "{} of {} (all in {}):\n{}", faults.len(), list.len(), path.display(), faults.join("\n"));
}

#[test]
fn both_languages_are_filled_in_with_the_same() {
    // A number may have a name for each language.
    let filled = |text: &str| -> usize {
        let parts = text.replace("{{", "").replace("}}", "");
        parts.split('{').skip(1).filter_map(|part| part.split(['}', ':']).next()).collect::<BTreeSet<&str>>().len()
    };
    let faults: Vec<String> = told()
        .iter()
        .filter(|Told { vi, en, .. }| filled(vi) != filled(en))
        .map(|Told { place, vi, en }| format!("{place}: {vi} | {en}"))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_mixed_message_is_noticed() {
    assert!(words("không đọc được file").contains(&"file".to_owned()));
    assert!(words("thêm --value, \"file\" hoặc {file}").iter().all(|word| word != "file"));
    assert_eq!(literal("\"a \\\n        b\" x"), Some(("a b".to_owned(), " x")));
}

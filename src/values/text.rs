//! Languages, two-language messages, and the one place where Vietnamese text is normalised.

use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The language of everything a user sees.
///
/// ```
/// use ruong::Lang;
/// assert_eq!(Lang::default().pick("xã", "commune"), "xã");
/// assert_eq!(Lang::En.pick("xã", "commune"), "commune");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, serde::Deserialize, serde::Serialize, schemars::JsonSchema)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Vietnamese
    #[default]
    Vi,
    /// English
    En,
}

impl Lang {
    /// Chooses between the Vietnamese and the English wording.
    pub fn pick<'a>(self, vi: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }
}

/// One sentence in both languages. Made with the `message!` macro, so that neither can be forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Message {
    /// Vietnamese wording
    pub vi: String,
    /// English wording
    pub en: String,
}

impl Message {
    /// The wording in one language.
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.vi, &self.en)
    }
}

/// Formats a sentence in both languages: `message!("{n} xã", "{n} communes")`.
#[macro_export]
macro_rules! message {
    ($vi:literal, $en:literal $(,)?) => {
        $crate::values::Message { vi: format!($vi), en: format!($en) }
    };
}

/// Letters that take no room and that copying from the web and from documents leaves behind: zero-width blanks and joiners, a byte order
/// mark inside the text.
const UNSEEN: [char; 5] = ['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}'];

/// Text in Unicode normal form C, without surrounding white space and unseen letters. Borrowed where nothing had to change.
pub fn normalise(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    if text.contains(UNSEEN) {
        let seen = text.replace(UNSEEN, "");
        return Cow::Owned(normalise(&seen).into_owned());
    }
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    }
}

/// Text in normal form on one line, with one blank between words.
pub fn one_line(text: &str) -> String {
    normalise(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

/// A name without regard to case and blanks: what is alike is one, however it was typed.
#[must_use]
pub fn alike(name: &str) -> String {
    one_line(name).to_lowercase()
}

/// The mark of an order and what follows it: "I. Xã A", "2) Rầy nâu", "a - Lúa".
pub fn ordered(text: &str) -> Option<(&str, &str)> {
    let (mark, rest) = text.trim().split_once(['.', ')', '-', '/'])?;
    let (mark, rest) = (mark.trim(), rest.trim());
    let is_mark = !mark.is_empty()
        && (mark.len() <= 2 && mark.bytes().all(|b| b.is_ascii_digit())
            || mark.len() <= 5 && mark.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
            || matches!(mark, "A" | "B" | "C" | "D" | "a" | "b" | "c" | "d"));
    (is_mark && rest.starts_with(char::is_alphabetic)).then_some((mark, rest))
}

/// Lower case without accents, for recognising headings ("Diện tích HĐ" → "dien tich hd").
/// Never used to join places: two communes may differ by an accent alone.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        folded.extend(text.chars().map(|c| if is_separator(c) { ' ' } else { c.to_ascii_lowercase() }));
        return one_spaced(&folded);
    }
    for c in text.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)) {
        match c {
            // The Icelandic letter looks like Đ and is typed for it.
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            _ if is_separator(c) => folded.push(' '),
            _ => folded.extend(c.to_lowercase()),
        }
    }
    one_spaced(&folded)
}

/// Small letters without accents; everything else stays.
pub fn fold_letters(text: &str) -> String {
    let plain = text.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
    plain.flat_map(char::to_lowercase).map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

fn is_separator(c: char) -> bool {
    matches!(c, '_' | '-' | '.' | '/' | '(' | ')' | '\n' | '\r' | '\t')
}

fn one_spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

/// The candidate most like `wanted`, if any is near enough to be a slip of the pen.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(wanted);
    // A word of a longer name is meant for it: "jenks" for "fisher-jenks".
    let likeness = |candidate: &str| match candidate.split(['-', ' ', '_']).any(|word| word == wanted) {
        true => 0.9,
        false => strsim::jaro_winkler(&wanted, candidate),
    };
    candidates
        .into_iter()
        .map(|candidate| (likeness(&fold(candidate)), candidate))
        .filter(|(likeness, _)| *likeness >= 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

/// With a capital letter in front.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// With a small letter in front, to stand in a sentence.
pub fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decomposed_vietnamese_is_composed() {
        assert_eq!(normalise(" Tha\u{0323}\u{0302}t "), "Thật");
        assert!(matches!(normalise("Thật"), Cow::Borrowed(_)));
    }

    #[test]
    fn headings_fold_to_plain_letters() {
        assert_eq!(fold("Diện tích_HĐ (ha)"), "dien tich hd ha");
    }

    #[test]
    fn a_slip_finds_its_key() {
        assert_eq!(nearest("titel", ["title", "office", "source"]), Some("title"));
        assert_eq!(nearest("zzz", ["title", "office"]), None);
    }
}

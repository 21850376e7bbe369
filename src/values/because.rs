//! What libraries say of a fault, in both languages.

use super::Message;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::LazyLock;

#[derive(serde::Deserialize)]
struct Words {
    sentences: BTreeMap<String, String>,
    kinds: BTreeMap<String, String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("library_words.toml"))
        .unwrap_or_else(|_| Words { sentences: BTreeMap::new(), kinds: BTreeMap::new() })
});

impl Message {
    /// Adds why, in the words of the library that found it; those not known in Vietnamese are quoted.
    pub fn because(self, error: &dyn Display) -> Message {
        let said = said(error);
        Message { vi: format!("{}: {}", self.vi, said.vi), en: format!("{}: {}", self.en, said.en) }
    }
}

/// What a library says, in both languages.
pub fn said(error: &dyn Display) -> Message {
    let text = error.to_string();
    let text = text.trim();
    // Where it stands is said by whoever knows the file.
    let en = text.split_once(" at line ").map_or(text, |(words, _)| words);
    let vi = vietnamese(en).unwrap_or_else(|| format!("“{en}”"));
    Message { vi, en: en.replace("struct ", "a table ") }
}

/// The known value that was probably meant by one that serde does not know.
pub fn meant(said: &str) -> Option<String> {
    let (found, known) = said.strip_prefix("unknown variant ")?.split_once(", expected ")?;
    let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    super::text::nearest(found.trim_matches('`'), known).map(str::to_owned)
}

fn vietnamese(text: &str) -> Option<String> {
    if let Some(known) = WORDS.sentences.get(text) {
        return Some(known.clone());
    }
    for head in ["invalid type: ", "invalid value: ", "invalid length "] {
        if let Some(rest) = text.strip_prefix(head) {
            let (found, wanted) = rest.split_once(", expected ")?;
            return Some(format!("cần {}, gặp {}", kind(wanted), kind(found)));
        }
    }
    if let Some(name) = text.strip_prefix("missing field ") {
        return Some(format!("thiếu mục {}", quoted(name)));
    }
    if let Some(name) = text.strip_prefix("duplicate field ").or_else(|| text.strip_prefix("duplicate key: ")) {
        return Some(format!("mục {} đã có ở trên", quoted(name)));
    }
    for (head, words) in [("unknown variant ", "không có"), ("unknown field ", "không có mục")] {
        if let Some(rest) = text.strip_prefix(head) {
            let (found, known) = rest.split_once(", expected ")?;
            let known = known.strip_prefix("one of ").unwrap_or(known).replace(" or ", ", ").replace('`', "");
            return Some(format!("{words} {}; một trong: {known}", quoted(found)));
        }
    }
    // `unclosed array, expected …`
    let (sentence, wanted) = text.split_once(", expected ")?;
    let sentence = WORDS.sentences.get(sentence)?;
    let wanted: Vec<String> = wanted.split(", ").map(|one| kind(one.trim())).collect();
    Some(format!("{sentence}; cần {}", wanted.join(", ")))
}

/// A kind of value, or one with the value: `string "a"`.
fn kind(text: &str) -> String {
    if let Some(known) = WORDS.kinds.get(text) {
        return known.clone();
    }
    if text.starts_with("struct ") {
        return "một bảng { … }".to_owned();
    }
    let value = text.find(['`', '"']).map(|at| (text[..at].trim(), &text[at..]));
    match value {
        Some((kind, value)) if WORDS.kinds.contains_key(kind) => format!("{} {}", WORDS.kinds[kind], value.replace('`', "")),
        _ => text.replace('`', ""),
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.trim().trim_matches('`'))
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn what_libraries_say_is_said_in_vietnamese() {
        for (en, vi) in [
            ("key with no value, expected `=`", "mục không có giá trị; cần ="),
            ("invalid type: string \"a\", expected u32", "cần một số nguyên không âm, gặp chữ \"a\""),
            ("missing field `file`", "thiếu mục \"file\""),
            ("unknown variant `fr`, expected `vi` or `en`", "không có \"fr\"; một trong: vi, en"),
            ("EOF while parsing a list at line 3 column 4", "tệp hết giữa một danh sách"),
            ("invalid type: integer `3`, expected struct JoinKey", "cần một bảng { … }, gặp số 3"),
            ("zlib says no", "“zlib says no”"),
        ] {
            assert_eq!(said(&en).vi, vi);
        }
    }

    #[test]
    fn the_list_is_read() {
        assert!(super::WORDS.sentences.len() > 60 && super::WORDS.kinds.len() > 20);
    }
}

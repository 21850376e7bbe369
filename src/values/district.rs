//! Districts by the word before their name.

use super::text::{one_line, ordered};

/// Words before the name of a district, with their accents and as they are typed without any: "Huyền Hội" is a commune.
const WORDS: [&str; 12] =
    ["huyện ", "thị xã ", "thành phố ", "quận ", "tx ", "tx. ", "tp ", "tp. ", "huyen ", "thi xa ", "thanh pho ", "quan "];

/// Whether a text names a district: "Huyện Hồng Ngự", "II. TP. Cao Lãnh".
pub fn is_named(text: &str) -> bool {
    let bare = ordered(text).map_or(text, |(_, rest)| rest);
    let lower = one_line(bare).to_lowercase();
    WORDS.iter().any(|word| lower.starts_with(word))
}

#[cfg(test)]
mod tests {
    #[test]
    fn districts_are_told_by_their_word() {
        for text in ["Huyện Hồng Ngự", "II. Huyện Bến Cầu", "TP. Cao Lãnh", "HUYEN TAM NONG"] {
            assert!(super::is_named(text), "{text}");
        }
        for text in ["Huyền Hội", "Long Thuận", "xã Long Thuận", "Tpêng"] {
            assert!(!super::is_named(text), "{text}");
        }
    }
}

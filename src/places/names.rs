//! Commune names: what may differ between two spellings of one name.
//!
//! Accents are never dropped here: Mỹ Tho and Mỹ Thọ are two places.

use crate::values::text::normalise;

/// Words for the kind of unit, longest first.
const PREFIXES: [&str; 11] = ["thị trấn ", "đặc khu ", "phường ", "xã ", "tt. ", "tt ", "p. ", "x. ", "tt.", "p.", "x."];

/// A name in normal form C, lower case, one space between words, without the kind of unit before it.
pub fn key(name: &str) -> String {
    let lower = normalise(name).to_lowercase();
    let mut spaced = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    for prefix in PREFIXES {
        if let Some(rest) = spaced.strip_prefix(prefix)
            && !rest.trim().is_empty()
        {
            spaced = rest.trim().to_owned();
            break;
        }
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn spellings_of_one_name_share_a_key_and_other_names_do_not() {
        for name in ["Xã Long Khánh A", "X. Long Khánh A", "long  khánh a", "X.Long Khánh A"] {
            assert_eq!(key(name), "long khánh a", "{name}");
        }
        assert_ne!(key("Mỹ Tho"), key("Mỹ Thọ"));
        assert_eq!(key("Phường 3"), "3");
        assert_eq!(key("Xã"), "xã");
    }
}

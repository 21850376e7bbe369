//! Whether a word could be Vietnamese: an initial, a rhyme and at most one tone. This is what tells one old encoding from
//! another, since only the right one turns every word into a syllable.

use unicode_normalization::UnicodeNormalization;

const INITIALS: [&str; 27] = [
    "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p",
    "r", "s", "t", "v", "x",
];
const RHYMES: &str = " a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo \
ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh \
oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u \
ua uân uâng uât uây uc ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uynh uyt uyn uyp uêch uênh uê uêu \
uăng ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ynh yt ych yn êng iêng ênh ";

/// Whether a word, in any case, is a possible Vietnamese syllable.
pub fn is_syllable(word: &str) -> bool {
    let mut tones = 0;
    let mut last = '\0';
    let plain: String = word
        .to_lowercase()
        .nfd()
        .filter(|c| {
            let tone = matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
            tones += usize::from(tone);
            last = *c;
            !tone
        })
        .nfc()
        .collect();
    if tones > 1 || plain.is_empty() {
        return false;
    }
    let rhyme = |rest: &str| !rest.is_empty() && RHYMES.contains(&format!(" {rest} "));
    rhyme(&plain) || INITIALS.iter().any(|initial| plain.strip_prefix(initial).is_some_and(rhyme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_words_are_told_from_others() {
        for word in "Nông nghiệp huyện Hồng Ngự Thường Phước Quỳnh giếng gì quyết khuya Hoà thuở".split(' ')
        {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["n«ng", "nghiÖp", "boä", "hoïc", "Há»", "straße", "tĥ", "ngườì"] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}

//! Names to units: a ladder of ever looser comparisons. Each rung says what it forgave, a name that fits two units fits
//! none, and nothing is accepted on likeness alone.
//!
//! Accents are forgiven only where the text has none at all: Mỹ Tho and Mỹ Thọ are two places.

use super::aliases::Aliases;
use crate::values::text::{fold, nearest, normalise, ordered};
use hashbrown::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words for the kind of unit, longest first.
const PREFIXES: [&str; 22] = [
    "thành phố ",
    "thị trấn ",
    "đặc khu ",
    "phường ",
    "quận ",
    "huyện ",
    "thị xã ",
    "tỉnh ",
    "tp. ",
    "tp.",
    "tp ",
    "tx. ",
    "tx ",
    "xã ",
    "tt. ",
    "tt.",
    "tt ",
    "p. ",
    "x. ",
    "p.",
    "x.",
    "q. ",
];

/// How a name was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// It is the code
    Code,
    /// Letter for letter
    Exact,
    /// Same but for case, tone placement, i/y, hyphens, spaces, numerals, and the word for the kind of unit
    Spelling,
    /// A person said so
    Alias,
    /// Written without any accent, and only one unit reads so
    Unaccented,
    /// Part of an address, behind the word for its kind
    Address,
}

impl Rung {
    /// Name for people.
    pub fn name(self, lang: crate::values::Lang) -> &'static str {
        let (vi, en) = match self {
            Rung::Code => ("mã", "code"),
            Rung::Exact => ("đúng tên", "exact name"),
            Rung::Spelling => ("chính tả (dấu thanh, i/y, tiền tố)", "spelling (tone placement, i/y, prefix)"),
            Rung::Alias => ("tên gọi khác đã ghi", "recorded alias"),
            Rung::Unaccented => ("không dấu", "without accents"),
            Rung::Address => ("tên xã trong địa chỉ", "the commune of an address"),
        };
        lang.pick(vi, en)
    }
}

/// What the ladder found for a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One unit, by its index
    Unit(usize, Rung),
    /// Several units have this name
    Several(Vec<usize>),
    /// None; the likest are suggested
    Nothing(Vec<usize>),
}

/// Lower case, single blanks, without the kind of unit before it.
fn bare(name: &str) -> String {
    let lower = name.to_lowercase();
    let spaced = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    for prefix in PREFIXES {
        if let Some(rest) = spaced.strip_prefix(prefix)
            && !rest.trim().is_empty()
        {
            return rest.trim().to_owned();
        }
    }
    // P3, P.03
    match spaced.strip_prefix('p') {
        Some(digits) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => digits.to_owned(),
        _ => spaced,
    }
}

/// What is the same in all spellings of one name. Never shown.
pub fn key(name: &str) -> String {
    // The Icelandic letter looks like Đ and is typed for it.
    let name = normalise(name).replace('Ð', "Đ").replace('ð', "đ");
    spelled(&bare(&numerals(&words_apart(without_note(&name)))))
}

/// "Thường Lạc" of "Thường Lạc (*)".
fn without_note(name: &str) -> &str {
    let name = name.trim_end_matches(['¹', '²', '³', '⁴', '⁵', ' ']);
    let bare = name.trim_end_matches(['*', '(', ')', ' ']);
    if name[bare.len()..].contains('*') { bare } else { name }
}

/// As [`key`], with the kind of unit kept: tells Phường Hồng Ngự from Xã Hồng Ngự.
fn key_with_kind(name: &str) -> String {
    spelled(&numerals(&words_apart(&normalise(name))).to_lowercase())
}

/// Words that were written together: "Thường Thới HậuA" is Thường Thới Hậu A.
fn words_apart(name: &str) -> String {
    let mut apart = String::with_capacity(name.len() + 2);
    let mut before = ' ';
    for letter in name.chars() {
        if before.is_lowercase() && letter.is_uppercase() {
            apart.push(' ');
        }
        apart.push(letter);
        before = letter;
    }
    apart
}

/// A name without the mark of its order or the word that introduces it: "I. Xã A", "2) Xã A", "Địa bàn: Xã A".
fn unlabelled(name: &str) -> Option<&str> {
    const LABELS: [&str; 8] = ["địa bàn", "địa điểm", "xã", "phường", "đơn vị", "địa phương", "thị trấn", "nơi"];
    if let Some((label, rest)) = name.split_once(':') {
        return LABELS.contains(&label.trim().to_lowercase().as_str()).then(|| rest.trim()).filter(|rest| !rest.is_empty());
    }
    let (mark, rest) = ordered(name)?;
    // "X." alone is the word for a commune.
    let of_kind = || PREFIXES.iter().any(|prefix| prefix.ends_with(' ') && rest.to_lowercase().starts_with(prefix));
    (mark != "X" || of_kind()).then_some(rest)
}

/// The part of an address that names a commune: "xã Thường Lạc" of "Ấp 3, xã Thường Lạc, huyện Hồng Ngự". `None` of none or several.
fn of_address(text: &str) -> Option<&str> {
    const KINDS: [&str; 10] = ["xã ", "phường ", "thị trấn ", "tt. ", "tt.", "tt ", "p. ", "p.", "x. ", "x."];
    let is_commune = |part: &&str| {
        let lower = part.to_lowercase();
        KINDS.iter().any(|kind| lower.strip_prefix(kind).is_some_and(|rest| !rest.trim().is_empty()))
    };
    let mut parts = text.split([',', ';']).map(str::trim).filter(is_commune);
    let part = parts.next().filter(|part| part.len() < text.trim().len())?;
    parts.next().is_none().then_some(part)
}

/// The places of an address whose commune stands without the word for it, behind a hamlet: "Thường Lạc" of "Ấp 3, Thường Lạc".
fn behind_hamlet(text: &str) -> Vec<&str> {
    const HAMLETS: [&str; 9] = ["ấp ", "khóm ", "tổ ", "thôn ", "xóm ", "số ", "khu ", "bản ", "đường "];
    let mut parts = text.split([',', ';']).map(str::trim);
    let first = parts.next().unwrap_or_default().to_lowercase();
    if HAMLETS.iter().any(|kind| first.starts_with(kind)) { parts.filter(|part| !part.is_empty()).collect() } else { Vec::new() }
}

/// Roman numerals in capitals as digits: Thường Phước II is Thường Phước 2.
fn numerals(name: &str) -> String {
    const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut read: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    if let (Some(last), true) = (words.last(), words.len() >= 2)
        && let Some(value) = ROMAN.iter().position(|roman| roman == last)
    {
        read[words.len() - 1] = (value + 1).to_string();
    }
    read.join(" ")
}

fn spelled(lower: &str) -> String {
    let mut key = String::with_capacity(lower.len() + 8);
    for word in lower
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '.' | ',' | '\'' | '’' | '‘' | '`' | 'ʼ' | '"' | '“' | '”'))
    {
        if word.bytes().all(|b| b.is_ascii_digit()) {
            key.push_str(word.trim_start_matches('0'));
            continue;
        }
        // The tone goes to the end of its syllable, wherever it was written.
        let mut tone = None;
        let base: String = word
            .nfd()
            .filter(|&c| match c {
                '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => {
                    tone = Some(c);
                    false
                }
                _ => true,
            })
            .nfc()
            .collect();
        let letters: Vec<char> = base.chars().collect();
        let y_is_i = match letters[..] {
            [.., before, 'y'] => !"aeiouâăêôơưy".contains(before) || base == "quy",
            _ => false,
        };
        key.extend(letters.iter().take(letters.len() - usize::from(y_is_i)));
        if y_is_i {
            key.push('i');
        }
        key.extend(tone);
    }
    key
}

/// Whether a text has no Vietnamese mark at all.
fn is_unaccented(text: &str) -> bool {
    !text.nfd().any(|c| is_combining_mark(c) || matches!(c, 'đ' | 'Đ'))
}

fn folded(name: &str) -> String {
    fold(&key(name)).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Units with all the ways to name them.
pub struct Ladder<'a> {
    codes: &'a [String],
    names: &'a [String],
    parents: Vec<String>,
    rungs: [HashMap<(String, String), Vec<usize>>; 4],
    by_code: HashMap<&'a str, usize>,
    aliases: &'a Aliases,
}

const EXACT: usize = 0;
const KIND: usize = 1;
const SPELLING: usize = 2;
const FOLDED: usize = 3;

impl<'a> Ladder<'a> {
    /// Units by code and name; `parents` holds the province of each, or is empty.
    pub fn new(codes: &'a [String], names: &'a [String], parents: &[String], aliases: &'a Aliases) -> Ladder<'a> {
        let mut ladder = Ladder {
            codes,
            names,
            parents: (0..codes.len()).map(|unit| parents.get(unit).map_or_else(String::new, |name| key(name))).collect(),
            rungs: Default::default(),
            by_code: codes.iter().enumerate().map(|(unit, code)| (code.as_str(), unit)).collect(),
            aliases,
        };
        for (unit, name) in names.iter().enumerate() {
            let parent = ladder.parents[unit].clone();
            let forms = [normalise(name).into_owned(), key_with_kind(name), key(name), folded(name)];
            for (rung, form) in forms.into_iter().enumerate() {
                // With and without the province: a table may not have one.
                for parent in if parent.is_empty() { vec![String::new()] } else { vec![parent.clone(), String::new()] } {
                    ladder.rungs[rung].entry((parent, form.clone())).or_default().push(unit);
                }
            }
        }
        ladder
    }

    /// Climbs the ladder for a name, within a province if one is given.
    pub fn find(&self, parent: Option<&str>, name: &str) -> Found {
        let name = normalise(name);
        // Boundaries of one province need not name it.
        let known = self.parents.iter().any(|parent| !parent.is_empty());
        let parent = parent.filter(|_| known).map(key).unwrap_or_default();
        if parent.is_empty()
            && let Some(&unit) = self.by_code.get(&*name)
        {
            return Found::Unit(unit, Rung::Code);
        }
        // What a person decided stands above any likeness, an equal name included.
        if let Some(&unit) = self.aliases.find(&parent, &key(&name)).and_then(|code| self.by_code.get(code)) {
            return Found::Unit(unit, Rung::Alias);
        }
        let at = |rung: usize, form: String| self.rungs[rung].get(&(parent.clone(), form)).map_or(&[][..], Vec::as_slice);
        let mut several: Option<Vec<usize>> = None;
        for (rung, form, says) in [
            (EXACT, name.clone().into_owned(), Rung::Exact),
            (KIND, key_with_kind(&name), Rung::Spelling),
            (SPELLING, key(&name), Rung::Spelling),
        ] {
            match at(rung, form) {
                [] => {}
                &[unit] => return Found::Unit(unit, says),
                units => {
                    several.get_or_insert_with(|| units.to_vec());
                }
            }
        }
        if let Some(units) = several {
            return Found::Several(units);
        }
        if let Some(part) = of_address(&name) {
            return match self.find((!parent.is_empty()).then_some(&*parent), part) {
                Found::Unit(unit, _) => Found::Unit(unit, Rung::Address),
                other => other,
            };
        }
        let in_part = |part: &str| match self.find((!parent.is_empty()).then_some(&*parent), part) {
            Found::Unit(unit, Rung::Exact | Rung::Spelling) => Some(unit),
            _ => None,
        };
        if let [unit] = behind_hamlet(&name).into_iter().filter_map(in_part).collect::<Vec<_>>()[..] {
            return Found::Unit(unit, Rung::Address);
        }
        let alike = at(FOLDED, folded(&name));
        if alike.is_empty()
            && let Some(plain) = unlabelled(&name)
        {
            return self.find((!parent.is_empty()).then_some(&*parent), plain);
        }
        match alike {
            &[unit] if is_unaccented(&name) => Found::Unit(unit, Rung::Unaccented),
            [_, _, ..] if is_unaccented(&name) => Found::Several(alike.to_vec()),
            [] => Found::Nothing(self.suggest(&parent, &name)),
            _ => Found::Nothing(alike.to_vec()),
        }
    }

    /// The likest names within the province.
    fn suggest(&self, parent: &str, name: &str) -> Vec<usize> {
        let inside: Vec<usize> =
            (0..self.codes.len()).filter(|&unit| parent.is_empty() || self.parents[unit] == parent).take(5000).collect();
        let wanted = bare(name);
        let near = nearest(&wanted, inside.iter().map(|&unit| self.names[unit].as_str()));
        near.and_then(|near| inside.into_iter().find(|&unit| self.names[unit] == near)).into_iter().collect()
    }

    /// A unit as people read it: name and code.
    pub fn describe(&self, unit: usize) -> String {
        format!("{} ({})", self.names[unit], self.codes[unit])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(names: &[&str]) -> (Vec<String>, Vec<String>) {
        ((0..names.len()).map(|i| format!("{}", 100 + i)).collect(), names.iter().map(|name| (*name).to_owned()).collect())
    }

    #[test]
    fn spellings_of_one_name_share_a_key_and_other_names_do_not() {
        for name in ["Xã Long Khánh A", "X. Long Khánh A", "long  khánh a", "X.Long Khánh A"] {
            assert_eq!(key(name), key("Long Khánh A"), "{name}");
        }
        for (a, b) in [
            ("Hòa An", "Hoà An"),
            ("Phú Quí", "Phú Quý"),
            ("Mĩ Tho", "Mỹ Tho"),
            ("Bình Thủy", "Bình Thuỷ"),
            ("K'Dang", "K' Dang"),
            ("KDang", "K'Dang"),
            ("Ba-Tơ", "Ba Tơ"),
            ("Thường Phước II", "Thường Phước 2"),
            ("Phường 01", "P.1"),
            ("P3", "Phường 3"),
            ("Xã Ho\u{300}a An", "Hòa An"),
        ] {
            assert_eq!(key(a), key(b), "{a} / {b}");
        }
        for (a, b) in [("Mỹ Tho", "Mỹ Thọ"), ("Tân Thành", "Tân Thạnh"), ("Thúy", "Thúi"), ("Hòa", "Hóa"), ("Mai", "May")]
        {
            assert_ne!(key(a), key(b), "{a} / {b}");
        }
        assert_eq!(key("Xã"), "xa\u{303}", "a name that is only the word for a unit stays");
    }

    #[test]
    fn each_rung_forgives_what_it_says_and_no_more() {
        let (codes, names) = units(&["Mỹ Tho", "Mỹ Thọ", "Tân Thành", "Phường Hồng Ngự", "Xã Hồng Ngự", "Long Thuận"]);
        let mut aliases = Aliases::default();
        aliases.add("", "Long Thuận cũ", "105");
        let ladder = Ladder::new(&codes, &names, &[], &aliases);
        assert_eq!(ladder.find(None, "101"), Found::Unit(1, Rung::Code));
        assert_eq!(ladder.find(None, "Mỹ Tho"), Found::Unit(0, Rung::Exact));
        assert_eq!(ladder.find(None, "Phường Mĩ Thọ"), Found::Unit(1, Rung::Spelling));
        assert_eq!(ladder.find(None, "phường hồng ngự"), Found::Unit(3, Rung::Spelling));
        assert_eq!(ladder.find(None, "Hồng Ngự"), Found::Several(vec![3, 4]));
        assert_eq!(ladder.find(None, "Long Thuận Cũ"), Found::Unit(5, Rung::Alias));
        assert_eq!(ladder.find(None, "tan thanh"), Found::Unit(2, Rung::Unaccented));
        assert_eq!(ladder.find(None, "My Tho"), Found::Several(vec![0, 1]));
        assert_eq!(ladder.find(None, "Tân Thạnh"), Found::Nothing(vec![2]), "suggested, never taken");
    }

    #[test]
    fn a_province_tells_equal_names_apart() {
        let (codes, names) = units(&["Long Khánh", "Long Khánh"]);
        let parents = vec!["Tỉnh Đồng Tháp".to_owned(), "Tiền Giang".to_owned()];
        let aliases = Aliases::default();
        let ladder = Ladder::new(&codes, &names, &parents, &aliases);
        assert_eq!(ladder.find(Some("Đồng Tháp"), "X. Long Khánh"), Found::Unit(0, Rung::Spelling));
        assert_eq!(ladder.find(Some("tỉnh Tiền Giang"), "Long Khánh"), Found::Unit(1, Rung::Exact));
        assert_eq!(ladder.find(None, "Long Khánh"), Found::Several(vec![0, 1]));
    }
}

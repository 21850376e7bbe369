//! Vietnamese text in the encodings before Unicode, met as bytes or already turned into wrong letters.
//!
//! Sources: TCVN 5712:1993 (VN3, "ABC"); the VNI Windows two-letter encoding; Windows code page 1258.

use super::syllable::is_syllable;
use super::text::normalise;
use encoding_rs::{WINDOWS_1252, WINDOWS_1258};

/// An encoding older than Unicode, or a mistake made with Unicode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize)]
pub enum Legacy {
    /// TCVN3 (ABC), fonts .VnTime
    #[serde(rename = "tcvn3")]
    Tcvn3,
    /// VNI, fonts VNI-Times
    #[serde(rename = "vni")]
    Vni,
    /// Windows code page 1258
    #[serde(rename = "windows-1258")]
    Windows1258,
    /// UTF-8 that was once read as Windows-1252
    #[serde(skip)]
    Mojibake,
}

impl Legacy {
    /// Name for people.
    pub fn name(self) -> &'static str {
        match self {
            Legacy::Tcvn3 => "TCVN3 (ABC)",
            Legacy::Vni => "VNI",
            Legacy::Windows1258 => "Windows-1258",
            Legacy::Mojibake => "UTF-8 → Windows-1252",
        }
    }

    /// Turns letters that stand for bytes (as Windows-1252 or ISO 8859-1 shows them) into Vietnamese.
    pub fn convert(self, text: &str) -> String {
        let converted = match self {
            Legacy::Tcvn3 => text.chars().map(tcvn3).collect(),
            Legacy::Vni => vni(text),
            Legacy::Windows1258 | Legacy::Mojibake => {
                let Some(bytes) = latin_bytes(text) else { return text.to_owned() };
                if self == Legacy::Mojibake {
                    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
                } else {
                    WINDOWS_1258.decode_without_bom_handling(&bytes).0.into_owned()
                }
            }
        };
        normalise(&converted).into_owned()
    }
}

/// The bytes that Windows-1252 or ISO 8859-1 shows as these letters.
fn latin_bytes(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match u8::try_from(u32::from(c)) {
            Ok(byte) => bytes.push(byte),
            Err(_) => {
                let mut letter = [0; 4];
                let (encoded, _, lost) = WINDOWS_1252.encode(c.encode_utf8(&mut letter));
                match (lost, &encoded[..]) {
                    (false, [byte]) => bytes.push(*byte),
                    _ => return None,
                }
            }
        }
    }
    Some(bytes)
}

fn tcvn3(c: char) -> char {
    const FROM_A1: &str = "ĂÂÊÔƠƯĐăâêôơưđ";
    const FROM_B5: &str = "àảãáạ\u{ba}ằẳẵắ\u{bf}\u{c0}\u{c1}\u{c2}\u{c3}\u{c4}\u{c5}ặầẩẫấậè\u{cd}ẻẽéẹềểễếệìỉ\u{d9}\u{da}\u{db}ĩíịò\u{e0}ỏõóọồổỗốộờởỡớợù\u{f0}ủũúụừửữứựỳỷỹýỵ";
    let code = u32::from(c);
    match code {
        0xa1..=0xae => FROM_A1.chars().nth((code - 0xa1) as usize).unwrap_or(c),
        0xb5..=0xfe => FROM_B5.chars().nth((code - 0xb5) as usize).unwrap_or(c),
        _ => c,
    }
}

/// A letter followed by the letter that stands for its marks.
fn vni(text: &str) -> String {
    let mut converted = String::with_capacity(text.len());
    let mut base: Option<char> = None;
    for c in text.chars() {
        let lower = c.to_lowercase().next().unwrap_or(c);
        let upper = c != lower;
        let marks: Option<&str> = match (base, lower) {
            (Some('a' | 'e' | 'o' | 'u' | 'y' | 'ơ' | 'ư'), 'ø') => Some("\u{300}"),
            (Some('a' | 'e' | 'o' | 'u' | 'y' | 'ơ' | 'ư'), 'ù') => Some("\u{301}"),
            (Some('a' | 'e' | 'o' | 'u' | 'y' | 'ơ' | 'ư'), 'û') => Some("\u{309}"),
            (Some('a' | 'e' | 'o' | 'u' | 'y' | 'ơ' | 'ư'), 'õ') => Some("\u{303}"),
            (Some('a' | 'e' | 'o' | 'u' | 'ơ' | 'ư'), 'ï') => Some("\u{323}"),
            (Some('a' | 'e' | 'o'), 'â') => Some("\u{302}"),
            (Some('a' | 'e' | 'o'), 'à') => Some("\u{302}\u{300}"),
            (Some('a' | 'e' | 'o'), 'á') => Some("\u{302}\u{301}"),
            (Some('a' | 'e' | 'o'), 'å') => Some("\u{302}\u{309}"),
            (Some('a' | 'e' | 'o'), 'ã') => Some("\u{302}\u{303}"),
            (Some('a' | 'e' | 'o'), 'ä') => Some("\u{302}\u{323}"),
            (Some('a'), 'ê') => Some("\u{306}"),
            (Some('a'), 'è') => Some("\u{306}\u{300}"),
            (Some('a'), 'é') => Some("\u{306}\u{301}"),
            (Some('a'), 'ú') => Some("\u{306}\u{309}"),
            (Some('a'), 'ü') => Some("\u{306}\u{303}"),
            (Some('a'), 'ë') => Some("\u{306}\u{323}"),
            _ => None,
        };
        if let Some(marks) = marks {
            converted.push_str(marks);
            base = None;
            continue;
        }
        let letter = match lower {
            'ô' => 'ơ',
            'ö' => 'ư',
            'ñ' => 'đ',
            'æ' => 'ỉ',
            'ó' => 'ĩ',
            'ò' => 'ị',
            'î' => 'ỵ',
            other => other,
        };
        base = Some(letter);
        if upper { converted.extend(letter.to_uppercase()) } else { converted.push(letter) }
    }
    converted
}

/// Words with letters beyond ASCII.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_ascii_whitespace() || c == '\u{a0}' || (c.is_ascii() && !c.is_ascii_alphabetic()))
        .filter(|token| !token.is_ascii())
}

/// How many words with letters beyond ASCII are Vietnamese syllables, and how many there are.
fn fitting<'a>(texts: impl Iterator<Item = &'a str>, read: impl Fn(&str) -> String) -> (usize, usize) {
    let (mut fit, mut all) = (0, 0);
    for text in texts {
        let strange = tokens(text).count();
        // A token must be a syllable as a whole: "HÃ²a" holds "HÃ", which could be one.
        fit += tokens(&read(text)).filter(|token| is_syllable(token)).count().min(strange);
        all += strange;
    }
    (fit, all)
}

/// The encoding that turns (nearly) every strange word into a syllable, with (words that fit, words). `None` if the texts
/// read as Vietnamese already, or none does it clearly.
pub fn detect<'a>(texts: &[&'a str]) -> Option<(Legacy, usize, usize)> {
    let strange = || texts.iter().copied().filter(|text: &&'a str| !text.is_ascii());
    let (as_is, all) = fitting(strange(), str::to_owned);
    if all == 0 || 5 * as_is >= 4 * all {
        return None;
    }
    let mut scores: Vec<(usize, Legacy)> = [Legacy::Mojibake, Legacy::Tcvn3, Legacy::Vni, Legacy::Windows1258]
        .into_iter()
        .map(|legacy| (fitting(strange(), |text| legacy.convert(text)).0, legacy))
        .collect();
    scores.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let (best, legacy) = scores[0];
    let runner_up = scores[1].0.max(as_is);
    (5 * best >= 4 * all && best > runner_up && 10 * best >= 11 * runner_up).then_some((legacy, best, all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_encoding_is_told_by_its_syllables() {
        assert_eq!(Legacy::Tcvn3.convert("n«ng nghiÖp"), "nông nghiệp");
        assert_eq!(Legacy::Vni.convert("Boä Khoa hoïc"), "Bộ Khoa học");
        assert_eq!(Legacy::Vni.convert("Ñoàng Thaùp"), "Đồng Tháp");
        assert_eq!(Legacy::Mojibake.convert("Há»“ng Ngá»±"), "Hồng Ngự");
        assert_eq!(detect(&["n«ng nghiÖp"]).map(|found| found.0), Some(Legacy::Tcvn3));
        assert_eq!(detect(&["Boä Khoa hoïc"]).map(|found| found.0), Some(Legacy::Vni));
        assert_eq!(detect(&["Há»“ng Ngá»±"]).map(|found| found.0), Some(Legacy::Mojibake));
        assert_eq!(detect(&["Thường Phước", "Long Khánh A", "Ấp 1"]), None);
        assert_eq!(detect(&["Café", "Straße"]), None);
    }
}

//! What the bytes of texts mean where no one says so, or says it wrongly: the words decide, whatever the label.

use crate::values::legacy::{self, Legacy};
use encoding_rs::{Encoding, WINDOWS_1252};

/// How texts are written, for people, and how it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letters {
    /// Nothing outside of ASCII
    Ascii,
    /// UTF-8
    Utf8,
    /// An encoding before Unicode, told by the words
    Old(Legacy),
    /// What the file says
    Stated(&'static Encoding),
}

impl Letters {
    /// Finds how texts are written; `label` is what the file says.
    pub fn find<'a>(texts: impl Iterator<Item = &'a [u8]> + Clone, label: Option<&str>) -> Letters {
        let mut beyond = texts.filter(|text| !text.is_ascii()).peekable();
        if beyond.peek().is_none() {
            return Letters::Ascii;
        }
        let mut whole = beyond.clone().map(whole_letters);
        // A letter that is cut through proves nothing by itself: in other encodings it is one letter.
        let proved = beyond.clone().any(|text| whole_letters(text).is_some_and(|text| !text.is_ascii()));
        if proved && whole.all(|text| text.is_some()) {
            return Letters::Utf8;
        }
        let shown: Vec<String> = beyond.take(20_000).map(|text| WINDOWS_1252.decode(text).0.into_owned()).collect();
        let lines: Vec<&str> = shown.iter().map(String::as_str).collect();
        match legacy::detect(&lines) {
            Some((found, ..)) if found != Legacy::Mojibake => Letters::Old(found),
            _ => Letters::Stated(label.and_then(stated).unwrap_or(WINDOWS_1252)),
        }
    }

    /// A text in these letters.
    pub fn text(self, bytes: &[u8]) -> String {
        match self {
            Letters::Ascii => String::from_utf8_lossy(bytes).into_owned(),
            Letters::Utf8 => whole_letters(bytes).unwrap_or_default().to_owned(),
            Letters::Old(found) => {
                let shown = WINDOWS_1252.decode(bytes).0;
                if shown.is_ascii() { shown.into_owned() } else { found.convert(&shown) }
            }
            Letters::Stated(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Letters::Ascii | Letters::Utf8 => "UTF-8",
            Letters::Old(found) => found.name(),
            Letters::Stated(encoding) => encoding.name(),
        }
    }
}

/// The text of UTF-8 whose last letter may be cut through, as columns of fixed length do.
fn whole_letters(bytes: &[u8]) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&bytes[..error.valid_up_to()]).ok(),
        Err(_) => None,
    }
}

/// The encoding that a label such as `UTF-8`, `ANSI 1258`, `CP65001` or `1252` names.
fn stated(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().to_lowercase();
    let digits: String = label.chars().filter(char::is_ascii_digit).collect();
    let by_number = match digits.as_str() {
        "65001" => "utf-8".to_owned(),
        page if page.len() == 4 && page.starts_with("125") => format!("windows-{page}"),
        _ => label.clone(),
    };
    Encoding::for_label(label.as_bytes()).or_else(|| Encoding::for_label(by_number.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_decide_whatever_the_label() {
        let of = |texts: &[&[u8]], label| Letters::find(texts.iter().copied(), label);
        assert_eq!(of(&["Thường Lạc".as_bytes()], Some("ANSI 1252")), Letters::Utf8);
        // A letter cut through by the column's end is still UTF-8.
        assert_eq!(of(&["Thường Lạc".as_bytes(), &"Hồng Ngự".as_bytes()[..9]], None), Letters::Utf8);
        // "Th­êng L¹c" as TCVN3 bytes.
        let tcvn3: [&[u8]; 2] = [b"Th\xad\xeang L\xb9c", b"H\xe5ng Ng\xf9"];
        let found = of(&tcvn3, Some("1252"));
        assert_eq!(found, Letters::Old(Legacy::Tcvn3));
        assert_eq!(found.text(tcvn3[0]), "Thường Lạc");
        assert_eq!(of(&[b"caf\xe9"], Some("iso-8859-1")).text(b"caf\xe9"), "café");
        assert_eq!(of(&[b"An"], Some("UTF-8")), Letters::Ascii);
    }
}

//! Text files to UTF-8: what a file is written in is declared by its first bytes, or proved by the words it holds.

use super::Source;
use super::blocks::{bytes_of, whole};
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::legacy::{self, Legacy};
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::Read;

/// Bytes looked at before a file is taken for UTF-8.
const HEAD: u64 = 256 << 10;

/// The same file as UTF-8. Files that are so already are not touched; a fault found later in them comes back here
/// through [`converted`].
pub fn utf8(source: &Source, problems: &mut Problems) -> Result<Source> {
    let mut start = Vec::new();
    let (file, _) = bytes_of(source)?;
    file.take(HEAD).read_to_end(&mut start).map_err(|error| Fault::io(&source.path, &error))?;
    let broken = std::str::from_utf8(&start).err().is_some_and(|error| error.error_len().is_some());
    if !broken && !is_utf16(&start) { Ok(source.clone()) } else { converted(source, problems) }
}

/// Byte order marks, or every other byte zero.
fn is_utf16(bytes: &[u8]) -> bool {
    let marked = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let zeros = |odd: usize| bytes.iter().take(200).skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    marked || (bytes.len() >= 8 && !bytes.starts_with(b"PK") && zeros(0).max(zeros(1)) * 3 >= bytes.len().min(200))
}

/// Converts a whole file to UTF-8 and says from what.
pub fn converted(source: &Source, problems: &mut Problems) -> Result<Source> {
    let bytes = whole(source)?;
    let place = || Place::file(&source.name);
    let (text, name, evidence) = if is_utf16(&bytes) {
        let little = bytes.starts_with(b"\xff\xfe") || (!bytes.starts_with(b"\xfe\xff") && bytes.get(1) == Some(&0));
        let encoding = if little { UTF_16LE } else { UTF_16BE };
        let (text, _) = encoding.decode_with_bom_removal(&bytes);
        (
            text.into_owned(),
            encoding.name().to_owned(),
            message!("dấu thứ tự byte hoặc byte 0 xen kẽ", "a byte order mark or every other byte zero"),
        )
    } else {
        // Each byte as the letter that Windows-1252 shows for it; what the letters mean is told by the words.
        let (letters, _, _) = WINDOWS_1252.decode(&bytes);
        let lines: Vec<&str> = letters.lines().filter(|line| !line.is_ascii()).take(20_000).collect();
        match legacy::detect(&lines) {
            Some((found, fit, all)) if found != Legacy::Mojibake => {
                let text = letters.lines().map(|line| if line.is_ascii() { line.to_owned() } else { found.convert(line) });
                let text = text.collect::<Vec<_>>().join("\n");
                let evidence = message!(
                    "{fit}/{all} từ có dấu thành âm tiết tiếng Việt",
                    "{fit} of {all} words beyond ASCII become Vietnamese syllables"
                );
                (text, found.name().to_owned(), evidence)
            }
            _ => return Err(unknown(source, &bytes)),
        }
    };
    if text.contains('\u{fffd}') {
        let line = text.lines().position(|line| line.contains('\u{fffd}')).unwrap_or(0);
        let shown = text.lines().nth(line).unwrap_or("");
        return Err(Fault::new(
            "not-utf8",
            place().row(line as u64 + 1).value(shown),
            message!("{name} hỏng ở đây: \"{shown}\"", "broken {name} here: \"{shown}\""),
        ));
    }
    let (vi, en) = (evidence.vi, evidence.en);
    problems.info(
        "old-encoding",
        place().value(&name),
        message!("tệp viết bằng {name}, đổi sang Unicode ({vi})", "the file is in {name}, converted to Unicode ({en})"),
        None,
    );
    Ok(Source { content: Some(text.into_bytes().into()), ..source.clone() })
}

fn unknown(source: &Source, bytes: &[u8]) -> Fault {
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let line = bytes[..valid].iter().filter(|&&byte| byte == b'\n').count();
    let start = bytes[..valid].iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let end = bytes[valid..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |at| valid + at);
    let (shown, _, _) = WINDOWS_1252.decode(&bytes[start..end.min(start + 200)]);
    super::csv::encoding_fault(&source.name, line as u64 + 1, shown.trim())
}

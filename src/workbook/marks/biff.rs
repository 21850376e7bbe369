//! Marks of .xls: records of the workbook stream (MS-XLS 2.4).

use super::Marks;
use std::io::{Cursor, Read};

/// Bytes of a workbook stream that are looked through.
const MOST: u64 = 512 << 20;

mod record {
    pub const FORMULA: u16 = 0x0006;
    pub const EOF: u16 = 0x000a;
    pub const COLINFO: u16 = 0x007d;
    pub const BOUNDSHEET: u16 = 0x0085;
    pub const MULRK: u16 = 0x00bd;
    pub const XF: u16 = 0x00e0;
    pub const NUMBER: u16 = 0x0203;
    pub const ROW: u16 = 0x0208;
    pub const RK: u16 = 0x027e;
    pub const FORMAT: u16 = 0x041e;
}

/// Number formats that every file has, with a percent sign.
const OWN_PERCENT: [u16; 2] = [9, 10];

/// The marks of a sheet.
pub fn marks(bytes: &[u8], sheet: &str) -> Option<Marks> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let stream = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name))?;
    let mut text = Vec::new();
    file.open_stream(stream).ok()?.take(MOST).read_to_end(&mut text).ok()?;
    let (mut of_percent, mut styles, mut begin) = (OWN_PERCENT.to_vec(), Vec::new(), None);
    for (kind, data) in Records(&text) {
        match kind {
            record::FORMAT if short_text(data.get(2..)?, 2)?.contains('%') => of_percent.push(word(data, 0)?),
            record::XF => styles.push(word(data, 2)?),
            record::BOUNDSHEET if begin.is_none() && short_text(data.get(6..)?, 1)? == sheet => {
                begin = Some(u32::from_le_bytes(data.get(..4)?.try_into().ok()?) as usize);
            }
            record::EOF => break,
            _ => {}
        }
    }
    let is_percent = |style: u16| styles.get(usize::from(style)).is_some_and(|format| of_percent.contains(format));
    let mut found = Marks::default();
    let mut computed = false;
    for (kind, data) in Records(text.get(begin?..)?) {
        let at = || Some((u32::from(word(data, 0)?), u32::from(word(data, 2)?)));
        match kind {
            record::NUMBER | record::RK => found.percent.extend(at().filter(|_| word(data, 4).is_some_and(is_percent))),
            record::FORMULA => {
                found.percent.extend(at().filter(|_| word(data, 4).is_some_and(is_percent)));
                // An empty text: what `""` comes to, and what programs write that compute nothing.
                match (data.get(6), data.get(12..14)) {
                    (Some(3), Some([0xff, 0xff])) => found.uncomputed.extend(at()),
                    _ => computed = true,
                }
            }
            record::MULRK => {
                let (row, first) = at()?;
                for (number, cell) in data.get(4..data.len().saturating_sub(2))?.chunks_exact(6).enumerate() {
                    found.percent.extend(word(cell, 0).filter(|style| is_percent(*style)).map(|_| (row, first + number as u32)));
                }
            }
            record::ROW if word(data, 12)? & 0x20 != 0 => found.hidden_rows.push(u32::from(word(data, 0)?) + 1),
            record::COLINFO if word(data, 8)? & 1 != 0 => {
                found.hidden_columns.push((u32::from(word(data, 0)?), u32::from(word(data, 2)?)));
            }
            record::EOF => break,
            _ => {}
        }
    }
    if computed {
        found.uncomputed.clear();
    }
    Some(found)
}

/// Records of a stream, as kind and data.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (word(self.0, 0)?, usize::from(word(self.0, 2)?));
        let data = self.0.get(4..4 + length)?;
        self.0 = &self.0[4 + length..];
        Some((kind, data))
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

/// A text behind its count of letters, of one or two bytes, and a sign whether letters have two bytes each.
fn short_text(bytes: &[u8], of_count: usize) -> Option<String> {
    let count = if of_count == 1 { usize::from(*bytes.first()?) } else { usize::from(word(bytes, 0)?) };
    let wide = bytes.get(of_count)? & 1 == 1;
    let letters = bytes.get(of_count + 1..)?;
    Some(if wide {
        let units: Vec<u16> =
            letters.get(..2 * count)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    } else {
        letters.get(..count)?.iter().map(|byte| char::from(*byte)).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_one_and_two_bytes_are_read() {
        assert_eq!(short_text(b"\x02\x00T1", 1).as_deref(), Some("T1"));
        assert_eq!(short_text(b"\x02\x00\x01T\x00\xa1\x1e", 2).as_deref(), Some("T\u{1ea1}"));
        assert_eq!(short_text(b"\x05\x00T", 1), None);
        assert_eq!(Records(b"\x0a\x00\x00\x00\x06").collect::<Vec<_>>(), [(record::EOF, &b""[..])]);
    }
}

//! The table of a Shapefile (dBASE III and IV) with its texts as they stand.
//!
//! Kept to the letter: long codes in columns of numbers keep every digit, a row marked as deleted keeps its place beside its
//! shape, and a cell that is no number stops nothing; what the letters mean is told by all of them together ([`super::letters`]).

/// Columns and rows, cells still in bytes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dbf {
    /// Names of the columns
    pub names: Vec<Vec<u8>>,
    /// Cells by row
    pub rows: Vec<Vec<Vec<u8>>>,
    /// Rows that the header promises
    pub promised: usize,
    /// Columns of a type that is not read, with the letter of their type
    pub unread: Vec<(Vec<u8>, char)>,
}

struct Field {
    name: Vec<u8>,
    kind: u8,
    start: usize,
    length: usize,
}

/// Reads a table; `None` if the bytes are none. A table that is cut short has fewer rows than it promises.
pub fn read(bytes: &[u8]) -> Option<Dbf> {
    const FIELD: usize = 32;
    let short = |at: usize| Some(usize::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    let promised = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
    let (header, length) = (short(8)?, short(10)?);
    if header < FIELD + 1 || length < 1 {
        return None;
    }
    let mut fields: Vec<Field> = Vec::new();
    let mut at = FIELD;
    let mut start = 1;
    while at + FIELD <= header && *bytes.get(at)? != 0x0d {
        let field = bytes.get(at..at + FIELD)?;
        let name = field[..11].split(|&byte| byte == 0).next().unwrap_or_default().to_vec();
        let kind = field[11].to_ascii_uppercase();
        // Texts longer than a byte can say have the rest where numbers have their places.
        let length = usize::from(field[16]) + if kind == b'C' { 256 * usize::from(field[17]) } else { 0 };
        fields.push(Field { name, kind, start, length });
        start += length;
        at += FIELD;
    }
    if start > length {
        return None;
    }
    let is_read = |field: &Field| matches!(field.kind, b'C' | b'N' | b'F' | b'D' | b'L' | b'I' | b'+' | b'O' | b'B');
    let rows = bytes.get(header..)?.chunks_exact(length).take(promised);
    let cells = |row: &[u8]| fields.iter().filter(|field| is_read(field)).map(|field| cell(row, field)).collect();
    Some(Dbf {
        rows: rows.map(cells).collect(),
        promised,
        unread: fields.iter().filter(|field| !is_read(field)).map(|field| (field.name.clone(), char::from(field.kind))).collect(),
        names: fields.iter().filter(|field| is_read(field)).map(|field| field.name.clone()).collect(),
    })
}

fn cell(row: &[u8], field: &Field) -> Vec<u8> {
    let raw = &row[field.start..field.start + field.length];
    let binary = |number: Option<String>| number.unwrap_or_default().into_bytes();
    match field.kind {
        b'I' | b'+' => return binary(raw.try_into().ok().map(|bytes| i32::from_le_bytes(bytes).to_string())),
        b'O' | b'B' => return binary(raw.try_into().ok().map(|bytes| f64::from_le_bytes(bytes).to_string())),
        _ => {}
    }
    let is_padding = |byte: &u8| *byte == b' ' || *byte == 0;
    let start = raw.iter().position(|byte| !is_padding(byte)).unwrap_or(raw.len());
    let end = raw.iter().rposition(|byte| !is_padding(byte)).map_or(start, |last| last + 1);
    let text = &raw[start..end];
    match field.kind {
        b'N' | b'F' => number(text),
        b'D' if text.iter().all(|byte| *byte == b'0') => Vec::new(),
        b'D' if text.len() == 8 && text.iter().all(u8::is_ascii_digit) => {
            [&text[..4], b"-", &text[4..6], b"-", &text[6..]].concat()
        }
        b'L' if text == b"?" => Vec::new(),
        _ => text.to_vec(),
    }
}

/// A number without the zeros that its column adds: a code kept as a number reads as a code.
fn number(text: &[u8]) -> Vec<u8> {
    if text.iter().any(|byte| matches!(byte, b'e' | b'E')) {
        let parsed = std::str::from_utf8(text).ok().and_then(|text| text.parse::<f64>().ok());
        return parsed.map_or_else(|| text.to_vec(), |number| number.to_string().into_bytes());
    }
    if !text.contains(&b'.') {
        return text.to_vec();
    }
    let end = text.iter().rposition(|byte| *byte != b'0').map_or(0, |last| last + 1);
    text[..end].strip_suffix(b".").unwrap_or(&text[..end]).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table as the format's description has it: MA N(12,3), TEN C(5), NGAY D.
    fn table(rows: &[&[u8]]) -> Vec<u8> {
        let mut bytes = vec![3, 126, 1, 1];
        bytes.extend((rows.len() as u32).to_le_bytes());
        bytes.extend((32u16 + 3 * 32 + 1).to_le_bytes());
        bytes.extend((1u16 + 12 + 5 + 8).to_le_bytes());
        bytes.resize(32, 0);
        for (name, kind, length) in [("MA", b'N', 12), ("TEN", b'C', 5), ("NGAY", b'D', 8)] {
            let mut field = name.as_bytes().to_vec();
            field.resize(11, 0);
            field.extend([kind, 0, 0, 0, 0, length]);
            field.resize(32, 0);
            bytes.extend(field);
        }
        bytes.push(0x0d);
        rows.iter().for_each(|row| bytes.extend(*row));
        bytes
    }

    #[test]
    fn cells_are_texts_and_deleted_rows_stay() {
        let bytes = table(&[b"    30169.000H\xf2a\0 20240405", b"*123456789012\xa0A   00000000"]);
        let read = read(&bytes).expect("a table");
        assert_eq!(read.names, [b"MA".to_vec(), b"TEN".to_vec(), b"NGAY".to_vec()]);
        assert_eq!(read.rows[0], [b"30169".to_vec(), b"H\xf2a".to_vec(), b"2024-04-05".to_vec()]);
        assert_eq!(read.rows.len(), 2);
        assert_eq!(read.rows[1], [b"123456789012".to_vec(), b"\xa0A".to_vec(), Vec::new()]);
    }

    #[test]
    fn what_is_cut_short_is_short() {
        let bytes = table(&[b"    30169.000Hoa  20240405", b"    30170.000An   20240405"]);
        for end in 0..bytes.len() {
            if let Some(read) = read(&bytes[..end]) {
                assert!(read.rows.len() < 2 && read.promised == 2, "{end}");
            }
        }
    }
}

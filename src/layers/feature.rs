//! One GeoJSON feature as nearly every program writes it, read in a single pass over its bytes.
//!
//! Coordinates are most of a file, and a general JSON parser spends more on each than everything after it. Here a number
//! of up to fifteen digits takes one exact division (Clinger, *How to read floating point numbers accurately*, 1990).
//! Whatever is out of the ordinary (escapes, nested properties, empty arrays, anything wrong) is left to the complete
//! parser in [`super::geojson`], which then reads the feature from its beginning; both give the same layer, as
//! `tests/properties.rs` checks.

use super::geojson::Chunk;
use super::geometry::{Flaw, Geometry, end_ring};
use super::layer::Shapes;
use memchr::memchr2;
use std::ops::Range;

/// A wanted property: the index of its column and its text.
pub(super) type Cell = (usize, CellText);

/// Text of a cell, in the feature's own bytes where it stands there.
pub(super) enum CellText {
    Null,
    Within(Range<usize>),
    Written(String),
}

/// Reads a feature into the row after the part's last one. `None`, with nothing left behind but empty columns, if the
/// complete parser must read it; else why it has no usable polygon, if so. `cells` is only lent, against allocations.
pub(super) fn read(text: &str, part: &mut Chunk, open: bool, cells: &mut Vec<Cell>) -> Option<Option<Flaw>> {
    cells.clear();
    let mut found = Geometry::default();
    let mut cursor = Cursor { bytes: text.as_bytes(), at: 0 };
    if cursor.feature(part, open, cells, &mut found).is_none() {
        part.shapes.abandon_shape();
        return None;
    }
    for (column, cell) in cells.iter() {
        let column = &mut part.columns[*column];
        if column.codes.len() == part.rows {
            column.push(match cell {
                CellText::Null => "",
                CellText::Within(range) => &text[range.clone()],
                CellText::Written(text) => text,
            });
        }
    }
    Some(found.flaw)
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    /// The next byte past white space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        loop {
            match *self.bytes.get(self.at)? {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return Some(byte),
            }
        }
    }

    #[inline]
    fn expect(&mut self, wanted: u8) -> Option<()> {
        (self.peek()? == wanted).then(|| self.at += 1)
    }

    /// Past a comma (true) or the closing sign (false).
    #[inline]
    fn more(&mut self, close: u8) -> Option<bool> {
        let byte = self.peek()?;
        self.at += 1;
        match byte {
            b',' => Some(true),
            byte if byte == close => Some(false),
            _ => None,
        }
    }

    fn literal(&mut self, word: &[u8]) -> Option<()> {
        self.bytes[self.at..].starts_with(word).then(|| self.at += word.len())
    }

    /// Inside of a string without escapes and control characters.
    fn string(&mut self) -> Option<Range<usize>> {
        self.expect(b'"')?;
        let start = self.at;
        let end = start + memchr2(b'"', b'\\', &self.bytes[start..])?;
        if self.bytes[end] == b'\\' || self.bytes[start..end].iter().any(|&byte| byte < b' ') {
            return None;
        }
        self.at = end + 1;
        Some(start..end)
    }

    fn feature(&mut self, part: &mut Chunk, open: bool, cells: &mut Vec<Cell>, found: &mut Geometry) -> Option<()> {
        let mut seen = [false; 3];
        self.expect(b'{')?;
        loop {
            let name = self.string()?;
            self.expect(b':')?;
            let member = match &self.bytes[name] {
                b"type" => {
                    let kind = self.string()?;
                    (&self.bytes[kind] == b"Feature").then_some(0)?
                }
                b"properties" => {
                    self.properties(part, open, cells)?;
                    1
                }
                b"geometry" => {
                    self.geometry(&mut part.shapes, found)?;
                    2
                }
                _ => return None,
            };
            if std::mem::replace(&mut seen[member], true) {
                return None;
            }
            if !self.more(b'}')? {
                break;
            }
        }
        (seen == [true; 3] && self.at == self.bytes.len()).then_some(())
    }

    fn properties(&mut self, part: &mut Chunk, open: bool, cells: &mut Vec<Cell>) -> Option<()> {
        self.expect(b'{')?;
        for position in 0.. {
            let name = self.string()?;
            self.expect(b':')?;
            let name = std::str::from_utf8(&self.bytes[name]).ok()?;
            let column = part.column_of(name, open, position);
            let cell = self.value()?;
            if let Some(column) = column {
                cells.push((column, cell));
            }
            if !self.more(b'}')? {
                break;
            }
        }
        Some(())
    }

    fn value(&mut self) -> Option<CellText> {
        match self.peek()? {
            b'"' => self.string().map(CellText::Within),
            b'n' => self.literal(b"null").map(|()| CellText::Null),
            b't' => self.literal(b"true").map(|()| CellText::Written("true".to_owned())),
            b'f' => self.literal(b"false").map(|()| CellText::Written("false".to_owned())),
            _ => {
                let range = self.number()?;
                let digits = std::str::from_utf8(&self.bytes[range.clone()]).ok()?;
                let whole = digits.parse::<u64>().is_ok() || digits.parse::<i64>().is_ok();
                if whole && digits != "-0" {
                    return Some(CellText::Within(range));
                }
                let number: f64 = digits.parse().ok()?;
                number.is_finite().then(|| CellText::Written(number.to_string()))
            }
        }
    }

    /// Extent of a number as JSON writes them.
    fn number(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        let digits = |at: &mut usize| {
            let from = *at;
            while self.bytes.get(*at).is_some_and(u8::is_ascii_digit) {
                *at += 1;
            }
            *at - from
        };
        let mut at = start + usize::from(self.bytes.get(start) == Some(&b'-'));
        let whole = at;
        let count = digits(&mut at);
        if count == 0 || (count > 1 && self.bytes[whole] == b'0') {
            return None;
        }
        if self.bytes.get(at) == Some(&b'.') {
            at += 1;
            (digits(&mut at) > 0).then_some(())?;
        }
        if matches!(self.bytes.get(at), Some(b'e' | b'E')) {
            at += 1;
            at += usize::from(matches!(self.bytes.get(at), Some(b'+' | b'-')));
            (digits(&mut at) > 0).then_some(())?;
        }
        self.at = at;
        Some(start..at)
    }

    fn geometry(&mut self, shapes: &mut Shapes, found: &mut Geometry) -> Option<()> {
        self.expect(b'{')?;
        let (mut kind, mut height) = (None, None);
        loop {
            let name = self.string()?;
            self.expect(b':')?;
            match &self.bytes[name] {
                b"type" if kind.is_none() => kind = Some(self.string()?),
                b"coordinates" if height.is_none() => height = Some(self.coordinates(shapes, found)?),
                _ => return None,
            }
            if !self.more(b'}')? {
                break;
            }
        }
        match (&self.bytes[kind?], height?) {
            (b"Polygon", 2) | (b"MultiPolygon", 3) => Some(()),
            _ => None,
        }
    }

    /// Arrays of positions, and the levels of arrays above a position.
    fn coordinates(&mut self, shapes: &mut Shapes, found: &mut Geometry) -> Option<u8> {
        self.expect(b'[')?;
        let inside = self.at;
        self.expect(b'[')?;
        self.expect(b'[')?;
        let multi = self.peek()? == b'[';
        self.at = inside;
        if !multi {
            self.polygon(shapes, found)?;
            return Some(2);
        }
        loop {
            self.expect(b'[')?;
            self.polygon(shapes, found)?;
            if !self.more(b']')? {
                return Some(3);
            }
        }
    }

    /// Rings up to the end of their array.
    fn polygon(&mut self, shapes: &mut Shapes, found: &mut Geometry) -> Option<()> {
        loop {
            self.ring(shapes)?;
            end_ring(shapes, found);
            if !self.more(b']')? {
                shapes.end_polygon();
                return Some(());
            }
        }
    }

    fn ring(&mut self, shapes: &mut Shapes) -> Option<()> {
        self.expect(b'[')?;
        loop {
            self.expect(b'[')?;
            let x = self.coordinate()?;
            self.expect(b',')?;
            let y = self.coordinate()?;
            while self.more(b']')? {
                self.coordinate()?;
            }
            shapes.push_position([x, y]);
            if !self.more(b']')? {
                return Some(());
            }
        }
    }

    #[inline]
    fn coordinate(&mut self) -> Option<f64> {
        self.peek()?;
        let start = self.at;
        let mut at = start;
        let negative = self.bytes[at] == b'-';
        at += usize::from(negative);
        let first = at;
        let mut mantissa = 0u64;
        let mut point = None;
        while let Some(&byte) = self.bytes.get(at) {
            match byte {
                b'0'..=b'9' => mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(byte - b'0')),
                b'.' if point.is_none() => point = Some(at),
                _ => break,
            }
            at += 1;
        }
        let whole = point.unwrap_or(at) - first;
        let fraction = point.map_or(0, |point| at - point - 1);
        let ordinary = whole > 0
            && (whole == 1 || self.bytes[first] != b'0')
            && (fraction > 0 || point.is_none())
            && whole + fraction <= 15
            && !matches!(self.bytes.get(at), Some(b'e' | b'E'));
        if ordinary {
            self.at = at;
            // Both are exact in a double (below 2⁵³, at most 10²²), so one division rounds once: the nearest number.
            let number = mantissa as f64 / TENS[fraction];
            return Some(if negative { -number } else { number });
        }
        let range = self.number()?;
        let number: f64 = std::str::from_utf8(&self.bytes[range]).ok()?.parse().ok()?;
        number.is_finite().then_some(number)
    }
}

const TENS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

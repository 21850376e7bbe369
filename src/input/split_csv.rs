//! Where one CSV record ends and the next begins, quoted line breaks respected.

use super::blocks::Split;
use crate::message;
use crate::run::{Fault, Place, Result};
use memchr::{memchr, memrchr};
use std::ops::Range;

/// Bytes that one thread parses at a time.
const SPAN: usize = 128 << 10;
/// A record longer than this is a quote that never closes.
const LONGEST_RECORD: usize = 64 << 20;

/// Records of a block.
pub(super) struct Records {
    pub range: Range<usize>,
    /// Whether the first one holds the headings
    pub first: bool,
    /// Whether no quote stands in the whole block, so that every line is a record and every delimiter ends a cell
    pub plain: bool,
}

/// Cuts CSV text at record borders.
pub(super) struct SplitCsv {
    pub file: String,
    pub delimiter: u8,
    /// Whether a span was cut already
    pub started: bool,
}

impl Split for SplitCsv {
    type Span = Records;

    fn size(span: &Records) -> usize {
        span.range.len()
    }

    fn split(&mut self, bytes: &[u8], end: bool) -> Result<(Vec<Records>, usize)> {
        let plain = memchr(b'"', bytes).is_none();
        let borders = if plain { plain_borders(bytes, end) } else { quoted_borders(bytes, self.delimiter, end) };
        let used = borders.last().copied().unwrap_or(0);
        if used == 0 && bytes.len() > LONGEST_RECORD {
            return Err(Fault::new(
                "open-quote",
                Place::file(&self.file).row(1),
                message!(
                    "dòng bắt đầu ở đây dài quá 64 MB: dấu ngoặc kép mở ra mà không đóng",
                    "the row that begins here is longer than 64 MB: a quote opens and never closes"
                ),
            ));
        }
        let mut start = 0;
        let mut spans = Vec::with_capacity(borders.len());
        for border in borders {
            spans.push(Records { range: start..border, first: !std::mem::replace(&mut self.started, true), plain });
            start = border;
        }
        Ok((spans, used))
    }
}

fn plain_borders(bytes: &[u8], end: bool) -> Vec<usize> {
    let mut borders = Vec::new();
    let mut start = 0;
    while bytes.len() - start > SPAN {
        match memchr(b'\n', &bytes[start + SPAN..]) {
            Some(offset) => start += SPAN + offset + 1,
            None => break,
        }
        borders.push(start);
    }
    let last = if end { Some(bytes.len()) } else { memrchr(b'\n', &bytes[start..]).map(|offset| start + offset + 1) };
    borders.extend(last.filter(|&last| last > start));
    borders
}

/// A quote opens only at the start of a cell, as the parser has it; elsewhere it is an ordinary character.
fn quoted_borders(bytes: &[u8], delimiter: u8, end: bool) -> Vec<usize> {
    let mut borders = Vec::new();
    let (mut span_start, mut last_record) = (0, 0);
    let (mut inside, mut cell_start) = (false, true);
    let mut i = 0;
    while i < bytes.len() {
        let byte = bytes[i];
        if inside {
            match memchr(b'"', &bytes[i..]) {
                None => break,
                Some(offset) if bytes.get(i + offset + 1) == Some(&b'"') => i += offset + 1,
                Some(offset) => {
                    i += offset;
                    inside = false;
                }
            }
            cell_start = false;
        } else if byte == b'"' && cell_start {
            inside = true;
        } else {
            cell_start = byte == delimiter || byte == b'\n' || byte == b'\r';
            if byte == b'\n' {
                last_record = i + 1;
                if last_record - span_start > SPAN {
                    borders.push(last_record);
                    span_start = last_record;
                }
            }
        }
        i += 1;
    }
    let last = if end { bytes.len() } else { last_record };
    if last > span_start {
        borders.push(last);
    }
    borders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_line_break_is_not_a_border() {
        assert_eq!(quoted_borders(b"a,\"x\ny\"\nb,2\nc", b',', false), [12]);
        assert_eq!(quoted_borders(b"a,\"x\"\"\ny\"\nb", b',', false), [10]);
        assert_eq!(quoted_borders(b"a,5\" pipe\nb", b',', false), [10]);
        assert_eq!(quoted_borders(b"a,\"x\ny", b',', false), [0usize; 0]);
        assert_eq!(plain_borders(b"a\nb\nc", false), [4]);
        assert_eq!(plain_borders(b"a\nb\nc", true), [5]);
    }
}

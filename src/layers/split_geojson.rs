//! Where one GeoJSON feature ends and the next begins, in a collection, a bare feature or newline-delimited text.

use crate::input::blocks::Split;
use crate::message;
use crate::run::{Fault, Place, Result};
use memchr::{memchr2, memchr3};
use std::ops::Range;

/// Bytes of features that one thread parses at a time.
const SPAN: usize = 128 << 10;
/// What stands around the features is kept up to this size.
const LONGEST_HEADER: usize = 16 << 20;

/// Consecutive features of a block.
pub(super) struct Features {
    pub ranges: Vec<Range<usize>>,
    /// Index of the first, 0-based, in the whole file
    pub first: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Between top-level objects
    Top,
    /// Inside the `features` array of a collection
    Array,
    /// Inside a collection, past its array
    Tail,
}

/// Cuts GeoJSON text into features.
pub(super) struct SplitGeoJson {
    file: String,
    state: State,
    features: u64,
    /// Text around the `features` arrays, itself valid JSON for one collection
    pub header: Vec<u8>,
    started: bool,
}

impl SplitGeoJson {
    pub fn new(file: &str) -> SplitGeoJson {
        SplitGeoJson { file: file.to_owned(), state: State::Top, features: 0, header: Vec::new(), started: false }
    }

    fn fault(&self, code: &'static str, message: crate::values::Message) -> Fault {
        Fault::new(code, Place::file(&self.file).row(self.features + 1), message)
    }

    fn keep_header(&mut self, bytes: &[u8]) {
        if self.header.len() + bytes.len() <= LONGEST_HEADER {
            self.header.extend_from_slice(bytes);
        }
    }
}

impl Split for SplitGeoJson {
    type Span = Features;

    fn size(span: &Features) -> usize {
        span.ranges.iter().map(Range::len).sum()
    }

    fn split(&mut self, bytes: &[u8], end: bool) -> Result<(Vec<Features>, usize)> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        let mut used = 0;
        let mut at = 0;
        if !self.started {
            self.started = true;
            at = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
            used = at;
            if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
                let message = message!("chữ trong tệp là UTF-16, cần UTF-8", "the text is UTF-16, expected UTF-8");
                return Err(self.fault("not-utf8", message));
            }
        }
        while let Some(&byte) = bytes.get(at) {
            match (self.state, byte) {
                (_, b' ' | b'\n' | b'\r' | b'\t' | 0x1e) => at += 1,
                (State::Array, b',') => at += 1,
                (State::Array, b']') => {
                    at += 1;
                    self.keep_header(b"]");
                    self.state = State::Tail;
                }
                (State::Array, b'{') => match object_end(bytes, at) {
                    Some(stop) => {
                        ranges.push(at..stop);
                        at = stop;
                    }
                    None => break,
                },
                (State::Tail, _) => match tail_end(bytes, at) {
                    Some(stop) => {
                        self.keep_header(&bytes[at..stop]);
                        at = stop;
                        self.state = State::Top;
                    }
                    None => break,
                },
                (State::Top, b'{') => match features_array(bytes, at) {
                    Found::Array(inside) => {
                        self.header.clear();
                        self.keep_header(&bytes[at..inside]);
                        at = inside;
                        self.state = State::Array;
                    }
                    Found::End(stop) => {
                        ranges.push(at..stop);
                        at = stop;
                    }
                    Found::Nothing => break,
                },
                _ => {
                    let found = String::from_utf8_lossy(&bytes[at..bytes.len().min(at + 20)]).into_owned();
                    let message = message!(
                        "đây không phải GeoJSON: gặp \"{found}\" ở chỗ cần {{…}}",
                        "this is not GeoJSON: found \"{found}\" where an object {{…}} was expected"
                    );
                    return Err(self.fault("not-geojson", message));
                }
            }
            used = at;
        }
        if end && (used < bytes.len() || self.state != State::Top) {
            self.features += ranges.len() as u64;
            let message = message!(
                "tệp bị cắt cụt: kết thúc giữa chừng ở hình này",
                "the file is cut short: it ends in the middle of this feature"
            );
            return Err(self
                .fault("truncated", message)
                .hint(message!("chép hoặc xuất lại tệp", "copy or export the file again")));
        }
        let mut spans: Vec<Features> = Vec::new();
        let mut size = usize::MAX;
        for range in ranges {
            let length = range.len();
            match spans.last_mut() {
                Some(span) if size + length <= SPAN => {
                    span.ranges.push(range);
                    size += length;
                }
                _ => {
                    spans.push(Features { ranges: vec![range], first: self.features });
                    size = length;
                }
            }
            self.features += 1;
        }
        Ok((spans, used))
    }
}

/// End of the string that opens at `start`, past its closing quote.
fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        at += memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at + 1);
        }
        at += 2;
    }
}

/// End of the object that opens at `start`. Coordinates hold no quotes and no braces and are leapt over.
fn object_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0usize;
    let mut at = start;
    loop {
        at += memchr3(b'"', b'{', b'}', bytes.get(at..)?)?;
        match bytes[at] {
            b'"' => at = string_end(bytes, at)?,
            b'{' => {
                depth += 1;
                at += 1;
            }
            _ => {
                depth = depth.saturating_sub(1);
                at += 1;
                if depth == 0 {
                    return Some(at);
                }
            }
        }
    }
}

/// End of a collection whose `features` array has been read.
fn tail_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut depth = 1usize;
    let mut at = start;
    loop {
        at += memchr3(b'"', b'{', b'}', bytes.get(at..)?)?;
        match bytes[at] {
            b'"' => at = string_end(bytes, at)?,
            b'{' => {
                depth += 1;
                at += 1;
            }
            _ => {
                depth -= 1;
                at += 1;
                if depth == 0 {
                    return Some(at);
                }
            }
        }
    }
}

enum Found {
    /// A `features` array, position past its bracket
    Array(usize),
    /// No such member; position past the object
    End(usize),
    /// The block ends first
    Nothing,
}

/// Looks for a member `features` of the object that opens at `start`; one deeper inside does not count.
fn features_array(bytes: &[u8], start: usize) -> Found {
    let mut depth = 0usize;
    let mut at = start;
    let skip_space = |mut at: usize| {
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        at
    };
    while let Some(offset) = bytes.get(at..).and_then(|rest| memchr3(b'"', b'{', b'}', rest)) {
        at += offset;
        match bytes[at] {
            b'"' => {
                let Some(stop) = string_end(bytes, at) else { return Found::Nothing };
                if depth == 1 && &bytes[at..stop] == b"\"features\"" {
                    let colon = skip_space(stop);
                    let bracket = skip_space(colon + 1);
                    match (bytes.get(colon), bytes.get(bracket)) {
                        (Some(b':'), Some(b'[')) => return Found::Array(bracket + 1),
                        (Some(b':') | None, None) => return Found::Nothing,
                        _ => {}
                    }
                }
                at = stop;
            }
            b'{' => {
                depth += 1;
                at += 1;
            }
            _ => {
                depth = depth.saturating_sub(1);
                at += 1;
                if depth == 0 {
                    return Found::End(at);
                }
            }
        }
    }
    Found::Nothing
}

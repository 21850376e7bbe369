//! Streams a file in large blocks cut at record borders: one thread reads, hashes and cuts the next block while all
//! threads parse the present one. Memory stays at two blocks, whatever the size of the file.

use super::Source;
use crate::run::{Fault, Result, opening};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::sync::Arc;

/// Bytes read at a time.
const BLOCK: usize = 1 << 20;

/// Size and fingerprint of a file that was read to its end.
#[derive(Debug, Clone, Default)]
pub struct Fingerprint {
    /// Size in bytes
    pub bytes: u64,
    /// SHA-256, hexadecimal
    pub sha256: String,
}

/// Finds the record borders of a format.
pub(crate) trait Split: Send {
    /// A stretch of a block that one thread parses.
    type Span: Send + Sync;

    /// Number of bytes in a span.
    fn size(span: &Self::Span) -> usize;

    /// Cuts `bytes` into spans and says how many bytes they use up; the rest comes back at the front of the next
    /// block. With `end` there is no next block.
    fn split(&mut self, bytes: &[u8], end: bool) -> Result<(Vec<Self::Span>, usize)>;
}

struct Reader<'a> {
    source: &'a Source,
    file: Box<dyn Read + Send + 'a>,
    hash: Sha256,
    bytes: u64,
    rest: Vec<u8>,
    ended: bool,
}

struct Block<S> {
    bytes: Vec<u8>,
    spans: Vec<S>,
}

impl Reader<'_> {
    fn next<S: Split>(&mut self, split: &mut S, mut buffer: Vec<u8>) -> Result<Option<Block<S::Span>>> {
        buffer.clear();
        buffer.append(&mut self.rest);
        let mut want = BLOCK;
        while !self.ended {
            let before = buffer.len();
            buffer.reserve(want);
            let read = (&mut self.file).take(want as u64).read_to_end(&mut buffer).map_err(|error| self.fault(&error))?;
            self.ended = read < want;
            self.hash.update(&buffer[before..]);
            self.bytes += read as u64;
            let (spans, used) = split.split(&buffer, self.ended)?;
            if !spans.is_empty() || used > 0 {
                self.rest.extend_from_slice(&buffer[used..]);
                return Ok(Some(Block { bytes: buffer, spans }));
            }
            want = buffer.len().max(BLOCK);
        }
        if !buffer.is_empty() {
            let (spans, _) = split.split(&buffer, true)?;
            if !spans.is_empty() {
                return Ok(Some(Block { bytes: buffer, spans }));
            }
        }
        Ok(None)
    }

    fn fault(&self, error: &std::io::Error) -> Fault {
        let mut fault = Fault::io(&self.source.path, error);
        fault.place.file.clone_from(&self.source.name);
        fault
    }
}

/// Opens a file, naming it as the user did when that fails.
pub(crate) fn open(source: &Source) -> Result<File> {
    opening::open(&source.path).map_err(|mut fault| {
        fault.place.file.clone_from(&source.name);
        fault
    })
}

/// The bytes to read, and how many there are.
pub(crate) fn bytes_of(source: &Source) -> Result<(Box<dyn Read + Send + '_>, u64)> {
    if let Some(content) = &source.content {
        return Ok((Box::new(&content[..]), content.len() as u64));
    }
    let file = open(source)?;
    let total = file.metadata().map_or(0, |metadata| metadata.len());
    Ok((Box::new(file), total))
}

/// A whole file in memory.
pub(crate) fn whole(source: &Source) -> Result<Arc<[u8]>> {
    if let Some(content) = &source.content {
        return Ok(Arc::clone(content));
    }
    let mut bytes = Vec::new();
    open(source)?.read_to_end(&mut bytes).map_err(|error| {
        let mut fault = Fault::io(&source.path, &error);
        fault.place.file.clone_from(&source.name);
        fault
    })?;
    Ok(bytes.into())
}

/// Size and fingerprint of bytes in memory.
pub(crate) fn fingerprint(bytes: &[u8]) -> Fingerprint {
    let sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    Fingerprint { bytes: bytes.len() as u64, sha256 }
}

/// Size and fingerprint of a file of any size.
pub(crate) fn fingerprint_of(path: &std::path::Path) -> Result<Fingerprint> {
    let fault = |error: std::io::Error| Fault::io(path, &error);
    let mut file = opening::open(path)?;
    let mut hash = Sha256::new();
    let mut room = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        match file.read(&mut room).map_err(fault)? {
            0 => break,
            count => {
                hash.update(&room[..count]);
                bytes += count as u64;
            }
        }
    }
    Ok(Fingerprint { bytes, sha256: hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect() })
}

/// Streams a file: `parse` runs on all threads, `take` receives the results in file order, each with the number of
/// parts like it that would make up the whole file.
pub(crate) fn stream<S: Split, T: Send>(
    source: &Source,
    split: &mut S,
    parse: impl Fn(&[u8], &S::Span) -> T + Sync,
    mut take: impl FnMut(T, usize) -> Result<()> + Send,
) -> Result<Fingerprint> {
    let (file, total) = bytes_of(source)?;
    let mut reader = Reader { source, file, hash: Sha256::new(), bytes: 0, rest: Vec::new(), ended: false };
    let mut present = reader.next(split, Vec::new())?;
    let mut spare = Vec::new();
    while let Some(block) = present {
        let buffer = std::mem::take(&mut spare);
        let (taken, following) = rayon::join(
            || -> Result<()> {
                let parsed: Vec<T> = block.spans.par_iter().map(|span| parse(&block.bytes, span)).collect();
                parsed.into_iter().zip(&block.spans).try_for_each(|(part, span)| {
                    // A little more than the share of this span, against growing a vector at the very end.
                    let expected = total.saturating_mul(21) / (20 * S::size(span).max(1) as u64) + 1;
                    take(part, (expected as usize).min(1 << 20))
                })
            },
            || reader.next(split, buffer),
        );
        taken?;
        spare = block.bytes;
        present = following?;
    }
    let digest = reader.hash.finalize();
    let sha256 = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Fingerprint { bytes: reader.bytes, sha256 })
}

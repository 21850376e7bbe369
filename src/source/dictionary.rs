//! Distinct texts, numbered: parsing, matching and checking happen once per distinct text, not once per row, and codes never turn into
//! numbers by accident.

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};
use rayon::prelude::*;
use std::hash::BuildHasher;
use std::sync::OnceLock;

/// The code of an empty cell.
pub const MISSING: u32 = u32::MAX;

/// Texts numbered in order of appearance. Texts that repeat share a number, except in columns of ids, where looking
/// every text up while reading would cost more than it saves; [`Dictionary::repeats`] then tells which ones do.
#[derive(Clone, Default)]
pub struct Dictionary {
    text: String,
    ends: Vec<usize>,
    index: HashTable<u32>,
    hasher: DefaultHashBuilder,
    late: OnceLock<Late>,
}

/// The index of texts that were added without looking, made when it is first needed, by all threads: each fills the
/// shards whose number a text's hash begins with.
#[derive(Clone, Default)]
struct Late {
    shards: Vec<HashTable<u32>>,
    repeats: Vec<(u32, u32)>,
}

/// Number of shards, a power of two.
const SHARDS: usize = 16;

/// One shard, and the repeats found while filling it.
type Filled = (HashTable<u32>, Vec<(u32, u32)>);

impl Late {
    fn join(filled: Vec<Filled>) -> Late {
        let mut late = Late::default();
        for (index, repeats) in filled {
            late.shards.push(index);
            late.repeats.extend(repeats);
        }
        late.repeats.sort_unstable();
        late
    }
}

fn shard(hash: u64) -> usize {
    (hash >> 32) as usize % SHARDS
}

impl std::fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Dictionary {
    /// Number of distinct texts.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Bytes of all texts.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text with a number. Empty for [`MISSING`].
    #[inline]
    pub fn get(&self, code: u32) -> &str {
        slice(&self.text, &self.ends, code)
    }

    /// The number of a text, if it was seen; the first one where several are equal.
    pub fn find(&self, wanted: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(wanted.as_bytes());
        let index = if self.index.len() == self.ends.len() { &self.index } else { &self.late().shards[shard(hash)] };
        index.find(hash, |&code| self.get(code) == wanted).copied()
    }

    /// Numbers whose text came before, each with its first number. Not to be called from a task
    /// of the thread pool while another may ask the same dictionary.
    pub fn repeats(&self) -> &[(u32, u32)] {
        if self.index.len() == self.ends.len() { &[] } else { &self.late_by_all_threads().repeats }
    }

    /// Made by one thread: `find` is called from many, and a thread that waited for others here could be handed a task
    /// that asks for the same index.
    fn late(&self) -> &Late {
        self.late.get_or_init(|| {
            let hashes: Vec<u64> = (0..self.len() as u32).map(|code| self.hash_of(code)).collect();
            Late::join((0..SHARDS).map(|number| self.fill(number, &hashes)).collect())
        })
    }

    /// As [`Dictionary::late`], by all threads; only for calls from outside of them.
    fn late_by_all_threads(&self) -> &Late {
        self.late.get_or_init(|| {
            let codes = (0..self.len() as u32).into_par_iter().with_min_len(4096);
            let hashes: Vec<u64> = codes.map(|code| self.hash_of(code)).collect();
            Late::join((0..SHARDS).into_par_iter().map(|number| self.fill(number, &hashes)).collect())
        })
    }

    fn hash_of(&self, code: u32) -> u64 {
        self.hasher.hash_one(self.get(code).as_bytes())
    }

    /// Fills one shard and lists the repeats found in it.
    fn fill(&self, number: usize, hashes: &[u64]) -> Filled {
        let mut index = HashTable::with_capacity(self.len() / SHARDS);
        let mut repeats = Vec::new();
        for (code, &hash) in hashes.iter().enumerate().filter(|(_, hash)| shard(**hash) == number) {
            let text = self.get(code as u32);
            match index.entry(hash, |&known: &u32| self.get(known) == text, |&known| hashes[known as usize]) {
                Entry::Occupied(first) => repeats.push((code as u32, *first.get())),
                Entry::Vacant(free) => {
                    free.insert(code as u32);
                }
            }
        }
        (index, repeats)
    }

    /// The number of a text, new if it was not seen.
    pub fn intern(&mut self, wanted: &str) -> u32 {
        let Dictionary { text, ends, index, hasher, .. } = self;
        let hash = hasher.hash_one(wanted.as_bytes());
        if let Some(&code) = index.find(hash, |&code| slice(text, ends, code) == wanted) {
            return code;
        }
        let code = ends.len() as u32;
        text.push_str(wanted);
        ends.push(text.len());
        index.insert_unique(hash, code, |&code| hasher.hash_one(slice(text, ends, code).as_bytes()));
        code
    }

    /// Adds a text without looking whether it is there.
    pub(super) fn push_unseen(&mut self, text: &str) -> u32 {
        let code = self.ends.len() as u32;
        self.text.push_str(text);
        self.ends.push(self.text.len());
        code
    }

    /// Makes room for `texts` more texts of `bytes` in all.
    pub(super) fn reserve(&mut self, texts: usize, bytes: usize) {
        self.text.reserve(bytes);
        self.ends.reserve(texts);
    }

    /// All texts in order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).map(|code| self.get(code))
    }
}

#[inline]
fn slice<'a>(text: &'a str, ends: &[usize], code: u32) -> &'a str {
    let code = code as usize;
    match ends.get(code) {
        Some(&end) => &text[if code == 0 { 0 } else { ends[code - 1] }..end],
        None => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leading_zero_survives() {
        let mut dictionary = Dictionary::default();
        let code = dictionary.intern("00412");
        assert_eq!(dictionary.get(code), "00412");
        assert_eq!(dictionary.find("412"), None);
    }
}

//! Where outputs go, whatever it is: names lead nowhere else, and no two outputs of a run have one name.

use crate::message;
use crate::run::{Fault, Place, Result};
use crate::values::file_name::folded;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Component, Path};
use std::sync::Mutex;

/// Where outputs go: a folder, or memory. A sink knows the inputs of its run and replaces none of them.
pub trait Sink: Sync {
    /// Writes a file whole or not at all; `name` has `/` between its parts.
    fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        self.write_for(name, bytes, Readers::Office)
    }

    /// The same, for those who may read it.
    fn write_for(&self, name: &str, bytes: &[u8], readers: Readers) -> Result<()>;

    /// The names of what is written.
    fn names(&self) -> &Names;

    /// Counts a file of an earlier run, with its hash, among those of this one.
    fn keep(&self, name: &str, sha256: &str) -> Result<()> {
        self.keep_for(name, sha256, Readers::Office)
    }

    /// The same, for those who may read it.
    fn keep_for(&self, name: &str, sha256: &str, readers: Readers) -> Result<()> {
        self.names().check(name)?;
        self.names().note(name, sha256.to_owned(), readers);
        Ok(())
    }

    /// The files written or kept, by name, with the SHA-256 of each and who may read it.
    fn written(&self) -> BTreeMap<String, (String, Readers)> {
        self.names().all()
    }

    /// Takes a file of an earlier run away.
    fn remove(&self, name: &str) -> Result<()>;

    /// The content of a file of this run or an earlier one.
    fn read(&self, name: &str) -> Option<Vec<u8>>;

    /// Where this is, for people.
    fn place(&self) -> String;
}

/// Who may read an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Everybody who may read the folder
    Office,
    /// Only who made it: it holds exact places or names of households
    Owner,
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The names of a run's outputs. Names that one system or another takes for the same are the same.
#[derive(Debug, Default)]
pub struct Names(Mutex<BTreeMap<String, Written>>);

/// A file of this run: its name, its SHA-256 and who may read it.
#[derive(Debug, Clone)]
struct Written {
    name: String,
    sha256: String,
    readers: Readers,
}

impl Names {
    /// Refuses the name of an output that is already there.
    pub fn check(&self, name: &str) -> Result<()> {
        let known = self.0.lock().ok().and_then(|names| names.get(&folded(name)).cloned());
        let Some(Written { name: other, .. }) = known else { return Ok(()) };
        Err(Fault::new(
            "same-name-twice",
            Place::file(name).value(&other),
            message!(
                "hai kết quả cùng một tên tệp: \"{name}\" và \"{other}\"",
                "two outputs have one file name: \"{name}\" and \"{other}\""
            ),
        )
        .hint(message!("đặt \"id\" hoặc \"file\" khác nhau", "give them different ids or files")))
    }

    /// Notes an output.
    pub fn note(&self, name: &str, sha256: String, readers: Readers) {
        if let Ok(mut names) = self.0.lock() {
            names.insert(folded(name), Written { name: name.to_owned(), sha256, readers });
        }
    }

    /// All of them, with their hashes and readers.
    pub fn all(&self) -> BTreeMap<String, (String, Readers)> {
        let of = |file: &Written| (file.name.clone(), (file.sha256.clone(), file.readers));
        self.0.lock().map(|names| names.values().map(of).collect()).unwrap_or_default()
    }
}

/// Outputs kept in memory, by name.
#[derive(Debug, Default)]
pub struct Memory {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
    names: Names,
}

impl Memory {
    /// The files, by name.
    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.files.into_inner().unwrap_or_default()
    }
}

impl Sink for Memory {
    fn write_for(&self, name: &str, bytes: &[u8], readers: Readers) -> Result<()> {
        plain(name)?;
        self.names.check(name)?;
        if let Ok(mut files) = self.files.lock() {
            files.insert(name.to_owned(), bytes.to_owned());
        }
        self.names.note(name, sha256(bytes), readers);
        Ok(())
    }

    fn names(&self) -> &Names {
        &self.names
    }

    fn remove(&self, name: &str) -> Result<()> {
        if let Ok(mut files) = self.files.lock() {
            files.remove(name);
        }
        Ok(())
    }

    fn read(&self, name: &str) -> Option<Vec<u8>> {
        self.files.lock().ok()?.get(name).cloned()
    }

    fn place(&self) -> String {
        String::new()
    }
}

/// A folder within another sink.
pub struct Within<'a> {
    sink: &'a dyn Sink,
    prefix: String,
    readers: Readers,
}

impl<'a> Within<'a> {
    /// The folder `name` of a sink; the sink itself without a name.
    pub fn new(sink: &'a dyn Sink, name: &str) -> Within<'a> {
        Within { sink, prefix: if name.is_empty() { String::new() } else { format!("{name}/") }, readers: Readers::Office }
    }

    fn stricter(&self, readers: Readers) -> Readers {
        if self.readers == Readers::Owner { Readers::Owner } else { readers }
    }

    /// The same, with all files for those readers only.
    pub fn read_by(self, readers: Readers) -> Within<'a> {
        Within { readers, ..self }
    }
}

impl Sink for Within<'_> {
    fn write_for(&self, name: &str, bytes: &[u8], readers: Readers) -> Result<()> {
        self.sink.write_for(&format!("{}{name}", self.prefix), bytes, self.stricter(readers))
    }

    fn keep_for(&self, name: &str, sha256: &str, readers: Readers) -> Result<()> {
        self.sink.keep_for(&format!("{}{name}", self.prefix), sha256, self.stricter(readers))
    }

    fn names(&self) -> &Names {
        self.sink.names()
    }

    fn remove(&self, name: &str) -> Result<()> {
        self.sink.remove(&format!("{}{name}", self.prefix))
    }

    fn read(&self, name: &str) -> Option<Vec<u8>> {
        self.sink.read(&format!("{}{name}", self.prefix))
    }

    fn place(&self) -> String {
        self.sink.place()
    }
}

/// Refuses a name that leads out of the folder: it may come from a heading or a commune.
pub(super) fn plain(name: &str) -> Result<()> {
    let inside = !name.contains('\\') && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    if inside && !name.is_empty() {
        return Ok(());
    }
    Err(Fault::new(
        "bad-file-name",
        Place::file(name),
        message!("tên tệp kết quả dẫn ra ngoài thư mục kết quả", "the name of an output leads out of its folder"),
    )
    .hint(message!(
        "xem id và tên cột dùng trong tên tệp: bỏ \"..\", \"/\" và \"\\\"",
        "look at the id and the headings that name the file: leave out \"..\", \"/\" and \"\\\""
    )))
}

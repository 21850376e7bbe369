//! Files as bytes and columns of distinct texts: what every reader builds on.

pub mod blocks;
pub mod columns;
pub mod dictionary;

pub use columns::Column;
pub use dictionary::{Dictionary, MISSING};

use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file named in a project: where it is, and how the user wrote it (used in every message).
#[derive(Debug, Clone)]
pub struct Source {
    /// Path to open
    pub path: PathBuf,
    /// Name to show
    pub name: String,
    /// Text to read in place of the file's bytes, where those had to be converted first
    pub content: Option<Arc<[u8]>>,
}

impl Source {
    /// A file relative to a folder.
    pub fn new(folder: &Path, name: &str) -> Source {
        Source { path: folder.join(name), name: name.to_owned(), content: None }
    }

    /// A file by the path that the user wrote.
    pub fn at(path: &Path) -> Source {
        Source { path: path.to_path_buf(), name: path.display().to_string(), content: None }
    }
}

/// Which columns or properties to keep.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// Every one
    All,
    /// Only these, in this order; a name that the file lacks stays an empty column
    Only(Vec<String>),
}

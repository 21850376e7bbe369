//! Files to layers and tables: bytes in, typed columns and shapes out. No domain knowledge lives here.

pub mod blocks;
pub mod columns;
pub mod csv;
mod csv_chunk;
pub mod decimal;
pub mod encoding;
mod feature;
pub mod geojson;
mod geometry;
pub mod grid;
pub mod headings;
pub mod identifiers;
pub mod layer;
pub mod legacy;
pub mod lines;
pub mod many;
pub mod numeric;
pub mod parameters;
#[cfg(feature = "gdal")]
pub mod raster;
pub mod roles;
mod split_csv;
mod split_geojson;
pub mod spreadsheet;
pub mod tables;
pub mod totals;
#[cfg(feature = "gdal")]
pub mod vector;

pub use columns::{Column, Dictionary, MISSING, Table};
pub use decimal::Decimal;
pub use layer::{Layer, Shapes};

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
}

/// Which columns or properties to keep.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// Every one
    All,
    /// Only these, in this order; a name that the file lacks stays an empty column
    Only(Vec<String>),
}

//! Scenes and tables to files. Every file is written whole or not at all.

pub mod archive;
pub mod files;
mod folder;
pub mod geojson;
pub mod gis;
pub mod kml;
mod ledger;
pub mod pdf;
pub mod pictures;
pub mod problems;
pub mod raster;
pub mod svg;
pub mod xlsx;

pub use files::{Memory, Readers, Sink, Within};
pub use folder::Out;
pub use ledger::Earlier;
pub use pictures::{Format, Published, Publisher};

//! Scenes and tables to files. Every file is written whole or not at all.

pub mod files;
pub mod geojson;
pub mod kml;
pub mod names;
pub mod pdf;
pub mod pictures;
pub mod problems;
pub mod raster;
pub mod svg;
pub mod xlsx;

pub use files::{Memory, Out, Sink, Within};
pub use pictures::{Before, Format, Published, Publisher, before};

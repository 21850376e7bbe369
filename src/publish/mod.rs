//! Scenes and tables to files. Every file is written whole or not at all.

pub mod files;
pub mod geojson;
pub mod kml;
pub mod pdf;
pub mod problems;
pub mod raster;
pub mod records;
pub mod sheet;
pub mod svg;
pub mod tables;
pub mod xlsx;

pub use files::Out;
pub use sheet::{Cell, Sheet};

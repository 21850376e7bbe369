//! Files to layers: bytes in, shapes with typed columns out. GeoJSON, Shapefile, GeoPackage and KML are read here, other formats and
//! rasters through GDAL.

pub mod archive;
mod arcs;
pub mod choose;
mod dbf;
mod feature;
pub mod geojson;
mod geometry;
pub mod geopackage;
pub mod grid;
pub mod keyhole;
pub mod layer;
mod letters;
pub mod lines;
#[cfg(feature = "gdal")]
pub mod raster;
pub mod readers;
pub mod relatives;
pub mod shapefile;
pub mod simple_features;
pub mod small_geojson;
mod split_geojson;
#[cfg(feature = "gdal")]
pub mod vector;
mod well_known_binary;

pub use layer::{Layer, Shapes};

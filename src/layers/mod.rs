//! Files to layers: bytes in, shapes with typed columns out. GeoJSON is read here, other formats and rasters through GDAL.

mod feature;
pub mod geojson;
mod geometry;
pub mod grid;
pub mod layer;
pub mod lines;
#[cfg(feature = "gdal")]
pub mod raster;
pub mod relatives;
mod split_geojson;
#[cfg(feature = "gdal")]
pub mod vector;

pub use layer::{Layer, Shapes};

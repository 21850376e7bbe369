//! Communes: their codes, names and polygons, and whether the geometry can be what it claims to be.

pub mod aliases;
pub mod centroid;
pub mod checks;
pub mod communes;
pub mod context;
pub mod coverage;
pub mod crosswalk;
pub mod crs;
pub mod edges;
pub mod interior;
pub mod names;
pub mod open;
pub mod planar;
pub mod positions;
pub mod reform;
pub mod repair;
pub mod selection;
pub mod simplify;

pub use communes::Communes;

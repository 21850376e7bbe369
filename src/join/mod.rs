//! Fields onto communes (areal overlay); tables onto fields and communes (keys, points); rasters onto either (zonal).

pub mod codes;
pub mod contradictions;
pub mod coverage;
pub mod dates;
pub mod former;
pub mod given;
pub mod keys;
pub mod names;
pub mod overlay;
#[cfg(feature = "gdal")]
pub mod pieces;
pub mod points;
pub mod reform;
pub mod slabs;
pub mod sown;
pub mod zonal;

pub use keys::{KeyJoin, Target};
pub use overlay::{FieldPieces, Outside, Piece};

//! Tables as typed columns: numbers and their signs, identifiers, totals, roles; and text tables, which are read in parts.

pub mod counting;
pub mod csv;
mod csv_chunk;
pub mod decimal;
pub mod encoding;
pub mod identifiers;
pub mod land_units;
pub mod legacy;
pub mod numeric;
pub mod parts;
pub mod printed;
pub mod roles;
mod split_csv;
pub mod table;
pub mod totals;

pub use crate::source::{Column, Dictionary, MISSING, Source, Wanted, blocks, columns};
pub use decimal::Decimal;
pub use table::Table;

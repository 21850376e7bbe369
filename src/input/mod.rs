//! Files to layers and tables: bytes in, typed columns and shapes out. No domain knowledge lives here.

pub mod counting;
pub mod csv;
mod csv_chunk;
pub mod decimal;
mod ditto;
pub mod encoding;
pub mod identifiers;
pub mod legacy;
mod loggers;
pub mod many;
pub mod numeric;
mod parts;
mod printed;
pub mod roles;
pub mod shape;
mod split_csv;
pub mod spreadsheet;
pub mod table;
pub mod tables;
pub mod totals;

pub use crate::source::{Column, Dictionary, MISSING, Source, Wanted, blocks, columns};
pub use decimal::Decimal;
pub use table::Table;

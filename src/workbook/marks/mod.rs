//! What a sheet keeps beside the values of its cells, and the reader of cells does not give: which are percentages, formulas that were
//! never computed, rows and columns that a filter or a hand hid, cells merged.

mod biff;
mod excel;
mod opendocument;

use crate::values::file_name::ending;
use hashbrown::HashSet;

/// Marks of one sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Marks {
    /// Row and column of numbers shown as percentages, where the reader of cells does not tell
    pub percent: HashSet<(u32, u32)>,
    /// Row and column of formulas without a value, where the reader of cells does not tell
    pub uncomputed: Vec<(u32, u32)>,
    /// Hidden rows, from 1
    pub hidden_rows: Vec<u32>,
    /// Stretches of hidden columns, from 0
    pub hidden_columns: Vec<(u32, u32)>,
    /// First row, first column, last row, last column of merged cells, where the reader of cells does not tell
    pub merges: Vec<[u32; 4]>,
}

/// The marks of a sheet; none where the file does not say.
pub fn of(bytes: &[u8], file: &str, sheet: &str) -> Marks {
    let found = match ending(file).as_str() {
        // What a file is called need not be what it is.
        _ if bytes.starts_with(b"\xd0\xcf\x11\xe0") => biff::marks(bytes, sheet),
        "ods" => opendocument::marks(bytes, sheet),
        _ => excel::marks(bytes, sheet),
    };
    found.unwrap_or_default()
}

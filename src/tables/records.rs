//! CSV of full precision: every number as it is, empty where there is none. Text that a spreadsheet would run is kept from it.

use crate::values::foreign::cell as cell_of_text;

/// One record; writing to memory cannot fail.
pub fn record<I: IntoIterator<Item = String>>(writer: &mut csv::Writer<Vec<u8>>, cells: I) {
    let _ = writer.write_record(cells.into_iter().map(|text| cell_of_text(&text).into_owned()));
}

/// An empty table in memory.
pub fn writer() -> csv::Writer<Vec<u8>> {
    csv::Writer::from_writer(Vec::new())
}

/// A number as a cell; empty where there is none.
pub fn cell(number: Option<f64>) -> String {
    number.filter(|number| number.is_finite()).map(|number| number.to_string()).unwrap_or_default()
}

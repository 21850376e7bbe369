//! CSV of full precision: every number as it is, empty where there is none.

/// One record; writing to memory cannot fail.
pub fn record<I: IntoIterator<Item = String>>(writer: &mut csv::Writer<Vec<u8>>, cells: I) {
    let cells: Vec<String> = cells.into_iter().collect();
    let _ = writer.write_record(&cells);
}

/// An empty table in memory.
pub fn writer() -> csv::Writer<Vec<u8>> {
    csv::Writer::from_writer(Vec::new())
}

/// A number as a cell; empty where there is none.
pub fn cell(number: Option<f64>) -> String {
    number.filter(|number| number.is_finite()).map(|number| number.to_string()).unwrap_or_default()
}

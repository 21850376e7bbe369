//! A CSV of full precision, to a file or to stdout.

use crate::message;
use crate::publish::Out;
use crate::run::{Fault, Place, Result};
use std::path::Path;

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

/// Writes a table whole or not at all, or prints it.
pub fn give(out: Option<&Path>, writer: csv::Writer<Vec<u8>>) -> Result<()> {
    give_bytes(out, &writer.into_inner().unwrap_or_default())
}

/// Writes bytes whole or not at all, or prints them as text.
pub fn give_bytes(out: Option<&Path>, bytes: &[u8]) -> Result<()> {
    let Some(path) = out else {
        super::print(String::from_utf8_lossy(bytes).trim_end());
        return Ok(());
    };
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Some(name) = path.file_name() else {
        let message = message!("--out cần tên một tệp", "--out needs the name of a file");
        return Err(Fault::new("usage", Place::file(path.display().to_string()), message));
    };
    Out::new(folder)?.write(&name.to_string_lossy(), bytes)
}

//! A CSV of full precision, to a file or to stdout.

use crate::message;
use crate::publish::Sink;
use crate::run::{Fault, Place, Result};
pub use crate::tables::records::cell;
pub use crate::tables::records::record;
pub use crate::tables::records::writer;
use std::path::Path;

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
    let Some(name) = name.to_str() else {
        let message = message!("tên tệp kết quả không phải chữ UTF-8", "the name of the output is not UTF-8");
        return Err(Fault::new("bad-file-name", Place::file(path.display().to_string()), message));
    };
    crate::cli::inputs::output(folder)?.write(name, bytes)
}

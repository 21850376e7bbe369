//! Several files in one, without clock times: equal files give equal bytes.

use crate::run::{Fault, Result};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// The zip of files, in their order. `file` is its name, for faults.
pub fn zipped<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>, file: &str) -> Result<Vec<u8>> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let mut put = |name: &str, bytes: &[u8]| -> zip::result::ZipResult<()> {
        archive.start_file(name, options)?;
        Ok(archive.write_all(bytes)?)
    };
    let all = files.into_iter().try_for_each(|(name, bytes)| put(name, bytes));
    let made = all.and_then(|()| archive.finish()).map_err(|error| Fault::not_written(file, &error))?;
    Ok(made.into_inner())
}

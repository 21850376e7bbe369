//! The output folder: each file goes to a temporary neighbour first and takes its name when it is complete.

use crate::run::{Fault, Result};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The output folder of a run, and what has been written to it.
#[derive(Debug)]
pub struct Out {
    folder: PathBuf,
    written: Mutex<Vec<String>>,
}

impl Out {
    /// Makes the folder if it is not there.
    pub fn new(folder: &Path) -> Result<Out> {
        std::fs::create_dir_all(folder).map_err(|error| Fault::io(folder, &error))?;
        Ok(Out { folder: folder.to_path_buf(), written: Mutex::new(Vec::new()) })
    }

    /// Writes a file; `name` is relative to the folder, with `/` between its parts.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.folder.join(name);
        let fault = |error: &std::io::Error| Fault::io(&path, error);
        let parent = path.parent().unwrap_or(&self.folder);
        std::fs::create_dir_all(parent).map_err(|error| fault(&error))?;
        if std::fs::metadata(&path).is_ok_and(|known| !known.is_file()) {
            let kind = std::io::Error::new(std::io::ErrorKind::AlreadyExists, "not a regular file");
            return Err(fault(&kind));
        }
        let mut file =
            tempfile::Builder::new().prefix(".ruong-").suffix(".tmp").tempfile_in(parent).map_err(|error| fault(&error))?;
        file.write_all(bytes).map_err(|error| fault(&error))?;
        share(file.as_file()).map_err(|error| fault(&error))?;
        file.persist(&path).map_err(|error| fault(&error.error))?;
        if let Ok(mut written) = self.written.lock() {
            written.push(name.to_owned());
        }
        Ok(())
    }

    /// Counts a file of an earlier run among those of this one.
    pub fn keep(&self, name: &str) {
        if let Ok(mut written) = self.written.lock() {
            written.push(name.to_owned());
        }
    }

    /// Names of the files written, in order of name.
    pub fn written(&self) -> Vec<String> {
        let mut names = self.written.lock().map(|written| written.clone()).unwrap_or_default();
        names.sort();
        names
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// Temporary files are private; results are for the office.
#[cfg(unix)]
fn share(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn share(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

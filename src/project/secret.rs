//! The office's own secret: by it published places of animals are moved. It stands in a file of its own, so that no copy of the project
//! file, the record or the outputs gives it away.

use super::Project;
use crate::message;
use crate::run::{Fault, Place, Result};
use std::path::Path;

/// Name of the file, beside the project file.
pub const FILE: &str = "ruong.seed";

/// The seed that ships: everybody knows it.
pub const COMMON_SEED: u64 = 1;

/// Reads the secret of a folder, if it has one.
pub(super) fn read(folder: &Path) -> Result<Option<u64>> {
    let text = match std::fs::read_to_string(folder.join(FILE)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Fault::io(&folder.join(FILE), &error)),
    };
    // What stands in it is shown to nobody, not even in a fault.
    let number = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    number.and_then(|number| number.parse().ok()).map(Some).ok_or_else(|| {
        Fault::new(
            "bad-seed",
            Place::file(folder.join(FILE).display().to_string()),
            message!("tệp này phải có một số nguyên", "this file must hold one whole number"),
        )
    })
}

impl Project {
    /// The seed of the moves of places: one that is given, else the office's secret, else the one that ships.
    #[must_use]
    pub fn mask_seed(&self, given: Option<u64>) -> u64 {
        given.or(self.seed).unwrap_or(COMMON_SEED)
    }
}

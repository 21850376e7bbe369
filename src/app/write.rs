//! Files into a sink, several of which may have failed to be made.

use crate::publish::Sink;
use crate::run::{Problems, Result};

/// Writes what could be made and lists what could not; the answer is whether anything failed.
pub(super) fn all(files: Vec<(String, Result<Vec<u8>>)>, out: &dyn Sink, problems: &mut Problems) -> bool {
    let mut failed = false;
    for (name, bytes) in files {
        if let Err(fault) = bytes.and_then(|bytes| out.write(&name, &bytes)) {
            failed = true;
            problems.fault(fault);
        }
    }
    failed
}

//! The files that a command line names, so that no command writes over what it was given.

use crate::publish::Out;
use crate::readers::many;
use crate::run::{Fault, Result};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Options whose value is written. A list of decisions on names is read and written by design.
const WRITTEN: [&str; 4] = ["--out", "--write-aliases", "--pairs", "--aliases"];

/// A number in its range; `nan` and `inf` are none.
fn number(text: &str, wanted: &str, fits: impl Fn(f64) -> bool) -> std::result::Result<f64, String> {
    text.trim()
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite() && fits(*number))
        .ok_or_else(|| format!("\"{text}\": {wanted}"))
}

/// A share from 0 up to, but not including, 1.
pub(super) fn share(text: &str) -> std::result::Result<f64, String> {
    number(text, "0 … < 1", |number| (0.0..1.0).contains(&number))
}

/// A number above 0.
pub(super) fn positive(text: &str) -> std::result::Result<f64, String> {
    number(text, "> 0", |number| number > 0.0)
}

/// Any finite number.
pub(super) fn finite(text: &str) -> std::result::Result<f64, String> {
    number(text, "1,5 → 1.5", |_| true)
}

/// The output folder of a command.
pub(super) fn output(folder: impl AsRef<Path>) -> Result<Out> {
    std::fs::create_dir_all(folder.as_ref()).map_err(|error| Fault::io(folder.as_ref(), &error))?;
    Ok(Out::once_written(folder.as_ref(), &named(std::env::args_os().skip(1))))
}

/// Every file that arguments name as something to read.
fn named(arguments: impl Iterator<Item = OsString>) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut arguments = arguments.peekable();
    while let Some(argument) = arguments.next() {
        // A path need not be text.
        let Some(argument) = argument.to_str().map(str::to_owned) else {
            found.push(PathBuf::from(argument));
            continue;
        };
        let (option, value) = match argument.split_once('=') {
            Some((option, value)) if option.starts_with("--") => (option.to_owned(), Some(value.to_owned())),
            _ => (argument.clone(), None),
        };
        if WRITTEN.contains(&option.as_str()) {
            if value.is_none() && arguments.peek().is_some_and(|next| !next.to_string_lossy().starts_with("--")) {
                arguments.next();
            }
            continue;
        }
        let text = value.unwrap_or(argument);
        let several = text.split(',').filter(|_| text.contains(','));
        for name in std::iter::once(text.as_str()).chain(several) {
            if many::is_pattern(name) {
                found.extend(many::files(Path::new(""), name).unwrap_or_default().into_iter().map(PathBuf::from));
            } else if Path::new(name).is_file() {
                found.push(PathBuf::from(name));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::named;
    use std::ffi::OsString;

    #[test]
    fn what_is_written_is_no_input() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, "").expect("a file");
            path.display().to_string()
        };
        let (a, b, c) = (path("a.csv"), path("b.csv"), path("c.csv"));
        let arguments = ["match", &a, &format!("--communes={b}"), "--out", &c, "--write-aliases", &c];
        let found = named(arguments.into_iter().map(OsString::from));
        assert_eq!(found, [a.into(), b.into()] as [std::path::PathBuf; 2]);
    }
}

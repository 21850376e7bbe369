//! Parameters that ship with the program, or a file of one's own in their place.

use crate::message;
use crate::run::{Fault, Place, Result};
use crate::values::text::nearest;
use serde::de::DeserializeOwned;
use std::path::Path;

/// Parses parameters; `place` names them.
fn parse<T: DeserializeOwned>(text: &str, place: Place) -> Result<T> {
    toml::from_str(text).map_err(|error| {
        let what = error.message();
        let message = message!("tham số không đọc được", "the parameters cannot be read").because(&what);
        let fault = Fault::new("bad-parameters", place, message);
        match error.span() {
            Some(span) => fault.snippet(text, span),
            None => fault,
        }
    })
}

/// Parameters of a file, or those that ship.
pub fn or_shipped<T: DeserializeOwned>(file: Option<&Path>, shipped: &str) -> Result<T> {
    match file {
        None => parse(shipped, Place::default()),
        Some(path) => parse(&read(path)?, Place::file(path.display().to_string())),
    }
}

/// Parameters by the name under which they ship, or of a `.toml` file relative to a folder.
pub fn named<T: DeserializeOwned>(name: &str, shipped: &[(&str, &str)], folder: &Path) -> Result<T> {
    if let Some((_, text)) = shipped.iter().find(|(id, _)| *id == name) {
        return parse(text, Place::default());
    }
    if name.ends_with(".toml") {
        return parse(&read(&folder.join(name))?, Place::file(name));
    }
    let known: Vec<&str> = shipped.iter().map(|(id, _)| *id).collect();
    let listed = known.join(", ");
    let fault = Fault::new(
        "unknown-model",
        Place::default().value(name),
        message!("không có \"{name}\"; có: {listed}", "there is no \"{name}\"; there are: {listed}"),
    );
    Err(match nearest(name, known) {
        Some(near) => fault.hint(message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?")),
        None => fault.hint(message!("hoặc một tệp .toml có tham số", "or a .toml file of parameters")),
    })
}

/// The fault of a parameter that cannot be.
pub fn bad(name: &str, (key, expected): (&'static str, &'static str)) -> Fault {
    let message = message!("\"{key}\" phải là {expected}", "\"{key}\" must be {expected}");
    Fault::new("bad-parameters", Place::file(name).column(key), message)
}

fn read(path: &Path) -> Result<String> {
    let bytes = super::opening::read(path)?;
    String::from_utf8(bytes)
        .map_err(|error| Fault::io(path, &std::io::Error::new(std::io::ErrorKind::InvalidData, error.to_string())))
}

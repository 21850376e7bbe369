//! Which layer of a file is meant, where it has several.

use crate::input::Source;
use crate::message;
use crate::run::{Fault, Place, Result};

/// The number of the layer that is wanted; without a wish the only one.
pub fn choose(source: &Source, names: &[String], wanted: Option<&str>) -> Result<usize> {
    let listed = names.join(", ");
    let count = names.len();
    match wanted {
        Some(name) => names.iter().position(|known| known == name).ok_or_else(|| {
            Fault::new(
                "no-layer",
                Place::file(&source.name).column("layer").value(name),
                message!("không có lớp \"{name}\"; các lớp: {listed}", "there is no layer \"{name}\"; the layers are: {listed}"),
            )
        }),
        None if count == 1 => Ok(0),
        None if count == 0 => {
            let message = message!("tệp không có lớp nào có hình", "the file has no layer of features");
            Err(Fault::new("empty-file", Place::file(&source.name), message))
        }
        None => {
            let first = names.first().map_or("", String::as_str);
            let place = Place::file(&source.name).value(&listed);
            let message = message!(
                "tệp có {count} lớp ({listed}), cần chọn một",
                "the file has {count} layers ({listed}), one is to be chosen"
            );
            Err(Fault::new("many-layers", place, message)
                .hint(message!("thêm layer = \"{first}\" trong tệp dự án", "add layer = \"{first}\" to the project file")))
        }
    }
}

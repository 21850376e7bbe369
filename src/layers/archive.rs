//! Layers sent as an archive: the one layer in a .zip, unpacked beside nothing of the user's.

use super::readers;
use crate::input::Source;
use crate::message;
use crate::run::{Fault, Place, Result, guarded, opening};
use crate::values::Message;
use crate::values::file_name::ending;
use std::io::{Read, Write};
use std::path::Path;
use tempfile::TempDir;
use zip::ZipArchive;

/// Bytes that an archive may unpack to.
const MOST_BYTES: u64 = 4 << 30;

/// A layer that may have come out of an archive.
pub struct Unpacked {
    /// The layer
    pub source: Source,
    /// Where it was unpacked; gone when this is
    _folder: Option<TempDir>,
}

/// The file itself, or the layer within where it is an archive.
pub fn unpacked(source: &Source) -> Result<Unpacked> {
    if ending(&source.path.to_string_lossy()) != "zip" {
        return Ok(Unpacked { source: source.clone(), _folder: None });
    }
    let broken = |error: &dyn std::fmt::Display| {
        let message = message!(
            "không đọc được tệp nén (hỏng, bị cắt cụt hoặc có mật khẩu)",
            "cannot read the archive (broken, cut short, or with a password)"
        )
        .because(&error);
        Fault::new("bad-archive", Place::file(&source.name), message).hint(unpack_it())
    };
    let opened = opening::open(&source.path)?;
    let mut archive = guarded(|| ZipArchive::new(opened)).ok_or_else(|| broken(&"?"))?.map_err(|error| broken(&error))?;
    let folder = tempfile::tempdir().map_err(|error| Fault::io(&std::env::temp_dir(), &error))?;
    let (mut left, mut layers) = (MOST_BYTES, Vec::new());
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(|error| broken(&error))?;
        // Names that lead out of the folder are no names.
        let Some(name) = file.enclosed_name().filter(|_| file.is_file()) else { continue };
        if is_of_program(&name) {
            continue;
        }
        let path = folder.path().join(&name);
        let to = |error: std::io::Error| Fault::io(&path, &error);
        path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(to)?;
        let mut out = std::fs::File::create(&path).map_err(to)?;
        left -= unpack(&mut file, &mut out, left).map_err(|error| broken(&error))?.ok_or_else(|| {
            let message = message!("tệp nén bung ra quá 4 GiB", "the archive unpacks to more than 4 GiB");
            Fault::new("too-large", Place::file(&source.name), message)
        })?;
        let kind = ending(&name.to_string_lossy());
        layers.extend(Some(name).filter(|_| readers::is_layer(&kind)));
    }
    let [layer] = &layers[..] else {
        let names: Vec<String> = layers.iter().map(|name| name.display().to_string()).collect();
        let (count, listed) = (names.len(), names.join(", "));
        let message = message!(
            "tệp nén có {count} lớp ({listed}), cần đúng một",
            "the archive has {count} layers ({listed}), one is needed"
        );
        return Err(Fault::new("many-layers", Place::file(&source.name), message).hint(unpack_it()));
    };
    let source = Source { path: folder.path().join(layer), ..source.clone() };
    Ok(Unpacked { source, _folder: Some(folder) })
}

fn unpack_it() -> Message {
    message!("giải nén rồi dùng các tệp bên trong", "unpack it and give the files in it")
}

/// What macOS and Windows add.
fn is_of_program(name: &Path) -> bool {
    name.components().any(|part| part.as_os_str() == "__MACOSX")
        || name.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// Copies a file and counts its bytes; `None` where there are more than `most`.
fn unpack(file: &mut impl Read, out: &mut impl Write, most: u64) -> std::io::Result<Option<u64>> {
    let count = std::io::copy(&mut file.take(most + 1), out)?;
    Ok((count <= most).then_some(count))
}

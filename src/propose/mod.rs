//! Looks into someone's files and writes a project file that builds.

mod boundaries;
pub mod draft;
mod entry;
mod kinds;
mod look;
pub mod looked;
mod matched;
mod periods;
mod pests;
mod places;
mod roles;
mod series;
mod together;
mod understand;

use crate::message;
use crate::project::secret;
use crate::publish::{Readers, Sink};
use crate::run::{Fault, Place, Problems, Result};
use crate::values::Lang;
use looked::Looked;
use std::path::{Path, PathBuf};

/// What became of the files of a new project.
#[derive(Debug, Default)]
#[must_use]
#[non_exhaustive]
pub struct Drafted {
    /// What each file was taken for
    pub understood: Vec<String>,
    /// What was left out, and why
    pub left_out: Vec<Fault>,
}

/// Writes `ruong.toml` for the files, which may be folders. One bad file is named and left out; without any good one it is the answer.
pub fn new(folder: &Path, named: &[PathBuf], lang: Lang, sink: &dyn Sink) -> Result<Drafted> {
    let mut problems = Problems::default();
    let mut looked: Vec<Looked> = Vec::new();
    let mut drafted = Drafted::default();
    for file in files(named)? {
        match look::look(folder, &relative(folder, &file), &mut problems) {
            Ok(seen) => looked.extend(seen),
            Err(fault) => drafted.left_out.push(fault),
        }
    }
    if let (Some(fault), false) = (drafted.left_out.first(), looked.iter().any(|seen| seen.held == looked::Held::Areas)) {
        return Err(fault.clone());
    }
    let draft::Draft { text, left_out, understood, places_of_animals } = draft::write(looked, folder, lang)?;
    drafted.left_out.extend(left_out);
    sink.write("ruong.toml", text.as_bytes())?;
    if places_of_animals && sink.read(secret::FILE).is_none() {
        sink.write_for(secret::FILE, &own_seed(lang)?, Readers::Owner)?;
    }
    drafted.understood = understood;
    Ok(drafted)
}

/// A secret by which an office moves the places of animals that it publishes: from the system's source of randomness, and never 0 or 1.
fn own_seed(lang: Lang) -> Result<Vec<u8>> {
    let drawn = getrandom::u64().map_err(|error| {
        let message = message!("hệ điều hành không cho số ngẫu nhiên: {error}", "the system gives no random number: {error}");
        Fault::new("no-randomness", Place::file(secret::FILE), message)
    })?;
    let note = lang.pick(
        "# Số bí mật của đơn vị: vị trí trại in ra được dịch theo số này. Giữ kín, không gửi kèm, không đổi.",
        "# The office's secret: published places of farms are moved by it. Keep it, never send it along, never change it.",
    );
    Ok(format!("{note}\n{}\n", (drawn >> 1) + 2).into_bytes())
}

/// The files named, each once, and those that lie in the folders named.
fn files(named: &[PathBuf]) -> Result<Vec<PathBuf>> {
    const ENDINGS: [&str; 14] =
        ["geojson", "json", "csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "gpkg", "shp", "tab", "fgb"];
    let mut files: Vec<PathBuf> = Vec::new();
    for path in named {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let mut inside: Vec<PathBuf> = Vec::new();
        for entry in std::fs::read_dir(path).map_err(|error| Fault::io(path, &error))? {
            inside.push(entry.map_err(|error| Fault::io(path, &error))?.path());
        }
        inside.retain(|file| {
            let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or("").to_lowercase();
            let of_system = file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['~', '.']));
            file.is_file() && !of_system && ENDINGS.contains(&ending.as_str())
        });
        inside.sort();
        files.extend(inside);
    }
    let mut seen = hashbrown::HashSet::new();
    files.retain(|file| seen.insert(std::fs::canonicalize(file).unwrap_or_else(|_| file.clone())));
    Ok(files)
}

/// Path of a file as the project file has it: relative to its folder where the two share one, else absolute.
fn relative(folder: &Path, file: &Path) -> String {
    let absolute = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let (folder, file) = (absolute(folder), absolute(file));
    let mut up = PathBuf::new();
    let mut base = folder.as_path();
    for _ in 0..6 {
        if let Ok(rest) = file.strip_prefix(base) {
            return up.join(rest).to_string_lossy().replace('\\', "/");
        }
        match base.parent() {
            Some(parent) if parent.parent().is_some() => base = parent,
            _ => break,
        }
        up.push("..");
    }
    file.to_string_lossy().replace('\\', "/")
}

//! `ruong new`: looks into someone's files and writes a project file that builds.

use super::{NewArguments, Outcome, Stopped, stop};
use crate::project::draft::{self, Looked};
use crate::run::progress::tell;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::Lang;
use crate::{message, pipeline};
use std::path::{Path, PathBuf};

pub(super) fn run(arguments: &NewArguments) -> std::result::Result<Outcome, Stopped> {
    let lang = arguments.lang.unwrap_or_default();
    write(arguments, lang).map_err(stop(lang))
}

fn write(arguments: &NewArguments, lang: Lang) -> Result<Outcome> {
    let target = arguments.folder.join("ruong.toml");
    if target.exists() && !arguments.force {
        return Err(Fault::new(
            "exists",
            Place::file(target.display().to_string()),
            message!("tệp đã có, không ghi đè", "the file is there and is not overwritten"),
        )
        .hint(message!("thêm --force để ghi đè", "add --force to overwrite it")));
    }
    let out = crate::cli::inputs::output(&arguments.folder)?;
    let mut problems = Problems::default();
    let mut looked: Vec<Looked> = Vec::new();
    let mut unread = None;
    for file in files(&arguments.files)? {
        let name = relative(&arguments.folder, &file);
        // One bad file is named and left out; without any good one it is the answer.
        match pipeline::look(&arguments.folder, &name, &mut problems) {
            Ok(seen) => looked.push(seen),
            Err(fault) => {
                tell(&format!("  ! {}: {}", fault.place.describe(lang), fault.message.get(lang)));
                unread.get_or_insert(fault);
            }
        }
    }
    if let (Some(fault), false) = (unread, looked.iter().any(|seen| seen.polygons)) {
        return Err(fault);
    }
    let text = draft::write(&looked, lang)?;
    out.write("ruong.toml", text.as_bytes())?;
    for looked in &looked {
        tell(&format!("  {}", looked.understood(lang)));
    }
    let (path, folder) = (target.display(), arguments.folder.display());
    tell(&match lang {
        Lang::Vi => format!("đã ghi {path}; tiếp theo: ruong build {folder}"),
        Lang::En => format!("{path} written; next: ruong build {folder}"),
    });
    Ok(Outcome::Complete)
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
            let office_lock = file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("~$"));
            file.is_file() && !office_lock && ENDINGS.contains(&ending.as_str())
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

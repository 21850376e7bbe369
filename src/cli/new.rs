//! `ruong new`: looks into someone's files and writes a project file that builds.

use super::{NewArguments, Outcome, Stopped, stop};
use crate::project::draft::{self, Looked};
use crate::publish::Out;
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
    let out = Out::new(&arguments.folder)?;
    let mut problems = Problems::default();
    let mut looked: Vec<Looked> = Vec::new();
    for file in &arguments.files {
        let name = relative(&arguments.folder, file);
        looked.push(pipeline::look(&arguments.folder, &name, &mut problems)?);
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

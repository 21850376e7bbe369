//! Looks into someone's files and writes a project file that builds.

mod before;
mod boundaries;
mod cumulative;
mod diseases;
pub mod draft;
mod enterprises;
mod entry;
mod kinds;
pub mod like;
mod look;
pub mod looked;
mod matched;
mod parts;
mod periods;
mod pests;
mod places;
mod roles;
mod series;
mod species;
mod standing;
mod together;
mod traps;
mod understand;
mod understood;

use crate::layers::simple_features::Kind;
use crate::message;
use crate::places::open::{self, UNKNOWN_FORMAT};
use crate::project::{Project, secret};
use crate::publish::{Readers, Sink};
use crate::run::{Fault, Place, Result};
use crate::values::Lang;
use crate::values::file_name::ending;
use like::Like;
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

/// Writes `ruong.toml` for the files, which may be folders; the folder of the project itself if none is named. One bad file is named and
/// left out; without any good one it is the answer. `like` is a project whose title, office and scales are taken over.
pub fn new(folder: &Path, named: &[PathBuf], like: Option<&Path>, lang: Lang, sink: &dyn Sink) -> Result<Drafted> {
    let like = like.map(|old| Like::read(old, folder)).transpose()?.unwrap_or_default();
    let (mut drafted, draft) = drafted(folder, named, &like, &[], lang)?;
    sink.write("ruong.toml", draft.text.as_bytes())?;
    if let (Some(seed), None) = (&like.seed, sink.read(secret::FILE)) {
        sink.write_for(secret::FILE, seed, Readers::Owner)?;
    }
    if draft.places_of_animals && sink.read(secret::FILE).is_none() {
        sink.write_for(secret::FILE, &own_seed(lang)?, Readers::Owner)?;
    }
    drafted.understood = draft.understood;
    Ok(drafted)
}

/// What a folder holds beyond a project that is there already: entries to add, as text. Nothing is written.
pub fn proposals(project: &Project, named: &[PathBuf], lang: Lang) -> Result<(Vec<String>, Drafted)> {
    let mut files: Vec<PathBuf> = vec![project.folder.join(&project.communes.file)];
    files.extend(project.fields.iter().map(|fields| project.folder.join(&fields.file)));
    files.retain(|file| file.is_file());
    files.extend(if named.is_empty() { vec![project.folder.clone()] } else { named.to_vec() });
    let taken: Vec<String> = project.tables.iter().map(|table| table.id.clone()).collect();
    let (mut drafted, draft) = drafted(&project.folder, &files, &Like::default(), &taken, lang)?;
    let is_used = |file: &String| project.tables.iter().any(|table| table.file == *file || series::takes(&table.file, file));
    let new = draft.entries.into_iter().filter(|entry| !entry.files.iter().all(is_used));
    let entries: Vec<String> = new.map(|entry| entry.text).collect();
    drafted.understood = draft.understood;
    Ok((entries, drafted))
}

/// `taken` are ids of tables that are given away already.
fn drafted(folder: &Path, named: &[PathBuf], like: &Like, taken: &[String], lang: Lang) -> Result<(Drafted, draft::Draft)> {
    let own = [folder.to_path_buf()];
    let named = if named.is_empty() { &own[..] } else { named };
    let mut looked: Vec<Looked> = Vec::new();
    let mut drafted = Drafted::default();
    for file in files(named)? {
        match look::look(folder, &relative(folder, &file), &mut drafted.left_out) {
            Ok(seen) => looked.extend(seen),
            Err(fault) => drafted.left_out.push(fault),
        }
    }
    // Where no boundaries are left, the file that may have held them is the answer; a PDF beside them is not.
    let may_be_boundaries = drafted.left_out.iter().find(|fault| fault.code != UNKNOWN_FORMAT).or(drafted.left_out.first());
    if let (Some(fault), false) = (may_be_boundaries, looked.iter().any(|seen| seen.made_of == Some(Kind::Areas))) {
        return Err(fault.clone());
    }
    let mut draft = draft::write(looked, folder, like, taken, lang)?;
    drafted.left_out.append(&mut draft.left_out);
    Ok((drafted, draft))
}

/// A secret by which an office moves the places of animals that it publishes: from the system's source of randomness, and never 0 or 1.
fn own_seed(lang: Lang) -> Result<Vec<u8>> {
    let drawn = getrandom::u64().map_err(|error| {
        let message = message!("hệ điều hành không cho số ngẫu nhiên", "the system gives no random number").because(&error);
        Fault::new("no-randomness", Place::file(secret::FILE), message)
    })?;
    let note = lang.pick(
        "# Số bí mật của đơn vị: vị trí trại in ra được xê dịch theo số này. Giữ kín, không gửi kèm, không đổi.",
        "# The office's secret: published places of farms are moved by it. Keep it, never send it along, never change it.",
    );
    Ok(format!("{note}\n{}\n", (drawn >> 1) + 2).into_bytes())
}

/// The files named, each once, and those that lie in the folders named and below; what programs leave beside files is passed over.
fn files(named: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in named {
        if path.is_dir() && !is_geodatabase(path) {
            walk(path, DEEPEST, &mut files)?;
        } else if !is_of_program(path) {
            files.push(path.clone());
        }
    }
    let mut seen = hashbrown::HashSet::new();
    files.retain(|file| seen.insert(std::fs::canonicalize(file).unwrap_or_else(|_| file.clone())));
    Ok(files)
}

/// Folders within folders that are looked into.
const DEEPEST: usize = 3;
/// Endings of files that may hold tables, or that offices believe to hold them.
const TABLES: [&str; 12] = ["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "docx", "doc", "pdf", "rar"];

fn walk(folder: &Path, left: usize, files: &mut Vec<PathBuf>) -> Result<()> {
    let mut inside: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| Fault::io(folder, &error))? {
        inside.push(entry.map_err(|error| Fault::io(folder, &error))?.path());
    }
    inside.sort();
    let (folders, here): (Vec<PathBuf>, Vec<PathBuf>) =
        inside.into_iter().filter(|path| !is_of_program(path)).partition(|path| path.is_dir() && !is_geodatabase(path));
    let known = |file: &PathBuf| {
        let ending = ending(&file.to_string_lossy());
        let own = file.file_name().is_some_and(|name| name == crate::places::aliases::FILE);
        !own && (TABLES.contains(&ending.as_str()) || open::is_layer(&file.to_string_lossy()))
    };
    files.extend(here.into_iter().filter(known));
    // What a build wrote, and other projects, are no inputs.
    let is_input = |folder: &&PathBuf| !is_written(folder) && !folder.join("ruong.toml").is_file();
    for folder in folders.iter().filter(is_input).filter(|_| left > 0) {
        walk(folder, left - 1, files)?;
    }
    Ok(())
}

/// Whether a folder is one file to people: a geodatabase of ESRI.
fn is_geodatabase(folder: &Path) -> bool {
    ending(&folder.to_string_lossy()) == "gdb"
}

/// Whether a folder is what a build wrote: its record lies in it.
pub fn is_written(folder: &Path) -> bool {
    folder.join("run.json").is_file()
}

/// Locks, hidden files and what Windows leaves in folders.
pub fn is_of_program(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    name.starts_with(['~', '.']) && name != "." && name != ".." || name == "thumbs.db" || name == "desktop.ini"
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

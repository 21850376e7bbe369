//! One table from many files alike: `file = "weekly/*.xlsx"`. A bad file is named and the others go on.

use super::shape;
use super::tables::{self, Form, Opened};
use crate::input::{Source, Table, Wanted};
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::templates;
use crate::values::text::fold_letters;
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// Heading of the column that names the file of each row.
pub const FILE: &str = "Tệp";

/// Whether a file name stands for several files.
pub fn is_pattern(name: &str) -> bool {
    name.contains(['*', '?'])
}

/// The files a pattern stands for, in order of name.
pub fn files(folder: &Path, pattern: &str) -> Result<Vec<String>> {
    let place = || Place::file(pattern);
    let escaped = glob::Pattern::escape(&folder.to_string_lossy());
    let bare = Path::new(pattern).is_absolute() || escaped.is_empty();
    let whole = if bare { pattern.to_owned() } else { format!("{escaped}/{pattern}") };
    let bad = |error: &dyn std::fmt::Display| {
        Fault::new(
            "bad-pattern",
            place(),
            message!("không hiểu mẫu tên tệp", "cannot understand the file pattern").because(&error),
        )
    };
    let options =
        glob::MatchOptions { case_sensitive: false, require_literal_separator: true, require_literal_leading_dot: false };
    // Names of the system begin with a dot; they match only a pattern that says so. (The option for this fails on names that are not UTF-8.)
    let hidden =
        |name: &str| !pattern.contains("/.") && !pattern.starts_with('.') && name.split('/').any(|part| part.starts_with('.'));
    let found: Vec<PathBuf> = if pattern.contains("**") {
        let matcher = glob::Pattern::new(&whole).map_err(|error| bad(&error))?;
        below(&whole, |path| matcher.matches_path_with(path, options)).ok_or_else(|| too_broad(pattern))?
    } else {
        glob::glob_with(&whole, options).map_err(|error| bad(&error))?.filter_map(std::result::Result::ok).collect()
    };
    let mut names: Vec<String> = found
        .into_iter()
        // Excel keeps a lock file such as ~$a.xlsx beside a workbook that is open.
        .filter(|path| !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("~$")))
        .map(|path| path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/"))
        .filter(|name| !hidden(name))
        .collect();
    names.extend(unaccented(folder, pattern, options));
    names.sort();
    names.dedup();
    if names.is_empty() {
        return Err(Fault::new("missing-file", place(), message!("không tệp nào khớp mẫu này", "no file matches this pattern"))
            .hint(message!(
                "đường dẫn tính từ thư mục chứa tệp dự án; * là bất kỳ chữ nào trong một tên",
                "paths are relative to the folder of the project file; * is any text within one name"
            )));
    }
    Ok(names)
}

/// Files and folders that a pattern may look at; a project's folder has fewer.
const MOST_LOOKED_AT: usize = 200_000;

/// The files that fit, in the folder that a pattern with `**` begins with and below it. Links are followed, but none that leads back to
/// where it stands. `None` where there are too many to look at.
fn below(pattern: &str, fits: impl Fn(&Path) -> bool) -> Option<Vec<PathBuf>> {
    let fixed = pattern.split('/').take_while(|part| !part.contains(['*', '?', '[']));
    let fixed = fixed.collect::<Vec<_>>().join("/");
    let start = match (fixed.as_str(), pattern.starts_with('/')) {
        ("", true) => "/",
        ("", false) => ".",
        (fixed, _) => fixed,
    };
    let mut found = Vec::new();
    for (at, entry) in walkdir::WalkDir::new(start).follow_links(true).into_iter().enumerate() {
        if at >= MOST_LOOKED_AT {
            return None;
        }
        let Ok(entry) = entry else { continue };
        let path = if fixed.is_empty() { entry.path().strip_prefix(".").unwrap_or(entry.path()) } else { entry.path() };
        if entry.file_type().is_file() && fits(path) {
            found.push(path.to_owned());
        }
    }
    Some(found)
}

fn too_broad(pattern: &str) -> Fault {
    let message = message!(
        "mẫu tên tệp này phải xem hơn {MOST_LOOKED_AT} tệp và thư mục: không đọc",
        "the file pattern looks at more than {MOST_LOOKED_AT} files and folders: it is not read"
    );
    Fault::new("bad-pattern", Place::file(pattern), message).hint(message!(
        "ghi rõ thư mục trước **, ví dụ: bao-cao/2024/**/*.xlsx",
        "name the folder before **, for instance: reports/2024/**/*.xlsx"
    ))
}

/// Files of a folder that a pattern takes once accents are put aside: "BC tuan *.xlsx" takes "BC Tuần 16.xlsx" too, as it takes "BC TUAN".
fn unaccented(folder: &Path, pattern: &str, options: glob::MatchOptions) -> Vec<String> {
    let (inside, last) = pattern.rsplit_once('/').map_or(("", pattern), |(inside, last)| (inside, last));
    let (Ok(plain), false) = (glob::Pattern::new(&fold_letters(last)), is_pattern(inside)) else { return Vec::new() };
    let Ok(entries) = std::fs::read_dir(folder.join(inside)) else { return Vec::new() };
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    names
        .filter(|name| !name.starts_with(['.', '~']) && plain.matches_with(&fold_letters(name), options))
        .map(|name| if inside.is_empty() { name } else { format!("{inside}/{name}") })
        .collect()
}

/// Opens the table of a project: one file, or every file of a pattern put one below the other.
pub fn open(folder: &Path, name: &str, form: &Form, from_name: &[String], problems: &mut Problems) -> Result<Opened> {
    if !is_pattern(name) {
        let opened = tables::open(&Source::new(folder, name), form, problems)?;
        if from_name.is_empty() && !form.is_shaped() {
            return Ok(opened);
        }
        return Ok(Opened::Read(Box::new(whole(opened, name, form, from_name, problems)?)));
    }
    let names = files(folder, name)?;
    let read: Vec<(Problems, Result<Table>)> = names
        .par_iter()
        .with_max_len(1)
        .map(|name| {
            let mut said = Problems::default();
            let table = tables::open(&Source::new(folder, name), form, &mut said).and_then(|opened| {
                let mut table = whole(opened, name, form, from_name, &mut said)?;
                table.fill(FILE, name);
                Ok(table)
            });
            (said, table)
        })
        .collect();
    let mut whole: Option<Table> = None;
    let mut first_fault = None;
    let mut good = 0;
    for (said, table) in read {
        problems.append(said);
        match table {
            Ok(table) => {
                good += 1;
                match &mut whole {
                    Some(whole) => whole.absorb(table),
                    None => whole = Some(table),
                }
            }
            Err(fault) => {
                problems.fault(fault.clone());
                first_fault.get_or_insert(fault);
            }
        }
    }
    match (whole, first_fault) {
        (Some(mut whole), _) => {
            let (all, file) = (names.len(), name.to_owned());
            whole.read_as.insert("files", format!("{good} / {all}"));
            whole.file = file;
            Ok(Opened::Read(Box::new(whole)))
        }
        (None, Some(fault)) => Err(fault),
        (None, None) => Err(Fault::new("missing-file", Place::file(name), message!("không có tệp này", "there is no such file"))),
    }
}

/// One file, with the columns of its name, brought into rows.
fn whole(opened: Opened, name: &str, form: &Form, from_name: &[String], problems: &mut Problems) -> Result<Table> {
    let mut table = opened.read(&Wanted::All, problems)?;
    for pattern in from_name {
        fill_from_name(&mut table, name, pattern)?;
    }
    shape::shape(table, form, problems)
}

/// Columns from the name of a file: the pattern `bc7n_{Xã}_{Tuần}.xlsx` gives two.
fn fill_from_name(table: &mut Table, name: &str, pattern: &str) -> Result<()> {
    // A template with a folder in it is one of the whole path.
    let bare = if pattern.contains('/') { name } else { name.rsplit('/').next().unwrap_or(name) };
    let found = templates::take_apart(bare, pattern).ok_or_else(|| {
        Fault::new(
            "bad-file-name",
            Place::file(name).column("from_name").value(pattern),
            message!("tên tệp không theo mẫu \"{pattern}\"", "the file name does not follow \"{pattern}\""),
        )
    })?;
    for (heading, text) in found {
        table.fill(&heading, &text);
    }
    Ok(())
}

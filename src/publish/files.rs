//! The output folder: each file goes to a temporary neighbour first and takes its name when it is complete. No file is written
//! outside the folder, and none over an input of the run, however it is spelled.

use crate::message;
use crate::run::{Fault, Place, Result};
use std::io::Write;
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

/// The output folder of a run, and what has been written to it.
#[derive(Debug)]
pub struct Out {
    folder: PathBuf,
    inputs: Vec<Identity>,
    written: Mutex<Vec<String>>,
}

impl Out {
    /// Makes the folder if it is not there. `inputs` are the files of the run, which no output may replace.
    pub fn new(folder: &Path, inputs: &[PathBuf]) -> Result<Out> {
        std::fs::create_dir_all(folder).map_err(|error| Fault::io(folder, &error))?;
        let inputs = inputs.iter().filter_map(|input| identity(input)).collect();
        Ok(Out { folder: folder.to_path_buf(), inputs, written: Mutex::new(Vec::new()) })
    }

    /// Writes a file; `name` is relative to the folder, with `/` between its parts.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.inside(name)?;
        let fault = |error: &std::io::Error| Fault::io(&path, error);
        let parent = path.parent().unwrap_or(&self.folder);
        std::fs::create_dir_all(parent).map_err(|error| fault(&error))?;
        if std::fs::metadata(&path).is_ok_and(|known| !known.is_file()) {
            let kind = std::io::Error::new(std::io::ErrorKind::AlreadyExists, "not a regular file");
            return Err(fault(&kind));
        }
        if identity(&path).is_some_and(|known| self.inputs.contains(&known)) {
            return Err(Fault::new(
                "overwrites-input",
                Place::file(path.display().to_string()),
                message!(
                    "đây là tệp đầu vào của chính lần chạy này: không ghi đè",
                    "this is an input of this very run: it is not written over"
                ),
            )
            .hint(message!("chọn thư mục hoặc tên tệp kết quả khác (--out)", "choose another output folder or file (--out)")));
        }
        let mut file =
            tempfile::Builder::new().prefix(".ruong-").suffix(".tmp").tempfile_in(parent).map_err(|error| fault(&error))?;
        file.write_all(bytes).map_err(|error| fault(&error))?;
        share(file.as_file()).map_err(|error| fault(&error))?;
        file.persist(&path).map_err(|error| fault(&error.error))?;
        self.keep(name);
        Ok(())
    }

    /// The path of an output. A name that leads out of the folder is refused: it may come from a heading or a commune.
    fn inside(&self, name: &str) -> Result<PathBuf> {
        let plain = !name.contains('\\') && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
        if plain && !name.is_empty() {
            return Ok(self.folder.join(name));
        }
        Err(Fault::new(
            "bad-file-name",
            Place::file(name),
            message!("tên tệp kết quả dẫn ra ngoài thư mục kết quả", "the name of an output leads out of its folder"),
        )
        .hint(message!(
            "xem id và tên cột dùng trong tên tệp: bỏ \"..\", \"/\" và \"\\\"",
            "look at the id and the headings that name the file: leave out \"..\", \"/\" and \"\\\""
        )))
    }

    /// Counts a file among those of this run.
    pub fn keep(&self, name: &str) {
        if let Ok(mut written) = self.written.lock() {
            written.push(name.to_owned());
        }
    }

    /// Names of the files written, in order of name.
    pub fn written(&self) -> Vec<String> {
        let mut names = self.written.lock().map(|written| written.clone()).unwrap_or_default();
        names.sort();
        names
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// What a file is, whatever it is called: links and other spellings of one file are equal.
#[cfg(unix)]
type Identity = (u64, u64);
#[cfg(not(unix))]
type Identity = PathBuf;

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|file| (file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    std::fs::canonicalize(path).ok().filter(|path| path.is_file())
}

/// Temporary files are private; results are for the office.
#[cfg(unix)]
fn share(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn share(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

//! The output folder: each file goes to a temporary neighbour first and takes its name when it is complete. No file is written
//! outside the folder, and none over an input of the run, however it is spelled.

use crate::message;
use crate::run::{Fault, Place, Result};
use std::io::Write;
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

/// Where outputs go: a folder, or memory. A sink knows the inputs of its run and replaces none of them.
pub trait Sink: Sync {
    /// Writes a file whole or not at all; `name` has `/` between its parts.
    fn write(&self, name: &str, bytes: &[u8]) -> Result<()>;

    /// Counts a file of an earlier run among those of this one.
    fn keep(&self, name: &str);

    /// Names of the files written, in order of name.
    fn written(&self) -> Vec<String>;

    /// The content of a file of this run or an earlier one.
    fn read(&self, name: &str) -> Option<Vec<u8>>;

    /// Its size.
    fn size(&self, name: &str) -> Option<u64>;

    /// Where this is, for people.
    fn place(&self) -> String;
}

/// Outputs kept in memory, by name.
#[derive(Debug, Default)]
pub struct Memory {
    files: Mutex<std::collections::BTreeMap<String, Vec<u8>>>,
}

impl Memory {
    /// The files, by name.
    pub fn into_files(self) -> std::collections::BTreeMap<String, Vec<u8>> {
        self.files.into_inner().unwrap_or_default()
    }
}

impl Sink for Memory {
    fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        plain(name)?;
        if let Ok(mut files) = self.files.lock() {
            files.insert(name.to_owned(), bytes.to_owned());
        }
        Ok(())
    }

    fn keep(&self, _: &str) {}

    fn written(&self) -> Vec<String> {
        self.files.lock().map(|files| files.keys().cloned().collect()).unwrap_or_default()
    }

    fn read(&self, name: &str) -> Option<Vec<u8>> {
        self.files.lock().ok()?.get(name).cloned()
    }

    fn size(&self, name: &str) -> Option<u64> {
        self.files.lock().ok()?.get(name).map(|bytes| bytes.len() as u64)
    }

    fn place(&self) -> String {
        String::new()
    }
}

/// A folder within another sink.
pub struct Within<'a> {
    sink: &'a dyn Sink,
    prefix: String,
}

impl<'a> Within<'a> {
    /// The folder `name` of a sink; the sink itself without a name.
    pub fn new(sink: &'a dyn Sink, name: &str) -> Within<'a> {
        Within { sink, prefix: if name.is_empty() { String::new() } else { format!("{name}/") } }
    }
}

impl Sink for Within<'_> {
    fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        self.sink.write(&format!("{}{name}", self.prefix), bytes)
    }

    fn keep(&self, name: &str) {
        self.sink.keep(&format!("{}{name}", self.prefix));
    }

    fn written(&self) -> Vec<String> {
        self.sink.written()
    }

    fn read(&self, name: &str) -> Option<Vec<u8>> {
        self.sink.read(&format!("{}{name}", self.prefix))
    }

    fn size(&self, name: &str) -> Option<u64> {
        self.sink.size(&format!("{}{name}", self.prefix))
    }

    fn place(&self) -> String {
        self.sink.place()
    }
}

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
        Ok(Out::once_written(folder, inputs))
    }

    /// The same, where the folder is made with the first file.
    pub fn once_written(folder: &Path, inputs: &[PathBuf]) -> Out {
        let inputs = inputs.iter().filter_map(|input| identity(input)).collect();
        Out { folder: folder.to_path_buf(), inputs, written: Mutex::new(Vec::new()) }
    }
}

impl Sink for Out {
    fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        plain(name)?;
        let path = self.folder.join(name);
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

    fn keep(&self, name: &str) {
        if let Ok(mut written) = self.written.lock() {
            written.push(name.to_owned());
        }
    }

    fn written(&self) -> Vec<String> {
        let mut names = self.written.lock().map(|written| written.clone()).unwrap_or_default();
        names.sort();
        names
    }

    fn read(&self, name: &str) -> Option<Vec<u8>> {
        std::fs::read(self.folder.join(name)).ok()
    }

    fn size(&self, name: &str) -> Option<u64> {
        std::fs::metadata(self.folder.join(name)).ok().filter(std::fs::Metadata::is_file).map(|file| file.len())
    }

    fn place(&self) -> String {
        self.folder.display().to_string()
    }
}

/// Refuses a name that leads out of the folder: it may come from a heading or a commune.
fn plain(name: &str) -> Result<()> {
    let inside = !name.contains('\\') && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    if inside && !name.is_empty() {
        return Ok(());
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

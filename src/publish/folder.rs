//! The output folder: each file goes to a temporary neighbour first and takes its name when it is complete. No file is written
//! outside the folder, and none over an input of the run, however it is spelled. One run at a time.

use super::files::{Names, Readers, Sink, plain, sha256};
use crate::message;
use crate::run::{Fault, Place, Result};
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Held while a run is at work in a folder.
const LOCK: &str = ".ruong.lock";
/// Beginning and end of the names of files that are not complete.
const UNDONE: [&str; 2] = [".ruong-", ".tmp"];
/// Folders below the output folder in which a killed run may have left such files.
const DEPTH: usize = 3;

/// The output folder of a run, and what has been written to it.
#[derive(Debug)]
pub struct Out {
    folder: PathBuf,
    inputs: Vec<Identity>,
    names: Names,
    lock: Option<File>,
    /// What a command has made that was not there before: it goes again where a later file cannot be written
    made: Option<Mutex<Vec<PathBuf>>>,
}

impl Out {
    /// Makes the folder if it is not there, holds it against other runs, and clears away what a killed run left. `inputs` are the files
    /// of the run, which no output may replace.
    pub fn new(folder: &Path, inputs: &[PathBuf]) -> Result<Out> {
        std::fs::create_dir_all(folder).map_err(|error| Fault::io(folder, &error))?;
        let lock = lock(folder)?;
        clear(folder, DEPTH);
        let mut out = Out::once_written(folder, inputs);
        (out.lock, out.made) = (lock, None);
        Ok(out)
    }

    /// The same of a command, which makes all its files or none: the folder is made with the first file, and is not held.
    pub fn once_written(folder: &Path, inputs: &[PathBuf]) -> Out {
        let inputs = inputs.iter().filter_map(|input| identity(input)).collect();
        Out { folder: folder.to_path_buf(), inputs, names: Names::default(), lock: None, made: Some(Mutex::default()) }
    }

    /// Refuses a folder that leads out of the output folder by a link.
    fn within(&self, parent: &Path) -> Result<()> {
        let real = |path: &Path| std::fs::canonicalize(path).map_err(|error| Fault::io(path, &error));
        if real(parent)?.starts_with(real(&self.folder)?) {
            return Ok(());
        }
        let place = Place::file(parent.display().to_string());
        let message = message!(
            "thư mục này là liên kết dẫn ra ngoài thư mục kết quả",
            "this folder is a link that leads out of the output folder"
        );
        Err(Fault::new("outside-output", place, message)
            .hint(message!("bỏ liên kết, hoặc chọn --out khác", "remove the link, or choose another --out")))
    }

    /// Refuses a name that is taken, or the file of an input.
    fn check(&self, name: &str, path: &Path) -> Result<()> {
        self.names.check(name)?;
        if std::fs::metadata(path).is_ok_and(|known| !known.is_file()) {
            return Err(Fault::io(path, &std::io::Error::new(std::io::ErrorKind::AlreadyExists, "not a regular file")));
        }
        if identity(path).is_some_and(|known| self.inputs.contains(&known)) {
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
        Ok(())
    }
}

impl Drop for Out {
    fn drop(&mut self) {
        if self.lock.is_some() {
            // Whoever opened it meanwhile sees that it is gone, and makes another.
            let _ = std::fs::remove_file(self.folder.join(LOCK));
        }
    }
}

impl Out {
    /// Takes away what a command has made so far: with exit code 2 nothing was made.
    fn undo(&self) {
        let made = self.made.as_ref().and_then(|made| made.lock().ok()).map(|mut made| std::mem::take(&mut *made));
        made.unwrap_or_default().iter().for_each(|path| {
            let _ = std::fs::remove_file(path);
        });
    }

    fn put(&self, name: &str, bytes: &[u8], readers: Readers) -> Result<()> {
        plain(name)?;
        let path = self.folder.join(name);
        let fault = |error: &std::io::Error| Fault::io(&path, error);
        let parent = path.parent().unwrap_or(&self.folder);
        std::fs::create_dir_all(parent).map_err(|error| fault(&error))?;
        self.within(parent)?;
        self.check(name, &path)?;
        let mut file =
            tempfile::Builder::new().prefix(UNDONE[0]).suffix(UNDONE[1]).tempfile_in(parent).map_err(|error| fault(&error))?;
        file.write_all(bytes).map_err(|error| fault(&error))?;
        share(file.as_file(), readers).map_err(|error| fault(&error))?;
        let is_new = !path.exists();
        file.persist(&path).map_err(|error| fault(&error.error))?;
        if let Some(made) = self.made.as_ref().filter(|_| is_new) {
            made.lock().map(|mut made| made.push(path)).unwrap_or_default();
        }
        self.names.note(name, sha256(bytes), readers);
        Ok(())
    }
}

impl Sink for Out {
    fn write_for(&self, name: &str, bytes: &[u8], readers: Readers) -> Result<()> {
        self.put(name, bytes, readers).inspect_err(|_| self.undo())
    }

    fn names(&self) -> &Names {
        &self.names
    }

    fn remove(&self, name: &str) -> Result<()> {
        plain(name)?;
        let path = self.folder.join(name);
        self.check(name, &path)?;
        self.within(path.parent().unwrap_or(&self.folder))?;
        std::fs::remove_file(&path).map_err(|error| Fault::io(&path, &error))
    }

    fn read(&self, name: &str) -> Option<Vec<u8>> {
        std::fs::read(self.folder.join(name)).ok()
    }

    fn place(&self) -> String {
        self.folder.display().to_string()
    }
}

/// Holds a folder for one run. On file systems without locks nothing is held.
fn lock(folder: &Path) -> Result<Option<File>> {
    let path = folder.join(LOCK);
    // Through a link somebody else's file would be emptied.
    if std::fs::symlink_metadata(&path).is_ok_and(|known| !known.is_file()) {
        return Err(Fault::io(&path, &std::io::Error::new(std::io::ErrorKind::AlreadyExists, "not a regular file")));
    }
    for _ in 0..16 {
        let opened = File::options().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = opened.map_err(|error| Fault::io(folder, &error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => return Err(at_work(folder, &mut file)),
            Err(std::fs::TryLockError::Error(_)) => return Ok(None),
        }
        // The run before may have taken the file away between the two steps.
        if is_still(&file, &path) {
            let _ = file.set_len(0).and_then(|()| write!(file, "{}", std::process::id()));
            return Ok(Some(file));
        }
    }
    Ok(None)
}

fn at_work(folder: &Path, file: &mut File) -> Fault {
    let mut text = String::new();
    let _ = file.read_to_string(&mut text);
    let process = text.trim().to_owned();
    Fault::new(
        "at-work",
        Place::file(folder.display().to_string()).value(&process),
        message!(
            "một lần chạy khác đang ghi vào thư mục này (tiến trình {process})",
            "another run is writing to this folder (process {process})"
        ),
    )
    .hint(message!("chờ nó xong, hoặc chọn --out khác", "wait for it to end, or choose another --out"))
}

/// Removes files that a killed run left undone, in the folder and those below it.
fn clear(folder: &Path, depth: usize) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(kind) = entry.file_type() else { continue };
        let name = entry.file_name().to_string_lossy().into_owned();
        if kind.is_file() && name.starts_with(UNDONE[0]) && name.ends_with(UNDONE[1]) {
            let _ = std::fs::remove_file(entry.path());
        } else if kind.is_dir() && depth > 1 {
            clear(&entry.path(), depth - 1);
        }
    }
}

/// What a file is, whatever it is called: links and other spellings of one file are equal.
#[cfg(unix)]
type Identity = (u64, u64);
#[cfg(not(unix))]
type Identity = PathBuf;

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    std::fs::metadata(path).ok().as_ref().and_then(of_metadata)
}

#[cfg(unix)]
fn of_metadata(file: &std::fs::Metadata) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    file.is_file().then(|| (file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    std::fs::canonicalize(path).ok().filter(|path| path.is_file())
}

/// Whether an open file is the one of that name.
#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    file.metadata().ok().as_ref().and_then(of_metadata) == identity(path)
}

/// Elsewhere an open file cannot be taken away.
#[cfg(not(unix))]
fn is_still(_: &File, _: &Path) -> bool {
    true
}

/// Temporary files are private; results are for the office, unless they hold what is nobody else's business.
#[cfg(unix)]
fn share(file: &std::fs::File, readers: Readers) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = if readers == Readers::Owner { 0o600 } else { 0o644 };
    file.set_permissions(std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn share(_: &std::fs::File, _: Readers) -> std::io::Result<()> {
    Ok(())
}

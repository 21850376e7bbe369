//! Opening inputs: regular files only, of a size that fits. A pipe would be waited for without end, a device read without end.

use super::Result;
use super::fault::{Fault, Place};
use crate::message;
use std::fs::File;
use std::path::Path;

/// Files that must be held in memory as a whole are refused beyond this size.
const MOST_BYTES: u64 = 4 << 30;

/// Opens a file for reading.
pub fn open(path: &Path) -> Result<File> {
    let metadata = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if metadata.is_dir() {
        return Err(Fault::io(path, &std::io::ErrorKind::IsADirectory.into()));
    }
    if !metadata.is_file() {
        let place = Place::file(path.display().to_string());
        let message = message!("đây là ống dẫn hoặc thiết bị, không phải tệp", "this is a pipe or a device, not a file");
        return Err(Fault::new("not-a-file", place, message)
            .hint(message!("lưu thành tệp rồi dùng tệp đó", "save it as a file, and give that")));
    }
    File::open(path).map_err(|error| unreadable(path, &error))
}

/// All bytes of a file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    use std::io::Read;
    let mut file = open(path)?;
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    if size > MOST_BYTES {
        let gigabytes = size >> 30;
        let message = message!(
            "tệp {gigabytes} GiB phải nằm trọn trong bộ nhớ, nhiều nhất 4 GiB",
            "a file of {gigabytes} GiB would have to be held in memory, at most 4 GiB"
        );
        return Err(Fault::new("too-large", Place::file(path.display().to_string()), message));
    }
    let mut bytes = Vec::with_capacity(size as usize);
    file.read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    Ok(bytes)
}

/// A fault about reading, which another output folder does not help.
fn unreadable(path: &Path, error: &std::io::Error) -> Fault {
    let mut fault = Fault::io(path, error);
    if fault.code == "no-permission" {
        fault.message = message!("không có quyền đọc tệp này", "no permission to read this file");
        fault.hint =
            Some(message!("xem quyền của tệp, hoặc chép nó ra chỗ khác", "look at its permissions, or copy it elsewhere"));
    }
    fault
}

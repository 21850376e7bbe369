//! One shape for everything that stops a run: where, what was found, what was expected, and what to try.

use crate::message;
use crate::values::{Lang, Message};
use std::path::Path;

/// Where something was found. Every part may be unknown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place {
    /// File name as the user wrote it
    pub file: String,
    /// Line of a table, or 1-based index of a feature
    pub row: Option<u64>,
    /// Column, property or project key
    pub column: String,
    /// The value found there
    pub value: String,
    /// Hectares that are lost, moved or left without a place by it, if they are known
    pub hectares: Option<f64>,
}

impl Place {
    /// A whole file.
    pub fn file(file: impl Into<String>) -> Place {
        Place { file: file.into(), ..Place::default() }
    }

    /// Adds the hectares that are at stake.
    pub fn hectares(mut self, hectares: f64) -> Place {
        self.hectares = Some(hectares);
        self
    }

    /// Adds the row.
    pub fn row(mut self, row: u64) -> Place {
        self.row = Some(row);
        self
    }

    /// Adds the column.
    pub fn column(mut self, column: impl Into<String>) -> Place {
        self.column = column.into();
        self
    }

    /// Adds the value found, cut to a length that a table can show.
    pub fn value(mut self, value: impl AsRef<str>) -> Place {
        let value = value.as_ref();
        self.value = match value.char_indices().nth(120) {
            Some((end, _)) => format!("{}…", &value[..end]),
            None => value.to_owned(),
        };
        self
    }

    /// For people: `fields.geojson, dòng 12, cột "ha"`.
    pub fn describe(&self, lang: Lang) -> String {
        let mut text = self.file.clone();
        if let Some(row) = self.row {
            let at = match (self.file.to_lowercase().ends_with("json"), lang) {
                // What offices see of it is a shape; programs for maps call it otherwise.
                (true, Lang::Vi) => format!("hình thứ {row} (trong QGIS: đối tượng {row})"),
                (true, Lang::En) => format!("feature {row}"),
                (false, _) => format!("{} {row}", lang.pick("dòng", "line")),
            };
            let comma = if text.is_empty() { "" } else { ", " };
            text.push_str(&format!("{comma}{at}"));
        }
        if !self.column.is_empty() {
            let comma = if text.is_empty() { "" } else { ", " };
            // An option of a command names itself; a key of the project is no column.
            let is_key = self.column.contains('.')
                && self.column.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c));
            let word = match (self.column.starts_with("--"), is_key) {
                (true, _) => String::new(),
                (_, true) => format!("{} ", lang.pick("mục", "key")),
                _ => format!("{} ", lang.pick("cột", "column")),
            };
            text.push_str(&format!("{comma}{word}\"{}\"", self.column));
        }
        text
    }
}

/// A stretch of source text to show beside a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The whole text of the file
    pub text: String,
    /// Byte range to underline
    pub span: std::ops::Range<usize>,
}

/// Why a run, or one output of it, could not go on: where, what was found and expected, and what to try, in both languages.
///
/// ```
/// let fault = ruong::open("data/nowhere").unwrap_err();
/// assert_eq!(fault.code, "missing-file");
/// assert_eq!(fault.message.get(ruong::Lang::En), "there is no such file");
/// assert!(fault.place.file.ends_with("nowhere"));
/// ```
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{}: {}", .place.describe(Lang::En), .message.en)]
#[non_exhaustive]
pub struct Fault {
    /// Stable name for scripts and tests, such as `missing-column`
    pub code: &'static str,
    /// Where
    pub place: Place,
    /// What was found and what was expected
    pub message: Message,
    /// What to try
    pub hint: Option<Message>,
    /// Source text to show
    pub snippet: Option<Box<Snippet>>,
}

/// The system's number for a loop of symbolic links.
const LINK_LOOP: i32 = if cfg!(target_os = "macos") { 62 } else { 40 };

/// Windows' numbers for a file, or a part of it, that another program holds; nowhere else is a file held so.
const IN_USE: &[i32] = if cfg!(windows) { &[32, 33] } else { &[] };

impl Fault {
    /// A fault without a hint.
    pub fn new(code: &'static str, place: Place, message: Message) -> Fault {
        Fault { code, place, message, hint: None, snippet: None }
    }

    /// Adds what to try.
    pub fn hint(mut self, hint: Message) -> Fault {
        self.hint = Some(hint);
        self
    }

    /// A file whose bytes could not be made.
    pub fn not_written(file: impl Into<String>, error: &dyn std::fmt::Display) -> Fault {
        Fault::new("input-output", Place::file(file), message!("không ghi được", "cannot write").because(error))
    }

    /// Adds source text to show.
    pub fn snippet(mut self, text: &str, span: std::ops::Range<usize>) -> Fault {
        self.snippet = Some(Box::new(Snippet { text: text.to_owned(), span }));
        self
    }

    /// A file that cannot be read or written, with the reason the system gives.
    pub fn io(path: &Path, error: &std::io::Error) -> Fault {
        use std::io::ErrorKind::*;
        let place = Place::file(path.display().to_string());
        let (code, message, hint) = match error.kind() {
            NotFound => (
                "missing-file",
                message!("không có tệp này", "there is no such file"),
                Some(message!(
                    "đường dẫn tính từ thư mục chứa tệp dự án",
                    "paths are relative to the folder of the project file"
                )),
            ),
            PermissionDenied | ReadOnlyFilesystem => (
                "no-permission",
                message!("không có quyền đọc hoặc ghi ở đây", "no permission to read or write here"),
                Some(message!("chọn thư mục khác bằng --out", "choose another folder with --out")),
            ),
            IsADirectory => ("is-a-folder", message!("đây là thư mục, không phải tệp", "this is a folder, not a file"), None),
            _ if error.raw_os_error() == Some(LINK_LOOP) => (
                "link-loop",
                message!("liên kết tượng trưng trỏ vòng vào chính nó", "a symbolic link leads back to itself"),
                None,
            ),
            StorageFull => (
                "disk-full",
                message!("ổ đĩa đã đầy", "the disk is full"),
                Some(message!("xóa bớt tệp, hoặc chọn --out ở ổ khác", "remove files, or choose --out on another disk")),
            ),
            _ if error.raw_os_error().is_some_and(|number| IN_USE.contains(&number)) => (
                "in-use",
                message!("tệp đang mở ở chương trình khác", "another program has the file open"),
                Some(message!("đóng tệp đó rồi chạy lại", "close it and run again")),
            ),
            _ => ("input-output", message!("không đọc hoặc ghi được", "cannot read or write").because(&error), None),
        };
        Fault { code, place, message, hint, snippet: None }
    }
}

//! The parts of a file of the suite that somebody else made, to serve as a template.

use crate::message;
use crate::run::{Fault, Place, Result, opening};
use crate::values::Message;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

/// Largest template, as a file and unpacked.
const MOST: [u64; 2] = [50 << 20, 300 << 20];

/// Parts by name.
pub type Parts = BTreeMap<String, Vec<u8>>;

/// A template that cannot be used: the key that names it, and how to save another.
#[derive(Debug, Clone)]
pub struct Role {
    /// Key of the project
    pub key: &'static str,
    /// What can be done
    pub hint: Message,
}

impl Role {
    /// A fault of a template.
    pub fn wrong(&self, file: &str, message: Message) -> Fault {
        Fault::new("template", Place::file(file).column(self.key), message).hint(self.hint.clone())
    }

    /// The bytes of a template.
    pub fn bytes(&self, path: &Path) -> Result<Vec<u8>> {
        if let Ok(data) = std::fs::metadata(path)
            && data.len() > MOST[0]
        {
            let (size, most) = (data.len() >> 20, MOST[0] >> 20);
            return Err(self.wrong(
                &path.display().to_string(),
                message!("mẫu nặng {size} MB, nhiều nhất {most} MB", "the template has {size} MB, at most {most} MB are read"),
            ));
        }
        opening::read(path).map_err(|mut fault| {
            fault.place.column = self.key.to_owned();
            fault
        })
    }

    /// The parts of a template.
    pub fn parts(&self, bytes: &[u8], file: &str) -> Result<Parts> {
        let none = |error: &dyn std::fmt::Display| {
            self.wrong(file, message!("không đọc được mẫu", "cannot read the template").because(error))
        };
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| none(&error))?;
        let mut all = Parts::new();
        let mut room = MOST[1];
        for at in 0..archive.len() {
            let entry = archive.by_index(at).map_err(|error| none(&error))?;
            if entry.is_dir() {
                continue;
            }
            let name = entry.name().map_err(|error| none(&error))?.trim_start_matches('/').to_owned();
            let mut content = Vec::new();
            entry.take(room).read_to_end(&mut content).map_err(|error| none(&error))?;
            room = room.saturating_sub(content.len() as u64);
            if room == 0 {
                return Err(self.wrong(file, message!("mẫu quá lớn khi bung ra", "the template is too large when unpacked")));
            }
            all.insert(name, content);
        }
        Ok(all)
    }
}

/// A part as text.
pub fn text(parts: &Parts, name: &str) -> Option<String> {
    parts.get(name).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
}

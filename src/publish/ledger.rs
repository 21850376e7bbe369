//! What earlier runs left in an output folder, and what of it this run takes away: files that it, making the same kinds, does not make,
//! where they are still as they were written.

use super::files::{Sink, sha256};
use super::pictures::{Fingerprints, Format};
use crate::message;
use crate::run::record::{FileMade, Record};
use crate::run::{Place, Problems};
use std::collections::BTreeMap;

/// What the run before made, from its record; nothing if there was none, or another version made it.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Earlier {
    version: String,
    /// What its pictures show
    pub pictures: Fingerprints,
    /// Its files, those of runs before it among them
    pub files: BTreeMap<String, FileMade>,
    /// What the files of each kind were made from
    sources: BTreeMap<String, Sources>,
}

/// Files read, by role and name, with their hashes.
type Sources = BTreeMap<String, String>;

/// The kind of an output: its part, and for pictures their format too, for a run may make one format only.
fn kind(name: &str, made: &FileMade) -> String {
    match made.part.as_str() {
        "maps" | "charts" | "pages" => format!("{} {}", made.part, name.rsplit('.').next().unwrap_or_default()),
        part => part.to_owned(),
    }
}

impl Earlier {
    /// Reads the record of a folder.
    pub fn read(out: &dyn Sink) -> Earlier {
        out.read("run.json")
            .and_then(|bytes| serde_json::from_slice::<Earlier>(&bytes).ok())
            .filter(|earlier| earlier.version == env!("CARGO_PKG_VERSION"))
            .unwrap_or_default()
    }

    /// Removes what this run would have made and did not, names what it cannot remove, and takes over what it did not touch.
    pub fn settle(self, record: &mut Record, (parts, formats): (&[&str], &[Format]), out: &dyn Sink, problems: &mut Problems) {
        let ours = |name: &str, made: &FileMade| {
            let ending = name.rsplit('.').next().unwrap_or_default();
            let picture = matches!(made.part.as_str(), "maps" | "charts" | "pages") && ending != "gif";
            parts.contains(&made.part.as_str()) && (!picture || formats.iter().any(|format| format.ending() == ending))
        };
        let now: Sources =
            record.inputs.iter().map(|input| (format!("{}: {}", input.role, input.file), input.sha256.clone())).collect();
        record.sources = record.files.iter().map(|(name, made)| (kind(name, made), now.clone())).collect();
        let mut old: BTreeMap<String, usize> = BTreeMap::new();
        for (name, made) in &self.files {
            if record.files.contains_key(name) {
                continue;
            }
            let Some(bytes) = out.read(name) else { continue };
            if !ours(name, made) {
                record.files.insert(name.clone(), made.clone());
                if let Some(shown) = self.pictures.get(name) {
                    record.pictures.insert(name.clone(), shown.clone());
                }
                *old.entry(kind(name, made)).or_default() += 1;
            } else if sha256(&bytes) != made.sha256 {
                problems.warning(
                    "old-output-changed",
                    Place::file(name),
                    message!(
                        "tệp của lần chạy trước, lần này không còn làm ra, nhưng đã được sửa nên để lại",
                        "a file of an earlier run that this one does not make; it has been changed since and is left alone"
                    ),
                    None,
                );
            } else {
                match out.remove(name) {
                    Ok(()) => record.removed.push(name.clone()),
                    Err(fault) => problems.fault(fault),
                }
            }
        }
        for (kind, count) in old {
            let Some(then) = self.sources.get(&kind) else { continue };
            // What this run did not read may have changed too; nobody knows.
            if then.iter().any(|(input, hash)| now.get(input).is_some_and(|now| now != hash)) {
                problems.warning(
                    "out-of-date",
                    Place::file(&kind),
                    message!(
                        "{count} tệp {kind} làm từ số liệu cũ hơn: lần này không làm lại",
                        "{count} files of {kind} were made from older data: this run did not make them again"
                    ),
                    Some(message!("chạy ruong build không có --only, --format", "run ruong build without --only and --format")),
                );
            }
            record.sources.entry(kind).or_insert_with(|| then.clone());
        }
    }
}

//! What a new project takes over from an older one: who made it, how it looks, what people decided on names.

use super::relative;
use crate::message;
use crate::places::aliases;
use crate::project::secret;
use crate::run::{Fault, Place, Result, opening};
use std::path::Path;

/// Keys of an older project, as text for the new one.
#[derive(Debug, Default)]
pub struct Like {
    words: toml::Table,
    /// Keys that stand before any part
    pub others: String,
    /// Parts: the page, scales
    pub parts: String,
    /// The secret by which places are moved
    pub seed: Option<Vec<u8>>,
}

impl Like {
    /// Reads an older project for one in `folder`.
    pub fn read(old: &Path, folder: &Path) -> Result<Like> {
        let file = if old.is_dir() { old.join("ruong.toml") } else { old.to_path_buf() };
        let bytes = opening::read(&file)?;
        let broken = |error: &dyn std::fmt::Display| {
            let message = message!("không đọc được dự án cũ", "cannot read the older project").because(&error);
            Fault::new("bad-project", Place::file(file.display().to_string()), message)
        };
        let text = std::str::from_utf8(&bytes).map_err(|error| broken(&error))?;
        let words: toml::Table = text.parse().map_err(|error: toml::de::Error| broken(&error))?;
        let beside = file.parent().unwrap_or(Path::new("."));
        let mut others = toml::Table::new();
        for key in ["bw", "datum_shift"] {
            others.extend(words.get(key).map(|value| (key.to_owned(), value.clone())));
        }
        for (key, default) in [("aliases", Some(aliases::FILE)), ("thresholds", None)] {
            let named = words.get(key).and_then(|value| value.as_str()).or(default.filter(|name| beside.join(name).is_file()));
            others.extend(named.map(|name| (key.to_owned(), toml::Value::String(relative(folder, &beside.join(name))))));
        }
        let mut parts = toml::Table::new();
        for key in ["page", "scales"] {
            parts.extend(words.get(key).map(|value| (key.to_owned(), value.clone())));
        }
        let written = |table: &toml::Table| if table.is_empty() { String::new() } else { table.to_string() };
        let (others, parts) = (written(&others), written(&parts));
        let parts = if parts.is_empty() { parts } else { format!("\n{parts}") };
        Ok(Like { words, others, parts, seed: std::fs::read(beside.join(secret::FILE)).ok() })
    }

    /// A word of the older project.
    pub fn word(&self, key: &str) -> Option<&str> {
        self.words.get(key).and_then(toml::Value::as_str)
    }
}

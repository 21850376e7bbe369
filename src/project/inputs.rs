//! Every file that a project reads, so that none of them is written over.

use super::Project;
use crate::input::many;
use std::path::PathBuf;

impl Project {
    /// The files a run may read, the project file among them; patterns stand for what they match now.
    pub fn inputs(&self) -> Vec<PathBuf> {
        let mut names: Vec<&str> = vec![&self.communes.file];
        names.extend(self.fields.iter().map(|key| key.file.as_str()));
        names.extend(self.former.iter().map(|key| key.file.as_str()));
        names.extend(self.layers.iter().map(|key| key.file.as_str()));
        names.extend([&self.aliases, &self.thresholds].into_iter().flatten().map(String::as_str));
        names.push(crate::places::aliases::FILE);
        for table in &self.tables {
            names.push(&table.file);
            let beside = [&table.stations, &table.limits, &table.settings, &table.diseases, &table.model];
            names.extend(beside.into_iter().flatten().map(String::as_str));
        }
        names.extend(self.maps.iter().flatten().filter_map(|map| map.parameters.as_deref()));
        let mut files = vec![PathBuf::from(&self.file)];
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            match many::is_pattern(name) {
                true => {
                    let matched = many::files(&self.folder, name).unwrap_or_default();
                    files.extend(matched.iter().map(|file| self.folder.join(file)));
                }
                false => files.push(self.folder.join(name)),
            }
        }
        files
    }
}

//! Every file that a project reads, so that none of them is written over.

use crate::input::many;
use crate::project::Project;
use std::path::PathBuf;

/// The files a run may read, the project file among them; patterns stand for what they match now.
pub fn inputs(project: &Project) -> Vec<PathBuf> {
    let mut names: Vec<&str> = vec![&project.communes.file];
    names.extend(project.fields.iter().map(|key| key.file.as_str()));
    names.extend(project.former.iter().map(|key| key.file.as_str()));
    names.extend(project.layers.iter().map(|key| key.file.as_str()));
    names.extend([&project.aliases, &project.thresholds].into_iter().flatten().map(String::as_str));
    names.push(crate::places::aliases::FILE);
    for table in &project.tables {
        names.push(&table.file);
        let beside = [&table.stations, &table.limits, &table.settings, &table.diseases, &table.model];
        names.extend(beside.into_iter().flatten().map(String::as_str));
    }
    names.extend(project.maps.iter().flatten().filter_map(|map| map.parameters.as_deref()));
    let mut files = vec![PathBuf::from(&project.file)];
    for name in names.into_iter().filter(|name| !name.is_empty()) {
        match many::is_pattern(name) {
            true => {
                let matched = many::files(&project.folder, name).unwrap_or_default();
                files.extend(matched.iter().map(|file| project.folder.join(file)));
            }
            false => files.push(project.folder.join(name)),
        }
    }
    files
}

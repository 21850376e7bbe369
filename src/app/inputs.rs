//! Every file that a project reads, so that none of them is written over.

use crate::project::{MapKind, OutputKind, Project};
use crate::readers::many;
use std::path::PathBuf;

/// The files a run may read, the project file among them; patterns stand for what they match now.
pub fn inputs(project: &Project) -> Vec<PathBuf> {
    let mut names: Vec<&str> = vec![&project.communes.file];
    names.extend(project.fields.iter().map(|key| key.file.as_str()));
    names.extend(project.former.iter().map(|key| key.file.as_str()));
    names.extend(project.layers.iter().map(|key| key.file.as_str()));
    let templates = [&project.slides.template, &project.bulletin.template];
    names.extend([&project.aliases, &project.thresholds].into_iter().chain(templates).flatten().map(String::as_str));
    names.push(crate::places::aliases::FILE);
    for table in &project.tables {
        names.push(&table.file);
        names.extend(table.kind.files());
    }
    names.extend(project.maps.iter().flatten().filter_map(|map| match &map.kind {
        MapKind::Spread(keys) => keys.parameters.as_deref(),
        _ => None,
    }));
    for output in &project.outputs {
        match &output.kind {
            OutputKind::Spread(keys) => names.extend(keys.parameters.as_deref()),
            OutputKind::Zonal(keys) => {
                names.extend(keys.raster.iter().map(String::as_str));
                names.extend(keys.weights.as_deref());
                names.extend(Some(keys.zones.as_str()).filter(|zones| !["communes", "fields"].contains(zones)));
            }
            _ => {}
        }
    }
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

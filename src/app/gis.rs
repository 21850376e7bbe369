//! What QGIS and others open: a GeoPackage, styles and a project, in the classes and colours of the maps.

use super::write;
use crate::figures::styled;
use crate::message;
use crate::model::{ByPeriod, Joined};
use crate::publish::Sink;
use crate::publish::gis::{Told, geopackage, project, qml, sld};
use crate::render::RenderContext;
use crate::run::{Place, Problems, Result};
use crate::tables;
use crate::values::file_name::{file_name, folded};
use std::collections::HashSet;

/// Maps that one GeoPackage carries: two columns each, and a table of SQLite has at most 2,000.
const MOST_MAPS: usize = 400;

/// Writes them; the answer is whether any failed.
pub fn write(
    render: &RenderContext<'_>,
    (joined, periods): (&Joined, &ByPeriod),
    out: &dyn Sink,
    problems: &mut Problems,
) -> Result<bool> {
    let mut maps = styled(render);
    // Of maps that have one file name the first is drawn, and the others are errors where they are drawn.
    let mut seen = HashSet::new();
    maps.retain(|map| seen.insert(folded(&file_name(&map.id))));
    if let Some(left) = maps.len().checked_sub(MOST_MAPS + 1) {
        let (left, most) = (left + 1, MOST_MAPS);
        maps.truncate(MOST_MAPS);
        let message = message!(
            "tệp cho QGIS chỉ có {most} bản đồ đầu; {left} bản đồ sau không có kiểu vẽ",
            "files for QGIS have the first {most} maps; the {left} after them have no style"
        );
        problems.warning("maps-without-style", Place::file("gis"), message, None);
    }
    let (sheet, shapes) = (tables::communes::communes(joined, periods)?, &joined.communes.shapes);
    let mut files: Vec<(String, Result<Vec<u8>>)> =
        vec![("tables/communes.gpkg".to_owned(), geopackage::communes(&sheet, shapes, &maps))];
    if let Some(first) = maps.first() {
        // The layer beside it has no classes, so its communes are told by their codes.
        let style = qml::style(first, Told::Codes("code", &joined.communes.codes));
        files.push(("tables/communes.qml".to_owned(), Ok(style.into_bytes())));
        let extent = shapes.extent().unwrap_or_default();
        let whole = project::project(&render.project.title, "../tables/communes.gpkg", extent, &maps);
        files.push(("gis/ruong.qgz".to_owned(), whole));
    }
    for map in &maps {
        files.push((format!("gis/{}.qml", file_name(&map.id)), Ok(qml::style(map, Told::Column).into_bytes())));
        files.push((format!("gis/{}.sld", file_name(&map.id)), Ok(sld::style(map).into_bytes())));
    }
    Ok(write::all(files, out, problems))
}

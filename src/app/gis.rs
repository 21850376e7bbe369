//! What QGIS and others open: a GeoPackage, styles and a project, in the classes and colours of the maps.

use crate::figures::{RenderContext, styled};
use crate::model::{ByPeriod, Joined};
use crate::publish::Sink;
use crate::publish::gis::{Told, geopackage, project, qml, sld};
use crate::run::{Problems, Result};
use crate::tables;
use crate::values::file_name::file_name;

/// Writes them; the answer is whether any failed.
pub fn write(
    render: &RenderContext<'_>,
    (joined, periods): (&Joined, &ByPeriod),
    out: &dyn Sink,
    problems: &mut Problems,
) -> Result<bool> {
    let maps = styled(render);
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
    let mut failed = false;
    for (name, bytes) in files {
        if let Err(fault) = bytes.and_then(|bytes| out.write(&name, &bytes)) {
            failed = true;
            problems.fault(fault);
        }
    }
    Ok(failed)
}

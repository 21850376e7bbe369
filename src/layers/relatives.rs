//! JSON that is not GeoJSON although it holds shapes: told by its first bytes and refused by name.

use crate::input::Source;
use crate::input::blocks::bytes_of;
use crate::message;
use crate::run::{Fault, Place, Result};
use std::io::Read;

/// Bytes looked at.
const HEAD: u64 = 64 << 10;

/// Refuses TopoJSON and Esri JSON, with the way to GeoJSON.
pub fn refuse(source: &Source) -> Result<()> {
    let mut start = Vec::new();
    let (file, _) = bytes_of(source)?;
    file.take(HEAD).read_to_end(&mut start).map_err(|error| Fault::io(&source.path, &error))?;
    let plain: String = String::from_utf8_lossy(&start).chars().filter(|c| !c.is_whitespace()).collect();
    let name = if plain.contains("\"type\":\"Topology\"") {
        "TopoJSON"
    } else if plain.contains("\"geometryType\":\"esri") || plain.contains("\"displayFieldName\":") && plain.contains("\"rings\":")
    {
        "Esri JSON (ArcGIS)"
    } else {
        return Ok(());
    };
    let fault = Fault::new(
        "not-geojson",
        Place::file(&source.name).value(name),
        message!("đây là {name}, không phải GeoJSON", "this is {name}, not GeoJSON"),
    );
    Err(fault.hint(message!(
        "mở bằng QGIS rồi Xuất → Lưu đối tượng thành… → GeoJSON, EPSG:4326; từ ArcGIS tải về với f=geojson",
        "open it in QGIS, Export → Save Features As… → GeoJSON, EPSG:4326; from ArcGIS ask for f=geojson"
    )))
}

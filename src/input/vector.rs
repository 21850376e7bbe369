//! GeoPackage, Shapefile, MapInfo and whatever else the system's GDAL reads (feature `gdal`).
//!
//! GDAL data sets may not be shared between threads, so features are read on one and handed over as GeoJSON text; from
//! there on they are checked, oriented and listed exactly like those of a GeoJSON file.

use super::blocks::Fingerprint;
use super::{Layer, Source, Wanted, geojson};
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use gdal::Dataset;
use gdal::spatial_ref::{AxisMappingStrategy, CoordTransform, SpatialRef};
use gdal::vector::LayerAccess;
use sha2::{Digest, Sha256};

/// Reads the polygons of a file with one layer, in WGS84 longitude and latitude. A layer that states no reference system
/// is taken as it is, and refused later if its numbers cannot be degrees.
pub fn read(source: &Source, wanted: &Wanted, problems: &mut Problems) -> Result<Layer> {
    drop(super::blocks::open(source)?);
    let fault = |error: &dyn std::fmt::Display| {
        let place = Place::file(&source.name);
        Fault::new("bad-vector", place, message!("GDAL không đọc được tệp này: {error}", "GDAL cannot read this file: {error}"))
    };
    let dataset = Dataset::open(&source.path).map_err(|error| fault(&error))?;
    let count = dataset.layer_count();
    if count != 1 {
        let names = dataset.layers().map(|layer| layer.name()).collect::<Vec<_>>().join(", ");
        let place = Place::file(&source.name).value(&names);
        let message =
            message!("tệp có {count} lớp ({names}), cần đúng một", "the file has {count} layers ({names}), expected exactly one");
        return Err(Fault::new("many-layers", place, message)
            .hint(message!("trong QGIS: Xuất lớp cần dùng thành GeoJSON", "in QGIS: export the layer you need as GeoJSON")));
    }
    let mut layer = dataset.layer(0).map_err(|error| fault(&error))?;
    let transform = to_wgs84(&layer).map_err(|error| fault(&error))?;
    let names: Vec<String> = layer.defn().fields().map(|field| field.name()).collect();
    let mut text = Vec::new();
    for feature in layer.features() {
        let mut properties = serde_json::Map::new();
        for (index, name) in names.iter().enumerate() {
            let value = feature.field_as_string(index).map_err(|error| fault(&error))?;
            properties.insert(name.clone(), value.map_or(serde_json::Value::Null, serde_json::Value::from));
        }
        let geometry = match feature.geometry().filter(|geometry| !geometry.is_empty()) {
            None => "null".to_owned(),
            Some(geometry) => {
                let mut geometry = geometry.clone();
                if let Some(transform) = &transform {
                    geometry.transform_inplace(transform).map_err(|error| fault(&error))?;
                }
                geometry.json().map_err(|error| fault(&error))?
            }
        };
        let properties = serde_json::Value::Object(properties);
        text.extend_from_slice(
            format!("{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":{geometry}}}\n").as_bytes(),
        );
    }
    let mut read = geojson::parse(&text, &source.name, wanted, problems)?;
    let bytes = std::fs::read(&source.path).map_err(|error| Fault::io(&source.path, &error))?;
    let digest = Sha256::digest(&bytes);
    let sha256 = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    read.table.fingerprint = Fingerprint { bytes: bytes.len() as u64, sha256 };
    read.table.read_as.insert("driver", dataset.driver().short_name());
    if let Some(name) = layer.spatial_ref().and_then(|reference| reference.name()) {
        read.table.read_as.insert("crs", format!("{name} → WGS 84"));
    }
    Ok(read)
}

/// The way from a layer's reference system to longitude and latitude on WGS84; `None` where there is nothing to do.
fn to_wgs84(layer: &gdal::vector::Layer<'_>) -> gdal::errors::Result<Option<CoordTransform>> {
    let Some(mut from) = layer.spatial_ref() else { return Ok(None) };
    let mut to = SpatialRef::from_epsg(4326)?;
    from.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    to.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    CoordTransform::new(&from, &to).map(Some)
}

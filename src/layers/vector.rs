//! GeoPackage, Shapefile, MapInfo and whatever else the system's GDAL reads (feature `gdal`).
//!
//! GDAL data sets may not be shared between threads, so features are read on one and handed over as GeoJSON text; from
//! there on they are checked, oriented and listed exactly like those of a GeoJSON file.

use super::choose::choose;
use super::{Layer, geojson};
use crate::input::blocks::Fingerprint;
use crate::input::{Source, Wanted};
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use gdal::spatial_ref::{AxisMappingStrategy, CoordTransform, SpatialRef};
use gdal::vector::{LayerAccess, OGRFieldType};
use gdal::{Dataset, DatasetOptions};
use sha2::{Digest, Sha256};

/// Reads the polygons of a layer. Systems that `own` knows stay as they are, to be transformed as in every other build,
/// and are named in [`Layer::crs`]; GDAL brings the others to WGS 84. A layer that states no system is taken as it is, and
/// refused later if its numbers cannot be degrees.
pub fn read(
    source: &Source,
    wanted: &Wanted,
    name: Option<&str>,
    declared: Option<&str>,
    own: &dyn Fn(&str) -> bool,
    problems: &mut Problems,
) -> Result<Layer> {
    drop(crate::input::blocks::open(source)?);
    let fault = |error: &dyn std::fmt::Display| {
        let place = Place::file(&source.name);
        Fault::new("bad-vector", place, message!("GDAL không đọc được tệp này: {error}", "GDAL cannot read this file: {error}"))
            .hint(message!(
                "bản GDAL này có thể thiếu bộ đọc (Parquet thường không có); xuất lại thành GeoJSON hoặc GeoPackage",
                "this GDAL may lack the driver (Parquet often); export it as GeoJSON or GeoPackage"
            ))
    };
    // Without a .cpg nobody knows the letters of a .dbf: bytes come as ISO 8859-1 shows them, and the words tell the rest.
    let shape = source.path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("shp"));
    let unlabelled = shape && !["cpg", "CPG", "cst"].iter().any(|ending| source.path.with_extension(ending).exists());
    let open_options: &[&str] = if unlabelled { &["ENCODING=ISO-8859-1"] } else { &[] };
    let options = DatasetOptions { open_options: Some(open_options), ..DatasetOptions::default() };
    let dataset = Dataset::open_ex(&source.path, options).map_err(|error| fault(&error))?;
    let names: Vec<String> = dataset.layers().map(|layer| layer.name()).collect();
    let index = choose(source, &names, name)?;
    let mut layer = dataset.layer(index).map_err(|error| fault(&error))?;
    let stated = layer.spatial_ref().and_then(|reference| {
        let code = reference.auth_code().ok()?;
        Some(format!("{}:{code}", reference.auth_name()?))
    });
    let system = declared.map(str::to_owned).or(stated);
    let kept = system.as_deref().filter(|name| own(name));
    let transform = match kept {
        Some(_) => None,
        None => to_wgs84(&layer, declared).map_err(|error| fault(&error))?,
    };
    let names: Vec<(String, bool)> =
        layer.defn().fields().map(|field| (field.name(), field.field_type() == OGRFieldType::OFTReal)).collect();
    let mut text = Vec::new();
    for feature in layer.features() {
        let mut properties = serde_json::Map::new();
        for (index, (name, decimal)) in names.iter().enumerate() {
            // GDAL's own text of a decimal carries fifteen places (Shapefile codes of 24 digits).
            let value = if *decimal {
                feature.field_as_double(index).map(|value| value.map(|number| number.to_string()))
            } else {
                feature.field_as_string(index)
            };
            let value = value.map_err(|error| fault(&error))?.map_or(serde_json::Value::Null, Into::into);
            properties.insert(name.clone(), value);
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
        // A layer's own numbers name its features where no column does.
        let id = match (feature.fid(), properties.contains_key("id")) {
            (Some(fid), false) => format!("\"id\":{fid},"),
            (Some(fid), true) => {
                properties.entry("fid").or_insert_with(|| fid.to_string().into());
                String::new()
            }
            (None, _) => String::new(),
        };
        let properties = serde_json::Value::Object(properties);
        text.extend_from_slice(
            format!("{{\"type\":\"Feature\",{id}\"properties\":{properties},\"geometry\":{geometry}}}\n").as_bytes(),
        );
    }
    let mut read = geojson::parse(&text, &source.name, wanted, problems)?;
    let bytes = crate::run::opening::read(&source.path)?;
    let digest = Sha256::digest(&bytes);
    let sha256 = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    read.table.fingerprint = Fingerprint { bytes: bytes.len() as u64, sha256 };
    read.table.read_as.insert("driver", dataset.driver().short_name());
    if unlabelled {
        read.table.read_as.insert("encoding", "ISO-8859-1 (no .cpg)".to_owned());
    }
    read.crs = kept.map(str::to_owned);
    if let (None, Some(name)) = (kept, layer.spatial_ref().and_then(|reference| reference.name())) {
        read.table.read_as.insert("crs", format!("{name} → WGS 84 (GDAL)"));
    }
    Ok(read)
}

/// The way from a layer's reference system, or the declared one, to longitude and latitude on WGS84; `None` where there is
/// nothing to do.
fn to_wgs84(layer: &gdal::vector::Layer<'_>, declared: Option<&str>) -> gdal::errors::Result<Option<CoordTransform>> {
    let from = declared.map(SpatialRef::from_definition).transpose()?.or_else(|| layer.spatial_ref());
    let Some(mut from) = from else { return Ok(None) };
    let mut to = SpatialRef::from_epsg(4326)?;
    from.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    to.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    CoordTransform::new(&from, &to).map(Some)
}

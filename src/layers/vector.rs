//! MapInfo, file geodatabases and whatever else the system's GDAL reads (feature `gdal`).
//!
//! GDAL data sets may not be shared between threads, so features are read on one; geometries are handed over as well-known
//! binary and from there on checked, oriented and listed exactly like those of a GeoPackage.

use super::choose::choose;
use super::readers::Reader;
use super::simple_features::{Feature, SimpleFeatures};
use super::well_known_binary::{self, Read, Unreadable};
use crate::input::Source;
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::source::blocks::{self, Fingerprint};
use gdal::Dataset;
use gdal::spatial_ref::{AxisMappingStrategy, CoordTransform, CoordTransformOptions, SpatialRef};
use gdal::vector::{LayerAccess, OGRFieldType};
use sha2::{Digest, Sha256};
use std::cell::RefCell;

fn fault(file: &str, error: &dyn std::fmt::Display) -> Fault {
    let message = message!("GDAL không đọc được tệp này", "GDAL cannot read this file").because(&error);
    Fault::new("bad-vector", Place::file(file), message).hint(message!(
        "bản GDAL này có thể thiếu bộ đọc (Parquet thường không có); xuất lại thành GeoJSON hoặc GeoPackage",
        "this GDAL may lack the driver (Parquet often); export it as GeoJSON or GeoPackage"
    ))
}

/// Whatever no other reader takes.
pub struct ByGdal;

impl Reader for ByGdal {
    fn endings(&self) -> &'static [&'static str] {
        &[]
    }

    fn layers(&self, source: &Source) -> Result<Vec<String>> {
        layers(source)
    }

    fn features(&self, source: &Source, layer: Option<&str>, _: &mut Problems) -> Result<SimpleFeatures> {
        read(source, layer)
    }
}

/// Names of the layers.
fn layers(source: &Source) -> Result<Vec<String>> {
    drop(mark(source)?);
    let dataset = Dataset::open(&source.path).map_err(|error| fault(&source.name, &error))?;
    Ok(dataset.layers().map(|layer| layer.name()).collect())
}

/// Reads every feature of a layer; `name` may be left out where the file has one. Positions stay as they are.
fn read(source: &Source, name: Option<&str>) -> Result<SimpleFeatures> {
    let fault = |error: &dyn std::fmt::Display| fault(&source.name, error);
    let fingerprint = mark(source)?;
    let dataset = Dataset::open(&source.path).map_err(|error| fault(&error))?;
    let layers: Vec<String> = dataset.layers().map(|layer| layer.name()).collect();
    let mut layer = dataset.layer(choose(source, &layers, name)?).map_err(|error| fault(&error))?;
    let crs = layer.spatial_ref().and_then(|reference| match (reference.auth_name(), reference.auth_code()) {
        (Some(authority), Ok(code)) => Some(format!("{authority}:{code}")),
        _ => reference.to_wkt().ok().filter(|text| !text.is_empty()),
    });
    let fields: Vec<(String, bool)> =
        layer.defn().fields().map(|field| (field.name(), field.field_type() == OGRFieldType::OFTReal)).collect();
    let mut read = SimpleFeatures {
        file: source.name.clone(),
        names: fields.iter().map(|(name, _)| name.clone()).collect(),
        crs,
        fingerprint,
        ..SimpleFeatures::default()
    };
    // A layer's own numbers name its features where no column does.
    let numbered = read.names.iter().any(|name| name == "id") && !read.names.iter().any(|name| name == "fid");
    read.names.extend(numbered.then(|| "fid".to_owned()));
    for one in layer.features() {
        let mut feature = Feature { id: one.fid().map(|fid| fid.to_string()).unwrap_or_default(), ..Feature::default() };
        for (index, (_, decimal)) in fields.iter().enumerate() {
            // GDAL's own text of a decimal carries fifteen places (Shapefile codes of 24 digits).
            let value = if *decimal {
                one.field_as_double(index).map(|value| value.map(|number| number.to_string()))
            } else {
                one.field_as_string(index)
            };
            feature.cells.push(value.map_err(|error| fault(&error))?.unwrap_or_default());
        }
        if numbered {
            feature.cells.push(feature.id.clone());
        }
        if let Some(geometry) = one.geometry().filter(|geometry| !geometry.is_empty()) {
            match geometry.wkb().map(|bytes| well_known_binary::read(&bytes)) {
                Ok(Ok(Read { geometry, arcs })) => {
                    feature.geometry = geometry;
                    read.arcs += u64::from(arcs);
                }
                Ok(Err(Unreadable::Kind(kind))) => feature.unreadable = Some(kind.to_owned()),
                Ok(Err(Unreadable::Broken)) | Err(_) => feature.unreadable = Some(geometry.geometry_name()),
            }
        }
        read.features.push(feature);
    }
    read.read_as.insert("driver", dataset.driver().short_name());
    Ok(read)
}

/// Size and hash of a file, or of all files of a folder (a geodatabase is one) in order of their names.
fn mark(source: &Source) -> Result<Fingerprint> {
    if !source.path.is_dir() {
        return blocks::fingerprint_of(&source.path);
    }
    let broken = |error: std::io::Error| Fault::io(&source.path, &error);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&source.path).map_err(broken)? {
        let path = entry.map_err(broken)?.path();
        files.extend(path.is_file().then_some(path));
    }
    files.sort();
    let (mut bytes, mut hash) = (0, Sha256::new());
    for file in files {
        let one = blocks::fingerprint_of(&file)?;
        bytes += one.bytes;
        hash.update(one.sha256);
    }
    Ok(Fingerprint { bytes, sha256: hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect() })
}

/// Brings positions of any system that GDAL knows to longitude and latitude on WGS 84. Says whether only a rough way is known.
pub fn to_wgs84(features: &mut SimpleFeatures, system: &str) -> Result<bool> {
    let fault = |error: &dyn std::fmt::Display| {
        let place = Place::file(&features.file).column("crs").value(system);
        let message = message!("GDAL không chuyển được hệ tọa độ này", "GDAL cannot transform this system").because(&error);
        Fault::new("other-crs", place, message)
    };
    // A way that leaves the datum out of account ("ballpark") is tens to hundreds of metres off; it is taken only where there is no
    // other, and then said.
    let way = |near: bool| -> gdal::errors::Result<(CoordTransform, Option<String>)> {
        let mut from = SpatialRef::from_definition(system)?;
        let mut to = SpatialRef::from_epsg(4326)?;
        from.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
        to.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
        let mut options = CoordTransformOptions::new()?;
        options.set_ballpark_allowed(near)?;
        Ok((CoordTransform::new_with_options(&from, &to, &options)?, from.name()))
    };
    let (near, (way, name)) = match way(false) {
        Ok(way) => (false, way),
        Err(_) => (true, way(true).map_err(|error| fault(&error))?),
    };
    let (mut xs, mut ys): (Vec<f64>, Vec<f64>) = features.positions().map(|[x, y]| (x, y)).unzip();
    way.transform_coords(&mut xs, &mut ys, &mut []).map_err(|error| fault(&error))?;
    let moved = RefCell::new(xs.into_iter().zip(ys).map(|(x, y)| [x, y]));
    features.transform(|position| moved.borrow_mut().next().unwrap_or(position));
    let name = name.unwrap_or_else(|| system.to_owned());
    features.read_as.insert("crs", format!("{name} → WGS 84 (GDAL)"));
    features.crs = None;
    Ok(near)
}

//! Lines and areas for orientation: rivers, roads. Small files, read whole.

use crate::input::Source;
use crate::message;
use crate::run::{Fault, Place, Result};
use crate::values::area::Position;
use geojson::{GeoJson, Geometry, GeometryValue};

/// What is drawn of a layer for orientation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lines {
    /// Open lines
    pub paths: Vec<Vec<Position>>,
    /// Rings of each area
    pub areas: Vec<Vec<Vec<Position>>>,
    /// Size of the file in bytes
    pub bytes: u64,
    /// SHA-256 of the file
    pub sha256: String,
    /// Number of features
    pub features: u64,
}

/// Reads lines and polygons of a GeoJSON file; points are passed over.
pub fn read(source: &Source) -> Result<Lines> {
    use sha2::Digest;
    let bytes = crate::run::opening::read(&source.path)?;
    let broken = |error: &dyn std::fmt::Display| {
        Fault::new("bad-geojson", Place::file(&source.name), message!("không phải GeoJSON: {error}", "not GeoJSON: {error}"))
            .hint(message!("lớp sông, đường là GeoJSON dạng đường hoặc vùng", "rivers and roads are GeoJSON lines or polygons"))
    };
    let text = std::str::from_utf8(&bytes).map_err(|error| broken(&error))?;
    let document: GeoJson = text.trim_start_matches('\u{feff}').parse().map_err(|error: geojson::Error| broken(&error))?;
    let digest = sha2::Sha256::digest(&bytes);
    let sha256 = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut lines = Lines { bytes: bytes.len() as u64, sha256, ..Lines::default() };
    let geometries: Vec<Geometry> = match document {
        GeoJson::Geometry(geometry) => vec![geometry],
        GeoJson::Feature(feature) => feature.geometry.into_iter().collect(),
        GeoJson::FeatureCollection(collection) => collection.features.into_iter().filter_map(|f| f.geometry).collect(),
    };
    lines.features = geometries.len() as u64;
    geometries.into_iter().for_each(|geometry| add(&mut lines, geometry));
    let positions = lines.paths.iter().chain(lines.areas.iter().flatten()).flatten();
    if let Some([x, y]) = positions.copied().find(|[x, y]| !(x.abs() <= 180.0 && y.abs() <= 90.0)) {
        return Err(Fault::new(
            "not-degrees",
            Place::file(&source.name).value(format!("{x}, {y}")),
            message!("tọa độ không phải kinh độ, vĩ độ", "these are not longitudes and latitudes"),
        )
        .hint(message!("trong QGIS: Xuất → GeoJSON, EPSG:4326", "in QGIS: Export → GeoJSON, EPSG:4326")));
    }
    Ok(lines)
}

fn add(lines: &mut Lines, geometry: Geometry) {
    let line = |line: Vec<geojson::Position>| -> Vec<Position> {
        line.iter().filter_map(|p| Some([*p.as_slice().first()?, *p.as_slice().get(1)?])).collect()
    };
    match geometry.value {
        GeometryValue::LineString { coordinates } => lines.paths.push(line(coordinates)),
        GeometryValue::MultiLineString { coordinates } => lines.paths.extend(coordinates.into_iter().map(line)),
        GeometryValue::Polygon { coordinates } => lines.areas.push(oriented(coordinates.into_iter().map(line).collect())),
        GeometryValue::MultiPolygon { coordinates } => {
            lines.areas.extend(coordinates.into_iter().map(|rings| oriented(rings.into_iter().map(line).collect())));
        }
        GeometryValue::GeometryCollection { geometries } => geometries.into_iter().for_each(|geometry| add(lines, geometry)),
        _ => {}
    }
}

/// Outer ring one way round, holes the other.
fn oriented(mut rings: Vec<Vec<Position>>) -> Vec<Vec<Position>> {
    let turn = |ring: &[Position]| ring.windows(2).map(|p| p[0][0] * p[1][1] - p[1][0] * p[0][1]).sum::<f64>();
    for (i, ring) in rings.iter_mut().enumerate() {
        if (turn(ring) > 0.0) != (i == 0) {
            ring.reverse();
        }
    }
    rings
}

//! Small GeoJSON read whole, with geometries of every kind: rivers, roads, traps, shops.

use super::readers::Reader;
use super::simple_features::{Feature, Kind, SimpleFeatures};
use super::{Layer, geojson, relatives};
use crate::input::{Source, Wanted, encoding};
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::source::blocks::{bytes_of, fingerprint, whole};
use ::geojson::{GeoJson, GeometryValue};
use geo::{Coord, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};

/// GeoJSON, a document or a feature a line.
pub struct GeoJsonText;

impl Reader for GeoJsonText {
    fn endings(&self) -> &'static [&'static str] {
        &["geojson", "json", "geojsonl", "ndjson", "geojsons"]
    }

    fn features(&self, source: &Source, _: Option<&str>, problems: &mut Problems) -> Result<SimpleFeatures> {
        read(&text(source, problems)?)
    }

    fn areas(&self, source: &Source, wanted: &Wanted, problems: &mut Problems) -> Option<Result<Layer>> {
        Some(text(source, problems).and_then(|source| geojson::read(&source, wanted, problems)))
    }

    fn kind(&self, source: &Source, _: Option<&str>) -> Result<Kind> {
        Ok(first_kind(source)?.unwrap_or(Kind::Areas))
    }
}

/// A file in UTF-8 that is GeoJSON and none of its relatives.
fn text(source: &Source, problems: &mut Problems) -> Result<Source> {
    let source = encoding::utf8(source, problems)?;
    relatives::refuse(&source)?;
    Ok(source)
}

/// Reads every feature.
fn read(source: &Source) -> Result<SimpleFeatures> {
    let bytes = whole(source)?;
    let broken = |error: &dyn std::fmt::Display| {
        Fault::new("bad-geojson", Place::file(&source.name), message!("không phải GeoJSON", "not GeoJSON").because(&error))
            .hint(message!("trong QGIS: Xuất → GeoJSON, EPSG:4326", "in QGIS: Export → GeoJSON, EPSG:4326"))
    };
    let text = std::str::from_utf8(&bytes).map_err(|error| broken(&error))?;
    let document: GeoJson = text.trim_start_matches('\u{feff}').parse().map_err(|error: ::geojson::Error| broken(&error))?;
    let mut read = SimpleFeatures { file: source.name.clone(), fingerprint: fingerprint(&bytes), ..SimpleFeatures::default() };
    match document {
        GeoJson::Geometry(found) => read.features.push(Feature { geometry: geometry(found.value), ..Feature::default() }),
        GeoJson::Feature(found) => add(&mut read, found),
        GeoJson::FeatureCollection(collection) => {
            let stated = collection.foreign_members.as_ref().and_then(|members| members.get("crs"));
            let name = stated.and_then(|crs| crs.get("properties")?.get("name")?.as_str());
            read.crs = name.map(str::to_owned);
            collection.features.into_iter().for_each(|found| add(&mut read, found));
        }
    }
    let width = read.names.len();
    read.features.iter_mut().for_each(|feature| feature.cells.resize(width, String::new()));
    Ok(read)
}

/// What the first geometry of a file is, told by its first bytes, whatever its size.
fn first_kind(source: &Source) -> Result<Option<Kind>> {
    use std::io::Read;
    const HEAD: u64 = 1 << 20;
    let mut head = Vec::new();
    let (file, _) = bytes_of(source)?;
    file.take(HEAD).read_to_end(&mut head).map_err(|error| Fault::io(&source.path, &error))?;
    // Without blanks, so that a property with such a word is no type.
    head.retain(|byte| !byte.is_ascii_whitespace());
    let kinds = [("Polygon", Kind::Areas), ("LineString", Kind::Lines), ("Point", Kind::Points)];
    let first = kinds.into_iter().flat_map(|(word, kind)| [word.to_owned(), format!("Multi{word}")].map(|word| (word, kind)));
    let first =
        first.filter_map(|(word, kind)| Some((memchr::memmem::find(&head, format!("\"type\":\"{word}\"").as_bytes())?, kind)));
    Ok(first.min_by_key(|(at, _)| *at).map(|(_, kind)| kind))
}

fn add(read: &mut SimpleFeatures, found: ::geojson::Feature) {
    let mut feature = Feature::default();
    feature.id = match found.id {
        Some(::geojson::feature::Id::String(text)) => text,
        Some(::geojson::feature::Id::Number(number)) => number.to_string(),
        None => String::new(),
    };
    for (name, value) in found.properties.into_iter().flatten() {
        let at = read.names.iter().position(|known| *known == name).unwrap_or_else(|| {
            read.names.push(name);
            read.names.len() - 1
        });
        if feature.cells.len() <= at {
            feature.cells.resize(at + 1, String::new());
        }
        feature.cells[at] = match value {
            serde_json::Value::Null => String::new(),
            serde_json::Value::String(text) => text,
            other => other.to_string(),
        };
    }
    feature.geometry = found.geometry.and_then(|found| geometry(found.value));
    read.features.push(feature);
}

/// A geometry with plane positions; `None` where a position has fewer than two numbers.
fn geometry(value: GeometryValue) -> Option<geo::Geometry> {
    let at = |position: &::geojson::Position| {
        let numbers = position.as_slice();
        Some(Coord { x: *numbers.first()?, y: *numbers.get(1)? })
    };
    let line = |line: &Vec<::geojson::Position>| line.iter().map(at).collect::<Option<Vec<Coord>>>().map(LineString::new);
    let polygon = |rings: &Vec<Vec<::geojson::Position>>| {
        let mut rings = rings.iter().map(line).collect::<Option<Vec<LineString>>>()?.into_iter();
        Some(Polygon::new(rings.next()?, rings.collect()))
    };
    Some(match value {
        GeometryValue::Point { coordinates } => Point(at(&coordinates)?).into(),
        GeometryValue::MultiPoint { coordinates } => {
            MultiPoint(coordinates.iter().map(|position| at(position).map(Point)).collect::<Option<_>>()?).into()
        }
        GeometryValue::LineString { coordinates } => line(&coordinates)?.into(),
        GeometryValue::MultiLineString { coordinates } => {
            MultiLineString(coordinates.iter().map(line).collect::<Option<_>>()?).into()
        }
        GeometryValue::Polygon { coordinates } => polygon(&coordinates)?.into(),
        GeometryValue::MultiPolygon { coordinates } => {
            MultiPolygon(coordinates.iter().map(polygon).collect::<Option<_>>()?).into()
        }
        GeometryValue::GeometryCollection { geometries } => {
            geo::Geometry::GeometryCollection(geometries.into_iter().filter_map(|part| geometry(part.value)).collect())
        }
    })
}

//! GeoJSON (RFC 7946) polygons, read by all threads while the file streams in.

use super::feature;
use super::geometry::{CoordinatesSeed, Flaw, Geometry, GeometrySeed, report_collection};
use super::layer::{Layer, Shapes};
use super::split_geojson::{Features, SplitGeoJson};
use crate::input::blocks::{Split, stream};
use crate::input::columns::Column;
use crate::input::{Source, Wanted};
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::text;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Reads the polygons of a file with the wanted properties. A feature whose geometry is missing or unusable keeps its
/// row, has no shape, and is listed among the problems.
pub fn read(source: &Source, wanted: &Wanted, problems: &mut Problems) -> Result<Layer> {
    let names = match wanted {
        Wanted::All => None,
        Wanted::Only(names) => Some(names.as_slice()),
    };
    let mut layer = empty(&source.name, names);
    let mut split = SplitGeoJson::new(&source.name);
    let parse = |bytes: &[u8], features: &Features| Chunk::parse(bytes, features, names, &source.name);
    let fingerprint = stream(source, &mut split, parse, |part, expected| {
        take(&mut layer, part?, expected, problems);
        Ok(())
    })?;
    layer.table.fingerprint = fingerprint;
    finish(layer, &split)
}

/// As [`read`], for text already in memory; `file` is only its name in messages.
pub fn parse(text: &[u8], file: &str, wanted: &Wanted, problems: &mut Problems) -> Result<Layer> {
    let names = match wanted {
        Wanted::All => None,
        Wanted::Only(names) => Some(names.as_slice()),
    };
    let mut layer = empty(file, names);
    let mut split = SplitGeoJson::new(file);
    let (spans, _) = split.split(text, true)?;
    for span in &spans {
        take(&mut layer, Chunk::parse(text, span, names, file)?, 1, problems);
    }
    finish(layer, &split)
}

fn empty(file: &str, names: Option<&[String]>) -> Layer {
    let mut layer = Layer { feature_ids: Column::new("id"), ..Layer::default() };
    layer.table.file = file.to_owned();
    layer.table.columns.extend(names.unwrap_or_default().iter().map(|name| Column::new(name.as_str())));
    layer
}

/// Adds a part to a layer; `expected` is how many parts like it the file will hold.
fn take(layer: &mut Layer, part: Chunk, expected: usize, problems: &mut Problems) {
    layer.shapes.append(&part.shapes, expected);
    let before = layer.table.rows;
    layer.table.rows += part.rows;
    layer.feature_ids.append(&part.feature_ids, 1);
    for piece in &part.columns {
        let at = layer.table.columns.iter().position(|column| column.name == piece.name).unwrap_or_else(|| {
            let mut column = Column::new(piece.name.as_str());
            column.pad(before);
            layer.table.columns.push(column);
            layer.table.columns.len() - 1
        });
        layer.table.columns[at].append(piece, expected);
    }
    for column in &mut layer.table.columns {
        column.pad(layer.table.rows);
    }
    for (heading, _) in part.headings {
        let heading = text::normalise(&heading).into_owned();
        if !layer.table.headings.contains(&heading) {
            layer.table.headings.push(heading);
        }
    }
    problems.append(part.problems);
}

fn finish(mut layer: Layer, split: &SplitGeoJson) -> Result<Layer> {
    layer.crs = stated_crs(&split.header);
    if layer.table.rows == 0 {
        let place = Place::file(&layer.table.file);
        return Err(Fault::new("empty-file", place, message!("tệp không có hình nào", "the file has no features")));
    }
    Ok(layer)
}

/// The name in an old-style `crs` member.
fn stated_crs(header: &[u8]) -> Option<String> {
    let header: serde_json::Value = serde_json::from_slice(header).ok()?;
    Some(header.get("crs")?.get("properties")?.get("name")?.as_str()?.to_owned())
}

pub(super) struct Chunk {
    pub(super) shapes: Shapes,
    pub(super) rows: usize,
    pub(super) columns: Vec<Column>,
    /// Property names as the file has them, with the index of their column
    headings: Vec<(String, Option<usize>)>,
    feature_ids: Column,
    problems: Problems,
}

impl Chunk {
    fn parse(bytes: &[u8], features: &Features, names: Option<&[String]>, file: &str) -> Result<Chunk> {
        let mut part = Chunk {
            shapes: Shapes::default(),
            rows: 0,
            columns: names.unwrap_or_default().iter().map(|name| Column::new(name.as_str())).collect(),
            headings: Vec::new(),
            feature_ids: Column::new("id"),
            problems: Problems::default(),
        };
        let open = names.is_none();
        let mut cells = Vec::new();
        for (offset, range) in features.ranges.iter().enumerate() {
            let index = features.first + offset as u64 + 1;
            let text = &bytes[range.clone()];
            let ordinary = std::str::from_utf8(text).ok().and_then(|text| feature::read(text, &mut part, open, &mut cells));
            let mut flaw = None;
            let mut collection = None;
            match ordinary {
                Some(found) => flaw = found,
                None => {
                    let mut json = serde_json::Deserializer::from_slice(text);
                    let seed = FeatureSeed { part: &mut part, open, flaw: &mut flaw, collection: &mut collection };
                    seed.deserialize(&mut json).map_err(|error| json_fault(file, index, text, &error))?;
                }
            }
            part.rows += 1;
            let rows = part.rows;
            for column in part.columns.iter_mut().chain([&mut part.feature_ids]) {
                column.pad(rows);
            }
            if flaw.is_none() && part.shapes.rings_in_open_polygon() > 0 {
                flaw = Some(Flaw::NotPolygon("?".to_owned()));
            }
            if flaw.is_some() || collection.is_some() {
                let id = part.feature_ids.text(rows - 1).or_else(|| part.columns.first()?.text(rows - 1)).unwrap_or("");
                let place = Place::file(file).row(index).column("geometry").value(id);
                if let Some(flaw) = flaw {
                    part.shapes.abandon_shape();
                    flaw.report(place, &mut part.problems);
                } else if let Some((taken, other)) = collection {
                    report_collection(taken, &other, place, &mut part.problems);
                }
            }
            part.shapes.end_shape();
        }
        Ok(part)
    }

    /// The column of the property that stands at `position` in its feature, if it has one; with `open` it gets one.
    pub(super) fn column_of(&mut self, name: &str, open: bool, position: usize) -> Option<usize> {
        // Features of a file nearly always name the same properties in the same order.
        let known = match self.headings.get(position) {
            Some((heading, _)) if heading == name => Some(position),
            _ => self.headings.iter().position(|(heading, _)| heading == name),
        };
        if let Some(known) = known {
            return self.headings[known].1;
        }
        let clean = text::normalise(name).into_owned();
        let column = self.columns.iter().position(|column| column.name == clean).or_else(|| {
            open.then(|| {
                let mut column = Column::new(clean);
                column.pad(self.rows);
                self.columns.push(column);
                self.columns.len() - 1
            })
        });
        self.headings.push((name.to_owned(), column));
        column
    }
}

fn json_fault(file: &str, index: u64, text: &[u8], error: &serde_json::Error) -> Fault {
    let around = String::from_utf8_lossy(&text[..text.len().min(60)]).into_owned();
    let (line, column) = (error.line(), error.column());
    let said = crate::values::because::said(&error);
    let (vi, en) = (said.vi, said.en);
    Fault::new(
        "bad-json",
        Place::file(file).row(index).value(&around),
        message!(
            "JSON hỏng ở dòng {line}, ký tự {column} của hình này ({vi}); hình bắt đầu bằng {around}",
            "broken JSON at line {line}, character {column} of this feature ({en}); the feature begins {around}"
        ),
    )
}

struct FeatureSeed<'a> {
    part: &'a mut Chunk,
    open: bool,
    flaw: &'a mut Option<Flaw>,
    /// Polygons taken from a collection, and kinds of its other parts
    collection: &'a mut Option<(usize, Vec<String>)>,
}

impl<'de> DeserializeSeed<'de> for FeatureSeed<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FeatureSeed<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a GeoJSON feature")
    }
    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> std::result::Result<(), M::Error> {
        let FeatureSeed { part, open, flaw, collection } = self;
        let mut geometry = Geometry::default();
        let mut has_geometry = false;
        let mut bare_kind: Option<String> = None;
        while let Some(key) = map.next_key::<Key>()? {
            match key {
                Key::Type => bare_kind = map.next_value::<Option<String>>()?,
                Key::Id => {
                    let id = map.next_value_seed(CellSeed)?;
                    if part.feature_ids.codes.len() == part.rows {
                        part.feature_ids.push(id.as_deref().unwrap_or(""));
                    }
                }
                Key::Properties => map.next_value_seed(PropertiesSeed { part: &mut *part, open })?,
                Key::Geometry => {
                    has_geometry = map.next_value_seed(GeometrySeed { shapes: &mut part.shapes, found: &mut geometry })?;
                }
                Key::Coordinates => {
                    has_geometry = true;
                    geometry.height =
                        Some(map.next_value_seed(CoordinatesSeed { shapes: &mut part.shapes, found: &mut geometry })?);
                }
                Key::Geometries | Key::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if geometry.kind.is_none() && bare_kind.as_deref() != Some("Feature") {
            geometry.kind = bare_kind;
        }
        collection.clone_from(&geometry.collection);
        *flaw = if has_geometry { geometry.finish() } else { Some(Flaw::Missing) };
        Ok(())
    }
}

pub(super) enum Key {
    Type,
    Id,
    Properties,
    Geometry,
    Geometries,
    Coordinates,
    Other,
}

impl<'de> serde::Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Key, D::Error> {
        struct KeyVisitor;
        impl Visitor<'_> for KeyVisitor {
            type Value = Key;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a member name")
            }
            fn visit_str<E>(self, name: &str) -> std::result::Result<Key, E> {
                Ok(match name {
                    "type" => Key::Type,
                    "id" => Key::Id,
                    "properties" => Key::Properties,
                    "geometry" => Key::Geometry,
                    "geometries" => Key::Geometries,
                    "coordinates" => Key::Coordinates,
                    _ => Key::Other,
                })
            }
        }
        deserializer.deserialize_identifier(KeyVisitor)
    }
}

struct PropertiesSeed<'a> {
    part: &'a mut Chunk,
    open: bool,
}

impl<'de> DeserializeSeed<'de> for PropertiesSeed<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for PropertiesSeed<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or null")
    }
    fn visit_unit<E>(self) -> std::result::Result<(), E> {
        Ok(())
    }
    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> std::result::Result<(), M::Error> {
        let PropertiesSeed { part, open } = self;
        let mut at = 0;
        while let Some(column) = map.next_key_seed(NameSeed { part: &mut *part, open, at })? {
            at += 1;
            match column {
                Some(column) if part.columns[column].codes.len() == part.rows => {
                    let cell = map.next_value_seed(CellSeed)?;
                    part.columns[column].push(cell.as_deref().unwrap_or(""));
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// The name of the property at position `at`, as the index of its column if it has one.
struct NameSeed<'a> {
    part: &'a mut Chunk,
    open: bool,
    at: usize,
}

impl<'de> DeserializeSeed<'de> for NameSeed<'_> {
    type Value = Option<usize>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for NameSeed<'_> {
    type Value = Option<usize>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }
    fn visit_str<E>(self, name: &str) -> std::result::Result<Self::Value, E> {
        let NameSeed { part, open, at } = self;
        Ok(part.column_of(name, open, at))
    }
}

/// A property value as text. Whole numbers lose ".0", so that a code kept as a number reads as a code.
struct CellSeed;

impl<'de> DeserializeSeed<'de> for CellSeed {
    type Value = Option<std::borrow::Cow<'de, str>>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for CellSeed {
    type Value = Option<std::borrow::Cow<'de, str>>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property value")
    }
    fn visit_unit<E>(self) -> std::result::Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_bool<E>(self, value: bool) -> std::result::Result<Self::Value, E> {
        Ok(Some(if value { "true" } else { "false" }.into()))
    }
    fn visit_i64<E>(self, value: i64) -> std::result::Result<Self::Value, E> {
        Ok(Some(value.to_string().into()))
    }
    fn visit_u64<E>(self, value: u64) -> std::result::Result<Self::Value, E> {
        Ok(Some(value.to_string().into()))
    }
    fn visit_f64<E>(self, value: f64) -> std::result::Result<Self::Value, E> {
        Ok(Some(value.to_string().into()))
    }
    fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E> {
        Ok(Some(value.to_owned().into()))
    }
    fn visit_borrowed_str<E>(self, value: &'de str) -> std::result::Result<Self::Value, E> {
        Ok(Some(value.into()))
    }
    fn visit_seq<S: SeqAccess<'de>>(self, seq: S) -> std::result::Result<Self::Value, S::Error> {
        let value: serde_json::Value = serde::Deserialize::deserialize(serde::de::value::SeqAccessDeserializer::new(seq))?;
        Ok(Some(value.to_string().into()))
    }
    fn visit_map<M: MapAccess<'de>>(self, map: M) -> std::result::Result<Self::Value, M::Error> {
        let value: serde_json::Value = serde::Deserialize::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
        Ok(Some(value.to_string().into()))
    }
}

//! GeoJSON coordinates of any depth, checked and oriented while they are read.

use super::geojson::Key;
use super::layer::Shapes;
use crate::message;
use crate::run::{Place, Problems};
use crate::values::Message;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// Why a feature has no usable polygon.
pub(super) enum Flaw {
    Missing,
    NotPolygon(String),
    ShortRing(usize),
    Depth,
}

impl Flaw {
    pub(super) fn report(self, place: Place, problems: &mut Problems) {
        let (code, message): (_, Message) = match self {
            Flaw::Missing => {
                return problems.warning(
                    "no-geometry",
                    place,
                    message!("mục này không có hình", "the feature has no geometry"),
                    None,
                );
            }
            Flaw::NotPolygon(kind) => (
                "not-polygon",
                message!(
                    "hình là {kind}, cần Polygon hoặc MultiPolygon",
                    "the geometry is {kind}, expected Polygon or MultiPolygon"
                ),
            ),
            Flaw::ShortRing(count) => (
                "short-ring",
                message!("một vòng chỉ có {count} điểm, cần ít nhất 4", "a ring has only {count} positions, expected at least 4"),
            ),
            Flaw::Depth => (
                "bad-coordinates",
                message!(
                    "\"coordinates\" không đúng dạng của Polygon hoặc MultiPolygon",
                    "\"coordinates\" has not the form of a Polygon or MultiPolygon"
                ),
            ),
        };
        problems.error(code, place, message, Some(message!("hình này không được dùng", "this geometry is not used")));
    }
}

/// Says what was taken of a collection, and what was not.
pub(super) fn report_collection(taken: usize, other: &[String], place: Place, problems: &mut Problems) {
    let kinds = other.join(", ");
    if other.is_empty() {
        let message = message!("GeometryCollection: lấy {taken} đa giác", "GeometryCollection: {taken} polygons are taken");
        problems.info("geometry-collection", place, message, None);
    } else {
        let message = message!(
            "GeometryCollection: lấy {taken} đa giác, bỏ {kinds}",
            "GeometryCollection: {taken} polygons are taken, {kinds} left out"
        );
        problems.warning("geometry-collection", place, message, None);
    }
}

/// What was found of one geometry.
#[derive(Default)]
pub(super) struct Geometry {
    pub(super) kind: Option<String>,
    /// Levels of arrays above a position: 1 a line or ring, 2 a polygon, 3 a multipolygon
    pub(super) height: Option<u8>,
    pub(super) flaw: Option<Flaw>,
    /// Of a collection: polygons taken, and kinds of the parts that are none
    pub(super) collection: Option<(usize, Vec<String>)>,
}

impl Geometry {
    pub(super) fn finish(self) -> Option<Flaw> {
        if let Some((taken, _)) = &self.collection
            && *taken > 0
        {
            return self.flaw;
        }
        if let Some(kind) = &self.kind
            && kind != "Polygon"
            && kind != "MultiPolygon"
        {
            return Some(Flaw::NotPolygon(kind.clone()));
        }
        if self.flaw.is_some() {
            return self.flaw;
        }
        match (self.kind.as_deref(), self.height) {
            (Some("Polygon"), Some(2)) | (Some("MultiPolygon"), Some(3)) => None,
            (_, Some(0)) => Some(Flaw::Missing),
            (None, _) => Some(Flaw::NotPolygon("?".to_owned())),
            _ => Some(Flaw::Depth),
        }
    }
}

pub(super) struct GeometrySeed<'a> {
    pub(super) shapes: &'a mut Shapes,
    pub(super) found: &'a mut Geometry,
}

impl<'de> DeserializeSeed<'de> for GeometrySeed<'_> {
    type Value = bool;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for GeometrySeed<'_> {
    type Value = bool;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a geometry or null")
    }
    fn visit_unit<E>(self) -> std::result::Result<bool, E> {
        Ok(false)
    }
    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> std::result::Result<bool, M::Error> {
        while let Some(key) = map.next_key::<Key>()? {
            match key {
                Key::Type => self.found.kind = map.next_value::<Option<String>>()?,
                Key::Geometries => {
                    let parts = map.next_value::<Value>()?;
                    let mut other = Vec::new();
                    let taken = take(&parts, self.shapes, self.found, &mut other);
                    self.found.collection = Some((taken, other));
                }
                Key::Coordinates => {
                    let seed = CoordinatesSeed { shapes: self.shapes, found: self.found };
                    let height = map.next_value_seed(seed)?;
                    self.found.height = Some(height);
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(true)
    }
}

/// Takes the polygons of a collection, those of collections within it too, and returns how many there are.
fn take(parts: &Value, shapes: &mut Shapes, found: &mut Geometry, other: &mut Vec<String>) -> usize {
    let mut taken = 0;
    for part in parts.as_array().into_iter().flatten() {
        let kind = part["type"].as_str().unwrap_or("?");
        let coordinates = &part["coordinates"];
        match kind {
            "Polygon" => taken += polygon(coordinates, shapes, found),
            "MultiPolygon" => {
                taken += coordinates.as_array().into_iter().flatten().map(|one| polygon(one, shapes, found)).sum::<usize>();
            }
            "GeometryCollection" => taken += take(&part["geometries"], shapes, found, other),
            kind => {
                if !other.iter().any(|known| known == kind) {
                    other.push(kind.to_owned());
                }
            }
        }
    }
    taken
}

fn polygon(rings: &Value, shapes: &mut Shapes, found: &mut Geometry) -> usize {
    let Some(rings) = rings.as_array().filter(|rings| !rings.is_empty()) else { return 0 };
    for ring in rings {
        for position in ring.as_array().into_iter().flatten() {
            let Some([x, y]) = position.get(0).zip(position.get(1)).and_then(|(x, y)| Some([x.as_f64()?, y.as_f64()?])) else {
                found.flaw.get_or_insert(Flaw::Depth);
                continue;
            };
            shapes.push_position([x, y]);
        }
        end_ring(shapes, found);
    }
    shapes.end_polygon();
    1
}

/// Arrays of any depth. The value is the height above the positions; 0 for an array with nothing in it.
pub(super) struct CoordinatesSeed<'a> {
    pub(super) shapes: &'a mut Shapes,
    pub(super) found: &'a mut Geometry,
}

impl<'de> DeserializeSeed<'de> for CoordinatesSeed<'_> {
    type Value = u8;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<u8, D::Error> {
        deserializer.deserialize_any(LevelVisitor(self)).map(|level| match level {
            Level::Array(height) => height,
            Level::Position | Level::Number(_) | Level::Empty => 0,
        })
    }
}

enum Level {
    Number(f64),
    Position,
    Array(u8),
    Empty,
}

struct LevelVisitor<'a>(CoordinatesSeed<'a>);

impl<'de> DeserializeSeed<'de> for LevelVisitor<'_> {
    type Value = Level;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<Level, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for LevelVisitor<'_> {
    type Value = Level;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("coordinates")
    }
    fn visit_f64<E>(self, value: f64) -> std::result::Result<Level, E> {
        Ok(Level::Number(value))
    }
    fn visit_u64<E>(self, value: u64) -> std::result::Result<Level, E> {
        Ok(Level::Number(value as f64))
    }
    fn visit_i64<E>(self, value: i64) -> std::result::Result<Level, E> {
        Ok(Level::Number(value as f64))
    }
    fn visit_unit<E>(self) -> std::result::Result<Level, E> {
        Ok(Level::Empty)
    }
    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> std::result::Result<Level, S::Error> {
        let CoordinatesSeed { shapes, found } = self.0;
        let mut numbers = [0.0; 2];
        let mut count = 0usize;
        let mut height = None;
        while let Some(level) =
            seq.next_element_seed(LevelVisitor(CoordinatesSeed { shapes: &mut *shapes, found: &mut *found }))?
        {
            match level {
                Level::Number(number) => {
                    if let Some(slot) = numbers.get_mut(count) {
                        *slot = number;
                    }
                    count += 1;
                }
                Level::Empty => {
                    found.flaw.get_or_insert(Flaw::ShortRing(0));
                }
                Level::Position => raise(&mut height, 0, found),
                Level::Array(below) => raise(&mut height, below, found),
            }
        }
        match (count, height) {
            (0, None) => Ok(Level::Empty),
            (2.., None) => {
                shapes.push_position(numbers);
                Ok(Level::Position)
            }
            (0, Some(0)) => {
                end_ring(shapes, found);
                Ok(Level::Array(1))
            }
            (0, Some(below)) => {
                if below == 1 {
                    shapes.end_polygon();
                }
                Ok(Level::Array(below + 1))
            }
            _ => {
                found.flaw.get_or_insert(Flaw::Depth);
                Ok(Level::Empty)
            }
        }
    }
}

/// Notes the height of a child; children of one array must agree.
fn raise(height: &mut Option<u8>, child: u8, found: &mut Geometry) {
    if height.is_some_and(|known| known != child) {
        found.flaw.get_or_insert(Flaw::Depth);
    }
    *height = Some(child);
}

/// Closes, checks and orients the ring just read.
pub(super) fn end_ring(shapes: &mut Shapes, found: &mut Geometry) {
    let exterior = shapes.rings_in_open_polygon() == 0;
    let ring = shapes.open_ring();
    // Arrays of uneven depth may have given the positions of this ring to one inside of it.
    let Some(&first) = ring.first() else {
        found.flaw.get_or_insert(Flaw::Depth);
        return;
    };
    if ring[ring.len() - 1] != first {
        shapes.push_position(first);
    }
    let ring = shapes.open_ring();
    let count = ring.len();
    let area: f64 =
        ring.windows(2).map(|w| (w[0][0] - first[0]) * (w[1][1] - first[1]) - (w[1][0] - first[0]) * (w[0][1] - first[1])).sum();
    if (area < 0.0) == exterior {
        ring.reverse();
    }
    if count < 4 {
        found.flaw.get_or_insert(Flaw::ShortRing(count.saturating_sub(1)));
    }
    shapes.end_ring();
}

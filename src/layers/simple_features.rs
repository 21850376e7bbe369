//! Features as the readers of Shapefile, GeoPackage and KML give them, before they are a layer, lines or a table of points.
//!
//! Geometries are those of OGC Simple Features (ISO 19125). Rings are checked and oriented exactly like those of GeoJSON.

use super::arcs::STEP_DEGREES;
use super::geometry::{Flaw, Geometry as Rings, end_ring, report_collection};
use super::layer::{Layer, Shapes};
use super::lines::Lines;
use crate::input::{Column, Table, Wanted};
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::source::blocks::Fingerprint;
use crate::values::area::Position;
use crate::values::text;
use geo::{CoordsIter, Geometry, LineString, MapCoordsInPlace};
use std::collections::BTreeMap;

/// All features of one layer, in the order of the file.
#[derive(Debug, Clone, Default)]
pub struct SimpleFeatures {
    /// File as the user wrote it
    pub file: String,
    /// Names of the properties
    pub names: Vec<String>,
    /// The features
    pub features: Vec<Feature>,
    /// Reference system as the file states it: a code or well-known text
    pub crs: Option<String>,
    /// Size and hash of the file
    pub fingerprint: Fingerprint,
    /// Features whose arcs were made straight
    pub arcs: u64,
    /// How the file was understood
    pub read_as: BTreeMap<&'static str, String>,
}

/// One feature.
#[derive(Debug, Clone, Default)]
pub struct Feature {
    /// Its own id; empty if it has none
    pub id: String,
    /// Its properties, one for each name; empty where there is no value
    pub cells: Vec<String>,
    /// Its geometry; `None` if it has none
    pub geometry: Option<Geometry>,
    /// What is in the way of its geometry, as a kind
    pub unreadable: Option<String>,
}

/// What a layer is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Polygons
    Areas,
    /// Lines
    Lines,
    /// Points
    Points,
}

/// Heading of the longitude or easting of points.
pub const X: &str = "lon";
/// Heading of the latitude or northing of points.
pub const Y: &str = "lat";

impl SimpleFeatures {
    /// The polygons with the wanted properties. A feature without a usable one keeps its row, has no shape, and is listed.
    pub fn into_layer(self, wanted: &Wanted, problems: &mut Problems) -> Result<Layer> {
        if self.features.is_empty() {
            return Err(self.empty());
        }
        self.say_of_arcs(problems);
        let mut shapes = Shapes::default();
        for (index, feature) in self.features.iter().enumerate() {
            let mut found = Rings::default();
            let mut others: Vec<String> = Vec::new();
            let taken = feature.geometry.as_ref().map_or(0, |one| polygons(one, &mut shapes, &mut found, &mut others));
            let place = Place::file(&self.file).row(index as u64 + 1).column("geometry").value(self.label(feature));
            let flaw = match (&feature.geometry, &feature.unreadable) {
                (_, Some(kind)) => Some(Flaw::NotPolygon(kind.clone())),
                (None, None) => Some(Flaw::Missing),
                (Some(_), None) if taken == 0 => {
                    Some(if others.is_empty() { Flaw::Missing } else { Flaw::NotPolygon(others.join(", ")) })
                }
                _ => found.flaw,
            };
            if let Some(flaw) = flaw {
                shapes.abandon_shape();
                flaw.report(place, problems);
            } else if !others.is_empty() {
                report_collection(taken, &others, place, problems);
            }
            shapes.end_shape();
        }
        let ids: Vec<String> = self.features.iter().map(|feature| feature.id.clone()).collect();
        let crs = self.crs.clone();
        Ok(Layer { shapes, table: self.into_table(wanted), feature_ids: column("id", ids.iter().map(String::as_str)), crs })
    }

    /// Lines and areas for orientation, with the names that a property has; points are passed over.
    pub fn into_lines(self, name: Option<&str>) -> Lines {
        let Fingerprint { bytes, sha256 } = self.fingerprint.clone();
        let mut lines = Lines { bytes, sha256, features: self.features.len() as u64, ..Lines::default() };
        let at = name.and_then(|name| self.names.iter().position(|heading| text::normalise(heading) == name));
        for feature in self.features {
            let Some(geometry) = feature.geometry else { continue };
            let named = at.and_then(|at| feature.cells.get(at)).map(|cell| text::normalise(cell)).filter(|name| !name.is_empty());
            if let Some(name) = named {
                let along = geometry.coords_iter().map(|at| [at.x, at.y]);
                match lines.names.iter_mut().find(|(known, _)| **known == *name) {
                    Some((_, positions)) => positions.extend(along),
                    None => lines.names.push((name.into_owned(), along.collect())),
                }
            }
            lines.add(geometry);
        }
        lines
    }

    fn say_of_arcs(&self, problems: &mut Problems) {
        let (count, step) = (self.arcs, STEP_DEGREES);
        if count > 0 {
            let message = message!(
                "{count} hình có cung tròn: chia thành đoạn thẳng {step}°, lệch nhiều nhất 0,004 % bán kính",
                "{count} shapes have curves: made straight in pieces of {step}°, off by at most 0.004 % of the radius"
            );
            problems.info("curves", Place::file(&self.file).column("geometry"), message, None);
        }
    }

    /// Moves every position, in the order of [`SimpleFeatures::positions`].
    pub fn transform(&mut self, to: impl Fn(Position) -> Position) {
        let moved = |at: geo::Coord| {
            let [x, y] = to([at.x, at.y]);
            geo::Coord { x, y }
        };
        self.features
            .iter_mut()
            .filter_map(|feature| feature.geometry.as_mut())
            .for_each(|geometry| geometry.map_coords_in_place(moved));
    }

    /// Every position.
    pub fn positions(&self) -> impl Iterator<Item = Position> {
        let geometries = self.features.iter().filter_map(|feature| feature.geometry.as_ref());
        geometries.flat_map(|geometry| geometry.coords_iter()).map(|at| [at.x, at.y])
    }

    /// What most geometries are; areas where there are none.
    pub fn kind(&self) -> Kind {
        let mut counts = [0, 0, 0];
        for geometry in self.features.iter().filter_map(|feature| feature.geometry.as_ref()) {
            counts[kind_of(geometry) as usize] += 1;
        }
        match counts {
            [areas, lines, points] if points > areas && points > lines => Kind::Points,
            [areas, lines, _] if lines > areas => Kind::Lines,
            _ => Kind::Areas,
        }
    }

    /// Points as a table: their properties, and their positions in two columns, as they stand in the file.
    pub fn into_points(mut self, wanted: &Wanted) -> Result<Table> {
        if self.features.is_empty() {
            return Err(self.empty());
        }
        for (name, axis) in [(X, 0), (Y, 1)] {
            let known = self.names.iter().position(|known| known == name);
            for feature in &mut self.features {
                let text =
                    feature.geometry.as_ref().and_then(point).map(|position| position[axis].to_string()).unwrap_or_default();
                match known.and_then(|at| feature.cells.get_mut(at)) {
                    Some(cell) => *cell = text,
                    None => feature.cells.push(text),
                }
            }
            if known.is_none() {
                self.names.push(name.to_owned());
            }
        }
        Ok(self.into_table(wanted))
    }

    /// The properties alone.
    pub fn into_table(self, wanted: &Wanted) -> Table {
        let headings: Vec<String> = self.names.iter().map(|name| text::normalise(name).into_owned()).collect();
        let of = |name: &String| {
            let at = headings.iter().position(|heading| heading == name);
            let texts = self.features.iter().map(|feature| at.and_then(|at| feature.cells.get(at)).map_or("", String::as_str));
            column(name, texts)
        };
        let mut columns: Vec<Column> = match wanted {
            Wanted::All => headings.iter().map(of).collect(),
            Wanted::Only(names) => names.iter().map(of).collect(),
        };
        columns.iter_mut().for_each(|column| column.pad(self.features.len()));
        Table {
            file: self.file,
            columns,
            rows: self.features.len(),
            headings,
            read_as: self.read_as,
            fingerprint: self.fingerprint,
            ..Table::default()
        }
    }

    fn label(&self, feature: &Feature) -> String {
        let first = feature.cells.iter().find(|cell| !cell.is_empty());
        Some(&feature.id).filter(|id| !id.is_empty()).or(first).cloned().unwrap_or_default()
    }

    fn empty(&self) -> Fault {
        Fault::new("empty-file", Place::file(&self.file), message!("tệp không có hình nào", "the file has no features"))
    }
}

fn column<'a>(name: &str, texts: impl Iterator<Item = &'a str>) -> Column {
    let mut part = Column::new(name);
    texts.for_each(|text| part.push(text));
    let mut column = Column::new(name);
    column.append(&part, 1);
    column
}

/// Adds the polygons within a geometry and counts them; kinds that are none are named.
fn polygons(geometry: &Geometry, shapes: &mut Shapes, found: &mut Rings, others: &mut Vec<String>) -> usize {
    let mut add = |polygon: &geo::Polygon| {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            ring.coords().for_each(|at| shapes.push_position([at.x, at.y]));
            end_ring(shapes, found);
        }
        shapes.end_polygon();
    };
    match geometry {
        Geometry::Polygon(polygon) => {
            add(polygon);
            1
        }
        Geometry::MultiPolygon(several) => {
            several.iter().for_each(add);
            several.0.len()
        }
        Geometry::GeometryCollection(parts) => parts.iter().map(|part| polygons(part, shapes, found, others)).sum(),
        other => {
            let kind = kind(other).to_owned();
            if !others.contains(&kind) {
                others.push(kind);
            }
            0
        }
    }
}

fn kind(geometry: &Geometry) -> &'static str {
    match geometry {
        Geometry::Point(_) => "Point",
        Geometry::MultiPoint(_) => "MultiPoint",
        Geometry::Line(_) | Geometry::LineString(_) => "LineString",
        Geometry::MultiLineString(_) => "MultiLineString",
        Geometry::GeometryCollection(_) => "GeometryCollection",
        _ => "Polygon",
    }
}

fn kind_of(geometry: &Geometry) -> Kind {
    match geometry {
        Geometry::Point(_) | Geometry::MultiPoint(_) => Kind::Points,
        Geometry::Line(_) | Geometry::LineString(_) | Geometry::MultiLineString(_) => Kind::Lines,
        Geometry::GeometryCollection(parts) if parts.iter().all(|part| kind_of(part) != Kind::Areas) => {
            parts.iter().next().map_or(Kind::Areas, kind_of)
        }
        _ => Kind::Areas,
    }
}

fn point(geometry: &Geometry) -> Option<Position> {
    match geometry {
        Geometry::Point(point) => Some([point.x(), point.y()]),
        Geometry::MultiPoint(points) => match &points.0[..] {
            [only] => Some([only.x(), only.y()]),
            _ => None,
        },
        _ => None,
    }
}

impl Lines {
    fn add(&mut self, geometry: Geometry) {
        let path = |line: &LineString| line.coords().map(|at| [at.x, at.y]).collect::<Vec<Position>>();
        let rings = |polygon: &geo::Polygon| {
            super::lines::oriented(std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(path).collect())
        };
        match geometry {
            Geometry::LineString(line) => self.paths.push(path(&line)),
            Geometry::MultiLineString(lines) => self.paths.extend(lines.iter().map(path)),
            Geometry::Polygon(polygon) => self.areas.push(rings(&polygon)),
            Geometry::MultiPolygon(several) => self.areas.extend(several.iter().map(rings)),
            Geometry::GeometryCollection(parts) => parts.into_iter().for_each(|part| self.add(part)),
            _ => {}
        }
    }
}

//! Polygon layers: all positions of all features in one flat array.

use crate::input::columns::Column;
use crate::input::table::Table;
use crate::values::area::{self, Position};

/// Polygons and multipolygons. Exterior rings run counter-clockwise, holes clockwise (RFC 7946), whatever the file had.
#[derive(Debug, Clone, Default)]
pub struct Shapes {
    positions: Vec<Position>,
    ring_ends: Vec<u32>,
    polygon_ends: Vec<u32>,
    shape_ends: Vec<u32>,
}

impl Shapes {
    /// Number of features, with or without geometry.
    pub fn len(&self) -> usize {
        self.shape_ends.len()
    }

    /// Whether there is no feature.
    pub fn is_empty(&self) -> bool {
        self.shape_ends.is_empty()
    }

    /// Number of positions in all.
    pub fn position_count(&self) -> usize {
        self.positions.len()
    }

    /// Whether a feature has a geometry.
    pub fn has_geometry(&self, shape: usize) -> bool {
        !between(&self.shape_ends, shape).is_empty()
    }

    /// Polygons of a feature: each a list of rings, the exterior one first. Rings repeat their first position at the end.
    pub fn polygons(&self, shape: usize) -> impl Iterator<Item = impl Iterator<Item = &[Position]> + Clone> + Clone {
        between(&self.shape_ends, shape).map(|polygon| self.rings_of(polygon))
    }

    /// All rings of a feature.
    pub fn rings(&self, shape: usize) -> impl Iterator<Item = &[Position]> + Clone {
        between(&self.shape_ends, shape).flat_map(|polygon| self.rings_of(polygon))
    }

    fn rings_of(&self, polygon: usize) -> impl Iterator<Item = &[Position]> + Clone {
        between(&self.polygon_ends, polygon).map(|ring| &self.positions[between(&self.ring_ends, ring)])
    }

    /// West, south, east, north of a feature; `None` without geometry.
    pub fn bounds(&self, shape: usize) -> Option<[f64; 4]> {
        bounds_of(self.rings(shape).flatten())
    }

    /// West, south, east, north of everything.
    pub fn extent(&self) -> Option<[f64; 4]> {
        bounds_of(self.positions.iter())
    }

    /// Median hectares of the features that have a geometry; 0 without any.
    pub fn median_ha(&self) -> f64 {
        let placed = (0..self.len()).filter(|&shape| self.has_geometry(shape));
        let mut areas: Vec<f64> = placed.map(|shape| self.rings(shape).map(area::ring).sum::<f64>() / 1e4).collect();
        areas.sort_by(f64::total_cmp);
        areas.get(areas.len() / 2).copied().unwrap_or(0.0)
    }

    /// All positions, in file order.
    pub fn positions(&self) -> &[Position] {
        &self.positions
    }

    /// Some of the features, in the order given.
    pub fn subset(&self, which: &[usize]) -> Shapes {
        let mut found = Shapes::default();
        for &shape in which {
            for polygon in self.polygons(shape) {
                for ring in polygon {
                    found.positions.extend_from_slice(ring);
                    found.end_ring();
                }
                found.end_polygon();
            }
            found.end_shape();
        }
        found
    }

    /// Moves every position.
    pub(crate) fn transform(&mut self, to: impl Fn(Position) -> Position + Sync) {
        use rayon::prelude::*;
        self.positions.par_iter_mut().with_min_len(4096).for_each(|position| *position = to(*position));
    }

    /// Puts other positions in place of the old ones, in file order.
    #[cfg(feature = "gdal")]
    pub(crate) fn replace_positions(&mut self, mut next: impl FnMut() -> Position) {
        self.positions.iter_mut().for_each(|position| *position = next());
    }

    /// Adds a position to the ring being built.
    #[inline]
    pub(crate) fn push_position(&mut self, position: Position) {
        self.positions.push(position);
    }

    /// Number of positions in the ring being built.
    pub(crate) fn open_ring(&mut self) -> &mut [Position] {
        let start = self.ring_ends.last().map_or(0, |&end| end as usize);
        &mut self.positions[start..]
    }

    /// Ends the ring being built.
    pub(crate) fn end_ring(&mut self) {
        self.ring_ends.push(self.positions.len() as u32);
    }

    /// Ends the polygon being built.
    pub(crate) fn end_polygon(&mut self) {
        self.polygon_ends.push(self.ring_ends.len() as u32);
    }

    /// Ends the feature being built.
    pub(crate) fn end_shape(&mut self) {
        self.shape_ends.push(self.polygon_ends.len() as u32);
    }

    /// Forgets everything since the last finished feature.
    pub(crate) fn abandon_shape(&mut self) {
        let polygons = self.shape_ends.last().map_or(0, |&end| end as usize);
        self.polygon_ends.truncate(polygons);
        let rings = self.polygon_ends.last().map_or(0, |&end| end as usize);
        self.ring_ends.truncate(rings);
        self.positions.truncate(self.ring_ends.last().map_or(0, |&end| end as usize));
    }

    /// Number of rings in the polygon being built.
    pub(crate) fn rings_in_open_polygon(&self) -> usize {
        self.ring_ends.len() - self.polygon_ends.last().map_or(0, |&end| end as usize)
    }

    /// Adds the features of a part; `expected` is how many parts like it the whole file will hold.
    pub(crate) fn append(&mut self, part: &Shapes, expected: usize) {
        if self.is_empty() {
            self.positions.reserve(part.positions.len() * expected);
            self.ring_ends.reserve(part.ring_ends.len() * expected);
            self.polygon_ends.reserve(part.polygon_ends.len() * expected);
            self.shape_ends.reserve(part.shape_ends.len() * expected);
        }
        let base = [self.positions.len(), self.ring_ends.len(), self.polygon_ends.len()].map(|n| n as u32);
        self.positions.extend_from_slice(&part.positions);
        self.ring_ends.extend(part.ring_ends.iter().map(|end| end + base[0]));
        self.polygon_ends.extend(part.polygon_ends.iter().map(|end| end + base[1]));
        self.shape_ends.extend(part.shape_ends.iter().map(|end| end + base[2]));
    }
}

fn between(ends: &[u32], index: usize) -> std::ops::Range<usize> {
    let start = if index == 0 { 0 } else { ends[index - 1] };
    start as usize..ends[index] as usize
}

fn bounds_of<'a>(positions: impl Iterator<Item = &'a Position>) -> Option<[f64; 4]> {
    positions.fold(None, |bounds, &[x, y]| {
        let [west, south, east, north] = bounds.unwrap_or([x, y, x, y]);
        Some([west.min(x), south.min(y), east.max(x), north.max(y)])
    })
}

/// Polygons with their properties: row `i` of the table belongs to shape `i`.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    /// Geometry
    pub shapes: Shapes,
    /// Properties
    pub table: Table,
    /// The `id` member of each feature, where there is one
    pub feature_ids: Column,
    /// Name of a coordinate reference system stated in the file, if any
    pub crs: Option<String>,
}

impl Layer {
    /// A property by name; `id` falls back to the features' own ids.
    pub fn property(&self, name: &str) -> crate::run::Result<&Column> {
        match self.table.column(name) {
            Some(column) if self.table.headings.iter().any(|heading| heading == name) => Ok(column),
            _ if name == "id" && !self.feature_ids.dictionary.is_empty() => Ok(&self.feature_ids),
            _ => Err(crate::headings::missing_column(&self.table.file, name, &self.table.headings)),
        }
    }

    /// Keeps some of the features, in the order given.
    pub(crate) fn keep(&mut self, which: &[usize]) {
        self.shapes = self.shapes.subset(which);
        let of = |codes: &[u32]| which.iter().map(|&row| codes.get(row).copied().unwrap_or(crate::source::MISSING)).collect();
        for column in self.table.columns.iter_mut().chain([&mut self.feature_ids]) {
            column.codes = of(&column.codes);
        }
        self.table.rows = which.len();
    }

    /// Puts the features of another file below.
    pub(crate) fn stack(&mut self, below: Layer) {
        self.shapes.append(&below.shapes, 1);
        self.feature_ids.append(&below.feature_ids, 1);
        self.table.absorb(below.table);
    }

    /// As [`Layer::property`], moved out; a long column of ids is not copied.
    pub fn take_property(&mut self, name: &str) -> crate::run::Result<Column> {
        self.property(name)?;
        Ok(match self.table.columns.iter_mut().find(|column| column.name == name && !column.codes.is_empty()) {
            Some(column) if self.table.headings.iter().any(|heading| heading == name) => std::mem::take(column),
            _ => std::mem::replace(&mut self.feature_ids, Column::new("id")),
        })
    }
}

//! Areal join: which share of each field lies in which commune.

use super::slabs::Slabs;
use crate::layers::Shapes;
use crate::places::edges::{EdgeIndex, Nearby};
use crate::places::interior::Interior;
use crate::values::area;
use rayon::prelude::*;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

/// Part of a field inside one commune.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Piece {
    /// Index of the commune
    pub commune: u32,
    /// Share of the field's area, 0 to 1
    pub share: f64,
}

/// Part of a field that no commune holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outside {
    /// Index of the field
    pub field: u32,
    /// Share of the field's area, 0 to 1
    pub share: f64,
    /// Whether communes lie on all four sides of it: a gap between them rather than land beyond the outer border. Decided
    /// at one position of the largest stretch
    pub gap: bool,
}

/// What the overlay found for every field.
#[derive(Debug, Clone, Default)]
pub struct FieldPieces {
    /// Geodesic hectares of each field; NaN without geometry
    pub area_ha: Vec<f64>,
    starts: Vec<u32>,
    pieces: Vec<Piece>,
    /// What no commune holds, for fields that have any; in order of field
    pub outside: Vec<Outside>,
    /// (field, share of it) that several communes claim, for fields that have any
    pub shared: Vec<(u32, f64)>,
}

impl FieldPieces {
    /// Pieces of a field, by commune index. Shares and what is outside add up to 1.
    pub fn of(&self, field: usize) -> &[Piece] {
        &self.pieces[self.starts[field] as usize..self.starts[field + 1] as usize]
    }

    /// What of a field no commune holds.
    pub fn outside_of(&self, field: usize) -> Option<&Outside> {
        let at = self.outside.binary_search_by_key(&(field as u32), |outside| outside.field).ok()?;
        self.outside.get(at)
    }

    /// Whether a field has land, wherever it lies.
    pub fn is_placed(&self, field: usize) -> bool {
        self.area_ha.get(field).is_some_and(|hectares| *hectares > 0.0)
    }

    /// Share of a field that lies in communes. One without land counts whole: nobody knows where it lies.
    pub fn inside(&self, field: usize) -> f64 {
        let outside = self.outside_of(field).map_or(0.0, |outside| outside.share);
        if self.of(field).is_empty() && self.is_placed(field) { 0.0 } else { 1.0 - outside }
    }

    /// Number of fields.
    pub fn len(&self) -> usize {
        self.area_ha.len()
    }

    /// Whether there is no field.
    pub fn is_empty(&self) -> bool {
        self.area_ha.is_empty()
    }
}

/// Communes ready to be met by fields and points.
pub struct CommuneIndex {
    borders: Vec<EdgeIndex>,
    boxes: RTree<GeomWithData<Rectangle<[f64; 2]>, u32>>,
    interior: Interior,
}

impl CommuneIndex {
    /// Indexes all communes that have a geometry.
    pub fn new(communes: &Shapes) -> CommuneIndex {
        let borders: Vec<EdgeIndex> =
            (0..communes.len()).into_par_iter().map(|commune| EdgeIndex::new(communes.rings(commune))).collect();
        let boxes = borders
            .iter()
            .enumerate()
            .filter(|(_, border)| !border.edges().is_empty())
            .map(|(commune, border)| {
                let [west, south, east, north] = border.bounds();
                GeomWithData::new(Rectangle::from_corners([west, south], [east, north]), commune as u32)
            })
            .collect();
        let mut index = CommuneIndex { borders, boxes: RTree::bulk_load(boxes), interior: Interior::default() };
        index.interior = Interior::new(&index.borders, |position| index.locate(position));
        index
    }

    /// Communes whose boxes meet a box, in order of index.
    fn candidates(&self, bounds: [f64; 4], found: &mut Vec<u32>) {
        let [west, south, east, north] = bounds;
        found.clear();
        let query = AABB::from_corners([west, south], [east, north]);
        found.extend(self.boxes.locate_in_envelope_intersecting(&query).map(|boxed| boxed.data));
        found.sort_unstable();
    }

    /// All communes that hold a position, in order of index.
    pub fn locate(&self, position: [f64; 2]) -> Vec<u32> {
        let mut found = Vec::new();
        self.candidates([position[0], position[1], position[0], position[1]], &mut found);
        found.retain(|&commune| self.borders[commune as usize].contains(position));
        found
    }

    fn outside(&self, field: usize, share: f64, at: Option<[f64; 2]>) -> Outside {
        Outside { field: field as u32, share, gap: at.is_some_and(|position| self.surrounds(position)) }
    }

    /// Whether a commune lies to the north, south, east and west of a position.
    fn surrounds(&self, [x, y]: [f64; 2]) -> bool {
        let far = f64::INFINITY;
        let rays = [[x, y, x, far], [x, -far, x, y], [x, y, far, y], [-far, y, x, y]];
        let mut candidates = Vec::new();
        rays.into_iter().all(|ray| {
            self.candidates(ray, &mut candidates);
            candidates.iter().any(|&commune| self.borders[commune as usize].crosses(ray))
        })
    }

    /// The border of a commune.
    pub fn border(&self, commune: usize) -> &EdgeIndex {
        &self.borders[commune]
    }
}

/// Fields that one thread takes at a time. Fixed, so that results do not depend on the number of threads.
const CHUNK: usize = 2048;
/// Shares below this are rounding, not land.
const NOTHING: f64 = 1e-12;

/// Lays every field over the communes. Only fields near a border are cut; the rest are inside or outside as a whole.
pub fn overlay(fields: &Shapes, communes: &CommuneIndex) -> FieldPieces {
    let chunks: Vec<Chunk> = (0..fields.len().div_ceil(CHUNK))
        .into_par_iter()
        .map_init(Worker::default, |worker, chunk| {
            let from = chunk * CHUNK;
            worker.run(fields, communes, from..fields.len().min(from + CHUNK))
        })
        .collect();
    let mut all = FieldPieces { starts: vec![0], ..FieldPieces::default() };
    for chunk in chunks {
        all.area_ha.extend(chunk.area_ha);
        let base = all.pieces.len() as u32;
        all.starts.extend(chunk.ends.iter().map(|end| base + end));
        all.pieces.extend(chunk.pieces);
        all.outside.extend(chunk.outside);
        all.shared.extend(chunk.shared);
    }
    all
}

#[derive(Default)]
struct Chunk {
    area_ha: Vec<f64>,
    ends: Vec<u32>,
    pieces: Vec<Piece>,
    outside: Vec<Outside>,
    shared: Vec<(u32, f64)>,
}

#[derive(Default)]
struct Worker {
    candidates: Vec<u32>,
    near: Vec<Nearby>,
    cut: Vec<u32>,
    slabs: Slabs,
}

impl Worker {
    fn run(&mut self, fields: &Shapes, communes: &CommuneIndex, range: std::ops::Range<usize>) -> Chunk {
        let mut chunk = Chunk::default();
        for field in range {
            self.place(fields, communes, field, &mut chunk);
            chunk.ends.push(chunk.pieces.len() as u32);
        }
        chunk
    }

    fn place(&mut self, fields: &Shapes, communes: &CommuneIndex, field: usize, chunk: &mut Chunk) {
        let Some(bounds) = fields.bounds(field) else {
            chunk.area_ha.push(f64::NAN);
            return;
        };
        chunk.area_ha.push(fields.rings(field).map(area::ring).sum::<f64>() / 1e4);
        if let Some(commune) = communes.interior.holder(bounds) {
            chunk.pieces.push(Piece { commune, share: 1.0 });
            return;
        }
        communes.candidates(bounds, &mut self.candidates);
        self.cut.clear();
        let mut whole = 0;
        for &commune in &self.candidates {
            if self.near.len() == self.cut.len() {
                self.near.push(Nearby::default());
            }
            let near = &mut self.near[self.cut.len()];
            communes.borders[commune as usize].near(bounds, near);
            if !near.edges.is_empty() || near.winding != 0 {
                whole += usize::from(near.edges.is_empty());
                self.cut.push(commune);
            }
        }
        match self.cut[..] {
            [] => {
                let corner = fields.rings(field).flatten().next().copied();
                chunk.outside.push(communes.outside(field, 1.0, corner));
            }
            [commune] if whole == 1 => chunk.pieces.push(Piece { commune, share: 1.0 }),
            _ => {
                let split = self.slabs.split(fields.rings(field), bounds, &self.near[..self.cut.len()]);
                if split.field <= 0.0 {
                    chunk.outside.push(communes.outside(field, 1.0, None));
                    return;
                }
                for (&commune, held) in self.cut.iter().zip(&split.regions) {
                    let share = held / split.field;
                    if share > NOTHING {
                        chunk.pieces.push(Piece { commune, share });
                    }
                }
                if split.outside / split.field > NOTHING {
                    chunk.outside.push(communes.outside(field, split.outside / split.field, split.outside_at));
                }
                if split.shared / split.field > NOTHING {
                    chunk.shared.push((field as u32, split.shared / split.field));
                }
            }
        }
    }
}

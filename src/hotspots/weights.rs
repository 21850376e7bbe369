//! Who is whose neighbour.
//!
//! Contiguity: boundaries within a tolerance of each other, the default. Queen: a shared point; rook: a shared edge (positions equal to a tenth of a millimetre in degrees). k nearest and distance band by
//! centroids, ties by index, the band inclusive, as libpysal has them.

pub use crate::values::neighbours::Rule;

use super::contiguity;
use crate::layers::Shapes;
use crate::values::area::Position;
use crate::values::distance::{EARTH_KM, great_circle};
use hashbrown::HashMap;
use rayon::prelude::*;

/// Neighbours of every unit, in order, each with weight 1 before any transformation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Weights {
    /// Neighbours by unit
    pub neighbours: Vec<Vec<u32>>,
}

/// What becomes of weights of 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transform {
    /// They stay
    Binary,
    /// They are divided by the number of neighbours
    RowStandardised,
}

/// How far things are apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Straight lines in the plane of the coordinates
    Planar,
    /// Great circles of a sphere, km
    GreatCircle,
}

impl Metric {
    /// Distance of two positions.
    pub fn distance(self, a: Position, b: Position) -> f64 {
        match self {
            Metric::Planar => (a[0] - b[0]).hypot(a[1] - b[1]),
            Metric::GreatCircle => great_circle(a, b, EARTH_KM),
        }
    }
}

/// Positions as points in space, so that the order of straight lines between them is that of their distances: much cheaper than
/// distances where only their order matters.
pub fn in_space(positions: &[Position], metric: Metric) -> Vec<[f64; 3]> {
    let on_sphere = |[lon, lat]: [f64; 2]| {
        let (lon, lat) = (lon.to_radians(), lat.to_radians());
        [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
    };
    match metric {
        Metric::Planar => positions.iter().map(|&[x, y]| [x, y, 0.0]).collect(),
        Metric::GreatCircle => positions.iter().map(|&position| on_sphere(position)).collect(),
    }
}

impl Metric {
    /// Square of the straight line through space over a distance: that of [`square`] for points so far apart.
    pub fn square_of(self, distance: f64) -> f64 {
        match self {
            Metric::Planar => distance * distance,
            // Half way round the earth nothing is further.
            Metric::GreatCircle => (2.0 * (distance / EARTH_KM / 2.0).min(std::f64::consts::FRAC_PI_2).sin()).powi(2),
        }
    }
}

/// Square of the straight line between two points in space.
pub fn square(a: [f64; 3], b: [f64; 3]) -> f64 {
    let [x, y, z] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
    x * x + y * y + z * z
}

/// Positions are equal if they are so to this many parts of a degree (or a unit).
const GRID: f64 = 1e9;

fn key([x, y]: Position) -> [i64; 2] {
    [(x * GRID).round() as i64, (y * GRID).round() as i64]
}

impl Weights {
    /// Neighbours by a rule; `None` where it needs boundaries and there are none.
    pub fn of(rule: Rule, shapes: Option<&Shapes>, positions: &[Position], metric: Metric) -> Option<Weights> {
        Some(match rule {
            Rule::Contiguity(metres) => {
                let shapes = shapes?;
                let metres = metres.unwrap_or_else(|| contiguity::tolerance(shapes));
                Weights { neighbours: contiguity::neighbours(shapes, metres, metric) }
            }
            Rule::Queen => Weights::queen(shapes?),
            Rule::Rook => Weights::rook(shapes?),
            Rule::Nearest(k) => Weights::nearest(positions, k, metric),
            Rule::Band(distance) => Weights::within(positions, distance, metric),
            Rule::LeastBand => Weights::within(positions, Weights::least_band(positions, metric), metric),
        })
    }

    /// Polygons that share a point.
    pub fn queen(shapes: &Shapes) -> Weights {
        let mut holders: HashMap<[i64; 2], Vec<u32>> = HashMap::new();
        for shape in 0..shapes.len() {
            for &position in shapes.rings(shape).flatten() {
                let list = holders.entry(key(position)).or_default();
                if list.last() != Some(&(shape as u32)) {
                    list.push(shape as u32);
                }
            }
        }
        Weights::of_holders(shapes.len(), holders.into_values())
    }

    /// Polygons that share an edge.
    pub fn rook(shapes: &Shapes) -> Weights {
        let mut holders: HashMap<[[i64; 2]; 2], Vec<u32>> = HashMap::new();
        for shape in 0..shapes.len() {
            for ring in shapes.rings(shape) {
                for pair in ring.windows(2) {
                    let (a, b) = (key(pair[0]), key(pair[1]));
                    let list = holders.entry([a.min(b), a.max(b)]).or_default();
                    if a != b && list.last() != Some(&(shape as u32)) {
                        list.push(shape as u32);
                    }
                }
            }
        }
        Weights::of_holders(shapes.len(), holders.into_values())
    }

    fn of_holders(count: usize, holders: impl Iterator<Item = Vec<u32>>) -> Weights {
        let mut neighbours = vec![Vec::new(); count];
        for list in holders.filter(|list| list.len() > 1) {
            for &a in &list {
                neighbours[a as usize].extend(list.iter().copied().filter(|b| *b != a));
            }
        }
        Weights::sorted(neighbours)
    }

    fn sorted(mut neighbours: Vec<Vec<u32>>) -> Weights {
        for list in &mut neighbours {
            list.sort_unstable();
            list.dedup();
        }
        Weights { neighbours }
    }

    /// The k nearest of each; not symmetric.
    pub fn nearest(positions: &[Position], k: usize, metric: Metric) -> Weights {
        let of = |i: usize| {
            let mut others: Vec<(f64, u32)> = (0..positions.len())
                .filter(|j| *j != i)
                .map(|j| (metric.distance(positions[i], positions[j]), j as u32))
                .collect();
            let k = k.min(others.len());
            if k > 0 && k < others.len() {
                others.select_nth_unstable_by(k - 1, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            }
            others.truncate(k);
            others.into_iter().map(|(_, j)| j).collect()
        };
        Weights::sorted((0..positions.len()).into_par_iter().map(of).collect())
    }

    /// All within a distance, those just at it too.
    pub fn within(positions: &[Position], distance: f64, metric: Metric) -> Weights {
        // Centroids computed in another order differ in their last bits.
        let limit = distance * (1.0 + 1e-10);
        let of = |i: usize| {
            let near = |j: &usize| *j != i && metric.distance(positions[i], positions[*j]) <= limit;
            (0..positions.len()).filter(near).map(|j| j as u32).collect()
        };
        Weights { neighbours: (0..positions.len()).into_par_iter().map(of).collect() }
    }

    /// The largest distance of any unit to its nearest: the least band that leaves no island.
    pub fn least_band(positions: &[Position], metric: Metric) -> f64 {
        let nearest = |i: usize| {
            let others = (0..positions.len()).filter(|j| *j != i);
            others.map(|j| metric.distance(positions[i], positions[j])).fold(f64::INFINITY, f64::min)
        };
        (0..positions.len()).into_par_iter().map(nearest).filter(|distance| distance.is_finite()).reduce(|| 0.0, f64::max)
    }

    /// Number of units.
    pub fn len(&self) -> usize {
        self.neighbours.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.neighbours.is_empty()
    }

    /// Units without a neighbour.
    pub fn islands(&self) -> Vec<usize> {
        (0..self.len()).filter(|&unit| self.neighbours[unit].is_empty()).collect()
    }

    /// Some of the units only, and only neighbours among them, numbered anew.
    pub fn among(&self, kept: &[usize]) -> Weights {
        let mut number = vec![u32::MAX; self.len()];
        kept.iter().enumerate().for_each(|(new, &old)| number[old] = new as u32);
        let of = |&old: &usize| {
            self.neighbours[old].iter().map(|&other| number[other as usize]).filter(|new| *new != u32::MAX).collect()
        };
        Weights { neighbours: kept.iter().map(of).collect() }
    }

    /// The weight of each of a unit's neighbours.
    pub fn weight(&self, unit: usize, transform: Transform) -> f64 {
        match (transform, self.neighbours[unit].len()) {
            (_, 0) => 0.0,
            (Transform::Binary, _) => 1.0,
            (Transform::RowStandardised, count) => 1.0 / count as f64,
        }
    }

    /// Weighted sum over a unit's neighbours.
    pub fn lag(&self, unit: usize, values: &[f64], transform: Transform) -> f64 {
        let sum: f64 = self.neighbours[unit].iter().map(|&other| values[other as usize]).sum();
        sum * self.weight(unit, transform)
    }
}

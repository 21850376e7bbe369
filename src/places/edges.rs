//! The border of one commune, indexed by longitude, so that a small field meets only the edges near it.

use crate::values::area::Position;

/// A directed border edge. Counter-clockwise rings have their inside to the left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// Start
    pub from: Position,
    /// End
    pub to: Position,
}

/// Edges of a region in vertical strips of equal width.
#[derive(Debug, Clone, Default)]
pub struct EdgeIndex {
    edges: Vec<Edge>,
    strip_starts: Vec<u32>,
    strip_edges: Vec<u32>,
    bounds: [f64; 4],
    strips_per_degree: f64,
}

/// How a region lies to a box: the edges that touch it, and how often the region winds around the box's upper left
/// corner when only the edges wholly above the box are counted.
#[derive(Debug, Default)]
pub struct Nearby {
    /// Edges whose bounding boxes meet the box
    pub edges: Vec<Edge>,
    /// Winding number from the edges above
    pub winding: i32,
}

impl EdgeIndex {
    /// Indexes the edges of rings (closed: the last position repeats the first).
    pub fn new<'a>(rings: impl Iterator<Item = &'a [Position]>) -> EdgeIndex {
        let mut edges = Vec::new();
        let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for ring in rings {
            for pair in ring.windows(2) {
                let [from, to] = [pair[0], pair[1]];
                bounds = [bounds[0].min(from[0]), bounds[1].min(from[1]), bounds[2].max(from[0]), bounds[3].max(from[1])];
                if from != to {
                    edges.push(Edge { from, to });
                }
            }
        }
        let strips = (edges.len() / 4).clamp(1, 1 << 16);
        let width = bounds[2] - bounds[0];
        let mut index = EdgeIndex {
            edges,
            strip_starts: Vec::new(),
            strip_edges: Vec::new(),
            bounds,
            strips_per_degree: if width > 0.0 { strips as f64 / width } else { 0.0 },
        };
        let mut counts = vec![0u32; strips + 1];
        for edge in &index.edges {
            for strip in index.strips_of(edge, strips) {
                counts[strip + 1] += 1;
            }
        }
        for strip in 0..strips {
            counts[strip + 1] += counts[strip];
        }
        let mut strip_edges = vec![0; counts[strips] as usize];
        let mut next = counts.clone();
        for (number, edge) in index.edges.iter().enumerate() {
            for strip in index.strips_of(edge, strips) {
                strip_edges[next[strip] as usize] = number as u32;
                next[strip] += 1;
            }
        }
        index.strip_starts = counts;
        index.strip_edges = strip_edges;
        index
    }

    /// West, south, east, north.
    pub fn bounds(&self) -> [f64; 4] {
        self.bounds
    }

    /// All edges.
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    fn strip(&self, x: f64, strips: usize) -> usize {
        (((x - self.bounds[0]) * self.strips_per_degree) as usize).min(strips - 1)
    }

    fn strips_of(&self, edge: &Edge, strips: usize) -> std::ops::RangeInclusive<usize> {
        let (west, east) = (edge.from[0].min(edge.to[0]), edge.from[0].max(edge.to[0]));
        self.strip(west, strips)..=self.strip(east, strips)
    }

    /// Finds the edges near a box. All tests are comparisons of input coordinates, so they are exact.
    pub fn near(&self, bounds: [f64; 4], nearby: &mut Nearby) {
        nearby.edges.clear();
        nearby.winding = 0;
        let [west, south, east, north] = bounds;
        if self.edges.is_empty() || east < self.bounds[0] || west > self.bounds[2] || south > self.bounds[3] {
            return;
        }
        let strips = self.strip_starts.len() - 1;
        let (first, last) = (self.strip(west, strips), self.strip(east, strips));
        for strip in first..=last {
            let range = self.strip_starts[strip] as usize..self.strip_starts[strip + 1] as usize;
            for &number in &self.strip_edges[range] {
                let edge = &self.edges[number as usize];
                let (x0, x1) = (edge.from[0].min(edge.to[0]), edge.from[0].max(edge.to[0]));
                if x1 < west || x0 > east || self.strip(x0, strips).max(first) != strip {
                    continue;
                }
                let (y0, y1) = (edge.from[1].min(edge.to[1]), edge.from[1].max(edge.to[1]));
                if y0 > north {
                    if x0 <= west && west < x1 {
                        nearby.winding += turn(edge);
                    }
                } else if y1 >= south {
                    nearby.edges.push(*edge);
                }
            }
        }
    }

    /// Whether any edge crosses a level or upright stretch (west, south, east, north).
    pub fn crosses(&self, [west, south, east, north]: [f64; 4]) -> bool {
        if west == east {
            let mut nearby = Nearby::default();
            self.near([west, south, east, north], &mut nearby);
            return nearby.edges.iter().any(|edge| {
                let (x0, x1) = (edge.from[0].min(edge.to[0]), edge.from[0].max(edge.to[0]));
                x0 <= west && west < x1 && (south..=north).contains(&height_at(edge, west))
            });
        }
        self.edges.iter().any(|edge| {
            let [(x0, y0), (x1, y1)] = [(edge.from[0], edge.from[1]), (edge.to[0], edge.to[1])];
            (y0 <= south) != (y1 <= south) && (west..=east).contains(&(x0 + (south - y0) / (y1 - y0) * (x1 - x0)))
        })
    }

    /// Whether a position lies inside. On the border either answer may come, but neighbours that share an edge never
    /// both claim it.
    pub fn contains(&self, position: Position) -> bool {
        let [x, y] = position;
        let mut nearby = Nearby::default();
        self.near([x, y, x, y], &mut nearby);
        let touching: i32 = nearby
            .edges
            .iter()
            .filter(|edge| edge.from[0].min(edge.to[0]) <= x && x < edge.from[0].max(edge.to[0]))
            .filter(|edge| height_at(edge, x) > y)
            .map(turn)
            .sum();
        nearby.winding + touching != 0
    }
}

/// What passing below an edge does to the winding number: +1 under an edge that runs west.
#[inline]
pub fn turn(edge: &Edge) -> i32 {
    if edge.to[0] < edge.from[0] { 1 } else { -1 }
}

/// Height of an edge at a longitude, the same for both directions of the edge.
#[inline]
pub fn height_at(edge: &Edge, x: f64) -> f64 {
    let (a, b) = if edge.from[0] <= edge.to[0] { (edge.from, edge.to) } else { (edge.to, edge.from) };
    if x <= a[0] {
        a[1]
    } else if x >= b[0] {
        b[1]
    } else {
        a[1] + (b[1] - a[1]) * ((x - a[0]) / (b[0] - a[0]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring() -> Vec<Position> {
        vec![[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [2.0, 1.0], [0.0, 4.0], [0.0, 0.0]]
    }

    #[test]
    fn points_fall_inside_or_outside() {
        let ring = ring();
        let index = EdgeIndex::new([&ring[..]].into_iter());
        for (point, inside) in
            [([1.0, 1.0], true), ([2.0, 2.0], false), ([0.5, 3.0], true), ([5.0, 1.0], false), ([2.0, 0.5], true)]
        {
            assert_eq!(index.contains(point), inside, "{point:?}");
        }
    }

    #[test]
    fn a_box_away_from_the_border_meets_no_edge() {
        let ring = ring();
        let index = EdgeIndex::new([&ring[..]].into_iter());
        let mut nearby = Nearby::default();
        index.near([0.5, 0.2, 1.0, 0.5], &mut nearby);
        assert_eq!((nearby.edges.len(), nearby.winding), (0, 1));
        index.near([5.0, 0.2, 6.0, 0.5], &mut nearby);
        assert_eq!((nearby.edges.len(), nearby.winding), (0, 0));
    }
}

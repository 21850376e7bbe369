//! Overlay of one field with the regions around it, by vertical slabs.
//!
//! All edges near the field are cut at every longitude where one ends or two cross. Between two such longitudes the
//! edges do not cross, so they can be sorted from north to south; walking down them, winding numbers tell which regions
//! hold each trapezoid of the field. Every trapezoid is counted once, in the set of regions that hold it, so hectares are
//! conserved by construction, whatever the borders do: gaps, overlaps, shared edges, self-crossing rings. The result is a
//! continuous function of the coordinates; no special cases, no tolerances.
//!
//! Edges are straight in longitude and latitude (RFC 7946 §3.1.1); areas are on the ellipsoid ([`Strip`]).

use crate::places::edges::{Edge, Nearby, height_at, turn};
use crate::values::area::{Position, Strip};

/// Square metres of a field by the regions that hold them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Split {
    /// The whole field
    pub field: f64,
    /// Per region, what it holds; hectares that `n` regions claim count 1/n in each
    pub regions: Vec<f64>,
    /// Claimed by more than one region
    pub shared: f64,
    /// Claimed by none
    pub outside: f64,
    /// A position in the largest stretch that none claims
    pub outside_at: Option<Position>,
    largest_outside: f64,
}

#[derive(Debug, Clone, Copy)]
struct Side {
    edge: Edge,
    west: f64,
    east: f64,
    /// 0 the field, then the regions
    owner: usize,
}

/// Buffers kept between fields.
#[derive(Debug, Default)]
pub struct Slabs {
    sides: Vec<Side>,
    cuts: Vec<f64>,
    steps: Vec<(f64, usize, i32)>,
    active: Vec<usize>,
    column: Vec<(f64, f64, f64, usize)>,
    winding: Vec<i32>,
}

impl Slabs {
    /// Splits a field among regions. `regions[i]` must come from [`crate::places::edges::EdgeIndex::near`] with the field's
    /// bounds.
    pub fn split<'a>(&mut self, field: impl Iterator<Item = &'a [Position]>, bounds: [f64; 4], regions: &[Nearby]) -> Split {
        let [west, south, east, north] = bounds;
        self.collect(field, bounds, regions);
        let strip = Strip::new((south + north) / 2.0);
        let mut split = Split { regions: vec![0.0; regions.len()], ..Split::default() };
        let mut base: Vec<i32> = regions.iter().map(|nearby| nearby.winding).collect();
        self.steps.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut next_side, mut next_step) = (0, 0);
        self.active.clear();
        for pair in 0..self.cuts.len().saturating_sub(1) {
            let (x0, x1) = (self.cuts[pair], self.cuts[pair + 1]);
            while self.sides.get(next_side).is_some_and(|side| side.west <= x0) {
                self.active.push(next_side);
                next_side += 1;
            }
            self.active.retain(|&side| self.sides[side].east > x0);
            while let Some(&(x, region, change)) = self.steps.get(next_step).filter(|step| step.0 <= x0) {
                if x > west {
                    base[region] += change;
                }
                next_step += 1;
            }
            if x0 < west || x1 > east || x1 <= x0 {
                continue;
            }
            let middle = x0 + (x1 - x0) / 2.0;
            self.column.clear();
            for &side in &self.active {
                let edge = &self.sides[side].edge;
                if self.sides[side].east >= x1 {
                    self.column.push((height_at(edge, middle), height_at(edge, x0), height_at(edge, x1), side));
                }
            }
            self.column.sort_by(|a, b| b.0.total_cmp(&a.0).then(self.sides[a.3].owner.cmp(&self.sides[b.3].owner)));
            self.walk(&strip, (x1 - x0).to_radians(), middle, &base, &mut split);
        }
        split
    }

    fn collect<'a>(&mut self, field: impl Iterator<Item = &'a [Position]>, bounds: [f64; 4], regions: &[Nearby]) {
        let [west, _, east, north] = bounds;
        self.sides.clear();
        self.cuts.clear();
        self.steps.clear();
        self.cuts.extend([west, east]);
        let add = |edge: Edge, owner: usize, sides: &mut Vec<Side>, cuts: &mut Vec<f64>| {
            let (x0, x1) = (edge.from[0].min(edge.to[0]), edge.from[0].max(edge.to[0]));
            cuts.extend([x0, x1].into_iter().filter(|&x| west < x && x < east));
            if x0 < x1 {
                sides.push(Side { edge, west: x0, east: x1, owner });
            }
        };
        for ring in field {
            for pair in ring.windows(2) {
                add(Edge { from: pair[0], to: pair[1] }, 0, &mut self.sides, &mut self.cuts);
            }
        }
        for (region, nearby) in regions.iter().enumerate() {
            for &edge in &nearby.edges {
                add(edge, region + 1, &mut self.sides, &mut self.cuts);
                // Above the field the border goes on out of sight; where it leaves and comes back, the winding number
                // of what lies above changes.
                if edge.to[1] > north {
                    self.steps.push((edge.to[0], region, -1));
                }
                if edge.from[1] > north {
                    self.steps.push((edge.from[0], region, 1));
                }
            }
        }
        self.sides.sort_by(|a, b| a.west.total_cmp(&b.west));
        for (i, a) in self.sides.iter().enumerate() {
            for b in self.sides[i + 1..].iter().take_while(|b| b.west < a.east) {
                if let Some(x) = crossing(&a.edge, &b.edge).filter(|&x| west < x && x < east) {
                    self.cuts.push(x);
                }
            }
        }
        self.cuts.sort_by(f64::total_cmp);
        self.cuts.dedup();
    }

    /// Walks one slab from north to south.
    fn walk(&mut self, strip: &Strip, width: f64, longitude: f64, base: &[i32], split: &mut Split) {
        self.winding.clear();
        self.winding.push(0);
        self.winding.extend_from_slice(base);
        for i in 0..self.column.len().saturating_sub(1) {
            let (middle, left, right, side) = self.column[i];
            let Side { edge, owner, .. } = &self.sides[side];
            self.winding[*owner] += turn(edge);
            if self.winding[0] == 0 {
                continue;
            }
            let (below_middle, below_left, below_right, _) = self.column[i + 1];
            let height = |y: f64| strip.to(y);
            // Simpson's rule is exact here: the strip is a cubic in latitude.
            let area = width / 6.0
                * ((height(left) - height(below_left))
                    + 4.0 * (height(middle) - height(below_middle))
                    + (height(right) - height(below_right)));
            split.field += area;
            let holders = self.winding[1..].iter().filter(|&&winding| winding != 0).count();
            if holders == 0 {
                split.outside += area;
                if area > split.largest_outside {
                    split.largest_outside = area;
                    split.outside_at = Some([longitude, (middle + below_middle) / 2.0]);
                }
                continue;
            }
            if holders > 1 {
                split.shared += area;
            }
            for (region, _) in self.winding[1..].iter().enumerate().filter(|(_, winding)| **winding != 0) {
                split.regions[region] += area / holders as f64;
            }
        }
    }
}

/// Longitude at which two edges cross inside both, if they do.
fn crossing(a: &Edge, b: &Edge) -> Option<f64> {
    let (low, high) = (a.from[1].min(a.to[1]), a.from[1].max(a.to[1]));
    if b.from[1].min(b.to[1]) > high || b.from[1].max(b.to[1]) < low {
        return None;
    }
    let d = [a.to[0] - a.from[0], a.to[1] - a.from[1]];
    let e = [b.to[0] - b.from[0], b.to[1] - b.from[1]];
    let cross = d[0] * e[1] - d[1] * e[0];
    if cross == 0.0 {
        return None;
    }
    let f = [b.from[0] - a.from[0], b.from[1] - a.from[1]];
    let s = (f[0] * e[1] - f[1] * e[0]) / cross;
    let t = (f[0] * d[1] - f[1] * d[0]) / cross;
    ((0.0..=1.0).contains(&s) && (0.0..=1.0).contains(&t)).then(|| a.from[0] + s * d[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::edges::EdgeIndex;

    fn square(x: f64, y: f64, size: f64) -> Vec<Position> {
        vec![[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]
    }

    fn split(field: &[Position], regions: &[Vec<Position>]) -> Split {
        let bounds = [field[0][0], field[0][1], field[2][0], field[2][1]];
        let nearby: Vec<Nearby> = regions
            .iter()
            .map(|ring| {
                let mut nearby = Nearby::default();
                EdgeIndex::new([&ring[..]].into_iter()).near(bounds, &mut nearby);
                nearby
            })
            .collect();
        Slabs::default().split([field].into_iter(), bounds, &nearby)
    }

    fn shares(field: &[Position], regions: &[Vec<Position>]) -> Vec<f64> {
        let split = split(field, regions);
        let mut shares = split.regions.clone();
        shares.extend([split.outside, split.shared]);
        shares.iter().map(|area| (area / split.field * 1e6).round() / 1e6).collect()
    }

    #[test]
    fn two_regions_that_share_a_border_split_the_field() {
        let field = square(0.009, 0.0, 0.002);
        assert_eq!(shares(&field, &[square(0.0, -0.005, 0.01), square(0.01, -0.005, 0.01)]), [0.5, 0.5, 0.0, 0.0]);
    }

    #[test]
    fn overlaps_are_halved_and_gaps_stay_outside() {
        let field = square(0.009, 0.0, 0.002);
        assert_eq!(shares(&field, &[square(0.0, -0.005, 0.0105), square(0.0095, -0.005, 0.01)]), [0.5, 0.5, 0.0, 0.5]);
        assert_eq!(shares(&field, &[square(0.0, -0.005, 0.0095), square(0.0105, -0.005, 0.01)]), [0.25, 0.25, 0.5, 0.0]);
    }

    #[test]
    fn a_region_inside_the_field_and_one_around_it() {
        let field = square(0.0, 0.0, 0.004);
        assert_eq!(shares(&field, &[square(0.001, 0.001, 0.002)])[..2], [0.25, 0.75]);
        assert_eq!(shares(&field, &[square(-0.01, -0.01, 0.1)])[..2], [1.0, 0.0]);
    }

    #[test]
    fn a_border_that_leaves_upwards_and_returns_is_followed() {
        // A comb whose teeth come down through the field from a bar far above it.
        let comb = vec![
            [-0.01, 0.05],
            [-0.01, 0.04],
            [0.001, 0.04],
            [0.001, -0.01],
            [0.002, -0.01],
            [0.002, 0.04],
            [0.003, 0.04],
            [0.003, -0.01],
            [0.0035, -0.01],
            [0.0035, 0.04],
            [0.02, 0.04],
            [0.02, 0.05],
            [-0.01, 0.05],
        ];
        assert_eq!(shares(&square(0.0, 0.0, 0.004), &[comb])[..2], [0.375, 0.625]);
    }
}

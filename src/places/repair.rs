//! Repair of boundaries, only when a project asks for it: positions closer than a tolerance become one, and borders take up the
//! positions of their neighbours, so that slivers between communes close. What that changed is reported.

use super::{Communes, coverage};
use crate::layers::Shapes;
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::area::{self, Position};
use crate::values::{Lang, numbers};
use hashbrown::HashMap;
use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

/// Metres of a rule such as `snap:1m`.
pub fn tolerance(rule: &str, file: &str) -> Result<f64> {
    let metres = rule.trim().strip_prefix("snap:").and_then(|rest| rest.trim().strip_suffix('m')?.trim().parse::<f64>().ok());
    metres.filter(|metres| *metres > 0.0 && *metres <= 1000.0).ok_or_else(|| {
        Fault::new(
            "bad-repair",
            Place::file(file).column("repair").value(rule),
            message!("không hiểu repair = \"{rule}\"", "cannot understand repair = \"{rule}\""),
        )
        .hint(message!(
            "viết như \"snap:1m\": gộp các điểm cách nhau dưới 1 m (tối đa 1000 m)",
            "write it as \"snap:1m\": positions closer than 1 m become one (1000 m at most)"
        ))
    })
}

/// Snaps all borders together, and lists what became of each area and of overlaps and gaps.
pub fn snap(communes: &mut Communes, metres: f64, problems: &mut Problems) {
    let Some([_, south, _, north]) = communes.shapes.extent() else { return };
    let before = coverage::faults(communes);
    let plane = Plane { x: 111_320.0 * ((south + north) / 2.0).to_radians().cos(), y: 110_574.0 };
    let places = Places::new(&communes.shapes, plane, metres);
    let mut shapes = Shapes::default();
    for unit in 0..communes.len() {
        for rings in communes.shapes.polygons(unit) {
            for ring in rings {
                let snapped = places.ring(ring);
                if snapped.len() >= 4 {
                    snapped.into_iter().for_each(|position| shapes.push_position(position));
                    shapes.end_ring();
                } else if shapes.rings_in_open_polygon() == 0 {
                    // Without its outer ring a part has no land left.
                    break;
                }
            }
            if shapes.rings_in_open_polygon() > 0 {
                shapes.end_polygon();
            }
        }
        shapes.end_shape();
    }
    communes.shapes = shapes;
    let mut changed = 0;
    for unit in 0..communes.len() {
        let was = communes.area_ha[unit];
        let now = communes.shapes.rings(unit).map(area::ring).sum::<f64>() / 1e4;
        communes.area_ha[unit] = now;
        if (now - was).abs() > 1e-6 {
            changed += 1;
            let name = &communes.names[unit];
            let [a, b] = [was, now].map(|hectares| numbers::format(hectares, 4, Lang::Vi));
            problems.info(
                "repaired",
                Place::file(&communes.file).column("geometry").value(&communes.codes[unit]),
                message!(
                    "{name}: {a} ha trước khi sửa, {b} ha sau khi sửa",
                    "{name}: {was:.4} ha before the repair, {now:.4} ha after it"
                ),
                None,
            );
        }
    }
    let after = coverage::faults(communes);
    let vi = |faults: &coverage::Faults| {
        let [a, b] = [faults.overlap_ha, faults.gap_ha].map(|hectares| numbers::format(hectares, 4, Lang::Vi));
        format!("{} chỗ chồng ({a} ha), {} khe hở ({b} ha)", faults.overlaps, faults.gaps)
    };
    let en = |faults: &coverage::Faults| {
        let coverage::Faults { overlaps, overlap_ha, gaps, gap_ha } = faults;
        format!("{overlaps} overlaps ({overlap_ha:.4} ha), {gaps} gaps ({gap_ha:.4} ha)")
    };
    let ((vi_before, vi_after), (en_before, en_after)) = ((vi(&before), vi(&after)), (en(&before), en(&after)));
    problems.warning(
        "repaired",
        Place::file(&communes.file).column("repair").value(format!("snap:{metres}m")),
        message!(
            "đã sửa ranh giới {changed} xã: trước {vi_before}; sau {vi_after}",
            "the boundaries of {changed} communes were repaired: before {en_before}; after {en_after}"
        ),
        None,
    );
}

/// Metres for each degree, near enough over a district.
#[derive(Clone, Copy)]
struct Plane {
    x: f64,
    y: f64,
}

impl Plane {
    fn of(self, [x, y]: Position) -> Position {
        [x * self.x, y * self.y]
    }
}

/// The positions that are kept.
struct Places {
    plane: Plane,
    metres: f64,
    kept: Vec<Position>,
    by_bits: HashMap<[u64; 2], usize>,
    tree: RTree<GeomWithData<Position, usize>>,
}

fn distance(a: Position, b: Position) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

impl Places {
    /// Takes positions in the order of the layer: one that is near an earlier one becomes it.
    fn new(shapes: &Shapes, plane: Plane, metres: f64) -> Places {
        let mut kept: Vec<Position> = Vec::new();
        let mut cells: HashMap<(i64, i64), Vec<usize>> = HashMap::new();
        let mut by_bits = HashMap::new();
        for &position in shapes.positions() {
            by_bits.entry(position.map(f64::to_bits)).or_insert_with(|| {
                let flat = plane.of(position);
                let cell = ((flat[0] / metres).floor() as i64, (flat[1] / metres).floor() as i64);
                let around = (-1..=1).flat_map(|i| (-1..=1).map(move |j| (cell.0 + i, cell.1 + j)));
                let near = around
                    .filter_map(|cell| cells.get(&cell))
                    .flatten()
                    .map(|&at| (distance(plane.of(kept[at]), flat), at))
                    .filter(|(apart, _)| *apart <= metres)
                    .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                near.map_or_else(
                    || {
                        kept.push(position);
                        cells.entry(cell).or_default().push(kept.len() - 1);
                        kept.len() - 1
                    },
                    |(_, at)| at,
                )
            });
        }
        let tree = RTree::bulk_load(kept.iter().enumerate().map(|(at, &p)| GeomWithData::new(plane.of(p), at)).collect());
        Places { plane, metres, kept, by_bits, tree }
    }

    /// A ring through kept positions only; closed, without spikes; fewer than four positions if nothing is left of it.
    fn ring(&self, ring: &[Position]) -> Vec<Position> {
        let mut path: Vec<usize> = ring.iter().filter_map(|p| self.by_bits.get(&p.map(f64::to_bits)).copied()).collect();
        path.dedup();
        let mut through: Vec<usize> = Vec::with_capacity(path.len());
        for pair in path.windows(2) {
            through.push(pair[0]);
            through.extend(self.along(pair[0], pair[1]));
        }
        through.dedup();
        // A border that runs out to a position and straight back holds no land.
        let mut clean: Vec<usize> = Vec::with_capacity(through.len());
        for at in through {
            clean.push(at);
            while let [.., a, _, b] = clean[..]
                && a == b
            {
                clean.truncate(clean.len() - 2);
            }
        }
        while clean.len() >= 3 && clean[1] == clean[clean.len() - 1] {
            clean.remove(0);
            clean.pop();
        }
        if let Some(&first) = clean.first() {
            clean.push(first);
        }
        clean.dedup();
        clean.into_iter().map(|at| self.kept[at]).collect()
    }

    /// Kept positions beside an edge, in order along it.
    fn along(&self, from: usize, to: usize) -> Vec<usize> {
        let (a, b) = (self.plane.of(self.kept[from]), self.plane.of(self.kept[to]));
        let length = distance(a, b);
        let reach = self.metres;
        let low = [a[0].min(b[0]) - reach, a[1].min(b[1]) - reach];
        let high = [a[0].max(b[0]) + reach, a[1].max(b[1]) + reach];
        let mut found: Vec<(f64, usize)> = self
            .tree
            .locate_in_envelope(&AABB::from_corners(low, high))
            .filter(|place| place.data != from && place.data != to)
            .filter_map(|place| {
                let p = *place.geom();
                let t = ((p[0] - a[0]) * (b[0] - a[0]) + (p[1] - a[1]) * (b[1] - a[1])) / (length * length);
                let foot = [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
                (t > 0.0 && t < 1.0 && distance(p, foot) <= reach).then_some((t, place.data))
            })
            .collect();
        found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        found.into_iter().map(|(_, at)| at).collect()
    }
}

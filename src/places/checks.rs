//! What is wrong with boundaries: rings that cross themselves, and stated areas that the geometry contradicts.

use super::Communes;
use super::edges::{Edge, EdgeIndex, Nearby};
use crate::layers::Shapes;
use crate::message;
use crate::run::{Place, Problems};
use crate::values::area::Position;
use crate::values::{Lang, numbers};
use rayon::prelude::*;

/// A stated area further than this from the geometry is worth a line.
const STATED_TOLERANCE_PCT: f64 = 5.0;

/// Lists self-crossing communes and doubtful stated areas.
pub fn communes(communes: &Communes, problems: &mut Problems) {
    let crossings: Vec<Option<Position>> =
        (0..communes.len()).into_par_iter().map(|commune| self_crossing(&communes.shapes, commune)).collect();
    for (commune, crossing) in crossings.into_iter().enumerate() {
        let place = || Place::file(&communes.file).column("geometry").value(&communes.codes[commune]);
        let name = &communes.names[commune];
        if let Some([x, y]) = crossing {
            problems.warning(
                "self-crossing",
                place(),
                message!(
                    "ranh giới {name} tự cắt tại [{x:.6}, {y:.6}]",
                    "the boundary of {name} crosses itself at [{x:.6}, {y:.6}]"
                ),
                Some(message!(
                    "diện tích ở đó có thể sai; sửa bằng công cụ Fix geometries của QGIS",
                    "areas there may be wrong; mend it with Fix geometries in QGIS"
                )),
            );
        }
        if !communes.shapes.has_geometry(commune) {
            problems.error(
                "no-geometry",
                place(),
                message!("{name} không có hình dùng được", "{name} has no usable geometry"),
                None,
            );
        }
        if let Some(stated) = communes.stated_ha[commune] {
            let measured = communes.area_ha[commune];
            let difference = 100.0 * (measured - stated) / stated;
            if difference.abs() > STATED_TOLERANCE_PCT {
                let vi = |n: f64| numbers::format(n, 1, Lang::Vi);
                let (a, b, c) = (vi(stated), vi(measured), numbers::format_change(difference, 1, Lang::Vi));
                problems.warning(
                    "stated-area",
                    place(),
                    message!(
                        "{name}: diện tích công bố {a} ha, đo trên hình {b} ha ({c} %)",
                        "{name}: stated {stated:.1} ha, measured {measured:.1} ha ({difference:+.1} %)"
                    ),
                    Some(message!(
                        "đơn vị ven biển, ven sông thường tính cả mặt nước",
                        "coastal and river units often count water"
                    )),
                );
            }
        }
    }
}

/// Lists fields whose rings cross themselves.
pub fn fields(shapes: &Shapes, file: &str, id: impl Fn(usize) -> String + Sync, problems: &mut Problems) {
    let found: Vec<(usize, Position)> = (0..shapes.len())
        .into_par_iter()
        .with_min_len(1024)
        .filter_map(|field| self_crossing(shapes, field).map(|position| (field, position)))
        .collect();
    for (field, [x, y]) in found {
        problems.warning(
            "self-crossing",
            Place::file(file).row(field as u64 + 1).column("geometry").value(id(field)),
            message!("thửa tự cắt tại [{x:.6}, {y:.6}]", "the field crosses itself at [{x:.6}, {y:.6}]"),
            Some(message!("diện tích thửa này có thể sai", "the area of this field may be wrong")),
        );
    }
}

/// A position where two edges of a feature cross inside both, if there is one.
fn self_crossing(shapes: &Shapes, shape: usize) -> Option<Position> {
    let count: usize = shapes.rings(shape).map(<[_]>::len).sum();
    if count <= 32 {
        let edges = || shapes.rings(shape).flat_map(|ring| ring.windows(2)).map(|pair| Edge { from: pair[0], to: pair[1] });
        return edges().enumerate().find_map(|(i, a)| edges().skip(i + 1).find_map(|b| proper_crossing(&a, &b)));
    }
    let index = EdgeIndex::new(shapes.rings(shape));
    let mut nearby = Nearby::default();
    index.edges().iter().find_map(|a| {
        let bounds = [a.from[0].min(a.to[0]), a.from[1].min(a.to[1]), a.from[0].max(a.to[0]), a.from[1].max(a.to[1])];
        index.near(bounds, &mut nearby);
        nearby.edges.iter().find_map(|b| proper_crossing(a, b))
    })
}

/// Where two edges cross strictly inside both.
fn proper_crossing(a: &Edge, b: &Edge) -> Option<Position> {
    let side = |e: &Edge, p: Position| (e.to[0] - e.from[0]) * (p[1] - e.from[1]) - (e.to[1] - e.from[1]) * (p[0] - e.from[0]);
    let apart = |axis: usize| {
        let (low, high) = (b.from[axis].min(b.to[axis]), b.from[axis].max(b.to[axis]));
        a.from[axis].max(a.to[axis]) < low || high < a.from[axis].min(a.to[axis])
    };
    if apart(0) || apart(1) {
        return None;
    }
    if a.from == b.from || a.from == b.to || a.to == b.from || a.to == b.to {
        return None;
    }
    let (a1, a2) = (side(b, a.from), side(b, a.to));
    let (b1, b2) = (side(a, b.from), side(a, b.to));
    // A touch to within rounding is not a crossing: it holds no land.
    let slack = 1e-18;
    if a1 * a2 < -slack * slack && b1 * b2 < -slack * slack && a1.abs() > slack && b1.abs() > slack {
        let t = a1 / (a1 - a2);
        return Some([a.from[0] + t * (a.to[0] - a.from[0]), a.from[1] + t * (a.to[1] - a.from[1])]);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(ring: &[Position]) -> Shapes {
        let mut shapes = Shapes::default();
        ring.iter().for_each(|&position| shapes.push_position(position));
        shapes.end_ring();
        shapes.end_polygon();
        shapes.end_shape();
        shapes
    }

    #[test]
    fn a_bow_tie_is_found_and_a_square_is_not() {
        let tie = shape(&[[0.0, 0.0], [1.0, 1.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]);
        assert_eq!(self_crossing(&tie, 0), Some([0.5, 0.5]));
        let square = shape(&[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]);
        assert_eq!(self_crossing(&square, 0), None);
    }

    #[test]
    fn a_long_ring_is_searched_by_its_index() {
        let mut ring: Vec<Position> = (0..60).map(|i| [f64::from(i), 0.0]).collect();
        ring.extend((0..60).rev().map(|i| [f64::from(i), 2.0]));
        ring.push(ring[0]);
        assert_eq!(self_crossing(&shape(&ring), 0), None);
        ring[30] = [30.0, 3.0];
        assert!(self_crossing(&shape(&ring), 0).is_some());
    }
}

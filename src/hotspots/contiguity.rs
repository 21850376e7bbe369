//! Neighbours by a common boundary. Outlines that were digitised apart, and borders that meet at a T, share no corner; what counts is that
//! they lie within a tolerance of each other.

use super::weights::Metric;
use crate::layers::Shapes;
use crate::message;
use crate::places::edges::{Edge, EdgeIndex, Nearby};
use crate::values::area::Position;
use crate::values::{Lang, Message, numbers};
use rayon::prelude::*;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

/// Metres of a degree of latitude, near enough for a tolerance.
const DEGREE: f64 = 111_320.0;
/// Least and largest tolerance taken from the data, in metres.
const BETWEEN: [f64; 2] = [0.1, 10.0];

/// The tolerance that the data call for, in metres: two units of the last decimal that coordinates are written with.
pub fn tolerance(shapes: &Shapes) -> f64 {
    let written = |decimals: i32| {
        let scale = 10f64.powi(decimals);
        shapes.positions().iter().flatten().all(|number| ((number * scale).round() / scale - number).abs() < 1e-12)
    };
    let last = (0..9).find(|&decimals| written(decimals)).map_or(0.0, |decimals| 2.0 * DEGREE * 10f64.powi(-decimals));
    last.clamp(BETWEEN[0], BETWEEN[1])
}

/// What is to be said where the tolerance is that of the data.
pub fn said(shapes: &Shapes) -> Message {
    let [vi, en] = [Lang::Vi, Lang::En].map(|lang| numbers::format(tolerance(shapes), 2, lang));
    message!(
        "láng giềng: ranh giới cách nhau không quá {vi} m (theo số chữ số thập phân của tọa độ)",
        "neighbours: boundaries no more than {en} m apart (by the decimals of the coordinates)"
    )
}

/// Shapes whose boundaries come within a distance of each other: metres, or units of the plane.
pub fn neighbours(shapes: &Shapes, distance: f64, metric: Metric) -> Vec<Vec<u32>> {
    let middle = shapes.extent().map_or(0.0, |[_, south, _, north]| (south + north) / 2.0);
    let scale = match metric {
        Metric::GreatCircle => [DEGREE * middle.to_radians().cos(), DEGREE],
        Metric::Planar => [1.0, 1.0],
    };
    let reach = [distance / scale[0], distance / scale[1]];
    let borders: Vec<EdgeIndex> = (0..shapes.len()).into_par_iter().map(|shape| EdgeIndex::new(shapes.rings(shape))).collect();
    let boxes = borders.iter().enumerate().filter(|(_, border)| !border.edges().is_empty()).map(|(shape, border)| {
        let [west, south, east, north] = border.bounds();
        GeomWithData::new(Rectangle::from_corners([west, south], [east, north]), shape)
    });
    let boxes = RTree::bulk_load(boxes.collect());
    let near = |shape: usize| -> Vec<u32> {
        let Some([west, south, east, north]) = shapes.bounds(shape) else { return Vec::new() };
        let around = AABB::from_corners([west - reach[0], south - reach[1]], [east + reach[0], north + reach[1]]);
        let mut nearby = Nearby::default();
        let mut met: Vec<u32> = boxes
            .locate_in_envelope_intersecting(&around)
            .map(|boxed| boxed.data)
            .filter(|&other| other != shape)
            .filter(|&other| {
                borders[shape].edges().iter().any(|edge| {
                    let [from, to] = [edge.from, edge.to];
                    let low = [from[0].min(to[0]) - reach[0], from[1].min(to[1]) - reach[1]];
                    let high = [from[0].max(to[0]) + reach[0], from[1].max(to[1]) + reach[1]];
                    borders[other].near([low[0], low[1], high[0], high[1]], &mut nearby);
                    nearby.edges.iter().any(|near| {
                        // Outlines drawn apart cross where neither has a corner.
                        crosses(edge, near)
                            || apart(from, near.from, near.to, scale) <= distance
                            || apart(near.from, from, to, scale) <= distance
                    })
                })
            })
            .map(|other| other as u32)
            .collect();
        met.sort_unstable();
        met
    };
    // What two edges are apart does not depend on which is asked first.
    (0..shapes.len()).into_par_iter().map(near).collect()
}

/// Whether two edges cross inside both.
fn crosses(a: &Edge, b: &Edge) -> bool {
    let side = |e: &Edge, p: Position| (e.to[0] - e.from[0]) * (p[1] - e.from[1]) - (e.to[1] - e.from[1]) * (p[0] - e.from[0]);
    side(a, b.from) * side(a, b.to) < 0.0 && side(b, a.from) * side(b, a.to) < 0.0
}

/// Distance of a position from an edge.
fn apart(position: Position, from: Position, to: Position, [x, y]: [f64; 2]) -> f64 {
    let flat = |p: Position| [(p[0] - position[0]) * x, (p[1] - position[1]) * y];
    let (a, b) = (flat(from), flat(to));
    let along = [b[0] - a[0], b[1] - a[1]];
    let length = along[0] * along[0] + along[1] * along[1];
    let t = if length > 0.0 { (-(a[0] * along[0] + a[1] * along[1]) / length).clamp(0.0, 1.0) } else { 0.0 };
    (a[0] + t * along[0]).hypot(a[1] + t * along[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(boxes: &[[f64; 4]]) -> Shapes {
        let mut shapes = Shapes::default();
        for &[w, s, e, n] in boxes {
            [[w, s], [e, s], [e, n], [w, n], [w, s]].into_iter().for_each(|position| shapes.push_position(position));
            shapes.end_ring();
            shapes.end_polygon();
            shapes.end_shape();
        }
        shapes
    }

    #[test]
    fn a_border_that_meets_at_a_t_is_shared() {
        // One wide square below two narrow ones: their corner lies on its upper side.
        let shapes = squares(&[[0.0, 0.0, 0.2, 0.1], [0.0, 0.1, 0.1, 0.2], [0.1, 0.1, 0.2, 0.2], [0.5, 0.0, 0.6, 0.1]]);
        assert_eq!(neighbours(&shapes, 0.1, Metric::GreatCircle), [vec![1, 2], vec![0, 2], vec![0, 1], vec![]]);
    }

    #[test]
    fn a_gap_is_closed_by_the_tolerance_alone() {
        // 1e-5 degrees are 1.1 m.
        let shapes = squares(&[[0.0, 0.0, 0.1, 0.1], [0.10001, 0.0, 0.2, 0.1]]);
        assert_eq!(neighbours(&shapes, 0.5, Metric::GreatCircle)[0], Vec::<u32>::new());
        assert_eq!(neighbours(&shapes, 2.0, Metric::GreatCircle)[0], vec![1u32]);
        assert!((tolerance(&shapes) - 2.2264).abs() < 1e-3);
    }
}

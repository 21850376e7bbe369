//! Land covered, once. Rings that cross themselves, holes outside their shell, parts that overlap or come twice make the sum of a feature's
//! rings another number than its land; such a feature is laid out anew and listed. Features that are in order keep every position.
//!
//! Within a ring what is enclosed an odd number of times is inside (even-odd rule); a hole takes away only what its shell has; the parts of
//! one unit are united.

use super::edges::{Edge, EdgeIndex, Nearby};
use crate::layers::Shapes;
use crate::message;
use crate::run::{Place, Problems};
use crate::values::area::{self, Position};
use crate::values::{Lang, numbers};
use geo::{BooleanOps, Contains, Coord, LineString, MultiPolygon, Point, Polygon};
use rayon::prelude::*;

/// Areas that differ by less than this share of them are equal: overlays round positions to a grid.
const SAME: f64 = 1e-6;
/// A ring wider than this many degrees crosses the antimeridian or holds a pole.
const WIDEST: f64 = 180.0;

/// What a feature became.
struct Mended {
    shape: usize,
    before_ha: f64,
    after: Option<MultiPolygon>,
    crossing: Option<Position>,
}

/// Lays out anew what is not plain, and says so: `label` names a feature, `row` tells where it stands.
pub fn mend(shapes: &mut Shapes, file: &str, label: impl Fn(usize) -> String, problems: &mut Problems) {
    let found: Vec<Mended> =
        (0..shapes.len()).into_par_iter().with_min_len(512).filter_map(|shape| mended(shapes, shape)).collect();
    if found.is_empty() {
        return;
    }
    let mut next = found.iter().peekable();
    let mut clean = Shapes::default();
    for shape in 0..shapes.len() {
        match next.next_if(|mended| mended.shape == shape) {
            Some(Mended { after: Some(after), .. }) => push(&mut clean, after),
            _ => copy(&mut clean, shapes, shape),
        }
        clean.end_shape();
    }
    for Mended { shape, before_ha, after, crossing } in &found {
        let place = Place::file(file).row(*shape as u64 + 1).column("geometry").value(label(*shape));
        report(place, *before_ha, after.as_ref().map(|_| hectares(&clean, *shape)), *crossing, problems);
    }
    *shapes = clean;
}

fn report(place: Place, before: f64, after: Option<f64>, crossing: Option<Position>, problems: &mut Problems) {
    let at = crossing.map_or_else(String::new, |[x, y]| format!(" [{x:.6}, {y:.6}]"));
    let hint = message!("sửa bằng công cụ Fix geometries của QGIS", "mend it with Fix geometries in QGIS");
    match after {
        Some(after) if after > 0.0 => {
            let [a, b] = [before, after].map(|hectares| numbers::format(hectares, 4, Lang::Vi));
            let problem = match crossing {
                Some(_) => message!(
                    "ranh giới tự cắt{at}: cộng các vòng được {a} ha, đất thật {b} ha; dùng {b} ha",
                    "the boundary crosses itself{at}: its rings sum to {before:.4} ha, its land is {after:.4} ha, which is used"
                ),
                None => message!(
                    "các phần chồng nhau hay lỗ nằm ngoài vòng: cộng các vòng được {a} ha, đất thật {b} ha; dùng {b} ha",
                    "parts overlap or a hole lies outside: its rings sum to {before:.4} ha, its land is {after:.4} ha, which is used"
                ),
            };
            problems.warning(if crossing.is_some() { "self-crossing" } else { "overlapping-parts" }, place, problem, Some(hint));
        }
        Some(_) if before.is_nan() => problems.error(
            "antimeridian",
            place,
            message!(
                "hình rộng hơn 180° kinh độ: vắt qua kinh tuyến 180° hay ôm một cực; không dùng được",
                "wider than 180° of longitude: it crosses the antimeridian or holds a pole; it is not used"
            ),
            Some(message!("cắt hình ở kinh tuyến 180°", "cut it at the antimeridian")),
        ),
        Some(_) => problems.error(
            "no-area",
            place,
            message!("hình có diện tích bằng 0; không dùng được", "the geometry has no area and is not used"),
            Some(hint),
        ),
        None => problems.warning(
            "self-crossing",
            place,
            message!(
                "ranh giới tự cắt{at}; diện tích không đổi vì thế",
                "the boundary crosses itself{at}; its area does not change by it"
            ),
            Some(hint),
        ),
    }
}

fn hectares(shapes: &Shapes, shape: usize) -> f64 {
    shapes.rings(shape).map(area::ring).sum::<f64>() / 1e4
}

/// What becomes of a feature that is not plain; nothing of one that is.
fn mended(shapes: &Shapes, shape: usize) -> Option<Mended> {
    let [west, _, east, _] = shapes.bounds(shape)?;
    if east - west > WIDEST {
        return Some(Mended { shape, before_ha: f64::NAN, after: Some(MultiPolygon::new(Vec::new())), crossing: None });
    }
    let before_ha = hectares(shapes, shape);
    let (touches, crossing) = contact(shapes, shape);
    // Geodesics bulge, so a ring on one line has a little area on the ellipsoid and none in the plane.
    let flat = shapes.polygons(shape).any(|mut rings| rings.next().is_some_and(|shell| plane_area(shell) == 0.0));
    let plain = !touches && crossing.is_none() && before_ha > 0.0 && !flat && !nested_wrongly(shapes, shape);
    if plain {
        return None;
    }
    let land = land(shapes, shape);
    let mut laid = Shapes::default();
    push(&mut laid, &land);
    laid.end_shape();
    let after_ha = hectares(&laid, 0);
    if (after_ha - before_ha).abs() <= SAME * after_ha.abs() && before_ha > 0.0 {
        // What touches itself and holds the land that its rings say is in order.
        return crossing.map(|_| Mended { shape, before_ha, after: None, crossing });
    }
    Some(Mended { shape, before_ha, after: Some(land), crossing })
}

/// Twice the signed area in the plane of the coordinates.
fn plane_area(ring: &[Position]) -> f64 {
    let Some(&[x, y]) = ring.first() else { return 0.0 };
    ring.windows(2).map(|pair| (pair[0][0] - x) * (pair[1][1] - y) - (pair[1][0] - x) * (pair[0][1] - y)).sum()
}

/// The land of a feature as plain polygons.
fn land(shapes: &Shapes, shape: usize) -> MultiPolygon {
    let nothing = MultiPolygon::new(Vec::new());
    let region = |ring: &[Position]| {
        let ring = LineString::new(once_round(ring).iter().map(|&[x, y]| Coord { x, y }).collect());
        // An overlay of a ring with nothing gives what it encloses an odd number of times.
        Polygon::new(ring, Vec::new()).union(&nothing)
    };
    let mut land = nothing.clone();
    for mut rings in shapes.polygons(shape) {
        let Some(shell) = rings.next() else { continue };
        let part = rings.fold(region(shell), |left, hole| left.difference(&region(hole)));
        land = land.union(&part);
    }
    land
}

/// A ring that walks one way several times, walked once.
fn once_round(ring: &[Position]) -> &[Position] {
    let edges = ring.len().saturating_sub(1);
    let repeats = |length: usize| edges.is_multiple_of(length) && (length..edges).all(|at| ring[at] == ring[at - length]);
    let once = (3..=edges / 2).find(|&length| ring[length] == ring[0] && repeats(length)).unwrap_or(edges);
    &ring[..ring.len().min(once + 1)]
}

fn push(shapes: &mut Shapes, land: &MultiPolygon) {
    let ring = |shapes: &mut Shapes, line: &LineString, outer: bool| {
        let mut positions: Vec<Position> = line.0.iter().map(|c| [c.x, c.y]).collect();
        if (area::ring(&positions) < 0.0) == outer {
            positions.reverse();
        }
        positions.into_iter().for_each(|position| shapes.push_position(position));
        shapes.end_ring();
    };
    for polygon in &land.0 {
        ring(shapes, polygon.exterior(), true);
        polygon.interiors().iter().for_each(|hole| ring(shapes, hole, false));
        shapes.end_polygon();
    }
}

fn copy(to: &mut Shapes, from: &Shapes, shape: usize) {
    for polygon in from.polygons(shape) {
        for ring in polygon {
            ring.iter().for_each(|&position| to.push_position(position));
            to.end_ring();
        }
        to.end_polygon();
    }
}

/// Whether a feature touches itself other than along one ring, and where it crosses itself.
fn contact(shapes: &Shapes, shape: usize) -> (bool, Option<Position>) {
    let count: usize = shapes.rings(shape).map(<[_]>::len).sum();
    if count <= FEW { contact_of_few(shapes, shape) } else { contact_by_index(shapes, shape) }
}

/// Fields by the million have few corners; every pair of edges is looked at, and no memory asked for.
const FEW: usize = 32;

fn contact_of_few(shapes: &Shapes, shape: usize) -> (bool, Option<Position>) {
    let mut edges = [Edge { from: [0.0; 2], to: [0.0; 2] }; FEW];
    let mut count = 0;
    for pair in shapes.rings(shape).flat_map(|ring| ring.windows(2)) {
        edges[count] = Edge { from: pair[0], to: pair[1] };
        count += 1;
    }
    let mut touches = false;
    for (i, a) in edges[..count].iter().enumerate() {
        for b in &edges[i + 1..count] {
            match meeting(a, b) {
                Meeting::Cross(at) => return (touches, Some(at)),
                Meeting::Touch => touches = true,
                Meeting::Apart => touches |= a.to == b.to,
            }
        }
    }
    (touches, None)
}

fn contact_by_index(shapes: &Shapes, shape: usize) -> (bool, Option<Position>) {
    let mut corners: Vec<[u64; 2]> =
        shapes.rings(shape).flat_map(|ring| ring.iter().skip(1)).map(|position| position.map(f64::to_bits)).collect();
    corners.sort_unstable();
    let mut touches = corners.windows(2).any(|pair| pair[0] == pair[1]);
    let index = EdgeIndex::new(shapes.rings(shape));
    let mut nearby = Nearby::default();
    for a in index.edges() {
        let bounds = [a.from[0].min(a.to[0]), a.from[1].min(a.to[1]), a.from[0].max(a.to[0]), a.from[1].max(a.to[1])];
        index.near(bounds, &mut nearby);
        for b in &nearby.edges {
            match meeting(a, b) {
                Meeting::Cross(at) => return (touches, Some(at)),
                Meeting::Touch => touches = true,
                Meeting::Apart => {}
            }
        }
    }
    (touches, None)
}

/// Whether a hole lies outside its shell or in another hole, or a part inside another; told by one position of each, as rings that meet
/// are looked at anyway.
fn nested_wrongly(shapes: &Shapes, shape: usize) -> bool {
    let rings: Vec<Vec<&[Position]>> = shapes.polygons(shape).map(Iterator::collect).collect();
    if rings.iter().map(Vec::len).sum::<usize>() < 2 {
        return false;
    }
    let polygons: Vec<(Polygon, Vec<Polygon>, [f64; 4])> = rings
        .iter()
        .map(|rings| {
            let filled = |ring: &[Position]| Polygon::new(ring.iter().map(|&[x, y]| Coord { x, y }).collect(), Vec::new());
            let bounds = rings[0]
                .iter()
                .fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |[w, s, e, n], &[x, y]| [w.min(x), s.min(y), e.max(x), n.max(y)]);
            (filled(rings[0]), rings[1..].iter().map(|ring| filled(ring)).collect(), bounds)
        })
        .collect();
    let first = |ring: &Polygon| ring.exterior().0.first().map(|c| Point::new(c.x, c.y));
    let inside = |outer: &Polygon, ring: &Polygon| first(ring).is_some_and(|point| outer.contains(&point));
    let hole_wrong = polygons.iter().any(|(shell, holes, _)| {
        holes.iter().any(|hole| !inside(shell, hole))
            || holes.iter().enumerate().any(|(i, hole)| holes.iter().enumerate().any(|(j, other)| i != j && inside(other, hole)))
    });
    let meets = |a: &[f64; 4], b: &[f64; 4]| a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
    hole_wrong
        || polygons.iter().enumerate().any(|(i, (shell, _, bounds))| {
            polygons.iter().enumerate().any(|(j, (other, holes, around))| {
                i != j && meets(bounds, around) && inside(other, shell) && !holes.iter().any(|hole| inside(hole, shell))
            })
        })
}

/// How two edges meet, other than at a common end.
enum Meeting {
    Apart,
    Touch,
    Cross(Position),
}

fn meeting(a: &Edge, b: &Edge) -> Meeting {
    let side = |e: &Edge, p: Position| (e.to[0] - e.from[0]) * (p[1] - e.from[1]) - (e.to[1] - e.from[1]) * (p[0] - e.from[0]);
    let apart = |axis: usize| {
        let (low, high) = (b.from[axis].min(b.to[axis]), b.from[axis].max(b.to[axis]));
        a.from[axis].max(a.to[axis]) < low || high < a.from[axis].min(a.to[axis])
    };
    if apart(0) || apart(1) || a.from == b.from || a.from == b.to || a.to == b.from || a.to == b.to {
        return Meeting::Apart;
    }
    let (a1, a2) = (side(b, a.from), side(b, a.to));
    let (b1, b2) = (side(a, b.from), side(a, b.to));
    // A touch to within rounding is not a crossing: it holds no land.
    let slack = 1e-18;
    if a1 * a2 < -slack * slack && b1 * b2 < -slack * slack && a1.abs() > slack && b1.abs() > slack {
        let t = a1 / (a1 - a2);
        return Meeting::Cross([a.from[0] + t * (a.to[0] - a.from[0]), a.from[1] + t * (a.to[1] - a.from[1])]);
    }
    let on = |e: &Edge, p: Position, side: f64| {
        let within = |axis: usize| e.from[axis].min(e.to[axis]) <= p[axis] && p[axis] <= e.from[axis].max(e.to[axis]);
        side.abs() <= slack && within(0) && within(1)
    };
    if on(b, a.from, a1) || on(b, a.to, a2) || on(a, b.from, b1) || on(a, b.to, b2) {
        return Meeting::Touch;
    }
    Meeting::Apart
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Polygons of one feature, each a list of rings.
    fn feature(polygons: &[&[&[Position]]]) -> Shapes {
        let mut shapes = Shapes::default();
        for polygon in polygons {
            for ring in *polygon {
                ring.iter().for_each(|&position| shapes.push_position(position));
                shapes.end_ring();
            }
            shapes.end_polygon();
        }
        shapes.end_shape();
        shapes
    }

    const SQUARE: [Position; 5] = [[0.0, 0.0], [0.01, 0.0], [0.01, 0.01], [0.0, 0.01], [0.0, 0.0]];
    const HALF: [Position; 5] = [[0.0, 0.0], [0.0, 0.01], [0.005, 0.01], [0.005, 0.0], [0.0, 0.0]];
    const FAR: [Position; 5] = [[0.02, 0.0], [0.02, 0.01], [0.03, 0.01], [0.03, 0.0], [0.02, 0.0]];

    fn squares(polygons: &[&[&[Position]]]) -> (f64, usize) {
        let mut shapes = feature(polygons);
        let mut problems = Problems::default();
        mend(&mut shapes, "f", |_| String::new(), &mut problems);
        let one = hectares(&feature(&[&[&SQUARE]]), 0);
        ((1000.0 * hectares(&shapes, 0) / one).round() / 1000.0, problems.list().len())
    }

    #[test]
    fn land_is_counted_once() {
        assert_eq!(squares(&[&[&SQUARE]]), (1.0, 0));
        assert_eq!(squares(&[&[&SQUARE], &[&SQUARE]]), (1.0, 1));
        assert_eq!(squares(&[&[&SQUARE, &FAR]]), (1.0, 1));
        assert_eq!(squares(&[&[&SQUARE, &HALF]]), (0.5, 0));
        let tie = [[0.0, 0.0], [0.01, 0.01], [0.01, 0.0], [0.0, 0.01], [0.0, 0.0]];
        assert_eq!(squares(&[&[&tie]]), (0.5, 1));
        let twice: Vec<Position> = SQUARE.iter().chain(&SQUARE[1..]).copied().collect();
        assert_eq!(squares(&[&[&twice]]), (1.0, 1));
    }

    #[test]
    fn a_shape_around_the_world_is_not_used() {
        let wide = [[-179.0, 0.0], [179.0, 0.0], [179.0, 1.0], [-179.0, 1.0], [-179.0, 0.0]];
        let mut shapes = feature(&[&[&wide]]);
        let mut problems = Problems::default();
        mend(&mut shapes, "f", |_| String::new(), &mut problems);
        assert!(!shapes.has_geometry(0) && problems.list()[0].code == "antimeridian");
    }
}

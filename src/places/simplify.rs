//! Fewer points for drawing. A border between two areas is simplified once and stays one line for both, so no slivers open.

use hashbrown::HashMap;

/// Pixels of a page.
type Point = [f32; 2];

/// A point in tenths of a pixel.
type Key = [i32; 2];

fn key([x, y]: Point) -> Key {
    [(x * 10.0).round() as i32, (y * 10.0).round() as i32]
}

/// What is known of a point: two neighbours, or that more lines than two meet here.
#[derive(Clone, Copy)]
struct Joint {
    neighbours: [Option<Key>; 2],
    meets: bool,
}

/// Drops points that lie within `tolerance` pixels of the line without them (Douglas and Peucker 1973), arc by arc between
/// the points where borders meet. Points are expected on tenths of a pixel.
pub fn simplify(shapes: &[Vec<Vec<Point>>], tolerance: f32) -> Vec<Vec<Vec<Point>>> {
    let mut joints: HashMap<Key, Joint> = HashMap::with_capacity(shapes.iter().flatten().map(Vec::len).sum());
    for ring in shapes.iter().flatten() {
        let count = ring.len();
        for i in 0..count {
            let joint = joints.entry(key(ring[i])).or_insert(Joint { neighbours: [None; 2], meets: false });
            for other in [ring[(i + count - 1) % count], ring[(i + 1) % count]].map(key) {
                if joint.neighbours.contains(&Some(other)) {
                    continue;
                }
                match joint.neighbours.iter_mut().find(|slot| slot.is_none()) {
                    Some(slot) => *slot = Some(other),
                    None => joint.meets = true,
                }
            }
        }
    }
    let meets = |point: Point| joints.get(&key(point)).is_some_and(|joint| joint.meets);
    shapes.iter().map(|rings| rings.iter().map(|ring| simplify_ring(ring, &meets, tolerance)).collect()).collect()
}

fn simplify_ring(ring: &[Point], meets: &impl Fn(Point) -> bool, tolerance: f32) -> Vec<Point> {
    // A ring that meets no other starts at its lowest point, wherever the file starts it.
    let start = ring.iter().position(|point| meets(*point)).or_else(|| (0..ring.len()).min_by_key(|&i| key(ring[i])));
    let Some(start) = start else { return ring.to_vec() };
    let mut turned: Vec<Point> = ring[start..].iter().chain(&ring[..start]).copied().collect();
    turned.push(turned[0]);
    let mut simple: Vec<Point> = Vec::with_capacity(ring.len() / 2);
    let mut from = 0;
    for to in 1..turned.len() {
        if to + 1 == turned.len() || meets(turned[to]) {
            let arc = simplify_arc(&turned[from..=to], tolerance);
            simple.extend_from_slice(&arc[..arc.len() - 1]);
            from = to;
        }
    }
    // An islet smaller than the tolerance keeps its form rather than vanish.
    if simple.len() < 3 { ring.to_vec() } else { simple }
}

/// An arc gives the same points whichever way it is walked.
fn simplify_arc(arc: &[Point], tolerance: f32) -> Vec<Point> {
    let (ahead, back) = (arc.iter().map(|p| key(*p)), arc.iter().rev().map(|p| key(*p)));
    let reversed = back.lt(ahead);
    let mut points = arc.to_vec();
    if reversed {
        points.reverse();
    }
    let mut keep = vec![false; points.len()];
    keep[0] = true;
    keep[points.len() - 1] = true;
    let mut work = vec![(0, points.len() - 1)];
    while let Some((first, last)) = work.pop() {
        let far = (first + 1..last)
            .map(|i| (distance(points[i], points[first], points[last]), i))
            .fold((0.0f32, 0), |most, next| if next.0 > most.0 { next } else { most });
        if far.0 > tolerance {
            keep[far.1] = true;
            work.push((first, far.1));
            work.push((far.1, last));
        }
    }
    let mut kept: Vec<Point> = points.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(point, _)| point).collect();
    if reversed {
        kept.reverse();
    }
    kept
}

/// Distance of a point from a line between two others.
fn distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point) -> f32 {
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx * dx + dy * dy;
    let t = if length == 0.0 { 0.0 } else { (((x - ax) * dx + (y - ay) * dy) / length).clamp(0.0, 1.0) };
    (x - ax - t * dx).hypot(y - ay - t * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two areas on both sides of a wavy line, walked in opposite directions and started at different points.
    #[test]
    fn a_shared_border_stays_shared() {
        let wave: Vec<Point> = (0..=200)
            .map(|i| [(50.0 + 3.0 * (i as f32 * 0.21).sin()) * 10.0, i as f32 * 5.0].map(|v| (v * 10.0).round() / 10.0))
            .collect();
        let mut left = wave.clone();
        left.extend([[0.0, 1000.0], [0.0, 0.0]]);
        let mut right: Vec<Point> = wave.iter().rev().copied().collect();
        right.extend([[1000.0, 0.0], [1000.0, 1000.0]]);
        right.rotate_left(77);
        let simple = simplify(&[vec![left.clone()], vec![right]], 0.4);
        let border = |ring: &[Point]| {
            let mut keys: Vec<Key> = ring.iter().map(|p| key(*p)).filter(|[x, _]| *x > 0 && *x < 10_000).collect();
            keys.sort_unstable();
            keys
        };
        assert_eq!(border(&simple[0][0]), border(&simple[1][0]));
        assert!(simple[0][0].len() < left.len() * 2 / 3, "{} of {}", simple[0][0].len(), left.len());
        let area = |ring: &[Point]| {
            (0..ring.len())
                .map(|i| (ring[i], ring[(i + 1) % ring.len()]))
                .map(|(a, b)| f64::from(a[0]) * f64::from(b[1]) - f64::from(b[0]) * f64::from(a[1]))
                .sum::<f64>()
                .abs()
                / 2.0
        };
        assert!((area(&simple[0][0]) + area(&simple[1][0]) - 1_000_000.0).abs() < 1.0, "no sliver opens");
        for point in &left {
            let ring = &simple[0][0];
            let nearest =
                (0..ring.len()).map(|i| distance(*point, ring[i], ring[(i + 1) % ring.len()])).fold(f32::INFINITY, f32::min);
            assert!(nearest <= 0.41, "{point:?} {nearest}");
        }
    }
}

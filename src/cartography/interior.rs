//! Places inside an area: where a label or a symbol stands, and whether a point lies in it.

use crate::draw::scene::Point;

/// Middles of the wide stretches inside some rings, best first: wide, and near the middle of their height; with widths.
pub fn interior(rings: &[Vec<Point>]) -> Vec<(Point, f32)> {
    let ys = || rings.iter().flatten().map(|point| point[1]);
    let (top, bottom) = (ys().fold(f32::INFINITY, f32::min), ys().fold(f32::NEG_INFINITY, f32::max));
    let mut found: Vec<(f32, Point, f32)> = Vec::new();
    const LINES: usize = 15;
    let mut crossings: Vec<f32> = Vec::new();
    for i in 0..LINES {
        let part = (i as f32 + 0.5) / LINES as f32;
        let y = top + (bottom - top) * part;
        crossings.clear();
        for ring in rings {
            let edges = ring.iter().zip(ring.iter().cycle().skip(1)).take(ring.len());
            crossings.extend(
                edges.filter(|(a, b)| (a[1] <= y) != (b[1] <= y)).map(|(a, b)| a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1])),
            );
        }
        crossings.sort_by(f32::total_cmp);
        found.extend(crossings.chunks_exact(2).map(|pair| {
            let wide = pair[1] - pair[0];
            (wide * (1.0 - 0.9 * (part - 0.5).abs()), [(pair[0] + pair[1]) / 2.0, y], wide)
        }));
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.truncate(8);
    found.into_iter().map(|(_, point, wide)| (point, wide)).collect()
}

/// Whether a point lies inside some rings (even-odd).
pub fn contains(rings: &[Vec<Point>], [x, y]: Point) -> bool {
    let edges = |ring: &'_ Vec<Point>| {
        let closed = ring.iter().zip(ring.iter().cycle().skip(1)).take(ring.len());
        closed.filter(|(a, b)| (a[1] > y) != (b[1] > y) && x < a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1])).count()
    };
    rings.iter().map(edges).sum::<usize>() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interior_point_of_a_horseshoe_is_inside_it() {
        let ring = vec![[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [7.0, 10.0], [7.0, 3.0], [3.0, 3.0], [3.0, 10.0], [0.0, 10.0]];
        let ([x, y], _) = interior(&[ring])[0];
        assert!(y < 3.0 || !(3.0..=7.0).contains(&x), "{x} {y}");
    }
}

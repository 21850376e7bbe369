//! The outer line of land: the edges that belong to one shape alone.

use crate::draw::scene::Point;
use hashbrown::HashMap;

/// A point in tenths of a pixel.
type Key = [i32; 2];

fn key([x, y]: Point) -> Key {
    [(x * 10.0).round() as i32, (y * 10.0).round() as i32]
}

/// Lines along the edges that only one shape has. Where borders do not meet point by point, both of them are drawn.
pub fn outline(shapes: &[Vec<Vec<Point>>]) -> Vec<Vec<Point>> {
    let edges = || {
        shapes.iter().flatten().flat_map(|ring| {
            (0..ring.len()).map(move |i| (ring[i], ring[(i + 1) % ring.len()])).filter(|(a, b)| key(*a) != key(*b))
        })
    };
    let undirected = |a: Point, b: Point| if key(a) < key(b) { (key(a), key(b)) } else { (key(b), key(a)) };
    let mut uses: HashMap<(Key, Key), u32> = HashMap::new();
    edges().for_each(|(a, b)| *uses.entry(undirected(a, b)).or_default() += 1);
    let mut lines: Vec<Vec<Point>> = Vec::new();
    for ring in shapes.iter().flatten() {
        let alone = |i: usize| uses.get(&undirected(ring[i], ring[(i + 1) % ring.len()])) == Some(&1);
        let count = ring.len();
        // A ring of outer edges only is one closed line; else lines begin where an inner edge ends.
        let start = (0..count).find(|&i| !alone((i + count - 1) % count) && alone(i)).unwrap_or(0);
        let mut line: Vec<Point> = Vec::new();
        for step in 0..count {
            let i = (start + step) % count;
            if alone(i) {
                if line.is_empty() {
                    line.push(ring[i]);
                }
                line.push(ring[(i + 1) % count]);
            } else if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_border_between_two_is_no_outer_line() {
        let left = vec![[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]];
        let right = vec![[10.0, 0.0], [20.0, 0.0], [20.0, 10.0], [10.0, 10.0]];
        let lines = outline(&[vec![left.clone()], vec![right]]);
        let inner = |pair: &[Point]| pair[0][0] == 10.0 && pair[1][0] == 10.0;
        assert!(lines.iter().all(|line| !line.windows(2).any(inner)), "{lines:?}");
        let length: f32 =
            lines.iter().flat_map(|line| line.windows(2)).map(|p| (p[0][0] - p[1][0]).abs() + (p[0][1] - p[1][1]).abs()).sum();
        assert_eq!(length, 60.0);
        let alone = outline(&[vec![left]]);
        assert_eq!((alone.len(), alone[0].len(), alone[0][0]), (1, 5, alone[0][4]));
    }
}

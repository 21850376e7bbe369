//! Shapes cut off at a frame. Office suites cannot hide what reaches beyond a frame, so it is cut away.

use crate::draw::scene::Point;

/// Left, top, right, bottom.
pub type Frame = [f32; 4];

/// Whether a point is on the inner side of one edge of a frame.
fn inside([l, t, r, b]: Frame, edge: usize, [x, y]: Point) -> bool {
    match edge {
        0 => x >= l,
        1 => y >= t,
        2 => x <= r,
        _ => y <= b,
    }
}

/// Where a line crosses an edge.
fn crossing([l, t, r, b]: Frame, edge: usize, [x1, y1]: Point, [x2, y2]: Point) -> Point {
    let at = |from: f32, to: f32, goal: f32| if to == from { 0.0 } else { (goal - from) / (to - from) };
    match edge {
        0 => [l, y1 + (y2 - y1) * at(x1, x2, l)],
        1 => [x1 + (x2 - x1) * at(y1, y2, t), t],
        2 => [r, y1 + (y2 - y1) * at(x1, x2, r)],
        _ => [x1 + (x2 - x1) * at(y1, y2, b), b],
    }
}

/// A ring within a frame (Sutherland and Hodgman 1974); empty if nothing of it is.
pub fn ring(points: &[Point], frame: Frame) -> Vec<Point> {
    let mut points = points.to_vec();
    for edge in 0..4 {
        let Some(mut last) = points.last().copied() else { break };
        let mut kept = Vec::with_capacity(points.len());
        for point in points {
            let (was, is) = (inside(frame, edge, last), inside(frame, edge, point));
            if was != is {
                kept.push(crossing(frame, edge, last, point));
            }
            if is {
                kept.push(point);
            }
            last = point;
        }
        points = kept;
    }
    points
}

/// The parts of a line within a frame.
pub fn line(points: &[Point], frame: Frame) -> Vec<Vec<Point>> {
    let mut parts: Vec<Vec<Point>> = Vec::new();
    for pair in points.windows(2) {
        let [mut from, mut to] = [pair[0], pair[1]];
        let mut seen = true;
        for edge in 0..4 {
            match (inside(frame, edge, from), inside(frame, edge, to)) {
                (false, false) => seen = false,
                (true, true) => {}
                (is, _) => {
                    let at = crossing(frame, edge, from, to);
                    if is { to = at } else { from = at }
                }
            }
            if !seen {
                break;
            }
        }
        if !seen {
            continue;
        }
        match parts.last_mut() {
            Some(part) if part.last() == Some(&from) => part.push(to),
            _ => parts.push(vec![from, to]),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = [0.0, 0.0, 10.0, 10.0];

    #[test]
    fn a_ring_keeps_what_is_inside() {
        let square = ring(&[[-5.0, 2.0], [5.0, 2.0], [5.0, 8.0], [-5.0, 8.0]], FRAME);
        let area: f32 = (0..square.len())
            .map(|i| (square[i], square[(i + 1) % square.len()]))
            .map(|([a, b], [c, d])| (a * d - c * b) / 2.0)
            .sum();
        assert_eq!(area.abs(), 30.0);
        assert!(ring(&[[20.0, 20.0], [30.0, 20.0], [30.0, 30.0]], FRAME).is_empty());
    }

    #[test]
    fn a_line_falls_into_its_parts() {
        let parts = line(&[[-5.0, 5.0], [5.0, 5.0], [5.0, 20.0], [8.0, 20.0], [8.0, 5.0]], FRAME);
        assert_eq!(parts, vec![vec![[0.0, 5.0], [5.0, 5.0], [5.0, 10.0]], vec![[8.0, 10.0], [8.0, 5.0]]]);
    }
}

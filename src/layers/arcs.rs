//! Circular arcs (ISO 19125 circular strings) made of straight pieces.

use geo::Coord;
use std::f64::consts::TAU;

/// Angle of a piece, in degrees: no piece lies farther from its arc than 0.004 % of the radius.
pub const STEP_DEGREES: f64 = 1.0;

/// The positions of a circular string: each arc goes from one position over the next to the one after it. `None` if the count of
/// positions cannot be that of arcs.
pub fn straightened(given: &[Coord]) -> Option<Vec<Coord>> {
    let (&first, _) = given.split_first()?;
    if given.len().is_multiple_of(2) {
        return None;
    }
    let mut path = vec![first];
    for arc in given.windows(3).step_by(2) {
        add_arc([arc[0], arc[1], arc[2]], &mut path);
    }
    Some(path)
}

/// Adds all positions of an arc but the first. An arc that ends where it starts is a circle whose middle position lies opposite;
/// one through a straight line stays a line.
fn add_arc([start, over, end]: [Coord; 3], path: &mut Vec<Coord>) {
    let closed = start == end;
    let centre = if closed { Some((start + over) / 2.0) } else { centre(start, over, end) };
    let Some(centre) = centre else { return path.extend([over, end]) };
    let angle = |at: Coord| (at.y - centre.y).atan2(at.x - centre.x);
    let radius = (start.x - centre.x).hypot(start.y - centre.y);
    let from = angle(start);
    let turn = if closed {
        TAU
    } else {
        let (to_over, to_end) = ((angle(over) - from).rem_euclid(TAU), (angle(end) - from).rem_euclid(TAU));
        if to_over <= to_end { to_end } else { to_end - TAU }
    };
    let pieces = (turn.abs() / STEP_DEGREES.to_radians()).ceil().max(1.0) as u32;
    path.extend((1..pieces).map(|piece| {
        let (sine, cosine) = (from + turn * f64::from(piece) / f64::from(pieces)).sin_cos();
        Coord { x: centre.x + radius * cosine, y: centre.y + radius * sine }
    }));
    path.push(end);
}

/// The centre of the circle through three positions; `None` where they lie on a line.
fn centre(a: Coord, b: Coord, c: Coord) -> Option<Coord> {
    let (p, q) = (b - a, c - a);
    let twice = 2.0 * (p.x * q.y - p.y * q.x);
    let (pp, qq) = (p.x * p.x + p.y * p.y, q.x * q.x + q.y * q.y);
    (twice.abs() > 1e-12 * pp.max(qq))
        .then(|| Coord { x: a.x + (q.y * pp - p.y * qq) / twice, y: a.y + (p.x * qq - q.x * pp) / twice })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> Coord {
        Coord { x, y }
    }

    /// Shoelace area of a path that ends where it starts.
    fn area(path: &[Coord]) -> f64 {
        path.windows(2).map(|pair| pair[0].x * pair[1].y - pair[1].x * pair[0].y).sum::<f64>().abs() / 2.0
    }

    #[test]
    fn arcs_keep_the_area_of_their_circle() {
        let circle = straightened(&[at(1.0, 0.0), at(-1.0, 0.0), at(1.0, 0.0)]).expect("a circle");
        assert!((area(&circle) / std::f64::consts::PI - 1.0).abs() < 1e-4);
        let halves = straightened(&[at(1.0, 0.0), at(0.0, 1.0), at(-1.0, 0.0), at(0.0, -1.0), at(1.0, 0.0)]).expect("halves");
        assert!((area(&halves) / std::f64::consts::PI - 1.0).abs() < 1e-4);
        // Over the far side: three quarters of the circle, either way round.
        for (start, end) in [(at(1.0, 0.0), at(0.0, -1.0)), (at(0.0, -1.0), at(1.0, 0.0))] {
            let long = straightened(&[start, at(-(0.5_f64.sqrt()), 0.5_f64.sqrt()), end]).expect("an arc");
            assert_eq!(long.len(), 271);
        }
    }

    #[test]
    fn lines_stay_lines_and_odd_counts_are_needed() {
        let line = [at(0.0, 0.0), at(1.0, 1.0), at(2.0, 2.0)];
        assert_eq!(straightened(&line), Some(line.to_vec()));
        assert_eq!(straightened(&line[..2]), None);
        assert_eq!(straightened(&[]), None);
    }
}

//! Distances over ground.

use super::area::Position;
use geo::{Destination, Geodesic, Point};

/// Mean radius of the earth, km (IUGG).
pub const EARTH_KM: f64 = 6371.0088;

/// Great-circle distance of two positions in degrees, on a sphere of a given radius (haversine).
pub fn great_circle([x1, y1]: Position, [x2, y2]: Position, radius: f64) -> f64 {
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let h = half(y2 - y1) + y1.to_radians().cos() * y2.to_radians().cos() * half(x2 - x1);
    2.0 * radius * h.sqrt().min(1.0).asin()
}

/// Kilometres between two positions in degrees.
pub fn kilometres(a: Position, b: Position) -> f64 {
    great_circle(a, b, EARTH_KM)
}

/// The geodesic circle on the WGS84 ellipsoid around a position: a closed counter-clockwise ring (Karney 2013). Between two vertices
/// it bends inwards by at most `1 - cos(pi / vertices)` of its radius.
pub fn circle([x, y]: Position, radius_km: f64, vertices: usize) -> Vec<Position> {
    let vertex = |step: usize| {
        let bearing = 360.0 * ((vertices - step % vertices) % vertices) as f64 / vertices as f64;
        let place = Geodesic.destination(Point::new(x, y), bearing, 1000.0 * radius_km);
        [place.x(), place.y()]
    };
    (0..=vertices).map(vertex).collect()
}

/// Kilometres from a position to the nearest point of a chain of positions: straight lines in a local plane, good for distances
/// of some tens of kilometres.
pub fn to_line(from: Position, line: &[Position]) -> f64 {
    let across = from[1].to_radians().cos();
    let local = |p: Position| [(p[0] - from[0]) * across, p[1] - from[1]];
    let degree = EARTH_KM.to_radians();
    let near = line.windows(2).map(|pair| {
        let (a, b) = (local(pair[0]), local(pair[1]));
        let along = [b[0] - a[0], b[1] - a[1]];
        let length = along[0] * along[0] + along[1] * along[1];
        let t = if length > 0.0 { (-(a[0] * along[0] + a[1] * along[1]) / length).clamp(0.0, 1.0) } else { 0.0 };
        (a[0] + t * along[0]).hypot(a[1] + t * along[1])
    });
    near.fold(f64::INFINITY, f64::min) * degree
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_and_of_longitude() {
        assert!((kilometres([105.0, 10.0], [105.0, 11.0]) - 111.195).abs() < 0.001);
        assert!((kilometres([105.0, 60.0], [106.0, 60.0]) - 55.597).abs() < 0.01);
    }

    #[test]
    fn the_nearest_point_of_a_line_may_lie_between_its_ends() {
        let line = [[105.0, 10.1], [106.0, 10.1]];
        assert!((to_line([105.5, 10.0], &line) - 11.1195).abs() < 0.001);
        assert!((to_line([104.9, 10.1], &line) - kilometres([104.9, 10.1], [105.0, 10.1])).abs() < 0.01);
    }
}

//! The projection of a map: transverse Mercator on the WGS84 ellipsoid (conformal), on a VN-2000 central meridian where
//! the map lies in Việt Nam. Series of Krüger to n³; the position is good to a millimetre within a zone.

use crate::values::area::Position;

/// Third flattening of WGS84.
const N: f64 = 0.001_679_220_386_383_705;
/// Semi-major axis of WGS84, metres.
const A: f64 = 6_378_137.0;
/// Central meridians of the VN-2000 TM-3 zones, degrees (EPSG 5896–5899, 9205–9218).
const MERIDIANS: [f64; 18] = [
    102.0, 103.0, 104.0, 104.5, 104.75, 105.0, 105.5, 105.75, 106.0, 106.25, 106.5, 107.0, 107.25, 107.5, 107.75, 108.0, 108.25,
    108.5,
];

/// A transverse Mercator projection.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Projection {
    meridian: f64,
    radius: f64,
    alpha: [f64; 3],
}

impl Projection {
    /// The projection for an extent (west, south, east, north): the nearest VN-2000 meridian in Việt Nam, else the
    /// middle of the extent.
    pub fn for_extent([west, south, east, north]: [f64; 4]) -> Projection {
        let middle = (west + east) / 2.0;
        let in_vietnam = west >= 102.0 && east <= 110.0 && south >= 8.0 && north <= 23.5;
        let nearest = MERIDIANS.into_iter().min_by(|a, b| (a - middle).abs().total_cmp(&(b - middle).abs()));
        Projection::new(nearest.filter(|_| in_vietnam).unwrap_or(middle))
    }

    /// A projection on a central meridian.
    pub fn new(meridian: f64) -> Projection {
        Projection {
            meridian,
            radius: A / (1.0 + N) * (1.0 + N * N / 4.0 + N.powi(4) / 64.0),
            alpha: [
                N / 2.0 - 2.0 / 3.0 * N * N + 5.0 / 16.0 * N.powi(3),
                13.0 / 48.0 * N * N - 3.0 / 5.0 * N.powi(3),
                61.0 / 240.0 * N.powi(3),
            ],
        }
    }

    /// Name for the record.
    pub fn name(&self) -> String {
        let whole = self.meridian.floor();
        let minutes = (self.meridian - whole) * 60.0;
        format!("transverse Mercator, central meridian {whole}°{minutes:02.0}′, WGS84 ellipsoid")
    }

    /// Metres east of the central meridian and north of the equator.
    pub fn project(&self, [longitude, latitude]: Position) -> [f64; 2] {
        let (lambda, sine) = ((longitude - self.meridian).to_radians(), latitude.to_radians().sin());
        let e = 2.0 * N.sqrt() / (1.0 + N);
        let t = (sine.atanh() - e * (e * sine).atanh()).sinh();
        let xi = t.atan2(lambda.cos());
        let eta = (lambda.sin() / (t * t + lambda.cos() * lambda.cos()).sqrt()).asinh();
        let (mut x, mut y) = (eta, xi);
        for (j, alpha) in self.alpha.iter().enumerate() {
            let k = 2.0 * (j as f64 + 1.0);
            x += alpha * (k * xi).cos() * (k * eta).sinh();
            y += alpha * (k * xi).sin() * (k * eta).cosh();
        }
        [self.radius * x, self.radius * y]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// EPSG:32648 (UTM 48N, scale 0.9996) of 105.2448 E 10.8138 N: 526759.6, 1195402.1.
    #[test]
    fn a_known_point_falls_where_proj_puts_it() {
        let [x, y] = Projection::new(105.0).project([105.2448, 10.8138]);
        assert!((x * 0.9996 + 500_000.0 - 526_759.6).abs() < 0.06, "{x}");
        assert!((y * 0.9996 - 1_195_402.1).abs() < 0.06, "{y}");
    }

    #[test]
    fn vietnam_gets_its_meridian() {
        assert_eq!(Projection::for_extent([105.1, 10.6, 105.4, 10.9]).meridian, 105.0 + 0.25 - 0.25);
        assert_eq!(Projection::for_extent([2.7, 48.8, 3.1, 49.1]).meridian, 2.9000000000000004);
    }
}

//! Areas on the WGS84 ellipsoid, in square metres, from longitudes and latitudes in degrees.
//!
//! The area between an edge and the equator is taken in the cylindrical equal-area (authalic) plane, where the edge is
//! a chord, plus the thin slice between that chord and the geodesic (the third-order term of the trapezoid rule on the
//! authalic sphere; the exact great-circle term for edges past half a degree). Against Karney's geodesic areas the
//! difference is below one part in 10⁸ for a field, three in 10⁸ where edges are a kilometre and five in 10⁷ where they are
//! ten kilometres long, at a tenth of the cost.
//!
//! Sources: Snyder, *Map Projections: A Working Manual*, USGS PP 1395 (1987), eq. 3-12; NIMA TR 8350.2 for WGS84.

/// Semi-major axis of WGS84, metres.
const A: f64 = 6_378_137.0;
/// First eccentricity squared of WGS84.
const E2: f64 = 0.006_694_379_990_141_316;

/// A position, longitude then latitude, in degrees.
pub type Position = [f64; 2];

/// Square metres per radian of longitude between a latitude and the equator, near a reference latitude.
///
/// Close to the reference (about 12 km) a cubic stands in for the closed form; it is good to 3 parts in 10¹⁰ there.
#[derive(Debug, Clone, Copy)]
pub struct Strip {
    latitude: f64,
    sine: f64,
    cosine2: f64,
    at_reference: f64,
    slopes: [f64; 3],
}

/// Past this many radians from the reference the closed form is used.
const NEAR: f64 = 0.002;
/// Past this many radians the slice under a geodesic edge is taken exactly.
const LONG_EDGE: f64 = 0.01;

impl Strip {
    /// A strip function around `latitude` degrees.
    pub fn new(latitude: f64) -> Strip {
        let latitude = latitude.to_radians();
        let (s, c) = latitude.sin_cos();
        let u = 1.0 / (1.0 - E2 * s * s);
        let b2 = A * A * (1.0 - E2);
        let g0 = c * u * u;
        let g1 = -s * u * u + 4.0 * E2 * s * c * c * u.powi(3);
        let g2 = -c * u * u - 4.0 * E2 * s * s * c * u.powi(3)
            + 4.0 * E2 * c * (c * c - 2.0 * s * s) * u.powi(3)
            + 24.0 * E2 * E2 * s * s * c.powi(3) * u.powi(4);
        Strip {
            latitude,
            sine: s,
            cosine2: c * c,
            at_reference: strip_from_equator(latitude),
            slopes: [b2 * g0, b2 * g1 / 2.0, b2 * g2 / 6.0],
        }
    }

    /// Square metres per radian of longitude between the reference and `latitude` degrees.
    #[inline]
    pub fn to(&self, latitude: f64) -> f64 {
        let latitude = latitude.to_radians();
        let h = latitude - self.latitude;
        if h.abs() < NEAR {
            h * (self.slopes[0] + h * (self.slopes[1] + h * self.slopes[2]))
        } else {
            strip_from_equator(latitude) - self.at_reference
        }
    }
}

/// Closed form of the strip between the equator and a latitude in radians.
fn strip_from_equator(latitude: f64) -> f64 {
    let e = E2.sqrt();
    let s = latitude.sin();
    A * A * (1.0 - E2) / 2.0 * (s / (1.0 - E2 * s * s) + (e * s).atanh() / e)
}

/// Signed geodesic area of a ring, counter-clockwise positive. The ring may be closed or open.
pub fn ring(ring: &[Position]) -> f64 {
    let Some(first) = ring.first() else { return 0.0 };
    let strip = Strip::new(first[1]);
    let mut area = 0.0;
    let mut previous = (first[1], strip.to(first[1]));
    let mut longitude = first[0];
    for &[x, y] in ring[1..].iter().chain(std::iter::once(first)) {
        let mut step = (x - longitude).to_radians();
        if step.abs() > std::f64::consts::PI {
            step -= step.signum() * std::f64::consts::TAU;
        }
        let here = strip.to(y);
        area -= step * (previous.1 + here) / 2.0 + bulge(&strip, step, previous.0, y);
        previous = (y, here);
        longitude = x;
    }
    area
}

/// Area between the chord of an edge and its geodesic.
#[inline]
fn bulge(strip: &Strip, step: f64, from: f64, to: f64) -> f64 {
    let rise = (to - from).to_radians();
    let polar = strip_at_pole();
    let near = ((from + to) / 2.0).to_radians() - strip.latitude;
    if step.abs() > LONG_EDGE || rise.abs() > LONG_EDGE {
        let sine = |latitude: f64| strip_from_equator(latitude.to_radians()) / polar;
        let (s1, s2) = (sine(from), sine(to));
        let half_tangent = |s: f64| (s.clamp(-1.0, 1.0).asin() / 2.0).tan();
        let (t1, t2) = (half_tangent(s1), half_tangent(s2));
        let under = 2.0 * ((step / 2.0).tan() * (t1 + t2)).atan2(1.0 + t1 * t2);
        return polar * (under - step * (s1 + s2) / 2.0);
    }
    let (sine, cosine2) = if near.abs() < NEAR {
        (strip.sine, strip.cosine2)
    } else {
        let s = (strip.latitude + near).sin();
        (s, 1.0 - s * s)
    };
    polar * step * sine / 12.0 * (step * step * cosine2 + 3.0 * rise * rise)
}

/// Strip between the equator and the pole: the square of the authalic radius.
fn strip_at_pole() -> f64 {
    40_589_732_499_314.76
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{GeodesicArea, LineString, Polygon};

    fn reference(ring: &[Position]) -> f64 {
        let line: LineString<f64> = ring.iter().map(|p| (p[0], p[1])).collect();
        Polygon::new(line, vec![]).geodesic_area_signed()
    }

    fn star(centre: Position, radius: f64, vertices: usize) -> Vec<Position> {
        (0..vertices)
            .map(|i| {
                let turn = i as f64 / vertices as f64 * std::f64::consts::TAU;
                let r = radius * (1.0 + 0.4 * (5.0 * turn).sin());
                [centre[0] + r * turn.cos(), centre[1] + r * turn.sin()]
            })
            .collect()
    }

    #[test]
    fn the_authalic_radius_is_the_strip_at_the_pole() {
        let closed_form = strip_from_equator(std::f64::consts::FRAC_PI_2);
        assert!((closed_form / strip_at_pole() - 1.0).abs() < 1e-14, "{closed_form}");
    }

    #[test]
    fn areas_agree_with_karney() {
        for (radius, tolerance) in [(0.0005, 1e-8), (0.01, 3e-8), (0.1, 5e-7), (2.0, 2e-6)] {
            for latitude in [-38.0, 0.0, 10.8, 49.0, 65.0] {
                let ring_ = star([105.3, latitude], radius, 9);
                let ratio = ring(&ring_) / reference(&ring_);
                assert!((ratio - 1.0).abs() < tolerance, "{radius} at {latitude}: {ratio}");
            }
        }
    }

    #[test]
    fn orientation_gives_the_sign_and_closing_changes_nothing() {
        let mut open = star([105.3, 10.8], 0.02, 12);
        let area = ring(&open);
        let mut closed = open.clone();
        closed.push(open[0]);
        assert!((ring(&closed) / area - 1.0).abs() < 1e-12);
        open.reverse();
        assert!((ring(&open) / area + 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_ring_over_the_date_line_is_small() {
        let ring_ = [[179.9, 10.0], [-179.9, 10.0], [-179.9, 10.1], [179.9, 10.1]];
        assert!((ring(&ring_) / reference(&ring_) - 1.0).abs() < 1e-6);
    }
}

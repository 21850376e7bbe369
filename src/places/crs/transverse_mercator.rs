//! Transverse Mercator on the WGS 84 ellipsoid, from metres to degrees, by Krüger's series to the fourth order (error below a
//! thousandth of a millimetre within a zone).
//!
//! Source: L. Krüger, *Konforme Abbildung des Erdellipsoids in der Ebene* (1912), in the form of Karney, *Transverse Mercator
//! with an accuracy of a few nanometers*, J. Geodesy 85 (2011).

/// Semi-major axis, metres.
pub const A: f64 = 6_378_137.0;
/// Flattening.
pub const F: f64 = 1.0 / 298.257_223_563;

/// A zone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Zone {
    /// Central meridian, degrees
    pub meridian: f64,
    /// Scale on it
    pub scale: f64,
    /// Metres added to eastings
    pub false_easting: f64,
    /// Metres added to northings
    pub false_northing: f64,
}

impl Zone {
    /// Longitude and latitude in degrees of an easting and a northing in metres.
    pub fn to_degrees(self, [east, north]: [f64; 2]) -> [f64; 2] {
        let n = F / (2.0 - F);
        let radius = A / (1.0 + n) * (1.0 + n.powi(2) / 4.0 + n.powi(4) / 64.0);
        let xi = (north - self.false_northing) / (self.scale * radius);
        let eta = (east - self.false_easting) / (self.scale * radius);
        let series = [
            n / 2.0 - 2.0 / 3.0 * n.powi(2) + 37.0 / 96.0 * n.powi(3) - n.powi(4) / 360.0,
            n.powi(2) / 48.0 + n.powi(3) / 15.0 - 437.0 / 1440.0 * n.powi(4),
            17.0 / 480.0 * n.powi(3) - 37.0 / 840.0 * n.powi(4),
            4397.0 / 161_280.0 * n.powi(4),
        ];
        let (mut x, mut y) = (xi, eta);
        for (order, coefficient) in series.iter().enumerate() {
            let double = 2.0 * (order as f64 + 1.0);
            x -= coefficient * (double * xi).sin() * (double * eta).cosh();
            y -= coefficient * (double * xi).cos() * (double * eta).sinh();
        }
        let conformal = (x.sin() / y.cosh()).asin();
        let longitude = y.sinh().atan2(x.cos());
        [self.meridian + longitude.to_degrees(), from_conformal(conformal).to_degrees()]
    }
}

/// Geodetic latitude of a conformal one, radians.
fn from_conformal(conformal: f64) -> f64 {
    let e = (F * (2.0 - F)).sqrt();
    let isometric = conformal.sin().atanh();
    let mut latitude = conformal;
    for _ in 0..12 {
        latitude = (isometric + e * (e * latitude.sin()).atanh()).tanh().asin();
    }
    latitude
}

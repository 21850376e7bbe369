//! The reference systems that every build reads by itself, and the way from each to WGS 84.

use super::transverse_mercator::{A, F, Zone};
use super::well_known_text;
use crate::values::area::Position;
use serde::Deserialize;
use std::sync::OnceLock;

/// A system of coordinates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum System {
    /// Longitude and latitude on WGS 84
    Wgs84,
    /// Longitude and latitude on VN-2000
    Vn2000,
    /// Metres in a zone
    Zone(Zone, Datum),
    /// Spherical metres of web maps
    WebMercator,
}

/// What an ellipsoid is fixed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Datum {
    /// WGS 84
    Wgs84,
    /// VN-2000
    Vn2000,
}

/// A way from VN-2000 to WGS 84: seven parameters, coordinate frame rotation (EPSG method 9607).
#[derive(Debug, Clone, Deserialize)]
pub struct Shift {
    /// EPSG code of the transformation
    pub code: u32,
    /// Its name
    pub name: String,
    /// The act or register it comes from
    pub source: String,
    metres: [f64; 3],
    seconds: [f64; 3],
    ppm: f64,
}

#[derive(Default, Deserialize)]
struct Data {
    shifts: Vec<Shift>,
    zones: Zones,
    utm: Utm,
}

#[derive(Default, Deserialize)]
struct Zones {
    scale: f64,
    false_easting: f64,
    false_northing: f64,
    meridians: Vec<(u32, f64)>,
    withdrawn: Vec<(u32, u32)>,
}

#[derive(Default, Deserialize)]
struct Utm {
    scale: f64,
    false_easting: f64,
    false_northing: f64,
    vn2000: Vec<(u32, f64)>,
    wgs84: Vec<(u32, f64)>,
}

fn data() -> &'static Data {
    static DATA: OnceLock<Data> = OnceLock::new();
    // The file is part of the program; a test reads it.
    DATA.get_or_init(|| toml::from_str(include_str!("vn2000.toml")).unwrap_or_default())
}

/// The EPSG code in a name such as `EPSG:5897`, `urn:ogc:def:crs:EPSG::5897` or `5897`, or of well-known text.
pub fn code_of(name: &str) -> Option<u32> {
    let name = name.trim();
    if well_known_text::is_text(name) {
        return well_known_text::read(name).map(|found| found.code);
    }
    let upper = name.to_uppercase();
    if ["CRS84", "WGS84", "WGS 84"].iter().any(|known| upper.ends_with(known)) {
        return Some(4326);
    }
    let digits = upper.rsplit(':').next().unwrap_or("");
    let named = upper.contains("EPSG") || upper == digits;
    named.then(|| digits.parse().ok()).flatten()
}

/// The system of a code, and the code that took its place if it was withdrawn.
pub fn of_code(code: u32) -> Option<(System, Option<u32>)> {
    let Data { zones, utm, .. } = data();
    if let Some(&(_, instead)) = zones.withdrawn.iter().find(|(old, _)| *old == code) {
        return Some((of_code(instead)?.0, Some(instead)));
    }
    let find = |list: &[(u32, f64)]| list.iter().find(|(known, _)| *known == code).map(|&(_, meridian)| meridian);
    let system = match code {
        4326 | 4979 => System::Wgs84,
        4756 | 4755 => System::Vn2000,
        3857 | 900_913 => System::WebMercator,
        _ => {
            let in_utm = |meridian| Zone {
                meridian,
                scale: utm.scale,
                false_easting: utm.false_easting,
                false_northing: utm.false_northing,
            };
            let in_tm3 = |meridian| Zone {
                meridian,
                scale: zones.scale,
                false_easting: zones.false_easting,
                false_northing: zones.false_northing,
            };
            if let Some(meridian) = find(&zones.meridians) {
                System::Zone(in_tm3(meridian), Datum::Vn2000)
            } else if let Some(meridian) = find(&utm.vn2000) {
                System::Zone(in_utm(meridian), Datum::Vn2000)
            } else {
                System::Zone(in_utm(find(&utm.wgs84)?), Datum::Wgs84)
            }
        }
    };
    Some((system, None))
}

/// The shift with a code; the official one is EPSG 6960.
pub fn shift(code: u32) -> Option<&'static Shift> {
    data().shifts.iter().find(|shift| shift.code == code)
}

/// The code of the zone with a central meridian in degrees and a scale, of VN-2000 or of WGS 84.
pub fn zone_of(meridian: f64, scale: f64, vn2000: bool) -> Option<u32> {
    let Data { zones, utm, .. } = data();
    let of = |list: &[(u32, f64)]| list.iter().find(|(_, known)| (known - meridian).abs() < 1e-6).map(|(code, _)| *code);
    let has = |known: f64| (known - scale).abs() < 1e-9;
    match vn2000 {
        true if has(zones.scale) => of(&zones.meridians),
        true if has(utm.scale) => of(&utm.vn2000),
        false if has(utm.scale) => of(&utm.wgs84),
        _ => None,
    }
}

/// The code of the same UTM zone on VN-2000, for one on WGS 84.
pub fn twin_on_vn2000(code: u32) -> Option<u32> {
    let utm = &data().utm;
    let (_, meridian) = utm.wgs84.iter().find(|(known, _)| *known == code)?;
    zone_of(*meridian, utm.scale, true)
}

/// Codes of the zones with their central meridians.
pub fn zones() -> impl Iterator<Item = (u32, f64)> {
    data().zones.meridians.iter().copied()
}

impl System {
    /// Whether coordinates are degrees.
    pub fn is_geographic(&self) -> bool {
        matches!(self, System::Wgs84 | System::Vn2000)
    }

    /// Whether the way to WGS 84 leads over a shift between datums.
    pub fn needs_shift(&self) -> bool {
        matches!(self, System::Vn2000 | System::Zone(_, Datum::Vn2000))
    }

    /// Longitude and latitude on WGS 84.
    pub fn to_wgs84(&self, position: Position, shift: &Shift) -> Position {
        match self {
            System::Wgs84 => position,
            System::Vn2000 => shift.apply(position),
            System::Zone(zone, Datum::Wgs84) => zone.to_degrees(position),
            System::Zone(zone, Datum::Vn2000) => shift.apply(zone.to_degrees(position)),
            System::WebMercator => {
                let latitude = 2.0 * (position[1] / A).exp().atan() - std::f64::consts::FRAC_PI_2;
                [(position[0] / A).to_degrees(), latitude.to_degrees()]
            }
        }
    }
}

impl Shift {
    /// The three shifts in metres.
    pub fn metres(&self) -> [f64; 3] {
        self.metres
    }

    /// Longitude and latitude on WGS 84 of those on VN-2000, for points on the ellipsoid.
    fn apply(&self, [longitude, latitude]: Position) -> Position {
        let e2 = F * (2.0 - F);
        let (sin_lat, cos_lat) = latitude.to_radians().sin_cos();
        let (sin_lon, cos_lon) = longitude.to_radians().sin_cos();
        let normal = A / (1.0 - e2 * sin_lat * sin_lat).sqrt();
        let from = [normal * cos_lat * cos_lon, normal * cos_lat * sin_lon, normal * (1.0 - e2) * sin_lat];
        let [rx, ry, rz] = self.seconds.map(|seconds| (seconds / 3600.0).to_radians());
        let scale = 1.0 + self.ppm * 1e-6;
        let turned = [
            from[0] + rz * from[1] - ry * from[2],
            -rz * from[0] + from[1] + rx * from[2],
            ry * from[0] - rx * from[1] + from[2],
        ];
        let [x, y, z] = [0, 1, 2].map(|axis| self.metres[axis] + scale * turned[axis]);
        let across = x.hypot(y);
        let mut phi = z.atan2(across * (1.0 - e2));
        for _ in 0..6 {
            let sine = phi.sin();
            phi = (z + e2 * A / (1.0 - e2 * sine * sine).sqrt() * sine).atan2(across);
        }
        [y.atan2(x).to_degrees(), phi.to_degrees()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Millimetres between two positions, near enough.
    fn millimetres(a: Position, b: Position) -> f64 {
        let metre = 1.0 / 111_320.0;
        (((a[0] - b[0]) * a[1].to_radians().cos()).hypot(a[1] - b[1])) / metre * 1000.0
    }

    /// Expected positions: PROJ 9.5 (`cs2cs`), with each shift.
    #[test]
    fn vn2000_comes_out_as_proj_has_it() {
        for (code, from, by, expected) in [
            (5897, [576_000.0, 1_190_000.0], 6960, [105.696_701_621, 10.760_020_259]),
            (5897, [576_000.0, 1_190_000.0], 5194, [105.696_708_952, 10.760_020_572]),
            (9209, [550_000.0, 1_190_000.0], 5194, [105.958_981_577, 10.760_460_346]),
            (9211, [560_000.0, 1_190_000.0], 6960, [106.550_407_320, 10.760_308_372]),
            (3405, [500_000.0, 1_190_000.0], 5194, [105.001_797_469, 10.764_031_752]),
        ] {
            let (system, _) = of_code(code).expect("a known code");
            let found = system.to_wgs84(from, shift(by).expect("a known shift"));
            assert!(millimetres(found, expected) < 1.0, "{code} by {by}: {found:?}");
        }
        // The other way round, to a decimetre, as the figures are given.
        let official = shift(6960).expect("the official shift");
        for (code, metres) in [
            (5897, [526_571.8, 1_195_872.4]),
            (9210, [444_562.9, 1_195_907.8]),
            (3405, [526_563.9, 1_195_513.6]),
            (32648, [526_759.6, 1_195_402.1]),
        ] {
            let found = of_code(code).expect("a known code").0.to_wgs84(metres, official);
            assert!(millimetres(found, [105.2448, 10.8138]) < 1000.0, "{code}: {found:?}");
        }
    }

    #[test]
    fn names_of_systems_are_read() {
        for name in ["EPSG:5897", "urn:ogc:def:crs:EPSG::5897", "5897", "epsg:5897"] {
            assert_eq!(code_of(name), Some(5897), "{name}");
        }
        assert_eq!(code_of("urn:ogc:def:crs:OGC:1.3:CRS84"), Some(4326));
        assert_eq!((code_of("VN-2000 / UTM"), of_code(27572)), (None, None));
        assert_eq!(of_code(6957).map(|found| found.1), Some(Some(5897)));
    }
}

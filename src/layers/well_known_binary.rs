//! Geometries as databases keep them: well-known binary (OGC 06-103r4), both orders of bytes, heights and measures left out, arcs
//! made straight.

use super::arcs;
use geo::{Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};

/// Collections within collections that are followed.
const DEEPEST: u8 = 8;

/// Why bytes are no geometry that is read here.
#[derive(Debug, Clone, PartialEq)]
pub enum Unreadable {
    /// A kind that is not read
    Kind(&'static str),
    /// Cut short, or not well-known binary
    Broken,
}

/// A geometry as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// The geometry; `None` for an empty one
    pub geometry: Option<Geometry>,
    /// Whether it had arcs, which are straight pieces now
    pub arcs: bool,
}

/// Reads one geometry.
pub fn read(bytes: &[u8]) -> Result<Read, Unreadable> {
    let mut reader = Reader { bytes, at: 0, arcs: false };
    let geometry = reader.geometry(0)?;
    Ok(Read { geometry: Some(geometry).filter(|geometry| !is_empty(geometry)), arcs: reader.arcs })
}

fn is_empty(geometry: &Geometry) -> bool {
    match geometry {
        Geometry::Point(point) => point.x().is_nan(),
        Geometry::LineString(line) => line.0.is_empty(),
        Geometry::Polygon(polygon) => polygon.exterior().0.is_empty(),
        Geometry::MultiPoint(points) => points.0.is_empty(),
        Geometry::MultiLineString(lines) => lines.0.is_empty(),
        Geometry::MultiPolygon(polygons) => polygons.0.is_empty(),
        Geometry::GeometryCollection(parts) => parts.0.iter().all(is_empty),
        _ => false,
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    /// An arc was met
    arcs: bool,
}

/// Order of bytes, and how many numbers a position has.
#[derive(Clone, Copy)]
struct Form {
    little: bool,
    dimensions: usize,
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], Unreadable> {
        let piece = self.bytes.get(self.at..self.at + N).and_then(|piece| piece.try_into().ok()).ok_or(Unreadable::Broken)?;
        self.at += N;
        Ok(piece)
    }

    fn whole(&mut self, little: bool) -> Result<u32, Unreadable> {
        let bytes = self.take::<4>()?;
        Ok(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn position(&mut self, form: Form) -> Result<Coord, Unreadable> {
        let mut numbers = [0.0; 4];
        for number in &mut numbers[..form.dimensions] {
            let bytes = self.take::<8>()?;
            *number = if form.little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) };
        }
        Ok(Coord { x: numbers[0], y: numbers[1] })
    }

    /// A count of things of some bytes each, never more than the bytes that are left could hold.
    fn count(&mut self, little: bool, least: usize) -> Result<usize, Unreadable> {
        let count = self.whole(little)? as usize;
        let most = (self.bytes.len() - self.at) / least;
        if count > most { Err(Unreadable::Broken) } else { Ok(count) }
    }

    fn line(&mut self, form: Form) -> Result<LineString, Unreadable> {
        let count = self.count(form.little, 8 * form.dimensions)?;
        (0..count).map(|_| self.position(form)).collect::<Result<Vec<Coord>, _>>().map(LineString::new)
    }

    fn polygon(&mut self, form: Form) -> Result<Polygon, Unreadable> {
        let count = self.count(form.little, 4)?;
        let mut rings = (0..count).map(|_| self.line(form)).collect::<Result<Vec<LineString>, _>>()?.into_iter();
        let exterior = rings.next().unwrap_or(LineString::new(Vec::new()));
        Ok(Polygon::new(exterior, rings.collect()))
    }

    fn geometry(&mut self, depth: u8) -> Result<Geometry, Unreadable> {
        if depth > DEEPEST {
            return Err(Unreadable::Broken);
        }
        let [order] = self.take::<1>()?;
        let little = match order {
            0 => false,
            1 => true,
            _ => return Err(Unreadable::Broken),
        };
        let stated = self.whole(little)?;
        // ISO adds thousands for heights and measures, PostGIS sets the highest bits and may add a number of a system.
        let (z, m) = (stated & 0x8000_0000 != 0, stated & 0x4000_0000 != 0);
        if stated & 0x2000_0000 != 0 {
            self.whole(little)?;
        }
        let plain = stated & 0x0fff_ffff;
        let dimensions = match (plain / 1000, z, m) {
            (0, false, false) => 2,
            (1 | 2, false, false) | (0, true, false) | (0, false, true) => 3,
            (3, false, false) | (0, true, true) => 4,
            _ => return Err(Unreadable::Broken),
        };
        let form = Form { little, dimensions };
        let parts = |reader: &mut Self| -> Result<Vec<Geometry>, Unreadable> {
            let count = reader.count(little, 5)?;
            (0..count).map(|_| reader.geometry(depth + 1)).collect()
        };
        Ok(match plain % 1000 {
            1 => Geometry::Point(Point(self.position(form)?)),
            2 => Geometry::LineString(self.line(form)?),
            3 => Geometry::Polygon(self.polygon(form)?),
            4 => MultiPoint(parts(self)?.into_iter().filter_map(|part| part.try_into().ok()).collect()).into(),
            5 => MultiLineString(parts(self)?.into_iter().filter_map(|part| part.try_into().ok()).collect()).into(),
            6 => MultiPolygon(parts(self)?.into_iter().filter_map(|part| part.try_into().ok()).collect()).into(),
            7 => Geometry::GeometryCollection(parts(self)?.into_iter().collect()),
            8 => {
                self.arcs = true;
                let given = self.line(form)?;
                if given.0.is_empty() {
                    return Ok(given.into());
                }
                LineString::new(arcs::straightened(&given.0).ok_or(Unreadable::Broken)?).into()
            }
            9 => {
                // Parts follow each other: where one ends the next begins.
                let mut path: Vec<Coord> = Vec::new();
                for part in parts(self)? {
                    let Geometry::LineString(line) = part else { return Err(Unreadable::Broken) };
                    let repeated = usize::from(path.last().is_some() && path.last() == line.0.first());
                    path.extend(line.0.into_iter().skip(repeated));
                }
                LineString::new(path).into()
            }
            10 => {
                let rings = parts(self)?.into_iter().map(|part| LineString::try_from(part).map_err(|_| Unreadable::Broken));
                let mut rings = rings.collect::<Result<Vec<LineString>, _>>()?.into_iter();
                let exterior = rings.next().unwrap_or(LineString::new(Vec::new()));
                Geometry::Polygon(Polygon::new(exterior, rings.collect()))
            }
            11 => MultiLineString(parts(self)?.into_iter().filter_map(|part| part.try_into().ok()).collect()).into(),
            12 | 15 | 16 => MultiPolygon(parts(self)?.into_iter().filter_map(|part| part.try_into().ok()).collect()).into(),
            17 => Geometry::Polygon(self.polygon(form)?),
            _ => return Err(Unreadable::Broken),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// POLYGON((0 0, 4 0, 0 4, 0 0)) as PostGIS 3 prints it: plain, with heights (ISO), with heights and a system (EWKB), big-endian.
    const PLAIN: &str = "0103000000010000000400000000000000000000000000000000000000000000000000104000000000000000000000000000000000000000000000104000000000000000000000000000000000";
    const BIG: &str = "000000000300000001000000040000000000000000000000000000000040100000000000000000000000000000000000000000000040100000000000000000000000000000000000000000000000";

    fn plain(geometry: Option<Geometry>) -> Result<Read, Unreadable> {
        Ok(Read { geometry, arcs: false })
    }

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).expect("hex")).collect()
    }

    #[test]
    fn both_orders_of_bytes_are_read() {
        let ring = vec![(0.0, 0.0), (4.0, 0.0), (0.0, 4.0), (0.0, 0.0)];
        let expected = plain(Some(Geometry::Polygon(Polygon::new(ring.into(), Vec::new()))));
        assert_eq!(read(&bytes(PLAIN)), expected);
        assert_eq!(read(&bytes(BIG)), expected);
    }

    #[test]
    fn heights_are_left_out() {
        // POINT Z (1 2 3), ISO and EWKB with SRID 4326.
        let numbers = "000000000000F03F00000000000000400000000000000840";
        let expected = plain(Some(Geometry::Point(Point::new(1.0, 2.0))));
        assert_eq!(read(&bytes(&format!("01E9030000{numbers}"))), expected);
        assert_eq!(read(&bytes(&format!("01010000A0E6100000{numbers}"))), expected);
        assert_eq!(read(&bytes("010A00000000000000")), plain(None));
        // POINT EMPTY is a point of no numbers.
        assert_eq!(read(&bytes("0101000000000000000000F87F000000000000F87F")), plain(None));
    }

    /// CURVEPOLYGON(COMPOUNDCURVE(CIRCULARSTRING(0 0, 1 1, 2 0), (2 0, 0 0))): half a circle of radius 1.
    #[test]
    fn arcs_are_made_straight() {
        use geo::Area;
        let number = |value: f64| value.to_le_bytes().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let path = |list: &[f64]| list.iter().map(|value| number(*value)).collect::<String>();
        let arc = format!("010800000003000000{}", path(&[0.0, 0.0, 1.0, 1.0, 2.0, 0.0]));
        let line = format!("010200000002000000{}", path(&[2.0, 0.0, 0.0, 0.0]));
        let found = read(&bytes(&format!("010A000000010000000109000000 02000000{arc}{line}").replace(' ', ""))).expect("curves");
        let area = found.geometry.expect("an area").unsigned_area();
        assert!(found.arcs && (area / std::f64::consts::FRAC_PI_2 - 1.0).abs() < 1e-4, "{area}");
    }

    #[test]
    fn what_is_cut_short_or_says_too_much_is_refused() {
        let whole = bytes(PLAIN);
        for end in 0..whole.len() {
            assert_eq!(read(&whole[..end]), Err(Unreadable::Broken), "{end}");
        }
        assert_eq!(read(&bytes("0103000000FFFFFFFF")), Err(Unreadable::Broken));
        let nested = "010700000001000000".repeat(40);
        assert_eq!(read(&bytes(&nested)), Err(Unreadable::Broken));
    }
}

//! Geometries as databases keep them: well-known binary (OGC 06-103r4), both orders of bytes, heights and measures left out.

use geo::{Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};

/// Collections within collections that are followed.
const DEEPEST: u8 = 8;

/// Why bytes are no geometry that is read here.
#[derive(Debug, Clone, PartialEq)]
pub enum Unreadable {
    /// A kind outside of simple features, such as a curve
    Kind(&'static str),
    /// Cut short, or not well-known binary
    Broken,
}

/// Reads one geometry; `None` for an empty one.
pub fn read(bytes: &[u8]) -> Result<Option<Geometry>, Unreadable> {
    let mut reader = Reader { bytes, at: 0 };
    let geometry = reader.geometry(0)?;
    Ok(Some(geometry).filter(|geometry| !is_empty(geometry)))
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
            8 => return Err(Unreadable::Kind("CircularString")),
            9 => return Err(Unreadable::Kind("CompoundCurve")),
            10 => return Err(Unreadable::Kind("CurvePolygon")),
            11 => return Err(Unreadable::Kind("MultiCurve")),
            // Surfaces of plain polygons; a curve among them refuses the whole.
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

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).expect("hex")).collect()
    }

    #[test]
    fn both_orders_of_bytes_are_read() {
        let ring = vec![(0.0, 0.0), (4.0, 0.0), (0.0, 4.0), (0.0, 0.0)];
        let expected = Ok(Some(Geometry::Polygon(Polygon::new(ring.into(), Vec::new()))));
        assert_eq!(read(&bytes(PLAIN)), expected);
        assert_eq!(read(&bytes(BIG)), expected);
    }

    #[test]
    fn heights_are_left_out_and_curves_named() {
        // POINT Z (1 2 3), ISO and EWKB with SRID 4326.
        let numbers = "000000000000F03F00000000000000400000000000000840";
        let expected = Ok(Some(Geometry::Point(Point::new(1.0, 2.0))));
        assert_eq!(read(&bytes(&format!("01E9030000{numbers}"))), expected);
        assert_eq!(read(&bytes(&format!("01010000A0E6100000{numbers}"))), expected);
        assert_eq!(read(&bytes("010A00000000000000")), Err(Unreadable::Kind("CurvePolygon")));
        // POINT EMPTY is a point of no numbers.
        assert_eq!(read(&bytes("0101000000000000000000F87F000000000000F87F")), Ok(None));
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

//! Zones: everything within a distance of an active outbreak, and the communes, herds and animals they hold.
//!
//! A ring has a vertex at every half degree of azimuth, each on the geodesic circle (Karney 2013); rings of one disease and radius are
//! united. Shares of communes are geodesic areas. Herds with a position are inside by their own geodesic distance; those of a whole
//! commune by the commune's share, which is an estimate.

use super::geomask::Mask;
use super::herds::Herds;
use super::register::Outbreak;
use crate::join::overlay::{CommuneIndex, overlay};
use crate::layers::Shapes;
use crate::places::Communes;
use crate::values::area::Position;
use crate::values::distance::circle;
use chrono::{Days, NaiveDate};
use geo::{Coord, Distance, Geodesic, LineString, MultiPolygon, Point, Polygon, unary_union};
use rayon::prelude::*;

/// Vertices of a ring: between two the ring bends inwards by less than a part in 100 000 of its radius.
const VERTICES: usize = 720;
/// More outbreaks than this have rings of a quarter of the vertices, which bend inwards by 2 parts in 10 000.
const MANY: usize = 1000;
/// Rings or outlines united at once.
const TOGETHER: usize = 8;
/// Rings laid over communes at once.
const BATCH: usize = 64;
/// Rings further than this leave the map of any district, and near the poles they have no plane.
pub const MOST_KM: f64 = 500.0;
/// A commune is held whole from this share on; the rest is rounding of borders.
const WHOLE: f64 = 0.999_9;
/// Shares below this are rounding, not land.
const NOTHING: f64 = 1e-9;

/// A commune wholly or partly inside a zone.
#[derive(Debug, Clone, PartialEq)]
pub struct CommuneInZone {
    /// Commune
    pub commune: usize,
    /// All of it
    pub whole: bool,
    /// Share of its area within the radius, 0 to 1
    pub share: Option<f64>,
    /// Share of its area within the radius but not within the next smaller one
    pub ring_share: Option<f64>,
    /// Hectares within the radius
    pub hectares: Option<f64>,
    /// Herds within the radius, if they are known
    pub herds: Option<f64>,
    /// Animals within the radius, if they are known
    pub head: Option<f64>,
    /// Day of the last case of the outbreaks whose rings reach the commune
    pub last_case: Option<NaiveDate>,
}

/// Everything within one radius of the active outbreaks.
#[derive(Debug, Clone)]
pub struct Zone {
    /// Radius
    pub radius_km: f64,
    /// Hectares, beyond the communes too
    pub hectares: f64,
    /// Communes inside, by code
    pub parts: Vec<CommuneInZone>,
    /// Herds inside, if they are known
    pub herds: Option<f64>,
    /// Animals inside, if they are known
    pub head: Option<f64>,
    /// Herds, or communes, inside whose animals are not known
    pub unknown: usize,
}

/// The zones of one disease.
#[derive(Debug, Clone, Default)]
pub struct Zones {
    /// Zones, innermost first
    pub list: Vec<Zone>,
    /// Shape of each, with positions moved by the mask
    pub shapes: Shapes,
    /// Positions of the outbreaks, moved by the mask
    pub shown: Vec<Position>,
    /// Day of the last case
    pub last_case: Option<NaiveDate>,
    /// Outbreaks that state no last case, so that their onset stands for it
    pub from_onset: usize,
    /// All that have begun
    pub begun: usize,
}

/// How days since the last case stand against the days a zone must wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// Days since the last case
    pub days: i64,
    /// First day on which the zone may be lifted, where the days to wait are set
    pub release: Option<NaiveDate>,
}

impl Clock {
    /// The clock of a last case, seen on a day.
    pub fn new(last: NaiveDate, on: NaiveDate, release_days: Option<u32>) -> Clock {
        let release = release_days.and_then(|days| last.checked_add_days(Days::new(u64::from(days))));
        Clock { days: (on - last).num_days(), release }
    }
}

/// A ring around a position.
fn ring(position: Position, radius_km: f64, vertices: usize) -> Polygon {
    let line = circle(position, radius_km, vertices).into_iter().map(|[x, y]| Coord { x, y }).collect();
    Polygon::new(LineString::new(line), Vec::new())
}

/// Vertices of each of so many rings.
fn vertices(rings: usize) -> usize {
    if rings > MANY { VERTICES / 4 } else { VERTICES }
}

/// Rings around positions, united: near ones first, so that what comes together has shed its inner edges, and many outbreaks of one
/// district cost hardly more than their outline.
fn union(positions: &[Position], radius_km: f64) -> MultiPolygon {
    let mut list = positions.to_vec();
    // Rows of cells a radius wide, each from west to east.
    let row = |position: &Position| (position[1] * 111.0 / radius_km).floor();
    list.sort_by(|a, b| row(a).total_cmp(&row(b)).then(a[0].total_cmp(&b[0])).then(a[1].total_cmp(&b[1])));
    list.dedup();
    let count = vertices(list.len());
    let mut parts: Vec<MultiPolygon> =
        list.par_iter().map(|&position| MultiPolygon::new(vec![ring(position, radius_km, count)])).collect();
    while parts.len() > 1 {
        parts = parts.par_chunks(TOGETHER).map(|together| unary_union(together.iter().flatten())).collect();
    }
    parts.pop().unwrap_or_else(|| MultiPolygon::new(Vec::new()))
}

/// Whether a ring of this radius around a position stays on one sheet of the plane of longitudes and latitudes.
pub fn fits([x, y]: Position, radius_km: f64) -> bool {
    let north = radius_km / 110.0;
    let east = north / y.to_radians().cos().max(1e-6);
    y.abs() + north < 89.0 && x.abs() + east < 180.0
}

/// The outbreaks of one disease that zones are drawn around.
#[derive(Debug, Clone, Copy)]
pub struct Cases<'a> {
    /// Active ones
    pub active: &'a [&'a Outbreak],
    /// All that have begun, those that are over too: the clock of a release runs from the last case of any of them
    pub begun: &'a [&'a Outbreak],
    /// The day looked at
    pub on: NaiveDate,
}

/// Share of every commune inside a shape, each by itself: boundaries that overlap take nothing from each other.
fn shares(multi: &MultiPolygon, communes: &Communes) -> Vec<f64> {
    let mut shape = Shapes::default();
    add(&mut shape, multi);
    let pieces = overlay(&communes.shapes, &CommuneIndex::new(&shape));
    (0..communes.len()).map(|commune| pieces.of(commune).iter().map(|piece| piece.share).sum::<f64>().min(1.0)).collect()
}

/// The zones around outbreaks of one disease. `radii_km` ascend; outbreaks without a position are passed over.
///
/// With a mask everything that could give a place away is that of moved places: shapes, hectares, shares, and estimates by share.
/// Which communes are inside, whole or in part, and which farms, is true all the same.
pub fn zones(
    cases: Cases<'_>,
    radii_km: &[f64],
    mask: Option<Mask>,
    herds: Option<&Herds>,
    (communes, index): (&Communes, &CommuneIndex),
) -> Zones {
    let placed = |outbreaks: &[&Outbreak]| -> Vec<(Position, NaiveDate)> {
        outbreaks.iter().filter_map(|outbreak| Some((outbreak.site.position?, outbreak.last_day(cases.on)))).collect()
    };
    let exact: Vec<Position> = placed(cases.active).into_iter().map(|(position, _)| position).collect();
    let begun = placed(cases.begun);
    let mut found = Zones {
        shown: cases.active.iter().filter_map(|outbreak| outbreak.site.published(mask)).collect(),
        last_case: begun.iter().map(|(_, last)| *last).max(),
        from_onset: cases.begun.iter().filter(|outbreak| outbreak.last_case.is_none()).count(),
        begun: cases.begun.len(),
        ..Zones::default()
    };
    let nearest: Vec<f64> = herds.map_or_else(Vec::new, |herds| distances(herds, &exact));
    let mut inner: Vec<f64> = vec![0.0; communes.len()];
    for &radius_km in radii_km {
        let (truth, shown) = (union(&exact, radius_km), union(&found.shown, radius_km));
        let (inside, outer) = (shares(&truth, communes), shares(&shown, communes));
        let before = found.shapes.len();
        add(&mut found.shapes, &shown);
        let hectares = found.shapes.rings(before).map(crate::values::area::ring).sum::<f64>() / 1e4;
        let latest = latest_by_commune(&begun, radius_km, index, &inside);
        let part = |commune: usize| CommuneInZone {
            commune,
            whole: inside[commune] >= WHOLE,
            // A sliver that only the true rings reach has no share to tell.
            share: Some(outer[commune]).filter(|share| *share > NOTHING),
            ring_share: Some((outer[commune] - inner[commune]).max(0.0)).filter(|_| outer[commune] > NOTHING),
            hectares: Some(outer[commune] * communes.area_ha[commune]).filter(|hectares| *hectares > NOTHING),
            herds: None,
            head: None,
            last_case: latest[commune],
        };
        let parts = (0..communes.len()).filter(|&commune| inside[commune] > NOTHING).map(part).collect();
        let mut zone = Zone { radius_km, hectares, parts, herds: None, head: None, unknown: 0 };
        if let Some(herds) = herds {
            count(&mut zone, herds, &nearest);
        }
        found.list.push(zone);
        inner = outer;
    }
    found
}

fn add(shapes: &mut Shapes, multi: &MultiPolygon) {
    for polygon in multi {
        for (number, line) in std::iter::once(polygon.exterior()).chain(polygon.interiors()).enumerate() {
            let mut ring: Vec<Position> = line.coords().map(|c| [c.x, c.y]).collect();
            // RFC 7946: outer rings counter-clockwise, holes clockwise.
            if (crate::values::area::ring(&ring) > 0.0) != (number == 0) {
                ring.reverse();
            }
            ring.into_iter().for_each(|position| shapes.push_position(position));
            shapes.end_ring();
        }
        shapes.end_polygon();
    }
    shapes.end_shape();
}

/// Day of the last case whose ring reaches each of the communes inside.
fn latest_by_commune(
    sites: &[(Position, NaiveDate)],
    radius_km: f64,
    index: &CommuneIndex,
    inside: &[f64],
) -> Vec<Option<NaiveDate>> {
    let mut newest = sites.to_vec();
    newest.sort_by_key(|(_, last)| std::cmp::Reverse(*last));
    let mut latest: Vec<Option<NaiveDate>> = vec![None; inside.len()];
    let mut open = inside.iter().filter(|share| **share > NOTHING).count();
    for batch in newest.chunks(BATCH) {
        if open == 0 {
            break;
        }
        let mut rings = Shapes::default();
        for (position, _) in batch {
            add(&mut rings, &MultiPolygon::new(vec![ring(*position, radius_km, vertices(sites.len()))]));
        }
        let pieces = overlay(&rings, index);
        for (number, (_, last)) in batch.iter().enumerate() {
            for piece in pieces.of(number) {
                let slot = &mut latest[piece.commune as usize];
                if slot.is_none() {
                    *slot = Some(*last);
                    open -= usize::from(inside[piece.commune as usize] > NOTHING);
                }
            }
        }
    }
    latest
}

/// Kilometres from every herd with a position of its own to the nearest outbreak.
fn distances(herds: &Herds, outbreaks: &[Position]) -> Vec<f64> {
    herds
        .list
        .par_iter()
        .map(|herd| {
            let Some([x, y]) = herd.site.position.filter(|_| herds.placed) else { return f64::INFINITY };
            let metres = |&[a, b]: &Position| Geodesic.distance(Point::new(x, y), Point::new(a, b));
            outbreaks.iter().map(metres).fold(f64::INFINITY, f64::min) / 1000.0
        })
        .collect()
}

/// Adds to a sum that is unknown until something is known.
fn sum(to: &mut Option<f64>, number: f64) {
    *to.get_or_insert(0.0) += number;
}

/// Counts herds and animals: holdings by distance, sums of communes by share of area. What is not known is counted as not known.
fn count(zone: &mut Zone, herds: &Herds, nearest: &[f64]) {
    if herds.placed {
        zone.herds = Some(0.0);
        zone.parts.iter_mut().for_each(|part| part.herds = Some(0.0));
        for (herd, _) in herds.list.iter().zip(nearest).filter(|(_, km)| **km <= zone.radius_km) {
            let part = herd.site.commune.and_then(|c| zone.parts.iter_mut().find(|part| part.commune == c));
            sum(&mut zone.herds, 1.0);
            match herd.head {
                Some(head) => sum(&mut zone.head, head),
                None => zone.unknown += 1,
            }
            if let Some(part) = part {
                sum(&mut part.herds, 1.0);
                if let Some(head) = herd.head {
                    sum(&mut part.head, head);
                }
            }
        }
        // Nobody there keeps animals: that is known.
        let none = |herds: Option<f64>| herds == Some(0.0);
        zone.parts.iter_mut().filter(|part| none(part.herds)).for_each(|part| part.head = Some(0.0));
        if none(zone.herds) {
            zone.head = Some(0.0);
        }
        return;
    }
    for part in &mut zone.parts {
        let own = herds.list.iter().filter(|herd| herd.site.commune == Some(part.commune)).filter_map(|herd| herd.head);
        let own: Vec<f64> = own.collect();
        let share = if part.whole { Some(1.0) } else { part.share };
        match share.filter(|_| !own.is_empty()) {
            Some(share) => {
                let head = own.iter().sum::<f64>() * share;
                part.head = Some(head);
                sum(&mut zone.head, head);
            }
            None => zone.unknown += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vertex_of_a_ring_lies_at_the_radius() {
        let polygon = ring([105.3, 10.8], 3.0, VERTICES);
        for vertex in polygon.exterior().coords() {
            let metres = Geodesic.distance(Point::new(105.3, 10.8), Point::new(vertex.x, vertex.y));
            assert!((metres - 3000.0).abs() < 1e-3, "{metres}");
        }
        assert!(fits([105.3, 10.8], 10.0));
        assert!(!fits([179.99, 10.8], 10.0));
        assert!(!fits([0.0, 88.99], 10.0));
    }
}

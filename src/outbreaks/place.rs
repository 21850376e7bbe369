//! Where the rows of a register lie: a position, a commune, or neither; whatever is odd is listed, and no row is dropped for it.

use super::geomask::Mask;
use super::matching::MATCHING;
use crate::input::{Decimal, Table, decimal, numeric};
use crate::join::overlay::CommuneIndex;
use crate::join::points::commune_at;
use crate::message;
use crate::places::Communes;
use crate::places::centroid::centroid;
use crate::run::{Place, Problems, Result};
use crate::values::area::Position;
use crate::values::distance::kilometres;

/// Where a row lies.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Site {
    /// Longitude, latitude; none where the row has none that can be
    pub position: Option<Position>,
    /// Commune
    pub commune: Option<usize>,
    /// The position is the middle of the commune, because the row has none of its own
    pub approximate: bool,
}

impl Site {
    /// Where it may be shown: moved by a mask, save for the middle of a commune, which hides nobody.
    pub fn published(&self, mask: Option<Mask>) -> Option<Position> {
        let position = self.position?;
        Some(mask.filter(|_| !self.approximate).map_or(position, |mask| mask.moved(position)))
    }
}

/// Headings of longitude and latitude, and how they write decimals.
pub struct Degrees<'a> {
    /// Heading of longitudes
    pub lon: &'a str,
    /// Heading of latitudes
    pub lat: &'a str,
    /// Decimal sign, if declared
    pub decimal: Option<Decimal>,
    /// They are kilometres of a plane after all
    pub plane: bool,
}

/// The sites of all rows. `named` is the commune that a row states by code or name; `points` tells that each row is at one place.
pub fn sites(
    table: &Table,
    degrees: Option<&Degrees<'_>>,
    named: &dyn Fn(usize) -> Option<usize>,
    (ground, points): (Option<(&Communes, &CommuneIndex)>, bool),
    problems: &mut Problems,
) -> Result<Vec<Site>> {
    let Some(degrees) = degrees else {
        let heading = table.headings.first().map_or("", String::as_str);
        let place = |row: usize| table.place(row, heading, "");
        let site = |row: usize| {
            let site = middle(ground, named(row));
            // Herds of a commune are of all of it; an outbreak is somewhere in it.
            if ground.is_some() && (points || site.commune.is_none()) {
                report_middle(&site, place(row), problems);
            }
            site
        };
        return Ok((0..table.rows).map(site).collect());
    };
    let both = [degrees.lon, degrees.lat];
    let sign = match degrees.decimal {
        Some(sign) => sign,
        None if degrees.plane => decimal::of_columns(table, &both, None)?,
        None => crate::input::numeric::sign_of_degrees(table, &both)?,
    };
    let (lons, lats) = (table.require(degrees.lon)?, table.require(degrees.lat)?);
    let extent = ground.and_then(|(communes, _)| communes.shapes.extent());
    let mut list = Vec::with_capacity(table.rows);
    for row in 0..table.rows {
        let texts = [lons, lats].map(|column| column.text(row).map(str::trim).filter(|text| !decimal::is_blank(text)));
        // Lists of problems go from hand to hand: a place stands in them to a kilometre, its row to the letter.
        let shown = |text: Option<&str>| text.map_or_else(String::new, |text| numeric::coarse_position(text, sign));
        let place = || table.place(row, degrees.lon, &format!("{}, {}", shown(texts[0]), shown(texts[1])));
        if texts == [None, None] {
            let site = middle(ground, named(row));
            if ground.is_some() {
                report_middle(&site, table.place(row, degrees.lon, ""), problems);
            }
            list.push(site);
            continue;
        }
        let numbers = texts.map(|text| text.and_then(|text| decimal::parse(text, sign)));
        let [Some(x), Some(y)] = numbers else {
            problems.error(
                "bad-position",
                place(),
                message!(
                    "không phải tọa độ: không lên bản đồ, chỉ tính vào tổng số",
                    "not a position: not on any map, counted in totals only"
                ),
                None,
            );
            list.push(Site { position: None, commune: named(row), approximate: false });
            continue;
        };
        let position: Position = [x, y];
        let found = if degrees.plane { Found::OnEarth } else { locate(position, extent, ground) };
        match found {
            Found::Inside(commune) => {
                if let Some(stated) = named(row).filter(|stated| *stated != commune)
                    && let Some((communes, _)) = ground
                {
                    let (stated, inside) = (&communes.names[stated], &communes.names[commune]);
                    problems.warning(
                        "stated-commune",
                        place(),
                        message!(
                            "ghi xã {stated} nhưng tọa độ nằm trong xã {inside}; tính theo tọa độ",
                            "commune {stated} is stated, but the position lies in {inside}, which counts"
                        ),
                        None,
                    );
                }
                list.push(Site { position: Some(position), commune: Some(commune), approximate: false });
            }
            Found::OnEarth => list.push(Site { position: Some(position), commune: named(row), approximate: false }),
            Found::Outside => {
                problems.warning(
                    "outside-communes",
                    place(),
                    message!(
                        "điểm không nằm trong xã nào (biển, sông, hay địa phương khác); vùng quanh nó vẫn tính",
                        "the point lies in no commune (sea, river, or another district); zones around it count all the same"
                    ),
                    None,
                );
                list.push(Site { position: Some(position), commune: None, approximate: false });
            }
            Found::Swapped => {
                problems.error(
                    "swapped-position",
                    place(),
                    message!(
                        "kinh độ và vĩ độ bị đổi chỗ: không lên bản đồ, chỉ tính vào tổng số",
                        "longitude and latitude are swapped: not on any map, counted in totals only"
                    ),
                    Some(message!("đổi lại hai số của dòng này", "swap the two numbers of this row")),
                );
                list.push(Site { position: None, commune: named(row), approximate: false });
            }
            Found::Far(km) => {
                let km = format!("{km:.0}");
                problems.error(
                    "far-position",
                    place(),
                    message!(
                        "điểm cách mọi xã hơn {km} km: không lên bản đồ, chỉ tính vào tổng số",
                        "the point lies more than {km} km from every commune: not on any map, counted in totals only"
                    ),
                    Some(message!("kiểm tra tọa độ, hoặc hệ tọa độ (crs)", "check the position, or its system (crs)")),
                );
                list.push(Site { position: None, commune: named(row), approximate: false });
            }
        }
    }
    Ok(list)
}

/// Lists a row that has no position of its own.
fn report_middle(site: &Site, place: Place, problems: &mut Problems) {
    if site.position.is_some() {
        let message = message!(
            "không có tọa độ: lấy điểm giữa của xã, vùng quanh đó chỉ gần đúng",
            "no position: the middle of the commune is taken, and zones around it are approximate"
        );
        problems.info("approximate-place", place, message, None);
    } else if site.commune.is_none() {
        let message = message!(
            "không có tọa độ và không rõ xã: không lên bản đồ, chỉ tính vào tổng số",
            "neither a position nor a known commune: not on any map, counted in totals only"
        );
        problems.error("no-place", place, message, None);
    }
}

/// The middle of a commune.
fn middle(ground: Option<(&Communes, &CommuneIndex)>, commune: Option<usize>) -> Site {
    let position = ground.zip(commune).and_then(|((communes, _), commune)| centroid(&communes.shapes, commune));
    Site { position, commune, approximate: position.is_some() }
}

enum Found {
    Inside(usize),
    /// There are no communes to compare with
    OnEarth,
    Outside,
    Swapped,
    Far(f64),
}

fn locate(position: Position, extent: Option<[f64; 4]>, ground: Option<(&Communes, &CommuneIndex)>) -> Found {
    let [x, y] = position;
    let on_earth = |[x, y]: Position| x.abs() <= 180.0 && y.abs() <= 90.0;
    let away = |[x, y]: Position| {
        let [west, south, east, north] = extent?;
        Some(kilometres([x, y], [x.clamp(west, east), y.clamp(south, north)]))
    };
    if !on_earth(position) {
        return if on_earth([y, x]) { Found::Swapped } else { Found::Far(MATCHING.far_km) };
    }
    let Some((_, index)) = ground else { return Found::OnEarth };
    if let Some(commune) = commune_at(index, position) {
        return Found::Inside(commune as usize);
    }
    match away(position) {
        None => Found::OnEarth,
        Some(km) if km <= MATCHING.far_km => Found::Outside,
        Some(_) if on_earth([y, x]) && away([y, x]).is_some_and(|km| km <= MATCHING.far_km) => Found::Swapped,
        Some(_) => Found::Far(MATCHING.far_km),
    }
}

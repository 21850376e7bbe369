//! Whether communes cover their area as they should: each place once. Overlaps, gaps, holes, doubled units and spikes are
//! listed with place and hectares; nothing is changed.

use super::Communes;
use crate::layers::Shapes;
use crate::message;
use crate::run::{Place, Problems};
use crate::values::area::{self, Position};
use crate::values::{Lang, numbers};
use geo::{BooleanOps, Coord, InteriorPoint, LineString, MultiPolygon, Polygon, unary_union};
use rayon::prelude::*;

/// Smaller overlaps and gaps are counted, not listed one by one.
const LISTED_HA: f64 = 0.01;
/// Smaller ones are rounding.
const NOTHING_HA: f64 = 1e-6;
/// Overlaps below this share of the smaller unit are slivers of drawing.
const OVERLAP: f64 = 0.01;
/// Two units that share this much of both are one unit twice.
const SAME: f64 = 0.99;

/// Lists everything that keeps the communes from being a coverage.
pub fn check(communes: &Communes, problems: &mut Problems) {
    let units: Vec<MultiPolygon> = (0..communes.len()).into_par_iter().map(|unit| multi(&communes.shapes, unit)).collect();
    overlaps(communes, &units, problems);
    gaps(communes, &units, problems);
    for unit in 0..communes.len() {
        holes(communes, unit, problems);
        spikes(communes, unit, problems);
    }
}

/// Names units that lie on the same land: what is divided by land would then be given out twice.
pub fn overlapping(communes: &Communes, problems: &mut Problems) {
    let units: Vec<MultiPolygon> = (0..communes.len()).into_par_iter().map(|unit| multi(&communes.shapes, unit)).collect();
    for (a, b, parts) in shared(communes, &units) {
        let shared_ha: f64 = parts.iter().map(|(ha, _)| ha).sum();
        if shared_ha < OVERLAP * communes.area_ha[a].min(communes.area_ha[b]) {
            continue;
        }
        let (first, second) = (&communes.names[a], &communes.names[b]);
        let vi = numbers::format(shared_ha, 4, Lang::Vi);
        problems.warning(
            "overlapping-units",
            Place::file(&communes.file).value(format!("{}, {}", communes.codes[a], communes.codes[b])),
            message!(
                "{first} và {second} chồng nhau {vi} ha: giá trị trên đất ấy được tính hai lần",
                "{first} and {second} overlap on {shared_ha:.4} ha: values on that land count twice"
            ),
            Some(message!("bỏ đơn vị vẽ hai lần", "leave out what was drawn twice")),
        );
    }
}

/// How far communes are from a coverage.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Faults {
    /// Pairs that overlap
    pub overlaps: usize,
    /// Hectares counted more than once, pair by pair
    pub overlap_ha: f64,
    /// Gaps between communes
    pub gaps: usize,
    /// Hectares in gaps
    pub gap_ha: f64,
}

/// Counts overlaps and gaps.
pub fn faults(communes: &Communes) -> Faults {
    let units: Vec<MultiPolygon> = (0..communes.len()).into_par_iter().map(|unit| multi(&communes.shapes, unit)).collect();
    let mut faults = Faults::default();
    for (_, _, parts) in shared(communes, &units) {
        faults.overlaps += 1;
        faults.overlap_ha += parts.iter().map(|(ha, _)| ha).sum::<f64>();
    }
    for gap in between(&units) {
        faults.gaps += 1;
        faults.gap_ha += hectares(&gap);
    }
    faults
}

fn multi(shapes: &Shapes, unit: usize) -> MultiPolygon {
    let line = |ring: &[Position]| LineString::new(ring.iter().map(|&[x, y]| Coord { x, y }).collect());
    let polygons = shapes.polygons(unit).map(|rings| {
        let mut lines = rings.map(line);
        let exterior = lines.next().unwrap_or_else(|| LineString::new(Vec::new()));
        Polygon::new(exterior, lines.collect())
    });
    MultiPolygon::new(polygons.collect())
}

fn hectares(polygon: &Polygon) -> f64 {
    let ring = |line: &LineString| area::ring(&line.coords().map(|c| [c.x, c.y]).collect::<Vec<_>>()).abs() / 1e4;
    ring(polygon.exterior()) - polygon.interiors().iter().map(ring).sum::<f64>()
}

/// A position inside, for people to go and look.
fn inside(polygon: &Polygon) -> Position {
    polygon.interior_point().map_or([f64::NAN; 2], |point| [point.x(), point.y()])
}

/// Two communes, and the hectares and a position of each stretch that both hold.
type Shared = (usize, usize, Vec<(f64, Position)>);

/// Pairs of communes with the hectares and a position of each stretch that both hold.
fn shared(communes: &Communes, units: &[MultiPolygon]) -> Vec<Shared> {
    let boxes: Vec<Option<[f64; 4]>> = (0..units.len()).map(|unit| communes.shapes.bounds(unit)).collect();
    let meet = |a: usize, b: usize| match (boxes[a], boxes[b]) {
        (Some(a), Some(b)) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3],
        _ => false,
    };
    let pairs: Vec<(usize, usize)> =
        (0..units.len()).flat_map(|a| (a + 1..units.len()).map(move |b| (a, b))).filter(|&(a, b)| meet(a, b)).collect();
    pairs
        .into_par_iter()
        .map(|(a, b)| {
            let shared = units[a].intersection(&units[b]);
            let parts = shared.iter().map(|part| (hectares(part), inside(part))).filter(|(ha, _)| *ha > NOTHING_HA);
            (a, b, parts.collect::<Vec<_>>())
        })
        .filter(|(_, _, parts)| !parts.is_empty())
        .collect()
}

fn overlaps(communes: &Communes, units: &[MultiPolygon], problems: &mut Problems) {
    let found = shared(communes, units);
    let mut small = Small::default();
    for (a, b, parts) in found {
        let whole: f64 = parts.iter().map(|(ha, _)| ha).sum();
        let (first, second) = (&communes.names[a], &communes.names[b]);
        let place =
            || Place::file(&communes.file).column("geometry").value(format!("{}, {}", communes.codes[a], communes.codes[b]));
        if whole > SAME * communes.area_ha[a] && whole > SAME * communes.area_ha[b] {
            problems.error(
                "doubled-unit",
                place(),
                message!("{first} và {second} là cùng một hình", "{first} and {second} are the same land"),
                Some(message!("xóa một trong hai trong tệp ranh giới", "delete one of them from the boundary file")),
            );
            continue;
        }
        let Some(&(_, [x, y])) = parts.iter().max_by(|a, b| a.0.total_cmp(&b.0)) else { continue };
        if whole < LISTED_HA {
            small.add(whole);
            continue;
        }
        let (count, vi) = (parts.len(), numbers::format(whole, 2, Lang::Vi));
        problems.warning(
            "overlap",
            place(),
            message!(
                "{first} và {second} chồng nhau {vi} ha ({count} chỗ, lớn nhất ở [{x:.6}, {y:.6}])",
                "{first} and {second} overlap by {whole:.2} ha ({count} places, the largest at [{x:.6}, {y:.6}])"
            ),
            None,
        );
    }
    small.tell("overlap", &communes.file, ("chồng nhau", "overlaps"), problems);
}

/// Land that communes enclose and none of them holds.
fn between(units: &[MultiPolygon]) -> Vec<Polygon> {
    let whole = unary_union(units.iter().filter(|unit| !unit.0.is_empty()));
    let gaps = whole.iter().flat_map(|polygon| polygon.interiors()).map(|ring| Polygon::new(ring.clone(), Vec::new()));
    gaps.filter(|gap| hectares(gap) > NOTHING_HA).collect()
}

fn gaps(communes: &Communes, units: &[MultiPolygon], problems: &mut Problems) {
    let mut small = Small::default();
    for gap in between(units) {
        let (size, [x, y]) = (hectares(&gap), inside(&gap));
        if size < LISTED_HA {
            small.add(size);
            continue;
        }
        let vi = numbers::format(size, 2, Lang::Vi);
        problems.warning(
            "gap",
            Place::file(&communes.file).column("geometry").value(format!("[{x:.6}, {y:.6}]")),
            message!(
                "khe hở {vi} ha giữa các xã ở [{x:.6}, {y:.6}]",
                "a gap of {size:.2} ha between communes at [{x:.6}, {y:.6}]"
            ),
            None,
        );
    }
    small.tell("gap", &communes.file, ("khe hở", "gaps"), problems);
}

/// Overlaps or gaps too small to list.
#[derive(Default)]
struct Small {
    count: usize,
    hectares: f64,
}

impl Small {
    fn add(&mut self, hectares: f64) {
        if hectares > NOTHING_HA {
            self.count += 1;
            self.hectares += hectares;
        }
    }

    fn tell(&self, code: &'static str, file: &str, (vi, en): (&str, &str), problems: &mut Problems) {
        let Small { count, hectares } = self;
        if *count > 0 {
            let all = numbers::format(*hectares, 4, Lang::Vi);
            problems.info(
                code,
                Place::file(file).column("geometry"),
                message!("{count} {vi} nhỏ hơn 0,01 ha, cộng {all} ha", "{count} {en} below 0.01 ha, {hectares:.4} ha in all"),
                None,
            );
        }
    }
}

/// Lists holes: another unit should lie in each.
fn holes(communes: &Communes, unit: usize, problems: &mut Problems) {
    for ring in communes.shapes.polygons(unit).flat_map(|rings| rings.skip(1)) {
        let size = area::ring(ring).abs() / 1e4;
        let (name, [x, y]) = (&communes.names[unit], ring[0]);
        let vi = numbers::format(size, 2, Lang::Vi);
        problems.info(
            "hole",
            Place::file(&communes.file).column("geometry").value(&communes.codes[unit]),
            message!("{name} có lỗ {vi} ha ở [{x:.6}, {y:.6}]", "{name} has a hole of {size:.2} ha at [{x:.6}, {y:.6}]"),
            None,
        );
    }
}

/// Lists places where a border runs out and back along the same line.
fn spikes(communes: &Communes, unit: usize, problems: &mut Problems) {
    for ring in communes.shapes.rings(unit) {
        for three in ring.windows(3) {
            let (a, tip, b) = (three[0], three[1], three[2]);
            let (u, v) = ([a[0] - tip[0], a[1] - tip[1]], [b[0] - tip[0], b[1] - tip[1]]);
            let (lu, lv) = (u[0].hypot(u[1]), v[0].hypot(v[1]));
            let cosine = (u[0] * v[0] + u[1] * v[1]) / (lu * lv);
            // Sharper than a tenth of a degree, and longer than about a metre.
            if cosine > 0.999_998_5 && lu.min(lv) > 1e-5 {
                let (name, [x, y]) = (&communes.names[unit], tip);
                problems.warning(
                    "spike",
                    Place::file(&communes.file).column("geometry").value(&communes.codes[unit]),
                    message!(
                        "ranh giới {name} có gai nhọn tại [{x:.6}, {y:.6}]",
                        "the boundary of {name} has a spike at [{x:.6}, {y:.6}]"
                    ),
                    None,
                );
            }
        }
    }
}

//! Schematic river communes and their fields. Three bodies of land (the left bank and two islands) are strips between
//! two wavy banks; communes are stretches of a strip, cut so that their areas come out right.

use super::noise;
use ruong::values::area;
use std::fmt::Write;

type Position = [f64; 2];

/// A commune with its outline.
pub struct Commune {
    pub code: &'static str,
    pub name: &'static str,
    /// Hectares it should have
    pub target: f64,
    pub ring: Vec<Position>,
}

impl Commune {
    pub fn hectares(&self) -> f64 {
        area::ring(&self.ring) / 1e4
    }
}

/// A field.
pub struct Field {
    pub id: String,
    pub ring: Vec<Position>,
    pub centre: Position,
    pub hectares: f64,
    /// Index of the commune that holds its centre
    pub commune: usize,
    pub code: &'static str,
    pub variety: &'static str,
}

/// A strip of land between two banks; `s` runs along it and `t` across, both 0 to 1.
struct Body {
    seed: u64,
    right_bank: Vec<Position>,
    left_bank: Vec<Position>,
    /// Stretches the land away from the right bank until its area is right
    width: f64,
}

impl Body {
    fn at(&self, s: f64, t: f64) -> Position {
        let a = curve(&self.right_bank, s);
        let b = curve(&self.left_bank, s);
        // Banks wander; the wander fades towards the middle of the land and at the tips.
        let tip = (s * (1.0 - s) * 8.0).min(1.0);
        let wave = |bank: u64, part: f64| wander(self.seed * 7 + bank, s) * 0.0016 * tip * part;
        let across = t * self.width;
        let x = a[0] + (b[0] - a[0]) * across + wave(1, (1.0 - 2.0 * t).max(0.0)) + wave(3, (2.0 * t - 1.0).max(0.0));
        let y = a[1] + (b[1] - a[1]) * across + wave(2, (1.0 - 2.0 * t).max(0.0)) + wave(4, (2.0 * t - 1.0).max(0.0));
        [round(x), round(y)]
    }

    /// `s` of a commune border that starts at `cut`, where it stands at `t`: a canal that bends a little.
    fn border(&self, cut: f64, number: u64, t: f64) -> f64 {
        let bend = wander(self.seed * 31 + number, t) * 0.012;
        match (cut <= 0.0, cut >= 1.0) {
            (false, false) => cut + bend,
            // The tips of islands are points; the ends of the bank bend inwards.
            _ if self.seed != 1 => cut,
            (true, _) => 2.0 * bend.abs(),
            (_, true) => 1.0 - 2.0 * bend.abs(),
        }
    }

    /// Along the strip at `t`, both ends included.
    fn along(&self, t: f64, from: f64, to: f64) -> Vec<Position> {
        let mut points = vec![self.at(from, t)];
        let steps = 220.0;
        let (first, last) = ((from * steps).floor() as i64 + 1, (to * steps).ceil() as i64);
        points.extend((first..last).map(|i| self.at(i as f64 / steps, t)));
        points.push(self.at(to, t));
        points.dedup();
        points
    }

    /// Across the strip along a border, both ends included.
    fn across(&self, cut: f64, number: u64, from: f64, to: f64) -> Vec<Position> {
        let steps = 26.0;
        let mut ts = vec![from];
        ts.extend(((from * steps).floor() as i64 + 1..(to * steps).ceil() as i64).map(|i| i as f64 / steps));
        ts.push(to);
        let mut points: Vec<Position> = ts.into_iter().map(|t| self.at(self.border(cut, number, t), t)).collect();
        points.dedup();
        points
    }

    /// Outline of the land between two borders and two heights. `corners` are heights at which a third commune meets the
    /// west or the east border, so that both sides of the border have that corner.
    fn cell(&self, west: (f64, u64), east: (f64, u64), bottom: f64, top: f64, corners: [Option<f64>; 2]) -> Vec<Position> {
        let side = |(cut, number): (f64, u64), corner: Option<f64>| match corner.filter(|m| bottom < *m && *m < top) {
            None => self.across(cut, number, bottom, top),
            Some(m) => [self.across(cut, number, bottom, m), self.across(cut, number, m, top)].concat(),
        };
        let edge = |(cut, number): (f64, u64), t: f64| self.border(cut, number, t);
        let mut ring = self.along(bottom, edge(west, bottom), edge(east, bottom));
        ring.extend(side(east, corners[1]));
        let mut upper = self.along(top, edge(west, top), edge(east, top));
        upper.reverse();
        ring.extend(upper);
        let mut back = side(west, corners[0]);
        back.reverse();
        ring.extend(back);
        ring.dedup();
        if ring.first() != ring.last() {
            ring.push(ring[0]);
        }
        ring
    }
}

fn round(x: f64) -> f64 {
    (x * 1e6).round() / 1e6
}

/// Smooth curve through points (Catmull-Rom), `s` 0 to 1.
fn curve(points: &[Position], s: f64) -> Position {
    let spans = points.len() - 1;
    let at = s.clamp(0.0, 1.0) * spans as f64;
    let i = (at.floor() as usize).min(spans - 1);
    let f = at - i as f64;
    let p = |k: isize| points[(i as isize + k).clamp(0, spans as isize) as usize];
    [0, 1].map(|d| {
        let (a, b, c, e) = (p(-1)[d], p(0)[d], p(1)[d], p(2)[d]);
        b + 0.5 * f * (c - a + f * (2.0 * a - 5.0 * b + 4.0 * c - e + f * (3.0 * (b - c) + e - a)))
    })
}

/// A wavy function of 0..1 with values about -1..1.
fn wander(seed: u64, x: f64) -> f64 {
    (1..6u64)
        .map(|k| {
            let phase = noise(seed, k, 17) * std::f64::consts::TAU;
            (x * std::f64::consts::TAU * (k as f64 * 1.7) + phase).sin() / (k as f64).powf(1.1)
        })
        .sum::<f64>()
        / 1.9
}

/// Where `f` grows through `wanted`.
fn solve(mut low: f64, mut high: f64, wanted: f64, f: impl Fn(f64) -> f64) -> f64 {
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if f(middle) < wanted { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

fn hectares(ring: &[Position]) -> f64 {
    area::ring(ring).abs() / 1e4
}

fn bodies() -> [Body; 3] {
    [
        Body {
            seed: 1,
            right_bank: vec![
                [105.176, 10.875],
                [105.193, 10.843],
                [105.228, 10.823],
                [105.268, 10.822],
                [105.303, 10.826],
                [105.338, 10.842],
            ],
            left_bank: vec![
                [105.203, 10.930],
                [105.237, 10.917],
                [105.268, 10.905],
                [105.297, 10.895],
                [105.325, 10.884],
                [105.352, 10.872],
            ],
            width: 1.0,
        },
        Body {
            seed: 2,
            right_bank: vec![[105.256, 10.808], [105.276, 10.785], [105.303, 10.780], [105.328, 10.778], [105.349, 10.789]],
            left_bank: vec![[105.256, 10.808], [105.279, 10.812], [105.303, 10.813], [105.329, 10.806], [105.349, 10.789]],
            width: 1.0,
        },
        Body {
            seed: 3,
            right_bank: vec![[105.247, 10.797], [105.268, 10.760], [105.297, 10.724], [105.333, 10.708], [105.381, 10.711]],
            left_bank: vec![[105.247, 10.797], [105.288, 10.774], [105.321, 10.758], [105.352, 10.750], [105.381, 10.711]],
            width: 1.0,
        },
    ]
}

/// Areas in hectares in proportion to the census; they add up to the district's 20,973 ha.
const TARGETS: [(&str, &str, f64); 10] = [
    ("29956", "Thường Phước 1", 3432.0),
    ("29974", "Thường Phước 2", 1536.0),
    ("29971", "Thường Thới Tiền", 3059.0),
    ("29962", "Thường Thới Hậu A", 1363.0),
    ("29977", "Thường Lạc", 2291.0),
    ("29980", "Long Khánh A", 1958.0),
    ("29983", "Long Khánh B", 949.0),
    ("29992", "Long Thuận", 2020.0),
    ("29998", "Phú Thuận A", 1951.0),
    ("29995", "Phú Thuận B", 2414.0),
];

/// The ten units.
pub fn communes() -> Vec<Commune> {
    let [mut bank, mut upper, mut lower] = bodies();
    let target = |i: usize| TARGETS[i].2;
    let mut rings: Vec<Vec<Position>> = Vec::new();

    let whole = |body: &Body| hectares(&body.cell((0.0, 0), (1.0, 9), 0.0, 1.0, [None; 2]));
    for (body, wanted) in [
        (&mut bank, (0..5).map(target).sum::<f64>()),
        (&mut upper, target(5) + target(6)),
        (&mut lower, target(7) + target(8) + target(9)),
    ] {
        body.width = solve(0.3, 3.0, wanted, |width| {
            whole(&Body { seed: body.seed, right_bank: body.right_bank.clone(), left_bank: body.left_bank.clone(), width })
        });
    }

    let stretch = |body: &Body, from: (f64, u64), to: (f64, u64)| body.cell(from, to, 0.0, 1.0, [None; 2]);
    let cut = |body: &Body, from: (f64, u64), number: u64, wanted: f64| {
        solve(from.0, 1.0, wanted, |c| hectares(&stretch(body, from, (c.min(0.9999), number))))
    };
    let c1 = (cut(&bank, (0.0, 0), 1, target(0)), 1);
    let c2 = (cut(&bank, c1, 2, target(1)), 2);
    let c3 = (cut(&bank, c2, 3, target(2) + target(3)), 3);
    let height = solve(0.05, 0.95, target(2), |h| hectares(&bank.cell(c2, c3, 0.0, h, [None; 2])));
    rings.push(bank.cell((0.0, 0), c1, 0.0, 1.0, [None; 2]));
    rings.push(bank.cell(c1, c2, 0.0, 1.0, [None, Some(height)]));
    rings.push(bank.cell(c2, c3, 0.0, height, [None; 2]));
    rings.push(bank.cell(c2, c3, height, 1.0, [None; 2]));
    rings.push(bank.cell(c3, (1.0, 9), 0.0, 1.0, [Some(height), None]));
    let c = (cut(&upper, (0.0, 0), 1, target(5)), 1);
    rings.push(stretch(&upper, (0.0, 0), c));
    rings.push(stretch(&upper, c, (1.0, 9)));
    let a = (cut(&lower, (0.0, 0), 1, target(7)), 1);
    let b = (cut(&lower, a, 2, target(8)), 2);
    rings.push(stretch(&lower, (0.0, 0), a));
    rings.push(stretch(&lower, a, b));
    rings.push(stretch(&lower, b, (1.0, 9)));
    TARGETS
        .iter()
        .zip(rings)
        .map(|((code, name, target), mut ring)| {
            if area::ring(&ring) < 0.0 {
                ring.reverse();
            }
            Commune { code, name, target: *target, ring }
        })
        .collect()
}

/// Fields lie in rows across the strips and do not know of commune borders.
pub fn fields(communes: &[Commune]) -> Vec<Field> {
    let [mut bank, mut upper, mut lower] = bodies();
    let wanted: Vec<f64> = [0..5, 5..7, 7..10].into_iter().map(|range| range.map(|i| TARGETS[i].2).sum()).collect();
    let mut found: Vec<(f64, Vec<Position>, Position, usize)> = Vec::new();
    for (number, body) in [&mut bank, &mut upper, &mut lower].into_iter().enumerate() {
        let whole = |body: &Body| hectares(&body.cell((0.0, 0), (1.0, 9), 0.0, 1.0, [None; 2]));
        body.width = solve(0.3, 3.0, wanted[number], |width| {
            whole(&Body { seed: body.seed, right_bank: body.right_bank.clone(), left_bank: body.left_bank.clone(), width })
        });
        let length = [18_600.0, 9_900.0, 17_800.0][number];
        let mut s = 0.012;
        let mut band = 0u64;
        while s < 0.985 {
            let wide = (172.0 + 208.0 * noise(band, 1, 40 + number as u64)) / length;
            let middle = s + wide / 2.0;
            let (p, q) = (body.at(middle, 0.0), body.at(middle, 1.0));
            let deep = ((p[0] - q[0]) * 109_340.0).hypot((p[1] - q[1]) * 110_600.0);
            // Gardens and houses stand along the banks.
            let mut t = 320.0 / deep.max(700.0);
            let mut row = 0u64;
            while t < 1.0 - 300.0 / deep.max(700.0) {
                let tall = (170.0 + 260.0 * noise(band, row + 2, 60 + number as u64)) / deep;
                let (s0, s1, t0, t1) = (s + wide * 0.02, s + wide * 0.97, t + tall * 0.02, t + tall * 0.965);
                if t1 < 1.0 - 240.0 / deep.max(700.0) && deep > 700.0 {
                    let tilt = (noise(band, row, 91) - 0.5) * wide * 0.1;
                    let outline = [
                        (s0, t0),
                        ((s0 + s1) / 2.0, t0),
                        (s1 - tilt, t0),
                        (s1 - tilt, (t0 + t1) / 2.0),
                        (s1, t1),
                        ((s0 + s1) / 2.0, t1),
                        (s0 + tilt.abs(), t1),
                        (s0, (t0 + t1) / 2.0),
                    ];
                    let mut ring: Vec<Position> = outline.iter().map(|&(s, t)| body.at(s, t)).collect();
                    ring.push(ring[0]);
                    if area::ring(&ring) < 0.0 {
                        ring.reverse();
                    }
                    let centre = body.at((s0 + s1) / 2.0, (t0 + t1) / 2.0);
                    let size = hectares(&ring);
                    let order = noise(band, row, 300 + number as u64);
                    let home = communes.iter().position(|commune| inside(&commune.ring, centre));
                    let on_land = ring.iter().all(|&corner| communes.iter().any(|commune| inside(&commune.ring, corner)));
                    if let Some(home) = home.filter(|_| on_land && (0.5..=15.0).contains(&size)) {
                        found.push((order, ring, centre, home));
                    }
                }
                t += tall;
                row += 1;
            }
            s += wide;
            band += 1;
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    println!("{} possible fields", found.len());
    found.truncate(1500);
    found.sort_by(|a, b| TARGETS[a.3].0.cmp(TARGETS[b.3].0).then(b.2[1].total_cmp(&a.2[1])).then(a.2[0].total_cmp(&b.2[0])));
    let varieties = ["OM18", "Đài Thơm 8", "OM5451", "Jasmine 85"];
    found
        .into_iter()
        .enumerate()
        .map(|(i, (_, ring, centre, commune))| Field {
            id: format!("HN-{:04}", i + 1),
            hectares: hectares(&ring),
            ring,
            centre,
            commune,
            code: TARGETS[commune].0,
            variety: varieties[(noise(i as u64, 5, 5) * 3.999) as usize],
        })
        .collect()
}

fn inside(ring: &[Position], [x, y]: Position) -> bool {
    ring.windows(2)
        .filter(|e| (e[0][1] > y) != (e[1][1] > y) && x < e[0][0] + (e[1][0] - e[0][0]) * (y - e[0][1]) / (e[1][1] - e[0][1]))
        .count()
        % 2
        == 1
}

fn coordinates(ring: &[Position]) -> String {
    let points: Vec<String> = ring.iter().map(|[x, y]| format!("[{x},{y}]")).collect();
    format!("[[{}]]", points.join(","))
}

pub fn communes_geojson(communes: &[Commune]) -> String {
    let mut text = String::from(
        "{\"type\":\"FeatureCollection\",\"ghi_chu\":\"Ranh giới minh họa, không phải ranh giới hành chính. Schematic boundaries, made up.\",\"features\":[\n",
    );
    for (i, commune) in communes.iter().enumerate() {
        let kind = if commune.code == "29971" { "Thị trấn" } else { "Xã" };
        let _ = write!(
            text,
            "{}{{\"type\":\"Feature\",\"properties\":{{\"code\":\"{}\",\"name\":\"{}\",\"kind\":\"{kind}\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":{}}}}}",
            if i > 0 { ",\n" } else { "" },
            commune.code,
            commune.name,
            coordinates(&commune.ring)
        );
    }
    text.push_str("\n]}\n");
    text
}

pub fn fields_geojson(fields: &[Field]) -> String {
    let mut text =
        String::from("{\"type\":\"FeatureCollection\",\"ghi_chu\":\"Thửa ruộng minh họa. Made-up fields.\",\"features\":[\n");
    for (i, field) in fields.iter().enumerate() {
        let (stage, harvest) = super::forecasts::stage(i as u64, field.centre);
        let _ = write!(
            text,
            "{}{{\"type\":\"Feature\",\"properties\":{{\"field_id\":\"{}\",\"ma_xa\":\"{}\",\"giong\":\"{}\",\"giai_doan\":\"{stage}\",\"thu_hoach\":\"{harvest}\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":{}}}}}",
            if i > 0 { ",\n" } else { "" },
            field.id,
            field.code,
            field.variety,
            coordinates(&field.ring)
        );
    }
    text.push_str("\n]}\n");
    text
}

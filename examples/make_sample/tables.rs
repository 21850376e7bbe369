//! Forecasts, contracts and programmes. Every total that is published comes out exactly; every row is made up.

use super::land::Field;
use super::noise;
use std::fmt::Write;

type Pest = (&'static str, f64, f64, [f64; 3], [f64; 2]);

/// Pest, base value of the statistical threshold (domain practice: light from 50 %, medium above 100 %, heavy above
/// 200 % of it), how common it is at the end of the series, and where its outbreak lies: longitude, latitude, reach in
/// degrees, drift per week.
const PESTS: [Pest; 6] = [
    ("rầy nâu", 1500.0, 0.74, [105.246, 10.866, 0.030], [0.0052, -0.0022]),
    ("sâu cuốn lá nhỏ", 20.0, 0.80, [105.316, 10.748, 0.024], [0.0020, 0.0020]),
    ("đạo ôn lá", 10.0, 0.72, [105.300, 10.795, 0.022], [-0.0020, 0.0008]),
    ("khô vằn", 20.0, 0.46, [105.225, 10.850, 0.024], [0.0010, 0.0040]),
    ("bạc lá", 20.0, 0.42, [105.345, 10.728, 0.018], [0.0, 0.0015]),
    ("ốc bươu vàng", 3.0, 0.30, [105.280, 10.765, 0.030], [0.0, 0.0]),
];
/// Tuesdays of the seven weeks of last year before the one that is compared.
const LAST_YEAR: [&str; 7] = ["2023-02-21", "2023-02-28", "2023-03-07", "2023-03-14", "2023-03-21", "2023-03-28", "2023-04-04"];
/// Tuesdays of the eight weeks (Friday to Thursday) up to 11 April 2024, and of the same week last year.
const DAYS: [&str; 9] = [
    "2023-04-11",
    "2024-02-20",
    "2024-02-27",
    "2024-03-05",
    "2024-03-12",
    "2024-03-19",
    "2024-03-26",
    "2024-04-02",
    "2024-04-09",
];

pub fn forecast(fields: &[Field]) -> String {
    let mut text = String::from("field_id,date,pest,density,severity\n");
    for (week, day) in LAST_YEAR.iter().enumerate() {
        // Milder than this year, and growing towards the week that is compared.
        let calm = 0.45 + 0.08 * week as f64;
        survey(&mut text, fields, day, 20 + week, false, |n, p| density(0, &fields[n as usize], n, p) * calm);
    }
    for (week, day) in DAYS.iter().enumerate() {
        // The four latest weeks and the one of last year list every pest looked for; the others only what was found.
        survey(&mut text, fields, day, week, matches!(week, 0 | 5..=8), |n, p| density(week, &fields[n as usize], n, p));
    }
    text
}

/// One week's rows. Nine fields in ten are visited; one in twenty never is. Where `all` is not set, a pest that was not
/// found has no row, but for the first, which shows that the field was visited.
fn survey(text: &mut String, fields: &[Field], day: &str, week: usize, all: bool, density: impl Fn(u64, u64) -> f64) {
    for (number, field) in fields.iter().enumerate() {
        let n = number as u64;
        let never = noise(n, 1, 1) < 0.05;
        if never || noise(n, week as u64, 2) > 0.9 {
            continue;
        }
        for (p, (pest, base, ..)) in PESTS.iter().enumerate() {
            let value = density(n, p as u64);
            let density = if *base >= 100.0 { (value / 10.0).round() * 10.0 } else { (value * 10.0).round() / 10.0 };
            let severity = if density < 0.5 * base {
                0
            } else if density <= *base {
                1
            } else if density <= 2.0 * base {
                2
            } else {
                3
            };
            if all || severity > 0 || p == 0 {
                let _ = writeln!(text, "{},{day},{pest},{density},{severity}", field.id);
            }
        }
    }
}

fn density(week: usize, field: &Field, n: u64, p: u64) -> f64 {
    let (_, base, strength, [x, y, reach], drift) = PESTS[p as usize];
    // Week 0 is last year: a milder season whose outbreak stood elsewhere.
    let step = if week == 0 { 3.0 } else { week as f64 };
    let season = match (week, p) {
        (0, _) => 0.62,
        (w, 5) => 1.15 - 0.09 * w as f64,
        (w, _) => 0.28 + 0.095 * w as f64,
    };
    let centre = [x + drift[0] * (step - 8.0), y + drift[1] * (step - 8.0)];
    let d = ((field.centre[0] - centre[0]).hypot(field.centre[1] - centre[1]) / reach).powi(2);
    let spread = (-d).exp();
    let patch = (field.centre[0] * 310.0 + p as f64).sin() * (field.centre[1] * 270.0 + 2.0 * p as f64).cos();
    let luck = noise(n, week as u64 * 16 + p, 77);
    let level = strength * season * (2.6 * spread + 0.22 + 0.16 * patch) * (0.55 + 0.9 * luck);
    if level < 0.18 {
        return 0.0;
    }
    let value = base * level;
    if base >= 100.0 { (value / 10.0).round() * 10.0 } else { (value * 10.0).round() / 10.0 }
}

/// Exactly 3,000 ha over five made-up enterprises, in blocks along the canals.
pub fn linked(fields: &[Field]) -> String {
    const ENTERPRISES: [&str; 5] = [
        "Công ty Lương thực Sông Tiền (minh họa)",
        "Công ty Gạo Hồng Ngự (minh họa)",
        "HTX Thường Thới (minh họa)",
        "Công ty Nông sản Cù Lao (minh họa)",
        "HTX Phú Thuận (minh họa)",
    ];
    let mut chosen: Vec<(usize, usize, f64)> = Vec::new();
    let mut order: Vec<usize> = (0..fields.len()).collect();
    let block = |field: &Field| {
        let (i, j) = ((field.centre[0] * 60.0).floor() as u64, (field.centre[1] * 60.0).floor() as u64);
        (i, j)
    };
    order.sort_by(|&a, &b| {
        let rank = |f: &Field| {
            let (i, j) = block(f);
            noise(i, j, 8)
        };
        rank(&fields[a]).total_cmp(&rank(&fields[b])).then(a.cmp(&b))
    });
    let mut total = 0.0;
    for index in order {
        let field = &fields[index];
        if noise(index as u64, 3, 9) > 0.8 {
            continue;
        }
        let (i, j) = block(field);
        let home = match field.commune {
            0..=2 => 0,
            3 | 4 => 2,
            5 | 6 => 3,
            _ => 4,
        };
        let enterprise = if noise(i, j, 10) < 0.35 { 1 } else { home };
        let hectares = field.hectares * (0.72 + 0.28 * noise(index as u64, 4, 11));
        chosen.push((index, enterprise, hectares));
        total += hectares;
        if total > 3000.0 {
            break;
        }
    }
    // Scale down to 3,000 ha, round to a hundredth, and let the largest contract take what rounding left.
    let mut rows: Vec<(usize, usize, i64)> = chosen
        .into_iter()
        .map(|(index, enterprise, hectares)| (index, enterprise, (hectares * 3000.0 / total * 100.0).round() as i64))
        .collect();
    let left = 300_000 - rows.iter().map(|row| row.2).sum::<i64>();
    if let Some(largest) = rows.iter_mut().max_by_key(|row| row.2) {
        largest.2 += left;
    }
    rows.sort();
    let mut text = String::from("field_id,enterprise,contracted_ha,nguon\n");
    for (index, enterprise, hundredths) in rows {
        let _ = writeln!(
            text,
            "{},{},{}.{:02},minh họa",
            fields[index].id,
            ENTERPRISES[enterprise],
            hundredths / 100,
            hundredths % 100
        );
    }
    text
}

/// Ten members, 9.45 ha.
pub fn organic() -> String {
    let hectares = ["1.20", "0.85", "1.05", "0.70", "1.10", "0.95", "0.80", "1.00", "0.90", "0.90"];
    let mut text = String::from("code,member,members,ha,nguon\n");
    for (i, ha) in hectares.iter().enumerate() {
        let code = if i < 6 { "29995" } else { "29998" };
        let _ = writeln!(text, "{code},Thành viên {},1,{ha},minh họa", i + 1);
    }
    text
}

/// Programmes by commune. Totals: OCOP 19 of 15 (126.67 %), 5 four-star and 14 three-star; VietGAP 1,130 of 1,000 ha
/// (113 %); flood let onto fields 4,500 of 2,500 ha (180 %); nine communes, all new-rural; all land mechanised.
pub fn programmes() -> String {
    let rows = [
        ("29956", "Thường Phước 1", [2, 2], 1, 1, [140, 155], [700, 1300], "1"),
        ("29962", "Thường Thới Hậu A", [1, 1], 0, 1, [80, 85], [300, 520], "1"),
        ("29971", "Thường Thới Tiền", [3, 4], 2, 2, [180, 215], [500, 900], ""),
        ("29974", "Thường Phước 2", [1, 1], 0, 1, [70, 80], [300, 560], "1"),
        ("29977", "Thường Lạc", [1, 2], 0, 2, [90, 105], [400, 700], "1"),
        ("29980", "Long Khánh A", [2, 3], 1, 2, [110, 125], [0, 0], "1"),
        ("29983", "Long Khánh B", [1, 1], 0, 1, [60, 60], [0, 0], "1"),
        ("29992", "Long Thuận", [1, 2], 0, 2, [90, 100], [100, 170], "1"),
        ("29995", "Phú Thuận B", [2, 2], 1, 1, [110, 125], [120, 220], "1"),
        ("29998", "Phú Thuận A", [1, 1], 0, 1, [70, 80], [80, 130], "1"),
    ];
    let mut text = String::from(
        "code,xa,ocop_plan,ocop_result,ocop_4_sao,ocop_3_sao,vietgap_plan,vietgap_result,globalgap_ha,xa_lu_plan,xa_lu_result,lam_dat_co_gioi_pct,thu_hoach_co_gioi_pct,drone_ha,bon_phan_thong_minh_ha,nong_thon_moi,xep_loai,nguon\n",
    );
    for (code, name, ocop, four, three, vietgap, flood, rural) in rows {
        let _ = writeln!(
            text,
            "{code},{name},{},{},{four},{three},{},{},{},{},{},100,100,{},{},{rural},{},minh họa",
            ocop[0],
            ocop[1],
            vietgap[0],
            vietgap[1],
            vietgap[1] / 5,
            flood[0],
            flood[1],
            vietgap[1] * 4,
            vietgap[1] * 2 + 15,
            match (rural, four) {
                ("", _) => "Đô thị văn minh",
                (_, 1) => "Nông thôn mới nâng cao",
                _ => "Nông thôn mới",
            }
        );
    }
    text
}

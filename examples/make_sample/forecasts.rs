//! What forecasts are made from: light traps, sensors, weather and a history of weeks. All made up.

use super::noise;
use chrono::{Datelike, Days, NaiveDate};
use std::fmt::Write;

const TRAPS: [(&str, &str, [f64; 2]); 4] = [
    ("Bẫy Thường Phước", "tự động", [105.199, 10.883]),
    ("Bẫy Thường Thới Tiền", "tự động", [105.282, 10.853]),
    ("Bẫy Long Khánh", "tự động", [105.294, 10.803]),
    ("Bẫy Phú Thuận", "thủ công", [105.345, 10.740]),
];

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// A bell of nights around peaks that come every `every` nights from the night `first` on.
fn wave(night: u64, first: u64, every: u64) -> f64 {
    let after = (night + 10 * every - first) % every;
    let apart = after.min(every - after) as f64;
    (-apart * apart / 10.0).exp()
}

/// Catches of four traps by night, 1 January to 11 April 2024; the last planthopper peak is on 5 April.
pub fn light_traps() -> String {
    let mut text = String::from("ten_bay,loai_bay,loai,ngay,con_bay_dem,kinh_do,vi_do,nguon\n");
    for (t, (name, kind, [x, y])) in TRAPS.iter().enumerate() {
        for (s, (species, high, first, every)) in
            [("rầy nâu", 760.0, 3, 23), ("sâu cuốn lá nhỏ", 140.0, 12, 30)].iter().enumerate()
        {
            for night in 0..102u64 {
                let key = (t * 2 + s) as u64;
                // A lamp that failed leaves no row.
                if noise(night, key, 31) < 0.05 {
                    continue;
                }
                let hours = if *kind == "thủ công" { 0.22 } else { 1.0 };
                let luck = 0.7 + 0.6 * noise(night, key, 32);
                let count = (hours * luck * (4.0 + high * wave(night, *first, *every))).round();
                let date = day(2024, 1, 1) + Days::new(night);
                let _ = writeln!(text, "{name},{kind},{species},{date},{count},{x},{y},minh họa");
            }
        }
    }
    text
}

/// Readings of six sensors by day, 12 March to 11 April 2024.
pub fn sensors() -> String {
    let mut text = String::from("ten_tram,chi_tieu,ngay,gia_tri,kinh_do,vi_do,nguon\n");
    let sensors = [
        ("Cảm biến 01", "mực nước", [105.211, 10.890], 4.0),
        ("Cảm biến 02", "mực nước", [105.275, 10.857], -2.0),
        ("Cảm biến 03", "mực nước", [105.334, 10.741], 6.0),
        ("Cảm biến 04", "pH", [105.275, 10.761], 6.1),
        ("Cảm biến 05", "pH", [105.299, 10.742], 5.2),
        ("Cảm biến 06", "độ mặn", [105.340, 10.735], 0.3),
    ];
    for (n, (name, what, [x, y], level)) in sensors.iter().enumerate() {
        for step in 0..31u64 {
            if noise(step, n as u64, 41) < 0.04 {
                continue;
            }
            let luck = noise(step, n as u64, 42) - 0.5;
            let value = match *what {
                // Dried and flooded by turns; the second field was forgotten at the end.
                "mực nước" => {
                    level + 5.0 * (step as f64 / 3.5 + n as f64).sin() - if n == 1 { 0.5 * step as f64 } else { 0.0 } + luck
                }
                "pH" => level + 0.3 * luck - if n == 4 { 0.012 * step as f64 } else { 0.0 },
                _ => level + 0.1 * luck,
            };
            let date = day(2024, 3, 12) + Days::new(step);
            let _ = writeln!(text, "{name},{what},{date},{:.1},{x},{y},minh họa", value);
        }
    }
    text
}

/// Three weather stations, 1 January to 18 April 2024 (the last week stands for a weather forecast).
pub fn weather() -> String {
    let mut text = String::from("tram,ngay,tmin,tmax,do_am,mua,nguon\n");
    for (s, name) in ["Thường Phước", "Hồng Ngự", "Phú Thuận"].iter().enumerate() {
        for step in 0..109u64 {
            let date = day(2024, 1, 1) + Days::new(step);
            let season = step as f64 / 109.0;
            let luck = noise(step, 5, 51) - 0.5;
            let here = noise(step, s as u64, 52) - 0.5;
            let tmin = 21.5 + 3.5 * season + 1.6 * luck + 0.5 * here;
            let tmax = 30.5 + 3.8 * season + 1.8 * luck + 0.6 * here;
            let moist = 80.0
                + 3.0 * s as f64
                + 9.0 * (noise(step / 5, 6, 53) - 0.35)
                + if noise(step / 4, 7, 54) > 0.6 { 8.0 } else { 0.0 };
            let humid = (moist + 5.0 * here).min(99.0);
            let rain = if noise(step, s as u64, 55) > 0.9 - 0.1 * season { 12.0 * noise(step, s as u64, 56) } else { 0.0 };
            let _ = writeln!(text, "{name},{date},{tmin:.1},{tmax:.1},{humid:.0},{rain:.1},minh họa");
        }
    }
    text
}

/// Where the stations stand.
pub fn stations() -> String {
    String::from("tram,kinh_do,vi_do\nThường Phước,105.190,10.890\nHồng Ngự,105.290,10.820\nPhú Thuận,105.350,10.735\n")
}

/// Infested hectares by week, commune and pest, January 2019 to 5 April 2024: two waves a year whose height and time vary.
pub fn history() -> String {
    let mut text = String::from("code,svgh,tuan_tu_ngay,dien_tich_nhiem_ha,gieo_trong_ha,nguon\n");
    let communes: [(&str, f64); 10] = [
        ("29956", 1400.0),
        ("29962", 900.0),
        ("29971", 1200.0),
        ("29974", 900.0),
        ("29977", 1000.0),
        ("29980", 700.0),
        ("29983", 600.0),
        ("29992", 1100.0),
        ("29995", 1000.0),
        ("29998", 900.0),
    ];
    for (c, (code, sown)) in communes.iter().enumerate() {
        for (p, pest) in ["rầy nâu", "sâu cuốn lá nhỏ"].iter().enumerate() {
            let mut drift = 0.0;
            for week in 0..275u64 {
                let date = day(2019, 1, 4) + Days::new(7 * week);
                let (year, place) = (date.year() as u64, f64::from(date.ordinal0()) / 365.0);
                let late = 0.05 * (noise(year, p as u64, 61) - 0.5);
                let high = 0.5 + noise(year, p as u64 + 2, 62);
                let bell = |centre: f64| (-((place - centre - late) / 0.055).powi(2)).exp();
                let season = 0.02 + high * (0.30 * bell(0.20 + 0.03 * p as f64) + 0.22 * bell(0.58));
                drift = 0.75 * drift + 0.5 * (noise(week, (c * 2 + p) as u64, 63) - 0.5);
                let hectares = sown * season * (0.6 + 0.08 * c as f64) * f64::exp(drift);
                let hectares = if hectares < 0.004 * sown { 0.0 } else { hectares.min(*sown) };
                // A week in forty was not reported.
                if noise(week, (c * 2 + p) as u64, 64) < 0.025 {
                    continue;
                }
                let _ = writeln!(text, "{code},{pest},{date},{hectares:.1},{sown},minh họa");
            }
        }
    }
    text
}

/// Growth stage and day of harvest of a field, by when it was sown.
pub fn stage(number: u64, centre: [f64; 2]) -> (&'static str, NaiveDate) {
    // Blocks are sown together, a few days apart.
    let block = ((centre[0] * 40.0).floor() as u64, (centre[1] * 40.0).floor() as u64);
    let age = 52 + (noise(block.0, block.1, 71) * 30.0) as u64 + (noise(number, 3, 72) * 6.0) as u64;
    let stage = match age {
        0..=44 => "đẻ nhánh",
        45..=64 => "làm đòng",
        65..=74 => "trỗ",
        75..=84 => "ngậm sữa",
        _ => "chín",
    };
    (stage, day(2024, 4, 11) + Days::new(98 - age.min(97)))
}

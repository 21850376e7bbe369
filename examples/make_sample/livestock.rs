//! Pig, poultry and cattle farms and the outbreaks on some of them. All made up.

use crate::around::place;
use crate::land::Field;
use crate::noise;
use chrono::{Days, NaiveDate};
use std::fmt::Write;

/// A farm.
struct Farm {
    animal: &'static str,
    code: &'static str,
    at: [f64; 2],
    heads: u32,
    vaccinated: u32,
}

/// Communes with their pig, poultry and cattle farms.
const FARMS: [(&str, u64, u64, u64); 10] = [
    ("29956", 26, 12, 6),
    ("29962", 14, 10, 5),
    ("29971", 42, 14, 8),
    ("29974", 9, 8, 4),
    ("29977", 150, 16, 9),
    ("29980", 22, 9, 12),
    ("29983", 16, 7, 10),
    ("29992", 18, 15, 5),
    ("29995", 12, 34, 3),
    ("29998", 15, 26, 4),
];

fn farms(fields: &[Field]) -> Vec<Farm> {
    let mut list = Vec::new();
    for (number, (code, pigs, poultry, cattle)) in FARMS.into_iter().enumerate() {
        let kinds = [("Heo", pigs, 12.0, 90.0, 0.55), ("Gà, vịt", poultry, 200.0, 2600.0, 0.78), ("Bò", cattle, 2.0, 14.0, 0.7)];
        for (kind, (animal, count, least, most, coverage)) in kinds.into_iter().enumerate() {
            for farm in 0..count {
                let seed = 1000 * (number as u64 + 1) + 300 * kind as u64 + farm;
                // Most pig farms of the densest commune stand along one road.
                let crowded = code == "29977" && kind == 0 && farm >= 20;
                let [x, y] = place(fields, code, if crowded { 77 } else { seed });
                let spread = if crowded { 0.011 } else { 0.0015 };
                let shift = |k: u64| (noise(seed, 61, k) + noise(seed, 62, k) - 1.0) * spread;
                let heads = (least + (most - least) * noise(seed, 63, 0).powi(2)).round() as u32;
                let share: f64 =
                    coverage + 0.3 * (noise(number as u64, 64, kind as u64) - 0.5) + 0.2 * (noise(seed, 65, 0) - 0.5);
                let at = [x + shift(1), y + shift(2)].map(|degrees| (degrees * 1e6).round() / 1e6);
                list.push(Farm {
                    animal,
                    code,
                    at,
                    heads,
                    vaccinated: (f64::from(heads) * share.clamp(0.0, 1.0)).round() as u32,
                });
            }
        }
    }
    list
}

/// Farms with their animals.
pub fn register(fields: &[Field]) -> String {
    let mut text = String::from("ma_trai,loai_vat_nuoi,ma_xa,kinh_do,vi_do,tong_dan,da_tiem,nguon\n");
    for (number, farm) in farms(fields).iter().enumerate() {
        let Farm { animal, code, at: [x, y], heads, vaccinated } = farm;
        let _ = writeln!(text, "T{:03},\"{animal}\",{code},{x},{y},{heads},{vaccinated},minh họa", number + 1);
    }
    text
}

/// Outbreaks of the season up to 11 April 2024: pigs around one commune in two waves, some poultry, a few cattle.
pub fn outbreaks(fields: &[Field]) -> String {
    let farms = farms(fields);
    let first = NaiveDate::from_ymd_opt(2024, 1, 15).unwrap_or_default();
    let last = NaiveDate::from_ymd_opt(2024, 4, 11).unwrap_or_default();
    let mut rows: Vec<(NaiveDate, String)> = Vec::new();
    let mut add = |disease: &str, number: usize, day: u64, seed: u64| {
        let Farm { animal, code, at: [x, y], heads, .. } = &farms[number];
        let onset = first.checked_add_days(Days::new(day)).unwrap_or(first);
        let reported =
            onset.checked_add_days(Days::new(1 + (noise(seed, 71, 0) * noise(seed, 71, 1) * 11.0) as u64)).unwrap_or(onset);
        // What is reported after the last day is not in the register yet.
        if reported > last {
            return;
        }
        let sick = (f64::from(*heads) * (0.15 + 0.7 * noise(seed, 72, 0))).ceil().min(f64::from(*heads)) as u32;
        let dead = (f64::from(sick) * (0.3 + 0.5 * noise(seed, 73, 0))).round() as u32;
        let destroyed = if disease == "Viêm da nổi cục" { 0 } else { heads - dead };
        let row = format!(
            "{onset},{reported},{disease},\"{animal}\",T{:03},{code},{x},{y},{heads},{sick},{dead},{destroyed},minh họa",
            number + 1
        );
        rows.push((onset, row));
    };
    let of = |animal: &str, codes: &[&str]| -> Vec<usize> {
        (0..farms.len()).filter(|&farm| farms[farm].animal == animal && codes.contains(&farms[farm].code)).collect()
    };
    let near = of("Heo", &["29977"]);
    let around = of("Heo", &["29971", "29974", "29980", "29956"]);
    for wave in 0..34u64 {
        let list = if wave % 4 == 3 { &around } else { &near };
        let farm = list[(noise(wave, 81, 0) * list.len() as f64) as usize];
        // A small wave in February, a larger one still going on.
        let day = if wave < 9 { 18.0 + 16.0 * noise(wave, 82, 0) } else { 56.0 + 31.0 * noise(wave, 83, 0).sqrt() };
        add("Dịch tả heo châu Phi", farm, day as u64, wave);
    }
    for (number, farm) in of("Gà, vịt", &["29995", "29998"]).into_iter().step_by(9).enumerate() {
        add("Cúm gia cầm", farm, 40 + 7 * number as u64, 200 + number as u64);
    }
    for (number, farm) in of("Bò", &["29980", "29983"]).into_iter().step_by(6).enumerate() {
        add("Viêm da nổi cục", farm, 30 + 16 * number as u64, 300 + number as u64);
    }
    rows.sort();
    rows.dedup();
    let mut text = String::from(
        "ngay_khoi_phat,ngay_bao_cao,benh,loai_vat_nuoi,ma_trai,ma_xa,kinh_do,vi_do,tong_dan,so_mac,so_chet,so_tieu_huy,nguon\n",
    );
    for (_, row) in rows {
        let _ = writeln!(text, "{row}");
    }
    text
}

//! What stands around and on the land: neighbouring districts, products, devices and outbreaks. All made up but the numbers of OCOP
//! products by stars. The river is drawn by hand, in `rivers.geojson`.

use super::land::Field;
use super::noise;
use std::fmt::Write;

/// Districts around, as far as a map of this one shows them.
pub fn neighbours() -> String {
    let areas: [(&str, &[[f64; 2]]); 4] = [
        (
            "H. Tân Hồng",
            &[
                [105.06, 10.985],
                [105.20, 10.915],
                [105.27, 10.89],
                [105.345, 10.868],
                [105.47, 10.915],
                [105.75, 10.93],
                [105.75, 11.10],
                [105.06, 11.10],
            ],
        ),
        (
            "TP Hồng Ngự",
            &[
                [105.325, 10.85],
                [105.341, 10.8425],
                [105.366, 10.8365],
                [105.41, 10.806],
                [105.47, 10.79],
                [105.75, 10.80],
                [105.75, 10.93],
                [105.47, 10.915],
                [105.345, 10.868],
            ],
        ),
        (
            "H. Thanh Bình",
            &[
                [105.41, 10.800],
                [105.445, 10.742],
                [105.430, 10.69],
                [105.47, 10.64],
                [105.52, 10.55],
                [105.75, 10.55],
                [105.75, 10.80],
                [105.47, 10.79],
            ],
        ),
        (
            "Tỉnh An Giang",
            &[
                [104.80, 11.10],
                [105.06, 11.10],
                [105.06, 10.985],
                [105.142, 10.945],
                [105.155, 10.90],
                [105.163, 10.857],
                [105.185, 10.824],
                [105.219, 10.808],
                [105.225, 10.78],
                [105.244, 10.744],
                [105.279, 10.709],
                [105.328, 10.688],
                [105.385, 10.689],
                [105.418, 10.681],
                [105.455, 10.635],
                [105.505, 10.55],
                [104.80, 10.55],
            ],
        ),
    ];
    let mut text =
        String::from("{\"type\":\"FeatureCollection\",\"ghi_chu\":\"Ranh giới minh họa. Made-up boundaries.\",\"features\":[\n");
    for (i, (name, ring)) in areas.iter().enumerate() {
        let points: Vec<String> = ring.iter().chain(&ring[..1]).map(|[x, y]| format!("[{x},{y}]")).collect();
        let _ = write!(
            text,
            "{}{{\"type\":\"Feature\",\"properties\":{{\"name\":\"{name}\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[{}]]}}}}",
            if i > 0 { ",\n" } else { "" },
            points.join(",")
        );
    }
    text + "\n]}\n"
}

/// A place of a commune, at one of its fields.
pub fn place(fields: &[Field], code: &str, number: u64) -> [f64; 2] {
    let own: Vec<&Field> = fields.iter().filter(|field| field.code == code).collect();
    let field = own[(noise(number, 3, 501) * own.len() as f64) as usize % own.len()];
    field.centre
}

/// Nineteen OCOP products, five of four stars and fourteen of three, by commune as in `programmes.csv`.
pub fn products(fields: &[Field]) -> String {
    const COMMUNES: [(&str, u64, u64); 10] = [
        ("29956", 1, 1),
        ("29962", 0, 1),
        ("29971", 2, 2),
        ("29974", 0, 1),
        ("29977", 0, 2),
        ("29980", 1, 2),
        ("29983", 0, 1),
        ("29992", 0, 2),
        ("29995", 1, 1),
        ("29998", 0, 1),
    ];
    let mut text = String::from("ten_san_pham,so_sao,kinh_do,vi_do,nguon\n");
    let mut number = 0;
    for (code, four, three) in COMMUNES {
        for stars in std::iter::repeat_n(4, four as usize).chain(std::iter::repeat_n(3, three as usize)) {
            number += 1;
            let [x, y] = place(fields, code, number);
            let _ = writeln!(text, "Sản phẩm {number},{stars},{x},{y},minh họa");
        }
    }
    text
}

/// Smart light traps, water-level and salinity sensors with their latest reading.
pub fn devices(fields: &[Field]) -> String {
    const DEVICES: [(&str, &str, f64); 11] = [
        ("29956", "Bẫy đèn thông minh", 412.0),
        ("29971", "Bẫy đèn thông minh", 655.0),
        ("29977", "Bẫy đèn thông minh", 38.0),
        ("29980", "Bẫy đèn thông minh", 196.0),
        ("29998", "Bẫy đèn thông minh", 240.0),
        ("29956", "Cảm biến mực nước", 12.0),
        ("29971", "Cảm biến mực nước", 7.0),
        ("29962", "Cảm biến mực nước", 9.0),
        ("29995", "Cảm biến mực nước", 15.0),
        ("29992", "Cảm biến pH", 6.1),
        ("29998", "Cảm biến pH", 5.4),
    ];
    let mut text = String::from("ten_tram,loai,gia_tri,don_vi,kinh_do,vi_do,nguon\n");
    for (i, (code, kind, value)) in DEVICES.iter().enumerate() {
        let [x, y] = place(fields, code, 100 + i as u64);
        let unit = match *kind {
            "Bẫy đèn thông minh" => "con/bẫy/đêm",
            "Cảm biến mực nước" => "cm",
            _ => "pH",
        };
        let _ = writeln!(text, "Trạm {:02},{kind},{value},{unit},{x},{y},minh họa", i + 1);
    }
    text
}

/// Places of animal disease this month, without household names.
pub fn outbreaks(fields: &[Field]) -> String {
    const PLACES: [(&str, &str, u32); 6] = [
        ("29977", "Dịch tả heo châu Phi", 24),
        ("29977", "Dịch tả heo châu Phi", 11),
        ("29971", "Dịch tả heo châu Phi", 32),
        ("29995", "Cúm gia cầm", 850),
        ("29998", "Cúm gia cầm", 400),
        ("29980", "Viêm da nổi cục", 3),
    ];
    let mut text = String::from("ngay,loai,so_con_mac,kinh_do,vi_do,nguon\n");
    for (i, (code, kind, heads)) in PLACES.iter().enumerate() {
        let [x, y] = place(fields, code, 200 + i as u64);
        let _ = writeln!(text, "2024-04-{:02},{kind},{heads},{x},{y},minh họa", 2 + i);
    }
    text
}

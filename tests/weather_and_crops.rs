//! Part I of a notice: the weather of the period, and what grows.

mod common;

use common::documents::{content, number, rows, sample_with, vietnamese};
use common::{Bench, root, run_in, two_communes};
use serde_json::Value;
use std::collections::BTreeMap;

fn paragraphs(made: &Value) -> Vec<String> {
    made["content"]["paragraphs"].as_array().expect("lines").iter().filter_map(|line| Some(line.as_str()?.to_owned())).collect()
}

/// The paragraph of a notice that begins so.
fn said(out: &std::path::Path, begin: &str) -> Option<String> {
    let read = content(out, "bulletin.docx")?;
    let text = paragraphs(&read["bulletin.docx"]);
    Some(text.iter().find(|line| line.starts_with(begin)).unwrap_or_else(|| panic!("{begin}: {text:?}")).clone())
}

#[test]
fn the_weather_of_the_notice_is_that_of_the_stations() {
    let bench = Bench::new();
    let out = bench.path("out");
    let arguments =
        ["build", "data/hong-ngu/du-bao.toml", "--out", out.to_str().expect("a path"), "--quiet", "--only", "bulletin,tables"];
    assert_eq!(run_in(&root(), &arguments).code, 0);
    // By hand from the file that the models read: days of the period, stations one by one.
    let mut reader = csv::Reader::from_path(root().join("data/hong-ngu/weather.csv")).expect("the weather");
    let mut days: BTreeMap<String, Vec<[f64; 4]>> = BTreeMap::new();
    for row in reader.records().map(|row| row.expect("a row")) {
        if ("2024-04-12"..="2024-04-18").contains(&&row[1]) {
            days.entry(row[0].to_owned()).or_default().push([2, 3, 4, 5].map(|at| number(&row[at])));
        }
    }
    assert_eq!(days.values().map(Vec::len).collect::<Vec<_>>(), [7; 3]);
    let each = |of: &dyn Fn(&[f64; 4]) -> f64| days.values().map(|list| list.iter().map(of).sum::<f64>()).collect::<Vec<f64>>();
    let mean = |list: Vec<f64>, by: f64| list.iter().sum::<f64>() / list.len() as f64 / by;
    let all = || days.values().flatten();
    let wanted = [
        (mean(each(&|day| (day[0] + day[1]) / 2.0), 7.0), 0.05),
        (all().map(|day| day[1]).fold(f64::MIN, f64::max), 0.05),
        (all().map(|day| day[0]).fold(f64::MAX, f64::min), 0.05),
        (mean(each(&|day| day[2]), 7.0), 0.5),
        (mean(each(&|day| day[3]), 1.0), 0.05),
        (3.0, 0.0),
    ];
    let Some(said) = said(&out, "1. Thời tiết: ") else { return };
    let words =
        said["1. Thời tiết: ".len()..].split([' ', ';', '(']).filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let numbers: Vec<f64> = words.map(|word| vietnamese(word.trim_end_matches(['.', ')']))).collect();
    assert_eq!(numbers.len(), wanted.len(), "{said}");
    for (number, (wanted, rounded)) in numbers.iter().zip(wanted) {
        assert!((number - wanted).abs() <= rounded + 1e-9, "{said}: {wanted}");
    }
}

#[test]
fn weather_of_some_days_says_so_and_has_no_sum_of_rain() {
    let bench = sample_with("", "vi");
    let kept: Vec<String> = bench
        .read("weather.csv")
        .lines()
        .filter(|line| !["Hồng Ngự,2024-04-18", "Thường Phước,2024-04-18"].iter().any(|day| line.contains(day)))
        .map(str::to_owned)
        .collect();
    bench.write("weather.csv", kept.join("\n"));
    let ran = bench.run(&["build", "du-bao.toml", "--out", "out", "--quiet", "--only", "bulletin,tables"]);
    assert!(ran.code <= 1, "{}", ran.stderr);
    let table = rows(&bench, "out/tables/weather.csv");
    let of = |name: &str| table.iter().find(|row| row["station"] == name).unwrap_or_else(|| panic!("{name}: {table:?}")).clone();
    for name in ["Hồng Ngự", "Thường Phước"] {
        assert_eq!((of(name)["days"].as_str(), of(name)["rain_mm"].as_str()), ("6", ""));
    }
    assert_eq!(of("Phú Thuận")["rain_mm"], "0");
    let Some(said) = said(&bench.path("out"), "1. Thời tiết: ") else { return };
    assert!(said.ends_with("(3 trạm, có trạm chỉ 6/7 ngày)."), "{said}");
}

/// What sensors of the given things and readings come to, in tables/weather.csv: mean, highest, lowest, humidity, rain.
fn sensed(readings: &str) -> Vec<(String, [String; 5])> {
    let bench = Bench::new();
    let table = "[[tables]]\nid = \"s\"\nkind = \"readings\"\nfile = \"s.csv\"\nsensors = true\n";
    let head = "version = 1\nperiod = { from = 2024-04-01, to = 2024-04-02 }\n[communes]\nfile = \"c.geojson\"\ncode = \"code\"\nname = \"name\"\n";
    bench.write("c.geojson", two_communes()).write("ruong.toml", format!("{head}{table}")).write("s.csv", readings);
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert!(ran.code <= 1, "{}", ran.stderr);
    if !bench.path("out/tables/weather.csv").exists() {
        return Vec::new();
    }
    let columns = ["temperature_mean", "temperature_max", "temperature_min", "humidity", "rain_mm"];
    let of = |row: BTreeMap<String, String>| (row["station"].clone(), columns.map(|column| row[column].clone()));
    rows(&bench, "out/tables/weather.csv").into_iter().map(of).collect()
}

#[test]
fn sensors_speak_for_a_day_only_where_they_read_it_often_enough() {
    let rows_at = |station: &str, thing: &str, hours: &[u32]| -> String {
        let one = |day: u32, hour: &u32| format!("{station},{thing},2024-04-0{day} {hour:02}:00,{}\n", 20 * day + hour % 12);
        (1..=2).flat_map(|day| hours.iter().map(move |hour| one(day, hour))).collect()
    };
    let every_third: Vec<u32> = (0..8).map(|at| at * 3).collect();
    let table = [
        "tram,chi_tieu,ngay,gia_tri\n".to_owned(),
        rows_at("A", "nhiệt độ", &every_third),
        rows_at("A", "ẩm độ", &every_third),
        rows_at("B", "nhiệt độ", &[1, 7, 13, 19]),
        rows_at("C", "nhiệt độ", &[7, 19]),
        rows_at("D", "nhiệt độ", &[7]),
        rows_at("D", "nhiệt độ cao nhất", &[23]),
        rows_at("D", "nhiệt độ đất", &every_third),
    ];
    let found = sensed(&table.concat());
    let text = |list: [&str; 5]| list.map(str::to_owned);
    // By hand: every third hour of day d reads 20·d + 0, 3, 6, 9, 0, 3, 6, 9; four times 20·d + 1, 7, 1, 7.
    assert_eq!(
        found,
        [
            ("A".to_owned(), text(["34.5", "49", "20", "34.5", ""])),
            ("B".to_owned(), text(["34", "", "", "", ""])),
            // Two readings tell neither a mean nor extremes, so C has no weather; a sensor of extremes tells one.
            ("D".to_owned(), text(["", "51", "", "", ""])),
        ]
    );
    // A number without a time stands for its day.
    let daily = "tram,chi_tieu,ngay,gia_tri\nE,nhiệt độ,2024-04-01,28\nE,nhiệt độ,2024-04-02,30\nE,mưa,2024-04-01,5\nE,mưa,2024-04-02,7.5\n";
    assert_eq!(sensed(daily), [("E".to_owned(), text(["29", "", "", "", "12.5"]))]);
}

#[test]
fn the_notice_says_what_grows() {
    let bench = sample_with("[bulletin]\nseason = \"Đông Xuân 2023–2024\"\n", "vi");
    let ran = bench.run(&["build", ".", "--only", "bulletin,tables", "--out", "out", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let stages = rows(&bench, "out/tables/stages.csv");
    let communes = rows(&bench, "out/tables/communes.csv");
    let sum = |rows: &[BTreeMap<String, String>], column: &str| rows.iter().map(|row| number(&row[column])).sum::<f64>();
    assert!((sum(&stages, "field_area_ha") - sum(&communes, "field_area_ha")).abs() < 1e-4, "every field once");
    // Fields by stage as the layer has them; those that straddle a boundary have a piece in two communes.
    let layer: Value = serde_json::from_str(&bench.read("fields.geojson")).expect("JSON");
    let mut fields: BTreeMap<&str, usize> = BTreeMap::new();
    for feature in layer["features"].as_array().expect("features") {
        *fields.entry(feature["properties"]["giai_doan"].as_str().unwrap_or("")).or_default() += 1;
    }
    let mut hectares: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for row in &stages {
        let sums = hectares.entry(row["stage"].as_str()).or_default();
        *sums = (sums.0 + number(&row["fields"]), sums.1 + number(&row["field_area_ha"]));
    }
    assert_eq!(hectares.keys().collect::<Vec<_>>(), fields.keys().collect::<Vec<_>>());
    assert!(fields.iter().all(|(stage, count)| hectares[stage].0 >= *count as f64));
    let Some(said) = said(&bench.path("out"), "2. Cây trồng: ") else { return };
    assert!(said.starts_with("2. Cây trồng: vụ Đông Xuân 2023–2024, diện tích xuống giống ………"), "{said}");
    assert!(said.contains(" ha, liên kết sản xuất 3.000,0 ha; giống "), "{said}");
    let list = said.split("giai đoạn sinh trưởng ").nth(1).expect("stages").trim_end_matches('.');
    let parts: Vec<&str> = list.split("ha, ").collect();
    assert_eq!(parts.len(), hectares.len(), "{said}");
    for part in parts {
        let (stage, ha) = part.trim_end_matches("ha").trim().rsplit_once(' ').expect("a stage and its hectares");
        assert!((vietnamese(ha) - hectares[stage].1).abs() <= 0.05 + 1e-9, "{part}: {hectares:?}");
    }
}

#[test]
fn land_that_notices_call_sown_is_counted_once_and_its_parts_added() {
    let bench = Bench::new();
    let project = "version = 1\nperiod = { from = 2024-04-08, to = 2024-04-14 }\n[communes]\nfile = \"c.geojson\"\ncode = \"code\"\nname = \"name\"\n\
        [[tables]]\nid = \"n\"\nkind = \"infested-area\"\nfile = \"n.csv\"\nkey = { commune = \"code\" }\n";
    // 00412 states its land with every pest; 00413 has an early and a late sowing of its own.
    let notice = "code,date,pest,GĐST,nhẹ (ha),TB (ha),nặng (ha),DT gieo trồng (ha)\n\
        00412,10/04/2024,rầy nâu,đòng,60,50,30,400\n00412,10/04/2024,chuột,đòng,0,40,0,400\n\
        00413,10/04/2024,rầy nâu,trỗ,0,0,20,200\n00413,10/04/2024,rầy nâu,mạ,0,5,0,120\n";
    bench.write("c.geojson", two_communes()).write("ruong.toml", project).write("n.csv", notice);
    let ran = bench.run(&["build", ".", "--only", "bulletin,tables", "--quiet"]);
    assert!(ran.code <= 1, "{}", ran.stderr);
    let communes = rows(&bench, "out/tables/communes.csv");
    assert_eq!([0, 1].map(|row| communes[row]["sown_ha"].as_str()), ["400", "320"]);
    let Some(line) = said(&bench.path("out"), "2. Cây trồng: ") else { return };
    assert_eq!(line, "2. Cây trồng: vụ ………, diện tích xuống giống 720,0 ha; giai đoạn sinh trưởng đòng, trỗ, mạ.");
    // What only one of them states is not what both have.
    bench.write("n.csv", notice.replace(",400\n", ",\n"));
    assert!(bench.run(&["build", ".", "--only", "bulletin", "--quiet"]).code <= 1);
    let line = said(&bench.path("out"), "2. Cây trồng: ").expect("read before");
    assert!(line.contains("diện tích xuống giống 320,0 ha (1/2 xã có số liệu)"), "{line}");
}

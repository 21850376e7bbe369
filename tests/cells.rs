//! Charts of cells and squares: communes by pests, nights by traps, land in squares; each as its table or its input has it.

mod common;

use common::documents::{number, rows};
use common::{Bench, root, run_in, words_of};
use std::collections::BTreeMap;

fn gallery() -> (Bench, String) {
    let bench = Bench::new();
    let out = bench.path("out");
    let arguments = [
        "build",
        "data/hong-ngu/gallery.toml",
        "--out",
        out.to_str().expect("a path"),
        "--only",
        "charts,tables",
        "--format",
        "svg",
    ];
    let ran = run_in(&root(), &arguments);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    (bench, ran.stderr)
}

#[test]
fn where_and_by_what_is_said_in_one_chart() {
    let (bench, _) = gallery();
    let words = words_of(&bench.read("out/charts/matrix.svg"));
    let pests: Vec<_> = rows(&bench, "out/tables/pests.csv").into_iter().filter(|row| row["period"] == "current").collect();
    // Cells run row by row, the pest with the largest cell first.
    let mut by_pest: BTreeMap<&str, f64> = BTreeMap::new();
    for row in &pests {
        let most = by_pest.entry(row["pest"].as_str()).or_insert(0.0);
        *most = most.max(number(&row["infested_ha"]));
    }
    let mut order: Vec<(&str, f64)> = by_pest.into_iter().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let communes: Vec<String> = rows(&bench, "out/tables/communes.csv").into_iter().map(|row| row["name"].clone()).collect();
    let whole = |ha: f64| {
        if ha >= 999.5 { format!("{}.{:03}", ha.round() as u64 / 1000, ha.round() as u64 % 1000) } else { format!("{ha:.0}") }
    };
    for commune in &communes {
        let cells = order.iter().map(|(pest, _)| {
            let row = pests.iter().find(|row| row["name"] == *commune && row["pest"] == *pest);
            row.filter(|row| !row["infested_ha"].is_empty()).map_or(String::new(), |row| whole(number(&row["infested_ha"])))
        });
        let line = format!("{commune} {}", cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" "));
        assert!(words.contains(&line), "{line}: {words}");
    }
    let worst = pests.iter().max_by(|a, b| number(&a["infested_ha"]).total_cmp(&number(&b["infested_ha"]))).expect("a cell");
    let title = format!("Nhiều nhất: {} ở {}, {} ha", worst["pest"], worst["name"], whole(number(&worst["infested_ha"])));
    assert!(words.starts_with(&title), "{title}: {words}");
}

#[test]
fn nights_without_a_count_are_gaps_and_the_highest_is_named() {
    let (bench, _) = gallery();
    let words = words_of(&bench.read("out/charts/calendar.svg"));
    let mut reader = csv::Reader::from_path(root().join("data/hong-ngu/light_traps.csv")).expect("the traps");
    let all: Vec<BTreeMap<String, String>> = reader.deserialize().map(|row| row.expect("a row")).collect();
    let [day, count, trap, thing] = ["ngay", "con_bay_dem", "ten_bay", "loai"];
    let own: Vec<_> = all.iter().filter(|row| row[thing].to_lowercase() == "rầy nâu").collect();
    let counted: Vec<(f64, &str, &str)> = own
        .iter()
        .filter(|row| !row[count].is_empty())
        .map(|row| (number(&row[count]), row[day].as_str(), row[trap].as_str()))
        .collect();
    let (most, on, station) = counted.iter().max_by(|a, b| a.0.total_cmp(&b.0)).expect("a night");
    let traps: std::collections::BTreeSet<&str> = own.iter().map(|row| row[trap].as_str()).collect();
    let days: Vec<chrono::NaiveDate> = own.iter().map(|row| row[day].parse().expect("a day")).collect();
    let nights = (*days.iter().max().expect("a day") - *days.iter().min().expect("a day")).num_days() as usize + 1;
    let cells = traps.len() * nights;
    let on: chrono::NaiveDate = on.parse().expect("a day");
    let title = format!(
        "Rầy nâu: cao nhất {most} ngày {} ({station}), {}/{cells} ngày không có số",
        on.format("%d/%m/%Y"),
        cells - counted.len()
    );
    assert!(words.starts_with(&title), "{title}: {words}");
}

#[test]
fn squares_are_as_many_as_the_hectares() {
    let (bench, _) = gallery();
    let svg = bench.read("out/charts/waffle.svg");
    let summary = rows(&bench, "out/tables/summary.csv");
    let of = |id: &str| number(&summary.iter().find(|row| row["measure"] == id).expect("a measure")["current"]);
    let (linked, surveyed, risk) = (of("linked_ha"), of("linked_surveyed_ha"), of("linked_at_risk_ha"));
    let mut fills: BTreeMap<&str, usize> = BTreeMap::new();
    for line in svg.lines().filter(|line| line.starts_with("<path") || line.starts_with("<rect")) {
        if let Some(fill) = line.split(" fill=\"").nth(1).and_then(|rest| rest.split('"').next()) {
            *fills.entry(fill).or_default() += 1;
        }
    }
    // One more of each is the swatch beside its words.
    let mut counts: Vec<usize> = fills.values().filter(|count| **count > 9).map(|count| count - 1).collect();
    counts.sort_unstable();
    let wanted = [linked - surveyed, risk, surveyed - risk];
    assert_eq!((counts.len(), counts.iter().sum::<usize>()), (3, (linked / 10.0).round() as usize), "{fills:?}");
    for (count, hectares) in counts.iter().zip(wanted) {
        assert!((*count as f64 - hectares / 10.0).abs() < 1.0, "{counts:?}: {hectares}");
    }
    assert!(words_of(&svg).contains("Mỗi ô: 10 ha"));
}

#[test]
fn contracts_that_nobody_looked_at_are_neither_hit_nor_spared() {
    let bench = Bench::new();
    let table = |id: &str, kind: &str| {
        format!("[[tables]]\nid = \"{id}\"\nkind = \"{kind}\"\nfile = \"{id}.csv\"\nkey = {{ commune = \"code\" }}\n")
    };
    let project = [
        "version = 1\nperiod = { from = 2024-04-08, to = 2024-04-14 }\n[communes]\nfile = \"c.geojson\"\ncode = \"code\"\nname = \"name\"\n",
        &table("l", "linked-production"),
        &table("f", "pest-forecast"),
        "[[charts]]\nid = \"w\"\nkind = \"waffle\"\n",
    ];
    bench
        .write("c.geojson", common::two_communes())
        .write("l.csv", "code,enterprise,contracted_ha\n00412,Anh,120\n")
        .write("f.csv", "code,date,pest,severity\n00413,2024-04-10,rầy nâu,3\n")
        .write("ruong.toml", project.concat());
    let ran = bench.run(&["build", ".", "--only", "charts", "--format", "svg", "--quiet"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    assert!(bench.path("out/charts/w.svg").exists(), "{}", bench.read("out/problems.csv"));
    let words = words_of(&bench.read("out/charts/w.svg"));
    assert!(words.contains("chưa điều tra 120,0 ha (100,0 %)") && !words.contains("dưới mức nguy cơ"), "{words}");
}

//! What tables of the sample say, counted again from its files: zones by shapely and pyproj (`tests/reference/livestock/zones.csv`),
//! rates, weather, stages and the list of fields to spray by the rows themselves.

mod common;

use common::{Bench, number, root, rows};
use std::collections::{BTreeMap, BTreeSet};

type Row = BTreeMap<String, String>;

fn data(name: &str) -> Vec<Row> {
    let text = std::fs::read_to_string(root().join("data/hong-ngu").join(name)).expect(name);
    rows(text.trim_start_matches('\u{feff}'))
}

/// The project of the sample with more outputs, built without pictures.
fn built(project: &str, more: &str) -> Bench {
    let bench = Bench::new();
    for entry in std::fs::read_dir(root().join("data/hong-ngu")).expect("the sample").flatten() {
        bench.write(&entry.file_name().to_string_lossy(), std::fs::read(entry.path()).expect("a file"));
    }
    // Rows go to the commune whose code they have, as the count below does, rather than to where their point lies.
    let own = bench.read(&format!("{project}.toml"));
    let own = own.replace("{ lon = \"kinh_do\", lat = \"vi_do\" }", "{ commune = \"ma_xa\" }");
    let own = if project == "dich-benh" { own } else { bench.read(&format!("{project}.toml")) };
    bench.write(&format!("{project}.toml"), own + more);
    let ran = bench.run(&["build", &format!("{project}.toml"), "--only", "tables,outputs", "--out", "out", "--quiet"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    bench
}

fn near(found: f64, expected: f64, within: f64, what: &str) {
    assert!((found - expected).abs() <= within, "{what}: {found} is not {expected}");
}

/// Circles of geodesics, cut with the communes on an equal-area plane; farms by geodesic distance.
#[test]
fn zones_are_those_of_shapely() {
    let sample = |name: &str| root().join("data/hong-ngu").join(name).display().to_string();
    let bench = Bench::new();
    let ran = bench.run(&[
        "zones",
        "--outbreaks",
        &sample("livestock_outbreaks.csv"),
        "--disease",
        "Dịch tả heo châu Phi",
        "--species",
        "Heo",
        "--communes",
        &sample("communes.geojson"),
        "--herds",
        &sample("livestock_farms.csv"),
        "--radius-km",
        "1,3,10",
        "--until",
        "2024-04-11",
        "--release-days",
        "21",
        "--exact",
        "--out",
        "z",
        "--quiet",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let text = std::fs::read_to_string(root().join("tests/reference/livestock/zones.csv")).expect("the reference");
    let (zones, found) = (rows(&bench.read("z/zones.csv")), rows(&bench.read("z/communes.csv")));
    let expected = rows(&text);
    assert_eq!(found.len(), expected.len());
    for wanted in &expected {
        let (radius, code) = (&wanted["radius_km"], &wanted["code"]);
        let what = format!("{code} at {radius} km");
        let row =
            found.iter().find(|row| row["radius_km"] == *radius && row["code"] == *code).unwrap_or_else(|| panic!("{what}"));
        for (column, within) in [("share_pct", 0.02), ("ring_share_pct", 0.03), ("hectares", 0.5), ("herds", 0.0), ("head", 0.0)]
        {
            near(number(row, column), number(wanted, column), within, &format!("{column} of {what}"));
        }
        assert_eq!(row["inside"], if number(wanted, "share_pct") > 99.999 { "toàn bộ" } else { "một phần" }, "{what}");
        let zone = zones.iter().find(|zone| zone["radius_km"] == *radius).expect("the zone");
        near(
            number(zone, "area_ha"),
            number(wanted, "zone_ha"),
            0.0005 * number(wanted, "zone_ha"),
            &format!("hectares at {radius} km"),
        );
        assert_eq!([&zone["herds"], &zone["head"]], [&wanted["zone_herds"], &wanted["zone_head"]], "{radius} km");
        let whole = expected.iter().filter(|row| row["radius_km"] == *radius && number(row, "share_pct") > 99.999).count();
        let part = expected.iter().filter(|row| row["radius_km"] == *radius).count() - whole;
        assert_eq!([number(zone, "communes_whole"), number(zone, "communes_part")], [whole as f64, part as f64], "{radius} km");
    }
}

#[test]
fn rates_are_quotients_of_what_was_counted() {
    let bench = built("dich-benh", "\n[[outputs]]\nid = \"ty-le\"\nkind = \"rates\"\n");
    let herds: Vec<Row> = data("livestock_farms.csv").into_iter().filter(|row| row["loai_vat_nuoi"] == "Heo").collect();
    // The week ends on 11 April: what began, or was told, after it is not known yet.
    let known = |row: &&Row| row["benh"] == "Dịch tả heo châu Phi" && row["ngay_khoi_phat"].as_str() <= "2024-04-11";
    let all = data("livestock_outbreaks.csv");
    let outbreaks: Vec<&Row> = all.iter().filter(known).filter(|row| row["ngay_bao_cao"].as_str() <= "2024-04-11").collect();
    let found = rows(&bench.read("out/outputs/ty-le/rates.csv"));
    assert!(found.len() == 10 && outbreaks.len() > 20);
    for row in &found {
        let code = &row["code"];
        let own: Vec<&Row> = herds.iter().filter(|row| row["ma_xa"] == *code).collect();
        let here: Vec<&&Row> = outbreaks.iter().filter(|row| row["ma_xa"] == *code).collect();
        let sum = |list: &[&Row], column: &str| list.iter().map(|row| number(row, column)).sum::<f64>();
        let of_outbreaks = |column: &str| here.iter().map(|row| number(row, column)).sum::<f64>();
        let (head, sick, dead) = (sum(&own, "tong_dan"), of_outbreaks("so_mac"), of_outbreaks("so_chet"));
        let active = here.iter().filter(|row| row["ngay_khoi_phat"].as_str() >= "2024-03-21").count();
        for (column, expected) in [
            ("head", head),
            ("vaccinated", sum(&own, "da_tiem")),
            ("coverage_pct", 100.0 * sum(&own, "da_tiem") / head),
            ("outbreaks", here.len() as f64),
            ("active", active as f64),
            ("sick", sick),
            ("dead", dead),
            ("destroyed", of_outbreaks("so_tieu_huy")),
            ("attack_pct", 100.0 * sick / head),
            ("mortality_pct", 100.0 * dead / head),
        ] {
            near(number(row, column), expected, 1e-5, &format!("{column} of {code}"));
        }
        match sick > 0.0 {
            true => near(number(row, "fatality_pct"), 100.0 * dead / sick, 1e-5, &format!("fatality of {code}")),
            false => assert_eq!(row["fatality_pct"], "", "{code}"),
        }
    }
}

#[test]
fn weather_of_the_period_is_that_of_its_days() {
    let bench = built("du-bao", "");
    let record: serde_json::Value = serde_json::from_str(&bench.read("out/run.json")).expect("the record");
    let day = |at: usize| record["periods"]["current"][at].as_str().expect("a day").to_owned();
    let (from, to) = (day(0), day(1));
    let mut by_station: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in data("weather.csv").into_iter().filter(|row| row["ngay"] >= from && row["ngay"] <= to) {
        by_station.entry(row["tram"].clone()).or_default().push(row);
    }
    let found = rows(&bench.read("out/tables/weather.csv"));
    assert_eq!(found.len(), by_station.len());
    for row in &found {
        let days = &by_station[&row["station"]];
        let list = |column: &str| days.iter().map(|day| number(day, column)).collect::<Vec<f64>>();
        let mean = |list: &[f64]| list.iter().sum::<f64>() / list.len() as f64;
        let means: Vec<f64> = days.iter().map(|day| (number(day, "tmin") + number(day, "tmax")) / 2.0).collect();
        assert_eq!(number(row, "days"), days.len() as f64);
        near(number(row, "temperature_mean"), mean(&means), 1e-5, "mean");
        near(number(row, "temperature_max"), list("tmax").into_iter().fold(f64::MIN, f64::max), 0.0, "highest");
        near(number(row, "temperature_min"), list("tmin").into_iter().fold(f64::MAX, f64::min), 0.0, "lowest");
        near(number(row, "humidity"), mean(&list("do_am")), 1e-5, "humidity");
        near(number(row, "rain_mm"), list("mua").iter().sum(), 1e-9, "rain");
    }
    // The notice states the two stations together.
    let highest = found.iter().map(|row| number(row, "temperature_max")).fold(f64::MIN, f64::max);
    let lowest = found.iter().map(|row| number(row, "temperature_min")).fold(f64::MAX, f64::min);
    let ran = bench.run(&["build", "du-bao.toml", "--only", "bulletin", "--out", "out", "--quiet"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    let mut archive =
        zip::ZipArchive::new(std::fs::File::open(bench.path("out/bulletin.docx")).expect("a letter")).expect("a zip");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("word/document.xml").expect("the text"), &mut text).expect("XML");
    for degrees in [highest, lowest] {
        let written = format!("{degrees:.1}").replace('.', ",");
        assert!(text.contains(&written), "{written}: highest and lowest of all stations");
    }
}

fn fields() -> Vec<(String, serde_json::Value)> {
    let text = std::fs::read_to_string(root().join("data/hong-ngu/fields.geojson")).expect("the fields");
    let all: serde_json::Value = serde_json::from_str(&text).expect("json");
    let list = all["features"].as_array().expect("features").clone();
    list.into_iter().map(|f| (f["properties"]["field_id"].as_str().expect("an id").to_owned(), f["properties"].clone())).collect()
}

#[test]
fn fields_are_counted_by_stage_and_variety() {
    let bench = built("ruong", "");
    for (file, column, property) in [("stages", "stage", "giai_doan"), ("groups", "group", "giong")] {
        let mut expected: BTreeMap<(String, String), usize> = BTreeMap::new();
        for (_, properties) in fields() {
            let text = |name: &str| properties[name].as_str().unwrap_or("").to_owned();
            *expected.entry((text("ma_xa"), text(property))).or_default() += 1;
        }
        let found: BTreeMap<(String, String), usize> = rows(&bench.read(&format!("out/tables/{file}.csv")))
            .iter()
            .map(|row| ((row["code"].clone(), row[column].clone()), number(row, "fields") as usize))
            .collect();
        // A field on a border is of both communes, so that some are counted twice; none is left out.
        assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{file}");
        for (key, count) in &expected {
            assert!(found[key] >= *count && found[key] <= count + count / 4 + 12, "{file} {key:?}: {} for {count}", found[key]);
        }
    }
}

/// Each field that was found infested above light in the week, once, the worst first.
#[test]
fn the_list_to_spray_is_that_of_the_survey() {
    let bench = built("ruong", "\n[[outputs]]\nid = \"phun\"\nkind = \"worklist\"\n");
    let record: serde_json::Value = serde_json::from_str(&bench.read("out/run.json")).expect("the record");
    let day = |at: usize| record["periods"]["current"][at].as_str().expect("a day").to_owned();
    let (from, to) = (day(0), day(1));
    let mut worst: BTreeMap<String, i64> = BTreeMap::new();
    for row in data("pest_forecast.csv").iter().filter(|row| row["date"] >= from && row["date"] <= to) {
        let severity = number(row, "severity") as i64;
        let entry = worst.entry(row["field_id"].clone()).or_default();
        *entry = severity.max(*entry);
    }
    worst.retain(|_, severity| *severity >= 2);
    let found = rows(&bench.read("out/outputs/phun/worklist.csv"));
    let listed: BTreeMap<String, i64> =
        found.iter().map(|row| (row["field_id"].clone(), number(row, "severity") as i64)).collect();
    assert_eq!((listed.len(), &listed), (found.len(), &worst));
    let order: Vec<f64> = found.iter().map(|row| number(row, "order")).collect();
    assert!(order.iter().zip(1..).all(|(order, wanted)| *order == f64::from(wanted)), "{order:?}");
    let severities: Vec<f64> = found.iter().map(|row| number(row, "severity")).collect();
    assert!(severities.is_sorted_by(|a, b| a >= b), "the worst come first");
    let mut contracts: BTreeMap<String, (f64, BTreeSet<String>)> = BTreeMap::new();
    for row in data("linked_production.csv") {
        let entry = contracts.entry(row["field_id"].clone()).or_default();
        entry.0 += number(&row, "contracted_ha");
        entry.1.insert(row["enterprise"].clone());
    }
    for row in &found {
        let (hectares, names) = contracts.get(&row["field_id"]).cloned().unwrap_or_default();
        near(row["linked_ha"].parse().unwrap_or(0.0), hectares, 1e-6, &row["field_id"]);
        let named: BTreeSet<String> = row["enterprise"].split("; ").filter(|name| !name.is_empty()).map(str::to_owned).collect();
        assert_eq!(named, names, "{}", row["field_id"]);
    }
    assert!(found.len() > 50, "{}", found.len());
}

/// The map of the fields of a commune says how much of what is hit is under contract: the hectares that communes.csv has.
#[test]
fn the_map_of_fields_states_contracts_by_class() {
    let bench = built("ruong", "");
    let ran = bench.run(&["build", "ruong.toml", "--only", "maps", "--format", "svg", "--out", "out", "--quiet"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    let words = common::words_of(&bench.read("out/maps/fields.svg"));
    let communes = rows(&bench.read("out/tables/communes.csv"));
    let commune = communes.iter().find(|row| words.contains(&format!("{}:", row["name"]))).expect("the commune of the map");
    let (at_risk, linked) = (number(commune, "linked_at_risk_ha"), number(commune, "linked_ha"));
    let headline = format!("Trong đó {at_risk:.0} ha có hợp đồng (trên tổng {linked:.0} ha)");
    assert!(words.contains(&headline), "\"{headline}\" in {words}");
    // The classes from medium on, by hand of the words beside them, are the same hectares.
    let (_, contracts) = words.split_once("Trong đó có hợp đồng").expect("the second list");
    let hectares = |class: &str| -> f64 {
        let (_, rest) = contracts.split_once(class).unwrap_or_else(|| panic!("{class} in {contracts}"));
        let amount = rest.split(" · ").nth(1).and_then(|rest| rest.split(" ha").next()).expect("hectares");
        amount.replace('.', "").replace(',', ".").parse().expect("a number")
    };
    near(hectares("trung bình") + hectares("nặng"), at_risk, 0.11, "contracted from medium on");
    near(hectares("Cộng"), linked, 0.06, "contracted");
    assert!(!words.contains("mất trắng"), "no field is lost, and no class is listed for it");
}

//! `kind = "forecast"` in a project: next week from the weeks before, marked as a forecast; and the worklist.

mod common;

use common::{Bench, collection, feature, number, rows, square, two_communes};
use std::fmt::Write;

/// Four fields of two communes, one of them under contract with 50 ha, surveyed in three weeks.
fn bench(period: &str, more: &str) -> Bench {
    let bench = Bench::new();
    let field = |id: &str, west: f64, harvest: &str| {
        feature(&format!("\"field_id\":\"{id}\",\"gat\":\"{harvest}\",\"gd\":\"trỗ\""), &square(west, 10.02, west + 0.01, 10.03))
    };
    let fields = [
        field("a", 105.02, "2024-04-20"),
        field("b", 105.05, "2024-06-01"),
        field("c", 105.12, "2024-06-01"),
        field("d", 105.15, "2024-06-01"),
    ];
    let mut survey = String::from("field_id,date,pest,severity\n");
    for (day, levels) in [("2024-03-19", [1, 0, 1, 0]), ("2024-03-26", [2, 1, 1, 0]), ("2024-04-02", [3, 1, 2, 0])] {
        for (id, level) in ["a", "b", "c", "d"].iter().zip(levels) {
            let _ = writeln!(survey, "{id},{day},rầy nâu,{level}");
        }
    }
    bench
        .write("c.geojson", two_communes())
        .write("f.geojson", collection(&fields))
        .write("s.csv", survey)
        .write("l.csv", "field_id,enterprise,contracted_ha\na,HTX,30\nc,HTX,20\n")
        .write(
            "ruong.toml",
            format!(
                "version = 1\n{period}\n[communes]\nfile = \"c.geojson\"\nname = \"name\"\n[fields]\nfile = \"f.geojson\"\nid = \"field_id\"\nharvest = \"gat\"\nstage = \"gd\"\n\
                 [[tables]]\nid = \"s\"\nkind = \"pest-forecast\"\nfile = \"s.csv\"\nkey = {{ field = \"field_id\" }}\n\
                 [[tables]]\nid = \"l\"\nkind = \"linked-production\"\nfile = \"l.csv\"\nkey = {{ field = \"field_id\" }}\n{more}"
            ),
        );
    bench
}

const WEEKLY: &str = "[[tables]]\nid = \"next\"\nkind = \"forecast\"\nmodel = \"weekly\"\n";
const NEXT: &str = "period = { from = 2024-04-05, to = 2024-04-11 }";

#[test]
fn contracted_hectares_forecast_to_be_hit_next_week() {
    let bench = bench(NEXT, WEEKLY);
    let ran = bench.run(&["build", ".", "--format", "svg", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = rows(&bench.read("out/tables/communes.csv"));
    // Two weeks prove no model, so the last week persists: a (severity 3) and c (2) with all they have under contract.
    assert_eq!([number(&found[0], "linked_at_risk_ha"), number(&found[1], "linked_at_risk_ha")], [30.0, 20.0]);
    assert_eq!(number(&found[0], "linked_at_risk_ha_change_previous"), 0.0);
    let forecast = rows(&bench.read("out/tables/forecast.csv"));
    assert_eq!(forecast.len(), 2);
    assert!(
        forecast.iter().all(|row| row["model"] == "persistence" && row["last_week"] == "2024-03-29" && row["weeks_ahead"] == "1")
    );
    let words =
        |svg: &str| svg.split('<').map(|part| part.split_once('>').map_or("", |(_, words)| words)).collect::<Vec<_>>().join(" ");
    let map = words(&bench.read("out/maps/linked-at-risk-ha.svg"));
    for part in ["FORECAST", "Forecast for:", "data up to 02/04/2024", "too few weeks to prove any model"] {
        assert!(map.contains(part), "{part}: {map}");
    }
    // Contracts are no forecast.
    assert!(!words(&bench.read("out/maps/linked-ha.svg")).contains("FORECAST"));
    assert!(bench.read("out/run.json").contains("too few weeks"));
}

#[test]
fn without_a_period_the_next_week_is_meant() {
    let bench = bench("", WEEKLY);
    let ran = bench.run(&["build", ".", "--only", "tables", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(bench.read("out/run.json").contains("\"2024-04-03\""), "{}", bench.read("out/run.json"));
}

#[test]
fn periods_that_were_seen_or_lie_too_far() {
    let seen = bench("period = { from = 2024-03-29, to = 2024-04-04 }", WEEKLY);
    let ran = seen.run(&["build", ".", "--only", "tables", "--lang", "en", "--verbose"]);
    assert!(ran.code == 0 && ran.stderr.contains("nothing is forecast"), "{}", ran.stderr);
    assert!(!seen.path("out/tables/forecast.csv").exists());
    let far = bench("period = { from = 2024-07-05, to = 2024-07-11 }", WEEKLY);
    let ran = far.run(&["build", ".", "--only", "tables", "--lang", "en"]);
    assert!(ran.code == 2 && ran.stderr.contains("02/04/2024") && ran.stderr.contains("correct period"), "{}", ran.stderr);
}

#[test]
fn forecasts_that_lack_something() {
    for (table, says) in [
        ("[[tables]]\nid = \"n\"\nkind = \"forecast\"\n", "needs a model"),
        ("[[tables]]\nid = \"n\"\nkind = \"forecast\"\nmodel = \"leaf-blast\"\n", "needs a file of weather"),
        ("[[tables]]\nid = \"n\"\nkind = \"forecast\"\nmodel = \"leaf-blast\"\nfile = \"w.csv\"\n", "needs emergence"),
        ("[[tables]]\nid = \"n\"\nkind = \"forecast\"\nmodel = \"insects\"\nfile = \"w.csv\"\n", "species and start"),
        (
            "[[tables]]\nid = \"n\"\nkind = \"forecast\"\nmodel = \"leaf-blst\"\nfile = \"w.csv\"\nemergence = 2024-01-01\n",
            "did you mean \"leaf-blast\"",
        ),
    ] {
        let bench = bench(NEXT, table);
        bench.write("w.csv", "date,temp,rhum,rain\n2024-01-01,25,95,0\n");
        let ran = bench.run(&["build", ".", "--lang", "en"]);
        assert!(ran.code == 2 && ran.stderr.contains(says), "{table}: {}", ran.stderr);
    }
}

#[test]
fn reported_areas_are_forecast_in_hectares() {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("a.csv", "code,svgh,ngày,dt nhiễm\n00412,rầy nâu,2024-03-29,40\n00413,rầy nâu,2024-03-22,7\n").write(
        "ruong.toml",
        format!("version = 1\n{NEXT}\n[communes]\nfile = \"c.geojson\"\nname = \"name\"\n[[tables]]\nid = \"a\"\nkind = \"infested-area\"\nfile = \"a.csv\"\nkey = {{ commune = \"code\" }}\n{WEEKLY}"),
    );
    let ran = bench.run(&["build", ".", "--only", "tables", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = rows(&bench.read("out/tables/communes.csv"));
    assert_eq!([number(&found[0], "infested_ha"), number(&found[1], "infested_ha")], [40.0, 7.0]);
}

#[test]
fn weather_of_communes_is_an_indicator() {
    let bench = bench(
        NEXT,
        "[[tables]]\nid = \"dao-on\"\nkind = \"forecast\"\nmodel = \"leaf-blast\"\nfile = \"w.csv\"\nemergence = 2024-04-01\n",
    );
    // Emergence to 10 days: age allows all; at 20 degrees temperature does; three of the seven days of the period are wet.
    let mut weather = String::from("date,temp,rhum,rain\n");
    for day in 1..=11 {
        let humidity = if (5..=7).contains(&day) { 90 } else { 80 };
        let _ = writeln!(weather, "2024-04-{day:02},20,{humidity},0");
    }
    bench.write("w.csv", weather);
    let ran = bench.run(&["build", ".", "--only", "tables", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = rows(&bench.read("out/tables/communes.csv"));
    // Ages 4, 5 and 6: 1 each.
    assert!((number(&found[0], "dao-on.leaf_blast_favourability") - 100.0 * 3.0 / 7.0).abs() < 1e-4);
}

#[test]
fn the_worklist_is_sorted_and_respects_harvest() {
    let bench = bench("period = { from = 2024-03-29, to = 2024-04-04 }", "");
    let run = |more: &[&str]| {
        let ran = bench.run(&[&["worklist", ".", "--out", "w", "--lang", "en"], more].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        (rows(&bench.read("w/worklist.csv")), ran.stderr)
    };
    let ids =
        |rows: &[std::collections::BTreeMap<String, String>]| rows.iter().map(|row| row["field_id"].clone()).collect::<Vec<_>>();
    let (list, _) = run(&[]);
    assert_eq!(ids(&list), ["a", "c"]);
    assert_eq!((list[0]["severity"].as_str(), list[0]["linked_ha"].as_str(), list[0]["stage"].as_str()), ("3", "30", "trỗ"));
    assert!((number(&list[0], "lon") - 105.025).abs() < 1e-6 && (number(&list[0], "lat") - 10.025).abs() < 1e-6);
    // Sprayed on 10 April, a is 10 days from harvest: with 14 days to keep it stands last and is held back.
    let (list, said) = run(&["--severity", "1", "--date", "2024-04-10", "--pre-harvest-days", "14"]);
    assert_eq!(ids(&list), ["c", "b", "a"]);
    assert_eq!((list[2]["days_to_harvest"].as_str(), list[2]["state"].as_str()), ("10", "near harvest, do not spray"));
    assert!(said.contains("too near harvest"), "{said}");
    let kml = bench.read("w/worklist.kml");
    assert_eq!(kml.matches("<Placemark>").count(), 3);
    assert!(kml.contains("105.02,10.02 ") && kml.contains("<value>rầy nâu (light)</value>"), "{kml}");
    let geojson: serde_json::Value = serde_json::from_str(&bench.read("w/worklist.geojson")).expect("json");
    assert_eq!(geojson["features"].as_array().map(Vec::len), Some(3));
    let (list, _) = run(&["--commune", "00413", "--severity", "1"]);
    assert_eq!(ids(&list), ["c"]);
    let ran = bench.run(&["worklist", ".", "--out", "w", "--lang", "en", "--pest", "rầy nau"]);
    assert!(ran.code == 2 && ran.stderr.contains("did you mean \"rầy nâu\""), "{}", ran.stderr);
}

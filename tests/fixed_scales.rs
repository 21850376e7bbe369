//! `ruong scales fix`: classes that stay as they are when another week comes.

mod common;

use common::{Bench, two_communes};

const PROJECT: &str = "version = 1\nperiod = \"latest\"\n[communes]\nfile = \"c.geojson\"\ncode = \"code\"\nname = \"name\"\n\
    [[tables]]\nid = \"n\"\nkind = \"infested-area\"\nfile = \"n*.csv\"\nkey = { commune = \"code\" }\n[[maps]]\nid = \"m\"\nmeasure = \"infested_ha\"\n";

fn week(day: &str, hectares: [u32; 2]) -> String {
    format!("code,date,pest,total_ha\n00412,{day},rầy nâu,{}\n00413,{day},rầy nâu,{}\n", hectares[0], hectares[1])
}

/// Breaks that the map was drawn with, by the record of the run.
fn bounds(bench: &Bench) -> Vec<f64> {
    let ran = bench.run(&["build", ".", "--only", "maps", "--format", "svg", "--quiet"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    let record: serde_json::Value = serde_json::from_str(&bench.read("out/run.json")).expect("a record");
    let scale = record["scales"].as_array().expect("scales").iter().find(|scale| scale["of"] == "measure infested_ha");
    let breaks = scale.unwrap_or_else(|| panic!("{}", record["scales"]))["breaks"].as_array().expect("breaks");
    breaks.iter().filter_map(serde_json::Value::as_f64).collect()
}

#[test]
fn breaks_of_all_weeks_stay_when_the_next_one_comes() {
    let bench = Bench::new();
    bench
        .write("c.geojson", two_communes())
        .write("ruong.toml", PROJECT)
        .write("later.csv", week("2024-03-18", [300, 700]))
        .write("n1.csv", week("2024-04-01", [3, 40]))
        .write("n2.csv", week("2024-04-08", [12, 90]));
    let before = bench.read("ruong.toml");
    // Without --write it prints what could be added, and changes nothing.
    let ran = bench.run(&["scales", "fix", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("[scales.infested]\nbreaks = [") && bench.read("ruong.toml") == before, "{}", ran.stdout);
    // A week of a month ago is held too.
    bench.write("n0.csv", bench.read("later.csv"));
    let breaks = |text: &str| text.lines().find(|line| line.starts_with("breaks")).map(str::to_owned);
    assert_ne!(breaks(&bench.run(&["scales", "fix", "--quiet"]).stdout), breaks(&ran.stdout));
    let ran = bench.run(&["scales", "fix", ".", "--write", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let after = bench.read("ruong.toml");
    assert!(after.starts_with(&before) && after.contains("[scales.infested]"), "{after}");
    let breaks: Vec<f64> = after
        .split("breaks = [")
        .nth(1)
        .and_then(|rest| rest.split(']').next())
        .expect("breaks")
        .split(", ")
        .map(|number| number.parse().expect("a number"))
        .collect();
    assert!(breaks.iter().all(|cut| *cut > 3.0 && *cut <= 700.0) && breaks.len() > 1, "{breaks:?}");
    assert_eq!(bounds(&bench), breaks);
    bench.write("n3.csv", week("2024-04-15", [4000, 2]));
    assert_eq!(bounds(&bench), breaks, "another week moves nothing");
    let again = bench.run(&["scales", "fix", "--write"]);
    assert!(again.code == 0 && again.stderr.contains("mọi thang đã có mốc cố định"), "{}", again.stderr);
    assert_eq!(bench.read("ruong.toml"), after);
    // Left to themselves they would have moved.
    bench.write("ruong.toml", &before);
    assert_ne!(bounds(&bench), breaks);
}

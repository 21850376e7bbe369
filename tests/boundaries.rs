//! What `ruong check` says of boundaries that do not cover their area as they should.

mod common;

use common::{Bench, collection, feature, land, number, of_land, real, rows, square};

fn check(bench: &Bench) -> Vec<serde_json::Value> {
    let ran = bench.run(&["check", "ruong.toml", "--json", "--lang", "en"]);
    let found: serde_json::Value = serde_json::from_str(&ran.stdout).expect("one JSON object");
    found["problems"].as_array().expect("a list").clone()
}

fn said(problems: &[serde_json::Value], code: &str) -> Vec<String> {
    let these = problems.iter().filter(|problem| problem["code"] == code);
    these.map(|problem| problem["problem"].as_str().expect("words").to_owned()).collect()
}

#[test]
fn overlaps_gaps_holes_spikes_and_doubled_units_are_listed_with_place_and_hectares() {
    let bench = Bench::new();
    // On the equator a hundredth of a degree square is 1113.195 m × 1105.743 m = 123.0907 ha (Karney's geodesics).
    let unit = |code: &str, coordinates: &str| feature(&format!("\"code\":\"{code}\""), coordinates);
    let frame = "[[[105.0,0.02],[105.05,0.02],[105.05,0.07],[105.0,0.07],[105.0,0.02]],[[105.02,0.04],[105.02,0.05],[105.03,0.05],[105.03,0.04],[105.02,0.04]]]";
    let spiked =
        "[[[105.03,0.0],[105.04,0.0],[105.04,0.01],[105.035,0.01],[105.035,0.02],[105.035,0.01],[105.03,0.01],[105.03,0.0]]]";
    let features = [
        unit("a", &square(105.0, 0.0, 105.02, 0.01)),
        unit("b", &square(105.01, 0.0, 105.03, 0.01)),
        unit("c", frame),
        unit("d", spiked),
        unit("e", &square(105.06, 0.0, 105.07, 0.01)),
        unit("f", &square(105.06, 0.0, 105.07, 0.01)),
    ];
    bench.write("xa.geojson", format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(",")));
    bench.write("ruong.toml", "version = 1\n[communes]\nfile = \"xa.geojson\"\n");
    let problems = check(&bench);
    let overlaps = said(&problems, "overlap");
    assert_eq!(overlaps.len(), 1, "{overlaps:?}");
    assert!(overlaps[0].contains("a and b overlap by 123.09 ha"), "{overlaps:?}");
    assert!(overlaps[0].contains("[105.015000, 0.005000]"), "{overlaps:?}");
    let gaps = said(&problems, "gap");
    assert!(gaps.len() == 1 && gaps[0].contains("123.09 ha"), "{gaps:?}");
    assert!(said(&problems, "hole")[0].contains("c has a hole of 123.09 ha"));
    assert_eq!(said(&problems, "spike"), ["the boundary of d has a spike at [105.035000, 0.020000]"]);
    assert_eq!(said(&problems, "doubled-unit"), ["e and f are the same land"]);
}

#[test]
fn a_clean_coverage_has_nothing_to_say() {
    let bench = Bench::new();
    let units: Vec<String> = (0..9)
        .map(|i| {
            let (x, y) = (105.0 + f64::from(i % 3) * 0.01, 10.0 + f64::from(i / 3) * 0.01);
            feature(&format!("\"code\":\"{i}\""), &square(x, y, x + 0.01, y + 0.01))
        })
        .collect();
    bench.write("xa.geojson", format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", units.join(",")));
    bench.write("ruong.toml", "version = 1\n[communes]\nfile = \"xa.geojson\"\n");
    let problems = check(&bench);
    for code in ["overlap", "gap", "hole", "spike", "doubled-unit"] {
        assert_eq!(said(&problems, code), Vec::<String>::new(), "{code}");
    }
}

/// Hectares by which communes that were simplified one by one overlap, as `check` tells them.
fn overlaps(file: &std::path::Path, code: &str) -> f64 {
    let bench = Bench::new();
    bench.write("ruong.toml", format!("version = 1\n[communes]\nfile = {:?}\ncode = \"{code}\"\n", file.to_string_lossy()));
    let problems = check(&bench);
    said(&problems, "overlap")
        .iter()
        .filter_map(|text| text.split("overlap by ").nth(1)?.split(' ').next()?.parse::<f64>().ok())
        .sum()
}

#[test]
fn communes_overlap_as_geos_has_it() {
    let hectares = overlaps(&land("communes_before.geojson"), "code");
    assert!((hectares - of_land("overlap_ha")).abs() < 0.01, "{hectares}");
    // The 144 communes of Đồng Tháp of 2009.
    let Some(file) = real("vietnam/dong_thap_communes_2009.geojson") else { return };
    let hectares = overlaps(&file, "commune_id");
    assert!((995.0..1005.0).contains(&hectares), "{hectares}");
}

#[test]
fn repair_closes_slivers_when_asked_and_says_what_it_changed() {
    let bench = Bench::new();
    // Two squares drawn half a metre apart along a border where the second has one position more, and a third that overlaps.
    let a = "[[[105.0,10.0],[105.01,10.0],[105.01,10.01],[105.0,10.01],[105.0,10.0]]]";
    let b = "[[[105.010004,10.0],[105.02,10.0],[105.02,10.01],[105.010004,10.01],[105.010003,10.005],[105.010004,10.0]]]";
    let c = "[[[105.0,10.009997],[105.02,10.009997],[105.02,10.02],[105.0,10.02],[105.0,10.009997]]]";
    let units: Vec<String> = [a, b, c].iter().enumerate().map(|(i, ring)| feature(&format!("\"code\":\"{i}\""), ring)).collect();
    bench.write("xa.geojson", format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", units.join(",")));
    let project = |repair: &str| format!("version = 1\n[communes]\nfile = \"xa.geojson\"\n{repair}\n");
    bench.write("ruong.toml", project(""));
    let before = check(&bench);
    assert!(!said(&before, "overlap").is_empty());
    assert_eq!(said(&before, "repaired"), Vec::<String>::new(), "nothing is repaired without being asked");
    bench.write("ruong.toml", project("repair = \"snap:1m\""));
    let after = check(&bench);
    assert_eq!((said(&after, "overlap"), said(&after, "gap")), (vec![], vec![]));
    let told = said(&after, "repaired");
    assert!(told.last().expect("it is told").contains("after 0 overlaps (0.0000 ha), 0 gaps (0.0000 ha)"), "{told:?}");
    assert!(told.iter().any(|text| text.starts_with("1: ") && text.contains("ha before the repair")), "{told:?}");
    bench.write("ruong.toml", project("repair = \"fix\""));
    let ran = bench.run(&["check", "ruong.toml"]);
    assert!(ran.code == 2 && ran.stderr.contains("snap:1m"), "{}", ran.stderr);
}

#[test]
fn a_file_of_a_province_serves_one_district() {
    let bench = Bench::new();
    let one = |i: usize, name: &str, district: &str| {
        let west = 105.0 + 0.1 * i as f64;
        feature(&format!("\"ma\":\"3100{i}\",\"ten\":\"{name}\",\"huyen\":\"{district}\""), &square(west, 10.0, west + 0.1, 10.1))
    };
    let units = [
        one(0, "Xã An Hòa", "Hồng Ngự"),
        one(1, "Xã Tân Hội", "Hồng Ngự"),
        one(2, "Xã An Hòa", "Tam Nông"),
        one(3, "Xã Phú Đức", "Tam Nông"),
    ];
    bench
        .write("tinh.geojson", collection(&units))
        .write("t.csv", "ma,ha\n31000,10\n31001,20\n31002,400\n31003,800\n31009,1\n")
        .write("n.csv", "xa,ho\nTân Hội,5\nPhú Đức,7\nAn Hòa,9\n");
    let project = |choice: &str| {
        let text = format!(
            "version = 1\nlanguage = \"en\"\n[communes]\nfile = \"tinh.geojson\"\ncode = \"ma\"\nname = \"ten\"\n{choice}\n[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nkey = {{ commune = \"ma\" }}\n[[tables]]\nid = \"n\"\nkind = \"indicator\"\nfile = \"n.csv\"\nkey = {{ commune_name = \"xa\" }}\n"
        );
        bench.write("ruong.toml", text);
        bench.run(&["build", ".", "--format", "svg", "--only", "tables,maps"])
    };
    for choice in ["where = { huyen = \"hồng ngự\" }", "only = [\"31000\", \"Tân Hội\"]"] {
        let ran = project(choice);
        let communes = rows(&bench.read("out/tables/communes.csv"));
        let codes: Vec<&str> = communes.iter().map(|row| row["code"].as_str()).collect();
        assert_eq!(codes, ["31000", "31001"], "{choice}: {}", ran.stderr);
        assert_eq!((number(&communes[0], "t.ha"), number(&communes[1], "t.ha")), (10.0, 20.0));
        let problems = bench.read("out/problems.csv");
        // Rows of the other district are no errors, a code that no one has is one; a name of both districts is not ours by guess.
        assert!(problems.contains("2 rows are of units outside of the ones chosen"), "{problems}");
        assert!(problems.contains("31009") && problems.contains("several units have this name"), "{problems}");
        assert_eq!((communes[0]["n.ho"].as_str(), communes[1]["n.ho"].as_str()), ("", "5"));
        let map = std::fs::read_dir(bench.path("out/maps")).expect("maps").flatten().next().expect("a map").path();
        let svg = std::fs::read_to_string(map).expect("an SVG");
        assert!(svg.matches("An Hòa").count() >= 2, "the neighbour of the same name is drawn with its name");
    }
    for (choice, words) in [
        ("where = { huyen = \"Cao Lãnh\" }", "Tam Nông"),
        ("only = [\"Tân Hộii\"]", "Tân Hội"),
        ("where = { x = \"1\" }", "\"x\""),
    ] {
        let ran = project(choice);
        assert!(ran.code == 2 && ran.stderr.contains(words), "{choice}: {}", ran.stderr);
    }
}

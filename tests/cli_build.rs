//! `ruong build`, as a user runs it.

mod common;
use common::*;

fn sample() -> String {
    root().join("data/hong-ngu").display().to_string()
}

#[test]
fn the_sample_answers_the_question_and_every_published_total_is_exact() {
    let bench = Bench::new();
    let ran = bench.run(&["build", &sample(), "--out", "o"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("/ 3.000,0 ha"), "{}", ran.stderr);
    let communes = rows(&bench.read("o/tables/communes.csv"));
    assert_eq!(communes.len(), 10);
    let sum = |column: &str| communes.iter().filter(|row| !row[column].is_empty()).map(|row| number(row, column)).sum::<f64>();
    assert!((sum("linked_ha") - 3000.0).abs() < 1e-4);
    assert!((sum("organic.ha") - 9.45).abs() < 1e-9);
    assert_eq!(sum("organic.members"), 10.0);
    assert_eq!((sum("programmes.ocop_4_sao"), sum("programmes.ocop_3_sao")), (5.0, 14.0));
    assert_eq!(sum("programmes.nong_thon_moi"), 9.0);
    for (id, percent) in [("vietgap", 113.0), ("ocop", 126.67), ("xa_lu", 180.0)] {
        let reached = 100.0 * sum(&format!("programmes.{id}_result")) / sum(&format!("programmes.{id}_plan"));
        assert!((reached - percent).abs() < 0.005, "{id}: {reached}");
    }
    // Areas of the units within 10 % of the census; the district has 20,973 ha.
    assert!((sum("area_ha") / 20_973.0 - 1.0).abs() < 0.001);
    for (code, hectares) in [("29956", 3431.0), ("29983", 949.0), ("29995", 2414.0), ("29962", 1362.0)] {
        let row = communes.iter().find(|row| row["code"] == code).expect("the unit");
        assert!((number(row, "area_ha") / hectares - 1.0).abs() < 0.1, "{code}");
    }
    for name in ["maps/linked-at-risk-ha", "maps/fields", "charts/infested-by-week", "charts/attainment"] {
        for ending in ["png", "svg", "pdf"] {
            let size = std::fs::metadata(bench.path(&format!("o/{name}.{ending}"))).map(|m| m.len()).unwrap_or(0);
            assert!(size > 3000, "{name}.{ending} has {size} bytes");
        }
    }
    for name in ["tables/communes.xlsx", "tables/communes.geojson", "problems.csv", "run.json"] {
        assert!(bench.path(&format!("o/{name}")).exists(), "{name}");
    }
}

#[test]
fn every_map_says_that_boundaries_are_schematic_in_letters_that_can_be_searched() {
    let bench = Bench::new();
    bench.run(&["build", &sample(), "--out", "o", "--only", "maps", "--format", "svg", "--quiet"]);
    let maps: Vec<_> = std::fs::read_dir(bench.path("o/maps")).expect("maps").flatten().collect();
    assert!(maps.len() >= 6);
    for map in maps.iter().filter(|map| map.path().extension().is_some_and(|ending| ending == "svg")) {
        let text = std::fs::read_to_string(map.path()).expect("an SVG");
        // Maps of several weeks say which.
        let period =
            if map.path().ends_with("weeks.svg") { "tuần, từ " } else { "Kỳ báo cáo: 05/04/2024 – 11/04/2024" };
        // What a table states without a day is of no week.
        let undated = map.file_name().to_string_lossy().starts_with("programmes")
            || text.contains("Cơ giới hóa")
            || text.contains("OCOP")
            || text.contains("VietGAP")
            || text.contains("hữu cơ");
        let period = if undated { "" } else { period };
        for words in ["Ranh giới minh họa", period, "Phòng Nông nghiệp huyện Hồng Ngự"] {
            assert!(text.contains(words), "{words} in {:?}", map.path());
        }
    }
}

#[test]
fn english_is_a_choice() {
    let bench = Bench::new();
    let ran = bench.run(&["build", &sample(), "--out", "o", "--lang", "en", "--only", "charts", "--format", "svg"]);
    assert!(ran.stderr.contains("Area under contract at risk") && ran.stderr.contains("3,000.0 ha"), "{}", ran.stderr);
    assert!(bench.read("o/charts/linked-at-risk-by-commune.svg").contains("Area under contract at risk by commune"));
}

#[test]
fn only_and_format_limit_what_is_written() {
    let bench = Bench::new();
    bench.run(&["build", &sample(), "--out", "o", "--only", "tables", "--quiet"]);
    assert!(bench.path("o/tables").exists() && !bench.path("o/maps").exists() && !bench.path("o/charts").exists());
    bench.run(&["build", &sample(), "--out", "p", "--only", "charts", "--format", "png", "--quiet"]);
    assert!(bench.path("p/charts/attainment.png").exists() && !bench.path("p/charts/attainment.pdf").exists());
}

#[test]
fn json_is_the_only_thing_on_stdout() {
    let bench = Bench::new();
    let ran = bench.run(&["build", &sample(), "--out", "o", "--only", "tables", "--json"]);
    let record: serde_json::Value = serde_json::from_str(&ran.stdout).expect("one JSON object");
    let input = &record["inputs"][0];
    assert_eq!((input["role"].as_str(), input["rows"].as_u64()), (Some("communes"), Some(10)));
    // The fingerprint is that of the file, by another program's reckoning where there is one.
    assert_eq!(input["sha256"].as_str().map(str::len), Some(64));
    let quiet = bench.run(&["build", &sample(), "--out", "o", "--only", "tables", "--quiet"]);
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""));
}

#[test]
fn a_map_that_cannot_be_made_does_not_stop_the_others() {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write(
        "ruong.toml",
        format!("{COMMUNES_ONLY}[[maps]]\nid = \"good\"\nmeasure = \"area_ha\"\n[[maps]]\nid = \"bad\"\nmeasure = \"aera_ha\"\n"),
    );
    let ran = bench.run(&["build", ".", "--lang", "en", "--format", "svg"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(bench.path("out/maps/good.svg").exists() && !bench.path("out/maps/bad.svg").exists());
    assert!(ran.stderr.contains("no measure \"aera_ha\"") && ran.stderr.contains("did you mean \"area_ha\"?"), "{}", ran.stderr);
}

#[test]
fn states_without_a_number_are_hatched_and_counted() {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("i.csv", "code,ho\n00412,5\n").write(
        "ruong.toml",
        format!("{COMMUNES_ONLY}[[tables]]\nid = \"i\"\nkind = \"indicator\"\nfile = \"i.csv\"\nkey = {{ commune = \"code\" }}\n[[maps]]\nid = \"m\"\nmeasure = \"i.ho\"\n"),
    );
    assert_eq!(bench.run(&["build", ".", "--quiet"]).code, 0);
    let svg = bench.read("out/maps/m.svg");
    assert!(svg.contains("không có số liệu"));
    // The commune and its swatch in the legend carry the same hatch.
    assert_eq!(svg.matches("url(#diagonal-ffffff-8a9096)").count(), 2);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_one_clear_error() {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("ruong.toml", COMMUNES_ONLY).write("taken", "a file, not a folder");
    let ran = bench.run(&["build", ".", "--out", "taken/out", "--quiet", "--lang", "en"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("taken/out"), "{}", ran.stderr);
}

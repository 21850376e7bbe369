//! Insects by degree days under weather whose days can be counted by hand, and weather between stations.

mod common;

use common::{Bench, number, rows, two_communes};
use std::fmt::Write;

/// Days of one temperature all day long.
fn constant(station: &str, from: &str, days: u64, mean: f64) -> String {
    let start: chrono::NaiveDate = from.parse().expect("a day");
    let mut text = String::new();
    for step in 0..days {
        let _ = writeln!(text, "{station},{},{mean},{mean},{mean},95,0", start + chrono::Days::new(step));
    }
    text
}

const HEAD: &str = "station,date,tmin,tmax,temp,rhum,rain\n";

#[test]
fn stages_last_as_long_as_their_degree_days() {
    let bench = Bench::new();
    bench.write("w.csv", format!("{HEAD}{}", constant("", "2024-01-01", 60, 27.0)));
    let ran = bench.run(&[
        "forecast",
        "insects",
        "--species",
        "leaf-folder",
        "--weather",
        "w.csv",
        "--from",
        "2024-01-01",
        "--generations",
        "1",
        "--lang",
        "en",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    // 57.1 / (27 − 12.5) = 3.94 days; 203.7 / 14.8 = 13.76, together 17.70; 81.2 / 12.8 = 6.34, together 24.05.
    let found = rows(&ran.stdout);
    let ends: Vec<(&str, &str)> = found.iter().map(|row| (row["id"].as_str(), row["to"].as_str())).collect();
    assert_eq!(ends, [("egg", "2024-01-04"), ("larva", "2024-01-18"), ("pupa", "2024-01-25")]);
    assert!(found.iter().all(|row| row["basis"] == "weather"));
    // With weather for ten days only, the larva ends on days like the last ones, and that is said; or not at all.
    bench.write("w.csv", format!("{HEAD}{}", constant("", "2024-01-01", 10, 27.0)));
    let run = |beyond: &str| {
        let ran = bench.run(&[
            "forecast",
            "insects",
            "--species",
            "leaf-folder",
            "--weather",
            "w.csv",
            "--from",
            "2024-01-01",
            "--generations",
            "1",
            "--beyond",
            beyond,
        ]);
        rows(&ran.stdout)
    };
    assert_eq!((run("recent")[1]["to"].as_str(), run("recent")[1]["basis"].as_str()), ("2024-01-18", "extended"));
    assert_eq!((run("none")[1]["to"].as_str(), run("none")[1]["basis"].as_str()), ("", "beyond the weather"));
}

#[test]
fn the_planthopper_default_says_that_it_is_derived() {
    let bench = Bench::new();
    bench.write("w.csv", format!("{HEAD}{}", constant("", "2024-01-01", 60, 27.0)));
    let ran = bench.run(&[
        "forecast",
        "insects",
        "--species",
        "brown-planthopper",
        "--weather",
        "w.csv",
        "--from",
        "01/01/2024",
        "--generations",
        "1",
        "--lang",
        "en",
    ]);
    assert!(ran.stderr.contains("Derived, not published"), "{}", ran.stderr);
    // 350 / 15.5 = 22.6 days; nymphs of instars 2 to 3 after 226 / 15.5 = 14.6.
    let found = rows(&ran.stdout);
    let of = |id: &str| found.iter().find(|row| row["id"] == id).expect("a row");
    assert_eq!((of("nymph-2-3")["from"].as_str(), of("generation")["to"].as_str()), ("2024-01-15", "2024-01-23"));
}

#[test]
fn communes_get_the_weather_between_stations() {
    let bench = Bench::new();
    let weather = format!("{HEAD}{}{}", constant("Tây", "2024-01-01", 130, 20.0), constant("Đông", "2024-01-01", 130, 30.0));
    // Centroids at 105.05 and 105.15: one station on the first, the other 0.3 degrees east of it.
    bench
        .write("w.csv", weather)
        .write("c.geojson", two_communes())
        .write("s.csv", "trạm,lon,lat\nTây,105.05,10.05\nĐông,105.35,10.05\n");
    let run = |more: &[&str]| {
        let ran = bench.run(
            &[
                &[
                    "forecast",
                    "insects",
                    "--species",
                    "leaf-folder",
                    "--weather",
                    "w.csv",
                    "--from",
                    "2024-01-01",
                    "--generations",
                    "1",
                    "--zones",
                    "c.geojson",
                    "--stations",
                    "s.csv",
                    "--lang",
                    "en",
                ],
                more,
            ]
            .concat(),
        );
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        rows(&ran.stdout)
    };
    let egg = |found: &[std::collections::BTreeMap<String, String>], unit: &str| {
        found.iter().find(|row| row["unit"] == unit && row["id"] == "egg").expect("a row")["to"].clone()
    };
    // Nearest: both communes have 20 degrees: 57.1 / 7.5 = 7.6 days.
    let near = run(&[]);
    assert_eq!((egg(&near, "00412"), egg(&near, "00413")), ("2024-01-08".to_owned(), "2024-01-08".to_owned()));
    // Inverse distance squared: the second has (4 · 20 + 30) / 5 = 22 degrees: 57.1 / 9.5 = 6.0 days.
    let mixed = run(&["--between", "idw"]);
    assert_eq!((egg(&mixed, "00412"), egg(&mixed, "00413")), ("2024-01-08".to_owned(), "2024-01-07".to_owned()));
    let ran = bench.run(&[
        "forecast",
        "disease",
        "--model",
        "all",
        "--weather",
        "w.csv",
        "--emergence",
        "2024-01-01",
        "--zones",
        "c.geojson",
        "--stations",
        "s.csv",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = rows(&ran.stdout);
    assert_eq!(found.len(), 10);
    // Leaf blast is at its best at 20 degrees: what age allows is all that is left, on wet days.
    let blast = found.iter().find(|row| row["station"] == "00412" && row["model"] == "leaf-blast").expect("a row");
    assert!(number(blast, "favourability") > 0.2);
}

#[test]
fn starts_species_and_stations_that_are_not_there() {
    let bench = Bench::new();
    bench.write("w.csv", format!("{HEAD}{}", constant("Tây", "2024-01-01", 60, 27.0)));
    let run =
        |arguments: &[&str]| bench.run(&[&["forecast", "insects", "--weather", "w.csv", "--lang", "en"], arguments].concat());
    let ran = run(&["--species", "leaf-foldr", "--from", "2024-01-01"]);
    assert!(ran.code == 2 && ran.stderr.contains("did you mean \"leaf-folder\""), "{}", ran.stderr);
    let ran = run(&["--species", "leaf-folder", "--from", "2024-01-01", "--begins", "nymph"]);
    assert!(ran.code == 2 && ran.stderr.contains("egg, larva, pupa"), "{}", ran.stderr);
    let ran = run(&["--species", "leaf-folder", "--from", "2025-01-01"]);
    assert!(ran.stderr.contains("outside the weather"), "{}", ran.stderr);
    bench.write("starts.csv", "mã thửa,ngày sạ\nF1,10/01/2024\nF2,nay\n");
    let ran = run(&["--species", "leaf-folder", "--starts", "starts.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(rows(&ran.stdout).iter().all(|row| row["unit"] == "F1" && row["start"] == "2024-01-10"));
    assert!(ran.stderr.contains("cannot read this day"), "{}", ran.stderr);
    bench.write("c.geojson", two_communes()).write("s.csv", "trạm,lon,lat\nTay,105.05,10.05\n");
    let ran = run(&["--species", "leaf-folder", "--from", "2024-01-01", "--zones", "c.geojson", "--stations", "s.csv"]);
    assert!(ran.code == 2 && ran.stderr.contains("no position") && ran.stderr.contains("Tay"), "{}", ran.stderr);
}

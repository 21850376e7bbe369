//! Forecasts from weather: rice diseases and degree days as other programs have them, and weather that cannot be used.

mod common;

use common::{Bench, number, root, rows};
use std::collections::{BTreeMap, BTreeSet};

fn reference(name: &str) -> String {
    std::fs::read_to_string(root().join("tests/reference").join(name)).expect("reference")
}

#[test]
fn seasons_of_five_diseases_are_those_of_epicrop() {
    let bench = Bench::new();
    bench.write("w.csv", reference("epirice_weather.csv"));
    let expected = rows(&reference("epirice_daily.csv"));
    let columns = [
        ("sites", "sites"),
        ("latent", "latent"),
        ("infectious", "infectious"),
        ("removed", "removed"),
        ("senesced", "senesced"),
        ("diseased", "diseased"),
        ("rate_of_infection", "rateinf"),
        ("intensity", "intensity"),
        ("audpc", "AUDPC"),
    ];
    let diseases: BTreeSet<&String> = expected.iter().map(|row| &row["disease"]).collect();
    assert_eq!(diseases.len(), 5);
    for disease in diseases {
        let model = disease.replace('_', "-");
        let ran = bench.run(&[
            "forecast",
            "disease",
            "--model",
            &model,
            "--weather",
            "w.csv",
            "--emergence",
            "2024-08-05",
            "--out",
            "o.csv",
        ]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let found = rows(&bench.read("o.csv"));
        assert_eq!(found.len(), 120);
        for wanted in expected.iter().filter(|row| row["disease"] == *disease) {
            let day = number(wanted, "simday") as usize;
            let row = &found[day - 1];
            assert_eq!(row["date"], wanted["dates"]);
            for (ours, theirs) in columns {
                let (a, b) = (number(row, ours), number(wanted, theirs));
                assert!((a - b).abs() <= 1e-9 * b.abs().max(1.0), "{model} day {day} {ours}: {a}, epicrop {b}");
            }
        }
    }
}

#[test]
fn degree_days_are_those_of_the_published_formulas() {
    let bench = Bench::new();
    let mut by_thresholds: BTreeMap<(String, String), Vec<BTreeMap<String, String>>> = BTreeMap::new();
    for row in rows(&reference("degree_days.csv")) {
        by_thresholds.entry((row["lower"].clone(), row["upper"].clone())).or_default().push(row);
    }
    let mut compared = 0;
    for ((lower, upper), days) in by_thresholds {
        // Each day is a station of its own with the day after.
        let mut weather = "station,date,tmin,tmax\n".to_owned();
        for (at, row) in days.iter().enumerate() {
            let (min, max, next) = (&row["tmin"], &row["tmax"], &row["next_tmin"]);
            weather.push_str(&format!("s{at:02},2024-01-01,{min},{max}\ns{at:02},2024-01-02,{next},50\n"));
        }
        bench.write("w.csv", weather);
        let mut methods: Vec<(String, &str, &str)> =
            vec![("simple_avg".into(), "simple", "horizontal"), ("avg_clip_both".into(), "clip", "horizontal")];
        for method in ["single-sine", "double-sine", "single-triangle", "double-triangle"] {
            for cutoff in ["horizontal", "intermediate", "vertical"] {
                methods.push((format!("{}_{cutoff}", method.replace('-', "_")), method, cutoff));
            }
        }
        for (column, method, cutoff) in methods {
            let mut arguments =
                vec!["forecast", "degree-days", "--weather", "w.csv", "--lower", &lower, "--method", method, "--cutoff", cutoff];
            // The simple mean knows no upper threshold, and says so where one is given.
            if !upper.is_empty() && method != "simple" {
                arguments.extend(["--upper", &upper]);
            }
            arguments.extend(["--out", "o.csv"]);
            let ran = bench.run(&arguments);
            assert_eq!(ran.code, 0, "{}", ran.stderr);
            let found = rows(&bench.read("o.csv"));
            for (at, wanted) in days.iter().enumerate().filter(|(_, row)| !row[&column].is_empty()) {
                let (a, b) = (number(&found[2 * at], "degree_days"), number(wanted, &column));
                assert!((a - b).abs() < 1e-9, "{column} {wanted:?}: {a}");
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 1520);
}

/// Ten days that every model of ten days can run on.
fn weather() -> Vec<String> {
    (1..=10).map(|day| format!("2024-03-{day:02},2{}.5,9{},{}", day % 5, day % 10, day)).collect()
}

fn degree_days(bench: &Bench, weather: &str, more: &[&str]) -> common::Ran {
    bench.write("w.csv", weather);
    let mut arguments =
        vec!["forecast", "degree-days", "--weather", "w.csv", "--lower", "10", "--method", "simple", "--lang", "en"];
    arguments.extend(more);
    bench.run(&arguments)
}

#[test]
fn weather_that_cannot_be_is_refused_with_its_place() {
    let bench = Bench::new();
    let cases = [
        ("date,tmin,tmax\n2024-01-01,20,30\n2024-01-04,20,30\n", "first on 02/01/2024"),
        ("date,tmin,tmax\n2024-01-01,20,30\n2024-01-02,-,30\n", "lowest temperature is missing on 1 days"),
        ("date,tmin,tmax\n2024-01-01,20,30\n2024-01-02,31,30\n", "above the greatest"),
        ("date,tmin,tmax\n2024-01-01,75,93\n", "Fahrenheit"),
        ("date,tmin,tmax\n2024-01-01,20,30\n2024-01-01,20,31\n", "row 2 with other numbers"),
        ("date,tmin,tmax\n2024-01-01,20,nóng\n", "a number was expected"),
        ("date,tmin,tmax\nngày mưa,20,30\n", "cannot read this day"),
        ("date,tmin,rain\n2024-01-01,20,30\n", "least and greatest temperature"),
    ];
    for (weather, says) in cases {
        let ran = degree_days(&bench, weather, &[]);
        assert_eq!(ran.code, 2, "{weather}");
        let told = ran.stderr.split_whitespace().collect::<Vec<_>>().join(" ").replace("│ ", "");
        assert!(told.contains(says), "{weather}: {told}");
    }
}

#[test]
fn rows_in_any_order_and_filled_gaps_give_what_is_worked_out_by_hand() {
    let bench = Bench::new();
    let ran = degree_days(
        &bench,
        "Ngày,Nhiệt độ thấp nhất (°C),Nhiệt độ cao nhất (°C)\n04/01/2024,20,32\n01/01/2024,20,26\n",
        &["--fill", "linear", "--out", "o.csv"],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("2 missing days were filled"), "{}", ran.stderr);
    let cumulative: Vec<f64> = rows(&bench.read("o.csv")).iter().map(|row| number(row, "cumulative")).collect();
    // Greatest temperatures 26 28 30 32, least 20: means 23 24 25 26, less 10.
    assert_eq!(cumulative, [13.0, 27.0, 42.0, 58.0]);
}

#[test]
fn a_season_beyond_the_weather_and_an_unknown_model_are_refused() {
    let bench = Bench::new();
    bench.write("w.csv", format!("date,temp,rhum,rain\n{}\n", weather().join("\n")));
    let run = |model: &str| {
        bench.run(&["forecast", "disease", "--model", model, "--weather", "w.csv", "--emergence", "2024-03-05", "--lang", "en"])
    };
    let short = run("leaf-blast");
    assert_eq!(short.code, 2);
    assert!(short.stderr.contains("2024-03-10") && short.stderr.contains("2024-07-02"), "{}", short.stderr);
    let unknown = run("leaf-blats");
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("leaf-blast"), "{}", unknown.stderr);
}

#[test]
fn many_places_and_days_of_emergence_are_one_row_each_whatever_the_threads() {
    let bench = Bench::new();
    let weather = reference("epirice_weather.csv");
    let mut lines = weather.lines();
    let mut table = format!("tram,{}\n", lines.next().expect("headings"));
    for line in lines {
        table.push_str(&format!("B,{line}\nA,{line}\n"));
    }
    bench.write("w.csv", table);
    let shipped = std::fs::read_to_string(root().join("src/forecast/diseases/tungro.toml")).expect("parameters");
    bench.write("ngan.toml", shipped.replace("duration       = 120", "duration       = 100"));
    let ran = bench.run(&[
        "forecast",
        "disease",
        "--model",
        "leaf-blast,ngan.toml",
        "--weather",
        "w.csv",
        "--emergence",
        "2024-08-05",
        "--out",
        "o.csv",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = rows(&bench.read("o.csv"));
    let names: Vec<(String, String)> = found.iter().map(|row| (row["station"].clone(), row["model"].clone())).collect();
    let expected = [("A", "leaf-blast"), ("A", "tungro"), ("B", "leaf-blast"), ("B", "tungro")];
    assert_eq!(names, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    let season = rows(&reference("epirice_daily.csv"));
    let blast = season.iter().find(|row| row["disease"] == "leaf_blast").expect("leaf blast");
    assert!((number(&found[2], "audpc") - number(blast, "AUDPC")).abs() < 1e-9);
    // Shares of a rate lie between none and all of it.
    assert!(found.iter().all(|row| (0.0..=1.0).contains(&number(row, "favourability"))));
}

//! Light traps and sensors: peaks, windows and flags worked out by hand, and readings that cannot be used.

mod common;

use common::{Bench, COMMUNES_ONLY, number, rows, two_communes};
use std::fmt::Write;

/// Nights of a trap: bells of `high` insects on the nights `peaks` of 2024, from night 0 (1 January).
fn nights(trap: &str, kind: &str, peaks: &[i64], high: f64, count: i64, at: (f64, f64)) -> String {
    let mut text = String::new();
    let start = chrono::NaiveDate::from_ymd_opt(2024, 1, 1).expect("a day");
    for night in 0..count {
        let apart = peaks.iter().map(|peak| (peak - night).abs()).min().unwrap_or(99) as f64;
        let catch = (2.0 + high * (-apart * apart / 8.0).exp()).round();
        let day = start + chrono::Days::new(night as u64);
        let _ = writeln!(text, "{trap};{kind};rầy nâu;{};{catch};{};{}", day.format("%d/%m/%Y"), at.0, at.1);
    }
    text
}

const HEAD: &str = "Bẫy;Loại bẫy;Loài;Ngày;Con/bẫy/đêm;lon;lat\n";

#[test]
fn peaks_and_windows_of_two_kinds_of_traps() {
    let bench = Bench::new();
    // 20 January, 12 February and 6 March by machine; 22 January and 14 February by hand, far from the second commune.
    let smart = nights("A", "tự động", &[19, 42, 65], 800.0, 80, (105.05, 10.05));
    let manual = nights("B", "thủ công", &[21, 44], 90.0, 60, (105.0, 9.95));
    bench.write("t.csv", format!("{HEAD}{smart}{manual}")).write("c.geojson", two_communes());
    let ran = bench.run(&[
        "forecast",
        "traps",
        "--readings",
        "t.csv",
        "--communes",
        "c.geojson",
        "--lang",
        "en",
        "--out",
        "o",
        "--moon",
        "--quiet",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let peaks = rows(&bench.read("o/peaks.csv"));
    let of = |kind: &str| -> Vec<String> {
        let all = peaks.iter().filter(|row| row["trap_type"] == kind && row["code"].is_empty());
        all.map(|row| row["peak"].clone()).collect()
    };
    assert_eq!(of("all-night"), ["2024-01-20", "2024-02-12", "2024-03-06"]);
    assert_eq!(of("manual"), ["2024-01-22", "2024-02-14"]);
    let windows = rows(&bench.read("o/windows.csv"));
    let all = windows.iter().find(|row| row["trap_type"] == "all-night" && row["code"].is_empty()).expect("a row");
    // After the last peak: sow 1 to 7 days on, nymphs 14 to 15, the next peak 22 to 25; both earlier gaps of 23 days are hits.
    for (column, day) in [
        ("sow_from", "2024-03-07"),
        ("sow_to", "2024-03-13"),
        ("nymphs_from", "2024-03-20"),
        ("nymphs_to", "2024-03-21"),
        ("next_peak_from", "2024-03-28"),
        ("next_peak_to", "2024-03-31"),
        ("hits", "2/2"),
        ("traps", "1"),
        ("state", "settled"),
    ] {
        assert_eq!(all[column], day, "{column}");
    }
    // 7 March 2024 was the 27th of the first lunar month.
    assert!(all["sow_lunar"].starts_with("27/1 ÂL"), "{}", all["sow_lunar"]);
    // The manual trap stands 5.6 km from the first commune and 11 km from the second.
    let near =
        |code: &str| windows.iter().filter(|row| row["code"] == code).map(|row| row["trap_type"].as_str()).collect::<Vec<_>>();
    assert_eq!((near("00412"), near("00413")), (vec!["manual", "all-night"], vec!["all-night"]));
    assert!(bench.path("o/charts/ray-nau.png").exists());
}

#[test]
fn a_peak_that_should_have_come_is_overdue_and_gaps_are_no_zeros() {
    let bench = Bench::new();
    let text = nights("A", "tự động", &[19], 800.0, 70, (105.0, 10.0));
    // Nights 24 to 33 are missing; they must not look like a trough.
    let kept: String =
        text.lines().enumerate().filter(|(i, _)| !(24..34).contains(i)).map(|(_, line)| format!("{line}\n")).collect();
    bench.write("t.csv", format!("{HEAD}{kept}"));
    let ran = bench.run(&["forecast", "traps", "--readings", "t.csv", "--lang", "en", "--out", "o"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let windows = rows(&bench.read("o/windows.csv"));
    assert_eq!((windows[0]["last_peak"].as_str(), windows[0]["next_peak_by"].as_str()), ("2024-01-20", "overdue"));
    assert!(ran.stderr.contains("did not come"), "{}", ran.stderr);
}

#[test]
fn readings_that_cannot_be_used() {
    let bench = Bench::new();
    let run = |text: &str| {
        bench.write("t.csv", text).write("c.geojson", two_communes());
        bench.run(&[
            "forecast",
            "traps",
            "--readings",
            "t.csv",
            "--communes",
            "c.geojson",
            "--lang",
            "en",
            "--out",
            "o",
            "--quiet",
        ])
    };
    let ran = run("trap,species,date,count\nA,x,2024-01-01,5\nA,x,2024-01-02,-4\nA,x,2024-01-03,ba\n");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("ERROR ×2") && ran.stderr.contains("no position"), "{}", ran.stderr);
    let ran = run("trap,species,date,count\nA,x,2024-01-01,5\nA,x,2024-01-02,-4\n,x,2024-01-03,3\n");
    assert!(
        ran.stderr.contains("from 0 on was expected") && ran.stderr.contains("blank; the row is not counted"),
        "{}",
        ran.stderr
    );
    let ran = run("trap,species,date,count\nA,x,2024-01-01,5\nA,x,2024-01-01,6\n");
    assert!(ran.code == 2 && ran.stderr.contains("line 3") && ran.stderr.contains("row 2"), "{}", ran.stderr);
    let ran = run("trap,species,date\nA,x,2024-01-01\n");
    assert!(ran.code == 2 && ran.stderr.contains("no column holds the readings"), "{}", ran.stderr);
    let ran = run("trap,species,date,count\n");
    assert!(ran.code == 2 && ran.stderr.contains("no readings"), "{}", ran.stderr);
    let ran = run("trap,species,date,count,type\nA,x,2024-01-01,5,đèn dầu\n");
    assert!(ran.code == 0 && ran.stderr.contains("unknown type of trap"), "{}", ran.stderr);
    bench.write("s.toml", "[peak]\nreach = 3\n");
    let ran = bench.run(&["forecast", "traps", "--readings", "t.csv", "--settings", "s.toml", "--lang", "en", "--out", "o"]);
    assert!(ran.code == 2 && ran.stderr.contains("s.toml"), "{}", ran.stderr);
}

const SENSORS: &str = "tên trạm,chỉ tiêu,ngày,giá trị,lon,lat\nS1,mực nước,2024-04-01,4,105.05,10.05\n\
                       S1,mực nước,2024-04-03,-16.5,105.05,10.05\nS2,pH,2024-04-02,6,105.15,10.05\nS2,pH,2024-04-03,,105.15,10.05\n\
                       S3,gió,2024-04-02,3,105.15,10.05\n";

#[test]
fn latest_values_of_sensors_with_flags() {
    let bench = Bench::new();
    bench.write("s.csv", SENSORS);
    let ran = bench.run(&["sensors", "--readings", "s.csv", "--lang", "en", "--out", "o"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = rows(&bench.read("o/latest.csv"));
    let of = |station: &str| found.iter().find(|row| row["station"] == station).expect("a row");
    assert_eq!(
        (of("S1")["value"].as_str(), of("S1")["standing"].as_str(), of("S1")["days_out_of_range"].as_str()),
        ("-16.5", "low", "1")
    );
    // A blank is no reading: the latest is the day before.
    assert_eq!((of("S2")["date"].as_str(), of("S2")["standing"].as_str()), ("2024-04-02", "usual"));
    assert_eq!(of("S3")["standing"], "");
    assert!(ran.stderr.contains("out of range"), "{}", ran.stderr);
    bench.write("l.toml", "[[limits]]\nnames = [\"gió\"]\nhigh = 2.0\nsource = \"test\"\nverified = true\n");
    bench.run(&["sensors", "--readings", "s.csv", "--limits", "l.toml", "--out", "o", "--quiet"]);
    let found = rows(&bench.read("o/latest.csv"));
    assert_eq!(found.iter().find(|row| row["station"] == "S3").expect("a row")["standing"], "high");
}

#[test]
fn times_of_day_and_two_kinds_at_one_place() {
    let bench = Bench::new();
    // A sensor reads twice a day: the later reading stands. A trap of either kind at one place is two runs.
    bench.write("s.csv", "sensor,quantity,date,value\nS1,pH,2024-04-01 06:00,6\nS1,pH,2024-04-01 18:00,7\n");
    let ran = bench.run(&["sensors", "--readings", "s.csv", "--out", "o", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(rows(&bench.read("o/latest.csv"))[0]["value"], "7");
    bench.write("t.csv", "trap,type,species,date,count\nA,manual,x,2024-04-01,6\nA,smart,x,2024-04-01,60\n");
    let ran = bench.run(&["forecast", "traps", "--readings", "t.csv", "--out", "o", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(rows(&bench.read("o/windows.csv")).len(), 2);
}

#[test]
fn readings_of_a_project_end_with_the_period() {
    let bench = Bench::new();
    let smart = nights("A", "tự động", &[19, 42, 65], 800.0, 80, (105.05, 10.05));
    bench.write("t.csv", format!("{HEAD}{smart}")).write("s.csv", SENSORS).write("c.geojson", two_communes()).write(
        "ruong.toml",
        // The third peak comes after the period and must not be known.
        format!("period = {{ from = 2024-02-16, to = 2024-02-22 }}\n{COMMUNES_ONLY}[[tables]]\nid = \"den\"\nkind = \"readings\"\nfile = \"t.csv\"\n[[tables]]\nid = \"cb\"\nkind = \"readings\"\nfile = \"s.csv\"\n"),
    );
    let ran = bench.run(&["build", ".", "--format", "svg", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let map = bench.read("out/maps/den-ray-nau-sow.svg");
    assert!(map.contains("13/02–19/02/2024") && map.contains("FORECAST"), "the window of the second peak");
    assert!(bench.read("out/charts/den-ray-nau.svg").contains("12/02"));
    assert!(!bench.read("out/charts/den-ray-nau.svg").contains("06/03"));
    assert!(number(&rows(&bench.read("out/tables/communes.csv"))[0], "area_ha") > 0.0);
}

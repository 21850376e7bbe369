//! Numbers and dates as offices write them, by one grammar whatever file they stand in. Right values are worked out by hand.

mod common;
use common::*;

const INDICATOR: &str = "[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nkey = { commune = \"code\" }\n";

/// Values of one column of a table of four communes, and `problems.csv`; or the error.
fn read(heading: &str, cells: &[&str; 4], more: &str) -> Result<(Vec<String>, String), String> {
    let bench = Bench::new();
    let rows: String = cells.iter().enumerate().map(|(i, cell)| format!("2995{i};{cell}\n")).collect();
    bench
        .write("c.geojson", communes_in_a_row(4))
        .write("t.csv", format!("code;{heading}\n{rows}"))
        .write("ruong.toml", format!("version = 1\nlanguage = \"en\"\n[communes]\nfile = \"c.geojson\"\n{INDICATOR}{more}"));
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    if ran.code != 0 {
        return Err(ran.stderr);
    }
    let communes = rows_of(&bench, heading);
    Ok((communes, bench.read("out/problems.csv")))
}

fn rows_of(bench: &Bench, heading: &str) -> Vec<String> {
    rows(&bench.read("out/tables/communes.csv"))
        .iter()
        .map(|row| row.get(&format!("t.{heading}")).cloned().unwrap_or_else(|| "?".to_owned()))
        .collect()
}

#[test]
fn groups_units_brackets_and_powers_are_read() {
    for (cells, right) in [
        // A blank between groups of three proves that the comma behind it is the decimal sign.
        (["3 210,125", "7", "8", "9"], ["3210.125", "7", "8", "9"]),
        (["3\u{a0}210\u{a0}456", "1\u{202f}210,5", "2\u{2009}000", "9"], ["3210456", "1210.5", "2000", "9"]),
        (["0,375 %", "1,5 %", "2 %", "3%"], ["0.375", "1.5", "2", "3"]),
        (["4,5 ha", "1.234,5 ha", "7 ha", "9"], ["4.5", "1234.5", "7", "9"]),
        (["(4,5)", "6,25", "−7", "+8"], ["-4.5", "6.25", "-7", "8"]),
        (["1,25E+03", "4.5e2", "7", "8"], ["1250", "450", "7", "8"]),
    ] {
        let (found, problems) = read("v", &cells, "").unwrap_or_else(|error| panic!("{cells:?}: {error}"));
        assert_eq!(found, right, "{cells:?}\n{problems}");
        assert!(!problems.contains("error,"), "{cells:?}\n{problems}");
    }
    let (_, problems) = read("v", &["4,5 ha", "1 ha", "7 ha", "9"], "").expect("read");
    assert!(problems.contains("3 cells have the unit \"\"ha\"\""), "{problems}");
}

#[test]
fn what_is_odd_is_listed_cell_by_cell_and_nothing_else_is_lost() {
    let (found, problems) = read("ha", &["12", "<1", "1-2", "~3"], "").unwrap_or_default();
    // One number in four: the column is no column of numbers, and that is said.
    assert!(found.iter().all(|value| value == "?"), "{found:?}");
    assert!(problems.contains("only 1 of 4 cells are numbers"), "{problems}");
    let (found, problems) = read("ha", &["12", "13", "5 tạ", "1-2"], "").expect("read");
    assert_eq!(found, ["12", "13", "", ""]);
    for cell in ["5 tạ", "1-2"] {
        assert!(rows(&problems).iter().any(|row| row["value"] == cell && row["level"] == "error"), "{cell}\n{problems}");
    }
}

#[test]
fn a_group_that_may_be_a_fraction_is_asked_for() {
    for cells in [["1,234%", "2", "3", "4"], ["1.234", "2", "3", "4"]] {
        let error = read("v", &cells, "").expect_err("asked for");
        assert!(error.contains(cells[0]) && error.contains("decimal"), "{error}");
    }
    let (found, _) = read("v", &["1,234%", "2%", "3%", "4%"], "decimal = \",\"\n").expect("declared");
    assert_eq!(found[0], "1.234");
}

#[test]
fn marks_of_missing_values_are_no_numbers() {
    let (found, problems) = read("v", &["12", "-9999", "99999", "30"], "").expect("read");
    assert_eq!(found, ["12", "", "", "30"]);
    assert!(problems.contains("missing = [\"\"99999\"\"]"), "{problems}");
    let (found, problems) = read("v", &["12", "-9999", "99999", "30"], "missing = [\"-9999\", \"99999\"]\n").expect("read");
    assert_eq!(found, ["12", "", "", "30"]);
    assert!(!problems.contains("error,"), "{problems}");
    let (found, _) = read("v", &["12", "14", "99999", "30"], "missing = []\n").expect("read");
    assert_eq!(found[2], "99999");
    // Hectares are never below nought, nines or not.
    let (found, problems) = read("dien_tich_ha", &["12", "-3", "20", "30"], "").expect("read");
    assert_eq!((found[1].as_str(), problems.matches("error,").count()), ("", 1), "{problems}");
}

#[test]
fn a_table_of_one_column_keeps_its_decimal_signs() {
    let bench = Bench::new();
    bench.write("t.csv", "v\n2,5\n4,5\n8,5\n16,5\n");
    let ran = bench.run(&["classify", "--table", "t.csv", "--column", "v", "--scheme", "quantile", "--classes", "2"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let answer: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(answer["breaks"], serde_json::json!([6.5, 16.5]), "{answer}");
}

/// Severities of one pest by the period that its week falls into, the reporting period being 5 to 11 April 2024.
fn counted(weeks: &[&str; 2]) -> (Vec<String>, String) {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("t.csv", format!("code;pest;severity;tuan\n00412;rầy nâu;2;{}\n00413;rầy nâu;3;{}\n", weeks[0], weeks[1])).write(
        "ruong.toml",
        "version = 1\nlanguage = \"en\"\nperiod = { from = 2024-04-05, to = 2024-04-11 }\n[communes]\nfile = \"c.geojson\"\n[[tables]]\nid = \"t\"\nkind = \"pest-forecast\"\nfile = \"t.csv\"\nkey = { commune = \"code\" }\n",
    );
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = rows(&bench.read("out/tables/communes.csv"));
    (found.iter().map(|row| row["mean_severity"].clone()).collect(), bench.read("out/problems.csv"))
}

#[test]
fn every_form_of_a_period_counts_in_it() {
    for week in [
        "05/04/2024 - 11/04/2024",
        "Tuần 14 (từ ngày 05/04/2024 đến ngày 11/04/2024)",
        "05-11/4/2024",
        "T15/2024",
        "W15 2024",
        "2024-w15",
        "8/4/24",
        "ngày 8 tháng 4 năm 2024",
        // Its week was shifted by a day; its middle lies in the period.
        "04/04/2024 - 10/04/2024",
    ] {
        let (found, problems) = counted(&[week, "2024-04-09"]);
        assert_eq!(found, ["2", "3"], "{week}\n{problems}");
    }
    for week in ["Tuần 15", "15/2024", "T4/2024", "05-11/4"] {
        let (found, problems) = counted(&[week, "2024-04-09"]);
        assert_eq!(found, ["", "3"], "{week}");
        assert!(rows(&problems).iter().any(|row| row["value"] == week && row["level"] == "error"), "{week}\n{problems}");
    }
    assert!(counted(&["8/4/24", "2024-04-09"]).1.contains("two digits"));
}

#[test]
fn the_period_before_is_the_one_that_was_printed() {
    let bench = Bench::new();
    let table = "code;pest;severity;tuan\n00412;rầy nâu;2;05/04/2024 - 11/04/2024\n00412;rầy nâu;1;28/03/2024 - 03/04/2024\n00412;rầy nâu;4;04/04/2024\n";
    bench.write("c.geojson", two_communes()).write("t.csv", table).write(
        "ruong.toml",
        "version = 1\nlanguage = \"en\"\nperiod = { from = 2024-04-05, to = 2024-04-11 }\n[communes]\nfile = \"c.geojson\"\n[[tables]]\nid = \"t\"\nkind = \"pest-forecast\"\nfile = \"t.csv\"\nkey = { commune = \"code\" }\n",
    );
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let record: serde_json::Value = serde_json::from_str(&bench.read("out/run.json")).expect("JSON");
    assert_eq!(record["periods"]["previous"], serde_json::json!(["2024-03-28", "2024-04-03"]), "{}", record["periods"]);
    assert!(bench.read("out/problems.csv").contains("rows of 04/04/2024 lie between"), "{}", bench.read("out/problems.csv"));
}

#[test]
fn a_table_says_how_it_is_parted() {
    for (text, right) in [
        ("code|v\n29950|0.5\n29951|1.5\n29952|2\n29953|3\n", "0.5"),
        ("sep=;\ncode;v\n29950;0,5\n29951;1,5\n29952;2\n29953;3\n", "0.5"),
    ] {
        let bench = Bench::new();
        bench
            .write("c.geojson", communes_in_a_row(4))
            .write("t.csv", text)
            .write("ruong.toml", format!("version = 1\nlanguage = \"en\"\n[communes]\nfile = \"c.geojson\"\n{INDICATOR}"));
        let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
        assert_eq!(ran.code, 0, "{text}: {}", ran.stderr);
        assert_eq!(rows_of(&bench, "v")[0], right, "{text}");
    }
    let bench = bench_of_quoted();
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert!(ran.code == 2 && ran.stderr.contains("one pair of quotes"), "{}", ran.stderr);
}

fn bench_of_quoted() -> Bench {
    let bench = Bench::new();
    bench
        .write("c.geojson", two_communes())
        .write("t.csv", "code,v\n\"00412,1\"\n\"00413,2\"\n")
        .write("ruong.toml", format!("version = 1\nlanguage = \"en\"\n[communes]\nfile = \"c.geojson\"\n{INDICATOR}"));
    bench
}

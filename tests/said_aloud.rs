//! What must be said aloud: printed totals that no sum gives, a week that came twice, words that repeat, hidden cells, personal data,
//! exit codes.

mod common;
use common::*;
use rust_xlsxwriter::{Format, Workbook};

const HEAD: &str = "version = 1\nlanguage = \"en\"\n[communes]\nfile = \"c.geojson\"\nname = \"name\"\n";

fn bench(tables: &str) -> Bench {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("ruong.toml", format!("{HEAD}{tables}"));
    bench
}

const INDICATOR: &str = "[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nkey = { commune = \"code\" }\n";

#[test]
fn a_printed_total_is_compared_with_the_rows() {
    for (total, said) in [("30,5", false), ("35", true)] {
        let bench = bench(INDICATOR);
        bench.write("t.csv", format!("code;ha;ty le\n00412;10,5;1,5\n00413;20;2,5\nTổng cộng;{total};9\n"));
        let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let problems = rows(&bench.read("out/problems.csv"));
        let found: Vec<_> = problems.iter().filter(|row| row["problem"].contains("the rows read sum to")).collect();
        assert_eq!(found.len(), usize::from(said), "{problems:?}");
        if let [found] = found[..] {
            assert_eq!((found["column"].as_str(), found["value"].as_str(), found["row"].as_str()), ("ha", "35", "4"));
            assert!(found["problem"].contains("35.00") && found["problem"].contains("30.50"), "{found:?}");
        }
    }
}

#[test]
fn a_week_that_came_twice_counts_once() {
    let bench = bench(
        "period = { from = 2024-04-05, to = 2024-04-11 }\n[[tables]]\nid = \"t\"\nkind = \"infested-area\"\nfile = \"w*.csv\"\nkey = { commune = \"code\" }\n",
    );
    let project = bench.read("ruong.toml").replace("period = { from = 2024-04-05, to = 2024-04-11 }\n", "");
    bench.write("ruong.toml", format!("period = {{ from = 2024-04-05, to = 2024-04-11 }}\n{project}"));
    let week = "code,pest,date,total_ha\n00412,rầy nâu,05/04/2024 - 11/04/2024,7\n";
    bench
        .write("w1.csv", week)
        .write("w1 copy.csv", week)
        .write("w2.csv", "code,pest,date,total_ha\n00413,rầy nâu,05/04/2024 - 11/04/2024,5\n");
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let communes = rows(&bench.read("out/tables/communes.csv"));
    let infested: Vec<f64> = communes.iter().map(|row| number(row, "infested_ha")).collect();
    assert_eq!(infested, [7.0, 5.0]);
    let problems = bench.read("out/problems.csv");
    assert!(problems.contains("w1 copy.csv") && problems.contains("w1.csv"), "{problems}");
    let strict = bench.run(&["build", ".", "--only", "tables", "--quiet", "--strict"]);
    assert_eq!(strict.code, 1, "{}", strict.stderr);
}

#[test]
fn a_word_keeps_its_colour_and_comes_once() {
    let tables = format!(
        "{INDICATOR}indicators = [{{ id = \"w\", category = \"w\" }}]\n[[maps]]\nid = \"m\"\nkind = \"categories\"\nmeasure = \"t.w\"\n"
    );
    let fills = |rows: &str, more: &str| {
        let bench = bench(&tables.replace("category = \"w\"", &format!("category = \"w\"{more}")));
        bench.write("t.csv", format!("code,w\n{rows}"));
        let ran = bench.run(&["build", ".", "--only", "maps", "--format", "svg", "--quiet"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let svg = bench.read("out/maps/m.svg");
        let map = svg.split("<g id=\"map\">").nth(1).expect("a map").to_owned();
        let paths: Vec<String> = map
            .split("<path ")
            .skip(1)
            .take(2)
            .map(|path| path.split("fill=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("").to_owned())
            .collect();
        paths
    };
    let sorted = fills("00412,đạt\n00413,chưa\n", "");
    assert_eq!(fills("00413,chưa\n00412,đạt\n", ""), sorted);
    assert_ne!(sorted[0], sorted[1]);
    // A declared order goes from light to dark, whichever word comes first, and a word that is not there keeps its place.
    let declared = fills("00412,đạt\n00413,chưa\n", ", order = [\"đạt\", \"chưa\"]");
    let turned = fills("00412,đạt\n00413,chưa\n", ", order = [\"chưa\", \"đạt\"]");
    assert_eq!([&declared[1], &declared[0]], [&turned[0], &turned[1]]);
    let light = |paint: &str| u32::from_str_radix(&paint[1..3], 16).expect("a colour");
    assert!(light(&declared[0]) > light(&declared[1]) + 60, "{declared:?}");
    let alone = fills("00412,chưa\n", ", order = [\"đạt\", \"chưa\"]");
    assert_eq!(alone[0], declared[1]);

    let bench = bench(&tables);
    bench.write("t.csv", "code,w\n00412,đạt\n00412,chưa\n");
    let ran = bench.run(&["build", ".", "--quiet"]);
    assert!(ran.code == 2 && ran.stderr.contains("đạt") && ran.stderr.contains("chưa"), "{}", ran.stderr);
}

#[test]
fn personal_data_are_asked_for() {
    let bench = bench(&format!("{INDICATOR}indicators = [{{ id = \"dt\", column = \"Số ĐT\" }}]\n"));
    bench.write("t.csv", "code,Số ĐT\n00412,0912345678\n00413,0987654321\n");
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert!(ran.code == 2 && ran.stderr.contains("personal"), "{}", ran.stderr);
    let project = bench.read("ruong.toml").replace("indicators =", "personal = true\nindicators =");
    bench.write("ruong.toml", project);
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn old_units_on_one_land_are_named_and_means_have_no_total() {
    let bench = Bench::new();
    let old = |code: &str| feature(&format!("\"code\":\"{code}\",\"name\":\"Cũ {code}\""), &square(105.0, 10.0, 105.1, 10.1));
    bench
        .write("old.geojson", collection(&[old("1"), old("2")]))
        .write("new.geojson", two_communes())
        .write("t.csv", "code,v\n1,40\n2,60\n");
    let arguments =
        ["crosswalk", "--from", "old.geojson", "--to", "new.geojson", "--table", "t.csv", "--value", "v", "--lang", "en"];
    let sums = bench.run(&arguments);
    assert!(sums.stdout.contains("sum before 100.0000"), "{}", sums.stdout);
    let problems = bench.read("crosswalk/problems.csv");
    assert!(problems.contains("Cũ 1 and Cũ 2 overlap"), "{problems}");
    let means = bench.run(&[&arguments[..], &["--kind", "intensive"]].concat());
    assert!(!means.stdout.contains("sum before"), "{}", means.stdout);
}

/// A workbook with a title, hidden cells, and hectares in a date's format.
fn workbook(bench: &Bench, name: &str, title: &str, hectares: [f64; 2]) {
    let mut book = Workbook::new();
    let dated = Format::new().set_num_format("dd/mm/yyyy");
    let mut wrote = || -> Result<(), rust_xlsxwriter::XlsxError> {
        let sheet = book.add_worksheet();
        sheet.write(0, 0, title)?;
        for (column, heading) in ["Mã xã", "Ghi chú", "Diện tích (ha)"].into_iter().enumerate() {
            sheet.write(2, column as u16, heading)?;
        }
        for (row, (code, hectares)) in ["00412", "00413"].into_iter().zip(hectares).enumerate() {
            sheet.write(3 + row as u32, 0, code)?;
            sheet.write(3 + row as u32, 1, "ghi")?;
            sheet.write_with_format(3 + row as u32, 2, hectares, &dated)?;
        }
        sheet.set_column_hidden(1)?;
        sheet.set_row_hidden(4)?;
        book.save(bench.path(name))
    };
    wrote().expect("a workbook");
}

#[test]
fn what_a_sheet_hides_and_how_it_shows_numbers_is_said() {
    let bench = bench(&INDICATOR.replace("t.csv", "t.xlsx").replace("commune = \"code\"", "commune = \"Mã xã\""));
    workbook(&bench, "t.xlsx", "Bảng", [12.0, 5.0]);
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let communes = rows(&bench.read("out/tables/communes.csv"));
    assert_eq!(communes.iter().map(|row| number(row, "t.Diện tích (ha)")).collect::<Vec<_>>(), [12.0, 5.0]);
    let problems = bench.read("out/problems.csv");
    for words in ["1 hidden rows", "1 hidden columns were read: B", "2 cells are numbers in a date's format"] {
        assert!(problems.contains(words), "{words}\n{problems}");
    }
}

#[test]
fn the_period_above_a_table_keeps_weekly_files_apart() {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes());
    workbook(&bench, "tuan 14.xlsx", "Tuần 14 năm 2024 (Từ ngày 29/03/2024 đến ngày 04/04/2024)", [1.0, 2.0]);
    workbook(&bench, "tuan 15.xlsx", "Tuần 15 năm 2024 (Từ ngày 05/04/2024 đến ngày 11/04/2024)", [30.0, 40.0]);
    let made = bench.run(&["new", "P", "c.geojson", "tuan 14.xlsx", "tuan 15.xlsx"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    assert!(bench.read("P/ruong.toml").contains("period   = \"latest\""), "{}", bench.read("P/ruong.toml"));
    let ran = bench.run(&["build", "P", "--only", "tables", "--lang", "en", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let communes = rows(&bench.read("P/out/tables/communes.csv"));
    let column = communes[0].keys().find(|heading| heading.contains("Diện tích (ha)")).expect("the hectares").clone();
    assert_eq!(communes.iter().map(|row| number(row, &column)).collect::<Vec<_>>(), [30.0, 40.0]);
    assert!(bench.read("P/out/problems.csv").contains("other periods are not added"), "{}", bench.read("P/out/problems.csv"));
}

#[test]
fn an_enterprise_that_nobody_surveyed_has_no_risk_of_nought() {
    let bench = bench(
        "[[tables]]\nid = \"l\"\nkind = \"linked-production\"\nfile = \"l.csv\"\nkey = { commune = \"code\" }\n[[tables]]\nid = \"p\"\nkind = \"pest-forecast\"\nfile = \"p.csv\"\nkey = { commune = \"code\" }\n",
    );
    bench
        .write("l.csv", "code,enterprise,contracted_ha\n00412,A,10\n00413,B,20\n")
        .write("p.csv", "code,pest,severity\n00412,rầy nâu,0\n");
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let list = rows(&bench.read("out/tables/enterprises.csv"));
    let risk = |name: &str| list.iter().find(|row| row["enterprise"] == name).map(|row| row["at_risk_ha"].clone());
    assert_eq!((risk("A").as_deref(), risk("B").as_deref()), (Some("0"), Some("")));
}

#[test]
fn an_error_is_one_object_of_json_too() {
    let bench = bench(INDICATOR);
    let ran = bench.run(&["build", ".", "--json"]);
    assert_eq!(ran.code, 2);
    let answer: serde_json::Value = serde_json::from_str(&ran.stdout).expect("one object");
    assert!(answer["error"]["file"].as_str().is_some_and(|file| file.contains("t.csv")), "{answer}");
}

#[test]
fn numbers_of_options_are_numbers_in_their_range() {
    let bench = bench("");
    bench.write("w.csv", "date,tmin,tmax\n2024-04-01,20,30\n");
    for arguments in [
        &["crosswalk", "--from", "c.geojson", "--to", "c.geojson", "--tolerance", "nan"][..],
        &["crosswalk", "--from", "c.geojson", "--to", "c.geojson", "--tolerance", "inf"],
        &["forecast", "degree-days", "--weather", "w.csv", "--lower", "10", "--method", "simple", "--upper", "30"],
        &["worklist", "x", "--pre-harvest-days=-1", "--out", "o"],
    ] {
        let ran = bench.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
        // It is the number that is refused, not a file.
        let named = ["--tolerance", "--upper", "--pre-harvest-days"].iter().any(|option| ran.stderr.contains(option));
        assert!(named, "{arguments:?}: {}", ran.stderr);
    }
}

#[test]
fn a_stated_class_asks_no_threshold() {
    // The stage that the leaf folder's threshold depends on is nowhere, but every row has its class.
    let table =
        |severity: &str| format!("code,pest,density,severity\n00412,sâu cuốn lá nhỏ,24,2\n00413,sâu cuốn lá nhỏ,30,{severity}\n");
    let tables = "[[tables]]\nid = \"p\"\nkind = \"pest-forecast\"\nfile = \"p.csv\"\nkey = { commune = \"code\" }\ncolumns = { density = \"density\", severity = \"severity\" }\n";
    for (severity, errors) in [("3", 0), ("", 1)] {
        let bench = bench(tables);
        bench.write("p.csv", table(severity));
        let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let problems = rows(&bench.read("out/problems.csv"));
        let found = problems.iter().filter(|row| row["level"] == "error").count();
        assert_eq!(found, errors, "{problems:?}");
        let communes = rows(&bench.read("out/tables/communes.csv"));
        assert_eq!((communes[0]["mean_severity"].as_str(), communes[1]["mean_severity"].as_str()), ("2", severity));
    }
}

#[test]
fn several_communes_with_more_than_their_land_are_an_error() {
    // A square has 12,125 ha.
    for (hectares, errors) in [("50000", 1), ("5", 0)] {
        let bench = bench("[[tables]]\nid = \"t\"\nkind = \"infested-area\"\nfile = \"t.csv\"\nkey = { commune = \"code\" }\n");
        let rows_of: String = (0..4).map(|i| format!("2995{i},rầy nâu,{}\n", if i < 3 { hectares } else { "50000" })).collect();
        bench.write("c.geojson", communes_in_a_row(4)).write("t.csv", format!("code,pest,total_ha\n{rows_of}"));
        let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let problems = rows(&bench.read("out/problems.csv"));
        assert_eq!(problems.iter().filter(|row| row["level"] == "error").count(), errors, "{problems:?}");
    }
}

#[test]
fn what_a_person_decided_beats_an_equal_name() {
    let bench = bench("[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nkey = { commune_name = \"xa\" }\n");
    bench.write("t.csv", "xa,ho\nMỹ Tho,7\n");
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let values = || rows(&bench.read("out/tables/communes.csv")).iter().map(|row| row["t.ho"].clone()).collect::<Vec<_>>();
    assert_eq!(values(), ["7", ""]);
    bench.write("aliases.csv", "ten,tinh,ma,goi_y\nMỹ Tho,,00413,\n");
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(values(), ["", "7"]);
}

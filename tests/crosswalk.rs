//! Units of two dates: shares from land, sums that are kept, codes that name other territory, rows that geometry refutes.

mod common;

use common::{Bench, feature, land, number, real, rows, square};
use std::collections::BTreeMap;
use std::path::Path;

fn layer(units: &[(&str, &str, [f64; 4])]) -> String {
    let features: Vec<String> = units
        .iter()
        .map(|(code, name, [w, s, e, n])| feature(&format!("\"code\":\"{code}\",\"name\":\"{name}\""), &square(*w, *s, *e, *n)))
        .collect();
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","))
}

/// Five old units in a row of equal degrees: two merge, one is divided 1 to 3, one changes its name, one stays.
/// The code 10 names other land afterwards.
fn bench() -> Bench {
    let bench = Bench::new();
    let old = [
        ("10", "Xã Thường Phước 1", [105.0, 0.0, 105.01, 0.01]),
        ("20", "Xã Thường Phước 2", [105.01, 0.0, 105.02, 0.01]),
        ("30", "Xã Phú Thuận B", [105.02, 0.0, 105.03, 0.01]),
        ("40", "Xã Long Thuận", [105.03, 0.0, 105.04, 0.01]),
        ("50", "Xã Hòa An", [105.04, 0.0, 105.05, 0.01]),
    ];
    let new = [
        ("11", "Thường Phước", [105.0, 0.0, 105.0225, 0.01]),
        ("12", "Tân Long", [105.0225, 0.0, 105.03, 0.01]),
        ("10", "Long Phú Thuận", [105.03, 0.0, 105.04, 0.01]),
        ("50", "Hoà An", [105.04, 0.0, 105.05, 0.01]),
    ];
    bench.write("old.geojson", layer(&old)).write("new.geojson", layer(&new));
    bench.write("t.csv", "code,ha,tyle\n10,100,10\n20,200,20\n30,400,40\n40,80,8\n50,,\n");
    bench
}

fn table(text: &str, key: &str, value: &str) -> BTreeMap<String, String> {
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let headings = lines.next().expect("headings");
    let at = |name: &str| headings.iter().position(|heading| *heading == name).expect("the column is there");
    let (key, value) = (at(key), at(value));
    lines.map(|cells| (cells[key].to_owned(), cells[value].to_owned())).collect()
}

#[test]
fn sums_are_kept_and_means_are_weighted() {
    let bench = bench();
    let base = ["crosswalk", "--from", "old.geojson", "--to", "new.geojson", "--table", "t.csv", "--out", "x"];
    let ran = bench.run(&[&base[..], &["--value", "ha"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ha: BTreeMap<String, Option<f64>> =
        table(&bench.read("x/values.csv"), "code", "ha").into_iter().map(|(code, text)| (code, text.parse().ok())).collect();
    // By arithmetic: a quarter of 400 goes to Thường Phước, three quarters to Tân Long.
    for (code, expected) in [("11", 400.0), ("12", 300.0), ("10", 80.0)] {
        let found = ha[code].expect("a number");
        assert!((found - expected).abs() < 1e-6 * expected, "{code}: {found}");
    }
    assert_eq!(ha["50"], None, "a missing value is not 0");
    let sum: f64 = ha.values().flatten().sum();
    assert!((sum - 780.0).abs() < 1e-9 * 780.0, "{sum}");

    bench.run(&[&base[..], &["--value", "tyle", "--kind", "intensive"]].concat());
    let share = table(&bench.read("x/values.csv"), "code", "tyle");
    // (10 · 1 + 20 · 1 + 40 · ¼) / 2¼
    assert!((share["11"].parse::<f64>().expect("a number") - 40.0 / 2.25).abs() < 1e-6);
    assert!((share["12"].parse::<f64>().expect("a number") - 40.0).abs() < 1e-9);
}

#[test]
fn each_unit_is_called_what_it_became_and_reused_codes_are_told_apart() {
    let bench = bench();
    let ran = bench.run(&["crosswalk", "--from", "old.geojson", "--to", "new.geojson", "--out", "x", "--lang", "en"]);
    assert!(ran.stdout.contains("unchanged 1, renamed 1, merged 2, divided 1"), "{}", ran.stdout);
    let units = bench.read("x/units.csv");
    let kinds = table(&units, "old_code", "kind");
    let expected = [("10", "merged"), ("20", "merged"), ("30", "divided"), ("40", "renamed"), ("50", "unchanged")];
    assert_eq!(kinds, expected.map(|(code, kind)| (code.to_owned(), kind.to_owned())).into());
    let reused = table(&units, "old_code", "code_reused");
    assert_eq!((reused["10"].as_str(), reused["50"].as_str()), ("1", ""), "10 names other land now, 50 the same");
}

#[test]
fn fields_and_stated_shares_can_be_the_weights() {
    let bench = bench();
    // Of Phú Thuận B only the part that goes to Tân Long has fields.
    bench.write("fields.geojson", layer(&[("f", "f", [105.024, 0.0, 105.029, 0.01])]));
    let base = ["crosswalk", "--from", "old.geojson", "--to", "new.geojson", "--table", "t.csv", "--value", "ha", "--out", "x"];
    bench.run(&[&base[..], &["--weights", "fields.geojson"]].concat());
    let ha = table(&bench.read("x/values.csv"), "code", "ha");
    assert!((ha["12"].parse::<f64>().expect("a number") - 400.0).abs() < 1e-6, "all 400 ha are where the fields are");
    assert!((ha["11"].parse::<f64>().expect("a number") - 300.0).abs() < 1e-6);
    let problems = rows(&bench.read("x/problems.csv"));
    let bare: Vec<&str> =
        problems.iter().filter(|row| row["problem"].contains("không có thửa nào")).map(|row| row["value"].as_str()).collect();
    assert_eq!(bare, ["10", "20", "40", "50"], "units without a field, and no others");

    bench.write("given.csv", "old_code,new_code,share\n10,11,1\n10,12,0\n20,11,1\n30,11,0.5\n30,12,0.5\n40,10,1\n50,50,1\n");
    let ran = bench.run(&[&base[..], &["--weights", "share", "--given", "given.csv"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ha = table(&bench.read("x/values.csv"), "code", "ha");
    assert_eq!((ha["11"].as_str(), ha["12"].as_str()), ("500", "200"));
}

#[test]
fn a_given_row_that_the_land_refutes_is_named() {
    let bench = bench();
    bench.write("given.csv", "old_code,new_code\n10,11\n20,11\n30,11\n40,10\n40,12\n50,50\n");
    bench.run(&["crosswalk", "--from", "old.geojson", "--to", "new.geojson", "--given", "given.csv", "--out", "x"]);
    let problems = bench.read("x/problems.csv");
    assert!(problems.contains("40 → 12") && problems.contains("dòng này đáng ngờ"), "{problems}");
    assert!(problems.contains("30 → 12") && problems.contains("75,0 %"), "a missing row is named too: {problems}");
    assert_eq!(problems.lines().count(), 3, "{problems}");
}

/// Shares of the old units in the new ones, by both codes.
fn shares(old: &Path, code: &str, new: &Path) -> BTreeMap<(String, String), f64> {
    let bench = Bench::new();
    let path = |path: &Path| path.to_string_lossy().into_owned();
    let ran = bench.run(&["crosswalk", "--from", &path(old), "--from-code", code, "--to", &path(new), "--out", "x"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let units = bench.read("x/units.csv");
    let share = |row: csv::StringRecord| ((row[0].to_owned(), row[3].to_owned()), row[7].parse().expect("a share"));
    csv::Reader::from_reader(units.as_bytes()).records().flatten().map(share).collect()
}

/// Of all that GEOS has of some old units and ruong has not, the largest difference of shares; how many were compared.
fn farthest(found: &BTreeMap<(String, String), f64>, reference: &Path, columns: [usize; 3], of: &str) -> (f64, usize) {
    let [from, to, share] = columns;
    let all = csv::Reader::from_path(reference).expect("it opens").into_records().flatten();
    all.filter(|row| row[from].starts_with(of)).fold((0.0, 0), |(farthest, compared), row| {
        let expected: f64 = row[share].parse().expect("a share");
        let apart = (found.get(&(row[from].to_owned(), row[to].to_owned())).copied().unwrap_or(0.0) - expected).abs();
        (f64::max(farthest, apart), compared + 1)
    })
}

#[test]
fn units_pass_on_as_geos_has_it() {
    let found = shares(&land("communes_before.geojson"), "code", &land("communes_after.geojson"));
    let (apart, compared) = farthest(&found, &land("shares.csv"), [0, 1, 3], "");
    assert!(apart < 1e-5 && compared == 34, "{apart} of {compared}");
    // The communes of Đồng Tháp of 2009 and 2025, in an equal-area projection.
    let (Some(old), Some(new), Some(reference)) = (
        real("vietnam/dong_thap_communes_2009.geojson"),
        real("vietnam/dong_thap_communes_2025.geojson"),
        real("crosswalk/dongthap_area_overlay_2009_to_2025.csv"),
    ) else {
        return;
    };
    let (apart, compared) = farthest(&shares(&old, "commune_id", &new), &reference, [0, 5, 9], "803");
    assert!(apart < 2e-4 && compared > 100, "{apart} of {compared}");
}

#[test]
fn tables_of_both_dates_meet_in_one_project() {
    let bench = bench();
    bench.write("linked.csv", "xa,doanh nghiep,dien tich hop dong\nXã Phú Thuận B,A,40\nThường Phước 2,B,10\n");
    bench.write("now.csv", "code,sau\n11,1\n12,2\n10,3\n50,4\n");
    bench.write(
        "ruong.toml",
        "version = 1\n[communes]\nfile = \"new.geojson\"\nname = \"name\"\n[[former]]\nid = \"2024\"\nfile = \"old.geojson\"\n\
         [[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nunits = \"2024\"\nintensive = [\"tyle\"]\nkey = { commune = \"code\" }\n\
         [[tables]]\nid = \"l\"\nkind = \"linked-production\"\nfile = \"linked.csv\"\nunits = \"2024\"\nkey = { commune_name = \"xa\" }\n\
         [[tables]]\nid = \"n\"\nkind = \"indicator\"\nfile = \"now.csv\"\nkey = { commune = \"code\" }\n",
    );
    let ran = bench.run(&["build", "ruong.toml", "--only", "tables", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let communes = bench.read("out/tables/communes.csv");
    let column = |name: &str| {
        table(&communes, "code", name)
            .into_iter()
            .filter_map(|(code, text)| Some((code, text.parse::<f64>().ok()?)))
            .collect::<BTreeMap<_, _>>()
    };
    let near = |found: &BTreeMap<String, f64>, code: &str, expected: f64| {
        assert!((found[code] - expected).abs() < 1e-5 * expected, "{code}: {found:?}");
    };
    let ha = column("t.ha");
    [("11", 400.0), ("12", 300.0), ("10", 80.0)].iter().for_each(|(code, expected)| near(&ha, code, *expected));
    assert!(!ha.contains_key("50"), "no data stays no data");
    near(&column("t.tyle"), "11", 40.0 / 2.25);
    let linked = column("linked_ha");
    [("11", 20.0), ("12", 30.0)].iter().for_each(|(code, expected)| near(&linked, code, *expected));
    // The old 10 and the new 10 are different units: the table of today keeps its own.
    near(&column("n.sau"), "10", 3.0);
}

#[test]
fn a_new_project_tells_former_units_and_weekly_tables_from_a_folder_of_files() {
    let bench = bench();
    std::fs::create_dir(bench.path("du-lieu")).expect("folder");
    for file in ["old.geojson", "new.geojson"] {
        std::fs::rename(bench.path(file), bench.path(&format!("du-lieu/{file}"))).expect("move");
    }
    bench
        .write("du-lieu/nhiem-tuan-14-2024.csv", "code,ha\n10,100\n20,200\n30,400\n40,80\n")
        .write("du-lieu/nhiem-tuan-15-2024.csv", "code,ha\n10,10\n20,20\n30,40\n40,8\n")
        .write("du-lieu/hong.xlsx", "PK not a workbook");
    let new = bench.run(&["new", ".", "du-lieu"]);
    assert_eq!(new.code, 0, "{}", new.stderr);
    assert!(new.stderr.contains("hong.xlsx"), "{}", new.stderr);
    let project = bench.read("ruong.toml");
    assert!(project.contains("file = \"du-lieu/new.geojson\""), "{project}");
    assert!(project.contains("[[former]]") && project.contains("units = \"old\""), "{project}");
    assert!(project.contains("file = \"du-lieu/nhiem-tuan-*-2024.csv\""), "{project}");
    let built = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert_eq!(built.code, 0, "{}{}", built.stderr, project);
    let communes = rows(&bench.read("out/tables/communes.csv"));
    let value = |code: &str| {
        let row = communes.iter().find(|row| row["code"] == code).expect("unit");
        number(row, "nhiem-tuan 2024.ha")
    };
    // Of the last week 10 + 20 of the merged two and a quarter of 40; three quarters of 40.
    assert!((value("11") - 40.0).abs() < 0.01, "{communes:?}");
    assert!((value("12") - 30.0).abs() < 0.01, "{communes:?}");
}

/// Each row of a report states the sown land of its unit anew: 100 ha of one unit under two pests are 100 ha, and with the 100 ha of
/// another and a quarter of 80 ha they are 220.
#[test]
fn sown_land_of_former_units_is_added_once() {
    let bench = bench();
    bench.write(
        "notice.csv",
        "Mã xã,Ngày,Sâu bệnh,Tổng nhiễm (ha),DT gieo trồng (ha)\n10,11/04/2024,Rầy nâu,30,100\n10,11/04/2024,Đạo ôn,3,100\n\
         20,11/04/2024,Đạo ôn,9,100\n30,11/04/2024,Rầy nâu,8,80\n",
    );
    bench.write(
        "ruong.toml",
        "version = 1\n[communes]\nfile = \"new.geojson\"\nname = \"name\"\n[[former]]\nid = \"2024\"\nfile = \"old.geojson\"\n\
         [[tables]]\nid = \"n\"\nkind = \"infested-area\"\nfile = \"notice.csv\"\nunits = \"2024\"\nkey = { commune = \"Mã xã\" }\n",
    );
    let ran = bench.run(&["build", "ruong.toml", "--only", "tables", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let communes = rows(&bench.read("out/tables/communes.csv"));
    let sown = |code: &str| number(communes.iter().find(|row| row["code"] == code).expect("a row"), "sown_ha");
    assert!((sown("11") - 220.0).abs() < 1e-3 && (sown("12") - 60.0).abs() < 1e-3, "{} {}", sown("11"), sown("12"));
}

/// Years of an indicator are not added up on their way to units of today.
#[test]
fn years_of_former_units_are_not_added() {
    let bench = bench();
    bench.write("t.csv", "Mã xã,Năm,ha\n10,2023,100\n10,2024,7\n20,2023,200\n20,2024,9\n30,2024,0\n");
    bench.write(
        "ruong.toml",
        "version = 1\n[communes]\nfile = \"new.geojson\"\nname = \"name\"\n[[former]]\nid = \"2024\"\nfile = \"old.geojson\"\n\
         [[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nunits = \"2024\"\nduplicates = \"sum\"\nkey = { commune = \"Mã xã\" }\n",
    );
    let ran = bench.run(&["build", "ruong.toml", "--only", "tables", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let communes = rows(&bench.read("out/tables/communes.csv"));
    let of = |code: &str| number(communes.iter().find(|row| row["code"] == code).expect("a row"), "t.ha");
    assert!((of("11") - 16.0).abs() < 1e-9, "{communes:?}");
    assert!(bench.read("out/problems.csv").contains("không cộng các kỳ khác"), "{}", bench.read("out/problems.csv"));
}

/// An old unit of which nine tenths lie outside gives today's communes a tenth, and the rest is named with its hectares.
#[test]
fn what_lies_outside_today_counts_nowhere() {
    let bench = Bench::new();
    let old = [
        ("1", "Xã Trong", [105.0, 0.0, 105.01, 0.01]),
        ("2", "Xã Rìa", [105.01, 0.0, 105.02, 0.01]),
        ("3", "Xã Mép", [105.0, 0.01, 105.01, 0.02]),
    ];
    // A tenth of the second; nine tenths of the third, whose edge may be drawn otherwise.
    let new = [
        ("a", "Trong", [105.0, 0.0, 105.01, 0.01]),
        ("b", "Rìa", [105.01, 0.0, 105.011, 0.01]),
        ("c", "Mép", [105.0, 0.01, 105.01, 0.019]),
    ];
    bench.write("old.geojson", layer(&old)).write("new.geojson", layer(&new));
    bench.write("t.csv", "code,ha\n1,100\n2,200\n3,50\n");
    bench.write(
        "ruong.toml",
        "version = 1\n[communes]\nfile = \"new.geojson\"\ncode = \"code\"\nname = \"name\"\n[[former]]\nid = \"cu\"\nfile = \"old.geojson\"\n\
         code = \"code\"\nname = \"name\"\n[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nunits = \"cu\"\nkey = { commune = \"code\" }\n",
    );
    let of = |text: &str, key: &str, column: &str| -> Vec<f64> {
        let all = rows(text);
        ["a", "b", "c"].iter().map(|code| number(all.iter().find(|row| row[key] == *code).expect("a row"), column)).collect()
    };
    let near = |found: Vec<f64>| {
        let apart = found.iter().zip([100.0, 20.0, 50.0]).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(apart < 1e-3, "{found:?}");
    };
    let ran = bench.command("build . --only tables --quiet");
    assert!(ran.code < 2, "{}", ran.stderr);
    near(of(&bench.read("out/tables/communes.csv"), "code", "t.ha"));
    assert!(
        bench.read("out/problems.csv").contains("90,0 % của Xã Rìa nằm ngoài các đơn vị mới: số của phần đó không tính vào đâu")
    );
    let ran = bench.command("crosswalk --old old.geojson --new new.geojson --table t.csv --value ha --code code --out x");
    assert!(ran.code < 2, "{}", ran.stderr);
    near(of(&bench.read("x/values.csv"), "code", "ha"));
}

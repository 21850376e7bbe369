//! What is known of a part is not told of the whole: sums, estimates and changes say of how much they are.

mod common;

use common::{Bench, communes_in_a_row, project_of_four as project, rows, words_of};

const WEEK: &str = "{ from = 2024-04-05, to = 2024-04-11 }";
const REPORT: &str = "kind = \"infested-area\"\nkey = { commune = \"code\" }";

fn built(bench: &Bench) -> String {
    let ran = bench.command("build . --quiet --only tables");
    assert!(ran.code < 2, "{}", ran.stderr);
    bench.read("out/problems.csv")
}

fn total(bench: &Bench, measure: &str) -> String {
    let summary = rows(&bench.read("out/tables/summary.csv"));
    summary.iter().find(|row| row["measure"] == measure).map_or_else(String::new, |row| row["current"].clone())
}

/// Ten hectares of one commune last year, forty of four this year: nothing grew by 300 %.
#[test]
fn years_of_other_communes_have_no_change_in_per_cent() {
    let mut table = "code,date,pest,total_ha\nc0,2023-04-13,Rầy nâu,10\nc0,2023-04-06,Rầy nâu,10\n".to_owned();
    for commune in 0..4 {
        table.push_str(&format!("c{commune},2024-04-11,Rầy nâu,10\nc{commune},2024-04-04,Rầy nâu,10\n"));
    }
    let charts = "[[charts]]\nid = \"nam\"\nkind = \"time-series\"\nmeasure = \"infested_ha\"\ncompare = \"last-year\"\n\
                  [[charts]]\nid = \"so\"\nkind = \"figures\"\nmeasures = [\"infested_ha\"]\n";
    let bench = project(WEEK, &[("ia", REPORT, &table)], charts);
    let ran = bench.command("build . --quiet --only charts");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let words = words_of(&bench.read("out/charts/nam.svg"));
    assert!(words.contains("1 xã có số liệu; năm nay 4") && !words.contains("300"), "{words}");
    let card = words_of(&bench.read("out/charts/so.svg"));
    assert!(card.contains("(0)") && card.contains("chỉ so 1/4 xã"), "{card}");
}

/// A contract of 450 ha in a commune whose report has no classes is no 0 in what is expected, and one of 300 ha without any report is
/// not covered by the highest estimate.
#[test]
fn an_estimate_of_some_communes_says_so() {
    let report = "code,date,pest,light_ha,medium_ha,heavy_ha,total_ha,sown_ha\nc0,2024-04-11,Rầy nâu,50,10,0,60,500\n\
                  c1,2024-04-11,Rầy nâu,,,,400,500\n";
    let contracts = "code,enterprise,contracted_ha\nc0,A,100\nc1,B,450\nc2,B,300\n";
    let linked = "kind = \"linked-production\"\nkey = { commune = \"code\" }";
    let bench = project(WEEK, &[("ia", REPORT, report), ("lk", linked, contracts)], "");
    let ran = bench.command("build . --only tables");
    assert!(ran.stderr.contains("2/3 xã có hợp đồng") && !ran.stderr.contains("khoảng"), "{}", ran.stderr);
    assert_eq!([total(&bench, "linked_at_risk_expected_ha"), total(&bench, "linked_at_risk_high_ha")], ["", "410"]);
    let enterprises = rows(&bench.read("out/tables/enterprises.csv"));
    assert!(enterprises.iter().all(|row| row["surveyed_ha"].is_empty()), "{enterprises:?}");
    // Where every commune with a report gives an expectation, there is a sum: 100 · 10 / 500.
    let report = bench.read("ia.csv").replace("29951,2024-04-11,Rầy nâu,,,,400,500\n", "");
    bench.write("ia.csv", report);
    let _ = built(&bench);
    assert_eq!(total(&bench, "linked_at_risk_expected_ha"), "2");
}

#[test]
fn two_printed_weeks_in_one_period_are_named() {
    let table = "code,date,pest,total_ha\nc0,05/04/2024 - 11/04/2024,Rầy nâu,8\nc0,12/04/2024 - 17/04/2024,Rầy nâu,13\n\
                 c1,05/04/2024 - 11/04/2024,Rầy nâu,3\n";
    let bench = project("\"2024-W15\"", &[("ia", REPORT, table)], "");
    assert!(built(&bench).contains("gồm nhiều kỳ in trong bảng"));
    let bench = project("{ from = 2024-04-05, to = 2024-04-11 }", &[("ia", REPORT, table)], "");
    assert!(!built(&bench).contains("gồm nhiều kỳ in trong bảng"));
}

#[test]
fn sums_of_outbreaks_that_do_not_state_all_are_the_least() {
    let register = "onset,disease,species,code,herd,sick,dead,destroyed\n2024-04-01,ASF,Heo,c0,50,20,5,20\n\
                    2024-04-02,ASF,Heo,c0,80,30,,\n";
    let keys = "kind = \"outbreaks\"\nkey = { commune = \"code\" }";
    let problems = built(&project(WEEK, &[("od", keys, register)], ""));
    assert!(problems.contains("1 trong 2 ổ dịch không ghi số con chết"), "{problems}");
    assert!(!problems.contains("không ghi số con mắc"), "{problems}");
}

/// The last case came after the last report: days to wait are counted from it.
#[test]
fn today_is_not_before_the_last_case() {
    let register = "onset,reported,last_case,disease,species,lon,lat,herd,sick\n\
                    2024-04-01,2024-04-02,2024-04-25,LMLM,Bò,105.05,10.05,50,20\n2024-04-03,2024-04-04,,LMLM,Bò,105.06,10.05,50,20\n";
    let bench = Bench::new();
    bench.write("c.geojson", communes_in_a_row(4)).write("o.csv", register);
    let ran = bench.command("zones --outbreaks o.csv --communes c.geojson --radius-km 1 --release-days 21 --out z --quiet");
    assert!(ran.code < 2, "{}", ran.stderr);
    let zone = &rows(&bench.read("z/zones.csv"))[0];
    assert_eq!([zone["last_case"].as_str(), zone["release_date"].as_str()], ["2024-04-25", "2024-05-16"]);
    assert!(zone["counted_from"].contains("1 ổ không ghi ca cuối"), "{zone:?}");
    // Weeks are counted as far as anybody reported.
    let ran = bench.command("outbreaks curve --outbreaks o.csv --out k --quiet");
    assert!(ran.code < 2, "{}", ran.stderr);
    assert_eq!(rows(&bench.read("k/curve.csv")).len(), 1, "{}", bench.read("k/curve.csv"));
    // Whoever sets the days to wait is their source, not the law.
    assert!(!zone["release_source"].contains("TT 07/2016"), "{zone:?}");
}

/// Contracts on fields that no survey of a pest reached have an unknown risk of it; a field outside every commune is none of theirs.
#[test]
fn contracts_that_a_pest_was_not_looked_for_on_are_not_free_of_it() {
    let field =
        |id: &str, west: f64| common::feature(&format!("\"id\":\"{id}\""), &common::square(west, 10.01, west + 0.01, 10.02));
    let contracts = "kind = \"linked-production\"\nkey = { field = \"id\" }";
    let forecast = "kind = \"pest-forecast\"\nkey = { field = \"id\" }";
    let bench = project(
        WEEK,
        &[
            ("lk", contracts, "id,enterprise,contracted_ha\nF1,A,10\n"),
            ("pf", forecast, "id,date,pest,severity\nF2,2024-04-06,rầy nâu,3\nF1,2024-04-06,đạo ôn,3\n"),
        ],
        "[fields]\nfile = \"f.geojson\"\nid = \"id\"\n",
    );
    bench.write("f.geojson", common::collection(&[field("F1", 105.01), field("F2", 105.03), field("F9", 100.0)]));
    let _ = built(&bench);
    let pests = rows(&bench.read("out/tables/pests.csv"));
    let risk = |pest: &str| pests.iter().find(|row| row["pest"].to_lowercase() == pest).expect(pest)["linked_at_risk_ha"].clone();
    assert_eq!([risk("rầy nâu"), risk("đạo ôn")], ["", "10"]);
    assert_eq!(total(&bench, "fields"), "2");
}

#[test]
fn a_difference_is_rounded_as_it_is_written() {
    let table = "code,date,pest,total_ha\nc0,2024-04-11,Rầy nâu,12.3\nc0,2024-04-04,Rầy nâu,15.45\n";
    let charts = "[[charts]]\nid = \"so\"\nkind = \"figures\"\nmeasures = [\"infested_ha\"]\n";
    let bench = project(WEEK, &[("ia", REPORT, table)], charts);
    let _ = bench.command("build . --quiet --only charts");
    let card = words_of(&bench.read("out/charts/so.svg"));
    assert!(card.contains("\u{2212}3,2"), "{card}");
}

/// "Trong đó nặng" is a part of the pests beside it and no pest.
#[test]
fn a_part_of_what_stands_across_is_no_pest() {
    let table = "code;date;Rầy nâu (ha);Đạo ôn (ha);Trong đó nặng (ha)\nc0;2024-04-11;12,5;3;2\n";
    let keys = format!(
        "{REPORT}\nunpivot = {{ headings = [\"{{Loài}} (ha)\"], value = \"Tổng (ha)\" }}\ncolumns = {{ pest = \"Loài\" }}"
    );
    let bench = project(WEEK, &[("ia", &keys, table)], "");
    let problems = built(&bench);
    let pests: Vec<String> = rows(&bench.read("out/tables/pests.csv")).iter().map(|row| row["pest"].clone()).collect();
    assert_eq!(pests, ["Rầy nâu", "Đạo ôn"]);
    assert!(problems.contains("Trong đó nặng (ha)"), "{problems}");
}

/// A column "con/đêm" holds the numbers; the species stand in theirs.
#[test]
fn the_numbers_of_a_trap_are_not_its_species() {
    let mut table = "bẫy,loài,ngày,con/đêm\n".to_owned();
    for day in 1..=28 {
        let species = if day % 2 == 0 { "rầy nâu" } else { "sâu cuốn lá nhỏ" };
        table.push_str(&format!("B1,{species},2024-01-{day:02},{}\n", 10 + day));
    }
    let bench = Bench::new();
    bench.write("t.csv", table);
    let ran = bench.command("forecast traps --readings t.csv --out z --quiet");
    assert!(ran.code < 2, "{}", ran.stderr);
    let windows = rows(&bench.read("z/windows.csv"));
    let species: Vec<&str> = windows.iter().map(|row| row["species"].as_str()).collect();
    assert_eq!(species, ["rầy nâu", "sâu cuốn lá nhỏ"]);
}

/// More cannot be infested than was sown.
#[test]
fn more_infested_than_sown_is_named() {
    let table = "code,date,pest,total_ha,sown_ha\nc0,2024-04-11,Rầy nâu,60,50\nc1,2024-04-11,Rầy nâu,50,50\n";
    let problems = built(&project(WEEK, &[("ia", REPORT, table)], ""));
    assert_eq!(problems.matches("lớn hơn diện tích gieo trồng").count(), 1, "{problems}");
}

/// Two holdings of one commune are two, with their animals together; a name that is mistyped by one letter still agrees with its code.
#[test]
fn holdings_are_counted_and_a_slip_of_the_pen_contradicts_no_code() {
    let herds = "holding,species,lon,lat,head\nH1,Heo,105.02,10.02,10\nH2,Heo,105.05,10.05,30\nH3,Heo,105.15,10.05,5\n";
    let named = "code,Tên xã,ha\nc0,Xã 0,7\nc1,Tâm Thành,8\nc2,Xã 0,9\n";
    let bench = project(
        WEEK,
        &[
            ("dan", "kind = \"herds\"\nkey = { lon = \"lon\", lat = \"lat\" }", herds),
            ("dt", "kind = \"indicator\"\nkey = { commune = \"code\" }", named),
        ],
        "",
    );
    let boundaries = bench.read("c.geojson").replace("Xã 1", "Xã Tân Thành");
    bench.write("c.geojson", boundaries);
    let problems = built(&bench);
    let communes = rows(&bench.read("out/tables/communes.csv"));
    let of = |at: usize, column: &str| communes[at][column].clone();
    assert_eq!([of(0, "dan.herds"), of(0, "dan.head"), of(1, "dan.herds")], ["2", "40", "1"]);
    assert_eq!([of(1, "dt.ha"), of(2, "dt.ha")], ["8", ""], "{problems}");
}

/// Stars may be all that tells classes apart.
#[test]
fn classes_of_stars_are_not_one() {
    let table = "code,hang,so\nc0,***,3\nc0,****,4\n";
    let keys = "kind = \"indicator\"\nkey = { commune = \"code\" }\nwhere = { \"hang\" = \"***\" }\nduplicates = \"sum\"";
    let bench = project(WEEK, &[("sp", keys, table)], "");
    let _ = built(&bench);
    assert_eq!(total(&bench, "sp.so"), "3");
}

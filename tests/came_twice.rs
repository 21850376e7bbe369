//! What an office's folder holds twice, or of several years, is counted once, and the run says so.

mod common;

use common::office::*;
use common::{Bench, number, root, rows};

const TITLE: &str = "BÁO CÁO TÌNH HÌNH SINH VẬT GÂY HẠI";

/// Makes and builds without looking at the exit code; what building said.
fn built(bench: &Bench) -> String {
    let ran = bench.run(&["build", "p", "--only", "tables"]);
    format!("{}\n{}", ran.stderr, bench.read("p/out/problems.csv"))
}

fn one(bench: &Bench, name: &str, above: &[&str], rows: Vec<Vec<String>>) {
    book(bench, name, &[sheet("Sheet1", above, rows)]);
}

#[test]
fn a_copy_beside_a_report_counts_once() {
    for copy in ["bc t15 (1).xlsx", "bc t15 - Copy.xlsx", "luu bc t15 cuoi.xlsx"] {
        let bench = Bench::new();
        one(&bench, "bc t15.xlsx", &[TITLE, WEEK], listed(1.0));
        one(&bench, copy, &[TITLE, WEEK], listed(1.0));
        let _ = made(&bench, &["bc t15.xlsx", copy]);
        right(&bench, true);
        let said = built(&bench);
        assert!(said.contains("không tính lần hai"), "{copy}: {said}");
    }
}

/// A report that was corrected has most numbers of the first; which of them is right is for people to say.
#[test]
fn a_corrected_report_is_not_added_to_the_first() {
    let bench = Bench::new();
    let mut rows = listed(1.0);
    rows[1][3] = "121.5".to_owned();
    one(&bench, "bc t15.xlsx", &[TITLE, WEEK], listed(1.0));
    one(&bench, "bc t15 sua lan 1.xlsx", &[TITLE, WEEK], rows);
    let _ = made(&bench, &["bc t15.xlsx", "bc t15 sua lan 1.xlsx"]);
    let said = built(&bench);
    assert!(said.contains("không tính lần hai"), "{said}");
    let pests = common::rows(&bench.read("p/out/tables/pests.csv"));
    let brown = |code: &str| {
        let row = pests.iter().find(|row| row["code"] == code && row["pest"] == "Rầy nâu" && row["period"] == "current");
        number(row.expect("a row"), "infested_ha")
    };
    assert!([133.0, 134.0].contains(&brown("29992")) && (brown("29995") - 35.5).abs() < 1e-9, "{pests:?}");
}

/// A summary has the sums of its parts, by commune and pest, in a form of its own.
#[test]
fn a_summary_beside_its_parts_is_not_added() {
    let bench = Bench::new();
    let mut sheets: Vec<Sheet> =
        communes().into_iter().map(|c| sheet(&format!("Xã {c}"), &[WEEK], [vec![line(&HEAD)], of_commune(c)].concat())).collect();
    let sum = |commune: &str, pest: &str| {
        let row = DATA.iter().find(|row| row.0 == commune && row.2 == pest);
        row.map_or(String::new(), |row| row.3.iter().sum::<f64>().to_string())
    };
    let across = communes().into_iter().map(|c| vec![c.to_owned(), sum(c, "Rầy nâu"), sum(c, "Chuột")]);
    let rows = [vec![line(&["Xã", "Rầy nâu", "Chuột"])], across.collect()].concat();
    sheets.push(sheet("Tổng hợp", &["DIỆN TÍCH NHIỄM (ha)", WEEK], rows));
    book(&bench, "bc.xlsx", &sheets);
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, true);
}

/// Two crops have different hectares of one pest: both count.
#[test]
fn two_tables_of_different_numbers_are_added() {
    let bench = Bench::new();
    one(&bench, "lua.xlsx", &[TITLE, WEEK], listed(1.0));
    one(&bench, "mau.xlsx", &[TITLE, WEEK], listed(0.5));
    let _ = made(&bench, &["lua.xlsx", "mau.xlsx"]);
    let said = built(&bench);
    assert!(!said.contains("không tính lần hai"), "{said}");
    let pests = common::rows(&bench.read("p/out/tables/pests.csv"));
    let row = pests.iter().find(|row| row["code"] == "29995" && row["period"] == "current").expect("a row");
    assert!((number(row, "infested_ha") - 1.5 * 35.5).abs() < 1e-9, "{row:?}");
}

/// Two weeks that nothing tells apart are not one week of twice the hectares.
#[test]
fn reports_without_a_period_are_not_added_up() {
    let bench = Bench::new();
    one(&bench, "bc 1.xlsx", &[TITLE], listed(1.0));
    one(&bench, "bc 2.xlsx", &[TITLE], listed(2.0));
    let _ = made(&bench, &["bc 1.xlsx", "bc 2.xlsx"]);
    let said = built(&bench);
    assert!(said.contains("không biết tệp nào của kỳ nào"), "{said}");
    right(&bench, true);
}

fn contracts(factor: f64) -> Vec<Vec<String>> {
    let of = |(at, (commune, ha)): (usize, (&str, f64))| {
        vec![at.to_string(), commune.to_owned(), "Công ty A".to_owned(), (ha * factor).to_string()]
    };
    let data = [("Long Thuận", 120.5), ("Phú Thuận B", 80.0), ("Thường Lạc", 33.25), ("Long Khánh A", 12.0)];
    std::iter::once(line(&["TT", "Xã", "Doanh nghiệp", "Diện tích hợp đồng (ha)"])).chain((1..).zip(data).map(of)).collect()
}

fn linked(bench: &Bench, code: &str) -> f64 {
    let communes = rows(&bench.read("p/out/tables/communes.csv"));
    number(communes.iter().find(|row| row["code"] == code).expect("a commune"), "linked_ha")
}

#[test]
fn contracts_that_come_twice_count_once() {
    let title = ["DANH SÁCH HỢP ĐỒNG BAO TIÊU"];
    let bench = Bench::new();
    one(&bench, "lien ket.xlsx", &title, contracts(1.0));
    one(&bench, "lien ket (1).xlsx", &title, contracts(1.0));
    let _ = made(&bench, &["lien ket.xlsx", "lien ket (1).xlsx"]);
    let said = built(&bench);
    assert!((linked(&bench, "29992") - 120.5).abs() < 1e-9 && said.contains("không"), "{said}");

    // One list of two comes again.
    let bench = Bench::new();
    one(&bench, "hd Lua Vang.xlsx", &title, contracts(1.0));
    one(&bench, "hd Tan Tien.xlsx", &title, contracts(0.2));
    one(&bench, "hd Tan Tien (1).xlsx", &title, contracts(0.2));
    let _ = made(&bench, &["hd Lua Vang.xlsx", "hd Tan Tien.xlsx", "hd Tan Tien (1).xlsx"]);
    let said = built(&bench);
    assert!((linked(&bench, "29992") - 1.2 * 120.5).abs() < 1e-6 && said.contains("không tính lần hai"), "{said}");
    assert!(!said.contains("không nối được với thửa hay xã"), "a copy is no contract without a place: {said}");

    // A summary by commune beside the lists of two enterprises.
    let bench = Bench::new();
    let of = |name: &str, parts: [&str; 3]| {
        let row = |(at, (commune, ha)): (usize, (&str, &str))| line(&[&at.to_string(), commune, name, ha]);
        let head = line(&["TT", "Xã", "Doanh nghiệp", "Diện tích hợp đồng (ha)"]);
        std::iter::once(head).chain((1..).zip(communes().into_iter().zip(parts)).map(row)).collect::<Vec<_>>()
    };
    let total: Vec<Vec<String>> = std::iter::once(line(&["TT", "Xã", "Tổng DT ký hợp đồng (ha)"]))
        .chain((1..).zip(communes().into_iter().zip(["30", "50", "70"])).map(|(at, (c, ha))| line(&[&at.to_string(), c, ha])))
        .collect();
    book(
        &bench,
        "hd.xlsx",
        &[
            sheet("TH", &["TỔNG HỢP HỢP ĐỒNG"], total),
            sheet("Cty A", &["HỢP ĐỒNG"], of("Công ty A", ["10", "20", "30"])),
            sheet("Cty B", &["HỢP ĐỒNG"], of("Công ty B", ["20", "30", "40"])),
        ],
    );
    let _ = made(&bench, &["hd.xlsx"]);
    let _ = built(&bench);
    assert!((linked(&bench, "29992") - 30.0).abs() < 1e-9, "{}\n{}", linked(&bench, "29992"), bench.read("p/ruong.toml"));
}

#[test]
fn contracts_of_two_years_are_not_added() {
    let bench = Bench::new();
    for (year, factor) in [(2023, 0.5), (2024, 1.0)] {
        one(&bench, &format!("hop dong {year}.xlsx"), &["HỢP ĐỒNG BAO TIÊU"], contracts(factor));
    }
    let made = made(&bench, &["hop dong 2023.xlsx", "hop dong 2024.xlsx"]);
    assert!((linked(&bench, "29992") - 120.5).abs() < 1e-9, "{}", bench.read("p/ruong.toml"));
    assert!(made.stderr.contains("hop dong 2023.xlsx") && made.stderr.contains("không cộng hai danh sách"), "{}", made.stderr);
    // Two seasons may both be in force: they are added, and the run says so.
    let bench = Bench::new();
    one(&bench, "HD Dong Xuan.xlsx", &["HỢP ĐỒNG BAO TIÊU"], contracts(1.0));
    one(&bench, "HD He Thu.xlsx", &["HỢP ĐỒNG BAO TIÊU"], contracts(0.3));
    let _ = common::office::made(&bench, &["HD Dong Xuan.xlsx", "HD He Thu.xlsx"]);
    assert!(built(&bench).contains("hai vụ hay hai năm"), "{}", bench.read("p/out/problems.csv"));
}

/// A sheet of what is foreseen stands beside those of what was seen; a month beside its weeks.
#[test]
fn the_latest_period_is_one_that_was_surveyed() {
    let bench = Bench::new();
    let sheets = [
        sheet("Tuần 20", &["Tuần 20 năm 2024 (từ ngày 10/05/2024 đến ngày 16/05/2024)"], listed(1.0)),
        sheet("Dự báo", &["Tuần 21 năm 2024 (từ ngày 17/05/2024 đến ngày 23/05/2024)"], listed(3.0)),
    ];
    book(&bench, "bc.xlsx", &sheets);
    let made = made(&bench, &["bc.xlsx"]);
    assert!(made.stderr.contains("là dự báo"), "{}", made.stderr);
    right(&bench, true);

    let bench = Bench::new();
    let sheets = [
        sheet("T20", &["Tuần 20 năm 2024 (từ ngày 10/05/2024 đến ngày 16/05/2024)"], listed(1.0)),
        sheet("Tháng 5", &["Tháng 5 năm 2024"], listed(4.0)),
    ];
    book(&bench, "bc.xlsx", &sheets);
    let _ = common::office::made(&bench, &["bc.xlsx"]);
    right(&bench, true);

    // A sheet laid out for the week to come has no numbers yet.
    let bench = Bench::new();
    let mut blank = listed(1.0);
    blank.iter_mut().skip(1).for_each(|row| row.iter_mut().skip(3).for_each(String::clear));
    let sheets = [
        sheet("T20", &["Tuần 20 năm 2024 (từ ngày 10/05/2024 đến ngày 16/05/2024)"], listed(1.0)),
        sheet("T21", &["Tuần 21 năm 2024 (từ ngày 17/05/2024 đến ngày 23/05/2024)"], blank),
    ];
    book(&bench, "bc.xlsx", &sheets);
    let _ = common::office::made(&bench, &["bc.xlsx"]);
    right(&bench, true);
}

/// A table of the province: a commune of another district may have the name of one of ours.
#[test]
fn a_commune_of_another_district_is_not_ours() {
    let bench = Bench::new();
    let mut rows = listed(1.0);
    rows[0].insert(1, "Huyện".to_owned());
    rows.iter_mut().skip(1).for_each(|row| row.insert(1, "Hồng Ngự".to_owned()));
    rows.push(line(&["6", "Gò Công", "Long Thuận", "Rầy nâu", "99", "0", "0"]));
    rows.push(line(&["7", "Gò Công", "Tân Phước Xa", "Rầy nâu", "98", "0", "0"]));
    rows.push(line(&["8", "Gò Công", "Bình Ân Xa", "Rầy nâu", "97", "0", "0"]));
    one(&bench, "tinh.xlsx", &[TITLE, WEEK], rows);
    let _ = made(&bench, &["tinh.xlsx"]);
    right(&bench, true);
    assert!(built(&bench).contains("1 dòng của Gò Công trùng tên"));
    assert!(root().join("data").is_dir());
}

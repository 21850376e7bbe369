//! `ruong new` on workbooks as offices lay them out: where commune, pest and week stand differs, the hectares are the same.

mod common;

use common::office::*;
use common::{Bench, rows};

#[test]
fn communes_in_sheets_with_a_summary_beside_them() {
    let bench = Bench::new();
    let mut sheets: Vec<Sheet> =
        communes().into_iter().map(|c| sheet(&format!("Xã {c}"), &[WEEK], [vec![line(&HEAD)], of_commune(c)].concat())).collect();
    sheets.insert(
        0,
        sheet(
            "Tổng hợp",
            &[WEEK],
            vec![line(&HEAD), line(&["1", "Rầy nâu", "152", "15.5", "2.5"]), line(&["2", "Chuột", "87", "20", "1"])],
        ),
    );
    book(&bench, "bc.xlsx", &sheets);
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, true);
}

#[test]
fn communes_in_rows_of_groups_with_their_own_sums() {
    let bench = Bench::new();
    let mut rows = vec![line(&HEAD)];
    for (mark, commune) in ["I", "II", "X"].iter().zip(communes()) {
        let sum = |at: usize| DATA.iter().filter(|row| row.0 == commune).map(|row| row.3[at]).sum::<f64>().to_string();
        rows.push(vec![(*mark).to_owned(), format!("Xã {commune}"), sum(0), sum(1), sum(2)]);
        rows.extend(of_commune(commune));
    }
    book(&bench, "bc.xlsx", &[sheet("Sheet1", &["THÔNG BÁO", WEEK], rows)]);
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, true);
}

#[test]
fn communes_once_and_empty_below() {
    let bench = Bench::new();
    let mut rows = vec![line(&["Địa phương", "Đối tượng", "Nhẹ", "TB", "Nặng"])];
    for commune in communes() {
        for (at, row) in of_commune(commune).into_iter().enumerate() {
            rows.push([vec![if at == 0 { commune.to_owned() } else { String::new() }], row[1..].to_vec()].concat());
        }
    }
    book(&bench, "bc.xlsx", &[sheet("Sheet1", &[WEEK], rows)]);
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, true);
}

#[test]
fn communes_in_titles_of_files_that_belong_together() {
    let bench = Bench::new();
    for (at, commune) in communes().into_iter().enumerate() {
        let title = format!("BÁO CÁO XÃ {}", commune.to_uppercase());
        book(
            &bench,
            &format!("bc {at}.xlsx"),
            &[sheet("Sheet1", &[&title, WEEK], [vec![line(&HEAD)], of_commune(commune)].concat())],
        );
    }
    let _ = made(&bench, &["bc 0.xlsx", "bc 1.xlsx", "bc 2.xlsx"]);
    right(&bench, true);
    assert!(bench.read("p/ruong.toml").contains("bc *.xlsx"));
}

#[test]
fn communes_across_and_a_column_of_sums() {
    let bench = Bench::new();
    let mut rows = vec![[line(&["STT", "Loài"]), communes().iter().map(|c| (*c).to_owned()).collect(), line(&["Cộng"])].concat()];
    for (at, pest) in ["Rầy nâu", "Chuột"].into_iter().enumerate() {
        let of = |c: &str| DATA.iter().find(|row| row.0 == c && row.2 == pest).map(|row| row.3.iter().sum::<f64>());
        let all: f64 = communes().iter().filter_map(|c| of(c)).sum();
        let cells = communes().iter().map(|c| of(c).map_or(String::new(), |ha| ha.to_string())).collect();
        rows.push([vec![(at + 1).to_string(), pest.to_owned()], cells, vec![all.to_string()]].concat());
    }
    book(&bench, "bc.xlsx", &[sheet("Sheet1", &["DIỆN TÍCH NHIỄM (ha)", WEEK], rows)]);
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, false);
}

#[test]
fn a_sheet_for_each_pest() {
    let bench = Bench::new();
    let of = |pest: &str| -> Vec<Vec<String>> {
        let own = DATA.iter().filter(|row| row.2 == pest);
        (1..).zip(own).map(|(at, row)| [vec![format!("{at}"), row.0.to_owned()], numbers(row.3)].concat()).collect()
    };
    let sheets: Vec<Sheet> = ["Rầy nâu", "Chuột"]
        .into_iter()
        .map(|pest| sheet(pest, &[WEEK], [vec![line(&["STT", "Xã/TT", "Nhẹ", "Trung bình", "Nặng"])], of(pest)].concat()))
        .collect();
    book(&bench, "bc.xlsx", &sheets);
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, true);
}

#[test]
fn severity_in_rows() {
    let bench = Bench::new();
    let mut rows = vec![line(&["STT", "Xã", "Sinh vật hại", "Mức độ nhiễm", "Diện tích (ha)"])];
    for (commune, _, pest, hectares) in DATA {
        for (word, ha) in ["Nhẹ", "Trung bình", "Nặng"].iter().zip(hectares).filter(|(_, ha)| *ha > 0.0) {
            rows.push(vec![rows.len().to_string(), commune.to_owned(), pest.to_owned(), (*word).to_owned(), ha.to_string()]);
        }
    }
    book(&bench, "bc.xlsx", &[sheet("Sheet1", &[WEEK], rows)]);
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, true);
}

#[test]
fn weeks_one_below_the_other_and_contracts_below_them() {
    let bench = Bench::new();
    let mut all: Vec<Vec<String>> = Vec::new();
    for (week, factor) in [("Từ ngày 03/05/2024 đến ngày 09/05/2024", 2.0), (WEEK, 1.0)] {
        all.push(line(&[week]));
        all.extend(listed(factor));
        all.push(vec![]);
    }
    all.push(line(&["II. DIỆN TÍCH LIÊN KẾT"]));
    all.push(line(&["TT", "Xã", "Doanh nghiệp", "Diện tích hợp đồng (ha)"]));
    all.push(line(&["1", "Long Thuận", "Lộc Trời", "250.5"]));
    all.push(line(&["2", "Thường Lạc", "Lộc Trời", "99"]));
    book(&bench, "bc.xlsx", &[("Sheet1".to_owned(), all)]);
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, true);
    let communes = rows(&bench.read("p/out/tables/communes.csv"));
    let linked =
        |code: &str| communes.iter().find(|row| row["code"] == code).map(|row| row["linked_ha"].clone()).expect("a commune");
    assert_eq!([linked("29992"), linked("29977")], ["250.5", "99"]);
}

#[test]
fn a_table_that_joins_nothing_is_named_and_stops_no_other() {
    let bench = Bench::new();
    let rows = listed(1.0);
    book(&bench, "bc.xlsx", &[sheet("Sheet1", &[WEEK], rows)]);
    book(
        &bench,
        "kho.xlsx",
        &[sheet("Kho", &["VẬT TƯ"], vec![line(&["Mặt hàng", "Số lượng"]), line(&["Phân", "3"]), line(&["Thuốc", "4"])])],
    );
    let ran = made(&bench, &["bc.xlsx", "kho.xlsx"]);
    right(&bench, true);
    assert!(ran.stderr.lines().any(|line| line.starts_with("  ! ") && line.contains("kho.xlsx")), "{}", ran.stderr);
}

#[test]
fn a_sheet_twice_is_not_added_up() {
    let bench = Bench::new();
    let rows = listed(1.0);
    book(&bench, "bc.xlsx", &[sheet("Bản chính", &[WEEK], rows.clone()), sheet("Bản sao", &[WEEK], rows)]);
    let ran = made(&bench, &["bc.xlsx"]);
    right(&bench, true);
    assert!(ran.stderr.lines().any(|line| line.starts_with("  ! ") && line.contains("Bản sao")), "{}", ran.stderr);
}

#[test]
fn boundaries_without_names_are_joined_by_code() {
    let bench = Bench::new();
    let square = |west: f64| common::square(west, 10.0, west + 0.1, 10.1);
    let units = [common::feature("\"ma\":\"29950\"", &square(105.0)), common::feature("\"ma\":\"29951\"", &square(105.1))];
    bench.write("xa.geojson", common::collection(&units)).write("t.csv", "ma,OCOP\n29950,3\n29951,4\n");
    let ran = bench.run(&["new", "p", "xa.geojson", "t.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = bench.run(&["build", "p", "--only", "tables"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(bench.read("p/out/tables/communes.csv").contains("29951,"));
}

#[test]
fn densities_across_are_no_hectares() {
    let bench = Bench::new();
    let rows = [vec!["STT", "Xã", "Rầy nâu", "Chuột"], vec!["1", "Long Thuận", "750", "3"], vec!["2", "Thường Lạc", "1200", "5"]];
    let rows = rows.iter().map(|row| line(row)).collect();
    book(&bench, "md.xlsx", &[sheet("Sheet1", &["MẬT ĐỘ SÂU BỆNH (con/m2)", WEEK], rows)]);
    let _ = made(&bench, &["md.xlsx"]);
    let communes = bench.read("p/out/tables/communes.csv");
    assert!(!communes.contains("infested_ha"), "{}", bench.read("p/ruong.toml"));
}

#[test]
fn plans_of_two_years_are_not_added_up() {
    let bench = Bench::new();
    for (year, number) in [("2023", "4"), ("2024", "9")] {
        let rows = vec![line(&["STT", "Xã", "Số sản phẩm"]), line(&["1", "Long Thuận", number]), line(&["2", "Thường Lạc", "1"])];
        book(&bench, &format!("ocop {year}.xlsx"), &[sheet("Sheet1", &["SẢN PHẨM OCOP"], rows)]);
    }
    let _ = made(&bench, &["ocop 2023.xlsx", "ocop 2024.xlsx"]);
    let communes = rows(&bench.read("p/out/tables/communes.csv"));
    let row = communes.iter().find(|row| row["code"] == "29992").expect("a commune");
    assert!(row.values().any(|cell| cell == "9") && row.values().all(|cell| cell != "13"), "{row:?}");
}

#[test]
fn a_commune_without_figures_is_no_group() {
    let bench = Bench::new();
    let rows: Vec<Vec<String>> = [
        vec!["Xã", "Nhẹ", "TB", "Nặng"],
        vec!["Xã Long Thuận", "5", "1", "0"],
        vec!["Xã Thường Lạc"],
        vec!["Xã Phú Thuận B", "2", "0", "0"],
    ]
    .iter()
    .map(|row| line(row))
    .collect();
    book(&bench, "bc.xlsx", &[sheet("Sheet1", &["DIỆN TÍCH NHIỄM RẦY NÂU", WEEK], rows)]);
    let _ = made(&bench, &["bc.xlsx"]);
    assert!(!bench.read("p/out/run.json").contains("Nhóm"), "{}", bench.read("p/ruong.toml"));
    assert!(!bench.read("p/out/problems.csv").contains("dòng tên nhóm"));
}

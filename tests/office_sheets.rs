//! Sheets that hold more than one table or another one than it seems: tables below and beside one another, years, days and enterprises.

mod common;

use common::office::*;
use common::{Bench, number, rows};

/// Rows of the communes of the test with numbers of their own.
fn body(first: f64) -> Vec<Vec<String>> {
    let of = |(at, commune): (usize, &str)| vec![commune.to_owned(), (first + at as f64).to_string()];
    COMMUNES.into_iter().enumerate().map(of).collect()
}

const COMMUNES: [&str; 4] = ["Long Thuận", "Thường Lạc", "Phú Thuận B", "Long Khánh A"];
/// Codes of the first two.
const CODES: [&str; 2] = ["29992", "29977"];

fn values(bench: &Bench, column: &str) -> [f64; 2] {
    let communes = rows(&bench.read("p/out/tables/communes.csv"));
    CODES.map(|code| number(communes.iter().find(|row| row["code"] == code).expect("the commune"), column))
}

#[test]
fn tables_below_one_another_keep_apart() {
    let head = || vec![line(&["Xã", "Diện tích (ha)"])];
    let bench = Bench::new();
    let table = [head(), body(10.0), vec![vec![]], vec![line(&["II. DIỆN TÍCH MÀU"])], head(), body(30.0)].concat();
    book(&bench, "t.xlsx", &[sheet("BC", &["I. DIỆN TÍCH LÚA"], table)]);
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!([values(&bench, "t LÚA.Diện tích (ha)"), values(&bench, "t MÀU.Diện tích (ha)")], [[10.0, 11.0], [30.0, 31.0]]);
    // Pests in the titles are pests, and the next page of one table is no other table.
    let bench = Bench::new();
    let head = || vec![line(&["Xã", "Diện tích nhiễm (ha)"])];
    let table = [head(), body(10.0), vec![line(&["II. DIỆN TÍCH NHIỄM ĐẠO ÔN"])], head(), body(30.0)].concat();
    book(&bench, "t.xlsx", &[sheet("BC", &["I. DIỆN TÍCH NHIỄM RẦY NÂU"], table)]);
    let _ = made(&bench, &["t.xlsx"]);
    let pests = rows(&bench.read("p/out/tables/pests.csv"));
    let of = |pest: &str| {
        let row = pests.iter().find(|row| row["code"] == "29992" && row["pest"] == pest && row["period"] == "current");
        number(row.unwrap_or_else(|| panic!("{pests:?}")), "infested_ha")
    };
    assert_eq!([of("RẦY NÂU"), of("ĐẠO ÔN")], [10.0, 30.0]);
    let bench = Bench::new();
    let head = || vec![line(&["Xã", "Diện tích (ha)"])];
    let rest = vec![line(&["Phú Thuận A", "7"]), line(&["Thường Phước 1", "8"])];
    let table = [head(), body(10.0), vec![line(&["Trang 2"])], head(), rest].concat();
    book(&bench, "t.xlsx", &[sheet("BC", &["DIỆN TÍCH LÚA"], table)]);
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!(values(&bench, "t.Diện tích (ha)"), [10.0, 11.0]);
    assert!(!bench.read("p/ruong.toml").contains("where"), "{}", bench.read("p/ruong.toml"));
}

#[test]
fn tables_beside_one_another_are_two() {
    let bench = Bench::new();
    let mut table = vec![line(&["Xã", "Diện tích (ha)", "", "Xã", "Sản lượng (tấn)"])];
    for (left, right) in body(10.0).into_iter().zip(body(50.0).into_iter().rev()) {
        table.push([left, vec![String::new()], right].concat());
    }
    book(&bench, "t.xlsx", &[sheet("BC", &["KẾT QUẢ"], table)]);
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!([values(&bench, "t.Diện tích (ha)"), values(&bench, "t 2.Sản lượng (tấn)")], [[10.0, 11.0], [50.0, 51.0]]);
    // Who reads the first alone hears of the second.
    let project = bench.read("p/ruong.toml");
    let alone = project.split("\n[[tables]]").take(2).collect::<Vec<_>>().join("\n[[tables]]").replace("range = \"A:B\"", "");
    bench.write("p/ruong.toml", alone);
    let ran = bench.run(&["build", "p", "--only", "tables"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    assert!(bench.read("p/out/problems.csv").contains("bên phải còn một bảng nữa (D:E)"), "{}", bench.read("p/out/problems.csv"));
}

#[test]
fn the_latest_year_of_several_is_this_one() {
    let bench = Bench::new();
    let head = vec![line(&["Xã", "Năm 2023", "", "Năm 2024", ""]), line(&["", "Nhẹ (ha)", "Nặng (ha)", "Nhẹ (ha)", "Nặng (ha)"])];
    let body = COMMUNES.map(|commune| line(&[commune, "100", "10", "12", "3"])).to_vec();
    book(&bench, "t.xlsx", &[sheet("S", &["DIỆN TÍCH NHIỄM RẦY NÂU TUẦN 16/2024"], [head, body].concat())]);
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!(values(&bench, "infested_ha"), [15.0, 15.0]);
}

#[test]
fn days_across_are_headings_and_names_may_point_to_a_note() {
    let bench = Bench::new();
    let mut table = vec![line(&["(Lũy kế đến ngày, ha)"]), line(&["TT", "Xã", "Kế hoạch", "05/4", "12/4", "19/4"])];
    for (at, commune) in COMMUNES.into_iter().enumerate() {
        let name = if at == 1 { format!("{commune} (*)") } else { commune.to_owned() };
        table.push(line(&[&(at + 1).to_string(), &name, "500", "50", "120", &(300 + at).to_string()]));
    }
    book(&bench, "t.xlsx", &[sheet("XG", &["TIẾN ĐỘ XUỐNG GIỐNG VỤ HÈ THU 2024"], table)]);
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!([values(&bench, "t.Kế hoạch"), values(&bench, "t.19/4")], [[500.0, 500.0], [300.0, 301.0]]);
}

#[test]
fn a_sheet_for_each_enterprise_names_it() {
    let bench = Bench::new();
    let table = |first: f64| [vec![line(&["Xã", "Diện tích hợp đồng (ha)"])], body(first)].concat();
    let sheets = [
        sheet("Lộc Trời", &["HỢP ĐỒNG BAO TIÊU - LỘC TRỜI"], table(100.0)),
        sheet("Tân Đạt", &["HỢP ĐỒNG BAO TIÊU - TÂN ĐẠT"], table(50.0)),
    ];
    book(&bench, "t.xlsx", &sheets);
    let _ = made(&bench, &["t.xlsx"]);
    let firms = rows(&bench.read("p/out/tables/enterprises.csv"));
    let hectares: Vec<(&str, f64)> = firms.iter().map(|row| (row["enterprise"].as_str(), number(row, "contracted_ha"))).collect();
    assert_eq!(hectares, [("Lộc Trời", 406.0), ("Tân Đạt", 206.0)]);
}

#[test]
fn totals_in_several_rows_are_of_no_commune() {
    let bench = Bench::new();
    let mut table = vec![line(&["Xã", "Loài", "Tổng đàn (con)"])];
    for (commune, heads) in [("Long Thuận", [10, 100]), ("Thường Lạc", [20, 200]), ("Phú Thuận B", [30, 300])] {
        table.push(line(&[commune, "Heo", &heads[0].to_string()]));
        table.push(line(&["", "Gà", &heads[1].to_string()]));
    }
    table.push(line(&["Toàn huyện", "Heo", "60"]));
    table.push(line(&["", "Gà", "600"]));
    book(&bench, "t.xlsx", &[sheet("S", &["TỔNG ĐÀN GIA SÚC, GIA CẦM"], table)]);
    let _ = made(&bench, &["t.xlsx"]);
    let communes = rows(&bench.read("p/out/tables/communes.csv"));
    let hens = communes.iter().find(|row| row["name"] == "Phú Thuận B").expect("the commune");
    assert_eq!(number(hens, "t Gà.Tổng đàn (con)"), 300.0);
}

#[test]
fn plans_and_results_in_rows_are_never_added() {
    let bench = Bench::new();
    let mut table = vec![line(&["Xã", "Nội dung", "Lúa (ha)"])];
    for commune in COMMUNES {
        table.push(line(&[commune, "Kế hoạch", "300"]));
        table.push(line(&["", "Thực hiện", "200"]));
    }
    book(&bench, "t.xlsx", &[sheet("S", &["KẾT QUẢ SẢN XUẤT"], table)]);
    let _ = made(&bench, &["t.xlsx"]);
    let communes = rows(&bench.read("p/out/tables/communes.csv"));
    assert!(communes.iter().all(|row| row.values().all(|cell| cell != "500")), "{communes:?}");
    assert_eq!(values(&bench, "t Thực hiện.Lúa (ha)"), [200.0, 200.0]);
}

#[test]
fn a_title_and_a_sheet_that_name_other_weeks_are_told() {
    let bench = Bench::new();
    let table = || {
        [vec![line(&["Xã", "Sâu bệnh", "Nhẹ (ha)"])], COMMUNES.map(|commune| line(&[commune, "Rầy nâu", "5"])).to_vec()].concat()
    };
    let title = "TÌNH HÌNH DỊCH HẠI TUẦN 16/2024";
    book(&bench, "t.xlsx", &[sheet("Tuần 16", &[title], table()), sheet("Tuần 17", &[title], table())]);
    let _ = made(&bench, &["t.xlsx"]);
    let problems = bench.read("p/out/problems.csv");
    assert!(problems.contains("trang tên \"\"Tuần 17\"\" mà dòng này ghi tuần 16"), "{problems}");
    assert!(!problems.contains("trang tên \"\"Tuần 16\"\""), "{problems}");
}

#[test]
fn so_many_of_so_many_criteria_are_a_number() {
    let bench = Bench::new();
    let head = || line(&["TT", "Xã", "Số TC đạt", "Xã đạt", "Ngày công nhận"]);
    let of = |(at, commune): (usize, &str)| {
        line(&[&(at + 1).to_string(), commune, &format!("'{}/19", 19 - at), &format!("'{}/9", 9 - at), &format!("'{}/9", at + 1)])
    };
    let table = [vec![head()], COMMUNES.into_iter().enumerate().map(of).collect()].concat();
    book(&bench, "t.xlsx", &[sheet("NTM", &["KẾT QUẢ THỰC HIỆN TIÊU CHÍ NÔNG THÔN MỚI"], table)]);
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!([values(&bench, "t.Số TC đạt"), values(&bench, "t.Xã đạt")], [[19.0, 18.0], [9.0, 8.0]]);
    let problems = bench.read("p/out/problems.csv");
    assert!(problems.contains("…/19") && !problems.contains("Ngày công nhận [NTM!E2],…/9"), "{problems}");
    let communes = bench.read("p/out/tables/communes.csv");
    assert!(!communes.contains("Ngày công nhận"), "days are no numbers: {communes}");
}

//! Tables whose rows or columns are several things in one: enterprises and species across, diseases, crops and seasons in rows or on
//! sheets, products that are counted, classes that are part of a total. Numbers by hand.

mod common;

use common::office::*;
use common::{Bench, number, rows};
use std::collections::BTreeMap;

fn communes_csv(bench: &Bench) -> BTreeMap<String, BTreeMap<String, String>> {
    rows(&bench.read("p/out/tables/communes.csv")).into_iter().map(|row| (row["code"].clone(), row)).collect()
}

fn of(bench: &Bench, code: &str, column: &str) -> f64 {
    let all = communes_csv(bench);
    let row = &all[code];
    assert!(row.contains_key(column), "{column} is not in {:?}\n{}", row.keys(), bench.read("p/ruong.toml"));
    number(row, column)
}

#[test]
fn enterprises_across_are_contracts() {
    let bench = Bench::new();
    let mut book_of = rust_xlsxwriter::Workbook::new();
    let page = book_of.add_worksheet();
    page.write(0, 0, "DIỆN TÍCH LIÊN KẾT VỤ HÈ THU 2024").expect("a cell");
    let format = rust_xlsxwriter::Format::new();
    let _ = page.merge_range(2, 0, 3, 0, "TT", &format).expect("merged");
    let _ = page.merge_range(2, 1, 3, 1, "Xã", &format).expect("merged");
    let _ = page.merge_range(2, 2, 2, 4, "Diện tích bao tiêu (ha)", &format).expect("merged");
    for (column, text) in (2..).zip(["Cty CP Lúa Vàng", "HTX Tân Tiến", "Tổng"]) {
        page.write(3, column, text).expect("a cell");
    }
    for (row, (commune, a, b)) in (4..).zip([("Long Thuận", 10.5, 20.0), ("Thường Lạc", 0.0, 7.25)]) {
        page.write(row, 0, row - 3).expect("a cell");
        page.write(row, 1, commune).expect("a cell");
        for (column, number) in (2..).zip([a, b, a + b]).filter(|(_, number)| *number > 0.0) {
            page.write(row, column, number).expect("a cell");
        }
    }
    book_of.save(bench.path("lk.xlsx")).expect("it is saved");
    let _ = made(&bench, &["lk.xlsx"]);
    assert_eq!([of(&bench, "29992", "linked_ha"), of(&bench, "29977", "linked_ha")], [30.5, 7.25]);
    let found: BTreeMap<String, f64> = rows(&bench.read("p/out/tables/enterprises.csv"))
        .iter()
        .map(|row| (row["enterprise"].clone(), number(row, "contracted_ha")))
        .collect();
    assert_eq!(found["Cty CP Lúa Vàng"], 10.5);
    assert_eq!(found["HTX Tân Tiến"], 27.25);
}

#[test]
fn what_was_signed_is_under_contract_and_nothing_beside_it() {
    for heads in [
        ["DT đăng ký (ha)", "DT ký hợp đồng (ha)", "DT đã thu mua (ha)"],
        ["Diện tích sản xuất (ha)", "Diện tích có hợp đồng (ha)", "Diện tích không có hợp đồng (ha)"],
        ["DT dự kiến liên kết (ha)", "DT ký HĐ (ha)", "DT thanh lý HĐ (ha)"],
        ["DT lúa (ha)", "Lúa có hợp đồng (ha)", "Lúa không có hợp đồng (ha)"],
    ] {
        let bench = Bench::new();
        let mut table = vec![[line(&["TT", "Xã", "Doanh nghiệp"]), line(&heads)].concat()];
        table.push(line(&["1", "Long Thuận", "Cty A", "90", "40", "50"]));
        table.push(line(&["2", "Long Thuận", "Cty B", "30", "12.5", "17.5"]));
        table.push(line(&["3", "Thường Lạc", "Cty A", "8", "6", "2"]));
        book(&bench, "lk.xlsx", &[sheet("Sheet1", &["TIẾN ĐỘ LIÊN KẾT TIÊU THỤ"], table)]);
        let _ = made(&bench, &["lk.xlsx"]);
        assert_eq!([of(&bench, "29992", "linked_ha"), of(&bench, "29977", "linked_ha")], [52.5, 6.0], "{heads:?}");
    }
}

#[test]
fn contracts_of_the_last_season_count_and_the_others_are_named() {
    // In one table.
    let bench = Bench::new();
    let mut table = vec![line(&["TT", "Xã", "Doanh nghiệp", "Vụ", "Diện tích hợp đồng (ha)"])];
    for (season, factor) in [("Đông Xuân 2023-2024", 100.0), ("Hè Thu 2024", 1.0), ("Thu Đông 2023", 10.0)] {
        for (commune, hectares) in [("Long Thuận", 4.0), ("Thường Lạc", 3.0)] {
            table.push(line(&["1", commune, "Cty A", season, &(hectares * factor).to_string()]));
        }
    }
    book(&bench, "hd.xlsx", &[sheet("Sheet1", &["HỢP ĐỒNG BAO TIÊU"], table)]);
    let _ = made(&bench, &["hd.xlsx"]);
    assert_eq!([of(&bench, "29992", "linked_ha"), of(&bench, "29977", "linked_ha")], [4.0, 3.0]);
    let project = bench.read("p/ruong.toml");
    assert!(project.contains("Đông Xuân 2023-2024\", \"Thu Đông 2023\""), "{project}");
    assert!(bench.read("p/out/problems.csv").contains("4 dòng khác"), "{}", bench.read("p/out/problems.csv"));
    // In two files of one layout.
    let bench = Bench::new();
    for (name, hectares) in [("HD Dong Xuan 2023-2024.xlsx", "500"), ("HD He Thu 2024.xlsx", "4")] {
        let table =
            vec![line(&["TT", "Xã", "Doanh nghiệp", "Diện tích hợp đồng (ha)"]), line(&["1", "Long Thuận", "Cty A", hectares])];
        book(&bench, name, &[sheet("Sheet1", &["HỢP ĐỒNG BAO TIÊU"], table)]);
    }
    let made = made(&bench, &["HD Dong Xuan 2023-2024.xlsx", "HD He Thu 2024.xlsx"]);
    assert_eq!(of(&bench, "29992", "linked_ha"), 4.0);
    assert!(made.stderr.contains("HD Dong Xuan 2023-2024.xlsx: danh sách"), "{}", made.stderr);
}

#[test]
fn species_across_and_in_rows_are_herds_of_their_own() {
    let across = vec![
        line(&["TT", "Xã", "Trâu, bò", "", "Heo", ""]),
        line(&["", "", "Tổng đàn (con)", "Đã tiêm (con)", "Tổng đàn (con)", "Đã tiêm (con)"]),
        line(&["1", "Long Thuận", "200", "150", "1000", "400"]),
        line(&["2", "Thường Lạc", "50", "50", "80", "60"]),
    ];
    let mut below = vec![line(&["TT", "Xã", "Loại vật nuôi", "Tổng đàn (con)", "Số con đã tiêm"])];
    for (commune, species, head, done) in [
        ("Long Thuận", "Trâu, bò", "200", "150"),
        ("Long Thuận", "Heo", "1000", "400"),
        ("Thường Lạc", "Trâu, bò", "50", "50"),
        ("Thường Lạc", "Heo", "80", "60"),
    ] {
        below.push(line(&["1", commune, species, head, done]));
    }
    for table in [across, below] {
        let bench = Bench::new();
        book(&bench, "tiem.xlsx", &[sheet("Sheet1", &["KẾT QUẢ TIÊM PHÒNG"], table)]);
        let _ = made(&bench, &["tiem.xlsx"]);
        assert_eq!(of(&bench, "29992", "tiem Heo.head"), 1000.0);
        assert_eq!(of(&bench, "29992", "tiem Heo.coverage_pct"), 40.0);
        assert_eq!(of(&bench, "29992", "tiem Trâu, bò.coverage_pct"), 75.0);
        assert_eq!(of(&bench, "29977", "tiem Heo.vaccinated"), 60.0);
    }
}

#[test]
fn diseases_are_not_added_and_hectares_of_crops_are() {
    let bench = Bench::new();
    let mut table = vec![line(&["TT", "Xã", "Số con mắc"])];
    for (group, cases) in [("I. Dịch tả heo châu Phi", ["5", "7"]), ("II. Lở mồm long móng", ["11", "13"])] {
        table.push(line(&[group]));
        for (at, commune) in ["Long Thuận", "Thường Lạc"].into_iter().enumerate() {
            table.push(line(&[&(at + 1).to_string(), commune, cases[at]]));
        }
    }
    book(&bench, "dich.xlsx", &[sheet("Sheet1", &["DỊCH BỆNH ĐỘNG VẬT"], table)]);
    let _ = made(&bench, &["dich.xlsx"]);
    assert_eq!(of(&bench, "29992", "dich Dịch tả heo châu Phi.Số con mắc"), 5.0);
    assert_eq!(of(&bench, "29977", "dich Lở mồm long móng.Số con mắc"), 13.0);
    assert!(!communes_csv(&bench)["29992"].values().any(|value| value == "16"), "{:?}", communes_csv(&bench)["29992"]);
    let bench = Bench::new();
    let mut table = vec![line(&["TT", "Xã", "Cây trồng", "Diện tích (ha)", "Tỷ lệ áp dụng (%)"])];
    for (commune, crop, hectares, share) in [
        ("Long Thuận", "Lúa", "60", "90"),
        ("Long Thuận", "Rau", "5.5", "20"),
        ("Thường Lạc", "Lúa", "30", "80"),
        ("Thường Lạc", "Rau", "2", "10"),
    ] {
        table.push(line(&["1", commune, crop, hectares, share]));
    }
    book(&bench, "ipm.xlsx", &[sheet("Sheet1", &["ÁP DỤNG IPM"], table)]);
    let _ = made(&bench, &["ipm.xlsx"]);
    assert_eq!(of(&bench, "29992", "ipm.Diện tích (ha)"), 65.5);
    assert_eq!(of(&bench, "29992", "ipm Rau.Tỷ lệ áp dụng (%)"), 20.0);
    assert!(!communes_csv(&bench)["29992"].contains_key("ipm.Tỷ lệ áp dụng (%)"), "shares do not add up");
}

#[test]
fn indicators_below_one_another_are_measures_each() {
    let bench = Bench::new();
    let table = vec![
        line(&["TT", "Chỉ tiêu", "ĐVT", "Long Thuận", "Phú Thuận B", "Thường Lạc", "Toàn huyện"]),
        line(&["1", "Diện tích gieo trồng", "ha", "120", "80", "60.5", "260.5"]),
        line(&["2", "Năng suất bình quân", "tạ/ha", "61", "58", "64", "61"]),
    ];
    book(&bench, "ct.xlsx", &[sheet("Sheet1", &["CHỈ TIÊU CHỦ YẾU"], table)]);
    let _ = made(&bench, &["ct.xlsx"]);
    assert_eq!(of(&bench, "29977", "ct Diện tích gieo trồng.Giá trị"), 60.5);
    assert_eq!(of(&bench, "29995", "ct Năng suất bình quân.Giá trị"), 58.0);
    let summary = rows(&bench.read("p/out/tables/summary.csv"));
    let total = |id: &str| summary.iter().find(|row| row["measure"] == id).expect(id)["current"].clone();
    assert_eq!(total("ct Diện tích gieo trồng.Giá trị"), "260.5");
    assert_eq!(total("ct Năng suất bình quân.Giá trị"), "", "yields do not add up");
}

#[test]
fn sheets_of_seasons_stay_apart_and_sheets_of_crops_are_one_report() {
    let bench = Bench::new();
    let table = |hectares: &str| vec![line(&["TT", "Xã", "Đã xuống giống (ha)"]), line(&["1", "Long Thuận", hectares])];
    book(&bench, "xg.xlsx", &[sheet("ĐX", &["VỤ ĐÔNG XUÂN"], table("300")), sheet("HT", &["VỤ HÈ THU"], table("44"))]);
    let _ = made(&bench, &["xg.xlsx"]);
    assert_eq!(of(&bench, "29992", "xg.Đã xuống giống (ha)"), 300.0);
    assert_eq!(of(&bench, "29992", "xg HT.Đã xuống giống (ha)"), 44.0);
    let bench = Bench::new();
    let rows_of = |pest: &str| listed(1.0).into_iter().filter(|row| row[2] == pest || row[2] == "SVGH").collect::<Vec<_>>();
    book(&bench, "bc.xlsx", &[sheet("Lúa", &[WEEK], rows_of("Rầy nâu")), sheet("Rau màu", &[WEEK], rows_of("Chuột"))]);
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, true);
}

#[test]
fn sheets_called_by_abbreviations_are_pests_in_full() {
    let bench = Bench::new();
    let of_pest = |pest: &str| -> Vec<Vec<String>> {
        let own = DATA.iter().filter(|row| row.2 == pest);
        let row = |(at, (commune, _, _, ha)): (usize, &(&str, &str, &str, [f64; 3]))| {
            [vec![at.to_string(), (*commune).to_owned()], numbers(*ha)].concat()
        };
        std::iter::once(line(&["TT", "Xã", "Nhẹ (ha)", "TB (ha)", "Nặng (ha)"])).chain((1..).zip(own).map(row)).collect()
    };
    book(&bench, "bc.xlsx", &[sheet("RN", &[WEEK], of_pest("Rầy nâu")), sheet("Chuột", &[WEEK], of_pest("Chuột"))]);
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, true);
    let said = bench.read("p/out/problems.csv");
    assert!(said.contains("viết tắt của \"\"Rầy nâu\"\""), "{said}");
}

#[test]
fn weeks_across_on_a_sheet_a_pest_are_weeks() {
    let bench = Bench::new();
    let of_pest = |pest: &str| -> Vec<Vec<String>> {
        let own = DATA.iter().filter(|row| row.2 == pest);
        let row = |(commune, _, _, ha): &(&str, &str, &str, [f64; 3])| {
            let sum = ha.iter().sum::<f64>();
            vec!["1".to_owned(), (*commune).to_owned(), (sum / 2.0).to_string(), sum.to_string()]
        };
        let heads = vec![line(&["TT", "Xã", "Diện tích nhiễm (ha) - Năm 2024", ""]), line(&["", "", "T18", "T19"])];
        heads.into_iter().chain(own.map(row)).collect()
    };
    let sheets = ["Rầy nâu", "Chuột"].map(|pest| sheet(pest, &[&format!("THEO DÕI {}", pest.to_uppercase())], of_pest(pest)));
    book(&bench, "theo doi.xlsx", &sheets);
    let _ = made(&bench, &["theo doi.xlsx"]);
    right(&bench, false);
}

#[test]
fn a_class_beside_a_total_is_part_of_it() {
    for heads in [["DTN (ha)", "Trong đó nặng (ha)"], ["Tổng DT nhiễm (ha)", "Nặng (ha)"]] {
        let bench = Bench::new();
        let mut table = vec![[line(&["TT", "Xã", "SVGH"]), line(&heads)].concat()];
        for (commune, _, pest, ha) in DATA {
            let heavy = if ha[2] > 0.0 { ha[2].to_string() } else { String::new() };
            table.push(line(&["1", commune, pest, &ha.iter().sum::<f64>().to_string(), &heavy]));
        }
        book(&bench, "bc.xlsx", &[sheet("Sheet1", &[WEEK], table)]);
        let _ = made(&bench, &["bc.xlsx"]);
        right(&bench, false);
        assert!(!bench.read("p/out/problems.csv").contains("dùng các mức"), "the classes are not all there is");
    }
}

#[test]
fn products_are_counted_by_commune_and_stars() {
    let bench = Bench::new();
    let mut table = vec![line(&["TT", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Hạng (sao)", "Điểm", "Năm công nhận"])];
    for (at, (commune, stars)) in [
        ("Ấp 1, xã Long Thuận", "4"),
        ("Ấp 2, xã Long Thuận, huyện Hồng Ngự", "3"),
        ("X. Thường Lạc", "3"),
        ("Số 5, xã Long Thuận", "3"),
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("Mắm {at}");
        table.push(line(&[&(at + 1).to_string(), &name, &format!("Cơ sở {at}"), commune, stars, "71.5", "2023"]));
    }
    book(&bench, "OCOP.xlsx", &[sheet("Sheet1", &["SẢN PHẨM OCOP"], table)]);
    let _ = made(&bench, &["OCOP.xlsx"]);
    assert_eq!([of(&bench, "29992", "OCOP.Số sản phẩm"), of(&bench, "29977", "OCOP.Số sản phẩm")], [3.0, 1.0]);
    assert_eq!([of(&bench, "29992", "OCOP.3 sao"), of(&bench, "29992", "OCOP.4 sao")], [2.0, 1.0]);
    let columns = communes_csv(&bench)["29992"].keys().cloned().collect::<Vec<_>>();
    assert!(!columns.iter().any(|column| column.contains("Điểm") || column.contains("Năm")), "{columns:?}");
}

#[test]
fn counts_and_ranges_prove_the_decimal_sign() {
    // Of animals there are 1.250, not one and a quarter.
    let bench = Bench::new();
    let table = vec![
        line(&["TT", "Xã", "Heo", "Vịt"]),
        line(&["1", "Long Thuận", "'1.250", "'38.106"]),
        line(&["2", "Thường Lạc", "952", "'3.541"]),
    ];
    book(&bench, "dan.xlsx", &[sheet("Sheet1", &["TỔNG ĐÀN VẬT NUÔI (con)"], table)]);
    let _ = made(&bench, &["dan.xlsx"]);
    assert_eq!([of(&bench, "29992", "dan.Heo"), of(&bench, "29977", "dan.Vịt")], [1250.0, 3541.0]);
    // From 500 up to 1.000: the dot parts thousands there, and in the hectares beside it.
    let bench = Bench::new();
    let mut table = listed(1.0);
    table[0].push("Mật số (con/m2)".to_owned());
    table.iter_mut().skip(1).for_each(|row| row.push("'500 - 1.000".to_owned()));
    table[1][3] = "'1.120".to_owned();
    book(&bench, "bc.xlsx", &[sheet("Sheet1", &[WEEK], table)]);
    let _ = made(&bench, &["bc.xlsx"]);
    let found = rows(&bench.read("p/out/tables/pests.csv"));
    let row = found.iter().find(|row| row["code"] == "29992" && row["pest"] == "Rầy nâu").expect("a row");
    assert_eq!(number(row, "infested_ha_1"), 1120.0);
    // Beside animals stands what may have decimals by the same sign.
    let bench = Bench::new();
    let table = vec![
        line(&["TT", "Xã", "Heo (con)", "Chuồng trại (ha)"]),
        line(&["1", "Long Thuận", "'1.250", "'2.125"]),
        line(&["2", "Thường Lạc", "952", "'3.541"]),
    ];
    book(&bench, "dan.xlsx", &[sheet("Sheet1", &["CHĂN NUÔI"], table)]);
    boundaries(&bench);
    let ran = bench.run(&["new", "p", "communes.geojson", "dan.xlsx"]);
    assert!(ran.stderr.contains("1.250") || ran.stderr.contains("2.125"), "{}", ran.stderr);
    // Of hectares nothing tells: they are refused by name.
    let bench = Bench::new();
    let table =
        vec![line(&["TT", "Xã", "Diện tích (ha)"]), line(&["1", "Long Thuận", "'1.250"]), line(&["2", "Thường Lạc", "'3.541"])];
    book(&bench, "dt.xlsx", &[sheet("Sheet1", &["DIỆN TÍCH"], table)]);
    boundaries(&bench);
    let ran = bench.run(&["new", "p", "communes.geojson", "dt.xlsx"]);
    assert!(ran.stderr.contains("1.250"), "{}", ran.stderr);
}

/// A heading merged downwards has a row below it, which is no data though it holds numbers.
#[test]
fn wards_are_called_by_numbers() {
    let bench = Bench::new();
    let names = ["Phường 1", "Phường 2", "Mỹ Phú"];
    let squares: Vec<String> = (0..3)
        .map(|at| {
            let west = 105.0 + 0.05 * f64::from(at);
            let properties = format!("\"code\":\"{}\",\"name\":\"{}\"", 30001 + at, names[at as usize]);
            common::feature(&properties, &common::square(west, 10.0, west + 0.05, 10.05))
        })
        .collect();
    bench.write("communes.geojson", common::collection(&squares));
    let mut book_of = rust_xlsxwriter::Workbook::new();
    let page = book_of.add_worksheet();
    page.write(0, 0, "DIỆN TÍCH NHIỄM (ha)").expect("a cell");
    page.write(1, 0, WEEK).expect("a cell");
    let format = rust_xlsxwriter::Format::new();
    let _ = page.merge_range(3, 0, 4, 0, "TT", &format).expect("merged");
    let _ = page.merge_range(3, 1, 4, 1, "SVGH", &format).expect("merged");
    let _ = page.merge_range(3, 2, 3, 3, "Phường", &format).expect("merged");
    page.write(3, 4, "Phường khác").expect("a cell");
    page.write(4, 2, 1).expect("a cell");
    page.write(4, 3, 2).expect("a cell");
    page.write(4, 4, "Mỹ Phú").expect("a cell");
    for (row, (pest, ha)) in (5..).zip([("Rầy nâu", [10.0, 20.0, 30.0]), ("Chuột", [1.0, 2.0, 3.0])]) {
        page.write(row, 0, row - 4).expect("a cell");
        page.write(row, 1, pest).expect("a cell");
        for (column, number) in (2..).zip(ha) {
            page.write(row, column, number).expect("a cell");
        }
    }
    book_of.save(bench.path("bc.xlsx")).expect("it is saved");
    let ran = bench.run(&["new", "p", "communes.geojson", "bc.xlsx"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = bench.run(&["build", "p", "--only", "tables"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    let found = rows(&bench.read("p/out/tables/pests.csv"));
    let of = |code: &str, pest: &str| {
        let row = found.iter().find(|row| row["code"] == code && row["pest"] == pest);
        number(row.unwrap_or_else(|| panic!("{code}\n{}", bench.read("p/ruong.toml"))), "infested_ha")
    };
    assert_eq!([of("30001", "Rầy nâu"), of("30002", "Chuột"), of("30003", "Rầy nâu")], [10.0, 2.0, 30.0]);
}

/// The only row without a number, whose figures are the sum of the others, is their sum, whatever its name.
#[test]
fn a_row_without_a_number_that_sums_the_others_is_a_sum() {
    let bench = Bench::new();
    let mut table = vec![line(&["TT", "Đơn vị", "Rầy nâu", "Chuột"]), line(&["", "LONG KHÁNH A", "154", "109"])];
    for (at, (commune, a, b)) in
        [("Long Thuận", "100", "50"), ("Phú Thuận B", "30", "9"), ("Long Khánh A", "20", "44"), ("Thường Lạc", "4", "6")]
            .into_iter()
            .enumerate()
    {
        table.push(line(&[&(at + 1).to_string(), commune, a, b]));
    }
    book(&bench, "bc.xlsx", &[sheet("Sheet1", &["DIỆN TÍCH NHIỄM (ha)", WEEK], table)]);
    let _ = made(&bench, &["bc.xlsx"]);
    let found = rows(&bench.read("p/out/tables/pests.csv"));
    let sum: f64 = found
        .iter()
        .filter(|row| row["period"] == "current" && row["pest"] == "Rầy nâu")
        .map(|row| number(row, "infested_ha"))
        .sum();
    assert_eq!(sum, 154.0);
}

/// Cells that a workbook shows as 82 % do not add up, and neither do parts of 1 in a text table.
#[test]
fn shares_without_a_word_do_not_add_up() {
    let mut book_of = rust_xlsxwriter::Workbook::new();
    let page = book_of.add_worksheet();
    let percent = rust_xlsxwriter::Format::new().set_num_format("0%");
    for (column, text) in (0..).zip(["TT", "Xã", "Ấp", "Làm đất"]) {
        page.write(0, column, text).expect("a cell");
    }
    let data = [
        ("Long Thuận", "Ấp 1", 0.82),
        ("Long Thuận", "Ấp 2", 0.94),
        ("Thường Lạc", "Ấp 1", 0.5),
        ("Thường Lạc", "Ấp 2", 0.61),
        ("Phú Thuận B", "Ấp 1", 0.77),
    ];
    for (row, (commune, hamlet, share)) in (1..).zip(data) {
        page.write(row, 0, row).expect("a cell");
        page.write(row, 1, commune).expect("a cell");
        page.write(row, 2, hamlet).expect("a cell");
        page.write_with_format(row, 3, share, &percent).expect("a cell");
    }
    let workbook = book_of.save_to_buffer().expect("a workbook");
    let text: String = data.iter().map(|(commune, hamlet, share)| format!("{commune},{hamlet},{share}\n")).collect();
    for file in ["cgh.xlsx", "cgh.csv"] {
        let bench = Bench::new();
        bench.write("cgh.xlsx", &workbook).write("cgh.csv", format!("Xã,Ấp,Làm đất\n{text}"));
        let _ = made(&bench, &[file]);
        let said = rows(&bench.read("p/out/problems.csv"));
        assert!(said.iter().any(|row| row["problem"].contains("không cộng được")), "{file}: {said:?}");
        assert!(of(&bench, "29992", "cgh.Làm đất") < 100.0, "{file}");
    }
}

/// One cell that a workbook shows as 1250 % among hectares: 12.5 or a slip, and nobody but the office knows.
#[test]
fn a_percentage_among_hectares_is_no_number_of_hectares() {
    let mut book_of = rust_xlsxwriter::Workbook::new();
    let page = book_of.add_worksheet();
    let percent = rust_xlsxwriter::Format::new().set_num_format("0.0%");
    for (column, text) in (0..).zip(["TT", "Xã", "Diện tích (ha)", "Kết quả"]) {
        page.write(0, column, text).expect("a cell");
    }
    for (row, (commune, ha)) in
        (1..).zip([("Long Thuận", 12.5), ("Thường Lạc", 40.0), ("Phú Thuận B", 30.0), ("Long Khánh A", 20.0)])
    {
        page.write(row, 0, row).expect("a cell");
        page.write(row, 1, commune).expect("a cell");
        for column in [2, 3] {
            if row == 1 {
                page.write_with_format(row, column, ha, &percent).expect("a cell");
            } else {
                page.write(row, column, ha).expect("a cell");
            }
        }
    }
    let bench = Bench::new();
    bench.write("t.xlsx", book_of.save_to_buffer().expect("a workbook"));
    let _ = made(&bench, &["t.xlsx"]);
    let communes = rows(&bench.read("p/out/tables/communes.csv"));
    let long_thuan = communes.iter().find(|row| row["code"] == "29992").expect("the commune");
    assert_eq!([&long_thuan["t.Diện tích (ha)"], &long_thuan["t.Kết quả"]], ["", ""]);
    assert_eq!(of(&bench, "29977", "t.Diện tích (ha)"), 40.0);
    let problems = rows(&bench.read("p/out/problems.csv"));
    assert_eq!(problems.iter().filter(|row| row["value"] == "1250 %").count(), 2, "{problems:?}");
}

/// `where` keeps rows by what stands in them, and says what it does not find.
#[test]
fn rows_are_kept_by_what_stands_in_them() {
    let bench = Bench::new();
    boundaries(&bench);
    bench.write("t.csv", "xa,vu,ha\nLong Thuận,Hè Thu,4\nLong Thuận,Đông Xuân,90\nThường Lạc,hè thu,3\n");
    let project = |rows: &str| {
        format!(
            "version = 1\n[communes]\nfile = \"communes.geojson\"\ncode = \"code\"\nname = \"name\"\n[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nkey = {{ commune_name = \"xa\" }}\nwhere = {{ vu = {rows} }}\n"
        )
    };
    bench.write("ruong.toml", project("\"Hè Thu\""));
    let ran = bench.run(&["build", "ruong.toml", "--only", "tables", "--out", "p/out"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    assert_eq!([of(&bench, "29992", "t.ha"), of(&bench, "29977", "t.ha")], [4.0, 3.0]);
    bench.write("ruong.toml", project("[\"Thu Đông\", \"Mùa\"]"));
    let ran = bench.run(&["build", "ruong.toml", "--only", "tables", "--out", "p/out"]);
    assert!(
        ran.code > 0 && ran.stderr.contains("không dòng nào có chữ này") && ran.stderr.contains("Đông Xuân"),
        "{}",
        ran.stderr
    );
}

/// A herd stands in a row for each vaccine or round: it is there once, whatever else is told of it.
#[test]
fn herds_are_not_counted_once_for_every_vaccine() {
    for (heading, classes) in [("Loại vắc xin", ["Cúm gia cầm", "Dịch tả vịt"]), ("Đợt", ["Đợt 1", "Đợt 2"])]
    {
        let bench = Bench::new();
        let mut table = vec![line(&["TT", "Xã", "Loài", heading, "Tổng đàn (con)", "Đã tiêm (con)"])];
        for (commune, head) in [("Long Thuận", 1000), ("Thường Lạc", 500)] {
            for (class, part) in classes.into_iter().zip([8, 6]) {
                table.push(line(&["1", commune, "Vịt", class, &head.to_string(), &(head / 10 * part).to_string()]));
            }
        }
        book(&bench, "t.xlsx", &[sheet("Sheet1", &["TIÊM PHÒNG"], table)]);
        let _ = made(&bench, &["t.xlsx"]);
        for (class, share) in classes.into_iter().zip([80.0, 60.0]) {
            assert_eq!(of(&bench, "29992", &format!("t {class}.head")), 1000.0);
            assert_eq!(of(&bench, "29977", &format!("t {class}.coverage_pct")), share);
        }
        assert!(!communes_csv(&bench)["29992"].values().any(|value| value == "2000"), "{heading}");
    }
}

/// Months are no classes, and numbers of cooperatives no enterprises.
#[test]
fn months_and_numbers_of_cooperatives_are_neither_classes_nor_enterprises() {
    let bench = Bench::new();
    let mut table = vec![line(&["TT", "Xã", "Tháng", "Lượng mưa (mm)"])];
    for commune in ["Long Thuận", "Thường Lạc"] {
        for (month, rain) in [("Tháng 1/2024", "12"), ("Tháng 2/2024", "20"), ("Tháng 3/2024", "33")] {
            table.push(line(&["1", commune, month, rain]));
        }
    }
    book(&bench, "mua.xlsx", &[sheet("Sheet1", &["LƯỢNG MƯA"], table)]);
    boundaries(&bench);
    let ran = bench.run(&["new", "p", "communes.geojson", "mua.xlsx"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!bench.read("p/ruong.toml").contains("where"), "{}", bench.read("p/ruong.toml"));
    // Three months are not one: which of them is meant is for people to say.
    let ran = bench.run(&["build", "p", "--only", "tables"]);
    assert!(ran.code > 0 && ran.stderr.contains("không tự cộng"), "{}", ran.stderr);
    let bench = Bench::new();
    let table = vec![
        line(&["TT", "Xã", "Số HTX", "Diện tích HTX (ha)", "Diện tích hợp đồng (ha)"]),
        line(&["1", "Long Thuận", "3", "120", "80"]),
        line(&["2", "Thường Lạc", "2", "60", "40"]),
    ];
    book(&bench, "htx.xlsx", &[sheet("Sheet1", &["LIÊN KẾT TIÊU THỤ"], table)]);
    let _ = made(&bench, &["htx.xlsx"]);
    assert_eq!([of(&bench, "29992", "linked_ha"), of(&bench, "29977", "linked_ha")], [80.0, 40.0]);
}

/// Plans, results and parts of the sum stand beside enterprises and are none.
#[test]
fn plans_beside_enterprises_are_no_enterprises() {
    let bench = Bench::new();
    let table = vec![
        line(&["TT", "Xã", "Diện tích liên kết (ha)", "", "", "", ""]),
        line(&["", "", "Kế hoạch", "Thực hiện", "Công ty A", "HTX B", "Trong đó: lúa"]),
        line(&["1", "Long Thuận", "40", "35", "20", "15", "30"]),
        line(&["2", "Thường Lạc", "80", "70", "40", "30", "60"]),
    ];
    book(&bench, "lk.xlsx", &[sheet("Sheet1", &["LIÊN KẾT TIÊU THỤ"], table)]);
    let _ = made(&bench, &["lk.xlsx"]);
    assert_eq!([of(&bench, "29992", "linked_ha"), of(&bench, "29977", "linked_ha")], [35.0, 70.0]);
    assert!(bench.read("p/out/problems.csv").contains("cột số này không được đọc"), "what is left out is listed");
}

#[test]
fn a_season_stands_where_it_begins_and_its_year_in_a_column_beside() {
    let bench = Bench::new();
    let mut table = vec![line(&["TT", "Vụ", "Xã", "Doanh nghiệp", "DT ký HĐ (ha)"])];
    for (season, commune, hectares) in [
        ("Đông Xuân 2023-2024", "Long Thuận", "100"),
        ("", "Thường Lạc", "90"),
        ("", "Phú Thuận B", "50"),
        ("Hè Thu 2024", "Long Thuận", "80"),
        ("", "Thường Lạc", "70"),
        ("", "Phú Thuận B", "40"),
    ] {
        table.push(line(&["1", season, commune, "Cty A", hectares]));
    }
    book(&bench, "hd.xlsx", &[sheet("Sheet1", &["HỢP ĐỒNG BAO TIÊU"], table)]);
    let _ = made(&bench, &["hd.xlsx"]);
    assert_eq!(["29992", "29977", "29995"].map(|code| of(&bench, code, "linked_ha")), [80.0, 70.0, 40.0]);
    let bench = Bench::new();
    let mut table = vec![line(&["TT", "Xã", "Doanh nghiệp", "Vụ", "Năm", "DT ký HĐ (ha)"])];
    for (season, year, hectares) in
        [("Đông Xuân", "2023", "1"), ("Hè Thu", "2023", "20"), ("Đông Xuân", "2024", "300"), ("Thu Đông", "2022", "7")]
    {
        for commune in ["Long Thuận", "Thường Lạc"] {
            table.push(line(&["1", commune, "Cty A", season, year, hectares]));
        }
    }
    book(&bench, "hd.xlsx", &[sheet("Sheet1", &["HỢP ĐỒNG BAO TIÊU"], table)]);
    let _ = made(&bench, &["hd.xlsx"]);
    assert_eq!([of(&bench, "29992", "linked_ha"), of(&bench, "29977", "linked_ha")], [300.0, 300.0]);
}

/// Pests, seasons and crops of one table are not one number, whatever else is missing.
#[test]
fn pests_without_a_year_and_seasons_with_crops_stay_apart() {
    let bench = Bench::new();
    let table = |factor: u32| {
        let rows = [("Long Thuận", 10), ("Thường Lạc", 20)];
        let row = |(commune, ha): (&str, u32)| line(&["1", commune, &(ha * factor).to_string(), &(ha * factor + 1).to_string()]);
        std::iter::once(line(&["TT", "Xã", "T12", "T13"])).chain(rows.map(row)).collect::<Vec<_>>()
    };
    book(
        &bench,
        "tuan.xlsx",
        &[sheet("RN", &["DIỆN TÍCH NHIỄM (ha)"], table(1)), sheet("SCLN", &["DIỆN TÍCH NHIỄM (ha)"], table(3))],
    );
    let _ = made(&bench, &["tuan.xlsx"]);
    assert_eq!([of(&bench, "29992", "tuan RN.T13"), of(&bench, "29992", "tuan SCLN.T13")], [11.0, 31.0]);
    let bench = Bench::new();
    let mut table = vec![line(&["TT", "Xã", "Vụ", "Cây trồng", "Diện tích (ha)"])];
    for commune in ["Long Thuận", "Thường Lạc"] {
        for (season, crop, ha) in
            [("Đông Xuân", "Lúa", "100"), ("Đông Xuân", "Ớt", "5"), ("Hè Thu", "Lúa", "90"), ("Hè Thu", "Ớt", "4")]
        {
            table.push(line(&["1", commune, season, crop, ha]));
        }
    }
    book(&bench, "ct.xlsx", &[sheet("Sheet1", &["GIEO TRỒNG"], table)]);
    let _ = made(&bench, &["ct.xlsx"]);
    assert_eq!(
        [of(&bench, "29992", "ct Đông Xuân.Diện tích (ha)"), of(&bench, "29992", "ct Hè Thu.Diện tích (ha)")],
        [105.0, 94.0]
    );
    assert!(!communes_csv(&bench)["29992"].values().any(|value| value == "199"), "two seasons are the same land");
}

/// A pest or a season told of each commune once is no reason to take the table apart.
#[test]
fn what_is_told_once_of_each_commune_stays_one_table() {
    for (heading, texts) in [("Sâu bệnh chính", ["Rầy nâu", "Đạo ôn lá"]), ("Vụ", ["Đông Xuân", "Hè Thu"])] {
        let bench = Bench::new();
        let mut table = vec![line(&["TT", "Xã", heading, "Diện tích (ha)"])];
        for (at, commune) in ["Long Thuận", "Thường Lạc", "Phú Thuận B", "Long Khánh A"].into_iter().enumerate() {
            table.push(line(&[&(at + 1).to_string(), commune, texts[at % 2], &format!("{}", 10 * (at + 1))]));
        }
        book(&bench, "t.xlsx", &[sheet("Sheet1", &["TỔNG HỢP"], table)]);
        let _ = made(&bench, &["t.xlsx"]);
        assert!(!bench.read("p/ruong.toml").contains("where"), "{}", bench.read("p/ruong.toml"));
        assert_eq!([of(&bench, "29992", "t.Diện tích (ha)"), of(&bench, "29977", "t.Diện tích (ha)")], [10.0, 20.0], "{heading}");
    }
}

/// "T12" is December alone and a week beside "T13".
#[test]
fn the_twelfth_week_is_no_december() {
    let bench = Bench::new();
    let mut table = vec![line(&["TT", "Xã", "SVGH", "Diện tích nhiễm (ha)", ""]), line(&["", "", "", "T12", "T13"])];
    for (commune, _, pest, ha) in DATA {
        let sum = ha.iter().sum::<f64>();
        table.push(vec!["1".to_owned(), commune.to_owned(), pest.to_owned(), (sum / 2.0).to_string(), sum.to_string()]);
    }
    book(&bench, "bc.xlsx", &[sheet("Sheet1", &["NĂM 2024"], table)]);
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, false);
    let before = rows(&bench.read("p/out/tables/pests.csv")).iter().filter(|row| row["period"] == "previous").count();
    assert_eq!(before, DATA.len(), "{}", bench.read("p/ruong.toml"));
}

/// Stars however they are written; lists by address add up within a commune; herds without a unit are counted all the same.
#[test]
fn stars_addresses_and_herds_as_offices_type_them() {
    let bench = Bench::new();
    let mut table = vec![line(&["TT", "Tên sản phẩm", "Xã", "Phân hạng"])];
    for (at, (commune, stars)) in [
        ("Long Thuận", "3 sao"),
        ("Long Thuận", "3 Sao"),
        ("Long Thuận", "OCOP 3 sao"),
        ("Thường Lạc", "4 sao "),
        ("Thường Lạc", "Tiềm năng 5 sao"),
    ]
    .into_iter()
    .enumerate()
    {
        table.push(line(&[&(at + 1).to_string(), &format!("Mắm {at}"), commune, stars]));
    }
    book(&bench, "sp.xlsx", &[sheet("Sheet1", &["SẢN PHẨM OCOP"], table)]);
    let _ = made(&bench, &["sp.xlsx"]);
    assert_eq!([of(&bench, "29992", "sp.3 sao"), of(&bench, "29977", "sp.4 sao")], [3.0, 1.0]);
    assert_eq!(of(&bench, "29977", "sp.Tiềm năng 5 sao"), 1.0);
    let bench = Bench::new();
    let mut table = vec![line(&["TT", "Tên cơ sở", "Địa chỉ", "Diện tích (ha)"])];
    for (at, (address, ha)) in
        [("Ấp 1, xã Long Thuận", "2.5"), ("Ấp 2, xã Long Thuận, huyện Hồng Ngự", "4"), ("Ấp 3, xã Thường Lạc", "1")]
            .into_iter()
            .enumerate()
    {
        table.push(line(&[&(at + 1).to_string(), &format!("Cơ sở {at}"), address, ha]));
    }
    book(&bench, "vg.xlsx", &[sheet("Sheet1", &["CƠ SỞ VIETGAP"], table)]);
    let _ = made(&bench, &["vg.xlsx"]);
    assert_eq!([of(&bench, "29992", "vg.Diện tích (ha)"), of(&bench, "29977", "vg.Diện tích (ha)")], [6.5, 1.0]);
    let bench = Bench::new();
    let table = vec![
        line(&["TT", "Xã", "Heo", "", "Vịt", ""]),
        line(&["", "", "Tổng đàn", "Đã tiêm", "Tổng đàn", "Đã tiêm"]),
        line(&["1", "Long Thuận", "900", "450", "'1.250", "500"]),
        line(&["2", "Thường Lạc", "80", "40", "'2.500", "'1.000"]),
    ];
    book(&bench, "tp.xlsx", &[sheet("Sheet1", &["TIÊM PHÒNG"], table)]);
    let _ = made(&bench, &["tp.xlsx"]);
    assert_eq!([of(&bench, "29992", "tp Vịt.head"), of(&bench, "29977", "tp Vịt.vaccinated")], [1250.0, 1000.0]);
}

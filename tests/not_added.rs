//! What stands beside the numbers of today is not added to them: plans, forecasts, contracts that ended, sums of hamlets, one amount
//! merged over several rows.

mod common;

use common::office::{Sheet, book, line, made, sheet};
use common::{Bench, number, rows};
use rust_xlsxwriter::{Format, Workbook};

/// A workbook by its name.
type Book = (&'static str, Vec<Sheet>);

/// The sum of a column of communes.csv.
fn total(bench: &Bench, column: &str) -> f64 {
    let table = rows(&bench.read("p/out/tables/communes.csv"));
    assert!(table[0].contains_key(column), "{column}: {:?}\n{}", table[0].keys(), bench.read("p/ruong.toml"));
    table.iter().map(|row| row[column].parse::<f64>().unwrap_or(0.0)).sum()
}

fn contracts(factor: u32) -> Vec<Vec<String>> {
    let row = |(at, commune, ha): (&str, &str, u32)| line(&[at, commune, &(factor * ha).to_string()]);
    let head = line(&["TT", "Xã", "Diện tích liên kết (ha)"]);
    std::iter::once(head).chain([("1", "Long Thuận", 10), ("2", "Thường Lạc", 20)].map(row)).collect()
}

#[test]
fn plans_and_what_has_ended_are_not_added_to_contracts() {
    let one = |name: &str, title: &str, factor: u32| sheet(name, &[title], contracts(factor));
    let cases: [(&str, Vec<Book>); 4] = [
        (
            "files",
            vec![
                ("ke hoach.xlsx", vec![one("Sheet1", "KẾ HOẠCH LIÊN KẾT SẢN XUẤT LÚA", 3)]),
                ("ket qua.xlsx", vec![one("Sheet1", "KẾT QUẢ LIÊN KẾT SẢN XUẤT LÚA", 1)]),
            ],
        ),
        ("sheets", vec![("t.xlsx", vec![one("Kế hoạch", "LIÊN KẾT", 3), one("Thực hiện", "LIÊN KẾT", 1)])]),
        (
            "ended",
            vec![("t.xlsx", vec![one("Còn hiệu lực", "HỢP ĐỒNG LIÊN KẾT", 1), one("Hết hiệu lực", "HỢP ĐỒNG LIÊN KẾT", 3)])],
        ),
        (
            "wishes",
            vec![
                ("a.xlsx", vec![one("S", "DANH SÁCH ĐĂNG KÝ NHU CẦU LIÊN KẾT", 3)]),
                ("b.xlsx", vec![one("S", "DANH SÁCH ĐÃ KÝ HỢP ĐỒNG LIÊN KẾT", 1)]),
            ],
        ),
    ];
    for (case, files) in cases {
        let bench = Bench::new();
        files.iter().for_each(|(name, sheets)| book(&bench, name, sheets));
        let said = made(&bench, &files.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        assert_eq!(total(&bench, "linked_ha"), 30.0, "{case}\n{}", bench.read("p/ruong.toml"));
        assert!(said.stderr.contains("không cộng với bảng cùng dạng"), "{case}: {}", said.stderr);
    }
    // A plan alone is what there is.
    let bench = Bench::new();
    book(&bench, "t.xlsx", &[one("Kế hoạch", "KẾ HOẠCH LIÊN KẾT", 3)]);
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!(total(&bench, "linked_ha"), 90.0);
}

#[test]
fn blocks_below_one_another_are_told_apart_by_their_titles() {
    let stacked = |first: &[&str], second: &str, head: &[&str], now: [&str; 2], then: [&str; 2]| {
        let mut table = vec![line(head)];
        let row = |at: usize, ha: &str| line(&[&(at + 1).to_string(), ["Long Thuận", "Thường Lạc"][at], ha]);
        table.extend(now.iter().enumerate().map(|(at, ha)| row(at, ha)));
        table.extend([line(&[second]), line(head)]);
        table.extend(then.iter().enumerate().map(|(at, ha)| row(at, ha)));
        sheet("Sheet1", first, table)
    };
    let week = "RẦY NÂU TUẦN 15 (05/4-11/4/2024)";
    let infested = format!("DIỆN TÍCH NHIỄM {week}");
    let heads = [["TT", "Xã", "Diện tích liên kết (ha)"], ["TT", "Xã", "Diện tích nhiễm (ha)"], ["TT", "Xã", "Diện tích (ha)"]];
    for (column, part) in [
        ("linked_ha", stacked(&["LIÊN KẾT SẢN XUẤT LÚA", "I. Kế hoạch"], "II. Thực hiện", &heads[0], ["30", "60"], ["10", "20"])),
        (
            "infested_ha",
            stacked(&[&infested], "III. DỰ BÁO DIỆN TÍCH NHIỄM RẦY NÂU TUẦN 16", &heads[1], ["10", "20"], ["30", "60"]),
        ),
    ] {
        let bench = Bench::new();
        book(&bench, "t.xlsx", &[part]);
        let _ = made(&bench, &["t.xlsx"]);
        assert_eq!(total(&bench, column), 30.0, "{}", bench.read("p/ruong.toml"));
    }
}

#[test]
fn a_commune_that_is_the_sum_of_its_hamlets_counts_once() {
    for (title, column, head) in [
        ("HỢP ĐỒNG LIÊN KẾT", "linked_ha", "Diện tích hợp đồng (ha)"),
        ("DIỆN TÍCH NHIỄM RẦY NÂU TUẦN 15 (05/4-11/4/2024)", "infested_ha", "Diện tích nhiễm (ha)"),
    ] {
        let bench = Bench::new();
        let table = vec![
            line(&["Xã", "Ấp", head]),
            line(&["Long Thuận", "", "30"]),
            line(&["", "Ấp 1", "10"]),
            line(&["", "Ấp 2", "20"]),
            line(&["Thường Lạc", "", "9"]),
            line(&["", "Ấp 1", "4"]),
            line(&["", "Ấp 3", "5"]),
        ];
        book(&bench, "t.xlsx", &[sheet("Sheet1", &[title], table)]);
        let _ = made(&bench, &["t.xlsx"]);
        assert_eq!(total(&bench, column), 39.0, "{}", bench.read("p/ruong.toml"));
        assert!(bench.read("p/out/problems.csv").contains("tổng của các dòng khác cùng xã"));
    }
}

/// 13 ha merged over two communes are 13 ha, and 5 ha sown by each of them are not.
#[test]
fn an_amount_merged_over_rows_counts_once() {
    let bench = Bench::new();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = Format::new();
    sheet.write(0, 0, "DIỆN TÍCH NHIỄM RẦY NÂU TUẦN 15 (05/4-11/4/2024)").expect("a cell");
    for (column, heading) in (0..).zip(["TT", "Xã", "Nhẹ (ha)", "Nặng (ha)"]) {
        sheet.write(2, column, heading).expect("a cell");
    }
    for (row, (commune, heavy)) in (3..).zip([("Long Thuận", 1.0), ("Thường Lạc", 2.0), ("Phú Thuận B", 3.0)]) {
        sheet.write(row, 0, f64::from(row) - 2.0).expect("a cell");
        sheet.write(row, 1, commune).expect("a cell");
        sheet.write(row, 3, heavy).expect("a cell");
    }
    sheet.merge_range(3, 2, 4, 2, "", &plain).expect("merged");
    sheet.write(3, 2, 13.0).expect("a cell");
    sheet.write(5, 2, 7.0).expect("a cell");
    workbook.save(bench.path("t.xlsx")).expect("it is saved");
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!(total(&bench, "infested_ha"), 13.0 + 7.0 + 6.0);
    assert!(bench.read("p/out/problems.csv").contains("ô gộp nhiều dòng"));
    let all = rows(&bench.read("p/out/tables/communes.csv"));
    let of = |name: &str| number(all.iter().find(|row| row["name"] == name).expect("a row"), "infested_ha");
    assert_eq!([of("Long Thuận"), of("Thường Lạc")], [14.0, 2.0]);
}

#[test]
fn thousands_of_hectares_are_hectares() {
    for (above, head) in [("ĐVT: nghìn ha", "Diện tích liên kết"), ("", "Diện tích liên kết (1.000 ha)")] {
        let bench = Bench::new();
        let table = vec![line(&["TT", "Xã", head]), line(&["1", "Long Thuận", "0.229"]), line(&["2", "Thường Lạc", "0.104"])];
        book(&bench, "t.xlsx", &[sheet("Sheet1", &["HỢP ĐỒNG LIÊN KẾT SẢN XUẤT LÚA", above], table)]);
        let _ = made(&bench, &["t.xlsx"]);
        assert!((total(&bench, "linked_ha") - 333.0).abs() < 1e-9, "{above} {head}: {}", total(&bench, "linked_ha"));
    }
}

/// "Rầy nâu" alone in the column of communes is what the communes below it are of, and "T.Bình" is a class.
#[test]
fn pests_alone_in_their_row_are_not_added_to_each_other() {
    let bench = Bench::new();
    let block = |pest: &str, [light, medium]: [&str; 2]| {
        vec![line(&["", pest, "", ""]), line(&["1", "Long Thuận", light, medium]), line(&["2", "Thường Lạc", medium, light])]
    };
    let head = vec![line(&["TT", "Xã", "Nhẹ (ha)", "T.Bình (ha)"])];
    let table = [head, block("Rầy nâu", ["10", "1"]), block("Đạo ôn lá", ["20", "2"])].concat();
    book(&bench, "t.xlsx", &[sheet("Sheet1", &["DIỆN TÍCH NHIỄM SÂU BỆNH TUẦN 15 (05/4-11/4/2024)"], table)]);
    let _ = made(&bench, &["t.xlsx"]);
    let all = rows(&bench.read("p/out/tables/pests.csv"));
    let of = |pest: &str| -> f64 {
        let own = all.iter().filter(|row| row["period"] == "current" && row["pest"].to_lowercase() == pest);
        own.map(|row| number(row, "infested_ha")).sum()
    };
    assert_eq!([of("rầy nâu"), of("đạo ôn lá")], [22.0, 44.0], "{}", bench.read("p/ruong.toml"));
}

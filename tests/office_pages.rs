//! Tables that go on elsewhere, at the right, below or on the next sheet, and what people write among headings and cells.

mod common;

use common::office::*;
use common::{Bench, number, rows};

const COMMUNES: [&str; 6] = ["Long Thuận", "Thường Lạc", "Phú Thuận B", "Long Khánh A", "Phú Thuận A", "Thường Phước 1"];
/// Codes of the first and the fourth.
const CODES: [&str; 2] = ["29992", "29980"];

/// Numbered rows of some communes: 100, 101, … in the order of [`COMMUNES`].
fn body(communes: std::ops::Range<usize>) -> Vec<Vec<String>> {
    communes.map(|at| vec![(at + 1).to_string(), COMMUNES[at].to_owned(), (100 + at).to_string()]).collect()
}

fn head(name: &str) -> Vec<String> {
    line(&["TT", "Xã", name])
}

/// Rows side by side, with empty columns between.
fn beside(left: Vec<Vec<String>>, gap: usize, right: Vec<Vec<String>>) -> Vec<Vec<String>> {
    left.into_iter().zip(right).map(|(left, right)| [left, vec![String::new(); gap], right].concat()).collect()
}

fn values(bench: &Bench, column: &str) -> [f64; 2] {
    let communes = rows(&bench.read("p/out/tables/communes.csv"));
    CODES.map(|code| number(communes.iter().find(|row| row["code"] == code).expect("the commune"), column))
}

fn infested(bench: &Bench, pest: &str) -> f64 {
    let pests = rows(&bench.read("p/out/tables/pests.csv"));
    let of = |row: &&std::collections::BTreeMap<String, String>| {
        row["code"] == CODES[0] && row["pest"].to_lowercase() == pest && row["period"] == "current"
    };
    number(pests.iter().find(of).unwrap_or_else(|| panic!("{pest}: {pests:?}")), "infested_ha")
}

#[test]
fn a_table_that_goes_on_at_its_right_is_one() {
    for gap in [0, 1] {
        let bench = Bench::new();
        let [left, right] = [0..3, 3..6].map(|part| [vec![head("Diện tích (ha)")], body(part)].concat());
        book(&bench, "t.xlsx", &[sheet("BC", &["DIỆN TÍCH LÚA"], beside(left, gap, right))]);
        let _ = made(&bench, &["t.xlsx"]);
        assert_eq!(values(&bench, "t.Diện tích (ha)"), [100.0, 103.0], "{gap}");
    }
    // The same communes under titles of their own are of two pests.
    let bench = Bench::new();
    let mut right = body(0..6);
    right.iter_mut().for_each(|row| row[2] = "7".to_owned());
    let titles = line(&["1. Rầy nâu", "", "", "", "2. Đạo ôn"]);
    let table = [vec![head("DTN (ha)")], body(0..6)].concat();
    let table = beside(table, 1, [vec![head("DTN (ha)")], right].concat());
    book(&bench, "t.xlsx", &[sheet("BC", &[WEEK], [vec![titles], table].concat())]);
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!([infested(&bench, "rầy nâu"), infested(&bench, "đạo ôn")], [100.0, 7.0]);
}

#[test]
fn a_table_that_goes_on_on_the_next_sheet_is_one() {
    for above in [&[][..], &["(Tiếp theo)"]] {
        let bench = Bench::new();
        let [first, next] = [0..3, 3..6].map(|part| [vec![head("DTN (ha)")], body(part)].concat());
        let title = format!("DIỆN TÍCH NHIỄM RẦY NÂU {WEEK}");
        book(&bench, "t.xlsx", &[sheet("Trang 1", &[&title], first), sheet("Trang 2", above, next)]);
        let _ = made(&bench, &["t.xlsx"]);
        assert_eq!(values(&bench, "infested_ha"), [100.0, 103.0], "{above:?}");
    }
    // Without headings nothing tells what its columns are.
    let bench = Bench::new();
    let first = [vec![head("DTN (ha)"), line(&["1", "Long Thuận", "100"])], body(1..3)].concat();
    let next: Vec<Vec<String>> = body(3..6).into_iter().map(|row| [row, vec!["5".to_owned()]].concat()).collect();
    book(&bench, "t.xlsx", &[sheet("Trang 1", &["RẦY NÂU", WEEK], first), sheet("Trang 2", &[], next)]);
    let said = made(&bench, &["t.xlsx"]).stderr;
    assert!(said.contains("\"Trang 2\" bắt đầu bằng số liệu"), "{said}");
}

#[test]
fn titles_of_blocks_name_their_pest_however_they_are_numbered() {
    for [first, second] in [
        ["Bảng 1. Diện tích nhiễm rầy nâu (ha)", "Bảng 2. Diện tích nhiễm đạo ôn (ha)"],
        ["Biểu số 01: Diện tích nhiễm rầy nâu", "Biểu số 02: Diện tích nhiễm đạo ôn"],
        ["DIỆN TÍCH NHIỄM RẦY NÂU TUẦN 19 NĂM 2024", "DIỆN TÍCH NHIỄM ĐẠO ÔN TUẦN 19 NĂM 2024"],
        ["a) Rầy nâu:", "b) Đạo ôn:"],
    ] {
        let bench = Bench::new();
        let mut again = body(0..4);
        again.iter_mut().for_each(|row| row[2] = "7".to_owned());
        let head = || vec![line(&["TT", "Xã", "Tổng (ha)"])];
        let table = [head(), body(0..4), vec![vec![]], vec![line(&[second])], head(), again].concat();
        book(&bench, "t.xlsx", &[sheet("BC", &["DIỆN TÍCH NHIỄM TUẦN 19 NĂM 2024", first], table)]);
        let _ = made(&bench, &["t.xlsx"]);
        assert_eq!([infested(&bench, "rầy nâu"), infested(&bench, "đạo ôn")], [100.0, 7.0], "{first}");
    }
}

#[test]
fn rows_of_units_and_of_numbers_are_no_headings() {
    let bench = Bench::new();
    let above =
        vec![line(&["TT", "Địa phương", "1 phải 5 giảm", "SRP"]), line(&["A", "B", "1", "2"]), line(&["", "", "Ha", "Ha"])];
    let table: Vec<Vec<String>> = body(0..6).into_iter().map(|row| [row, vec!["9".to_owned()]].concat()).collect();
    book(&bench, "t.xlsx", &[sheet("BC", &["TIẾN BỘ KỸ THUẬT"], [above, table].concat())]);
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!(values(&bench, "t.1 phải 5 giảm / Ha"), [100.0, 103.0]);
    // Units below classes of one heading, with the numbers of columns between.
    let bench = Bench::new();
    let above = vec![
        line(&["STT", "Địa phương", "Diện tích nhiễm", "", "DT phòng trừ"]),
        line(&["", "", "Nhẹ", "Nặng"]),
        line(&["(1)", "(2)", "(3)", "(4)", "(5)"]),
        line(&["", "", "ha", "ha", "ha"]),
    ];
    let table: Vec<Vec<String>> = body(0..6).into_iter().map(|row| [row, line(&["9", "3"])].concat()).collect();
    book(&bench, "t.xlsx", &[sheet("BC", &["RẦY NÂU", WEEK], [above, table].concat())]);
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!([values(&bench, "infested_ha"), values(&bench, "treated_ha")], [[109.0, 112.0], [3.0, 3.0]]);
    // Figures within the text of a report are no table.
    let bench = Bench::new();
    let above = vec![line(&["I. THỜI TIẾT"]), line(&["Nhiệt độ, ẩm độ", "28.5", "81"]), line(&["II. RẦY NÂU"]), head("DTN (ha)")];
    book(&bench, "t.xlsx", &[sheet("BC", &["BÁO CÁO", WEEK], [above, body(0..6)].concat())]);
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!(values(&bench, "infested_ha"), [100.0, 103.0]);
}

#[test]
fn a_mark_for_what_stands_above_is_that() {
    let bench = Bench::new();
    let table = vec![
        line(&["TT", "Họ tên", "Xã", "Công ty", "DT hợp đồng (ha)"]),
        line(&["1", "Hộ 1", "Long Thuận", "Lộc Trời", "1.5"]),
        line(&["2", "Hộ 2", "-nt-", "nt", "2.5"]),
        line(&["3", "Hộ 3", "Thường Lạc", "\"", "4"]),
        line(&["4", "Hộ 4", "//", "Tân Long", "8"]),
    ];
    book(&bench, "hd.xlsx", &[sheet("DS", &["DANH SÁCH HỢP ĐỒNG"], table)]);
    let _ = made(&bench, &["hd.xlsx"]);
    let list = rows(&bench.read("p/out/tables/enterprises.csv"));
    let of = |name: &str| number(list.iter().find(|row| row["enterprise"] == name).expect(name), "contracted_ha");
    assert_eq!([of("Lộc Trời"), of("Tân Long")], [8.0, 8.0]);
    assert!(bench.read("p/out/problems.csv").contains("lấy chữ ở ô trên"));
    // Below a number nobody knows what the mark means: it is listed and counts as nothing.
    let bench = Bench::new();
    let table = vec![head("Diện tích (ha)"), line(&["1", "Long Thuận", "5"]), line(&["2", "Long Khánh A", "\""])];
    book(&bench, "t.xlsx", &[sheet("BC", &["DIỆN TÍCH"], table)]);
    let _ = made(&bench, &["t.xlsx"]);
    let communes = rows(&bench.read("p/out/tables/communes.csv"));
    let of = |code: &str| communes.iter().find(|row| row["code"] == code).expect("a row")["t.Diện tích (ha)"].clone();
    assert_eq!([of(CODES[0]), of(CODES[1])], ["5", ""]);
}

/// A month of nights across, and traps with species below them.
#[test]
fn books_of_light_traps_are_read_either_way() {
    let bench = Bench::new();
    let nights: Vec<String> = (1..=30).map(|night| night.to_string()).collect();
    let row = |commune: &str, first: usize| {
        let counts = (0..30).map(|night| if night == 3 { "mưa".to_owned() } else { (first + night).to_string() });
        [line(&["1", commune]), counts.collect(), line(&["999", "33"])].concat()
    };
    let heads = [line(&["TT", "Điểm đặt bẫy"]), nights, line(&["Tổng", "TB/đêm"])].concat();
    let table = vec![heads, row("Long Thuận", 50), row("Thường Lạc", 10)];
    book(&bench, "bay.xlsx", &[sheet("T4", &["SỐ LIỆU BẪY ĐÈN RẦY NÂU THÁNG 4 NĂM 2024"], table)]);
    let _ = made(&bench, &["bay.xlsx"]);
    let project = bench.read("p/ruong.toml");
    assert!(project.contains("kind = \"readings\""), "{project}");
    let problems = bench.read("p/out/problems.csv");
    assert!(problems.contains("mưa"), "{problems}");

    let bench = Bench::new();
    let mut table = vec![
        line(&["Ngày", "Bẫy Long Thuận", "", "Bẫy Thường Lạc", ""]),
        line(&["", "Rầy nâu", "Sâu cuốn lá", "Rầy nâu", "Sâu cuốn lá"]),
    ];
    table.extend((1..=9).map(|day| line(&[&format!("0{day}/04/2024"), "100", "5", "200", "7"])));
    book(&bench, "bay.xlsx", &[sheet("T4", &["BẪY ĐÈN THÁNG 4/2024 (con/đêm)"], table)]);
    let _ = made(&bench, &["bay.xlsx"]);
    let project = bench.read("p/ruong.toml");
    assert!(project.contains("{Bẫy} / {Loài}") && project.contains("thing = \"Loài\""), "{project}");
}

/// A price that nothing tells how it is written costs its column and no more; an address may name its commune without the word for it.
#[test]
fn prices_and_addresses_do_not_stop_a_table() {
    let bench = Bench::new();
    let table = vec![
        line(&["TT", "Tên sản phẩm", "Địa chỉ", "Diện tích (ha)", "Giá (đ/kg)"]),
        line(&["1", "Gạo", "Ấp 1, Long Thuận", "20.5", "27.500-28.000"]),
        line(&["2", "Xoài", "Ấp Trung, Long Khánh A, huyện Hồng Ngự", "4", "18.000-20.000"]),
    ];
    book(&bench, "sp.xlsx", &[sheet("SP", &["DANH SÁCH SẢN PHẨM"], table)]);
    let _ = made(&bench, &["sp.xlsx"]);
    assert_eq!(values(&bench, "sp.Diện tích (ha)"), [20.5, 4.0]);
    assert!(bench.read("p/out/problems.csv").contains("Giá (đ/kg)"));
}

/// "15/2024" is a week of a year and not 15 of 2024; of periods that nobody understands the last one stands.
#[test]
fn weeks_are_no_parts_and_periods_that_are_not_understood_are_not_added() {
    let bench = Bench::new();
    let table = [vec![line(&["TT", "Xã", "DTN (ha)", "Tuần"])], body(0..6)].concat();
    let table: Vec<Vec<String>> =
        table.into_iter().map(|row| if row.len() == 3 { [row, vec!["15/2024".to_owned()]].concat() } else { row }).collect();
    book(&bench, "t.xlsx", &[sheet("BC", &["RẦY NÂU"], table)]);
    let _ = made(&bench, &["t.xlsx"]);
    assert!(bench.read("p/out/problems.csv").contains("15/2024"));

    let bench = Bench::new();
    boundaries(&bench);
    bench.write("a.csv", "xa,Kỳ,ha\nLong Thuận,đầu vụ,10\nLong Thuận,cuối vụ,7\n").write(
        "p/ruong.toml",
        "version = 1\n[communes]\nfile = \"../communes.geojson\"\nname = \"name\"\n[[tables]]\nid = \"a\"\nkind = \"indicator\"\n\
         file = \"../a.csv\"\nduplicates = \"sum\"\nkey = { commune_name = \"xa\" }\n",
    );
    let ran = bench.run(&["build", "p", "--only", "tables"]);
    assert!(ran.code < 2 && ran.stderr.contains("không hiểu kỳ"), "{}", ran.stderr);
    let communes = rows(&bench.read("p/out/tables/communes.csv"));
    assert_eq!(number(communes.iter().find(|row| row["code"] == "29992").expect("the commune"), "a.ha"), 7.0);
}

/// Files whose names differ at both ends make an id that can be used.
#[test]
fn an_id_is_no_path() {
    let bench = Bench::new();
    for day in ["05.4", "12.4"] {
        let title = format!("PHUN THUỐC BẰNG DRONE (Tính đến ngày {}/2024)", day.replace('.', "/"));
        book(
            &bench,
            &format!("drone {day}.xlsx"),
            &[sheet("BC", &[&title], [vec![head("Diện tích (ha)")], body(0..6)].concat())],
        );
    }
    let _ = made(&bench, &["drone 05.4.xlsx", "drone 12.4.xlsx"]);
    let communes = rows(&bench.read("p/out/tables/communes.csv"));
    let names: Vec<&String> = communes[0].keys().filter(|name| name.contains("Diện tích (ha)")).collect();
    assert!(names.len() == 1 && !names[0].contains(['/', '*']), "{names:?}");
}

/// Weeks, sowings and pests with classes or measures below: what stands below counts, and no sum beside it.
#[test]
fn what_stands_below_names_across_counts_once() {
    let group = |name: &str, below: &[&str]| {
        let mut cells = vec![name.to_owned()];
        cells.resize(below.len(), String::new());
        (cells, line(below))
    };
    let table = |groups: &[(&str, &[&str])], last: &[&str], numbers: &[&str]| {
        let (mut above, mut below) = (line(&["TT", "Xã"]), line(&["", ""]));
        for (name, words) in groups {
            let (cells, words) = group(name, words);
            above.extend(cells);
            below.extend(words);
        }
        above.extend(line(last));
        let of = |(at, commune): (usize, &&str)| [line(&[&(at + 1).to_string(), commune]), line(numbers)].concat();
        [vec![above, below], COMMUNES.iter().enumerate().map(of).collect()].concat()
    };
    let classes: &[&str] = &["Nhẹ", "Nặng"];
    let bench = Bench::new();
    let weeks = table(&[("Tuần 14", classes), ("Tuần 15", classes)], &[], &["1", "2", "30", "40"]);
    book(&bench, "t.xlsx", &[sheet("BC", &["DIỆN TÍCH NHIỄM RẦY NÂU THÁNG 4 NĂM 2024"], weeks)]);
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!([values(&bench, "infested_ha"), values(&bench, "infested_ha_previous")], [[70.0; 2], [3.0; 2]]);

    let bench = Bench::new();
    let sowings = table(&[("Trà sớm", classes), ("Trà muộn", classes)], &["Tổng"], &["1", "2", "30", "40", "73"]);
    book(&bench, "t.xlsx", &[sheet("BC", &["DIỆN TÍCH NHIỄM RẦY NÂU", WEEK], sowings)]);
    let said = made(&bench, &["t.xlsx"]).stderr;
    assert_eq!([values(&bench, "infested_ha"), values(&bench, "infested_ha_1")], [[73.0; 2], [31.0; 2]]);
    assert!(said.contains("cộng các dòng: 438,0 ha"), "{said}");

    let bench = Bench::new();
    let both: &[&str] = &["DTN", "PT"];
    let pests = table(&[("Rầy nâu", both), ("Đạo ôn", both)], &["Tổng nhiễm", "Tổng PT"], &["20", "10", "15", "5", "35", "15"]);
    book(&bench, "t.xlsx", &[sheet("BC", &["DIỆN TÍCH NHIỄM SÂU BỆNH (ha)", WEEK], pests)]);
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!([infested(&bench, "rầy nâu"), infested(&bench, "đạo ôn")], [20.0, 15.0]);
}

/// Pest and week in one cell, turned and merged over all rows at the side of the table.
#[test]
fn a_title_at_the_side_is_a_title() {
    let bench = Bench::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip([vec![head("DTN (ha)")], body(0..6)].concat()) {
        for (column, cell) in (1..).zip(cells) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write(row, column, number).expect("a cell"),
                Err(_) => sheet.write(row, column, cell).expect("a cell"),
            };
        }
    }
    let format = rust_xlsxwriter::Format::new();
    sheet.merge_range(1, 0, 6, 0, "TUẦN 19 NĂM 2024 - RẦY NÂU", &format).expect("merged");
    book.save(bench.path("t.xlsx")).expect("saved");
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!(infested(&bench, "rầy nâu"), 100.0);
    assert!(bench.read("p/out/run.json").contains("2024-05-06"), "{}", bench.read("p/out/run.json"));
}

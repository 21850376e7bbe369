//! What notices state beside the hectares of their week: treated land, other periods as printed, densities, stage, distribution.

mod common;

use common::office::*;
use common::{Bench, number, rows, words_of};

/// Commune, pest, stage, densities, light, medium, heavy, week before, last year, treated, distribution.
const ROWS: [[&str; 12]; 3] = [
    ["Long Thuận", "Rầy nâu", "Đòng", "500-700", "1.500", "120,5", "10", "2,5", "100", "80", "60", "Long Thuận, Phú Thuận"],
    ["Phú Thuận B", "Rầy nâu", "Đòng trỗ", "300", "800", "30", "5,5", "0", "40", "0", "12,5", "rải rác"],
    ["Long Thuận", "Chuột", "", "2-3 %", "8 %", "7", "0", "0", "9,5", "20", "", ""],
];

fn notice(bench: &Bench, name: &str, week: &str, previous: [&str; 3]) {
    let heads = [
        line(&[
            "Đơn vị",
            "Tên SVGH",
            "GĐST",
            "Mật độ, tỷ lệ",
            "",
            "Diện tích nhiễm (ha)",
            "",
            "",
            "DTN kỳ trước (ha)",
            "DTN cùng kỳ năm trước (ha)",
            "DT phòng trừ (ha)",
            "Phân bố",
        ]),
        line(&["", "", "", "Phổ biến", "Cao", "Nhẹ", "TB", "Nặng", "", "", "", ""]),
    ];
    let of = |(row, previous): (&[&str; 12], &str)| {
        let mut cells: Vec<String> = row.iter().map(|cell| (*cell).to_owned()).collect();
        cells[8] = previous.to_owned();
        // Hectares are numbers, densities words: a mark keeps them so.
        for at in [3, 4] {
            cells[at] = if cells[at].is_empty() { String::new() } else { format!("'{}", cells[at]) };
        }
        for at in [5, 6, 7, 8, 9, 10] {
            cells[at] = cells[at].replace(',', ".");
        }
        cells
    };
    let body: Vec<Vec<String>> = ROWS.iter().zip(previous).map(of).collect();
    book(
        bench,
        name,
        &[sheet("S", &["THÔNG BÁO TÌNH HÌNH SINH VẬT GÂY HẠI", &format!("({week})")], [heads.to_vec(), body].concat())],
    );
}

fn build(bench: &Bench) -> String {
    let text = bench.read("p/ruong.toml");
    if !text.contains("\nperiod") {
        bench.write("p/ruong.toml", format!("period = \"latest\"\n{text}"));
    }
    let ran = bench.run(&["build", "p", "--only", "tables"]);
    assert!(ran.code < 2, "{}\n{text}", ran.stderr);
    ran.stderr
}

#[test]
fn what_stands_beside_hectares_is_kept_and_printed_periods_answer_where_no_file_does() {
    let bench = Bench::new();
    notice(&bench, "TB tuan 19.xlsx", WEEK, ["100", "40", "9,5"]);
    let new = made(&bench, &["TB tuan 19.xlsx"]);
    // The sum is that of this week: 133 + 35.5 + 7; neither other weeks nor treated land are in it.
    assert!(new.stderr.contains("cộng các dòng: 175,5 ha") && !new.stderr.contains("treated_ha"), "{}", new.stderr);
    let said = build(&bench);
    let found = rows(&bench.read("p/out/tables/pests.csv"));
    let of = |code: &str, pest: &str, period: &str| {
        found
            .iter()
            .find(|row| row["code"] == code && row["pest"] == pest && row["period"] == period)
            .unwrap_or_else(|| panic!("{code} {pest} {period}: {found:?}\n{}", bench.read("p/ruong.toml")))
            .clone()
    };
    let one = of("29992", "Rầy nâu", "current");
    assert_eq!((number(&one, "infested_ha"), number(&one, "treated_ha")), (133.0, 60.0));
    assert_eq!((number(&one, "previous_printed_ha"), number(&one, "last_year_printed_ha")), (100.0, 80.0));
    assert_eq!(
        [&one["stage"], &one["density_common"], &one["density_high"], &one["distribution"]].map(String::as_str),
        ["Đòng", "500-700", "1.500", "Long Thuận, Phú Thuận"]
    );
    // A blank is no number: nobody says what was treated of the mice.
    assert_eq!(of("29992", "Chuột", "current")["treated_ha"], "");
    // The weeks before have no file: what is printed stands for them, and is said to.
    assert_eq!(number(&of("29992", "Rầy nâu", "previous"), "infested_ha"), 100.0);
    assert_eq!(number(&of("29992", "Chuột", "last-year"), "infested_ha"), 20.0);
    // Over all pests the largest of each commune: now 133 + 35.5, then 100 + 40, a year ago 80 + 0.
    assert!(
        said.contains("kỳ trước (theo số in) 140,0 (+28,5)") && said.contains("cùng kỳ năm trước (theo số in) 80,0 (+88,5)"),
        "{said}"
    );
    assert!(bench.read("p/out/problems.csv").contains("không có tệp riêng: lấy 3 số in"));
    // Pictures say so too.
    let drawn = bench.run(&["build", "p", "--only", "maps", "--format", "svg", "--quiet"]);
    assert!(drawn.code < 2, "{}", drawn.stderr);
    let words = words_of(&bench.read("p/out/maps/infested-ha-change.svg"));
    assert!(words.contains("Theo số in trong thông báo: kỳ trước, cùng kỳ năm trước"), "{words}");
    // Treated land is a measure of its own.
    let communes = rows(&bench.read("p/out/tables/communes.csv"));
    let treated: f64 = communes.iter().filter_map(|row| row["treated_ha"].parse::<f64>().ok()).sum();
    assert!((treated - 72.5).abs() < 1e-9, "{communes:?}");
}

#[test]
fn treated_land_is_a_measure_only_where_a_notice_states_it() {
    let bench = Bench::new();
    let rows_of = [["Long Thuận", "Rầy nâu", "120"], ["Phú Thuận B", "Rầy nâu", "30"]];
    let table = [vec![line(&["Đơn vị", "Tên SVGH", "Diện tích nhiễm (ha)"])], rows_of.map(|row| line(&row)).to_vec()].concat();
    book(&bench, "t.xlsx", &[sheet("S", &["THÔNG BÁO TÌNH HÌNH SINH VẬT GÂY HẠI", &format!("({WEEK})")], table)]);
    made(&bench, &["t.xlsx"]);
    build(&bench);
    let communes = bench.read("p/out/tables/communes.csv");
    assert!(communes.contains("infested_ha") && !communes.contains("treated_ha"), "{communes}");
}

#[test]
fn own_rows_of_the_week_before_stand_and_contradictions_are_named() {
    let bench = Bench::new();
    notice(&bench, "TB tuan 18.xlsx", "Từ ngày 03/05/2024 đến ngày 09/05/2024", ["", "", ""]);
    // The week before had 133 and 35.5 by its own file; the next notice prints 133 and 50 of it.
    notice(&bench, "TB tuan 19.xlsx", WEEK, ["133", "50", "7"]);
    made(&bench, &["TB tuan 18.xlsx", "TB tuan 19.xlsx"]);
    let said = build(&bench);
    assert!(said.contains("kỳ trước 168,5 (0,0)") || said.contains("kỳ trước 168,5"), "{said}");
    assert!(!said.contains("kỳ trước (theo số in)"), "{said}");
    let problems = rows(&bench.read("p/out/problems.csv"));
    let named: Vec<_> = problems.iter().filter(|row| row["problem"].contains("khác số liệu đã có")).collect();
    assert_eq!(named.len(), 1, "{problems:?}");
    assert!(
        named[0]["problem"].contains("Phú Thuận B, Rầy nâu") && named[0]["problem"].contains("35,5") && named[0]["value"] == "50",
        "{named:?}"
    );
}

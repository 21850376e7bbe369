//! Which column holds the day of a row, how long a time it stands for, and what stands in it that is no day of a report.

mod common;

use common::office::{book, boundaries, line, made, sheet};
use common::{Bench, number, project_of_four, rows};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

const TABLE: &str = "kind = \"infested-area\"\nkey = { commune = \"code\" }";

/// Two weeks of two communes below a heading of days: 30 ha, then 90 ha.
fn two_weeks(heading: &str, days: [&str; 2], more: [&str; 2]) -> String {
    let row = |(at, code, ha): (usize, &str, u32)| format!("{code};Rầy nâu;{}{};{ha}\n", days[at], more[at]);
    let rows = [(0, "c0", 10), (0, "c1", 20), (1, "c0", 40), (1, "c1", 50)].map(row).concat();
    format!("code;Dịch hại;{heading};Diện tích nhiễm (ha)\n{rows}")
}

/// Infested hectares of the period and of the one before, and the first and last day of it.
fn reported(bench: &Bench) -> ([f64; 2], String) {
    let ran = bench.command("build ruong.toml --only tables --quiet");
    assert!(ran.code < 2, "{}", ran.stderr);
    let summary = rows(&bench.read("out/tables/summary.csv"));
    let row = summary.iter().find(|row| row["measure"] == "infested_ha").expect("a sum");
    let record = bench.read("out/run.json");
    let days: Vec<&str> =
        record.split("\"current\":").nth(1).expect("periods").split('"').filter(|part| part.len() == 10).take(2).collect();
    (["current", "previous"].map(|when| row[when].parse().unwrap_or(f64::NAN)), days.join(" "))
}

#[test]
fn days_are_found_whatever_their_heading_and_weeks_are_not_added() {
    for heading in ["Ngày báo cáo", "Kỳ báo cáo", "Ngày tháng", "Thời điểm", "Ngày ghi", "Ngày của số liệu"]
    {
        let table = two_weeks(heading, ["04/04/2024", "11/04/2024"], ["", ""]);
        let bench = project_of_four("{ from = 2024-04-05, to = 2024-04-11 }", &[("bc", TABLE, &table)], "");
        assert_eq!(reported(&bench).0, [90.0, 30.0], "{heading}");
        assert!(bench.read("out/problems.csv").contains("đọc là ngày của từng dòng"), "{heading}");
    }
    // Days of sowing are no days of a report.
    let table = two_weeks("Ngày gieo sạ", ["04/04/2024", "11/04/2024"], ["", ""]);
    let bench = project_of_four("{ from = 2024-04-05, to = 2024-04-11 }", &[("bc", TABLE, &table)], "");
    assert_eq!(reported(&bench).0[0], 120.0);
    // Of two that may be meant none is chosen.
    let table = two_weeks("Ngày nhập;Ngày báo về", ["04/04/2024", "11/04/2024"], [";05/04/2024", ";12/04/2024"]);
    let bench = project_of_four("\"latest\"", &[("bc", TABLE, &table)], "");
    let ran = bench.command("build ruong.toml --only tables --quiet");
    assert!(ran.code == 2 && ran.stderr.contains("\"Ngày nhập\", \"Ngày báo về\""), "{}", ran.stderr);
}

#[test]
fn a_week_that_begins_on_a_day_is_the_week_from_then_on() {
    for (heading, more) in [
        ("Từ ngày", ["", ""]),
        ("tuan_tu_ngay", ["", ""]),
        ("Tuần bắt đầu", ["", ""]),
        ("Từ ngày;Đến ngày", [";04/04/2024", ";11/04/2024"]),
        ("Ngày đầu tuần;Ngày cuối tuần (đến ngày)", [";04/04/2024", ";11/04/2024"]),
    ] {
        let table = two_weeks(heading, ["29/03/2024", "05/04/2024"], more);
        let bench = project_of_four("\"latest\"", &[("bc", TABLE, &table)], "");
        assert_eq!(reported(&bench), ([90.0, 30.0], "2024-04-05 2024-04-11".to_owned()), "{heading}");
    }
    // A day of survey, and a week that ends on its day, are what they were.
    for heading in ["Ngày điều tra", "Tuần kết thúc"] {
        let table = two_weeks(heading, ["29/03/2024", "05/04/2024"], ["", ""]);
        let bench = project_of_four("\"latest\"", &[("bc", TABLE, &table)], "");
        assert_eq!(reported(&bench), ([90.0, 30.0], "2024-03-30 2024-04-05".to_owned()), "{heading}");
    }
}

#[test]
fn weeks_of_a_month_are_not_weeks_of_the_year() {
    let bench = Bench::new();
    let table = |ha: &str| {
        vec![line(&["TT", "Xã", "Diện tích nhiễm (ha)"]), line(&["1", "Long Thuận", ha]), line(&["2", "Thường Lạc", "5"])]
    };
    let week =
        |number: u32, ha: &str| sheet(&format!("Tuần {number}"), &[&format!("RẦY NÂU TUẦN {number} THÁNG 4/2024")], table(ha));
    book(&bench, "t.xlsx", &[week(1, "10"), week(2, "20")]);
    let _ = made(&bench, &["t.xlsx"]);
    let row = |when: &str| {
        let all = rows(&bench.read("p/out/tables/pests.csv"));
        all.into_iter().find(|row| row["period"] == when && row["code"] == "29992").expect("a row")
    };
    assert_eq!([number(&row("current"), "infested_ha"), number(&row("previous"), "infested_ha")], [20.0, 10.0]);
    assert!(bench.read("p/out/run.json").contains("2024-04-08"), "the eighth to the fourteenth");
}

/// A sheet for the week to come has its formulas, and they show 0.
#[test]
fn a_week_that_is_laid_out_is_not_the_latest() {
    let bench = Bench::new();
    let table = |filled: bool| {
        let cells = |light: &str, total: &str| {
            if filled { line(&["1", "Long Thuận", light, "", total]) } else { line(&["1", "Long Thuận", "", "", "0"]) }
        };
        vec![line(&["TT", "Xã", "Nhẹ (ha)", "Nặng (ha)", "Tổng (ha)"]), cells("12", "12")]
    };
    let week = |number: u32, filled: bool| {
        sheet(&format!("Tuần {number}"), &[&format!("RẦY NÂU TUẦN {number} NĂM 2024")], table(filled))
    };
    book(&bench, "t.xlsx", &[week(15, true), week(16, false), week(17, false)]);
    let _ = made(&bench, &["t.xlsx"]);
    let all = rows(&bench.read("p/out/tables/pests.csv"));
    let now: Vec<_> = all.iter().filter(|row| row["period"] == "current").collect();
    assert_eq!((now.len(), number(now[0], "infested_ha")), (1, 12.0));
    assert!(bench.read("p/out/problems.csv").contains("chưa điền"));
}

/// Typed day first where the machine has months first: the third of April becomes a date cell of 4 March, the 13th stays text.
#[test]
fn days_that_a_spreadsheet_turned_round_are_turned_back() {
    let bench = Bench::new();
    boundaries(&bench);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, heading) in (0..).zip(["Ngày khởi phát", "Bệnh", "Xã", "Số mắc"]) {
        sheet.write(0, column, heading).expect("a cell");
    }
    let format = Format::new().set_num_format("dd/mm/yyyy");
    for (row, day) in (1..).zip([3u8, 5, 8, 12, 13, 15, 17]) {
        if day <= 12 {
            let turned = ExcelDateTime::from_ymd(2024, day, 4).expect("a day");
            sheet.write_with_format(row, 0, &turned, &format).expect("a cell");
        } else {
            sheet.write(row, 0, format!("{day}/04/2024")).expect("a cell");
        }
        for (column, text) in (1..).zip(["Dịch tả heo châu Phi", "Long Thuận", "2"]) {
            sheet.write(row, column, text).expect("a cell");
        }
    }
    workbook.save(bench.path("so.xlsx")).expect("it is saved");
    let ran = bench.command("outbreaks curve --outbreaks so.xlsx --until 2024-04-20 --out o");
    assert!(ran.code < 2 && ran.stderr.contains("đổi ngày với tháng"), "{}", ran.stderr);
    let weeks = rows(&bench.read("o/curve.csv"));
    assert_eq!(weeks[0]["week"], "2024-04-01", "{weeks:?}");
    assert_eq!(weeks.len(), 3, "{weeks:?}");
}

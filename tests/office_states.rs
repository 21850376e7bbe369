//! The same thing at several times, in several files or sheets: what was last is what is, and nothing is added up.

mod common;

use common::office::*;
use common::{Bench, number, rows};

const COMMUNES: [(&str, &str); 4] =
    [("Long Thuận", "29992"), ("Thường Lạc", "29977"), ("Phú Thuận B", "29995"), ("Long Khánh A", "29980")];

/// Rows of communes with 700 ha planned, and done from `done` on.
fn progress(done: usize) -> Vec<Vec<String>> {
    let of = |(at, (commune, _)): (usize, &(&str, &str))| {
        vec![(at + 1).to_string(), (*commune).to_owned(), "700".to_owned(), (done + at).to_string()]
    };
    let head = line(&["TT", "Xã", "Kế hoạch (ha)", "Thu hoạch (ha)"]);
    std::iter::once(head).chain(COMMUNES.iter().enumerate().map(of)).collect()
}

fn of(bench: &Bench, column: &str) -> f64 {
    let communes = rows(&bench.read("p/out/tables/communes.csv"));
    number(communes.iter().find(|row| row["code"] == "29992").expect("the commune"), column)
}

#[test]
fn what_counts_up_to_a_day_is_not_added_to_what_counts_up_to_another() {
    let title = |day: &str| format!("TIẾN ĐỘ THU HOẠCH (Tính đến ngày {day} tháng 4 năm 2024)");
    let bench = Bench::new();
    for (day, done) in [("05", 150), ("12", 220), ("19", 290)] {
        book(&bench, &format!("TH {day}.xlsx"), &[sheet("BC", &[&title(day)], progress(done))]);
    }
    let _ = made(&bench, &["TH 05.xlsx", "TH 12.xlsx", "TH 19.xlsx"]);
    assert_eq!([of(&bench, "TH.Kế hoạch (ha)"), of(&bench, "TH.Thu hoạch (ha)")], [700.0, 290.0]);
    // As sheets of one workbook likewise.
    let bench = Bench::new();
    let sheets: Vec<Sheet> =
        [("05", 150), ("12", 220)].map(|(day, done)| sheet(&format!("{day}-4"), &[&title(day)], progress(done))).into();
    book(&bench, "th.xlsx", &sheets);
    let _ = made(&bench, &["th.xlsx"]);
    assert_eq!([of(&bench, "th.Kế hoạch (ha)"), of(&bench, "th.Thu hoạch (ha)")], [700.0, 220.0]);
    // Days without their year tell no order: each file is a table of its own.
    let bench = Bench::new();
    for (day, done) in [("5-4", 150), ("12-4", 220)] {
        let title = format!("TIẾN ĐỘ THU HOẠCH (đến {})", day.replace('-', "/"));
        book(&bench, &format!("TH {day}.xlsx"), &[sheet("BC", &[&title], progress(done))]);
    }
    let _ = made(&bench, &["TH 5-4.xlsx", "TH 12-4.xlsx"]);
    assert_eq!([of(&bench, "TH 5-4.Thu hoạch (ha)"), of(&bench, "TH 12-4.Thu hoạch (ha)")], [150.0, 220.0]);
}

/// A round of vaccination is no week, and the animals of two rounds or months are the same animals.
#[test]
fn animals_of_two_rounds_or_months_are_not_twice_as_many() {
    let rows_of = |done: usize| {
        let mut table = progress(done);
        table[0] = line(&["TT", "Xã", "Tổng đàn", "Đã tiêm"]);
        table
    };
    let bench = Bench::new();
    for (round, done) in [(1, 100), (2, 200)] {
        let title = format!("KẾT QUẢ TIÊM PHÒNG LMLM ĐỢT {round} NĂM 2024");
        book(&bench, &format!("TP dot {round}.xlsx"), &[sheet("BC", &[&title], rows_of(done))]);
    }
    let said = made(&bench, &["TP dot 1.xlsx", "TP dot 2.xlsx"]).stderr;
    assert_eq!([of(&bench, "TP dot 1.head"), of(&bench, "TP dot 2.vaccinated")], [700.0, 200.0]);
    assert!(!said.contains("01/01/2024"), "{said}");

    // Months with a row for each species: the last month, each species by itself.
    let bench = Bench::new();
    for month in [3, 4] {
        let mut table = vec![line(&["TT", "Xã", "Loài", "Tổng đàn", "Số con tiêm"])];
        for (commune, _) in COMMUNES {
            table.push(line(&["", commune, "Bò", "400", &(10 * month).to_string()]));
            table.push(line(&["", commune, "Heo", "900", &(20 * month).to_string()]));
        }
        let title = format!("KẾT QUẢ TIÊM PHÒNG THÁNG {month} NĂM 2024");
        book(&bench, &format!("TP thang {month}.xlsx"), &[sheet("BC", &[&title], table)]);
    }
    let _ = made(&bench, &["TP thang 3.xlsx", "TP thang 4.xlsx"]);
    assert_eq!([of(&bench, "TP thang Bò.head"), of(&bench, "TP thang Heo.vaccinated")], [400.0, 80.0]);
    assert!(bench.read("p/out/problems.csv").contains("không cộng các kỳ khác"));
}

#[test]
fn each_file_is_in_the_unit_that_it_states() {
    let bench = Bench::new();
    for (name, unit, factor) in [("A", "ha", 1.0), ("B", "công", 10.0)] {
        let of = |(commune, _): &(&str, &str)| line(&["1", commune, "Lộc Trời", &(5.0 * factor).to_string()]);
        let head = line(&["TT", "Xã", "Công ty", "Diện tích HĐ"]);
        let table = std::iter::once(head).chain(COMMUNES.iter().map(of)).collect();
        let above = ["DANH SÁCH HỢP ĐỒNG LIÊN KẾT".to_owned(), format!("Đơn vị tính: {unit}")];
        book(&bench, &format!("HTX {name}.xlsx"), &[sheet("DS", &above.each_ref().map(String::as_str), table)]);
    }
    let said = made(&bench, &["HTX A.xlsx", "HTX B.xlsx"]).stderr;
    assert_eq!(of(&bench, "linked_ha"), 10.0);
    assert!(said.contains("cộng các dòng: 40,0 ha"), "{said}");
}

/// Of two lists of contracts in sheets of seasons the later one stands.
#[test]
fn the_list_of_the_later_season_stands() {
    let bench = Bench::new();
    let table = |hectares: &str| {
        let of = |(commune, _): &(&str, &str)| line(&[commune, "Lộc Trời", hectares]);
        std::iter::once(line(&["Xã", "Doanh nghiệp", "DT hợp đồng (ha)"])).chain(COMMUNES.iter().map(of)).collect()
    };
    let title = "DIỆN TÍCH HỢP ĐỒNG LIÊN KẾT";
    book(&bench, "hd.xlsx", &[sheet("ĐX 2023-2024", &[title], table("50")), sheet("HT 2024", &[title], table("70"))]);
    let said = made(&bench, &["hd.xlsx"]).stderr;
    assert_eq!(of(&bench, "linked_ha"), 70.0);
    assert!(said.contains("ĐX 2023-2024"), "{said}");
}

/// A second report of one week is refused, whichever is right, unless their names say that they are parts of it.
#[test]
fn a_second_report_of_a_week_is_refused() {
    let bench = Bench::new();
    let report = |first: usize| {
        let of = |(at, (commune, _)): (usize, &(&str, &str))| line(&[commune, "Rầy nâu", &(first + at).to_string()]);
        let head = line(&["Xã", "Loài", "DTN (ha)"]);
        std::iter::once(head).chain(COMMUNES.iter().enumerate().map(of)).collect::<Vec<_>>()
    };
    book(&bench, "BC tuan 19.xlsx", &[sheet("BC", &[WEEK], report(10))]);
    book(&bench, "BC tuan 19 (sua).xlsx", &[sheet("BC", &[WEEK], report(11))]);
    let _ = made(&bench, &["BC tuan 19.xlsx", "BC tuan 19 (sua).xlsx"]);
    assert!([10.0, 11.0].contains(&of(&bench, "infested_ha")));
    let problems = bench.read("p/out/problems.csv");
    assert!(problems.contains("mà khác số: không tính lần hai"), "{problems}");

    let bench = Bench::new();
    book(&bench, "BC tra som.xlsx", &[sheet("BC", &[WEEK], report(10))]);
    book(&bench, "BC tra muon.xlsx", &[sheet("BC", &[WEEK], report(20))]);
    let _ = made(&bench, &["BC tra som.xlsx", "BC tra muon.xlsx"]);
    assert_eq!(of(&bench, "infested_ha"), 30.0);
}

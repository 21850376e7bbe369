//! Ways in which offices write weeks, groups, classes and years: the hectares are the same.

mod common;

use common::office::*;
use common::{Bench, rows};

/// Two weeks in two files, the earlier with half the hectares: the later is reported, the earlier is the week before.
fn two_weeks(names: [&str; 2], titles: [&str; 2]) {
    let bench = Bench::new();
    for ((name, title), factor) in names.into_iter().zip(titles).zip([0.5, 1.0]) {
        if let Some((folder, _)) = name.rsplit_once('/') {
            std::fs::create_dir_all(bench.path(folder)).expect("a folder");
        }
        book(&bench, name, &[sheet("Sheet1", &["TRẠM TRỒNG TRỌT VÀ BVTV", title], listed(factor))]);
    }
    let _ = made(&bench, &names);
    right(&bench, true);
    let before = rows(&bench.read("p/out/tables/pests.csv")).iter().filter(|row| row["period"] == "previous").count();
    assert_eq!(before, DATA.len(), "{names:?} {titles:?}\n{}", bench.read("p/ruong.toml"));
}

#[test]
fn weeks_stand_in_titles_among_other_words() {
    for titles in [
        ["BÁO CÁO TUẦN 19/2024", "BÁO CÁO TUẦN 20/2024"],
        ["Tình hình sinh vật gây hại tuần 19 năm 2024 trên lúa", "Tình hình sinh vật gây hại tuần 20 năm 2024 trên lúa"],
        [
            "BÁO CÁO 7 NGÀY (Từ ngày 06 tháng 5 đến ngày 12 tháng 5 năm 2024)",
            "BÁO CÁO 7 NGÀY (Từ ngày 13 tháng 5 đến ngày 19 tháng 5 năm 2024)",
        ],
        ["Tuần lễ 19 (06/5 – 12/5/2024)", "Tuần lễ 20 (13/5 – 19/5/2024)"],
        ["Kỳ 19: 06/5-12/5/2024", "Kỳ 20: 13/5-19/5/2024"],
        ["Tuần 19 năm 2024, từ ngày 06/5 đến ngày 12/5", "Tuần 20 năm 2024, từ ngày 13/5 đến ngày 19/5"],
    ] {
        two_weeks(["bc a.xlsx", "bc b.xlsx"], titles);
    }
}

#[test]
fn weeks_stand_in_names_of_files_and_folders() {
    let title = ["DIỆN TÍCH NHIỄM NĂM 2024"; 2];
    for names in [
        ["SVGH_20240509.xlsx", "SVGH_20240516.xlsx"],
        ["BC 9.5.2024.xlsx", "BC 16.5.2024.xlsx"],
        ["Tuan 19/Bao cao SVGH.xlsx", "Tuan 20/Bao cao SVGH.xlsx"],
        ["2024-05-09/SVGH.xlsx", "2024-05-16/SVGH.xlsx"],
    ] {
        two_weeks(names, title);
    }
}

/// Next week's file is found where somebody types its name with accents, or in capitals.
#[test]
fn next_week_may_be_called_with_accents() {
    for next in ["BC Tuần 20.xlsx", "BC TUAN 20.XLSX"] {
        let bench = Bench::new();
        let title = |week: u32| format!("BÁO CÁO TUẦN {week} NĂM 2024");
        book(&bench, "BC tuan 19.xlsx", &[sheet("Sheet1", &[&title(19)], listed(0.5))]);
        let _ = made(&bench, &["BC tuan 19.xlsx"]);
        book(&bench, next, &[sheet("Sheet1", &[&title(20)], listed(1.0))]);
        let ran = bench.run(&["build", "p", "--only", "tables"]);
        assert!(ran.code < 2, "{}", ran.stderr);
        right(&bench, true);
    }
}

#[test]
fn weeks_stand_in_names_of_sheets_without_their_year() {
    let bench = Bench::new();
    let sheets = [("06.5-12.5", 0.5), ("13.5-19.5", 1.0)].map(|(name, factor)| sheet(name, &["DIỆN TÍCH NHIỄM"], listed(factor)));
    book(&bench, "bc nam 2024.xlsx", &sheets);
    let _ = made(&bench, &["bc nam 2024.xlsx"]);
    right(&bench, true);
}

#[test]
fn first_and_last_days_have_columns() {
    let bench = Bench::new();
    let mut rows = listed(1.0);
    rows[0].extend(line(&["Từ ngày", "Đến ngày"]));
    rows.iter_mut().skip(1).for_each(|row| row.extend(line(&["10/05/2024", "16/05/2024"])));
    book(&bench, "bc.xlsx", &[sheet("Sheet1", &["DIỆN TÍCH NHIỄM"], rows)]);
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, true);
    let found = common::rows(&bench.read("p/out/tables/pests.csv"));
    assert_eq!([found[0]["from"].as_str(), found[0]["to"].as_str()], ["2024-05-10", "2024-05-16"]);
}

#[test]
fn groups_are_numbered_or_begin_with_a_bullet() {
    for (number, bullet) in [(true, "- "), (true, ""), (false, "")] {
        let bench = Bench::new();
        let mut rows = vec![line(&["TT", "Dịch hại", "Nhẹ", "TB", "Nặng"])];
        for (at, commune) in communes().into_iter().enumerate() {
            rows.push(match number {
                true => vec![(at + 1).to_string(), format!("Xã {commune}")],
                false => vec![String::new(), format!("* Xã {commune}:")],
            });
            rows.extend(of_commune(commune).into_iter().map(|mut row| {
                row[0] = bullet.trim().to_owned();
                row
            }));
        }
        book(&bench, "bc.xlsx", &[sheet("Sheet1", &["DIỆN TÍCH NHIỄM", WEEK], rows)]);
        let _ = made(&bench, &["bc.xlsx"]);
        right(&bench, true);
    }
}

#[test]
fn communes_stand_across_above_their_classes() {
    let bench = Bench::new();
    let mut top = line(&["STT", "Sinh vật gây hại"]);
    let mut below = line(&["", ""]);
    for commune in communes() {
        top.extend(line(&[&format!("Xã {commune}"), "", ""]));
        below.extend(line(&["Nhẹ", "TB", "Nặng"]));
    }
    let mut rows = vec![top, below];
    for (at, pest) in ["Rầy nâu", "Chuột"].into_iter().enumerate() {
        let of =
            |c: &str| DATA.iter().find(|row| row.0 == c && row.2 == pest).map_or(vec![String::new(); 3], |row| numbers(row.3));
        rows.push([line(&[&(at + 1).to_string(), pest]), communes().into_iter().flat_map(of).collect()].concat());
    }
    let title = sheet("Sheet1", &["DIỆN TÍCH NHIỄM (ha)", WEEK], rows);
    let mut book_of = rust_xlsxwriter::Workbook::new();
    let page = book_of.add_worksheet();
    for (row, cells) in (0..).zip(&title.1) {
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            match cell.parse::<f64>() {
                Ok(number) => page.write(row, column, number).expect("a cell"),
                Err(_) => page.write(row, column, cell).expect("a cell"),
            };
        }
    }
    for at in 0..3u16 {
        let format = rust_xlsxwriter::Format::new();
        let name = format!("Xã {}", communes()[usize::from(at)]);
        let _ = page.merge_range(3, 2 + 3 * at, 3, 4 + 3 * at, &name, &format).expect("merged");
    }
    book_of.save(bench.path("bc.xlsx")).expect("it is saved");
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, true);
}

/// A yield is no class of severity, whatever its letters; a total of a class is no total of all.
#[test]
fn classes_are_told_by_their_accents_and_units() {
    let bench = Bench::new();
    let mut rows = listed(1.0);
    rows[0] = line(&[
        "TT",
        "Xã",
        "SVGH",
        "DT nhiễm (ha) / Nhẹ",
        "DT nhiễm (ha) / TB",
        "DT nhiễm (ha) / Nặng",
        "Năng suất (tạ/ha)",
        "Số hộ bị nặng",
    ]);
    rows.iter_mut().skip(1).for_each(|row| row.extend(line(&["60", "1200"])));
    book(&bench, "bc.xlsx", &[sheet("Sheet1", &[WEEK], rows)]);
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, true);
}

/// Words that make a row a comparison or a sum are mere words in its remarks.
#[test]
fn remarks_do_not_set_their_rows_aside() {
    let bench = Bench::new();
    let mut rows = listed(1.0);
    rows[0].push("Ghi chú".to_owned());
    let remarks = ["So với kỳ trước tăng", "Lũy kế cả vụ", "Cùng kỳ", "Trong đó có lúa thơm", "Bình quân"];
    rows.iter_mut().skip(1).zip(remarks).for_each(|(row, remark)| row.push(remark.to_owned()));
    rows.push(line(&["Kỳ trước", "", "", "90", "8", "1"]));
    book(&bench, "bc.xlsx", &[sheet("Sheet1", &["DIỆN TÍCH NHIỄM", WEEK], rows)]);
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, true);
}

#[test]
fn a_yield_is_no_heavy_class() {
    let bench = Bench::new();
    let mut rows = listed(1.0);
    rows[0][5] = "Năng suất".to_owned();
    book(&bench, "bc.xlsx", &[sheet("Sheet1", &[WEEK], rows)]);
    let _ = made(&bench, &["bc.xlsx"]);
    let project = bench.read("p/ruong.toml");
    assert!(project.contains("medium_ha") && !project.contains("heavy_ha"), "{project}");
}

/// A sum below or above the communes that names the district or nothing is a sum.
#[test]
fn sums_without_a_word_are_sums() {
    for (label, last) in [("", true), ("Huyện Hồng Ngự", true), ("Huyện Hồng Ngự", false)] {
        let bench = Bench::new();
        let mut rows = vec![line(&["TT", "Xã", "Rầy nâu", "Chuột"])];
        let of = |c: &str, pest: &str| DATA.iter().find(|row| row.0 == c && row.2 == pest).map(|row| row.3.iter().sum::<f64>());
        let told = |ha: Option<f64>| ha.map_or(String::new(), |ha| ha.to_string());
        for (at, c) in (1..).zip(["Long Thuận", "Phú Thuận B", "Thường Lạc", "Long Khánh A"]) {
            rows.push(vec![at.to_string(), c.to_owned(), told(of(c, "Rầy nâu")), told(of(c, "Chuột"))]);
        }
        let sum = |pest: &str| DATA.iter().filter(|row| row.2 == pest).flat_map(|row| row.3).sum::<f64>().to_string();
        let total = vec![String::new(), label.to_owned(), sum("Rầy nâu"), sum("Chuột")];
        rows.insert(if last { rows.len() } else { 1 }, total);
        book(&bench, "bc.xlsx", &[sheet("Sheet1", &["DIỆN TÍCH NHIỄM (ha)", WEEK], rows)]);
        let _ = made(&bench, &["bc.xlsx"]);
        right(&bench, false);
        let said = bench.read("p/out/problems.csv");
        assert!(said.contains("dòng cộng") && !said.contains("error"), "{label} {last}: {said}");
    }
}

fn measures(table: &str) -> (String, Vec<std::collections::BTreeMap<String, String>>) {
    let bench = Bench::new();
    bench.write("so lieu.csv", table);
    let _ = made(&bench, &["so lieu.csv"]);
    let said = format!("{}\n{}", bench.read("p/out/problems.csv"), bench.read("p/ruong.toml"));
    (said, rows(&bench.read("p/out/tables/communes.csv")))
}

fn of<'a>(rows: &'a [std::collections::BTreeMap<String, String>], code: &str, part: &str) -> Option<&'a str> {
    let row = rows.iter().find(|row| row["code"] == code)?;
    row.iter().find(|(heading, _)| heading.contains(part)).map(|(_, value)| value.as_str())
}

#[test]
fn years_are_not_added_but_people_are() {
    let (said, found) = measures("Xã,Năm,Số hộ\nLong Thuận,2023,10\nLong Thuận,2024,12\nThường Lạc,2023,7\nThường Lạc,2024,9\n");
    assert_eq!(of(&found, "29992", "Số hộ"), Some("12"), "{said}");
    assert!(said.contains("không cộng các kỳ khác"), "{said}");
    let (said, found) = measures(
        "Xã,Họ tên,Năm tham gia,Số con\nLong Thuận,Nguyễn A,2021,10\nLong Thuận,Nguyễn B,2021,12\nThường Lạc,Lê C,2022,7\n",
    );
    assert_eq!(of(&found, "29992", "Số con"), Some("22"), "{said}");
    assert_eq!(of(&found, "29992", "Năm"), None, "{said}");
}

/// Levels do not add up over communes, and what identifies things measures nothing.
#[test]
fn levels_and_papers_have_no_sum() {
    let bench = Bench::new();
    bench.write(
        "so lieu.csv",
        "Xã,Mực nước (m),pH,Số QĐ,Diện tích tưới (ha)\nLong Thuận,1.5,6.5,1201,20\nThường Lạc,1.7,6.1,1305,30\n",
    );
    let _ = made(&bench, &["so lieu.csv"]);
    let summary = rows(&bench.read("p/out/tables/summary.csv"));
    let total = |part: &str| summary.iter().find(|row| row["measure"].contains(part)).map(|row| row["current"].clone());
    assert_eq!(total("Mực nước").as_deref().unwrap_or(""), "");
    assert_eq!(total("pH").as_deref().unwrap_or(""), "");
    assert_eq!(total("Số QĐ"), None);
    assert_eq!(total("tưới").as_deref(), Some("50"), "{summary:?}");
}

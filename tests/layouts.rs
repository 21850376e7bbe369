//! More layouts of an office's week: Word documents, two things in one title, nights of traps, and what stands beside hectares.

mod common;

use common::office::*;
use common::{Bench, number, rows};
use std::io::Write;

/// A Word document with lines above one table.
fn document(bench: &Bench, name: &str, above: &[&str], rows: &[Vec<String>]) {
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let cell = |text: &String| format!("<w:tc><w:tcPr/>{}</w:tc>", paragraph(&text.replace('.', ",")));
    let row = |cells: &Vec<String>| format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>());
    let lines: String = above.iter().map(|line| paragraph(line)).collect();
    let table: String = rows.iter().map(row).collect();
    let text = format!(
        "<w:document xmlns:w=\"w\"><w:body>{lines}<w:tbl>{table}</w:tbl>{}</w:body></w:document>",
        paragraph("Nơi nhận:")
    );
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("an entry");
    archive.write_all(text.as_bytes()).expect("written");
    bench.write(name, archive.finish().expect("a file").into_inner());
}

/// The rows of a pest: number, commune, light, medium, heavy.
fn of_pest(pest: &str) -> Vec<Vec<String>> {
    let own = DATA.iter().filter(|row| row.2 == pest);
    (1..).zip(own).map(|(at, (commune, .., ha))| [vec![format!("{at}"), (*commune).to_owned()], numbers(*ha)].concat()).collect()
}

const BY_COMMUNE: [&str; 5] = ["TT", "Đơn vị", "Nhẹ (ha)", "TB (ha)", "Nặng (ha)"];

#[test]
fn a_notice_that_comes_as_word() {
    let bench = Bench::new();
    document(
        &bench,
        "TB 7 ngay.docx",
        &["THÔNG BÁO TÌNH HÌNH SINH VẬT GÂY HẠI", &format!("({WEEK})"), "II. Diện tích nhiễm"],
        &listed(1.0),
    );
    let _ = made(&bench, &["TB 7 ngay.docx"]);
    right(&bench, true);
}

#[test]
fn a_pest_and_a_commune_in_one_title() {
    let bench = Bench::new();
    let mut files: Vec<String> = Vec::new();
    for (at, (commune, _, pest, ha)) in DATA.iter().enumerate() {
        let title = format!("TÌNH HÌNH {} XÃ {}", pest.to_uppercase(), commune.to_uppercase());
        let rows = vec![line(&["TT", "Ấp", "Nhẹ (ha)", "TB (ha)", "Nặng (ha)"]), [line(&["1", "Ấp 1"]), numbers(*ha)].concat()];
        files.push(format!("bc {at}.xlsx"));
        book(&bench, &files[at], &[sheet("Sheet1", &[&title, WEEK], rows)]);
    }
    let _ = made(&bench, &files.iter().map(String::as_str).collect::<Vec<_>>());
    right(&bench, true);
}

#[test]
fn pests_in_names_of_files() {
    let bench = Bench::new();
    for pest in ["Rầy nâu", "Chuột"] {
        let rows = [vec![line(&BY_COMMUNE)], of_pest(pest)].concat();
        book(&bench, &format!("{pest}.xlsx"), &[sheet("Sheet1", &["BÁO CÁO DIỆN TÍCH NHIỄM", WEEK], rows)]);
    }
    let _ = made(&bench, &["Rầy nâu.xlsx", "Chuột.xlsx"]);
    right(&bench, true);
}

#[test]
fn a_pest_and_a_week_in_names_of_sheets() {
    let bench = Bench::new();
    let mut sheets: Vec<Sheet> = Vec::new();
    for (week, factor) in [(18, 3.0), (19, 1.0)] {
        for pest in ["Rầy nâu", "Chuột"] {
            let scaled = of_pest(pest).into_iter().map(|row| {
                let ha = row[2..].iter().map(|cell| (cell.parse::<f64>().expect("a number") * factor).to_string());
                row[..2].iter().cloned().chain(ha).collect()
            });
            let rows = std::iter::once(line(&BY_COMMUNE)).chain(scaled).collect();
            sheets.push(sheet(&format!("{pest} T{week}"), &["DIỆN TÍCH NHIỄM NĂM 2024"], rows));
        }
    }
    book(&bench, "bc.xlsx", &sheets);
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, true);
}

#[test]
fn numbers_of_columns_with_their_sums_below_the_headings() {
    let bench = Bench::new();
    let mut rows = listed(1.0);
    rows[0].push("Cộng (ha)".to_owned());
    rows[1..]
        .iter_mut()
        .for_each(|row| row.push(row[3..].iter().filter_map(|cell| cell.parse::<f64>().ok()).sum::<f64>().to_string()));
    rows.insert(1, line(&["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)=(4)+(5)+(6)"]));
    rows.push(vec![]);
    rows.push(line(&["", "", "", "", "Hồng Ngự, ngày 17 tháng 5 năm 2024"]));
    book(&bench, "bc.xlsx", &[sheet("BC", &["BÁO CÁO SINH VẬT GÂY HẠI", WEEK], rows)]);
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, true);
}

#[test]
fn what_stands_beside_the_hectares_of_the_week_is_not_added() {
    let bench = Bench::new();
    let mut rows = listed(1.0);
    rows[0].extend(["Tổng DT nhiễm (ha)", "Kỳ trước (ha)", "Cùng kỳ năm trước (ha)", "DT phòng trừ (ha)"].map(String::from));
    for row in &mut rows[1..] {
        let sum: f64 = row[3..].iter().filter_map(|cell| cell.parse::<f64>().ok()).sum();
        row.extend([sum, 2.0 * sum, 3.0 * sum, 0.5 * sum].map(|ha| ha.to_string()));
    }
    book(&bench, "bc.xlsx", &[sheet("BC", &["BÁO CÁO", WEEK], rows)]);
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, true);
}

#[test]
fn numbers_as_words_and_the_sum_first() {
    let bench = Bench::new();
    let mut rows = listed(1.0);
    rows.iter_mut().skip(1).flat_map(|row| row.iter_mut().skip(3)).for_each(|cell| {
        let number: f64 = cell.parse().expect("a number");
        *cell = format!("{number:.1}").replace('.', ",");
    });
    rows.insert(1, line(&["", "Toàn huyện", "", "239,0", "35,5", "3,5"]));
    book(&bench, "bc.xlsx", &[sheet("BC", &["TỔNG HỢP", WEEK], rows)]);
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, true);
}

#[test]
fn text_tables_with_lines_above() {
    let bench = Bench::new();
    let rows: String = listed(1.0).iter().map(|row| row.join(";").replace('.', ",") + "\n").collect();
    bench.write("bc.csv", format!("BÁO CÁO SÂU BỆNH\n{WEEK}\n{rows}"));
    let _ = made(&bench, &["bc.csv"]);
    right(&bench, true);
}

#[test]
fn a_row_of_the_district_above_its_communes() {
    let bench = Bench::new();
    let mut rows = listed(1.0);
    rows.insert(1, line(&["I", "Huyện Hồng Ngự", "", "239", "35.5", "3.5"]));
    book(&bench, "bc.xlsx", &[sheet("BC", &["BÁO CÁO", WEEK], rows)]);
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, true);
}

#[test]
fn sheets_named_after_their_days() {
    let bench = Bench::new();
    let sheets =
        [("03-09.05.2024", 2.0), ("10-16.05.2024", 1.0)].map(|(name, factor)| sheet(name, &["BÁO CÁO NĂM 2024"], listed(factor)));
    book(&bench, "bc.xlsx", &sheets);
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, true);
}

#[test]
fn two_sections_with_the_same_headings() {
    let bench = Bench::new();
    let all = listed(1.0);
    let (above, rest) = all.split_at(3);
    let mut rows = [vec![line(&["I. TRÊN LÚA"])], above.to_vec(), vec![vec![], line(&["II. TRÊN LÚA MÙA"])]].concat();
    rows.push(all[0].clone());
    rows.extend(rest.to_vec());
    book(&bench, "bc.xlsx", &[sheet("BC", &["THÔNG BÁO", WEEK], rows)]);
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, true);
}

#[test]
fn sums_below_every_commune() {
    let bench = Bench::new();
    let mut rows = vec![listed(1.0)[0].clone()];
    for commune in communes() {
        let own: Vec<Vec<String>> = listed(1.0).into_iter().filter(|row| row[1] == commune).collect();
        let sum = |at: usize| own.iter().filter_map(|row| row[at].parse::<f64>().ok()).sum::<f64>().to_string();
        let total = vec![String::new(), format!("Cộng xã {commune}"), String::new(), sum(3), sum(4), sum(5)];
        rows.extend([own, vec![total, vec![]]].concat());
    }
    book(&bench, "bc.xlsx", &[sheet("BC", &["BÁO CÁO", WEEK], rows)]);
    let _ = made(&bench, &["bc.xlsx"]);
    right(&bench, true);
}

#[test]
fn one_file_of_a_week_takes_those_to_come() {
    let bench = Bench::new();
    book(&bench, "bc tuan 18.xlsx", &[sheet("BC", &["Từ ngày 03/05/2024 đến ngày 09/05/2024"], listed(2.0))]);
    let _ = made(&bench, &["bc tuan 18.xlsx"]);
    assert!(bench.read("p/ruong.toml").contains("bc tuan *.xlsx"), "{}", bench.read("p/ruong.toml"));
    book(&bench, "bc tuan 19.xlsx", &[sheet("BC", &[WEEK], listed(1.0))]);
    assert_eq!(bench.run(&["build", "p", "--only", "tables"]).code, 0);
    right(&bench, true);
}

#[test]
fn contracts_below_rows_of_communes() {
    let bench = Bench::new();
    let people = |ha: [f64; 2]| -> Vec<Vec<String>> {
        (1..)
            .zip(ha)
            .map(|(at, ha)| {
                [line(&[&at.to_string(), "Nguyễn Văn A", "Ấp 1"]), vec![ha.to_string()], line(&["Lộc Trời"])].concat()
            })
            .collect()
    };
    let rows = [
        vec![line(&["STT", "Họ và tên", "Địa chỉ", "Diện tích liên kết (ha)", "Công ty"]), line(&["I", "Xã Long Thuận"])],
        people([1.25, 2.5]),
        vec![line(&["II", "Xã Thường Lạc"])],
        people([0.75, 3.0]),
    ];
    book(&bench, "ho lien ket.xlsx", &[sheet("DS", &["DANH SÁCH HỘ LIÊN KẾT"], rows.concat())]);
    let _ = made(&bench, &["ho lien ket.xlsx"]);
    let found = rows_of(&bench);
    assert_eq!((number(&found["29992"], "linked_ha"), number(&found["29977"], "linked_ha")), (3.75, 3.75));
}

fn rows_of(bench: &Bench) -> std::collections::BTreeMap<String, std::collections::BTreeMap<String, String>> {
    rows(&bench.read("p/out/tables/communes.csv")).into_iter().map(|row| (row["code"].clone(), row)).collect()
}

#[test]
fn shares_of_machines_are_read_by_commune() {
    let bench = Bench::new();
    let rows = vec![
        line(&["STT", "Xã", "Làm đất bằng máy (%)", "Thu hoạch bằng máy (%)"]),
        line(&["1", "Long Thuận", "98", "100"]),
        line(&["2", "Thường Lạc", "95", "99"]),
    ];
    book(&bench, "co gioi.xlsx", &[sheet("S", &["CƠ GIỚI HÓA NĂM 2024"], rows)]);
    let _ = made(&bench, &["co gioi.xlsx"]);
    let found = rows_of(&bench);
    let name = found["29992"].keys().find(|name| name.contains("Làm đất")).expect("the column").clone();
    assert_eq!((number(&found["29992"], &name), number(&found["29977"], &name)), (98.0, 95.0));
}

#[test]
fn nights_of_light_traps_with_a_trap_a_column() {
    let bench = Bench::new();
    // Thirteen nights that rise to one peak each: 900 on the 7th at Thường Lạc, 450 on the 6th at Long Thuận.
    let catches = [20, 30, 40, 80, 300, 700, 900, 650, 200, 60, 40, 30, 20];
    let row = |night: usize| {
        let other = catches.get(night + 1).copied().unwrap_or(10) / 2;
        let total = catches[night] + other;
        [
            (night + 1).to_string(),
            format!("{:02}/05/2024", night + 1),
            catches[night].to_string(),
            other.to_string(),
            total.to_string(),
        ]
        .to_vec()
    };
    let nights =
        [vec![line(&["STT", "Đêm", "Bẫy Thường Lạc", "Bẫy Long Thuận", "Tổng số"])], (0..13).map(row).collect()].concat();
    book(&bench, "bay den.xlsx", &[sheet("S", &["SỐ LIỆU BẪY ĐÈN RẦY NÂU (con/đêm)"], nights)]);
    let _ = made(&bench, &["bay den.xlsx"]);
    let text = bench.read("p/ruong.toml");
    bench.write("p/ruong.toml", format!("{text}\n[[outputs]]\nid = \"bd\"\nkind = \"traps\"\n"));
    let ran = bench.run(&["build", "p", "--only", "outputs", "--format", "svg"]);
    assert_eq!(ran.code, 0, "{}\n{text}", ran.stderr);
    // The nights of several traps go together by their geometric mean, of counts plus one: 700 and 450 on the 6th.
    let peak = &rows(&bench.read("p/out/outputs/bd/peaks.csv"))[0];
    assert_eq!((peak["species"].as_str(), peak["peak"].as_str()), ("RẦY NÂU", "2024-05-06"));
    assert!((number(peak, "count") - ((701.0f64 * 451.0).sqrt() - 1.0)).abs() < 1e-9, "{peak:?}");
}

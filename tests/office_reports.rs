//! Which report a row is of: in a column of any name, in rows between, in titles of tables one below the other; what small numbers,
//! hamlets, districts and people are. Numbers by hand.

mod common;

use common::office::*;
use common::{Bench, number, rows};

const TWO: [&str; 2] = ["Long Thuận", "Thường Lạc"];

fn of(bench: &Bench, code: &str, column: &str) -> f64 {
    let all = rows(&bench.read("p/out/tables/communes.csv"));
    let row = all.iter().find(|row| row["code"] == code).expect("the commune");
    assert!(row.contains_key(column), "{column} is not in {:?}\n{}", row.keys(), bench.read("p/ruong.toml"));
    number(row, column)
}

/// Long Thuận and Thường Lạc.
fn both(bench: &Bench, column: &str) -> [f64; 2] {
    [of(bench, "29992", column), of(bench, "29977", column)]
}

/// Cumulative hectares on three days: 100 and 110, then 200 and 210, then 300 and 310.
fn days(texts: [&str; 3], mut row: impl FnMut(&str, &str, u32) -> Vec<String>) -> Vec<Vec<String>> {
    let mut table = Vec::new();
    for (at, text) in (1u32..).zip(texts) {
        for (commune, more) in TWO.into_iter().zip([0, 10]) {
            table.push(row(text, commune, 100 * at + more));
        }
    }
    table
}

#[test]
fn cumulative_reports_are_not_added_whatever_their_column_is_called() {
    let dates = ["29/03/2024", "05/04/2024", "12/04/2024"];
    for (heading, texts) in [
        ("Ngày báo cáo", dates),
        ("Tính đến ngày", dates),
        ("Thời điểm", dates),
        ("Ngày cập nhật", dates),
        ("Kỳ báo cáo", ["Tuần 13", "Tuần 14", "Tuần 15"]),
        ("Niên vụ", ["2022", "2023", "2024"]),
    ] {
        let bench = Bench::new();
        let mut table = vec![line(&[heading, "Xã", "Đã thu hoạch (ha)"])];
        table.extend(days(texts, |text, commune, ha| line(&[text, commune, &ha.to_string()])));
        book(&bench, "t.xlsx", &[sheet("Sheet1", &["TIẾN ĐỘ THU HOẠCH"], table)]);
        let _ = made(&bench, &["t.xlsx"]);
        assert_eq!(both(&bench, "t.Đã thu hoạch (ha)"), [300.0, 310.0], "{heading}");
        let problems = bench.read("p/out/problems.csv");
        assert!(problems.contains("không cộng các kỳ khác"), "{heading}: {problems}");
    }
}

/// Days of single people and things are no reports: signed on two days, both contracts count.
#[test]
fn days_of_contracts_are_no_reports() {
    let bench = Bench::new();
    let mut table = vec![line(&["Ngày ký hợp đồng", "Xã", "Diện tích hợp đồng (ha)"])];
    table.extend(days(["29/03/2024", "05/04/2024", "12/04/2024"], |text, commune, ha| line(&[text, commune, &ha.to_string()])));
    book(&bench, "lk.xlsx", &[sheet("Sheet1", &["HỢP ĐỒNG LIÊN KẾT"], table)]);
    let _ = made(&bench, &["lk.xlsx"]);
    assert_eq!(both(&bench, "linked_ha"), [600.0, 630.0]);
}

#[test]
fn a_row_between_tells_the_report_of_the_rows_below_it() {
    for (marks, cells) in [(["I", "II"], 2), (["", ""], 1)] {
        let bench = Bench::new();
        let mut table = vec![line(&["TT", "Xã", "DT nhiễm (ha)"])];
        for (at, week) in ["Tuần 14 (29/3-04/4/2024)", "Tuần 15 (05/4-11/4/2024)"].into_iter().enumerate() {
            table.push(if cells == 2 { line(&[marks[at], week]) } else { line(&[week]) });
            for (number, (commune, ha)) in TWO.into_iter().zip([100 * (at + 1), 100 * (at + 1) + 10]).enumerate() {
                table.push(line(&[&(number + 1).to_string(), commune, &ha.to_string()]));
            }
        }
        book(&bench, "t.xlsx", &[sheet("Sheet1", &["DIỆN TÍCH NHIỄM RẦY NÂU"], table)]);
        let _ = made(&bench, &["t.xlsx"]);
        assert_eq!(both(&bench, "infested_ha"), [200.0, 210.0]);
        assert_eq!(both(&bench, "infested_ha_previous"), [100.0, 110.0]);
    }
}

/// A table of weeks has a row each and no commune: its rows are data.
#[test]
fn rows_that_are_weeks_themselves_open_nothing() {
    let bench = Bench::new();
    let mut table = vec![line(&["Tuần", "Long Thuận", "Thường Lạc", "Phú Thuận B"])];
    table.push(line(&["Tuần 14/2024", "100", "110", "1"]));
    table.push(line(&["Tuần 15/2024", "200", "210", "2"]));
    book(&bench, "t.xlsx", &[sheet("Sheet1", &["DIỆN TÍCH NHIỄM RẦY NÂU (ha)"], table)]);
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!(both(&bench, "infested_ha"), [200.0, 210.0]);
    assert_eq!(both(&bench, "infested_ha_previous"), [100.0, 110.0]);
}

#[test]
fn titles_one_below_the_other_say_up_to_which_day_they_count() {
    let bench = Bench::new();
    let mut table = Vec::new();
    for (at, day) in (1..).zip(["29/3/2024", "05/4/2024"]) {
        if at > 1 {
            table.push(line(&[]));
            table.push(line(&[&format!("TIẾN ĐỘ XUỐNG GIỐNG ĐẾN NGÀY {day}")]));
        }
        table.push(line(&["TT", "Xã", "Xuống giống (ha)"]));
        for (number, commune) in ["1", "2"].into_iter().zip(TWO) {
            table.push(line(&[number, commune, &(100 * at).to_string()]));
        }
    }
    book(&bench, "t.xlsx", &[sheet("Sheet1", &["TIẾN ĐỘ XUỐNG GIỐNG ĐẾN NGÀY 29/3/2024"], table)]);
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!(both(&bench, "t.Xuống giống (ha)"), [200.0, 200.0]);
}

#[test]
fn small_numbers_are_no_severities() {
    for (title, headings, columns) in [
        ("DIỆN TÍCH NHIỄM RẦY NÂU", vec!["Xã", "Diện tích"], vec![("infested_ha", [1.0, 3.0])]),
        ("KẾT QUẢ PHUN TRỪ RẦY NÂU", vec!["Xã", "Số lần"], vec![("t.Số lần", [1.0, 3.0])]),
        ("TÌNH HÌNH RẦY NÂU", vec!["Xã", "Số ấp có dịch"], vec![("t.Số ấp có dịch", [1.0, 3.0])]),
    ] {
        let bench = Bench::new();
        let table = vec![line(&headings), line(&["Long Thuận", "1"]), line(&["Thường Lạc", "3"])];
        book(&bench, "t.xlsx", &[sheet("Sheet1", &[&format!("{title} TUẦN 15 (05-11/4/2024)")], table)]);
        let _ = made(&bench, &["t.xlsx"]);
        for (column, numbers) in columns {
            assert_eq!(both(&bench, column), numbers, "{title}");
        }
    }
}

#[test]
fn hamlets_seen_on_two_days_are_two_places() {
    for (heading, hectares, said) in [("Ấp", 30.0, false), ("Ghi chú", 20.0, true)] {
        let bench = Bench::new();
        let table = vec![
            line(&["Ngày", "Xã", heading, "DT nhiễm (ha)"]),
            line(&["09/4/2024", "Thường Lạc", "Ấp 1", "10"]),
            line(&["10/4/2024", "Thường Lạc", "Ấp 2", "20"]),
            line(&["10/4/2024", "Long Thuận", "Ấp 1", "5"]),
        ];
        book(&bench, "t.xlsx", &[sheet("Sheet1", &["ĐIỀU TRA RẦY NÂU TUẦN 15 (08-14/4/2024)"], table)]);
        let _ = made(&bench, &["t.xlsx"]);
        assert_eq!(both(&bench, "infested_ha"), [5.0, hectares], "{heading}");
        let problems = bench.read("p/out/problems.csv");
        assert_eq!(problems.contains("1 dòng (10,0 ha) có dòng khác cùng xã"), said, "{heading}: {problems}");
    }
}

#[test]
fn a_namesake_of_another_district_is_not_ours() {
    let bench = Bench::new();
    let table = vec![
        line(&["TT", "Đơn vị", "DT nhiễm (ha)"]),
        line(&["I", "Huyện Hồng Ngự", "30"]),
        line(&["1", "Thường Lạc", "10"]),
        line(&["2", "Long Thuận", "20"]),
        line(&["II", "Huyện Bến Cầu", "110"]),
        line(&["1", "Long Thuận", "50"]),
        line(&["2", "Tiên Thuận", "60"]),
    ];
    book(&bench, "t.xlsx", &[sheet("Sheet1", &["DIỆN TÍCH NHIỄM RẦY NÂU TUẦN 15 (05-11/4/2024)"], table)]);
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!(both(&bench, "infested_ha"), [20.0, 10.0]);
    assert!(bench.read("p/out/problems.csv").contains("Huyện Bến Cầu"));
}

#[test]
fn a_register_is_of_the_disease_of_its_title_and_of_no_person() {
    let bench = Bench::new();
    let mut table = vec![line(&["TT", "Tên chủ hộ", "Ấp", "Xã", "Ngày phát bệnh", "Số mắc", "Số tiêu hủy"])];
    for (number, commune) in TWO.into_iter().chain(TWO).enumerate() {
        let name = ["Trần Văn A", "Trần Văn B"][number / 2];
        let day = format!("0{}/03/2024", number + 2);
        table.push(line(&[&(number + 1).to_string(), name, &format!("Ấp {}", number % 2 + 1), commune, &day, "3", "10"]));
    }
    book(&bench, "so.xlsx", &[sheet("Sheet1", &["SỔ THEO DÕI Ổ DỊCH TẢ LỢN CHÂU PHI NĂM 2024"], table)]);
    let _ = made(&bench, &["so.xlsx"]);
    assert_eq!([both(&bench, "so.outbreaks"), both(&bench, "so.destroyed")], [[2.0, 2.0], [20.0, 20.0]]);
    for file in ["communes.csv", "summary.csv"] {
        assert!(!bench.read(&format!("p/out/tables/{file}")).contains("Trần"), "{file}");
    }
}

#[test]
fn people_and_hamlets_divide_no_list_of_contracts() {
    let bench = Bench::new();
    let mut table = vec![line(&["TT", "Họ và tên", "Ấp", "Xã", "DT (công)"])];
    for (number, commune) in TWO.into_iter().chain(TWO).enumerate() {
        let name = ["Trần Văn A", "Trần Văn B"][number / 2];
        table.push(line(&[&(number + 1).to_string(), name, ["Long 0", "Long 1"][number / 2], commune, "10"]));
    }
    book(&bench, "lk.xlsx", &[sheet("Sheet1", &["DANH SÁCH HỘ LIÊN KẾT TIÊU THỤ LÚA HÈ THU 2024"], table)]);
    let _ = made(&bench, &["lk.xlsx"]);
    // Ten công are a hectare where land is measured so.
    assert_eq!(both(&bench, "linked_ha"), [2.0, 2.0]);
}

/// Nor any other list: names that come again in another commune are no classes.
#[test]
fn people_and_hamlets_divide_no_list_of_numbers() {
    for (heading, texts) in [("Họ và tên", ["Trần Văn A", "Trần Văn B"]), ("Ấp", ["Long 0", "Long 1"])] {
        let bench = Bench::new();
        let mut table = vec![line(&["TT", heading, "Xã", "Sản lượng (tấn)"])];
        for (number, commune) in TWO.into_iter().chain(TWO).enumerate() {
            table.push(line(&[&(number + 1).to_string(), texts[number / 2], commune, "10"]));
        }
        book(&bench, "sl.xlsx", &[sheet("Sheet1", &["SẢN LƯỢNG LÚA"], table)]);
        let _ = made(&bench, &["sl.xlsx"]);
        assert_eq!(both(&bench, "sl.Sản lượng (tấn)"), [20.0, 20.0], "{heading}");
        assert!(!bench.read("p/ruong.toml").contains("where"), "{heading}");
    }
}

/// Days of which one has more rows than the other are no reports.
#[test]
fn days_of_deliveries_add_up() {
    let bench = Bench::new();
    let table = vec![
        line(&["Ngày giao", "Xã", "Số lượng (tấn)"]),
        line(&["01/04/2024", "Long Thuận", "10"]),
        line(&["01/04/2024", "Thường Lạc", "20"]),
        line(&["02/04/2024", "Long Thuận", "5"]),
    ];
    book(&bench, "g.xlsx", &[sheet("Sheet1", &["GIAO LÚA"], table)]);
    let _ = made(&bench, &["g.xlsx"]);
    assert_eq!(both(&bench, "g.Số lượng (tấn)"), [15.0, 20.0]);
}

#[test]
fn sheets_of_species_are_tables_of_their_own() {
    let bench = Bench::new();
    let of_species = |head: u32| {
        let mut table = vec![line(&["TT", "Xã", "Tổng đàn (con)"])];
        table.extend(TWO.into_iter().map(|commune| line(&["1", commune, &head.to_string()])));
        table
    };
    let sheets: Vec<_> =
        [("Heo", 300), ("Bò", 200), ("Vịt", 900)].map(|(name, head)| sheet(name, &["TỔNG ĐÀN"], of_species(head))).into();
    book(&bench, "dan.xlsx", &sheets);
    let _ = made(&bench, &["dan.xlsx"]);
    for (species, head) in [("Heo", 300.0), ("Bò", 200.0), ("Vịt", 900.0)] {
        assert_eq!(both(&bench, &format!("dan {species}.Tổng đàn (con)")), [head, head], "{species}");
    }
}

#[test]
fn a_pest_written_where_its_rows_begin_is_that_of_all_of_them() {
    let bench = Bench::new();
    let mut table = vec![line(&["Dịch hại", "Xã", "Nhẹ (ha)", "Nặng (ha)"])];
    for (pest, ha) in [("Rầy nâu", "4"), ("Đạo ôn lá", "6")] {
        for (at, commune) in TWO.into_iter().enumerate() {
            table.push(line(&[if at == 0 { pest } else { "" }, commune, ha, "1"]));
        }
    }
    book(&bench, "t.xlsx", &[sheet("Sheet1", &["DIỆN TÍCH NHIỄM TUẦN 15 (05-11/4/2024)"], table)]);
    let _ = made(&bench, &["t.xlsx"]);
    let pests = rows(&bench.read("p/out/tables/pests.csv"));
    let of_pest = |pest: &str| -> f64 {
        pests
            .iter()
            .filter(|row| row["pest"].to_lowercase() == pest && !row["name"].is_empty())
            .map(|row| number(row, "infested_ha"))
            .sum()
    };
    assert_eq!([of_pest("rầy nâu"), of_pest("đạo ôn lá")], [10.0, 14.0]);
}

/// Numbers that never fall from a report to the next are those up to its day, whatever says which report it is.
#[test]
fn numbers_that_never_fall_are_cumulative() {
    for (heading, texts, column) in [
        ("Lần báo cáo", ["1", "2", "3"], "Đã thu hoạch (ha)"),
        ("Thời điểm", ["07 giờ 10/9", "07 giờ 11/9", "07 giờ 12/9"], "Diện tích ngập (ha)"),
        ("Ngày tiêm", ["01/03/2024", "08/03/2024", "15/03/2024"], "Lũy kế số liều"),
    ] {
        let communes = ["Long Thuận", "Thường Lạc", "Phú Thuận A", "Phú Thuận B"];
        let table = |falls: bool| {
            let mut table = vec![line(&[heading, "Xã", column])];
            for (at, text) in (1u32..).zip(texts) {
                for (number, commune) in (0u32..).zip(communes) {
                    let less = if falls && at == 3 && number == 3 { 250 } else { 0 };
                    table.push(line(&[text, commune, &(100 * at + number - less).to_string()]));
                }
            }
            table
        };
        let bench = Bench::new();
        book(&bench, "t.xlsx", &[sheet("Sheet1", &["TIẾN ĐỘ"], table(false))]);
        let _ = made(&bench, &["t.xlsx"]);
        assert_eq!(both(&bench, &format!("t.{column}")), [300.0, 301.0], "{heading}");
        let project = bench.read("p/ruong.toml");
        assert!(project.contains("duplicates = \"last\"") && project.contains("coi là lũy kế"), "{project}");
        assert!(bench.read("p/out/problems.csv").contains("lấy dòng cuối của mỗi xã"));
        // One that falls is the proof of the opposite.
        let bench = Bench::new();
        book(&bench, "t.xlsx", &[sheet("Sheet1", &["TIẾN ĐỘ"], table(true))]);
        let _ = made(&bench, &["t.xlsx"]);
        assert!(!bench.read("p/ruong.toml").contains("duplicates = \"last\""), "{heading}");
    }
}

/// What came in each report adds up.
#[test]
fn what_is_new_in_each_report_adds_up() {
    let bench = Bench::new();
    let mut table = vec![line(&["Ngày báo cáo", "Xã", "Số ổ dịch mới", "Số con mắc mới"])];
    for (day, [a, b]) in [("01/04/2024", [1, 2]), ("02/04/2024", [2, 1]), ("03/04/2024", [0, 1])] {
        for (commune, new) in TWO.into_iter().zip([a, b]) {
            table.push(line(&[day, commune, &new.to_string(), &(10 * new).to_string()]));
        }
    }
    book(&bench, "t.xlsx", &[sheet("Sheet1", &["TÌNH HÌNH BỆNH LỞ MỒM LONG MÓNG"], table)]);
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!([both(&bench, "t.Số ổ dịch mới"), both(&bench, "t.Số con mắc mới")], [[3.0, 4.0], [30.0, 40.0]]);
}

/// A commune below two districts is two places, and ours is that of the district whose communes are ours.
#[test]
fn one_commune_below_two_districts_is_not_added() {
    let bench = Bench::new();
    let table = vec![
        line(&["Huyện", "Xã", "DTN (ha)"]),
        line(&["Hồng Ngự", "Long Thuận", "20"]),
        line(&["Hồng Ngự", "Thường Lạc", "10"]),
        line(&["Hồng Ngự", "Long Khánh A", "5"]),
        line(&["Tam Nông", "Tân Phước", "50"]),
        line(&["Tam Nông", "Long Thuận", "50"]),
        line(&["Tam Nông", "Long Khánh A", "50"]),
    ];
    book(&bench, "t.xlsx", &[sheet("Sheet1", &["DIỆN TÍCH NHIỄM RẦY NÂU TUẦN 15 (05-11/4/2024)"], table)]);
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!(both(&bench, "infested_ha"), [20.0, 10.0]);
    assert_eq!(of(&bench, "29980", "infested_ha"), 5.0);
    assert!(bench.read("p/out/problems.csv").contains("2 dòng của Tam Nông trùng tên"));
}

#[test]
fn sheets_of_diseases_are_one_register() {
    let bench = Bench::new();
    let sheets: Vec<_> = ["DTLCP", "LMLM"]
        .into_iter()
        .map(|disease| {
            let rows = vec![
                line(&["TT", "Xã", "Ngày phát hiện", "Số mắc"]),
                line(&["1", "Long Thuận", "02/03/2024", "3"]),
                line(&["2", "Thường Lạc", "05/03/2024", "4"]),
            ];
            sheet(disease, &["SỔ THEO DÕI Ổ DỊCH"], rows)
        })
        .collect();
    book(&bench, "so.xlsx", &sheets);
    let _ = made(&bench, &["so.xlsx"]);
    assert_eq!([both(&bench, "so.outbreaks"), both(&bench, "so.sick")], [[2.0, 2.0], [6.0, 8.0]]);
}

/// Reports of three days in one week: the last stands, and where every commune has one day of its own all do.
#[test]
fn of_several_days_in_a_week_the_last_stands() {
    let table = |days: [[&str; 2]; 2]| {
        let mut table = vec![line(&["Ngày báo cáo", "Xã", "Đã thu hoạch (ha)"])];
        for (at, day) in days.into_iter().enumerate() {
            for (commune, day) in TWO.into_iter().zip(day).filter(|(_, day)| !day.is_empty()) {
                table.push(line(&[day, commune, &(100 * (at + 1)).to_string()]));
            }
        }
        table
    };
    let bench = Bench::new();
    let days = table([["08/04/2024", "08/04/2024"], ["10/04/2024", "10/04/2024"]]);
    book(&bench, "t.xlsx", &[sheet("Sheet1", &["TIẾN ĐỘ THU HOẠCH"], days)]);
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!(both(&bench, "t.Đã thu hoạch (ha)"), [200.0, 200.0]);
    let bench = Bench::new();
    for (commune, day) in TWO.into_iter().zip(["05", "09"]) {
        let own = vec![line(&["TT", "Xã", "Xuống giống (ha)"]), line(&["1", commune, "50"])];
        let title = format!("TIẾN ĐỘ XUỐNG GIỐNG ĐẾN NGÀY {day}/4/2024");
        book(&bench, &format!("xg {day}.xlsx"), &[sheet("Sheet1", &[&title], own)]);
    }
    let _ = made(&bench, &["xg 05.xlsx", "xg 09.xlsx"]);
    let all = rows(&bench.read("p/out/tables/communes.csv"));
    let sum: f64 = all
        .iter()
        .flat_map(|row| row.iter().filter(|(name, _)| name.contains("Xuống giống")))
        .filter_map(|(_, v)| v.parse::<f64>().ok())
        .sum();
    assert_eq!(sum, 100.0, "{}", bench.read("p/ruong.toml"));
}

/// Farms, points, plants and per cent below classes of severity are no hectares.
#[test]
fn what_counts_no_land_is_no_infested_area() {
    for (titles, heads) in [
        (vec!["SỐ HỘ BỊ THIỆT HẠI DO RẦY NÂU TUẦN 15 (05-11/4/2024)", "ĐVT: hộ"], ["Nhẹ", "TB", "Nặng"]),
        (vec!["TỶ LỆ DIỆN TÍCH NHIỄM RẦY NÂU (%) TUẦN 15 (05-11/4/2024)"], ["Nhẹ", "TB", "Nặng"]),
        (vec!["RẦY NÂU TUẦN 15 (05-11/4/2024)", "ĐVT: %"], ["Nhẹ", "TB", "Nặng"]),
        (vec!["SỐ CÂY NHIỄM SÂU ĐỤC THÂN TUẦN 15 (05-11/4/2024)"], ["Nhẹ", "TB", "Nặng"]),
        (vec!["DIỆN TÍCH PHỤC HỒI SAU NHIỄM ĐẠO ÔN LÁ TUẦN 15 (05-11/4/2024)"], ["Nhẹ", "TB", "Nặng"]),
    ] {
        let bench = Bench::new();
        let mut table = vec![line(&[&["Xã"][..], &heads].concat())];
        table.extend(TWO.into_iter().map(|commune| line(&[commune, "10", "2", "1"])));
        book(&bench, "t.xlsx", &[sheet("Sheet1", &titles, table)]);
        let _ = made(&bench, &["t.xlsx"]);
        assert!(!bench.read("p/out/tables/communes.csv").contains("infested_ha"), "{titles:?}");
        assert_eq!(both(&bench, "t.Nhẹ"), [10.0, 10.0], "{titles:?}");
    }
    let bench = Bench::new();
    let table = vec![line(&["Xã", "Mức độ nhiễm (%)"]), line(&["Long Thuận", "1"]), line(&["Thường Lạc", "3"])];
    book(&bench, "t.xlsx", &[sheet("Sheet1", &["MỨC ĐỘ NHIỄM ĐẠO ÔN LÁ TUẦN 15 (05-11/4/2024)"], table)]);
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!(both(&bench, "t.Mức độ nhiễm (%)"), [1.0, 3.0]);
}

/// A title that speaks of shares and of land, and a column of sown land, are what they are.
#[test]
fn titles_of_several_things_and_sown_land_are_what_they_say() {
    let bench = Bench::new();
    let mut table = vec![line(&["Xã", "Nhẹ", "TB", "Nặng"])];
    table.extend(TWO.into_iter().map(|commune| line(&[commune, "10", "2", "1"])));
    let title = "MẬT ĐỘ, TỶ LỆ VÀ DIỆN TÍCH NHIỄM RẦY NÂU TUẦN 15 (05-11/4/2024)";
    book(&bench, "t.xlsx", &[sheet("Sheet1", &[title], table)]);
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!(both(&bench, "infested_ha"), [13.0, 13.0]);
    let bench = Bench::new();
    let table = vec![
        line(&["Xã", "Diện tích gieo trồng (ha)", "Số điểm điều tra"]),
        line(&["Long Thuận", "500", "3"]),
        line(&["Thường Lạc", "400", "2"]),
    ];
    book(&bench, "t.xlsx", &[sheet("Sheet1", &["TÌNH HÌNH DỊCH HẠI RẦY NÂU TUẦN 15 (05-11/4/2024)"], table)]);
    let _ = made(&bench, &["t.xlsx"]);
    assert!(!bench.read("p/out/tables/communes.csv").contains("infested_ha"));
}

/// The day on which a field was sown is no period of its pests.
#[test]
fn days_of_sowing_are_no_weeks_of_pests() {
    let bench = Bench::new();
    let mut table = vec![line(&["Xã", "Ngày sạ", "DT nhiễm (ha)"])];
    for (day, [a, b]) in [("01/3/2024", [10, 11]), ("20/3/2024", [5, 6])] {
        table.extend(TWO.into_iter().zip([a, b]).map(|(commune, ha)| line(&[commune, day, &ha.to_string()])));
    }
    book(&bench, "t.xlsx", &[sheet("Sheet1", &["DIỆN TÍCH NHIỄM RẦY NÂU"], table)]);
    let _ = made(&bench, &["t.xlsx"]);
    assert_eq!(both(&bench, "infested_ha"), [15.0, 17.0]);
}

/// A district may stand in a register's column, in an address, or in a row with the sum of its communes.
#[test]
fn districts_keep_namesakes_apart_wherever_they_stand() {
    let bench = Bench::new();
    let mut table = vec![line(&["TT", "Xã", "Huyện", "Ngày phát bệnh", "Số mắc"])];
    let ours = [("Long Thuận", "Hồng Ngự"), ("Thường Lạc", "Hồng Ngự")];
    let theirs = [("Long Thuận", "Tam Nông"), ("Phú Hiệp", "Tam Nông"), ("An Long", "Tam Nông")];
    for (number, (commune, district)) in ours.into_iter().chain(theirs).enumerate() {
        table.push(line(&[&(number + 1).to_string(), commune, district, "07/03/2024", "3"]));
    }
    book(&bench, "so.xlsx", &[sheet("Sheet1", &["SỔ THEO DÕI Ổ DỊCH TẢ LỢN CHÂU PHI"], table)]);
    let _ = made(&bench, &["so.xlsx"]);
    assert_eq!(both(&bench, "so.outbreaks"), [1.0, 1.0]);

    let bench = Bench::new();
    let mut table = vec![line(&["TT", "Cơ sở", "Địa chỉ", "Diện tích (ha)"])];
    for (number, (commune, district)) in ours.into_iter().chain(theirs).enumerate() {
        let address = format!("Ấp {}, xã {commune}, huyện {district}", number + 1);
        table.push(line(&[&(number + 1).to_string(), &format!("Cơ sở {number}"), &address, "50"]));
    }
    book(&bench, "vg.xlsx", &[sheet("Sheet1", &["DANH SÁCH CƠ SỞ VIETGAP"], table)]);
    let _ = made(&bench, &["vg.xlsx"]);
    assert_eq!(both(&bench, "vg.Diện tích (ha)"), [50.0, 50.0]);

    let bench = Bench::new();
    let table = vec![
        line(&["Đơn vị", "Diện tích (ha)"]),
        line(&["Huyện Hồng Ngự", "30"]),
        line(&["Long Thuận", "20"]),
        line(&["Thường Lạc", "10"]),
        line(&["Huyện Tân Hồng", "300"]),
        line(&["Long Thuận", "100"]),
        line(&["Thông Bình", "100"]),
        line(&["Tân Phước Xa", "100"]),
    ];
    book(&bench, "dt.xlsx", &[sheet("Sheet1", &["DIỆN TÍCH VIETGAP"], table)]);
    let _ = made(&bench, &["dt.xlsx"]);
    assert_eq!(both(&bench, "dt.Diện tích (ha)"), [20.0, 10.0]);
}

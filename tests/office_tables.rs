//! Tables as offices keep them: workbooks with titles and merged headings, old encodings, a folder of weekly files.

mod common;

use common::{Bench, feature, square};
use rust_xlsxwriter::{Format, Workbook, Worksheet};

const TOML: &str = "version = 1\n[communes]\nfile = \"xa.geojson\"\ncode = \"ma\"\nname = \"ten\"\n[[tables]]\nid = \"t\"\nkind = \"indicator\"\n";

fn bench(table: &str) -> Bench {
    let bench = Bench::new();
    let names = ["Thường Phước 1", "Hòa An", "Long Khánh A"];
    let features: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(i, name)| {
            let west = 105.2 + i as f64 * 0.01;
            feature(&format!("\"ma\":\"{}\",\"ten\":\"{name}\"", 101 + i), &square(west, 10.8, west + 0.01, 10.81))
        })
        .collect();
    bench.write("xa.geojson", format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(",")));
    bench.write("ruong.toml", format!("{TOML}{table}"));
    bench
}

/// The cell of tables/communes.csv in a row and a column.
fn cell(bench: &Bench, code: &str, column: &str) -> String {
    let text = bench.read("out/tables/communes.csv");
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let at = lines.next().expect("headings").split(',').position(|heading| heading == column);
    let at = at.unwrap_or_else(|| panic!("no column {column} in {text}"));
    let row = lines.find(|line| line.starts_with(&format!("{code},"))).expect("the commune has a row");
    row.split(',').nth(at).expect("a cell").to_owned()
}

fn build(bench: &Bench) -> common::Ran {
    bench.run(&["build", "ruong.toml", "--only", "tables", "--quiet"])
}

fn save(bench: &Bench, name: &str, sheets: Vec<Worksheet>) {
    let mut book = Workbook::new();
    for sheet in sheets {
        book.push_worksheet(sheet);
    }
    book.save(bench.path(name)).expect("the workbook is saved");
}

/// Plan and result below a title, with a percentage, a total and a place to sign.
fn plan_sheet() -> Worksheet {
    let mut sheet = Worksheet::new();
    let percent = Format::new().set_num_format("0.00%");
    sheet.set_name("KQ").expect("a name");
    sheet.merge_range(0, 1, 0, 5, "KẾT QUẢ THỰC HIỆN", &Format::new()).expect("a title");
    for (column, heading) in ["TT", "Xã", "Kế hoạch", "Thực hiện", "Tỷ lệ"].iter().enumerate() {
        sheet.write(3, column as u16 + 1, *heading).expect("a heading");
    }
    let rows = [
        ("Xã Thường Phước 1", 15.0, Some(19.0), 19.0 / 15.0),
        ("X. Hòa An", 10.0, None, 0.0),
        ("Long Khánh A", 100.5, Some(180.9), 1.8),
    ];
    for (i, (name, plan, result, share)) in rows.iter().enumerate() {
        let row = 4 + i as u32;
        sheet.write(row, 1, i as u32 + 1).expect("a number");
        sheet.write(row, 2, *name).expect("a name");
        sheet.write(row, 3, *plan).expect("a plan");
        if let Some(result) = result {
            sheet.write(row, 4, *result).expect("a result");
            sheet.write_with_format(row, 5, *share, &percent).expect("a share");
        }
    }
    sheet.write(7, 2, "Tổng cộng").expect("words");
    sheet.write(7, 3, 125.5).expect("a sum");
    sheet.write(9, 4, "NGƯỜI LẬP BIỂU").expect("words");
    sheet
}

#[test]
fn a_plan_below_its_title_is_read_with_its_percentages() {
    let bench = bench("file = \"kq.xlsx\"\nkey = { commune_name = \"Xã\" }\n");
    save(&bench, "kq.xlsx", vec![plan_sheet()]);
    let ran = build(&bench);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(cell(&bench, "101", "t.Kế hoạch"), "15");
    assert_eq!(cell(&bench, "101", "t.Tỷ lệ"), "126.666667");
    assert_eq!(cell(&bench, "103", "t.Tỷ lệ"), "180");
    assert_eq!(cell(&bench, "102", "t.Thực hiện"), "", "a missing value is not 0");
    let problems = bench.read("out/problems.csv");
    assert!(problems.contains("Tổng cộng | 125.5") && problems.contains("KQ!C8"), "{problems}");
}

/// The annex of a seven-day notice: two rows of merged headings, column numbers, groups, ranges, thousands with commas.
#[test]
fn the_seven_day_notice_is_read_as_it_is() {
    let bench = bench(
        "file = \"bc7n.xlsx\"\ncells = { \"Tuần\" = \"B6\" }\nkey = { commune_name = \"Phân bố\" }\nduplicates = \"sum\"\n",
    );
    let plain = Format::new();
    let mut sheet = Worksheet::new();
    sheet.set_name("Tuần 15").expect("a name");
    sheet.merge_range(0, 0, 0, 3, "SỞ NÔNG NGHIỆP", &plain).expect("a title");
    sheet.merge_range(0, 5, 0, 8, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", &plain).expect("a title");
    sheet.write(5, 0, "Tuần").expect("words");
    sheet.write(5, 1, "15 năm 2024").expect("words");
    for (column, heading) in [(0, "SVGH"), (1, "GĐST"), (8, "Phân bố")] {
        sheet.merge_range(8, column, 9, column, heading, &plain).expect("a heading");
    }
    sheet.merge_range(8, 2, 8, 3, "Mật độ", &plain).expect("a heading");
    sheet.merge_range(8, 4, 8, 7, "Diện tích nhiễm (ha)", &plain).expect("a heading");
    for (column, heading) in [(2, "phổ biến"), (3, "cao"), (4, "nhẹ"), (5, "TB"), (6, "nặng"), (7, "tổng")] {
        sheet.write(9, column, heading).expect("a heading");
    }
    for column in 0..9u16 {
        sheet.write(10, column, column + 1).expect("a number");
    }
    sheet.merge_range(11, 0, 11, 8, "Nhóm cây: Lúa", &plain).expect("a group");
    let rows = [
        ["Rầy nâu", "đẻ nhánh", "750- 1,500", "2,000- 3,000", "1,234.5", "120", "0", "1,354.5", "Hoà An"],
        ["Sâu cuốn lá", "đẻ nhánh", "10- 20", "30", "385", "-", "-", "385", "Hòa An"],
    ];
    for (i, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            sheet.write(12 + i as u32, column as u16, *text).expect("a cell");
        }
    }
    sheet.write(15, 0, "Nơi nhận:").expect("words");
    save(&bench, "bc7n.xlsx", vec![sheet]);
    let ran = build(&bench);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let run = bench.read("out/run.json");
    for expected in
        ["\"sheet\": \"Tuần 15\"", "\"range\": \"A9:I14\"", "\"header_rows\": \"2\"", "\"group_rows\": \"1\"", "\"rows\": 2"]
    {
        assert!(run.contains(expected), "{expected} in {run}");
    }
    // 1,234.5 + 385: commas are thousands because "1,234.5" says so. Densities of two pests do not add up, and that is said.
    assert_eq!(cell(&bench, "102", "t.Diện tích nhiễm (ha) / nhẹ"), "1619.5");
    assert_eq!(cell(&bench, "102", "t.Mật độ / phổ biến (đến)"), "1500");
    assert!(bench.read("out/problems.csv").contains("không cộng được"));
}

#[test]
fn which_of_two_sheets_is_not_guessed() {
    let bench = bench("file = \"kq.xlsx\"\nkey = { commune_name = \"Xã\" }\n");
    let mut second = plan_sheet();
    second.set_name("KQ cũ").expect("a name");
    save(&bench, "kq.xlsx", vec![plan_sheet(), second]);
    let ran = build(&bench);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("KQ cũ") && ran.stderr.contains("sheet = \"KQ\""), "{}", ran.stderr);
    bench.write("ruong.toml", format!("{TOML}file = \"kq.xlsx\"\nsheet = \"kq CŨ\"\nkey = {{ commune_name = \"Xã\" }}\n"));
    assert_eq!(build(&bench).code, 0);
}

#[test]
fn unusable_workbooks_get_one_clear_error() {
    let mut locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    locked.extend(vec![0; 600]);
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let whole = {
        let bench = bench("");
        save(&bench, "a.xlsx", vec![plan_sheet()]);
        std::fs::read(bench.path("a.xlsx")).expect("bytes")
    };
    for (bytes, word) in [
        (Vec::new(), "0 byte"),
        (locked, "mật khẩu"),
        (whole[..whole.len() / 2].to_vec(), "bị cắt cụt"),
        (b"xin chao".to_vec(), "không phải Excel"),
    ] {
        let bench = bench("file = \"kq.xlsx\"\nkey = { commune_name = \"Xã\" }\n");
        bench.write("kq.xlsx", bytes);
        let ran = build(&bench);
        assert_eq!(ran.code, 2, "{word}");
        assert!(ran.stderr.contains(word) && ran.stderr.contains("kq.xlsx"), "{word}: {}", ran.stderr);
    }
    let bench = bench("file = \"kq.xlsx\"\nkey = { commune_name = \"Xã\" }\n");
    std::fs::create_dir(bench.path("kq.xlsx")).expect("a folder");
    assert!(build(&bench).stderr.contains("đây là thư mục"));
}

/// A table of names and one number in every old encoding gives what the same table in UTF-8 gives.
#[test]
fn old_encodings_are_told_and_converted() {
    // "Xã;Thường Phước 1;Hòa An;Long Khánh A" byte by byte, from the published tables of each encoding.
    let tcvn3: &[u8] = b"M\xb7;X\xb7;ha\n1;Th\xad\xeang Ph\xad\xedc 1;1\n2;H\xdfa An;2\n3;Long Kh\xb8nh A;3\n";
    let vni: &[u8] = b"Ma\xf5;Xa\xf5;ha\n1;Th\xf6\xf4\xf8ng Ph\xf6\xf4\xf9c 1;1\n2;Ho\xf8a An;2\n3;Long Kha\xf9nh A;3\n";
    let cp1258: &[u8] = b"Ma\xde;Xa\xde;ha\n1;Th\xfd\xf5\xccng Ph\xfd\xf5\xecc 1;1\n2;Ho\xcca An;2\n3;Long Kha\xecnh A;3\n";
    let utf16: Vec<u8> = [0xfeff]
        .into_iter()
        .chain("Mã;Xã;ha\n1;Thường Phước 1;1\n2;Hòa An;2\n3;Long Khánh A;3\n".encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let mojibake = "Mã;Xã;ha\n1;ThÆ°á»\u{9d}ng PhÆ°á»›c 1;1\n2;HÃ²a An;2\n3;Long KhÃ¡nh A;3\n";
    for (bytes, name) in [
        (tcvn3, "TCVN3"),
        (vni, "VNI"),
        (cp1258, "Windows-1258"),
        (&utf16, "UTF-16LE"),
        (mojibake.as_bytes(), "UTF-8 → Windows-1252"),
    ] {
        let bench = bench("file = \"t.csv\"\nkey = { commune_name = \"Xã\" }\n");
        bench.write("t.csv", bytes);
        let ran = build(&bench);
        assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
        assert_eq!(["101", "102", "103"].map(|code| cell(&bench, code, "t.ha")), ["1", "2", "3"], "{name}");
        assert!(bench.read("out/problems.csv").contains(name), "{name}");
    }
    let bench = bench("file = \"t.csv\"\nkey = { commune_name = \"Xã\" }\n");
    bench.write("t.csv", "Xã;ha\nTh??ng Ph??c 1;1\nHòa An;2\nLong Kh?nh A;3\n");
    build(&bench);
    assert!(bench.read("out/problems.csv").contains("Long Kh?nh A"), "lost letters are shown");
}

#[test]
fn a_folder_of_weekly_files_goes_on_without_its_bad_one() {
    let bench = bench(
        "file = \"tuan/*.csv\"\nfrom_name = \"bc_{Xã}_{Tuần}.csv\"\nkey = { commune_name = \"Xã\" }\nduplicates = \"sum\"\n",
    );
    bench.write("tuan/bc_Hòa An_2024-W15.csv", "svgh,ha\nrầy nâu,1.5\n");
    bench.write("tuan/bc_Hoà An_2024-W16.csv", "svgh,ha\nrầy nâu,2.25\n");
    bench.write("tuan/bc_Long Khánh A_2024-W15.csv", "");
    let ran = build(&bench);
    assert_ne!(ran.code, 2, "{}", ran.stderr);
    assert_eq!(cell(&bench, "102", "t.ha"), "3.75");
    let problems = bench.read("out/problems.csv");
    assert!(problems.contains("bc_Long Khánh A_2024-W15.csv") && problems.contains("trống"), "{problems}");
}

#[test]
fn titles_above_a_csv_are_passed_over() {
    let bench = bench("file = \"t.csv\"\nkey = { commune_name = \"Xã\" }\n");
    bench.write("t.csv", "BÁO CÁO;;;\n;;;\nTT;Xã;Diện tích;\n;;lúa;màu\n1;Hòa An;1,5;2\n2;Long Khánh A;2,25;3\n");
    let ran = build(&bench);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(cell(&bench, "103", "t.Diện tích / lúa"), "2.25");
    assert_eq!(cell(&bench, "103", "t.Diện tích / màu"), "3");
}

#[test]
fn names_are_matched_rung_by_rung_and_decisions_remembered() {
    let bench = bench("file = \"t.csv\"\nkey = { commune_name = \"Xã\" }\n");
    bench.write("t.csv", "Xã,ha\nThường Phước 1,1\nX. Hoà An,2\nLong Khánh A cũ,3\n");
    let ran = bench.run(&["match", "t.csv", "--communes", "xa.geojson", "--json"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let found: serde_json::Value = serde_json::from_str(&ran.stdout).expect("one JSON object");
    assert_eq!(found["column"], "Xã");
    assert!(found["problems"].is_array(), "as build and check have them");
    let rung = |row: usize| found["names"][row]["rung"].as_str().map(str::to_owned);
    assert_eq!(rung(0).as_deref(), Some("exact name"));
    assert_eq!((rung(1).expect("a rung").starts_with("spelling"), found["names"][1]["code"].as_str()), (true, Some("102")));
    assert_eq!((rung(2), found["names"][2]["suggestions"][0].as_str()), (None, Some("103")), "likeness alone is a suggestion");

    let ran = bench.run(&["match", "t.csv", "--communes", "xa.geojson", "--alias", "Long Khánh A cũ=103", "--write-aliases"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert_eq!(build(&bench).code, 0);
    assert_eq!(cell(&bench, "103", "t.ha"), "3", "the decision beside the project is used");
    std::fs::remove_file(bench.path("aliases.csv")).expect("it is there");
    build(&bench);
    assert_eq!(cell(&bench, "103", "t.ha"), "", "without it nothing is guessed");
}

/// A square kilometre in a TM-3 zone, as a surveyor draws it; the corner as PROJ has it with the official shift.
#[test]
fn vn2000_boundaries_are_brought_to_wgs84() {
    let bench = Bench::new();
    let km = "[[[576000,1190000],[577000,1190000],[577000,1191000],[576000,1191000],[576000,1190000]]]";
    let old_style = "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::5897\"}},";
    let write = |crs: &str| format!("{{\"type\":\"FeatureCollection\",{crs}\"features\":[{}]}}", feature("\"code\":\"1\"", km));
    bench.write("a.geojson", write(old_style)).write("b.geojson", write(""));
    let project = |file: &str, more: &str, top: &str| format!("version = 1\n{top}\n[communes]\nfile = \"{file}\"\n{more}\n");
    let corner = |toml: String| {
        bench.write("ruong.toml", toml);
        let ran = build(&bench);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let layer: serde_json::Value = serde_json::from_str(&bench.read("out/tables/communes.geojson")).expect("JSON");
        let at = &layer["features"][0]["geometry"]["coordinates"][0][0];
        [at[0].as_f64().expect("a longitude"), at[1].as_f64().expect("a latitude")]
    };
    let near = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).hypot(a[1] - b[1]) < 1e-8;
    assert!(near(corner(project("a.geojson", "", "")), [105.696_701_621, 10.760_020_259]));
    assert!(bench.read("out/run.json").contains("EPSG:6960"), "the shift is named");
    assert!(near(corner(project("b.geojson", "crs = \"EPSG:5897\"", "datum_shift = 5194")), [105.696_708_952, 10.760_020_572]));
    bench.write("ruong.toml", project("b.geojson", "", ""));
    let ran = build(&bench);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("EPSG:5897"), "{}", ran.stderr);
}

#[test]
fn new_drafts_a_project_from_a_workbook_and_names_its_other_sheets() {
    let bench = bench("");
    let mut second = plan_sheet();
    second.set_name("KQ cũ").expect("a name");
    save(&bench, "kq.xlsx", vec![plan_sheet(), second]);
    let ran = bench.run(&["new", "moi", "xa.geojson", "kq.xlsx"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let draft = bench.read("moi/ruong.toml");
    assert!(
        draft.contains("sheet = \"KQ\"") && ran.stderr.contains("KQ cũ") && draft.contains("commune_name = \"Xã\""),
        "{draft}"
    );
    let ran = bench.run(&["build", "moi", "--only", "tables", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let communes = bench.read("moi/out/tables/communes.csv");
    assert!(communes.lines().any(|line| line.starts_with("101,") && line.contains("126.666667")), "{communes}");
}

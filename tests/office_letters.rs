//! Letters for an office: its own form filled in, the draft of an annex to an order.

mod common;

use common::documents::{findings, number, read, rows, sample_with, vietnamese};
use common::{Bench, root, run_in};
use serde_json::Value;
use std::collections::BTreeMap;

fn lines(made: &Value, part: &str) -> Vec<String> {
    made["content"][part].as_array().expect("lines").iter().filter_map(|line| Some(line.as_str()?.to_owned())).collect()
}

fn cells(table: &Value) -> Vec<Vec<String>> {
    let row = |row: &Value| row.as_array().expect("cells").iter().map(|cell| cell.as_str().unwrap_or("").to_owned()).collect();
    table["rows"].as_array().expect("rows").iter().map(row).collect()
}

#[test]
fn an_offices_own_letter_is_filled_and_otherwise_left_alone() {
    let bench = sample_with("[bulletin]\ntemplate = \"mau.docx\"\n", "vi");
    let Some(_) = read(bench.folder.path(), "form") else { return };
    let ran = bench.run(&["build", ".", "--only", "bulletin,tables", "--out", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    std::fs::copy(bench.path("mau.docx"), bench.path("out/mau.docx")).expect("a copy");
    let made = read(&bench.path("out"), "bulletin.docx,mau.docx").expect("read before");
    // The stock template of the library that made the form is not without faults; filling it in adds none.
    let kinds = |name: &str| {
        let own: BTreeMap<String, Value> =
            made.iter().filter(|(key, _)| *key == name).map(|(k, v)| (k.clone(), v.clone())).collect();
        findings(&own).len()
    };
    assert!(kinds("bulletin.docx") <= kinds("mau.docx"), "{:?}", findings(&made));
    let letter = &made["bulletin.docx"];
    let text = lines(letter, "paragraphs");
    let communes = rows(&bench, "out/tables/communes.csv");
    let sum = |column: &str| communes.iter().filter(|row| !row[column].is_empty()).map(|row| number(&row[column])).sum::<f64>();
    assert_eq!(lines(letter, "heads"), ["Phòng Nông nghiệp huyện Hồng Ngự – mẫu riêng"]);
    let infested = text[0].strip_prefix("Kỳ từ 05/04/2024 đến 11/04/2024, ").and_then(|rest| rest.split(" ha; ").next());
    assert!((vietnamese(infested.expect("hectares")) - sum("infested_ha")).abs() <= 0.05 + 1e-6, "{}", text[0]);
    assert!(text[0].ends_with("mưa ……… mm; {{khong_co}}"), "what is not known is to be written: {}", text[0]);
    let at_risk = vietnamese(text[1].trim_start_matches("Có nguy cơ: "));
    assert!((at_risk - sum("linked_at_risk_ha")).abs() <= 0.05 + 1e-6, "a content control: {}", text[1]);
    assert_eq!(text[2], "Nguồn: Số liệu minh họa theo mẫu thông báo 7 ngày", "a merge field");
    assert!(ran.stderr.contains("khong_co") || bench.read("out/problems.csv").contains("khong_co"));

    // A row and a paragraph for each pest, its hectares those of the table.
    let pests = rows(&bench, "out/tables/pests.csv");
    let names: std::collections::BTreeSet<&String> = pests.iter().map(|row| &row["pest"]).collect();
    let listed: Vec<&String> = text.iter().filter(|line| line.starts_with("Loại ")).collect();
    assert_eq!(listed.len(), names.len());
    assert!(listed[1].starts_with("Loại 2: "));
    let tables = letter["content"]["tables"].as_array().expect("tables");
    let own = cells(&tables[0]);
    assert_eq!(own.len() - 1, names.len());
    for line in &own[1..] {
        for (cell, period) in line[1..].iter().zip(["current", "last-year"]) {
            let mine = pests.iter().filter(|row| row["period"] == period && row["pest"].to_lowercase() == line[0].to_lowercase());
            let wanted: f64 = mine.filter(|row| !row["infested_ha"].is_empty()).map(|row| number(&row["infested_ha"])).sum();
            assert!((vietnamese(cell) - wanted).abs() <= 0.05 + 1e-6, "{line:?}: {wanted}");
        }
    }
    // The annex in place of its paragraph, its heads repeated; part II in as many paragraphs as it has.
    assert_eq!((tables[1]["heads"].as_u64(), cells(&tables[1])[0].len()), (Some(2), 12));
    assert_eq!(text.iter().filter(|line| line.starts_with("- ")).count(), names.len());
    assert!(!text.iter().any(|line| line.contains("{{") && !line.contains("{{khong_co}}")), "{text:?}");
}

#[test]
fn a_letter_that_cannot_be_filled_is_said_and_stops_no_other_document() {
    let zipped = |kind: &str, text: &str| {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let types =
            format!("<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.{kind}+xml\"/></Types>");
        let links =
            "<Relationships><Relationship Id=\"r\" Type=\"x/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
        for (name, text) in [("[Content_Types].xml", types.as_str()), ("_rels/.rels", links), ("word/document.xml", text)] {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
            std::io::Write::write_all(&mut archive, text.as_bytes()).expect("its text");
        }
        archive.finish().expect("a zip").into_inner()
    };
    let main = "openxmlformats-officedocument.wordprocessingml.document.main";
    let text = |words: &str| format!("<w:document><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>");
    let bench = sample_with("[bulletin]\ntemplate = \"mau.docx\"\n", "vi");
    let cases = [
        (b"no zip".to_vec(), "không đọc được mẫu"),
        (zipped("ms-word.document.macroEnabled.main", &text("{{ky}}")), "có macro"),
        (
            zipped("openxmlformats-officedocument.presentationml.presentation.main", &text("{{ky}}")),
            "không phải tệp văn bản Word",
        ),
        (zipped(main, &text("Thông báo")), "không có trường nào để điền"),
        (zipped(main, &text("{{kyy}}")), "không có trường nào biết điền; có: kyy"),
        (zipped(main, "<w:document><w:body>"), "bị hỏng"),
    ];
    for (bytes, words) in cases {
        bench.write("mau.docx", bytes);
        let ran = bench.run(&["build", ".", "--only", "slides,bulletin", "--out", "out"]);
        assert_eq!(ran.code, 1, "{words}: {}", ran.stderr);
        assert!(ran.stderr.contains(words) && ran.stderr.contains("mau.docx"), "{words}: {}", ran.stderr);
        let there = |name: &str| bench.path(&format!("out/{name}")).exists();
        assert!(there("slides.pptx") && there("annex.xlsx") && !there("bulletin.docx"), "{words}");
    }
    let missing = bench.run(&["bulletin", "fields", "không-có.docx"]);
    assert!(missing.code != 0 && missing.stderr.contains("không-có.docx"), "{}", missing.stderr);
    let all = bench.run(&["bulletin", "fields"]);
    assert!(all.stdout.contains("{{tinh_hinh}}") && all.stdout.contains("{{svgh.tong}}"), "{}", all.stdout);
}

#[test]
fn the_annex_to_an_order_names_the_communes_of_every_zone() {
    let bench = Bench::new();
    let out = bench.path("out");
    let arguments =
        ["build", "data/hong-ngu/dich-benh.toml", "--out", out.to_str().expect("a path"), "--quiet", "--only", "outputs"];
    assert_eq!(run_in(&root(), &arguments).code, 0);
    let zones = rows(&bench, "out/outputs/vung-dich/zones.csv");
    let communes = rows(&bench, "out/outputs/vung-dich/communes.csv");
    let Some(read) = read(&bench.path("out/outputs/vung-dich"), "zones.docx") else { return };
    assert_eq!(findings(&read), Vec::<String>::new());
    let letter = &read["zones.docx"];
    let text = lines(letter, "paragraphs");
    let tables = letter["content"]["tables"].as_array().expect("tables");
    assert_eq!(tables.len(), zones.len());
    assert!(text.iter().any(|line| line.starts_with("Tính đến ngày 11/04/2024: 16 ổ dịch đang hoạt động")), "{text:?}");
    assert!(letter["content"]["blanks"].as_u64().is_some_and(|count| count >= 3), "number, day and maker of the order");
    for (table, zone) in tables.iter().zip(&zones) {
        let holds = format!("{} xã nằm trọn, {} xã nằm một phần trong vùng", zone["communes_whole"], zone["communes_part"]);
        assert!(text.iter().any(|line| line.starts_with(&holds)), "{holds}: {text:?}");
        assert_eq!(table["heads"], 1);
        let lines = cells(table);
        let inside: Vec<_> = communes.iter().filter(|row| row["radius_km"] == zone["radius_km"]).collect();
        assert_eq!(lines.len() - 1, inside.len());
        let at = |head: &str| lines[0].iter().position(|own| own == head).unwrap_or_else(|| panic!("{head}: {:?}", lines[0]));
        for (line, row) in lines[1..].iter().zip(inside) {
            assert_eq!((&line[at("Xã")], &line[at("Phạm vi")]), (&row["name"], &row["inside"]));
            for (head, column, rounded) in
                [("Tỷ lệ diện tích xã (%)", "share_pct", 0.005), ("Diện tích (ha)", "hectares", 0.05), ("Tổng đàn", "head", 0.5)]
            {
                assert!((vietnamese(&line[at(head)]) - number(&row[column])).abs() <= rounded + 1e-6, "{line:?}: {column}");
            }
            let day: Vec<&str> = row["last_case"].split('-').rev().collect();
            assert_eq!(line[at("Ca cuối")], day.join("/"));
        }
    }
}

//! Slides, handout, notice and workbook, read back by other programs: nothing to repair, and every number that of a table.

mod common;

use common::documents::{findings, number, read, rows, sample, sample_with, vietnamese};
use common::{Bench, feature, root, run_in, square};
use serde_json::Value;

const DOCUMENTS: &str = "slides.pptx,bulletin.docx,annex.xlsx,tables/communes.xlsx";

const PACKAGE: &str = "slides,handout,bulletin,tables";

#[test]
fn the_sample_needs_no_repair_and_its_numbers_are_those_of_the_tables() {
    let bench = sample(&["--only", PACKAGE]);
    let Some(read) = read(&bench.path("out"), &format!("{DOCUMENTS},handout.pdf")) else { return };
    assert_eq!(findings(&read), Vec::<String>::new());
    let communes = rows(&bench, "out/tables/communes.csv");
    let deck = &read["slides.pptx"]["content"];
    let slides = deck["slides"].as_array().expect("slides");

    // The map: every commune is a shape with its name, code and share.
    let at_risk = slides.iter().find(|slide| slide["title"].as_str().is_some_and(|title| title.starts_with("906 ha liên kết")));
    let at_risk = at_risk.expect("the leading map");
    let shapes: Vec<&str> = at_risk["shapes"].as_array().expect("shapes").iter().filter_map(Value::as_str).collect();
    for commune in &communes {
        let head = format!("{} · {}: ", commune["name"], commune["code"]);
        let words = shapes.iter().find_map(|alt| alt.strip_prefix(head.as_str()));
        let words = words.unwrap_or_else(|| panic!("{head} in {shapes:?}"));
        let share = vietnamese(words.trim_end_matches(" %"));
        assert!((share - number(&commune["linked_at_risk_share_pct"])).abs() <= 0.05 + 1e-9, "{head}{words}");
        let note = format!("{head}{words}");
        assert!(at_risk["notes"].as_str().is_some_and(|notes| notes.contains(&note)), "{note} in the notes");
    }

    // The chart of both periods: its cache, its workbook and the table say the same.
    let chart = slides
        .iter()
        .flat_map(|slide| slide["charts"].as_array().expect("charts"))
        .find(|chart| chart["series"].as_array().is_some_and(|series| series.len() == 2 && series[1]["name"] == "Kỳ trước"));
    let chart = chart.expect("a chart of both periods");
    let mut seen = 0;
    for (at, category) in chart["categories"].as_array().expect("categories").iter().enumerate() {
        let commune = communes.iter().find(|commune| Value::String(commune["name"].clone()) == *category).expect("a commune");
        let line = chart["book"][at + 1].as_array().expect("a line of the workbook");
        assert_eq!(line[0], *category);
        for (series, column) in ["linked_at_risk_ha", "linked_at_risk_ha_previous"].iter().enumerate() {
            let wanted = number(&commune[*column]);
            for value in [&chart["series"][series]["values"][at], &line[series + 1]] {
                let value = value.as_f64().expect("a number");
                assert!((value - wanted).abs() < 1e-6, "{category} {column}: {value}, {wanted}");
                seen += 1;
            }
        }
    }
    assert_eq!(seen, communes.len() * 4);

    // No letters below twelve points, and every slide has a title that no other has.
    let smallest = slides.iter().filter_map(|slide| slide.get("sizes")?.as_array()).flatten().filter_map(Value::as_f64);
    let sizes: Vec<f64> = smallest.collect();
    assert!(sizes.len() > 500 && sizes.iter().all(|size| *size >= 12.0));
    let mut titles: Vec<&str> = slides[..16].iter().filter_map(|slide| slide["title"].as_str()).collect();
    assert!(titles.iter().all(|title| !title.is_empty()));
    titles.sort_unstable();
    titles.dedup();
    assert_eq!(titles.len(), 16);

    // The annex: a row a pest, sums of the table by pest, what is not known left blank.
    let pests = rows(&bench, "out/tables/pests.csv");
    let letter = &read["bulletin.docx"]["content"];
    assert_eq!(letter["lying"], serde_json::json!([false, true]));
    let annex = letter["tables"].as_array().and_then(|tables| tables.last()).expect("the annex");
    assert_eq!(annex["heads"], 2, "heads stand on every page");
    let lines = annex["rows"].as_array().expect("rows");
    let names: std::collections::BTreeSet<&String> = pests.iter().map(|row| &row["pest"]).collect();
    assert_eq!(lines.len() - 2, names.len());
    for line in &lines[2..] {
        let cells: Vec<&str> = line.as_array().expect("cells").iter().filter_map(Value::as_str).collect();
        assert_eq!(cells.len(), 12);
        let sum = |period: &str, column: &str| -> f64 {
            let mine =
                pests.iter().filter(|row| row["period"] == period && row["pest"].to_lowercase() == cells[0].to_lowercase());
            mine.filter(|row| !row[column].is_empty()).map(|row| number(&row[column])).sum()
        };
        let columns = ["infested_ha", "infested_ha_1", "infested_ha_2", "infested_ha_3", "infested_ha_4"];
        for (cell, column) in cells[4..9].iter().zip(columns) {
            assert!((vietnamese(cell) - sum("current", column)).abs() <= 0.05 + 1e-6, "{} {column}: {cell}", cells[0]);
        }
        assert!((vietnamese(cells[9]) - sum("last-year", "infested_ha")).abs() <= 0.05 + 1e-6, "{cells:?}");
        assert_eq!(["……"; 3], [cells[1], cells[2], cells[10]], "nobody stated these");
    }
    assert!(letter["blanks"].as_u64().is_some_and(|count| count > 10));

    // The handout: right Vietnamese, tagged, without a picture of pixels.
    let handout = &read["handout.pdf"]["content"];
    let text: Vec<&str> = handout["text"].as_array().expect("pages").iter().filter_map(Value::as_str).collect();
    assert!((2..=4).contains(&text.len()));
    assert!(text[0].contains("906 ha liên kết có nguy cơ (30,2 %), tăng 206 ha sau một tuần"), "{}", text[0]);
    assert!(text[0].contains("Độc lập - Tự do - Hạnh phúc"));
    let words = text.concat().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("Phân bố: Thường Thới Tiền, Thường Phước 1"), "{words}");
    assert_eq!((&handout["language"], &handout["marked"]), (&Value::from("vi"), &Value::from(true)));
    assert_eq!((handout["outline"].as_u64(), handout["images"].as_u64()), (Some(text.len() as u64), Some(0)));
    assert!(!handout["alts"].as_array().expect("alt texts").is_empty());

    // The workbook: sums are formulas with their results, heads are repeated, days are days, no ids for programs.
    let book = &read["tables/communes.xlsx"]["content"];
    let sheet = &book["Theo xã"];
    let column = communes[0].len();
    assert!(column > 20 && book["Biểu đồ"]["charts"] == 3);
    assert_eq!((&sheet["repeated"], &sheet["frozen"]), (&Value::from("$4:$5"), &Value::from("C6")));
    let (formulas, results) = (sheet["formulas"].as_object().expect("formulas"), &sheet["results"]);
    let area: f64 = communes.iter().map(|row| number(&row["area_ha"])).sum();
    assert!(formulas["C16"].as_str().is_some_and(|formula| formula.contains("SUBTOTAL(109,C6:C15)")));
    assert!((results["C16"].as_f64().expect("a result") - area).abs() < 1e-3);
    let shares = sheet["rows"][3].as_array().and_then(|heads| {
        heads.iter().position(|head| head.as_str().is_some_and(|head| head.starts_with("Tỷ lệ diện tích liên kết có nguy cơ")))
    });
    let share = &sheet["rows"][15][shares.expect("a column of shares")];
    assert!((share.as_f64().expect("a share") - 30.197).abs() < 0.01, "shares are computed, not summed: {share}");
    let of_pests = &book["Theo sâu bệnh"]["rows"];
    assert_eq!(of_pests[5][0], "Kỳ này");
    assert!(of_pests[5][1].as_str().is_some_and(|day| day.starts_with("2024-04-05T")), "{}", of_pests[5][1]);
    let all = serde_json::to_string(book).expect("text");
    assert!(!all.contains("linked_at_risk_ha") && all.contains("Nguồn và cách tính"));
    let printed = &read["annex.xlsx"]["content"];
    let cells =
        printed.as_object().and_then(|book| book.values().next()).and_then(|sheet| sheet["rows"].as_array()).expect("rows");
    let numbers: Vec<f64> = cells.iter().filter_map(Value::as_array).flatten().filter_map(Value::as_f64).collect();
    assert!(numbers.iter().any(|number| (number - 2579.9).abs() < 0.05), "numbers are numbers: {numbers:?}");
}

#[test]
fn what_checks_documents_sees_what_is_broken() {
    let bench = strange(4, |at| format!("Xã {at}"));
    let ran = bench.run(&["build", ".", "--quiet", "--only", "slides"]);
    assert!(ran.code <= 1, "{}", ran.stderr);
    let Some(read) = read(&bench.path("out"), "broken") else { return };
    for (what, found) in read["broken"].as_object().expect("findings") {
        assert!(!found.as_array().expect("a list").is_empty(), "{what}");
    }
}

/// A project of a few communes with names that formats stumble over.
fn strange(count: usize, names: impl Fn(usize) -> String) -> Bench {
    let bench = Bench::new();
    let list: Vec<String> = (0..count)
        .map(|at| {
            let (x, y) = (105.0 + 0.05 * (at % 20) as f64, 10.0 + 0.05 * (at / 20) as f64);
            let name = serde_json::to_string(&names(at)).expect("a name");
            feature(&format!("\"code\": \"{:05}\", \"name\": {name}", 30000 + at), &square(x, y, x + 0.05, y + 0.05))
        })
        .collect();
    bench.write("c.geojson", common::collection(&list));
    let mut text = "ma_xa,sau_benh,tu_ngay,den_ngay,nhe_ha,nang_ha\n".to_owned();
    for at in 0..count.min(200) {
        text.push_str(&format!("{:05},\"rầy & <nâu> \"\"x\"\" 🌾\",2024-04-05,2024-04-11,{},{}\n", 30000 + at, at + 1, at % 3));
    }
    bench.write("t.csv", text);
    let project = "version = 1\ntitle = \"A & B <c> \\\"d\\\" 🌾\"\noffice = \"Phòng <NN> & PTNT\"\n[communes]\nfile = \"c.geojson\"\n\
                   [[tables]]\nid = \"t\"\nkind = \"infested-area\"\nfile = \"t.csv\"\nkey = { commune = \"ma_xa\" }\n";
    bench.write("ruong.toml", project);
    bench
}

#[test]
fn strange_names_and_long_texts_need_no_repair() {
    let long = "rất dài ".repeat(700);
    for (count, name) in [(1, "Một".to_owned()), (12, "A & B < \"C\" > 🌾 '".to_owned()), (3, long)] {
        let bench = strange(count, |at| format!("{name} {at}"));
        // The font of pictures has no such signs, and a page that lacks letters is not drawn.
        let ran = bench.run(&["build", ".", "--quiet", "--only", "slides,bulletin,tables"]);
        assert!(ran.code <= 1, "{}", ran.stderr);
        let Some(read) = read(&bench.path("out"), DOCUMENTS) else { return };
        assert_eq!(findings(&read), Vec::<String>::new(), "{count}");
        assert!(read.contains_key("slides.pptx") && read.contains_key("bulletin.docx"));
    }
}

#[test]
fn more_shapes_than_can_be_edited_become_one_picture() {
    let bench = strange(900, |at| format!("Xã {at}"));
    let ran = bench.run(&["build", ".", "--quiet", "--only", "slides"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let Some(read) = read(&bench.path("out"), "slides.pptx") else { return };
    assert_eq!(findings(&read), Vec::<String>::new());
    let slides = read["slides.pptx"]["content"]["slides"].as_array().cloned().expect("slides");
    assert!(slides.iter().any(|slide| slide["pictures"].as_u64() == Some(1)));
}

#[test]
fn a_project_without_data_has_slides_and_no_notice() {
    let bench = Bench::new();
    bench.write(
        "c.geojson",
        common::collection(&[feature("\"code\": \"1\", \"name\": \"A\"", &square(105.0, 10.0, 105.1, 10.1))]),
    );
    bench.write("ruong.toml", "version = 1\n[communes]\nfile = \"c.geojson\"\n");
    let ran = bench.run(&["build", ".", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(bench.path("out/slides.pptx").exists() && !bench.path("out/bulletin.docx").exists());
    let Some(read) = read(&bench.path("out"), "slides.pptx") else { return };
    assert_eq!(findings(&read), Vec::<String>::new());
}

#[test]
fn the_same_input_gives_the_same_documents() {
    let names = ["slides.pptx", "handout.pdf", "bulletin.docx", "annex.xlsx", "tables/communes.xlsx"];
    let bytes = |bench: &Bench| names.map(|name| std::fs::read(bench.path(&format!("out/{name}"))).expect(name));
    let (one, many) = (sample(&["--only", PACKAGE, "--jobs", "1"]), sample(&["--only", PACKAGE, "--jobs", "7"]));
    assert!(bytes(&one) == bytes(&many));
    let day = |bench: &Bench| std::fs::metadata(bench.path("out/slides.pptx")).and_then(|data| data.modified()).expect("a time");
    let before = day(&one);
    let out = one.path("out");
    run_in(&root(), &["build", "data/hong-ngu", "--out", out.to_str().expect("a path"), "--quiet", "--only", PACKAGE]);
    assert_eq!(before, day(&one), "an unchanged document is left alone");
}

#[test]
fn a_document_that_cannot_be_written_stops_no_other() {
    let bench = strange(4, |at| format!("Xã {at}"));
    bench.write("ruong.toml", bench.read("ruong.toml").replace("🌾", "")).write("t.csv", bench.read("t.csv").replace("🌾", ""));
    bench.write("out/slides.pptx/in-the-way", "");
    let ran = bench.run(&["build", ".", "--only", PACKAGE]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(bench.path("out/handout.pdf").exists() && bench.path("out/bulletin.docx").exists());
    assert!(bench.read("out/problems.csv").contains("slides.pptx"), "{}", bench.read("out/problems.csv"));
}

#[test]
fn a_project_chooses_its_documents_and_pictures() {
    let bench = strange(4, |at| format!("Xã {at}"));
    let project = bench.read("ruong.toml");
    let more = "[package]\nhandout = false\n[slides]\nshape = \"4:3\"\npictures = [\"maps/infested-ha\", \"maps/none\"]\n";
    bench.write("ruong.toml", project.replace("[communes]", &format!("{more}[communes]")));
    let ran = bench.run(&["build", ".", "--only", "slides,handout"]);
    assert_eq!(ran.code, 1, "a picture that is not there is an error: {}", ran.stderr);
    assert!(ran.stderr.contains("maps/none") && !bench.path("out/handout.pdf").exists(), "{}", ran.stderr);
    let Some(read) = read(&bench.path("out"), "slides.pptx") else { return };
    let deck = &read["slides.pptx"]["content"];
    assert_eq!((deck["width"].as_u64(), deck["height"].as_u64()), (Some(9_144_000), Some(6_858_000)));
    assert_eq!(findings(&read), Vec::<String>::new());
}

#[test]
fn the_design_of_a_template_rules() {
    let bench = sample_with("[slides]\ntemplate = \"stock.pptx\"\n", "vi");
    if read(bench.folder.path(), "stock").is_none() {
        return;
    }
    let layouts = bench.run(&["slides", "layouts", "stock.pptx"]);
    assert!(
        layouts.stdout.contains("1. Title Slide (title): ctrTitle, subTitle, dt, ftr, sldNum  ← trang bìa"),
        "{}",
        layouts.stdout
    );
    assert!(layouts.stdout.contains("6. Title Only (titleOnly): title, dt, ftr, sldNum  ← trang hình"), "{}", layouts.stdout);
    for (template, size) in [("stock.pptx", [9_144_000, 6_858_000]), ("small.pptx", [9_144_000, 5_143_500])] {
        bench.write("ruong.toml", bench.read("ruong.toml").replace("stock.pptx", template));
        let ran = bench.run(&["build", ".", "--only", "slides", "--out", "out", "--quiet"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let read = read(&bench.path("out"), "slides.pptx").expect("it was here");
        assert_eq!(findings(&read), Vec::<String>::new(), "{template}");
        let deck = &read["slides.pptx"]["content"];
        assert_eq!([deck["width"].as_i64(), deck["height"].as_i64()], size.map(Some));
        let slides = deck["slides"].as_array().expect("slides");
        assert_eq!((&slides[0]["layout"], &slides[2]["layout"]), (&Value::from("Title Slide"), &Value::from("Title Only")));
        let all = deck.to_string();
        assert!(!all.contains("NOT OURS") && all.contains("906 ha liên kết có nguy cơ"));
        let sizes = slides.iter().filter_map(|slide| slide.get("sizes")?.as_array()).flatten().filter_map(Value::as_f64);
        assert!(sizes.fold(f64::MAX, f64::min) >= 11.99, "letters of a small slide are not smaller");
    }
}

#[test]
fn a_template_that_cannot_be_used_is_said_and_stops_no_other_document() {
    let macros = |kind: &str| {
        use std::io::Write as _;
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let types = format!(
            "<Types><Override PartName=\"/ppt/presentation.xml\" ContentType=\"application/vnd.{kind}.main+xml\"/></Types>"
        );
        let parts = [
            ("[Content_Types].xml", types.as_str()),
            ("ppt/presentation.xml", "<p:presentation><p:sldSz cx=\"9144000\" cy=\"6858000\"/></p:presentation>"),
            ("ppt/_rels/presentation.xml.rels", "<Relationships/>"),
        ];
        for (name, text) in parts {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("an entry");
            archive.write_all(text.as_bytes()).expect("its text");
        }
        archive.finish().expect("a zip").into_inner()
    };
    let bench = sample_with("[slides]\ntemplate = \"mau.pptx\"\n", "vi");
    let cases = [
        (b"no zip at all".to_vec(), "không đọc được mẫu"),
        (macros("ms-powerpoint.presentation.macroEnabled"), "có macro"),
        (macros("openxmlformats-officedocument.presentationml.presentation"), "không bố cục nào có ô tiêu đề"),
        (macros("openxmlformats-officedocument.wordprocessingml.document"), "không phải tệp trang chiếu"),
    ];
    for (bytes, words) in cases {
        bench.write("mau.pptx", bytes);
        let ran = bench.run(&["build", ".", "--only", "slides,bulletin", "--out", "out"]);
        assert_eq!(ran.code, 1, "{words}: {}", ran.stderr);
        assert!(ran.stderr.contains(words) && ran.stderr.contains("mau.pptx"), "{words}: {}", ran.stderr);
        assert!(bench.path("out/bulletin.docx").exists() && !bench.path("out/slides.pptx").exists());
    }
    std::fs::File::options().write(true).open(bench.path("mau.pptx")).and_then(|file| file.set_len(200 << 20)).expect("its size");
    let ran = bench.run(&["build", ".", "--only", "slides,bulletin", "--out", "out"]);
    assert!(ran.code == 1 && ran.stderr.contains("mẫu nặng 200 MB, nhiều nhất 50 MB"), "{}", ran.stderr);
    std::fs::remove_file(bench.path("mau.pptx")).expect("it goes");
    std::fs::create_dir(bench.path("mau.pptx")).expect("a folder of its name");
    let ran = bench.run(&["build", ".", "--only", "slides,bulletin", "--out", "out"]);
    assert!(ran.code == 1 && ran.stderr.contains("mau.pptx"), "{}", ran.stderr);
}

#[test]
fn english_documents_are_english() {
    let bench = sample_with("", "en");
    let ran = bench.run(&["build", ".", "--only", "slides,bulletin", "--out", "out", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for name in ["slides.pptx", "bulletin.docx"] {
        let mut archive =
            zip::ZipArchive::new(std::fs::File::open(bench.path(&format!("out/{name}"))).expect("it")).expect("a zip");
        for at in 0..archive.len() {
            let mut text = String::new();
            let mut part = archive.by_index(at).expect("a part");
            let _ = std::io::Read::read_to_string(&mut part, &mut text);
            for word in ["Tiêu đề", "Nguồn", "Hình ", "Đường ", "Ghi chú", "Chú giải", "Bản đồ", "Kỳ báo cáo", "xã có số liệu"]
            {
                // The sample's own source and note are Vietnamese.
                let own = text.replace("Nguồn số liệu", "");
                assert!(!own.contains(word), "{name}: {word}");
            }
        }
    }
}

#[test]
fn a_severity_that_nobody_has_lends_its_name_to_no_other() {
    let bench = Bench::new();
    bench.write("c.geojson", common::two_communes());
    bench.write("t.csv", "code,pest,TB (ha),nặng (ha),tổng (ha)\n00412,rầy nâu,50,30,80\n00413,rầy nâu,20,,20\n");
    let project = "version = 1\n[communes]\nfile = \"c.geojson\"\n[[tables]]\nid = \"n\"\nkind = \"infested-area\"\nfile = \"t.csv\"\n\
                   key = { commune = \"code\" }\n[slides]\npictures = [\"charts/infested-by-severity\"]\n";
    bench.write("ruong.toml", project);
    let ran = bench.run(&["build", ".", "--only", "slides", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let Some(read) = read(&bench.path("out"), "slides.pptx") else { return };
    let slides = read["slides.pptx"]["content"]["slides"].as_array().cloned().expect("slides");
    let chart = slides.iter().find_map(|slide| slide["charts"].get(0)).expect("a chart");
    let of = |name: &str| chart["series"].as_array().and_then(|list| list.iter().find(|one| one["name"] == name)).cloned();
    assert_eq!(of("Trung bình").expect("medium")["values"], serde_json::json!([50.0, 20.0]));
    assert_eq!(of("Nặng").expect("heavy")["values"][0], serde_json::json!(30.0));
    assert!(of("Nhẹ").is_none());
    assert!(chart["categories"][0].as_str().is_some_and(|row| row.ends_with("– 80")), "{}", chart["categories"]);
}

#[test]
fn what_is_forecast_is_called_so() {
    let bench = Bench::new();
    let out = bench.path("out");
    let ran = run_in(
        &root(),
        &["build", "data/hong-ngu/du-bao.toml", "--out", out.to_str().expect("a path"), "--quiet", "--only", "slides,bulletin"],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let Some(read) = read(&out, "slides.pptx,bulletin.docx") else { return };
    assert_eq!(findings(&read), Vec::<String>::new());
    let paragraphs = &read["bulletin.docx"]["content"]["paragraphs"];
    let lines: Vec<&str> = paragraphs.as_array().expect("lines").iter().filter_map(Value::as_str).collect();
    let at = |words: &str| lines.iter().position(|line| line.starts_with(words)).unwrap_or_else(|| panic!("{words}: {lines:?}"));
    assert_eq!(at("III. DỰ BÁO") - at("II. TÌNH HÌNH"), 2, "nothing has been seen of it yet: {lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("DỰ BÁO diện tích nhiễm")), "{lines:?}");
    let slides = read["slides.pptx"]["content"]["slides"].as_array().cloned().expect("slides");
    let figures = slides.iter().find(|slide| slide["title"] == "Số liệu chính của kỳ").expect("key figures").to_string();
    assert!(figures.contains("DỰ BÁO") && figures.contains("Kỳ dự báo:"), "{figures}");
}

#[cfg(unix)]
#[test]
fn exact_places_are_for_their_owner_in_documents_too() {
    use std::os::unix::fs::PermissionsExt as _;
    let bench = sample_with("", "vi");
    let project = bench.read("ruong.toml");
    bench.write("ruong.toml", project.replace("kind    = \"outbreaks\"", "kind = \"outbreaks\"\nexact = true"));
    let ran = bench.run(&["build", ".", "--only", "slides", "--out", "out", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let mode = std::fs::metadata(bench.path("out/slides.pptx")).expect("slides").permissions().mode();
    assert_eq!(mode & 0o077, 0, "{mode:o}");
}

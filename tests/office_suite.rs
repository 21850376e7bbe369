//! Documents as an office suite lays them out: LibreOffice turns them into pages and computes their formulas. It takes a while to install,
//! so these run where RUONG_OFFICE_SUITE names the program.

mod common;

use common::documents::{content, number, rows, sample};
use common::{Bench, square};
use serde_json::Value;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The program, if these tests are to run.
fn suite() -> Option<PathBuf> {
    let program = std::env::var_os("RUONG_OFFICE_SUITE").filter(|program| !program.is_empty());
    if program.is_none() {
        eprintln!("SKIPPED: RUONG_OFFICE_SUITE names no office suite");
    }
    program.map(PathBuf::from)
}

/// Converts documents into a folder.
fn convert(suite: &Path, into: &str, files: &[PathBuf], folder: &Path) {
    let home = tempfile::tempdir().expect("a folder");
    let profile = format!("-env:UserInstallation=file://{}", home.path().display());
    let output = Command::new(suite)
        .args(["--headless", &profile, "--convert-to", into, "--outdir"])
        .arg(folder)
        .args(files)
        .output()
        .expect("the office suite starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn printed(program: &str, arguments: &[&str], file: &Path, last: &[&str]) -> Vec<u8> {
    let output = Command::new(program).args(arguments).arg(file).args(last).output().expect("poppler is there");
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// The words of every page without their blanks: lines break where a suite breaks them.
fn pages(pdf: &Path) -> Vec<String> {
    let text = String::from_utf8(printed("pdftotext", &["-raw"], pdf, &["-"])).expect("UTF-8");
    let mut pages: Vec<String> = text.split('\u{c}').map(together).collect();
    assert_eq!(pages.pop().as_deref(), Some(""), "the last page ends too");
    pages
}

fn together(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Width and height of every page in points.
fn sizes(pdf: &Path) -> Vec<[f64; 2]> {
    let text = String::from_utf8(printed("pdfinfo", &["-l", "99"], pdf, &[])).expect("UTF-8");
    let of = |line: &str| {
        let numbers: Vec<f64> = line.split("size:").nth(1)?.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        Some([*numbers.first()?, *numbers.get(1)?])
    };
    text.lines().filter(|line| line.starts_with("Page ") && line.contains("size:")).filter_map(of).collect()
}

/// Share of every page that is not paper.
fn inked(pdf: &Path, folder: &Path) -> Vec<f64> {
    let stem = folder.join("page");
    printed("pdftoppm", &["-gray", "-r", "24"], pdf, &[stem.to_str().expect("a path")]);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).expect("the folder").flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "pgm"));
    files.sort();
    let share = |file: &PathBuf| {
        let bytes = std::fs::read(file).expect("a page");
        std::fs::remove_file(file).expect("it goes");
        // Three lines of head, then a byte for each pixel.
        let at = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(2).map_or(0, |(at, _)| at + 1);
        bytes[at..].iter().filter(|grey| **grey < 245).count() as f64 / (bytes.len() - at) as f64
    };
    files.iter().map(share).collect()
}

#[test]
fn every_page_of_the_sample_says_what_it_holds() {
    let Some(suite) = suite() else { return };
    let bench = sample(&["--only", "slides,bulletin,tables"]);
    let (out, folder) = (bench.path("out"), bench.path("pdf"));
    std::fs::create_dir(&folder).expect("a folder");
    let documents = ["slides.pptx", "bulletin.docx", "annex.xlsx", "tables/communes.xlsx"];
    convert(&suite, "pdf", &documents.map(|name| out.join(name)), &folder);

    // A page for each slide; its title and all its texts are there whole.
    let Some(read) = content(&out, "slides.pptx,bulletin.docx") else { return };
    let slides = read["slides.pptx"]["content"]["slides"].as_array().expect("slides");
    let pdf = folder.join("slides.pdf");
    let shown = pages(&pdf);
    assert_eq!(shown.len(), slides.len());
    let mut texts = 0;
    for (slide, page) in slides.iter().zip(&shown) {
        for text in slide["texts"].as_array().expect("texts").iter().filter_map(Value::as_str) {
            // Lines have bullets of their own; the number of a slide is a field.
            for line in text.lines().filter(|line| !line.contains('‹')) {
                assert!(page.contains(&together(line)), "{line:?} on {page}");
                texts += 1;
            }
        }
        for cell in slide["tables"].as_array().expect("tables").iter().flat_map(|table| table.as_array().expect("rows")) {
            for words in cell.as_array().expect("cells").iter().filter_map(Value::as_str) {
                assert!(words.split_whitespace().all(|word| page.contains(word)), "{words:?} on {page}");
            }
        }
    }
    assert!(texts > 300, "{texts}");
    assert!(inked(&pdf, &folder).iter().all(|share| (0.005..0.9).contains(share)), "{:?}", inked(&pdf, &folder));

    // The notice stands, its annex lies; nothing of either is cut off.
    let pdf = folder.join("bulletin.pdf");
    let (shown, sizes) = (pages(&pdf), sizes(&pdf));
    let lying: Vec<bool> = sizes.iter().map(|[width, height]| width > height).collect();
    assert!(lying.len() >= 2 && !lying[0] && lying[lying.len() - 1], "{sizes:?}");
    let letter = &read["bulletin.docx"]["content"];
    let all = shown.concat();
    for line in letter["paragraphs"].as_array().expect("paragraphs").iter().filter_map(Value::as_str) {
        // A paragraph may go on overleaf, over the number of the page.
        let words = together(line);
        let half = words.char_indices().nth(words.chars().count() / 3).map_or(0, |(at, _)| at);
        assert!(all.contains(&words) || all.contains(&words[..half]), "{line}");
    }
    for (page, _) in shown.iter().zip(&lying).filter(|(_, lying)| **lying) {
        assert!(page.contains("Phânbố") && page.contains("Tênsinhvậtgâyhại"), "the heads stand on every page: {page}");
    }

    // Sheets are as wide as their paper: names and the last column stand on one page.
    for (name, marks) in [("annex.pdf", ["Tênsinhvậtgâyhại", "Phânbố"]), ("communes.pdf", ["Xã,thịtrấn", "Nguồn:"])]
    {
        let pdf = folder.join(name);
        let shown = pages(&pdf);
        assert!(shown.iter().any(|page| marks.iter().all(|mark| page.contains(mark))), "{name}: {shown:?}");
        assert!(inked(&pdf, &folder).iter().all(|share| *share > 0.002), "{name} has an empty page");
    }
}

/// A copy of a workbook whose formulas have no results.
fn without_results(workbook: &Path, copy: &Path) -> usize {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(workbook).expect("the workbook")).expect("a zip");
    let mut out = zip::ZipWriter::new(std::fs::File::create(copy).expect("a file"));
    let mut gone = 0;
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let (name, mut bytes) = (part.name().expect("a name").into_owned(), Vec::new());
        part.read_to_end(&mut bytes).expect("it is read");
        if name.starts_with("xl/worksheets/sheet") {
            let text = String::from_utf8(bytes).expect("UTF-8");
            let mut pieces = text.split("</f><v>");
            let mut kept = pieces.next().unwrap_or_default().to_owned();
            for piece in pieces {
                gone += 1;
                kept.push_str("</f>");
                kept.push_str(piece.split_once("</v>").expect("a value ends").1);
            }
            bytes = kept.into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        out.write_all(&bytes).expect("it is written");
    }
    out.finish().expect("a zip");
    gone
}

#[test]
fn formulas_come_to_the_results_that_stand_in_the_file() {
    let Some(suite) = suite() else { return };
    let bench = sample(&["--only", "tables"]);
    let copy = bench.path("computed.xlsx");
    assert!(without_results(&bench.path("out/tables/communes.xlsx"), &copy) > 20);
    let first = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,1";
    convert(&suite, first, &[copy], bench.folder.path());
    let name = std::fs::read_dir(bench.folder.path()).expect("the folder").flatten().map(|entry| entry.file_name());
    let name =
        name.filter_map(|name| name.into_string().ok()).find(|name| name.starts_with("computed") && name.ends_with(".csv"));
    let text = bench.read(&name.expect("a table"));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let lines: Vec<Vec<String>> =
        reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect::<Vec<String>>()).collect();
    let communes = rows(&bench, "out/tables/communes.csv");
    // The row of sums stands above or below the communes, under the same columns.
    let own = |row: &Vec<String>| communes.iter().position(|commune| row.contains(&commune["name"]));
    let listed: Vec<&Vec<String>> = lines.iter().filter(|row| own(row).is_some()).collect();
    assert_eq!(listed.len(), communes.len());
    let sums = lines.iter().find(|row| row.iter().any(|cell| cell.starts_with('∑') || cell.starts_with("Tổng"))).expect("sums");
    for column in ["area_ha", "field_area_ha", "linked_ha", "surveyed_ha", "infested_ha", "linked_at_risk_ha"] {
        let wanted: f64 = communes.iter().map(|row| number(&row[column])).sum();
        let close = |cell: &String| cell.parse::<f64>().is_ok_and(|sum| (sum - wanted).abs() < 1e-3);
        assert!(sums.iter().any(close), "{column} is {wanted}: {sums:?}");
    }
}

#[test]
fn names_of_any_letters_and_a_project_without_data_are_pages_too() {
    let Some(suite) = suite() else { return };
    let bench = Bench::new();
    let communes = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
        [("1", "Xã A & B <\\\"1\\\">", 105.0), ("2", "Xã 🌾 Đặng", 105.1)]
            .map(|(code, name, west)| common::feature(
                &format!("\"code\":\"{code}\",\"name\":\"{name}\""),
                &square(west, 10.0, west + 0.1, 10.1)
            ))
            .join(",")
    );
    let project = "version = 1\ntitle = \"A & B <1>\"\n[communes]\nfile = \"c.geojson\"\ncode = \"code\"\nname = \"name\"\n";
    bench.write("c.geojson", communes).write("ruong.toml", project);
    let ran = bench.run(&["build", ".", "--only", "slides,tables", "--quiet"]);
    assert!(ran.code <= 1, "{}", ran.stderr);
    let folder = bench.path("pdf");
    std::fs::create_dir(&folder).expect("a folder");
    convert(&suite, "pdf", &[bench.path("out/slides.pptx"), bench.path("out/tables/communes.xlsx")], &folder);
    for name in ["slides.pdf", "communes.pdf"] {
        let all = pages(&folder.join(name)).concat();
        assert!(all.contains("A&B<\"1\">") && all.contains("Đặng"), "{name}: {all}");
    }
}

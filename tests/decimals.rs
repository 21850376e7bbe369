//! What people read in workbooks: hectares and percentages with one decimal, severities with two, counts and days with none.

mod common;

use common::{Bench, root};
use ruong::app::{self, Needs};
use ruong::model::accounts;
use ruong::run::{Problems, Progress, Record};
use ruong::tables::{self, Sheet};
use ruong::values::Lang;
use std::collections::{BTreeMap, BTreeSet};

/// Decimals by what a heading says, none where it says nothing of the kind.
fn wanted(title: &str) -> Option<usize> {
    let title = title.to_lowercase();
    if title.contains("(ha)") || title.contains('%') {
        Some(1)
    } else if title.contains("mức độ") || title.contains("mức 0") {
        Some(2)
    } else if title.starts_with("số ") || title.starts_with("mã") {
        Some(0)
    } else {
        None
    }
}

#[test]
fn decimals_follow_the_unit() {
    let project = ruong::project::open("data/hong-ngu".as_ref()).expect("the sample");
    let (mut problems, mut record) = (Problems::default(), Record::default());
    let joined =
        app::load(&project, Needs::ALL, &ruong::SharedEngine::default(), &mut problems, &mut record, &mut Progress::silent())
            .expect("loads");
    let periods = accounts(&joined);
    let current = &periods.first().expect("a period").1;
    let mut sheets: Vec<Sheet> = vec![
        tables::communes::communes(&joined, &periods).expect("communes"),
        tables::summary::summary(&joined, &periods, Lang::Vi).expect("a summary"),
        tables::pests::pests(&joined, &periods),
        tables::enterprises::enterprises_sheet(&joined, current),
    ];
    sheets.extend(tables::groups::groups(&joined));
    let mut checked = 0;
    for sheet in &sheets {
        for heading in &sheet.headings {
            let title = heading.title.get(Lang::Vi);
            if let Some(decimals) = wanted(title).filter(|_| heading.figures != tables::Figures::ByRow) {
                assert_eq!(heading.figures.decimals(), decimals, "{}: {} ({title})", sheet.id, heading.id);
                checked += 1;
            }
        }
    }
    assert!(checked > 30, "{checked} headings");
}

/// Decimals that a column of a workbook shows, by its heading, from what a meeting reads: hectares, percentages and degrees to a tenth,
/// hectares of single fields and shares of a place to a hundredth, levels to a hundredth, counts whole, positions as far as they are told.
fn shown(workbook: &str, heading: &str) -> Vec<usize> {
    let lower = heading.to_lowercase();
    let is = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    match workbook {
        "worklist.xlsx" if is(&["(ha)"]) => vec![2],
        "worklist.xlsx" if is(&["kinh độ", "vĩ độ"]) => vec![6],
        "worklist.xlsx" if is(&["thứ tự", "mức", "còn (ngày)"]) => vec![0],
        "zones.xlsx" if is(&["kinh độ", "vĩ độ"]) => vec![3],
        "zones.xlsx" | "rates.xlsx" if is(&["(%)", "vành này"]) => vec![2],
        "curve.xlsx" if is(&["tỷ lệ đã báo"]) => vec![3],
        "curve.xlsx" if is(&["ước khi báo đủ"]) => vec![1],
        "curve.xlsx" if is(&["heo", "ổ dịch"]) => vec![0],
        _ if is(&["kỳ này", "kỳ trước", "cùng kỳ"]) && !is(&["(ha)", "%", "mức"]) => vec![0, 1, 2],
        _ if is(&["mức độ", "mức nhiễm", "mức 0", "thấp (80", "cao (80", "cải thiện", "gần nhất:", "dự báo:"]) =>
        {
            vec![2]
        }
        _ if is(&["ẩm độ"]) => vec![0],
        _ if is(&["(ha)", "diện tích", "%", "(°c)", "(mm)", "(km)"]) => vec![1],
        _ if is(&[
            "(trại)",
            "(con)",
            "(ổ)",
            "(ngày)",
            "(người)",
            "(sản phẩm)",
            "(xã)",
            "(thửa)",
            "số ",
            "tổng đàn",
            "hộ hoặc",
        ]) =>
        {
            vec![0]
        }
        _ if is(&["mắc", "chết", "tiêu hủy", "ổ quá ngày"]) => vec![0],
        _ => vec![],
    }
}

/// Decimals of a number format: `#,##0.00` has two.
fn decimals_of(format: &str) -> usize {
    format
        .split(';')
        .next()
        .and_then(|first| first.split_once('.'))
        .map_or(0, |(_, after)| after.chars().take_while(|c| *c == '0').count())
}

fn part(archive: &mut zip::ZipArchive<std::fs::File>, name: &str) -> String {
    let mut text = String::new();
    let mut file = archive.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}"));
    std::io::Read::read_to_string(&mut file, &mut text).expect("XML is text");
    text
}

/// The texts between `<tag …>` and `</tag>` with what stands in the opening tag.
fn elements<'a>(xml: &'a str, tag: &str) -> Vec<(&'a str, &'a str)> {
    let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
    let mut found = Vec::new();
    for after in xml.split(&open).skip(1).filter(|after| after.starts_with([' ', '>', '/'])) {
        let (head, rest) = after.split_once('>').expect("a tag ends");
        let body = if head.ends_with('/') { "" } else { rest.split(&close).next().unwrap_or("") };
        found.push((head, body));
    }
    found
}

fn attribute<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next())
}

/// Of every column with numbers: heading and the decimals that its cells show.
fn columns(path: &std::path::Path) -> Vec<(String, BTreeSet<usize>)> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).expect("a workbook")).expect("a zip");
    let styles = part(&mut archive, "xl/styles.xml");
    let formats: BTreeMap<&str, &str> = elements(&styles, "numFmt")
        .into_iter()
        .filter_map(|(head, _)| Some((attribute(head, "numFmtId")?, attribute(head, "formatCode")?)))
        .collect();
    let built_in = BTreeMap::from([("0", "General"), ("1", "0"), ("2", "0.00"), ("3", "#,##0"), ("4", "#,##0.00")]);
    let looks: Vec<&str> = elements(elements(&styles, "cellXfs")[0].1, "xf")
        .into_iter()
        .map(|(head, _)| {
            let id = attribute(head, "numFmtId").unwrap_or("0");
            formats.get(id).or_else(|| built_in.get(id)).copied().unwrap_or("a day")
        })
        .collect();
    let words: Vec<String> = elements(&part(&mut archive, "xl/sharedStrings.xml"), "si")
        .into_iter()
        .map(|(_, body)| elements(body, "t").into_iter().map(|(_, text)| text).collect::<String>())
        .collect();
    let names = archive.file_names().flatten().map(|name| name.into_owned());
    let sheets: Vec<String> = names.filter(|name| name.starts_with("xl/worksheets/sheet")).collect();
    let mut found = Vec::new();
    for sheet in sheets {
        let xml = part(&mut archive, &sheet);
        let mut heads: BTreeMap<String, String> = BTreeMap::new();
        let mut columns: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (_, row) in elements(&xml, "row") {
            let cells = elements(row, "c");
            let texts = cells.iter().filter(|(head, _)| attribute(head, "t") == Some("s"));
            let is_headings = heads.is_empty()
                && texts.clone().count() >= 2
                && texts.count() == cells.iter().filter(|(_, body)| !body.is_empty()).count();
            for (head, body) in cells {
                let place = attribute(head, "r").expect("a place").trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
                let Some((_, value)) = elements(body, "v").into_iter().next() else { continue };
                match attribute(head, "t") {
                    Some("s") if is_headings => {
                        heads.insert(place, words[value.parse::<usize>().expect("a shared string")].clone());
                    }
                    None if !heads.is_empty() => {
                        let look = looks[attribute(head, "s").map_or(0, |s| s.parse().expect("a look"))];
                        if look != "a day" && !look.contains("yy") {
                            columns.entry(place).or_default().insert(decimals_of(look));
                        }
                    }
                    _ => {}
                }
            }
        }
        found.extend(columns.into_iter().filter_map(|(place, decimals)| Some((heads.get(&place)?.clone(), decimals))));
    }
    found
}

#[test]
fn every_column_of_numbers_shows_what_its_heading_asks_for() {
    let bench = Bench::new();
    for entry in std::fs::read_dir(root().join("data/hong-ngu")).expect("the sample").flatten() {
        bench.write(&entry.file_name().to_string_lossy(), std::fs::read(entry.path()).expect("a file"));
    }
    let spray = "\n[[outputs]]\nid = \"phun\"\nkind = \"worklist\"\n";
    bench.write("ruong.toml", bench.read("ruong.toml") + spray);
    let more = "\n[[outputs]]\nid = \"duong-cong\"\nkind = \"curve\"\n\n[[outputs]]\nid = \"ty-le\"\nkind = \"rates\"\n";
    bench.write("dich-benh.toml", bench.read("dich-benh.toml") + more);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (project, made) in [
        ("ruong", vec!["tables/communes.xlsx", "outputs/phun/worklist.xlsx"]),
        (
            "dich-benh",
            vec![
                "tables/communes.xlsx",
                "outputs/vung-dich/zones.xlsx",
                "outputs/duong-cong/curve.xlsx",
                "outputs/ty-le/rates.xlsx",
            ],
        ),
        ("du-bao", vec!["tables/communes.xlsx"]),
        ("lich-su", vec!["tables/communes.xlsx"]),
    ] {
        let ran = bench.run(&["build", &format!("{project}.toml"), "--only", "tables,outputs", "--out", project, "--quiet"]);
        assert!(ran.code < 2, "{}", ran.stderr);
        for file in made {
            let path = bench.path(&format!("{project}/{file}"));
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            for (heading, decimals) in columns(&path) {
                let wanted = shown(&name, &heading);
                assert!(
                    decimals.iter().all(|one| wanted.contains(one)),
                    "{project}/{file}: \"{heading}\" shows {decimals:?}, not {wanted:?}"
                );
                *seen.entry(name.clone()).or_default() += 1;
            }
        }
    }
    assert!(
        seen["communes.xlsx"] > 120
            && ["worklist.xlsx", "zones.xlsx", "curve.xlsx", "rates.xlsx"].iter().all(|name| seen[*name] > 3),
        "{seen:?}"
    );
}

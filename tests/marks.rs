//! What .xls and .ods keep beside the values of their cells: percentages, formulas that were never computed, hidden rows.

mod common;

use common::{Bench, Ran, communes_in_a_row, number, rows};
use std::io::{Cursor, Write};

/// A record of a workbook stream (MS-XLS 2.1.4).
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes(), &(data.len() as u16).to_le_bytes(), data].concat()
}

fn words(list: &[u16]) -> Vec<u8> {
    list.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// Letters of two bytes each behind their count.
fn text(letters: &str) -> Vec<u8> {
    let units: Vec<u16> = letters.encode_utf16().collect();
    [&(units.len() as u16).to_le_bytes()[..], &[1], &words(&units)].concat()
}

/// A row of the sheet: commune, people, share of households; the last as a formula without a value where `computed` is not.
const ROWS: [(&str, f64, f64); 3] = [("29950", 200.0, 0.125), ("29951", 201.0, 0.5), ("29952", 202.0, 0.07)];

/// A workbook of one sheet "Số liệu": the third row of data is hidden.
fn xls(computed: bool) -> Vec<u8> {
    let style = |format: u16| record(0x00e0, &[words(&[0, format]), vec![0; 16]].concat());
    let begin = |kind: u16| record(0x0809, &words(&[0x0600, kind, 0, 0, 0, 0, 0, 0]));
    let mut sheet = begin(0x0010);
    let at = |row: u16, column: u16, style: u16| words(&[row, column, style]);
    for (column, heading) in (0..).zip(["Mã xã", "Dân số", "Tỷ lệ hộ"]) {
        sheet.extend(record(0x0204, &[at(0, column, 0), text(heading)].concat()));
    }
    for (row, (code, people, share)) in (1..).zip(ROWS) {
        let hidden = if row == 3 { 0x20 } else { 0 };
        sheet.extend(record(0x0208, &words(&[row, 0, 3, 255, 0, 0, hidden, 0])));
        sheet.extend(record(0x0204, &[at(row, 0, 0), text(code)].concat()));
        sheet.extend(record(0x0203, &[at(row, 1, 0), people.to_le_bytes().to_vec()].concat()));
        if computed {
            sheet.extend(record(0x0203, &[at(row, 2, 1), share.to_le_bytes().to_vec()].concat()));
        } else {
            // The value of the formula is an empty text; its parsed form is the number 1.
            let value = [3, 0, 0, 0, 0, 0, 0xff, 0xff];
            sheet.extend(record(0x0006, &[at(row, 2, 1), value.to_vec(), vec![0; 6], words(&[3]), vec![0x1e, 1, 0]].concat()));
        }
    }
    sheet.extend(record(0x000a, &[]));
    let globals = |place: u32| {
        let name: Vec<u16> = "Số liệu".encode_utf16().collect();
        let bound = [&place.to_le_bytes()[..], &[0, 0, name.len() as u8, 1], &words(&name)].concat();
        [
            begin(0x0005),
            record(0x0042, &words(&[1200])),
            record(0x041e, &[words(&[165]), text("0.0\" \"%")].concat()),
            style(0),
            style(165),
            record(0x0085, &bound),
            record(0x000a, &[]),
        ]
        .concat()
    };
    let place = globals(0).len() as u32;
    let mut stream = [globals(place), sheet].concat();
    stream.resize(stream.len().max(4096), 0);
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).expect("a file");
    file.create_stream("/Workbook").expect("a stream").write_all(&stream).expect("bytes");
    file.into_inner().into_inner()
}

const MANIFEST: &str =
    "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";

fn ods(computed: bool) -> Vec<u8> {
    let word = |text: &str| format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>");
    let number = |kind: &str, value: f64| {
        format!(
            "<table:table-cell office:value-type=\"{kind}\" office:value=\"{value}\"><text:p>{value}</text:p></table:table-cell>"
        )
    };
    let mut table = format!("<table:table-row>{}{}{}</table:table-row>", word("Mã xã"), word("Dân số"), word("Tỷ lệ hộ"));
    for (row, (code, people, share)) in (1..).zip(ROWS) {
        let hidden = if row == 3 { " table:visibility=\"collapse\"" } else { "" };
        let share =
            if computed { number("percentage", share) } else { "<table:table-cell table:formula=\"of:=[.B2]/4\"/>".to_owned() };
        table += &format!("<table:table-row{hidden}>{}{}{share}</table:table-row>", word(code), number("float", people));
    }
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
         <office:body><office:spreadsheet><table:table table:name=\"Số liệu\">{table}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
        ("META-INF/manifest.xml", MANIFEST),
    ] {
        archive.start_file(name, options).expect("an entry");
        archive.write_all(text.as_bytes()).expect("bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

fn built(bench: &Bench, file: &str, bytes: Vec<u8>) -> Ran {
    bench.write("c.geojson", communes_in_a_row(3)).write(file, bytes).write(
        "ruong.toml",
        format!(
            "{}[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"{file}\"\nkey = {{ commune = \"Mã xã\" }}\n",
            common::COMMUNES_ONLY
        ),
    );
    bench.run(&["build", ".", "--only", "tables", "--quiet", "--lang", "en"])
}

#[test]
fn percentages_and_hidden_rows_are_those_that_people_see() {
    for (file, bytes) in [("t.xls", xls(true)), ("t.ods", ods(true))] {
        let bench = Bench::new();
        let ran = built(&bench, file, bytes);
        assert_eq!(ran.code, 0, "{file}: {}", ran.stderr);
        let found = rows(&bench.read("out/tables/communes.csv"));
        let of = |column: &str| found.iter().map(|row| number(row, column)).collect::<Vec<_>>();
        assert_eq!(of("t.Dân số"), [200.0, 201.0, 202.0], "{file}");
        assert_eq!(of("t.Tỷ lệ hộ"), [12.5, 50.0, 7.0], "{file}");
        let problems = bench.read("out/problems.csv");
        assert!(problems.contains("1 hidden rows were read (the first is 4)"), "{file}: {problems}");
    }
}

#[test]
fn formulas_that_were_never_computed_are_listed_cell_by_cell() {
    for (file, bytes) in [("t.xls", xls(false)), ("t.ods", ods(false))] {
        let bench = Bench::new();
        let ran = built(&bench, file, bytes);
        assert!(ran.code < 2, "{file}: {}", ran.stderr);
        let listed = rows(&bench.read("out/problems.csv"));
        let cells: Vec<&str> =
            listed.iter().filter(|row| row["problem"].contains("never computed")).map(|row| row["column"].as_str()).collect();
        assert_eq!(cells, ["Số liệu!C2", "Số liệu!C3", "Số liệu!C4"], "{file}: {listed:?}");
    }
}

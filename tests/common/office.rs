//! An office's week in whatever layout: what must come out is the same.

use super::{Bench, Ran, number, root, rows};
use rust_xlsxwriter::Workbook;

pub const WEEK: &str = "Từ ngày 10/05/2024 đến ngày 16/05/2024";
/// Commune, code, pest, light, medium, heavy.
pub const DATA: [(&str, &str, &str, [f64; 3]); 5] = [
    ("Long Thuận", "29992", "Rầy nâu", [120.5, 10.0, 2.5]),
    ("Long Thuận", "29992", "Chuột", [7.0, 0.0, 0.0]),
    ("Phú Thuận B", "29995", "Rầy nâu", [30.0, 5.5, 0.0]),
    ("Thường Lạc", "29977", "Rầy nâu", [1.5, 0.0, 0.0]),
    ("Thường Lạc", "29977", "Chuột", [80.0, 20.0, 1.0]),
];

pub type Sheet = (String, Vec<Vec<String>>);

pub fn line(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

pub fn book(bench: &Bench, name: &str, sheets: &[Sheet]) {
    let mut book = Workbook::new();
    for (title, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(title).expect("a name");
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                // An apostrophe in front keeps a number a text, as in Excel.
                match (cell.strip_prefix('\''), cell.parse::<f64>()) {
                    (Some(text), _) => sheet.write(row, column, text).expect("a cell"),
                    (None, Ok(number)) => sheet.write(row, column, number).expect("a cell"),
                    (None, Err(_)) => sheet.write(row, column, cell).expect("a cell"),
                };
            }
        }
    }
    book.save(bench.path(name)).expect("it is saved");
}

/// The communes of the sample.
pub fn boundaries(bench: &Bench) {
    bench.write("communes.geojson", std::fs::read(root().join("data/hong-ngu/communes.geojson")).expect("the sample"));
}

/// Makes the project of the files and builds its tables.
pub fn made(bench: &Bench, files: &[&str]) -> Ran {
    boundaries(bench);
    let made = bench.run(&[&["new", "p", "communes.geojson"], files].concat());
    assert_eq!(made.code, 0, "{}", made.stderr);
    let ran = bench.run(&["build", "p", "--only", "tables"]);
    assert!(ran.code < 2, "{}\n{}", ran.stderr, bench.read("p/ruong.toml"));
    made
}

/// The hectares of every pest, commune and class are those of the data; without classes only the sums.
pub fn right(bench: &Bench, classes: bool) {
    let project = bench.read("p/ruong.toml");
    let found: Vec<_> =
        rows(&bench.read("p/out/tables/pests.csv")).into_iter().filter(|row| row["period"] == "current").collect();
    for (_, code, pest, hectares) in DATA {
        let same = |row: &&std::collections::BTreeMap<String, String>| {
            row["code"] == code && row["pest"].to_lowercase() == pest.to_lowercase()
        };
        let row = found.iter().find(same).unwrap_or_else(|| panic!("{pest} in {code} is not there\n{project}"));
        assert!((number(row, "infested_ha") - hectares.iter().sum::<f64>()).abs() < 1e-9, "{pest} {code}: {row:?}\n{project}");
        for (class, hectares) in (1..).zip(hectares).filter(|_| classes) {
            let value = number(row, &format!("infested_ha_{class}"));
            assert!((value - hectares).abs() < 1e-9, "{pest} {code} {class}: {row:?}\n{project}");
        }
    }
    assert_eq!(found.len(), DATA.len(), "nothing is there twice\n{project}");
}

pub fn numbers(hectares: [f64; 3]) -> Vec<String> {
    hectares.iter().map(f64::to_string).collect()
}

pub fn communes() -> Vec<&'static str> {
    vec!["Long Thuận", "Phú Thuận B", "Thường Lạc"]
}

/// The rows of a commune: number, pest, light, medium, heavy.
pub fn of_commune(commune: &str) -> Vec<Vec<String>> {
    let own = DATA.iter().filter(|row| row.0 == commune);
    (1..).zip(own).map(|(at, (_, _, pest, ha))| [vec![format!("{at}"), (*pest).to_owned()], numbers(*ha)].concat()).collect()
}

/// A row for each commune and pest.
pub fn listed(factor: f64) -> Vec<Vec<String>> {
    let row = |(at, (commune, _, pest, ha)): (usize, (&str, &str, &str, [f64; 3]))| {
        [vec![at.to_string(), commune.to_owned(), pest.to_owned()], numbers(ha.map(|ha| ha * factor))].concat()
    };
    std::iter::once(line(&["TT", "Xã", "SVGH", "Nhẹ", "TB", "Nặng"])).chain((1..).zip(DATA).map(row)).collect()
}

pub const HEAD: [&str; 5] = ["STT", "Tên dịch hại", "Nhẹ (ha)", "TB (ha)", "Nặng (ha)"];

pub fn sheet(title: &str, above: &[&str], rows: Vec<Vec<String>>) -> Sheet {
    let top = above.iter().map(|text| line(&[text]));
    (title.to_owned(), top.chain([vec![]]).chain(rows).collect())
}

//! Codes, names and layers are matched as a whole: codes that a spreadsheet changed, codes that contradict names, layers of several
//! properties, and what is refused by name.

mod common;
use common::*;

const NAMES: [&str; 5] = ["Tân Hội", "Bình Phú", "An Lạc", "Phú Thọ", "Hòa Bình"];

/// Five communes with more properties than are needed.
fn communes(property: impl Fn(usize) -> String) -> String {
    let squares: Vec<String> = (0..5)
        .map(|i| {
            let west = 105.0 + 0.1 * i as f64;
            feature(&property(i), &square(west, 10.0, west + 0.1, 10.1))
        })
        .collect();
    collection(&squares)
}

/// `ruong new` and `ruong build` of a table: the values of its column "dien_tich", and everything that was said.
fn new_and_build(layer: &str, table: &str) -> (Vec<(String, String)>, String) {
    let bench = Bench::new();
    bench.write("xa.geojson", layer).write("bang.csv", table);
    let made = bench.run(&["new", "P", "xa.geojson", "bang.csv", "--lang", "en"]);
    if made.code != 0 {
        return (Vec::new(), made.stderr);
    }
    let ran = bench.run(&["build", "P", "--only", "tables", "--lang", "en"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    let found = rows(&bench.read("P/out/tables/communes.csv"));
    let of = |row: &std::collections::BTreeMap<String, String>| row.get("bang.dien_tich").cloned().unwrap_or_default();
    let said = made.stderr + &ran.stderr + &bench.read("P/out/problems.csv");
    (found.iter().map(|row| (row["name"].clone(), of(row))).collect(), said)
}

fn table(heads: &str, cell: impl Fn(usize) -> String) -> String {
    (0..5).fold(format!("{heads},dien_tich\n"), |text, i| text + &format!("{},{}\n", cell(i), i + 1))
}

fn right(found: &[(String, String)]) -> bool {
    found.len() == 5 && NAMES.iter().enumerate().all(|(i, name)| found.contains(&((*name).to_owned(), (i + 1).to_string())))
}

#[test]
fn the_column_that_tables_match_is_the_code() {
    let with_row_numbers = communes(|i| format!("\"OBJECTID\":{},\"TEN_VN\":\"{}\",\"PCODE\":\"VN3100{i}\"", i + 1, NAMES[i]));
    // Hectares 1 to 5 equal the numbers of the rows, and "TT" does too.
    for (heads, cell) in
        [("TT,ma", (|i| format!("{},3100{i}", i + 1)) as fn(usize) -> String), ("TT,xa", |i| format!("{},{}", i + 1, NAMES[i]))]
    {
        let (found, said) = new_and_build(&with_row_numbers, &table(heads, cell));
        assert!(right(&found), "{heads}: {found:?}\n{said}");
    }
}

#[test]
fn codes_that_a_spreadsheet_changed_are_known_as_a_column() {
    let layer = communes(|i| format!("\"code\":\"0040{i}\",\"name\":\"{}\"", NAMES[i]));
    for (cell, words) in [
        ((|i| format!("40{i}")) as fn(usize) -> String, "zeros lost"),
        (|i| format!("40{i}.0"), "decimal tail"),
        (|i| format!("'0040{i}"), "apostrophe"),
        (|i| format!("XA0040{i}"), "prefix \"XA\""),
    ] {
        let (found, said) = new_and_build(&layer, &table("ma_xa", cell));
        assert!(right(&found) && said.replace("\"\"", "\"").contains(words), "{words}: {found:?}\n{said}");
    }
    // One that is no code keeps the others from being guessed.
    let (found, said) = new_and_build(&layer, &table("ma_xa", |i| if i == 0 { "0400x".to_owned() } else { format!("40{i}") }));
    assert!(found.iter().all(|(_, value)| value.is_empty()), "{found:?}\n{said}");
}

#[test]
fn a_code_and_a_name_that_disagree_place_nothing() {
    let layer = communes(|i| format!("\"code\":\"3100{i}\",\"name\":\"{}\"", NAMES[i]));
    // Names were sorted without their codes.
    let (found, said) = new_and_build(&layer, &table("ma_xa,ten_xa", |i| format!("3100{i},{}", NAMES[(i + 1) % 5])));
    assert!(found.iter().all(|(_, value)| value.is_empty()), "{found:?}");
    for i in 0..5 {
        let (own, other) = (NAMES[i], NAMES[(i + 1) % 5]);
        let line = said.lines().find(|line| line.contains(&format!("code 3100{i} is {own} (3100{i})")));
        assert!(line.is_some_and(|line| line.contains(other)), "{own} and {other}\n{said}");
    }
    assert!(said.contains("another date"), "{said}");
    // One wrong row leaves the others in place; a missing accent contradicts nothing.
    let (found, said) = new_and_build(
        &layer,
        &table("ma_xa,ten_xa", |i| format!("3100{i},{}", ["Tan Hoi", "Bình Phú", "An Lạc", "Phú Thọ 2", "Hòa Bình"][i])),
    );
    let values: Vec<&str> = found.iter().map(|(_, value)| value.as_str()).collect();
    assert_eq!(values, ["1", "2", "3", "", "5"], "{said}");
}

#[test]
fn unseen_letters_in_names_do_not_part_them() {
    let layer = communes(|i| format!("\"code\":\"3100{i}\",\"name\":\"{}\"", NAMES[i]));
    let (found, said) = new_and_build(&layer, &table("ten_xa", |i| format!("{}\u{200b}", NAMES[i].replace(' ', "\u{a0}"))));
    assert!(right(&found), "{found:?}\n{said}");
}

#[test]
fn what_is_no_layer_of_communes_is_named() {
    let bench = Bench::new();
    bench.write("t.csv", table("ma_xa", |i| format!("3100{i}")));
    for (file, text, words) in [
        ("a.json", r#"{"type": "Topology", "arcs": [], "objects": {}}"#, "TopoJSON"),
        ("b.json", r#"{"geometryType": "esriGeometryPolygon", "features": []}"#, "Esri JSON"),
    ] {
        bench.write(file, text);
        let ran = bench.run(&["new", "P", file, "t.csv", "--lang", "en"]);
        assert!(ran.code == 2 && ran.stderr.contains(words) && ran.stderr.contains("GeoJSON"), "{}", ran.stderr);
    }
    // One file a commune.
    let files: Vec<String> = (0..5)
        .map(|i| {
            let west = 105.0 + 0.1 * f64::from(i);
            let name = format!("{i}.geojson");
            bench.write(&name, collection(&[feature(&format!("\"code\":\"3100{i}\""), &square(west, 10.0, west + 0.1, 10.1))]));
            name
        })
        .collect();
    let mut arguments = vec!["new", "Q"];
    arguments.extend(files.iter().map(String::as_str));
    arguments.extend(["t.csv", "--lang", "en"]);
    let ran = bench.run(&arguments);
    assert!(ran.code == 0 && bench.read("Q/ruong.toml").contains("file = \"../*.geojson\""), "{}", ran.stderr);
    let ran = bench.run(&["build", "Q", "--only", "tables"]);
    assert!(ran.code == 0 && bench.read("Q/out/tables/communes.csv").lines().count() == 6, "{}", ran.stderr);
    // The outline of the province beside its communes.
    bench.write("xa.geojson", communes(|i| format!("\"code\":\"3100{i}\",\"name\":\"{}\"", NAMES[i])));
    bench.write("tinh.geojson", collection(&[feature("\"code\":\"82\",\"name\":\"Tỉnh\"", &square(105.0, 10.0, 105.5, 10.1))]));
    let ran = bench.run(&["new", "R", "tinh.geojson", "xa.geojson", "t.csv", "--lang", "en"]);
    let text = bench.read("R/ruong.toml");
    assert!(ran.code == 0 && text.contains("[communes]\nfile = \"../xa.geojson\""), "{}", ran.stderr);
    assert!(text.contains("kind = \"locator\"\nfile = \"../tinh.geojson\""), "{text}");
}

#[test]
fn rows_without_a_key_are_counted_and_the_first_is_shown() {
    let bench = Bench::new();
    bench.write("c.geojson", common::two_communes()).write("t.csv", "code,ha\n00412,5\n,7\n,9\n");
    bench.write(
        "ruong.toml",
        format!(
            "{}[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nkey = {{ commune = \"code\" }}\n",
            common::COMMUNES_ONLY
        ),
    );
    let ran = bench.run(&["build", ".", "--only", "tables", "--lang", "en"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    let problems = rows(&bench.read("out/problems.csv"));
    let blank: Vec<_> = problems.iter().filter(|row| row["problem"].contains("no code or name")).collect();
    assert_eq!(blank.len(), 1, "{problems:?}");
    assert_eq!((blank[0]["row"].as_str(), blank[0]["problem"].starts_with("2 rows")), ("3", true), "{blank:?}");
}

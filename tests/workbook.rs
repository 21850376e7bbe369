//! The workbook of the tables: colours of the maps, charts that draw its cells.

mod common;

use common::documents::{content, number, rows, sample};
use serde_json::Value;
use std::collections::BTreeMap;

/// Whether a number satisfies `=AND(ISNUMBER($H6),$H6<>0,$H6>=5,$H6<20)`; what is compared is the cell of the rule itself.
fn holds(rule: &str, value: f64) -> bool {
    let inside = rule.trim_start_matches('=').trim_start_matches("AND(").trim_end_matches(')');
    inside.split(',').skip(1).all(|part| {
        let at = part.find(['<', '>', '=']).expect("a comparison");
        let (sign, limit) = part[at..].split_at(
            if part[at..].starts_with("<>") || part[at..].starts_with(">=") || part[at..].starts_with("<=") { 2 } else { 1 },
        );
        let limit = number(limit);
        match sign {
            "<>" => value != limit,
            ">=" => value >= limit,
            "<=" => value <= limit,
            ">" => value > limit,
            "<" => value < limit,
            _ => value == limit,
        }
    })
}

fn column_of(letters: &str) -> usize {
    letters.bytes().fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1) - 1
}

#[test]
fn cells_have_the_colours_that_communes_have_on_the_map() {
    let bench = sample(&["--only", "slides,tables"]);
    let Some(read) = content(&bench.path("out"), "slides.pptx,tables/communes.xlsx") else { return };
    let communes = rows(&bench, "out/tables/communes.csv");
    let slides = read["slides.pptx"]["content"]["slides"].as_array().expect("slides");
    let map = slides.iter().find(|slide| slide["title"].as_str().is_some_and(|title| title.starts_with("906 ha liên kết")));
    let fills: BTreeMap<String, String> = serde_json::from_value(map.expect("the leading map")["fills"].clone()).expect("fills");
    let sheet = &read["tables/communes.xlsx"]["content"]["Theo xã"];
    let heads: Vec<&str> = sheet["rows"][3].as_array().expect("heads").iter().map(|head| head.as_str().unwrap_or("")).collect();
    let at_risk = heads.iter().position(|head| *head == "Diện tích liên kết có nguy cơ").expect("the column of hectares");
    let rules = sheet["rules"].as_object().expect("rules");
    let (place, own) = rules
        .iter()
        .find(|(place, _)| column_of(place.split(|c: char| c.is_ascii_digit()).next().unwrap_or("")) == at_risk)
        .expect("rules of the column");
    let rules: Vec<&str> = own.as_array().expect("rules").iter().filter_map(Value::as_str).collect();
    // Hectares stand in the colour of their share, as on the map.
    let by = rules[0]
        .split('$')
        .nth(1)
        .map(|cell| column_of(cell.trim_end_matches(|c: char| !c.is_ascii_uppercase())))
        .expect("a cell");
    assert!(heads[by].starts_with("Tỷ lệ diện tích liên kết có nguy cơ"), "{rules:?}: {}", heads[by]);
    let colours = sheet["colours"][place].as_array().expect("colours");
    for commune in &communes {
        let share = number(&commune["linked_at_risk_share_pct"]);
        let fitting: Vec<usize> = (0..rules.len()).filter(|at| holds(rules[*at], share)).collect();
        assert_eq!(fitting.len(), 1, "one class for {share}: {rules:?}");
        let colour = colours[fitting[0]].as_str().expect("a colour");
        let shape = fills.iter().find(|(alt, _)| alt.starts_with(&format!("{} · ", commune["name"]))).expect("its shape");
        assert_eq!(&colour[2..], shape.1, "{}: {share}", commune["name"]);
    }
    // Earlier periods of a column that says its class itself have the same rules.
    let severity = heads.iter().position(|head| head.starts_with("Mức độ nhiễm trung bình")).expect("severities");
    let places: Vec<usize> = sheet["rules"]
        .as_object()
        .expect("rules")
        .keys()
        .map(|place| column_of(place.split(|c: char| c.is_ascii_digit()).next().unwrap_or("")))
        .collect();
    assert!(places.contains(&severity) && places.contains(&(severity + 1)), "{places:?}");
}

#[test]
fn errors_and_warnings_are_told_apart_where_a_person_should_look_again() {
    use calamine::Reader;
    let bench = common::Bench::new();
    // A code that nobody has is an error; a share above 100 % of the commune's land a warning.
    bench.write("c.geojson", common::two_communes()).write("t.csv", "code,Diện tích (ha)\n00412,5\n99999,7\n00413,900000\n");
    bench.write(
        "ruong.toml",
        format!(
            "{}[[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nkey = {{ commune = \"code\" }}\n",
            common::COMMUNES_ONLY
        ),
    );
    let ran = bench.run(&["build", ".", "--only", "tables", "--quiet"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(bench.path("out/tables/communes.xlsx")).expect("a workbook");
    let sheet = book.worksheet_range("Cần xem lại").expect("the sheet");
    let said: BTreeMap<String, String> = common::rows(&bench.read("out/problems.csv"))
        .into_iter()
        .filter(|row| row["level"] != "info")
        .map(|row| (row["problem"].clone(), if row["level"] == "error" { "lỗi" } else { "chú ý" }.to_owned()))
        .collect();
    let shown: BTreeMap<String, String> = sheet
        .rows()
        .filter_map(|row| {
            let problem = row.iter().map(ToString::to_string).find(|cell| said.contains_key(cell))?;
            Some((problem, row[0].to_string()))
        })
        .collect();
    assert!(said.values().any(|level| level == "lỗi"), "{said:?}");
    assert_eq!(shown, said);
}

//! Charts and tables of slides that can be edited: their numbers are those of the tables and of the sources.

mod common;

use common::documents::{content, findings, number, read, rows};
use common::{Bench, root, run_in};
use serde_json::Value;
use std::collections::BTreeMap;

/// The gallery's charts, those of a kind and the slide of each.
fn gallery(checked: bool) -> Option<(Bench, Vec<Value>)> {
    let bench = Bench::new();
    let out = bench.path("out");
    let arguments =
        ["build", "data/hong-ngu/gallery.toml", "--out", out.to_str().expect("a path"), "--quiet", "--only", "slides,tables"];
    let ran = run_in(&root(), &arguments);
    assert!(ran.code <= 1, "{}", ran.stderr);
    let made = if checked { read(&out, "slides.pptx") } else { content(&out, "slides.pptx") }?;
    assert_eq!(findings(&made), Vec::<String>::new());
    let slides = made["slides.pptx"]["content"]["slides"].as_array().cloned().expect("slides");
    Some((bench, slides))
}

fn charts<'a>(slides: &'a [Value], kind: &str) -> Vec<&'a Value> {
    let of = |slide: &'a Value| slide["charts"].as_array().expect("charts").iter();
    slides.iter().flat_map(of).filter(|chart| chart["kind"].as_str().is_some_and(|own| own.starts_with(kind))).collect()
}

fn numbers(list: &Value) -> Vec<Option<f64>> {
    list.as_array().expect("numbers").iter().map(Value::as_f64).collect()
}

#[test]
fn charts_of_every_kind_hold_the_numbers_of_the_tables() {
    let Some((bench, slides)) = gallery(true) else { return };
    let communes = rows(&bench, "out/tables/communes.csv");
    let of: BTreeMap<&str, &BTreeMap<String, String>> = communes.iter().map(|row| (row["name"].as_str(), row)).collect();

    // Points: infested land across, contracts upwards; the chart and its workbook.
    let points = charts(&slides, "XY_SCATTER");
    let pair = points.iter().find(|chart| chart["book"][0][1] == "Diện tích nhiễm (ha)").expect("infested and contracted land");
    let book = pair["book"].as_array().expect("a workbook");
    assert_eq!(book.len() - 1, communes.len());
    for (line, y) in book[1..].iter().zip(numbers(&pair["series"][0]["values"])) {
        let commune = of[line[0].as_str().expect("a name")];
        assert!((line[1].as_f64().expect("across") - number(&commune["infested_ha"])).abs() < 1e-5, "{line}");
        assert!((line[2].as_f64().expect("upwards") - number(&commune["linked_ha"])).abs() < 1e-5, "{line}");
        assert_eq!(line[2].as_f64(), y);
    }
    // Moran's chart has three lines to read it by, which are no data of the workbook.
    let moran =
        points.iter().find(|chart| chart["series"].as_array().is_some_and(|series| series.len() == 4)).expect("Moran's chart");
    assert!(moran["book"].as_array().expect("a workbook").iter().all(|line| line.as_array().is_some_and(|line| line.len() == 3)));

    // How many communes: the counts of all columns together, and those of each column by the bounds in its name.
    let shares: Vec<f64> = communes
        .iter()
        .filter(|row| !row["infested_share_pct"].is_empty())
        .map(|row| number(&row["infested_share_pct"]))
        .collect();
    let columns = charts(&slides, "COLUMN_CLUSTERED")[0];
    let counts = numbers(&columns["series"][0]["values"]);
    assert_eq!(counts.iter().flatten().sum::<f64>() as usize, shares.len());
    for (name, count) in columns["categories"].as_array().expect("columns").iter().zip(counts) {
        let bounds: Vec<f64> =
            name.as_str().expect("bounds").split(" – ").map(|bound| number(&bound.replace(',', "."))).collect();
        // Bounds are written short, and the values of the sample lie apart from them.
        let within = shares.iter().filter(|share| **share >= bounds[0] - 0.05 && **share < bounds[1] + 0.05).count();
        assert_eq!(Some(within as f64), count, "{name}");
    }

    // Weeks of outbreaks: all of the register, the open ones with what is expected on top.
    let mut register = csv::Reader::from_path(root().join("data/hong-ngu/livestock_outbreaks.csv")).expect("the register");
    let known = register.records().filter(|row| row.as_ref().is_ok_and(|row| &row[2] == "Dịch tả heo châu Phi")).count() as f64;
    let weeks = charts(&slides, "COLUMN_STACKED");
    let curve = weeks.iter().find(|chart| chart["series"].as_array().is_some_and(|series| series.len() == 2)).expect("the curve");
    assert_eq!(numbers(&curve["series"][0]["values"]).iter().flatten().sum::<f64>(), known);
    let more = numbers(&curve["series"][1]["values"]);
    assert!(more.iter().rev().take(1).flatten().all(|more| *more > 0.0) && more[0].is_none(), "{more:?}");

    // Heights are compared from zero.
    for chart in charts(&slides, "LINE").into_iter().chain(charts(&slides, "BAR")).chain(charts(&slides, "AREA")) {
        let least = chart["series"]
            .as_array()
            .expect("series")
            .iter()
            .flat_map(|one| numbers(&one["values"]))
            .flatten()
            .fold(0.0, f64::min);
        assert_eq!(chart["floor"].as_f64(), (least >= 0.0).then_some(0.0), "{chart}");
    }

    // A limit is a line of its own, level over all weeks.
    let limited =
        charts(&slides, "LINE").into_iter().find(|chart| chart["series"].as_array().is_some_and(|list| list.len() == 3));
    let limit = numbers(&limited.expect("lines with a limit")["series"][2]["values"]);
    assert!(limit.iter().all(|value| *value == Some(2000.0)), "{limit:?}");

    // The plan stands beside the result.
    let plans = charts(&slides, "BAR_CLUSTERED").into_iter().find(|chart| chart["series"][1]["name"] == "Kế hoạch = 100 %");
    let plans = plans.expect("plans");
    let reached = numbers(&plans["series"][0]["values"]);
    assert!(
        reached.contains(&Some(180.0)) && reached.iter().flatten().any(|value| (value - 126.6667).abs() < 0.001),
        "{reached:?}"
    );
    assert!(plans["categories"][0].as_str().is_some_and(|name| name.contains("4.500 / 2.500")), "{}", plans["categories"]);
}

#[test]
fn communes_by_weeks_are_a_table_whose_last_column_is_the_reporting_period() {
    let Some((bench, slides)) = gallery(false) else { return };
    let communes = rows(&bench, "out/tables/communes.csv");
    let tables = slides.iter().flat_map(|slide| slide["tables"].as_array().expect("tables").iter());
    let grid = tables.into_iter().find(|table| table[0][0] == "tuần bắt đầu ngày").expect("communes by weeks");
    let lines = grid.as_array().expect("rows");
    assert_eq!(lines.len() - 1, communes.len());
    assert_eq!(lines[0].as_array().and_then(|heads| heads.last()), Some(&Value::from("05/04")));
    for line in &lines[1..] {
        let line = line.as_array().expect("cells");
        let commune = communes.iter().find(|row| line[0] == row["name"].as_str()).expect("a commune");
        let last = number(&line.last().and_then(Value::as_str).expect("a number").replace('.', ""));
        assert!((last - number(&commune["infested_ha"])).abs() <= 0.5 + 1e-6, "{line:?}");
    }
    // Its values are in the notes too.
    let slide =
        slides.iter().find(|slide| slide["tables"].as_array().is_some_and(|list| list.contains(grid))).expect("its slide");
    let notes = slide["notes"].as_str().expect("notes");
    for line in &lines[1..] {
        let cells = line.as_array().expect("cells").iter().zip(lines[0].as_array().expect("heads")).skip(1);
        let said: Vec<String> =
            cells.map(|(cell, head)| format!("{} {}", head.as_str().unwrap_or(""), cell.as_str().unwrap_or(""))).collect();
        let words = format!("{}: {}", line[0].as_str().unwrap_or(""), said.join("; "));
        assert!(notes.contains(&words), "{words} in {notes}");
    }
}

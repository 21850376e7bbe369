//! Every number that slides show, in charts and their workbooks, on maps, in tables and notes, is one of the tables of the run, or follows
//! from its inputs by an account of its own.

mod common;

use common::documents::{content, number, rows, vietnamese};
use common::{Bench, root, run_in};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

type Row = BTreeMap<String, String>;

/// A project of the sample, built; its tables by name.
struct Built {
    bench: Bench,
    tables: BTreeMap<String, Vec<Row>>,
    slides: Vec<Value>,
}

fn built(project: &str) -> Option<Built> {
    let bench = Bench::new();
    let out = bench.path("out");
    let file = format!("data/hong-ngu/{project}");
    let ran =
        run_in(&root(), &["build", &file, "--out", out.to_str().expect("a path"), "--only", "slides,tables,outputs", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let read = content(&out, "slides.pptx")?;
    let mut tables = BTreeMap::new();
    for entry in std::fs::read_dir(out.join("tables")).expect("tables").flatten() {
        let name = entry.file_name().into_string().expect("a name");
        if let Some(stem) = name.strip_suffix(".csv") {
            tables.insert(stem.to_owned(), rows(&bench, &format!("out/tables/{name}")));
        }
    }
    let slides = read["slides.pptx"]["content"]["slides"].as_array().expect("slides").clone();
    Some(Built { bench, tables, slides })
}

fn input(name: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(root().join("data/hong-ngu").join(name)).expect("an input");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn numbers_of(row: &Row) -> Vec<f64> {
    row.values().filter_map(|cell| cell.parse().ok()).collect()
}

fn is(row: &Row, words: &str) -> bool {
    row.values().any(|cell| cell.to_lowercase() == words.to_lowercase())
}

/// Whether a number is one of a row, as it was rounded when written.
fn among(list: &[f64], wanted: f64, half: f64) -> bool {
    list.iter().any(|own| (own - wanted).abs() <= half + 1e-9)
}

/// "16/02" of a day such as 2024-02-16.
fn short(day: &str) -> String {
    day.split('-').rev().take(2).collect::<Vec<_>>().join("/")
}

/// A number as it is written in Vietnamese, with half of its last digit; a sign or a unit may stand beside it.
fn written(words: &str) -> Option<(f64, f64)> {
    let digits = words.trim().trim_start_matches('+').split(' ').next()?;
    // A day is no number.
    if digits.contains('/') || !digits.trim_start_matches('−').starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let decimals = digits.split_once(',').map_or(0, |(_, fraction)| fraction.len());
    Some((vietnamese(digits), 0.5 * 10f64.powi(-(decimals as i32))))
}

impl Built {
    fn table(&self, name: &str) -> &[Row] {
        self.tables.get(name).map_or(&[], Vec::as_slice)
    }

    /// Rows of the tables that a name stands in, whole or with what it is of behind a dash.
    fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Row> {
        let begins = |row: &&Row| {
            row.get("name").is_some_and(|own| own.to_lowercase().starts_with(&format!("{} – ", name.to_lowercase())))
        };
        self.tables.values().flatten().filter(move |row| is(row, name) || begins(row))
    }

    /// The values of a series at a category, by what the tables and inputs say.
    fn of_chart(&self, series: &str, category: &str) -> Vec<f64> {
        let series = series.to_lowercase();
        let mut found = Vec::new();
        // Weeks: all pests or one of them, this year or last, by severity.
        let levels = ["nhẹ", "trung bình", "nặng", "mất trắng"];
        let last_year = series == "năm trước";
        let all = last_year || series == "năm nay" || levels.contains(&series.as_str());
        for row in self.table("weeks") {
            // A week is compared with that of 52 weeks before.
            let from: chrono::NaiveDate = row["from"].parse().expect("a day");
            let shown = if last_year { from + chrono::TimeDelta::weeks(52) } else { from };
            let own = row["pest"] == series || (row["pest"].is_empty() && all);
            if own && shown.format("%Y %d/%m").to_string() == format!("2024 {category}") {
                found.extend(numbers_of(row));
            }
        }
        // Readings of a sensor on a day, the last of them.
        let read = input("sensors.csv")
            .into_iter()
            .filter(|row| short(&row["ngay"]) == category && row["ten_tram"].to_lowercase() == series);
        found.extend(read.filter_map(|row| row["gia_tri"].parse::<f64>().ok()));
        // A commune, an enterprise, a measure.
        let name = category.split(" – ").next().unwrap_or(category);
        found.extend(self.named(name).flat_map(numbers_of));
        // A pest over all communes of the period.
        let of_pest = || {
            self.table("pests")
                .iter()
                .filter(|row| row["period"] == "current" && row["pest"].to_lowercase() == name.to_lowercase())
        };
        for column in ["infested_ha", "linked_at_risk_ha", "infested_ha_1", "infested_ha_2", "infested_ha_3", "infested_ha_4"] {
            if of_pest().next().is_some() {
                found.push(of_pest().filter_map(|row| row[column].parse::<f64>().ok()).sum());
            }
        }
        found
    }
}

/// Outbreaks by the Monday of their week, counted in the register that a project reads.
fn outbreaks_by_week(file: &str, day: &str, disease: Option<&str>) -> BTreeMap<String, f64> {
    use chrono::Datelike;
    let mut counts = BTreeMap::new();
    for row in input(file) {
        if disease.is_none_or(|disease| row.values().any(|cell| cell == disease)) {
            let onset: chrono::NaiveDate = row[day].parse().expect("a day");
            let monday = onset - chrono::TimeDelta::days(i64::from(onset.weekday().num_days_from_monday()));
            *counts.entry(monday.format("%d/%m").to_string()).or_insert(0.0) += 1.0;
        }
    }
    counts
}

#[test]
fn charts_and_their_workbooks_show_what_the_tables_say() {
    let mut seen = 0;
    for project in ["ruong.toml", "du-bao.toml", "dich-benh.toml"] {
        let Some(made) = built(project) else { return };
        for slide in &made.slides {
            let title = slide["title"].as_str().unwrap_or_default();
            for chart in slide["charts"].as_array().expect("charts") {
                let categories: Vec<&str> =
                    chart["categories"].as_array().expect("categories").iter().filter_map(Value::as_str).collect();
                let series = chart["series"].as_array().expect("series");
                // The workbook behind the chart has what the chart shows; of points the series behind the first are lines to read them by.
                let points = chart["kind"].as_str().is_some_and(|kind| kind.contains("SCATTER"));
                for (column, one) in series.iter().enumerate().take(if points { 1 } else { series.len() }) {
                    for (at, value) in one["values"].as_array().expect("values").iter().enumerate() {
                        let cell = &chart["book"][at + 1][column + usize::from(points) + 1];
                        assert_eq!(
                            value.as_f64(),
                            cell.as_f64(),
                            "{project}, {title}: {} {}",
                            one["name"],
                            categories.get(at).unwrap_or(&"")
                        );
                    }
                }
                let counted = title.contains("ổ dịch, nhiều nhất tuần");
                let stars = title.contains("hạng sao");
                for one in series {
                    let name = one["name"].as_str().unwrap_or_default();
                    let values: Vec<Option<f64>> = one["values"].as_array().expect("values").iter().map(Value::as_f64).collect();
                    if stars {
                        // Which commune a product stands in is a matter of the map; how many there are is not.
                        let star = if name.contains('4') { "4" } else { "3" };
                        let wanted = input("ocop.csv").iter().filter(|row| row["so_sao"] == star).count() as f64;
                        assert_eq!(values.iter().flatten().sum::<f64>(), wanted, "{title}: {name}");
                        continue;
                    }
                    if counted || points || ["ngưỡng", "Kế hoạch ="].iter().any(|level| name.starts_with(level)) {
                        continue;
                    }
                    for (category, value) in categories.iter().zip(&values) {
                        let Some(value) = value else { continue };
                        let known = made.of_chart(name, category);
                        assert!(among(&known, *value, 1e-6), "{project}, {title}: {name}, {category}: {value} is in no table");
                        seen += 1;
                    }
                }
                if counted {
                    let (file, day, disease) = match project {
                        "dich-benh.toml" => ("livestock_outbreaks.csv", "ngay_khoi_phat", Some("Dịch tả heo châu Phi")),
                        _ => ("outbreaks.csv", "ngay", None),
                    };
                    let weeks = outbreaks_by_week(file, day, disease);
                    for (at, category) in categories.iter().enumerate() {
                        let own = series.iter().filter(|one| !one["name"].as_str().is_some_and(|name| name.contains("ước")));
                        let sum: f64 = own.filter_map(|one| one["values"][at].as_f64()).sum();
                        assert_eq!(sum, weeks.get(*category).copied().unwrap_or(0.0), "{project}, {title}: {category}");
                        seen += 1;
                    }
                }
            }
        }
    }
    assert!(seen > 250, "{seen}");
}

#[test]
fn maps_and_their_notes_have_the_values_of_the_communes() {
    let mut seen = BTreeSet::new();
    let mut count = 0;
    for project in ["ruong.toml", "du-bao.toml", "dich-benh.toml"] {
        let Some(made) = built(project) else { return };
        let communes: BTreeMap<&str, &Row> = made.table("communes").iter().map(|row| (row["code"].as_str(), row)).collect();
        for slide in &made.slides {
            let title = slide["title"].as_str().unwrap_or_default();
            let notes = slide["notes"].as_str().unwrap_or_default();
            let mut sum = 0.0;
            for line in notes.lines() {
                let Some((name, rest)) = line.split_once(" · ") else { continue };
                let Some((code, words)) = rest.split_once(": ") else { continue };
                let Some(commune) = communes.get(code).filter(|row| row["name"] == name) else { continue };
                let Some((value, half)) = written(words) else { continue };
                sum += value;
                // Farms by commune are in no table of this project; their title counts them.
                if title.contains("(R > 1)") {
                    continue;
                }
                let mut known = numbers_of(commune);
                for row in made.table("pests").iter().filter(|row| row["code"] == code && row["period"] == "current") {
                    known.extend(numbers_of(row));
                    if let (Ok(infested), Ok(surveyed)) = (row["infested_ha"].parse::<f64>(), row["surveyed_ha"].parse::<f64>()) {
                        known.push(100.0 * infested / surveyed);
                    }
                }
                assert!(among(&known, value, half), "{project}, {title}: {line}: {known:?}");
                seen.insert(format!("{project} {title}"));
                count += 1;
            }
            let farms = title.strip_suffix(" trại có thể làm dịch lan tiếp (R > 1)").and_then(|head| head.split('/').next());
            assert!(farms.is_none_or(|farms| number(farms) == sum), "{title}: {sum}");
        }
    }
    assert!(seen.len() > 20 && count > 200, "{count} on {seen:?}");
}

#[test]
fn tables_on_slides_repeat_the_tables_of_the_run() {
    let mut count = 0;
    for project in ["ruong.toml", "du-bao.toml", "dich-benh.toml"] {
        let Some(made) = built(project) else { return };
        let list = made.bench.path("list");
        let file = format!("data/hong-ngu/{project}");
        let ran = run_in(&root(), &["worklist", &file, "--out", list.to_str().expect("a path"), "--quiet"]);
        let worklist = if ran.code == 0 { rows(&made.bench, "list/worklist.csv") } else { Vec::new() };
        for slide in &made.slides {
            let title = slide["title"].as_str().unwrap_or_default();
            for table in slide["tables"].as_array().expect("tables") {
                let lines: Vec<Vec<&str>> = table
                    .as_array()
                    .expect("rows")
                    .iter()
                    .map(|row| row.as_array().expect("cells").iter().filter_map(Value::as_str).collect())
                    .collect();
                for line in &lines[1..] {
                    let weekly =
                        lines[0].get(1).is_some_and(|head| made.table("weeks").iter().any(|row| short(&row["from"]) == *head));
                    for (head, cell) in lines[0].iter().zip(line).skip(1) {
                        let Some((value, half)) = written(cell) else { continue };
                        let known: Vec<f64> = if weekly {
                            let own = |row: &&Row| short(&row["from"]) == *head && row["name"] == line[0];
                            made.table("commune_weeks").iter().filter(own).flat_map(numbers_of).collect()
                        } else {
                            let rows = worklist.iter().filter(|row| is(row, line[0]));
                            made.named(line[0]).chain(rows).flat_map(numbers_of).collect()
                        };
                        assert!(among(&known, value, half), "{project}, {title}: {line:?}, {head}: {cell}");
                        count += 1;
                    }
                }
            }
        }
    }
    assert!(count > 200, "{count}");
}

#[test]
fn the_key_figures_are_those_of_the_summary() {
    let mut count = 0;
    for project in ["ruong.toml", "du-bao.toml", "dich-benh.toml"] {
        let Some(made) = built(project) else { return };
        let slide = made.slides.iter().find(|slide| slide["title"] == "Số liệu chính của kỳ").expect("key figures");
        for line in slide["notes"].as_str().expect("notes").lines().take(4) {
            let Some((value, half)) = written(line) else { continue };
            // "906 ha Diện tích liên kết có nguy cơ: kỳ trước 700 (+206,4); năm trước 327 (+579,1)"
            let (head, rest) = line.split_once(": ").expect("a name");
            let name = head.splitn(3, ' ').nth(2).expect("a name").to_lowercase();
            let measure = made.table("summary").iter().find(|row| {
                let own = row["name"].to_lowercase();
                let own = if head.contains('%') { own.strip_prefix("tỷ lệ ").unwrap_or_default() } else { own.as_str() };
                own == name
            });
            let measure = measure.unwrap_or_else(|| panic!("{line}: {:?}", made.table("summary")));
            assert!((value - number(&measure["current"])).abs() <= half + 1e-9, "{line}: {measure:?}");
            for (words, column, change) in [("kỳ trước ", "previous", "change"), ("năm trước ", "last_year", "change_last_year")]
            {
                let Some(part) = rest.split("; ").find_map(|part| part.strip_prefix(words)) else { continue };
                let (then, half) = written(part).expect("a number");
                assert!((then - number(&measure[column])).abs() <= half + 1e-9, "{line}: {measure:?}");
                let inside = part.split_once('(').map(|(_, inside)| inside.trim_end_matches(')')).expect("a change");
                let (gain, half) = written(inside).expect("a number");
                assert!((gain - number(&measure[change])).abs() <= half + 1e-9, "{line}: {measure:?}");
                count += 1;
            }
            count += 1;
        }
    }
    assert!(count >= 12, "{count}");
}

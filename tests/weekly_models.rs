//! Every weekly model forecasts what its equations say, computed elsewhere with numpy for a made-up panel of two pests with gaps, seasons,
//! rain and warmth: `tests/reference/weekly_models.csv`.

mod common;

use common::{Bench, number, root, rows};
use ruong::forecast::weekly::{Fitted, Panel, Series, Week, models};
use std::collections::BTreeMap;

const UNITS: [&str; 4] = ["a", "b", "c", "d"];
const LEARNT_UNTIL: usize = 190;

fn panel() -> Panel {
    let text = std::fs::read_to_string(root().join("tests/reference/weekly_panel.csv")).expect("the panel");
    let table = rows(&text);
    let column = |name: &str| -> Vec<Option<f64>> { table.iter().map(|row| row[name].parse().ok()).collect() };
    let series = UNITS.map(|unit| Series {
        unit: unit.to_owned(),
        pest: if ["a", "b"].contains(&unit) { "rầy nâu" } else { "đạo ôn" }.to_owned(),
        values: column(unit),
        covariates: ["rain", "warm"].iter().map(|what| column(&format!("{what}_{unit}"))).collect(),
        ..Series::default()
    });
    let day = |week: usize| chrono::NaiveDate::from_yo_opt(2020 + week as i32 / 52, 1 + 7 * (week as u32 % 52)).expect("a day");
    let week = |at: usize| Week { from: day(at), year: 2020 + at as i32 / 52, number: at % 52 };
    Panel {
        weeks: (0..table.len()).map(week).collect(),
        series: series.into(),
        covariates: vec!["rain".to_owned(), "warm".to_owned()],
    }
}

#[test]
fn models_forecast_what_their_equations_say() {
    let panel = panel();
    let fitted: BTreeMap<&str, Box<dyn Fitted>> = ["mean", "drift", "ses", "ets", "ar", "ar-weather", "counts"]
        .into_iter()
        .map(|id| (id, models::named(id).expect("a model").fit(&panel, LEARNT_UNTIL)))
        .collect();
    let text = std::fs::read_to_string(root().join("tests/reference/weekly_models.csv")).expect("the forecasts");
    let expected = rows(&text);
    assert_eq!(expected.len(), 7 * 4 * 6 * 4);
    for row in &expected {
        let number = |column: &str| row[column].parse::<usize>().expect("a number");
        let unit = UNITS.iter().position(|unit| *unit == row["unit"]).expect("a unit");
        let found = fitted[row["model"].as_str()].predict(&panel, unit, number("origin"), number("horizon"));
        match (found, row["forecast"].parse::<f64>().ok()) {
            (None, None) => {}
            (Some(found), Some(wanted)) if (found - wanted).abs() <= 1e-6 * wanted.abs().max(1e-2) => {}
            other => panic!("{row:?}: {other:?}"),
        }
    }
}

/// Three short series for which a weaker damping, or a trend that starts elsewhere, would choose other parameters: by plain Python.
#[test]
fn a_damped_trend_is_learnt_from_its_own_errors() {
    let series: [([u32; 10], [f64; 3]); 3] = [
        ([39, 61, 70, 77, 82, 86, 89, 91, 90, 92], [91.335_859_050_428_07, 91.423_988_159_882_81, 91.508_671_238_418_94]),
        ([48, 60, 64, 69, 68, 66, 68, 70, 71, 69], [68.559_363_089_771_96, 68.592_539_124_416_99, 68.624_403_004_015_11]),
        ([8, 0, 0, 0, 0, 0, 0, 2, 1, 1], [1.074_401_164_143_932_2, 1.128_066_108_774_188_8, 1.180_890_136_668_876]),
    ];
    for (values, expected) in series {
        let values = values.iter().map(|value| Some(f64::from(*value))).collect();
        let week = |at: u64| {
            let from = chrono::NaiveDate::from_ymd_opt(2024, 1, 1).expect("a day") + chrono::Days::new(7 * at);
            Week { from, year: 2024, number: at as usize }
        };
        let series = Series { unit: "a".to_owned(), pest: "rầy nâu".to_owned(), values, ..Series::default() };
        let panel = Panel { weeks: (0..10).map(week).collect(), series: vec![series], ..Panel::default() };
        let fitted = models::named("ets").expect("the model").fit(&panel, 10);
        for (horizon, expected) in [1, 2, 4].into_iter().zip(expected) {
            let found = fitted.predict(&panel, 0, 9, horizon).expect("a forecast");
            assert!((found / expected - 1.0).abs() < 1e-9, "{found} for {expected}, {horizon} weeks");
        }
    }
}

/// Every score of the two simplest models over two held-out years, with intervals made of what was off before:
/// `tests/reference/weekly_scores.csv`, by plain Python.
#[test]
fn scores_are_those_of_their_definitions() {
    let bench = Bench::new();
    let panel = panel();
    let mut history = String::from("unit,pest,year,week,value\n");
    for series in &panel.series {
        for (week, value) in panel.weeks.iter().zip(&series.values) {
            if let Some(value) = value {
                history.push_str(&format!("{},{},{},{},{value}\n", series.unit, series.pest, week.year, week.number + 1));
            }
        }
    }
    bench.write("h.csv", history);
    let ran = bench.run(&[
        "forecast",
        "evaluate",
        "--history",
        "h.csv",
        "--models",
        "persistence,mean",
        "--held-out",
        "2",
        "--quiet",
        "--out",
        "s.csv",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = rows(&bench.read("s.csv"));
    let expected = rows(&std::fs::read_to_string(root().join("tests/reference/weekly_scores.csv")).expect("the scores"));
    assert_eq!(expected.len(), 2 * 4 * 2);
    for wanted in &expected {
        let same = |row: &&BTreeMap<String, String>| {
            ["model", "pest", "weeks_ahead"].iter().all(|key| row[*key] == wanted[*key])
                && row["year"] == "*"
                && row["level"] == "*"
        };
        let row = found.iter().find(same).unwrap_or_else(|| panic!("{wanted:?}"));
        for (column, value) in wanted.iter().filter(|(column, _)| !["model", "pest", "weeks_ahead"].contains(&column.as_str())) {
            match value.parse::<f64>() {
                Ok(value) => {
                    let ours = number(row, column);
                    assert!((ours - value).abs() <= 1e-8 * value.abs().max(1e-3), "{column}: {ours} is not {value}\n{wanted:?}");
                }
                Err(_) => assert_eq!(row[column.as_str()], "", "{column}"),
            }
        }
    }
}

/// A history with abbreviations is of the same pests as reports that write them out.
#[test]
fn abbreviated_pests_are_written_out() {
    let bench = Bench::new();
    let weeks = (1..=52).flat_map(|week| ["RN", "ĐOL"].map(|pest| format!("29992,{pest},2023,{week},{}\n", week % 7 + 1)));
    bench.write("h.csv", format!("unit,pest,year,week,value\n{}", weeks.collect::<String>()));
    let ran = bench.run(&["forecast", "weekly", "--history", "h.csv", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("Rầy nâu") && ran.stdout.contains("Đạo ôn lá") && !ran.stdout.contains("RN"), "{}", ran.stdout);
}

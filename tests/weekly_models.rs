//! Every weekly model forecasts what its equations say, computed elsewhere with numpy for a made-up panel of two pests with gaps, seasons,
//! rain and warmth: `tests/reference/weekly_models.csv`.

mod common;

use common::{root, rows};
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

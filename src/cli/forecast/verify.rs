//! `ruong forecast verify`: scores of forecasts that someone already made.

use crate::cli::Outcome;
use crate::cli::give::give_bytes;
use crate::forecast::scores::{self, Chance, Contingency};
use crate::input::{Source, Table, decimal};
use crate::message;
use crate::readers::tables::{self, Form};
use crate::run::{Fault, Place, Problems, Result};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Arguments of `ruong forecast verify`.
#[derive(Debug, clap::Args)]
pub(super) struct VerifyArguments {
    /// Bảng có dự báo và thực tế (table of forecasts and what came)
    #[arg(long)]
    table: PathBuf,
    /// Cột dự báo: xác suất 0–1, hoặc một con số (column of forecasts: probabilities, or numbers)
    #[arg(long)]
    forecast: String,
    /// Cột thực tế: 0/1 khi dự báo là xác suất (column of what came)
    #[arg(long)]
    actual: String,
    /// Dự báo là xác suất; "có" từ ngưỡng này (forecasts are probabilities; yes from this one on)
    #[arg(long, value_parser = crate::cli::inputs::finite)]
    threshold: Option<f64>,
    /// Dự báo là con số; "có" từ giá trị này (forecasts are numbers; an event from this value on)
    #[arg(long, conflicts_with = "threshold", value_parser = crate::cli::inputs::finite, allow_negative_numbers = true)]
    bound: Option<f64>,
    /// Tệp JSON kết quả; không có thì in ra (JSON to write; printed without it)
    #[arg(long)]
    out: Option<PathBuf>,
}

pub(super) fn run(arguments: &VerifyArguments, problems: &mut Problems) -> Result<Outcome> {
    let source = Source::at(&arguments.table);
    let table = tables::read(&source, &Form::default(), problems)?;
    let pairs = pairs(arguments, &table, problems)?;
    if arguments.threshold.is_some_and(|threshold| !(0.0..=1.0).contains(&threshold)) {
        return Err(Fault::new("usage", Place::default().column("--threshold"), message!("phải từ 0 đến 1", "must be 0 to 1")));
    }
    let answer = match arguments.threshold {
        Some(threshold) => probabilities(&chances(&pairs, &table)?, threshold),
        None => numbers(&pairs, arguments.bound),
    };
    let text = serde_json::to_string_pretty(&answer).unwrap_or_default();
    give_bytes(arguments.out.as_deref(), text.as_bytes())?;
    Ok(Outcome::Complete)
}

/// Forecast and actual of the rows that have both.
fn pairs(arguments: &VerifyArguments, table: &Table, problems: &mut Problems) -> Result<Vec<(f64, f64)>> {
    let names = [arguments.forecast.as_str(), arguments.actual.as_str()];
    let (forecast, actual) = (table.require(names[0])?, table.require(names[1])?);
    let sign = decimal::of_columns(table, &names, None)?;
    let number = |column: &crate::input::Column, row: usize| column.text(row).and_then(|text| decimal::parse(text, sign));
    let mut found = Vec::new();
    let mut left_out = 0;
    for row in 0..table.rows {
        match (number(forecast, row), number(actual, row)) {
            (Some(forecast), Some(actual)) => found.push((forecast, actual)),
            _ => left_out += 1,
        }
    }
    if left_out > 0 {
        let message = message!(
            "{left_out} dòng thiếu dự báo hoặc thực tế, không tính",
            "{left_out} rows lack the forecast or the observed value and do not count"
        );
        problems.warning("no-pair", Place::file(&table.file), message, None);
    }
    if found.is_empty() {
        let message = message!("không dòng nào có cả dự báo và thực tế", "no row has both a forecast and what came");
        return Err(Fault::new("no-rows", Place::file(&table.file), message));
    }
    Ok(found)
}

fn chances(pairs: &[(f64, f64)], table: &Table) -> Result<Vec<Chance>> {
    let of = |&(p, y): &(f64, f64)| ((0.0..=1.0).contains(&p) && (y == 0.0 || y == 1.0)).then_some((p, y == 1.0));
    pairs
        .iter()
        .map(|pair| {
            of(pair).ok_or_else(|| {
                let place = Place::file(&table.file).value(format!("{}, {}", pair.0, pair.1));
                let message = message!(
                    "xác suất phải từ 0 đến 1 và thực tế là 0 hoặc 1",
                    "a probability is 0 to 1, and what came is 0 or 1"
                );
                Fault::new("bad-probability", place, message)
            })
        })
        .collect()
}

fn of_table(table: &Contingency) -> Value {
    json!({
        "hits": table.hits, "false_alarms": table.false_alarms, "misses": table.misses,
        "correct_negatives": table.correct_negatives, "POD": table.pod(), "FAR": table.far(), "POFD": table.pofd(),
        "CSI": table.csi(), "bias": table.bias(), "ETS": table.ets(), "HSS": table.hss(), "HK": table.hk(),
        "LR_plus": table.lr_plus(), "MCC": table.mcc(), "F1": table.f1(),
    })
}

fn probabilities(chances: &[Chance], threshold: f64) -> Value {
    let table = Contingency::of(chances.iter().map(|&(p, y)| (p >= threshold, y)));
    let climatology = chances.iter().filter(|(_, y)| *y).count() as f64 / chances.len() as f64;
    let brier = scores::brier(chances);
    let murphy = scores::murphy(chances);
    let uncertainty = murphy.map(|parts| parts.uncertainty).filter(|uncertainty| *uncertainty > 0.0);
    let roc: Vec<Value> = scores::roc(chances)
        .iter()
        .map(|point| json!({ "threshold": point.threshold, "fpr": point.pofd, "tpr": point.pod }))
        .collect();
    json!({
        "n": chances.len(), "climatology": climatology, "brier": brier,
        "brier_skill_score": brier.zip(uncertainty).map(|(brier, uncertainty)| 1.0 - brier / uncertainty),
        "reliability": murphy.map(|parts| parts.reliability), "resolution": murphy.map(|parts| parts.resolution),
        "uncertainty": murphy.map(|parts| parts.uncertainty), "auc": scores::auc(chances),
        "average_precision": scores::average_precision(chances), "log_loss": scores::log_loss(chances), "roc": roc,
        "threshold": threshold, "contingency": of_table(&table),
    })
}

fn numbers(pairs: &[(f64, f64)], bound: Option<f64>) -> Value {
    let errors = scores::errors(pairs);
    let table = bound.map(|bound| Contingency::of(pairs.iter().map(|&(forecast, actual)| (forecast >= bound, actual >= bound))));
    json!({
        "n": pairs.len(), "mae": errors.map(|errors| errors.mae), "rmse": errors.map(|errors| errors.rmse),
        "me": errors.map(|errors| errors.me), "bound": bound, "contingency": table.as_ref().map(of_table),
    })
}

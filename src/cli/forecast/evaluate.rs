//! `ruong forecast evaluate`: how good each model would have been in years it had not seen.

use super::history::HistoryArguments;
use crate::cli::Outcome;
use crate::cli::frame::Frame;
use crate::cli::give::{cell, give, record, writer};
use crate::forecast::weekly::FURTHEST;
use crate::forecast::weekly::evaluate::Rolled;
use crate::forecast::weekly::verification::{Score, Slice, Verification};
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Arguments of `ruong forecast evaluate`.
#[derive(Debug, clap::Args)]
pub(super) struct EvaluateArguments {
    #[command(flatten)]
    pub(super) history: HistoryArguments,
    /// Từ giá trị này là "có dịch"; mặc định: ba phần tư số tuần nằm dưới (a week is a warning from this value on)
    #[arg(long, value_parser = crate::cli::inputs::finite)]
    bound: Option<f64>,
    /// Ghi từng dự báo vào CSV (writes every single forecast)
    #[arg(long)]
    pairs: Option<PathBuf>,
}

pub(super) fn run(arguments: &EvaluateArguments, frame: Frame, problems: &mut Problems) -> Result<Outcome> {
    let (own, lang) = (&arguments.history, frame.lang());
    let panel = own.panel(problems)?;
    let models = own.models(&panel)?;
    let (scored, years) = own.years(&panel);
    if scored.is_empty() {
        let count = panel.years().len();
        return Err(Fault::new(
            "too-few-years",
            Place::file(own.file()).value(count.to_string()),
            message!(
                "cần ít nhất hai năm số liệu để kiểm tra, đang có {count}",
                "at least two years are needed to evaluate, there are {count}"
            ),
        ));
    }
    let mut progress = crate::console::terminal::progress(lang, frame.quiet);
    let rolled = own.roll(&panel, &models, &years, &mut progress);
    if rolled.iter().all(|one| one.pairs.is_empty()) {
        let message = message!(
            "không tuần nào dự báo lại được: số liệu quá ngắn hoặc quá thưa",
            "no week could be forecast again: the history is too short or too sparse"
        );
        return Err(Fault::new("too-few-years", Place::file(own.file()), message));
    }
    progress.stage("score", 1, &message!("chấm điểm", "scoring"));
    if arguments.bound.is_some_and(|bound| !bound.is_finite()) {
        return Err(Fault::new("usage", Place::default().column("--bound"), message!("phải là một số", "must be a number")));
    }
    let bound = |pest: &str| arguments.bound.unwrap_or_else(|| Verification::usual_bound(&panel, pest, &scored));
    let bounds: BTreeMap<String, f64> = panel.pests().into_iter().map(|pest| (pest.to_owned(), bound(pest))).collect();
    let verification = Verification::new(&panel, &scored, &rolled, bounds);
    let mut pests: Vec<Option<String>> = verification.pests().iter().cloned().map(Some).collect();
    if pests.len() > 1 {
        pests.push(None);
    }
    let mut writer = writer();
    record(&mut writer, HEADINGS.map(str::to_owned));
    for pest in &pests {
        let mut slices: Vec<(Option<i32>, Option<bool>)> = vec![(None, None), (None, Some(false)), (None, Some(true))];
        slices.extend(scored.iter().map(|&year| (Some(year), None)));
        for (year, level) in slices {
            for horizon in 1..=FURTHEST {
                let slice = Slice { pest: pest.clone(), horizon, year, level };
                for score in verification.scores(&slice) {
                    let bound = pest.as_ref().and_then(|pest| verification.bounds.get(pest)).copied();
                    record(&mut writer, row(&score, bound));
                }
            }
        }
    }
    progress.finish();
    if let Some(path) = &arguments.pairs {
        give(Some(path), pairs(&verification, &rolled))?;
    }
    give(own.out.as_deref(), writer)?;
    Ok(Outcome::Complete)
}

const HEADINGS: [&str; 35] = [
    "model",
    "pest",
    "weeks_ahead",
    "year",
    "level",
    "n",
    "mae",
    "rmse",
    "me",
    "mase",
    "mase_left_out",
    "skill",
    "dm",
    "dm_p",
    "crps",
    "pinball_10",
    "pinball_50",
    "pinball_90",
    "coverage_80",
    "bound",
    "hits",
    "false_alarms",
    "misses",
    "correct_negatives",
    "pod",
    "far",
    "csi",
    "hss",
    "brier",
    "reliability",
    "resolution",
    "uncertainty",
    "auc",
    "pofd",
    "bias",
];

fn row(score: &Score, bound: Option<f64>) -> Vec<String> {
    let Score { slice, errors, contingency, .. } = score;
    let pinball = |at: usize| cell(score.pinball.map(|pinball| pinball[at]));
    let murphy = score.brier.map(|(_, murphy)| murphy);
    // What is not defined says so: an empty cell could be a slip.
    let defined = |value: Option<f64>| value.map_or("n/a".to_owned(), |value| value.to_string());
    vec![
        score.model.to_owned(),
        slice.pest.clone().unwrap_or_else(|| "*".to_owned()),
        slice.horizon.to_string(),
        slice.year.map_or("*".to_owned(), |year| year.to_string()),
        slice.level.map_or("*", |level| if level { "at-or-above" } else { "below" }).to_owned(),
        errors.n.to_string(),
        errors.mae.to_string(),
        errors.rmse.to_string(),
        errors.me.to_string(),
        cell(score.mase),
        score.unscaled.to_string(),
        cell(score.skill),
        cell(score.dm.map(|dm| dm.0)),
        cell(score.dm.map(|dm| (1e12 * dm.1).round() / 1e12)),
        cell(score.crps),
        pinball(0),
        pinball(1),
        pinball(2),
        cell(score.coverage),
        cell(bound),
        contingency.hits.to_string(),
        contingency.false_alarms.to_string(),
        contingency.misses.to_string(),
        contingency.correct_negatives.to_string(),
        defined(contingency.pod()),
        defined(contingency.far()),
        defined(contingency.csi()),
        defined(contingency.hss()),
        defined(score.brier.map(|(brier, _)| brier)),
        defined(murphy.map(|parts| parts.reliability)),
        defined(murphy.map(|parts| parts.resolution)),
        defined(murphy.map(|parts| parts.uncertainty)),
        defined(score.auc),
        defined(contingency.pofd()),
        defined(contingency.bias()),
    ]
}

fn pairs(verification: &Verification, rolled: &[Rolled]) -> csv::Writer<Vec<u8>> {
    let mut writer = writer();
    record(&mut writer, ["model", "unit", "pest", "week", "weeks_ahead", "forecast", "actual"].map(str::to_owned));
    for one in rolled {
        for pair in &one.pairs {
            let (series, week) = (&verification.panel().series[pair.series], verification.panel().weeks[pair.target]);
            record(
                &mut writer,
                [
                    one.model.to_owned(),
                    series.unit.clone(),
                    series.pest.clone(),
                    week.from.to_string(),
                    pair.horizon.to_string(),
                    pair.forecast.to_string(),
                    pair.actual.to_string(),
                ],
            );
        }
    }
    writer
}

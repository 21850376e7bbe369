//! What is known at an origin: the numbers that trained models forecast from.

use super::models::Fitted;
use super::panel::{Panel, Series};
use super::{FURTHEST, YEAR};
use rayon::prelude::*;
use std::f64::consts::TAU;

/// One example: what was known, and what came, as log(1 + value).
#[derive(Debug, Clone)]
pub struct Row {
    /// Known numbers; NaN where missing
    pub features: Vec<f64>,
    /// What came
    pub target: f64,
}

/// Lags of the series, weeks before the origin.
const LAGS: usize = 6;
/// Weeks of weather up to the origin whose mean counts.
const WEATHER: usize = 4;

/// log(1 + value) of a week, NaN where missing.
fn log(value: Option<f64>) -> f64 {
    value.map_or(f64::NAN, f64::ln_1p)
}

/// Mean of the numbers that are there.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.filter(|value| !value.is_nan()).fold((0.0, 0.0), |(sum, n), value| (sum + value, n + 1.0));
    if count == 0.0 { f64::NAN } else { sum / count }
}

/// Lags, running means, last year, season, and the mean weather of the last four weeks; NaN where missing. The weather of weeks
/// after the origin is not known.
pub fn lagged(panel: &Panel, series: usize, origin: usize, horizon: usize) -> Option<Vec<f64>> {
    let own = &panel.series[series];
    own.at(origin)?;
    let target = origin + horizon;
    let mut found: Vec<f64> = (0..LAGS).map(|lag| log(own.before(origin, lag))).collect();
    found.push(mean((0..4).map(|lag| log(own.before(origin, lag)))));
    found.push(mean((0..8).map(|lag| log(own.before(origin, lag)))));
    found.push(log(own.before(target, YEAR)));
    found.push(usual(own, target).unwrap_or(f64::NAN));
    let turn = TAU * season(panel, target) / YEAR as f64;
    found.extend([turn.sin(), turn.cos()]);
    for covariate in &own.covariates {
        found.push(mean(
            (0..WEATHER)
                .map(|lag| origin.checked_sub(lag).and_then(|week| covariate.get(week).copied().flatten()).unwrap_or(f64::NAN)),
        ));
    }
    Some(found)
}

/// Place of the last value among the features of [`seasonal`].
pub const LAST: usize = 0;
/// Place of the usual value of the target's week.
pub const USUAL: usize = 13;

/// Lags, the greatest of eight weeks, last year about the target and its change, the season, and what is usual of the target's
/// week; `None` of the first year, or where the origin or what is usual of it is missing.
///
/// Rounded to six decimals, so that sines that are equal in mathematics are so here.
pub fn seasonal(panel: &Panel, series: usize, origin: usize, horizon: usize) -> Option<Vec<f64>> {
    if origin < YEAR {
        return None;
    }
    let own = &panel.series[series];
    let target = origin + horizon;
    let last = own.at(origin)?.ln_1p();
    let (usual_then, usual_now) = (usual(own, target)?, usual(own, origin)?);
    let mut found = vec![last];
    for lag in 1..LAGS {
        let before = found[lag - 1];
        found.push(own.before(origin, lag).map_or(before, f64::ln_1p));
    }
    found.push((0..8).filter_map(|lag| own.before(origin, lag)).fold(f64::NEG_INFINITY, f64::max).ln_1p());
    let year_before = |week: usize| mean((0..3).map(|step| log(own.before(week + 1, YEAR + step))));
    let or = |mean: f64, usual: f64| if mean.is_nan() { usual } else { mean };
    let then = or(year_before(target), usual_then);
    found.extend([then, then - or(year_before(origin), usual_now)]);
    let turn = TAU * (season(panel, target) + 1.0) / YEAR as f64;
    found.extend([turn.sin(), turn.cos(), (2.0 * turn).sin(), (2.0 * turn).cos(), usual_then]);
    Some(found.into_iter().map(|number| (number * 1e6).round() / 1e6).collect())
}

/// What a year further back weighs less.
const FADING: f64 = 0.85;

/// Mean of log(1 + value) within a week of the same week of all earlier years, the newer ones weighing more.
fn usual(series: &Series, week: usize) -> Option<f64> {
    let (mut sum, mut all) = (0.0, 0.0);
    for years in 1.. {
        let Some(end) = (week + 1).checked_sub(years * YEAR) else { break };
        let weight = FADING.powi(years as i32 - 1);
        for value in (end.saturating_sub(2)..=end).filter_map(|week| series.at(week)) {
            sum += weight * value.ln_1p();
            all += weight;
        }
    }
    (all > 0.0).then(|| sum / all)
}

/// Place of a week in its year, also of weeks after the panel.
fn season(panel: &Panel, week: usize) -> f64 {
    match panel.weeks.get(week) {
        Some(week) => week.number as f64,
        None => panel.weeks.last().map_or(0.0, |last| ((last.number + week + 1 - panel.weeks.len()) % YEAR) as f64),
    }
}

/// Something that learnt from rows.
pub trait Learnt: Sync + Send {
    /// log(1 + value) from features.
    fn predict(&self, features: &[f64]) -> f64;
}

/// What is known of a series at an origin of the value some weeks later; `None` where it cannot say.
pub type Features = fn(&Panel, usize, usize, usize) -> Option<Vec<f64>>;

/// A learner for each pest and horizon, from examples of all units of the pest.
pub struct Direct {
    features: Features,
    pests: Vec<String>,
    /// By pest, then horizon; `None` without examples
    learnt: Vec<Vec<Option<Box<dyn Learnt>>>>,
}

/// More examples than this are thinned, evenly: trees hardly gain from them.
const MOST_ROWS: usize = 40_000;

impl Direct {
    /// Learns from targets before week `until`.
    pub fn fit(panel: &Panel, until: usize, features: Features, learn: impl Fn(&[Row]) -> Box<dyn Learnt> + Sync) -> Direct {
        let pests: Vec<String> = panel.pests().into_iter().map(str::to_owned).collect();
        let learnt = pests
            .par_iter()
            .map(|pest| {
                let one = |horizon: usize| {
                    let rows = examples(panel, pest, until, horizon, features);
                    (!rows.is_empty()).then(|| learn(&rows))
                };
                (1..=FURTHEST).into_par_iter().map(one).collect()
            })
            .collect();
        Direct { features, pests, learnt }
    }
}

/// Examples of a pest whose targets lie before week `until`.
fn examples(panel: &Panel, pest: &str, until: usize, horizon: usize, features: Features) -> Vec<Row> {
    let of_pest = (0..panel.series.len()).filter(|&series| panel.series[series].pest == pest);
    let pairs: Vec<(usize, usize, f64)> = of_pest
        .flat_map(|series| (0..until.saturating_sub(horizon)).map(move |origin| (series, origin)))
        .filter_map(|(series, origin)| {
            let own = &panel.series[series];
            own.at(origin)?;
            Some((series, origin, own.at(origin + horizon)?.ln_1p()))
        })
        .collect();
    let step = pairs.len().div_ceil(MOST_ROWS).max(1);
    let row =
        |(series, origin, target): (usize, usize, f64)| Some(Row { features: features(panel, series, origin, horizon)?, target });
    pairs.into_iter().step_by(step).filter_map(row).collect()
}

impl Fitted for Direct {
    fn predict(&self, panel: &Panel, series: usize, origin: usize, horizon: usize) -> Option<f64> {
        let pest = self.pests.iter().position(|pest| *pest == panel.series[series].pest)?;
        let learnt = self.learnt.get(pest)?.get(horizon.checked_sub(1)?)?.as_ref()?;
        Some(learnt.predict(&(self.features)(panel, series, origin, horizon)?).exp_m1().max(0.0))
    }
}

//! Scores of forecasts that were rolled over held-out years, by pest, horizon, year and level.

use super::FURTHEST;
use super::evaluate::{Pair, Rolled};
use super::intervals::Residuals;
use super::models::REFERENCE;
use super::panel::Panel;
use crate::forecast::scores::{self, Chance, Contingency, Errors, Murphy, quantile};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Years before a year whose residuals make its intervals.
const MEMORY: i32 = 5;

/// Which pairs a score is of.
#[derive(Debug, Clone, PartialEq)]
pub struct Slice {
    /// Pest; all of them if absent
    pub pest: Option<String>,
    /// Weeks ahead
    pub horizon: usize,
    /// Year; all held-out years if absent
    pub year: Option<i32>,
    /// Weeks at or above the bound (true), below it, or both
    pub level: Option<bool>,
}

/// All scores of a model on a slice.
#[derive(Debug, Clone)]
pub struct Score {
    /// Model
    pub model: &'static str,
    /// Of which pairs
    pub slice: Slice,
    /// Errors
    pub errors: Errors,
    /// MAE over the mean absolute weekly change before the held-out years, by series; series that never changed are left out
    pub mase: Option<f64>,
    /// Series left out of MASE
    pub unscaled: usize,
    /// 1 − MAE / MAE of persistence
    pub skill: Option<f64>,
    /// Diebold-Mariano statistic against persistence, positive where the model is better, and p of two sides
    pub dm: Option<(f64, f64)>,
    /// CRPS of nineteen futures
    pub crps: Option<f64>,
    /// Pinball loss at 10, 50 and 90 %
    pub pinball: Option<[f64; 3]>,
    /// Share of actual values within the 80 % interval
    pub coverage: Option<f64>,
    /// At or above the bound, forecast and seen
    pub contingency: Contingency,
    /// Brier score of being at or above the bound, and its parts
    pub brier: Option<(f64, Murphy)>,
    /// Area under the ROC curve of the same
    pub auc: Option<f64>,
}

/// What is known of one pair beside its error.
#[derive(Debug, Clone, Copy)]
struct Detail {
    pest: usize,
    year: i32,
    /// At or above the bound: forecast, actual
    warning: (bool, bool),
    /// Of nineteen futures; `None` where too few residuals make none
    futures: Option<Futures>,
}

#[derive(Debug, Clone, Copy)]
struct Futures {
    crps: f64,
    pinball: [f64; 3],
    inside: bool,
    chance: f64,
}

/// What scores are reckoned with.
pub struct Verification<'a> {
    panel: &'a Panel,
    years: &'a [i32],
    /// Pairs of all models; those of years before the scored ones make the intervals of the first
    rolled: &'a [Rolled],
    /// From which value on a week counts as a warning, by pest
    pub bounds: BTreeMap<String, f64>,
    pests: Vec<String>,
    /// Beside each pair, by model
    details: Vec<Vec<Detail>>,
    /// Mean absolute weekly change before the scored years, by series
    scales: Vec<Option<f64>>,
}

impl<'a> Verification<'a> {
    /// Looks at every pair once.
    pub fn new(panel: &'a Panel, years: &'a [i32], rolled: &'a [Rolled], bounds: BTreeMap<String, f64>) -> Verification<'a> {
        let pests: Vec<String> = panel.pests().into_iter().map(str::to_owned).collect();
        let of_series: Vec<usize> =
            panel.series.iter().map(|series| pests.iter().position(|pest| *pest == series.pest).unwrap_or(0)).collect();
        let limits: Vec<f64> = pests.iter().map(|pest| bounds.get(pest).copied().unwrap_or(f64::INFINITY)).collect();
        let end = years.first().map_or(0, |&year| panel.span(year).0);
        let scales = panel
            .series
            .iter()
            .map(|series| scores::naive_scale(&series.values[..end.min(series.values.len())], 1).filter(|scale| *scale > 0.0))
            .collect();
        let year = |pair: &Pair| panel.weeks[pair.target].year;
        let detail = |one: &Rolled| {
            let spreads = spreads(one, pests.len(), years, &year, &|pair| of_series[pair.series]);
            one.pairs
                .par_iter()
                .map(|pair| {
                    let (pest, year) = (of_series[pair.series], year(pair));
                    let limit = limits[pest];
                    let residuals = spreads.get(&(pest, pair.horizon, year));
                    Detail {
                        pest,
                        year,
                        warning: (pair.forecast >= limit, pair.actual >= limit),
                        futures: residuals.and_then(|residuals| futures(pair, residuals, limit)),
                    }
                })
                .collect()
        };
        let details = rolled.iter().map(detail).collect();
        Verification { panel, years, rolled, bounds, pests, details, scales }
    }

    /// The bound of a pest where none is given: three quarters of all weeks before the scored years lie below it.
    pub fn usual_bound(panel: &Panel, pest: &str, years: &[i32]) -> f64 {
        let end = years.first().map_or(usize::MAX, |&year| panel.span(year).0);
        let of_pest = panel.series.iter().filter(|series| series.pest == pest);
        let mut seen: Vec<f64> = of_pest.flat_map(|series| series.values.iter().take(end).flatten().copied()).collect();
        seen.sort_by(f64::total_cmp);
        // Of land that is mostly clean, any infestation is the event.
        quantile(&seen, 0.75).unwrap_or(0.0).max(f64::MIN_POSITIVE)
    }

    /// The pairs of a model on a slice, with what is beside them.
    fn on<'b>(&'b self, model: usize, slice: &'b Slice) -> impl Iterator<Item = (&'b Pair, &'b Detail)> {
        let pest = slice.pest.as_ref().map(|wanted| self.pests.iter().position(|pest| pest == wanted));
        self.rolled[model].pairs.iter().zip(&self.details[model]).filter(move |(pair, detail)| {
            slice.horizon == pair.horizon
                && pest.is_none_or(|pest| pest == Some(detail.pest))
                && slice.year.map_or_else(|| self.years.contains(&detail.year), |year| year == detail.year)
                && slice.level.is_none_or(|level| level == detail.warning.1)
        })
    }

    /// Scores of every model on a slice.
    pub fn scores(&self, slice: &Slice) -> Vec<Score> {
        let yardstick = self.rolled.iter().position(|one| one.model == REFERENCE);
        let theirs: Vec<f64> =
            yardstick.map_or_else(Vec::new, |model| self.on(model, slice).map(|(pair, _)| pair.loss()).collect());
        (0..self.rolled.len()).into_par_iter().filter_map(|model| self.score(model, slice, &theirs)).collect()
    }

    fn score(&self, model: usize, slice: &Slice, theirs: &[f64]) -> Option<Score> {
        let pairs: Vec<(&Pair, &Detail)> = self.on(model, slice).collect();
        let numbers: Vec<(f64, f64)> = pairs.iter().map(|(pair, _)| (pair.forecast, pair.actual)).collect();
        let errors = scores::errors(&numbers)?;
        let (mase, unscaled) = self.mase(&pairs);
        let name = self.rolled[model].model;
        let their_mae = theirs.iter().sum::<f64>() / theirs.len() as f64;
        let (skill, dm) = if name == REFERENCE || theirs.len() != pairs.len() || their_mae <= 0.0 {
            (None, None)
        } else {
            (Some(1.0 - errors.mae / their_mae), diebold_mariano(&pairs, theirs, slice.horizon))
        };
        let futures: Vec<(Futures, bool)> =
            pairs.iter().filter_map(|(_, detail)| Some((detail.futures?, detail.warning.1))).collect();
        let over = |of: &dyn Fn(&Futures) -> f64| -> Option<f64> {
            (!futures.is_empty()).then(|| futures.iter().map(|(futures, _)| of(futures)).sum::<f64>() / futures.len() as f64)
        };
        let pinball = |at: usize| over(&|futures| futures.pinball[at]);
        let chances: Vec<Chance> = futures.iter().map(|(futures, warning)| (futures.chance, *warning)).collect();
        Some(Score {
            model: name,
            slice: slice.clone(),
            errors,
            mase,
            unscaled,
            skill,
            dm,
            crps: over(&|futures| futures.crps),
            pinball: pinball(0).zip(pinball(1)).zip(pinball(2)).map(|((a, b), c)| [a, b, c]),
            coverage: over(&|futures| f64::from(u8::from(futures.inside))),
            contingency: Contingency::of(pairs.iter().map(|(_, detail)| detail.warning)),
            brier: scores::brier(&chances).zip(scores::murphy(&chances)),
            auc: scores::auc(&chances),
        })
    }

    fn mase(&self, pairs: &[(&Pair, &Detail)]) -> (Option<f64>, usize) {
        let (mut scaled, mut count) = (0.0, 0.0);
        let mut left_out: Vec<usize> = Vec::new();
        for (pair, _) in pairs {
            match self.scales[pair.series] {
                Some(scale) => (scaled, count) = (scaled + pair.loss() / scale, count + 1.0),
                None => left_out.push(pair.series),
            }
        }
        left_out.sort_unstable();
        left_out.dedup();
        ((count > 0.0).then(|| scaled / count), left_out.len())
    }

    /// Pests in order of name.
    pub fn pests(&self) -> &[String] {
        &self.pests
    }

    /// The panel.
    pub fn panel(&self) -> &Panel {
        self.panel
    }
}

/// Diebold-Mariano over weeks: where several units are forecast for one week, their mean gain is one observation, for neighbours
/// share their weather.
fn diebold_mariano(pairs: &[(&Pair, &Detail)], theirs: &[f64], horizon: usize) -> Option<(f64, f64)> {
    let mut weeks: BTreeMap<usize, (f64, f64, f64)> = BTreeMap::new();
    for ((pair, _), their) in pairs.iter().zip(theirs) {
        let week = weeks.entry(pair.target).or_default();
        *week = (week.0 + pair.loss(), week.1 + their, week.2 + 1.0);
    }
    let (own, theirs): (Vec<f64>, Vec<f64>) = weeks.values().map(|(a, b, n)| (a / n, b / n)).unzip();
    scores::diebold_mariano(&own, &theirs, horizon)
}

/// What may come, given a forecast and what was off before.
fn futures(pair: &Pair, residuals: &Residuals, limit: f64) -> Option<Futures> {
    let ensemble = residuals.ensemble(pair.forecast)?;
    let quantiles = [residuals.at(pair.forecast, 0.1)?, residuals.at(pair.forecast, 0.5)?, residuals.at(pair.forecast, 0.9)?];
    let loss = |at: usize, q: f64| scores::pinball(q, quantiles[at], pair.actual);
    Some(Futures {
        crps: scores::crps_ensemble(&ensemble, pair.actual)?,
        pinball: [loss(0, 0.1), loss(1, 0.5), loss(2, 0.9)],
        inside: quantiles[0] <= pair.actual && pair.actual <= quantiles[2],
        chance: ensemble.iter().filter(|value| **value >= limit).count() as f64 / ensemble.len() as f64,
    })
}

/// What was off in the years before each scored year, by pest, horizon and year.
fn spreads(
    rolled: &Rolled,
    pests: usize,
    years: &[i32],
    year_of: &dyn Fn(&Pair) -> i32,
    pest_of: &dyn Fn(&Pair) -> usize,
) -> BTreeMap<(usize, usize, i32), Residuals> {
    let mut groups: BTreeMap<(usize, usize), Vec<&Pair>> = BTreeMap::new();
    for pair in &rolled.pairs {
        groups.entry((pest_of(pair), pair.horizon)).or_default().push(pair);
    }
    let mut found = BTreeMap::new();
    for pest in 0..pests {
        for horizon in 1..=FURTHEST {
            let Some(of_pest) = groups.get(&(pest, horizon)) else { continue };
            for &year in years {
                let before = of_pest.iter().copied().filter(|pair| (year - MEMORY..year).contains(&year_of(pair)));
                found.insert((pest, horizon, year), Residuals::new(before));
            }
        }
    }
    found
}

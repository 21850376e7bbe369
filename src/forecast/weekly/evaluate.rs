//! Rolling origin: every week of held-out years is forecast as it would have been, and scored.

use super::FURTHEST;
use super::models::{Model, YARDSTICK};
use super::panel::Panel;
use crate::forecast::scores::{self, Chance, Contingency, Errors, Murphy, quantile};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// One forecast with what came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Series
    pub series: usize,
    /// Week that was forecast
    pub target: usize,
    /// Weeks ahead
    pub horizon: usize,
    /// Forecast
    pub forecast: f64,
    /// What came
    pub actual: f64,
}

/// The held-out pairs of one model.
#[derive(Debug, Clone)]
pub struct Rolled {
    /// Model
    pub model: &'static str,
    /// Its pairs, in order of year, series, week and horizon
    pub pairs: Vec<Pair>,
}

/// Forecasts every week of some years by models that saw only the years before each. A week counts where it and its origin were
/// observed, and where every model could forecast it, so that all are scored on the same weeks.
pub fn roll(panel: &Panel, models: &[Box<dyn Model>], years: &[i32], tick: &(dyn Fn() + Sync)) -> Vec<Rolled> {
    let jobs: Vec<(usize, i32)> = (0..models.len()).flat_map(|model| years.iter().map(move |&year| (model, year))).collect();
    let found: Vec<Vec<Pair>> = jobs
        .par_iter()
        .with_max_len(1)
        .map(|&(model, year)| {
            let (first, end) = panel.span(year);
            let fitted = models[model].fit(panel, first);
            let pairs = (0..panel.series.len())
                .into_par_iter()
                .flat_map_iter(|series| {
                    let own = &panel.series[series];
                    let fitted = &fitted;
                    let weeks = (first..end).filter_map(move |target| Some((target, own.at(target)?)));
                    weeks.flat_map(move |(target, actual)| {
                        (1..=FURTHEST).filter_map(move |horizon| {
                            let origin = target.checked_sub(horizon)?;
                            own.at(origin)?;
                            let forecast = fitted.predict(panel, series, origin, horizon)?;
                            let forecast = own.most.map_or(forecast, |most| forecast.min(most));
                            Some(Pair { series, target, horizon, forecast, actual })
                        })
                    })
                })
                .collect();
            tick();
            pairs
        })
        .collect();
    let mut rolled: Vec<Rolled> = models.iter().map(|model| Rolled { model: model.id(), pairs: Vec::new() }).collect();
    for ((model, _), pairs) in jobs.into_iter().zip(found) {
        rolled[model].pairs.extend(pairs);
    }
    keep_common(&mut rolled);
    rolled
}

fn keep_common(rolled: &mut [Rolled]) {
    let key = |pair: &Pair| (pair.series, pair.target, pair.horizon);
    let mut counts: BTreeMap<(usize, usize, usize), usize> = BTreeMap::new();
    rolled.iter().flat_map(|one| &one.pairs).for_each(|pair| *counts.entry(key(pair)).or_default() += 1);
    let all = rolled.len();
    for one in rolled {
        one.pairs.retain(|pair| counts.get(&key(pair)) == Some(&all));
    }
}

/// What was off, as log(1 + actual) − log(1 + forecast): the stuff that intervals are made of (split conformal prediction,
/// Vovk et al. 2005). Low, middle and high forecasts have their own, for they are off by unlike shares.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Residuals {
    /// log(1 + forecast) at a third and two thirds of the forecasts
    thirds: [f64; 2],
    /// In order of size, by third
    sorted: [Vec<f64>; 3],
}

/// Fewer than this in a third make no interval.
const FEWEST: usize = 9;

impl Residuals {
    /// Of pairs.
    pub fn new<'a>(pairs: impl Iterator<Item = &'a Pair>) -> Residuals {
        let list: Vec<(f64, f64)> =
            pairs.map(|pair| (pair.forecast.ln_1p(), pair.actual.ln_1p() - pair.forecast.ln_1p())).collect();
        let mut levels: Vec<f64> = list.iter().map(|pair| pair.0).collect();
        levels.sort_by(f64::total_cmp);
        let thirds = [1.0 / 3.0, 2.0 / 3.0].map(|q| quantile(&levels, q).unwrap_or(0.0));
        let mut found = Residuals { thirds, ..Residuals::default() };
        for (level, residual) in list {
            let third = found.third(level);
            found.sorted[third].push(residual);
        }
        found.sorted.iter_mut().for_each(|list| list.sort_by(f64::total_cmp));
        found
    }

    fn third(&self, level: f64) -> usize {
        self.thirds.iter().filter(|limit| level > **limit).count()
    }

    /// A quantile of what may come, given a forecast; `None` of too few residuals.
    pub fn at(&self, forecast: f64, q: f64) -> Option<f64> {
        let list = &self.sorted[self.third(forecast.ln_1p())];
        if list.len() < FEWEST {
            return None;
        }
        // Outwards from the middle, so that the interval covers at least what it says.
        let rank = q * (list.len() + 1) as f64;
        let rank = if q < 0.5 { rank.floor() } else { rank.ceil() };
        let residual = list[(rank.max(1.0) as usize).min(list.len()) - 1];
        Some((forecast.ln_1p() + residual).exp_m1().max(0.0))
    }

    /// Nineteen equally likely futures.
    pub fn ensemble(&self, forecast: f64) -> Option<Vec<f64>> {
        (1..20).map(|step| self.at(forecast, f64::from(step) / 20.0)).collect()
    }
}

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

/// What scores are reckoned with.
pub struct Judge<'a> {
    /// Panel
    pub panel: &'a Panel,
    /// Years scored
    pub years: &'a [i32],
    /// Pairs of all models; those of years before the scored ones make the intervals of the first
    pub rolled: &'a [Rolled],
    /// From which value on a week counts as a warning, by pest
    pub bounds: BTreeMap<String, f64>,
}

impl Judge<'_> {
    /// The bound of a pest where none is given: three quarters of all weeks before the scored years lie below it.
    pub fn usual_bound(panel: &Panel, pest: &str, years: &[i32]) -> f64 {
        let end = years.first().map_or(usize::MAX, |&year| panel.span(year).0);
        let of_pest = panel.series.iter().filter(|series| series.pest == pest);
        let mut seen: Vec<f64> = of_pest.flat_map(|series| series.values.iter().take(end).flatten().copied()).collect();
        seen.sort_by(f64::total_cmp);
        // Of land that is mostly clean, any infestation is the event.
        quantile(&seen, 0.75).unwrap_or(0.0).max(f64::MIN_POSITIVE)
    }

    fn year(&self, pair: &Pair) -> i32 {
        self.panel.weeks[pair.target].year
    }

    fn is_warning(&self, pair: &Pair, value: f64) -> bool {
        self.bounds.get(&self.panel.series[pair.series].pest).is_some_and(|bound| value >= *bound)
    }

    fn holds(&self, slice: &Slice, pair: &Pair) -> bool {
        slice.horizon == pair.horizon
            && slice.pest.as_ref().is_none_or(|pest| *pest == self.panel.series[pair.series].pest)
            && match slice.year {
                Some(year) => self.year(pair) == year,
                None => self.years.contains(&self.year(pair)),
            }
            && slice.level.is_none_or(|level| level == self.is_warning(pair, pair.actual))
    }

    /// Scores of every model on a slice.
    pub fn scores(&self, slice: &Slice) -> Vec<Score> {
        let of = |rolled: &Rolled| -> Vec<Pair> { rolled.pairs.iter().filter(|pair| self.holds(slice, pair)).copied().collect() };
        let yardstick = self.rolled.iter().find(|one| one.model == YARDSTICK).map(of).unwrap_or_default();
        self.rolled.par_iter().filter_map(|one| self.score(one, slice, &of(one), &yardstick)).collect()
    }

    fn score(&self, rolled: &Rolled, slice: &Slice, pairs: &[Pair], yardstick: &[Pair]) -> Option<Score> {
        let numbers: Vec<(f64, f64)> = pairs.iter().map(|pair| (pair.forecast, pair.actual)).collect();
        let errors = scores::errors(&numbers)?;
        let losses = |pairs: &[Pair]| -> Vec<f64> { pairs.iter().map(|pair| (pair.forecast - pair.actual).abs()).collect() };
        let (own, theirs) = (losses(pairs), losses(yardstick));
        let mean = |list: &[f64]| list.iter().sum::<f64>() / list.len() as f64;
        let (mase, unscaled) = self.mase(pairs);
        let is_yardstick = rolled.model == YARDSTICK;
        let (skill, dm) = if is_yardstick || theirs.len() != own.len() || mean(&theirs) <= 0.0 {
            (None, None)
        } else {
            (Some(1.0 - mean(&own) / mean(&theirs)), self.diebold_mariano(pairs, &own, &theirs, slice.horizon))
        };
        let spread = self.spreads(rolled);
        let mut futures: Vec<(Pair, Vec<f64>, [f64; 3])> = Vec::new();
        for pair in pairs {
            let key = (self.panel.series[pair.series].pest.clone(), pair.horizon, self.year(pair));
            let Some(residuals) = spread.get(&key) else { continue };
            let quantiles = [0.1, 0.5, 0.9].map(|q| residuals.at(pair.forecast, q).unwrap_or(f64::NAN));
            if let Some(ensemble) = residuals.ensemble(pair.forecast) {
                futures.push((*pair, ensemble, quantiles));
            }
        }
        let over = |of: &dyn Fn(&(Pair, Vec<f64>, [f64; 3])) -> f64| -> Option<f64> {
            (!futures.is_empty()).then(|| futures.iter().map(of).sum::<f64>() / futures.len() as f64)
        };
        let crps = over(&|(pair, ensemble, _)| scores::crps_ensemble(ensemble, pair.actual).unwrap_or(f64::NAN));
        let pinball = |at: usize, q: f64| over(&|(pair, _, quantiles)| scores::pinball(q, quantiles[at], pair.actual));
        let inside = |(pair, _, q): &(Pair, Vec<f64>, [f64; 3])| q[0] <= pair.actual && pair.actual <= q[2];
        let chances: Vec<Chance> = futures
            .iter()
            .map(|(pair, ensemble, _)| {
                let warnings = ensemble.iter().filter(|value| self.is_warning(pair, **value)).count();
                (warnings as f64 / ensemble.len() as f64, self.is_warning(pair, pair.actual))
            })
            .collect();
        Some(Score {
            model: rolled.model,
            slice: slice.clone(),
            errors,
            mase,
            unscaled,
            skill,
            dm,
            crps,
            pinball: pinball(0, 0.1).zip(pinball(1, 0.5)).zip(pinball(2, 0.9)).map(|((a, b), c)| [a, b, c]),
            coverage: over(&|future| f64::from(u8::from(inside(future)))),
            contingency: Contingency::of(
                pairs.iter().map(|pair| (self.is_warning(pair, pair.forecast), self.is_warning(pair, pair.actual))),
            ),
            brier: scores::brier(&chances).zip(scores::murphy(&chances)),
            auc: scores::auc(&chances),
        })
    }

    /// Diebold-Mariano over weeks: where several units are forecast for one week, their mean gain is one observation, for
    /// neighbours share their weather.
    fn diebold_mariano(&self, pairs: &[Pair], own: &[f64], theirs: &[f64], horizon: usize) -> Option<(f64, f64)> {
        let mut weeks: BTreeMap<usize, (f64, f64, f64)> = BTreeMap::new();
        for ((pair, own), their) in pairs.iter().zip(own).zip(theirs) {
            let week = weeks.entry(pair.target).or_default();
            *week = (week.0 + own, week.1 + their, week.2 + 1.0);
        }
        let (own, theirs): (Vec<f64>, Vec<f64>) = weeks.values().map(|(a, b, n)| (a / n, b / n)).unzip();
        scores::diebold_mariano(&own, &theirs, horizon)
    }

    fn mase(&self, pairs: &[Pair]) -> (Option<f64>, usize) {
        let end = self.years.first().map_or(0, |&year| self.panel.span(year).0);
        let mut by_series: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
        for pair in pairs {
            by_series.entry(pair.series).or_default().push((pair.forecast - pair.actual).abs());
        }
        let (mut scaled, mut count, mut left_out) = (0.0, 0.0, 0);
        for (series, errors) in by_series {
            let values = &self.panel.series[series].values;
            match scores::naive_scale(&values[..end.min(values.len())], 1).filter(|scale| *scale > 0.0) {
                Some(scale) => {
                    scaled += errors.iter().sum::<f64>() / scale;
                    count += errors.len() as f64;
                }
                None => left_out += 1,
            }
        }
        ((count > 0.0).then(|| scaled / count), left_out)
    }

    /// What was off in the years before each year, by pest, horizon and year.
    fn spreads(&self, rolled: &Rolled) -> BTreeMap<(String, usize, i32), Residuals> {
        let mut found = BTreeMap::new();
        for pest in self.panel.pests() {
            for horizon in 1..=FURTHEST {
                let of_pest: Vec<&Pair> = rolled
                    .pairs
                    .iter()
                    .filter(|pair| pair.horizon == horizon && self.panel.series[pair.series].pest == pest)
                    .collect();
                for &year in self.years {
                    let before = of_pest.iter().copied().filter(|pair| (year - MEMORY..year).contains(&self.year(pair)));
                    found.insert((pest.to_owned(), horizon, year), Residuals::new(before));
                }
            }
        }
        found
    }
}

/// The last `wanted` years to score, which leave at least a year to learn from, and the years to forecast for that: as many
/// before them again, so that the first scored year has intervals. Both are empty of a history that is too short.
pub fn held_out(panel: &Panel, wanted: usize) -> (Vec<i32>, Vec<i32>) {
    let years = panel.years();
    let scored = wanted.min(years.len().saturating_sub(1));
    let scored = if scored > 1 && scored + 1 >= years.len() { scored - 1 } else { scored };
    let first = years.len() - scored;
    let rolled = first.saturating_sub(wanted).max(1).min(first);
    (years[first..].to_vec(), if scored == 0 { Vec::new() } else { years[rolled..].to_vec() })
}

//! Rolling origin: every week of held-out years is forecast as it would have been.

use super::FURTHEST;
use super::models::Model;
use super::panel::Panel;
use hashbrown::{HashMap, HashSet};
use rayon::prelude::*;

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

impl Pair {
    /// Absolute error.
    pub fn loss(&self) -> f64 {
        (self.forecast - self.actual).abs()
    }
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
            // Targets that lie after the origin of the year's first forecasts are not known to them.
            let fitted = models[model].fit(panel, first.saturating_sub(FURTHEST - 1));
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
                            let forecast = own.upper_bound_at(origin).map_or(forecast, |most| forecast.min(most));
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
    keep_common(panel, &mut rolled);
    rolled
}

/// Keeps the weeks that every model could forecast, of those that could forecast any week of that year and horizon at all: a model
/// that has nothing to learn from yet does not silence the others.
fn keep_common(panel: &Panel, rolled: &mut [Rolled]) {
    let place = |pair: &Pair| (pair.series * panel.weeks.len() + pair.target) * FURTHEST + pair.horizon - 1;
    let group = |pair: &Pair| (panel.series[pair.series].pest.as_str(), panel.weeks[pair.target].year, pair.horizon);
    let mut counts = vec![0u8; panel.series.len() * panel.weeks.len() * FURTHEST];
    let mut able: HashMap<(&str, i32, usize), u8> = HashMap::new();
    for one in rolled.iter() {
        let mut groups: HashSet<(&str, i32, usize)> = HashSet::new();
        for pair in &one.pairs {
            counts[place(pair)] += 1;
            groups.insert(group(pair));
        }
        groups.into_iter().for_each(|group| *able.entry(group).or_default() += 1);
    }
    for one in rolled {
        one.pairs.retain(|pair| able.get(&group(pair)) == Some(&counts[place(pair)]));
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

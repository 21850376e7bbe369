//! Forecasts that need no training: what every model has to beat.

use super::YEAR;
use super::models::{Fitted, Model};
use super::panel::{Panel, Series};

/// The last value.
pub struct Persistence;

/// The value of the crop before as long after its sowing, where sowing is known; else of the same week a year before the target.
pub struct SeasonalNaive;

/// The mean of all values so far.
pub struct Mean;

/// The last value and the mean change so far.
pub struct Drift;

macro_rules! without_training {
    ($model:ty, $id:literal, $predict:expr) => {
        impl Model for $model {
            fn id(&self) -> &'static str {
                $id
            }

            fn fit(&self, _: &Panel, _: usize) -> Box<dyn Fitted> {
                Box::new(Plain($predict))
            }
        }
    };
}

struct Plain(fn(&Series, usize, usize) -> Option<f64>);

impl Fitted for Plain {
    fn predict(&self, panel: &Panel, series: usize, origin: usize, horizon: usize) -> Option<f64> {
        (self.0)(&panel.series[series], origin, horizon)
    }
}

without_training!(Persistence, "persistence", |series, origin, _| series.at(origin));
without_training!(SeasonalNaive, "seasonal-naive", |series, origin, horizon| {
    let same_age = series.same_age(origin + horizon, origin).filter(|&week| week <= origin);
    same_age.and_then(|week| series.at(week)).or_else(|| series.before(origin + horizon, YEAR))
});
without_training!(Mean, "mean", |series, origin, _| {
    let seen: Vec<f64> = series.values[..=origin].iter().flatten().copied().collect();
    (!seen.is_empty()).then(|| seen.iter().sum::<f64>() / seen.len() as f64)
});
without_training!(Drift, "drift", |series, origin, horizon| {
    let last = series.at(origin)?;
    let first = series.values.iter().position(Option::is_some)?;
    let change = if first < origin { (last - series.at(first)?) / (origin - first) as f64 } else { 0.0 };
    Some((last + change * horizon as f64).max(0.0))
});

/// Level after smoothing values in order, from the first of them (which is smoothed in as well); gaps leave it as it is.
pub fn ses_level(values: &[Option<f64>], alpha: f64) -> Option<f64> {
    let mut values = values.iter().flatten();
    let first = *values.next()?;
    Some(values.fold(first, |level, value| level + alpha * (value - level)))
}

/// Level and trend after Holt's linear smoothing with a damped trend: l from the first value, b from the first change.
fn holt(values: &[f64], alpha: f64, beta: f64, damping: f64) -> Option<(f64, f64)> {
    let (&first, &second) = (values.first()?, values.get(1)?);
    let (mut level, mut trend) = (first, second - first);
    for value in values {
        let before = level;
        level = alpha * value + (1.0 - alpha) * (level + damping * trend);
        trend = beta * (level - before) + (1.0 - beta) * damping * trend;
    }
    Some((level, trend))
}

/// Simple exponential smoothing; α as given, or the one of a grid with the least squared one-step error before training ends.
pub struct Ses {
    /// Share of the newest value; chosen by series if absent
    pub alpha: Option<f64>,
}

/// Error-trend smoothing with a damped trend on the log scale, ETS(A,Ad,N); its three weights are chosen by series.
pub struct Ets;

const TENTHS: [f64; 10] = [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95];

impl Model for Ses {
    fn id(&self) -> &'static str {
        "ses"
    }

    fn fit(&self, panel: &Panel, until: usize) -> Box<dyn Fitted> {
        let best = |series: &Series| {
            let seen: Vec<f64> = series.values[..until.min(series.values.len())].iter().flatten().copied().collect();
            let error = |alpha: f64| {
                let mut level = seen.first().copied().unwrap_or(0.0);
                let mut sum = 0.0;
                for value in &seen {
                    sum += (value - level).powi(2);
                    level += alpha * (value - level);
                }
                sum
            };
            (1..=100).map(|hundredth| f64::from(hundredth) / 100.0).min_by(|a, b| error(*a).total_cmp(&error(*b))).unwrap_or(1.0)
        };
        let alphas = panel.series.iter().map(|series| self.alpha.unwrap_or_else(|| best(series))).collect();
        Box::new(SesFitted(alphas))
    }
}

struct SesFitted(Vec<f64>);

impl Fitted for SesFitted {
    fn predict(&self, panel: &Panel, series: usize, origin: usize, _: usize) -> Option<f64> {
        panel.series[series].at(origin)?;
        ses_level(&panel.series[series].values[..=origin], self.0[series])
    }
}

impl Model for Ets {
    fn id(&self) -> &'static str {
        "ets"
    }

    fn fit(&self, panel: &Panel, until: usize) -> Box<dyn Fitted> {
        let logs = |series: &Series| -> Vec<f64> {
            series.values[..until.min(series.values.len())].iter().flatten().map(|value| value.ln_1p()).collect()
        };
        let best = |series: &Series| {
            let seen = logs(series);
            let error = |[alpha, beta, damping]: [f64; 3]| -> f64 {
                let (Some(&first), Some(&second)) = (seen.first(), seen.get(1)) else { return 0.0 };
                let (mut level, mut trend, mut sum) = (first, second - first, 0.0);
                for value in &seen {
                    let expected = level + damping * trend;
                    sum += (value - expected).powi(2);
                    let before = level;
                    level = alpha * value + (1.0 - alpha) * expected;
                    trend = beta * (level - before) + (1.0 - beta) * damping * trend;
                }
                sum
            };
            let mut found = [0.5, 0.05, 0.8];
            let mut least = f64::INFINITY;
            for alpha in TENTHS {
                for beta in [0.0, 0.05, 0.15, 0.3] {
                    for damping in [0.0, 0.6, 0.8, 0.9] {
                        let now = error([alpha, beta, damping]);
                        if now < least {
                            (least, found) = (now, [alpha, beta, damping]);
                        }
                    }
                }
            }
            found
        };
        Box::new(EtsFitted(panel.series.iter().map(best).collect()))
    }
}

struct EtsFitted(Vec<[f64; 3]>);

impl Fitted for EtsFitted {
    fn predict(&self, panel: &Panel, series: usize, origin: usize, horizon: usize) -> Option<f64> {
        let [alpha, beta, damping] = self.0[series];
        panel.series[series].at(origin)?;
        let seen: Vec<f64> = panel.series[series].values[..=origin].iter().flatten().map(|value| value.ln_1p()).collect();
        let (level, trend) = holt(&seen, alpha, beta, damping)?;
        let ahead: f64 = (1..=horizon).map(|step| damping.powi(step as i32)).sum();
        Some((level + ahead * trend).exp_m1().max(0.0))
    }
}

//! How good forecasts were.
//!
//! Definitions as in Jolliffe & Stephenson (eds.) 2012, Forecast Verification, and Hyndman & Koehler 2006 (MASE). What is
//! not defined (no event, no yes, no pair) is `None`, never 0. Accuracy is left out on purpose: where events are rare, never
//! warning is accurate (Finley 1884).

use crate::values::normal::normal_cdf;
use std::f64::consts::PI;

/// Errors of numbers against numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Errors {
    /// Pairs
    pub n: usize,
    /// Mean absolute error
    pub mae: f64,
    /// Root mean square error
    pub rmse: f64,
    /// Mean of actual less forecast
    pub me: f64,
}

/// Errors of (forecast, actual) pairs.
pub fn errors(pairs: &[(f64, f64)]) -> Option<Errors> {
    let mean = |of: &dyn Fn(f64) -> f64| -> f64 {
        pairs.iter().map(|&(forecast, actual)| of(actual - forecast)).sum::<f64>() / pairs.len() as f64
    };
    (!pairs.is_empty()).then(|| Errors {
        n: pairs.len(),
        mae: mean(&f64::abs),
        rmse: mean(&|error| error * error).sqrt(),
        me: mean(&|error| error),
    })
}

/// Mean absolute change from one value to the next that is `lag` later: the scale of MASE.
pub fn naive_scale(values: &[Option<f64>], lag: usize) -> Option<f64> {
    let changes: Vec<f64> =
        values.iter().zip(values.iter().skip(lag)).filter_map(|(then, now)| Some(((*now)? - (*then)?).abs())).collect();
    (!changes.is_empty()).then(|| changes.iter().sum::<f64>() / changes.len() as f64)
}

/// Yes and no, forecast and seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Contingency {
    /// Forecast and seen
    pub hits: u64,
    /// Forecast, not seen
    pub false_alarms: u64,
    /// Seen, not forecast
    pub misses: u64,
    /// Neither
    pub correct_negatives: u64,
}

impl Contingency {
    /// Counts (forecast, seen) pairs.
    pub fn of(pairs: impl IntoIterator<Item = (bool, bool)>) -> Contingency {
        pairs.into_iter().fold(Contingency::default(), |mut table, pair| {
            match pair {
                (true, true) => table.hits += 1,
                (true, false) => table.false_alarms += 1,
                (false, true) => table.misses += 1,
                (false, false) => table.correct_negatives += 1,
            }
            table
        })
    }

    fn parts(&self) -> [f64; 4] {
        [self.hits, self.false_alarms, self.misses, self.correct_negatives].map(|count| count as f64)
    }

    /// Probability of detection, h / (h + m).
    pub fn pod(&self) -> Option<f64> {
        let [h, _, m, _] = self.parts();
        ratio(h, h + m)
    }

    /// False alarm ratio, f / (h + f).
    pub fn far(&self) -> Option<f64> {
        let [h, f, ..] = self.parts();
        ratio(f, h + f)
    }

    /// Probability of false detection, f / (f + c).
    pub fn pofd(&self) -> Option<f64> {
        let [_, f, _, c] = self.parts();
        ratio(f, f + c)
    }

    /// Critical success index, h / (h + f + m).
    pub fn csi(&self) -> Option<f64> {
        let [h, f, m, _] = self.parts();
        ratio(h, h + f + m)
    }

    /// Frequency bias, (h + f) / (h + m).
    pub fn bias(&self) -> Option<f64> {
        let [h, f, m, _] = self.parts();
        ratio(h + f, h + m)
    }

    /// Equitable threat score.
    pub fn ets(&self) -> Option<f64> {
        let [h, f, m, c] = self.parts();
        let by_chance = ratio((h + m) * (h + f), h + f + m + c)?;
        ratio(h - by_chance, h + f + m - by_chance)
    }

    /// Heidke skill score, which is Cohen's kappa.
    pub fn hss(&self) -> Option<f64> {
        let [h, f, m, c] = self.parts();
        ratio(2.0 * (h * c - f * m), (h + m) * (m + c) + (h + f) * (f + c))
    }

    /// Hanssen and Kuipers, Youden's J: POD − POFD.
    pub fn hk(&self) -> Option<f64> {
        Some(self.pod()? - self.pofd()?)
    }

    /// Positive likelihood ratio, POD / POFD.
    pub fn lr_plus(&self) -> Option<f64> {
        ratio(self.pod()?, self.pofd()?)
    }

    /// Matthews correlation.
    pub fn mcc(&self) -> Option<f64> {
        let [h, f, m, c] = self.parts();
        ratio(h * c - f * m, ((h + f) * (h + m) * (c + f) * (c + m)).sqrt())
    }

    /// F1, 2h / (2h + f + m).
    pub fn f1(&self) -> Option<f64> {
        let [h, f, m, _] = self.parts();
        ratio(2.0 * h, 2.0 * h + f + m)
    }
}

fn ratio(of: f64, to: f64) -> Option<f64> {
    (to != 0.0).then(|| of / to)
}

/// A probability and whether the event came.
pub type Chance = (f64, bool);

/// Brier score, mean (p − y)².
pub fn brier(chances: &[Chance]) -> Option<f64> {
    ratio(chances.iter().map(|&(p, y)| (p - f64::from(u8::from(y))).powi(2)).sum(), chances.len() as f64)
}

/// Murphy's parts of the Brier score: it is reliability − resolution + uncertainty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Murphy {
    /// How far frequencies lie from the probabilities stated; small is good
    pub reliability: f64,
    /// How far they lie from the climatology; large is good
    pub resolution: f64,
    /// Variance of the event
    pub uncertainty: f64,
}

/// Murphy's parts over distinct probabilities (exact).
pub fn murphy(chances: &[Chance]) -> Option<Murphy> {
    let n = chances.len() as f64;
    let climatology = ratio(chances.iter().filter(|(_, y)| *y).count() as f64, n)?;
    let mut sorted: Vec<Chance> = chances.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut reliability, mut resolution) = (0.0, 0.0);
    for group in sorted.chunk_by(|a, b| a.0 == b.0) {
        let count = group.len() as f64;
        let frequency = group.iter().filter(|(_, y)| *y).count() as f64 / count;
        reliability += count * (group[0].0 - frequency).powi(2);
        resolution += count * (frequency - climatology).powi(2);
    }
    Some(Murphy { reliability: reliability / n, resolution: resolution / n, uncertainty: climatology * (1.0 - climatology) })
}

/// A point of the ROC curve: yes where p >= threshold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RocPoint {
    /// Threshold; infinite at the first point, where nothing is forecast
    pub threshold: f64,
    /// Probability of false detection
    pub pofd: f64,
    /// Probability of detection
    pub pod: f64,
}

/// Counts of (threshold, hits, false alarms) from the highest probability down, beginning with none.
fn cumulated(chances: &[Chance]) -> Vec<(f64, f64, f64)> {
    let mut sorted: Vec<Chance> = chances.to_vec();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut steps = vec![(f64::INFINITY, 0.0, 0.0)];
    for group in sorted.chunk_by(|a, b| a.0 == b.0) {
        let hits = group.iter().filter(|(_, y)| *y).count() as f64;
        let (_, before, false_before) = steps[steps.len() - 1];
        steps.push((group[0].0, before + hits, false_before + group.len() as f64 - hits));
    }
    steps
}

/// The ROC curve, a point for each distinct probability; empty unless the event both came and stayed away.
pub fn roc(chances: &[Chance]) -> Vec<RocPoint> {
    let steps = cumulated(chances);
    let Some(&(_, events, others)) = steps.last().filter(|last| last.1 > 0.0 && last.2 > 0.0) else { return Vec::new() };
    steps.iter().map(|step| RocPoint { threshold: step.0, pofd: step.2 / others, pod: step.1 / events }).collect()
}

/// Area under the ROC curve.
pub fn auc(chances: &[Chance]) -> Option<f64> {
    let curve = roc(chances);
    let area = |pair: &[RocPoint]| (pair[1].pofd - pair[0].pofd) * (pair[0].pod + pair[1].pod) / 2.0;
    (!curve.is_empty()).then(|| curve.windows(2).map(area).sum())
}

/// Average precision: mean of precision over the steps of recall.
pub fn average_precision(chances: &[Chance]) -> Option<f64> {
    let steps = cumulated(chances);
    let events = steps.last()?.1;
    let gained = steps.windows(2).map(|pair| (pair[1].1 - pair[0].1) * pair[1].1 / (pair[1].1 + pair[1].2)).sum();
    ratio(gained, events)
}

/// Log loss; probabilities are kept an epsilon from 0 and 1.
pub fn log_loss(chances: &[Chance]) -> Option<f64> {
    let of = |&(p, y): &Chance| {
        let p = p.clamp(f64::EPSILON, 1.0 - f64::EPSILON);
        -if y { p.ln() } else { (1.0 - p).ln() }
    };
    ratio(chances.iter().map(of).sum(), chances.len() as f64)
}

/// CRPS of an ensemble, mean |x − y| − ½ mean |x − x'|, the second mean over all m² pairs.
pub fn crps_ensemble(members: &[f64], actual: f64) -> Option<f64> {
    let m = members.len() as f64;
    let mut sorted = members.to_vec();
    sorted.sort_by(f64::total_cmp);
    let apart = sorted.iter().map(|x| (x - actual).abs()).sum::<f64>();
    // Σ |x − x'| over all pairs of a sorted list is 2 Σ (2i − m + 1) x_i.
    let spread = sorted.iter().enumerate().map(|(i, x)| (2.0 * i as f64 - m + 1.0) * x).sum::<f64>();
    ratio(apart - spread / m, m)
}

/// CRPS of a Gaussian.
pub fn crps_gaussian(mu: f64, sigma: f64, actual: f64) -> f64 {
    let z = (actual - mu) / sigma;
    let density = (-z * z / 2.0).exp() / (2.0 * PI).sqrt();
    sigma * (z * (2.0 * normal_cdf(z) - 1.0) + 2.0 * density - 1.0 / PI.sqrt())
}

/// Pinball loss of a quantile.
pub fn pinball(quantile: f64, forecast: f64, actual: f64) -> f64 {
    let over = actual - forecast;
    if over >= 0.0 { quantile * over } else { (quantile - 1.0) * over }
}

/// Diebold & Mariano 1995: the mean of how much less the losses of a forecast are than those of another, over its standard
/// error with Newey-West weights up to `horizon` − 1; positive where the first is better. With the p-value of two sides.
pub fn diebold_mariano(losses: &[f64], of_other: &[f64], horizon: usize) -> Option<(f64, f64)> {
    let gains: Vec<f64> = of_other.iter().zip(losses).map(|(other, own)| other - own).collect();
    let n = gains.len() as f64;
    let mean = ratio(gains.iter().sum(), n)?;
    let covariance =
        |lag: usize| -> f64 { gains.iter().zip(gains.iter().skip(lag)).map(|(a, b)| (a - mean) * (b - mean)).sum::<f64>() / n };
    let weighted: f64 = (1..horizon).map(|lag| 2.0 * (1.0 - lag as f64 / horizon as f64) * covariance(lag)).sum();
    let variance = (covariance(0) + weighted) / n;
    (variance > 0.0).then(|| {
        let statistic = mean / variance.sqrt();
        (statistic, 2.0 * normal_cdf(-statistic.abs()))
    })
}

/// A quantile of a sorted list, by straight lines between its members; `None` of an empty list.
pub fn quantile(sorted: &[f64], q: f64) -> Option<f64> {
    let at = q.clamp(0.0, 1.0) * sorted.len().checked_sub(1)? as f64;
    let (low, high) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    Some(low + (high - low) * at.fract())
}

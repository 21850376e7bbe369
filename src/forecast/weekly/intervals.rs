//! Intervals from what was off before.

use super::evaluate::Pair;
use crate::forecast::scores::quantile;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_reaches_outwards() {
        // Nineteen forecasts of nothing, with residuals of log 1, 2 … 19: all in the lowest third.
        let pair = |actual: f64| Pair { series: 0, target: 0, horizon: 1, forecast: 0.0, actual };
        let pairs: Vec<Pair> = (0..19).map(|number| pair(f64::from(number))).collect();
        let residuals = Residuals::new(pairs.iter());
        // Rank q (n + 1): the 2nd of 19 at a tenth, the 10th at a half, the 18th at nine tenths.
        for (q, known) in [(0.1, 1.0), (0.5, 9.0), (0.9, 17.0)] {
            let found = residuals.at(0.0, q).expect("enough residuals");
            assert!((found - known).abs() < 1e-9, "{q}: {found} is not {known}");
        }
        let ten = Residuals::new(pairs[..10].iter());
        // 0.1 · 11 = 1.1 goes down to the 1st, 0.9 · 11 = 9.9 up to the 10th.
        assert!((ten.at(0.0, 0.1).expect("enough") - 0.0).abs() < 1e-9 && (ten.at(0.0, 0.9).expect("enough") - 9.0).abs() < 1e-9);
        assert_eq!(Residuals::new(pairs[..8].iter()).at(0.0, 0.5), None);
    }
}

//! Linear forecasts: autoregression, with lagged weather, and counts.

use super::features::{self, Direct, Learnt, Row};
use super::models::{Fitted, Model};
use super::panel::{Panel, Series};

/// Autoregression on log(1 + value): without weather AR(2) by least squares with a constant, iterated, by series; with it a
/// ridge regression for each horizon on [`features::lagged`], pooled over units.
pub struct Lagged {
    /// Whether season and weather count
    pub weather: bool,
}

/// Log-linear autoregression of counts (Fokianos & Tjøstheim 2011, J. Multivariate Analysis 102:563) with negative binomial
/// spread, a regression for each horizon on the same numbers.
pub struct Counts;

impl Model for Lagged {
    fn id(&self) -> &'static str {
        if self.weather { "ar-weather" } else { "ar" }
    }

    fn fit(&self, panel: &Panel, until: usize) -> Box<dyn Fitted> {
        if self.weather {
            Box::new(Direct::fit(panel, until, features::lagged, |rows| Box::new(Linear::ridge(rows))))
        } else {
            Box::new(Ar { coefficients: panel.series.iter().map(|series| ar2(series, until)).collect() })
        }
    }
}

impl Model for Counts {
    fn id(&self) -> &'static str {
        "counts"
    }

    fn fit(&self, panel: &Panel, until: usize) -> Box<dyn Fitted> {
        Box::new(Direct::fit(panel, until, features::lagged, |rows| Box::new(Linear::counts(rows))))
    }
}

struct Ar {
    /// Constant and two weights, and the largest log(1 + value) seen
    coefficients: Vec<Option<([f64; 3], f64)>>,
}

/// Fewer weeks than this teach no autoregression.
const FEWEST: usize = 20;

fn ar2(series: &Series, until: usize) -> Option<([f64; 3], f64)> {
    let mut sums = Normal::new(3);
    let (mut count, mut most) = (0, 0.0f64);
    for week in 2..until.min(series.values.len()) {
        let (Some(now), Some(before), Some(first)) = (series.at(week), series.at(week - 1), series.at(week - 2)) else {
            continue;
        };
        sums.add(&[1.0, before.ln_1p(), first.ln_1p()], now.ln_1p(), 1.0);
        (count, most) = (count + 1, most.max(now.ln_1p()));
    }
    let found = sums.solve(1e-9).filter(|_| count >= FEWEST)?;
    Some(([found[0], found[1], found[2]], most))
}

impl Fitted for Ar {
    fn predict(&self, panel: &Panel, series: usize, origin: usize, horizon: usize) -> Option<f64> {
        let ([constant, first, second], most) = self.coefficients[series]?;
        let own = &panel.series[series];
        let (mut now, mut before) = (own.at(origin)?.ln_1p(), own.before(origin, 1)?.ln_1p());
        for _ in 0..horizon {
            (now, before) = ((constant + first * now + second * before).clamp(0.0, most + 1.0), now);
        }
        Some(now.exp_m1().max(0.0))
    }
}

/// Normal equations of weighted least squares.
struct Normal {
    size: usize,
    matrix: Vec<f64>,
    right: Vec<f64>,
}

impl Normal {
    fn new(size: usize) -> Normal {
        Normal { size, matrix: vec![0.0; size * size], right: vec![0.0; size] }
    }

    fn add(&mut self, row: &[f64], target: f64, weight: f64) {
        for (i, a) in row.iter().enumerate() {
            let weighted = weight * a;
            self.right[i] += weighted * target;
            for (j, b) in row.iter().enumerate().take(i + 1) {
                self.matrix[i * self.size + j] += weighted * b;
            }
        }
    }

    /// The coefficients by Cholesky's method, `ridge` added to the diagonal but the first place, which is the constant.
    fn solve(mut self, ridge: f64) -> Option<Vec<f64>> {
        let n = self.size;
        for i in 0..n {
            self.matrix[i * n + i] += if i == 0 { 1e-12 } else { ridge };
        }
        for i in 0..n {
            for j in 0..=i {
                let before: f64 = (0..j).map(|k| self.matrix[i * n + k] * self.matrix[j * n + k]).sum();
                let left = self.matrix[i * n + j] - before;
                self.matrix[i * n + j] = if i == j { (left > 0.0).then(|| left.sqrt())? } else { left / self.matrix[j * n + j] };
            }
        }
        let mut found = self.right.clone();
        for i in 0..n {
            let before: f64 = (0..i).map(|k| self.matrix[i * n + k] * found[k]).sum();
            found[i] = (found[i] - before) / self.matrix[i * n + i];
        }
        for i in (0..n).rev() {
            let after: f64 = (i + 1..n).map(|k| self.matrix[k * n + i] * found[k]).sum();
            found[i] = (found[i] - after) / self.matrix[i * n + i];
        }
        Some(found)
    }
}

/// Weights on standardised features; what is missing counts as the mean.
#[derive(Debug, Clone, Default)]
pub struct Linear {
    means: Vec<f64>,
    scales: Vec<f64>,
    /// The constant first
    weights: Vec<f64>,
    /// Whether the sum is the logarithm of the mean itself rather than log(1 + value)
    counts: bool,
    /// The largest log(1 + value) seen, beyond which counts are not carried
    most: f64,
}

/// Ridge on standardised features, in rows.
const RIDGE: f64 = 3.0;

impl Linear {
    fn standard(rows: &[Row]) -> Linear {
        let width = rows.first().map_or(0, |row| row.features.len());
        let mut linear = Linear { most: rows.iter().map(|row| row.target).fold(0.0, f64::max), ..Linear::default() };
        for feature in 0..width {
            let known: Vec<f64> = rows.iter().map(|row| row.features[feature]).filter(|value| !value.is_nan()).collect();
            let n = known.len().max(1) as f64;
            let mean = known.iter().sum::<f64>() / n;
            let variance = known.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n;
            linear.means.push(mean);
            linear.scales.push(if variance > 0.0 { variance.sqrt() } else { 1.0 });
        }
        linear
    }

    fn row(&self, features: &[f64]) -> Vec<f64> {
        let scaled = features
            .iter()
            .zip(&self.means)
            .zip(&self.scales)
            .map(|((value, mean), scale)| if value.is_nan() { 0.0 } else { (value - mean) / scale });
        std::iter::once(1.0).chain(scaled).collect()
    }

    /// Ridge regression.
    pub fn ridge(rows: &[Row]) -> Linear {
        let mut linear = Linear::standard(rows);
        let mut sums = Normal::new(linear.means.len() + 1);
        rows.iter().for_each(|row| sums.add(&linear.row(&row.features), row.target, 1.0));
        linear.weights = sums.solve(RIDGE).unwrap_or_default();
        linear
    }

    /// Negative binomial regression with a logarithmic link: variance μ + α μ², α from the moments of a first fit.
    pub fn counts(rows: &[Row]) -> Linear {
        let mut linear = Linear { counts: true, ..Linear::standard(rows) };
        let known: Vec<(Vec<f64>, f64)> = rows.iter().map(|row| (linear.row(&row.features), row.target.exp_m1())).collect();
        let first = linear.negative_binomial(&known, 1.0);
        let excess = known.iter().map(|(row, count)| {
            let rate = linear.rate(row, &first);
            ((count - rate).powi(2) - rate) / (rate * rate).max(1e-6)
        });
        let alpha = excess.sum::<f64>() / known.len().max(1) as f64;
        linear.weights = linear.negative_binomial(&known, alpha.clamp(1e-3, 10.0));
        linear
    }

    fn rate(&self, row: &[f64], weights: &[f64]) -> f64 {
        dot(row, weights).clamp(-3.0, self.most).exp()
    }

    /// Weights for a given α, by iteratively reweighted least squares from those of a ridge regression of log(1 + count); half steps
    /// keep counts that span powers of ten from running away.
    fn negative_binomial(&self, known: &[(Vec<f64>, f64)], alpha: f64) -> Vec<f64> {
        let mut sums = Normal::new(self.means.len() + 1);
        known.iter().for_each(|(row, count)| sums.add(row, count.ln_1p(), 1.0));
        let Some(mut weights) = sums.solve(RIDGE) else { return Vec::new() };
        for _ in 0..50 {
            let mut sums = Normal::new(weights.len());
            for (row, count) in known {
                let eta = dot(row, &weights).clamp(-3.0, self.most);
                let rate = eta.exp();
                sums.add(row, eta + ((count - rate) / rate).min(5.0), rate / (1.0 + alpha * rate));
            }
            let Some(next) = sums.solve(RIDGE / alpha) else { break };
            let change = next.iter().zip(&weights).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            weights.iter_mut().zip(&next).for_each(|(old, new)| *old = 0.5 * (*old + new));
            if change < 1e-6 {
                break;
            }
        }
        weights
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

impl Learnt for Linear {
    fn predict(&self, features: &[f64]) -> f64 {
        let sum = dot(&self.row(features), &self.weights);
        if self.counts { sum.clamp(-3.0, self.most).exp().ln_1p() } else { sum.clamp(0.0, self.most + 1.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn least_squares_by_hand() {
        // y = 2 + 3 a − b at four corners, and a fifth point of no weight that would spoil it.
        let mut sums = Normal::new(3);
        for (a, b) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (2.0, 3.0)] {
            sums.add(&[1.0, a, b], 2.0 + 3.0 * a - b, 0.5);
        }
        sums.add(&[1.0, 5.0, 5.0], 1000.0, 0.0);
        let found = sums.solve(0.0).expect("a solution");
        for (found, known) in found.iter().zip([2.0, 3.0, -1.0]) {
            assert!((found - known).abs() < 1e-9, "{found} is not {known}");
        }
        // A ridge of 1 on one centred weight: Σxy / (Σx² + 1) = 2 / 3 of a slope of 1.
        let mut sums = Normal::new(2);
        [(-1.0, -1.0), (1.0, 1.0)].iter().for_each(|(x, y)| sums.add(&[1.0, *x], *y, 1.0));
        assert!((sums.solve(1.0).expect("a solution")[1] - 2.0 / 3.0).abs() < 1e-9);
        assert_eq!(dot(&[1.0, 2.0], &[3.0, 4.0]), 11.0);
    }

    #[test]
    fn an_autoregression_is_found_again_and_not_from_few_weeks() {
        // log(1 + y) = 0.5 + 0.6 · last − 0.3 · before, from two values off its rest.
        let mut logs = vec![2.0, 0.1];
        for week in 2..40 {
            logs.push(0.5 + 0.6 * logs[week - 1] - 0.3 * logs[week - 2]);
        }
        let values = logs.iter().map(|log: &f64| Some(log.exp_m1())).collect();
        let series = Series {
            unit: String::new(),
            pest: String::new(),
            values,
            covariates: Vec::new(),
            upper_bound: Vec::new(),
            sown: Vec::new(),
        };
        let (found, _) = ar2(&series, 40).expect("enough weeks");
        for (found, known) in found.iter().zip([0.5, 0.6, -0.3]) {
            assert!((found - known).abs() < 1e-3, "{found} is not {known}");
        }
        assert!(ar2(&series, FEWEST + 1).is_none() && ar2(&series, FEWEST + 2).is_some());
    }
}

//! The schemes. Each takes ascending values and the number of classes wished for, and gives at most so many bins.

use super::fisher_jenks;
use crate::project::Scheme;

/// Percentiles of the scheme of that name, per cent.
pub const PERCENTILES: [f64; 6] = [1.0, 10.0, 50.0, 90.0, 99.0, 100.0];

/// Inclusive upper limits of classes. `fixed` are the limits of [`Scheme::Fixed`]. Empty for no values.
///
/// Conventions of mapclassify 2.10: duplicate breaks are merged in quantiles and kept in box and percentiles.
pub fn bins(scheme: Scheme, sorted: &[f64], classes: usize, fixed: &[f64]) -> Vec<f64> {
    let (Some(&low), Some(&high)) = (sorted.first(), sorted.last()) else { return Vec::new() };
    let classes = classes.max(1);
    match scheme {
        Scheme::Fixed => {
            let mut bins = fixed.to_vec();
            if bins.last().is_none_or(|last| *last < high) {
                bins.push(high);
            }
            bins
        }
        Scheme::EqualInterval if low < high => {
            let step = (high - low) / classes as f64;
            let mut bins: Vec<f64> = (1..classes).map(|i| low + step * i as f64).collect();
            bins.push(high);
            bins
        }
        Scheme::Quantile => {
            let mut bins: Vec<f64> = (1..=classes).map(|i| percentile(sorted, 100.0 * i as f64 / classes as f64)).collect();
            bins.dedup();
            bins
        }
        Scheme::Pretty => pretty(low, high, classes),
        Scheme::FisherJenks => fisher_jenks(sorted, classes),
        Scheme::HeadTail => head_tail(sorted),
        Scheme::StdDev => {
            let count = sorted.len() as f64;
            let mean = sorted.iter().sum::<f64>() / count;
            let deviation = (sorted.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0)).sqrt();
            let mut bins: Vec<f64> = [-2.0, -1.0, 1.0, 2.0]
                .into_iter()
                .map(|times| mean + times * deviation)
                .filter(|limit| limit.is_finite() && *limit < high)
                .collect();
            bins.push(high);
            bins
        }
        Scheme::Box => {
            let [q1, q2, q3] = [25.0, 50.0, 75.0].map(|percent| percentile(sorted, percent));
            let reach = 1.5 * (q3 - q1);
            let mut bins = vec![q1 - reach, q1, q2, q3, q3 + reach];
            if high > q3 + reach {
                bins.push(high);
            }
            bins
        }
        Scheme::Percentiles => PERCENTILES.iter().map(|percent| percentile(sorted, *percent)).collect(),
        Scheme::MaximumBreaks => maximum_breaks(sorted, classes),
        Scheme::Geometric if low > 0.0 && low < high => {
            let ratio = high / low;
            let mut bins: Vec<f64> = (1..classes).map(|i| low * ratio.powf(i as f64 / classes as f64)).collect();
            bins.push(high);
            bins
        }
        // A geometric progression needs positive values; what is left then is one class.
        Scheme::EqualInterval | Scheme::Geometric => vec![high],
    }
}

/// Linearly interpolated percentile of ascending values (numpy's default).
pub fn percentile(sorted: &[f64], percent: f64) -> f64 {
    let at = (sorted.len() - 1) as f64 * percent / 100.0;
    let (below, above) = (sorted[at.floor() as usize], sorted[(at.ceil() as usize).min(sorted.len() - 1)]);
    below + (above - below) * at.fract()
}

/// Multiples of a round step (1, 2, 2.5 or 5 times a power of ten), the smallest step that needs no more than `classes`.
fn pretty(low: f64, high: f64, classes: usize) -> Vec<f64> {
    if low >= high {
        return vec![high];
    }
    let power = 10f64.powf(((high - low) / classes as f64).log10().floor());
    for step in [1.0, 2.0, 2.5, 5.0, 10.0, 20.0, 25.0, 50.0].map(|step| step * power) {
        let (first, last) = ((low / step).floor() + 1.0, (high / step).ceil());
        if last - first + 1.0 <= classes as f64 {
            return (0..=(last - first).max(0.0) as usize).map(|i| clean((first + i as f64) * step)).collect();
        }
    }
    vec![high]
}

/// Removes the dust of multiplying by a power of ten.
pub fn clean(number: f64) -> f64 {
    format!("{number:.12e}").parse().unwrap_or(number)
}

/// Breaks at the mean, then at the mean of what is above it, and so on (Jiang 2013); the last bin is what is left.
fn head_tail(sorted: &[f64]) -> Vec<f64> {
    let mut bins = Vec::new();
    let mut head = sorted;
    loop {
        let mean = head.iter().sum::<f64>() / head.len() as f64;
        // Rounding can put the mean of equal values a hair beside them.
        let mean = if head.first() == head.last() { head[0] } else { mean };
        bins.push(mean);
        let tail = head.partition_point(|value| *value <= mean);
        if tail == head.len() || tail == 0 {
            break;
        }
        head = &head[tail..];
    }
    bins
}

/// Breaks in the middle of the largest gaps between neighbouring values.
fn maximum_breaks(sorted: &[f64], classes: usize) -> Vec<f64> {
    let mut values = sorted.to_vec();
    values.dedup();
    let mut gaps: Vec<usize> = (1..values.len()).collect();
    // Of equal gaps the later ones are taken, as a sort from small to large leaves them.
    gaps.sort_by(|&a, &b| (values[b] - values[b - 1]).total_cmp(&(values[a] - values[a - 1])).then(b.cmp(&a)));
    gaps.truncate(classes - 1);
    gaps.sort_unstable();
    let mut bins: Vec<f64> = gaps.into_iter().map(|i| (values[i - 1] + values[i]) / 2.0).collect();
    bins.extend(values.last());
    bins
}

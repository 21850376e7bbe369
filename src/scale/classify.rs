//! Class breaks. A break is the lower bound of a class and belongs to it: "5 – dưới 10".

/// Round numbers near equal steps (1, 2, 2.5 or 5 times a power of ten); at most `classes` classes.
pub fn pretty(values: &[f64], classes: usize) -> Vec<f64> {
    let Some((low, high)) = range(values) else { return Vec::new() };
    let rough = (high - low) / classes as f64;
    let power = 10f64.powf(rough.log10().floor());
    let steps = [1.0, 2.0, 2.5, 5.0, 10.0, 20.0, 25.0, 50.0];
    for step in steps.map(|step| step * power) {
        let first = (low / step).floor() + 1.0;
        let count = ((high / step).ceil() - first).max(0.0) as usize;
        if count < classes {
            return (0..count).map(|i| clean((first + i as f64) * step)).filter(|b| *b > low && *b <= high).collect();
        }
    }
    Vec::new()
}

/// Classes of equal width.
pub fn equal_interval(values: &[f64], classes: usize) -> Vec<f64> {
    let Some((low, high)) = range(values) else { return Vec::new() };
    (1..classes).map(|i| low + (high - low) * i as f64 / classes as f64).collect()
}

/// Classes of equal count, by linearly interpolated percentiles; repeated breaks are merged.
pub fn quantile(values: &[f64], classes: usize) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let Some(&low) = sorted.first() else { return Vec::new() };
    let mut breaks: Vec<f64> = (1..classes)
        .map(|i| {
            let at = (sorted.len() - 1) as f64 * i as f64 / classes as f64;
            let below = sorted[at.floor() as usize];
            below + (sorted[at.ceil() as usize] - below) * at.fract()
        })
        .filter(|&b| b > low)
        .collect();
    breaks.dedup();
    breaks
}

/// Lowest and highest finite value, if they differ.
fn range(values: &[f64]) -> Option<(f64, f64)> {
    let finite = || values.iter().copied().filter(|value| value.is_finite());
    let (low, high) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
    (low < high).then_some((low, high))
}

/// Removes the dust of multiplying by a power of ten.
fn clean(number: f64) -> f64 {
    format!("{number:.12e}").parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pretty_breaks_are_round() {
        assert_eq!(pretty(&[0.3, 9.7], 5), [2.0, 4.0, 6.0, 8.0]);
        assert_eq!(pretty(&[120.0, 940.0], 5), [200.0, 400.0, 600.0, 800.0]);
        assert_eq!(pretty(&[0.011, 0.049], 4), [0.02, 0.03, 0.04]);
    }

    #[test]
    fn degenerate_values_give_fewer_classes() {
        assert!(pretty(&[3.0, 3.0, 3.0], 5).is_empty());
        assert!(quantile(&[0.0, 0.0, 0.0, 0.0, 1.0], 4).is_empty());
        assert_eq!(quantile(&[0.0, 0.0, 1.0, 2.0, 3.0], 4), [1.0, 2.0]);
        assert!(equal_interval(&[], 4).is_empty());
    }

    /// By numpy.percentile with linear interpolation.
    #[test]
    fn quantiles_interpolate_linearly() {
        let found = quantile(&[1.0, 2.0, 4.0, 8.0, 16.0, 32.0], 3);
        let expected = [10.0 / 3.0, 32.0 / 3.0];
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12) && found.len() == 2, "{found:?}");
    }
}

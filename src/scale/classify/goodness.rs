//! How well classes fit their values.

/// Counts and fit of a classification.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Goodness {
    /// Values in each class
    pub counts: Vec<usize>,
    /// Sum of squared distances to class means
    pub within: f64,
    /// Goodness of variance fit, 1 − within / total; 1 where all values are equal
    pub gvf: f64,
    /// Sum of absolute distances to class medians
    pub adcm: f64,
}

/// Counts and fit of inclusive upper limits for ascending values. What lies above the last limit is in no class.
pub fn goodness(sorted: &[f64], bins: &[f64]) -> Goodness {
    let mut found = Goodness::default();
    let mut start = 0;
    for bin in bins {
        let end = start.max(sorted.partition_point(|value| value <= bin));
        let class = &sorted[start..end];
        found.counts.push(class.len());
        if !class.is_empty() {
            found.within += squares(class);
            let median = super::breaks::percentile(class, 50.0);
            found.adcm += class.iter().map(|value| (value - median).abs()).sum::<f64>();
        }
        start = end;
    }
    let total = if sorted.is_empty() { 0.0 } else { squares(sorted) };
    found.gvf = if total > 0.0 { 1.0 - found.within / total } else { 1.0 };
    found
}

fn squares(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|value| (value - mean).powi(2)).sum()
}

//! False-discovery rate (Benjamini & Hochberg 1995).

/// Adjusted p-values: the least rate at which each would still be called significant. What has no p keeps none.
pub fn adjusted(p: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut order: Vec<usize> = (0..p.len()).filter(|&i| p[i].is_some()).collect();
    order.sort_by(|&a, &b| p[a].unwrap_or(1.0).total_cmp(&p[b].unwrap_or(1.0)).then(a.cmp(&b)));
    let count = order.len() as f64;
    let mut found = vec![None; p.len()];
    let mut least = 1.0f64;
    for (rank, &i) in order.iter().enumerate().rev() {
        least = least.min(p[i].unwrap_or(1.0) * count / (rank as f64 + 1.0));
        found[i] = Some(least);
    }
    found
}

/// The same of p-values that are each of the nearer tail, though no one tail was chosen beforehand: twice as many lie below
/// a level by chance, so twice each is what is adjusted.
pub fn adjusted_of_nearer_tail(p: &[Option<f64>]) -> Vec<Option<f64>> {
    adjusted(&p.iter().map(|p| p.map(|p| (2.0 * p).min(1.0))).collect::<Vec<_>>())
}

/// How many of so many units lie below a level by chance alone, where p is of the nearer tail.
pub fn by_chance(level: f64, units: usize) -> f64 {
    2.0 * level * units as f64
}

#[cfg(test)]
mod tests {
    use super::adjusted;

    #[test]
    fn the_worked_example_of_benjamini_and_hochberg() {
        let p =
            [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0];
        let found = adjusted(&p.map(Some));
        // At 5 % the four smallest are significant (their section 3).
        assert_eq!(found.iter().filter(|p| p.is_some_and(|p| p <= 0.05)).count(), 4);
        assert!((found[0].unwrap_or(1.0) - 0.0015).abs() < 1e-12);
    }
}

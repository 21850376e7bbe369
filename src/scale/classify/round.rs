//! Round bounds. A bound may move as long as (almost) no value changes its class.

use super::breaks::clean;

/// Share of the values that rounding may move to a neighbouring class.
const MOVED: f64 = 0.02;

/// Lower bounds of the classes above each inclusive upper limit: the next value, so that no value changes its class.
pub fn strictly_above(sorted: &[f64], uppers: &[f64]) -> Vec<f64> {
    uppers.iter().filter_map(|upper| sorted.get(sorted.partition_point(|value| value <= upper))).copied().collect()
}

/// Moves ascending cuts to the roundest numbers near them that leave the classes (almost) as they are. `below` counts the
/// values under a cut, by the closure of the classes.
pub fn rounded(cuts: &[f64], sorted: &[f64], below: impl Fn(f64) -> usize) -> Vec<f64> {
    let (Some(&low), Some(&high)) = (sorted.first(), sorted.last()) else { return cuts.to_vec() };
    let allowed = (sorted.len() as f64 * MOVED) as usize;
    let mut found: Vec<f64> = Vec::with_capacity(cuts.len());
    for (i, &cut) in cuts.iter().enumerate() {
        let floor = found.last().copied().unwrap_or(low);
        let ceiling = cuts.get(i + 1).copied().unwrap_or(high);
        let power = 10f64.powf((high - low).abs().max(f64::MIN_POSITIVE).log10().ceil());
        // What is round for the range already does not move.
        if ((cut / (power / 10.0)).round() - cut / (power / 10.0)).abs() < 1e-9 {
            found.push(cut);
            continue;
        }
        let steps = (0..16).flat_map(|digit| [5.0, 2.0, 1.0].map(|step| step * power / 10f64.powi(digit + 1)));
        let round = steps
            .flat_map(|step| [(cut / step).round(), (cut / step).floor(), (cut / step).ceil()].map(|times| clean(times * step)))
            .find(|round| *round > floor && *round < ceiling && below(*round).abs_diff(below(cut)) <= allowed);
        found.push(round.unwrap_or(cut));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_moves_only_where_no_value_is() {
        let values = [1.2, 3.9, 4.1, 11.7, 12.3, 30.0];
        let below = |cut: f64| values.partition_point(|value| *value < cut);
        assert_eq!(rounded(&[4.1, 11.7, 30.0], &values, below), [4.0, 10.0, 30.0]);
        assert_eq!(strictly_above(&values, &[4.1, 12.3]), [11.7, 30.0]);
    }
}

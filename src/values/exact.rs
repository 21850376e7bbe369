//! Sums that do not depend on the order of what is added: amounts are whole billionths, and binary fractions never meet.

/// Billionths in one.
const NANO: i128 = 1_000_000_000;

/// A sum of amounts, each rounded once to a billionth of its unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exact(i128);

impl Exact {
    /// An amount; anything but a finite number is none.
    pub fn of(amount: f64) -> Exact {
        let nano = (amount * NANO as f64).round();
        // The casts saturate, and turn NaN into 0; the wide one is slow and hardly ever needed.
        Exact(if nano.abs() < 9e18 { i128::from(nano as i64) } else { nano as i128 })
    }

    /// Adds an amount.
    #[inline]
    pub fn add(&mut self, amount: Exact) {
        self.0 = self.0.saturating_add(amount.0);
    }

    /// What is left when an amount is taken away.
    pub fn less(self, amount: Exact) -> Exact {
        Exact(self.0.saturating_sub(amount.0))
    }

    /// Adds an amount times a factor.
    #[inline]
    pub fn add_product(&mut self, amount: Exact, factor: f64) {
        // Each product is rounded once, whatever comes before or after it.
        let nano = (amount.0 as f64 * factor).round();
        self.0 = self.0.saturating_add(if nano.abs() < 9e18 { i128::from(nano as i64) } else { nano as i128 });
    }

    /// The number nearest to the sum.
    pub fn value(self) -> f64 {
        if self.0.unsigned_abs() < 1 << f64::MANTISSA_DIGITS {
            return self.0 as f64 / NANO as f64;
        }
        (self.0 / NANO) as f64 + (self.0 % NANO) as f64 / NANO as f64
    }

    /// Divides an amount in proportion to weights by the method of largest remainders: the parts add up to it exactly.
    pub fn divide(self, weights: &[f64]) -> Vec<Exact> {
        let whole: f64 = weights.iter().sum();
        if weights.is_empty() || whole <= 0.0 {
            return vec![Exact::default(); weights.len()];
        }
        let quotas: Vec<f64> = weights.iter().map(|weight| self.0 as f64 * (weight / whole)).collect();
        let mut parts: Vec<i128> = quotas.iter().map(|quota| quota.floor() as i128).collect();
        let mut order: Vec<usize> = (0..weights.len()).collect();
        let remainder = |at: usize| quotas[at] - quotas[at].floor();
        order.sort_by(|&a, &b| remainder(b).total_cmp(&remainder(a)).then(a.cmp(&b)));
        // Beyond 2⁵³ billionths a quota is itself rounded, and what is left may be many or below none.
        let left = self.0 - parts.iter().sum::<i128>();
        let (each, odd) = (left.div_euclid(order.len() as i128), left.rem_euclid(order.len() as i128));
        for (rank, at) in order.into_iter().enumerate() {
            parts[at] += each + i128::from((rank as i128) < odd);
        }
        parts.into_iter().map(Exact).collect()
    }
}

impl std::iter::Sum for Exact {
    fn sum<I: Iterator<Item = Exact>>(amounts: I) -> Exact {
        amounts.fold(Exact::default(), |mut sum, amount| {
            sum.add(amount);
            sum
        })
    }
}

/// The sum of numbers, the same in any order.
pub fn sum(numbers: impl IntoIterator<Item = f64>) -> f64 {
    numbers.into_iter().map(Exact::of).sum::<Exact>().value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_does_not_matter_and_decimals_stay_decimal() {
        let numbers = [0.1, 0.2, 5.55];
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            assert_eq!(sum(order.map(|at: usize| numbers[at])), 5.85);
        }
        assert_eq!(sum([4.8e9, 1e-9]), 4.8e9 + 1e-9);
    }

    #[test]
    fn parts_add_up_to_the_whole() {
        let whole = Exact::of(10.0);
        let parts = whole.divide(&[1.0, 1.0, 1.0]);
        assert_eq!(parts.iter().copied().sum::<Exact>(), whole);
        assert_eq!(parts.iter().map(|part| part.value()).collect::<Vec<_>>(), [3.333333334, 3.333333333, 3.333333333]);
        let huge = Exact::of(4.8e10);
        assert_eq!(huge.divide(&[0.3, 0.3, 0.4]).into_iter().sum::<Exact>(), huge);
    }
}

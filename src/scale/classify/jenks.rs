//! Natural breaks: the exact minimum of the squares within classes (Fisher 1958, Jenks 1977), in O(k · n · log n).

/// Inclusive upper limits of at most `classes` classes with the least sum of squared distances to class means.
///
/// Equal values are one weighted point, so ties and heavy zeros cannot be split. The position of the best last break is
/// monotone in the number of points (the cost fulfils the quadrangle inequality), which lets each layer be solved by
/// divide and conquer. Of equally good breaks the lowest is taken.
pub fn fisher_jenks(sorted: &[f64], classes: usize) -> Vec<f64> {
    let points: Vec<(f64, f64)> = sorted.chunk_by(|a, b| a == b).map(|equal| (equal[0], equal.len() as f64)).collect();
    let count = points.len();
    if classes == 0 || count == 0 {
        return Vec::new();
    }
    if count <= classes {
        return points.iter().map(|point| point.0).collect();
    }
    let costs = Costs::new(&points);
    // best[i]: least cost of the first i + 1 points in the classes so far.
    let mut best: Vec<f64> = (0..count).map(|end| costs.between(0, end)).collect();
    let mut choices: Vec<Vec<u32>> = Vec::with_capacity(classes - 1);
    for class in 1..classes {
        let mut next = vec![f64::INFINITY; count];
        let mut choice = vec![class as u32; count];
        solve(&costs, &best, &mut next, &mut choice, class);
        best = next;
        choices.push(choice);
    }
    let mut bins = vec![points[count - 1].0];
    let mut end = count - 1;
    for choice in choices.iter().rev() {
        end = choice[end] as usize - 1;
        bins.push(points[end].0);
    }
    bins.reverse();
    bins
}

/// One more class: for every end, where the last class starts. Work is halved around the middle end.
fn solve(costs: &Costs, best: &[f64], next: &mut [f64], choice: &mut [u32], class: usize) {
    let mut work = vec![(class, best.len() - 1, class, best.len() - 1)];
    while let Some((low, high, from, to)) = work.pop() {
        let middle = (low + high) / 2;
        let (mut least, mut start) = (f64::INFINITY, from);
        for first in from..=to.min(middle) {
            let cost = best[first - 1] + costs.between(first, middle);
            if cost < least {
                (least, start) = (cost, first);
            }
        }
        next[middle] = least;
        choice[middle] = start as u32;
        if middle > low {
            work.push((low, middle - 1, from, start));
        }
        if middle < high {
            work.push((middle + 1, high, start, to));
        }
    }
}

/// Squares within a run of points, from running sums about the mean, which keep their digits for large values.
struct Costs {
    sums: Vec<[f64; 3]>,
}

impl Costs {
    fn new(points: &[(f64, f64)]) -> Costs {
        let weight: f64 = points.iter().map(|point| point.1).sum();
        let mean = points.iter().map(|(value, weight)| value * weight).sum::<f64>() / weight;
        let mut sums = Vec::with_capacity(points.len() + 1);
        let mut sum = [0.0; 3];
        sums.push(sum);
        for &(value, weight) in points {
            let value = value - mean;
            sum = [sum[0] + weight, sum[1] + weight * value, sum[2] + weight * value * value];
            sums.push(sum);
        }
        Costs { sums }
    }

    #[inline]
    fn between(&self, first: usize, last: usize) -> f64 {
        let (a, b) = (&self.sums[first], &self.sums[last + 1]);
        let (weight, linear) = (b[0] - a[0], b[1] - a[1]);
        (b[2] - a[2] - linear * linear / weight).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(sorted: &[f64], bins: &[f64]) -> f64 {
        super::super::goodness(sorted, bins).within
    }

    /// All ways to divide a short list, by brute force.
    fn least(sorted: &[f64], classes: usize) -> f64 {
        let squares = |part: &[f64]| {
            let mean = part.iter().sum::<f64>() / part.len() as f64;
            part.iter().map(|value| (value - mean).powi(2)).sum::<f64>()
        };
        if classes == 1 {
            return squares(sorted);
        }
        (1..=sorted.len() + 1 - classes)
            .map(|first| squares(&sorted[..first]) + least(&sorted[first..], classes - 1))
            .fold(f64::INFINITY, f64::min)
    }

    #[test]
    fn no_other_division_is_better() {
        let lists: [&[f64]; 4] = [
            &[0.0, 0.0, 0.0, 0.0, 0.5, 3.0, 3.0, 4.0, 9.0, 9.5, 20.0],
            &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0],
            &[-5.0, -4.9, -1.0, 0.0, 0.1, 7.0, 7.1, 7.2, 30.0],
            &[1e9, 1e9 + 1.0, 1e9 + 2.0, 1e9 + 10.0, 1e9 + 11.0, 1e9 + 30.0],
        ];
        for list in lists {
            for classes in 1..=5 {
                let bins = fisher_jenks(list, classes);
                assert!(bins.len() <= classes && bins.is_sorted());
                let (found, wanted) = (within(list, &bins), least(list, classes));
                assert!((found - wanted).abs() <= 1e-9 * wanted.max(1.0), "{list:?} {classes}: {found} {wanted}");
            }
        }
    }
}

//! The classes of a scale that declares no scheme: such as show the pattern of its values.

use super::classify;
use crate::project::Scheme;

/// Of fewer values than this natural breaks say what there is to say.
const FEW: usize = 20;

/// Most classes of natural breaks, where fewer leave most values in one.
const MOST: usize = 7;

/// Where classes end, and by which scheme.
pub(super) struct Chosen {
    /// The scheme
    pub scheme: Scheme,
    /// Upper bounds of the classes
    pub bins: Vec<f64>,
}

/// The first of round breaks and natural breaks that leaves no more than half of the values in one class, so that a map of them shows more
/// than one colour; natural breaks may have more classes for that where their number is free, and may be those of logarithms where a few
/// values are many times the others. Equal counts are for values of which nearly all crowd together.
pub(super) fn showing(sorted: &[f64], classes: usize, free: bool) -> Chosen {
    let plain = |scheme: Scheme, classes: usize| Chosen { scheme, bins: classify::bins(scheme, sorted, classes, &[]) };
    let most = |chosen: &Chosen| classify::goodness(sorted, &chosen.bins).counts.into_iter().max().unwrap_or(0);
    let natural = || classes..=if free { classes.max(MOST) } else { classes };
    let positive = sorted.first().is_some_and(|low| *low > 0.0);
    let shows = |chosen: &Chosen| 2 * most(chosen) <= sorted.len();
    let ways = std::iter::once(plain(Scheme::Pretty, classes)).chain(natural().map(|count| plain(Scheme::FisherJenks, count)));
    if let Some(chosen) = ways.into_iter().find(shows) {
        return chosen;
    }
    let natural_breaks = plain(Scheme::FisherJenks, classes);
    let crowded = most(&natural_breaks);
    if sorted.len() < FEW || 3 * crowded <= 2 * sorted.len() {
        return natural_breaks;
    }
    let by_logarithms = natural().filter(|_| positive).map(|count| of_logarithms(sorted, count)).find(shows);
    by_logarithms
        .unwrap_or_else(|| if 5 * crowded > 4 * sorted.len() { plain(Scheme::Quantile, classes) } else { natural_breaks })
}

/// Natural breaks of the logarithms, as values.
fn of_logarithms(sorted: &[f64], classes: usize) -> Chosen {
    let logarithms: Vec<f64> = sorted.iter().map(|value| value.ln()).collect();
    let bins = classify::bins(Scheme::FisherJenks, &logarithms, classes, &[]);
    let value = |bound: &f64| sorted[logarithms.partition_point(|own| own <= bound).clamp(1, sorted.len()) - 1];
    Chosen { scheme: Scheme::FisherJenks, bins: bins.iter().map(value).collect() }
}

/// Round cuts at equal distances on both sides of a centre, only on those sides that have values.
pub(super) fn symmetric(centre: f64, sorted: &[f64], classes: usize) -> Vec<f64> {
    let (Some(&low), Some(&high)) = (sorted.first(), sorted.last()) else { return Vec::new() };
    let mut sizes: Vec<f64> = sorted.iter().map(|value| (value - centre).abs()).collect();
    sizes.push(0.0);
    sizes.sort_unstable_by(f64::total_cmp);
    let cuts_by = |scheme: Scheme| {
        let bins = classify::bins(scheme, &sizes, classes.div_ceil(2), &[]);
        let inner = &bins[..bins.len().saturating_sub(1)];
        let below = |cut: f64| sizes.partition_point(|size| *size < cut);
        let steps = if scheme == Scheme::Pretty { inner.to_vec() } else { classify::rounded(inner, &sizes, below) };
        let steps: Vec<f64> = steps.into_iter().filter(|step| *step > 0.0).collect();
        let mut cuts: Vec<f64> = Vec::new();
        if low < centre {
            cuts.extend(steps.iter().rev().map(|step| centre - step));
            cuts.push(centre);
        }
        if high > centre {
            cuts.extend(steps.iter().map(|step| centre + step));
        }
        cuts
    };
    // A side of its own is no reason for other breaks: what counts is how many share a class in the end.
    let shows = |cuts: &Vec<f64>| {
        let edges = cuts.iter().map(|cut| sorted.partition_point(|value| value < cut)).chain([sorted.len()]);
        let mut from = 0;
        edges.map(|to| to - std::mem::replace(&mut from, to)).all(|count| 2 * count <= sorted.len())
    };
    let even = if sorted.len() < FEW { Scheme::FisherJenks } else { Scheme::Quantile };
    let round = cuts_by(Scheme::Pretty);
    if shows(&round) {
        return round;
    }
    [Scheme::FisherJenks, even].into_iter().map(cuts_by).find(shows).unwrap_or(round)
}

//! Rates of small populations, drawn towards those of all or of the neighbours (empirical Bayes, Marshall 1991), and standardised for
//! Moran's I (Assunção & Reis 1999).

use super::weights::Weights;

/// Rates of one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Events over population
    pub raw: f64,
    /// Drawn towards the rate of all
    pub global: f64,
    /// Drawn towards the rate of its neighbourhood
    pub spatial: f64,
}

/// What spread within a neighbourhood is measured from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference {
    /// The rate of the unit's neighbourhood: esda, GeoDa
    Own,
    /// The rate of each neighbour's neighbourhood: spdep's default
    Neighbours,
}

/// Shrinks a rate towards `b`, given the spread `a` between units and a population.
fn shrunk(raw: f64, a: f64, b: f64, population: f64) -> f64 {
    // No event in a whole neighbourhood: 0 / 0 elsewhere.
    if b <= 0.0 { 0.0 } else { b + a / (a + b / population) * (raw - b) }
}

/// Raw and smoothed rates; `None` where the population is 0 or missing.
pub fn rates(events: &[f64], population: &[f64], weights: &Weights, reference: Reference) -> Vec<Option<Rate>> {
    let known: Vec<usize> = (0..events.len()).filter(|&i| population[i] > 0.0 && events[i].is_finite()).collect();
    let (o, p): (f64, f64) = known.iter().map(|&i| (events[i], population[i])).fold((0.0, 0.0), |s, x| (s.0 + x.0, s.1 + x.1));
    let raw = |i: usize| events[i] / population[i];
    let b = o / p;
    let spread: f64 = known.iter().map(|&i| population[i] * (raw(i) - b).powi(2)).sum();
    let a = (spread / p - b / (p / known.len() as f64)).max(0.0);
    let is_known = |i: &usize| population[*i] > 0.0 && events[*i].is_finite();
    let around = |i: usize| -> Vec<usize> {
        std::iter::once(i).chain(weights.neighbours[i].iter().map(|&j| j as usize)).filter(is_known).collect()
    };
    let rate_about = |i: usize| {
        let (o, p) = around(i).iter().fold((0.0, 0.0), |s, &j| (s.0 + events[j], s.1 + population[j]));
        o / p
    };
    (0..events.len())
        .map(|i| {
            if !is_known(&i) {
                return None;
            }
            let list = around(i);
            let here = rate_about(i);
            let people: f64 = list.iter().map(|&j| population[j]).sum();
            let from = |j: usize| match reference {
                Reference::Own => here,
                Reference::Neighbours => rate_about(j),
            };
            let spread: f64 = list.iter().map(|&j| population[j] * (raw(j) - from(j)).powi(2)).sum();
            let a_here = (spread / people - here / (people / list.len() as f64)).max(0.0);
            Some(Rate {
                raw: raw(i),
                global: shrunk(raw(i), a, b, population[i]),
                spatial: shrunk(raw(i), a_here, here, population[i]),
            })
        })
        .collect()
}

/// Rates standardised by what their population lets expect, for Moran's I; `None` where the population is 0 or missing.
pub fn standardised(events: &[f64], population: &[f64]) -> Vec<Option<f64>> {
    let known: Vec<usize> = (0..events.len()).filter(|&i| population[i] > 0.0 && events[i].is_finite()).collect();
    let (o, p): (f64, f64) = known.iter().map(|&i| (events[i], population[i])).fold((0.0, 0.0), |s, x| (s.0 + x.0, s.1 + x.1));
    let b = o / p;
    let spread: f64 = known.iter().map(|&i| population[i] * (events[i] / population[i] - b).powi(2)).sum();
    let a = spread / p - b / (p / known.len() as f64);
    (0..events.len())
        .map(|i| {
            known.binary_search(&i).ok()?;
            let expected = b / population[i];
            let variance = if a + expected < 0.0 { expected } else { a + expected };
            // Without any event, or any spread at all, there is nothing to compare.
            Some((events[i] / population[i] - b) / variance.sqrt()).filter(|value| value.is_finite())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_of_five_has_the_rates_of_the_libraries() {
        let events = [0.0, 2.0, 12.0, 9.0, 1.0];
        let population = [40.0, 400.0, 90.0, 600.0, 120.0];
        let chain = Weights { neighbours: vec![vec![1], vec![0, 2], vec![1, 3], vec![2, 4], vec![3]] };
        let near = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-8, "{found} for {expected}");
        let own = rates(&events, &population, &chain, Reference::Own);
        let theirs = rates(&events, &population, &chain, Reference::Neighbours);
        let global = [0.00641235, 0.00567806, 0.11253265, 0.01513586, 0.00988957];
        let spatial = [0.00454545, 0.00562673, 0.11357922, 0.01540499, 0.01388889];
        let neighbours = [0.00100930, 0.00558848, 0.11538570, 0.01537746, 0.01146176];
        for i in 0..5 {
            let (own, theirs) = (own[i].expect("a rate"), theirs[i].expect("a rate"));
            near(own.global, global[i]);
            near(own.spatial, spatial[i]);
            near(theirs.spatial, neighbours[i]);
        }
        assert_eq!(rates(&[1.0, 0.0], &[0.0, 5.0], &Weights { neighbours: vec![vec![1], vec![0]] }, Reference::Own)[0], None);
    }
}

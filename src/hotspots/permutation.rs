//! Seeded chance, the same at any thread count: every round has a generator of its own.

/// SplitMix64 (Steele, Lea & Flood 2014): small, and the same on every machine and in every version.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The generator of a round.
    pub fn new(seed: u64, round: u64) -> Chance {
        let mut chance = Chance(seed ^ round.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        chance.next();
        Chance(chance.next() ^ round)
    }

    /// 64 bits.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number below `n` (Lemire 2019, without the rejection that would matter only near 2⁶⁴).
    pub fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(n)) >> 64) as u64
    }

    /// A number from 0 to below 1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Values in the order of a round.
pub fn shuffled(values: &[f64], seed: u64, round: u64) -> Vec<f64> {
    let mut chance = Chance::new(seed, round);
    let mut list = values.to_vec();
    for i in (1..list.len()).rev() {
        list.swap(i, chance.below(i as u64 + 1) as usize);
    }
    list
}

/// Draws without replacement for conditional permutation: `rounds` rows of `count` distinct numbers below `n`. The same rows serve
/// every unit, which skips itself among them, as in esda and GeoDa.
pub fn draws(n: usize, count: usize, rounds: usize, seed: u64) -> Vec<u32> {
    use rayon::prelude::*;
    let mut rows = vec![0u32; rounds * count];
    if count == 0 {
        return rows;
    }
    rows.par_chunks_mut(count).enumerate().for_each(|(round, row)| {
        let mut chance = Chance::new(seed, round as u64);
        if 4 * count > n {
            let mut all: Vec<u32> = (0..n as u32).collect();
            for (i, slot) in row.iter_mut().enumerate() {
                all.swap(i, i + chance.below((n - i) as u64) as usize);
                *slot = all[i];
            }
            return;
        }
        for i in 0..count {
            row[i] = loop {
                let drawn = chance.below(n as u64) as u32;
                if !row[..i].contains(&drawn) {
                    break drawn;
                }
            };
        }
    });
    rows
}

/// Which side a round counts for that gives just what was observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ties {
    /// Either: with many equal values, such as communes without an infested hectare, nothing becomes significant by equality alone
    #[default]
    Either,
    /// The side above, as esda and GeoDa: the low side then leaves out all ties, and p can be far too small where values repeat
    Above,
}

/// Of how many rounds the sum is at least, and at most, the observed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// At least as large
    pub at_least: usize,
    /// At most as large
    pub at_most: usize,
}

/// Compares the rounds of one unit, each a sum over its drawn neighbours, with the observed sum.
pub fn compare(values: &[f64], unit: usize, neighbours: usize, rows: &[u32], width: usize, observed: f64) -> Counts {
    // Sums of the same values in another order differ in their last bits.
    let slack = 1e-12 * observed.abs().max(1e-300);
    let (low, high) = (observed - slack, observed + slack);
    let sum = |row: &[u32]| -> f64 {
        row[..neighbours].iter().map(|&drawn| values[drawn as usize + usize::from(drawn as usize >= unit)]).sum()
    };
    let (mut at_least, mut at_most) = (0, 0);
    for row in rows.chunks_exact(width) {
        let sum = sum(row);
        at_least += usize::from(sum >= low);
        at_most += usize::from(sum <= high);
    }
    Counts { at_least, at_most }
}

/// (smaller count + 1) / (rounds + 1), one-sided.
pub fn p_value(counts: Counts, rounds: usize, ties: Ties) -> f64 {
    let below = match ties {
        Ties::Either => counts.at_most,
        Ties::Above => rounds - counts.at_least,
    };
    (counts.at_least.min(below) as f64 + 1.0) / (rounds as f64 + 1.0)
}

//! Scan statistics (Kulldorff & Nagarwalla 1995, Kulldorff 1997): the circles within which cases are more than their population lets
//! expect.
//!
//! A zone is a unit with its nearest others, ties by index; it grows until its population would pass the largest share, or its radius
//! the largest one. Distances may be those of ellipses (Kulldorff et al. 2006, Stat. Med. 25:3929): a long one counts less, by the
//! penalty (4·s / (s + 1)²)^½ on its ratio, s being long axis over short. Memory grows
//! with the units and the cases of the replicas, not with the zones: zones are walked, never kept.

pub use super::windows::Ellipse;

use super::permutation::Chance;
use super::weights::{Metric, in_space, square};
use super::windows::Window;
use crate::values::area::Position;
use crate::values::distance::EARTH_KM;
use rayon::prelude::*;

/// What cases are thought to be drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Model {
    /// Counts of events in a population at risk
    Poisson,
    /// Individuals that are or are not cases: the population counts both
    Bernoulli,
}

/// Units to scan.
#[derive(Debug, Clone)]
pub struct Study {
    /// Positions
    pub positions: Vec<Position>,
    /// Cases by unit
    pub cases: Vec<u32>,
    /// Population by unit
    pub population: Vec<f64>,
    /// How far units are apart
    pub metric: Metric,
    /// What cases are drawn from
    pub model: Model,
    /// The largest share of the population in a zone
    pub max_share: f64,
    /// The largest distance from a centre to a member: km, or units of the plane
    pub max_radius: Option<f64>,
    /// Ellipses to try beside circles
    pub ellipses: Vec<Ellipse>,
}

/// A zone with more cases than expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// Log-likelihood ratio; of an ellipse before its penalty
    pub llr: f64,
    /// What clusters are ranked by: the ratio after the penalty
    pub statistic: f64,
    /// Long axis over short axis; 1 for a circle
    pub ratio: f64,
    /// Direction of the long axis in degrees, anticlockwise from east
    pub angle: f64,
    /// Cases in it
    pub cases: u64,
    /// Cases expected in it
    pub expected: f64,
    /// Its population
    pub population: f64,
    /// Rate inside over rate outside
    pub relative_risk: f64,
    /// Distance from its centre to its farthest member, of an ellipse half its long axis: km, or units of the plane
    pub radius: f64,
    /// (#(replicas whose largest ratio is at least as large) + 1) / (replicas + 1)
    pub p: f64,
    /// Its units, the nearest to its centre first
    pub members: Vec<usize>,
}

/// A zone better than all smaller ones about the same centre.
#[derive(Debug, Clone, Copy)]
struct Best {
    /// Ratio, after the penalty
    llr: f64,
    window: Window,
    size: usize,
    /// The farthest member: the square of the line to it, and its number
    last: (f64, usize),
}

impl Best {
    /// A larger ratio, or the same in a tighter circle.
    fn is_better(&self, other: &Best) -> bool {
        let limit = other.llr * (1.0 + EQUAL);
        self.llr > limit || self.llr * (1.0 + EQUAL) > other.llr && self.last.0 < other.last.0
    }
}

/// Ratios closer than this are equal: sums of the same numbers in another order.
const EQUAL: f64 = 1e-10;

/// Replicas looked at together: as many as fit a few registers.
const BLOCK: usize = 16;

fn x_log_x(x: f64) -> f64 {
    if x > 0.0 { x * x.ln() } else { 0.0 }
}

impl Study {
    fn totals(&self) -> (f64, f64) {
        (self.cases.iter().map(|&c| f64::from(c)).sum(), self.population.iter().sum())
    }

    /// The ratio of a zone with `c` cases among `n`; 0 unless its rate is above that outside.
    fn llr(&self, c: f64, n: f64, (cases, population): (f64, f64)) -> f64 {
        if n <= 0.0 || n >= population || c * (population - n) <= (cases - c) * n {
            return 0.0;
        }
        match self.model {
            Model::Poisson => {
                let expected = cases * n / population;
                let outside = if c < cases { (cases - c) * ((cases - c) / (cases - expected)).ln() } else { 0.0 };
                c * (c / expected).ln() + outside
            }
            Model::Bernoulli => {
                let rest = population - n;
                x_log_x(c) + x_log_x(n - c) - x_log_x(n) + x_log_x(cases - c) + x_log_x(rest - (cases - c))
                    - x_log_x(rest)
                    - (x_log_x(cases) + x_log_x(population - cases) - x_log_x(population))
            }
        }
    }

    /// Square of the line from a centre to a unit, or of the half long axis of the ellipse that reaches it.
    fn line(&self, space: &[[f64; 3]], window: &Window, centre: usize, unit: usize) -> f64 {
        if window.ratio == 1.0 {
            return square(space[centre], space[unit]);
        }
        let ([x0, y0], [x, y]) = (self.positions[centre], self.positions[unit]);
        let (dx, dy) = match self.metric {
            Metric::Planar => (x - x0, y - y0),
            // The plane that touches the sphere at the centre; as lines through space, in radii of the earth.
            Metric::GreatCircle => ((x - x0).to_radians() * y0.to_radians().cos(), (y - y0).to_radians()),
        };
        let (sin, cos) = window.angle.sin_cos();
        let (along, across) = (dx * cos + dy * sin, dy * cos - dx * sin);
        along * along + (across * window.ratio).powi(2)
    }

    /// Units by distance from a centre, as far as its zones may reach: (square of the line to it, unit).
    fn about(&self, space: &[[f64; 3]], window: &Window, centre: usize, population: f64) -> Vec<(f64, usize)> {
        let mut list: Vec<(f64, usize)> = (0..space.len()).map(|unit| (self.line(space, window, centre, unit), unit)).collect();
        if let Some(radius) = self.max_radius {
            let limit = self.metric.square_of(radius);
            list.retain(|(line, _)| *line <= limit * (1.0 + 1e-12));
        }
        list.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let limit = self.max_share * population * (1.0 + 1e-12);
        let mut sum = 0.0;
        let inside = list.iter().take_while(|(_, unit)| {
            sum += self.population[*unit];
            sum <= limit
        });
        let size = inside.count();
        list.truncate(size);
        list
    }

    /// The zones about a centre that beat all smaller ones about it.
    fn best_about(&self, space: &[[f64; 3]], window: &Window, centre: usize, totals: (f64, f64)) -> Vec<Best> {
        let (mut c, mut n) = (0.0, 0.0);
        let mut found: Vec<Best> = Vec::new();
        for (at, &(distance, unit)) in self.about(space, window, centre, totals.1).iter().enumerate() {
            c += f64::from(self.cases[unit]);
            n += self.population[unit];
            let llr = window.penalty * self.llr(c, n, totals);
            if llr > found.last().map_or(0.0, |best| best.llr) * (1.0 + EQUAL) {
                found.push(Best { llr, window: *window, size: at + 1, last: (distance, unit) });
            }
        }
        found
    }

    /// Clusters that do not overlap, the likeliest first, at most `most` of them.
    pub fn clusters(&self, replicas: usize, seed: u64, most: usize, done: &(dyn Fn(usize) + Sync)) -> Vec<Cluster> {
        let totals = self.totals();
        if totals.0 <= 0.0 || totals.1 <= 0.0 {
            return Vec::new();
        }
        let space = in_space(&self.positions, self.metric);
        let windows = Window::all(&self.ellipses);
        let count = self.positions.len();
        // Centres of the first window, then of the next.
        let by_centre: Vec<Vec<Best>> = (0..windows.len() * count)
            .into_par_iter()
            .map(|at| self.best_about(&space, &windows[at / count], at % count, totals))
            .collect();
        let mut taken: Vec<usize> = Vec::new();
        let mut found: Vec<Cluster> = Vec::new();
        while found.len() < most {
            let best_free = |at: usize| -> Option<Best> {
                let (window, centre) = (&windows[at / count], at % count);
                let nearest = taken
                    .iter()
                    .map(|&unit| (self.line(&space, window, centre, unit), unit))
                    .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                let is_free = |best: &&Best| {
                    nearest.is_none_or(|taken| best.last.0.total_cmp(&taken.0).then(best.last.1.cmp(&taken.1)).is_lt())
                };
                by_centre[at].iter().rev().find(is_free).copied()
            };
            let free: Vec<Option<Best>> = (0..by_centre.len()).into_par_iter().map(best_free).collect();
            let mut first: Option<(usize, Best)> = None;
            for (at, best) in free.into_iter().enumerate() {
                if let Some(best) = best
                    && first.is_none_or(|(_, first)| best.is_better(&first))
                {
                    first = Some((at % count, best));
                }
            }
            let Some((centre, best)) = first else { break };
            let cluster = self.cluster(&space, centre, &best, totals);
            taken.extend(&cluster.members);
            found.push(cluster);
        }
        if found.is_empty() {
            return found;
        }
        if replicas == 0 {
            return found;
        }
        let maxima = self.maxima(&space, &windows, (replicas, seed), totals, done);
        for cluster in &mut found {
            let larger = maxima.iter().filter(|max| **max >= cluster.statistic * (1.0 - EQUAL)).count();
            cluster.p = (larger as f64 + 1.0) / (replicas as f64 + 1.0);
        }
        found
    }

    fn cluster(&self, space: &[[f64; 3]], centre: usize, best: &Best, (cases, population): (f64, f64)) -> Cluster {
        let members: Vec<usize> =
            self.about(space, &best.window, centre, population).into_iter().take(best.size).map(|(_, unit)| unit).collect();
        let c: f64 = members.iter().map(|&unit| f64::from(self.cases[unit])).sum();
        let n: f64 = members.iter().map(|&unit| self.population[unit]).sum();
        let expected = cases * n / population;
        let outside = (cases - c) / (cases - expected);
        Cluster {
            llr: best.llr / best.window.penalty,
            statistic: best.llr,
            ratio: best.window.ratio,
            angle: best.window.angle.to_degrees(),
            cases: c as u64,
            expected,
            population: n,
            relative_risk: c / expected / outside,
            radius: if best.window.ratio == 1.0 {
                self.metric.distance(self.positions[centre], self.positions[best.last.1])
            } else {
                let unit = if self.metric == Metric::GreatCircle { EARTH_KM } else { 1.0 };
                best.last.0.sqrt() * unit
            },
            p: 1.0,
            members,
        }
    }

    /// The largest ratio of every replica.
    fn maxima(
        &self,
        space: &[[f64; 3]],
        windows: &[Window],
        (replicas, seed): (usize, u64),
        totals: (f64, f64),
        done: &(dyn Fn(usize) + Sync),
    ) -> Vec<f64> {
        let units = self.positions.len();
        let count = totals.0 as usize;
        // Cases of a unit in all replicas lie side by side.
        let stride = replicas.next_multiple_of(BLOCK);
        let mut cases = vec![0u32; units * stride];
        let drawn: Vec<Vec<u32>> =
            (0..replicas).into_par_iter().map(|replica| self.replica(&mut Chance::new(seed, replica as u64), count)).collect();
        for (replica, list) in drawn.iter().enumerate() {
            list.iter().enumerate().for_each(|(unit, &n)| cases[unit * stride + replica] = n);
        }
        drop(drawn);
        let fold = |mut best: Vec<f64>, at: usize| {
            let (window, centre) = (&windows[at / units], at % units);
            let floor = best[..replicas].iter().copied().fold(f64::INFINITY, f64::min);
            let mut inside = vec![0u32; stride];
            // The fewest cases whose ratio reaches the floor; it only grows with the zone, as the same cases mean ever less.
            let mut fewest = 1u32;
            let mut n = 0.0;
            for (_, unit) in self.about(space, window, centre, totals.1) {
                // Nobody lives there, so no replica has a case there, and a zone of nobody has no ratio to set a floor by.
                if self.population[unit] <= 0.0 {
                    continue;
                }
                n += self.population[unit];
                // No more than expected has no ratio.
                fewest = fewest.max((totals.0 * n / totals.1) as u32);
                while fewest as usize <= count && window.penalty * self.llr(f64::from(fewest), n, totals) <= floor {
                    fewest += 1;
                }
                let (more, _) = cases[unit * stride..(unit + 1) * stride].as_chunks::<BLOCK>();
                let blocks = inside.as_chunks_mut::<BLOCK>().0.iter_mut().zip(more).zip(best.as_chunks_mut::<BLOCK>().0);
                for ((inside, more), best) in blocks {
                    let mut most = 0;
                    for (c, more) in inside.iter_mut().zip(more) {
                        *c += more;
                        most = (*c as i32).max(most);
                    }
                    if most >= fewest as i32 {
                        for (c, best) in inside.iter().zip(best) {
                            if *c >= fewest {
                                *best = best.max(window.penalty * self.llr(f64::from(*c), n, totals));
                            }
                        }
                    }
                }
            }
            done(1);
            best
        };
        (0..units * windows.len()).into_par_iter().with_min_len(64).fold(|| vec![0.0; stride], fold).reduce(
            || vec![0.0; stride],
            |mut a, b| {
                a.iter_mut().zip(b).for_each(|(a, b)| *a = a.max(b));
                a
            },
        )
    }

    /// Cases by unit as chance would have them: multinomial by population, or drawn among individuals without replacement.
    fn replica(&self, chance: &mut Chance, count: usize) -> Vec<u32> {
        let mut ends: Vec<f64> = Vec::with_capacity(self.population.len());
        let mut sum = 0.0;
        for population in &self.population {
            sum += population;
            ends.push(sum);
        }
        let mut found = vec![0u32; self.population.len()];
        let unit_of = |at: f64| ends.partition_point(|end| *end <= at).min(ends.len() - 1);
        match self.model {
            Model::Poisson => (0..count).for_each(|_| found[unit_of(chance.unit() * sum)] += 1),
            Model::Bernoulli => {
                let individuals = sum as u64;
                // Whichever is fewer is drawn: cases, or those who are none.
                let (drawn, cases) =
                    if 2 * count as u64 <= individuals { (count as u64, true) } else { (individuals - count as u64, false) };
                let mut seen = vec![0u64; individuals as usize / 64 + 1];
                for _ in 0..drawn {
                    let one = loop {
                        let one = chance.below(individuals);
                        let (word, bit) = (one as usize / 64, 1u64 << (one % 64));
                        if seen[word] & bit == 0 {
                            seen[word] |= bit;
                            break one;
                        }
                    };
                    found[unit_of(one as f64)] += 1;
                }
                if !cases {
                    found.iter_mut().zip(&self.population).for_each(|(n, population)| *n = *population as u32 - *n);
                }
            }
        }
        found
    }
}

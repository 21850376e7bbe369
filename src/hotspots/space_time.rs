//! The space-time permutation scan (Kulldorff, Heffernan, Hartman, Assunção & Mostashari 2005, PLoS Med. 2:e59): cylinders, circles of
//! places through some intervals of time, that hold more cases than places and times by themselves would give. It needs cases only, no
//! population at risk.
//!
//! With C cases in all, C_z of them in a circle and C_t in a window of time, μ = C_z·C_t/C are expected; the ratio is
//! c·ln(c/μ) + (C−c)·ln((C−c)/(C−μ)) where c > μ. Replicas deal the times of all cases out anew among them. Prospectively only windows
//! that reach the last interval count: is something starting now?

use super::permutation::Chance;
use super::weights::{Metric, in_space, square};
use crate::values::area::Position;
use rayon::prelude::*;

/// Cases to scan.
#[derive(Debug, Clone)]
pub struct Study {
    /// Places, each once
    pub positions: Vec<Position>,
    /// Cases: place and interval of time, from 0 on
    pub cases: Vec<(u32, u32)>,
    /// Number of intervals
    pub intervals: usize,
    /// How far places are apart
    pub metric: Metric,
    /// The largest share of all cases in a circle
    pub max_share: f64,
    /// The largest radius of a circle: km, or units of the plane
    pub max_radius: Option<f64>,
    /// The most intervals of a window
    pub max_window: usize,
    /// Only windows that reach the last interval
    pub prospective: bool,
}

/// A cylinder with more cases than expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// Log-likelihood ratio
    pub llr: f64,
    /// Cases in it
    pub cases: u64,
    /// Cases expected in it
    pub expected: f64,
    /// Distance from its centre to its farthest member
    pub radius: f64,
    /// First and last interval
    pub window: (usize, usize),
    /// (#(replicas whose largest ratio is at least as large) + 1) / (replicas + 1)
    pub p: f64,
    /// Its places, the nearest to its centre first
    pub members: Vec<usize>,
}

#[derive(Debug, Clone, Copy)]
struct Best {
    llr: f64,
    size: usize,
    window: (usize, usize),
}

/// Fewer cases than this are no cluster.
const LEAST: u32 = 2;
/// Ratios closer than this are equal: sums of the same numbers in another order.
const EQUAL: f64 = 1e-10;

/// The ratio of `c` cases of `total` where `expected` would be, fewer than `c`.
fn ratio(c: f64, expected: f64, total: f64) -> f64 {
    let rest = total - c;
    let outside = if rest > 0.0 { rest * (rest / (total - expected)).ln() } else { 0.0 };
    c * (c / expected).ln() + outside
}

/// A ratio to pass. For as many cases it grows as fewer are expected, so a limit on these stands for it, and most windows cost no
/// logarithm.
struct Floor {
    llr: f64,
    total: f64,
    /// Most cases expected with which so many pass; NaN until asked for
    limits: Vec<f64>,
}

impl Floor {
    fn new(cases: usize) -> Floor {
        Floor { llr: 0.0, total: cases as f64, limits: vec![f64::NAN; cases + 1] }
    }

    fn raise(&mut self, llr: f64) {
        self.llr = llr;
        self.limits.fill(f64::NAN);
    }

    #[inline]
    fn limit(&mut self, cases: u32) -> f64 {
        let known = self.limits[cases as usize];
        if known.is_nan() { self.find(cases) } else { known }
    }

    #[cold]
    fn find(&mut self, cases: u32) -> f64 {
        let c = f64::from(cases);
        let (mut low, mut high) = (0.0, c);
        for _ in 0..48 {
            let middle = (low + high) / 2.0;
            if ratio(c, middle, self.total) > self.llr { low = middle } else { high = middle }
        }
        self.limits[cases as usize] = high;
        high
    }
}

impl Study {
    /// Places by distance from every centre, as far as circles may reach.
    fn orders(&self, at_place: &[u32]) -> Vec<Vec<u32>> {
        let space = in_space(&self.positions, self.metric);
        let limit = self.max_radius.map(|radius| self.metric.square_of(radius));
        let most = self.max_share * self.cases.len() as f64 * (1.0 + 1e-12);
        (0..self.positions.len())
            .into_par_iter()
            .map(|centre| {
                let mut list: Vec<(f64, u32)> =
                    (0..space.len()).map(|place| (square(space[centre], space[place]), place as u32)).collect();
                list.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                let mut sum = 0.0;
                list.into_iter()
                    .take_while(|(line, place)| {
                        sum += f64::from(at_place[*place as usize]);
                        sum <= most && limit.is_none_or(|limit| *line <= limit * (1.0 + 1e-12))
                    })
                    .map(|(_, place)| place)
                    .collect()
            })
            .collect()
    }

    /// The best cylinder about a centre that passes a floor, which it then raises.
    fn best_about(&self, order: &[u32], times: &[Vec<u32>], at_time: &[u32], floor: &mut Floor) -> Option<Best> {
        let total = self.cases.len() as f64;
        let mut inside = vec![0u32; self.intervals];
        let mut zone = 0u32;
        let mut best: Option<Best> = None;
        for (at, &place) in order.iter().enumerate() {
            let more = &times[place as usize];
            let (Some(&earliest), Some(&latest)) = (more.iter().min(), more.iter().max()) else { continue };
            for &time in more {
                inside[time as usize] += 1;
            }
            zone += more.len() as u32;
            let share = f64::from(zone) / total;
            let last = self.intervals - 1;
            // Windows without a new case are no better than they were; neither are those that end or begin with an interval without one.
            let ends = if self.prospective { last..=last } else { earliest as usize..=last };
            for to in ends.filter(|&to| self.prospective || inside[to] > 0) {
                let (mut c, mut window) = (0, 0);
                for from in (0..=to).rev().take(self.max_window) {
                    window += at_time[from];
                    if inside[from] == 0 {
                        continue;
                    }
                    c += inside[from];
                    if c < LEAST || from > latest as usize {
                        continue;
                    }
                    let expected = share * f64::from(window);
                    if expected >= floor.limit(c) {
                        continue;
                    }
                    let llr = ratio(f64::from(c), expected, total);
                    if llr > floor.llr * (1.0 + EQUAL) {
                        floor.raise(llr);
                        best = Some(Best { llr, size: at + 1, window: (from, to) });
                    }
                }
            }
        }
        best
    }

    fn by_place(&self, times: impl Iterator<Item = u32>) -> Vec<Vec<u32>> {
        let mut list = vec![Vec::new(); self.positions.len()];
        for ((place, _), time) in self.cases.iter().zip(times) {
            list[*place as usize].push(time);
        }
        list
    }

    /// Clusters that share no place, the likeliest first, at most `most` of them.
    pub fn clusters(&self, replicas: usize, seed: u64, most: usize, done: &(dyn Fn(usize) + Sync)) -> Vec<Cluster> {
        if self.cases.is_empty() || self.intervals == 0 {
            return Vec::new();
        }
        let mut at_place = vec![0u32; self.positions.len()];
        let mut at_time = vec![0u32; self.intervals];
        for &(place, time) in &self.cases {
            at_place[place as usize] += 1;
            at_time[time as usize] += 1;
        }
        let orders = self.orders(&at_place);
        let times = self.by_place(self.cases.iter().map(|(_, time)| *time));
        let best: Vec<Option<Best>> =
            orders.par_iter().map(|order| self.best_about(order, &times, &at_time, &mut Floor::new(self.cases.len()))).collect();
        let mut ranked: Vec<(usize, Best)> = best.into_iter().enumerate().filter_map(|(at, best)| Some((at, best?))).collect();
        ranked.sort_by(|a, b| b.1.llr.total_cmp(&a.1.llr).then(a.0.cmp(&b.0)));
        let mut taken = vec![false; self.positions.len()];
        let mut found: Vec<Cluster> = Vec::new();
        for (centre, best) in ranked {
            let members = &orders[centre][..best.size];
            if found.len() == most || members.iter().any(|&place| taken[place as usize]) {
                continue;
            }
            members.iter().for_each(|&place| taken[place as usize] = true);
            let (from, to) = best.window;
            let zone: u32 = members.iter().map(|&place| at_place[place as usize]).sum();
            let window: u32 = at_time[from..=to].iter().sum();
            let within = |time: &&u32| (from..=to).contains(&(**time as usize));
            let cases = members.iter().map(|&place| times[place as usize].iter().filter(within).count() as u64).sum();
            let farthest = members.last().map_or(centre, |&place| place as usize);
            found.push(Cluster {
                llr: best.llr,
                cases,
                expected: f64::from(zone) * f64::from(window) / self.cases.len() as f64,
                radius: self.metric.distance(self.positions[centre], self.positions[farthest]),
                window: best.window,
                p: 1.0,
                members: members.iter().map(|&place| place as usize).collect(),
            });
        }
        let maxima: Vec<f64> = (0..replicas)
            .into_par_iter()
            .map(|replica| {
                let mut chance = Chance::new(seed, replica as u64);
                let mut dealt: Vec<u32> = self.cases.iter().map(|(_, time)| *time).collect();
                for i in (1..dealt.len()).rev() {
                    dealt.swap(i, chance.below(i as u64 + 1) as usize);
                }
                let times = self.by_place(dealt.into_iter());
                let mut floor = Floor::new(self.cases.len());
                for order in &orders {
                    self.best_about(order, &times, &at_time, &mut floor);
                }
                done(1);
                floor.llr
            })
            .collect();
        for cluster in &mut found {
            let larger = maxima.iter().filter(|max| **max >= cluster.llr * (1.0 - EQUAL)).count();
            cluster.p = (larger as f64 + 1.0) / (replicas as f64 + 1.0);
        }
        found
    }
}

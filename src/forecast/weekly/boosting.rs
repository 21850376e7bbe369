//! Seasonal gradient boosting, pooled over all units of a pest: the mean of three forecasts from what the last weeks and the
//! same weeks of earlier years say.
//!
//! A: ridge regression of log(1 + value) on the last value and the usual value of the target's week. B: the last value and a
//! booster of the log ratio. C: A and a booster of what it leaves over. Boosters are least-squares trees (Friedman 2001,
//! Annals of Statistics 29(5):1189). No rows or columns are drawn by lot and sums run in order of rows, so equal input gives
//! equal trees at any thread count. The settings were chosen on the years before those that docs/forecast-skill.md reports.

use super::features::{self, Learnt, Row};
use super::models::{Fitted, Model};
use super::panel::Panel;
use rayon::prelude::*;

/// How trees are grown.
#[derive(Debug, Clone, Copy)]
pub struct Boosting {
    /// Number of trees
    pub trees: usize,
    /// Splits from root to leaf
    pub depth: usize,
    /// Share of each tree that counts
    pub rate: f64,
    /// Fewest rows of a leaf
    pub least: usize,
}

impl Default for Boosting {
    fn default() -> Boosting {
        Boosting { trees: 100, depth: 3, rate: 0.03, least: 10 }
    }
}

impl Model for Boosting {
    fn id(&self) -> &'static str {
        "boosting"
    }

    fn fit(&self, panel: &Panel, until: usize) -> Box<dyn Fitted> {
        let learn = |rows: &[Row]| -> Box<dyn Learnt> { Box::new(Seasonal::learn(rows, self)) };
        Box::new(features::Direct::fit(panel, until, features::seasonal, learn))
    }
}

/// The three forecasts together.
struct Seasonal {
    ridge: Ridge,
    of_ratio: Trees,
    of_rest: Trees,
}

impl Seasonal {
    fn learn(rows: &[Row], boosting: &Boosting) -> Seasonal {
        let ridge = Ridge::learn(rows);
        let ratio: Vec<f64> = rows.iter().map(|row| row.target - row.features[features::LAST]).collect();
        let rest: Vec<f64> = rows.iter().map(|row| row.target - ridge.predict(&row.features)).collect();
        let binned = Binned::new(rows);
        let (of_ratio, of_rest) = rayon::join(|| boosting.grow(&binned, &ratio), || boosting.grow(&binned, &rest));
        Seasonal { ridge, of_ratio, of_rest }
    }
}

impl Learnt for Seasonal {
    fn predict(&self, features: &[f64]) -> f64 {
        let of_ridge = self.ridge.predict(features);
        let logs =
            [of_ridge, features[features::LAST] + self.of_ratio.predict(features), of_ridge + self.of_rest.predict(features)];
        (logs.into_iter().map(|log| log.exp_m1().max(0.0)).sum::<f64>() / 3.0).ln_1p()
    }
}

/// Ridge regression on the last value and the usual value of the target's week, both standardised; the constant is free.
struct Ridge {
    means: [f64; 2],
    scales: [f64; 2],
    constant: f64,
    weights: [f64; 2],
}

/// Added to the diagonal, in rows.
const RIDGE: f64 = 1.0;

impl Ridge {
    fn learn(rows: &[Row]) -> Ridge {
        let n = rows.len().max(1) as f64;
        let two = |row: &Row| [row.features[features::LAST], row.features[features::USUAL]];
        let mean = |of: &dyn Fn(&Row) -> f64| rows.iter().map(of).sum::<f64>() / n;
        let means = [0, 1].map(|i| mean(&|row| two(row)[i]));
        let scales = [0, 1].map(|i| {
            let scale = mean(&|row| (two(row)[i] - means[i]).powi(2)).sqrt();
            if scale < 1e-9 { 1.0 } else { scale }
        });
        let constant = mean(&|row| row.target);
        let (mut a, mut b, mut d, mut right) = (RIDGE, 0.0, RIDGE, [0.0; 2]);
        for row in rows {
            let [x, y] = [0, 1].map(|i| (two(row)[i] - means[i]) / scales[i]);
            a += x * x;
            b += x * y;
            d += y * y;
            right[0] += x * (row.target - constant);
            right[1] += y * (row.target - constant);
        }
        let determinant = a * d - b * b;
        let weights = [(d * right[0] - b * right[1]) / determinant, (a * right[1] - b * right[0]) / determinant];
        Ridge { means, scales, constant, weights }
    }

    fn predict(&self, features: &[f64]) -> f64 {
        let two = [features[features::LAST], features[features::USUAL]];
        self.constant + [0, 1].into_iter().map(|i| self.weights[i] * (two[i] - self.means[i]) / self.scales[i]).sum::<f64>()
    }
}

/// Trees and where they begin.
#[derive(Debug, Clone, Default)]
pub struct Trees {
    base: f64,
    trees: Vec<Vec<Node>>,
}

#[derive(Debug, Clone, Copy)]
enum Node {
    Leaf(f64),
    Split { feature: u16, at: f64, left: u32 },
}

impl Trees {
    fn predict(&self, features: &[f64]) -> f64 {
        self.base + self.trees.iter().map(|tree| leaf(tree, features)).sum::<f64>()
    }
}

fn leaf(tree: &[Node], features: &[f64]) -> f64 {
    let mut at = 0;
    loop {
        match tree[at] {
            Node::Leaf(value) => return value,
            Node::Split { feature, at: limit, left } => {
                at = left as usize + usize::from(features[usize::from(feature)] > limit);
            }
        }
    }
}

/// Rows by bin of each feature: a bin for every distinct value, or 255 with about as many rows each where there are many rows.
pub struct Binned {
    /// By feature, then row
    bins: Vec<Vec<u16>>,
    /// Upper limit of each bin but the last, by feature
    limits: Vec<Vec<f64>>,
}

/// From so many rows on values are put together.
const MANY_ROWS: usize = 8192;
const BINS: usize = 255;

impl Binned {
    fn new(rows: &[Row]) -> Binned {
        // Trees see all but the usual value, which has its say in the ridge.
        let width = if rows.is_empty() { 0 } else { features::USUAL };
        let one = |feature: usize| {
            let mut values: Vec<f64> = rows.iter().map(|row| row.features[feature]).collect();
            values.sort_by(f64::total_cmp);
            let mut distinct = values.clone();
            distinct.dedup();
            if rows.len() > MANY_ROWS && distinct.len() > BINS {
                distinct = (1..=BINS).map(|k| values[k * (values.len() - 1) / BINS]).collect();
                distinct.dedup();
            }
            let limits: Vec<f64> = distinct.windows(2).map(|pair| 0.5 * (pair[0] + pair[1])).collect();
            let bin = |row: &Row| limits.partition_point(|limit| *limit < row.features[feature]) as u16;
            (rows.iter().map(bin).collect(), limits)
        };
        let (bins, limits) = (0..width).into_par_iter().map(one).unzip();
        Binned { bins, limits }
    }
}

/// The best way to part the rows of a node.
#[derive(Debug, Clone, Copy)]
struct Best {
    gain: f64,
    feature: usize,
    bin: usize,
}

impl Best {
    /// Whether a gain is better; of gains that differ by rounding only the first stands.
    fn beats(gain: f64, best: Option<Best>) -> bool {
        gain > best.map_or(1e-12, |best| best.gain * (1.0 + 1e-9))
    }
}

impl Boosting {
    /// Grows trees on targets of binned rows.
    fn grow(&self, binned: &Binned, targets: &[f64]) -> Trees {
        if targets.is_empty() {
            return Trees::default();
        }
        let base = targets.iter().sum::<f64>() / targets.len() as f64;
        let mut rest: Vec<f64> = targets.iter().map(|target| target - base).collect();
        let mut order: Vec<u32> = Vec::new();
        let trees = (0..self.trees)
            .map(|_| {
                order.clear();
                order.extend(0..targets.len() as u32);
                let mut nodes = vec![Node::Leaf(0.0)];
                self.split(binned, &mut rest, &mut order, 0, self.depth, &mut nodes);
                nodes
            })
            .collect();
        Trees { base, trees }
    }

    /// Parts the rows of a node, or makes it a leaf and takes its value off the rest.
    fn split(&self, binned: &Binned, rest: &mut [f64], rows: &mut [u32], node: usize, depth: usize, nodes: &mut Vec<Node>) {
        let best = if depth > 0 { self.best(binned, rest, rows) } else { None };
        let Some(best) = best else {
            let sum: f64 = rows.iter().map(|&row| rest[row as usize]).sum();
            let value = self.rate * (sum / rows.len() as f64);
            rows.iter().for_each(|&row| rest[row as usize] -= value);
            nodes[node] = Node::Leaf(value);
            return;
        };
        let bins = &binned.bins[best.feature];
        // Stable, so that sums run in order of rows.
        let (mut lefts, rights): (Vec<u32>, Vec<u32>) =
            rows.iter().partition(|row| usize::from(bins[**row as usize]) <= best.bin);
        let count = lefts.len();
        lefts.extend(rights);
        rows.copy_from_slice(&lefts);
        let left = nodes.len();
        nodes.extend([Node::Leaf(0.0); 2]);
        let at = binned.limits[best.feature][best.bin];
        nodes[node] = Node::Split { feature: best.feature as u16, at, left: left as u32 };
        let (of_left, of_right) = rows.split_at_mut(count);
        self.split(binned, rest, of_left, left, depth - 1, nodes);
        self.split(binned, rest, of_right, left + 1, depth - 1, nodes);
    }

    fn best(&self, binned: &Binned, rest: &[f64], rows: &[u32]) -> Option<Best> {
        if rows.len() < 2 * self.least {
            return None;
        }
        let one = |feature: usize| {
            let bins = &binned.bins[feature];
            let mut sums = vec![(0.0f64, 0u32); binned.limits[feature].len() + 1];
            for &row in rows {
                let bin = &mut sums[usize::from(bins[row as usize])];
                bin.0 += rest[row as usize];
                bin.1 += 1;
            }
            let all: f64 = sums.iter().map(|bin| bin.0).sum();
            let n = rows.len() as f64;
            let whole = all * all / n;
            let mut best: Option<Best> = None;
            let (mut sum, mut count) = (0.0, 0);
            for (bin, part) in sums.iter().enumerate().take(sums.len() - 1) {
                (sum, count) = (sum + part.0, count + part.1 as usize);
                if part.1 == 0 || count < self.least || rows.len() - count < self.least {
                    continue;
                }
                let (left, right) = (count as f64, n - count as f64);
                let gain = sum * sum / left + (all - sum) * (all - sum) / right - whole;
                if Best::beats(gain, best) {
                    best = Some(Best { gain, feature, bin });
                }
            }
            best
        };
        let all = 0..binned.bins.len();
        // Small nodes are not worth handing to other threads.
        let found: Vec<Option<Best>> =
            if rows.len() < MANY_ROWS { all.map(one).collect() } else { all.into_par_iter().map(one).collect() };
        found.into_iter().flatten().fold(None, |best, one| if Best::beats(one.gain, best) { Some(one) } else { best })
    }
}

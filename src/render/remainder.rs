//! The one row that stands for those a page has no room for: how many they are, and their sum, or their span where a sum says nothing.

use crate::cartography::ranking::Rank;
use crate::draw::charts::bars::Bar;
use crate::draw::charts::bullet::Goal;
use crate::draw::charts::dots::Move;
use crate::draw::charts::heatmap::Row;
use crate::project::By;
use crate::scale::{Fill, Rgb};
use crate::values::{Lang, Value, exact, numbers};

/// How the numbers of rows are put together.
#[derive(Clone, Copy)]
pub struct Together {
    /// What a row is
    pub by: By,
    /// Whether rows add up
    pub adds: bool,
    /// Decimals
    pub decimals: usize,
    /// Language
    pub lang: Lang,
}

const GREY: Fill = Fill::Colour(Rgb::GREY);

impl Together {
    fn label(self, count: usize) -> String {
        let (vi, one, many) = match self.by {
            By::Commune | By::Programme => ("xã", "commune", "communes"),
            By::Pest => ("loại", "pest", "pests"),
            By::Enterprise => ("doanh nghiệp", "enterprise", "enterprises"),
        };
        match self.lang {
            Lang::Vi => format!("{count} {vi} khác"),
            Lang::En => format!("{count} other {}", if count == 1 { one } else { many }),
        }
    }

    fn number(self, number: f64) -> String {
        numbers::format(number, self.decimals, self.lang)
    }

    /// Words, and how many rows have no number.
    fn with_unknown(self, words: String, unknown: usize) -> String {
        let missing = if unknown > 0 {
            format!("{unknown} {}", self.lang.pick("không có số liệu", "without data"))
        } else {
            String::new()
        };
        [words, missing].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// From the lowest to the highest.
    fn span(self, known: &[f64]) -> String {
        let (low, high) = known.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), n| (a.min(*n), b.max(*n)));
        let (from, to) = (self.number(low), self.number(high));
        match self.lang {
            _ if known.is_empty() => String::new(),
            Lang::Vi => format!("từ {from} đến {to}"),
            Lang::En => format!("from {from} to {to}"),
        }
    }

    /// The sum or the span of numbers, and how many rows have none.
    fn words(self, known: &[f64], rows: usize) -> String {
        let words = match self.adds && !known.is_empty() {
            true => format!("{} {}", self.lang.pick("tổng", "sum"), self.number(known.iter().sum())),
            false => self.span(known),
        };
        self.with_unknown(words, rows - known.len())
    }

    /// Bars whose parts stand side by side have words for each part, divided ones for their sum.
    pub fn bar(self, hidden: &[Bar], divided: bool) -> Bar {
        let parts = hidden.first().map_or(0, |bar| bar.parts.len());
        let of = |part: usize| -> Vec<f64> { hidden.iter().filter_map(|bar| bar.parts.get(part)?.0).collect() };
        let words = if divided {
            let sums = hidden.iter().filter_map(|bar| {
                let known: Vec<f64> = bar.parts.iter().filter_map(|(value, _)| *value).collect();
                (!known.is_empty()).then(|| known.iter().sum())
            });
            vec![self.words(&sums.collect::<Vec<f64>>(), hidden.len())]
        } else {
            (0..parts).map(|part| self.words(&of(part), hidden.len())).collect()
        };
        Bar { label: self.label(hidden.len()), parts: vec![(None, GREY); parts], words, ..Bar::default() }
    }

    /// The sum or the span of the communes left out of a list beside a map.
    pub fn rank(self, hidden: &[Rank]) -> Rank {
        let known: Vec<f64> = hidden.iter().filter_map(|row| row.value).collect();
        let words = self.words(&known, hidden.len());
        Rank { commune: None, label: self.label(hidden.len()), value: None, fill: GREY, words, before: None, whole: None }
    }

    /// The sums or the spans of cells left out, by column.
    pub fn cells(self, hidden: &[Row]) -> Row {
        let columns = hidden.first().map_or(0, |row| row.values.len());
        let known = |column: usize| -> Vec<f64> { hidden.iter().filter_map(|row| row.values[column].number()).collect() };
        let word = |column: usize| match (self.adds, known(column)) {
            (_, known) if known.is_empty() => String::new(),
            (true, known) => self.number(exact::sum(known)),
            (false, known) => {
                let ends = known.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), n| (a.min(*n), b.max(*n)));
                format!("{}–{}", self.number(ends.0), self.number(ends.1))
            }
        };
        let together = if self.adds { self.lang.pick(", cộng", ", sum") } else { "" };
        let label = format!("{}{together}", self.label(hidden.len()));
        Row { label, values: vec![Value::NoData; columns], words: (0..columns).map(word).collect() }
    }

    /// What rose and what fell among the moves left out.
    pub fn moved(self, hidden: &[Move]) -> Move {
        let gains: Vec<f64> = hidden.iter().filter_map(|row| Some(row.now? - row.then?)).collect();
        let sum = |rose: bool| gains.iter().filter(|gain| (**gain > 0.0) == rose).sum::<f64>();
        let words = match (self.adds && !gains.is_empty(), self.lang) {
            (false, _) => self.span(&gains),
            (true, Lang::Vi) => format!("tăng {}, giảm {}", self.number(sum(true)), self.number(-sum(false))),
            (true, Lang::En) => format!("up {}, down {}", self.number(sum(true)), self.number(-sum(false))),
        };
        let words = self.with_unknown(words, hidden.len() - gains.len());
        Move { label: self.label(hidden.len()), then: None, now: None, interval: None, fill: GREY, words }
    }

    /// The span of attainments left out.
    pub fn goal(self, hidden: &[Goal]) -> Goal {
        let known: Vec<f64> = hidden.iter().filter_map(|goal| goal.attainment).collect();
        let behind = known.iter().filter(|reached| **reached < 100.0).count();
        let words = match self.lang {
            _ if known.is_empty() => String::new(),
            Lang::Vi => format!("{} %, {behind} chưa đạt kế hoạch", self.span(&known)),
            Lang::En => format!("{} %, {behind} behind plan", self.span(&known)),
        };
        let words = self.with_unknown(words, hidden.len() - known.len());
        Goal { label: self.label(hidden.len()), attainment: None, fill: GREY, words, detail: String::new() }
    }
}

//! The one row that stands for those a page has no room for: how many they are, and their sum, or their span where a sum says nothing.

use crate::draw::charts::bars::Bar;
use crate::draw::charts::bullet::Goal;
use crate::draw::charts::dots::Move;
use crate::project::By;
use crate::scale::{Fill, Rgb};
use crate::values::{Lang, numbers};

/// How the numbers of rows are put together.
#[derive(Clone, Copy)]
pub(super) struct Together {
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

    /// The sum or the span of numbers, and how many are not known.
    fn words(self, known: &[f64], rows: usize) -> String {
        let lang = self.lang;
        let (low, high) = known.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), n| (a.min(*n), b.max(*n)));
        let mut words = match (known.is_empty(), self.adds) {
            (true, _) => String::new(),
            (false, true) => format!("{} {}", lang.pick("tổng", "sum"), self.number(known.iter().sum())),
            (false, false) => {
                format!("{} {} {} {}", lang.pick("từ", "from"), self.number(low), lang.pick("đến", "to"), self.number(high))
            }
        };
        let unknown = rows - known.len();
        if unknown > 0 {
            let gap = if words.is_empty() { "" } else { " · " };
            words = format!("{words}{gap}{unknown} {}", lang.pick("không có số liệu", "without data"));
        }
        words
    }

    /// Bars whose parts stand side by side have words for each part, divided ones for their sum.
    pub(super) fn bar(self, hidden: &[Bar], divided: bool) -> Bar {
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
        Bar { label: self.label(hidden.len()), parts: vec![(None, GREY); parts], words }
    }

    /// What rose and what fell among the moves left out.
    pub(super) fn moved(self, hidden: &[Move]) -> Move {
        let gains: Vec<f64> = hidden.iter().filter_map(|row| Some(row.now? - row.then?)).collect();
        let sum = |rose: bool| gains.iter().filter(|gain| (**gain > 0.0) == rose).sum::<f64>();
        let words = if self.adds && !gains.is_empty() {
            let (rose, fell) = (self.number(sum(true)), self.number(-sum(false)));
            let words = match self.lang {
                Lang::Vi => format!("tăng {rose}, giảm {fell}"),
                Lang::En => format!("up {rose}, down {fell}"),
            };
            let unknown = Together { adds: false, ..self }.words(&[], hidden.len() - gains.len());
            [words, unknown].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
        } else {
            self.words(&gains, hidden.len())
        };
        Move { label: self.label(hidden.len()), then: None, now: None, fill: GREY, words }
    }

    /// The span of attainments left out.
    pub(super) fn goal(self, hidden: &[Goal]) -> Goal {
        let known: Vec<f64> = hidden.iter().filter_map(|goal| goal.attainment).collect();
        let unit = if known.is_empty() { "" } else { " %" };
        let span = format!("{}{unit}", self.words(&known, known.len()));
        let behind = known.iter().filter(|reached| **reached < 100.0).count();
        let behind = match self.lang {
            Lang::Vi => format!("{behind} chưa đạt kế hoạch"),
            Lang::En => format!("{behind} behind plan"),
        };
        let mut words = [span, behind].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let unknown = hidden.len() - known.len();
        if unknown > 0 {
            words = format!("{words} · {unknown} {}", self.lang.pick("không có số liệu", "without data"));
        }
        Goal { label: self.label(hidden.len()), attainment: None, fill: GREY, words, detail: String::new() }
    }
}

//! Bounds of classes in words.

use super::Scale;
use crate::project::Closure;
use crate::values::{Lang, numbers};

impl Scale {
    /// Bounds in words. A class that holds one bound and not the other says so.
    pub(super) fn labels(&self, sorted: &[f64], zero_apart: bool, signed: bool, lang: Lang) -> Vec<String> {
        let decimals = numbers::decimals_needed(&self.cuts);
        let write = |number: f64| {
            if signed { numbers::format_change(number, decimals, lang) } else { numbers::format(number, decimals, lang) }
        };
        let (below, above) = (lang.pick("dưới", "below"), lang.pick("trên", "above"));
        let positive = zero_apart && sorted.first().is_some_and(|low| *low > 0.0);
        let cuts = &self.cuts;
        let [first, .., last] = cuts.as_slice() else {
            return match (cuts.first(), sorted.first()) {
                (Some(cut), _) => self.ends(*cut, *cut, positive, write, lang).into(),
                (None, Some(value)) if sorted.last() == Some(value) => vec![numbers::format_short(*value, lang)],
                (None, Some(_)) if positive => vec![format!("{above} 0")],
                (None, Some(_)) => vec![lang.pick("mọi giá trị", "all values").to_owned()],
                (None, None) => Vec::new(),
            };
        };
        let [lowest, highest] = self.ends(*first, *last, positive, write, lang);
        let mut list = vec![lowest];
        list.extend(cuts.windows(2).map(|pair| {
            let (from, until) = (write(pair[0]), write(pair[1]));
            match self.closure {
                // Zero is a class of its own, so the class that opens at zero does not hold it.
                Closure::Lower if zero_apart && pair[0] == 0.0 => format!("{above} 0 – {below} {until}"),
                Closure::Lower => format!("{from} – {below} {until}"),
                Closure::Upper if zero_apart && pair[1] == 0.0 => format!("{above} {from} – {below} 0"),
                Closure::Upper => format!("{above} {from} – {until}"),
            }
        }));
        list.push(highest);
        list
    }

    /// Words of the lowest and the highest class.
    fn ends(&self, first: f64, last: f64, positive: bool, write: impl Fn(f64) -> String, lang: Lang) -> [String; 2] {
        let (from, until) = (write(first), write(last));
        let (below, above, to) = (lang.pick("dưới", "below"), lang.pick("trên", "above"), lang.pick("đến", "up to"));
        let highest = match (self.closure, lang) {
            (Closure::Upper, _) => format!("{above} {until}"),
            (Closure::Lower, Lang::Vi) => format!("{until} trở lên"),
            (Closure::Lower, Lang::En) => format!("{until} and above"),
        };
        let lowest = match (self.closure, positive) {
            (Closure::Lower, true) => format!("{above} 0 – {below} {from}"),
            (Closure::Lower, false) => format!("{below} {from}"),
            (Closure::Upper, true) => format!("{above} 0 – {from}"),
            (Closure::Upper, false) => format!("{to} {from}"),
        };
        [lowest, highest]
    }
}

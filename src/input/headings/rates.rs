//! Which columns of figures hold rates and means, which never add up, by what their headings say.

use crate::values::text::fold;
use crate::values::{Quantity, Unit};

/// Words of means and rates, without accents.
const WORDS: [&str; 14] = [
    "ty le",
    "ti le",
    "ty suat",
    "nang suat",
    "binh quan",
    "trung binh",
    "mat do",
    "he so",
    "chi so",
    "rate",
    "share",
    "yield",
    "average",
    "mean",
];

/// What the figures below a heading do when communes are put together: "Năng suất (tấn/ha)" and "ty_le" do not add up.
pub fn quantity(heading: &str) -> Quantity {
    let unit = heading.split_once('(').and_then(|(_, rest)| Some(rest.split_once(')')?.0)).unwrap_or("");
    let folded = format!(" {} ", fold(heading).replace('_', " "));
    let is_rate = Unit::of(unit).quantity() == Quantity::Intensive
        || heading.contains('%')
        || folded.ends_with(" pct ")
        || WORDS.iter().any(|word| folded.contains(&format!(" {word} ")));
    if is_rate { Quantity::Intensive } else { Quantity::Extensive }
}

/// Whether a heading speaks of hectares, which are never below nought.
pub fn is_hectares(heading: &str) -> bool {
    let folded = format!(" {} ", fold(heading).replace('_', " "));
    [" ha ", " dien tich ", " hecta ", " area "].iter().any(|word| folded.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_told_by_their_headings() {
        for rate in ["Năng suất (tấn/ha)", "ty_le_phu", "Tỷ lệ nhiễm", "coverage_pct", "Đạt %", "mean_height"] {
            assert_eq!(quantity(rate), Quantity::Intensive, "{rate}");
        }
        for sum in ["Sản lượng (tấn)", "Diện tích (ha)", "Diện tích nhiễm (ha) / nhẹ", "ho", "Số hộ", "meant", "Tổng đàn"]
        {
            assert_eq!(quantity(sum), Quantity::Extensive, "{sum}");
        }
    }
}

//! The five severity levels of a pest on a crop.

use super::text::{Lang, fold};
use serde::Deserialize;
use std::sync::LazyLock;

/// What levels mean, with their source in `severity.toml`.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Meaning {
    /// Level from which a field counts as infested
    pub infested_from: u8,
    /// Level from which contracted hectares count as at risk
    pub at_risk_from: u8,
}

/// The meaning that ships. A file that does not read, which a test excludes, would leave nothing at risk.
pub static MEANING: LazyLock<Meaning> = LazyLock::new(|| {
    toml::from_str(include_str!("severity.toml")).unwrap_or(Meaning { infested_from: u8::MAX, at_risk_from: u8::MAX })
});

/// Whether a level, or a mean of levels, puts a contract at risk.
pub fn is_at_risk(level: f64) -> bool {
    level >= f64::from(MEANING.at_risk_from)
}

/// The highest level, total loss (mất trắng).
pub const HIGHEST: u8 = 4;

/// Levels that count as infested, from light to total loss.
pub fn infested_levels() -> std::ops::RangeInclusive<u8> {
    MEANING.infested_from..=HIGHEST
}

/// Name of a severity level, 0 to 4.
pub fn name(level: u8, lang: Lang) -> &'static str {
    match (level, lang) {
        (0, Lang::Vi) => "không nhiễm",
        (1, Lang::Vi) => "nhẹ",
        (2, Lang::Vi) => "trung bình",
        (3, Lang::Vi) => "nặng",
        (_, Lang::Vi) => "mất trắng",
        (0, Lang::En) => "none",
        (1, Lang::En) => "light",
        (2, Lang::En) => "medium",
        (3, Lang::En) => "heavy",
        (_, Lang::En) => "total loss",
    }
}

/// Reads a level written as a word ("nhẹ", "TB", "nặng", "mất trắng", "light" …).
pub fn from_word(word: &str) -> Option<u8> {
    match fold(word).as_str() {
        "0" | "khong" | "khong nhiem" | "sach" | "none" | "clean" => Some(0),
        "1" | "nhe" | "nhiem nhe" | "light" | "low" => Some(1),
        "2" | "tb" | "trung binh" | "nhiem trung binh" | "medium" | "moderate" => Some(2),
        "3" | "nang" | "nhiem nang" | "heavy" | "severe" | "high" => Some(3),
        "4" | "mat trang" | "total loss" | "lost" => Some(4),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_meaning_that_ships_reads() {
        let meaning = *super::MEANING;
        assert_eq!((meaning.infested_from, meaning.at_risk_from), (1, 2));
        assert!(super::is_at_risk(2.0) && !super::is_at_risk(1.9) && !super::is_at_risk(f64::NAN));
    }
}

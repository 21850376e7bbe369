//! The five severity levels of a pest on a crop.

use super::text::{Lang, fold};

/// Level from which a field counts as infested (nhẹ).
pub const INFESTED: f64 = 1.0;
/// Level from which contracted hectares count as at risk (trung bình).
pub const AT_RISK: f64 = 2.0;
/// The highest level, total loss (mất trắng).
pub const HIGHEST: u8 = 4;

/// Levels that count as infested, from light to total loss.
pub fn infested_levels() -> std::ops::RangeInclusive<u8> {
    INFESTED as u8..=HIGHEST
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

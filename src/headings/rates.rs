//! Which columns of figures hold rates and means, which never add up, by what their headings say.

use crate::values::text::fold;
use crate::values::{Quantity, Unit};

/// Words of means and rates, without accents.
const WORDS: [&str; 46] = [
    "ty le",
    "ti le",
    "ty suat",
    "nang suat",
    "nang xuat",
    "do tuoi",
    "nslt",
    "nstt",
    "nsbq",
    "binh quan",
    "bq",
    "trung binh",
    "mat do",
    "md",
    "mat so",
    "mdtb",
    "tlb",
    "tlh",
    "he so",
    "chi so",
    "ty trong",
    "ti trong",
    "do che phu",
    "do am",
    "do man",
    "do ph",
    "nhiet do",
    "luong mua",
    "so gio nang",
    "muc nuoc",
    "cao trinh",
    "cap benh",
    "cap dich",
    "cap hai",
    "xep hang",
    "hang sao",
    "so sao",
    "don gia",
    "gia ban",
    "gia mua",
    "gia lua",
    "rate",
    "share",
    "yield",
    "average",
    "mean",
];
/// Words that mean a level where they stand alone: "Điểm" is a score, "Điểm thu mua" a place. With their accents: "tưới" is no age.
const ALONE: [&str; 8] = ["ph", "điểm", "hạng", "cấp", "sao", "tuổi", "giá", "tuổi lúa"];
/// Words of differences, which may be below nought.
const DIFFERENCES: [&str; 8] = ["chenh lech", "so voi", "tang giam", "tang", "giam", "bien dong", "change", "difference"];

/// What a unit is for each of, behind its stroke: "Tạ/ha", "kg/công", "triệu đồng/người/năm"; of "tấn/năm" the years add up to the year.
const EACH: [&str; 14] = ["ha", "m2", "m3", "cong", "kg", "ho", "nguoi", "con", "khau", "vu", "lit", "lao dong", "ld", "sao"];

/// Whether a heading has a unit for each of something.
fn is_for_each(heading: &str) -> bool {
    let marks = |c: char| c == '(' || c == ')' || c == '[' || c == ']' || c == ',' || c == ';' || c == ':';
    let mut words = heading.split(|c: char| c.is_whitespace() || marks(c)).filter(|word| !word.starts_with('/'));
    words.any(|word| {
        let each = word.split('/').skip(1).map(|part| fold(&part.replace('²', "2").replace('³', "3")));
        each.into_iter().any(|part| EACH.contains(&part.as_str()))
    })
}

/// Whether a heading or a title says that its numbers are added up to their day: "Lũy kế", "Cộng dồn".
pub fn is_cumulative(text: &str) -> bool {
    let words = format!(" {} ", fold(text));
    [" luy ke ", " cong don "].iter().any(|word| words.contains(word))
}

/// The words in the brackets of a heading.
fn in_brackets(heading: &str) -> &str {
    heading.split_once('(').and_then(|(_, rest)| Some(rest.split_once(')')?.0)).unwrap_or("")
}

/// What the figures below a heading do when communes are put together: "Năng suất (tấn/ha)" and "ty_le" do not add up.
pub fn quantity(heading: &str) -> Quantity {
    let unit = in_brackets(heading);
    let folded = format!(" {} ", fold(heading).replace('_', " "));
    // "Nhiễm trung bình (ha)" is a class of severity.
    let of_hectares = fold(unit) == "ha";
    let says = |word: &&str| folded.contains(&format!(" {word} ")) && !(of_hectares && **word == *"trung binh");
    let bare = heading.split(['(', '[']).next().unwrap_or(heading).trim().to_lowercase();
    let is_rate = Unit::of(unit).quantity() == Quantity::Intensive
        || heading.contains('%')
        || is_for_each(heading)
        || folded.ends_with(" pct ")
        || ALONE.contains(&bare.as_str())
        || WORDS.iter().any(says);
    if is_rate { Quantity::Intensive } else { Quantity::Extensive }
}

/// Whether a heading speaks of hectares, which are never below nought unless it speaks of their change.
pub fn is_hectares(heading: &str) -> bool {
    let folded = format!(" {} ", fold(heading).replace('_', " "));
    let says = |word: &&str| folded.contains(&format!(" {word} "));
    ["ha", "dien tich", "hecta", "area"].iter().any(says) && !DIFFERENCES.iter().any(says)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_may_be_below_nought() {
        assert!(is_hectares("Diện tích nhiễm (ha)") && is_hectares("area_ha"));
        assert!(!is_hectares("Chênh lệch (ha)") && !is_hectares("So với cùng kỳ (ha)"));
    }

    #[test]
    fn rates_are_told_by_their_headings() {
        for rate in [
            "Năng suất (tấn/ha)",
            "ty_le_phu",
            "Tỷ lệ nhiễm",
            "coverage_pct",
            "Đạt %",
            "mean_height",
            "pH",
            "Mực nước (m)",
            "NSBQ",
            "Tuổi lúa (ngày)",
            "Đơn giá (đồng/kg)",
            "Tạ/ha",
            "Mật số con/m²",
            "Thu nhập (triệu đồng/người/năm)",
            "Độ tuổi",
            "Năng xuất",
        ] {
            assert_eq!(quantity(rate), Quantity::Intensive, "{rate}");
        }
        for sum in [
            "Sản lượng (tấn)",
            "Diện tích (ha)",
            "Diện tích nhiễm (ha) / nhẹ",
            "Nhiễm trung bình (ha)",
            "Diện tích tưới (ha)",
            "Sản lượng (tấn/năm)",
            "Gia cầm (con)",
            "ho",
            "Số hộ",
            "meant",
            "Tổng đàn",
        ] {
            assert_eq!(quantity(sum), Quantity::Extensive, "{sum}");
        }
    }
}

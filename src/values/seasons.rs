//! Seasons of rice by their names: "Đông Xuân 2023-2024", "vụ Hè Thu 2024", "TĐ 2024".

use super::text::fold;

/// A season, in the order of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Season {
    /// Year of its harvest; 0 where it is not stated
    pub year: i32,
    /// Its place among the seasons of a year
    pub place: u8,
}

/// Names in full, folded, in the order of a year in the south; winter–spring is harvested in the year it ends.
const NAMES: [(&str, u8); 6] = [("dong xuan", 1), ("xuan he", 2), ("he thu", 3), ("thu dong", 4), ("vu mua", 5), ("lua mua", 5)];
/// Abbreviations, which stand in capitals.
const SHORT: [(&str, u8); 5] = [("ĐX", 1), ("DX", 1), ("XH", 2), ("HT", 3), ("TĐ", 4)];

/// The one season that a text names; `None` of none or of several.
#[must_use]
pub fn within(text: &str) -> Option<Season> {
    let folded = format!(" {} ", fold(text));
    let mut places: Vec<u8> =
        NAMES.iter().filter(|(name, _)| folded.contains(&format!(" {name} "))).map(|(_, place)| *place).collect();
    let words = || text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    places.extend(SHORT.iter().filter(|(short, _)| words().any(|word| word == *short)).map(|(_, place)| *place));
    places.sort_unstable();
    places.dedup();
    let [place] = places[..] else { return None };
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| match digits.len() {
        4 => digits.parse().ok(),
        2 => digits.parse().ok().map(|year: i32| 2000 + year),
        _ => None,
    });
    Some(Season { year: numbers.filter(|year| (2000..2100).contains(year)).max().unwrap_or(0), place })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seasons_stand_in_the_order_of_time() {
        let order = ["ĐX 2022-2023", "Đông Xuân 2023-2024", "vụ Hè Thu 2024", "TĐ 24", "Đông Xuân 2024 - 2025"];
        let found: Vec<Season> = order.iter().map(|text| within(text).expect(text)).collect();
        assert!(found.windows(2).all(|pair| pair[0] < pair[1]), "{found:?}");
        assert_eq!(within("HTX Tân Tiến"), None);
        assert_eq!(within("Đông Xuân và Hè Thu"), None);
        assert_eq!(within("ht"), None);
    }
}

//! Units of measures: what they are called, and whether numbers in them add up.

use super::{Lang, Message, Quantity};
use crate::values::text::fold;

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Unit {
    /// Not stated
    #[default]
    None,
    /// Hectares
    Hectares,
    /// Per cent
    PerCent,
    /// Per cent of what the words say, in Vietnamese and English
    PerCentOf([&'static str; 2]),
    /// Severity, 0 to 4
    Level,
    /// Days
    Days,
    /// A number of things, in Vietnamese and English
    Count([&'static str; 2]),
    /// As a table states it
    Stated(String),
}

impl Unit {
    /// The unit that a text states.
    pub fn of(text: &str) -> Unit {
        match text.trim() {
            "" => Unit::None,
            "%" => Unit::PerCent,
            "ha" => Unit::Hectares,
            other => Unit::Stated(other.to_owned()),
        }
    }

    /// Its name.
    pub fn get(&self, lang: Lang) -> &str {
        match self {
            Unit::None => "",
            Unit::Hectares => "ha",
            Unit::PerCent => "%",
            Unit::PerCentOf([vi, en]) | Unit::Count([vi, en]) => lang.pick(vi, en),
            Unit::Level => lang.pick("mức 0–4", "level 0–4"),
            Unit::Days => lang.pick("ngày", "days"),
            Unit::Stated(text) => text,
        }
    }

    /// Its name behind a number, where a level has none.
    pub fn short(&self, lang: Lang) -> &str {
        match self {
            Unit::Level => "",
            // "% of the crop" is "%" behind a number.
            Unit::PerCentOf(_) => self.get(lang).split(' ').next().unwrap_or(""),
            other => other.get(lang),
        }
    }

    /// Its name in both languages.
    pub fn words(&self) -> Message {
        Message { vi: self.get(Lang::Vi).to_owned(), en: self.get(Lang::En).to_owned() }
    }

    /// Whether numbers in it count things, each by itself.
    pub fn is_count(&self) -> bool {
        !matches!(self, Unit::Hectares | Unit::PerCent | Unit::PerCentOf(_) | Unit::Level)
    }

    /// What numbers in it do when communes are put together: t/ha, %, °C and days do not add up.
    pub fn quantity(&self) -> Quantity {
        let intensive = match self {
            Unit::None | Unit::Hectares | Unit::Count(_) => false,
            Unit::PerCent | Unit::PerCentOf(_) | Unit::Level | Unit::Days => true,
            Unit::Stated(text) => {
                let folded = format!(" {} ", fold(text));
                // What comes in a year, a season or a night adds up over communes.
                let in_time = |tail: &str| text.to_lowercase().trim_end().ends_with(tail);
                if ["/năm", "/vụ", "/tháng", "/quý", "/tuần", "/ngày", "/đêm", "/year", "/day"].into_iter().any(in_time)
                {
                    return Quantity::Extensive;
                }
                // Rain is as high over all communes together as over one.
                let is_depth = ["mm", "độ", "độ c"].contains(&text.trim().to_lowercase().as_str());
                is_depth
                    || text.contains(['%', '‰', '/', '°', 'º'])
                    || [" per ", " moi ", " tren "].iter().any(|word| folded.contains(word))
            }
        };
        if intensive { Quantity::Intensive } else { Quantity::Extensive }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_do_not_add_up() {
        for rate in ["%", "tấn/ha", "t/ha", "con/m2", "‰", "°C", "kg trên ha", "kg per ha", "% diện tích"] {
            assert_eq!(Unit::of(rate).quantity(), Quantity::Intensive, "{rate}");
        }
        for amount in ["", "ha", "tấn", "con", "hộ", "triệu đồng", "sản phẩm", "tấn/năm", "con/đêm"] {
            assert_eq!(Unit::of(amount).quantity(), Quantity::Extensive, "{amount}");
        }
    }
}

//! What is known of the quantities that sensors measure: their units, what a reading can be at all, and what a day of readings is.

use crate::values::text::fold;
use serde::Deserialize;
use std::sync::OnceLock;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    clock: Clock,
    nights: Nights,
    spans: Spans,
    codes: Codes,
    quantities: Vec<Quantity>,
}

/// The clock that readings are brought to.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// Hours by which local time is ahead of universal time
    pub hours_east: i32,
    /// Where that is from
    pub source: String,
    /// Whether it was compared with it
    pub verified: bool,
}

/// Which hours are of which night.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nights {
    /// Hour from which a catch is one of the evening
    pub evening: u32,
    /// Hour before which a catch is one of the night before
    pub noon: u32,
    /// Where that is from
    pub source: String,
    /// Whether it was compared with it
    pub verified: bool,
}

/// How many readings of a day tell its mean, and its lowest and highest.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spans {
    /// From how many on their mean is that of the day
    pub mean: usize,
    /// From how many on the lowest and the highest are those of the day
    pub extremes: usize,
    /// Where that is from
    pub source: String,
    /// Whether it was compared with it
    pub verified: bool,
}

/// Numbers by which loggers say that they have none.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codes {
    /// The numbers
    pub values: Vec<f64>,
    /// Where they are from
    pub source: String,
    /// Whether they were compared with it
    pub verified: bool,
    /// How many times greater than all other readings such a number is, in a quantity that is not listed
    pub times_greater: f64,
}

/// What several readings of a day come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OfDay {
    /// The last by time stands for the day
    #[default]
    Last,
    /// They are added: catches, rain
    Sum,
}

/// One quantity.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Quantity {
    names: Vec<String>,
    /// The unit readings are brought to
    pub unit: String,
    /// Least value a reading can have
    pub least: Option<f64>,
    /// Greatest value a reading can have
    pub greatest: Option<f64>,
    /// What several readings of a day come to
    pub of_day: OfDay,
    /// Loggers write it of themselves
    pub of_itself: bool,
    others: Vec<OtherUnit>,
    same: Vec<String>,
    verified: bool,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct OtherUnit {
    names: Vec<String>,
    times: f64,
    plus: f64,
}

/// The way from a unit to that of its quantity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Way {
    times: f64,
    plus: f64,
}

impl Way {
    /// A number in the unit of its quantity.
    pub fn of(self, number: f64) -> f64 {
        number * self.times + self.plus
    }

    /// Whether the number changes.
    pub fn is_plain(self) -> bool {
        self.times == 1.0 && self.plus == 0.0
    }
}

fn data() -> &'static Data {
    static DATA: OnceLock<Data> = OnceLock::new();
    // The file is part of the program; a test reads it.
    DATA.get_or_init(|| toml::from_str(include_str!("quantities.toml")).unwrap_or_default())
}

/// Hours by which local time is ahead of universal time.
pub fn hours_east() -> i32 {
    data().clock.hours_east
}

/// Which hours are of which night.
pub fn nights() -> &'static Nights {
    &data().nights
}

/// How many readings of a day tell its mean and its extremes.
pub fn spans() -> &'static Spans {
    &data().spans
}

/// Whether a number is one by which loggers say that they have none, and far from the `greatest` of the others.
pub fn is_code(number: f64, greatest: f64) -> bool {
    let codes = &data().codes;
    codes.values.contains(&number) && number.abs() > codes.times_greater * greatest.abs()
}

/// Whether a number is one by which loggers say that they have none.
pub fn may_be_code(number: f64) -> bool {
    data().codes.values.contains(&number)
}

/// A name such as `Nhiệt độ (°F)`, `Temp, °C (LGR S/N: 1)` or `AirTC_Avg (Deg C)`, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name without its unit
    pub bare: String,
    /// The unit; empty if none is stated
    pub unit: String,
}

impl Named {
    /// Takes a name apart.
    pub fn new(text: &str) -> Named {
        let (before, inside) = match text.split_once(['(', '[']) {
            Some((before, after)) => (before, after.split([')', ']']).next().unwrap_or("").trim()),
            None => (text, ""),
        };
        let (bare, after) = match before.split_once(',') {
            Some((bare, unit)) => (bare, unit.trim()),
            None => (before, ""),
        };
        let unit = if after.is_empty() { inside } else { after };
        let bare = bare.trim();
        Named { bare: if bare.is_empty() { text.trim().to_owned() } else { bare.to_owned() }, unit: unit.to_owned() }
    }

    /// The quantity, if it is listed.
    pub fn quantity(&self) -> Option<&'static Quantity> {
        // Loggers add what a number is of its interval.
        const OF_INTERVAL: [&str; 7] = ["avg", "smp", "tot", "mean", "inst", "c", "last"];
        let whole = fold(&self.bare);
        let short = whole.rsplit_once(' ').filter(|(_, last)| OF_INTERVAL.contains(last)).map(|(name, _)| name.to_owned());
        let of = |name: &str| data().quantities.iter().find(|known| known.names.iter().any(|known| fold(known) == name));
        of(&whole).or_else(|| short.and_then(|name| of(&name))).or_else(|| begun_with(&whole))
    }
}

/// The quantity whose name a longer one begins with: "Độ mặn cống A", "Mưa tích lũy". Rates are other quantities.
fn begun_with(name: &str) -> Option<&'static Quantity> {
    const SHORTEST: usize = 4;
    if ["rate", "cuong do", "toc do", "index", "chi so"].iter().any(|word| name.contains(word)) {
        return None;
    }
    let begins = |known: &String| {
        let known = fold(known);
        (known.len() >= SHORTEST || known == "mua") && name.strip_prefix(known.as_str()).is_some_and(|rest| rest.starts_with(' '))
    };
    data().quantities.iter().find(|quantity| !quantity.of_itself && quantity.names.iter().any(begins))
}

/// Whether a name says that its numbers add up over time: "Mưa tích lũy".
pub fn is_cumulative(name: &str) -> bool {
    let name = fold(name);
    ["tich luy", "luy ke", "cong don", "cumul", "accum"].iter().any(|word| name.contains(word))
}

impl Quantity {
    /// Its most usual name.
    pub fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    /// The way from a stated unit to the quantity's own; `None` where the unit is not one of this quantity.
    pub fn way_from(&self, unit: &str) -> Option<Way> {
        let plain = |text: &str| text.replace([' ', '°', 'º', '˚'], "").to_lowercase();
        let is = |known: &String| plain(known) == plain(unit);
        if unit.is_empty() || is(&self.unit) || self.same.iter().any(is) {
            return Some(Way { times: 1.0, plus: 0.0 });
        }
        let other = self.others.iter().find(|other| other.names.iter().any(is))?;
        Some(Way { times: other.times, plus: other.plus })
    }

    /// Whether a reading can have a value.
    pub fn allows(&self, value: f64) -> bool {
        self.least.is_none_or(|least| value >= least) && self.greatest.is_none_or(|greatest| value <= greatest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_is_read() {
        let data = data();
        assert!(data.quantities.len() > 9 && data.clock.verified && !data.clock.source.is_empty());
        assert!(!data.codes.source.is_empty() && !data.codes.verified);
        let unsure = data.quantities.iter().filter(|quantity| !quantity.verified).count();
        assert_eq!(unsure, data.quantities.len() - 1);
    }

    #[test]
    fn names_are_taken_apart_and_units_brought_to_one() {
        let of = |text: &str| {
            let named = Named::new(text);
            let quantity = named.quantity().expect("a quantity");
            (quantity.unit.as_str(), quantity.way_from(&named.unit).map(|way| (way.of(89.0) * 100.0).round() / 100.0))
        };
        assert_eq!(of("Nhiệt độ (°F)"), ("°C", Some(31.67)));
        assert_eq!(of("Temp, °C (LGR S/N: 10123456, SEN S/N: 1)"), ("°C", Some(89.0)));
        assert_eq!(of("AirTC_Avg (Deg C)"), ("°C", Some(89.0)));
        assert_eq!(of("Mực nước (m)"), ("cm", Some(8900.0)));
        assert_eq!(of("Rain_mm_Tot (mm)"), ("mm", Some(89.0)));
        assert_eq!(of("Độ mặn (‰)"), ("g/l", Some(89.0)));
        assert_eq!(of("Độ mặn cống A (mg/l)"), ("g/l", Some(0.09)));
        assert!(Named::new("Rain rate (mm/h)").quantity().is_none() && is_cumulative("Mưa tích lũy"));
        assert_eq!(of("Nhiệt độ (m)"), ("°C", None));
        assert!(Named::new("BattV_Min (Volts)").quantity().is_some_and(|quantity| quantity.of_itself));
        assert_eq!(Named::new("Rầy nâu (con/đêm)").quantity().map(|quantity| &quantity.unit), None);
    }
}

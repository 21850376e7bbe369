//! The communes before and after the reform of 1 July 2025, for tables of before where no boundaries of then are at hand.
//!
//! Which unit became which is a fact of the resolutions and needs no geometry where a unit stayed whole. Of a divided one they
//! say only into what it was divided, so its shares have to be stated.

use super::Communes;
use super::names::key;
use hashbrown::{HashMap, HashSet};
use std::sync::LazyLock;

/// A unit of before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// Code
    pub code: &'static str,
    /// Name with the word for its kind
    pub name: &'static str,
    /// District
    pub district: &'static str,
    /// Codes of the units of today that have its land; of several the one with most of it first
    pub became: Vec<&'static str>,
}

impl Before {
    /// Names of the units of today that have its land, in the project or not; of several the one with most of it first.
    pub fn heirs(&self) -> Vec<&'static str> {
        self.became.iter().map(|code| Reform::shipped().name_of(code)).collect()
    }
}

/// Units of before and of today.
pub struct Reform {
    before: Vec<Before>,
    /// Name of each code of today
    today: HashMap<&'static str, &'static str>,
}

impl Reform {
    /// The list that ships.
    pub fn shipped() -> &'static Reform {
        static SHIPPED: LazyLock<Reform> = LazyLock::new(|| {
            let districts: HashMap<&str, &str> =
                rows(include_str!("districts.csv")).map(|[code, name, _]| (code, name)).collect();
            let before = rows(include_str!("before.csv")).map(|[code, name, district, became]| Before {
                code,
                name,
                district: districts.get(district).copied().unwrap_or_default(),
                became: became.split('+').collect(),
            });
            let today = rows(include_str!("today.csv")).map(|[code, name, _]| (code, name)).collect();
            Reform { before: before.collect(), today }
        });
        &SHIPPED
    }

    /// Whether units are those of today: most codes are on the list, with the name that they have now. Codes were used again, so
    /// they alone tell nothing.
    pub fn is_of<'a>(&self, units: impl Iterator<Item = (&'a str, &'a str)>) -> bool {
        let (mut all, mut known) = (0, 0);
        for (code, name) in units {
            all += 1;
            known += usize::from(self.today.get(code).is_some_and(|of_today| key(of_today) == key(name)));
        }
        all > 0 && 2 * known > all
    }

    /// A unit of before by its code.
    pub fn find(&self, code: &str) -> Option<&Before> {
        self.before.iter().find(|unit| unit.code == code)
    }

    /// Name of a unit of today, with the word for its kind; its code where the list does not have it.
    pub fn name_of<'a>(&self, code: &'a str) -> &'a str {
        self.today.get(code).copied().unwrap_or(code)
    }

    /// Units of before with land in units of today, in order of code; of some districts only, where any are named.
    pub fn units(&self, today: &HashSet<&str>, districts: &[String]) -> Vec<&Before> {
        let districts: HashSet<String> = districts.iter().map(|name| key(name)).collect();
        let is_one = |unit: &&Before| {
            unit.became.iter().any(|code| today.contains(code))
                && (districts.is_empty() || districts.contains(&key(unit.district)))
        };
        self.before.iter().filter(is_one).collect()
    }

    /// Districts of before with land in units of today, in order of the list.
    pub fn districts(&self, today: &HashSet<&str>) -> Vec<&'static str> {
        let mut seen = HashSet::new();
        self.units(today, &[]).into_iter().map(|unit| unit.district).filter(|district| seen.insert(*district)).collect()
    }
}

/// Units of before as communes without geometry; the district stands where a province does, since it tells units of one name apart.
pub fn communes(units: &[&Before]) -> Communes {
    let of = |text: fn(&Before) -> &'static str| units.iter().map(|unit| text(unit).to_owned()).collect::<Vec<_>>();
    Communes {
        codes: of(|unit| unit.code),
        names: of(|unit| unit.name),
        provinces: of(|unit| unit.district),
        area_ha: vec![f64::NAN; units.len()],
        stated_ha: vec![None; units.len()],
        ..Communes::default()
    }
}

/// The fields of each line, after the comments and the line of headings. The files are our own and quote nothing.
fn rows<const N: usize>(text: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    let lines = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.filter_map(|line| line.split(',').collect::<Vec<_>>().try_into().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The resolutions name 10.035 units of before and 3.321 of today; five of these are not on the list.
    #[test]
    fn every_unit_of_the_list_is_whole() {
        let reform = Reform::shipped();
        assert_eq!((reform.before.len(), reform.today.len()), (10_035, 3_316));
        for unit in &reform.before {
            assert!(!unit.district.is_empty(), "{unit:?}");
            assert!(unit.became.iter().all(|code| reform.today.contains_key(code)), "{unit:?}");
        }
    }

    /// Resolution 1663/NQ-UBTVQH15: xã Thường Phước is all of Thường Phước 1, Thường Phước 2 and Thường Thới Tiền; Phú Thuận B was
    /// divided.
    #[test]
    fn units_became_what_the_resolution_says() {
        let reform = Reform::shipped();
        let today: HashSet<&str> = ["29971", "29992"].into();
        let districts = ["huyện Hồng Ngự".to_owned()];
        let names = |code: &str| -> Vec<&str> {
            let units = reform.units(&today, &districts);
            units.into_iter().filter(|unit| unit.became.contains(&code)).map(|unit| unit.name).collect()
        };
        assert_eq!(names("29971"), ["Xã Thường Phước 1", "Thị trấn Thường Thới Tiền", "Xã Thường Phước 2"]);
        assert_eq!(names("29992"), ["Xã Long Thuận", "Xã Phú Thuận B", "Xã Phú Thuận A"]);
        let divided = reform.units(&today, &[]).into_iter().find(|unit| unit.name == "Xã Phú Thuận B");
        assert_eq!(divided.map(|unit| unit.became.clone()), Some(vec!["29992", "30154"]));
        assert!(reform.is_of([("29971", "Thường Phước"), ("29992", "Xã Long Phú Thuận")].into_iter()));
        assert!(!reform.is_of([("29971", "Thường Thới Tiền"), ("29992", "Long Thuận")].into_iter()));
    }
}

//! What is known of each disease: its names, and the zones around an outbreak.

use crate::run::Result;
use crate::run::parameters;
use crate::values::Message;
use crate::values::text::fold;
use serde::Deserialize;
use std::path::Path;

/// Diseases that ship.
pub const SHIPPED: &str = include_str!("diseases.toml");

/// A zone around an outbreak.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZoneOf {
    /// Name in Vietnamese
    pub vi: String,
    /// Name in English
    pub en: String,
    /// Radius in km; none where no text was found that states one
    pub radius_km: Option<f64>,
}

/// One disease.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disease {
    /// Id
    pub id: String,
    /// Name in Vietnamese
    pub vi: String,
    /// Name in English
    pub en: String,
    /// Names by which registers call it
    pub names: Vec<String>,
    /// Animals that fall ill
    pub animals: Vec<String>,
    /// Zones, innermost first
    pub zones: Vec<ZoneOf>,
    /// Days to wait after the last sick animal died, was destroyed or recovered, before a zone may be lifted
    pub release_days: Option<u32>,
    /// Where these days come from
    #[serde(default)]
    pub release_source: String,
    /// Whether they were compared with their source
    #[serde(default)]
    pub release_verified: bool,
    /// Where radii come from
    pub source: String,
    /// Whether they were compared with their source
    pub verified: bool,
}

/// Names of one animal.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Animal {
    /// The names
    pub names: Vec<String>,
}

/// All diseases known.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Diseases {
    /// The list
    pub disease: Vec<Disease>,
    /// Animals with several names
    #[serde(default)]
    pub animal: Vec<Animal>,
}

impl Diseases {
    /// Diseases of a file, or those that ship.
    pub fn of(file: Option<&Path>) -> Result<Diseases> {
        parameters::or_shipped(file, SHIPPED)
    }

    /// The disease that a register calls by a name.
    pub fn find(&self, name: &str) -> Option<&Disease> {
        let wanted = fold(name);
        let is = |known: &str| fold(known) == wanted;
        self.disease.iter().find(|one| is(&one.id) || is(&one.vi) || is(&one.en) || one.names.iter().any(|known| is(known)))
    }

    /// Whether two names are of one animal.
    pub fn same_animal(&self, a: &str, b: &str) -> bool {
        let (a, b) = (fold(a), fold(b));
        let has = |animal: &Animal, name: &str| animal.names.iter().any(|known| fold(known) == name);
        a == b || self.animal.iter().any(|animal| has(animal, &a) && has(animal, &b))
    }

    /// Whether animals, as a register of herds calls them, fall ill of a disease; `None` where they are not known.
    pub fn falls_ill(&self, disease: &Disease, species: &str) -> Option<bool> {
        let words = format!(" {} ", fold(species));
        let is = |animal: &String| words.contains(&format!(" {} ", fold(animal))) || self.same_animal(animal, species);
        if disease.animals.iter().any(is) {
            return Some(true);
        }
        self.disease.iter().flat_map(|disease| &disease.animals).any(is).then_some(false)
    }

    /// Every name, for hints.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.disease.iter().map(|disease| disease.vi.as_str())
    }
}

impl Disease {
    /// Its name.
    pub fn name(&self) -> Message {
        Message { vi: self.vi.clone(), en: self.en.clone() }
    }

    /// Radii of its zones, if all of them are known.
    pub fn radii(&self) -> Option<Vec<f64>> {
        let radii: Option<Vec<f64>> = self.zones.iter().map(|zone| zone.radius_km).collect();
        radii.filter(|radii| !radii.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pigs_get_no_flu_of_ducks() {
        let diseases = Diseases::of(None).expect("they ship");
        let flu = diseases.find("Cúm gia cầm").expect("it ships");
        let asked = ["Heo thịt", "Lợn", "Vịt", "Đàn gà", "Gia súc", ""];
        let wanted = [Some(false), Some(false), Some(true), Some(true), None, None];
        assert_eq!(asked.map(|species| diseases.falls_ill(flu, species)), wanted);
    }

    #[test]
    fn a_disease_is_found_by_the_names_of_north_and_south() {
        let diseases = Diseases::of(None).expect("they ship");
        for name in ["Dịch tả heo châu Phi", "DỊCH TẢ LỢN CHÂU PHI", "ASF"] {
            let found = diseases.find(name).expect(name);
            assert_eq!(found.radii(), Some(vec![1.0, 3.0, 10.0]));
            assert!(found.verified);
        }
        assert!(diseases.find("Cúm gia cầm").expect("known").radii().is_none(), "no radius that no text states");
        assert!(diseases.find("Bệnh lạ").is_none());
        assert!(diseases.same_animal("Heo", "LỢN") && !diseases.same_animal("heo", "bò"));
    }
}

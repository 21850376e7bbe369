//! How records of animal disease are matched with places and farms.

use serde::Deserialize;
use std::sync::LazyLock;

/// Distances and shares, with their source in `matching.toml`.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Matching {
    /// A position farther than this from every commune is a slip
    pub far_km: f64,
    /// An outbreak this near to a farm is at that farm
    pub same_farm_km: f64,
    /// Farms of one name this near to an outbreak of that name are the same
    pub same_name_km: f64,
    /// A week of which this share has been reported counts as complete
    pub complete_share: f64,
}

/// What ships. A file that does not read, which a test excludes, would match nothing.
pub static MATCHING: LazyLock<Matching> = LazyLock::new(|| {
    toml::from_str(include_str!("matching.toml")).unwrap_or(Matching {
        far_km: f64::NAN,
        same_farm_km: f64::NAN,
        same_name_km: f64::NAN,
        complete_share: f64::NAN,
    })
});

#[cfg(test)]
mod tests {
    #[test]
    fn what_ships_reads() {
        let found = *super::MATCHING;
        assert!(found.same_farm_km < found.same_name_km && found.same_name_km < found.far_km && found.complete_share < 1.0);
    }
}

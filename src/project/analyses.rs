//! `[[analyses]]`: spatial statistics of measures, written beside the tables.

use super::kinds::{Entry, kinds};
use schemars::JsonSchema;
use serde::Deserialize;

kinds! {
    #[derive(Default)]
    /// A statistic.
    AnalysisKind {
        /// Global Moran's I
        #[default]
        Moran = "moran",
        /// Global Geary's C
        Geary = "geary",
        /// Local Moran of every commune
        LocalMoran = "local-moran",
        /// Getis-Ord G* of every commune
        GiStar = "gi-star",
        /// Kulldorff's scan
        Scan(ScanAnalysisKeys) = "scan" not ["weights", "points"],
        /// Rates of small populations, smoothed
        Smooth = "smooth" not ["permutations", "seed", "points"],
    }
}

/// Own keys of `scan`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ScanAnalysisKeys {
    /// The largest share of the population in a cluster
    pub max_share: Option<f64>,
    /// The largest radius of a cluster
    pub max_radius_km: Option<f64>,
    /// Tries ellipses too
    pub elliptic: bool,
}

/// `[[analyses]]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct AnalysisConfig {
    /// Id and file name
    pub id: String,
    /// Measure; cases of `scan` and `smooth`
    #[serde(default)]
    pub measure: String,
    /// Points with values instead of a measure of communes: the id of a table of points, or of readings with what is read
    pub points: Option<String>,
    /// Population of `scan` and `smooth`; with the others the measure is cases, and their rates are standardised
    pub population: Option<String>,
    /// Only this pest
    pub pest: Option<String>,
    /// Who is a neighbour (`queen`, `rook`, `knn:6`, `band:10`, `band`)
    pub weights: Option<String>,
    /// Permutations or replicas
    pub permutations: Option<usize>,
    /// Seed
    pub seed: Option<u64>,
    /// Statistic, with its own keys
    #[serde(skip)]
    pub kind: AnalysisKind,
}

impl Entry for AnalysisConfig {
    type Kind = AnalysisKind;
    const PART: &'static str = "analyses";
    const DEFAULT: Option<&'static str> = None;

    fn with_kind(self, kind: AnalysisKind) -> AnalysisConfig {
        AnalysisConfig { kind, ..self }
    }
}

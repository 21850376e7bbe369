//! `[[analyses]]`: spatial statistics of measures, written beside the tables.

use serde::Deserialize;

/// A statistic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnalysisKind {
    /// Global Moran's I
    Moran,
    /// Global Geary's C
    Geary,
    /// Local Moran of every commune
    LocalMoran,
    /// Getis-Ord G* of every commune
    GiStar,
    /// Kulldorff's scan
    Scan,
    /// Rates of small populations, smoothed
    Smooth,
}

/// `[[analyses]]`
#[derive(Debug, Clone, Deserialize)]
pub struct AnalysisConfig {
    /// Id and file name
    pub id: String,
    /// Statistic
    pub kind: AnalysisKind,
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
    /// Of `scan`: the largest share of the population in a cluster
    pub max_share: Option<f64>,
    /// Of `scan`: the largest radius of a cluster
    pub max_radius_km: Option<f64>,
    /// Of `scan`: tries ellipses too
    #[serde(default)]
    pub elliptic: bool,
}

//! `[[maps]]`: what maps show.

use super::Page;
use super::kinds::{Entry, kinds};
use super::measure::{Compare, ForEach};
use super::one_or_more::{self, OneOrMore};
use schemars::JsonSchema;
use serde::Deserialize;

kinds! {
    #[derive(Default)]
    /// What a map shows.
    MapKind {
        /// Communes coloured by class
        #[default]
        Choropleth = "choropleth",
        /// Two measures at once, three classes each
        Bivariate(SecondMeasure) = "bivariate" not ["panel"],
        /// A choropleth under discs whose area is a second measure
        Symbols(SecondMeasure) = "symbols" not ["panel"],
        /// Communes coloured by a word, such as a status
        Categories = "categories" not ["pest", "severity", "enterprise", "scale", "legend", "panel"],
        /// Change against another period, in two directions
        Change(ChangeKeys) = "change",
        /// Fields of one commune, or of all, coloured by severity
        Fields = "fields" not ["severity", "enterprise", "labels", "legend", "panel"],
        /// Points on a plain ground
        Points = "points" not ["measure", "pest", "severity", "enterprise", "scale", "legend", "panel"],
        /// Small maps of weeks, pests or both, with one scale
        Panels(PanelsKeys) = "panels" not ["commune", "labels", "legend", "layers", "points", "panel"],
        /// Weeks as an animation (GIF), with one scale
        Animation(AnimationKeys) = "animation" not ["panel"],
        /// Where a measure clusters, and how sure that is
        Hotspots(HotspotsKeys) = "hotspots" not ["scale", "legend", "commune", "panel"],
        /// Zones around the active outbreaks of a register
        Zones(ZonesKeys) = "zones" not ["pest", "severity", "enterprise", "scale", "legend", "commune", "panel"],
        /// Communes by the farms from which an infection would spread on
        Spread(SpreadKeys) = "spread" not ["pest", "severity", "enterprise", "scale", "legend", "panel"],
        /// Circles within which cases are more than chance lets expect
        Scan(ScanKeys) = "scan" not ["scale", "legend", "commune", "panel"],
    }
}

impl MapKind {
    /// Whether communes get the colours of the classes of one number or word: what a program for maps can be given as a style.
    pub fn colours_by_class(&self) -> bool {
        match self {
            MapKind::Choropleth | MapKind::Categories | MapKind::Change(_) | MapKind::Hotspots(_) => true,
            MapKind::Bivariate(_)
            | MapKind::Symbols(_)
            | MapKind::Fields
            | MapKind::Points
            | MapKind::Panels(_)
            | MapKind::Animation(_)
            | MapKind::Zones(_)
            | MapKind::Spread(_)
            | MapKind::Scan(_) => false,
        }
    }

    /// Whether it shows a measure week by week, in the colours of the scale of that measure.
    pub fn goes_by_week(&self) -> bool {
        match self {
            MapKind::Panels(_) | MapKind::Animation(_) => true,
            MapKind::Choropleth
            | MapKind::Bivariate(_)
            | MapKind::Symbols(_)
            | MapKind::Categories
            | MapKind::Change(_)
            | MapKind::Fields
            | MapKind::Points
            | MapKind::Hotspots(_)
            | MapKind::Zones(_)
            | MapKind::Spread(_)
            | MapKind::Scan(_) => false,
        }
    }
}

/// Own keys of `bivariate` and `symbols`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
pub struct SecondMeasure {
    /// The second measure
    pub with: Option<String>,
}

/// Own keys of `change`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ChangeKeys {
    /// The other period
    pub compare: Option<Compare>,
    /// In per cent of the other period
    pub percent: bool,
}

/// Own keys of `panels`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PanelsKeys {
    /// The last so many weeks
    pub weeks: Option<usize>,
    /// One row for each of these pests
    pub pests: Option<Vec<String>>,
}

/// Own keys of `animation`; those of `zones` are for one of a register.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct AnimationKeys {
    /// The last so many weeks
    pub weeks: Option<usize>,
    /// Radii in km; those of the disease by default
    pub radius_km: Vec<f64>,
    /// Only this disease
    pub disease: Option<String>,
    /// Seed of the moves of places
    pub seed: Option<u64>,
}

/// Own keys of `hotspots`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct HotspotsKeys {
    /// Statistic
    pub statistic: HotspotStatistic,
    /// Who is a neighbour (`queen`, `rook`, `knn:6`, `band:10`, `band`)
    pub weights: Option<String>,
    /// Permutations
    pub permutations: Option<usize>,
    /// Seed
    pub seed: Option<u64>,
}

/// Own keys of `zones`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ZonesKeys {
    /// Radii in km; those of the disease by default
    pub radius_km: Vec<f64>,
    /// Only this disease
    pub disease: Option<String>,
    /// Seed of the moves of places
    pub seed: Option<u64>,
}

/// Own keys of `spread`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SpreadKeys {
    /// Only this disease
    pub disease: Option<String>,
    /// Id of the kernel
    pub kernel: Option<String>,
    /// A file of parameters, in place of those that ship
    pub parameters: Option<String>,
}

/// Own keys of `scan`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ScanKeys {
    /// The population
    pub with: Option<String>,
    /// The largest share of the population in a cluster
    pub max_share: Option<f64>,
    /// The largest radius of a cluster
    pub max_radius_km: Option<f64>,
    /// Replicas
    pub permutations: Option<usize>,
    /// Seed
    pub seed: Option<u64>,
}

/// Statistic of a map of `hotspots`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HotspotStatistic {
    /// Local Moran: clusters and outliers
    #[default]
    LocalMoran,
    /// Getis-Ord G*: hot and cold spots
    GiStar,
}

/// What is written on communes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Labels {
    /// Name and value
    #[default]
    NameValue,
    /// Name
    Name,
    /// Value
    Value,
    /// Nothing
    None,
}

/// Which classes a legend lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LegendClasses {
    /// All, so that the legends of several weeks are equal
    #[default]
    All,
    /// Those that occur
    Present,
}

/// `[[maps]]`
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct MapConfig {
    /// Id and file name
    pub id: String,
    /// Measure; ends in `.*` for one map per indicator of a table
    pub measure: String,
    /// Only this pest
    pub pest: Option<String>,
    /// Only this severity class
    pub severity: Option<u8>,
    /// Only contracts of this enterprise (`linked_ha`, `linked_at_risk_ha`)
    pub enterprise: Option<String>,
    /// Title; made from the measure if absent
    pub title: String,
    /// Words under the legend
    pub note: String,
    /// Named scale
    pub scale: Option<String>,
    /// Code of the one commune to show
    pub commune: Option<String>,
    /// Ids of tables of points to draw
    pub points: Vec<String>,
    /// Ids of context layers to draw; all if absent
    pub layers: Option<Vec<String>>,
    /// What is written on communes
    pub labels: Labels,
    /// Which classes the legend lists
    pub legend: LegendClasses,
    /// A ranked list beside the map (`choropleth`, `change`); where the page has room if absent
    pub panel: Option<bool>,
    /// One page for each of these, or for each of one with each of another
    #[serde(deserialize_with = "one_or_more::list")]
    #[schemars(with = "Option<OneOrMore<ForEach>>")]
    pub for_each: Vec<ForEach>,
    /// Page of this map
    pub page: Option<Page>,
    /// Kind, with its own keys
    #[serde(skip)]
    pub kind: MapKind,
}

impl Entry for MapConfig {
    type Kind = MapKind;
    const PART: &'static str = "maps";
    const DEFAULT: Option<&'static str> = Some("choropleth");

    fn with_kind(self, kind: MapKind) -> MapConfig {
        MapConfig { kind, ..self }
    }
}

impl MapConfig {
    /// The second measure of kinds that have one.
    pub fn with(&self) -> Option<&str> {
        match &self.kind {
            MapKind::Bivariate(keys) | MapKind::Symbols(keys) => keys.with.as_deref(),
            MapKind::Scan(keys) => keys.with.as_deref(),
            _ => None,
        }
    }

    /// The keys of zones, of a map or an animation.
    pub fn zones(&self) -> ZonesKeys {
        match &self.kind {
            MapKind::Zones(keys) => keys.clone(),
            MapKind::Animation(AnimationKeys { radius_km, disease, seed, .. }) => {
                ZonesKeys { radius_km: radius_km.clone(), disease: disease.clone(), seed: *seed }
            }
            _ => ZonesKeys::default(),
        }
    }
}

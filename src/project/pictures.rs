//! `[[maps]]` and `[[charts]]`: what is drawn.

use super::Page;
use serde::Deserialize;

/// A measure as maps and charts name it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct MeasureKey {
    /// Measure id
    pub measure: String,
    /// Only this pest
    pub pest: Option<String>,
    /// Only this severity class, 1 to 4
    pub severity: Option<u8>,
    /// Only contracts of this enterprise
    pub enterprise: Option<String>,
}

/// What a map shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MapKind {
    /// Communes coloured by class
    #[default]
    Choropleth,
    /// Two measures at once, three classes each
    Bivariate,
    /// A choropleth under discs whose area is a second measure
    Symbols,
    /// Communes coloured by a word, such as a status
    Categories,
    /// Change against another period, in two directions
    Change,
    /// Fields of one commune, or of all, coloured by severity
    Fields,
    /// Points on a plain ground
    Points,
    /// Small maps of weeks, pests or both, with one scale
    Panels,
    /// Weeks as a film (GIF), with one scale
    Animation,
    /// Where a measure clusters, and how sure that is
    Hotspots,
    /// Zones around the active outbreaks of a register
    Zones,
    /// Communes by the farms from which an infection would spread on
    Spread,
    /// Circles within which cases are more than chance lets expect
    Scan,
}

/// Statistic of a map of `hotspots`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HotspotStatistic {
    /// Local Moran: clusters and outliers
    #[default]
    LocalMoran,
    /// Getis-Ord G*: hot and cold spots
    GiStar,
}

/// What a period is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compare {
    /// The period before
    #[default]
    Previous,
    /// The same period last year
    LastYear,
}

/// What is written on communes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LegendClasses {
    /// All, so that the legends of several weeks are equal
    #[default]
    All,
    /// Those that occur
    Present,
}

/// One page for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ForEach {
    /// Commune: tokens `{code}`, `{name}`
    Commune,
    /// Pest: token `{pest}`
    Pest,
    /// Week with data: tokens `{week}` (first day), `{from}`, `{to}`
    Week,
    /// Enterprise: token `{enterprise}`
    Enterprise,
}

/// `[[maps]]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct MapConfig {
    /// Id and file name
    pub id: String,
    /// Kind
    pub kind: MapKind,
    /// Measure; ends in `.*` for one map per indicator of a table
    pub measure: String,
    /// Second measure, of `bivariate` and `symbols`
    pub with: Option<String>,
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
    /// Of `change`: the other period
    pub compare: Option<Compare>,
    /// Of `change`: in per cent of the other period
    pub percent: bool,
    /// Of `hotspots`: statistic
    pub statistic: HotspotStatistic,
    /// Of `hotspots`: who is a neighbour (`queen`, `rook`, `knn:6`, `band:10`, `band`)
    pub weights: Option<String>,
    /// Of `hotspots`: permutations
    pub permutations: Option<usize>,
    /// Of `hotspots`: seed
    pub seed: Option<u64>,
    /// Of `zones`: radii in km; those of the disease by default
    pub radius_km: Vec<f64>,
    /// Of `zones` and `spread`: only this disease
    pub disease: Option<String>,
    /// Of `scan`: the largest share of the population in a cluster
    pub max_share: Option<f64>,
    /// Of `scan`: the largest radius of a cluster
    pub max_radius_km: Option<f64>,
    /// Of `spread`: id of the kernel
    pub kernel: Option<String>,
    /// Of `spread`: a file of parameters, in place of those that ship
    pub parameters: Option<String>,
    /// Of `panels` and `animation`: the last so many weeks
    pub weeks: Option<usize>,
    /// Of `panels`: one row for each of these pests
    pub pests: Option<Vec<String>>,
    /// Ids of tables of points to draw
    pub points: Vec<String>,
    /// Ids of context layers to draw; all if absent
    pub layers: Option<Vec<String>>,
    /// What is written on communes
    pub labels: Labels,
    /// Which classes the legend lists
    pub legend: LegendClasses,
    /// One page for each
    pub for_each: Option<ForEach>,
    /// Page of this map
    pub page: Option<Page>,
}

/// What a chart shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChartKind {
    /// Ranked bars
    #[default]
    Bar,
    /// Bars side by side, one per measure of `measures`
    Grouped,
    /// Bars divided by severity, or by the indicators of `measures`
    Stacked,
    /// Result against plan
    Bullet,
    /// Lines by week
    TimeSeries,
    /// Areas by week, stacked by pest
    Area,
    /// Communes by weeks
    Heatmap,
    /// One dot per commune: `measure` across, `with` up
    Scatter,
    /// How many communes have which value, with the classes of the map
    Histogram,
    /// From the other period to this one, a line per commune
    Dots,
    /// Light traps or sensors over days: `measure` is the id of a table of readings
    Readings,
    /// Outbreaks by week of onset: `measure` is the id of a table of outbreaks
    EpidemicCurve,
    /// A measure against its mean among neighbours
    Moran,
}

/// What a chart has one bar or line for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Commune
    #[default]
    Commune,
    /// Pest
    Pest,
    /// Enterprise
    Enterprise,
    /// Indicator with a plan and a result
    Programme,
}

/// `[[charts]]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ChartConfig {
    /// Id and file name
    pub id: String,
    /// Kind
    pub kind: ChartKind,
    /// Measure
    pub measure: String,
    /// Of `scatter`: the measure that goes up
    pub with: Option<String>,
    /// Of `grouped` and `stacked`: several measures
    pub measures: Vec<String>,
    /// One bar or line for each
    pub by: By,
    /// Only this pest
    pub pest: Option<String>,
    /// Of `epidemic-curve`: only this disease
    pub disease: Option<String>,
    /// Of `moran`: who is a neighbour
    pub weights: Option<String>,
    /// Only this commune
    pub commune: Option<String>,
    /// Title; made from the measure if absent
    pub title: String,
    /// Words below the chart
    pub note: String,
    /// Named scale
    pub scale: Option<String>,
    /// The other period of `dots`; of `time-series`, `last-year` adds last year's line
    pub compare: Option<Compare>,
    /// Line to stay under, in the measure's unit
    pub threshold: Option<f64>,
    /// Words at the threshold
    pub threshold_label: String,
    /// One page for each
    pub for_each: Option<ForEach>,
    /// Page of this chart
    pub page: Option<Page>,
}

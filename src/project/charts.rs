//! `[[charts]]`: what charts show.

use super::Page;
use super::kinds::{Entry, kinds};
use super::measure::{Compare, ForEach};
use super::one_or_more::{self, OneOrMore};
use schemars::JsonSchema;
use serde::Deserialize;

kinds! {
    /// What a chart shows.
    ChartKind {
        /// Ranked bars
        Bar(ByKeys) = "bar" not ["commune"],
        /// Bars side by side, one per measure of `measures`
        Grouped(MeasuresKeys) = "grouped" not ["measure", "commune", "scale"],
        /// Bars divided by severity, or by the indicators of `measures`
        Stacked(StackedKeys) = "stacked" not ["commune", "scale"],
        /// Result against plan
        Bullet(ByKeys) = "bullet" not ["pest", "commune"],
        /// Lines by week
        TimeSeries(TimeSeriesKeys) = "time-series" not ["scale"],
        /// Areas by week, stacked by pest
        Area(ByKeys) = "area" not ["pest", "commune", "scale"],
        /// Communes by weeks
        Heatmap = "heatmap" not ["commune"],
        /// Communes by pests in one period: where, by what, and the worst named
        Matrix = "matrix" not ["commune", "pest"],
        /// Nights of light traps, or days of sensors, by station: `measure` is the id of a table of readings
        Calendar = "calendar" not ["commune"],
        /// Squares of equal land: what of the contracts, or of the fields, is hit, what is not, what nobody knows
        Waffle = "waffle" not ["commune", "pest", "scale"],
        /// One dot per commune: `measure` across, `with` up
        Scatter(ScatterKeys) = "scatter" not ["commune"],
        /// How many communes have which value, with the classes of the map
        Histogram = "histogram" not ["commune"],
        /// From the other period to this one, a line per commune
        Dots(DotsKeys) = "dots" not ["commune"],
        /// What models say of the period to come, by commune: the last value, the forecast and its 80 % interval
        Forecast = "forecast" not ["measure", "commune", "scale"],
        /// Light traps or sensors over days: `measure` is the id of a table of readings
        Readings = "readings" not ["commune", "scale"],
        /// Outbreaks by week of onset: `measure` is the id of a table of outbreaks
        EpidemicCurve(EpidemicCurveKeys) = "epidemic-curve" not ["pest", "commune", "scale"],
        /// Key figures, a card each: now, in the period before, a year ago
        Figures(MeasuresKeys) = "figures" not ["measure", "commune", "scale"],
        /// Communes by the first of `measures`, with the others beside it
        Table(MeasuresKeys) = "table" not ["measure", "commune", "scale"],
        /// A measure against its mean among neighbours
        Moran(MoranKeys) = "moran" not ["commune", "scale"],
    }
}

impl Default for ChartKind {
    fn default() -> ChartKind {
        ChartKind::Bar(ByKeys::default())
    }
}

/// Own keys of `bar`, `bullet` and `area`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ByKeys {
    /// One bar or line for each
    pub by: By,
}

/// Own keys of `grouped`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct MeasuresKeys {
    /// The measures
    pub measures: Vec<String>,
}

/// Own keys of `stacked`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct StackedKeys {
    /// Several measures, in place of one by severity
    pub measures: Vec<String>,
    /// One bar for each
    pub by: By,
}

/// Own keys of `time-series`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TimeSeriesKeys {
    /// One line for each
    pub by: By,
    /// `last-year` adds last year's line
    pub compare: Option<Compare>,
    /// Line to stay under, in the measure's unit
    pub threshold: Option<f64>,
    /// Words at the threshold
    pub threshold_label: String,
}

/// Own keys of `scatter`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ScatterKeys {
    /// The measure that goes up
    pub with: Option<String>,
}

/// Own keys of `dots`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DotsKeys {
    /// One row for each
    pub by: By,
    /// The other period
    pub compare: Option<Compare>,
}

/// Own keys of `epidemic-curve`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct EpidemicCurveKeys {
    /// Only this disease
    pub disease: Option<String>,
}

/// Own keys of `moran`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct MoranKeys {
    /// Who is a neighbour
    pub weights: Option<String>,
}

/// What a chart has one bar or line for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ChartConfig {
    /// Id and file name
    pub id: String,
    /// Measure
    pub measure: String,
    /// Only this pest
    pub pest: Option<String>,
    /// Only this commune
    pub commune: Option<String>,
    /// Title; made from the measure if absent
    pub title: String,
    /// Words below the chart
    pub note: String,
    /// Named scale
    pub scale: Option<String>,
    /// One page for each of these, or for each of one with each of another
    #[serde(deserialize_with = "one_or_more::list")]
    #[schemars(with = "Option<OneOrMore<ForEach>>")]
    pub for_each: Vec<ForEach>,
    /// Page of this chart
    pub page: Option<Page>,
    /// Kind, with its own keys
    #[serde(skip)]
    pub kind: ChartKind,
}

impl Entry for ChartConfig {
    type Kind = ChartKind;
    const PART: &'static str = "charts";
    const DEFAULT: Option<&'static str> = Some("bar");

    fn with_kind(self, kind: ChartKind) -> ChartConfig {
        ChartConfig { kind, ..self }
    }
}

impl ChartConfig {
    /// What the chart has one bar or line for.
    pub fn by(&self) -> By {
        match &self.kind {
            ChartKind::Bar(keys) | ChartKind::Bullet(keys) | ChartKind::Area(keys) => keys.by,
            ChartKind::Stacked(keys) => keys.by,
            ChartKind::TimeSeries(keys) => keys.by,
            ChartKind::Dots(keys) => keys.by,
            _ => By::default(),
        }
    }

    /// Several measures, of kinds that have them.
    pub fn measures(&self) -> &[String] {
        match &self.kind {
            ChartKind::Grouped(keys) | ChartKind::Figures(keys) | ChartKind::Table(keys) => &keys.measures,
            ChartKind::Stacked(keys) => &keys.measures,
            _ => &[],
        }
    }

    /// The second measure.
    pub fn with(&self) -> Option<&str> {
        match &self.kind {
            ChartKind::Scatter(keys) => keys.with.as_deref(),
            _ => None,
        }
    }

    /// The period that is compared.
    pub fn compare(&self) -> Option<Compare> {
        match &self.kind {
            ChartKind::TimeSeries(keys) => keys.compare,
            ChartKind::Dots(keys) => keys.compare,
            _ => None,
        }
    }
}

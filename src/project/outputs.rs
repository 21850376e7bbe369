//! `[[outputs]]`: lists and files that commands write too. The keys are named as the options of the command.

use super::Day;
use super::kinds::{Entry, kinds};
use schemars::JsonSchema;
use serde::Deserialize;

kinds! {
    /// What an output is.
    OutputKind {
        /// Fields to be sprayed, worst first: `ruong worklist`
        Worklist(WorklistKeys) = "worklist",
        /// Zones around active outbreaks, and what lies inside: `ruong zones`
        Zones(ZonesOutputKeys) = "zones",
        /// Outbreaks by week of onset: `ruong outbreaks curve`
        Curve(CurveKeys) = "curve",
        /// Outbreaks and rates by commune: `ruong outbreaks rates`
        Rates(RatesKeys) = "rates",
        /// Risk of every farm: `ruong outbreaks spread`
        Spread(SpreadOutputKeys) = "spread",
        /// Latest numbers of field sensors: `ruong sensors`
        Sensors(SensorsKeys) = "sensors",
        /// Peaks and windows of light traps: `ruong forecast traps`
        Traps(TrapsKeys) = "traps",
        /// Statistics of rasters within fields or communes: `ruong zonal`
        Zonal(ZonalKeys) = "zonal",
        /// One file with what is to be sent
        Bundle(BundleKeys) = "bundle",
    }
}

impl Default for OutputKind {
    fn default() -> OutputKind {
        OutputKind::Worklist(WorklistKeys::default())
    }
}

/// Own keys of `worklist`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct WorklistKeys {
    /// Least severity, 1 to 4
    pub severity: u8,
    /// Only this pest
    pub pest: Option<String>,
    /// Only the commune with this code
    pub commune: Option<String>,
    /// Day of spraying; the last of the period by default
    #[serde(alias = "date")]
    pub day: Option<Day>,
    /// Days to keep before harvest
    pub pre_harvest_days: Option<i64>,
}

impl Default for WorklistKeys {
    fn default() -> WorklistKeys {
        WorklistKeys { severity: 2, pest: None, commune: None, day: None, pre_harvest_days: None }
    }
}

/// Own keys of `zones`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ZonesOutputKeys {
    /// Id of the table of outbreaks; the first by default
    pub register: String,
    /// Radii in km; those of the disease by default
    pub radius_km: Vec<f64>,
    /// Only outbreaks that began on this day or later
    #[serde(alias = "from")]
    pub since: Option<Day>,
    /// As of this day; the last of the period or register by default
    #[serde(alias = "to")]
    pub until: Option<Day>,
    /// Seed of the moves of places; one of your own, kept secret
    pub seed: Option<u64>,
}

/// Own keys of `curve`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct CurveKeys {
    /// Id of the table of outbreaks; the first by default
    pub register: String,
    /// Only outbreaks that began on this day or later
    #[serde(alias = "from")]
    pub since: Option<Day>,
    /// As of this day; the last of the period or register by default
    #[serde(alias = "to")]
    pub until: Option<Day>,
}

/// Own keys of `rates`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RatesKeys {
    /// Id of the table of outbreaks; the first by default
    pub register: String,
    /// As of this day; the last of the period or register by default
    #[serde(alias = "to")]
    pub until: Option<Day>,
}

/// Own keys of `spread`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SpreadOutputKeys {
    /// Id of the table of outbreaks; the first by default
    pub register: String,
    /// As of this day; the last of the period or register by default
    #[serde(alias = "to")]
    pub until: Option<Day>,
    /// Id of the kernel
    pub kernel: Option<String>,
    /// A file of parameters, in place of those that ship
    pub parameters: Option<String>,
    /// Probability of infection within so many days
    pub days: f64,
}

impl Default for SpreadOutputKeys {
    fn default() -> SpreadOutputKeys {
        SpreadOutputKeys { register: String::new(), until: None, kernel: None, parameters: None, days: 1.0 }
    }
}

/// Own keys of `sensors`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SensorsKeys {
    /// Id of the table of readings; the first of sensors by default
    pub readings: String,
}

/// Own keys of `traps`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TrapsKeys {
    /// Id of the table of readings; the first of traps by default
    pub readings: String,
    /// Charts begin on this day
    pub since: Option<Day>,
}

/// Own keys of `zonal`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ZonalKeys {
    /// Rasters; patterns are fine
    pub raster: Vec<String>,
    /// `fields`, `communes`, or a boundary file of its own
    pub zones: String,
    /// Property that names a zone of such a file; recognised if absent
    pub zone_id: Option<String>,
    /// Layer of such a file
    pub layer: Option<String>,
    /// mean, sum, min, max, count, stdev, quantiles, fractions, weighted_mean, weighted_sum
    pub stats: Vec<String>,
    /// The quantiles of `quantiles`
    pub quantiles: Vec<f64>,
    /// Bands from 1 on; all of them by default
    pub band: Vec<usize>,
    /// Reference system of rasters that do not state theirs
    pub crs: Option<String>,
    /// Variable of a file that has several (NetCDF)
    pub variable: Option<String>,
    /// Value that stands for no data, in place of what the raster declares
    pub nodata: Option<f64>,
    /// Raster by which weighted_mean and weighted_sum weigh, of the same cells
    pub weights: Option<String>,
}

impl Default for ZonalKeys {
    fn default() -> ZonalKeys {
        ZonalKeys {
            raster: Vec::new(),
            zones: "communes".to_owned(),
            zone_id: None,
            layer: None,
            stats: vec!["mean".to_owned()],
            quantiles: vec![0.25, 0.5, 0.75],
            band: Vec::new(),
            crs: None,
            variable: None,
            nodata: None,
            weights: None,
        }
    }
}

/// Own keys of `bundle`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct BundleKeys {
    /// Patterns of outputs, such as `maps/*.png`; the documents, workbooks, pages and pictures to look at if absent
    pub files: Option<Vec<String>>,
}

/// `[[outputs]]`
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct OutputConfig {
    /// Id
    pub id: String,
    /// Where it goes: the folder of its files, within the output folder, `outputs/ID` by default; the file of a bundle, `ID.zip` by default
    pub file: Option<String>,
    /// What it is, with its own keys
    #[serde(skip)]
    pub kind: OutputKind,
}

impl Entry for OutputConfig {
    type Kind = OutputKind;
    const PART: &'static str = "outputs";
    const DEFAULT: Option<&'static str> = None;

    fn with_kind(self, kind: OutputKind) -> OutputConfig {
        OutputConfig { kind, ..self }
    }
}

impl OutputConfig {
    /// The folder of its files, or the file of a bundle.
    pub fn folder(&self) -> String {
        if let Some((file, _)) = self.bundle() {
            return file;
        }
        self.file.clone().unwrap_or_else(|| format!("outputs/{}", self.id))
    }

    /// The file of a bundle, and what it holds; nothing of other kinds.
    pub fn bundle(&self) -> Option<(String, &BundleKeys)> {
        let OutputKind::Bundle(keys) = &self.kind else { return None };
        let file = self.file.clone().unwrap_or_else(|| self.id.clone());
        Some((if file.to_lowercase().ends_with(".zip") { file } else { format!("{file}.zip") }, keys))
    }
}

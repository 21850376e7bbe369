//! The project file: what a run reads, measures and draws.

mod analyses;
mod charts;
mod check;
mod for_each;
mod former;
pub mod keys;
pub mod kinds;
mod maps;
mod measure;
pub mod one_or_more;
mod outputs;
mod package;
mod page;
mod pages;
pub mod period;
pub mod read;
mod scales;
pub mod schema;
pub mod secret;
mod table_kinds;
mod tables;

pub use analyses::*;
pub use charts::*;
pub use check::{MOST_ROUNDS, check_page};
pub use former::*;
pub use maps::*;
pub use measure::*;
pub use outputs::*;
pub use package::{BulletinConfig, PackageConfig, SlideShape, SlidesConfig};
pub use page::{Page, PagePart, PageSize};
pub use pages::ComposedPage;
pub use period::{PeriodConfig, PeriodKey};
pub use read::{open, parse};
pub use scales::*;
pub use table_kinds::*;
pub use tables::*;

use crate::values::Lang;
use one_or_more::OneOrMore;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A project file, typed. `Project` is the beginning of the pipeline.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
pub struct Project {
    /// Version of the project file's form; 1
    pub version: u32,
    /// Printed on every map and chart
    #[serde(default)]
    pub title: String,
    /// Printed on every map: who made it
    #[serde(default)]
    pub office: String,
    /// Printed on every map: where the data come from
    #[serde(default)]
    pub source: String,
    /// Printed on every map: a caveat, such as "Ranh giới minh họa"
    #[serde(default)]
    pub note: String,
    /// Printed on every map: the day it was made. Never taken from the clock, so that equal input gives equal bytes
    pub date: Option<Day>,
    /// Language of every output
    #[serde(default)]
    pub language: Lang,
    /// Reporting period: two days, `latest`, `previous`, or a week; all rows if absent
    pub period: Option<PeriodKey>,
    /// Output folder
    #[serde(default = "default_out")]
    pub out: String,
    /// Size of maps and charts
    #[serde(default)]
    pub page: Page,
    /// Commune boundaries
    pub communes: CommunesConfig,
    /// Communes of earlier dates, for tables that still speak of them
    #[serde(default)]
    pub former: Vec<FormerConfig>,
    /// Field boundaries
    pub fields: Option<FieldsConfig>,
    /// Tables to join
    #[serde(skip)]
    pub tables: Vec<TableConfig>,
    /// EPSG code of the way from VN-2000 to WGS 84: 6960 (official, by default) or 5194
    pub datum_shift: Option<u32>,
    /// CSV with a person's decisions on names; `aliases.csv` beside the project file if it is there
    pub aliases: Option<String>,
    /// Table of the office's own thresholds of density, in place of those that ship
    pub thresholds: Option<String>,
    /// Named scales
    #[serde(default)]
    pub scales: BTreeMap<String, ScaleConfig>,
    /// Maps; a good set by default
    #[serde(skip)]
    pub maps: Option<Vec<MapConfig>>,
    /// Charts; a good set by default
    #[serde(skip)]
    pub charts: Option<Vec<ChartConfig>>,
    /// Sheets of several pictures; one of the core question by default
    pub pages: Option<Vec<ComposedPage>>,
    /// Documents for a meeting
    #[serde(default)]
    pub package: PackageConfig,
    /// Slides
    #[serde(default)]
    pub slides: SlidesConfig,
    /// The notice
    #[serde(default)]
    pub bulletin: BulletinConfig,
    /// Spatial statistics
    #[serde(skip)]
    pub analyses: Vec<AnalysisConfig>,
    /// Lists and files that commands write too
    #[serde(skip)]
    pub outputs: Vec<OutputConfig>,
    /// Also draw the default set of what `maps` and `charts` list
    #[serde(default)]
    pub defaults: bool,
    /// Lines and areas drawn for orientation: rivers, roads, neighbouring communes
    #[serde(default)]
    pub layers: Vec<LayerConfig>,
    /// Far parts drawn in frames of their own
    #[serde(default)]
    pub insets: Vec<InsetConfig>,
    /// Greys and hatches instead of colours; set by `--bw`
    #[serde(default)]
    pub bw: bool,
    /// The office's own secret, from `ruong.seed` beside the project file, by which published places of animals are moved
    #[serde(skip)]
    pub seed: Option<u64>,
    /// Folder of the project file; paths are relative to it
    #[serde(skip)]
    pub folder: PathBuf,
    /// Project file as given
    #[serde(skip)]
    pub file: String,
}

impl Project {
    /// Whether a composed page of the core question is made because the project names neither pages nor pictures of its own.
    pub fn composes_by_default(&self) -> bool {
        self.pages.is_none() && (self.defaults || self.maps.is_none() && self.charts.is_none())
    }
}

fn default_out() -> String {
    "out".to_owned()
}

/// A day written as a TOML date or as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "DayForm")]
pub struct Day(pub chrono::NaiveDate);

impl schemars::JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date" })
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum DayForm {
    Date(toml::value::Datetime),
    Text(String),
}

impl TryFrom<DayForm> for Day {
    type Error = String;
    fn try_from(form: DayForm) -> Result<Day, String> {
        let text = match form {
            DayForm::Date(date) => date.to_string(),
            DayForm::Text(text) => text,
        };
        crate::values::dates::parse(&text).map(Day).ok_or_else(|| format!("\"{text}\" is not a date; write 2024-04-05"))
    }
}

/// `[communes]`
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
pub struct CommunesConfig {
    /// Boundary file
    pub file: String,
    /// Coordinate reference system, such as EPSG:5897, in place of what the file states
    pub crs: Option<String>,
    /// Layer of a file that holds several
    pub layer: Option<String>,
    /// Property with the code; recognised if absent
    pub code: Option<String>,
    /// Property with the name
    pub name: Option<String>,
    /// Only units with these properties: `where = { huyen = "Hồng Ngự" }`; the others are drawn in grey
    #[serde(default, rename = "where")]
    pub filter: BTreeMap<String, OneOrMore>,
    /// Only these units, by code or name
    #[serde(default)]
    pub only: Vec<String>,
    /// Repair of the boundaries, such as `snap:1m`; none by default
    pub repair: Option<String>,
    /// Property with the province, which tells communes of one name apart
    pub province: Option<String>,
    /// Property with the stated area in hectares or km², to compare with the geometry
    pub stated_area_ha: Option<String>,
    /// Property with the stated area in km²
    pub stated_area_km2: Option<String>,
}

/// `[fields]`
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
pub struct FieldsConfig {
    /// Boundary file
    pub file: String,
    /// Coordinate reference system, such as EPSG:5897, in place of what the file states
    pub crs: Option<String>,
    /// Layer of a file that holds several
    pub layer: Option<String>,
    /// Property with the id; without it `id`, else the number of the field in its layer
    pub id: Option<String>,
    /// Property with the code of the commune the field is said to lie in, to check
    pub commune: Option<String>,
    /// Property to break hectares down by, such as the crop
    pub group: Option<String>,
    /// Property with the growth stage, for worklists
    pub stage: Option<String>,
    /// Property with the day of harvest, for worklists
    pub harvest: Option<String>,
}

impl FieldsConfig {
    /// Property with the id.
    pub fn id(&self) -> &str {
        self.id.as_deref().unwrap_or("id")
    }
}

/// What a context layer is; this decides how it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LayerKind {
    /// Water: lines or areas
    River,
    /// Roads
    Road,
    /// Communes around the area, grey with their names
    Neighbours,
    /// Islands and other land of the country that must be shown
    Islands,
    /// The province or country, for the locator map
    Locator,
}

/// `[[layers]]`
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
pub struct LayerConfig {
    /// Id
    pub id: String,
    /// Kind
    pub kind: LayerKind,
    /// File
    pub file: String,
    /// Coordinate reference system, such as EPSG:5897, in place of what the file states
    pub crs: Option<String>,
    /// Layer of a file that holds several
    pub layer: Option<String>,
    /// Property with names to write
    pub name: Option<String>,
}

/// `[[insets]]`
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
pub struct InsetConfig {
    /// Words under the frame
    #[serde(default)]
    pub title: String,
    /// West, south, east, north in degrees
    pub extent: [f64; 4],
}

//! `[[tables]]`: what is joined, read or forecast.

use super::Day;
use super::kinds::{Entry, kinds};
use super::one_or_more::{self, OneOrMore};
use crate::values::Decimal;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Models of `kind = "forecast"`, besides `.toml` files of parameters.
pub const FORECAST_MODELS: [&str; 7] =
    ["weekly", "insects", "leaf-blast", "brown-spot", "bacterial-blight", "sheath-blight", "tungro"];

kinds! {
    /// What the rows of a table mean.
    TableKind {
        /// key, date or week, pest, severity
        PestForecast(PestForecastKeys) = "pest-forecast",
        /// key, enterprise, contracted hectares
        LinkedProduction(LinkedProductionKeys) = "linked-production",
        /// any numeric columns per commune
        Indicator(IndicatorKeys) = "indicator" not ["columns"],
        /// key, date or week, pest, infested hectares by class
        InfestedArea(InfestedAreaKeys) = "infested-area" not ["crs"],
        /// longitude, latitude, name, category, value: traps, sensors, products, outbreaks
        Points(PointsKeys) = "points" not ["units"],
        /// station, species or quantity, day, number: nights of light traps, days of sensors
        Readings(ReadingsKeys) = "readings" not ["units"],
        /// What a model makes of earlier rows, or of weather
        Forecast(ForecastKeys) = "forecast" not ["key", "units", "crs", "columns"],
        /// Outbreaks of animal disease: onset, report, disease, species, place, herd, sick, dead, destroyed
        Outbreaks(OutbreaksKeys) = "outbreaks",
        /// Animals at risk and vaccinated, by holding or commune
        Herds(HerdsKeys) = "herds",
    }
}

impl Default for TableKind {
    fn default() -> TableKind {
        TableKind::Indicator(IndicatorKeys::default())
    }
}

/// Own keys of `pest-forecast`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PestForecastKeys {
    /// Crop of rows that name none, for thresholds
    pub crop: Option<String>,
    /// Growth stage of rows that name none, for thresholds
    pub stage: Option<String>,
}

/// Own keys of `infested-area`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct InfestedAreaKeys {
    /// The table lists every infested hectare of its periods: a commune without a row of a pest has 0 of it
    pub complete: bool,
}

/// Own keys of `linked-production`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct LinkedProductionKeys {
    /// Rule for rows that repeat a key
    pub duplicates: Option<Duplicates>,
    /// The table lists everything there is: what it does not name is 0, not "no data"
    pub complete: bool,
}

/// Own keys of `indicator`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct IndicatorKeys {
    /// Rule for rows that repeat a key
    pub duplicates: Option<Duplicates>,
    /// The table lists everything there is: what it does not name is 0, not "no data"
    pub complete: bool,
    /// With `units`: columns that hold means or shares rather than sums
    pub intensive: Vec<String>,
    /// Shows columns of personal data (telephone, identity numbers) all the same
    pub personal: bool,
    /// Indicators to show; all numeric columns if absent
    pub indicators: Option<Vec<IndicatorConfig>>,
}

/// Own keys of `points`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PointsKeys {
    /// Unit of the values, for people
    pub unit: String,
}

/// Own keys of `readings`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ReadingsKeys {
    /// A file of limits of sensors, in place of those that ship
    pub limits: Option<String>,
    /// A file of settings of traps, in place of those that ship
    pub settings: Option<String>,
    /// Draw new and full moons
    pub moon: bool,
    /// The stations are sensors (`true`) or light traps (`false`); told by what they read if absent
    pub sensors: Option<bool>,
    /// Name of the species or quantity, where no column has it
    pub property: Option<String>,
    /// The numbers are what a counter shows (`true`) or what was caught since the last one (`false`); told by the numbers if absent
    pub cumulative: Option<bool>,
}

/// Own keys of `forecast`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ForecastKeys {
    /// `weekly`, `insects`, a disease such as `leaf-blast`, or a file of parameters
    pub model: Option<String>,
    /// Of `weekly`: the week after the last one with rows that is forecast, where no period is declared; 1 by default
    pub weeks: Option<usize>,
    /// Of models of weather: table with the positions of stations
    pub stations: Option<String>,
    /// Of models of weather: `nearest` station, or `idw`, the mean by inverse distance
    pub between: Option<String>,
    /// Of diseases: the day of emergence or transplanting
    pub emergence: Option<Day>,
    /// Of `insects`: the species
    pub species: Option<String>,
    /// Of `insects`: the day on which its first stage begins
    pub start: Option<Day>,
}

/// Own keys of `outbreaks`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct OutbreaksKeys {
    /// Only this disease
    pub disease: Option<String>,
    /// Only this species
    pub species: Option<String>,
    /// The id of the table of `herds` that rates are over
    pub herds: Option<String>,
    /// Days without a case after which an outbreak is no longer active
    pub release_days: Option<u32>,
    /// Show exact places. They are personal data; by default they are moved a little
    pub exact: bool,
    /// A file of diseases, in place of those that ship
    pub diseases: Option<String>,
    /// The register lists every outbreak: a commune without a row had none
    pub complete: bool,
    /// `lon` and `lat` are kilometres of a plane, not degrees
    pub plane: bool,
}

/// Own keys of `herds`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct HerdsKeys {
    /// Only this species
    pub species: Option<String>,
    /// A file of diseases, in place of those that ship
    pub diseases: Option<String>,
    /// `lon` and `lat` are kilometres of a plane, not degrees
    pub plane: bool,
}

/// What to do with rows that repeat a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Duplicates {
    /// Add them up
    Sum,
    /// Use the last
    Last,
    /// Stop
    Error,
}

/// `key = { … }`: the column or columns that say where a row belongs.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct JoinKey {
    /// Column with the field id
    pub field: Option<String>,
    /// Column with the commune code
    pub commune: Option<String>,
    /// Column with the commune name
    pub commune_name: Option<String>,
    /// Column with the province, beside `commune_name`
    pub province: Option<String>,
    /// Column with the longitude
    pub lon: Option<String>,
    /// Column with the latitude
    pub lat: Option<String>,
}

impl JoinKey {
    /// Column with the code or the name of the commune.
    pub fn commune_column(&self) -> Option<&str> {
        self.commune.as_deref().or(self.commune_name.as_deref())
    }
}

/// `unpivot = { headings = ["Diện tích nhiễm (ha) / {Loài}"], value = "Diện tích nhiễm (ha)" }`: a row for each of the columns.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Unpivot {
    /// Headings of these columns: as they are, or as templates, in which `{Loài}` becomes a column and `{*}` stays the heading of numbers
    pub headings: Vec<String>,
    /// Column for headings that are written as they are
    pub into: String,
    /// Column for the numbers
    pub value: String,
}

/// `pivot = { by = "Mức độ", value = "Diện tích (ha)" }`: the numbers of a row stand in the column that its class names.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Pivot {
    /// Column of the classes
    pub by: String,
    /// Column of the numbers; without it every row counts as one
    pub value: Option<String>,
}

/// `[[tables]]`
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct TableConfig {
    /// Id, used in messages and in measures of indicators
    pub id: String,
    /// File; a weekly forecast has none
    #[serde(default)]
    pub file: String,
    /// Where a row belongs
    #[serde(default)]
    pub key: JoinKey,
    /// Headings by role, where they cannot be recognised: `columns = { severity = "muc" }`
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Decimal sign; proved by the file if absent
    pub decimal: Option<Decimal>,
    /// Texts that mean a missing value, such as `-9999`. Where the key stands, no other number is suspected to be such a mark
    pub missing: Option<Vec<String>>,
    /// Delimiter; found if absent
    pub delimiter: Option<char>,
    /// The communes of an earlier date that the table speaks of: the id of a `[[former]]`
    pub units: Option<String>,
    /// Coordinate reference system of `lon` and `lat`, where they are not degrees on WGS 84
    pub crs: Option<String>,
    /// Sheet of a workbook, by name or number; `*` reads every sheet
    pub sheet: Option<String>,
    /// Rows of headings, where ruong finds others
    pub header_rows: Option<u32>,
    /// Rows above the headings
    pub skip: Option<u32>,
    /// Cells of the table with its headings, as in A5:N60
    pub range: Option<String>,
    /// Columns whose value stands in one cell of each sheet: `cells = { "Tuần" = "B5" }`
    #[serde(default)]
    pub cells: BTreeMap<String, String>,
    /// Columns whose value stands in the file name: `from_name = "bc7n_{Xã}_{Tuần}.xlsx"`, or a list of such templates
    #[serde(default, deserialize_with = "one_or_more::list")]
    #[schemars(with = "Option<OneOrMore>")]
    pub from_name: Vec<String>,
    /// Columns whose value stands in the names of sheets: `from_sheet = "Tuần {Tuần}"`, or a list
    #[serde(default, deserialize_with = "one_or_more::list")]
    #[schemars(with = "Option<OneOrMore>")]
    pub from_sheet: Vec<String>,
    /// Columns whose value stands in a line above the table: `from_title = "Địa bàn: {Xã}"`, or a list
    #[serde(default, deserialize_with = "one_or_more::list")]
    #[schemars(with = "Option<OneOrMore>")]
    pub from_title: Vec<String>,
    /// With `sheet = "*"`: sheets that are not read, such as a summary of the others
    #[serde(default)]
    pub without_sheets: Vec<String>,
    /// Columns of which an empty cell means what stands above it
    #[serde(default)]
    pub fill_down: Vec<String>,
    /// Rows that are read, by what stands in a column: `where = { "Vụ" = "Hè Thu 2024" }`, or a list of texts
    #[serde(default, rename = "where")]
    pub kept: BTreeMap<String, OneOrMore>,
    /// Name of a column in which every row counts as one, for lists of things: `count = "Số sản phẩm"`
    pub count: Option<String>,
    /// Columns that are one thing across, such as a column for each pest
    pub unpivot: Option<Unpivot>,
    /// A column of classes, such as nhẹ, trung bình, nặng, each of which becomes a column of its own
    pub pivot: Option<Pivot>,
    /// Columns put together from others: `compose = { "Kỳ" = "Tuần {Tuần} năm {Năm}" }`
    #[serde(default)]
    pub compose: BTreeMap<String, String>,
    /// Name for people, in legends
    #[serde(default)]
    pub name: String,
    /// Meaning of the rows, with its own keys
    #[serde(skip)]
    pub kind: TableKind,
}

impl Entry for TableConfig {
    type Kind = TableKind;
    const PART: &'static str = "tables";
    const DEFAULT: Option<&'static str> = None;

    fn with_kind(self, kind: TableKind) -> TableConfig {
        TableConfig { kind, ..self }
    }
}

/// `[[tables.indicators]]`
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct IndicatorConfig {
    /// Id; the measure is then `table.id`
    pub id: String,
    /// Name for people
    #[serde(default)]
    pub name: String,
    /// Unit for people
    #[serde(default)]
    pub unit: String,
    /// Column with the value
    pub column: Option<String>,
    /// Column with the plan
    pub plan: Option<String>,
    /// Column with the result
    pub result: Option<String>,
    /// Column with words instead of numbers, such as a status
    pub category: Option<String>,
    /// Of a category: its words in order, with which colours go; by name if absent
    #[serde(default)]
    pub order: Vec<String>,
}

//! `[[tables]]`: what is joined, read or forecast.

use super::Day;
use crate::values::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Models of `kind = "forecast"`, besides `.toml` files of parameters.
pub const FORECAST_MODELS: [&str; 7] =
    ["weekly", "insects", "leaf-blast", "brown-spot", "bacterial-blight", "sheath-blight", "tungro"];

/// What the rows of a table mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TableKind {
    /// key, date or week, pest, severity
    PestForecast,
    /// key, enterprise, contracted hectares
    LinkedProduction,
    /// any numeric columns per commune
    #[default]
    Indicator,
    /// key, date or week, pest, infested hectares by class
    InfestedArea,
    /// longitude, latitude, name, category, value: traps, sensors, products, outbreaks
    Points,
    /// station, species or quantity, day, number: nights of light traps, days of sensors
    Readings,
    /// What a model makes of earlier rows, or of weather
    Forecast,
    /// Outbreaks of animal disease: onset, report, disease, species, place, herd, sick, dead, destroyed
    Outbreaks,
    /// Animals at risk and vaccinated, by holding or commune
    Herds,
}

/// What to do with rows that repeat a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
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
#[derive(Debug, Clone, Default, Deserialize)]
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

/// `[[tables]]`
#[derive(Debug, Clone, Default, Deserialize)]
pub struct TableConfig {
    /// Id, used in messages and in measures of indicators
    pub id: String,
    /// Meaning of the rows
    pub kind: TableKind,
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
    /// Delimiter; found if absent
    pub delimiter: Option<char>,
    /// The communes of an earlier date that the table speaks of: the id of a `[[former]]`
    pub units: Option<String>,
    /// With `units`: columns that hold means or shares rather than sums
    #[serde(default)]
    pub intensive: Vec<String>,
    /// Coordinate reference system of `lon` and `lat`, where they are not degrees on WGS 84
    pub crs: Option<String>,
    /// Crop of rows that name none, for thresholds
    pub crop: Option<String>,
    /// Growth stage of rows that name none, for thresholds
    pub stage: Option<String>,
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
    /// Columns whose value stands in the file name: `from_name = "bc7n_{Xã}_{Tuần}.xlsx"`
    pub from_name: Option<String>,
    /// Rule for rows that repeat a key
    pub duplicates: Option<Duplicates>,
    /// The table lists everything there is: what it does not name is 0, not "no data"
    #[serde(default)]
    pub complete: bool,
    /// Name for people, in legends
    #[serde(default)]
    pub name: String,
    /// Unit of the values, for people
    #[serde(default)]
    pub unit: String,
    /// Indicators to show; all numeric columns if absent
    pub indicators: Option<Vec<IndicatorConfig>>,
    /// Of `forecast`: `weekly`, `insects`, or a disease such as `leaf-blast`
    pub model: Option<String>,
    /// Of `weekly`: the week after the last one with rows that is forecast, where no period is declared; 1 by default
    pub weeks: Option<usize>,
    /// Of models of weather: table with the positions of stations
    pub stations: Option<String>,
    /// Of models of weather: `nearest` station, or `idw`, the mean by inverse distance
    pub between: Option<String>,
    /// Of diseases: the day of emergence or transplanting
    pub emergence: Option<Day>,
    /// Of `insects`, `outbreaks` and `herds`: the species
    pub species: Option<String>,
    /// Of `insects`: the day on which its first stage begins
    pub start: Option<Day>,
    /// Of `readings`: a file of limits of sensors, in place of those that ship
    pub limits: Option<String>,
    /// Of `readings`: a file of settings of traps, in place of those that ship
    pub settings: Option<String>,
    /// Of `readings`: draw new and full moons
    #[serde(default)]
    pub moon: bool,
    /// Of `outbreaks`: only this disease
    pub disease: Option<String>,
    /// Of `outbreaks`: the id of the table of `herds` that rates are over
    pub herds: Option<String>,
    /// Of `outbreaks`: days without a case after which an outbreak is no longer active
    pub release_days: Option<u32>,
    /// Of `outbreaks`: show exact places. They are personal data; by default they are moved a little
    #[serde(default)]
    pub exact: bool,
    /// Of `outbreaks`: a file of diseases, in place of those that ship
    pub diseases: Option<String>,
}

/// `[[tables.indicators]]`
#[derive(Debug, Clone, Deserialize)]
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
}

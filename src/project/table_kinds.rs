//! Kinds of `[[tables]]`: what their rows mean, their own keys, and the manner in which they are read and joined.

use super::Day;
use super::kinds::kinds;
use crate::message;
use crate::values::Message;
use schemars::JsonSchema;
use serde::Deserialize;

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

/// How tables of a kind are read and joined: all that is asked of a kind by those who need not know which it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// What in a run needs the rows
    pub needed_by: NeededBy,
    /// What the rows belong to
    pub joins: Joins,
    /// What becomes of rows by former units
    pub former: FormerRows,
    /// Every column is read, not only those with a role
    pub all_columns: bool,
    /// The rows are of the weeks that the run is about
    pub is_of_weeks: bool,
    /// A column of figures without a role is named, since it may be hectares that are missed
    pub names_unread: bool,
}

/// What in a run needs the rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NeededBy {
    /// Hectares by commune: fields, forecasts and contracts
    Hectares,
    /// Measures of tables
    Indicators,
    /// Only pictures
    Pictures,
    /// Pictures and measures
    PicturesAndIndicators,
}

/// What the rows of a table belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joins {
    /// Fields or communes, by exactly one key
    FieldsOrCommunes,
    /// Communes, by exactly one key
    Communes,
    /// Positions of things, by `lon` and `lat`
    Positions,
    /// Positions or communes, by a key or by columns that are recognised
    Register,
    /// Stations with positions of their own
    Stations,
    /// Nothing that has a key
    Nothing,
}

/// What becomes of rows that speak of former units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormerRows {
    /// Their key is a place, so they need no passing on
    Refused,
    /// Roles that add up are divided by land, the others hold for every part
    DividedByRole,
    /// Every column of numbers adds up but those declared intensive
    DividedByColumn,
    /// A row stays whole and passes on where its unit lies in one of today
    Whole,
}

impl TableKind {
    /// How tables of this kind are read and joined.
    pub fn manner(&self) -> Manner {
        let plain = Manner {
            needed_by: NeededBy::Hectares,
            joins: Joins::FieldsOrCommunes,
            former: FormerRows::DividedByRole,
            all_columns: false,
            is_of_weeks: false,
            names_unread: false,
        };
        match self {
            TableKind::PestForecast(_) => Manner { is_of_weeks: true, ..plain },
            TableKind::LinkedProduction(_) => Manner { names_unread: true, ..plain },
            TableKind::InfestedArea(_) => {
                Manner { joins: Joins::Communes, all_columns: true, is_of_weeks: true, names_unread: true, ..plain }
            }
            TableKind::Indicator(_) => Manner {
                needed_by: NeededBy::Indicators,
                joins: Joins::Communes,
                former: FormerRows::DividedByColumn,
                all_columns: true,
                ..plain
            },
            TableKind::Points(_) => {
                Manner { needed_by: NeededBy::Pictures, joins: Joins::Positions, former: FormerRows::Refused, ..plain }
            }
            TableKind::Readings(_) => Manner {
                needed_by: NeededBy::PicturesAndIndicators,
                joins: Joins::Stations,
                former: FormerRows::Refused,
                all_columns: true,
                ..plain
            },
            TableKind::Forecast(_) => Manner {
                needed_by: NeededBy::Indicators,
                joins: Joins::Nothing,
                former: FormerRows::Refused,
                all_columns: true,
                ..plain
            },
            TableKind::Outbreaks(_) => Manner {
                needed_by: NeededBy::PicturesAndIndicators,
                joins: Joins::Register,
                former: FormerRows::Whole,
                all_columns: true,
                ..plain
            },
            TableKind::Herds(_) => {
                Manner { needed_by: NeededBy::PicturesAndIndicators, joins: Joins::Register, all_columns: true, ..plain }
            }
        }
    }

    /// What its rows are, for people.
    pub fn rows(&self) -> Message {
        match self {
            TableKind::PestForecast(_) => message!("sâu bệnh theo mức", "pests by severity"),
            TableKind::InfestedArea(_) => message!("diện tích nhiễm", "infested area"),
            TableKind::LinkedProduction(_) => message!("hợp đồng liên kết", "contracts"),
            TableKind::Outbreaks(_) => message!("ổ dịch", "outbreaks"),
            TableKind::Herds(_) => message!("tổng đàn", "herds"),
            TableKind::Readings(_) => message!("bẫy đèn, cảm biến", "light traps, sensors"),
            TableKind::Points(_) => message!("điểm", "points"),
            TableKind::Indicator(_) => message!("chỉ tiêu", "indicators"),
            TableKind::Forecast(_) => message!("thời tiết", "weather"),
        }
    }

    /// Files that its own keys name.
    pub fn files(&self) -> Vec<&str> {
        let named = match self {
            TableKind::Readings(own) => [&own.limits, &own.settings],
            TableKind::Forecast(own) => [&own.stations, &own.model],
            TableKind::Outbreaks(OutbreaksKeys { diseases, .. }) | TableKind::Herds(HerdsKeys { diseases, .. }) => {
                [diseases, &None]
            }
            TableKind::PestForecast(_)
            | TableKind::LinkedProduction(_)
            | TableKind::InfestedArea(_)
            | TableKind::Indicator(_)
            | TableKind::Points(_) => [&None, &None],
        };
        named.into_iter().flatten().map(String::as_str).collect()
    }

    /// Whether its positions are kilometres of a plane, not degrees.
    pub fn is_on_a_plane(&self) -> bool {
        matches!(self, TableKind::Outbreaks(OutbreaksKeys { plane: true, .. }) | TableKind::Herds(HerdsKeys { plane: true, .. }))
    }

    /// The one species whose rows are read.
    pub fn species(&self) -> Option<&str> {
        match self {
            TableKind::Outbreaks(OutbreaksKeys { species, .. }) | TableKind::Herds(HerdsKeys { species, .. }) => {
                species.as_deref()
            }
            _ => None,
        }
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
    /// Of models of weather: what fills missing days and values; without it they are an error
    pub fill: Option<Fill>,
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

/// What fills days of weather that are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fill {
    /// The day before
    Previous,
    /// A straight line between the days around
    Linear,
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

//! What maps and charts have in common: the measure, the period it is compared with, one page for each of something.

use schemars::JsonSchema;
use serde::Deserialize;

/// A measure as maps and charts name it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
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

/// What a period is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Compare {
    /// The period before
    #[default]
    Previous,
    /// The same period last year
    LastYear,
}

/// One page for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
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

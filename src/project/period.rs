//! `period = …`: two days, a week in words, or the latest that the tables have.

use super::Day;
use crate::values::Period;
use schemars::JsonSchema;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// The last period of the tables.
pub const LATEST: &str = "latest";
/// The one before it.
pub const PREVIOUS: &str = "previous";

/// The reporting period.
#[derive(Debug, Clone, PartialEq, JsonSchema)]
#[schemars(untagged)]
pub enum PeriodKey {
    /// `{ from = 2024-04-08, to = 2024-04-14 }`
    Days(PeriodConfig),
    /// `latest`, `previous`, or a week, month or range such as `2024-W16`, `Tuần 16/2024`
    Words(String),
}

/// Its first and last day.
#[derive(Debug, Clone, Copy, PartialEq, serde::Deserialize, JsonSchema)]
pub struct PeriodConfig {
    /// First day
    pub from: Day,
    /// Last day
    pub to: Day,
}

impl From<PeriodConfig> for Period {
    fn from(key: PeriodConfig) -> Period {
        Period { from: key.from.0, to: key.to.0 }
    }
}

impl From<Period> for PeriodKey {
    fn from(period: Period) -> PeriodKey {
        PeriodKey::Days(PeriodConfig { from: Day(period.from), to: Day(period.to) })
    }
}

impl PeriodKey {
    /// Its days, where it has them without looking into the tables.
    pub fn days(&self) -> Option<Period> {
        match self {
            PeriodKey::Days(days) => Some((*days).into()),
            PeriodKey::Words(_) => None,
        }
    }
}

impl<'de> Deserialize<'de> for PeriodKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PeriodKey, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = PeriodKey;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("{ from = 2024-04-08, to = 2024-04-14 } | \"latest\" | \"previous\" | \"2024-W16\"")
            }
            fn visit_str<E>(self, words: &str) -> Result<PeriodKey, E> {
                Ok(PeriodKey::Words(words.trim().to_owned()))
            }
            fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<PeriodKey, M::Error> {
                PeriodConfig::deserialize(MapAccessDeserializer::new(map)).map(PeriodKey::Days)
            }
        }
        deserializer.deserialize_any(KeyVisitor)
    }
}

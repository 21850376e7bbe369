//! Field sensors: the latest reading of each, and whether it lies where it should.

use super::quantities::Named;
use super::{Readings, Run};
use crate::values::text::fold;
use chrono::NaiveDate;
use serde::Deserialize;

/// Between which values a quantity reads as usual.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Names of the quantity
    pub names: Vec<String>,
    /// Unit, for people
    #[serde(default)]
    pub unit: String,
    /// Lowest usual value
    pub low: Option<f64>,
    /// Highest usual value
    pub high: Option<f64>,
    /// Where the numbers come from
    pub source: String,
    /// The same in Vietnamese
    #[serde(default)]
    pub source_vi: String,
    /// Whether they were compared with it
    pub verified: bool,
}

/// A file of limits.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The limits
    #[serde(default)]
    pub limits: Vec<Limit>,
}

/// The limits that ship.
pub const SHIPPED: &str = include_str!("limits.toml");

impl Limits {
    /// What applies to a quantity, by its name with or without a unit behind it, or by another name of the same quantity.
    pub fn of(&self, property: &str) -> Option<&Limit> {
        let named = Named::new(property);
        let called = |wanted: &str| {
            let wanted = fold(wanted);
            self.limits.iter().find(|limit| limit.names.iter().any(|name| fold(name) == wanted))
        };
        called(&named.bare).or_else(|| called(named.quantity()?.name()))
    }
}

/// Where a reading lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Below the lowest usual value
    Low,
    /// Where it should
    Usual,
    /// Above the highest
    High,
    /// There are no limits for it
    Unlimited,
}

impl Standing {
    /// Where a value lies.
    pub fn of(value: f64, limit: Option<&Limit>) -> Standing {
        match limit {
            None => Standing::Unlimited,
            Some(limit) if limit.low.is_some_and(|low| value < low) => Standing::Low,
            Some(limit) if limit.high.is_some_and(|high| value > high) => Standing::High,
            Some(_) => Standing::Usual,
        }
    }

    /// Name in files.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Low => "low",
            Standing::Usual => "usual",
            Standing::High => "high",
            Standing::Unlimited => "",
        }
    }
}

/// The latest reading of a sensor.
#[derive(Debug, Clone, PartialEq)]
pub struct Latest<'a> {
    /// Its run
    pub run: &'a Run,
    /// Day
    pub date: NaiveDate,
    /// Value
    pub value: f64,
    /// Where it lies
    pub standing: Standing,
    /// Days of the run with a value, and those out of range
    pub counts: (usize, usize),
}

/// The latest reading of each run up to a day; runs without any are left out.
pub fn latest<'a>(readings: &'a Readings, limits: &Limits, until: Option<NaiveDate>) -> Vec<Latest<'a>> {
    let one = |run: &'a Run| {
        let limit = limits.of(&readings.properties[run.property]);
        let known: Vec<(NaiveDate, f64)> = run
            .days
            .iter()
            .filter(|(day, _)| until.is_none_or(|until| *day <= until))
            .filter_map(|&(day, value)| Some((day, value?)))
            .collect();
        let &(date, value) = known.last()?;
        let out = |value: f64| matches!(Standing::of(value, limit), Standing::Low | Standing::High);
        let outside = known.iter().filter(|(_, value)| out(*value)).count();
        Some(Latest { run, date, value, standing: Standing::of(value, limit), counts: (known.len(), outside) })
    };
    readings.runs.iter().filter_map(one).collect()
}

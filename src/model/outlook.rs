//! What of a run is forecast rather than seen.

use crate::values::{Message, Period};
use chrono::NaiveDate;

/// One forecast number.
#[derive(Debug, Clone, PartialEq)]
pub struct OutlookRow {
    /// Commune
    pub commune: usize,
    /// Pest
    pub pest: String,
    /// First day of the last week with rows
    pub last_week: NaiveDate,
    /// Value of that week: mean severity, or infested hectares
    pub last: f64,
    /// Weeks from there to the period
    pub weeks: usize,
    /// Model that speaks
    pub model: &'static str,
    /// Forecast
    pub forecast: f64,
    /// 80 % interval, where the model was proved
    pub interval: Option<[f64; 2]>,
    /// 1 − MAE / MAE of persistence over the held-out years
    pub skill: Option<f64>,
}

/// The forecasts of a run.
#[derive(Debug, Clone, Default)]
pub struct Outlook {
    /// The period whose rows are forecast, if any are
    pub period: Option<Period>,
    /// Last day with rows before it
    pub data_until: Option<NaiveDate>,
    /// What the numbers are: "mean severity" or "infested hectares"
    pub quantity: Message,
    /// Every forecast number
    pub rows: Vec<OutlookRow>,
    /// What must stand beside every picture of the period
    pub words: Vec<Message>,
    /// Tables whose indicators are forecasts, and what must stand beside their pictures
    pub tables: Vec<(String, Message)>,
}

impl Outlook {
    /// Whether a period is forecast.
    pub fn covers(&self, period: Option<Period>) -> bool {
        matches!((self.period, period), (Some(own), Some(period)) if period.from >= own.from)
    }

    /// What must stand beside pictures of an indicator that is a forecast; `None` of any other.
    pub fn of(&self, indicator: &str) -> Option<&Message> {
        let is_of = |table: &str| indicator.strip_prefix(table).is_some_and(|rest| rest.starts_with('.'));
        self.tables.iter().find(|(table, _)| is_of(table)).map(|(_, words)| words)
    }
}

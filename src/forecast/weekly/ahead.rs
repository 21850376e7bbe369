//! The weeks after the history.

use super::FURTHEST;
use super::choose::Choice;
use super::models::{Fitted, REFERENCE};
use super::panel::Panel;
use chrono::{Days, NaiveDate};

/// What is forecast of one series and week.
#[derive(Debug, Clone, PartialEq)]
pub struct Ahead {
    /// Series
    pub series: usize,
    /// The last week of the series with a value
    pub last: Option<usize>,
    /// First day of the week forecast
    pub week: NaiveDate,
    /// Weeks after the end of the panel
    pub weeks_ahead: usize,
    /// Weeks after the last value, which the forecast has to bridge
    pub horizon: usize,
    /// Model that speaks
    pub model: &'static str,
    /// Forecast; `None` where the last value is too old
    pub forecast: Option<f64>,
    /// 80 % interval
    pub interval: Option<[f64; 2]>,
}

/// Forecasts the weeks after the panel for every series.
pub fn ahead(panel: &Panel, choices: &[Choice], fitted: &[(&'static str, Box<dyn Fitted>)], weeks: usize) -> Vec<Ahead> {
    let Some(end_week) = panel.weeks.len().checked_sub(1) else { return Vec::new() };
    let mut found = Vec::new();
    for (number, series) in panel.series.iter().enumerate() {
        let last = series.last_seen(end_week);
        for weeks_ahead in 1..=weeks {
            let Some(week) = panel.weeks[end_week].from.checked_add_days(Days::new(7 * weeks_ahead as u64)) else { continue };
            let horizon = last.map_or(usize::MAX, |last| end_week - last + weeks_ahead);
            let choice = choices.iter().find(|choice| choice.pest == series.pest && choice.horizon == horizon);
            let model = |id: &str| fitted.iter().find(|(known, _)| *known == id);
            let spoken = choice.zip(last).filter(|_| horizon <= FURTHEST).and_then(|(choice, last)| {
                let (id, fitted) = model(choice.model)?;
                let value = fitted.predict(panel, number, last, horizon);
                // A model that lacks what it needs gives way to the last value.
                let (id, value) = match value {
                    Some(value) => (*id, value),
                    None => (REFERENCE, series.at(last)?),
                };
                Some((id, series.upper_bound_at(last).map_or(value, |most| value.min(most)), choice))
            });
            found.push(Ahead {
                series: number,
                last,
                week,
                weeks_ahead,
                horizon,
                model: spoken.map_or("", |(id, ..)| id),
                forecast: spoken.map(|(_, value, _)| value),
                // A model that gave way leaves no interval: its residuals are not those of persistence.
                interval: spoken.filter(|(id, _, choice)| *id == choice.model).and_then(|(_, value, choice)| {
                    let cap = |end: f64| series.upper_bound_at(end_week).map_or(end, |most| end.min(most));
                    // A model that was always too low may leave its own forecast outside; people expect it inside.
                    let (low, high) = (choice.residuals.at(value, 0.1)?, choice.residuals.at(value, 0.9)?);
                    Some([cap(low.min(value)), cap(high.max(value))])
                }),
            });
        }
    }
    found
}

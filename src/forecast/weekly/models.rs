//! The models by name, and what all of them do.

use super::baselines::{Drift, Ets, Mean, Persistence, SeasonalNaive, Ses};
use super::boosting::Boosting;
use super::panel::Panel;
use super::regression::{Counts, Lagged};

/// A way to forecast.
pub trait Model: Sync + Send {
    /// Name in commands and files.
    fn id(&self) -> &'static str;

    /// Learns from targets before week `until`, and from nothing at or after it.
    fn fit(&self, panel: &Panel, until: usize) -> Box<dyn Fitted>;
}

/// A model that has learnt.
pub trait Fitted: Sync + Send {
    /// The value `horizon` weeks after `origin`, from values up to the origin; `None` where those are missing.
    fn predict(&self, panel: &Panel, series: usize, origin: usize, horizon: usize) -> Option<f64>;
}

/// The model that every other is measured by.
pub const REFERENCE: &str = "persistence";

/// Names of all models, in order of their needs.
pub const ALL: [&str; 10] =
    ["persistence", "seasonal-naive", "mean", "drift", "ses", "ets", "ar", "ar-weather", "counts", "boosting"];

/// The one that needs weather beside the series.
pub const WITH_WEATHER: &str = "ar-weather";

/// Every model that has what it needs: the list from which forecasts are chosen, whoever asks.
pub fn candidates(panel: &Panel) -> Vec<Box<dyn Model>> {
    let suited = |id: &&str| *id != WITH_WEATHER || !panel.covariates.is_empty();
    ALL.iter().copied().filter(|id| suited(id)).filter_map(named).collect()
}

/// A model by its name.
pub fn named(id: &str) -> Option<Box<dyn Model>> {
    Some(match id {
        "persistence" => Box::new(Persistence),
        "seasonal-naive" => Box::new(SeasonalNaive),
        "mean" => Box::new(Mean),
        "drift" => Box::new(Drift),
        "ses" => Box::new(Ses { alpha: None }),
        "ets" => Box::new(Ets),
        "ar" => Box::new(Lagged { weather: false }),
        "ar-weather" => Box::new(Lagged { weather: true }),
        "counts" => Box::new(Counts),
        "boosting" => Box::new(Boosting::default()),
        _ => return None,
    })
}

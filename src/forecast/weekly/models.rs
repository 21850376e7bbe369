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

/// A model of the list.
struct Listed {
    id: &'static str,
    /// It needs weather beside the series
    by_weather: bool,
    make: fn() -> Box<dyn Model>,
}

const fn listed(id: &'static str, make: fn() -> Box<dyn Model>) -> Listed {
    Listed { id, by_weather: false, make }
}

/// All models, in order of their needs.
const ALL: [Listed; 10] = [
    listed("persistence", || Box::new(Persistence)),
    listed("seasonal-naive", || Box::new(SeasonalNaive)),
    listed("mean", || Box::new(Mean)),
    listed("drift", || Box::new(Drift)),
    listed("ses", || Box::new(Ses { alpha: None })),
    listed("ets", || Box::new(Ets)),
    listed("ar", || Box::new(Lagged { weather: false })),
    Listed { by_weather: true, ..listed("ar-weather", || Box::new(Lagged { weather: true })) },
    listed("counts", || Box::new(Counts)),
    listed("boosting", || Box::new(Boosting::default())),
];

/// Names of all models.
pub fn ids() -> impl Iterator<Item = &'static str> + Clone {
    ALL.iter().map(|model| model.id)
}

/// Whether a model lacks the weather that it needs.
pub fn lacks_weather(id: &str, panel: &Panel) -> bool {
    panel.covariates.is_empty() && ALL.iter().any(|model| model.id == id && model.by_weather)
}

/// Every model that has what it needs: the list from which forecasts are chosen, whoever asks.
pub fn candidates(panel: &Panel) -> Vec<Box<dyn Model>> {
    ALL.iter().filter(|model| !lacks_weather(model.id, panel)).map(|model| (model.make)()).collect()
}

/// A model by its name.
pub fn named(id: &str) -> Option<Box<dyn Model>> {
    ALL.iter().find(|model| model.id == id).map(|model| (model.make)())
}

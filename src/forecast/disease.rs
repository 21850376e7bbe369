//! EPIRICE: potential epidemics of rice diseases from daily weather.
//!
//! Savary, S., Nelson, A., Willocquet, L., Pangga, I., Aunario, J. (2012), Modeling and mapping potential epidemics of rice
//! diseases globally, Crop Protection 34:6-17, doi:10.1016/j.cropro.2011.11.009. Windows are one day longer than the latent
//! and infectious periods, and sites that leave the infectious state are taken from the healthy ones, as in the published
//! implementation. Epidemics are *potential*: no resistance, no sprays, no nitrogen. They tell how favourable the weather is,
//! never how many hectares are infested.

use super::weather::Day;
use serde::Deserialize;

/// Parameters of one disease. Sites are plants, tillers or parts of leaves, by disease.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disease {
    /// Short name for commands and files
    pub id: String,
    /// Vietnamese name
    pub name: String,
    /// English name
    pub name_en: String,
    /// Where the numbers come from
    pub source: String,
    /// Whether someone compared them with that source
    pub verified: bool,
    /// Days of a season
    pub duration: usize,
    /// Day of the first infection, 1 at emergence
    pub onset: usize,
    /// Relative humidity at or above which a day is wet, per cent
    pub humidity_limit: f64,
    /// Rain at or above which a day is wet, mm
    pub rain_limit: f64,
    /// Healthy sites at emergence
    pub initial_sites: f64,
    /// Sites infected at onset
    pub initial_infected: f64,
    /// Infections a day by one infectious site at the best age and temperature
    pub infection_rate: f64,
    /// Days from infection to infectiousness
    pub latent_days: usize,
    /// Days of infectiousness
    pub infectious_days: usize,
    /// Carrying capacity, sites
    pub most_sites: f64,
    /// Aggregation of disease; 1 where it is spread evenly
    pub aggregation: f64,
    /// Share of healthy sites that age a day
    pub senescence_rate: f64,
    /// Growth of healthy sites a day
    pub growth_rate: f64,
    /// (days after emergence, share of the infection rate)
    pub age: Vec<(f64, f64)>,
    /// (mean temperature in °C, share of the infection rate)
    pub temperature: Vec<(f64, f64)>,
}

/// Diseases that come with the program, by id.
pub const SHIPPED: [(&str, &str); 5] = [
    ("leaf-blast", include_str!("diseases/leaf-blast.toml")),
    ("brown-spot", include_str!("diseases/brown-spot.toml")),
    ("bacterial-blight", include_str!("diseases/bacterial-blight.toml")),
    ("sheath-blight", include_str!("diseases/sheath-blight.toml")),
    ("tungro", include_str!("diseases/tungro.toml")),
];

/// One day of a season; counts of sites at its end of flows, rates in sites a day.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct State {
    /// Healthy sites
    pub sites: f64,
    /// Infected, not yet infectious
    pub latent: f64,
    /// Infectious
    pub infectious: f64,
    /// No longer infectious
    pub removed: f64,
    /// Aged and removed sites, summed
    pub senesced: f64,
    /// Latent, infectious and removed
    pub diseased: f64,
    /// Infections of the day
    pub infections: f64,
    /// Share of the sites that are visibly or latently diseased, 0 to 1
    pub intensity: f64,
}

/// A season of days.
#[derive(Debug, Clone, Default)]
pub struct Season {
    /// Day by day from emergence
    pub days: Vec<State>,
    /// Area under the intensity curve, in days
    pub audpc: f64,
    /// Mean of what weather and age allow of the infection rate from onset on, 0 to 1
    pub favourability: f64,
}

impl Season {
    /// The day of highest intensity, from 0, and that intensity.
    pub fn highest(&self) -> Option<(usize, f64)> {
        let days = self.days.iter().map(|day| day.intensity).enumerate();
        days.fold(None, |most, day| if most.is_none_or(|(_, intensity)| day.1 > intensity) { Some(day) } else { most })
    }
}

impl Disease {
    /// What is wrong with the parameters, as (key, expectation).
    pub fn fault(&self) -> Option<(&'static str, &'static str)> {
        let ascending = |curve: &[(f64, f64)]| curve.len() >= 2 && curve.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let checks = [
            (self.duration >= 1 && self.duration <= 3660, "duration", "1..3660"),
            (self.onset >= 1, "onset", ">= 1"),
            (self.aggregation >= 1.0, "aggregation", ">= 1"),
            (self.initial_sites >= 0.0, "initial_sites", ">= 0"),
            (self.initial_infected >= 0.0, "initial_infected", ">= 0"),
            (self.most_sites > 0.0, "most_sites", "> 0"),
            (self.infection_rate >= 0.0, "infection_rate", ">= 0"),
            (ascending(&self.age), "age", "[[x, y], …], x < x"),
            (ascending(&self.temperature), "temperature", "[[x, y], …], x < x"),
        ];
        checks.into_iter().find(|(good, _, _)| !good).map(|(_, key, expected)| (key, expected))
    }

    /// What weather and age allow of the infection rate on each day of a season that begins with `weather`, 0 to 1; `None` on
    /// days without all it needs.
    pub fn favourability(&self, weather: &[Day]) -> Vec<Option<f64>> {
        let one = |(age, day): (usize, &Day)| {
            let wet = day.humidity? >= self.humidity_limit || day.rain? >= self.rain_limit;
            Some(on_curve(&self.age, age as f64) * on_curve(&self.temperature, day.mean?) * f64::from(u8::from(wet)))
        };
        weather.iter().take(self.duration).enumerate().map(one).collect()
    }

    /// Runs a season. `weather` begins on the day of emergence and holds at least [`Disease::duration`] days that each have
    /// mean temperature, humidity and rain; `None` if it is shorter or a value is missing.
    pub fn season(&self, weather: &[Day]) -> Option<Season> {
        let weather = weather.get(..self.duration)?;
        let mut season = Season { days: Vec::with_capacity(self.duration), ..Season::default() };
        // Flows into the latent and the infectious state; index 0 is unused so that days count from 1.
        let mut into_latent = vec![0.0; self.duration + 1];
        let mut into_infectious = vec![0.0; self.duration + 1];
        let (mut ever_infectious, mut favourable) = (0.0, 0.0);
        let (mut growth, mut aged) = (0.0, 0.0);
        let mut yesterday = State::default();
        for (index, weather) in weather.iter().enumerate() {
            let day = index + 1;
            let mut state = State::default();
            if day == 1 {
                state.sites = self.initial_sites;
                aged = self.senescence_rate * state.sites;
            } else {
                state.sites = yesterday.sites + growth - yesterday.infections - aged;
                into_latent[day] = yesterday.infections;
                let before = day - 1;
                into_infectious[day] = if before >= self.latent_days && before >= 2 {
                    into_latent[before.saturating_sub(self.latent_days).max(1)]
                } else {
                    0.0
                };
                let leaving = if day > self.infectious_days { into_infectious[(day - self.infectious_days).max(2)] } else { 0.0 };
                state.senesced = yesterday.senesced + aged;
                aged = leaving + self.senescence_rate * state.sites;
            }
            let window = |flow: &[f64], days: usize| -> f64 { flow[day.saturating_sub(days).max(1)..=day].iter().sum() };
            ever_infectious += into_infectious[day];
            state.latent = window(&into_latent, self.latent_days);
            state.infectious =
                if day <= self.infectious_days + 1 { ever_infectious } else { window(&into_infectious, self.infectious_days) };
            state.diseased = ever_infectious + state.latent;
            state.removed = ever_infectious - state.infectious;
            let wet = weather.humidity? >= self.humidity_limit || weather.rain? >= self.rain_limit;
            let allowed =
                on_curve(&self.age, index as f64) * on_curve(&self.temperature, weather.mean?) * f64::from(u8::from(wet));
            let total = state.sites + state.diseased;
            state.infections = if day == self.onset {
                self.initial_infected
            } else if day > self.onset {
                let healthy = 1.0 - state.diseased / total;
                state.infectious * self.infection_rate * allowed * healthy.powf(self.aggregation)
            } else {
                0.0
            };
            if day >= self.onset {
                favourable += allowed;
            }
            growth = self.growth_rate * state.sites * (1.0 - total / self.most_sites);
            state.intensity = (state.diseased - state.removed) / (total - state.removed);
            season.days.push(state);
            yesterday = state;
        }
        season.audpc = season.days.windows(2).map(|pair| (pair[0].intensity + pair[1].intensity) / 2.0).sum();
        season.favourability = favourable / (self.duration.saturating_sub(self.onset) + 1) as f64;
        Some(season)
    }
}

/// Piecewise linear; 0 outside the end points.
fn on_curve(curve: &[(f64, f64)], x: f64) -> f64 {
    let after = curve.partition_point(|&(at, _)| at < x);
    match (after.checked_sub(1).and_then(|at| curve.get(at)), curve.get(after)) {
        (_, Some(&(at, value))) if at == x => value,
        (Some(&(x0, y0)), Some(&(x1, y1))) => y0 + (y1 - y0) * (x - x0) / (x1 - x0),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::SHIPPED;

    #[test]
    fn projects_know_every_disease() {
        assert!(SHIPPED.iter().all(|(id, _)| crate::project::FORECAST_MODELS.contains(id)));
    }
}

//! Risk of spread between farms by distance (Keeling et al. 2001, Science 294:813; kernel of Boender et al. 2007, PLoS Comput. Biol.
//! 3:e71).
//!
//! A farm meets a force λ_i = Σ_j h(d_ij) over infectious farms j and falls ill within t days with p_i = 1 − exp(−t·λ_i). Were it
//! infected itself, it would infect R_i = Σ_{j≠i} (1 − exp(−T·h(d_ij))) others in its T infectious days; where R_i > 1 an outbreak
//! can go on by itself. Straight distances serve as well as roads (Savill et al. 2006).

use crate::message;
use crate::run::parameters;
use crate::run::{Fault, Place, Result};
use rayon::prelude::*;
use serde::Deserialize;
use std::path::Path;

/// Parameters that ship.
pub const SHIPPED: &str = include_str!("spread.toml");

/// A step of a kernel.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Nearer than this, km
    pub below_km: f64,
    /// Risk a day
    pub per_day: f64,
}

/// A kernel: either `h0 / (1 + (r / r0)^alpha)` or steps.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kernel {
    /// Id
    pub id: String,
    /// Formula in words
    pub name: String,
    /// Risk a day at no distance
    pub h0_per_day: Option<f64>,
    /// Distance at which it is halved, km
    pub r0_km: Option<f64>,
    /// How fast it falls
    pub alpha: Option<f64>,
    /// Steps, nearest first
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Days a farm stays infectious
    pub infectious_days: f64,
    /// Where the numbers come from
    pub source: String,
    /// Whether they were compared with their source
    pub verified: bool,
}

/// Days of an infection within an animal, and R.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HerdInfection {
    /// Id
    pub id: String,
    /// Days from infection to infectiousness
    pub latent_days: f64,
    /// Days infectious
    pub infectious_days: f64,
    /// Animals that one infects among all susceptible
    pub r: f64,
    /// Where the numbers come from
    pub source: String,
    /// Whether they were compared with their source
    pub verified: bool,
}

/// All parameters of spread.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    /// Between farms
    #[serde(default)]
    pub kernel: Vec<Kernel>,
    /// Within a herd
    #[serde(default)]
    pub herd: Vec<HerdInfection>,
}

impl Spread {
    /// Parameters of a file, or those that ship.
    pub fn of(file: Option<&Path>) -> Result<Spread> {
        let spread: Spread = parameters::or_shipped(file, SHIPPED)?;
        let name = file.map_or_else(|| "spread.toml".to_owned(), |file| file.display().to_string());
        for kernel in &spread.kernel {
            kernel.check(&name)?;
        }
        Ok(spread)
    }

    /// A kernel by id; the first without one.
    pub fn kernel(&self, id: Option<&str>) -> Result<&Kernel> {
        choose(&self.kernel, id, |kernel| &kernel.id)
    }

    /// An infection of a herd by id; the first without one.
    pub fn herd(&self, id: Option<&str>) -> Result<&HerdInfection> {
        choose(&self.herd, id, |herd| &herd.id)
    }
}

fn choose<'a, T>(list: &'a [T], id: Option<&str>, of: impl Fn(&T) -> &String) -> Result<&'a T> {
    let found = match id {
        None => list.first(),
        Some(id) => list.iter().find(|one| of(one) == id),
    };
    found.ok_or_else(|| {
        let known = list.iter().map(|one| of(one).as_str()).collect::<Vec<_>>().join(", ");
        let id = id.unwrap_or_default();
        let message =
            message!("không có bộ tham số \"{id}\"; có: {known}", "there is no parameter set \"{id}\"; there are: {known}");
        Fault::new("unknown-parameters", Place::default().value(id), message)
    })
}

impl Kernel {
    fn check(&self, file: &str) -> Result<()> {
        let positive = |number: Option<f64>| number.is_some_and(|number| number.is_finite() && number > 0.0);
        let power = positive(self.h0_per_day) && positive(self.r0_km) && positive(self.alpha);
        let steps = !self.steps.is_empty()
            && self.steps.iter().all(|step| positive(Some(step.below_km)) && step.per_day.is_finite() && step.per_day >= 0.0)
            && self.steps.is_sorted_by(|a, b| a.below_km < b.below_km);
        if !power && !steps {
            return Err(parameters::bad(file, ("kernel", "h0_per_day, r0_km, alpha > 0, or steps in ascending order")));
        }
        if !positive(Some(self.infectious_days)) {
            return Err(parameters::bad(file, ("infectious_days", "> 0")));
        }
        Ok(())
    }

    /// Risk a day that an infectious farm passes it on over a distance in km.
    pub fn per_day(&self, km: f64) -> f64 {
        match (self.h0_per_day, self.r0_km, self.alpha) {
            (Some(h0), Some(r0), Some(alpha)) => h0 / (1.0 + (km / r0).powf(alpha)),
            _ => self.steps.iter().find(|step| km < step.below_km).map_or(0.0, |step| step.per_day),
        }
    }
}

/// What one farm faces and would do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Risk {
    /// Distance to the nearest infectious farm, km; infinite without one
    pub nearest_km: f64,
    /// Force of infection a day
    pub force_per_day: f64,
    /// Probability of infection within the days looked at; 0 for a farm that is infected already
    pub p_infection: f64,
    /// Farms it would infect
    pub r: f64,
}

/// The risk of every farm. `km` gives the distance of two; memory grows with the farms, not with their pairs.
pub fn risks(kernel: &Kernel, infected: &[bool], days: f64, km: impl Fn(usize, usize) -> f64 + Sync) -> Vec<Risk> {
    let farms = infected.len();
    (0..farms)
        .into_par_iter()
        .map(|i| {
            let mut risk = Risk { nearest_km: f64::INFINITY, force_per_day: 0.0, p_infection: 0.0, r: 0.0 };
            for j in (0..farms).filter(|&j| j != i) {
                let distance = km(i, j);
                let h = kernel.per_day(distance);
                risk.r -= (-kernel.infectious_days * h).exp_m1();
                if infected[j] {
                    risk.force_per_day += h;
                    risk.nearest_km = risk.nearest_km.min(distance);
                }
            }
            if infected[i] {
                risk.nearest_km = 0.0;
            } else {
                risk.p_infection = -(-days * risk.force_per_day).exp_m1();
            }
            risk
        })
        .collect()
}

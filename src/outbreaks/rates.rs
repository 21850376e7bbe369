//! Tallies of a register by commune: outbreaks, animals, days since the last case. Rates are these over animals at risk.

use super::Active;
use super::herds::{Herd, Herds};
use super::register::Outbreak;
use crate::values::Value;
use chrono::NaiveDate;

/// What a commune has had.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Tally {
    /// Outbreaks
    pub outbreaks: usize,
    /// Those still active
    pub active: usize,
    /// Sick animals; none where no row states any
    pub sick: Option<f64>,
    /// Dead animals
    pub dead: Option<f64>,
    /// Destroyed animals
    pub destroyed: Option<f64>,
    /// Outbreaks that do not state the sick, the dead, the destroyed
    pub unstated: [usize; 3],
    /// Sick and dead animals of rows that state both
    both: Option<(f64, f64)>,
    /// Day of the last case; of the last onset where the register does not say
    pub last_case: Option<NaiveDate>,
}

fn add(sum: &mut Option<f64>, number: Option<f64>) {
    if let Some(number) = number {
        *sum.get_or_insert(0.0) += number;
    }
}

impl Tally {
    /// Adds an outbreak.
    pub fn add(&mut self, outbreak: &Outbreak, active: &Active) {
        self.outbreaks += 1;
        self.active += usize::from(active.holds(outbreak));
        add(&mut self.sick, outbreak.sick);
        add(&mut self.dead, outbreak.dead);
        add(&mut self.destroyed, outbreak.destroyed);
        for (count, number) in self.unstated.iter_mut().zip([outbreak.sick, outbreak.dead, outbreak.destroyed]) {
            *count += usize::from(number.is_none());
        }
        if let (Some(sick), Some(dead)) = (outbreak.sick, outbreak.dead) {
            let (s, d) = self.both.unwrap_or_default();
            self.both = Some((s + sick, d + dead));
        }
        self.last_case = self.last_case.max(Some(outbreak.last_day(active.on)));
    }

    /// Dead over sick in per cent, of rows that state both.
    pub fn fatality_pct(&self) -> Option<f64> {
        self.both.filter(|(sick, _)| *sick > 0.0).map(|(sick, dead)| 100.0 * dead / sick)
    }
}

/// Tallies by commune of what began up to a day.
pub fn by_commune<'a>(outbreaks: impl IntoIterator<Item = &'a Outbreak>, communes: usize, active: &Active) -> Vec<Tally> {
    let mut list = vec![Tally::default(); communes];
    for outbreak in outbreaks.into_iter().filter(|outbreak| active.knows(outbreak)) {
        if let Some(commune) = outbreak.site.commune {
            list[commune].add(outbreak, active);
        }
    }
    list
}

/// All outbreaks, those without a commune too.
pub fn total<'a>(outbreaks: impl IntoIterator<Item = &'a Outbreak>, active: &Active) -> Tally {
    let mut all = Tally::default();
    outbreaks.into_iter().filter(|outbreak| active.knows(outbreak)).for_each(|outbreak| all.add(outbreak, active));
    all
}

/// Events over animals at risk in per cent; no animals, no rate.
pub fn per_cent(events: Option<f64>, at_risk: Option<f64>) -> Value {
    match (events, at_risk) {
        (_, Some(0.0)) => Value::OutOfScope,
        (Some(events), Some(at_risk)) => Value::Number(100.0 * events / at_risk),
        _ => Value::NoData,
    }
}

/// Vaccinated animals over animals in per cent by commune, of herds that state both.
pub fn coverage(herds: &Herds, communes: usize) -> Vec<Value> {
    let stated = |herd: &Herd| herd.head.zip(herd.vaccinated);
    let vaccinated = herds.by_commune(communes, |herd| stated(herd).map(|(_, vaccinated)| vaccinated));
    let head = herds.by_commune(communes, |herd| stated(herd).map(|(head, _)| head));
    vaccinated.into_iter().zip(head).map(|(vaccinated, head)| per_cent(vaccinated, head)).collect()
}

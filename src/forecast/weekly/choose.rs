//! The ship rule: which model may speak, by pest and horizon.

use super::evaluate::{Pair, Rolled};
use super::intervals::Residuals;
use super::models::REFERENCE;
use super::panel::Panel;
use super::{FURTHEST, YEAR};
use std::collections::BTreeMap;

/// Why a model was chosen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Choice {
    /// Pest
    pub pest: String,
    /// Weeks ahead
    pub horizon: usize,
    /// The model that speaks
    pub model: &'static str,
    /// 1 − MAE / MAE of persistence of the best candidate over the held-out years, chosen or not
    pub skill: Option<f64>,
    /// The same over the last 52 weeks
    pub last_year_skill: Option<f64>,
    /// The best candidate
    pub candidate: Option<&'static str>,
    /// Weeks that were forecast to find out
    pub weeks: usize,
    /// What was off, for intervals
    pub residuals: Residuals,
}

/// Fewer weeks than this, whatever the number of units, prove nothing: neighbours have the same season.
const FEWEST_WEEKS: usize = 20;

/// A gain that is written as 0 % is no reason to leave persistence.
const LEAST_SKILL: f64 = 0.01;

/// How many weeks were forecast.
fn weeks_of(pairs: &[&Pair]) -> usize {
    let mut weeks: Vec<usize> = pairs.iter().map(|pair| pair.target).collect();
    weeks.sort_unstable();
    weeks.dedup();
    weeks.len()
}

/// Chooses for every pest and horizon. A model speaks only where its error was less than that of persistence over all held-out
/// years and over the last 52 weeks; else persistence does. Without held-out years persistence does, without intervals.
pub fn choose(panel: &Panel, rolled: &[Rolled], years: &[i32]) -> Vec<Choice> {
    let pests = panel.pests();
    let last_year = panel.weeks.len().saturating_sub(YEAR);
    // Scored pairs by model, then pest and horizon.
    let groups: Vec<BTreeMap<(&str, usize), Vec<&Pair>>> = rolled
        .iter()
        .map(|one| {
            let mut groups: BTreeMap<(&str, usize), Vec<&Pair>> = BTreeMap::new();
            for pair in one.pairs.iter().filter(|pair| years.contains(&panel.weeks[pair.target].year)) {
                groups.entry((panel.series[pair.series].pest.as_str(), pair.horizon)).or_default().push(pair);
            }
            groups
        })
        .collect();
    let yardstick = rolled.iter().position(|one| one.model == REFERENCE);
    let mut found = Vec::new();
    for pest in pests {
        for horizon in 1..=FURTHEST {
            let of = |model: usize| groups[model].get(&(pest, horizon)).map_or(&[][..], |pairs| &pairs[..]);
            let mae = |pairs: &[&Pair], from: usize| {
                let losses: Vec<f64> = pairs.iter().filter(|pair| pair.target >= from).map(|pair| pair.loss()).collect();
                (!losses.is_empty()).then(|| losses.iter().sum::<f64>() / losses.len() as f64)
            };
            let skill = |model: usize, from: usize| {
                // Where a model could not speak as often as persistence, the two are not compared.
                let (own, theirs) = (of(model), of(yardstick?));
                if from == 0 && weeks_of(own) < FEWEST_WEEKS {
                    return None;
                }
                let (own, theirs) = (mae(own, from)?, mae(theirs, from).filter(|_| own.len() == theirs.len())?);
                (theirs > 0.0).then(|| 1.0 - own / theirs)
            };
            let best = (0..rolled.len())
                .filter(|model| Some(*model) != yardstick)
                .filter_map(|model| Some((model, skill(model, 0)?)))
                .fold(None, |best: Option<(usize, f64)>, one| match best {
                    Some(best) if best.1 >= one.1 => Some(best),
                    _ => Some(one),
                });
            let last_year_skill = best.and_then(|(model, _)| skill(model, last_year));
            let beats =
                best.filter(|(_, skill)| *skill >= LEAST_SKILL && last_year_skill.is_some_and(|skill| skill >= LEAST_SKILL));
            let speaks = beats.map(|(model, _)| model).or(yardstick);
            let pairs = speaks.map_or(&[][..], of);
            found.push(Choice {
                pest: pest.to_owned(),
                horizon,
                model: speaks.map_or(REFERENCE, |model| rolled[model].model),
                skill: best.map(|(_, skill)| skill),
                last_year_skill,
                candidate: best.map(|(model, _)| rolled[model].model),
                weeks: pairs.len(),
                residuals: Residuals::new(pairs.iter().copied()),
            });
        }
    }
    found
}

//! The ship rule: which model may speak, by pest and horizon.

use super::FURTHEST;
use super::evaluate::{Pair, Residuals, Rolled};
use super::models::YARDSTICK;
use super::panel::Panel;

/// Why a model was chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Pest
    pub pest: String,
    /// Weeks ahead
    pub horizon: usize,
    /// The model that speaks
    pub model: &'static str,
    /// 1 − MAE / MAE of persistence of the best candidate over the held-out years, chosen or not
    pub skill: Option<f64>,
    /// The same in the last held-out year
    pub last_year_skill: Option<f64>,
    /// The best candidate
    pub candidate: Option<&'static str>,
    /// MAE of the model that speaks
    pub mae: Option<f64>,
    /// Weeks that were forecast to find out
    pub weeks: usize,
    /// What was off, for intervals
    pub residuals: Residuals,
}

/// Chooses for every pest and horizon. A model speaks only where its error was less than that of persistence over all held-out
/// years and in the last of them; else persistence does. Without held-out years persistence does, without intervals.
pub fn choose(panel: &Panel, rolled: &[Rolled], years: &[i32]) -> Vec<Choice> {
    let mut found = Vec::new();
    for pest in panel.pests() {
        for horizon in 1..=FURTHEST {
            let of = |one: &Rolled, only: Option<i32>| -> Vec<Pair> {
                let wanted = |pair: &&Pair| {
                    let year = panel.weeks[pair.target].year;
                    pair.horizon == horizon
                        && panel.series[pair.series].pest == pest
                        && only.map_or(years.contains(&year), |only| only == year)
                };
                one.pairs.iter().filter(wanted).copied().collect()
            };
            let mae = |pairs: &[Pair]| {
                let sum: f64 = pairs.iter().map(|pair| (pair.forecast - pair.actual).abs()).sum();
                (!pairs.is_empty()).then(|| sum / pairs.len() as f64)
            };
            let yardstick = rolled.iter().find(|one| one.model == YARDSTICK);
            let last = years.last().copied();
            let skill = |one: &Rolled, only: Option<i32>| {
                let (own, theirs) = (mae(&of(one, only))?, mae(&of(yardstick?, only))?);
                (theirs > 0.0).then(|| 1.0 - own / theirs)
            };
            let best = rolled.iter().filter(|one| one.model != YARDSTICK).filter_map(|one| Some((one, skill(one, None)?))).fold(
                None,
                |best: Option<(&Rolled, f64)>, one| match best {
                    Some(best) if best.1 >= one.1 => Some(best),
                    _ => Some(one),
                },
            );
            let last_year_skill = best.and_then(|(one, _)| skill(one, last));
            let beats = best.filter(|(_, skill)| *skill > 0.0).filter(|_| last_year_skill.is_some_and(|skill| skill > 0.0));
            let speaks = beats.map(|(one, _)| one).or(yardstick);
            let pairs = speaks.map(|one| of(one, None)).unwrap_or_default();
            found.push(Choice {
                pest: pest.to_owned(),
                horizon,
                model: speaks.map_or(YARDSTICK, |one| one.model),
                skill: best.map(|(_, skill)| skill),
                last_year_skill,
                candidate: best.map(|(one, _)| one.model),
                mae: mae(&pairs),
                weeks: pairs.len(),
                residuals: Residuals::new(pairs.iter()),
            });
        }
    }
    found
}

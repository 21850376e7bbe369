//! Breaks that do not move from week to week: those that hold the numbers of every period of a project.

use super::{Needs, load};
use crate::figures::maps::scales::{over_time, used};
use crate::model::accounts;
use crate::model::engine::SharedEngine;
use crate::project::Project;
use crate::render::RenderContext;
use crate::run::{Problems, Progress, Record, Result};
use crate::scale::{Scale, Style};
use crate::values::numbers;

/// The breaks of a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Fixed {
    /// Its name
    pub name: String,
    /// Its breaks
    pub breaks: Vec<f64>,
    /// Measures drawn with it
    pub measures: Vec<String>,
    /// Numbers that it holds, and weeks they are of
    pub numbers: [usize; 2],
    /// The project has a table of this name, without breaks
    pub is_there: bool,
}

impl Fixed {
    /// The table for a project file.
    pub fn table(&self) -> String {
        let breaks: Vec<String> = self.breaks.iter().map(|cut| numbers::plain(*cut, 9)).collect();
        format!("[scales.{}]\nbreaks = [{}]\n", toml_key(&self.name), breaks.join(", "))
    }
}

/// A key as TOML wants it.
fn toml_key(name: &str) -> String {
    match name.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-".contains(letter)) {
        true => name.to_owned(),
        false => toml::Value::String(name.to_owned()).to_string(),
    }
}

/// The breaks of every scale that the project's maps are drawn with and that no table has fixed.
pub fn fix(project: &Project, problems: &mut Problems, progress: &mut Progress) -> Result<Vec<Fixed>> {
    let project = &*super::settled(project)?;
    let joined = load(project, Needs::ALL, &SharedEngine::default(), problems, &mut Record::default(), progress)?;
    let periods = accounts(&joined);
    let render = RenderContext::new(project, &joined, &periods);
    let mut found = Vec::new();
    for (name, keys) in used(&render)? {
        let own = project.scales.get(&name);
        if own.is_some_and(|own| own.breaks.is_some()) {
            continue;
        }
        let mut values = Vec::new();
        for key in &keys {
            values.extend(over_time(&render, key)?);
        }
        let scale = Scale::new(&name, own, &values, Style { lang: project.language, bw: project.bw })?;
        if scale.cuts.is_empty() {
            continue;
        }
        let mut measures: Vec<String> = keys.into_iter().map(|key| key.measure).collect();
        measures.dedup();
        let numbers = [values.len(), render.weeks().len()];
        found.push(Fixed { name, breaks: scale.cuts, measures, numbers, is_there: own.is_some() });
    }
    progress.finish();
    Ok(found)
}

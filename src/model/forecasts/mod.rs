//! `kind = "forecast"`: models run on what was read, and their answers join the rest.

mod weather;
mod weekly;

use super::Joined;
use crate::input::Table;
use crate::project::{Project, TableKind};
use crate::run::{Problems, Result};

/// Runs the forecasts of a project, in order, with the weather that was read for them.
pub fn run(project: &Project, tables: &[(usize, Table)], joined: &mut Joined, problems: &mut Problems) -> Result<()> {
    for (number, key) in project.tables.iter().enumerate() {
        let TableKind::Forecast(own) = &key.kind else { continue };
        let table = tables.iter().find(|(known, _)| *known == number).map(|(_, table)| table);
        match (own.model.as_deref().unwrap_or_default(), table) {
            ("weekly", _) => weekly::add((key, own), joined, problems)?,
            ("insects", Some(table)) => weather::add_insects(project, (key, own), table, joined, problems)?,
            (model, Some(table)) => weather::add_disease(project, (key, own), model, table, joined, problems)?,
            // Not read, for no wanted output needs it.
            (_, None) => {}
        }
    }
    Ok(())
}

//! `kind = "forecast"`: models run on what was read, and their answers join the rest.

mod weather;
mod weekly;

use crate::input::Table;
use crate::measures::World;
use crate::message;
use crate::project::{Project, TableKind};
use crate::run::{Fault, Place, Problems, Result};
use crate::values::text::nearest;

/// Runs the forecasts of a project, in order, with the weather that was read for them.
pub(super) fn run(project: &Project, tables: &[(usize, Table)], world: &mut World, problems: &mut Problems) -> Result<()> {
    for (number, key) in project.tables.iter().enumerate().filter(|(_, key)| key.kind == TableKind::Forecast) {
        let table = tables.iter().find(|(known, _)| *known == number).map(|(_, table)| table);
        match (key.model.as_deref().unwrap_or_default(), table) {
            ("weekly", _) => weekly::add(key, world, problems)?,
            ("insects", Some(table)) => weather::add_insects(project, key, table, world, problems)?,
            (model, Some(table)) => weather::add_disease(project, key, model, table, world, problems)?,
            // Not read, for no wanted output needs it.
            (_, None) => {}
        }
    }
    Ok(())
}

/// Parameters that ship, or of a file of the project.
fn shipped_or_file<T: serde::de::DeserializeOwned>(project: &Project, name: &str, shipped: &[(&str, &str)]) -> Result<T> {
    let text = match shipped.iter().find(|(id, _)| *id == name) {
        Some((_, text)) => (*text).to_owned(),
        None if name.ends_with(".toml") => {
            let path = project.folder.join(name);
            std::fs::read_to_string(&path).map_err(|error| Fault::io(&path, &error))?
        }
        None => {
            let known: Vec<&str> = shipped.iter().map(|(id, _)| *id).collect();
            let listed = known.join(", ");
            let fault = Fault::new(
                "unknown-model",
                Place::file(&project.file).value(name),
                message!("không có \"{name}\"; có: {listed}", "there is no \"{name}\"; there are: {listed}"),
            );
            return Err(match nearest(name, known) {
                Some(near) => fault.hint(message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?")),
                None => fault,
            });
        }
    };
    toml::from_str(&text).map_err(|error| {
        let what = error.message();
        Fault::new("bad-parameters", Place::file(name), message!("tham số không đọc được: {what}", "the parameters cannot be read: {what}"))
    })
}

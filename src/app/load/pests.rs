//! Forecasts of pests by severity, and reports of infested hectares.

use super::{Loader, Rows};
use crate::input::{Source, Table, roles as columns};
use crate::join::Target;
use crate::model::Joined;
use crate::model::areas::CLASSES;
use crate::model::density::{self, DensityColumns};
use crate::model::observations::Columns;
use crate::model::thresholds::Thresholds;
use crate::project::{InfestedAreaKeys, PestForecastKeys};
use crate::run::Result;

impl Loader<'_> {
    /// Takes in forecasts by severity or density.
    pub(super) fn forecasts(&mut self, own: &PestForecastKeys, mut rows: Rows<'_>, joined: &mut Joined) -> Result<Table> {
        self.of_weeks(&mut rows, false);
        let forecasts = joined.forecasts.get_or_insert_default();
        rows.only(forecasts.target)?;
        let thresholds = match density::is_used(&rows.key, &rows.roles) {
            true => Some(self.thresholds()?),
            false => None,
        };
        let Rows { key, mut table, roles, join } = rows;
        let role = |name: &str| columns::heading(&roles, name);
        let pest = role("pest").unwrap_or_default();
        let by_density = thresholds.as_ref().map(|thresholds| {
            let columns = DensityColumns {
                density: role("density").unwrap_or_default(),
                pest,
                date: role("date"),
                crop: role("crop"),
                stage: role("stage"),
                unit: role("unit"),
                crop_of_all: own.crop.as_deref(),
                stage_of_all: own.stage.as_deref(),
            };
            (columns, thresholds)
        });
        let columns = Columns { date: role("date"), pest, severity: role("severity"), density: by_density };
        forecasts.add(&mut table, join, &columns, key.decimal, self.problems)?;
        Ok(table)
    }

    /// Takes in infested hectares.
    pub(super) fn infested_areas(&mut self, own: &InfestedAreaKeys, mut rows: Rows<'_>, joined: &mut Joined) -> Result<Table> {
        self.of_weeks(&mut rows, true);
        rows.only_communes()?;
        let of_classes = CLASSES.iter().filter_map(|role| rows.role(role)).map(str::to_owned).collect::<Vec<_>>();
        let total = rows.role("total_ha").map(str::to_owned);
        let numbers = if of_classes.is_empty() { total.into_iter().collect() } else { of_classes };
        self.leave_sums_of_hamlets(&mut rows, &numbers);
        let forecasts = joined.forecasts.get_or_insert_default();
        forecasts.areas_complete = Some(own.complete && forecasts.areas_complete.unwrap_or(true));
        let role = |name: &str| rows.role(name);
        forecasts.add_areas(&rows.table, &rows.join, &role, rows.key.decimal, &joined.communes.area_ha, self.problems)?;
        Ok(rows.table)
    }

    /// Sets aside what is told twice, of whole seasons, or earlier than now.
    fn of_weeks(&mut self, rows: &mut Rows<'_>, reports: bool) {
        self.leave_sums_of_pests(rows);
        let Rows { key, table, roles, join } = rows;
        let role = |name: &str| columns::heading(roles, name);
        self.refuse_twice(table, join, role("date"), role("pest"));
        if reports && join.target == Target::Communes {
            self.refuse_copies(table, join, &|name| role(name).map(str::to_owned), key.decimal);
        }
        self.leave_longer_periods(table, join, role("date"));
        self.mark_earlier(table, role("date"));
    }

    /// The thresholds of the project, or those that ship.
    fn thresholds(&mut self) -> Result<Thresholds> {
        match &self.project.thresholds {
            Some(file) => Thresholds::read(&Source::new(&self.project.folder, file), self.problems),
            None => Thresholds::shipped(),
        }
    }
}

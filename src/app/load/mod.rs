//! The first half of the way: every input read, joined and summed.

mod alike;
mod contracts;
mod districts;
mod fields;
mod indicators;
mod last_time;
pub mod periods;
mod pests;
mod points;
mod readings;
mod registers;
mod sums;
mod twice;
mod unread;

use super::read::{self, Inputs, Needs, RawTable};
use crate::input::{self, roles};
use crate::join::former::{self, Former};
use crate::join::keys::{self, NONE, Side};
use crate::join::overlay::CommuneIndex;
use crate::join::reform::Became;
use crate::join::{KeyJoin, Target, contradictions, names, reform};
use crate::message;
use crate::model::engine::SharedEngine;
use crate::model::observations::Forecasts;
use crate::model::remarks::remarks;
use crate::model::{Joined, Periods};
use crate::places::Communes;
use crate::places::aliases::Aliases;
use crate::project::{Duplicates, JoinKey, PeriodKey, Project, TableConfig, TableKind};
use crate::run::{Fault, Place, Problems, Progress, Record, Result};
use std::borrow::Cow;

/// Reads and joins everything a run needs.
pub fn load(
    project: &Project,
    needs: Needs,
    engine: &SharedEngine,
    problems: &mut Problems,
    record: &mut Record,
    progress: &mut Progress,
) -> Result<Joined> {
    record.version = env!("CARGO_PKG_VERSION");
    record.project.clone_from(&project.file);
    record.title.clone_from(&project.title);
    record.geodesy.areas = "geodesic, WGS84 ellipsoid".to_owned();

    progress.stage("read", 1, &message!("đọc ranh giới và bảng số liệu", "reading boundaries and tables"));
    let Inputs { communes, index, former, fields, context, tables, problems: found, files } = read::read(project, needs)?;
    problems.append(found);
    record.inputs = files;
    let aliases = read::aliases(project, problems)?;
    let mut loader = Loader {
        project,
        aliases: &aliases,
        former: &former,
        problems,
        record,
        earlier: twice::Earlier::default(),
        weather: Vec::new(),
    };
    let mut joined = Joined { engine: engine.clone(), communes, context, ..Joined::default() };
    progress.stage(
        "join",
        project.tables.len() as u64,
        &message!("nối số liệu với thửa và xã", "joining data to fields and communes"),
    );
    if let Some((layer, pieces)) = fields {
        joined.fields = Some(loader.fields(layer, pieces, &joined.communes)?);
    }
    let tick = progress.ticker();
    for (number, raw) in tables {
        loader.table(number, raw, &mut joined, &index)?;
        tick();
    }
    let weather = std::mem::take(&mut loader.weather);
    progress.stage("measure", 1, &message!("tính chỉ tiêu", "computing measures"));
    let declared = project.period.as_ref().and_then(PeriodKey::days);
    joined.periods = match declared {
        Some(period) => Periods::declared(period),
        None => Periods::spanning(joined.forecasts.as_ref().and_then(Forecasts::span)),
    };
    if let Some(forecasts) = &joined.forecasts {
        joined.periods = joined.periods.clone().with_printed(&forecasts.printed);
        if let Some(gap) = joined.periods.gap() {
            periods::between(forecasts, gap, problems);
        }
    }
    if let Some(forecasts) = &mut joined.forecasts {
        forecasts.fill_from_print(&joined.periods, &joined.communes.names, problems);
    }
    joined.aggregate();
    if needs.fields || needs.indicators {
        crate::model::forecasts::run(project, &weather, &mut joined, problems)?;
    }
    // A forecast may have filled the period by now.
    if let (Some(period), Some(forecasts)) = (declared, &joined.forecasts) {
        periods::unused(forecasts, period, problems);
        periods::several(forecasts, period, problems);
        periods::replaced(forecasts, period, problems);
    }
    readings::add(project, &mut joined, &index, problems);
    crate::measures::registers::add(&mut joined, problems);
    if let Some(outlook) = &joined.outlook {
        let words = outlook.words.iter().chain(outlook.tables.iter().map(|(_, words)| words));
        record.forecasts.extend(words.map(|words| words.get(project.language).to_owned()));
    }
    remarks(project, &joined, problems, record);
    Ok(joined)
}

struct Loader<'a> {
    project: &'a Project,
    aliases: &'a Aliases,
    former: &'a [Former],
    problems: &'a mut Problems,
    record: &'a mut Record,
    earlier: twice::Earlier,
    /// Tables that models of weather read, by their number in the project file
    weather: Vec<(usize, input::Table)>,
}

/// A table whose rows found their units.
struct Rows<'a> {
    /// How the table is read; of former units, as that of today
    key: Cow<'a, TableConfig>,
    table: input::Table,
    roles: Vec<(&'static str, String)>,
    join: KeyJoin,
}

impl Rows<'_> {
    /// The heading of a role.
    fn role(&self, name: &str) -> Option<&str> {
        roles::heading(&self.roles, name)
    }

    /// Refuses rows that belong to fields.
    fn only_communes(&self) -> Result<()> {
        let of_communes = self.join.target == Target::Communes;
        of_communes.then_some(()).ok_or_else(|| {
            Fault::new(
                "bad-key",
                Place::file(&self.key.file),
                message!("bảng loại này phải nối theo xã", "a table of this kind joins communes"),
            )
        })
    }

    /// Refuses rows that belong to fields where those of another table of this kind belong to communes.
    fn only(&self, target: Option<Target>) -> Result<()> {
        let is_same = target.is_none_or(|target| target == self.join.target);
        is_same.then_some(()).ok_or_else(|| {
            Fault::new(
                "mixed-keys",
                Place::file(&self.key.file),
                message!(
                    "các bảng cùng loại phải cùng nối theo thửa hoặc cùng nối theo xã",
                    "tables of one kind must all join fields or all join communes"
                ),
            )
        })
    }

    /// Notes which decimal sign the file itself proves.
    fn note_decimal(&mut self, headings: &[&str]) {
        if let (None, Ok(sign)) = (self.key.decimal, input::decimal::of_columns(&self.table, headings, None)) {
            self.table.read_as.insert("decimal", format!("{} (proved by the file)", sign.sign()));
        }
    }
}

impl Loader<'_> {
    /// Takes a table in, each kind in its own way.
    fn table(&mut self, number: usize, raw: RawTable, joined: &mut Joined, index: &CommuneIndex) -> Result<()> {
        let project = self.project;
        let key = &project.tables[number];
        match &key.kind {
            TableKind::PestForecast(own) => self.take(key, raw, joined, index, |of, rows, to| of.forecasts(own, rows, to)),
            TableKind::InfestedArea(own) => self.take(key, raw, joined, index, |of, rows, to| of.infested_areas(own, rows, to)),
            TableKind::LinkedProduction(own) => self.take(key, raw, joined, index, |of, rows, to| of.contracts(own, rows, to)),
            TableKind::Indicator(own) => self.take(key, raw, joined, index, |of, rows, to| of.indicators(own, rows, to)),
            TableKind::Points(own) => self.take(key, raw, joined, index, |of, rows, to| of.points(own, rows, to)),
            TableKind::Readings(own) => self.readings((key, own), raw.table, joined),
            TableKind::Outbreaks(_) | TableKind::Herds(_) => self.register(key, raw, joined, index),
            TableKind::Forecast(_) => {
                self.record.inputs.push(read::input(&key.id, &raw.table));
                self.weather.push((number, raw.table));
                Ok(())
            }
        }
    }

    /// Takes rows in that belong to communes or fields.
    fn take(
        &mut self,
        key: &TableConfig,
        raw: RawTable,
        joined: &mut Joined,
        index: &CommuneIndex,
        into: impl FnOnce(&mut Self, Rows<'_>, &mut Joined) -> Result<input::Table>,
    ) -> Result<()> {
        let rows = self.rows(key, raw, joined, index)?;
        let table = into(self, rows, joined)?;
        self.record.inputs.push(read::input(&key.id, &table));
        Ok(())
    }

    /// Finds the unit of every row.
    fn rows<'k>(&mut self, key: &'k TableConfig, raw: RawTable, joined: &Joined, index: &CommuneIndex) -> Result<Rows<'k>> {
        let RawTable { mut table, mut roles } = raw;
        let manner = key.kind.manner();
        if manner.is_of_weeks
            && !roles.iter().any(|(role, _)| *role == "date")
            && let Some(heading) = periods::of_periods(&table)
        {
            roles.push(("date", heading.to_owned()));
        }
        // Units of today have one row each of an indicator, whatever periods the rows of the former ones are of.
        if let (Some(_), TableKind::Indicator(own), Some(units)) = (&key.units, &key.kind, key.key.commune_column()) {
            self.leave_one_period(&mut table, units, own.duplicates == Some(Duplicates::Sum));
        }
        let mut key = Cow::Borrowed(key);
        if let Some((of_today, passed)) = self.of_today(&key, &table, &roles, &joined.communes)? {
            (key, table) = (Cow::Owned(of_today), passed);
        }
        if manner.names_unread {
            self.report_unread(&key, &table, &roles);
        }
        let join = self.join(&key, &mut table, joined, index)?;
        Ok(Rows { key, table, roles, join })
    }

    /// A table of former units for those of today, with the key it then has.
    fn of_today(
        &mut self,
        key: &TableConfig,
        table: &input::Table,
        roles: &[(&'static str, String)],
        communes: &Communes,
    ) -> Result<Option<(TableConfig, input::Table)>> {
        let Some(id) = &key.units else { return Ok(None) };
        let named = key.key.commune.is_some() || key.key.commune_name.is_some();
        let former = self.former.iter().find(|former| former.id == *id && named).ok_or_else(|| no_former(key, id))?;
        let passed = former::reallocate(key, table.clone(), former, communes, self.aliases, roles, self.problems)?;
        let name = key.key.commune.clone().or_else(|| key.key.commune_name.clone());
        Ok(Some((TableConfig { key: JoinKey { commune: name, ..JoinKey::default() }, ..key.clone() }, passed)))
    }

    fn join(&mut self, key: &TableConfig, table: &mut input::Table, joined: &Joined, index: &CommuneIndex) -> Result<KeyJoin> {
        let communes = &joined.communes;
        if let (Some(lon), Some(lat)) = (&key.key.lon, &key.key.lat) {
            return self.join_points(key, table, joined, index, (lon, lat));
        }
        if let (Some(name), Some(fields)) = (&key.key.field, &joined.fields) {
            let mut first: Vec<u32> = vec![NONE; fields.ids.dictionary.len()];
            for (field, &code) in fields.ids.codes.iter().enumerate() {
                if let Some(slot) = first.get_mut(code as usize).filter(|slot| **slot == NONE) {
                    *slot = field as u32;
                }
            }
            let side = Side {
                role: "fields",
                target: Target::Fields,
                count: fields.pieces.len(),
                id: &|field| fields.ids.text(field).unwrap_or(""),
                find: &|id| fields.ids.dictionary.find(id).map(|code| first[code as usize]).filter(|&field| field != NONE),
                trusts_ids: true,
                elsewhere: &|_| false,
                became: &|_| None,
            };
            let (join, record) = keys::join(&key.id, table, name, &side, self.problems)?;
            self.record.joins.push(record);
            return Ok(join);
        }
        if let Some(name) = &key.key.commune {
            let became = Became::new(communes);
            let others: hashbrown::HashSet<&str> = communes.others.codes.iter().map(String::as_str).collect();
            let side = Side {
                role: "communes",
                target: Target::Communes,
                count: communes.len(),
                id: &|commune| &communes.codes[commune],
                find: &|code| communes.find(code).map(|commune| commune as u32),
                trusts_ids: true,
                elsewhere: &|code| others.contains(code),
                became: &|code| became.find(code),
            };
            let (mut join, record) = keys::join(&key.id, table, name, &side, self.problems)?;
            // A row of former units has the code of today's and the name of then.
            if key.units.is_none() {
                contradictions::part(table, name, communes, self.aliases, &mut join, self.problems);
                reform::leave_former(table, name, communes, &mut join, self.problems);
            }
            self.record.joins.push(record);
            return Ok(join);
        }
        let name = key.key.commune_name.as_deref().unwrap_or_default();
        let by = (name, key.key.province.as_deref());
        let (mut join, record) = names::join(&key.id, table, by, communes, self.aliases, self.problems)?;
        if key.key.province.is_none() {
            self.leave_other_districts(table, name, &mut join);
            if key.units.is_none() {
                reform::leave_former(table, name, communes, &mut join, self.problems);
            }
        }
        self.record.joins.push(record);
        Ok(join)
    }
}

fn no_former(key: &TableConfig, id: &str) -> Fault {
    Fault::new(
        "unknown-units",
        Place::file(&key.file).column("units").value(id),
        message!("không có [[former]] nào có id \"{id}\"", "no [[former]] has the id \"{id}\""),
    )
    .hint(message!(
        "thêm [[former]] với id và tệp ranh giới cũ; bảng phải nối theo \"commune\" hoặc \"commune_name\"",
        "add a [[former]] with this id and the old boundaries; the table must join by commune or commune_name"
    ))
}

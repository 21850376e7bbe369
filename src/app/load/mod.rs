//! The first half of the way: every input read, joined and summed.

mod alike;
mod districts;
mod fields;
pub mod periods;
mod points;
mod readings;
mod registers;
mod twice;

use super::read::{self, Inputs, Needs, RawTable};
use crate::input::{self, Source};
use crate::join::former::{self, Former};
use crate::join::keys::{self, NONE, Side};
use crate::join::overlay::CommuneIndex;
use crate::join::{KeyJoin, Target, contradictions, names};
use crate::message;
use crate::model::contracts::Linked;
use crate::model::density::{self, DensityColumns};
use crate::model::engine::SharedEngine;
use crate::model::observations::{Columns, Forecasts};
use crate::model::points::Points;
use crate::model::remarks::remarks;
use crate::model::thresholds::Thresholds;
use crate::model::{Joined, Periods};
use crate::places::Communes;
use crate::places::aliases::Aliases;
use crate::project::{Duplicates, JoinKey, PeriodKey, Project, TableConfig, TableKind};
use crate::run::{Fault, Place, Problems, Progress, Record, Result};

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
    let mut loader = Loader { project, aliases: &aliases, former: &former, problems, record, earlier: twice::Earlier::default() };
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
    let mut weather: Vec<(usize, input::Table)> = Vec::new();
    for (number, raw) in tables {
        match &project.tables[number].kind {
            TableKind::Forecast { .. } => {
                loader.record.inputs.push(read::input(&project.tables[number].id, &raw.table));
                weather.push((number, raw.table));
            }
            TableKind::Readings { .. } => loader.readings(number, raw.table, &mut joined)?,
            TableKind::Outbreaks { .. } | TableKind::Herds { .. } => loader.register(number, raw, &mut joined, &index)?,
            _ => loader.table(number, raw, &mut joined, &index)?,
        }
        tick();
    }
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
}

impl Loader<'_> {
    fn table(&mut self, number: usize, raw: RawTable, joined: &mut Joined, index: &CommuneIndex) -> Result<()> {
        let RawTable { mut table, mut roles } = raw;
        let undated = !roles.iter().any(|(role, _)| *role == "date");
        if let (true, TableKind::InfestedArea(_), Some(heading)) =
            (undated, &self.project.tables[number].kind, periods::of_periods(&table))
        {
            roles.push(("date", heading.to_owned()));
        }
        let role = |name: &str| roles.iter().find(|(known, _)| *known == name).map(|(_, heading)| heading.as_str());
        let mut key = &self.project.tables[number];
        let of_today;
        if let Some(passed) = self.of_today(key, &table, &roles, &joined.communes)? {
            (of_today, table) = passed;
            key = &of_today;
        }
        if matches!(key.kind, TableKind::InfestedArea { .. } | TableKind::LinkedProduction { .. }) {
            self.report_unread(key, &table, &roles);
        }
        let join = self.join(key, &mut table, joined, index)?;
        let mut join = join;
        if matches!(key.kind, TableKind::PestForecast(_) | TableKind::InfestedArea { .. }) {
            self.refuse_twice(&table, &mut join, role("date"), role("pest"));
            if join.target == Target::Communes && matches!(key.kind, TableKind::InfestedArea(_)) {
                self.refuse_copies(&table, &mut join, &|name| role(name).map(str::to_owned), key.decimal);
            }
            self.leave_longer_periods(&table, &mut join, role("date"));
            self.mark_earlier(&table, role("date"));
        }
        match &key.kind {
            TableKind::PestForecast(own) => {
                let forecasts = joined.forecasts.get_or_insert_default();
                if forecasts.target.is_some_and(|target| target != join.target) {
                    return Err(mixed_targets(key));
                }
                let thresholds = match density::is_used(key, &roles) {
                    true => Some(self.thresholds()?),
                    false => None,
                };
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
            }
            TableKind::InfestedArea(own) => {
                if join.target != Target::Communes {
                    return Err(by_commune_only(key));
                }
                let forecasts = joined.forecasts.get_or_insert_default();
                forecasts.areas_complete = Some(own.complete && forecasts.areas_complete.unwrap_or(true));
                forecasts.add_areas(&table, &join, &role, key.decimal, &joined.communes.area_ha, self.problems)?;
            }
            TableKind::LinkedProduction(own) => {
                let linked = joined.linked.get_or_insert_with(|| Linked { complete: true, ..Linked::default() });
                if linked.target.is_some_and(|target| target != join.target) {
                    return Err(mixed_targets(key));
                }
                linked.complete &= own.complete;
                let columns = (role("enterprise"), role("contracted_ha").unwrap_or_default());
                let copied = self.copied_contracts(&table, &join, columns, key.decimal);
                let manner = (key.decimal, own.duplicates.unwrap_or(Duplicates::Sum));
                linked.add(&table, &join, columns, manner, &copied, self.problems)?;
                if copied.is_empty() && manner.1 == Duplicates::Sum {
                    self.name_equal_rows(&table, &join);
                }
                self.name_several_years(&table);
                self.name_ended(&table);
            }
            TableKind::Indicator(own) => {
                if join.target != Target::Communes {
                    return Err(by_commune_only(key));
                }
                let sums = own.duplicates == Some(Duplicates::Sum);
                self.of_one_period(&table, &mut join, sums);
                if sums && key.pivot.is_none() {
                    self.name_equal_rows(&table, &join);
                }
                joined.indicators.add((key, own), &table, &join, joined.communes.len(), self.problems)?;
            }
            TableKind::Points { .. } if key.key.lon.is_none() => {
                return Err(Fault::new(
                    "bad-key",
                    Place::file(&key.file),
                    message!(
                        "bảng điểm cần key = {{ lon = …, lat = … }}",
                        "a table of points needs key = {{ lon = …, lat = … }}"
                    ),
                ));
            }
            // These are read on ways of their own.
            TableKind::Readings { .. } | TableKind::Forecast { .. } | TableKind::Outbreaks { .. } | TableKind::Herds { .. } => {}
            TableKind::Points(own) => {
                let points = Points::new((key, own), &table, &join, |name| role(name).map(str::to_owned))?;
                joined.points.push(points);
            }
        }
        note_decimal(key, &mut table, role("contracted_ha"));
        self.record.inputs.push(read::input(&key.id, &table));
        Ok(())
    }

    /// Lists the columns of figures in a table of hectares that no role reads.
    fn report_unread(&mut self, key: &TableConfig, table: &input::Table, roles: &[(&'static str, String)]) {
        let k = &key.key;
        let keys = [&k.field, &k.commune, &k.commune_name, &k.province, &k.lon, &k.lat].into_iter().flatten();
        let known: Vec<&str> = keys.chain(roles.iter().map(|(_, heading)| heading)).map(String::as_str).collect();
        for heading in crate::input::numeric::columns(table, &known) {
            self.problems.warning(
                "unread-column",
                Place::file(&table.file).column(heading.as_str()),
                message!("cột số này không được đọc", "this column of figures is not read"),
                Some(message!(
                    "nếu là héc-ta của một mức hay tổng, khai báo trong columns = {{ … }}",
                    "if it holds hectares of a class or a total, declare it in columns = {{ … }}"
                )),
            );
        }
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
            };
            let (join, record) = keys::join(&key.id, table, name, &side, self.problems)?;
            self.record.joins.push(record);
            return Ok(join);
        }
        if let Some(name) = &key.key.commune {
            let others: hashbrown::HashSet<&str> = communes.others.codes.iter().map(String::as_str).collect();
            let side = Side {
                role: "communes",
                target: Target::Communes,
                count: communes.len(),
                id: &|commune| &communes.codes[commune],
                find: &|code| communes.find(code).map(|commune| commune as u32),
                trusts_ids: true,
                elsewhere: &|code| others.contains(code),
            };
            let (mut join, record) = keys::join(&key.id, table, name, &side, self.problems)?;
            // A row of former units has the code of today's and the name of then.
            if key.units.is_none() {
                contradictions::part(table, name, communes, self.aliases, &mut join, self.problems);
            }
            self.record.joins.push(record);
            return Ok(join);
        }
        let name = key.key.commune_name.as_deref().unwrap_or_default();
        let by = (name, key.key.province.as_deref());
        let (mut join, record) = names::join(&key.id, table, by, communes, self.aliases, self.problems)?;
        if key.key.province.is_none() {
            self.leave_other_districts(table, name, &mut join);
        }
        self.record.joins.push(record);
        Ok(join)
    }

    /// The thresholds of the project, or those that ship.
    fn thresholds(&mut self) -> Result<Thresholds> {
        match &self.project.thresholds {
            Some(file) => Thresholds::read(&Source::new(&self.project.folder, file), self.problems),
            None => Thresholds::shipped(),
        }
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

fn by_commune_only(key: &TableConfig) -> Fault {
    Fault::new(
        "bad-key",
        Place::file(&key.file),
        message!("bảng loại này phải nối theo xã", "a table of this kind joins communes"),
    )
}

fn mixed_targets(key: &TableConfig) -> Fault {
    Fault::new(
        "mixed-keys",
        Place::file(&key.file),
        message!(
            "các bảng cùng loại phải cùng nối theo thửa hoặc cùng nối theo xã",
            "tables of one kind must all join fields or all join communes"
        ),
    )
}

fn note_decimal(key: &TableConfig, table: &mut input::Table, contracted: Option<&str>) {
    let numbers: Vec<String> = match &key.kind {
        TableKind::PestForecast { .. }
        | TableKind::InfestedArea { .. }
        | TableKind::Points { .. }
        | TableKind::Readings { .. }
        | TableKind::Forecast { .. }
        | TableKind::Outbreaks { .. }
        | TableKind::Herds { .. } => return,
        TableKind::LinkedProduction { .. } => contracted.map(str::to_owned).into_iter().collect(),
        TableKind::Indicator { .. } => crate::input::numeric::columns(table, &[]),
    };
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    if let (None, Ok(sign)) = (key.decimal, crate::input::decimal::of_columns(table, &numbers, None)) {
        table.read_as.insert("decimal", format!("{} (proved by the file)", sign.sign()));
    }
}

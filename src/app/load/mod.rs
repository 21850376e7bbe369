//! The first half of the way: every input read, joined and summed.

mod readings;
mod registers;

use super::read::{self, Inputs, Needs, RawTable};
use crate::input::{self, Column, Layer, Source};
use crate::join::former::{self, Former};
use crate::join::keys::{self, NONE, Side};
use crate::join::overlay::CommuneIndex;
use crate::join::points::{FieldIndex, commune_at};
use crate::join::{FieldPieces, KeyJoin, Outside, Target, names};
use crate::message;
use crate::model::contracts::Linked;
use crate::model::density::{self, DensityColumns};
use crate::model::joined::Fields;
use crate::model::observations::{Columns, Forecasts};
use crate::model::points::Points;
use crate::model::remarks::remarks;
use crate::model::thresholds::Thresholds;
use crate::model::{Joined, Periods};
use crate::places::aliases::Aliases;
use crate::places::{Communes, checks, crs};
use crate::project::{Duplicates, JoinKey, Project, TableConfig, TableKind};
use crate::run::{Fault, Place, Problems, Progress, Record, Result, record};
use crate::values::area::Position;

/// Reads and joins everything a run needs.
pub fn load(
    project: &Project,
    needs: Needs,
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
    let mut loader = Loader { project, aliases: &aliases, former: &former, problems, record };
    let mut joined = Joined { communes, context, ..Joined::default() };
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
        match project.tables[number].kind {
            TableKind::Forecast => {
                loader.record.inputs.push(read::input(&project.tables[number].id, &raw.table));
                weather.push((number, raw.table));
            }
            TableKind::Readings => loader.readings(number, raw.table, &mut joined)?,
            TableKind::Outbreaks | TableKind::Herds => loader.register(number, raw, &mut joined, &index)?,
            _ => loader.table(number, raw, &mut joined, &index)?,
        }
        tick();
    }
    progress.stage("measure", 1, &message!("tính chỉ tiêu", "computing measures"));
    joined.periods = match project.period {
        Some(period) => Periods::declared(period.into()),
        None => Periods::spanning(joined.forecasts.as_ref().and_then(Forecasts::span)),
    };
    joined.aggregate();
    if needs.fields || needs.indicators {
        crate::model::forecasts::run(project, &weather, &mut joined, problems)?;
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
}

impl Loader<'_> {
    fn fields(&mut self, mut layer: Layer, pieces: FieldPieces, communes: &Communes) -> Result<Fields> {
        let Some(key) = &self.project.fields else { return Ok(Fields::default()) };
        let file = layer.table.file.clone();
        let group = key.group.as_deref().map(|name| layer.property(name).cloned()).transpose()?;
        let stated = key.commune.as_deref().map(|name| layer.property(name).cloned()).transpose()?;
        let stage = key.stage.as_deref().map(|name| layer.property(name).cloned()).transpose()?;
        let harvest = key.harvest.as_deref().map(|name| layer.property(name).cloned()).transpose()?;
        let mut ids = layer.take_property(&key.id)?;
        self.check_ids(&ids, &file);
        checks::fields(&layer.shapes, &file, |field| ids.text(field).unwrap_or("").to_owned(), self.problems);
        let place = |field: u32, ids: &Column| {
            Place::file(&file).row(u64::from(field) + 1).column("geometry").value(ids.text(field as usize).unwrap_or(""))
        };
        for &Outside { field, share, gap } in &pieces.outside {
            let (hectares, percent) = (pieces.area_ha[field as usize] * share, 100.0 * share);
            let (code, problem) = if gap {
                let problem = message!(
                    "{hectares:.4} ha ({percent:.1} %) của thửa nằm trong khe hở giữa các xã",
                    "{hectares:.4} ha ({percent:.1} %) of the field lie in a gap between communes"
                );
                ("field-in-gap", problem)
            } else {
                let problem = message!(
                    "{hectares:.4} ha ({percent:.1} %) của thửa nằm ngoài mọi xã",
                    "{hectares:.4} ha ({percent:.1} %) of the field lie outside every commune"
                );
                ("field-outside", problem)
            };
            self.problems.warning(code, place(field, &ids), problem, None);
        }
        for &(field, share) in &pieces.shared {
            let hectares = pieces.area_ha[field as usize] * share;
            self.problems.warning(
                "field-in-overlap",
                place(field, &ids),
                message!("{hectares:.4} ha của thửa nằm trong nhiều xã (ranh giới chồng nhau); chia đều cho các xã đó", "{hectares:.4} ha of the field lie in several communes (their boundaries overlap); divided evenly between them"),
                None,
            );
        }
        let inside = (0..pieces.len()).filter(|&field| !pieces.of(field).is_empty()).count() as u64;
        let mut met = vec![false; communes.len()];
        (0..pieces.len()).flat_map(|field| pieces.of(field)).for_each(|piece| met[piece.commune as usize] = true);
        self.record.joins.push(record::Join {
            from: "fields".to_owned(),
            to: "communes".to_owned(),
            by: "area".to_owned(),
            matched: inside,
            unmatched: pieces.len() as u64 - inside,
            without: met.iter().filter(|met| !**met).count() as u64,
        });
        if let Some(stated) = stated {
            self.check_stated(&stated, &pieces, communes, &ids, &file);
        }
        ids.name.clone_from(&key.id);
        Ok(Fields { ids, shapes: layer.shapes, pieces, group, stage, harvest })
    }

    /// Fields whose own commune code disagrees with where most of them lies.
    fn check_stated(&mut self, stated: &Column, pieces: &FieldPieces, communes: &Communes, ids: &Column, file: &str) {
        for field in 0..pieces.len() {
            let Some(code) = stated.text(field) else { continue };
            let inside: f64 = pieces.of(field).iter().map(|piece| piece.share).sum();
            let most = pieces
                .of(field)
                .iter()
                .max_by(|a, b| a.share.total_cmp(&b.share).then(b.commune.cmp(&a.commune)))
                .filter(|piece| piece.share >= 1.0 - inside);
            let lies_in = most.map_or("", |piece| communes.codes[piece.commune as usize].as_str());
            if lies_in == code {
                continue;
            }
            let id = ids.text(field).unwrap_or("").to_owned();
            let place = Place::file(file).row(field as u64 + 1).column(stated.name.as_str()).value(code);
            let problem = match most {
                Some(piece) => {
                    let percent = 100.0 * piece.share;
                    message!(
                        "thửa {id} ghi xã {code} nhưng {percent:.0} % nằm trong xã {lies_in}",
                        "field {id} states commune {code}, but {percent:.0} % of it lies in {lies_in}"
                    )
                }
                None => message!(
                    "thửa {id} ghi xã {code} nhưng phần lớn nằm ngoài mọi xã",
                    "field {id} states commune {code}, but lies mostly outside every commune"
                ),
            };
            self.problems.warning("stated-commune", place, problem, None);
        }
    }

    fn check_ids(&mut self, ids: &Column, file: &str) {
        let place = |row: usize| Place::file(file).row(row as u64 + 1).column(ids.name.as_str());
        // Codes that stand for a text seen before, and codes seen before.
        let mut first: Vec<usize> = vec![usize::MAX; ids.dictionary.len()];
        let mut same: Vec<u32> = (0..ids.dictionary.len() as u32).collect();
        for &(code, earlier) in ids.dictionary.repeats() {
            same[code as usize] = earlier;
        }
        for (row, &code) in ids.codes.iter().enumerate() {
            let Some(&known) = same.get(code as usize) else {
                let problem = message!(
                    "thửa không có mã, không nối được với bảng nào",
                    "the field has no id and cannot be joined to any table"
                );
                self.problems.warning("no-id", place(row), problem, None);
                continue;
            };
            let earlier = &mut first[known as usize];
            if *earlier == usize::MAX {
                *earlier = row;
                continue;
            }
            let other = *earlier + 1;
            self.problems.warning(
                "repeated-id",
                place(row).value(ids.dictionary.get(code)),
                message!(
                    "mã thửa đã có ở đối tượng {other}; số liệu theo mã này chỉ nối vào thửa đầu",
                    "the id came in feature {other}; data with this id join the first field only"
                ),
                None,
            );
        }
    }

    fn table(&mut self, number: usize, raw: RawTable, joined: &mut Joined, index: &CommuneIndex) -> Result<()> {
        let RawTable { mut table, roles } = raw;
        let role = |name: &str| roles.iter().find(|(known, _)| *known == name).map(|(_, heading)| heading.as_str());
        let mut key = &self.project.tables[number];
        let of_today;
        if let Some(passed) = self.of_today(key, &table, &roles, &joined.communes)? {
            (of_today, table) = passed;
            key = &of_today;
        }
        if matches!(key.kind, TableKind::InfestedArea | TableKind::LinkedProduction) {
            self.report_unread(key, &table, &roles);
        }
        let join = self.join(key, &mut table, joined, index)?;
        match key.kind {
            TableKind::PestForecast => {
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
                        crop_of_all: key.crop.as_deref(),
                        stage_of_all: key.stage.as_deref(),
                    };
                    (columns, thresholds)
                });
                let columns = Columns { date: role("date"), pest, severity: role("severity"), density: by_density };
                forecasts.add(&mut table, join, &columns, key.decimal, self.problems)?;
            }
            TableKind::InfestedArea => {
                if join.target != Target::Communes {
                    return Err(by_commune_only(key));
                }
                let forecasts = joined.forecasts.get_or_insert_default();
                forecasts.add_areas(&table, &join, &role, key.decimal, &joined.communes.area_ha, self.problems)?;
            }
            TableKind::LinkedProduction => {
                let linked = joined.linked.get_or_insert_with(|| Linked { complete: true, ..Linked::default() });
                if linked.target.is_some_and(|target| target != join.target) {
                    return Err(mixed_targets(key));
                }
                linked.complete &= key.complete;
                let columns = (role("enterprise"), role("contracted_ha").unwrap_or_default());
                linked.add(&table, &join, columns, (key.decimal, key.duplicates.unwrap_or(Duplicates::Sum)), self.problems)?;
            }
            TableKind::Indicator => {
                if join.target != Target::Communes {
                    return Err(by_commune_only(key));
                }
                joined.indicators.add(key, &table, &join, joined.communes.len(), self.problems)?;
            }
            TableKind::Points if key.key.lon.is_none() => {
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
            TableKind::Readings | TableKind::Forecast | TableKind::Outbreaks | TableKind::Herds => {}
            TableKind::Points => {
                let to_wgs84 = self.positions(key)?;
                let points = Points::new(key, &table, &join, |name| role(name).map(str::to_owned), &to_wgs84)?;
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
        for heading in crate::model::indicators::numeric_columns(table, &known) {
            self.problems.warning(
                "unread-column",
                Place::file(&table.file).column(heading.as_str()),
                message!("cột số này không được đọc", "no role reads this column of figures"),
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
            };
            let (join, record) = keys::join(&key.id, table, name, &side, self.problems)?;
            self.record.joins.push(record);
            return Ok(join);
        }
        if let Some(name) = &key.key.commune {
            let side = Side {
                role: "communes",
                target: Target::Communes,
                count: communes.len(),
                id: &|commune| &communes.codes[commune],
                find: &|code| communes.find(code).map(|commune| commune as u32),
                trusts_ids: true,
            };
            let (join, record) = keys::join(&key.id, table, name, &side, self.problems)?;
            self.record.joins.push(record);
            return Ok(join);
        }
        let name = key.key.commune_name.as_deref().unwrap_or_default();
        let by = (name, key.key.province.as_deref());
        let (join, record) = names::join(&key.id, table, by, communes, self.aliases, self.problems)?;
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

    /// The way from the positions of a table to longitude and latitude.
    fn positions(&mut self, key: &TableConfig) -> Result<impl Fn(Position) -> Position + Sync + use<>> {
        let system = key.crs.as_deref().map(|name| crs::named(name, &key.file, self.problems)).transpose()?;
        let shift = crs::Declared { crs: None, shift: self.project.datum_shift }.shift()?;
        Ok(move |position| system.map_or(position, |system| system.to_wgs84(position, shift)))
    }

    fn join_points(
        &mut self,
        key: &TableConfig,
        table: &input::Table,
        joined: &Joined,
        index: &CommuneIndex,
        (lon, lat): (&str, &str),
    ) -> Result<KeyJoin> {
        use rayon::prelude::*;
        let sign = crate::input::decimal::of_columns(table, &[lon, lat], key.decimal)?;
        let (xs, ys) = (table.require(lon)?, table.require(lat)?);
        let parse = |text: &str| input::decimal::parse(text, sign);
        let (x_of, y_of) = (xs.parse(parse), ys.parse(parse));
        let fields = joined
            .fields
            .as_ref()
            .filter(|_| !matches!(key.kind, TableKind::Indicator | TableKind::Points))
            .map(|fields| FieldIndex::new(&fields.shapes));
        let target = if fields.is_some() { Target::Fields } else { Target::Communes };
        let number = |list: &[Option<f64>], code: u32| list.get(code as usize).copied().flatten();
        let place = self.positions(key)?;
        let rows: Vec<u32> = (0..table.rows)
            .into_par_iter()
            .map(|row| {
                let (Some(x), Some(y)) = (number(&x_of, xs.codes[row]), number(&y_of, ys.codes[row])) else { return NONE };
                let position = place([x, y]);
                let found = match &fields {
                    Some(fields) => fields.locate(position),
                    None => commune_at(index, position),
                };
                found.unwrap_or(NONE)
            })
            .collect();
        let mut unmatched = 0;
        for (row, _) in rows.iter().enumerate().filter(|(_, unit)| **unit == NONE) {
            unmatched += 1;
            let (x, y) = (xs.text(row).unwrap_or(""), ys.text(row).unwrap_or(""));
            let to = if target == Target::Fields { message!("thửa", "field") } else { message!("xã", "commune") };
            let (vi, en) = (to.vi, to.en);
            let problem = match (number(&x_of, xs.codes[row]), number(&y_of, ys.codes[row])) {
                (Some(x), Some(y)) if x.abs() <= 90.0 && y.abs() > 90.0 && y.abs() <= 180.0 => {
                    message!("kinh độ và vĩ độ bị đổi chỗ", "longitude and latitude are swapped")
                }
                (Some(x), Some(y)) if key.crs.is_none() && (x.abs() > 180.0 || y.abs() > 90.0) => {
                    message!("không phải độ; trông như mét", "these are not degrees; they look like metres")
                }
                (Some(_), Some(_)) => message!("điểm không nằm trong {vi} nào", "the point lies in no {en}"),
                _ => message!("không phải tọa độ", "not a position"),
            };
            self.problems.error("unmatched-point", table.place(row, lon, &format!("{x}, {y}")), problem, None);
        }
        let mut met = rows.iter().copied().filter(|&unit| unit != NONE).collect::<Vec<_>>();
        met.sort_unstable();
        met.dedup();
        let units =
            if target == Target::Fields { joined.fields.as_ref().map_or(0, |f| f.pieces.len()) } else { joined.communes.len() };
        self.record.joins.push(record::Join {
            from: key.id.clone(),
            to: if target == Target::Fields { "fields" } else { "communes" }.to_owned(),
            by: format!("{lon}, {lat}"),
            matched: table.rows as u64 - unmatched,
            unmatched,
            without: (units - met.len()) as u64,
        });
        Ok(KeyJoin { target, codes: (0..table.rows as u32).collect(), units: rows })
    }
}

fn no_former(key: &TableConfig, id: &str) -> Fault {
    Fault::new(
        "unknown-units",
        Place::file(&key.file).column("units").value(id),
        message!("không có [[former]] nào có id \"{id}\"", "no [[former]] has the id \"{id}\""),
    )
    .hint(message!(
        "thêm [[former]] với id và tệp ranh giới cũ; bảng phải nối theo commune hoặc commune_name",
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
    let numbers: Vec<String> = match key.kind {
        TableKind::PestForecast
        | TableKind::InfestedArea
        | TableKind::Points
        | TableKind::Readings
        | TableKind::Forecast
        | TableKind::Outbreaks
        | TableKind::Herds => return,
        TableKind::LinkedProduction => contracted.map(str::to_owned).into_iter().collect(),
        TableKind::Indicator => crate::model::indicators::numeric_columns(table, &[]),
    };
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    if let (None, Ok(sign)) = (key.decimal, crate::input::decimal::of_columns(table, &numbers, None)) {
        table.read_as.insert("decimal", format!("{} (proved by the file)", sign.sign()));
    }
}

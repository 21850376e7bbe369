//! Reads every file that a run needs. Boundaries and tables are read at the same time; what they have to say is kept
//! apart and put together in the order of the project file.

use crate::headings::days;
use crate::input::{Source, Table, Wanted, roles};
use crate::join::former::Former;
use crate::join::overlay::{CommuneIndex, overlay};
use crate::join::reform::of_reform;
use crate::join::{FieldPieces, dates};
use crate::layers::lines::Lines;
use crate::layers::{Layer, Shapes};
use crate::model::dated;
use crate::model::density;
use crate::places::aliases::{self, Aliases};
use crate::places::context::Context;
use crate::places::{Communes, checks, coverage, crs, open, positions, repair, selection};
use crate::project::{CommunesConfig, Joins, LayerKind, NeededBy, Project, TableConfig};
use crate::readers::many;
use crate::readers::tables::Opened;
use crate::run::{Problems, Result, record};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Which parts of a project a run needs. Data that no wanted output uses is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needs {
    /// Fields, forecasts and contracts
    pub fields: bool,
    /// Indicator tables
    pub indicators: bool,
    /// Points and context layers, which only pictures show
    pub pictures: bool,
}

impl Needs {
    /// Everything.
    pub const ALL: Needs = Needs { fields: true, indicators: true, pictures: true };
}

/// A table with the heading of each role.
pub(super) struct RawTable {
    pub table: Table,
    pub roles: Vec<(&'static str, String)>,
}

impl RawTable {
    /// The heading of a role.
    pub fn role(&self, name: &str) -> Option<&str> {
        roles::heading(&self.roles, name)
    }
}

/// Everything read.
pub(super) struct Inputs {
    pub communes: Communes,
    pub index: CommuneIndex,
    /// Communes of earlier dates with the way to those of today
    pub former: Vec<Former>,
    pub fields: Option<(Layer, FieldPieces)>,
    /// Layers for orientation
    pub context: Vec<Context>,
    /// Tables by their number in the project file
    pub tables: Vec<(usize, RawTable)>,
    pub problems: Problems,
    pub files: Vec<record::Input>,
}

/// What the key of a layer declares; the three kinds of key share these names.
macro_rules! layer_key {
    ($key:expr) => {
        LayerOf { file: &$key.file, crs: $key.crs.as_deref(), layer: $key.layer.as_deref() }
    };
}

/// Reads what a run needs.
pub(super) fn read(project: &Project, needs: Needs) -> Result<Inputs> {
    let (boundaries, tables) = rayon::join(|| boundaries(project, needs), || tables(project, needs));
    let mut inputs = boundaries?;
    for (number, problems, table) in tables {
        inputs.problems.append(problems);
        inputs.tables.push((number, table?));
    }
    Ok(inputs)
}

fn boundaries(project: &Project, needs: Needs) -> Result<Inputs> {
    let mut problems = Problems::default();
    let key = &project.communes;
    // A run of registers or readings alone may have no communes.
    if key.file.is_empty() {
        let communes = Communes::default();
        let index = CommuneIndex::new(&communes.shapes);
        let (former, context, tables) = (Vec::new(), Vec::new(), Vec::new());
        return Ok(Inputs { communes, index, former, fields: None, context, tables, problems, files: Vec::new() });
    }
    let mut names: Vec<String> = Vec::new();
    names.extend([&key.code, &key.name, &key.province, &key.stated_area_ha, &key.stated_area_km2].into_iter().flatten().cloned());
    // Without a declared code the properties tell which it is.
    names.extend(key.filter.keys().cloned());
    let wanted = if key.code.is_some() { Wanted::Only(names) } else { Wanted::All };
    let layer = layer_of(project, layer_key!(key), &wanted, &mut problems)?;
    let mut files = vec![input("communes", &layer.table)];
    let (layer, others) = selection::divide(layer, key)?;
    let mut communes = Communes::new(&layer, key, &mut problems)?;
    communes.others = others;
    if let Some(rule) = &key.repair {
        repair::snap(&mut communes, repair::tolerance(rule, &key.file)?, &mut problems);
    }
    checks::communes(&communes, &mut problems);
    let index = CommuneIndex::new(&communes.shapes);
    let former = former(project, &communes, &index, &mut files, &mut problems)?;
    let mut fields = None;
    if let (true, Some(key)) = (needs.fields, &project.fields) {
        let mut names = vec![key.id().to_owned()];
        names.extend([&key.commune, &key.group, &key.stage, &key.harvest].into_iter().flatten().cloned());
        let layer = layer_of(project, layer_key!(key), &Wanted::Only(names), &mut problems)?;
        files.push(input("fields", &layer.table));
        let pieces = overlay(&layer.shapes, &index);
        // Indexed here, while tables are still being read, for the join that asks for it next.
        if let Ok(ids) = layer.property(key.id()) {
            ids.dictionary.repeats();
        }
        fields = Some((layer, pieces));
    }
    let mut context = if needs.pictures { context(project, &mut files, &mut problems)? } else { Vec::new() };
    if needs.pictures && !communes.others.codes.is_empty() {
        let (shapes, names) = (communes.others.shapes.clone(), communes.others.names.clone());
        context.push(Context { id: "others".to_owned(), kind: LayerKind::Neighbours, shapes, names, lines: Lines::default() });
    }
    Ok(Inputs { communes, index, former, fields, context, tables: Vec::new(), problems, files })
}

/// Reads communes by themselves; the properties that `key` does not name are recognised.
pub fn communes(folder: &std::path::Path, key: &CommunesConfig, problems: &mut Problems) -> Result<Communes> {
    let declared = crs::Declared { crs: key.crs.as_deref(), shift: None };
    let layer = open::layer(&Source::new(folder, &key.file), &Wanted::All, key.layer.as_deref(), declared, problems)?;
    let name = key.name.clone().or_else(|| crate::headings::NAME.find(&layer.table.headings).map(str::to_owned));
    Communes::new(&layer, &CommunesConfig { name, ..key.clone() }, problems)
}

/// Communes of earlier dates, and the land that each shares with those of today.
fn former(
    project: &Project,
    communes: &Communes,
    index: &CommuneIndex,
    files: &mut Vec<record::Input>,
    problems: &mut Problems,
) -> Result<Vec<Former>> {
    let mut list = Vec::new();
    for key in &project.former {
        if key.reform.is_some() {
            list.push(of_reform(key, &project.file, communes)?);
            continue;
        }
        // Without a declared name its heading tells which it is, as for the communes of today.
        let named = std::iter::once(&key.code).chain(&key.name).chain(&key.province).cloned().collect();
        let wanted = if key.name.is_some() { Wanted::Only(named) } else { Wanted::All };
        let layer = layer_of(project, layer_key!(key), &wanted, problems)?;
        files.push(input(&key.id, &layer.table));
        let mut config: CommunesConfig = key.into();
        config.name = config.name.or_else(|| crate::headings::NAME.find(&layer.table.headings).map(str::to_owned));
        let units = Communes::new(&layer, &config, problems)?;
        coverage::overlapping(&units, problems);
        let crosswalk = dates::onto(&units, communes, index, dates::LEAST);
        list.push(Former { id: key.id.clone(), units, crosswalk, divided: BTreeMap::new(), by_land: true });
    }
    Ok(list)
}

/// A person's decisions on names: the file the project names, or `aliases.csv` beside it.
pub fn aliases(project: &Project, problems: &mut Problems) -> Result<Aliases> {
    let source = Source::new(&project.folder, project.aliases.as_deref().unwrap_or(aliases::FILE));
    if project.aliases.is_none() && !source.path.exists() { Ok(Aliases::default()) } else { Aliases::read(&source, problems) }
}

/// Layers for orientation.
fn context(project: &Project, files: &mut Vec<record::Input>, problems: &mut Problems) -> Result<Vec<Context>> {
    let mut list = Vec::new();
    for key in &project.layers {
        let mut found =
            Context { id: key.id.clone(), kind: key.kind, shapes: Shapes::default(), names: Vec::new(), lines: Lines::default() };
        if matches!(key.kind, LayerKind::River | LayerKind::Road) {
            let declared = crs::Declared { crs: key.crs.as_deref(), shift: project.datum_shift };
            let wanted = (key.layer.as_deref(), key.name.as_deref());
            found.lines = open::lines(&Source::new(&project.folder, &key.file), wanted, declared, problems)?;
            files.push(record::Input {
                role: key.id.clone(),
                file: key.file.clone(),
                bytes: found.lines.bytes,
                sha256: found.lines.sha256.clone(),
                rows: found.lines.features,
                read_as: BTreeMap::new(),
                preview: Vec::new(),
            });
        } else {
            let layer = layer_of(project, layer_key!(key), &Wanted::Only(key.name.iter().cloned().collect()), problems)?;
            files.push(input(&key.id, &layer.table));
            if let Some(name) = &key.name {
                let names = layer.property(name)?;
                found.names = (0..layer.table.rows).map(|row| names.text(row).unwrap_or("").to_owned()).collect();
            }
            found.shapes = layer.shapes;
        }
        list.push(found);
    }
    Ok(list)
}

fn tables(project: &Project, needs: Needs) -> Vec<(usize, Problems, Result<RawTable>)> {
    let wanted = |key: &TableConfig| {
        let is_needed = match key.kind.manner().needed_by {
            NeededBy::Hectares => needs.fields,
            NeededBy::Indicators => needs.indicators,
            NeededBy::Pictures => needs.pictures,
            NeededBy::PicturesAndIndicators => needs.pictures || needs.indicators,
        };
        // A weekly forecast is made of other tables.
        is_needed && !key.file.is_empty()
    };
    let list: Vec<(usize, &TableConfig)> = project.tables.iter().enumerate().filter(|(_, key)| wanted(key)).collect();
    list.into_par_iter()
        .with_max_len(1)
        .map(|(number, key)| {
            let mut problems = Problems::default();
            let table = table(project, key, &mut problems);
            (number, problems, table)
        })
        .collect()
}

/// Opens the file of a table: a sheet, a text table, several of them, or a layer of points.
pub(super) fn opened(project: &Project, key: &TableConfig, problems: &mut Problems) -> Result<Opened> {
    if !open::is_layer(&key.file) {
        return many::open(&project.folder, &key.file, &key.into(), &key.from_name, problems);
    }
    let declared = crs::Declared { crs: key.crs.as_deref(), shift: project.datum_shift };
    let source = Source::new(&project.folder, &key.file);
    Ok(Opened::Read(Box::new(open::points(&source, key.sheet.as_deref(), declared, problems)?)))
}

fn table(project: &Project, key: &TableConfig, problems: &mut Problems) -> Result<RawTable> {
    let opened = opened(project, key, problems)?;
    let mut roles = roles::headings(key, opened.headings())?;
    let manner = key.kind.manner();
    let wanted = match manner.all_columns || dated::must_be_sought(key, &roles) {
        true => Wanted::All,
        false => {
            let k = &key.key;
            let keys = [&k.field, &k.commune, &k.commune_name, &k.province, &k.lon, &k.lat];
            let mut names: Vec<String> = keys.into_iter().flatten().cloned().collect();
            // Where both are there, the office's own class stands; its density is read only where the project asks for it.
            let by_density = density::is_used(key, &roles);
            let idle = |role: &str| matches!(role, "density" | "stage" | "unit" | "crop") && !by_density;
            names.extend(roles.iter().filter(|(role, _)| !idle(role)).map(|(_, heading)| heading.clone()));
            names.extend(opened.headings().iter().filter(|heading| days::end(heading)).cloned());
            names.dedup();
            Wanted::Only(names)
        }
    };
    let mut table = opened.read(&wanted, problems)?;
    let is_placed = key.key.lon.is_some() && key.key.lat.is_some() || matches!(manner.joins, Joins::Stations | Joins::Register);
    if is_placed && !key.kind.is_on_a_plane() {
        let said = positions::Said { lon: key.key.lon.as_ref(), lat: key.key.lat.as_ref(), decimal: key.decimal };
        let declared = crs::Declared { crs: key.crs.as_deref(), shift: project.datum_shift };
        positions::settle(&mut table, said, declared, problems)?;
    }
    if let Some(marks) = &key.missing {
        table.take_marks(marks);
    }
    dated::settle(&mut table, key, &mut roles, problems)?;
    if let Some(decimal) = key.decimal {
        table.read_as.insert("decimal", format!("{} (declared)", decimal.sign()));
    }
    Ok(RawTable { table, roles })
}

/// A layer of the project, with what its key declares.
struct LayerOf<'a> {
    file: &'a str,
    crs: Option<&'a str>,
    layer: Option<&'a str>,
}

fn layer_of(project: &Project, key: LayerOf<'_>, wanted: &Wanted, problems: &mut Problems) -> Result<Layer> {
    let declared = crs::Declared { crs: key.crs, shift: project.datum_shift };
    open::layer(&Source::new(&project.folder, key.file), wanted, key.layer, declared, problems)
}

/// The record of a file read.
pub(super) fn input(role: &str, table: &Table) -> record::Input {
    record::Input {
        role: role.to_owned(),
        file: table.file.clone(),
        bytes: table.fingerprint.bytes,
        sha256: table.fingerprint.sha256.clone(),
        rows: table.rows as u64,
        read_as: table.read_as.clone(),
        preview: table.preview.clone(),
    }
}

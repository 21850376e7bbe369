//! Registers of outbreaks and herds, as tables of a project made in memory.

use super::{Outcome, Stopped, stop};
use crate::message;
use crate::project::{CommunesConfig, HerdsKeys, JoinKey, OutbreaksKeys, Project, TableConfig, TableKind};
use crate::run::Fault;
use crate::values::Decimal;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Id of the register of outbreaks.
const REGISTER: &str = "outbreaks";
/// Id of the register of herds.
const HERDS: &str = "herds";

/// A register of outbreaks.
#[derive(Debug, clap::Args)]
pub(super) struct OutbreaksArguments {
    /// Sổ ổ dịch: CSV, Excel, ODS (register of outbreaks)
    #[arg(long)]
    outbreaks: PathBuf,
    /// Chỉ bệnh này (only this disease)
    #[arg(long)]
    disease: Option<String>,
    /// Tệp TOML các bệnh của mình (diseases of one's own)
    #[arg(long)]
    diseases: Option<PathBuf>,
    /// Chỉ loài này, ở cả hai bảng (only this species, in both registers)
    #[arg(long)]
    species: Option<String>,
    #[command(flatten)]
    form: FormArguments,
}

/// Which layer of the boundaries is meant, and in which system it is.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct LayerArguments {
    /// Lớp, khi tệp ranh giới có nhiều lớp (layer of the boundaries)
    #[arg(long)]
    layer: Option<String>,
    /// Hệ tọa độ của ranh giới, nếu tệp không ghi hoặc ghi sai (reference system of the boundaries)
    #[arg(long)]
    communes_crs: Option<String>,
}

impl LayerArguments {
    /// Boundaries of this layer and system.
    pub(super) fn communes(&self, file: Option<&Path>) -> CommunesConfig {
        CommunesConfig {
            file: file.map(name).unwrap_or_default(),
            layer: self.layer.clone(),
            crs: self.communes_crs.clone(),
            ..CommunesConfig::default()
        }
    }
}

/// How a table is laid out, as a project declares it.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct FormArguments {
    /// Cột theo vai, lặp lại được, ví dụ onset="Ngày phát bệnh", sick="Số mắc"; vai: docs/project-file.md (columns by role, as a project has them)
    #[arg(long = "column", value_parser = role_of)]
    columns: Vec<(String, String)>,
    /// Dấu thập phân, nếu tệp không tự chứng minh: "." hay "," (decimal sign)
    #[arg(long, value_parser = decimal_of)]
    decimal: Option<Decimal>,
    /// Trang tính (sheet)
    #[arg(long)]
    sheet: Option<String>,
    /// Số dòng phía trên tiêu đề (rows above the headings)
    #[arg(long)]
    skip: Option<u32>,
    /// Hệ tọa độ của các cột vị trí, ví dụ EPSG:9210 (reference system of positions)
    #[arg(long)]
    crs: Option<String>,
}

impl FormArguments {
    /// A table laid out so.
    pub(super) fn table(&self, id: &str, file: &Path) -> TableConfig {
        let (key, columns) = by_role(&self.columns);
        TableConfig {
            id: id.to_owned(),
            file: name(file),
            key,
            columns,
            decimal: self.decimal,
            sheet: self.sheet.clone(),
            skip: self.skip,
            crs: self.crs.clone(),
            ..TableConfig::default()
        }
    }
}

/// A register of herds.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct HerdsArguments {
    /// Bảng tổng đàn theo hộ hoặc theo xã (animals at risk, by holding or commune)
    #[arg(long)]
    pub(super) herds: Option<PathBuf>,
    /// Cột của bảng tổng đàn theo vai: head=, vaccinated=, species=, holding=, commune=, lon=, lat= (columns by role)
    #[arg(long = "herds-column", value_parser = role_of)]
    herds_columns: Vec<(String, String)>,
}

fn decimal_of(text: &str) -> std::result::Result<Decimal, String> {
    match text {
        "." => Ok(Decimal::Dot),
        "," => Ok(Decimal::Comma),
        _ => Err("\".\" | \",\"".to_owned()),
    }
}

fn role_of(text: &str) -> std::result::Result<(String, String), String> {
    match text.split_once('=') {
        Some((role, heading)) if !role.is_empty() && !heading.is_empty() => Ok((role.to_owned(), heading.to_owned())),
        _ => Err("onset=\"Ngày\"".to_owned()),
    }
}

/// What the project says of its registers beside their files.
#[derive(Debug, Clone, Default)]
pub(super) struct Registers<'a> {
    pub(super) communes: Option<&'a Path>,
    pub(super) layer: LayerArguments,
    pub(super) herds: HerdsArguments,
    pub(super) release_days: Option<u32>,
    pub(super) exact: bool,
    pub(super) complete: bool,
    pub(super) plane: bool,
}

impl OutbreaksArguments {
    /// A project of these registers.
    pub(super) fn project(&self, with: &Registers<'_>) -> Project {
        let diseases = self.diseases.as_deref().map(name);
        let mut tables = vec![TableConfig {
            kind: TableKind::Outbreaks(OutbreaksKeys {
                disease: self.disease.clone(),
                species: self.species.clone(),
                herds: with.herds.herds.as_ref().map(|_| HERDS.to_owned()),
                release_days: with.release_days,
                exact: with.exact,
                diseases: diseases.clone(),
                complete: with.complete,
                plane: with.plane,
            }),
            ..self.form.table(REGISTER, &self.outbreaks)
        }];
        if let Some(file) = with.herds.herds.as_deref().map(name) {
            let (key, columns) = by_role(&with.herds.herds_columns);
            tables.push(TableConfig {
                id: HERDS.to_owned(),
                file,
                key,
                columns,
                decimal: self.form.decimal,
                crs: self.form.crs.clone(),
                kind: TableKind::Herds(HerdsKeys { species: self.species.clone(), diseases, plane: with.plane }),
                ..TableConfig::default()
            });
        }
        let communes = with.layer.communes(with.communes);
        Project { communes, tables, maps: Some(Vec::new()), charts: Some(Vec::new()), ..Project::default() }
    }

    /// What a command came to; a fault about a column has the option that declares one.
    pub(super) fn said(&self, result: Result<Outcome, Stopped>) -> Result<Outcome, Stopped> {
        result.map_err(|stopped| {
            let (fault, lang) = *stopped;
            stop(lang)(self.as_option(fault))
        })
    }

    fn as_option(&self, fault: Fault) -> Fault {
        let (option, role) = match fault.place.file == name(&self.outbreaks) {
            true => ("--column", "onset"),
            false => ("--herds-column", "head"),
        };
        match fault.code {
            "missing-column" => fault.hint(message!("ví dụ {option} {role}=\"tên cột\"", "such as {option} {role}=\"heading\"")),
            "no-places" => fault.hint(message!(
                "{option} lon=…, {option} lat=…, hoặc {option} commune=…",
                "{option} lon=…, {option} lat=…, or {option} commune=…"
            )),
            _ => fault,
        }
    }
}

/// A file as the user wrote it.
pub(super) fn name(path: &Path) -> String {
    path.display().to_string()
}

/// The key of a register, and its columns by role.
fn by_role(declared: &[(String, String)]) -> (JoinKey, BTreeMap<String, String>) {
    let mut columns: BTreeMap<String, String> = declared.iter().cloned().collect();
    let key = JoinKey { lon: columns.remove("lon"), lat: columns.remove("lat"), ..JoinKey::default() };
    (key, columns)
}

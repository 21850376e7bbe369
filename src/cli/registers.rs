//! Registers of outbreaks and herds, and the communes they lie in, for the commands on animal disease.

use crate::input::tables::{self, Form};
use crate::input::{Decimal, Source, Table, Wanted, headings, roles};
use crate::join::overlay::CommuneIndex;
use crate::message;
use crate::model::registers::read::{RegisterGround, Source as RegisterSource};
use crate::outbreaks::{Diseases, Herds, Register};
use crate::places::Communes;
use crate::places::aliases::Aliases;
use crate::places::crs::Declared;
use crate::project::{CommunesConfig, JoinKey, TableConfig, TableKind};
use crate::run::{Fault, Place, Problems, Result};
use crate::values::area::Position;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A register of outbreaks.
#[derive(Debug, clap::Args)]
pub(super) struct OutbreaksArguments {
    /// Sổ ổ dịch: CSV, Excel, ODS (register of outbreaks)
    #[arg(long)]
    outbreaks: PathBuf,
    /// Chỉ bệnh này (only this disease)
    #[arg(long)]
    pub(super) disease: Option<String>,
    /// Tệp TOML các bệnh của mình (diseases of one's own)
    #[arg(long)]
    diseases: Option<PathBuf>,
    /// Cột theo vai, lặp lại được: onset=NGÀY, reported=, ended=, disease=, species=, holding=, commune=, lon=, lat=, herd=, sick=, dead=, destroyed= (columns by role)
    #[arg(long = "column", value_parser = role_of)]
    columns: Vec<(String, String)>,
    /// Chỉ loài này, ở cả hai bảng (only this species, in both registers)
    #[arg(long)]
    species: Option<String>,
    /// Dấu thập phân, nếu tệp không tự chứng minh: "." hay "," (decimal sign)
    #[arg(long, value_parser = decimal_of)]
    decimal: Option<Decimal>,
    /// Trang tính (sheet)
    #[arg(long)]
    sheet: Option<String>,
}

/// A register of herds.
#[derive(Debug, Clone, clap::Args)]
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
        _ => Err("ROLE=HEADING".to_owned()),
    }
}

/// Communes ready to be met by points.
pub(super) struct Boundaries {
    /// Communes
    pub(super) communes: Communes,
    /// Their index
    pub(super) index: CommuneIndex,
}

impl Boundaries {
    /// Reads communes; code and name are recognised.
    pub(super) fn read(path: &Path, problems: &mut Problems) -> Result<Boundaries> {
        let communes = communes(path, problems)?;
        let index = CommuneIndex::new(&communes.shapes);
        Ok(Boundaries { communes, index })
    }
}

/// Reads communes; code and name are recognised.
pub(super) fn communes(path: &Path, problems: &mut Problems) -> Result<Communes> {
    let source = Source { path: path.to_path_buf(), name: path.display().to_string(), content: None };
    let layer = crate::app::layer(&source, &Wanted::All, None, Declared::default(), problems)?;
    let headings = &layer.table.headings;
    let key = CommunesConfig {
        file: source.name,
        code: headings::CODE.find(headings).unwrap_or("code").to_owned(),
        name: headings::NAME.find(headings).map(str::to_owned),
        ..CommunesConfig::default()
    };
    Communes::new(&layer, &key, problems)
}

/// A table with its key: what was declared, and what is recognised.
struct Opened {
    key: TableConfig,
    table: Table,
    roles: Vec<(&'static str, String)>,
}

fn open(
    path: &Path,
    sheet: Option<&String>,
    kind: TableKind,
    declared: &[(String, String)],
    problems: &mut Problems,
) -> Result<Opened> {
    let name = path.display().to_string();
    let source = Source { path: path.to_path_buf(), name: name.clone(), content: None };
    let table = tables::read(&source, &Form { sheet: sheet.cloned(), ..Form::default() }, problems)?;
    let mut own: BTreeMap<String, String> = BTreeMap::new();
    for (role, heading) in declared {
        own.insert(role.clone(), table.named(heading)?);
    }
    let (lon, lat) = (own.remove("lon"), own.remove("lat"));
    let place = |declared: Option<String>, role: &headings::Role| -> Result<Option<String>> {
        match declared {
            Some(heading) => Ok(Some(heading)),
            None => role.column_of(&table, None),
        }
    };
    let (lon, lat) = (place(lon, &headings::LON)?, place(lat, &headings::LAT)?);
    if lon.is_some() != lat.is_some() && declared.iter().any(|(role, _)| role == "lon" || role == "lat") {
        let message = message!("lon và lat phải đi cùng nhau", "lon and lat go together");
        return Err(Fault::new("usage", Place::file(&name), message));
    }
    // One without the other is no position.
    let both = lon.zip(lat);
    let key = JoinKey { lon: both.as_ref().map(|(lon, _)| lon.clone()), lat: both.map(|(_, lat)| lat), ..JoinKey::default() };
    let key = TableConfig { file: name, kind, key, columns: own, ..TableConfig::default() };
    let option = if kind == TableKind::Herds { "--herds-column" } else { "--column" };
    let roles = roles::headings(&key, &table.headings).map_err(|fault| {
        let role = if kind == TableKind::Herds { "head" } else { "onset" };
        fault.hint(message!("ví dụ {option} {role}=\"tên cột\"", "such as {option} {role}=\"heading\""))
    })?;
    Ok(Opened { key, table, roles })
}

/// How positions of registers are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plane {
    /// Longitudes and latitudes
    Degrees,
    /// Kilometres of a plane
    Kilometres,
}

impl OutbreaksArguments {
    /// The file as the user wrote it.
    pub(super) fn file(&self) -> String {
        self.outbreaks.display().to_string()
    }

    /// Diseases that ship, or the user's.
    pub(super) fn diseases(&self) -> Result<Diseases> {
        Diseases::of(self.diseases.as_deref())
    }

    /// Reads the register.
    pub(super) fn read(
        &self,
        boundaries: Option<&Boundaries>,
        plane: Plane,
        diseases: &Diseases,
        problems: &mut Problems,
    ) -> Result<Register> {
        let mut opened = open(&self.outbreaks, self.sheet.as_ref(), TableKind::Outbreaks, &self.columns, problems)?;
        opened.key.disease.clone_from(&self.disease);
        opened.key.species.clone_from(&self.species);
        opened.key.decimal = self.decimal;
        if boundaries.is_some() && opened.key.key.lon.is_none() && !opened.roles.iter().any(|(role, _)| *role == "commune") {
            let message = message!(
                "sổ ổ dịch không có cột vị trí: cần kinh độ và vĩ độ, hoặc xã",
                "the register says nowhere where: longitude and latitude are needed, or a commune"
            );
            let hint = message!(
                "--column lon=…, --column lat=…, hoặc --column commune=…",
                "--column lon=…, --column lat=…, or --column commune=…"
            );
            return Err(Fault::new("no-places", Place::file(self.file()), message).hint(hint));
        }
        with(&opened, boundaries, plane, |source, ground| source.register(ground, diseases, problems))
    }
}

impl HerdsArguments {
    /// Reads herds, if any were given.
    pub(super) fn read(
        &self,
        of: &OutbreaksArguments,
        boundaries: Option<&Boundaries>,
        plane: Plane,
        problems: &mut Problems,
    ) -> Result<Option<Herds>> {
        let Some(path) = &self.herds else { return Ok(None) };
        let diseases = of.diseases()?;
        let mut opened = open(path, None, TableKind::Herds, &self.herds_columns, problems)?;
        opened.key.species.clone_from(&of.species);
        opened.key.decimal = of.decimal;
        with(&opened, boundaries, plane, |source, ground| source.herds(ground, &diseases, problems)).map(Some)
    }
}

fn with<T>(
    opened: &Opened,
    boundaries: Option<&Boundaries>,
    plane: Plane,
    read: impl FnOnce(&RegisterSource<'_>, Option<&RegisterGround<'_>>) -> Result<T>,
) -> Result<T> {
    let aliases = Aliases::default();
    let plain = |position: Position| position;
    let ground = boundaries.map(|boundaries| RegisterGround {
        communes: &boundaries.communes,
        index: &boundaries.index,
        aliases: &aliases,
        to_wgs84: &plain,
    });
    let source =
        RegisterSource { key: &opened.key, table: &opened.table, roles: &opened.roles, plane: plane == Plane::Kilometres };
    read(&source, ground.as_ref())
}

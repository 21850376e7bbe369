//! Registers of outbreaks and herds on their way from a table to measures, zones, curves and risks.

use crate::input::{Table, roles};
use crate::join::overlay::CommuneIndex;
use crate::message;
use crate::outbreaks::place::{Degrees, Site, sites};
use crate::outbreaks::{Diseases, Herds, Outbreak, Register, herds, register};
use crate::places::Communes;
use crate::places::aliases::Aliases;
use crate::places::names::{Found, Ladder};
use crate::project::{OutbreaksKeys, TableConfig, TableKind};
use crate::run::{Fault, Place, Problems, Result};
use crate::values::dates;
use chrono::{Days, NaiveDate};
use hashbrown::HashMap;

/// What the rows of a register are placed by.
pub struct RegisterGround<'a> {
    /// Communes
    pub communes: &'a Communes,
    /// Communes ready to be met by points
    pub index: &'a CommuneIndex,
    /// Decisions on names
    pub aliases: &'a Aliases,
}

/// A table with what its key and roles say.
pub struct Source<'a> {
    /// Key of the table
    pub key: &'a TableConfig,
    /// Rows
    pub table: &'a Table,
    /// Heading of each role
    pub roles: &'a [(&'static str, String)],
}

impl<'a> Source<'a> {
    fn role(&self, name: &str) -> Option<&'a str> {
        let heading = self.heading(name);
        // "Loài" is the animal, unless it is all that could name the disease.
        heading.filter(|heading| name != "species" || self.heading("disease") != Some(heading))
    }

    fn heading(&self, name: &str) -> Option<&'a str> {
        roles::heading(self.roles, name)
    }

    fn sites(&self, ground: Option<&RegisterGround<'_>>, problems: &mut Problems) -> Result<Vec<Site>> {
        let key = &self.key.key;
        let named = key.commune_column().or_else(|| self.role("commune"));
        let communes = match (named, ground) {
            (Some(heading), Some(ground)) => communes_of(self.table, heading, key.province.as_deref(), ground, problems)?,
            _ => vec![None; self.table.rows],
        };
        let degrees = match (&key.lon, &key.lat) {
            (Some(lon), Some(lat)) => Some(Degrees { lon, lat, decimal: self.key.decimal, plane: self.key.kind.is_on_a_plane() }),
            _ => None,
        };
        let both = ground.map(|ground| (ground.communes, ground.index));
        let points = matches!(self.key.kind, TableKind::Outbreaks { .. });
        sites(self.table, degrees.as_ref(), &|row| communes.get(row).copied().flatten(), (both, points), problems)
    }

    /// Reads a register of outbreaks, of the one disease that its key names or of all.
    pub fn register(
        &self,
        ground: Option<&RegisterGround<'_>>,
        diseases: &Diseases,
        problems: &mut Problems,
    ) -> Result<Register> {
        let sites = self.sites(ground, problems)?;
        let role = |name: &str| self.role(name);
        if let Some(species) = self.key.kind.species() {
            let column = role("species").and_then(|heading| self.table.column(heading));
            let there = column.map(|column| column.dictionary.iter().map(str::trim).collect::<Vec<_>>()).unwrap_or_default();
            known_species(&self.key.file, species, diseases, there.into_iter(), problems)?;
        }
        let keeps = |species: &str| self.key.kind.species().is_none_or(|wanted| diseases.same_animal(species, wanted));
        let manner = register::Manner { sign: self.key.decimal, known: diseases, today: today(), keeps: &keeps };
        let mut found = register::read(self.table, &role, sites, &manner, problems)?;
        if let TableKind::Outbreaks(OutbreaksKeys { disease: Some(name), .. }) = &self.key.kind {
            let wanted = found.disease_named(name, diseases)?;
            found.retain(|outbreak| outbreak.disease == wanted);
            for outbreak in &mut found.list {
                outbreak.disease = 0;
            }
            found.diseases = vec![found.diseases[wanted].clone()];
        }
        Ok(found)
    }

    /// Reads a register of herds.
    pub fn herds(&self, ground: Option<&RegisterGround<'_>>, diseases: &Diseases, problems: &mut Problems) -> Result<Herds> {
        let sites = self.sites(ground, problems)?;
        let role = |name: &str| self.role(name);
        let mut found = herds::read(self.table, &role, sites, (self.key.key.lon.is_some(), self.key.decimal), problems)?;
        if let Some(species) = self.key.kind.species() {
            known_species(&self.key.file, species, diseases, found.list.iter().map(|herd| herd.species.as_str()), problems)?;
            found.list.retain(|herd| diseases.same_animal(&herd.species, species));
        }
        Ok(found)
    }
}

/// Refuses a species that no row has, and names those that are left out beside it.
fn known_species<'a>(
    file: &str,
    wanted: &str,
    diseases: &Diseases,
    there: impl Iterator<Item = &'a str>,
    problems: &mut Problems,
) -> Result<()> {
    let mut list: Vec<&str> = Vec::new();
    let mut is_there = false;
    for name in there {
        if diseases.same_animal(name, wanted) {
            is_there = true;
        } else if !list.contains(&name) && !name.is_empty() {
            list.push(name);
        }
    }
    let known = list.join(", ");
    if is_there {
        if !list.is_empty() {
            let message = message!(
                "chỉ tính loài \"{wanted}\"; không tính: {known}",
                "only the species \"{wanted}\" is counted; left out: {known}"
            );
            problems.info("other-species", Place::file(file).value(wanted), message, None);
        }
        return Ok(());
    }
    let message =
        message!("không dòng nào có loài \"{wanted}\"; có: {known}", "no row has the species \"{wanted}\"; there are: {known}");
    Err(Fault::new("unknown-species", Place::file(file).value(wanted), message))
}

/// Says that outputs will show where households are.
pub fn warn_exact(file: &str, problems: &mut Problems) {
    problems.warning(
        "exact-places",
        Place::file(file),
        message!(
            "kết quả ghi đúng vị trí và tên hộ chăn nuôi: là thông tin cá nhân, không công bố",
            "outputs hold exact places and names of households: personal data, not to be published"
        ),
        None,
    );
}

/// The commune that each row states by code or by name, within a province if the table has a column for it.
fn communes_of(
    table: &Table,
    heading: &str,
    province: Option<&str>,
    ground: &RegisterGround<'_>,
    problems: &mut Problems,
) -> Result<Vec<Option<usize>>> {
    let column = table.require(heading)?;
    let provinces = province.map(|heading| table.require(heading)).transpose()?;
    let communes = ground.communes;
    let ladder = Ladder::new(&communes.codes, &communes.names, &communes.provinces, ground.aliases);
    let mut found: HashMap<(&str, &str), (Option<usize>, usize, usize)> = HashMap::new();
    let mut order = Vec::new();
    let keys: Vec<(&str, &str)> = (0..table.rows)
        .map(|row| {
            let parent = provinces.and_then(|column| column.text(row)).unwrap_or("").trim();
            (column.text(row).unwrap_or("").trim(), parent)
        })
        .collect();
    for (row, key) in keys.iter().enumerate().filter(|(_, key)| !key.0.is_empty()) {
        let (name, parent) = *key;
        let entry = found.entry(*key).or_insert_with(|| {
            order.push(*key);
            let by_name = || match ladder.find((!parent.is_empty()).then_some(parent), name) {
                Found::Unit(unit, _) => Some(unit),
                _ => None,
            };
            (communes.find(name).or_else(by_name), row, 0)
        });
        entry.2 += 1;
    }
    for key in order {
        if let Some((None, row, count)) = found.get(&key) {
            problems.error(
                "unknown-commune",
                table.place(*row, heading, key.0),
                message!(
                    "không xã nào, hoặc nhiều hơn một xã, có mã hoặc tên này ({count} dòng): không tính vào xã nào",
                    "no commune, or more than one, has this code or name ({count} rows): counted in none"
                ),
                None,
            );
        }
    }
    Ok(keys.iter().map(|key| found.get(key).and_then(|(commune, ..)| *commune)).collect())
}

/// The day by the clock. It only refuses days that have not come; no output shows it.
fn today() -> NaiveDate {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |time| time.as_secs());
    // A day more, for places east of Greenwich.
    NaiveDate::default().checked_add_days(Days::new(seconds / 86_400 + 1)).unwrap_or_default()
}

/// Names outbreaks whose numbers are those of a report of after the day: nobody knew them then.
pub fn said_later(register: &Register, on: NaiveDate, problems: &mut Problems) {
    let later = |outbreak: &&Outbreak| outbreak.onset <= on && outbreak.told.is_some_and(|told| told > on);
    let count = register.list.iter().filter(later).count();
    if count > 0 {
        let day = dates::format_day(on);
        let message = message!(
            "{count} ổ dịch có số liệu của báo cáo sau ngày {day}: lúc đó chưa biết các số này",
            "{count} outbreaks have the numbers of a report of after {day}: nobody knew these then"
        );
        problems.warning("later-numbers", Place::file(&register.file).value(&day), message, None);
    }
}

//! Registers of outbreaks and herds of a project.

use super::Loader;
use crate::app::read::{self, RawTable};
use crate::headings;
use crate::join::overlay::CommuneIndex;
use crate::message;
use crate::model::Joined;
use crate::model::registers::{HerdsTable, RegisterTable, read as register_rows, status};
use crate::outbreaks::Diseases;
use crate::project::{JoinKey, PeriodKey, TableConfig, TableKind};
use crate::readers::spreadsheet::PERIOD;
use crate::run::{Fault, Place, Result};

impl Loader<'_> {
    /// Outbreaks or herds.
    pub(super) fn register(
        &mut self,
        declared: &TableConfig,
        mut raw: RawTable,
        joined: &mut Joined,
        index: &CommuneIndex,
    ) -> Result<()> {
        let mut key = declared;
        let of_today;
        if let Some(passed) = self.of_today(key, &raw.table, &raw.roles, &joined.communes)? {
            (of_today, raw.table) = passed;
            key = &of_today;
        }
        let placed;
        if let Some(found) = with_position(key, &raw)? {
            placed = found;
            key = &placed;
        }
        if matches!(key.kind, TableKind::Herds(_)) && raw.table.column(PERIOD).is_some() {
            self.leave_one_period(&mut raw.table, PERIOD, false);
        }
        let ground = register_rows::RegisterGround { communes: &joined.communes, index, aliases: self.aliases };
        let ground = (!joined.communes.is_empty()).then_some(&ground);
        let is_placed = key.key.lon.is_some() || key.key.commune_column().is_some() || raw.role("commune").is_some();
        if ground.is_some() && !is_placed && matches!(key.kind, TableKind::Outbreaks { .. }) {
            return Err(placeless(key));
        }
        let by_name = key.key.commune_name.as_deref().or_else(|| raw.role("commune")).map(str::to_owned);
        if ground.is_some() && key.key.lon.is_none() {
            raw.table = self.without_other_districts(raw.table, by_name.as_deref(), &joined.communes);
        }
        let of_communes = key.key.commune_column().map(str::to_owned).or(by_name);
        if key.key.lon.is_none() {
            raw.table = self.without_units_left_out(raw.table, of_communes.as_deref(), &joined.communes);
        }
        if matches!(key.kind, TableKind::Outbreaks(_)) {
            status::read(&mut raw.table, &mut raw.roles, self.problems);
            self.report_unread_of_register(key, &raw.table, &raw.roles);
        }
        let source = register_rows::Source { key, table: &raw.table, roles: &raw.roles };
        let beside = |file: &Option<String>| file.as_ref().map(|file| self.project.folder.join(file));
        match &key.kind {
            TableKind::Herds(own) => {
                let diseases = Diseases::of(beside(&own.diseases).as_deref())?;
                let herds = source.herds(ground, &diseases, self.problems)?;
                self.report_unread(key, &raw.table, &raw.roles);
                self.name_several_years(&raw.table);
                self.name_several_seasons(&raw.table);
                joined.herds.push(HerdsTable { id: key.id.clone(), name: key.name.clone(), herds });
            }
            TableKind::Outbreaks(own) => {
                let diseases = Diseases::of(beside(&own.diseases).as_deref())?;
                let register = source.register(ground, &diseases, self.problems)?;
                if own.exact {
                    register_rows::warn_exact(&key.file, self.problems);
                }
                if let Some(period) = self.project.period.as_ref().and_then(PeriodKey::days) {
                    register_rows::said_later(&register, period.to, self.problems);
                }
                joined.registers.push(RegisterTable {
                    id: key.id.clone(),
                    name: key.name.clone(),
                    register,
                    diseases,
                    herds: own.herds.clone(),
                    release_days: own.release_days,
                    exact: own.exact,
                    complete: own.complete,
                    plane: own.plane,
                });
            }
            _ => {}
        }
        let mut input = read::input(&key.id, &raw.table);
        // Its lines may name households.
        input.preview.clear();
        self.record.inputs.push(input);
        Ok(())
    }
}

/// The key of a register that joins by no commune, with the columns of longitude and latitude: declared, or told by their headings.
fn with_position(key: &TableConfig, raw: &RawTable) -> Result<Option<TableConfig>> {
    if key.key.commune_column().is_some() {
        return Ok(None);
    }
    let lon = headings::LON.column_of(&raw.table, key.key.lon.as_ref())?;
    let lat = headings::LAT.column_of(&raw.table, key.key.lat.as_ref())?;
    if lon.is_some() != lat.is_some() && (key.key.lon.is_some() || key.key.lat.is_some()) {
        let message = message!("lon và lat phải đi cùng nhau", "lon and lat go together");
        return Err(Fault::new("usage", Place::file(&key.file), message));
    }
    // One without the other is no position.
    let Some((lon, lat)) = lon.zip(lat) else { return Ok(None) };
    Ok(Some(TableConfig { key: JoinKey { lon: Some(lon), lat: Some(lat), ..JoinKey::default() }, ..key.clone() }))
}

fn placeless(key: &TableConfig) -> Fault {
    Fault::new(
        "no-places",
        Place::file(&key.file),
        message!(
            "sổ ổ dịch không có cột vị trí: cần kinh độ và vĩ độ, hoặc xã",
            "the outbreak register has no column of places: it needs longitude and latitude, or a commune"
        ),
    )
    .hint(message!(
        "khai báo key = {{ lon = …, lat = … }} hoặc columns = {{ commune = … }}",
        "declare key = {{ lon = …, lat = … }} or columns = {{ commune = … }}"
    ))
}

//! Registers of outbreaks and herds of a project.

use super::Loader;
use crate::app::read::{self, RawTable};
use crate::join::overlay::CommuneIndex;
use crate::model::Joined;
use crate::model::registers::{HerdsTable, RegisterTable, read as register_rows};
use crate::outbreaks::Diseases;
use crate::project::TableKind;
use crate::run::Result;

impl Loader<'_> {
    /// Outbreaks or herds.
    pub(super) fn register(&mut self, number: usize, mut raw: RawTable, joined: &mut Joined, index: &CommuneIndex) -> Result<()> {
        let mut key = &self.project.tables[number];
        let of_today;
        if let Some(passed) = self.of_today(key, &raw.table, &raw.roles, &joined.communes)? {
            (of_today, raw.table) = passed;
            key = &of_today;
        }
        let to_wgs84 = self.positions(key)?;
        let ground =
            register_rows::RegisterGround { communes: &joined.communes, index, aliases: self.aliases, to_wgs84: &to_wgs84 };
        let source = register_rows::Source { key, table: &raw.table, roles: &raw.roles, plane: false };
        let beside = key.diseases.as_ref().map(|file| self.project.folder.join(file));
        let diseases = Diseases::of(beside.as_deref())?;
        if key.kind == TableKind::Herds {
            let herds = source.herds(Some(&ground), &diseases, self.problems)?;
            joined.herds.push(HerdsTable { id: key.id.clone(), name: key.name.clone(), herds });
        } else {
            let register = source.register(Some(&ground), &diseases, self.problems)?;
            if key.exact {
                register_rows::warn_exact(&key.file, self.problems);
            }
            joined.registers.push(RegisterTable {
                id: key.id.clone(),
                name: key.name.clone(),
                register,
                diseases,
                herds: key.herds.clone(),
                release_days: key.release_days,
                exact: key.exact,
                complete: key.complete,
            });
        }
        let mut input = read::input(&key.id, &raw.table);
        // Its lines may name households.
        input.preview.clear();
        self.record.inputs.push(input);
        Ok(())
    }
}

//! What a column means: the role it plays, recognised by its Vietnamese or English heading or declared in the project.

mod known;

pub use known::{CODE, COMMUNE, FIELD, LAT, LON, NAME};

use super::{TableKey, TableKind};
use crate::message;
use crate::run::{Fault, Place, Result};
use crate::values::text::{fold, nearest};
use known::{
    CATEGORY, CONTRACTED, CROP, DATE, DEAD, DENSITY, DESTROYED, DISEASE, ENDED, ENTERPRISE, HEAD, HEAVY, HERD, HOLDING, LIGHT,
    LOST, MEDIUM, ONSET, PEST, REPORTED, SEVERITY, SICK, SPECIES, STAGE, THING, TOTAL, UNIT, VACCINATED, VALUE,
};

/// A role with the headings it is known by, folded to plain letters.
pub struct Role {
    /// Name in the project file
    pub name: &'static str,
    /// Headings, most telling first
    pub headings: &'static [&'static str],
}

/// Roles of a kind of table; those a table cannot do without come with `true`.
pub fn of(kind: TableKind) -> &'static [(Role, bool)] {
    match kind {
        TableKind::PestForecast => {
            &[(DATE, false), (PEST, true), (SEVERITY, false), (DENSITY, false), (CROP, false), (STAGE, false), (UNIT, false)]
        }
        TableKind::InfestedArea => {
            &[(DATE, false), (PEST, true), (LIGHT, false), (MEDIUM, false), (HEAVY, false), (LOST, false), (TOTAL, false)]
        }
        TableKind::LinkedProduction => &[(ENTERPRISE, false), (CONTRACTED, true)],
        TableKind::Indicator | TableKind::Readings | TableKind::Forecast => &[],
        TableKind::Outbreaks => &[
            (ONSET, false),
            (REPORTED, false),
            (ENDED, false),
            (DISEASE, false),
            (SPECIES, false),
            (HOLDING, false),
            (COMMUNE, false),
            (HERD, false),
            (SICK, false),
            (DEAD, false),
            (DESTROYED, false),
        ],
        TableKind::Herds => &[(HEAD, true), (VACCINATED, false), (SPECIES, false), (HOLDING, false), (COMMUNE, false)],
        TableKind::Points => &[(THING, false), (CATEGORY, false), (VALUE, false)],
    }
}

impl Role {
    /// The heading that plays this role, if one is recognised; the most telling wins.
    pub fn find<'a>(&self, headings: &'a [String]) -> Option<&'a str> {
        let folded: Vec<String> = headings.iter().map(|heading| fold(heading)).collect();
        self.headings.iter().find_map(|known| folded.iter().position(|heading| heading == known)).map(|at| headings[at].as_str())
    }
}

/// The heading of each role of a table: declared, or recognised. Roles the table does without are absent.
pub fn headings(table: &TableKey, headings: &[String]) -> Result<Vec<(&'static str, String)>> {
    let roles = of(table.kind);
    for (role, heading) in &table.columns {
        if !roles.iter().any(|(known, _)| known.name == role) {
            let known = roles.iter().map(|(role, _)| role.name).collect::<Vec<_>>().join(", ");
            let fault = Fault::new(
                "unknown-role",
                Place::file(&table.file).column(format!("columns.{role}")),
                message!(
                    "bảng loại này không có vai \"{role}\"; các vai là: {known}",
                    "this kind of table has no role \"{role}\"; the roles are: {known}"
                ),
            );
            return Err(match nearest(role, roles.iter().map(|(role, _)| role.name)) {
                Some(near) => fault.hint(message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?")),
                None => fault,
            });
        }
        if !headings.contains(heading) {
            return Err(crate::input::columns::missing_column(&table.file, heading, headings));
        }
    }
    let mut found = Vec::new();
    for (role, needed) in roles {
        match table.columns.get(role.name).cloned().or_else(|| role.find(headings).map(str::to_owned)) {
            Some(heading) => found.push((role.name, heading)),
            None if *needed => return Err(not_recognised(table, role.name, headings)),
            None => {}
        }
    }
    let has = |name: &str| found.iter().any(|(role, _)| *role == name);
    match table.kind {
        TableKind::PestForecast if !has("severity") && !has("density") => Err(not_recognised(table, "severity", headings)),
        TableKind::InfestedArea if !["light_ha", "medium_ha", "heavy_ha", "lost_ha", "total_ha"].into_iter().any(has) => {
            Err(not_recognised(table, "total_ha", headings))
        }
        TableKind::Outbreaks if !["onset", "reported"].into_iter().any(has) => Err(not_recognised(table, "onset", headings)),
        _ => Ok(found),
    }
}

fn not_recognised(table: &TableKey, name: &str, headings: &[String]) -> Fault {
    let there = crate::input::columns::listed(headings);
    let example = headings.first().map_or("", String::as_str);
    Fault::new(
        "missing-column",
        Place::file(&table.file),
        message!(
            "không nhận ra cột nào là \"{name}\"; các cột đang có: {there}",
            "no column is recognised as \"{name}\"; the columns are: {there}"
        ),
    )
    .hint(message!(
        "khai báo trong tệp dự án, ví dụ: columns = {{ {name} = \"{example}\" }}",
        "declare it in the project file, as in: columns = {{ {name} = \"{example}\" }}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_headings_are_recognised() {
        let headings: Vec<String> = ["Mã thửa", "Ngày điều tra", "Sinh vật gây hại", "Mức độ"].map(String::from).into();
        assert_eq!(FIELD.find(&headings), Some("Mã thửa"));
        assert_eq!(DATE.find(&headings), Some("Ngày điều tra"));
        assert_eq!(PEST.find(&headings), Some("Sinh vật gây hại"));
        assert_eq!(SEVERITY.find(&headings), Some("Mức độ"));
        assert_eq!(ENTERPRISE.find(&headings), None);
    }
}

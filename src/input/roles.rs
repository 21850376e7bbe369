//! What a column means: the role it plays, recognised by its Vietnamese or English heading or declared in the project.

use crate::headings::*;
use crate::message;
use crate::project::{TableConfig, TableKind};
use crate::run::{Fault, Place, Result};
use crate::values::Quantity;
use crate::values::text::nearest;

/// A role that a column of a table may play.
pub struct RoleOfKind {
    /// The role
    pub role: Role,
    /// The table cannot do without it
    pub needed: bool,
    /// What its numbers do when land is divided
    pub quantity: Quantity,
}

const fn word(role: Role) -> RoleOfKind {
    RoleOfKind { role, needed: false, quantity: Quantity::Category }
}

const fn sum(role: Role) -> RoleOfKind {
    RoleOfKind { role, needed: false, quantity: Quantity::Extensive }
}

const fn mean(role: Role) -> RoleOfKind {
    RoleOfKind { role, needed: false, quantity: Quantity::Intensive }
}

const fn needed(part: RoleOfKind) -> RoleOfKind {
    RoleOfKind { needed: true, ..part }
}

/// The heading of a role among those that were recognised.
pub fn heading<'a>(roles: &'a [(&'static str, String)], name: &str) -> Option<&'a str> {
    roles.iter().find(|(known, _)| *known == name).map(|(_, heading)| heading.as_str())
}

/// Roles of a kind of table.
pub fn of(kind: &TableKind) -> &'static [RoleOfKind] {
    match kind {
        TableKind::PestForecast { .. } => {
            const { &[word(DATE), needed(word(PEST)), mean(SEVERITY), mean(DENSITY), word(CROP), word(STAGE), word(UNIT)] }
        }
        TableKind::InfestedArea { .. } => {
            const {
                &[
                    word(DATE),
                    needed(word(PEST)),
                    sum(LIGHT),
                    sum(MEDIUM),
                    sum(HEAVY),
                    sum(LOST),
                    sum(TOTAL),
                    sum(fields::SOWN),
                    sum(notices::TREATED),
                    sum(notices::PREVIOUS),
                    sum(notices::LAST_YEAR),
                    word(notices::DENSITY_COMMON),
                    word(notices::DENSITY_HIGH),
                    word(STAGE),
                    word(notices::DISTRIBUTION),
                ]
            }
        }
        TableKind::LinkedProduction { .. } => const { &[word(ENTERPRISE), needed(sum(CONTRACTED))] },
        TableKind::Readings { .. } => {
            const {
                &[
                    word(READING_STATION),
                    word(READING_THING),
                    word(READING_KIND),
                    word(READING_DATE),
                    word(READING_VALUE),
                    word(LON),
                    word(LAT),
                ]
            }
        }
        TableKind::Indicator { .. } | TableKind::Forecast { .. } => &[],
        TableKind::Outbreaks { .. } => {
            const {
                &[
                    word(OUTBREAK),
                    word(TURN),
                    word(ONSET),
                    word(REPORTED),
                    word(LAST_CASE),
                    word(ENDED),
                    word(DISEASE),
                    word(SPECIES),
                    word(HOLDING),
                    word(COMMUNE),
                    sum(HERD),
                    sum(SICK),
                    sum(DEAD),
                    sum(DESTROYED),
                ]
            }
        }
        TableKind::Herds { .. } => const { &[needed(sum(HEAD)), sum(VACCINATED), word(SPECIES), word(HOLDING), word(COMMUNE)] },
        TableKind::Points { .. } => const { &[word(THING), word(CATEGORY), mean(VALUE)] },
    }
}

/// The heading of each role of a table: declared, or recognised. Roles the table does without are absent.
pub fn headings(table: &TableConfig, headings: &[String]) -> Result<Vec<(&'static str, String)>> {
    let roles = of(&table.kind);
    for role in table.columns.keys() {
        if !roles.iter().any(|part| part.role.name == role) {
            let known = roles.iter().map(|part| part.role.name).collect::<Vec<_>>().join(", ");
            let fault = Fault::new(
                "unknown-role",
                Place::file(&table.file).column(format!("columns.{role}")),
                message!(
                    "bảng loại này không có cột \"{role}\"; dùng được: {known}",
                    "there is no \"{role}\" among the columns of this kind of table; there are: {known}"
                ),
            );
            return Err(match nearest(role, roles.iter().map(|part| part.role.name)) {
                Some(near) => fault.hint(message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?")),
                None => fault,
            });
        }
    }
    let mut found = Vec::new();
    for RoleOfKind { role, needed, .. } in roles {
        let declared = table.columns.get(role.name).map(|heading| named(&table.file, headings, heading)).transpose()?;
        let recognised = || role.find(headings).or_else(|| notices::below(role.name, headings)).map(str::to_owned);
        match declared.or_else(recognised) {
            Some(heading) => found.push((role.name, heading)),
            None if *needed => return Err(not_recognised(table, role.name, headings)),
            None => {}
        }
    }
    let has = |name: &str| found.iter().any(|(role, _)| *role == name);
    match &table.kind {
        TableKind::PestForecast { .. } if !has("severity") && !has("density") => Err(not_recognised(table, "severity", headings)),
        TableKind::InfestedArea { .. } if !["light_ha", "medium_ha", "heavy_ha", "lost_ha", "total_ha"].into_iter().any(has) => {
            Err(not_recognised(table, "total_ha", headings))
        }
        TableKind::Outbreaks { .. } if !["onset", "reported"].into_iter().any(has) => {
            Err(not_recognised(table, "onset", headings))
        }
        _ => Ok(found),
    }
}

fn not_recognised(table: &TableConfig, name: &str, headings: &[String]) -> Fault {
    let there = crate::headings::listed(headings);
    Fault::new(
        "missing-column",
        Place::file(&table.file),
        message!(
            "không nhận ra cột nào là \"{name}\"; các cột đang có: {there}",
            "no column is recognised as \"{name}\"; the columns are: {there}"
        ),
    )
    .hint(message!(
        "khai báo trong tệp dự án, ví dụ: columns = {{ {name} = \"tên cột\" }}",
        "declare it in the project file, as in: columns = {{ {name} = \"heading\" }}"
    ))
}

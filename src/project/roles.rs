//! What a column means: the role it plays, recognised by its Vietnamese or English heading or declared in the project.

use super::{TableKey, TableKind};
use crate::message;
use crate::run::{Fault, Place, Result};
use crate::values::text::{fold, nearest};

/// A role with the headings it is known by, folded to plain letters.
pub struct Role {
    /// Name in the project file
    pub name: &'static str,
    /// Headings, most telling first
    pub headings: &'static [&'static str],
}

/// Commune code.
pub const CODE: Role = Role {
    name: "code",
    headings: &[
        "code",
        "ma xa",
        "maxa",
        "ma dvhc",
        "ma hanh chinh",
        "ma don vi",
        "commune code",
        "ma",
        "insee",
        "gso code",
        "commune id",
        "ward code",
        "gid",
        "id",
    ],
};
/// Commune name.
pub const NAME: Role = Role {
    name: "name",
    headings: &[
        "name",
        "ten xa",
        "ten",
        "xa",
        "xa phuong",
        "ten don vi",
        "commune",
        "commune name",
        "commune vn",
        "ten dvhc",
        "nom",
        "ward",
        "ten xa phuong",
        "dia ban",
        "don vi",
    ],
};
/// Field id.
pub const FIELD: Role = Role {
    name: "field",
    headings: &[
        "field id",
        "ma thua",
        "mathua",
        "so thua",
        "thua",
        "id thua",
        "ma ruong",
        "ma lo",
        "field",
        "parcel id",
        "parcel",
        "objectid",
        "plot id",
        "fid",
        "id",
    ],
};
/// Longitude.
pub const LON: Role = Role { name: "lon", headings: &["lon", "longitude", "kinh do", "long", "lng", "x"] };
/// Latitude.
pub const LAT: Role = Role { name: "lat", headings: &["lat", "latitude", "vi do", "y"] };

const DATE: Role = Role {
    name: "date",
    headings: &[
        "date",
        "week",
        "ngay",
        "ngay dieu tra",
        "tuan",
        "ky",
        "ngay du bao",
        "thoi gian",
        "survey date",
        "tu ngay",
        "from date",
        "ngay khao sat",
    ],
};
const PEST: Role = Role {
    name: "pest",
    headings: &[
        "pest",
        "svgh",
        "sinh vat gay hai",
        "sau benh",
        "dich hai",
        "ten svgh",
        "ten sau benh",
        "doi tuong",
        "loai dich hai",
        "pest name",
        "disease",
    ],
};
const SEVERITY: Role = Role {
    name: "severity",
    headings: &["severity", "muc do", "muc do nhiem", "cap", "cap do", "cap hai", "muc", "muc nhiem", "severity class"],
};
const DENSITY: Role = Role { name: "density", headings: &["density", "mat do", "mat so", "ty le", "ty le benh", "mat do ty le"] };
const CROP: Role = Role { name: "crop", headings: &["crop", "cay trong", "loai cay trong"] };
const STAGE: Role =
    Role { name: "stage", headings: &["stage", "growth stage", "giai doan", "giai doan sinh truong", "gdst", "gd sinh truong"] };
const UNIT: Role = Role { name: "unit", headings: &["unit", "don vi tinh", "dvt"] };
const LIGHT: Role = Role {
    name: "light_ha",
    headings: &["light ha", "dtnhiemnhe", "dt nhiem nhe", "dien tich nhiem nhe", "nhiem nhe", "nhe", "nhe ha", "light"],
};
const MEDIUM: Role = Role {
    name: "medium_ha",
    headings: &[
        "medium ha",
        "dtnhiemtb",
        "dt nhiem tb",
        "dien tich nhiem trung binh",
        "dien tich nhiem tb",
        "nhiem trung binh",
        "nhiem tb",
        "tb",
        "trung binh",
        "medium",
    ],
};
const HEAVY: Role = Role {
    name: "heavy_ha",
    headings: &["heavy ha", "dtnhiemnang", "dt nhiem nang", "dien tich nhiem nang", "nhiem nang", "nang", "nang ha", "heavy"],
};
const LOST: Role = Role { name: "lost_ha", headings: &["lost ha", "dtmattrang", "dt mat trang", "mat trang", "lost"] };
const TOTAL: Role = Role {
    name: "total_ha",
    headings: &[
        "total ha",
        "dttong",
        "tong dtn",
        "tong dien tich nhiem",
        "dien tich nhiem",
        "dt nhiem",
        "dtn",
        "tong",
        "tong so",
    ],
};
const ENTERPRISE: Role = Role {
    name: "enterprise",
    headings: &["enterprise", "doanh nghiep", "cong ty", "don vi lien ket", "don vi thu mua", "company", "ten doanh nghiep"],
};
const CONTRACTED: Role = Role {
    name: "contracted_ha",
    headings: &[
        "contracted ha",
        "dien tich hop dong",
        "dt hop dong",
        "dien tich hd",
        "dt hd",
        "dien tich ky hop dong",
        "dien tich lien ket",
        "dt lien ket",
        "dien tich hop dong ha",
        "dt hop dong ha",
        "dien tich lien ket ha",
        "dt lien ket ha",
        "contracted area",
        "ha hop dong",
    ],
};

const THING: Role = Role {
    name: "name",
    headings: &["name", "ten", "ten diem", "ten bay", "ten san pham", "san pham", "tram", "ma bay", "station", "trap", "product"],
};
const CATEGORY: Role = Role {
    name: "category",
    headings: &["category", "loai", "hang", "so sao", "sao", "hang sao", "stars", "type", "kind", "nhom", "trang thai", "status"],
};
const VALUE: Role = Role {
    name: "value",
    headings: &["value", "gia tri", "so luong", "so doc", "con bay dem", "mat so", "count", "reading", "so ca"],
};

const ONSET: Role = Role {
    name: "onset",
    headings: &[
        "onset",
        "date of onset",
        "onset date",
        "ngay khoi phat",
        "ngay phat benh",
        "ngay mac benh",
        "ngay phat hien",
        "ngay xay ra",
        "outbreak date",
        "date",
        "ngay",
        "thoi gian",
    ],
};
const REPORTED: Role = Role {
    name: "reported",
    headings: &[
        "reported",
        "date of report",
        "report date",
        "reported date",
        "ngay bao cao",
        "ngay bao",
        "ngay xac nhan",
        "confirmation date",
        "ngay xet nghiem",
    ],
};
const ENDED: Role = Role {
    name: "ended",
    headings: &["ended", "end date", "ngay ket thuc", "ngay het dich", "ngay cong bo het dich", "ngay go bo"],
};
const DISEASE: Role = Role {
    name: "disease",
    headings: &["disease", "benh", "ten benh", "loai benh", "loai dich", "dich benh", "hpai strain", "loai"],
};
const SPECIES: Role = Role {
    name: "species",
    headings: &[
        "species",
        "loai vat nuoi",
        "loai gia suc",
        "vat nuoi",
        "loai dong vat",
        "loai gia suc gia cam",
        "flock type",
        "con",
    ],
};
const HOLDING: Role = Role {
    name: "holding",
    headings: &[
        "holding",
        "ho",
        "ho chan nuoi",
        "chu ho",
        "ten ho",
        "trai",
        "ten trai",
        "ma ho",
        "ma trai",
        "farm",
        "farm id",
        "owner",
    ],
};
/// Commune of an outbreak or a herd, by code or name.
pub const COMMUNE: Role = Role {
    name: "commune",
    headings: &[
        "commune",
        "ma xa",
        "maxa",
        "commune code",
        "code",
        "xa",
        "ten xa",
        "xa phuong",
        "ten xa phuong",
        "commune name",
        "dia ban",
    ],
};
const HERD: Role = Role {
    name: "herd",
    headings: &["herd", "herd size", "tong dan", "quy mo", "so con", "flock size", "quy mo dan", "tong so con", "heads"],
};
const SICK: Role = Role {
    name: "sick",
    headings: &["sick", "so mac", "mac benh", "so con mac", "so mac benh", "so con om", "so benh", "cases", "so ca"],
};
const DEAD: Role = Role { name: "dead", headings: &["dead", "so chet", "so con chet", "chet", "deaths", "so mac chet"] };
const DESTROYED: Role =
    Role { name: "destroyed", headings: &["destroyed", "so tieu huy", "tieu huy", "so con tieu huy", "culled", "tieu huy con"] };
const HEAD: Role = Role {
    name: "head",
    headings: &[
        "head",
        "heads",
        "tong dan",
        "so con",
        "so dau con",
        "so luong",
        "tong so con",
        "quy mo",
        "herd size",
        "animals",
        "flock size",
    ],
};
const VACCINATED: Role = Role {
    name: "vaccinated",
    headings: &["vaccinated", "da tiem", "so tiem", "tiem phong", "so con tiem", "da tiem phong", "so con tiem phong"],
};

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

//! What notices of pests say beside the infested hectares of the period: hectares treated, those printed of other periods, densities,
//! stage, distribution.

use super::{Role, STAGE, bare};
use crate::values::text::fold;

/// Hectares treated.
pub const TREATED: Role = Role {
    name: "treated_ha",
    headings: &[
        "dt phong tru",
        "dien tich phong tru",
        "dtpt",
        "phong tru",
        "da phong tru",
        "dien tich da phong tru",
        "dt phun tru",
        "dien tich phun tru",
        "dien tich phun thuoc",
        "dt phun thuoc",
        "da phun",
        "da phun tru",
        "treated ha",
        "treated area",
    ],
};
/// Infested hectares of the period before, as printed.
pub const PREVIOUS: Role = Role {
    name: "previous_ha",
    headings: &[
        "dtn ky truoc",
        "dien tich nhiem ky truoc",
        "dt nhiem ky truoc",
        "dtn tuan truoc",
        "dien tich nhiem tuan truoc",
        "ky truoc",
        "tuan truoc",
        "previous period",
    ],
};
/// Infested hectares of the same period last year, as printed.
pub const LAST_YEAR: Role = Role {
    name: "last_year_ha",
    headings: &[
        "dtn cung ky nam truoc",
        "dtn cung ky",
        "dien tich nhiem cung ky nam truoc",
        "dt nhiem cung ky nam truoc",
        "dien tich nhiem cung ky",
        "cung ky nam truoc",
        "cung ky",
        "cknt",
        "nam truoc",
        "last year",
    ],
};
/// The usual density.
pub const DENSITY_COMMON: Role = Role {
    name: "density_common",
    headings: &["mat do pho bien", "ty le pho bien", "ti le pho bien", "pho bien", "mat so pho bien", "common density"],
};
/// The highest density.
pub const DENSITY_HIGH: Role = Role {
    name: "density_high",
    headings: &["mat do cao", "mat do cao nhat", "ty le cao", "ti le cao", "mat so cao", "high density"],
};
/// Where it is found, in words.
pub const DISTRIBUTION: Role = Role {
    name: "distribution",
    headings: &["phan bo", "dia ban phan bo", "noi phan bo", "noi xuat hien", "dia ban nhiem", "distribution"],
};

/// All of them, with the stage of growth.
pub const BESIDE: [&Role; 7] = [&TREATED, &PREVIOUS, &LAST_YEAR, &DENSITY_COMMON, &DENSITY_HIGH, &STAGE, &DISTRIBUTION];

/// Whether a heading is that of a usual or highest density, which notices write as words: "500-700", "2-3 %".
pub fn is_density(heading: &str) -> bool {
    let one = [heading.to_owned()];
    let is = |role: &Role| role.find(&one).or_else(|| below(role.name, &one)).is_some();
    is(&DENSITY_COMMON) || is(&DENSITY_HIGH)
}

/// The heading of such a role where it stands below another one that says what it is: "Mật độ (con/m²) / Phổ biến", "Cùng kỳ năm trước
/// (ha) / Tổng". Changes and shares are none of them.
pub fn below<'a>(role: &str, headings: &'a [String]) -> Option<&'a str> {
    let (above, last): (&[&str], &[&str]) = match role {
        "treated_ha" => (&["phong tru", "phun tru"], &["tong", "tong so", "cong", "ha", "dien tich"]),
        "previous_ha" => (&["ky truoc", "tuan truoc"], &["tong", "tong so", "cong", "dtn", "ha", "dien tich nhiem"]),
        "last_year_ha" => (&["cung ky", "nam truoc"], &["tong", "tong so", "cong", "dtn", "ha", "dien tich nhiem"]),
        "density_common" => (&["mat do", "mat so", "ty le", "ti le"], &["pho bien", "pb"]),
        "density_high" => (&["mat do", "mat so", "ty le", "ti le"], &["cao", "cao nhat", "cao cuc bo"]),
        _ => return None,
    };
    let mut fitting = headings.iter().filter(|heading| {
        let Some((before, own)) = heading.rsplit_once(" / ") else { return false };
        let before = fold(before);
        let of_change =
            ["so voi", "tang giam", "tang", "giam"].iter().any(|word| format!(" {before} ").contains(&format!(" {word} ")));
        !of_change && above.iter().any(|word| before.contains(word)) && last.contains(&bare(own).as_str())
    });
    let first = fitting.next()?;
    // Of several the heading does not tell which.
    fitting.next().is_none().then_some(first.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_two_rows_are_told_by_both() {
        let headings: Vec<String> = [
            "Mật độ/tỷ lệ (con/m², %) / Phổ biến",
            "Mật độ/tỷ lệ (con/m², %) / Cao",
            "Diện tích nhiễm (ha) / Tổng",
            "DTN cùng kỳ năm trước (ha)",
            "DT phòng trừ (ha)",
            "Kỳ trước / Tổng",
            "So với kỳ trước / Tổng",
        ]
        .map(str::to_owned)
        .to_vec();
        let of = |role: &Role| role.find(&headings).or_else(|| below(role.name, &headings));
        assert_eq!(of(&DENSITY_COMMON), Some(headings[0].as_str()));
        assert_eq!(of(&DENSITY_HIGH), Some(headings[1].as_str()));
        assert_eq!(of(&LAST_YEAR), Some(headings[3].as_str()));
        assert_eq!(of(&TREATED), Some(headings[4].as_str()));
        assert_eq!(of(&PREVIOUS), Some(headings[5].as_str()));
        assert_eq!(of(&DISTRIBUTION), None);
    }
}

//! What grows on land: properties of fields beside their id, and hectares sown.

use super::Role;

/// What hectares of fields are broken down by: the crop, its variety, the season.
pub const GROUP: Role = Role {
    name: "group",
    headings: &[
        "giong",
        "giong lua",
        "ten giong",
        "cay trong",
        "loai cay",
        "loai cay trong",
        "crop",
        "variety",
        "culture",
        "nom cultu",
        "hien trang",
        "loai dat",
        "tra lua",
        "vu",
    ],
};
/// Of these, what says a variety, and what says a season.
pub const VARIETY: Role = Role { name: "variety", headings: &["giong", "giong lua", "ten giong", "variety"] };
/// The season of a field.
pub const SEASON: Role = Role { name: "season", headings: &["vu", "mua vu", "vu mua", "season"] };
/// Hectares sown, as a notice states them beside its pests.
pub const SOWN: Role = Role {
    name: "sown_ha",
    headings: &[
        "dien tich gieo trong",
        "dt gieo trong",
        "dien tich gieo sa",
        "dt gieo sa",
        "dien tich xuong giong",
        "dt xuong giong",
        "dien tich gieo",
        "gieo trong",
        "gieo trong ha",
        "dt gieo",
        "sown ha",
        "sown area",
    ],
};
/// The day of harvest.
pub const HARVEST: Role = Role {
    name: "harvest",
    headings: &["thu hoach", "ngay thu hoach", "ngay tt", "du kien thu hoach", "harvest", "harvest date"],
};

//! What a layer says of a field beside its id.

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
/// The day of harvest.
pub const HARVEST: Role = Role {
    name: "harvest",
    headings: &["thu hoach", "ngay thu hoach", "ngay tt", "du kien thu hoach", "harvest", "harvest date"],
};

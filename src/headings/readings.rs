//! Headings of tables of light traps and field sensors.

use super::Role;

/// Station of a reading.
pub const READING_STATION: Role = Role {
    name: "station",
    headings: &[
        "station",
        "ten tram",
        "ma tram",
        "tram",
        "bay",
        "ten bay",
        "trap",
        "bay den",
        "diem dat bay",
        "diem dat bay den",
        "dia diem bay",
        "dia diem dat bay",
        "vi tri bay",
        "vi tri dat bay",
        "sensor",
        "cam bien",
        "thiet bi",
        "device",
        "diem",
        "site",
        "name",
        "ten",
    ],
};
/// Species or quantity of a reading.
pub const READING_THING: Role = Role {
    name: "thing",
    headings: &[
        "species",
        "loai",
        "pest",
        "svgh",
        "sinh vat gay hai",
        "quantity",
        "chi tieu",
        "thong so",
        "parameter",
        "dai luong",
    ],
};
/// Kind of trap.
pub const READING_KIND: Role = Role { name: "type", headings: &["type", "trap type", "loai bay", "kieu bay"] };
/// Day or night of a reading.
pub const READING_DATE: Role = Role {
    name: "date",
    headings: &[
        "date",
        "ngay",
        "dem",
        "night",
        "time",
        "thoi gian",
        "datetime",
        "date time",
        "timestamp",
        "time stamp",
        "ngay gio",
        "ngay do",
        "thoi gian do",
    ],
};
/// Time of a reading, beside its day.
pub const READING_TIME: Role = Role { name: "time", headings: &["time", "gio", "thoi gian", "gio do", "thoi diem", "hour"] };
/// What tells several collections of a night apart.
pub const READING_SHIFT: Role = Role {
    name: "shift",
    headings: &["ca", "lan", "luot", "buoi", "dot", "shift", "lan thu", "luot thu", "gio thu", "collection"],
};
/// Year of a reading.
pub const YEAR: Role = Role { name: "year", headings: &["year", "nam", "observation year"] };
/// Week of a reading.
pub const WEEK: Role = Role { name: "week", headings: &["week", "tuan", "standard week"] };
/// Number read.
pub const READING_VALUE: Role = Role {
    name: "value",
    headings: &[
        "count",
        "so con",
        "con bay dem",
        "con dem",
        "con bay",
        "so con dem",
        "value",
        "gia tri",
        "pest value",
        "so luong",
        "mat do",
        "reading",
        "ket qua",
    ],
};

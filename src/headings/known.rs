//! The headings by which columns are known, folded to plain letters; the most telling first.

use super::Role;

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

/// A place within a commune.
pub const HAMLET: Role = Role {
    name: "hamlet",
    headings: &[
        "ap",
        "thon",
        "khom",
        "xom",
        "to",
        "khu vuc",
        "khu pho",
        "ruong",
        "canh dong",
        "xu dong",
        "o bao",
        "chu ruong",
        "hamlet",
    ],
};
/// Day or week.
pub const DATE: Role = Role {
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
        "tuan tu ngay",
        "tuan bat dau",
        "ngay dau tuan",
        "tuan ket thuc",
    ],
};
/// The first and the last day of a period, where each has a column.
pub const SINCE: Role = Role { name: "since", headings: &["tu ngay", "from date", "ngay bat dau", "start date"] };
pub const UNTIL: Role = Role { name: "until", headings: &["den ngay", "to date", "ngay ket thuc", "end date"] };
/// Pest or disease of crops.
pub const PEST: Role = Role {
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
/// Class of severity, 0 to 4.
pub const SEVERITY: Role = Role {
    name: "severity",
    headings: &["severity", "muc do", "muc do nhiem", "cap", "cap do", "cap hai", "muc", "muc nhiem", "severity class"],
};
/// Density or rate of a pest.
pub const DENSITY: Role =
    Role { name: "density", headings: &["density", "mat do", "mat so", "ty le", "ty le benh", "mat do ty le"] };
/// Crop.
pub const CROP: Role = Role { name: "crop", headings: &["crop", "cay trong", "loai cay trong"] };
/// Growth stage.
pub const STAGE: Role =
    Role { name: "stage", headings: &["stage", "growth stage", "giai doan", "giai doan sinh truong", "gdst", "gd sinh truong"] };
/// Unit of a density.
pub const UNIT: Role = Role { name: "unit", headings: &["unit", "don vi tinh", "dvt"] };
/// Hectares infested lightly.
pub const LIGHT: Role = Role {
    name: "light_ha",
    headings: &["light ha", "dtnhiemnhe", "dt nhiem nhe", "dien tich nhiem nhe", "nhiem nhe", "nhe", "nhe ha", "light"],
};
/// Hectares infested at a medium level.
pub const MEDIUM: Role = Role {
    name: "medium_ha",
    headings: &[
        "medium ha",
        "dtnhiemtb",
        "dt nhiem tb",
        "dien tich nhiem trung binh",
        "dien tich nhiem tb",
        "dt nhiem trung binh",
        "nhiem trung binh",
        "nhiem tb",
        "tb",
        "trung binh",
        "t binh",
        "tbinh",
        "tr binh",
        "nhiem t binh",
        "medium",
    ],
};
/// Hectares infested heavily.
pub const HEAVY: Role = Role {
    name: "heavy_ha",
    headings: &["heavy ha", "dtnhiemnang", "dt nhiem nang", "dien tich nhiem nang", "nhiem nang", "nang", "nang ha", "heavy"],
};
/// Hectares lost.
pub const LOST: Role = Role { name: "lost_ha", headings: &["lost ha", "dtmattrang", "dt mat trang", "mat trang", "lost"] };
/// Hectares infested in all.
pub const TOTAL: Role = Role {
    name: "total_ha",
    headings: &[
        "total ha",
        "dttong",
        "tong dtn",
        "tong dt nhiem",
        "tong nhiem",
        "tong dt",
        "tong so dt nhiem",
        "tong dien tich nhiem",
        "dien tich nhiem",
        "dt nhiem",
        "dtn",
        "tong",
        "tong so",
        "t so",
        "t cong",
    ],
};
/// Enterprise of a contract.
pub const ENTERPRISE: Role = Role {
    name: "enterprise",
    headings: &["enterprise", "doanh nghiep", "cong ty", "don vi lien ket", "don vi thu mua", "company", "ten doanh nghiep"],
};
/// Hectares under contract.
pub const CONTRACTED: Role = Role {
    name: "contracted_ha",
    headings: &[
        "contracted ha",
        "dien tich hop dong",
        "dien tich co hop dong",
        "dt co hop dong",
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

/// Name of a point.
pub const THING: Role = Role {
    name: "name",
    headings: &["name", "ten", "ten diem", "ten bay", "ten san pham", "san pham", "tram", "ma bay", "station", "trap", "product"],
};
/// Category of a point.
pub const CATEGORY: Role = Role {
    name: "category",
    headings: &[
        "category",
        "loai",
        "hang",
        "xep hang",
        "phan hang",
        "hang san pham",
        "so sao",
        "sao",
        "hang sao",
        "stars",
        "type",
        "kind",
        "nhom",
        "trang thai",
        "status",
    ],
};
/// Value of a point.
pub const VALUE: Role = Role {
    name: "value",
    headings: &["value", "gia tri", "so luong", "so doc", "con bay dem", "mat so", "count", "reading", "so ca"],
};

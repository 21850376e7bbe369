//! Headings of registers of outbreaks and herds: offices' own, WAHIS, EMPRES-i, ADIS.

use super::Role;

/// Day of onset.
pub const ONSET: Role = Role {
    name: "onset",
    headings: &[
        "onset",
        "date of onset",
        "onset date",
        "ngay khoi phat",
        "khoi phat",
        "ngay phat benh",
        "ngay mac benh",
        "ngay phat hien",
        "ngay phat hien benh",
        "ngay phat hien dich benh",
        "ngay phat hien o dich",
        "ngay xay ra",
        "outbreak date",
        "outbreak start date",
        "start date",
        "start of the event",
        "observation date",
        "ngay bat dau",
        "ngay bat dau co dich",
        "date",
        "ngay",
        "thoi gian",
    ],
};
/// Day of report.
pub const REPORTED: Role = Role {
    name: "reported",
    headings: &[
        "reported",
        "date of report",
        "report date",
        "reported date",
        "ngay bao cao",
        "bao cao",
        "ngay bao",
        "ngay xac nhan",
        "reporting date",
        "notification date",
        "confirmation date",
        "ngay xet nghiem",
    ],
};
/// Day on which the last sick animal of an outbreak died, was destroyed or recovered.
pub const LAST_CASE: Role = Role {
    name: "last_case",
    headings: &[
        "last_case",
        "last case",
        "date of last case",
        "ngay cuoi",
        "ca cuoi",
        "ngay ca cuoi",
        "ngay co ca cuoi",
        "ngay mac cuoi",
        "ngay chet cuoi",
        "ngay con cuoi",
        "ngay tieu huy cuoi",
        "ngay tieu huy con cuoi cung",
        "ngay tieu huy cuoi cung",
        "ngay tieu huy",
    ],
};
/// Day on which an outbreak was declared over.
pub const ENDED: Role = Role {
    name: "ended",
    headings: &[
        "ended",
        "end date",
        "outbreak end date",
        "extinction date",
        "resolved date",
        "date resolved",
        "closing date",
        "ngay ket thuc",
        "ngay het dich",
        "ngay cong bo het dich",
        "ngay go bo",
        "ngay dap tat",
        "ngay ket thuc dich",
        "cong bo het dich",
        "het dich ngay",
        "ngay het o dich",
        "ngay cong bo ket thuc dich",
        "ngay cong bo het o dich",
        "ngay ket thuc o dich",
    ],
};
/// Disease of animals.
pub const DISEASE: Role = Role {
    name: "disease",
    headings: &[
        "disease",
        "benh",
        "ten benh",
        "loai benh",
        "loai dich",
        "dich benh",
        "disease eng",
        "disease name",
        "hpai strain",
        "serotype",
        "loai",
    ],
};
/// Species of animals.
pub const SPECIES: Role = Role {
    name: "species",
    headings: &[
        "species",
        "loai vat nuoi",
        "loai gia suc",
        "vat nuoi",
        "loai dong vat",
        "loai gia suc gia cam",
        "loai",
        "flock type",
        "species description",
        "species name",
        "animal type",
        "con",
    ],
};
/// Household or farm; personal data.
pub const HOLDING: Role = Role {
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
/// Animals of an outbreak.
pub const HERD: Role = Role {
    name: "herd",
    headings: &[
        "herd",
        "herd size",
        "tong dan",
        "quy mo",
        "so con",
        "flock size",
        "quy mo dan",
        "tong so con",
        "heads",
        "susceptible",
        "sum at risk",
        "sumatrisk",
        "at risk",
        "so mac cam",
        "tong dan mac cam",
    ],
};
/// Sick animals.
pub const SICK: Role = Role {
    name: "sick",
    headings: &[
        "sick",
        "so mac",
        "mac",
        "mac benh",
        "so con mac",
        "so con mac moi",
        "so mac moi",
        "mac moi",
        "so mac benh",
        "so con om",
        "so om",
        "so con mac benh",
        "so con benh",
        "so benh",
        "cases",
        "so ca",
        "sum cases",
        "sumcases",
        "luy ke mac",
        "so mac luy ke",
    ],
};
/// Dead animals.
pub const DEAD: Role = Role {
    name: "dead",
    headings: &[
        "dead",
        "so chet",
        "so con chet",
        "chet",
        "deaths",
        "so mac chet",
        "sum deaths",
        "sumdeaths",
        "luy ke chet",
        "so chet luy ke",
    ],
};
/// Destroyed animals.
pub const DESTROYED: Role = Role {
    name: "destroyed",
    headings: &[
        "destroyed",
        "so tieu huy",
        "so buoc phai tieu huy",
        "so con buoc tieu huy",
        "so con phai tieu huy",
        "so con da tieu huy",
        "tieu huy",
        "so con tieu huy",
        "tong so con tieu huy",
        "tong so tieu huy",
        "tong tieu huy",
        "culled",
        "tieu huy con",
        "killed disposed",
        "killed and disposed of",
        "killed and disposed",
        "sum destroyed",
        "sumdestroyed",
        "luy ke tieu huy",
    ],
};
/// Animals of a herd.
pub const HEAD: Role = Role {
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
/// Vaccinated animals.
pub const VACCINATED: Role = Role {
    name: "vaccinated",
    headings: &[
        "vaccinated",
        "da tiem",
        "so tiem",
        "tiem phong",
        "so con tiem",
        "so con da tiem",
        "so con da tiem phong",
        "da tiem phong",
        "so con tiem phong",
        "so tiem phong",
        "so da tiem",
        "so luong tiem phong",
        "so con tiem vac xin",
    ],
};
/// What names an outbreak that has several rows.
pub const OUTBREAK: Role = Role {
    name: "outbreak",
    headings: &[
        "outbreak id",
        "ma o dich",
        "so o dich",
        "o dich",
        "outbreak",
        "outbreak reference",
        "adis reference",
        "ma so o dich",
    ],
};
/// Which report of an outbreak a row is.
pub const TURN: Role = Role {
    name: "turn",
    headings: &[
        "lan bao cao",
        "bao cao lan",
        "lan bao cao thu",
        "report number",
        "follow up",
        "followup",
        "report no",
        "so lan bao cao",
    ],
};

//! How numbers are made, as far as a reader of a meeting asks.

use crate::join::Target;
use crate::model::Joined;
use crate::values::Lang;

/// Where severities are known by field.
const OF_FIELDS: [[&str; 2]; 2] = [
    [
        "Diện tích nhiễm: diện tích từ mức nhẹ trở lên; mỗi thửa tính một lần dù có nhiều loại sinh vật gây hại.",
        "Infested land: light or worse; a field counts once, however many pests it has.",
    ],
    [
        "Liên kết có nguy cơ: diện tích hợp đồng trên thửa nhiễm từ mức trung bình trở lên, chia theo phần thửa nằm trong mỗi xã.",
        "Contracts at risk: contracted land on fields at medium or worse, by the share of the field in each commune.",
    ],
];

/// Wherever numbers come from.
const OF_ALL: [[&str; 2]; 2] = [
    [
        "So sánh giữa hai kỳ chỉ tính những xã có số liệu ở cả hai kỳ. Tỷ lệ được tính lại từ tổng, không cộng các tỷ lệ.",
        "Changes compare the communes that have numbers in both periods. Shares are computed from sums, never added.",
    ],
    ["\"Không có số liệu\" không phải là 0.", "\"No data\" is not 0."],
];

/// Sentences on how the numbers of a run are made.
pub fn method(joined: &Joined, lang: Lang) -> Vec<String> {
    let of_fields = joined.forecast_target() == Some(Target::Fields);
    let list = if of_fields { &OF_FIELDS[..] } else { &[] };
    list.iter().chain(&OF_ALL).map(|[vi, en]| lang.pick(vi, en).to_owned()).collect()
}

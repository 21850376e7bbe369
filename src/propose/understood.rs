//! What was understood of a table, as lines that a person can check beside the table itself.

use super::kinds;
use super::looked::Looked;
use crate::headings::notices;
use crate::input::decimal;
use crate::input::land_units;
use crate::message;
use crate::project::TableKind;
use crate::project::kinds::Kinds;
use crate::readers::spreadsheet::PERIOD;
use crate::run::Problems;
use crate::values::{Lang, exact, numbers};

/// The lines: where the table stands and what it is taken for; which column is what; the decimal sign with its proof, and the sum.
pub fn lines(table: &Looked, kind: &TableKind, key: &str, lang: Lang) -> Vec<String> {
    let say = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    let (rows, read_as) = (table.table.rows, &table.table.read_as);
    let mut place = table.file.clone();
    if let Some(sheet) = &table.form.sheet {
        place.push_str(&format!(", {} {}", say("trang", "sheet"), if sheet == "*" { say("mọi trang", "all") } else { sheet }));
    }
    if let (Some(range), 1) = (read_as.get("range"), table.around.len()) {
        place.push_str(&format!(", {range}"));
    }
    let what = kind.rows();
    let what = what.get(lang);
    let (name, parts) = (kind.name(), table.around.len());
    let of_parts =
        if parts > 1 { format!(", {parts} {}", say("phần ghép lại", "parts put together")) } else { String::new() };
    let mut lines = vec![format!("{place}: {rows} {}{of_parts} → {what} ({name})", say("dòng", "rows"))];
    let mut columns: Vec<String> = Vec::new();
    let places = key.trim_matches(['{', '}', ' ']);
    if !places.is_empty() {
        let words = [
            ("commune_name =", "tên xã"),
            ("commune =", "mã xã"),
            ("field =", "mã thửa"),
            ("lon =", "kinh độ"),
            ("lat =", "vĩ độ"),
        ];
        let vi = words.iter().fold(places.to_owned(), |text, (key, word)| text.replace(key, word));
        columns.push(format!("{} ← {}", say("nối theo", "joined by"), if lang == Lang::Vi { &vi } else { places }));
    }
    let roles = kinds::columns(table, kind);
    if table.table.column(PERIOD).is_some() && !roles.iter().any(|(role, _)| *role == "date") {
        let first = table.table.column(PERIOD).and_then(|column| column.dictionary.iter().next()).unwrap_or("").to_owned();
        columns.push(format!("{} ← {} ({first})", say("kỳ", "period"), say("dòng trên bảng", "a line above")));
    }
    columns.extend(roles.iter().map(|(role, heading)| format!("{} ← \"{}\"", word(role, lang), heading.replace('\n', " "))));
    for (key, templates) in
        [("from_title", &table.form.from_title), ("from_sheet", &table.form.from_sheet), ("from_name", &table.from_name)]
    {
        columns.extend(templates.iter().map(|template| format!("{key} \"{template}\"")));
    }
    if !columns.is_empty() {
        lines.push(format!("    {}", columns.join("; ")));
    }
    lines.extend(sum(table, &roles, lang).map(|line| format!("    {line}")));
    lines
}

fn word(role: &str, lang: Lang) -> &str {
    let vi = match role {
        "date" => "kỳ",
        "pest" => "sâu bệnh",
        "severity" => "mức độ",
        "density" => "mật độ",
        "light_ha" => "nhẹ (ha)",
        "medium_ha" => "trung bình (ha)",
        "heavy_ha" => "nặng (ha)",
        "lost_ha" => "mất trắng (ha)",
        "total_ha" => "tổng nhiễm (ha)",
        "sown_ha" => "gieo trồng (ha)",
        "treated_ha" => "phòng trừ (ha)",
        "previous_ha" => "kỳ trước, số in (ha)",
        "last_year_ha" => "cùng kỳ năm trước, số in (ha)",
        "density_common" => "mật độ phổ biến",
        "density_high" => "mật độ cao",
        "distribution" => "phân bố",
        "outbreak" => "mã ổ dịch",
        "turn" => "lần báo cáo",
        "contracted_ha" => "hợp đồng (ha)",
        "enterprise" => "doanh nghiệp",
        "stage" => "giai đoạn",
        "station" => "trạm, bẫy",
        "thing" => "loài, đại lượng",
        "value" => "số đo",
        "onset" => "khởi phát",
        "disease" => "bệnh",
        "species" => "loài vật nuôi",
        "head" | "herd" => "tổng đàn",
        "vaccinated" => "đã tiêm",
        "holding" => "trại",
        "commune" => "xã",
        "reported" => "báo cáo",
        "last_case" => "ca cuối",
        "ended" => "kết thúc",
        "sick" => "mắc",
        "dead" => "chết",
        "destroyed" => "tiêu hủy",
        "name" => "tên",
        "category" => "loại",
        "type" => "kiểu bẫy",
        "lon" => "kinh độ",
        "lat" => "vĩ độ",
        other => other,
    };
    if lang == Lang::Vi { vi } else { role }
}

/// The sum of the hectares that count, with the decimal sign they are read by.
fn sum(table: &Looked, roles: &[(&str, String)], lang: Lang) -> Option<String> {
    let hectares: Vec<&str> = roles
        .iter()
        .filter(|(role, _)| {
            role.ends_with("_ha") && *role != "sown_ha" && !notices::BESIDE.iter().any(|beside| beside.name == *role)
        })
        .map(|(_, heading)| heading.as_str())
        .collect();
    if hectares.is_empty() {
        return None;
    }
    let total = hectares.iter().position(|heading| roles.iter().any(|(role, known)| *role == "total_ha" && known == heading));
    let counted = total.map_or(&hectares[..], |at| &hectares[at..=at]);
    let Ok(sign) = decimal::of_columns(&table.table, &hectares, None) else {
        return Some(
            lang.pick("chưa rõ dấu thập phân: khai báo decimal", "the decimal sign is not clear: declare decimal").to_owned(),
        );
    };
    // What is odd is said when the project is built.
    let read = |name: &&str| {
        land_units::hectares(&table.table, name, sign, message!("", ""), &mut Problems::default()).unwrap_or_default()
    };
    let sum = exact::sum(counted.iter().flat_map(read).flatten());
    let (sum, sign) = (numbers::format(sum, 1, lang), sign.sign());
    Some(match lang {
        Lang::Vi => format!("cộng các dòng: {sum} ha; dấu thập phân \"{sign}\""),
        Lang::En => format!("the rows sum to {sum} ha; decimal sign \"{sign}\""),
    })
}

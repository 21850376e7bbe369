//! Rows that sum other rows: "Tổng cộng", "Cộng xã", "Cộng ấp 1". They are set aside and listed, never read as data.

use super::printed::{self, Printed};
use super::{MISSING, Table, decimal, numeric};
use crate::message;
use crate::run::Problems;
use crate::values::text::{fold, normalise};
use hashbrown::HashSet;
use std::cell::LazyCell;

/// Words that are a total by themselves. Compared with their accents: Cộng Hòa is a commune.
const ALONE: [&str; 12] = [
    "tổng",
    "cộng",
    "tổng cộng",
    "tổng số",
    "cộng chung",
    "tổng chung",
    "cộng dồn",
    "tổng toàn vùng",
    "total",
    "sum",
    "grand total",
    "subtotal",
];

/// Labels of rows that compare or sum others. In a remark the same words say something of a row that counts.
const LABELS: [&str; 7] = ["tc", "bình quân", "kỳ trước", "tuần trước", "cùng kỳ", "cùng kỳ năm trước", "kế hoạch năm"];
const LABELS_BEGIN: [&str; 4] = ["lũy kế", "luỹ kế", "so với ", "trong đó"];

/// Beginnings of a total of everything.
const OF_ALL: [&str; 8] =
    ["tổng cộng ", "tổng số ", "toàn huyện", "toàn tỉnh", "toàn xã", "toàn thị xã", "toàn thành phố", "tổng toàn"];

/// Units of which a total may be: "Cộng xã", "Tổng ấp 1", "Cộng HTX Tân Tiến".
const UNITS: [&str; 27] = [
    "xã",
    "phường",
    "thị trấn",
    "tt",
    "tt.",
    "p.",
    "x.",
    "ấp",
    "thôn",
    "khóm",
    "khu",
    "tổ",
    "bản",
    "huyện",
    "tp",
    "thành phố",
    "thị xã",
    "tỉnh",
    "nhóm",
    "htx",
    "hợp tác xã",
    "công ty",
    "cty",
    "doanh nghiệp",
    "vụ",
    "trà",
    "tuần",
];

fn plain(text: &str) -> String {
    normalise(&text.split_whitespace().collect::<Vec<_>>().join(" ")).to_lowercase()
}

/// Whether a text names a row of totals.
pub fn is_total(text: &str) -> bool {
    let lower = plain(text);
    let lower = lower.trim_end_matches([':', '.', ' ']);
    if ALONE.contains(&lower) || OF_ALL.iter().any(|start| lower.starts_with(start)) {
        return true;
    }
    let Some(rest) = of_something(lower) else { return false };
    // "Cộng (I)", "Cộng 1 + 2", "Cộng A".
    let marks = rest.chars().all(|c| !c.is_alphabetic() || matches!(c, 'i' | 'v' | 'x')) || rest.chars().count() <= 1;
    marks || UNITS.iter().any(|unit| rest == *unit || rest.strip_prefix(unit).is_some_and(|after| after.starts_with([' ', ':'])))
}

/// Whether a text that a row begins with says that the row is none of data: "Bình quân", "So với kỳ trước", "Trong đó: lúa thơm".
pub fn is_label(text: &str) -> bool {
    let lower = plain(text);
    let lower = lower.trim_end_matches([':', '.', ' ']);
    LABELS.contains(&lower) || LABELS_BEGIN.iter().any(|start| lower.starts_with(start))
}

/// Whether a text names no commune but what lies above one, or nothing: a sum of all may stand there.
pub fn is_of_district(text: &str) -> bool {
    let lower = plain(text);
    lower.is_empty()
        || ["huyện ", "h. ", "tỉnh ", "thành phố ", "tp ", "tp. ", "tp.", "thị xã ", "tx. "]
            .iter()
            .any(|kind| lower.starts_with(kind))
}

/// What a text that may be a total is the total of: "Long Khánh A" of "Cộng Long Khánh A".
pub fn total_of(text: &str) -> Option<String> {
    of_something(&plain(text)).map(str::to_owned)
}

fn of_something(lower: &str) -> Option<&str> {
    // A corporation is no sum.
    if lower.starts_with("tổng công ty") || lower.starts_with("tổng cty") {
        return None;
    }
    let rest = ["cộng", "tổng"].iter().find_map(|word| lower.strip_prefix(word))?;
    rest.starts_with([' ', ':', '(']).then(|| rest.trim_start_matches([' ', ':']).trim_end_matches([':', '.', ' ']))
}

/// Sets the rows of totals of a text table aside. A text that could be a name counts as a total where what it sums is named in
/// another row of its column.
pub fn set_aside(table: &mut Table, problems: &mut Problems) {
    let mut total = vec![false; table.rows];
    let mut any = false;
    for column in &table.columns {
        let names: LazyCell<HashSet<String>, _> = LazyCell::new(|| column.dictionary.iter().map(plain).collect());
        let sums: Vec<bool> = column.parse(|text| {
            // Ids by the hundred thousand pass by their first letter.
            if !text.starts_with(['C', 'c', 'T', 't', 'S', 's', 'G', 'g']) {
                return false;
            }
            is_total(text) || total_of(text).is_some_and(|of| names.contains(&of))
        });
        // It stands below the numbers of the rows, or below their names.
        let labels = if table.headings.iter().take(2).any(|heading| *heading == column.name) {
            column.parse(is_label)
        } else {
            Vec::new()
        };
        if labels.contains(&true) {
            any = true;
            for (row, &code) in column.codes.iter().enumerate() {
                total[row] |= code != MISSING && labels.get(code as usize) == Some(&true);
            }
        }
        if sums.contains(&true) {
            any = true;
            for (row, &code) in column.codes.iter().enumerate() {
                total[row] |= code != MISSING && sums.get(code as usize) == Some(&true);
            }
        }
    }
    if !any {
        return;
    }
    for row in (0..table.rows).filter(|&row| total[row]) {
        let cells = table.columns.iter().filter_map(|column| column.text(row)).collect::<Vec<_>>().join(" | ");
        let heading = table.columns.first().map_or("", |column| column.name.as_str());
        let message = message!("dòng cộng: không đọc như số liệu", "a row of totals: not read as data");
        problems.info("total-row", table.place(row, heading, &cells), message, None);
    }
    compare_printed(table, &total, problems);
    let kept: Vec<usize> = (0..table.rows).filter(|&row| !total[row]).collect();
    let columns = table
        .columns
        .iter()
        .map(|column| (column.name.clone(), kept.iter().map(|&row| column.text(row).unwrap_or("").to_owned()).collect()))
        .collect();
    let headings = std::mem::take(&mut table.headings);
    *table = table.rebuilt(&kept, columns);
    table.headings = headings;
}

/// Compares the totals of a text table with its rows, by the decimal sign that the table proves.
fn compare_printed(table: &Table, total: &[bool], problems: &mut Problems) {
    let numeric = numeric::columns(table, &[]);
    let names: Vec<&str> = numeric.iter().map(String::as_str).collect();
    let Ok(sign) = decimal::of_columns(table, &names, None) else { return };
    let text = |name: &&str, row: usize| table.column(name).and_then(|column| column.text(row)).unwrap_or("").to_owned();
    let rows: Vec<Printed> = (0..table.rows)
        .map(|row| {
            let mut words = table.columns.iter().filter_map(|column| column.text(row));
            let label = if total[row] { words.find(|text| text.chars().any(char::is_alphabetic)).unwrap_or("") } else { "" };
            let cells = names.iter().map(|name| text(name, row)).collect();
            Printed { total: total[row], label: label.to_owned(), cells }
        })
        .collect();
    for difference in printed::differences(&numeric, &rows, sign) {
        let (row, column) = (difference.row, difference.column);
        difference.report(table.place(row, names[column], &rows[row].cells[column]), problems);
    }
}

/// Words of all pests, or all enterprises, together.
const ALL_TOGETHER: [&str; 6] = ["tat ca", "chung", "toan bo", "cac loai", "cac doi tuong", "all"];

/// Whether a text names no thing but all of them: "Tổng các loại", "Các loại sâu bệnh", "Tất cả".
pub fn names_all(text: &str) -> bool {
    let (folded, lower) = (fold(text), text.trim().to_lowercase());
    // A corporation has "Tổng" in its name.
    if ["tong cong ty", "tong cty", "tong ct "].iter().any(|word| folded.starts_with(word)) {
        return false;
    }
    // With their accents: "Công ty A" is no sum.
    let sums = ["tổng", "cộng", "tong"].iter().any(|word| lower == *word || lower.starts_with(&format!("{word} ")));
    let of_all = ["cac loai ", "cac doanh nghiep", "cac cong ty", "tat ca "].iter().any(|word| folded.starts_with(word));
    !folded.is_empty() && (sums || of_all || ALL_TOGETHER.contains(&folded.as_str()) || is_total(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_told_from_names() {
        for text in [
            "Cộng",
            "TỔNG CỘNG:",
            "Cộng xã",
            "Cộng ấp 1",
            "Cộng xã Long Khánh A",
            "Cộng (I)",
            "Cộng: ",
            "Tổng HTX",
            "Cộng I + II",
        ] {
            assert!(is_total(text), "{text}");
        }
        for text in ["Cộng Hòa", "Xã Cộng Hòa", "Tổng Công ty Lương thực", "Cộng Long Khánh A", "Tổng Cọt", "Tân Tiến"]
        {
            assert!(!is_total(text), "{text}");
        }
        assert_eq!(total_of("Cộng  Long Khánh A").as_deref(), Some("long khánh a"));
    }
}

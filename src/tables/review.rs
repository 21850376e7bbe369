//! What a person should look at again: the sheet "Cần xem lại" of the workbook.

use super::sheet::{Cell, Figures, Heading, Sheet};
use crate::message;
use crate::run::{Level, Problems};
use crate::values::Lang;

/// Rows of the sheet; `problems.csv` has them all.
const MOST: usize = 500;

/// The problems known so far that ask for a person, those that cost most hectares first.
pub fn review(problems: &Problems, lang: Lang) -> Option<Sheet> {
    let list: Vec<_> = problems.by_weight().into_iter().filter(|problem| problem.level != Level::Info).collect();
    let left = list.len().saturating_sub(MOST);
    let mut rows: Vec<Vec<Cell>> = list
        .into_iter()
        .take(MOST)
        .map(|problem| {
            let level = if problem.level == Level::Error { lang.pick("lỗi", "error") } else { lang.pick("chú ý", "warning") };
            let place = &problem.place;
            vec![
                level.into(),
                place.file.as_str().into(),
                place.row.map_or(String::new(), |row| row.to_string()).as_str().into(),
                place.column.as_str().into(),
                place.value.as_str().into(),
                problem.problem.get(lang).into(),
                problem.hint.as_ref().map_or("", |hint| hint.get(lang)).into(),
                place.hectares.map_or_else(|| Cell::from(""), Cell::from),
            ]
        })
        .collect();
    if left > 0 {
        let more = message!("còn {left} dòng nữa trong problems.csv", "{left} more rows stand in problems.csv");
        rows.push([more.get(lang)].into_iter().chain([""; 7]).map(Cell::from).collect());
    }
    let headings = [
        ("level", message!("Mức", "Level")),
        ("file", message!("Tệp", "File")),
        ("row", message!("Dòng", "Row")),
        ("column", message!("Cột, ô", "Column, cell")),
        ("value", message!("Giá trị", "Value")),
        ("problem", message!("Vấn đề", "Problem")),
        ("hint", message!("Nên làm", "What to do")),
        ("hectares", message!("Diện tích (ha)", "Hectares")),
    ];
    (!rows.is_empty()).then(|| Sheet {
        id: "review",
        title: message!("Cần xem lại", "To look at"),
        headings: headings.into_iter().map(|(id, title)| Heading::new(id, title, Figures::Tenths)).collect(),
        rows,
        totals: None,
    })
}

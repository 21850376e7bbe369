//! What the numbers rest on, for people: the sheet "Nguồn và cách tính" of the workbook.

use super::sheet::{Figures, Heading, Sheet};
use crate::message;
use crate::model::Joined;
use crate::run::Record;
use crate::values::Lang;
use crate::words::{caveats, method};

/// Files that were read, then how the numbers are made and what must be said of them.
pub fn basis(joined: &Joined, record: &Record, lang: Lang) -> Sheet {
    let mut rows: Vec<Vec<super::Cell>> = record
        .inputs
        .iter()
        .map(|input| {
            let rows = match (input.rows, lang) {
                (0, _) => String::new(),
                (rows, Lang::Vi) => format!("{rows} dòng hoặc hình"),
                (rows, Lang::En) => format!("{rows} rows or shapes"),
            };
            vec![lang.pick("Tệp", "File").into(), input.file.as_str().into(), rows.as_str().into()]
        })
        .collect();
    let sentence = |what: &str, words: String| vec![what.into(), words.as_str().into(), "".into()];
    rows.extend(method(joined, lang).into_iter().map(|words| sentence(lang.pick("Cách tính", "Method"), words)));
    rows.extend(caveats(joined, None, true, lang).into_iter().map(|words| sentence(lang.pick("Lưu ý", "Note"), words)));
    Sheet {
        id: "basis",
        title: message!("Nguồn và cách tính", "Sources and method"),
        headings: vec![
            Heading::new("what", message!("Mục", "Item"), Figures::Words),
            Heading::new("words", message!("Nội dung", "Content"), Figures::Words),
            Heading::new("rows", message!("Số dòng", "Rows"), Figures::Whole),
        ],
        rows,
        totals: None,
    }
}

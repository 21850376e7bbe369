//! What a meeting has to decide on: the fields to treat first, and lines to write on.

use super::Brief;
use crate::model::{When, of_period};
use crate::ooxml::{Align, Cell, Rows};
use crate::run::{Problems, Result};
use crate::tables::worklist::{WorkWanted, worklist};
use crate::tables::{self, Sheet};
use crate::values::{Lang, Value, numbers};

/// The fields to treat first.
pub struct Decide {
    /// Those shown
    pub rows: Rows,
    /// What the whole list comes to
    pub total: Total,
}

/// Fields at medium or worse, and the hectares of those that can be treated now.
pub struct Total {
    count: usize,
    hectares: f64,
    unplaced: usize,
}

impl Total {
    /// In words; how many of them are `shown`, if any are.
    pub fn said(&self, shown: usize, lang: Lang) -> String {
        let (count, hectares) = (self.count, numbers::format(self.hectares, 1, lang));
        let all = match lang {
            Lang::Vi => format!("{count} thửa nhiễm từ mức trung bình, {hectares} ha, chưa xét thời gian cách ly"),
            Lang::En => format!("{count} fields at medium or worse, {hectares} ha; days to harvest are not looked at"),
        };
        let all = match (self.unplaced, lang) {
            (0, _) => all,
            (few, Lang::Vi) => format!("{all}; {few} thửa chưa rõ ở xã nào, không kể trong số ha"),
            (few, Lang::En) => format!("{all}; {few} of them in no known commune, not among the hectares"),
        };
        match (shown == 0 || shown >= count, lang) {
            (true, _) => all,
            (false, Lang::Vi) => format!("{all}; {shown} thửa đầu theo mức nhiễm và diện tích liên kết"),
            (false, Lang::En) => format!("{all}; the first {shown} by severity and contract"),
        }
    }
}

/// The fields to treat first; nothing without fields that are hit.
pub fn decide(brief: &Brief, most: usize) -> Result<Option<Decide>> {
    let (render, lang) = (brief.render, brief.lang());
    let (Some(_), Some(accounts)) = (&render.joined.fields, of_period(render.periods, When::Current)) else { return Ok(None) };
    if render.joined.forecast_target() != Some(crate::join::Target::Fields) {
        return Ok(None);
    }
    let wanted = WorkWanted { severity: 2, pest: None, commune: None, pre_harvest: None };
    // What it finds about the data is told where the list itself is asked for.
    let list = worklist(render.joined, accounts, &wanted, lang, &mut Problems::default())?;
    if list.sheet.rows.is_empty() {
        return Ok(None);
    }
    let columns = ["field_id", "commune", "severity", "pests", "area_ha", "linked_ha", "enterprise"];
    let head = |words: &str| Cell { align: Align::Middle, ..Cell::text(words) };
    let mut heads: Vec<Cell> = columns.iter().map(|id| head(title(&list.sheet, id, lang))).collect();
    heads.push(head(lang.pick("Quyết định", "Decision")));
    let rows = list.sheet.rows.iter().take(most).map(|row| {
        let mut cells: Vec<Cell> = columns.iter().map(|id| cell(&list.sheet, row, id, lang)).collect();
        cells.push(Cell { blank: true, ..Cell::default() });
        cells
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let total = Total { count: list.sheet.rows.len(), hectares: list.hectares, unplaced: list.unplaced };
    Ok(Some(Decide { rows: Rows { widths: vec![9.0, 17.0, 8.0, 31.0, 9.0, 9.0, 25.0, 13.0], heads: vec![heads], rows }, total }))
}

fn title<'a>(sheet: &'a Sheet, id: &str, lang: Lang) -> &'a str {
    sheet.headings.iter().find(|heading| heading.id == id).map_or("", |heading| heading.title.get(lang))
}

fn cell(sheet: &Sheet, row: &[tables::Cell], id: &str, lang: Lang) -> Cell {
    let Some(at) = sheet.headings.iter().position(|heading| heading.id == id) else { return Cell::default() };
    match &row[at] {
        tables::Cell::Text(words) => Cell::text(words.as_str()),
        tables::Cell::Value(Value::Number(number)) if id == "severity" => {
            Cell { align: Align::Middle, ..Cell::text(crate::values::severity::name(*number as u8, lang)) }
        }
        tables::Cell::Value(Value::Number(number)) => Cell::number(numbers::format(*number, sheet.headings[at].decimals, lang)),
        tables::Cell::Value(other) => Cell::number(other.words(lang)),
    }
}

/// Lines to write on: what is decided, by whom, until when.
pub fn lines(lang: Lang, count: usize) -> Rows {
    let head = |vi: &str, en: &str| Cell { align: Align::Middle, ..Cell::text(lang.pick(vi, en)) };
    let blank = || Cell { blank: true, ..Cell::default() };
    Rows {
        widths: vec![6.0, 60.0, 26.0, 16.0],
        heads: vec![vec![
            head("TT", "No."),
            head("Việc cần làm", "What is to be done"),
            head("Đơn vị, người làm", "Who"),
            head("Xong trước ngày", "Until"),
        ]],
        rows: (1..=count)
            .map(|number| {
                let order = Cell { align: Align::Middle, ..Cell::text(number.to_string()) };
                vec![order, blank(), blank(), blank()]
            })
            .collect(),
    }
}

//! What a meeting has to decide on: the fields to treat first, and lines to write on.

use super::Brief;
use super::sheets::of_sheet;
use crate::model::{When, of_period};
use crate::ooxml::{Align, Cell, Rows};
use crate::run::{Problems, Result};
use crate::tables::worklist::{WorkWanted, worklist};
use crate::values::{Lang, numbers};

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
    let columns = [
        ("field_id", 9.0),
        ("commune", 17.0),
        ("severity", 9.5),
        ("pests", 28.5),
        ("area_ha", 9.0),
        ("linked_ha", 10.0),
        ("enterprise", 25.0),
    ];
    let mut rows = of_sheet(&list.sheet, &columns, list.sheet.rows.iter().take(most), lang);
    rows.widths.push(13.0);
    rows.heads[0].push(Cell { align: Align::Middle, ..Cell::text(lang.pick("Quyết định", "Decision")) });
    rows.rows.iter_mut().for_each(|row| row.push(Cell { blank: true, ..Cell::default() }));
    let total = Total { count: list.sheet.rows.len(), hectares: list.hectares, unplaced: list.unplaced };
    Ok(Some(Decide { rows, total }))
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

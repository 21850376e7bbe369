//! Days that a spreadsheet set for month-first dates took apart: what was typed as 3/4/2024 became a date cell of 4 March, and
//! 13/04/2024 stayed text, since there is no month 13.

use crate::input::{Column, Table};
use crate::message;
use crate::run::{Place, Problems};
use crate::values::dates::{self, Order};
use chrono::{Datelike, NaiveDate};

/// Fewer of either kind prove nothing.
const LEAST: usize = 2;
/// A day later than this cannot be a month.
const MONTHS: u32 = 12;

/// A text of a date cell.
fn of_cell(text: &str) -> Option<NaiveDate> {
    (text.len() == "2024-04-13".len() && text.as_bytes().get(4) == Some(&b'-')).then(|| text.parse().ok()).flatten()
}

/// A typed day that reads day first alone.
fn typed(text: &str) -> Option<NaiveDate> {
    let day = dates::parse_in(text.trim(), Order::DayFirst)?;
    let first: String = text.trim().chars().take_while(char::is_ascii_digit).collect();
    (day.day() > MONTHS && first.parse() == Ok(day.day())).then_some(day)
}

/// The date cells of a column turned back, where every one could be turned, every typed day could not, and so they lie closer together.
fn turned(column: &Column) -> Option<Vec<(String, String)>> {
    let (mut cells, mut texts) = (Vec::new(), Vec::new());
    for text in column.dictionary.iter().filter(|text| !text.trim().is_empty()) {
        match (of_cell(text), typed(text)) {
            (Some(day), _) if day.day() <= MONTHS => cells.push((text, day)),
            (None, Some(day)) => texts.push(day),
            _ => return None,
        }
    }
    if cells.len() < LEAST || texts.len() < LEAST {
        return None;
    }
    let back: Vec<NaiveDate> =
        cells.iter().map(|(_, day)| NaiveDate::from_ymd_opt(day.year(), day.day(), day.month())).collect::<Option<_>>()?;
    let spread = |days: &[NaiveDate]| {
        let all = || days.iter().chain(&texts);
        all().max().zip(all().min()).map(|(last, first)| (*last - *first).num_days())
    };
    let as_they_are: Vec<NaiveDate> = cells.iter().map(|(_, day)| *day).collect();
    (spread(&back) < spread(&as_they_are))
        .then(|| cells.iter().zip(back).map(|((text, _), day)| ((*text).to_owned(), day.to_string())).collect())
}

/// Turns such days back, and says how many.
pub fn mend(table: &mut Table, problems: &mut Problems) {
    let found: Vec<(String, Vec<(String, String)>)> =
        table.columns.iter().filter_map(|column| Some((column.name.clone(), turned(column)?))).collect();
    for (heading, days) in found {
        let Some(column) = table.column(&heading) else { continue };
        let mut count = 0;
        let texts: Vec<String> = (0..table.rows)
            .map(|row| {
                let text = column.text(row).unwrap_or("");
                let back = days.iter().find(|(known, _)| known == text);
                count += usize::from(back.is_some());
                back.map_or(text, |(_, day)| day).to_owned()
            })
            .collect();
        let example = days.first().map_or("", |(text, _)| text).to_owned();
        problems.warning(
            "swapped-days",
            Place::file(&table.file).column(&heading).value(example),
            message!(
                "{count} ô ngày bị Excel đổi ngày với tháng (các ô gõ ngày sau 12 vẫn là chữ): đã đổi lại",
                "{count} date cells had day and month exchanged by the spreadsheet (typed days after the 12th stayed text): turned back"
            ),
            Some(message!("kiểm tra vài dòng; gõ lại thành ngày thật", "check some rows; type them again as dates")),
        );
        table.replace(&heading, &texts);
    }
}

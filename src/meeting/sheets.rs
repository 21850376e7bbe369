//! Sheets of numbers as tables of a document: some of their columns and rows.

use crate::ooxml::{Align, Cell, Rows};
use crate::tables::{self, Sheet};
use crate::values::dates::{format_day, written_day};
use crate::values::{Lang, Value, numbers};

/// A table of the columns with these ids, those that the sheet has, and of these rows.
pub fn of_sheet<'a>(
    sheet: &'a Sheet,
    columns: &[(&str, f32)],
    rows: impl Iterator<Item = &'a Vec<tables::Cell>>,
    lang: Lang,
) -> Rows {
    let kept: Vec<(usize, f32)> = columns
        .iter()
        .filter_map(|(id, wide)| Some((sheet.headings.iter().position(|heading| heading.id == *id)?, *wide)))
        .collect();
    let head = |at: usize| Cell { align: Align::Middle, ..Cell::text(sheet.headings[at].title.get(lang)) };
    Rows {
        widths: kept.iter().map(|(_, wide)| *wide).collect(),
        heads: vec![kept.iter().map(|(at, _)| head(*at)).collect()],
        rows: rows.map(|row| kept.iter().map(|(at, _)| cell(sheet, row, *at, lang)).collect()).collect(),
    }
}

fn cell(sheet: &Sheet, row: &[tables::Cell], at: usize, lang: Lang) -> Cell {
    let (heading, middle) = (&sheet.headings[at], |words: String| Cell { align: Align::Middle, ..Cell::text(words) });
    match &row[at] {
        tables::Cell::Text(words) => match written_day(words) {
            Some(day) => middle(format_day(day)),
            None => Cell::text(words.as_str()),
        },
        tables::Cell::Value(Value::Number(number)) if heading.id == "severity" => {
            middle(crate::values::severity::name(*number as u8, lang).to_owned())
        }
        tables::Cell::Value(Value::Number(number)) => {
            Cell::of(*number, numbers::format(*number, sheet.figures(row, at).decimals(), lang))
        }
        tables::Cell::Value(other) => Cell::number(other.words(lang)),
    }
}

//! Years and days as headings: a column for each year of a plan, for each week of a sowing.

use crate::values::dates;
use crate::workbook::grid::{Cell, Row};
use chrono::Datelike;

/// Fewer days than these may be those of a row of data.
const FEWEST: usize = 3;

/// Whether the figures of a row are years, or days each after the one before it, beside words: headings.
pub fn are_headings(row: &Row) -> bool {
    row.cells.first().is_some_and(|(_, cell)| !cell.is_figure()) && (of_years(row) || of_days(row) || of_a_month(row))
}

fn of_years(row: &Row) -> bool {
    let figures: Vec<&Cell> = row.cells.iter().map(|(_, cell)| cell).filter(|cell| cell.is_figure()).collect();
    figures.len() < row.cells.len()
        && figures.iter().all(|cell| cell.text().trim().parse::<u32>().is_ok_and(|year| (1900..2100).contains(&year)))
}

/// 1, 2, 3… as far as a week or a month goes.
fn of_a_month(row: &Row) -> bool {
    let figures: Vec<String> = row
        .cells
        .iter()
        .map(|(_, cell)| cell)
        .filter(|cell| cell.is_figure())
        .map(|cell| cell.text().trim().to_owned())
        .collect();
    (7..=31).contains(&figures.len()) && figures.iter().zip(1..).all(|(text, day): (&String, u32)| text.parse() == Ok(day))
}

fn of_days(row: &Row) -> bool {
    let figures = row.cells.iter().map(|(_, cell)| cell).filter(|cell| cell.is_figure() || day(cell).is_some());
    let days: Option<Vec<(u32, u32, u32)>> = figures.map(day).collect();
    days.is_some_and(|days| days.len() >= FEWEST && days.is_sorted_by(|a, b| a < b))
}

/// Year, month and day; without a year those of one.
fn day(cell: &Cell) -> Option<(u32, u32, u32)> {
    let (Cell::Date(text) | Cell::Text(text)) = cell else { return None };
    // Of a stretch of days, "29/3-04/4", the first.
    let text = text.split(['-', '–']).next().filter(|first| first.contains('/')).unwrap_or(text);
    if let Some((day, month)) = text.trim().split_once('/')
        && let (Ok(day), Ok(month)) = (day.trim().parse::<u32>(), month.trim().parse::<u32>())
    {
        return ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some((0, month, day));
    }
    let date = dates::parse(text.trim())?;
    Some((date.year().unsigned_abs(), date.month(), date.day()))
}

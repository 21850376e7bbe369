//! Where the headings of a table stand: above the first row of data.

use super::{days, groups};
use crate::values::written;
use crate::workbook::grid::{Grid, Row};

/// Rows looked at to find the headings.
const LOOK: usize = 400;
/// Headings of more rows than this are no headings.
const MOST_HEADER_ROWS: usize = 4;
/// Rows of figures below one another that are a table.
const LEAST_RUN: usize = 3;
/// Units that stand below headings and behind no number.
const OTHER_UNITS: [&str; 2] = ["công", "lít"];

/// The rows of headings that the project declares.
pub fn declared<'a>(rows: &[&'a Row], count: u32) -> Option<Vec<&'a Row>> {
    let first = rows.first()?.number;
    Some(rows.iter().filter(|row| row.number < first.saturating_add(count.max(1))).copied().collect())
}

/// 1, 2, 3… or (1), (2), (3)…, with letters and sums among them, as printed below headings.
pub fn numbers_columns(row: &Row) -> bool {
    let mut expected = 1;
    let mut counted = 0;
    for (_, cell) in &row.cells {
        let text = cell.text();
        // "(7)=(4)+(5)+(6)" is column 7 and how it is computed.
        let plain = text.split('=').next().unwrap_or("").trim().trim_matches(|c| matches!(c, '(' | ')' | '[' | ']'));
        if let Ok(number) = plain.parse::<u32>() {
            if number != expected {
                return false;
            }
            expected += 1;
            counted += 1;
        } else if plain.chars().count() > 8 || !plain.chars().all(is_of_formula) {
            return false;
        }
    }
    counted >= 2 && counted * 2 >= row.cells.len()
}

/// Position of the first row of data: as wide as most, with a figure in it, or else below the first wide row.
pub fn first_data(grid: &Grid, rows: &[&Row]) -> Option<usize> {
    let widest = rows.iter().take(LOOK).map(|row| row.cells.len()).max()?;
    if widest < 2 {
        // A list of one column: its first row is the heading.
        return (rows.len() >= 2).then_some(1);
    }
    let wide = |row: &Row| 2 * row.cells.len() >= widest && row.cells.len() >= 2;
    let figures = |row: &Row| row.cells.iter().filter(|(_, cell)| cell.is_figure()).count();
    let is_data = |row: &Row| {
        wide(row) && figures(row) > 0 && !numbers_columns(row) && !days::are_headings(row) && !is_below_heading(grid, row)
    };
    let data = rows.iter().take(LOOK).position(|row| is_data(row));
    // Figures in the text of a report, as of the weather, have no headings above and no row of their kind below.
    let in_text = |at: usize| at > 0 && rows[at - 1].cells.len() < 2 && !rows.get(at + 1).is_some_and(|row| is_data(row));
    let table = |from: usize| {
        let run = |at: &usize| rows.get(*at..at + LEAST_RUN).is_some_and(|run| run.iter().all(|row| is_data(row)));
        (from + 1..rows.len().min(LOOK)).find(run).filter(|at| rows[at - 1].cells.len() >= 2)
    };
    let data = data.map(|at| if in_text(at) { table(at).unwrap_or(at) } else { at });
    match data {
        Some(0) | None => rows.iter().position(|row| wide(row)).map(|at| at + 1),
        Some(at) => Some(at),
    }
}

/// Letters of columns and what computes one of others: "A", "(3+4)".
fn is_of_formula(c: char) -> bool {
    c.is_ascii_uppercase() || c.is_ascii_digit() || "+-*/:%. ()".contains(c)
}

/// Whether headings merged downwards reach into a row: wards may be called by their numbers there.
fn is_below_heading(grid: &Grid, row: &Row) -> bool {
    let left = row.cells.first().map_or(0, |&(column, _)| column);
    (0..left).any(|column| grid.origin(row.number, column).0 < row.number && grid.shown(row.number, column).is_some())
}

/// The rows of headings directly above a row of data.
pub fn above<'a>(grid: &Grid, rows: &[&'a Row], data: usize) -> Vec<&'a Row> {
    let mut header: Vec<&Row> = Vec::new();
    let mut reached = 0;
    let last_column =
        rows.iter().skip(data).take(LOOK).filter_map(|row| row.cells.last()).map(|&(column, _)| column).max().unwrap_or(0);
    for (at, row) in rows[..data].iter().enumerate().rev() {
        if header.is_empty() {
            // A group may open before the first row of data.
            let opens = groups::marked(rows, at, rows.get(data).map_or(0, |row| row.cells.len())).is_some();
            let numbers = numbers_columns(row) && !is_below_heading(grid, row);
            if !numbers && row.cells.len() >= 2 && !opens {
                header.push(row);
                reached = row.number;
            }
            continue;
        }
        let top = header[header.len() - 1];
        if header.len() == MOST_HEADER_ROWS || row.number + 1 != reached {
            break;
        }
        reached = row.number;
        // Numbers of columns may stand between headings and their units.
        if numbers_columns(row) && !is_below_heading(grid, row) {
            continue;
        }
        let spans = |number: u32| {
            grid.merges.iter().filter(move |merge| merge[0] == number).map(|merge| (merge[3] - merge[1] + 1, merge[1]))
        };
        let reaches_up = (0..=last_column).any(|column| grid.origin(top.number, column).0 < top.number);
        let groups =
            spans(row.number).any(|(width, left)| width >= 2 && width <= last_column && !(left == 0 && width == last_column + 1));
        let fills = row.cells.len() >= 2
            && row.cells.iter().any(|&(column, _)| grid.shown(top.number, column).is_none() && column <= last_column)
            && row.cells.iter().all(|(_, cell)| !cell.is_figure());
        if !(reaches_up || (groups && row.cells.len() >= 2) || fills || are_units(top) && row.cells.len() >= 2) {
            break;
        }
        header.push(row);
    }
    if header.is_empty() && data > 0 {
        header.push(rows[data - 1]);
    }
    header.reverse();
    header
}

/// Whether a row holds units and nothing else.
fn are_units(row: &Row) -> bool {
    row.cells.iter().all(|(_, cell)| {
        let text = cell.text().to_lowercase();
        let bare = text.trim().trim_start_matches('(').trim_end_matches(')');
        written::is_unit(bare) || OTHER_UNITS.contains(&bare)
    })
}

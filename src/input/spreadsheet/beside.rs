//! Tables side by side in one sheet.

use crate::input::identifiers;
use crate::values::text::fold;
use crate::workbook::grid::{Cell, Grid, letters};

/// Column at which a second table begins beside the first: its names stand below the heading that those of the first have, and an empty
/// column parts the two.
pub fn start(grid: &Grid, columns: &[(u32, String)], body: impl Iterator<Item = u32> + Clone) -> Option<u32> {
    let is_order = |at: usize| identifiers::counts_rows(&columns[at].1);
    let names = (0..columns.len()).find(|&at| !is_order(at))?;
    let of_words = |at: usize| {
        let cells = || body.clone().filter_map(|row| grid.at(row, columns[at].0));
        let words = cells().filter(|cell| matches!(cell, Cell::Text(_)) && !cell.is_figure()).count();
        words >= 2 && 2 * words > cells().count()
    };
    let heading = fold(&columns[names].1);
    if heading.is_empty() || !of_words(names) {
        return None;
    }
    let second = (names + 2..columns.len()).find(|&at| fold(&columns[at].1) == heading && of_words(at))?;
    let start = if is_order(second - 1) { second - 1 } else { second };
    (columns[start].0 > columns[start - 1].0 + 1).then_some(columns[start].0)
}

/// Columns from one to another as a stretch of cells: `E:G`.
pub fn stretch(from: u32, to: u32) -> String {
    format!("{}:{}", letters(from), letters(to))
}

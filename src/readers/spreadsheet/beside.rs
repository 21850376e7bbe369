//! Tables side by side in one sheet.

use super::find::{self, Found, Layout};
use crate::input::identifiers;
use crate::values::text::{fold, ordered};
use crate::workbook::grid::{Cell, Grid, letters};
use hashbrown::HashSet;

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
    let gap = columns[start].0 > columns[start - 1].0 + 1;
    let again = || {
        start >= 2
            && columns.len().is_multiple_of(start)
            && (start..columns.len()).all(|at| same(&columns[at], &columns[at % start]))
    };
    (gap || again()).then_some(columns[start].0)
}

fn same(a: &(u32, String), b: &(u32, String)) -> bool {
    fold(&a.1) == fold(&b.1)
}

/// A second table that goes on beside the first under the same headings.
pub struct Continued {
    /// Where it stands
    pub found: Found,
    /// What stands right above each of the two, where both have a title
    pub titles: Option<[String; 2]>,
}

/// The second table, if it is more of the first: its rows have other names, or each has a title of its own. The same names without a word
/// on what the second is are another thing.
pub fn continued(grid: &Grid, found: &Found, layout: &Layout) -> Option<Continued> {
    let [from, to] = found.beside?;
    let mut right = grid.clone();
    right.crop([0, from, u32::MAX, to]);
    let other = find::find(&right, layout)?;
    let alike = other.columns.len() == found.columns.len()
        && other.header == found.header
        && other.columns.iter().zip(&found.columns).all(|(a, b)| same(a, b));
    if !alike {
        return None;
    }
    let at = found.columns.iter().position(|(_, heading)| !identifiers::counts_rows(heading))?;
    let names = |of: &Found| -> HashSet<String> {
        of.body.iter().filter_map(|row| Some(fold(&grid.at(*row, of.columns[at].0)?.text()))).collect()
    };
    let first = *found.header.first()?;
    let above = grid.rows.iter().rfind(|row| row.number < first);
    let title = |columns: std::ops::Range<u32>| {
        let mut cells = above?.cells.iter().filter(|(column, cell)| columns.contains(column) && !cell.is_figure());
        let text = cells.next().map(|(_, cell)| cell.text())?;
        let bare = ordered(&text).map_or(text.as_str(), |(_, rest)| rest).trim_end_matches([':', ' ']).to_owned();
        cells.next().is_none().then_some(bare)
    };
    let titles = title(0..from).zip(title(from..to + 1)).filter(|(left, right)| left != right).map(|(left, right)| [left, right]);
    (titles.is_some() || names(found).is_disjoint(&names(&other))).then_some(Continued { found: other, titles })
}

/// Columns from one to another as a stretch of cells: `E:G`.
pub fn stretch(from: u32, to: u32) -> String {
    format!("{}:{}", letters(from), letters(to))
}

//! Where the table of a sheet is: below titles, with headings of several rows and merged cells, with group rows and
//! totals between its rows, and footers after them.

use super::groups::{self, Groups};
use super::{beside, header};
use crate::input::totals;
use crate::values::Period;
use crate::values::text::one_line;
use crate::workbook::grid::{Cell, Grid, Row};
use hashbrown::HashMap;

/// What the project file says about a sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    /// Rows of headings
    pub header_rows: Option<u32>,
    /// Rows above the headings
    pub skip: Option<u32>,
}

/// Why a row is no row of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aside {
    /// Above the headings
    Title,
    /// 1, 2, 3… below the headings
    ColumnNumbers,
    /// Headings written again
    Repeated,
    /// Names the group of the rows below it
    Group,
    /// Sums rows that are there
    Total,
    /// Below the table: notes, places for signatures
    Footer,
    /// Another table below, with headings of its own
    Another,
}

/// A table found in a sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Rows of the headings, as numbers in the sheet
    pub header: Vec<u32>,
    /// (column in the sheet, heading)
    pub columns: Vec<(u32, String)>,
    /// Rows of data
    pub body: Vec<u32>,
    /// The group of each row of data, if there are groups: the innermost
    pub groups: Vec<Option<String>>,
    /// The outermost group of each row of data, where groups lie within groups
    pub outer: Vec<Option<String>>,
    /// The period that the title of its table states, where tables stand one below the other
    pub periods: Vec<Option<Period>>,
    /// First row looked at
    pub top: u32,
    /// Row at which another table begins, with headings of its own
    pub another: Option<u32>,
    /// First and last column of another table beside this one
    pub beside: Option<[u32; 2]>,
    /// Rows that are no data
    pub aside: Vec<(u32, Aside)>,
}

/// Finds the table; `None` if the sheet holds nothing like one.
pub fn find(grid: &Grid, layout: &Layout) -> Option<Found> {
    let first = layout.skip.unwrap_or(0);
    let rows: Vec<&Row> = grid.rows.iter().filter(|row| row.number >= first).collect();
    let headings = match layout.header_rows {
        Some(count) => header::declared(&rows, count)?,
        None => header::above(grid, &rows, header::first_data(grid, &rows)?),
    };
    let mut found = Found { header: headings.iter().map(|row| row.number).collect(), top: first, ..Found::default() };
    let above = *found.header.first()?;
    found.aside.extend(grid.rows.iter().filter(|row| row.number < above).map(|row| (row.number, Aside::Title)));
    let from = found.header.last().map_or(0, |last| last + 1);
    let rest: Vec<&Row> = rows.iter().filter(|row| row.number >= from).copied().collect();
    found.columns = columns(grid, &headings, &rest);
    if let Some(start) = beside::start(grid, &found.columns, rest.iter().map(|row| row.number)) {
        found.beside = found.columns.last().map(|(last, _)| [start, *last]);
        found.columns.retain(|(column, _)| *column < start);
    }
    let title = grid.rows.iter().rfind(|row| row.number < above);
    sort_rows(grid, &rest, title, &mut found);
    Some(found)
}

/// Columns that have a heading or data, with headings of several rows joined by " / ".
fn columns(grid: &Grid, header: &[&Row], body: &[&Row]) -> Vec<(u32, String)> {
    let mut used: HashMap<u32, ()> = HashMap::new();
    for row in header.iter().chain(body) {
        used.extend(row.cells.iter().map(|&(column, _)| (column, ())));
    }
    for row in header {
        for merge in grid.merges.iter().filter(|merge| (merge[0]..=merge[2]).contains(&row.number) && merge[3] - merge[1] < 64) {
            used.extend((merge[1]..=merge[3]).map(|column| (column, ())));
        }
    }
    let mut order: Vec<u32> = used.into_keys().collect();
    order.sort_unstable();
    let has_data: hashbrown::HashSet<u32> = body.iter().flat_map(|row| row.cells.iter().map(|&(column, _)| column)).collect();
    let mut list: Vec<(u32, String)> = Vec::new();
    // Without merged cells the word of a group stands over its first column only.
    let mut carried: Vec<Option<(String, u32)>> = vec![None; header.len()];
    for &column in &order {
        let mut parts: Vec<String> = Vec::new();
        for (level, row) in header.iter().enumerate() {
            let own = grid.shown(row.number, column).map(|cell| one_line(&cell.text())).filter(|text| !text.is_empty());
            let below = header.get(level + 1).and_then(|next| grid.at(next.number, column)).is_some();
            if let Some(text) = &own {
                carried[level] = (below && grid.at(row.number, column).is_some()).then(|| (text.clone(), column));
            }
            let text = own.or_else(|| {
                let (text, at) = carried[level].clone()?;
                (below && at + 1 == column && level + 1 < header.len()).then(|| {
                    carried[level] = Some((text.clone(), column));
                    text
                })
            });
            if let Some(text) = text
                && parts.last() != Some(&text)
            {
                parts.push(text);
            }
        }
        let heading = parts.join(" / ");
        if heading.is_empty() && !has_data.contains(&column) {
            continue;
        }
        list.push((column, heading));
    }
    list
}

/// Numbers of the rows that sum others: by their words; by the name of what they sum, where that stands above; or because they begin
/// with "Cộng" or "Tổng" and every figure is the sum of those above it since the last total.
fn totals(rows: &[&Row]) -> hashbrown::HashSet<u32> {
    let mut found = hashbrown::HashSet::new();
    let mut named: hashbrown::HashSet<String> = hashbrown::HashSet::new();
    let mut since: HashMap<u32, f64> = HashMap::new();
    for row in rows {
        let (words, figures) = (words_of(row), figures_of(row));
        let of: Vec<String> = words.iter().filter_map(|text| totals::total_of(text)).collect();
        let adds_up = || {
            !figures.is_empty()
                && figures.iter().all(|(column, number)| {
                    since.get(column).is_some_and(|sum| (sum - number).abs() <= 1e-6 * number.abs().max(1.0))
                })
        };
        if words.iter().any(|text| totals::is_total(text))
            || words.first().is_some_and(|text| totals::is_label(text))
            || of.iter().any(|of| named.contains(of))
            || !of.is_empty() && adds_up()
        {
            found.insert(row.number);
            since.clear();
            continue;
        }
        named.extend(words.iter().map(|text| one_line(text).to_lowercase()));
        figures.into_iter().for_each(|(column, number)| *since.entry(column).or_default() += number);
    }
    found.extend(sums_of_all(rows, &found));
    found
}

fn words_of(row: &Row) -> Vec<String> {
    row.cells.iter().filter(|(_, cell)| !cell.is_figure()).map(|(_, cell)| cell.text()).collect()
}

fn figures_of(row: &Row) -> Vec<(u32, f64)> {
    let number = |cell: &Cell| match cell {
        Cell::Number(number) => Some(*number),
        Cell::Text(text) => crate::input::decimal::parse(text, crate::input::Decimal::Dot),
        _ => None,
    };
    row.cells.iter().filter_map(|(column, cell)| Some((*column, number(cell)?))).collect()
}

/// A row: its number, its figures by column, and whether it names nothing below a district.
type Figured = (u32, Vec<(u32, f64)>, bool);

/// The first or last row of a table, where it names a district or nothing at all, or is the only one without a number, and every
/// figure of it is the sum of the others.
fn sums_of_all(rows: &[&Row], totals: &hashbrown::HashSet<u32>) -> Vec<u32> {
    let left = rows.iter().filter_map(|row| row.cells.first()).map(|&(column, _)| column).min();
    let is_numbered = |row: &&&Row| row.cells.first().is_some_and(|(column, cell)| Some(*column) == left && cell.is_figure());
    let counted = rows.iter().filter(|row| !totals.contains(&row.number)).filter(|row| !figures_of(row).is_empty());
    let unnumbered: Vec<u32> = counted.filter(|row| !is_numbered(row)).map(|row| row.number).collect();
    let own: Vec<Figured> = rows
        .iter()
        .filter(|row| !totals.contains(&row.number))
        .map(|row| {
            let unnamed = words_of(row).iter().all(|text| totals::is_of_district(text));
            (row.number, figures_of(row), unnamed || unnumbered == [row.number])
        })
        .filter(|(_, figures, _)| !figures.is_empty())
        .collect();
    let ([first, .., last], 4..) = (&own[..], own.len()) else { return Vec::new() };
    let mut all: HashMap<u32, f64> = HashMap::new();
    own.iter().flat_map(|(_, figures, _)| figures).for_each(|(column, number)| *all.entry(*column).or_default() += number);
    let adds_up = |(_, figures, unnamed): &&Figured| {
        let equal = |(column, number): &(u32, f64)| {
            all.get(column).is_some_and(|sum| (sum - 2.0 * number).abs() <= 1e-6 * number.abs().max(1.0))
        };
        *unnamed && figures.iter().all(equal) && figures.iter().any(|(_, number)| *number != 0.0)
    };
    [first, last].into_iter().filter(adds_up).map(|(number, ..)| *number).collect()
}

fn sort_rows(grid: &Grid, rows: &[&Row], above: Option<&Row>, found: &mut Found) {
    let inside =
        |row: &Row| row.cells.iter().filter(|(column, _)| found.columns.iter().any(|(known, _)| known == column)).count();
    let mut widths: Vec<usize> = rows.iter().map(|row| inside(row)).filter(|&width| width >= 2).collect();
    widths.sort_unstable();
    let usual = widths.get(widths.len() / 2).copied().unwrap_or(1);
    let numeric = rows.iter().filter(|row| row.cells.iter().any(|(_, cell)| cell.is_figure())).count() * 2 >= rows.len();
    let is_data = |row: &Row| {
        inside(row) >= 2.min(usual)
            && 3 * inside(row) >= usual
            && (!numeric || row.cells.iter().any(|(_, cell)| cell.is_figure() || matches!(cell, Cell::Uncomputed)))
    };
    let headings: Vec<String> = found.columns.iter().map(|(_, heading)| heading.clone()).collect();
    let columns = found.columns.clone();
    let repeats = |row: &Row| {
        row.cells.len() >= 2
            && row.cells.iter().all(|(column, cell)| {
                columns.iter().zip(&headings).any(|((known, _), heading)| {
                    known == column && heading.rsplit(" / ").any(|part| part == one_line(&cell.text()))
                })
            })
    };
    let is_heading = |text: &str| headings.iter().any(|heading| heading.to_lowercase() == text);
    let end = groups::another(rows, repeats, is_heading).unwrap_or(rows.len());
    found.another = rows.get(end).map(|row| row.number);
    found.aside.extend(rows[end..].iter().map(|row| (row.number, Aside::Another)));
    let rows = &rows[..end];
    let titles = groups::block_titles(above, rows, repeats);
    let parts = groups::tables_below(above, rows, repeats).filter(|_| titles.is_empty());
    let set_aside = totals(rows);
    let sums = |row: &Row| set_aside.contains(&row.number);
    let last = rows.iter().rposition(|row| is_data(row) && !sums(row));
    let mut open = Groups::default();
    if let Some((first, _)) = &parts {
        open.open_block(first);
    }
    let mut period = None;
    let dated = groups::periods(rows);
    for (position, row) in rows.iter().enumerate() {
        let mut aside = |why: Aside| found.aside.push((row.number, why));
        if sums(row) {
            aside(Aside::Total);
            continue;
        }
        if last.is_none_or(|last| position > last) {
            aside(Aside::Footer);
            continue;
        }
        if header::numbers_columns(row) && found.body.is_empty() {
            aside(Aside::ColumnNumbers);
            continue;
        }
        if repeats(row) {
            aside(Aside::Repeated);
            continue;
        }
        if let Some(text) = parts.as_ref().and_then(|(_, others)| others.get(&position)) {
            open.open_block(text);
            aside(Aside::Group);
            continue;
        }
        if titles.contains(&position) {
            let text = row.cells.iter().map(|(_, cell)| cell.text()).collect::<Vec<_>>().join(" ");
            if let Some(stated) = groups::states_period(&text) {
                period = Some(stated);
                open.open_block(&text);
            }
            aside(Aside::Group);
            continue;
        }
        if let Some(stated) = dated.get(&position) {
            period = Some(*stated);
            aside(Aside::Group);
            continue;
        }
        let group = groups::alone(grid, rows, row, usual).or_else(|| groups::marked(rows, position, usual));
        if let Some(text) = group.or_else(|| groups::summed(rows, position, usual)) {
            open.open(&text);
            aside(Aside::Group);
            continue;
        }
        found.body.push(row.number);
        found.groups.push(open.inner());
        found.outer.push(open.outer());
        found.periods.push(period);
    }
    found.aside.sort_unstable();
}

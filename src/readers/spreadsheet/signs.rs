//! The decimal sign of numbers that were typed as words: what the sheet proves by any of them, by its ranges, or by what is counted.

use super::find::Found;
use super::table::is_numeric;
use crate::input::{Decimal, counting, decimal};
use crate::run::{Fault, Place, Result};
use crate::workbook::grid::{Cell, Grid};
use crate::workbook::place_name;

/// The decimal sign of numbers typed as words, and why that of densities is not known where only they are in doubt.
pub fn of(
    grid: &Grid,
    found: &Found,
    columns: &[Vec<Option<Cell>>],
    (file, declared): (&str, Option<Decimal>),
    of_densities: &[bool],
) -> Result<(Decimal, Option<Fault>)> {
    if let Some(declared) = declared {
        return Ok((declared, None));
    }
    match of_columns(grid, found, columns, file, |_| true) {
        Err(fault) if fault.code == "ambiguous-decimal" => {
            if let Some(sign) = by_ranges(columns).or_else(|| by_counting(grid, found, columns)) {
                return Ok((sign, None));
            }
            let others = of_columns(grid, found, columns, file, |at| !of_densities[at])?;
            Ok((others, Some(fault)))
        }
        all => {
            let sign = all?;
            refuse_parts(grid, found, columns, file, sign)?;
            Ok((sign, None))
        }
    }
}

/// Refuses a sign by which there would be one animal and a quarter.
fn refuse_parts(grid: &Grid, found: &Found, columns: &[Vec<Option<Cell>>], file: &str, sign: Decimal) -> Result<()> {
    for ((column, heading), cells) in found.columns.iter().zip(columns).filter(|((_, heading), _)| counting::is_counted(heading))
    {
        for (cell, &row) in cells.iter().zip(&found.body) {
            if let Some(Cell::Text(text)) = cell
                && decimal::is_part_of_one(text.trim(), sign)
            {
                let place = Place::file(file).row(u64::from(row) + 1);
                return Err(counting::part_of_one(
                    text,
                    place.column(format!("{heading} [{}]", place_name(&grid.sheet, row, *column))),
                ));
            }
        }
    }
    Ok(())
}

fn of_columns(
    grid: &Grid,
    found: &Found,
    columns: &[Vec<Option<Cell>>],
    file: &str,
    wanted: impl Fn(usize) -> bool,
) -> Result<Decimal> {
    let mut typed: Vec<(String, (usize, usize))> = Vec::new();
    for (at, cells) in columns.iter().enumerate().filter(|(at, cells)| wanted(*at) && is_numeric(cells)) {
        for (row, cell) in cells.iter().enumerate() {
            if let Some(Cell::Text(text)) = cell {
                match range_of(text) {
                    Some((low, high)) => typed.extend([(low, (at, row)), (high, (at, row))]),
                    None => typed.push((text.trim().to_owned(), (at, row))),
                }
            }
        }
    }
    let place = |(at, row): (usize, usize)| {
        let (column, heading) = &found.columns[at];
        let number = found.body[row];
        Place::file(file).row(u64::from(number) + 1).column(format!("{heading} [{}]", place_name(&grid.sheet, number, *column)))
    };
    Ok(decimal::detect(file, typed.iter().map(|(text, at)| (text.as_str(), *at)), place)?.map_or(Decimal::Dot, |(sign, _)| sign))
}

/// What ranges prove: "500 - 1.000" goes up only if the dot parts thousands. `None` where they prove nothing, or both.
fn by_ranges(columns: &[Vec<Option<Cell>>]) -> Option<Decimal> {
    let texts = columns.iter().flatten().flatten().filter_map(|cell| match cell {
        Cell::Text(text) => range_of(text),
        _ => None,
    });
    let proofs = texts.filter_map(|(low, high)| {
        let goes_up = |sign| Some(decimal::parse(&low, sign)? < decimal::parse(&high, sign)?);
        match (goes_up(Decimal::Dot)?, goes_up(Decimal::Comma)?) {
            (true, false) => Some(Decimal::Dot),
            (false, true) => Some(Decimal::Comma),
            _ => None,
        }
    });
    one(proofs)
}

/// What counts prove: of animals there are 1.132, never one and some. The unit stands in the heading or, for all columns, in a line above.
fn by_counting(grid: &Grid, found: &Found, columns: &[Vec<Option<Cell>>]) -> Option<Decimal> {
    let top = found.header.first().copied().unwrap_or(0);
    let titles = grid.rows.iter().filter(|row| (found.top..top).contains(&row.number)).flat_map(|row| &row.cells);
    let by_title = titles.filter_map(|(_, cell)| counting::unit(&cell.text())).next_back().unwrap_or(false);
    let mut proofs = Vec::new();
    for ((_, heading), cells) in found.columns.iter().zip(columns).filter(|(_, cells)| is_numeric(cells)) {
        let counted = counting::unit(heading).unwrap_or_else(|| by_title || counting::says(heading));
        for cell in cells.iter().flatten() {
            let Cell::Text(text) = cell else { continue };
            let marks = [text.contains('.'), text.contains(',')];
            match (marks, counted) {
                ([false, false], _) => {}
                // What is not counted may have decimals by the same sign.
                (_, false) => return None,
                ([true, false], true) => proofs.push(Decimal::Comma),
                ([false, true], true) => proofs.push(Decimal::Dot),
                ([true, true], true) => return None,
            }
        }
    }
    one(proofs.into_iter())
}

fn one(mut proofs: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    let first = proofs.next()?;
    proofs.all(|other| other == first).then_some(first)
}

/// The two ends of "750- 1.500".
pub fn range_of(text: &str) -> Option<(String, String)> {
    let text = text.trim().trim_end_matches('%').trim_end();
    let (low, high) = text.split_once(['-', '–', '—'])?;
    let number = |part: &str| {
        let part = part.trim();
        (part.starts_with(|c: char| c.is_ascii_digit()) && part.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ','))
            .then(|| part.to_owned())
    };
    Some((number(low)?, number(high)?))
}

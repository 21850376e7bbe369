//! Text files of Campbell Scientific loggers (TOA5, TOACI1): what the logger is, headings, units, kinds of processing, then rows.

use crate::input::Source;
use crate::run::{Fault, Result};
use crate::source::blocks::bytes_of;
use std::io::Read;

/// Rows before the first one of data.
const BEFORE_DATA: u32 = 4;

/// Whether a text file is one of a logger, by its first cell.
pub fn is_campbell(source: &Source) -> Result<bool> {
    let mut bytes = Vec::new();
    let (file, _) = bytes_of(source)?;
    file.take(16).read_to_end(&mut bytes).map_err(|error| Fault::io(&source.path, &error))?;
    let text = String::from_utf8_lossy(&bytes);
    let first = text.trim_start_matches('\u{feff}').trim_start_matches('"');
    Ok(first.starts_with("TOA5") || first.starts_with("TOACI1"))
}

/// Puts the units behind the headings and the headings above the data; how many rows then stand above them.
pub fn straighten(cells: &mut Vec<(u32, u32, String)>) -> u32 {
    let of_row = |row: u32| -> Vec<(u32, String)> {
        cells.iter().filter(|(at, ..)| *at == row).map(|(_, column, text)| (*column, text.clone())).collect()
    };
    let (headings, units) = (of_row(1), of_row(2));
    // The shorter kind of file has no rows of units: its third row is one of data.
    let with_units = cells.iter().any(|(row, column, text)| *row == 2 && *column == 0 && text == "TS");
    let headings_at = if with_units { BEFORE_DATA - 1 } else { 1 };
    cells.retain(|(row, ..)| *row > headings_at);
    for (column, heading) in headings {
        let unit = units.iter().find(|(at, unit)| with_units && *at == column && !["TS", "RN"].contains(&unit.as_str()));
        let heading = unit.map_or(heading.clone(), |(_, unit)| format!("{heading} ({unit})"));
        cells.push((headings_at, column, heading));
    }
    cells.sort_by_key(|(row, column, _)| (*row, *column));
    headings_at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_go_behind_headings() {
        let rows = [["TOA5", "Tram1"], ["TIMESTAMP", "AirTC_Avg"], ["TS", "Deg C"], ["", "Avg"], ["2024-04-05 00:15:00", "25"]];
        let mut cells: Vec<(u32, u32, String)> = (0..5u32)
            .flat_map(|row| (0..2u32).map(move |column| (row, column)))
            .map(|(row, column)| (row, column, rows[row as usize][column as usize].to_owned()))
            .collect();
        assert_eq!(straighten(&mut cells), 3);
        let texts: Vec<&str> = cells.iter().map(|(.., text)| text.as_str()).collect();
        assert_eq!(texts, ["TIMESTAMP", "AirTC_Avg (Deg C)", "2024-04-05 00:15:00", "25"]);
    }
}

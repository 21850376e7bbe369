//! What stands around a table and belongs to every row of it: the name of its sheet, the lines above.

use super::find::Found;
use crate::input::{Source, Table};
use crate::message;
use crate::readers::tables::Form;
use crate::run::{Fault, Place, Result};
use crate::values::templates;
use crate::values::text::fold;
use crate::workbook::Grid;

/// Whether a sheet is one of those left out, by its name or a pattern such as `Tổng hợp*`.
pub fn is_left_out(sheet: &str, without: &[String]) -> bool {
    let named = |pattern: &String| glob::Pattern::new(&fold(pattern)).is_ok_and(|pattern| pattern.matches(&fold(sheet)));
    without.iter().any(|pattern| fold(pattern) == fold(sheet) || pattern.contains('*') && named(pattern))
}

/// Whether the lines above a table say no more than that it goes on: none, or "(tiếp theo)".
pub fn goes_on(titles: &[String]) -> bool {
    titles.iter().all(|line| matches!(fold(line).as_str(), "tiep theo" | "tiep" | "continued"))
}

/// Texts of cells at the side of a table that are merged over all its rows: titles that were turned.
pub fn at_side(grid: &Grid, found: &Found) -> Vec<String> {
    let (Some(first), Some(last)) = (found.body.first(), found.body.last()) else { return Vec::new() };
    let over_all = grid.merges.iter().filter(|[top, left, bottom, right]| {
        left == right && top <= first && bottom >= last && found.columns.first().is_some_and(|(column, _)| column == left)
    });
    let texts = over_all.filter_map(|merge| Some(grid.at(merge[0], merge[1])?.text()));
    texts.filter(|text| text.chars().any(char::is_alphabetic)).collect()
}

/// Columns out of the name of the sheet and the lines above the table.
pub fn add(grid: &Grid, source: &Source, form: &Form, read: &mut Table) -> Result<()> {
    for template in &form.from_sheet {
        let found = templates::take_apart(&grid.sheet, template).ok_or_else(|| unlike("from_sheet", template, source, grid))?;
        found.iter().for_each(|(heading, text)| read.fill(heading, text));
    }
    for template in &form.from_title {
        let found = read.titles.iter().find_map(|title| templates::take_apart(title, template));
        let found = found.ok_or_else(|| unlike("from_title", template, source, grid))?;
        found.iter().for_each(|(heading, text)| read.fill(heading, text));
    }
    Ok(())
}

fn unlike(key: &str, template: &str, source: &Source, grid: &Grid) -> Fault {
    let sheet = &grid.sheet;
    let place = Place::file(&source.name).column(key).value(template);
    Fault::new(
        "unlike-template",
        place,
        message!("trang \"{sheet}\" không theo mẫu \"{template}\"", "the sheet \"{sheet}\" does not follow \"{template}\""),
    )
    .hint(message!("sửa mẫu, hoặc ghi trang này vào without_sheets", "mend the template, or name this sheet in without_sheets"))
}

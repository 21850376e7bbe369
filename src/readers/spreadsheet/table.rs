//! A table found in a sheet, as columns of texts.

use super::beside;
use super::find::{Aside, Found};
use super::signs::{self, range_of};
use crate::headings::{notices, rates};
use crate::input::printed::{self, Printed};
use crate::input::table::{SheetPlace, Table};
use crate::input::{Column, Decimal, counting, decimal};
use crate::message;
use crate::run::{Place, Problems, Result};
use crate::values::Quantity;
use crate::values::text::fold;
use crate::values::written::{BLANKS, take_apart};
use crate::workbook::grid::{Cell, Grid, address, letters};
use crate::workbook::place_name;

/// Heading of the column that holds the group of each row.
pub const GROUP: &str = "Nhóm";
/// Heading of the column that holds the group around the group of each row.
pub const OUTER_GROUP: &str = "Nhóm ngoài";

/// Makes the table. Numbers typed as words are read with the sign that the sheet proves or the project declares, so
/// that every number of the table then has a decimal point.
pub fn table(grid: &Grid, found: &Found, file: &str, declared: Option<Decimal>, problems: &mut Problems) -> Result<Table> {
    let mut table = Table { file: file.to_owned(), ..Table::default() };
    let columns = name_columns(grid, found, file, problems);
    let first = table_rows(grid, found, &columns, file, problems);
    let of_densities: Vec<bool> =
        columns.iter().map(|(_, heading)| notices::is_density(heading) || counting::is_of_money(heading)).collect();
    let (sign, unsettled) = signs::of(grid, found, &first, (file, declared), &of_densities)?;
    for (((column, heading), cells), of_density) in columns.iter().zip(&first).zip(of_densities) {
        let percent = Percent::of(grid, found, *column);
        // Nothing tells how densities are written: they stay words, and whoever needs them as numbers asks.
        let fault = unsettled.as_ref().filter(|_| of_density);
        table.unsettled.extend(fault.map(|fault| (heading.clone(), fault.clone())));
        let numeric = is_numeric(cells) && fault.is_none();
        let mut texts = Column::new(heading.as_str());
        for (cell, &row) in cells.iter().zip(&found.body) {
            let mut text = plain_text(cell.as_ref(), numeric, sign);
            // Alone among plain numbers it is of another unit, as if the sign were typed.
            let odd = percent == Percent::Few && matches!(cell, Some(Cell::Number(_))) && grid.percent.contains(&(row, *column));
            text.push_str(if odd { " %" } else { "" });
            texts.push(&text);
        }
        // Of densities the words are kept beside both ends.
        if fault.is_some() || !add_ranges(&mut table, heading, cells, sign) || of_density {
            add(&mut table, texts);
        }
    }
    table.rows = found.body.len();
    let shown = columns.iter().filter(|(column, _)| Percent::of(grid, found, *column) == Percent::Most);
    table.percent = shown.map(|(_, heading)| heading.clone()).collect();
    for (heading, groups) in [(GROUP, &found.groups), (OUTER_GROUP, &found.outer)] {
        if groups.iter().any(Option::is_some) && !columns.iter().any(|(_, known)| known == heading) {
            let mut texts = Column::new(heading);
            groups.iter().for_each(|group| texts.push(group.as_deref().unwrap_or("")));
            add(&mut table, texts);
        }
    }
    let top = found.header.first().copied().unwrap_or(0);
    let above = grid.rows.iter().filter(|row| (found.top..top).contains(&row.number)).flat_map(|row| &row.cells);
    table.another = found.another;
    if let (Some([from, to]), Some((first, _)), Some((last, _))) = (found.beside, found.columns.first(), found.columns.last()) {
        let [own, other] = [beside::stretch(*first, *last), beside::stretch(from, to)];
        let row = found.header.first().map_or(0, |row| u64::from(*row) + 1);
        problems.warning(
            "table-beside",
            Place::file(file).row(row).column(place_name(&grid.sheet, found.header.first().copied().unwrap_or(0), from)),
            message!(
                "bên phải còn một bảng nữa ({other}): không đọc",
                "another table stands beside this one ({other}): not read"
            ),
            Some(message!(
                "thêm một bảng của tệp này với range = \"{other}\", và range = \"{own}\" cho bảng này",
                "add a table of this file with range = \"{other}\", and range = \"{own}\" for this one"
            )),
        );
        table.beside = Some([own, other]);
    }
    table.titles = above.map(|(_, cell)| cell.text()).filter(|text| !text.trim().is_empty()).collect();
    table.decimal = Some(Decimal::Dot);
    let mut before = None;
    for (row, &number) in found.body.iter().enumerate() {
        if before.is_none_or(|before| before + 1 != number) {
            table.lines.push((row, u64::from(number) + 1));
        }
        let totals = |&(at, why): &(u32, Aside)| why == Aside::Total && before.is_some_and(|before| before < at) && at < number;
        table.after_totals.extend(found.aside.iter().any(totals).then_some(row));
        before = Some(number);
    }
    if !grid.sheet.is_empty() {
        let columns = columns.iter().map(|(column, heading)| (heading.clone(), letters(*column))).collect();
        table.sheet = Some(SheetPlace { name: grid.sheet.clone(), columns });
    }
    report_aside(grid, found, file, problems);
    compare_printed(grid, found, &columns, sign, file, problems);
    describe(grid, found, &columns, sign, declared, &mut table);
    Ok(table)
}

fn add(table: &mut Table, part: Column) {
    let mut column = Column::new(part.name.clone());
    column.append(&part, 1);
    table.headings.push(column.name.clone());
    table.columns.push(column);
}

/// Gives every column a name of its own.
fn name_columns(grid: &Grid, found: &Found, file: &str, problems: &mut Problems) -> Vec<(u32, String)> {
    let mut named: Vec<(u32, String)> = Vec::new();
    let row = found.header.last().copied().unwrap_or(0);
    for (column, heading) in &found.columns {
        let letters = letters(*column);
        let place = || Place::file(file).row(u64::from(row) + 1).column(place_name(&grid.sheet, row, *column));
        let name = if heading.is_empty() {
            let name = format!("cột {letters}");
            problems.info(
                "no-heading",
                place(),
                message!(
                    "cột có số liệu mà không có tiêu đề: gọi là \"{name}\"",
                    "a column of data without a heading: called \"{name}\""
                ),
                None,
            );
            name
        } else if named.iter().any(|(_, known)| known == heading) {
            let name = format!("{heading} [{letters}]");
            problems.warning(
                "duplicate-heading",
                place().value(heading),
                message!(
                    "tiêu đề lặp lại: cột này gọi là \"{name}\"",
                    "the heading comes again: this column is called \"{name}\""
                ),
                Some(message!("đặt tên khác nhau cho từng cột", "give each column its own name")),
            );
            name
        } else {
            heading.clone()
        };
        named.push((*column, name));
    }
    named
}

/// How many of the numbers of a column are shown as percentages: 0.82 as 82 %.
#[derive(Clone, Copy, PartialEq)]
enum Percent {
    None,
    Few,
    Most,
}

impl Percent {
    fn of(grid: &Grid, found: &Found, column: u32) -> Percent {
        let numbers = || found.body.iter().filter(|&&row| matches!(grid.at(row, column), Some(Cell::Number(_))));
        match numbers().filter(|&&row| grid.percent.contains(&(row, column))).count() {
            0 => Percent::None,
            shown if 2 * shown < numbers().count() => Percent::Few,
            _ => Percent::Most,
        }
    }
}

/// Words of headings whose numbers hold for every row of a merged area: numbers of rows, codes, years, rates, land sown by a commune.
const HOLD_FOR_ALL: [&str; 16] =
    ["tt", "stt", "hieu", "ma", "code", "id", "nam", "thang", "tuan", "ngay", "ky", "dot", "mat", "ty", "gieo", "year"];

/// Whether a number merged over several rows is one amount of them all, which must not count in each.
fn is_amount(heading: &str) -> bool {
    let folded = fold(heading);
    let holds = folded.split(|c: char| !c.is_alphanumeric()).any(|word| HOLD_FOR_ALL.contains(&word));
    !holds && !heading.contains('%') && rates::quantity(heading) == Quantity::Extensive
}

/// The cells of each column over the rows of data; areas merged downward are filled, but an amount stands in their first row alone.
fn table_rows(
    grid: &Grid,
    found: &Found,
    columns: &[(u32, String)],
    file: &str,
    problems: &mut Problems,
) -> Vec<Vec<Option<Cell>>> {
    let mut told: Option<(u32, u32)> = None;
    let mut cell = |row: u32, column: u32, heading: &str| {
        let (top, left) = grid.origin(row, column);
        if left != column {
            return grid.at(row, column);
        }
        let shown = grid.at(top, column);
        if top == row || !matches!(shown, Some(Cell::Number(_))) || !found.body.contains(&top) || !is_amount(heading) {
            return shown;
        }
        if told.replace((top, column)) != Some((top, column)) {
            let place = Place::file(file).row(u64::from(top) + 1).column(place_name(&grid.sheet, top, column));
            let message = message!(
                "ô gộp nhiều dòng: số này chỉ tính cho dòng đầu, vì không biết mỗi dòng bao nhiêu",
                "a cell merged over several rows: its number counts for the first alone, since nobody knows how much each has"
            );
            let hint = message!("bỏ gộp ô, ghi số của từng dòng", "split the cell and write the number of each row");
            problems.warning("merged-amount", place.value(heading), message, Some(hint));
        }
        None
    };
    let of_column =
        |&(column, ref heading): &(u32, String)| found.body.iter().map(|&row| cell(row, column, heading).cloned()).collect();
    columns.iter().map(of_column).collect()
}

/// Whether most of what a column holds are numbers.
pub fn is_numeric(cells: &[Option<Cell>]) -> bool {
    let held: Vec<&Cell> = cells.iter().flatten().filter(|cell| !decimal::is_blank(cell.text().trim())).collect();
    let is_number = |cell: &Cell| match cell {
        Cell::Text(text) => cell.is_figure() || take_apart(text).is_some(),
        Cell::Date(_) => false,
        _ => true,
    };
    let numbers = held.iter().filter(|cell| is_number(cell)).count();
    numbers > 0 && 2 * numbers >= held.len()
}

/// The text of a cell in the table. Only texts with a sign in them change: 00412 stays as it is.
fn plain_text(cell: Option<&Cell>, numeric: bool, sign: Decimal) -> String {
    match cell {
        None => String::new(),
        Some(Cell::Text(text))
            if numeric && text.contains(['.', ',', '%', '\u{2212}', '(', 'E', 'e']) | text.contains(BLANKS) =>
        {
            // The unit stays: whether it is that of the column is for its reader to say.
            let unit = take_apart(text).map(|written| written.unit).filter(|unit| !unit.is_empty());
            let behind = unit.map_or(String::new(), |unit| format!(" {unit}"));
            decimal::parse(text, sign).map_or_else(|| text.clone(), |number| format!("{number}{behind}"))
        }
        Some(cell) => cell.text(),
    }
}

/// A column that holds mostly ranges becomes two, with the ends of each; a single number is both.
fn add_ranges(table: &mut Table, heading: &str, cells: &[Option<Cell>], sign: Decimal) -> bool {
    let ranges = cells.iter().flatten().filter(|cell| matches!(cell, Cell::Text(text) if range_of(text).is_some())).count();
    let held = cells.iter().flatten().filter(|cell| !decimal::is_blank(cell.text().trim())).count();
    if ranges == 0 || 2 * ranges < held || !is_numeric(cells) {
        return false;
    }
    let ends = [format!("{heading} (từ)"), format!("{heading} (đến)")];
    for (end, name) in ends.into_iter().enumerate() {
        if table.headings.contains(&name) {
            continue;
        }
        let mut texts = Column::new(name);
        for cell in cells {
            let text = match cell {
                Some(Cell::Text(text)) => match range_of(text) {
                    Some((low, high)) => decimal::parse(if end == 0 { &low } else { &high }, sign),
                    None => decimal::parse(text, sign),
                },
                Some(Cell::Number(number)) => Some(*number),
                _ => None,
            };
            texts.push(&text.map(|number| number.to_string()).unwrap_or_default());
        }
        add(table, texts);
    }
    true
}

/// Lists the rows below the headings that are no data, each with what stands in it.
fn report_aside(grid: &Grid, found: &Found, file: &str, problems: &mut Problems) {
    for &(number, why) in &found.aside {
        let (code, what) = match why {
            Aside::Title | Aside::ColumnNumbers | Aside::Repeated => continue,
            Aside::Group => (
                "group-row",
                message!("dòng tên nhóm: ghi vào cột \"{GROUP}\"", "a row that names a group: kept in the column \"{GROUP}\""),
            ),
            Aside::Total => ("total-row", message!("dòng cộng: không đọc như số liệu", "a row of totals: not read as data")),
            Aside::Another if found.another == Some(number) => {
                let at = address(number, 0);
                let place = Place::file(file).row(u64::from(number) + 1).column(place_name(&grid.sheet, number, 0));
                let message = message!("từ đây là một bảng khác: không đọc", "another table begins here: it is not read");
                let hint = message!(
                    "khai báo thêm một [[tables]] với skip = {number} hoặc range từ {at}",
                    "declare one more [[tables]] with skip = {number}, or a range from {at}"
                );
                problems.warning("another-table", place, message, Some(hint));
                continue;
            }
            Aside::Another => continue,
            Aside::Footer => ("footer-row", message!("dòng sau bảng: không đọc", "a row below the table: not read")),
        };
        let Some(row) = grid.row(number) else { continue };
        let words: Vec<String> =
            row.cells.iter().map(|(_, cell)| cell.text().trim().to_owned()).filter(|text| !text.is_empty()).collect();
        let column = row.cells.first().map_or(0, |&(column, _)| column);
        let place = Place::file(file).row(u64::from(number) + 1).column(place_name(&grid.sheet, number, column));
        problems.info(code, place.value(words.join(" | ")), what, None);
    }
}

/// Compares the rows of totals with the rows of data.
fn compare_printed(grid: &Grid, found: &Found, columns: &[(u32, String)], sign: Decimal, file: &str, problems: &mut Problems) {
    let totals: Vec<u32> = found.aside.iter().filter(|(_, why)| *why == Aside::Total).map(|(row, _)| *row).collect();
    let mut numbers: Vec<u32> = found.body.iter().chain(&totals).copied().collect();
    numbers.sort_unstable();
    let cell = |row: u32, column: u32| match grid.at(row, column) {
        Some(Cell::Text(text)) => decimal::parse(text, sign).map_or(String::new(), |number| number.to_string()),
        Some(Cell::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let label = |row: u32| {
        let cells = grid.row(row).into_iter().flat_map(|row| &row.cells);
        let mut words = cells.filter_map(|(_, cell)| match cell {
            Cell::Text(text) if text.chars().any(char::is_alphabetic) => Some(text.trim().to_owned()),
            _ => None,
        });
        words.next().unwrap_or_default()
    };
    let rows: Vec<Printed> = numbers
        .iter()
        .map(|&row| Printed {
            total: totals.contains(&row),
            label: label(row),
            cells: columns.iter().map(|(column, _)| cell(row, *column)).collect(),
        })
        .collect();
    let headings: Vec<String> = columns.iter().map(|(_, heading)| heading.clone()).collect();
    for difference in printed::differences(&headings, &rows, Decimal::Dot) {
        let (row, column) = (numbers[difference.row], columns[difference.column].0);
        let place = Place::file(file).row(u64::from(row) + 1).column(place_name(&grid.sheet, row, column));
        difference.report(place.value(&rows[difference.row].cells[difference.column]), problems);
    }
}

/// Says how the sheet was understood, for the record and for `ruong check`.
fn describe(grid: &Grid, found: &Found, columns: &[(u32, String)], sign: Decimal, declared: Option<Decimal>, table: &mut Table) {
    let (left, right) = (columns.first().map_or(0, |c| c.0), columns.last().map_or(0, |c| c.0));
    let (top, bottom) = (
        found.header.first().copied().unwrap_or(0),
        found.body.last().copied().unwrap_or(0).max(*found.header.last().unwrap_or(&0)),
    );
    let range = format!("{}:{}", address(top, left), address(bottom, right));
    if !grid.sheet.is_empty() {
        table.read_as.insert("sheet", grid.sheet.clone());
    }
    table.read_as.insert("range", range);
    table.read_as.insert("header_rows", found.header.len().to_string());
    if let Some(declared) = declared {
        table.read_as.insert("decimal", format!("{} (declared)", declared.sign()));
    } else if sign == Decimal::Comma {
        table.read_as.insert("decimal", ", (proved by the file)".to_owned());
    }
    for (name, why) in [("group_rows", Aside::Group), ("total_rows", Aside::Total), ("footer_rows", Aside::Footer)] {
        let count = found.aside.iter().filter(|(_, found)| *found == why).count();
        if count > 0 {
            table.read_as.insert(name, count.to_string());
        }
    }
}

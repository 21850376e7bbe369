//! Spreadsheets as offices keep them: Excel and OpenDocument files, and text tables laid out like them.

pub mod around;
mod beside;
mod days;
pub mod find;
mod groups;
mod header;
mod signs;
pub mod table;

use crate::headings;
use crate::input::{Source, Table};
use crate::message;
use crate::readers::tables::Form;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::{Period, dates, spoken};
use crate::workbook::{Cell, Grid, Workbook, grid, place_name};
use find::Found;

/// Heading of the column with the period that stands above a table or in the name of its sheet.
pub const PERIOD: &str = "Kỳ";
/// Heading of the column that names the sheet of each row, where all sheets are read.
pub const SHEET: &str = "Trang tính";

/// Reads the table of a workbook.
pub fn read(source: &Source, form: &Form, problems: &mut Problems) -> Result<Table> {
    let mut book = Workbook::open(source)?;
    let mut tables = match form.sheet.as_deref() {
        Some("*") => every_sheet(&mut book, source, form, problems)?,
        Some(name) => vec![one_sheet(&mut book, source, (name, form), &[], problems)?],
        None => vec![only_sheet(&mut book, source, form, problems)?],
    };
    let mut whole = tables.remove(0);
    for below in tables {
        whole.stack(below);
    }
    whole.fingerprint = book.fingerprint;
    Ok(whole)
}

/// A text table laid out like a sheet: titles above, headings of several rows.
pub fn from_cells(cells: Vec<(u32, u32, Cell)>, source: &Source, form: &Form, problems: &mut Problems) -> Result<Table> {
    let mut grid = Grid::new("", cells, Vec::new());
    let found = locate(&mut grid, source, form)?.ok_or_else(|| no_table(source, ""))?;
    complete(&grid, found, (source, form), &[], problems)
}

/// The table that was found, with what stands around it. A sheet without any line above goes on where the one before it ended, and the
/// lines `before` are its own too.
fn complete(
    grid: &Grid,
    mut found: Found,
    (source, form): (&Source, &Form),
    before: &[String],
    problems: &mut Problems,
) -> Result<Table> {
    let more = beside::continued(grid, &found, &form.layout());
    if more.is_some() {
        found.beside = None;
    }
    let mut read = table::table(grid, &found, &source.name, form.decimal, problems)?;
    add_cells(grid, source, form, &mut read)?;
    let goes_on = around::goes_on(&read.titles);
    if goes_on {
        read.titles.extend(around::at_side(grid, &found));
        read.titles.extend(before.iter().cloned());
    }
    around::add(grid, source, form, &mut read)?;
    add_period(grid, &found, source, (&mut read, goes_on), problems);
    let Some(beside::Continued { found: right, titles }) = more else { return Ok(read) };
    let mut right = complete(grid, right, (source, form), before, problems)?;
    if let Some([own, other]) = titles
        && read.column(table::GROUP).is_none()
        && right.column(table::GROUP).is_none()
    {
        read.fill(table::GROUP, &own);
        right.fill(table::GROUP, &other);
    }
    let rows = right.rows;
    problems.info(
        "goes-on-beside",
        Place::file(&source.name).column(&grid.sheet),
        message!(
            "bảng có thêm một phần bên phải, cùng tiêu đề: đọc tiếp {rows} dòng",
            "the table goes on at its right under the same headings: {rows} more rows are read"
        ),
        None,
    );
    read.stack(right);
    Ok(read)
}

/// The number of the week that a text names: 17 of "BÁO CÁO TUẦN 17/2024".
fn week_in(text: &str) -> Option<u32> {
    let words = crate::values::text::fold(&text.replace('/', " "));
    let mut words = words.split_whitespace().skip_while(|word| *word != "tuan").skip(1);
    words.next()?.parse().ok().filter(|week| (1..=53).contains(week))
}

/// The period of a table that has no column of dates: from the words above it, else from the name of its sheet.
fn add_period(grid: &Grid, found: &Found, source: &Source, (read, goes_on): (&mut Table, bool), problems: &mut Problems) {
    if headings::DATE.find(&read.headings).is_some() {
        return;
    }
    let top = found.header.first().copied().unwrap_or(0);
    let above = grid
        .rows
        .iter()
        .filter(|row| (found.top..top).contains(&row.number))
        .flat_map(|row| row.cells.iter().map(move |cell| (row.number, cell)));
    let titles: Vec<(String, String)> =
        above.map(|(row, (column, cell))| (cell.text(), place_name(&grid.sheet, row, *column))).collect();
    // A line that is a period and nothing else goes before one that speaks of one.
    let said =
        |way: fn(&str) -> Option<Period>| titles.iter().find_map(|(text, at)| Some((way(text)?, text.clone(), at.clone())));
    let title = said(spoken::alone).or_else(|| said(spoken::within));
    let of_sheet = || Some((spoken::within(&grid.sheet)?, grid.sheet.clone(), grid.sheet.clone()));
    let inherited = || {
        let of_line =
            |line: &String| Some((spoken::within(line).or_else(|| spoken::until(line))?, line.clone(), grid.sheet.clone()));
        read.titles.iter().filter(|_| goes_on).find_map(of_line)
    };
    let whole = title.or_else(of_sheet).or_else(|| said(spoken::until)).or_else(inherited);
    // Tables one below the other have periods of their own.
    let of_row = |of_block: &Option<Period>| of_block.or(whole.as_ref().map(|(period, ..)| *period));
    let words = |period: Period| match period.days() {
        1 => dates::format_day(period.to),
        _ => format!("{} - {}", dates::format_day(period.from), dates::format_day(period.to)),
    };
    let texts: Vec<String> = found.periods.iter().map(|own| of_row(own).map(words).unwrap_or_default()).collect();
    if texts.iter().any(|text| !text.is_empty()) {
        read.put(PERIOD, &texts);
    }
    let week_above = titles.iter().find_map(|(text, at)| Some((week_in(text)?, text, at)));
    if let (Some(own), Some((week, text, at))) = (week_in(&grid.sheet), week_above)
        && own != week
    {
        let sheet = &grid.sheet;
        problems.warning(
            "period-contradicts",
            Place::file(&source.name).column(at).value(text),
            message!(
                "trang tên \"{sheet}\" mà dòng này ghi tuần {week}: tính theo dòng này",
                "the sheet is called \"{sheet}\" and this line says week {week}: the line is believed"
            ),
            Some(message!("sửa dòng tiêu đề hoặc tên trang", "correct the title or the name of the sheet")),
        );
    }
    let Some((period, text, at)) = whole else { return };
    let days = period.format();
    problems.info(
        "period-above",
        Place::file(&source.name).column(at).value(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        message!("kỳ của cả bảng: {days}", "the period of the whole table: {days}"),
        None,
    );
}

fn locate(grid: &mut Grid, source: &Source, form: &Form) -> Result<Option<Found>> {
    let whole = grid.clone();
    if let Some(text) = &form.range {
        let range = grid::parse_range(text).ok_or_else(|| {
            Fault::new(
                "bad-range",
                Place::file(&source.name).column("range").value(text),
                message!("range = \"{text}\" không phải một vùng ô", "range = \"{text}\" is no stretch of cells"),
            )
            .hint(message!("viết như A5:N60, A:N hoặc 5:60", "write it as A5:N60, A:N or 5:60"))
        })?;
        grid.crop(range);
    }
    let found = find::find(grid, &form.layout()).filter(|found| !found.columns.is_empty());
    *grid = whole;
    Ok(found)
}

fn no_table(source: &Source, sheet: &str) -> Fault {
    Fault::new(
        "no-table",
        Place::file(&source.name).value(sheet),
        message!("không tìm thấy bảng nào trong \"{sheet}\"", "no table was found in \"{sheet}\""),
    )
    .hint(message!(
        "khai báo \"sheet\", \"range\", \"header_rows\" hoặc \"skip\" cho bảng này",
        "declare sheet, range, header_rows or skip for this table"
    ))
}

fn one_sheet(
    book: &mut Workbook,
    source: &Source,
    (name, form): (&str, &Form),
    before: &[String],
    problems: &mut Problems,
) -> Result<Table> {
    let wanted = crate::values::text::normalise(name).to_lowercase();
    let named = |known: &str| crate::values::text::normalise(known).to_lowercase() == wanted;
    let by_number = || name.parse::<usize>().ok().and_then(|number| book.names.get(number.checked_sub(1)?));
    let Some((sheet, _)) = book.names.iter().find(|(known, _)| named(known)).or_else(by_number).cloned() else {
        let there = book.names.iter().map(|(name, _)| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        return Err(Fault::new(
            "no-sheet",
            Place::file(&source.name).column("sheet").value(name),
            message!(
                "không có trang tính \"{name}\"; các trang: {there}",
                "there is no sheet \"{name}\"; the sheets are: {there}"
            ),
        ));
    };
    let mut grid = book.grid(&sheet, problems)?;
    let found = locate(&mut grid, source, form)?.ok_or_else(|| no_table(source, &sheet))?;
    complete(&grid, found, (source, form), before, problems)
}

/// Sheets that hold a table, with their rows of data.
pub fn sheets(source: &Source) -> Result<Vec<(String, usize)>> {
    with_tables(&mut Workbook::open(source)?, source, &Form::default())
}

fn with_tables(book: &mut Workbook, source: &Source, form: &Form) -> Result<Vec<(String, usize)>> {
    let mut held = Vec::new();
    for (name, shown) in book.names.clone() {
        let Ok(mut grid) = book.grid(&name, &mut Problems::default()) else { continue };
        if let (Some(found), true) = (locate(&mut grid, source, form)?, shown)
            && !found.body.is_empty()
            && found.columns.len() >= 2
        {
            held.push((name, found.body.len()));
        }
    }
    Ok(held)
}

/// The one sheet that holds a table; which of several is meant is for the project to say.
fn only_sheet(book: &mut Workbook, source: &Source, form: &Form, problems: &mut Problems) -> Result<Table> {
    let held = with_tables(book, source, form)?;
    match &held[..] {
        [] => {
            let first = book.names[0].0.clone();
            one_sheet(book, source, (&first, form), &[], problems).map_err(|fault| match fault.code {
                "no-table" => no_table(source, &book.names.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")),
                _ => fault,
            })
        }
        [(name, ..)] => one_sheet(book, source, (&name.clone(), form), &[], problems),
        several => {
            let list = several.iter().map(|(name, rows)| format!("\"{name}\" ({rows})")).collect::<Vec<_>>().join(", ");
            let first = &several[0].0;
            Err(Fault::new(
                "many-sheets",
                Place::file(&source.name).column("sheet").value(&list),
                message!(
                    "nhiều trang tính có bảng (số dòng): {list}; không tự chọn",
                    "several sheets hold tables (rows): {list}; none is picked by itself"
                ),
            )
            .hint(message!(
                "khai báo sheet = \"{first}\", hoặc sheet = \"*\" để đọc mọi trang",
                "declare sheet = \"{first}\", or sheet = \"*\" to read every sheet"
            )))
        }
    }
}

fn every_sheet(book: &mut Workbook, source: &Source, form: &Form, problems: &mut Problems) -> Result<Vec<Table>> {
    let mut tables: Vec<Table> = Vec::new();
    let mut before: Vec<String> = Vec::new();
    for (name, shown) in book.names.clone() {
        if !shown || around::is_left_out(&name, &form.without_sheets) {
            continue;
        }
        match one_sheet(book, source, (&name, form), &before, problems) {
            Ok(mut read) => {
                before.clone_from(&read.titles);
                read.fill(SHEET, &name);
                tables.push(read);
            }
            Err(fault) => problems.fault(fault),
        }
    }
    if tables.is_empty() { Err(no_table(source, "*")) } else { Ok(tables) }
}

/// Columns whose value stands in one cell of the sheet, such as the week above the table.
fn add_cells(grid: &Grid, source: &Source, form: &Form, read: &mut Table) -> Result<()> {
    for (heading, text) in &form.cells {
        let bad =
            |message| Fault::new("bad-cell", Place::file(&source.name).column(format!("cells.{heading}")).value(text), message);
        let (row, column) = grid::parse_address(text)
            .ok_or_else(|| bad(message!("\"{text}\" không phải địa chỉ ô như B5", "\"{text}\" is no cell address such as B5")))?;
        let sheet = &grid.sheet;
        let value = grid.shown(row, column).map(Cell::text).filter(|text| !text.trim().is_empty());
        let value = value.ok_or_else(|| bad(message!("ô {sheet}!{text} trống", "the cell {sheet}!{text} is empty")))?;
        read.fill(heading, value.trim());
    }
    Ok(())
}

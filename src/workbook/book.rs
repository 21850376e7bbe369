//! Excel, OpenDocument and Word files to sheets of cells. What is in the way of reading is said before memory is spent on it.

use super::grid::{Cell, Grid};
use super::marks::{self, Marks};
use super::{limits, word};
use crate::message;
use crate::run::{Fault, Place, Problems, Result, guarded};
use crate::source::Source;
use crate::source::blocks::{Fingerprint, fingerprint, whole};
use crate::values::Message;
use crate::values::file_name::ending;
use calamine::{Data, DataRef, Dimensions, Reader, SheetVisible, Sheets, open_workbook_auto_from_rs};
use std::io::Cursor;
use std::sync::Arc;

/// Bytes a workbook may unpack to.
const MOST_BYTES: u64 = 1 << 30;
/// What is said of bytes that the reader could not make sense of.
const UNREADABLE: &str = "unreadable structure";
/// Serial numbers of days below this one (1910) are no dates.
const EARLIEST: f64 = 3654.0;
/// Cells a sheet may hold.
const MOST_CELLS: usize = 20_000_000;

/// A workbook in memory.
pub struct Workbook {
    sheets: Held,
    /// Names of its sheets, in order, with whether each is shown
    pub names: Vec<(String, bool)>,
    /// Size and hash of the file
    pub fingerprint: Fingerprint,
    file: String,
    bytes: Arc<[u8]>,
}

/// Where sheets come from.
enum Held {
    Sheets(Box<Sheets<Cursor<Arc<[u8]>>>>),
    /// Tables of a document
    Tables(Vec<Grid>),
}

/// Whether a file name is that of a workbook or of a document with tables.
pub fn is_workbook(name: &str) -> bool {
    matches!(ending(name).as_str(), "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" | "docx")
}

impl Workbook {
    /// Opens a workbook.
    pub fn open(source: &Source) -> Result<Workbook> {
        let bytes = whole(source)?;
        let fault = |code, message: Message| Fault::new(code, Place::file(&source.name), message);
        if bytes.is_empty() {
            return Err(fault("empty-file", message!("tệp trống (0 byte)", "the file is empty (0 bytes)")));
        }
        if is_encrypted(&bytes) {
            return Err(fault("password", message!("tệp được bảo vệ bằng mật khẩu", "the file is protected by a password"))
                .hint(message!(
                    "mở trong Excel: Tệp → Thông tin → Bảo vệ sổ làm việc → Mã hóa bằng mật khẩu, xóa mật khẩu rồi lưu",
                    "in Excel: File → Info → Protect Workbook → Encrypt with Password, clear the password, save"
                )));
        }
        if bytes.starts_with(b"PK") {
            limits::check(&bytes, &source.name, MOST_BYTES)?;
        }
        let fingerprint = fingerprint(&bytes);
        let file = source.name.clone();
        if ending(&source.name) == "docx" {
            let read = guarded(|| word::tables(&bytes)).unwrap_or_else(|| Err(UNREADABLE.to_owned()));
            let tables = read.map_err(|error| {
                let message = message!("không đọc được tệp Word", "cannot read the Word file").because(&error);
                fault("bad-workbook", message)
                    .hint(message!("mở bằng Word rồi lưu lại thành .docx", "open it in Word and save it again as .docx"))
            })?;
            if tables.is_empty() {
                return Err(fault("no-table", message!("tệp Word không có bảng nào", "the document has no table")));
            }
            let names = tables.iter().map(|table| (table.sheet.clone(), true)).collect();
            return Ok(Workbook { sheets: Held::Tables(tables), names, fingerprint, file, bytes });
        }
        let broken = |error: &dyn std::fmt::Display| {
            fault(
                "bad-workbook",
                message!(
                    "không đọc được sổ Excel (tệp hỏng, bị cắt cụt hoặc không phải Excel)",
                    "cannot read the workbook (broken, cut short, or not a workbook)"
                )
                .because(&error),
            )
            .hint(message!(
                "mở tệp bằng Excel hoặc LibreOffice rồi lưu lại thành .xlsx",
                "open it in Excel or LibreOffice and save it again as .xlsx"
            ))
        };
        let cursor = Cursor::new(Arc::clone(&bytes));
        let sheets = guarded(|| open_workbook_auto_from_rs(cursor)).ok_or_else(|| broken(&UNREADABLE))?;
        let sheets = sheets.map_err(|error| broken(&error))?;
        let names: Vec<(String, bool)> =
            sheets.sheets_metadata().iter().map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible)).collect();
        if names.is_empty() {
            return Err(fault("no-sheet", message!("sổ không có trang tính nào", "the workbook has no sheet")));
        }
        limits::check_sheets(names.len(), &source.name)?;
        Ok(Workbook { sheets: Held::Sheets(Box::new(sheets)), names, fingerprint, file, bytes })
    }

    /// Reads the cells of a sheet.
    pub fn grid(&mut self, name: &str, problems: &mut Problems) -> Result<Grid> {
        let file = self.file.clone();
        let broken = |error: &dyn std::fmt::Display| {
            Fault::new(
                "bad-workbook",
                Place::file(&file).value(name),
                message!("không đọc được trang \"{name}\"", "cannot read the sheet \"{name}\"").because(&error),
            )
        };
        let sheets = match &mut self.sheets {
            Held::Sheets(sheets) => sheets,
            Held::Tables(tables) => return Ok(tables.iter().find(|table| table.sheet == name).cloned().unwrap_or_default()),
        };
        let read = guarded(|| cells_of(sheets, name)).ok_or_else(|| broken(&UNREADABLE))?;
        let (mut cells, mut merges, undated, mut percent) = read.map_err(|stopped| match stopped {
            Stopped::Broken(error) => broken(&error),
            Stopped::TooLarge => broken(&format!("> {MOST_CELLS}")),
        })?;
        let marks = guarded(|| marks::of(&self.bytes, &file, name)).unwrap_or_default();
        for (row, column, cell) in &mut cells {
            if let Cell::Number(number) = cell
                && marks.percent.contains(&(*row, *column))
            {
                *number = as_shown(*number);
            }
        }
        let holds = |cell: &Cell| !matches!(cell, Cell::Text(text) if text.trim().is_empty());
        let known: hashbrown::HashSet<(u32, u32)> =
            cells.iter().filter(|(.., cell)| holds(cell)).map(|&(row, column, _)| (row, column)).collect();
        let uncomputed = marks.uncomputed.iter().filter(|at| !known.contains(*at));
        cells.extend(uncomputed.map(|&(row, column)| (row, column, Cell::Uncomputed)));
        merges.extend(&marks.merges);
        percent.extend(&marks.percent);
        let mut grid = Grid::new(name, cells, merges);
        grid.percent = percent;
        self.say_hidden(&grid, &marks, problems);
        self.say_undated(&grid, &undated, problems);
        for row in &grid.rows {
            for (column, cell) in &row.cells {
                let at = || Place::file(&file).row(u64::from(row.number) + 1).column(place_name(name, row.number, *column));
                match cell {
                    Cell::Uncomputed => problems.error(
                        "formula-without-value",
                        at(),
                        message!(
                            "công thức chưa được tính, ô này không có giá trị: không có số liệu",
                            "the formula was never computed, the cell has no value: no data"
                        ),
                        Some(message!(
                            "mở tệp bằng Excel, để nó tính, rồi lưu lại",
                            "open the file in Excel, let it compute, save it"
                        )),
                    ),
                    Cell::Fault(error) => problems.error(
                        "cell-error",
                        at().value(error),
                        message!("ô báo lỗi {error}: không có số liệu", "the cell shows {error}: no data"),
                        None,
                    ),
                    _ => {}
                }
            }
        }
        Ok(grid)
    }
}

impl Workbook {
    /// Says which rows and columns with something in them are hidden.
    fn say_hidden(&self, grid: &Grid, marks: &Marks, problems: &mut Problems) {
        let stretches = &marks.hidden_columns;
        let rows: Vec<u32> =
            marks.hidden_rows.iter().copied().filter(|number| grid.row(number.wrapping_sub(1)).is_some()).collect();
        let within = |column: u32| stretches.iter().any(|(first, last)| (*first..=*last).contains(&column));
        let mut columns: Vec<u32> =
            grid.rows.iter().flat_map(|row| &row.cells).map(|(column, _)| *column).filter(|column| within(*column)).collect();
        columns.sort_unstable();
        columns.dedup();
        let place = |column: String| Place::file(&self.file).column(column);
        if let Some(first) = rows.first() {
            let (count, first) = (rows.len(), *first);
            problems.info(
                "hidden-rows",
                place(grid.sheet.clone()).row(u64::from(first)),
                message!(
                    "{count} dòng bị ẩn, vẫn được đọc (dòng đầu: {first})",
                    "{count} hidden rows were read (the first is {first})"
                ),
                Some(message!("xóa khỏi trang nếu không tính", "delete them from the sheet if they do not count")),
            );
        }
        if !columns.is_empty() {
            let letters = columns.iter().map(|column| super::grid::letters(*column)).collect::<Vec<_>>().join(", ");
            let count = columns.len();
            problems.info(
                "hidden-columns",
                place(format!("{}!{letters}", grid.sheet)),
                message!("{count} cột bị ẩn, vẫn được đọc: {letters}", "{count} hidden columns were read: {letters}"),
                None,
            );
        }
    }
}

impl Workbook {
    /// Says which numbers are shown as days of long ago and read as numbers.
    fn say_undated(&self, grid: &Grid, undated: &[(u32, u32)], problems: &mut Problems) {
        let Some(&(row, column)) = undated.first() else { return };
        let (count, value) = (undated.len(), grid.at(row, column).map(Cell::text).unwrap_or_default());
        problems.warning(
            "number-as-date",
            Place::file(&self.file).row(u64::from(row) + 1).column(place_name(&grid.sheet, row, column)).value(value),
            message!(
                "{count} ô là số nhưng định dạng ngày (hiện như năm 1900): đọc là số",
                "{count} cells are numbers in a date's format (shown as 1900): read as numbers"
            ),
            Some(message!("trong Excel đổi định dạng các ô này thành Số", "give these cells the format Number in Excel")),
        );
    }
}

/// `Tuần 15!B12`
pub fn place_name(sheet: &str, row: u32, column: u32) -> String {
    format!("{sheet}!{}", super::grid::address(row, column))
}

enum Stopped {
    Broken(String),
    TooLarge,
}

/// Cells, merged areas, the numbers that are shown as days nobody means, and those shown as percentages.
type Cells = (Vec<(u32, u32, Cell)>, Vec<[u32; 4]>, Vec<(u32, u32)>, hashbrown::HashSet<(u32, u32)>);

fn cells_of(sheets: &mut Sheets<Cursor<Arc<[u8]>>>, name: &str) -> std::result::Result<Cells, Stopped> {
    let broken = |error: &dyn std::fmt::Display| Stopped::Broken(error.to_string());
    let rectangle = |d: &Dimensions| [d.start.0, d.start.1, d.end.0, d.end.1];
    let mut cells: Vec<(u32, u32, Cell)> = Vec::new();
    let mut undated: Vec<(u32, u32)> = Vec::new();
    let mut percentages = hashbrown::HashSet::new();
    // One text that thousands of cells refer to is held once in the file and by each of them here.
    let mut letters = 0;
    let merges = match sheets {
        Sheets::Xlsx(book) => {
            let mut reader = book.worksheet_cells_reader(name).map_err(|error| broken(&error))?;
            let percent: Vec<bool> = reader
                .styles()
                .iter()
                .map(|style| style.number_format.as_ref().is_some_and(|format| format.format_code.contains('%')))
                .collect();
            let mut uncomputed: Vec<(u32, u32)> = Vec::new();
            while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|error| broken(&error))? {
                let (row, column) = cell.get_position();
                let percent = percent.get(style).copied().unwrap_or(false);
                percentages.extend(percent.then_some((row, column)));
                let value = Data::from(cell.get_value().clone());
                if is_undated(&value) {
                    undated.push((row, column));
                }
                if let Some(cell) = cell_of(&value, percent) {
                    letters += if let Cell::Text(text) = &cell { text.len() } else { 0 };
                    cells.push((row, column, cell));
                }
                if cells.len() > MOST_CELLS || letters as u64 > MOST_BYTES {
                    return Err(Stopped::TooLarge);
                }
            }
            drop(reader);
            // A formula without a cached value reads as an empty cell.
            let known: hashbrown::HashSet<(u32, u32)> = cells.iter().map(|&(row, column, _)| (row, column)).collect();
            let mut reader = book.worksheet_cells_reader(name).map_err(|error| broken(&error))?;
            while let Some(cell) = reader.next_cell_with_formula().map_err(|error| broken(&error))? {
                if cell.formula.is_some() && matches!(cell.value, DataRef::Empty) && !known.contains(&cell.pos) {
                    uncomputed.push(cell.pos);
                }
            }
            drop(reader);
            cells.extend(uncomputed.into_iter().map(|(row, column)| (row, column, Cell::Uncomputed)));
            book.merge_cells_by_sheet_name(name).map_err(|error| broken(&error))?.iter().map(rectangle).collect()
        }
        other => {
            let range = other.worksheet_range(name).map_err(|error| broken(&error))?;
            let (top, left) = range.start().unwrap_or((0, 0));
            for (row, column, value) in range.used_cells() {
                let at = (top + row as u32, left + column as u32);
                if is_undated(value) {
                    undated.push(at);
                }
                if let Some(cell) = cell_of(value, false) {
                    cells.push((at.0, at.1, cell));
                }
                if cells.len() > MOST_CELLS {
                    return Err(Stopped::TooLarge);
                }
            }
            match other {
                Sheets::Xls(book) => book.merge_cells_by_sheet_name(name).unwrap_or_default().iter().map(rectangle).collect(),
                _ => Vec::new(),
            }
        }
    };
    Ok((cells, merges, undated, percentages))
}

/// A number below a date's format: no office dates anything before 1910. What is less than a day is a time.
fn is_undated(value: &Data) -> bool {
    let serial = |when: f64| when == 0.0 || (1.0..EARLIEST).contains(&when);
    matches!(value, Data::DateTime(when) if when.is_datetime() && serial(when.as_f64()))
}

fn cell_of(value: &Data, percent: bool) -> Option<Cell> {
    Some(match value {
        Data::Empty => return None,
        Data::String(text) | Data::DurationIso(text) => Cell::Text(text.clone()),
        Data::DateTimeIso(text) => Cell::Date(text.trim_end_matches("T00:00:00").to_owned()),
        Data::Int(number) if percent => Cell::Number(as_shown(*number as f64)),
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) if !number.is_finite() => Cell::Fault(number.to_string()),
        Data::Float(number) if percent => Cell::Number(as_shown(*number)),
        Data::Float(number) => Cell::Number(*number),
        Data::Bool(yes) => Cell::Text(if *yes { "true" } else { "false" }.to_owned()),
        Data::DateTime(when) if when.is_datetime() => match when.as_datetime() {
            _ if is_undated(value) => Cell::Number(when.as_f64()),
            Some(time) if when.as_f64().fract() == 0.0 => Cell::Date(time.format("%Y-%m-%d").to_string()),
            Some(time) => Cell::Date(time.format("%Y-%m-%dT%H:%M:%S").to_string()),
            None => Cell::Number(when.as_f64()),
        },
        // Hours and minutes are no number of anything that is counted here.
        Data::DateTime(when) => Cell::Text(hours(when.as_f64())),
        Data::Error(error) => Cell::Fault(error.to_string()),
    })
}

/// A length of time as a workbook shows it: 1.25 days are 30:00:00.
fn hours(days: f64) -> String {
    let seconds = (86_400.0 * days).round();
    let sign = if seconds < 0.0 { "-" } else { "" };
    let seconds = seconds.abs() as u64;
    format!("{sign}{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// A percentage as it is shown. What is shown as 113 % is kept as 1.13; two more binary digits would make 112.99999999999999 of it.
fn as_shown(number: f64) -> f64 {
    format!("{:.10}", number * 100.0).parse().unwrap_or(number * 100.0)
}

/// Workbooks that Excel encrypted are compound files that hold an `EncryptedPackage`.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.starts_with(b"\xd0\xcf\x11\xe0") && memchr::memmem::find(bytes, &name).is_some()
}

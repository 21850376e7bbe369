//! A table, whatever kind of file it is in.

use super::spreadsheet::find::Layout;
use super::{ditto, loggers, spreadsheet, swapped};
use crate::input::csv::{self, Head};
use crate::input::{Decimal, Source, Table, Wanted, encoding, legacy, parts, totals};
use crate::project::{Pivot, TableConfig, Unpivot};
use crate::run::{Problems, Result};
use crate::workbook::{Cell, is_workbook};
use std::collections::BTreeMap;

/// Whether the communes or fields of a table are what stands across.
fn units_stand_across(config: &TableConfig) -> bool {
    let units = [&config.key.commune, &config.key.commune_name, &config.key.field];
    config.unpivot.as_ref().is_some_and(|unpivot| units.into_iter().flatten().any(|unit| stands_across(unit, unpivot)))
}

/// Whether a heading is that of what stands across.
fn stands_across(heading: &str, unpivot: &Unpivot) -> bool {
    unpivot.into == heading || unpivot.headings.iter().any(|template| template.contains(&format!("{{{heading}}}")))
}

/// What is declared about the layout of a table.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// Delimiter of a text table
    pub delimiter: Option<char>,
    /// Decimal sign of numbers typed as words
    pub decimal: Option<Decimal>,
    /// Sheet by name or number; `*` is every sheet
    pub sheet: Option<String>,
    /// Rows of headings
    pub header_rows: Option<u32>,
    /// Rows above the headings
    pub skip: Option<u32>,
    /// Stretch of cells
    pub range: Option<String>,
    /// Columns whose value stands in one cell: heading → address
    pub cells: BTreeMap<String, String>,
    /// Columns out of the names of sheets
    pub from_sheet: Vec<String>,
    /// Columns out of a line above the table
    pub from_title: Vec<String>,
    /// Sheets that `*` leaves out
    pub without_sheets: Vec<String>,
    /// Columns of which an empty cell means what stands above it
    pub fill_down: Vec<String>,
    /// Texts that a column must hold for a row to be read
    pub kept: BTreeMap<String, Vec<String>>,
    /// Name of a column of ones
    pub count: Option<String>,
    /// Columns that are one thing across
    pub unpivot: Option<Unpivot>,
    /// These are the communes, so that amounts beside them are of all together
    pub units_across: bool,
    /// A column of classes, each of which becomes a column
    pub pivot: Option<Pivot>,
    /// Columns put together from others
    pub compose: BTreeMap<String, String>,
}

impl From<&TableConfig> for Form {
    fn from(config: &TableConfig) -> Form {
        Form {
            delimiter: config.delimiter,
            decimal: config.decimal,
            sheet: config.sheet.clone(),
            header_rows: config.header_rows,
            skip: config.skip,
            range: config.range.clone(),
            cells: config.cells.clone(),
            from_sheet: config.from_sheet.clone(),
            from_title: config.from_title.clone(),
            without_sheets: config.without_sheets.clone(),
            fill_down: config.fill_down.clone(),
            kept: config.kept.iter().map(|(heading, texts)| (heading.clone(), texts.list().to_vec())).collect(),
            count: config.count.clone(),
            unpivot: config.unpivot.clone(),
            units_across: units_stand_across(config),
            pivot: config.pivot.clone(),
            compose: config.compose.clone(),
        }
    }
}

impl Form {
    /// What is declared of where the headings stand.
    pub(super) fn layout(&self) -> Layout {
        Layout { header_rows: self.header_rows, skip: self.skip }
    }

    fn is_sheet_like(&self) -> bool {
        let above = !self.from_title.is_empty() || !self.cells.is_empty();
        self.header_rows.is_some() || self.skip.is_some() || self.range.is_some() || above
    }

    /// Whether rows are made of what is read.
    pub fn is_shaped(&self) -> bool {
        let rows = !self.fill_down.is_empty() || !self.kept.is_empty() || self.unpivot.is_some();
        rows || self.pivot.is_some() || !self.compose.is_empty() || self.count.is_some()
    }
}

/// What people write in another way than it is meant: letters of old fonts, parts of a whole, marks for what stands above.
fn tidy(table: &mut Table, problems: &mut Problems) {
    legacy::mend(table, problems);
    parts::take(table, problems);
    ditto::fill(table, problems);
}

/// A table of which the headings are known.
pub enum Opened {
    /// Still to be read
    Csv(Source, Head),
    /// Read whole
    Read(Box<Table>),
}

/// Opens a table; spreadsheets are read here, text tables only as far as their headings.
pub fn open(source: &Source, form: &Form, problems: &mut Problems) -> Result<Opened> {
    if is_workbook(&source.name) {
        let mut table = spreadsheet::read(source, form, problems)?;
        tidy(&mut table, problems);
        swapped::mend(&mut table, problems);
        return Ok(Opened::Read(Box::new(table)));
    }
    let source = encoding::utf8(source, problems)?;
    let named = csv::declared_in_file(&source)?;
    let of_file;
    let form = match named {
        Some(delimiter) => {
            // The line that names the delimiter is no heading.
            let skip = Some(form.skip.unwrap_or(0).max(1));
            of_file = Form { delimiter: form.delimiter.or(Some(delimiter)), skip, ..form.clone() };
            &of_file
        }
        None => form,
    };
    let by_logger = !form.is_sheet_like() && loggers::is_campbell(&source)?;
    if by_logger || form.is_sheet_like() || csv::has_titles(&source, form.delimiter)? {
        let (mut cells, fingerprint, delimiter) = csv::cells(&source, form.delimiter)?;
        let of_logger;
        let form = if by_logger {
            of_logger = Form { skip: Some(loggers::straighten(&mut cells)), header_rows: Some(1), ..form.clone() };
            &of_logger
        } else {
            form
        };
        let cells = cells.into_iter().map(|(row, column, text)| (row, column, Cell::Text(text))).collect();
        let mut table = spreadsheet::from_cells(cells, &source, form, problems)?;
        table.fingerprint = fingerprint;
        table.read_as.insert("delimiter", delimiter);
        tidy(&mut table, problems);
        return Ok(Opened::Read(Box::new(table)));
    }
    let head = csv::head(&source, form.delimiter)?;
    Ok(Opened::Csv(source, head))
}

/// Larger text tables come out of programs, which write no rows of totals.
const KEPT_BY_HAND: u64 = 4 << 20;

impl Opened {
    /// The headings.
    pub fn headings(&self) -> &[String] {
        match self {
            Opened::Csv(_, head) => &head.headings,
            Opened::Read(table) => &table.headings,
        }
    }

    /// Reads the wanted columns; a table that was read whole keeps the others too.
    pub fn read(self, wanted: &Wanted, problems: &mut Problems) -> Result<Table> {
        match self {
            Opened::Csv(source, head) => {
                // A table of a size that people keep is read whole: a row of totals may say so in a column that nothing else reads.
                let small = std::fs::metadata(&source.path).is_ok_and(|file| file.len() <= KEPT_BY_HAND);
                let wanted = if small { &Wanted::All } else { wanted };
                let mut said = Problems::default();
                let mut table = match csv::read(&source, &head, wanted, &mut said) {
                    // The first bytes were UTF-8, later ones are not.
                    Err(fault) if fault.code == "not-utf8" && source.content.is_none() => {
                        said = Problems::default();
                        let source = encoding::converted(&source, &mut said)?;
                        csv::read(&source, &csv::head(&source, None)?, wanted, &mut said)?
                    }
                    read => read?,
                };
                problems.append(said);
                tidy(&mut table, problems);
                totals::set_aside(&mut table, problems);
                Ok(table)
            }
            Opened::Read(mut table) => {
                table.preview = table.preview();
                Ok(*table)
            }
        }
    }
}

/// Opens and reads a whole table.
pub fn read(source: &Source, form: &Form, problems: &mut Problems) -> Result<Table> {
    open(source, form, problems)?.read(&Wanted::All, problems)
}

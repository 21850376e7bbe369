//! What all workbooks have: no clock time, a head on every sheet, sheets that lie on A4 with their numbers.

use super::About;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// Rows over a table: title, period, source.
pub const OVER: u32 = 3;
/// Ground of heads.
pub const HEAD: Color = Color::RGB(0x00E3_ECE4);
/// A4, as Excel numbers it.
const A4: u8 = 9;

/// A workbook that was made at no time, so that equal tables give equal bytes.
pub fn started() -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let epoch = ExcelDateTime::from_ymd(2024, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    Ok(workbook)
}

/// A title as the name of a sheet.
pub fn name_of(title: &str) -> String {
    title.chars().filter(|c| !"[]:*?/\\".contains(*c)).take(31).collect()
}

/// Names a sheet and says over its table what it is, of when and from where.
pub fn head(sheet: &mut Worksheet, title: &str, [period, source]: [&str; 2]) -> Result<(), XlsxError> {
    let about = Format::new().set_italic().set_font_color(Color::RGB(0x0050_5860));
    sheet.set_name(name_of(title))?;
    sheet.write_with_format(0, 0, title, &Format::new().set_bold().set_font_size(14))?;
    sheet.write_with_format(1, 0, period, &about)?;
    sheet.write_with_format(2, 0, source, &about)?;
    Ok(())
}

/// Lays a sheet on paper.
pub fn on_paper(sheet: &mut Worksheet) {
    sheet.set_landscape();
    sheet.set_paper_size(A4);
    sheet.set_footer("&R&P/&N");
}

impl About {
    /// Period and source, as they stand over a table.
    pub fn lines(&self) -> [&str; 2] {
        [&self.period, &self.source]
    }
}

//! Tables for people: one workbook, headings in their language, numbers that Excel shows in the office's own format.

use crate::message;
use crate::run::{Fault, Place, Result};
use crate::tables::sheet::{Cell, Sheet};
use crate::values::{Lang, Value};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

/// A workbook with one worksheet per table. It carries no clock time, so equal tables give equal bytes.
pub fn workbook(sheets: &[&Sheet], lang: Lang, file: &str) -> Result<Vec<u8>> {
    build(sheets, lang).map_err(|error| {
        Fault::new("input-output", Place::file(file), message!("không ghi được", "cannot write").because(&error))
    })
}

fn build(sheets: &[&Sheet], lang: Lang) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let epoch = rust_xlsxwriter::ExcelDateTime::from_ymd(2024, 1, 1)?;
    workbook.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&epoch));
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0x00E3_EEDD))
        .set_border(FormatBorder::Thin);
    let title = Format::new().set_bold().set_font_size(14);
    let text = Format::new();
    let bold = Format::new().set_bold();
    let pattern = |decimals: usize| if decimals == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(decimals)) };
    let number: Vec<Format> = (0..4).map(|decimals| Format::new().set_num_format(pattern(decimals))).collect();
    let total: Vec<Format> = number.iter().map(|format| format.clone().set_bold().set_border_top(FormatBorder::Thin)).collect();
    let reason = Format::new().set_italic().set_font_color(Color::RGB(0x0080_8080)).set_align(FormatAlign::Right);
    for sheet in sheets {
        let worksheet = workbook.add_worksheet();
        let name: String = sheet.title.get(lang).chars().filter(|c| !"[]:*?/\\".contains(*c)).take(31).collect();
        worksheet.set_name(name)?;
        worksheet.write_with_format(0, 0, sheet.title.get(lang), &title)?;
        worksheet.set_row_height(1, 48)?;
        for (column, shown) in sheet.headings.iter().enumerate() {
            worksheet.write_with_format(1, column as u16, shown.title.get(lang), &heading)?;
        }
        let rows = sheet.rows.iter().map(|row| (row, false)).chain(sheet.totals.iter().map(|row| (row, true)));
        let mut widths: Vec<usize> = vec![11; sheet.headings.len()];
        for (line, (row, is_total)) in (2..).zip(rows) {
            for (column, cell) in row.iter().enumerate() {
                let at = column as u16;
                let decimals = sheet.headings[column].decimals;
                match cell {
                    Cell::Text(content) => {
                        widths[column] = widths[column].max(content.chars().count().min(40) + 2);
                        worksheet.write_with_format(line, at, content, if is_total { &bold } else { &text })?;
                    }
                    Cell::Value(Value::Number(value)) => {
                        let formats = if is_total { &total } else { &number };
                        worksheet.write_with_format(line, at, *value, &formats[decimals.min(3)])?;
                    }
                    Cell::Value(value) => {
                        worksheet.write_with_format(line, at, value.words(lang), &reason)?;
                    }
                }
            }
        }
        for (column, width) in widths.iter().enumerate() {
            worksheet.set_column_width(column as u16, *width as f64)?;
        }
        worksheet.set_freeze_panes(2, 2.min(sheet.headings.len()) as u16)?;
        worksheet.set_landscape();
        worksheet.set_print_fit_to_pages(1, 0);
    }
    workbook.save_to_buffer()
}

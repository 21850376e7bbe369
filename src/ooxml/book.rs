//! A table of a document as a sheet of its own, ready to be printed.

use super::rows::{Align, Rows, Slot};
use crate::publish::xlsx::About;
use crate::publish::xlsx::paper::{HEAD, OVER, head, on_paper, started};
use crate::run::{Fault, Result};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, XlsxError};

/// A workbook of one sheet. Numbers are numbers; places to write in are yellow.
pub fn book(rows: &Rows, title: &str, about: &About, file: &str) -> Result<Vec<u8>> {
    build(rows, title, about).map_err(|error| Fault::not_written(file, &error))
}

fn build(rows: &Rows, title: &str, about: &About) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = started()?;
    let sheet = workbook.add_worksheet();
    head(sheet, title, about.lines())?;
    let base = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter);
    let heading = base.clone().set_bold().set_background_color(HEAD).set_align(FormatAlign::Center);
    for (line, (number, slots)) in (OVER..).zip(rows.grid().iter().enumerate()) {
        for (column, slot) in (0u16..).zip(slots) {
            let Slot::Cell(cell) = slot else { continue };
            let format = match cell.align {
                _ if number < rows.heads.len() => heading.clone(),
                Align::Left => base.clone(),
                Align::Middle => base.clone().set_align(FormatAlign::Center),
                Align::Right => base.clone().set_align(FormatAlign::Right),
            };
            let format = if cell.blank { format.set_background_color(Color::RGB(0x00FF_F200)) } else { format };
            let (right, foot) = (column + cell.columns() as u16 - 1, line + cell.tall.max(1) as u32 - 1);
            if right > column || foot > line {
                sheet.merge_range(line, column, foot, right, &cell.words, &format)?;
            } else if let Some(value) = cell.value {
                let pattern = if value.fract() == 0.0 { "#,##0" } else { "#,##0.0" };
                sheet.write_with_format(line, column, value, &format.set_num_format(pattern))?;
            } else {
                let words = if cell.blank { "" } else { cell.words.as_str() };
                sheet.write_with_format(line, column, words, &format)?;
            }
        }
    }
    let widest = rows.widths.iter().copied().fold(1e-6, f32::max);
    let letters = |column: usize| 6.0 + 18.0 * rows.widths[column] / widest;
    // Nobody fits the height of rows that wrap before the file is opened.
    for (line, slots) in (OVER..).zip(rows.grid()) {
        let lines = slots.iter().enumerate().map(|(column, slot)| match slot {
            Slot::Cell(cell) => {
                let wide: f32 = (column..column + cell.columns()).map(letters).sum();
                (cell.words.chars().count() as f32 / wide.max(1.0)).ceil().max(1.0) / cell.tall.max(1) as f32
            }
            _ => 1.0,
        });
        sheet.set_row_height(line, f64::from(16.0 * lines.fold(1.0, f32::max).ceil() + 4.0))?;
    }
    for (column, wide) in (0..).zip(&rows.widths) {
        sheet.set_column_width(column, f64::from(6.0 + 18.0 * wide / widest))?;
    }
    let first = OVER + rows.heads.len() as u32;
    sheet.set_freeze_panes(first, 1)?;
    on_paper(sheet);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(OVER, first.saturating_sub(1).max(OVER))?;
    workbook.save_to_buffer()
}

//! The workbook of a chart.

use super::SHEET;
use crate::draw::plot::{Plot, PlotKind};
use crate::publish::xlsx::paper::started;
use rust_xlsxwriter::XlsxError;

/// The chart's own workbook: categories in the first column, of points what is measured across in the second, a series in each of the others.
pub fn workbook(plot: &Plot) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = started()?;
    let sheet = workbook.add_worksheet();
    sheet.set_name(SHEET)?;
    let mut first = 1;
    if plot.kind == PlotKind::Points {
        sheet.write(0, 1, &plot.across)?;
        for (row, x) in (1..).zip(&plot.xs) {
            sheet.write(row, 1, *x)?;
        }
        first = 2;
    }
    for (column, series) in (first..).zip(&plot.series) {
        sheet.write(0, column, &series.name)?;
        for (row, value) in (1..).zip(&series.values) {
            if let Some(value) = value {
                sheet.write(row, column, *value)?;
            }
        }
    }
    for (row, category) in (1..).zip(&plot.categories) {
        sheet.write(row, 0, category)?;
    }
    sheet.set_column_width(0, 24)?;
    workbook.save_to_buffer()
}

//! Tables for people: one workbook, each sheet with its title, period and source, headings in their language, sums as formulas, numbers that
//! Excel shows in the office's own format, ready to be printed.

mod charts;
mod classes;
pub mod paper;

use crate::run::{Fault, Result};
use crate::scale::Scale;
use crate::tables::sheet::{Cell, Heading, Sheet};
use crate::values::dates::written_day;
use crate::values::{Lang, Value, exact};
use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Worksheet, XlsxError};
use std::collections::BTreeMap;

use paper::{HEAD, OVER, head, on_paper, started};

/// What every sheet says of itself under its title.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct About {
    /// Project and period
    pub period: String,
    /// Where the numbers come from, who made the table, what must be said of it
    pub source: String,
    /// Classes in whose colours columns of the table by commune stand: the column that says the class, and the scale
    pub classes: BTreeMap<String, (String, Scale)>,
}

/// Rows of heads: groups, columns.
const HEADS: u32 = 2;
/// Letters of the widest column; longer text is wrapped.
const WIDEST: usize = 60;
/// Letters that a sheet of paper on its side holds.
const PAPER: usize = 190;

/// A workbook with one worksheet per table. It carries no clock time, so equal tables give equal bytes.
pub fn workbook(sheets: &[&Sheet], about: &About, lang: Lang, file: &str) -> Result<Vec<u8>> {
    build(sheets, about, lang).map_err(|error| Fault::not_written(file, &error))
}

/// How cells look.
struct Looks {
    heading: Format,
    text: Format,
    long: Format,
    bold: Format,
    day: Format,
    number: Vec<Format>,
    total: Vec<Format>,
    reason: Format,
}

impl Looks {
    fn new() -> Looks {
        let pattern =
            |decimals: usize| if decimals == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(decimals)) };
        let number: Vec<Format> = (0..7).map(|decimals| Format::new().set_num_format(pattern(decimals))).collect();
        let centred = Format::new().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        Looks {
            heading: centred.set_bold().set_text_wrap().set_background_color(HEAD).set_border(FormatBorder::Thin),
            text: Format::new(),
            long: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            bold: Format::new().set_bold().set_border_top(FormatBorder::Thin),
            day: Format::new().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
            total: number.iter().map(|format| format.clone().set_bold().set_border_top(FormatBorder::Thin)).collect(),
            number,
            reason: Format::new().set_italic().set_font_color(Color::RGB(0x0080_8080)).set_align(FormatAlign::Right),
        }
    }
}

fn build(sheets: &[&Sheet], about: &About, lang: Lang) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = started()?;
    let looks = Looks::new();
    // What is about the data stands behind what is made of them.
    let last = sheets.iter().rposition(|sheet| !["review", "basis"].contains(&sheet.id));
    for (at, sheet) in sheets.iter().enumerate() {
        write(workbook.add_worksheet(), &sheet.for_people(lang), about, (&looks, lang))?;
        if Some(at) == last {
            charts::add(&mut workbook, sheets, about, lang)?;
        }
    }
    workbook.save_to_buffer()
}

fn write(
    worksheet: &mut Worksheet,
    sheet: &Sheet,
    about: &About,
    (looks, lang): (&Looks, Lang),
) -> std::result::Result<(), XlsxError> {
    let coloured = if sheet.id == "communes" { classes::colours(worksheet, sheet, about)? } else { false };
    let by_class = lang.pick("màu ô là màu lớp trên bản đồ", "cells have the colours of classes on the maps");
    let period = if coloured { format!("{} · {by_class}", about.period) } else { about.period.clone() };
    head(worksheet, sheet.title.get(lang), [&period, &about.source])?;
    heads(worksheet, sheet, (looks, lang))?;
    let first = OVER + HEADS;
    let last = first + sheet.rows.len() as u32;
    let mut widths: Vec<usize> = vec![11; sheet.headings.len()];
    for (line, row) in (first..).zip(&sheet.rows) {
        for (column, cell) in row.iter().enumerate() {
            let (at, decimals) = (column as u16, sheet.figures(row, column).decimals());
            match cell {
                Cell::Text(content) => match day(content) {
                    Some(date) => {
                        let date = ExcelDateTime::from_ymd(date.year() as u16, date.month() as u8, date.day() as u8)?;
                        worksheet.write_with_format(line, at, &date, &looks.day)?;
                        widths[column] = widths[column].max(12);
                    }
                    None => {
                        let long = content.chars().count();
                        widths[column] = widths[column].max(long.min(WIDEST) + 2);
                        worksheet.write_with_format(line, at, content, if long > WIDEST { &looks.long } else { &looks.text })?;
                    }
                },
                Cell::Value(Value::Number(value)) => {
                    worksheet.write_with_format(line, at, *value, &looks.number[decimals.min(6)])?;
                }
                Cell::Value(value) => {
                    let words = value.words(lang);
                    widths[column] = widths[column].max(words.chars().count() + 1);
                    worksheet.write_with_format(line, at, words, &looks.reason)?;
                }
            }
        }
    }
    for (column, cell) in sheet.totals.iter().flatten().enumerate() {
        let at = column as u16;
        match cell {
            Cell::Text(content) => worksheet.write_with_format(last, at, content, &looks.bold)?,
            Cell::Value(Value::Number(total)) => {
                let format = &looks.total[sheet.headings[column].figures.decimals().min(6)];
                match adds_up(sheet, column, *total) {
                    // A sum of what a filter leaves; shares stay as they were computed.
                    true => {
                        let letters = rust_xlsxwriter::utility::column_number_to_name(at);
                        let formula = {
                            let cells = format!("{letters}{}:{letters}{last}", first + 1);
                            format!("=IF(SUBTOTAL(102,{cells})=0,\"\",SUBTOTAL(109,{cells}))")
                        };
                        worksheet.write_formula_with_format(
                            last,
                            at,
                            Formula::new(formula).set_result(total.to_string()),
                            format,
                        )?
                    }
                    false => worksheet.write_with_format(last, at, *total, format)?,
                }
            }
            Cell::Value(value) => worksheet.write_with_format(last, at, value.words(lang), &looks.reason)?,
        };
    }
    for (column, width) in widths.iter().enumerate() {
        worksheet.set_column_width(column as u16, *width as f64)?;
    }
    if !sheet.rows.is_empty() && !sheet.headings.is_empty() {
        worksheet.autofilter(first - 1, 0, last - 1, sheet.headings.len() as u16 - 1)?;
    }
    worksheet.set_freeze_panes(first, 2.min(sheet.headings.len()) as u16)?;
    on_paper(worksheet);
    // A table too wide to be read on one sheet of paper goes over several, with the names on each.
    worksheet.set_print_fit_to_pages((widths.iter().sum::<usize>().div_ceil(PAPER)).max(1) as u16, 0);
    if sheet.headings.len() > 2 {
        worksheet.set_repeat_columns(0, 1)?;
    }
    worksheet.set_repeat_rows(OVER, first - 1)?;
    Ok(())
}

/// Two rows of heads: columns of one measure stand under its name.
fn heads(worksheet: &mut Worksheet, sheet: &Sheet, (looks, lang): (&Looks, Lang)) -> std::result::Result<(), XlsxError> {
    worksheet.set_row_height(OVER, 32)?;
    worksheet.set_row_height(OVER + 1, 48)?;
    let titles: Vec<&str> = sheet.headings.iter().map(|heading| heading.title.get(lang)).collect();
    let mut at = 0;
    while at < titles.len() {
        let (group, count) = (titles[at].rsplit_once(" (").map_or(titles[at], |(name, _)| name), group(&sheet.headings[at..]));
        let (from, to) = (at as u16, (at + count - 1) as u16);
        if count == 1 {
            worksheet.merge_range(OVER, from, OVER + 1, from, titles[at], &looks.heading)?;
        } else {
            worksheet.merge_range(OVER, from, OVER, to, group, &looks.heading)?;
            for (column, title) in (from..).zip(&titles[at..at + count]) {
                let own = match title.split_once(": ") {
                    Some((_, own)) => crate::values::text::capital(own.trim()),
                    None => {
                        let unit = title.rsplit_once(" (").map_or(String::new(), |(_, unit)| format!(" ({unit}"));
                        format!("{}{unit}", lang.pick("Kỳ này", "This period"))
                    }
                };
                worksheet.write_with_format(OVER + 1, column, own, &looks.heading)?;
            }
        }
        at += count;
    }
    Ok(())
}

/// How many of the next columns are of one measure: itself, in other periods, and its changes.
fn group(headings: &[Heading]) -> usize {
    let Some(first) = headings.first() else { return 1 };
    let of_first = |heading: &&Heading| {
        let rest = heading.id.strip_prefix(first.id.as_str()).unwrap_or_default();
        rest.ends_with("_previous") || rest.ends_with("_last_year")
    };
    1 + headings[1..].iter().take_while(of_first).count()
}

/// A day as programs write it, if Excel knows it.
fn day(text: &str) -> Option<NaiveDate> {
    let date = written_day(text)?;
    // Excel knows no day before 1900.
    (date.year() >= 1900).then_some(date)
}

/// Whether a total is the sum of its column. Shares are none, nor are sums with a part that belongs to no row.
fn adds_up(sheet: &Sheet, column: usize, total: f64) -> bool {
    let numbers: Vec<f64> = sheet
        .rows
        .iter()
        .filter_map(|row| match &row[column] {
            Cell::Value(value) => value.number(),
            Cell::Text(_) => None,
        })
        .collect();
    let sum = exact::sum(numbers.iter().copied());
    numbers.len() > 1 && (sum - total).abs() <= 1e-9 * total.abs().max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message;
    use crate::tables::Figures;

    #[test]
    fn columns_of_one_measure_stand_together() {
        let ids = ["code", "infested_ha", "infested_ha_previous", "infested_ha_change_pct_previous", "infested_ha_1", "states"];
        let headings = ids.map(|id| Heading::new(id, message!("tên", "name"), Figures::Words));
        assert_eq!([0, 1, 4, 5].map(|at| group(&headings[at..])), [1, 3, 1, 1]);
    }

    #[test]
    fn days_are_told_from_other_text() {
        assert!(day("2024-04-05").is_some());
        assert_eq!(["2024-13-05", "0412-04-05", "29974-0405", "2024/04/05"].map(day), [None; 4]);
    }
}

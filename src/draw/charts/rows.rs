//! The frame of charts with a row per thing: names at the left, a number axis below.

use super::backend::{Board, FINE};
use super::{Frame, TALLEST, axis_decimals, fault};
use crate::draw::cut::Cut;
use crate::draw::furniture::{GREY, INK, Sheet};
use crate::draw::scene::{Anchor, SMALLEST, Text};
use crate::draw::text;
use crate::run::Result;
use crate::scale::Rgb;
use crate::values::numbers;
use plotters::prelude::*;

/// Least height of a row in units of a 1600 × 900 page.
const LEAST: f32 = 24.0;
/// Greatest height of a row.
const MOST: f32 = 140.0;

/// Rows placed on a page.
pub struct Rows {
    /// Size of letters
    pub size: f32,
    /// Height of a row
    pub height: f32,
    left: f32,
    top: f32,
    low: f64,
    per_unit: f64,
}

impl Rows {
    /// Pixel of a number.
    pub fn x(&self, number: f64) -> f32 {
        self.left + ((number - self.low) * self.per_unit) as f32
    }

    /// Middle of a row.
    pub fn y(&self, row: usize) -> f32 {
        self.top + self.height * (row as f32 + 0.5)
    }
}

/// Room below the rows for the numbers of the axis.
const AXIS: f32 = 58.0;

/// The rows of a list that a page shows; `parts` are the lines of letters that a row needs.
pub fn fitting<T: Clone>(sheet: &Sheet, list: &[T], parts: usize, cut: &Cut<'_, T>) -> Vec<T> {
    let room = (sheet.body[3] - sheet.body[1]) / sheet.unit - AXIS - 10.0;
    let capacity = ((room / (LEAST * parts.max(1) as f32 * if parts > 1 { 0.8 } else { 1.0 })) as usize).max(1);
    cut.of(list, capacity)
}

/// The numbers of rows.
pub struct Numbers<'a> {
    /// Lowest and highest
    pub ends: (f64, f64),
    /// Words under the axis
    pub axis: &'a str,
    /// They count things, so that there is nothing between two numbers
    pub whole: bool,
    /// Every number is written at its row, so that an axis would say it twice
    pub written: bool,
    /// Room kept for words, left of the lowest number if it is below zero, and right of the highest
    pub beside: f32,
    /// How far what stands at the least number reaches towards the labels
    pub mark: f32,
}

/// Draws axis, grid and names.
pub fn rows(frame: &Frame, sheet: &mut Sheet, labels: &[&str], scale: &Numbers) -> Result<Rows> {
    let Numbers { ends: (low, high), axis, whole, written, beside, mark } = *scale;
    let lang = frame.imprint.lang;
    let finite = low.is_finite() && high.is_finite() && beside.is_finite();
    if !finite || high.max(-low) > TALLEST {
        return Err(fault(frame.id, &format!("{high:e} > {TALLEST:e}")));
    }
    let unit = sheet.unit;
    let axis_room = if written { 6.0 } else { AXIS } * unit;
    let room = sheet.body[3] - sheet.body[1] - axis_room - 10.0 * unit;
    let shown = labels.len();
    let [left, head, right, _] = sheet.body;
    // A few rows do not fill the page: they keep a row's proportions.
    let height = (room / shown.max(1) as f32).min(MOST * unit);
    let size = (height * 0.5).clamp(SMALLEST * unit, 20.0 * unit);
    let widest = labels.iter().map(|label| text::width(label, size, false)).fold(0.0, f32::max);
    let label_room = (widest + 18.0 * unit + mark).min((right - left) * 0.36);
    let top = head + 10.0 * unit;
    let area = [left, top, right - 10.0 * unit, top + height * shown.max(1) as f32 + axis_room];
    let wide = (area[2] - area[0] - label_room - 20.0 * unit).max(1.0);
    let span = if high > low { high - low } else { 1.0 };
    let before = if low < 0.0 { beside } else { 0.0 };
    let per_number = f64::from((wide - beside - before).max(wide * 0.3)) / span;
    let (low, high) = (low - f64::from(before) / per_number, low + span + f64::from(beside) / per_number);
    let mapped;
    {
        let draw = |error: &dyn std::fmt::Display| fault(frame.id, error);
        let board = Board::new(&mut sheet.scene, area).into_drawing_area();
        let fine = |pixels: f32| (pixels * FINE) as u32;
        let mut chart = ChartBuilder::on(&board)
            .x_label_area_size(fine(axis_room))
            .y_label_area_size(fine(label_room))
            .margin_right(fine(20.0 * unit))
            .build_cartesian_2d(low..high, 0.0..shown.max(1) as f64)
            .map_err(|error| draw(&error))?;
        let words = |size: f32, colour: Rgb| {
            ("sans-serif", f64::from(size * FINE)).into_font().color(&RGBColor(colour.0, colour.1, colour.2))
        };
        let decimals = if whole { 0 } else { axis_decimals(span) };
        let thin = (unit * FINE) as u32;
        let mut mesh = chart.configure_mesh();
        if written {
            mesh.disable_x_mesh().disable_x_axis();
        }
        mesh.disable_y_mesh()
            .disable_y_axis()
            .y_labels(0)
            .x_labels(if whole {
                (span as usize + 1).min(8)
            } else if wide > 700.0 * unit {
                8
            } else {
                5
            })
            .x_label_formatter(&|x| numbers::format(*x, decimals, lang))
            .x_label_style(words(15.0 * unit, GREY))
            .axis_style(RGBColor(170, 176, 182).stroke_width(thin))
            .bold_line_style(RGBColor(226, 229, 233).stroke_width(thin))
            .light_line_style(TRANSPARENT)
            .x_desc(if written { String::new() } else { text::shorten(axis, 16.0 * unit, false, wide) })
            .axis_desc_style(words(16.0 * unit, GREY))
            .draw()
            .map_err(|error| draw(&error))?;
        mapped = [low, high].map(|x| area[0] + chart.backend_coord(&(x, 0.0)).0 as f32 / FINE);
        board.present().map_err(|error| draw(&error))?;
    }
    let rows = Rows { size, height, left: mapped[0], top, low, per_unit: f64::from(mapped[1] - mapped[0]) / (high - low) };
    for (row, label) in labels.iter().enumerate() {
        let room = label_room - 14.0 * unit - mark;
        let fitted = text::fit(label, (size, SMALLEST * unit), false, room);
        let at = [left + label_room - 10.0 * unit - mark, rows.y(row) + fitted * 0.36];
        sheet.scene.write(Text::new(text::shorten(label, fitted, false, room), at, fitted).colour(INK).anchor(Anchor::End));
    }
    Ok(rows)
}

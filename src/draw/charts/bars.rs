//! Ranked bars: the largest on top, each with its number.

use super::super::furniture::{GREY, INK, Page, Titles};
use super::super::scene::Scene;
use super::super::text;
use super::backend::{Board, FINE};
use super::{TALLEST, fault};
use crate::project::Project;
use crate::run::Result;
use crate::scale::Rgb;
use crate::values::{Lang, numbers};
use plotters::prelude::*;

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Words
    pub label: String,
    /// Length; a bar without a number is listed with its reason
    pub value: Option<f64>,
    /// Reason for no number
    pub reason: String,
    /// Colour
    pub colour: Rgb,
}

/// A bar's number: attainments to the hundredth, as reports have them (126,67 %), hectares to the tenth.
fn written(value: f64, axis: &str, lang: Lang) -> String {
    let decimals = match (value.fract() == 0.0, axis.contains('%')) {
        (true, _) => 0,
        (false, true) => 2,
        (false, false) => 1,
    };
    numbers::format(value, decimals, lang)
}

/// Bars shown; the rest are summed up in a line below.
const MOST: usize = 24;

/// A chart of bars in the order given.
pub fn bars(id: &str, titles: &Titles, project: &Project, axis: &str, list: &[Bar]) -> Result<Scene> {
    let lang = project.language;
    let Page { mut scene, unit, body } = Page::new(id, titles, project);
    let shown = &list[..list.len().min(MOST)];
    let highest = shown.iter().filter_map(|bar| bar.value).fold(0.0f64, f64::max);
    if highest > TALLEST {
        return Err(fault(id, &format!("{highest:e} > {TALLEST:e}")));
    }
    let top = if highest > 0.0 { highest * 1.12 } else { 1.0 };
    let [left, head, right, bottom] = body;
    let room = (bottom - head - 70.0 * unit) / shown.len().max(1) as f32;
    let size = (room * 0.55).clamp(10.0 * unit, 19.0 * unit);
    let widest = shown.iter().map(|bar| text::width(&bar.label, size, false)).fold(0.0, f32::max);
    let label_room = (widest + 18.0 * unit).min((right - left) * 0.4);
    // A few bars do not fill the page: they keep a bar's proportions and stand at the top.
    let tall = (shown.len().max(1) as f32 * room.min(112.0 * unit) + 70.0 * unit).min(bottom - head);
    let area = [left, head + 10.0 * unit, right - 10.0 * unit, head + tall];
    let draw = |error: &dyn std::fmt::Display| fault(id, error);
    {
        let board = Board::new(&mut scene, area).into_drawing_area();
        let fine = |pixels: f32| (pixels * FINE) as u32;
        let mut chart = ChartBuilder::on(&board)
            .x_label_area_size(fine(58.0 * unit))
            .y_label_area_size(fine(label_room))
            .margin_right(fine(20.0 * unit))
            .build_cartesian_2d(0.0..top, 0.0..shown.len().max(1) as f64)
            .map_err(|error| draw(&error))?;
        let words = |size: f32, colour: Rgb| {
            ("sans-serif", f64::from(size * FINE)).into_font().color(&RGBColor(colour.0, colour.1, colour.2))
        };
        let decimals = if top >= 5.0 { 0 } else { 2 };
        chart
            .configure_mesh()
            .disable_y_mesh()
            .disable_y_axis()
            .y_labels(0)
            .x_labels(8)
            .x_label_formatter(&|x| numbers::format(*x, decimals, lang))
            .x_label_style(words(15.0 * unit, GREY))
            .axis_style(RGBColor(170, 176, 182).stroke_width((1.0 * unit * FINE) as u32))
            .bold_line_style(RGBColor(226, 229, 233).stroke_width((1.0 * unit * FINE) as u32))
            .light_line_style(TRANSPARENT)
            .x_desc(axis)
            .axis_desc_style(words(16.0 * unit, GREY))
            .draw()
            .map_err(|error| draw(&error))?;
        let count = shown.len() as f64;
        let bodies = shown.iter().enumerate().filter_map(|(i, bar)| {
            let at = count - 1.0 - i as f64;
            let Rgb(r, g, b) = bar.colour;
            Some(Rectangle::new([(0.0, at + 0.18), (bar.value?.max(0.0), at + 0.82)], RGBColor(r, g, b).filled()))
        });
        chart.draw_series(bodies).map_err(|error| draw(&error))?;
        for (i, bar) in shown.iter().enumerate() {
            let (x, y) = chart.backend_coord(&(bar.value.unwrap_or(0.0).max(0.0), count - 0.5 - i as f64));
            let style = |colour| {
                words(size, colour).pos(plotters::style::text_anchor::Pos::new(
                    plotters::style::text_anchor::HPos::Left,
                    plotters::style::text_anchor::VPos::Center,
                ))
            };
            let (words_, colour) = match bar.value {
                Some(value) => (written(value, axis, lang), INK),
                None => (bar.reason.clone(), GREY),
            };
            board.draw_text(&words_, &style(colour), (x + (8.0 * unit * FINE) as i32, y)).map_err(|error| draw(&error))?;
            let label_size = text::fit(&bar.label, size, false, label_room - 14.0 * unit);
            let right_side = words(label_size, INK).pos(plotters::style::text_anchor::Pos::new(
                plotters::style::text_anchor::HPos::Right,
                plotters::style::text_anchor::VPos::Center,
            ));
            let x = ((label_room - 10.0 * unit) * FINE) as i32;
            board.draw_text(&bar.label, &right_side, (x, y)).map_err(|error| draw(&error))?;
        }
        board.present().map_err(|error| draw(&error))?;
    }
    if list.len() > MOST {
        let more = list.len() - MOST;
        let words = match lang {
            Lang::Vi => format!("và {more} dòng nhỏ hơn, xem trong bảng"),
            Lang::En => format!("and {more} smaller ones, see the table"),
        };
        scene.text(words, [left, bottom], 14.0 * unit).colour(GREY);
    }
    Ok(scene)
}

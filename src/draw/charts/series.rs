//! Lines by week. A week without a survey is a gap in the line, never a zero.

use super::super::furniture::{GREY, INK, Page, Titles};
use super::super::scene::{Item, Scene, Text};
use super::super::text;
use super::backend::{Board, FINE};
use super::{TALLEST, fault};
use crate::project::Project;
use crate::run::Result;
use crate::scale::Rgb;
use crate::values::{Period, dates, numbers};
use plotters::prelude::*;

/// One line; `None` is a gap.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Words
    pub label: String,
    /// Colour
    pub colour: Rgb,
    /// A value per week
    pub values: Vec<Option<f64>>,
}

/// A chart of lines over weeks, each named at its end.
pub fn series(id: &str, titles: &Titles, project: &Project, axis: &str, weeks: &[Period], lines: &[Line]) -> Result<Scene> {
    let lang = project.language;
    let Page { mut scene, unit, body } = Page::new(id, titles, project);
    let highest = lines.iter().flat_map(|line| &line.values).flatten().copied().fold(0.0f64, f64::max);
    if highest > TALLEST {
        return Err(fault(id, &format!("{highest:e} > {TALLEST:e}")));
    }
    let top = if highest > 0.0 { highest * 1.08 } else { 1.0 };
    let size = 17.0 * unit;
    let widest = lines.iter().map(|line| text::width(&line.label, size, true)).fold(0.0, f32::max);
    let [left, head, right, bottom] = body;
    let area = [left, head + 12.0 * unit, right - widest - 34.0 * unit, bottom];
    let draw = |error: &dyn std::fmt::Display| fault(id, error);
    let mut ends: Vec<(f32, usize)> = Vec::new();
    {
        let board = Board::new(&mut scene, area).into_drawing_area();
        let fine = |pixels: f32| (pixels * FINE) as u32;
        let last = weeks.len().saturating_sub(1) as f64;
        let mut chart = ChartBuilder::on(&board)
            .x_label_area_size(fine(64.0 * unit))
            .y_label_area_size(fine(92.0 * unit))
            .margin_top(fine(8.0 * unit))
            .build_cartesian_2d(-0.15..last + 0.15, 0.0..top)
            .map_err(|error| draw(&error))?;
        let words = |size: f32, colour: Rgb| {
            ("sans-serif", f64::from(size * FINE)).into_font().color(&RGBColor(colour.0, colour.1, colour.2))
        };
        let thin = (unit * FINE) as u32;
        let decimals = if top >= 5.0 { 0 } else { 2 };
        chart
            .configure_mesh()
            .disable_x_mesh()
            .x_labels(0)
            .y_labels(7)
            .y_label_formatter(&|y| numbers::format(*y, decimals, lang))
            .y_label_style(words(15.0 * unit, GREY))
            .axis_style(RGBColor(170, 176, 182).stroke_width(thin))
            .bold_line_style(RGBColor(226, 229, 233).stroke_width(thin))
            .light_line_style(TRANSPARENT)
            .y_desc(axis)
            .x_desc(lang.pick("tuần bắt đầu ngày", "week beginning"))
            .axis_desc_style(words(16.0 * unit, GREY))
            .draw()
            .map_err(|error| draw(&error))?;
        let every = weeks.len().div_ceil(14).max(1);
        for (i, week) in weeks.iter().enumerate().filter(|(i, _)| (weeks.len() - 1 - i).is_multiple_of(every)) {
            let (x, y) = chart.backend_coord(&(i as f64, 0.0));
            let middle = plotters::style::text_anchor::Pos::new(
                plotters::style::text_anchor::HPos::Center,
                plotters::style::text_anchor::VPos::Top,
            );
            let label = dates::format_day_short(week.from, lang);
            let y = y + (10.0 * unit * FINE) as i32;
            board.draw_text(&label, &words(15.0 * unit, INK).pos(middle), (x, y)).map_err(|error| draw(&error))?;
        }
        for (number, line) in lines.iter().enumerate() {
            let Rgb(r, g, b) = line.colour;
            let colour = RGBColor(r, g, b);
            let mut run: Vec<(f64, f64)> = Vec::new();
            for (i, value) in line.values.iter().chain(std::iter::once(&None)).enumerate() {
                match value {
                    Some(value) => run.push((i as f64, *value)),
                    None => {
                        let piece = std::mem::take(&mut run);
                        let wide = colour.stroke_width((3.0 * unit * FINE) as u32);
                        chart.draw_series(LineSeries::new(piece, wide)).map_err(|error| draw(&error))?;
                    }
                }
            }
            let dots =
                line.values.iter().enumerate().filter_map(|(i, value)| {
                    Some(Circle::new((i as f64, (*value)?), (4.5 * unit * FINE) as u32, colour.filled()))
                });
            chart.draw_series(dots).map_err(|error| draw(&error))?;
            if let Some(value) = line.values.iter().rev().flatten().next() {
                ends.push((area[1] + chart.backend_coord(&(last, *value)).1 as f32 / FINE, number));
            }
        }
        board.present().map_err(|error| draw(&error))?;
    }
    // Names at the ends of the lines, pushed apart where lines end close together.
    ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let step = size * 1.25;
    for i in 1..ends.len() {
        ends[i].0 = ends[i].0.max(ends[i - 1].0 + step);
    }
    let over = ends.last().map_or(0.0, |end| (end.0 - (area[3] - 70.0 * unit)).max(0.0));
    for (y, number) in ends {
        let mut label = Text::new(lines[number].label.as_str(), [area[2] + 12.0 * unit, y - over + size * 0.36], size);
        label.bold = true;
        label.colour = lines[number].colour;
        scene.items.push(Item::Text(label));
    }
    Ok(scene)
}

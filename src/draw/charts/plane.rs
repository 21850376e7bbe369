//! The frame of charts with a number axis at the left, and numbers or names along the foot.

use super::backend::{Board, FINE};
use super::{Frame, TALLEST, axis_decimals, fault};
use crate::draw::furniture::{GREY, HAIR, INK, Sheet};
use crate::draw::scene::{Anchor, Stroke, Text};
use crate::draw::text;
use crate::run::Result;
use crate::scale::Rgb;
use crate::values::numbers;
use plotters::prelude::*;

/// One axis.
pub struct Axis<'a> {
    /// Lowest and highest number
    pub ends: (f64, f64),
    /// What it counts
    pub title: &'a str,
    /// Names at numbers, instead of numbers
    pub names: Option<Vec<(f64, String)>>,
    /// It counts things, so that there is nothing between two numbers
    pub whole: bool,
}

/// A plane placed on a page.
pub struct Plane {
    /// The plot: left, top, right, bottom
    pub area: [f32; 4],
    x: (f64, f64),
    y: (f64, f64),
}

impl Plane {
    /// Pixel of a number across.
    pub fn x(&self, number: f64) -> f32 {
        self.area[0] + ((number - self.x.0) / (self.x.1 - self.x.0)) as f32 * (self.area[2] - self.area[0])
    }

    /// Pixel of a number upwards.
    pub fn y(&self, number: f64) -> f32 {
        self.area[3] - ((number - self.y.0) / (self.y.1 - self.y.0)) as f32 * (self.area[3] - self.area[1])
    }
}

/// Draws axes and grid; `beside` is room kept at the right.
pub fn plane(frame: &Frame, sheet: &mut Sheet, x: &Axis, y: &Axis, beside: f32) -> Result<Plane> {
    let lang = frame.imprint.lang;
    for axis in [x, y] {
        if axis.ends.1.abs().max(axis.ends.0.abs()) > TALLEST {
            return Err(fault(frame.id, &format!("{:e} > {TALLEST:e}", axis.ends.1)));
        }
    }
    let unit = sheet.unit;
    let [left, head, right, bottom] = sheet.body;
    let open = |(low, high): (f64, f64)| if high > low { (low, high) } else { (low, low + 1.0) };
    let (across, up) = (open(x.ends), open(y.ends));
    // What the numbers count stands level above them: nobody turns the head for it.
    let above = if y.title.is_empty() { 0.0 } else { 22.0 * unit };
    let area = [left, head + 12.0 * unit + above, right - beside, bottom];
    let y_decimals = if y.whole { 0 } else { axis_decimals(up.1 - up.0) };
    let x_decimals = axis_decimals(across.1 - across.0);
    let wide = |words: &str| text::width(words, 15.0 * unit, false);
    let widest = match &y.names {
        Some(names) => names.iter().map(|(_, name)| wide(name)).fold(0.0, f32::max),
        None => [up.0, up.1].map(|n| wide(&numbers::format(n, y_decimals, lang))).into_iter().fold(0.0, f32::max),
    };
    let label_room = widest + 22.0 * unit;
    // No more numbers than there is height for.
    let most = (((area[3] - area[1] - 72.0 * unit) / (24.0 * unit)).max(0.0) as usize).min(7);
    // In a cell too low for it the axis goes without its words, which the subtitle has.
    let low = area[3] - area[1] < 130.0 * unit;
    let mapped;
    {
        let draw = |error: &dyn std::fmt::Display| fault(frame.id, error);
        let board = Board::new(&mut sheet.scene, area).into_drawing_area();
        let fine = |pixels: f32| (pixels * FINE) as u32;
        let mut chart = ChartBuilder::on(&board)
            .x_label_area_size(fine(64.0 * unit))
            .y_label_area_size(fine(label_room))
            .margin_top(fine(8.0 * unit))
            .build_cartesian_2d(across.0..across.1, up.0..up.1)
            .map_err(|error| draw(&error))?;
        let words = |size: f32, colour: Rgb| {
            ("sans-serif", f64::from(size * FINE)).into_font().color(&RGBColor(colour.0, colour.1, colour.2))
        };
        let thin = (unit * FINE) as u32;
        let x_format = |x: &f64| numbers::format(*x, x_decimals, lang);
        let y_format = |y: &f64| numbers::format(*y, y_decimals, lang);
        let mut mesh = chart.configure_mesh();
        // Few things have a line each.
        mesh.y_labels(if y.whole { (up.1 as usize + 1).min(most) } else { most })
            .y_label_formatter(&y_format)
            .y_label_style(words(15.0 * unit, GREY))
            .x_label_formatter(&x_format)
            .x_label_style(words(15.0 * unit, GREY))
            .axis_style(RGBColor(170, 176, 182).stroke_width(thin))
            .bold_line_style(RGBColor(226, 229, 233).stroke_width(thin))
            .light_line_style(TRANSPARENT)
            // Longer marks keep the numbers of both axes apart where they meet.
            .set_tick_mark_size(LabelAreaPosition::Bottom, fine(9.0 * unit))
            .set_tick_mark_size(LabelAreaPosition::Left, fine(6.0 * unit))
            .x_desc(if low { String::new() } else { text::shorten(x.title, 16.0 * unit, false, area[2] - area[0] - label_room) })
            .axis_desc_style(words(16.0 * unit, GREY));
        if y.names.is_some() {
            mesh.disable_y_mesh().y_labels(0);
        }
        if x.names.is_some() {
            mesh.disable_x_mesh().x_labels(0);
        } else {
            mesh.x_labels(8);
        }
        mesh.draw().map_err(|error| draw(&error))?;
        let ends = [chart.backend_coord(&(across.0, up.0)), chart.backend_coord(&(across.1, up.1))];
        let point = |(x, y): (i32, i32)| [area[0] + x as f32 / FINE, area[1] + y as f32 / FINE];
        mapped = ends.map(point);
        board.present().map_err(|error| draw(&error))?;
    }
    if above > 0.0 {
        let words = text::shorten(y.title, 16.0 * unit, false, right - left);
        sheet.scene.write(Text::new(words, [left, head + 18.0 * unit], 16.0 * unit).colour(GREY));
    }
    let plane = Plane { area: [mapped[0][0], mapped[1][1], mapped[1][0], mapped[0][1]], x: across, y: up };
    for (number, name) in y.names.iter().flatten() {
        let at = plane.y(*number);
        let hair = Stroke { colour: HAIR, width: unit, dash: 0.0 };
        sheet.scene.line(vec![[plane.area[0], at], [plane.area[2], at]], hair);
        let beside = [plane.area[0] - 10.0 * unit, at + 5.0 * unit];
        sheet.scene.write(Text::new(name.as_str(), beside, 15.0 * unit).colour(GREY).anchor(Anchor::End));
    }
    if let Some(names) = &x.names {
        let size = 15.0 * unit;
        // Names that would touch are thinned out from the last one back: the newest week always has its name.
        let mut free = f32::INFINITY;
        for (number, name) in names.iter().rev() {
            let (at, half) = (plane.x(*number), text::width(name, size, false) / 2.0);
            if at + half + 6.0 * unit <= free {
                let below = plane.area[3] + 22.0 * unit;
                sheet.scene.write(Text::new(name.as_str(), [at, below], size).colour(INK).anchor(Anchor::Middle));
                free = at - half;
            }
        }
    }
    Ok(plane)
}

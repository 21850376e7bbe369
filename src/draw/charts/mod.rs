//! Charts, drawn by plotters into the same scenes as the maps: same colours, names and numbers.

pub mod area;
pub mod backend;
pub mod bars;
pub mod bullet;
pub mod cards;
pub mod dots;
pub mod epidemic;
pub mod heatmap;
pub mod histogram;
pub mod nights;
mod plane;
mod rows;
pub mod scatter;
pub mod series;
pub mod table;
pub mod waffle;

use super::furniture::{GREY, INK, Sheet, Titles};
use super::scene::{Anchor, Fill, Role, Scene, Stroke, Text};
use super::text;
use crate::draw::Imprint;
use crate::message;
use crate::project::Page;
use crate::run::{Fault, Place};
use crate::scale::Rgb;
use crate::values::Lang;

/// What every chart has.
pub struct Frame<'a> {
    /// File name without ending
    pub id: &'a str,
    /// Title and period
    pub titles: &'a Titles,
    /// What stands on every chart
    pub imprint: &'a Imprint,
    /// Page
    pub page: &'a Page,
    /// Words below the chart
    pub note: &'a str,
}

impl Frame<'_> {
    /// The page with its furniture, the note and a row of keys.
    fn sheet(&self, keys: &[(Fill, String)]) -> Sheet {
        let mut sheet = Sheet::new(self.id, self.titles, self.imprint, self.page);
        if !self.note.is_empty() {
            sheet.foot_note(self.note);
        }
        sheet.scene.begin(Role::Legend);
        draw_keys(&mut sheet, keys);
        sheet.scene.begin(Role::Plot);
        sheet
    }
}

/// Larger numbers are slips, and an axis for them cannot be divided.
const TALLEST: f64 = 1e15;

/// A chart that plotters could not draw.
fn fault(id: &str, error: &dyn std::fmt::Display) -> Fault {
    let place = Place { value: id.to_owned(), ..Place::default() };
    Fault::new("chart", place, message!("không vẽ được biểu đồ", "cannot draw the chart").because(&error))
}

/// What the fills mean, in rows above the chart.
fn draw_keys(sheet: &mut Sheet, keys: &[(Fill, String)]) {
    if keys.is_empty() {
        return;
    }
    let (unit, size) = (sheet.unit, 16.0 * sheet.unit);
    let (left, right) = (sheet.body[0], sheet.body[2]);
    let (mut x, mut y) = (left, sheet.body[1] + 8.0 * unit);
    let (w, h) = (30.0 * unit, 18.0 * unit);
    for (fill, words) in keys {
        let words = text::shorten(words, size, false, right - left - w - 8.0 * unit);
        let wide = w + 8.0 * unit + text::width(&words, size, false);
        if x + wide > right && x > left {
            x = left;
            y += 26.0 * unit;
        }
        let rim = Stroke { colour: Rgb(120, 126, 133), width: 0.8 * unit, dash: 0.0 };
        sheet.scene.rectangle([x, y, w, h], Some(*fill), Some(rim));
        sheet.scene.write(Text::new(words, [x + w + 8.0 * unit, y + h / 2.0 + size * 0.36], size).colour(INK));
        x += wide + 26.0 * unit;
    }
    sheet.body[1] = y + h + 6.0 * unit;
}

/// Says in the middle of an empty plot that there is nothing to show.
fn say_empty(scene: &mut Scene, [l, t, r, b]: [f32; 4], lang: Lang) {
    let words = lang.pick("không có số liệu", "no data");
    let at = [(l + r) / 2.0, (t + b) / 2.0];
    scene.write(Text::new(words, at, 20.0 * scene.unit).colour(GREY).anchor(Anchor::Middle));
}

/// Decimals of the numbers on an axis.
fn axis_decimals(range: f64) -> usize {
    if range >= 5.0 {
        0
    } else if range > 0.0 {
        (1.0 - range.log10()).ceil().clamp(1.0, 6.0) as usize
    } else {
        1
    }
}

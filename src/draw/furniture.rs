//! What stands around every map and chart: title, period, footer, north arrow, scale bar.

use super::scene::{Anchor, Fill, Item, Point, Scene, Stroke};
use super::text;
use crate::project::Project;
use crate::scale::Rgb;
use crate::values::{Lang, numbers};

/// Main text.
pub const INK: Rgb = Rgb(33, 37, 41);
/// Secondary text.
pub const GREY: Rgb = Rgb(95, 103, 112);
/// Hair lines.
pub const HAIR: Rgb = Rgb(205, 210, 216);

/// What a page says about itself.
#[derive(Debug, Clone, Default)]
pub struct Titles {
    /// Title
    pub title: String,
    /// Project and period
    pub subtitle: String,
}

/// A page with its furniture, and the room left for the picture.
pub struct Page {
    /// The picture so far
    pub scene: Scene,
    /// Pixels per design unit (a page of 1600×900 has 1)
    pub unit: f32,
    /// Room left: left, top, right, bottom
    pub body: [f32; 4],
}

impl Page {
    /// Draws title, subtitle and footer.
    pub fn new(id: &str, titles: &Titles, project: &Project) -> Page {
        let lang = project.language;
        let (width, height) = (project.page.width as f32, project.page.height as f32);
        let unit = (width / 1600.0).min(height / 900.0);
        let mut scene = Scene::new(id, &titles.title, project.page.width, project.page.height);
        let margin = 36.0 * unit;
        let room = width - 2.0 * margin;
        let mut size = 34.0 * unit;
        let mut lines = text::wrap(&titles.title, size, true, room);
        while lines.len() > 2 && size > 20.0 * unit {
            size *= 0.9;
            lines = text::wrap(&titles.title, size, true, room);
        }
        let mut y = margin + size * 0.75;
        for line in &lines {
            scene.text(line.as_str(), [margin, y], size).bold().colour(INK);
            y += size * 1.2;
        }
        let small = 19.0 * unit;
        y -= size * 1.2 - small * 1.6;
        for line in text::wrap(&titles.subtitle, small, false, room) {
            scene.text(line, [margin, y], small).colour(GREY);
            y += small * 1.35;
        }
        let foot = 15.0 * unit;
        let mut left: Vec<String> = Vec::new();
        if !project.source.is_empty() {
            left.push(format!("{} {}", lang.pick("Nguồn:", "Source:"), project.source));
        }
        if !project.office.is_empty() {
            left.push(format!("{} {}", lang.pick("Đơn vị lập:", "Made by:"), project.office));
        }
        if let Some(day) = project.date {
            left.push(format!("{} {}", lang.pick("Ngày lập:", "Date:"), crate::values::dates::format_day(day.0)));
        }
        let note_width = text::width(&project.note, foot, true);
        let lines = text::wrap(&left.join("  ·  "), foot, false, room - note_width - 30.0 * unit);
        let bottom = height - 22.0 * unit;
        let top = bottom - foot * 1.35 * (lines.len().max(1) as f32 - 1.0);
        for (i, line) in lines.iter().enumerate() {
            scene.text(line.as_str(), [margin, top + foot * 1.35 * i as f32], foot).colour(GREY);
        }
        if !project.note.is_empty() {
            let note = scene.text(project.note.as_str(), [width - margin, bottom], foot);
            note.bold().colour(Rgb(150, 60, 30)).anchor(Anchor::End);
        }
        let rule = top - foot * 1.35;
        scene.items.push(Item::Line {
            points: vec![[margin, rule], [width - margin, rule]],
            stroke: Stroke { colour: HAIR, width: unit, dash: 0.0 },
        });
        Page { scene, unit, body: [margin, y - small * 0.6, width - margin, rule - 10.0 * unit] }
    }
}

/// A north arrow whose foot stands at a point. North is up on every map here; the turn of the grid is below a degree.
pub fn north_arrow(scene: &mut Scene, [x, y]: Point, unit: f32, lang: Lang) {
    let (w, h) = (9.0 * unit, 34.0 * unit);
    let stroke = Some(Stroke { colour: INK, width: unit, dash: 0.0 });
    let dark = vec![vec![[x, y - h], [x, y - h * 0.22], [x - w, y]]];
    let light = vec![vec![[x, y - h], [x, y - h * 0.22], [x + w, y]]];
    scene.items.push(Item::Area { rings: dark, fill: Some(Fill::Colour(INK)), stroke });
    scene.items.push(Item::Area { rings: light, fill: Some(Fill::Colour(Rgb::WHITE)), stroke });
    scene.text(lang.pick("B", "N"), [x, y - h - 6.0 * unit], 17.0 * unit).bold().anchor(Anchor::Middle);
}

/// A scale bar of a round length, no longer than `room` pixels; the point is its left foot.
pub fn scale_bar(scene: &mut Scene, [x, y]: Point, metres_per_pixel: f64, room: f32, unit: f32, lang: Lang) {
    let longest = f64::from(room) * metres_per_pixel;
    if !(longest.is_finite() && longest > 0.0) {
        return;
    }
    let power = 10f64.powf(longest.log10().floor());
    let metres = [5.0, 2.0, 1.0].into_iter().map(|step| step * power).find(|m| *m <= longest).unwrap_or(power);
    let length = (metres / metres_per_pixel) as f32;
    let (h, half) = (6.0 * unit, length / 2.0);
    let stroke = Some(Stroke { colour: INK, width: unit, dash: 0.0 });
    scene.rectangle([x, y - h, half, h], Some(Fill::Colour(INK)), stroke);
    scene.rectangle([x + half, y - h, half, h], Some(Fill::Colour(Rgb::WHITE)), stroke);
    let (number, word) = if metres >= 1000.0 { (metres / 1000.0, "km") } else { (metres, "m") };
    let size = 14.0 * unit;
    scene.text("0", [x, y - h - 5.0 * unit], size).anchor(Anchor::Middle);
    let end = format!("{} {word}", numbers::format_short(number, lang));
    scene.text(end, [x + length, y - h - 5.0 * unit], size).anchor(Anchor::Middle);
}

//! What stands around every map and chart: title, period, footer, north arrow, scale bar.

use super::scene::{Anchor, Fill, Item, Point, Role, SMALLEST, Scene, Stroke, Text};
use super::strip::Strip;
use super::{Imprint, text};
use crate::project::Page;
use crate::scale::Rgb;
use crate::values::{Lang, numbers};

/// Main text.
pub const INK: Rgb = Rgb(33, 37, 41);
/// Secondary text.
pub const GREY: Rgb = Rgb(95, 103, 112);
/// Hair lines.
pub const HAIR: Rgb = Rgb(205, 210, 216);
/// What a reader must not overlook.
const CAVEAT: Rgb = Rgb(150, 60, 30);

/// What a page says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Titles {
    /// Title
    pub title: String,
    /// What more the picture says
    pub lead: String,
    /// Measure with its unit
    pub measure: String,
    /// Measure with its unit, period and project
    pub subtitle: String,
    /// A word in a box at the upper right, such as FORECAST; none if empty
    pub mark: String,
    /// What must be said of this picture, beside the note of the project
    pub caveat: String,
    /// The line of time of a film, whose frames then have heads of one height
    pub strip: Option<Strip>,
    /// Lines over the title, in the middle of the left and the right half: office and motto
    pub over: Vec<[String; 2]>,
}

/// A page with its furniture, and the room left for the picture.
pub struct Sheet {
    /// The picture so far
    pub scene: Scene,
    /// Pixels per design unit (a page of 1600×900 has 1)
    pub unit: f32,
    /// Room left: left, top, right, bottom
    pub body: [f32; 4],
}

impl Sheet {
    /// Draws title, subtitle and footer.
    pub fn new(id: &str, titles: &Titles, imprint: &Imprint, page: &Page) -> Sheet {
        let lang = imprint.lang;
        let mut scene = Scene::new(id, &titles.title, page);
        scene.titles = titles.clone();
        if let Some(part) = page.part {
            return Sheet::cell(scene, titles, part.bare);
        }
        let (width, height, unit) = (scene.width, scene.height, scene.unit);
        let margin = 36.0 * unit;
        let head = over(&mut scene, &titles.over, margin);
        let mut room = width - 2.0 * margin;
        if !titles.mark.is_empty() {
            scene.begin(Role::Mark);
            room -= mark(&mut scene, &titles.mark, [width - margin, head + margin * 0.8], unit);
        }
        // One line of large letters, else of smaller ones, else two lines.
        let sizes = [34.0, 31.0, 28.0].map(|size| size * unit);
        let one = sizes.into_iter().find(|size| text::width(&titles.title, *size, true) <= room);
        let mut size = one.unwrap_or(30.0 * unit);
        let mut lines = text::wrap(&titles.title, size, true, room);
        while lines.len() > 2 && size > 20.0 * unit {
            size *= 0.9;
            lines = text::wrap(&titles.title, size, true, room);
        }
        if titles.strip.is_some() {
            size = 30.0 * unit;
            lines = vec![text::shorten(&titles.title, size, true, room)];
        }
        let mut y = head + margin + size * 0.75;
        scene.begin(Role::Title);
        for line in &lines {
            scene.write(Text::new(line.as_str(), [margin, y], size).bold().colour(INK));
            y += size * 1.2;
        }
        let small = 16.0 * unit;
        y -= size * 1.2 - 30.0 * unit;
        scene.begin(Role::Subtitle);
        let leading = 19.0 * unit;
        let most = if lines.len() > 1 || titles.strip.is_some() { 1 } else { 2 };
        let leads = text::at_most(most, &titles.lead, (leading, false), room);
        for line in &leads {
            scene.write(Text::new(line.as_str(), [margin, y], leading).colour(INK));
            y += leading * 1.35;
        }
        if titles.strip.is_some() && leads.is_empty() {
            y += leading * 1.35;
        }
        for line in text::at_most(if titles.strip.is_some() { 1 } else { 2 }, &titles.subtitle, (small, false), room) {
            scene.write(Text::new(line, [margin, y], small).colour(GREY));
            y += small * 1.35;
        }
        let room = width - 2.0 * margin;
        let foot = 15.0 * unit;
        let mut left: Vec<String> = Vec::new();
        if !imprint.source.is_empty() {
            left.push(format!("{} {}", lang.pick("Nguồn:", "Source:"), imprint.source));
        }
        if !imprint.office.is_empty() {
            left.push(format!("{} {}", lang.pick("Đơn vị lập:", "Made by:"), imprint.office));
        }
        if let Some(day) = imprint.date {
            left.push(format!("{} {}", lang.pick("Ngày lập:", "Date:"), crate::values::dates::format_day(day)));
        }
        // A long note takes lines of its own; a short one stands at the right.
        let both = [imprint.note.as_str(), titles.caveat.as_str()];
        let note = both.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(". ");
        let note_width = text::width(&note, foot, true);
        let beside = !note.is_empty() && note_width < room * 0.35;
        let lines = text::wrap(&left.join("  ·  "), foot, false, if beside { room - note_width - 30.0 * unit } else { room });
        let notes = if beside { Vec::new() } else { text::wrap(&note, foot, true, room) };
        let bottom = height - 22.0 * unit;
        let count = (lines.len() + notes.len()).max(1);
        let top = bottom - foot * 1.35 * (count as f32 - 1.0);
        for (i, line) in notes.iter().chain(&lines).enumerate() {
            let words = Text::new(line.as_str(), [margin, top + foot * 1.35 * i as f32], foot);
            scene.begin(if i < notes.len() { Role::Note } else { Role::Source });
            scene.write(if i < notes.len() { words.bold().colour(CAVEAT) } else { words.colour(GREY) });
        }
        if beside {
            scene.begin(Role::Note);
            let words = Text::new(note.as_str(), [width - margin, bottom], foot);
            scene.write(words.bold().colour(CAVEAT).anchor(Anchor::End));
        }
        let rule = top - foot * 1.35;
        scene.begin(Role::Source);
        scene.line(vec![[margin, rule], [width - margin, rule]], Stroke { colour: HAIR, width: unit, dash: 0.0 });
        let mut bottom = rule - 10.0 * unit;
        if let Some(strip) = &titles.strip {
            let top = bottom - Strip::HIGH * unit;
            strip.draw(&mut scene, [margin, top, width - margin, bottom]);
            bottom = top - 10.0 * unit;
        }
        Sheet { scene, unit, body: [margin, y - small * 0.6, width - margin, bottom] }
    }

    /// A cell of a composed page: its title and measure, and no foot, which the page has.
    fn cell(mut scene: Scene, titles: &Titles, bare: bool) -> Sheet {
        let (width, height, unit) = (scene.width, scene.height, scene.unit);
        if bare || titles.title.is_empty() {
            return Sheet { scene, unit, body: [0.0, 0.0, width, height] };
        }
        let mut y = 0.0;
        scene.begin(Role::Title);
        let size = 19.0 * unit;
        for line in text::at_most(2, &titles.title, (size, true), width) {
            y += size;
            scene.write(Text::new(line, [0.0, y], size).bold().colour(INK));
            y += size * 0.2;
        }
        scene.begin(Role::Subtitle);
        let small = SMALLEST * unit;
        for line in text::at_most(1, &titles.measure, (small, false), width) {
            y += small * 1.15;
            scene.write(Text::new(line, [0.0, y], small).colour(GREY));
        }
        Sheet { scene, unit, body: [0.0, y + 10.0 * unit, width, height] }
    }

    /// Writes words at the foot of the body, which grows shorter by them.
    pub fn foot_note(&mut self, words: &str) {
        let size = 15.0 * self.unit;
        let lines = text::wrap(words, size, false, self.body[2] - self.body[0]);
        let top = self.body[3] - size * 1.35 * lines.len() as f32;
        self.scene.begin(Role::Note);
        for (i, line) in lines.into_iter().enumerate() {
            let at = [self.body[0], top + size * (1.35 * i as f32 + 1.0)];
            self.scene.write(Text::new(line, at, size).colour(GREY).italic());
        }
        self.body[3] = top - 6.0 * self.unit;
    }
}

/// Lines over the title; returns the room they take.
fn over(scene: &mut Scene, lines: &[[String; 2]], margin: f32) -> f32 {
    let (wide, size) = (scene.width, SMALLEST * scene.unit);
    let mut y = margin * 0.5;
    for line in lines {
        y += size * 1.4;
        for (at, words) in [0.25, 0.75].into_iter().zip(line).filter(|(_, words)| !words.is_empty()) {
            scene.begin(Role::Source);
            let words = text::shorten(words, size, true, wide * 0.5 - margin);
            scene.write(Text::new(words, [wide * at, y], size).bold().colour(INK).anchor(Anchor::Middle));
        }
    }
    if lines.is_empty() { 0.0 } else { y - margin * 0.2 }
}

/// A word in a box whose upper right corner stands at a point; returns the room it takes.
fn mark(scene: &mut Scene, word: &str, [right, top]: Point, unit: f32) -> f32 {
    let size = 22.0 * unit;
    let wide = text::width(word, size, true) + 28.0 * unit;
    let high = size * 1.7;
    let stroke = Some(Stroke { colour: CAVEAT, width: 2.5 * unit, dash: 7.0 * unit });
    scene.rectangle([right - wide, top, wide, high], Some(Fill::Colour(Rgb(255, 244, 232))), stroke);
    let at = [right - wide / 2.0, top + high / 2.0 + size * 0.36];
    scene.write(Text::new(word, at, size).bold().colour(CAVEAT).anchor(Anchor::Middle));
    wide + 24.0 * unit
}

/// A north arrow whose foot stands at a point. North is up on every map here; the turn of the grid is below a degree.
pub fn north_arrow(scene: &mut Scene, [x, y]: Point, unit: f32, lang: Lang) {
    let (w, h) = (9.0 * unit, 34.0 * unit);
    let stroke = Some(Stroke { colour: INK, width: unit, dash: 0.0 });
    let dark = vec![vec![[x, y - h], [x, y - h * 0.22], [x - w, y]]];
    let light = vec![vec![[x, y - h], [x, y - h * 0.22], [x + w, y]]];
    scene.items.push(Item::Area { rings: dark, fill: Some(Fill::Colour(INK)), stroke });
    scene.items.push(Item::Area { rings: light, fill: Some(Fill::Colour(Rgb::WHITE)), stroke });
    scene.write(
        Text::new(lang.pick("B", "N"), [x, y - h - 6.0 * unit], 17.0 * unit).bold().anchor(Anchor::Middle).halo(3.0 * unit),
    );
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
    let size = SMALLEST * unit;
    scene.write(Text::new("0", [x, y - h - 5.0 * unit], size).anchor(Anchor::Middle).halo(3.0 * unit));
    let end = format!("{} {word}", numbers::format_short(number, lang));
    scene.write(Text::new(end, [x + length, y - h - 5.0 * unit], size).anchor(Anchor::Middle).halo(3.0 * unit));
}

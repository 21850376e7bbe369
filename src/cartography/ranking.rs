//! The ranked list beside a map: a bar per commune in the map's colours, the period before as a tick, the whole behind it.

use crate::draw::charts::bars::GROUND;
use crate::draw::cut::Cut;
use crate::draw::furniture::{GREY, INK};
use crate::draw::scene::{Anchor, Fill, SMALLEST, Scene, Stroke, Text};
use crate::draw::taken::Frame;
use crate::draw::text;
use crate::project::Page;
use crate::scale::Rgb;
use crate::values::Lang;
use hashbrown::HashMap;

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct Rank {
    /// Commune, unless the row stands for several
    pub commune: Option<usize>,
    /// Name
    pub label: String,
    /// Length of the bar; `None` where there is no number
    pub value: Option<f64>,
    /// Paint of the bar
    pub fill: Fill,
    /// Value, and what changed, or why there is no number
    pub words: String,
    /// The period before
    pub before: Option<f64>,
    /// What the value is a part of
    pub whole: Option<f64>,
}

/// The row that stands for rows left out.
pub type Others = Box<dyn Fn(&[Rank]) -> Rank + Send + Sync>;

/// A list of communes, the largest first.
pub struct Ranking {
    /// What the bars measure
    pub heading: String,
    /// What the grey ground is, if there is one
    pub whole: String,
    /// What the tick is, if there is one
    pub tick: String,
    /// What the numbers before the bars are, where the map has them too
    pub numbers: String,
    /// Rows; those without a number last
    pub rows: Vec<Rank>,
    /// The row that stands for rows left out
    pub others: Others,
}

/// Least height of a row.
const LEAST: f32 = 21.0;
/// Greatest height of a row.
const MOST: f32 = 40.0;

/// Height under which a list is no list: its heading, its keys and a row or two.
pub const LOWEST: f32 = 110.0;

impl Ranking {
    /// Place of each commune in the list, from 1 on, if it has a number.
    pub fn places(&self) -> impl Iterator<Item = (usize, usize)> {
        let rows = self.rows.iter().enumerate().filter(|(_, row)| row.value.is_some());
        rows.filter_map(|(at, row)| Some((row.commune?, at + 1)))
    }

    /// The name of a commune in the list.
    pub fn name_of(&self, commune: usize) -> Option<&str> {
        self.rows.iter().find(|row| row.commune == Some(commune)).map(|row| row.label.as_str())
    }

    /// The rows for which a frame has room.
    pub fn shown(&self, frame: Frame, unit: f32, numbered: bool) -> Vec<Rank> {
        let mut scratch = Scene::new("", "", &Page::default());
        let y = head(&mut scratch, self, frame, unit, numbered);
        let capacity = ((frame[3] - y) / (LEAST * unit)) as usize;
        Cut { known: |row: &Rank| row.value.is_some(), tail: &falls, others: &*self.others }.of(&self.rows, capacity.max(1))
    }
}

/// Heading and keys; returns where they end.
fn head(scene: &mut Scene, ranking: &Ranking, [left, top, right, _]: Frame, unit: f32, numbered: bool) -> f32 {
    let mut y = top;
    for line in text::at_most(2, &ranking.heading, (17.0 * unit, true), right - left) {
        y += 18.0 * unit;
        scene.write(Text::new(line, [left, y], 17.0 * unit).bold().colour(INK));
        y += 4.0 * unit;
    }
    keys(scene, ranking, [left, y], right - left, unit, numbered)
}

/// Draws the list into a frame, with the place of each row where the map refers to it.
pub fn draw(scene: &mut Scene, ranking: &Ranking, frame: Frame, unit: f32, numbered: bool, lang: Lang) {
    let size = SMALLEST * unit;
    let [left, _, right, bottom] = frame;
    let wide = right - left;
    let y = head(scene, ranking, frame, unit, numbered);
    let room = bottom - y;
    let shown = ranking.shown(frame, unit, numbered);
    let places: HashMap<usize, usize> = ranking.places().filter(|_| numbered).collect();
    let high = (room / shown.len().max(1) as f32).min(MOST * unit);
    let numbers = || shown.iter().flat_map(|rank| [rank.value, rank.before, rank.whole]).flatten();
    let (low, most) = numbers().fold((0.0f64, 0.0f64), |(low, high), n| (low.min(n), high.max(n)));
    let span = if most > low { most - low } else { 1.0 };
    let widest = |words: fn(&Rank) -> &str| shown.iter().map(|rank| text::width(words(rank), size, false)).fold(0.0, f32::max);
    // A hair more than the widest, which rounding would cut otherwise.
    let names = widest(|rank| &rank.label).min(wide * 0.36) + 8.5 * unit;
    let place = |rank: &Rank| rank.commune.and_then(|commune| places.get(&commune)).map(usize::to_string).unwrap_or_default();
    let column = shown.iter().map(|rank| text::width(&place(rank), size, true)).fold(0.0, f32::max);
    let column = if column > 0.0 { column + 8.0 * unit } else { 0.0 };
    let said = widest(|rank| if rank.value.is_some() { &rank.words } else { "" }).min(wide * 0.4) + 10.0 * unit;
    let beside = if low < 0.0 { said } else { 0.0 };
    let bars = (wide - names - column - said - beside).max(wide * 0.15);
    let x = |number: f64| left + names + column + beside + ((number - low) / span) as f32 * bars;
    let dark = Stroke { colour: INK, width: 2.4 * unit, dash: 0.0 };
    let in_column = low >= 0.0 && shown.iter().any(|rank| rank.before.is_some() || rank.whole.is_some());
    for (row, rank) in shown.iter().enumerate() {
        let middle = y + high * (row as f32 + 0.5);
        let base = middle + size * 0.36;
        let label = text::shorten(&rank.label, size, false, names - 8.0 * unit);
        scene.write(Text::new(label, [left + names - 8.0 * unit, base], size).colour(INK).anchor(Anchor::End));
        if let Some(place) = Some(place(rank)).filter(|place| !place.is_empty()) {
            let at = [left + names + column - 8.0 * unit, base];
            scene.write(Text::new(place, at, size).bold().colour(INK).anchor(Anchor::End));
        }
        let tall = (high * 0.74).min(28.0 * unit);
        let bar = |from: f64, to: f64| [x(from.min(to)), middle - tall / 2.0, (x(to) - x(from)).abs(), tall];
        if let Some(whole) = rank.whole {
            scene.rectangle(bar(0.0, whole), Some(Fill::Colour(GROUND)), None);
        }
        let Some(value) = rank.value else {
            let at = x(0.0).max(left + names + column);
            let words = text::shorten(&rank.words, size, false, right - at);
            scene.write(Text::new(words, [at, base], size).colour(GREY).italic());
            continue;
        };
        let rim = matches!(rank.fill, Fill::Hatch(_)) || rank.fill.lightness() > 0.9;
        let rim = rim.then_some(Stroke { colour: Rgb(120, 126, 133), width: 0.8 * unit, dash: 0.0 });
        scene.rectangle(bar(0.0, value), Some(rank.fill), rim);
        if let Some(before) = rank.before {
            let reach = tall / 2.0 + 2.0 * unit;
            scene.line(vec![[x(before), middle - reach], [x(before), middle + reach]], dark);
        }
        // Beside ticks and grounds a number seems to be theirs: in a column of its own it is the row's.
        let (at, anchor) = match value < 0.0 {
            true => (x(value) - 6.0 * unit, Anchor::End),
            false if in_column => (right, Anchor::End),
            false => (x(value) + 6.0 * unit, Anchor::Start),
        };
        scene.write(Text::new(rank.words.as_str(), [at, base], size).colour(INK).anchor(anchor));
    }
    if low < 0.0 {
        let ends = [[x(0.0), y], [x(0.0), y + high * shown.len() as f32]];
        scene.line(ends.to_vec(), Stroke { colour: GREY, width: 1.2 * unit, dash: 0.0 });
    }
    if shown.is_empty() {
        scene.write(Text::new(lang.pick("không có số liệu", "no data"), [left, y + size], size).colour(GREY));
    }
}

/// How a key looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    Whole,
    Tick,
    Number,
}

/// What ground, tick and numbers mean, on a line.
fn keys(scene: &mut Scene, ranking: &Ranking, [left, top]: [f32; 2], wide: f32, unit: f32, numbered: bool) -> f32 {
    let numbers = if numbered { ranking.numbers.as_str() } else { "" };
    let keys = [(Key::Whole, ranking.whole.as_str()), (Key::Tick, &ranking.tick), (Key::Number, numbers)];
    let keys: Vec<(Key, &str)> = keys.into_iter().filter(|(_, words)| !words.is_empty()).collect();
    if keys.is_empty() {
        return top + 6.0 * unit;
    }
    let size = SMALLEST * unit;
    let (mut x, mut y) = (left, top + 4.0 * unit);
    for (key, words) in keys {
        let mark = match key {
            Key::Whole => 22.0,
            Key::Tick => 6.0,
            Key::Number => 10.0,
        } * unit;
        let need = mark + 6.0 * unit + text::width(words, size, false);
        if x > left && x + need > left + wide {
            (x, y) = (left, y + 20.0 * unit);
        }
        match key {
            Key::Whole => scene.rectangle([x, y + unit, mark, 13.0 * unit], Some(Fill::Colour(GROUND)), None),
            Key::Tick => {
                let dark = Stroke { colour: INK, width: 2.4 * unit, dash: 0.0 };
                scene.line(vec![[x + 2.0 * unit, y], [x + 2.0 * unit, y + 15.0 * unit]], dark);
            }
            Key::Number => scene.write(Text::new("1", [x, y + 13.0 * unit], size).bold().colour(INK)),
        }
        let room = left + wide - x - mark - 6.0 * unit;
        let at = [x + mark + 6.0 * unit, y + 13.0 * unit];
        scene.write(Text::new(text::shorten(words, size, false, room), at, size).colour(GREY));
        x += need + 20.0 * unit;
    }
    y + 24.0 * unit
}

fn falls(row: &Rank) -> bool {
    row.value.is_some_and(|value| value < 0.0)
}

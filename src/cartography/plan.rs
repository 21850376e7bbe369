//! Where the parts of a page go: land, legend, ranked list.

use super::Content;
use super::legend::{self, LegendPart};
use super::ranking;
use crate::draw::scene::{Point, Role, Scene};
use crate::draw::taken::Frame;
use crate::project::Page;
use crate::values::Lang;

/// Widest column of a legend, and the block with scale bar and insets, in design units.
const LEGEND: f32 = 376.0;
const BLOCK: f32 = 190.0;
/// Rows of a list that a run of names under it leaves at least.
const FEWEST: usize = 5;
/// Space between land and column.
const GAP: f32 = 24.0;

/// Frames of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// Land, with scale bar and insets in a corner; and the legend where it has no column of its own
    pub map: Frame,
    /// The legend's own room
    pub legend: Option<Frame>,
    /// Whether the list stands beside the legend rather than below it
    wide: bool,
}

/// Whether a page has room for a list beside its map.
pub fn has_room(page: &Page) -> bool {
    let scene = Scene::new("", "", page);
    let least = if page.part.is_some() { [700.0, 330.0] } else { [880.0, 600.0] };
    scene.width / scene.unit >= least[0] && scene.height / scene.unit >= least[1]
}

impl Plan {
    /// The plan of a body. A list has a column at the right, or a strip below on pages that are not wide. A legend alone has a column
    /// where something lies under it (`crossed`); else it takes a corner that the land leaves free.
    pub fn of(body: Frame, unit: f32, list: bool, crossed: bool) -> Plan {
        let [left, top, right, bottom] = body;
        let (wide, high) = (right - left, bottom - top);
        let across = wide > 1.15 * high;
        let (gap, column) = (GAP * unit, if list { wide * 0.38 } else { (LEGEND * unit).min(wide * 0.5) });
        match (list, crossed, across) {
            (true, _, true) | (false, true, true) => {
                let at = right - column;
                Plan { map: [left, top, at - gap, bottom], legend: Some([at, top, right, bottom]), wide: false }
            }
            (true, _, false) => {
                let at = bottom - high * 0.36;
                Plan { map: [left, top, right, at - gap], legend: Some([left, at, right, bottom]), wide: true }
            }
            _ => Plan { map: body, legend: None, wide: false },
        }
    }

    /// Width of the block in the land's corner.
    pub fn block_width(&self, unit: f32) -> f32 {
        let most = if self.legend.is_some() { BLOCK } else { LEGEND };
        (most * unit).min((self.map[2] - self.map[0]) * 0.5)
    }

    /// Lays out what stands beside the map, with a run of words under the figures.
    fn side(&self, content: &Content, run: &str, unit: f32, lang: Lang) -> Option<Side> {
        let [left, top, right, bottom] = self.legend?;
        let half = if self.wide { (right - left) * 0.42 } else { right - left };
        let room = bottom - top;
        // A list in the same column keeps a part of it.
        let most = if content.ranking.is_some() && !self.wide { room * 0.6 } else { room };
        let (head, high, mut left_out) = legend::block_in(&content.parts, [half, most], unit, lang);
        let rest = if content.ranking.is_some() && !self.wide { (room - high) * 0.4 } else { room - high - 8.0 * unit };
        let run = (!run.is_empty()).then(|| LegendPart::Note(run.to_owned()));
        let parts: Vec<LegendPart> = content.foot.iter().cloned().chain(run).collect();
        let (foot, foot_high, more) = legend::block_in(&parts, [half, rest], unit, lang);
        left_out += more;
        let under = bottom - foot_high;
        let foot_at = [left, if self.wide { (top + high + 8.0 * unit).min(under) } else { under }];
        let mut list = content.ranking.as_ref().map(|_| match self.wide {
            true => [left + half + GAP * unit, top, right, bottom],
            false => [left, top + high + 12.0 * unit, right, under - 6.0 * unit],
        });
        if list.is_some_and(|frame| frame[3] - frame[1] < ranking::LOWEST * unit) {
            left_out += content.ranking.as_ref().map_or(0, |ranking| ranking.rows.len());
            list = None;
        }
        Some(Side { head, head_at: [left, top], foot, foot_at, list, left_out })
    }

    /// Numbers for communes without room for their name: the place in the list beside the map, and in a run of words under it the names
    /// of those that the list does not show, where the page has room for that.
    pub fn numbers(&self, content: &Content, nameless: &[usize], unit: f32, lang: Lang) -> Numbers {
        let Some(ranking) = &content.ranking else { return Numbers::default() };
        let of_nameless = || ranking.places().filter(|(commune, _)| nameless.contains(commune));
        let listed = |run: &str| {
            let side = self.side(content, run, unit, lang)?;
            let communes = ranking.shown(side.list?, unit, true).iter().filter_map(|row| row.commune).collect::<Vec<usize>>();
            Some((communes, side.left_out))
        };
        let Some((alone, left_out)) = listed("") else { return Numbers::default() };
        let (mut shown, mut run) = (alone.clone(), String::new());
        // A longer run leaves room for fewer rows, and then is longer still.
        for _ in 0..5 {
            let others: Vec<String> = of_nameless()
                .filter(|(commune, _)| !shown.contains(commune))
                .filter_map(|(commune, place)| Some(format!("{place}\u{a0}{}", ranking.name_of(commune)?.replace(' ', "\u{a0}"))))
                .collect();
            if others.is_empty() {
                break;
            }
            let words = format!("{} {}", lang.pick("Trên bản đồ còn:", "Also on the map:"), others.join(" · "));
            let Some((communes, more)) = listed(&words) else { break };
            if more > left_out || communes.len() < (alone.len() / 2).max(FEWEST.min(alone.len())) {
                (shown, run) = (alone, String::new());
                break;
            }
            (shown, run) = (communes, words);
        }
        let told = |commune: &usize| !run.is_empty() || shown.contains(commune);
        Numbers { of: of_nameless().filter(|(commune, _)| told(commune)).collect(), run }
    }

    /// Draws what stands beside the map; returns how many figures and notes had no room.
    pub fn beside(&self, scene: &mut Scene, content: &Content, numbers: &Numbers, unit: f32, lang: Lang) -> usize {
        let Some(side) = self.side(content, &numbers.run, unit, lang) else { return 0 };
        scene.append(side.head, side.head_at);
        scene.append(side.foot, side.foot_at);
        if let Some((ranking, frame)) = content.ranking.as_ref().zip(side.list) {
            scene.begin(Role::Plot);
            ranking::draw(scene, ranking, frame, unit, !numbers.of.is_empty(), lang);
        }
        side.left_out
    }
}

/// What stands beside a map, and where.
struct Side {
    head: Scene,
    head_at: Point,
    foot: Scene,
    foot_at: Point,
    list: Option<Frame>,
    left_out: usize,
}

/// Numbers that stand for names on a map.
#[derive(Debug, Default)]
pub struct Numbers {
    /// Communes with their number, in its order
    pub of: Vec<(usize, usize)>,
    /// Numbers and names of those that the list does not show
    pub run: String,
}

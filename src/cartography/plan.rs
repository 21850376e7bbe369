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
/// Parts of a page that a list takes: of its width beside the land, of its height below.
const COLUMN: f32 = 0.38;
const STRIP: f32 = 0.36;
/// A column beside wide land, and the width in design units under which it holds no list.
const NARROW: f32 = 0.31;
const NARROWEST: f32 = 320.0;
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
    /// The plan of a body for land of a width over height. A list has a column at the right, or a strip below on pages that
    /// are not wide. A legend alone has a column where something lies under it (`crossed`); else it takes a corner that the land
    /// leaves free.
    pub fn of(body: Frame, unit: f32, list: bool, crossed: bool, aspect: f32) -> Plan {
        let [left, top, right, bottom] = body;
        let (wide, high) = (right - left, bottom - top);
        let across = wide > 1.15 * high;
        // Wide land gains more of a narrow column than the list loses.
        let narrow = high * aspect > wide * (1.0 - COLUMN) && wide * NARROW > NARROWEST * unit;
        let beside = wide * if narrow { NARROW } else { COLUMN };
        let (gap, column) = (GAP * unit, if list { beside } else { (LEGEND * unit).min(wide * 0.5) });
        match (list, crossed, across) {
            (true, _, true) | (false, true, true) => {
                let at = right - column;
                Plan { map: [left, top, at - gap, bottom], legend: Some([at, top, right, bottom]), wide: false }
            }
            (true, _, false) => {
                let at = bottom - high * STRIP;
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
    fn side(&self, content: &Content, (more, run): (&[LegendPart], &str), unit: f32, lang: Lang) -> Option<Side> {
        let [left, top, right, bottom] = self.legend?;
        let half = if self.wide { (right - left) * 0.42 } else { right - left };
        let room = bottom - top;
        // A list in the same column keeps a part of it.
        let most = if content.ranking.is_some() && !self.wide { room * 0.6 } else { room };
        let (head, high, mut left_out) = legend::block_in(&content.parts, [half, most], unit, lang);
        let rest = if content.ranking.is_some() && !self.wide { (room - high) * 0.4 } else { room - high - 8.0 * unit };
        let run = (!run.is_empty()).then(|| LegendPart::Note(run.to_owned()));
        let parts: Vec<LegendPart> = content.foot.iter().chain(more).cloned().chain(run).collect();
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
            let side = self.side(content, (&[], run), unit, lang)?;
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
            let words = format!("{} {}", lang.pick("Trên bản đồ còn:", "Also on the map:"), others.join("\u{a0}· "));
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

    /// Width of small maps below a legend that has a column to itself, if that column has room for so many below one another.
    pub fn room_for_pictures(&self, content: &Content, unit: f32, lang: Lang) -> Option<(f32, f32)> {
        let [left, top, right, bottom] = self.legend.filter(|_| content.ranking.is_none() && !self.wide)?;
        let (_, high, left_out) = legend::block_in(&content.parts, [right - left, bottom - top], unit, lang);
        let (_, under, _) = legend::block_in(&content.foot, [right - left, bottom - top], unit, lang);
        let room = bottom - top - high - under - 24.0 * unit;
        (left_out == 0 && room > 0.0).then_some((right - left, room))
    }

    /// Draws what stands beside the map, with small maps below the legend; returns how many figures and notes had no room.
    pub fn beside(
        &self,
        scene: &mut Scene,
        content: &Content,
        (pictures, numbers): (&[LegendPart], &Numbers),
        unit: f32,
        lang: Lang,
    ) -> usize {
        let Some(side) = self.side(content, (pictures, &numbers.run), unit, lang) else { return 0 };
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Width and height of the land that a plan leaves room for.
    fn land(plan: &Plan, aspect: f32) -> f32 {
        let [left, top, right, bottom] = plan.map;
        (right - left).min((bottom - top) * aspect)
    }

    #[test]
    fn wide_land_gets_more_of_the_page_than_its_list() {
        let body = [0.0, 0.0, 1500.0, 700.0];
        // Square land: its height decides, and the list has its whole column.
        let square = Plan::of(body, 1.0, true, false, 1.0);
        assert_eq!(square.legend.map(|legend| legend[2] - legend[0]), Some(1500.0 * 0.38));
        // Land of two by one is limited by its width: the column is narrower.
        let wide = Plan::of(body, 1.0, true, false, 2.0);
        assert!(!wide.wide && land(&wide, 2.0) > 1500.0 * 0.65, "{wide:?}");
        // On a small page the list keeps the width that its rows need.
        let small = Plan::of([0.0, 0.0, 900.0, 600.0], 1.0, true, false, 1.6);
        assert!(small.legend.is_some_and(|legend| legend[2] - legend[0] > 320.0), "{small:?}");
    }
}

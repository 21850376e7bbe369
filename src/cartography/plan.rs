//! Where the parts of a page go: land, legend, ranked list.

use super::Content;
use super::legend;
use super::ranking;
use crate::draw::scene::{Role, Scene};
use crate::draw::taken::Frame;
use crate::project::Page;
use crate::values::Lang;

/// Widest column of a legend, and the block with scale bar and insets, in design units.
const LEGEND: f32 = 376.0;
const BLOCK: f32 = 190.0;
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

    /// Draws what stands beside the map; returns how many figures and notes had no room.
    pub fn beside(&self, scene: &mut Scene, content: &Content, unit: f32, lang: Lang) -> usize {
        let Some([left, top, right, bottom]) = self.legend else { return 0 };
        let half = if self.wide { (right - left) * 0.42 } else { right - left };
        let room = bottom - top;
        // A list in the same column keeps a part of it.
        let most = if content.ranking.is_some() && !self.wide { room * 0.6 } else { room };
        let (head, high, mut left_out) = legend::block_in(&content.parts, [half, most], unit, lang);
        scene.append(head, [left, top]);
        let rest = if content.ranking.is_some() && !self.wide { (room - high) * 0.4 } else { room - high - 8.0 * unit };
        let (foot, foot_high, more) = legend::block_in(&content.foot, [half, rest], unit, lang);
        left_out += more;
        let under = bottom - foot_high;
        scene.append(foot, [left, if self.wide { (top + high + 8.0 * unit).min(under) } else { under }]);
        let Some(ranking) = &content.ranking else { return left_out };
        scene.begin(Role::Plot);
        let frame = match self.wide {
            true => [left + half + GAP * unit, top, right, bottom],
            false => [left, top + high + 12.0 * unit, right, under - 6.0 * unit],
        };
        if frame[3] - frame[1] < ranking::LOWEST * unit {
            return left_out + ranking.rows.len();
        }
        ranking::draw(scene, ranking, frame, unit, lang);
        left_out
    }
}

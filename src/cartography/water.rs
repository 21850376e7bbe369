//! Rivers, lakes and canals, with their names; roads, which are drawn over them.

use super::view::View;
use crate::draw::furniture::GREY;
use crate::draw::scene::{Anchor, Fill, Item, Scene, Stroke, Text};
use crate::draw::taken::{Frame, Taken};
use crate::draw::text;
use crate::places::context::Context;
use crate::scale::Rgb;

/// Water as areas and lines, roads as lines.
pub(super) fn and_roads(inside: &mut Vec<Item>, [rivers, roads]: [&Vec<&Context>; 2], view: &View, (unit, bw): (f32, bool)) {
    let (blue, brown) = if bw { (Rgb(185, 185, 185), Rgb(120, 120, 120)) } else { (Rgb(168, 203, 226), Rgb(150, 110, 90)) };
    let water = Stroke { colour: blue, width: 4.0 * unit, dash: 0.0 };
    for layer in rivers {
        for rings in &layer.lines.areas {
            let rings = rings.iter().map(|ring| view.line(ring)).filter(|ring| ring.len() > 2).collect();
            let fill = Some(Fill::Colour(blue));
            inside.push(Item::Area { rings, fill, stroke: Some(Stroke { width: 0.6 * unit, ..water }) });
        }
        inside.extend(layer.lines.paths.iter().map(|path| Item::Line { points: view.line(path), stroke: water }));
    }
    let road = Stroke { colour: brown, width: 1.6 * unit, dash: 0.0 };
    for layer in roads {
        inside.extend(layer.lines.paths.iter().map(|path| Item::Line { points: view.line(path), stroke: road }));
    }
}

/// Names of waters beside the land, in the letters of water; where there is no room they are left out.
pub(super) fn names(
    scene: &mut Scene,
    layer: &Context,
    (view, body): (&View, Frame),
    dry: &dyn Fn(Frame) -> bool,
    taken: &mut Taken,
    bw: bool,
) {
    let size = (16.0 * scene.unit).max(scene.least);
    let ink = if bw { GREY } else { Rgb(36, 98, 148) };
    for (name, along) in &layer.lines.names {
        let (wide, high) = (text::width(name, size, false) + 6.0 * scene.unit, size * 1.2);
        let mut places: Vec<[f32; 2]> = along.iter().map(|position| view.pixel(*position)).collect();
        // Near the middle of the map first.
        let middle = [(body[0] + body[2]) / 2.0, (body[1] + body[3]) / 2.0];
        let far = |[x, y]: &[f32; 2]| (x - middle[0]).hypot(y - middle[1]);
        places.sort_by(|a, b| far(a).total_cmp(&far(b)));
        let frame = |[x, y]: [f32; 2]| [x - wide / 2.0, y - high / 2.0, x + wide / 2.0, y + high / 2.0];
        let inside = |[l, t, r, b]: Frame| l >= body[0] && t >= body[1] && r <= body[2] && b <= body[3];
        let place = places.into_iter().find(|place| inside(frame(*place)) && dry(frame(*place)) && taken.free(frame(*place)));
        if let Some([x, y]) = place {
            taken.add(frame([x, y]));
            let words = Text::new(name.as_str(), [x, y + size * 0.34], size).italic().colour(ink).anchor(Anchor::Middle);
            scene.write(words.halo(size * 0.2));
        }
    }
}

//! Small maps side by side: weeks across, pests down, one scale and one legend for all.

use super::{BORDER, Ground, with_unit};
use crate::cartography::layout::Silhouette;
use crate::cartography::legend::{self, LegendPart};
use crate::cartography::view::View;
use crate::draw::furniture::{GREY, INK, Sheet, Titles};
use crate::draw::scene::{Anchor, Fill, Item, Layer, Role, Scene, Stroke, Text};
use crate::draw::text;
use crate::model::Measured;
use crate::places::simplify::simplify;
use crate::project::{LegendClasses, Page};
use crate::scale::Scale;
use std::sync::Arc;

/// One small map.
pub struct Panel {
    /// Words above it
    pub title: String,
    /// Row; panels of one row belong together
    pub row: String,
    /// Values
    pub measured: Measured,
    /// Value of all communes, written
    pub total: String,
}

/// What a page of small maps shows.
pub struct Panels {
    /// Title and period
    pub titles: Titles,
    /// Page
    pub page: Page,
    /// The maps, row by row
    pub list: Vec<Panel>,
    /// Classes
    pub scale: Scale,
    /// Words under the legend
    pub note: String,
}

/// Draws small maps.
pub fn draw(id: &str, ground: &Ground, panels: &Panels) -> Scene {
    let lang = ground.imprint.lang;
    let communes = &ground.joined.communes.shapes;
    let Sheet { mut scene, unit, body } = Sheet::new(id, &panels.titles, &ground.imprint, &panels.page);
    let Some(first) = panels.list.first() else { return scene };
    let heading = with_unit(first.measured.name.get(lang), first.measured.unit.get(lang));
    let mut parts = vec![LegendPart::Heading(heading, String::new())];
    let values: Vec<_> = panels.list.iter().flat_map(|panel| panel.measured.values.iter().copied()).collect();
    for part in legend::entries(&panels.scale, &values, &[], LegendClasses::All, lang) {
        // Counts over several maps would count a commune several times.
        if let LegendPart::Entry(mut entry) = part {
            entry.amount.clear();
            parts.push(LegendPart::Entry(entry));
        }
    }
    parts.extend(panels.scale.notes.iter().map(|note| LegendPart::Note(note.get(lang).to_owned())));
    let words = lang.pick("Một thang cho mọi bản đồ; số là toàn vùng.", "One scale for all maps; figures are for all communes.");
    parts.push(LegendPart::Note(words.to_owned()));
    if !panels.note.is_empty() {
        parts.push(LegendPart::Note(panels.note.clone()));
    }
    let tall = body[3] - body[1] > body[2] - body[0];
    let wide = (300.0 * unit).min((body[2] - body[0]) * 0.5);
    let (block, high) = legend::block(&parts, wide, unit, lang);
    let area = if tall {
        [body[0], body[1], body[2], body[3] - high - 20.0 * unit]
    } else {
        [body[0], body[1], body[2] - wide - 20.0 * unit, body[3]]
    };
    scene.append(block, if tall { [body[0], body[3] - high] } else { [body[2] - wide, body[1] + 10.0 * unit] });
    scene.begin(Role::Map);

    let main = ground.main_communes();
    let land = Silhouette::new(communes, &main);
    let mut rows: Vec<&str> = Vec::new();
    panels.list.iter().for_each(|panel| {
        if !rows.contains(&panel.row.as_str()) {
            rows.push(&panel.row);
        }
    });
    let head = 40.0 * unit;
    // One row of weeks folds into several where that makes the maps larger.
    let columns = if rows.len() > 1 {
        rows.iter().map(|row| panels.list.iter().filter(|panel| panel.row == *row).count()).max().unwrap_or(1)
    } else {
        let scale = |columns: usize| {
            let down = panels.list.len().div_ceil(columns);
            let cell = [(area[2] - area[0]) / columns as f32, (area[3] - area[1]) / down as f32 - head];
            land.fit([0.0, 0.0, cell[0] - 12.0 * unit, cell[1]]).scale
        };
        (1..=panels.list.len()).max_by(|a, b| scale(*a).total_cmp(&scale(*b)).then(b.cmp(a))).unwrap_or(1)
    };
    let down = if rows.len() > 1 { rows.len() } else { panels.list.len().div_ceil(columns) };
    let row_title = if rows.len() > 1 { 26.0 * unit } else { 0.0 };
    let cell = [(area[2] - area[0]) / columns as f32, (area[3] - area[1]) / down as f32].map(f32::floor);
    let view: View = land.fit([0.0, 0.0, cell[0] - 12.0 * unit, cell[1] - head - row_title - 6.0 * unit]);
    let shapes = simplify(&view.all_rings(communes), super::base::TOLERANCE);
    let stroke = Some(Stroke { colour: BORDER, width: 0.7 * unit, dash: 0.0 });
    let layer = Arc::new(Layer { shapes, stroke, ..Layer::default() });
    let mut filled = vec![0usize; rows.len()];
    for panel in &panels.list {
        let row = rows.iter().position(|row| *row == panel.row).unwrap_or(0);
        let (column, line) = if rows.len() > 1 { (filled[row], row) } else { (filled[0] % columns, filled[0] / columns) };
        filled[if rows.len() > 1 { row } else { 0 }] += 1;
        let corner = [(area[0] + column as f32 * cell[0]).round(), (area[1] + line as f32 * cell[1]).round()];
        if rows.len() > 1 && column == 0 {
            scene.write(Text::new(panel.row.as_str(), [corner[0], corner[1] + 20.0 * unit], 18.0 * unit).bold().colour(INK));
        }
        let y = corner[1] + row_title + 20.0 * unit;
        let size = 16.0 * unit;
        let room = cell[0] - 12.0 * unit - text::width(&panel.total, size, true) - 8.0 * unit;
        scene.write(Text::new(text::shorten(&panel.title, size, false, room), [corner[0], y], size).colour(GREY));
        let end = [corner[0] + cell[0] - 12.0 * unit, y];
        scene.write(Text::new(panel.total.as_str(), end, size).bold().colour(INK).anchor(Anchor::End));
        let fills: Vec<Option<Fill>> = panel.measured.values.iter().map(|value| Some(panels.scale.paint(*value))).collect();
        let at = [corner[0], (corner[1] + row_title + head - 8.0 * unit).round()];
        scene.items.push(Item::Painted { layer: Arc::clone(&layer), at, fills });
    }
    scene
}

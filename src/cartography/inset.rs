//! Small maps in the legend: where a commune lies, where the area lies, and parts too far away for the main map.

use super::{BORDER, CONTEXT, CONTEXT_BORDER, Content, Ground};
use crate::cartography::legend::LegendPart;
use crate::cartography::view::{View, inset};
use crate::draw::scene::{Fill, Item, Stroke};
use crate::layers::Shapes;
use crate::project::LayerKind;
use crate::scale::Rgb;

/// All small maps of a map.
pub fn parts(ground: &Ground, content: &Content, wide: f32, unit: f32) -> Vec<LegendPart> {
    let lang = ground.imprint.lang;
    // Marks the place that the main map shows.
    let here = if ground.imprint.bw { Rgb(30, 30, 30) } else { Rgb(196, 52, 40) };
    let joined = ground.joined;
    let mut parts = Vec::new();
    let size = [wide * 0.62, wide * 0.42];
    let frame = inset([0.0, 0.0, size[0], size[1]], 5.0 * unit);
    let area = |view: &View, shapes: &Shapes, shape: usize, fill: Rgb, border: Rgb| Item::Area {
        rings: view.rings(shapes, shape),
        fill: Some(Fill::Colour(fill)),
        stroke: Some(Stroke { colour: border, width: 0.7 * unit, dash: 0.0 }),
    };
    let communes = &joined.communes.shapes;
    if let (Some(focus), Some(extent)) = (content.focus, communes.extent()) {
        let view = View::fit(extent, frame);
        let items = (0..communes.len())
            .map(|commune| area(&view, communes, commune, if commune == focus { here } else { CONTEXT }, CONTEXT_BORDER));
        let caption = format!("{} {}", lang.pick("Vị trí", "Place of"), joined.communes.names[focus]);
        parts.push(LegendPart::Picture(items.collect(), size, caption));
    }
    let locator = joined.context.iter().find(|layer| layer.kind == LayerKind::Locator);
    if let (None, Some(layer), Some(extent)) = (content.focus, locator, locator.and_then(|layer| layer.shapes.extent())) {
        let view = View::fit(extent, frame);
        let mut items: Vec<Item> =
            (0..layer.shapes.len()).map(|shape| area(&view, &layer.shapes, shape, CONTEXT, CONTEXT_BORDER)).collect();
        items.extend((0..communes.len()).map(|commune| area(&view, communes, commune, here, here)));
        parts.push(LegendPart::Picture(items, size, layer.names.first().cloned().unwrap_or_default()));
    }
    for key in &ground.imprint.insets {
        let view = View::fit(key.extent, frame);
        let mut items: Vec<Item> = Vec::new();
        for layer in joined.context.iter().filter(|layer| layer.kind == LayerKind::Islands) {
            items.extend((0..layer.shapes.len()).map(|shape| area(&view, &layer.shapes, shape, CONTEXT, CONTEXT_BORDER)));
        }
        items.extend(content.fills.iter().enumerate().map(|(commune, fill)| Item::Area {
            rings: view.rings(communes, commune),
            fill: Some(*fill),
            stroke: Some(Stroke { colour: BORDER, width: 0.7 * unit, dash: 0.0 }),
        }));
        parts.push(LegendPart::Picture(items, size, key.title.clone()));
    }
    parts
}

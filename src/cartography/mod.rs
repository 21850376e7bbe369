//! Maps. Each kind says what to paint, write and explain; here it all finds its place on the page.

mod base;
pub mod bivariate;
pub mod categories;
pub mod choropleth;
pub mod discs;
pub mod fields;
mod inset;
pub mod interior;
pub mod labels;
pub mod layout;
pub mod legend;
mod outline;
pub mod panels;
pub mod plan;
pub mod points;
pub mod projection;
pub mod ranking;
pub mod ribbon;
pub mod scan;
pub mod view;
mod water;
pub mod zones;

use self::interior::{contains, interior};
use self::labels::{Label, Room};
use self::legend::LegendPart;
use self::plan::Plan;
use self::ranking::Ranking;
use self::view::{View, inset};
use crate::draw::furniture::{INK, Sheet, Titles};
use crate::draw::plot::Told;
use crate::draw::scene::{Anchor, Fill, Item, Layer, Remark, Role, SMALLEST, Scene, Stroke, Text};
use crate::draw::taken::{Frame, Taken};
use crate::draw::text;
use crate::message;
use crate::model::Measured;
use crate::places::context::missing_archipelagos;
use crate::project::{Labels, LayerKind, Page};
use crate::scale::Rgb;
use crate::values::{Lang, Value, numbers};
pub use base::Ground;
use base::Wanted;
use std::sync::Arc;

/// Land around what is shown.
const CONTEXT: Rgb = Rgb(240, 241, 242);
/// Borders in the land around.
const CONTEXT_BORDER: Rgb = Rgb(168, 174, 180);
/// The outer line of the land, and borders without colours.
const BORDER: Rgb = Rgb(70, 76, 82);
/// Borders between communes too light for white ones.
const PALE_BORDER: Rgb = Rgb(150, 156, 162);
/// Lightness from which a paint is lost beside white.
const PALE: f64 = 0.935;
/// Communes without a colour of their own.
const PAPER: Rgb = Rgb(250, 249, 244);

/// What is drawn over the communes once their place is known.
pub type Over<'a> = Box<dyn Fn(&View, f32) -> Vec<Item> + Send + Sync + 'a>;

/// What a map shows.
#[derive(Default)]
pub struct Content<'a> {
    /// Title and period
    pub titles: Titles,
    /// Page
    pub page: Page,
    /// Legend, from top to bottom
    pub parts: Vec<LegendPart>,
    /// The list beside the map
    pub ranking: Option<Ranking>,
    /// What stands under the list
    pub foot: Vec<LegendPart>,
    /// Inside of each commune
    pub fills: Vec<Fill>,
    /// The value of each commune in words, for readers that cannot see it; none if absent
    pub told: Vec<String>,
    /// What these words measure
    pub telling: String,
    /// What is written on communes, first come first served
    pub labels: Vec<Label>,
    /// The one commune shown; the others are then land around it
    pub focus: Option<usize>,
    /// What is drawn over the communes reaches beyond them
    pub spills: bool,
    /// What is drawn over the communes
    pub over: Vec<Over<'a>>,
    /// Ids of the context layers drawn; all if absent
    pub layers: Option<Vec<String>>,
}

/// Figures to read beside a map: words and number.
pub type Figure = (String, String);

/// Draws a map.
pub fn compose(id: &str, ground: &Ground, content: &Content) -> Scene {
    let (imprint, joined) = (&ground.imprint, ground.joined);
    let lang = imprint.lang;
    let Sheet { mut scene, unit, body } = Sheet::new(id, &content.titles, imprint, &content.page);
    let context = |kind: LayerKind| {
        let wanted = content.layers.as_ref();
        joined.context.iter().filter(move |layer| layer.kind == kind && wanted.is_none_or(|list| list.contains(&layer.id)))
    };
    let framed = content.focus.is_some() || content.spills || context(LayerKind::Neighbours).next().is_some();
    let lines = context(LayerKind::River).chain(context(LayerKind::Road)).next().is_some();
    let (list, aspect) = (content.ranking.is_some(), ground.aspect(content.focus));
    let mut plan = Plan::of(body, unit, list, framed || lines, aspect);
    if plan.legend.is_none() {
        // A legend that fills the page stands beside the land, with the scale bar in a corner of that.
        let (_, high, left_out) =
            legend::block_in(&content.parts, [plan.block_width(unit), body[3] - body[1] - 90.0 * unit], unit, lang);
        if left_out > 0 || high > body[3] - body[1] - 90.0 * unit {
            plan = Plan::of(body, unit, list, true, aspect);
        }
    }
    let mut corner = inset::parts(ground, content, plan.block_width(unit), unit);
    // Small maps hide no land where the legend's column has room for them.
    let mut pictures: Vec<LegendPart> = Vec::new();
    if let Some((wide, room)) = plan.room_for_pictures(content, unit, lang)
        && !corner.is_empty()
    {
        let smaller = [1.4, 1.0, 0.75].map(|part| inset::parts(ground, content, wide.min(plan.block_width(unit) * part), unit));
        let fits = |below: &Vec<LegendPart>| legend::block_in(below, [wide, room], unit, lang).2 == 0;
        if let Some(below) = smaller.into_iter().find(fits) {
            corner.clear();
            pictures = below;
        }
    }
    corner.push(LegendPart::Scale(100.0));
    let mut parts = if plan.legend.is_none() { content.parts.clone() } else { Vec::new() };
    parts.append(&mut corner);
    let wide = plan.block_width(unit);
    let (_, high, _) = legend::block_in(&parts, [wide, plan.map[3] - plan.map[1]], unit, lang);
    // Legends of about one height share a layout, and their maps the work of filling in shapes.
    let step = 40.0 * unit;
    let light = content.fills.iter().filter(|fill| fill.lightness() > PALE).count();
    let wanted = Wanted {
        body: plan.map,
        block: [wide, (high / step).ceil() * step],
        focus: content.focus,
        framed,
        pale: light > 1 && 4 * light >= content.fills.len(),
    };
    let base = ground.base(wanted, unit);
    let mut inside: Vec<Item> = Vec::new();
    for layer in context(LayerKind::Neighbours).chain(context(LayerKind::Islands)) {
        let around = Stroke { colour: CONTEXT_BORDER, width: unit, dash: 0.0 };
        let shapes = base.view.all_rings(&layer.shapes);
        let fills = vec![Some(Fill::Colour(CONTEXT)); shapes.len()];
        inside.push(Item::Painted {
            layer: Arc::new(Layer { shapes, stroke: Some(around), ..Layer::default() }),
            at: [0.0, 0.0],
            fills,
        });
    }
    let shown = |commune: usize| content.focus.is_none_or(|focus| focus == commune);
    let fills = content.fills.iter().enumerate().map(|(i, fill)| Some(if shown(i) { *fill } else { Fill::Colour(CONTEXT) }));
    inside.push(Item::Painted { layer: Arc::clone(&base.layer), at: [0.0, 0.0], fills: fills.collect() });
    water::and_roads(
        &mut inside,
        [&context(LayerKind::River).collect::<Vec<_>>(), &context(LayerKind::Road).collect()],
        &base.view,
        (unit, imprint.bw),
    );
    let outer = Stroke { colour: BORDER, width: 1.5 * unit, dash: 0.0 };
    inside.extend(base.outline.iter().map(|line| Item::Line { points: line.clone(), stroke: outer }));
    // Labels keep away from symbols and readings.
    let mut taken = Taken::default();
    for item in content.over.iter().flat_map(|over| over(&base.view, unit)) {
        match &item {
            Item::Disc { centre: [x, y], radius, .. } => taken.add([x - radius, y - radius, x + radius, y + radius]),
            Item::Area { rings, .. } => taken.add(bounds(rings)),
            Item::Text(text) => taken.add(text.bounds()),
            _ => {}
        }
        inside.push(item);
    }
    if let Some(focus) = content.focus {
        let rim = Stroke { colour: BORDER, width: 1.8 * unit, dash: 0.0 };
        inside.push(Item::Area { rings: base.layer.shapes[focus].clone(), fill: None, stroke: Some(rim) });
    }
    scene.begin(Role::Map);
    scene.items.push(Item::Clipped(plan.map, inside));
    if content.spills {
        // What is cut off is cut at a frame.
        let [l, t, r, b] = plan.map;
        scene.rectangle([l, t, r - l, b - t], None, Some(Stroke { colour: CONTEXT_BORDER, width: unit, dash: 0.0 }));
    }

    // The block knows its place first; labels keep away from it.
    let mut block = base.block;
    if let Some(LegendPart::Scale(metres)) = parts.last_mut() {
        *metres = base.view.metres();
    }
    let (corner, high, mut left_out) = legend::block_in(&parts, [wide, plan.map[3] - plan.map[1]], unit, lang);
    if block[1] > plan.map[1] + unit {
        block[1] = block[3] - high;
    }
    // The layout of a higher block may reach beyond the page; this one need not.
    block[1] = block[1].min(plan.map[3] - high).max(plan.map[1]);
    block[3] = block[1] + high;
    let padded = inset(block, -10.0 * unit);
    taken.add(padded);
    let dry = |frame: Frame| !base.silhouette.touches_in(&base.view, frame);
    // Beside one commune lie others, and zones reach beyond the land: a label there would seem to be theirs.
    let apart = content.focus.is_none() && !content.spills;
    let off_land = |frame: Frame| apart && dry(frame);
    let room = Room { shapes: &base.layer.shapes, spots: &base.spots, frame: plan.map, open: &off_land };
    scene.begin(Role::Labels);
    let lost = labels::write(&mut scene, &content.labels, &room, &mut taken);
    let numbers = plan.numbers(content, &numberable(content, &lost.names, &room, &taken), unit, lang);
    labels::number(&mut scene, &numbers.of, &content.fills, &room, &mut taken);
    if framed {
        neighbour_names(&mut scene, (ground, content), (&base.view, plan.map), &dry, &mut taken);
    }
    for layer in context(LayerKind::River) {
        water::names(&mut scene, layer, (&base.view, plan.map), &dry, &mut taken, imprint.bw);
    }
    scene.begin(Role::Legend);
    if framed && parts.len() > 1 {
        // Land around may run under the block, so it has a ground of its own.
        let rim = Some(Stroke { colour: CONTEXT_BORDER, width: unit, dash: 0.0 });
        let ground = [padded[0], padded[1], padded[2] - padded[0], padded[3] - padded[1]];
        scene.rectangle(ground, Some(Fill::Colour(Rgb::WHITE)), rim);
    }
    scene.append(corner, [block[0], block[1]]);
    left_out += plan.beside(&mut scene, content, (&pictures, &numbers), unit, lang);
    if left_out > 0 {
        scene.remarks.push(no_room(left_out));
    }
    remarks(&mut scene, ground, &lost.part, content.focus.is_none());
    scene.told = told(ground, &content.told);
    scene.telling.clone_from(&content.telling);
    scene
}

/// Communes at the head and the tail of a list that may have a number on the map.
const NUMBERED: [usize; 2] = [100, 20];

/// Those of the communes without a name for whose place in the list there is room on the map.
fn numberable(content: &Content, nameless: &[usize], room: &Room, taken: &Taken) -> Vec<usize> {
    let places = content.ranking.iter().flat_map(Ranking::places);
    let mut all: Vec<(usize, usize)> = places.filter(|(commune, _)| nameless.contains(commune)).collect();
    // No list shows thousands: those at its two ends are looked at.
    if all.len() > NUMBERED[0] + NUMBERED[1] {
        all.drain(NUMBERED[0]..all.len() - NUMBERED[1]);
    }
    let mut scratch = Scene::new("", "", &content.page);
    labels::number(&mut scratch, &all, &content.fills, room, &mut taken.clone())
}

/// Every commune in words.
fn told(ground: &Ground, words: &[String]) -> Vec<Told> {
    let communes = &ground.joined.communes;
    let named = communes.names.iter().zip(&communes.codes).enumerate();
    named
        .map(|(at, (name, code))| Told { name: format!("{name} · {code}"), words: words.get(at).cloned().unwrap_or_default() })
        .collect()
}

/// Figures and notes for which the page has no room.
fn no_room(left_out: usize) -> Remark {
    Remark {
        problem: "no-room-for-legend",
        value: String::new(),
        message: message!(
            "trang không đủ chỗ cho {left_out} dòng số và chú thích dưới chú giải; số liệu có trong bảng",
            "the page has no room for {left_out} lines of figures and notes under the legend; the numbers are in the table"
        ),
        grave: false,
    }
}

fn bounds(rings: &[Vec<[f32; 2]>]) -> Frame {
    rings
        .iter()
        .flatten()
        .fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |[l, t, r, b], [x, y]| [l.min(*x), t.min(*y), r.max(*x), b.max(*y)])
}

/// Names of the land around, in small slanted letters where there is room.
fn neighbour_names(
    scene: &mut Scene,
    (ground, content): (&Ground, &Content),
    (view, body): (&View, Frame),
    dry: &dyn Fn(Frame) -> bool,
    taken: &mut Taken,
) {
    let joined = ground.joined;
    let size = SMALLEST * scene.unit;
    let others = (0..joined.communes.len()).filter(|other| content.focus.is_some_and(|focus| focus != *other));
    let mut named: Vec<(String, Vec<Vec<[f32; 2]>>)> =
        others.map(|i| (joined.communes.names[i].clone(), view.rings(&joined.communes.shapes, i))).collect();
    for layer in joined.context.iter().filter(|layer| layer.kind == LayerKind::Neighbours) {
        named.extend(layer.names.iter().enumerate().map(|(i, name)| (name.clone(), view.rings(&layer.shapes, i))));
    }
    for (name, rings) in named.into_iter().filter(|(name, _)| !name.is_empty()) {
        let half = text::width(&name, size, false) / 2.0 + 4.0 * scene.unit;
        // Land that reaches far beyond the page has its middle elsewhere: then any place of it on the page will do.
        let [left, top, right, bottom] = body;
        let part = |from: f32, to: f32, at: usize, of: usize| from + (to - from) * (at as f32 + 0.5) / of as f32;
        let grid = (0..12).flat_map(|row| (0..16).map(move |column| (row, column)));
        let on_page = grid.map(|(row, column)| [part(left, right, column, 16), part(top, bottom, row, 12)]);
        let spots: Vec<[f32; 2]> = interior(&rings).into_iter().map(|(spot, _)| spot).collect();
        for [x, y] in spots.into_iter().chain(on_page.filter(|spot| contains(&rings, *spot))) {
            let frame = [x - half, y - size * 0.7, x + half, y + size * 0.5];
            let within = frame[0] > body[0] && frame[2] < body[2] && frame[1] > body[1] && frame[3] < body[3];
            let of_own = [[frame[0], y], [frame[2], y]].iter().all(|end| contains(&rings, *end));
            if within && of_own && dry(frame) && taken.take(frame) {
                scene.write(
                    Text::new(name, [x, y + size * 0.3], size).italic().colour(INK).anchor(Anchor::Middle).halo(size * 0.22),
                );
                break;
            }
        }
    }
}

/// Names the communes without a label, and archipelagos that a map of the country lacks.
fn remarks(scene: &mut Scene, ground: &Ground, lost: &[usize], whole: bool) {
    let communes = &ground.joined.communes;
    let without: Vec<&str> =
        lost.iter().filter(|&&i| communes.shapes.has_geometry(i)).map(|&i| communes.names[i].as_str()).collect();
    if !without.is_empty() {
        let (count, mut names) = (without.len(), without[..without.len().min(40)].join(", "));
        if count > 40 {
            names.push_str(", …");
        }
        scene.remarks.push(Remark {
            problem: "no-room-for-label",
            value: names,
            message: message!(
                "{count} xã không đủ chỗ ghi cả tên và số trên bản đồ; số liệu có trong bảng",
                "{count} communes have no room for both name and value on the map; their values are in the table"
            ),
            grave: false,
        });
    }
    let drawn = std::iter::once(&communes.shapes).chain(ground.joined.context.iter().map(|layer| &layer.shapes));
    if let (true, Some(extent)) = (whole, communes.shapes.extent()) {
        for name in missing_archipelagos(extent, drawn) {
            scene.remarks.push(Remark {
                problem: "archipelago-missing",
                value: name.to_owned(),
                message: message!(
                    "bản đồ toàn quốc thiếu quần đảo {name} (TT 17/2018/TT-BTNMT, điều 20); thêm [[layers]] kind = \"islands\"",
                    "a map of the whole country lacks {name} (Circular 17/2018/TT-BTNMT, art. 20); add [[layers]] kind = \"islands\""
                ),
                grave: true,
            });
        }
    }
}

/// Names and values on communes, the largest communes first.
fn commune_labels(ground: &Ground, which: Labels, focus: Option<usize>, value: impl Fn(usize) -> (String, Fill)) -> Vec<Label> {
    let communes = &ground.joined.communes;
    if which == Labels::None {
        return Vec::new();
    }
    let mut order: Vec<usize> = (0..communes.len()).filter(|i| focus.is_none_or(|focus| focus == *i)).collect();
    order.sort_by(|&a, &b| communes.area_ha[b].total_cmp(&communes.area_ha[a]).then(a.cmp(&b)));
    order
        .into_iter()
        .map(|area| {
            let (value, fill) = value(area);
            let name = if which == Labels::Value { String::new() } else { communes.names[area].clone() };
            Label { area, name, value: if which == Labels::Name { String::new() } else { value }, ground: fill }
        })
        .collect()
}

/// Values as they are written on the map: with the decimals that the list of them needs.
fn written(measured: &Measured, lang: Lang) -> impl Fn(Value) -> String + use<> {
    let decimals = measured.decimals();
    let signed = measured.signed;
    move |value| match value {
        // A true zero has no decimals, so that it is not taken for something small.
        Value::Number(0.0) => "0".to_owned(),
        Value::Number(number) if signed => numbers::format_change(number, decimals, lang),
        Value::Number(number) => numbers::format(number, decimals, lang),
        _ => String::new(),
    }
}

/// "Name (unit)".
pub fn with_unit(name: &str, unit: &str) -> String {
    if unit.is_empty() { name.to_owned() } else { format!("{name} ({unit})") }
}

fn figures(list: &[Figure]) -> Vec<LegendPart> {
    if list.is_empty() {
        return Vec::new();
    }
    let mut parts = vec![LegendPart::Rule];
    parts.extend(list.iter().enumerate().map(|(i, (words, number))| LegendPart::Figure(words.clone(), number.clone(), i == 0)));
    parts
}

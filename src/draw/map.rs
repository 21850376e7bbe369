//! Maps: communes coloured by class, and the fields of a commune coloured by severity.

use super::furniture::{GREY, HAIR, INK, Page, Titles, north_arrow, scale_bar};
use super::labels::{Taken, contains, interior};
use super::legend::{self, Entry};
use super::projection::Projection;
use super::scene::{Anchor, Fill, Hatch, Item, Point, Scene, Stroke, Text};
use super::text;
use crate::input::Shapes;
use crate::measures::accounts::Severities;
use crate::measures::{Measured, World};
use crate::project::Project;
use crate::run::Result;
use crate::scale::{Rgb, Scale};
use crate::values::{Value, numbers};

/// Share of the page's width that the legend takes.
const PANEL: f32 = 0.235;
/// Land around the communes shown.
const CONTEXT: Rgb = Rgb(226, 229, 232);
/// Borders between communes.
const BORDER: Rgb = Rgb(70, 76, 82);

/// Shapes in pixels, ready to be painted many times.
pub struct Prepared {
    /// Rings of each shape
    pub rings: Vec<Vec<Vec<Point>>>,
    /// Frame of the map: left, top, right, bottom
    frame: [f32; 4],
    metres_per_pixel: f64,
    view: View,
}

#[derive(Clone, Copy)]
struct View {
    projection: Projection,
    offset: [f64; 2],
    scale: f64,
}

impl View {
    /// Fits an extent into a frame.
    fn fit(extent: [f64; 4], [left, top, right, bottom]: [f32; 4]) -> View {
        let projection = Projection::for_extent(extent);
        let [west, south, east, north] = extent;
        let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for i in 0..=8 {
            let part = f64::from(i) / 8.0;
            let (x, y) = (west + (east - west) * part, south + (north - south) * part);
            for position in [[x, south], [x, north], [west, y], [east, y]] {
                let [px, py] = projection.project(position);
                bounds = [bounds[0].min(px), bounds[1].min(py), bounds[2].max(px), bounds[3].max(py)];
            }
        }
        let (width, height) = ((bounds[2] - bounds[0]).max(1.0), (bounds[3] - bounds[1]).max(1.0));
        let scale = (f64::from(right - left) / width).min(f64::from(bottom - top) / height);
        let middle = [(bounds[0] + bounds[2]) / 2.0, (bounds[1] + bounds[3]) / 2.0];
        let centre = [f64::from(left + right) / 2.0, f64::from(top + bottom) / 2.0];
        View { projection, scale, offset: [centre[0] - middle[0] * scale, centre[1] + middle[1] * scale] }
    }

    fn pixel(&self, position: [f64; 2]) -> Point {
        let [x, y] = self.projection.project(position);
        let tenth = |value: f64| ((value * 10.0).round() / 10.0) as f32;
        [tenth(self.offset[0] + x * self.scale), tenth(self.offset[1] - y * self.scale)]
    }

    /// Rings of a shape in tenths of a pixel. Equal positions fall on equal pixels, so shared borders stay shared.
    fn rings(&self, shapes: &Shapes, shape: usize) -> Vec<Vec<Point>> {
        shapes
            .rings(shape)
            .filter_map(|ring| {
                let mut points: Vec<Point> = ring.iter().map(|position| self.pixel(*position)).collect();
                points.dedup();
                if points.len() > 1 && points.first() == points.last() {
                    points.pop();
                }
                (points.len() > 2).then_some(points)
            })
            .collect()
    }
}

/// The frame of the map on a page, left of the legend.
fn frame(body: [f32; 4], width: f32, unit: f32) -> [f32; 4] {
    let [left, top, right, bottom] = body;
    [left, top + 6.0 * unit, right - width * PANEL - 24.0 * unit, bottom]
}

/// Prepares the communes for maps whose titles take as much room as these.
pub fn prepare(world: &World, titles: &Titles, project: &Project) -> Prepared {
    let page = Page::new("", titles, project);
    let frame = frame(page.body, page.scene.width, page.unit);
    let inner = inset(frame, 6.0 * page.unit);
    let view = View::fit(world.communes.shapes.extent().unwrap_or([105.0, 10.0, 106.0, 11.0]), inner);
    let shapes = &world.communes.shapes;
    let rings = (0..shapes.len()).map(|shape| view.rings(shapes, shape)).collect();
    Prepared { rings, frame, metres_per_pixel: 1.0 / view.scale, view }
}

fn inset([l, t, r, b]: [f32; 4], by: f32) -> [f32; 4] {
    [l + by, t + by, r - by, b - by]
}

impl Prepared {
    /// Name of the projection, for the record.
    pub fn projection(&self) -> String {
        self.view.projection.name()
    }
}

/// A figure to read beside the map: words and number.
pub type Figure = (String, String);

/// What a choropleth shows.
pub struct Plan {
    /// Title and period
    pub titles: Titles,
    /// Values by commune
    pub measured: Measured,
    /// Classes
    pub scale: Scale,
    /// Figures to read beside the map
    pub figures: Vec<Figure>,
}

/// A choropleth of one measure.
pub fn choropleth(id: &str, project: &Project, world: &World, prepared: &Prepared, plan: &Plan) -> Scene {
    let lang = project.language;
    let Plan { titles, measured, scale, figures } = plan;
    let Page { mut scene, unit, body } = Page::new(id, titles, project);
    let border = Stroke { colour: BORDER, width: 1.1 * unit, dash: 0.0 };
    for (rings, value) in prepared.rings.iter().zip(&measured.values) {
        scene.items.push(Item::Area { rings: rings.clone(), fill: Some(legend::fill(scale, *value)), stroke: Some(border) });
    }
    let numbers: Vec<f64> = measured.values.iter().filter_map(|value| value.number()).collect();
    let decimals = if numbers.iter().all(|n| n.fract() == 0.0) {
        0
    } else if measured.id.contains("severity") {
        2
    } else {
        1
    };
    let dropped = commune_labels(&mut scene, world, prepared, unit, |commune| match measured.values[commune] {
        Value::Number(number) => numbers::format(number, decimals, lang),
        _ => String::new(),
    });
    let heading = with_unit(measured.name.get(lang), measured.unit.get(lang));
    let entries = legend::entries(scale, &measured.values, lang);
    let column = panel(&scene, body, unit);
    let y = legend::draw(&mut scene, column, unit, &heading, lang.pick("số xã", "communes"), &entries);
    let y = draw_figures(&mut scene, column, y, unit, figures);
    let y = note_dropped(&mut scene, column, y, unit, dropped, project);
    furniture(&mut scene, body, column, y, unit, prepared.metres_per_pixel, project);
    scene
}

fn with_unit(name: &str, unit: &str) -> String {
    if unit.is_empty() { name.to_owned() } else { format!("{name} ({unit})") }
}

/// Column of the legend: left, top, right.
fn panel(scene: &Scene, body: [f32; 4], unit: f32) -> [f32; 3] {
    [body[2] - scene.width * PANEL, body[1] + 6.0 * unit, body[2]]
}

fn draw_figures(scene: &mut Scene, [left, _, right]: [f32; 3], top: f32, unit: f32, figures: &[Figure]) -> f32 {
    if figures.is_empty() {
        return top;
    }
    let mut y = top + 14.0 * unit;
    scene.items.push(Item::Line { points: vec![[left, y], [right, y]], stroke: Stroke { colour: HAIR, width: unit, dash: 0.0 } });
    y += 26.0 * unit;
    for (i, (words, number)) in figures.iter().enumerate() {
        let size = if i == 0 { 20.0 } else { 16.0 } * unit;
        let room = right - left - text::width(number, size, i == 0) - 12.0 * unit;
        scene.text(words.as_str(), [left, y], text::fit(words, 16.0 * unit, false, room)).colour(GREY);
        let shown = scene.text(number.as_str(), [right, y], size).anchor(Anchor::End);
        if i == 0 {
            shown.bold();
        }
        y += 27.0 * unit;
    }
    y
}

/// Scale bar and north arrow at the foot of the legend column, or where the legend leaves room.
fn furniture(scene: &mut Scene, body: [f32; 4], [left, _, right]: [f32; 3], top: f32, unit: f32, metres: f64, project: &Project) {
    let y = (body[3] - 8.0 * unit).max(top + 30.0 * unit);
    scale_bar(scene, [left + 6.0 * unit, y], metres, (right - left) * 0.62, unit, project.language);
    north_arrow(scene, [right - 16.0 * unit, y], unit, project.language);
}

/// Says how many communes have no label; where the note ends.
fn note_dropped(scene: &mut Scene, [left, _, right]: [f32; 3], top: f32, unit: f32, dropped: usize, project: &Project) -> f32 {
    if dropped == 0 {
        return top;
    }
    let words = match project.language {
        crate::values::Lang::Vi => format!("{dropped} xã không đủ chỗ ghi tên trên bản đồ; số liệu có trong bảng"),
        crate::values::Lang::En => format!("{dropped} communes have no room for a label; their values are in the table"),
    };
    let mut y = top + 16.0 * unit;
    for line in text::wrap(&words, 14.0 * unit, false, right - left) {
        scene.text(line, [left, y], 14.0 * unit).colour(GREY);
        y += 18.0 * unit;
    }
    y
}

/// Names, and values below them. Large communes choose first. Returns how many found no room.
fn commune_labels(scene: &mut Scene, world: &World, prepared: &Prepared, unit: f32, value: impl Fn(usize) -> String) -> usize {
    let mut order: Vec<usize> = (0..world.communes.len()).collect();
    order.sort_by(|&a, &b| world.communes.area_ha[b].total_cmp(&world.communes.area_ha[a]).then(a.cmp(&b)));
    let mut taken = Taken::default();
    let mut dropped = 0;
    for commune in order {
        let name = &world.communes.names[commune];
        let number = value(commune);
        let spots = interior(&prepared.rings[commune]);
        // A name in one line, or in two where the commune is narrow; smaller letters only after that.
        let sizes = [18.0, 16.0, 14.0, 12.5, 11.0].map(|size| size * unit);
        let forms = sizes.into_iter().flat_map(|size| [(size, vec![name.as_str()]), (size, in_two(name))]);
        let placed = forms.into_iter().find_map(|(size, lines)| {
            let wide = lines.iter().map(|line| text::width(line, size, true)).fold(text::width(&number, size, false), f32::max);
            let high = size * 0.6 * (lines.len() + usize::from(!number.is_empty())) as f32;
            let slack = if size <= 12.6 * unit { 1.3 } else { 0.98 };
            let spot = spots.iter().take(8).find(|([x, y], room)| {
                let boxed = [x - wide / 2.0, y - high, x + wide / 2.0, y + high];
                let framed = boxed[0] >= prepared.frame[0] && boxed[2] <= prepared.frame[2];
                // Its upper and lower line must lie in the commune too, unless it is small already.
                let rings = &prepared.rings[commune];
                let inside = slack > 1.0 || [-0.7, 0.7].iter().all(|part| contains(rings, [*x, y + high * part]));
                wide <= room * slack && framed && inside && taken.take(boxed)
            });
            spot.map(|(point, _)| (size, lines, *point))
        });
        let Some((size, lines, [x, y])) = placed else {
            dropped += 1;
            continue;
        };
        let count = lines.len() + usize::from(!number.is_empty());
        let mut base = y - size * 0.575 * (count as f32 - 1.0) + size * 0.36;
        let words = lines.into_iter().map(|line| (line, true)).chain((!number.is_empty()).then_some((number.as_str(), false)));
        for (words, bold) in words {
            let mut label = Text::new(words, [x, base], size);
            label.bold = bold;
            label.halo = size * 0.24;
            label.anchor = Anchor::Middle;
            scene.items.push(Item::Text(label));
            base += size * 1.15;
        }
    }
    dropped
}

/// A name cut at the space nearest to its middle.
fn in_two(name: &str) -> Vec<&str> {
    let middle = name.len() / 2;
    match name.match_indices(' ').min_by_key(|(at, _)| at.abs_diff(middle)) {
        Some((at, _)) => vec![&name[..at], &name[at + 1..]],
        None => vec![name],
    }
}

/// The fields of one commune (or of all) coloured by their highest severity; fields under contract have a thick rim.
pub fn fields(
    id: &str,
    titles: &Titles,
    project: &Project,
    world: &World,
    severities: &Severities,
    scale: &Scale,
    commune: Option<usize>,
) -> Result<Scene> {
    let lang = project.language;
    let Page { mut scene, unit, body } = Page::new(id, titles, project);
    let outer = frame(body, scene.width, unit);
    let communes = &world.communes.shapes;
    let extent = match commune {
        Some(commune) => communes.bounds(commune),
        None => communes.extent(),
    };
    let view = View::fit(extent.unwrap_or([105.0, 10.0, 106.0, 11.0]), inset(outer, 14.0 * unit));
    let border = Stroke { colour: BORDER, width: 1.6 * unit, dash: 0.0 };
    let mut inside: Vec<Item> = Vec::new();
    for other in 0..communes.len() {
        let shown = commune.is_none_or(|commune| commune == other);
        let ground = if shown { Rgb(250, 249, 244) } else { CONTEXT };
        let stroke = Stroke { colour: if shown { BORDER } else { Rgb(168, 174, 180) }, width: unit, dash: 0.0 };
        inside.push(Item::Area { rings: view.rings(communes, other), fill: Some(Fill::Colour(ground)), stroke: Some(stroke) });
    }
    let contract = Stroke { colour: Rgb(20, 64, 120), width: 1.9 * unit, dash: 0.0 };
    let plain = Stroke { colour: Rgb(130, 134, 138), width: 0.5 * unit, dash: 0.0 };
    let mut hectares = vec![(0usize, 0.0f64); scale.classes.len() + 1];
    let (mut contract_count, mut contract_ha) = (0usize, 0.0f64);
    let (mut thin, mut thick) = (Vec::new(), Vec::new());
    if let Some(fields) = &world.fields {
        for field in 0..fields.pieces.len() {
            let share = match commune {
                Some(commune) => fields
                    .pieces
                    .of(field)
                    .iter()
                    .find(|piece| piece.commune as usize == commune)
                    .map_or(0.0, |piece| piece.share),
                None => 1.0,
            };
            if share <= 0.0 {
                continue;
            }
            let severity = severities.highest.get(field).copied().unwrap_or(f32::NAN);
            let (class, fill) = if severity.is_nan() {
                (scale.classes.len(), Fill::Hatch(Hatch::Dots))
            } else {
                (scale.class_of(f64::from(severity)), Fill::Colour(scale.colour(f64::from(severity))))
            };
            hectares[class].0 += 1;
            hectares[class].1 += fields.pieces.area_ha[field] * share;
            let linked = world.land.linked_of_field.get(field).copied().unwrap_or(f64::NAN);
            let is_linked = linked > 0.0;
            let rings = view.rings(&fields.shapes, field);
            if is_linked {
                contract_count += 1;
                contract_ha += linked * share;
                thick.push(Item::Area { rings, fill: Some(fill), stroke: Some(contract) });
            } else {
                thin.push(Item::Area { rings, fill: Some(fill), stroke: Some(plain) });
            }
        }
    }
    inside.append(&mut thin);
    inside.append(&mut thick);
    if let Some(commune) = commune {
        inside.push(Item::Area { rings: view.rings(communes, commune), fill: None, stroke: Some(border) });
    }
    for other in (0..communes.len()).filter(|other| commune.is_some_and(|commune| commune != *other)) {
        neighbour_name(&mut inside, world, &view, other, outer, unit);
    }
    scene.items.push(Item::Clipped(outer, inside));
    let ha = |(count, hectares): (usize, f64)| format!("{count} · {} ha", numbers::format(hectares, 1, lang));
    let mut entries: Vec<Entry> = scale
        .classes
        .iter()
        .zip(&hectares)
        .map(|(class, amount)| Entry {
            fill: Fill::Colour(class.colour),
            outline: None,
            label: class.label.clone(),
            amount: ha(*amount),
        })
        .collect();
    let unsurveyed = hectares[scale.classes.len()];
    if unsurveyed.0 > 0 {
        let label = lang.pick("chưa điều tra", "not surveyed").to_owned();
        entries.push(Entry { fill: Fill::Hatch(Hatch::Dots), outline: None, label, amount: ha(unsurveyed) });
    }
    if contract_count > 0 {
        let label = lang.pick("có hợp đồng", "under contract").to_owned();
        let outline = Some(Stroke { width: 2.6 * unit, ..contract });
        entries.push(Entry { fill: Fill::Colour(Rgb::WHITE), outline, label, amount: ha((contract_count, contract_ha)) });
    }
    let column = panel(&scene, body, unit);
    let heading = lang.pick("Mức độ nhiễm cao nhất của thửa", "Highest severity of the field");
    let y = legend::draw(&mut scene, column, unit, heading, lang.pick("số thửa · diện tích", "fields · area"), &entries);
    furniture(&mut scene, body, column, y, unit, 1.0 / view.scale, project);
    Ok(scene)
}

fn neighbour_name(items: &mut Vec<Item>, world: &World, view: &View, commune: usize, frame: [f32; 4], unit: f32) {
    let Some(&([x, y], _)) = interior(&view.rings(&world.communes.shapes, commune)).first() else { return };
    let name = &world.communes.names[commune];
    let size = 14.0 * unit;
    let half = text::width(name, size, false) / 2.0 + 4.0 * unit;
    if x - half > frame[0] && x + half < frame[2] && y - size > frame[1] && y + size < frame[3] {
        let mut label = Text::new(name.as_str(), [x, y], size);
        label.italic = true;
        label.colour = INK;
        label.halo = size * 0.22;
        label.anchor = Anchor::Middle;
        items.push(Item::Text(label));
    }
}

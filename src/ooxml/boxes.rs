//! Items of a scene as shapes that a reader can move, recolour and rewrite.

use super::clip::{self, Frame};
use super::package::words;
use crate::draw::plot::Told;
use crate::draw::scene::{Anchor, Fill, Hatch, Item, Point, Stroke, Text};
use crate::draw::text;
use crate::scale::{Pattern, Rgb};
use std::fmt::Write as _;

/// Left, top, right, bottom in EMU (914,400 an inch), the unit of the format.
type Extent = [i64; 4];

const NOTHING: Extent = [i64::MAX, i64::MAX, i64::MIN, i64::MIN];

/// Writes shapes onto one slide.
#[derive(Debug)]
pub struct Boxes {
    /// EMU a pixel
    scale: f64,
    /// Where the scene's zero lies, in pixels
    at: Point,
    /// `vi-VN` or `en-GB`
    language: &'static str,
    next: u32,
    out: String,
    extent: Extent,
}

impl Boxes {
    /// An empty slide; shapes are numbered from `first` on.
    pub fn new(scale: f64, language: &'static str, first: u32) -> Boxes {
        Boxes { scale, at: [0.0, 0.0], language, next: first, out: String::new(), extent: NOTHING }
    }

    /// Moves what comes next.
    pub fn move_to(&mut self, at: Point) {
        self.at = at;
    }

    /// The shapes as they stand in a slide's tree.
    pub fn finish(self) -> String {
        self.out
    }

    /// The number of the next shape.
    pub fn id(&mut self) -> u32 {
        self.next += 1;
        self.next - 1
    }

    /// Adds a shape written elsewhere.
    pub fn push(&mut self, shape: &str) {
        self.out.push_str(shape);
    }

    /// Pixels as EMU.
    pub fn emu(&self, pixels: f32) -> i64 {
        (f64::from(pixels) * self.scale).round() as i64
    }

    /// A frame in pixels as the place of a shape: left, top, width, height in EMU.
    pub fn place(&self, [l, t, r, b]: Frame) -> [i64; 4] {
        let [x, y] = self.at;
        let (left, top) = (self.emu(l + x), self.emu(t + y));
        [left, top, (self.emu(r + x) - left).max(0), (self.emu(b + y) - top).max(0)]
    }

    /// Shapes that belong together, with one text for readers that cannot see them.
    pub fn group(&mut self, name: &str, alt: &str, items: &[Item], told: &[Told]) {
        let id = self.id();
        let before = std::mem::take(&mut self.out);
        let outer = std::mem::replace(&mut self.extent, NOTHING);
        self.items(items, told, None);
        let inside = std::mem::replace(&mut self.out, before);
        let [l, t, r, b] = std::mem::replace(&mut self.extent, outer);
        if inside.is_empty() {
            return;
        }
        let (w, h) = ((r - l).max(0), (b - t).max(0));
        let _ = write!(
            self.out,
            "<p:grpSp><p:nvGrpSpPr><p:cNvPr id=\"{id}\" name=\"{}\" descr=\"{}\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>\
             <a:xfrm><a:off x=\"{l}\" y=\"{t}\"/><a:ext cx=\"{w}\" cy=\"{h}\"/><a:chOff x=\"{l}\" y=\"{t}\"/>\
             <a:chExt cx=\"{w}\" cy=\"{h}\"/></a:xfrm></p:grpSpPr>{inside}</p:grpSp>",
            words(name),
            words(alt)
        );
    }

    fn items(&mut self, items: &[Item], told: &[Told], frame: Option<Frame>) {
        for item in items {
            match item {
                Item::Area { rings, fill, stroke } => self.area(rings, *fill, stroke.as_ref(), frame, None),
                Item::Painted { layer, at, fills } => {
                    for (number, (rings, fill)) in layer.shapes.iter().zip(fills).enumerate() {
                        let moved: Vec<Vec<Point>> = match at {
                            [0.0, 0.0] => rings.clone(),
                            [dx, dy] => rings.iter().map(|ring| ring.iter().map(|[x, y]| [x + dx, y + dy]).collect()).collect(),
                        };
                        let told = if layer.told { told.get(number) } else { None };
                        self.area(&moved, *fill, layer.stroke.as_ref(), frame, told);
                    }
                }
                Item::Line { points, stroke } => {
                    let parts = frame.map_or_else(|| vec![points.clone()], |frame| clip::line(points, frame));
                    for part in parts.iter().filter(|part| part.len() > 1) {
                        self.outline(std::slice::from_ref(part), false, None, Some(stroke), None);
                    }
                }
                Item::Disc { centre: [x, y], radius: r, fill, stroke } => {
                    if frame.is_none_or(|[l, t, right, b]| *x >= l && *x <= right && *y >= t && *y <= b) {
                        let place = [x - r, y - r, x + r, y + r];
                        self.preset("ellipse", place, Some(Fill::Colour(*fill)), stroke.as_ref(), None);
                    }
                }
                Item::Text(text) => self.write(text),
                Item::Clipped(own, items) => {
                    let [l, t, r, b] = *own;
                    let both = frame.map_or(*own, |[a, c, d, e]| [l.max(a), t.max(c), r.min(d), b.min(e)]);
                    self.items(items, told, Some(both));
                }
            }
        }
    }

    fn area(
        &mut self,
        rings: &[Vec<Point>],
        fill: Option<Fill>,
        stroke: Option<&Stroke>,
        frame: Option<Frame>,
        told: Option<&Told>,
    ) {
        if fill.is_none() && stroke.is_none() {
            return;
        }
        let rings: Vec<Vec<Point>> =
            rings.iter().map(|ring| frame.map_or_else(|| ring.clone(), |frame| clip::ring(ring, frame))).collect();
        let rings: Vec<Vec<Point>> = rings.into_iter().filter(|ring| ring.len() > 2).collect();
        match rings.as_slice() {
            [] => {}
            [ring] if is_upright(ring) => self.preset("rect", bounds(&rings), fill, stroke, told),
            _ => self.outline(&rings, true, fill, stroke, told),
        }
    }

    fn head(&mut self, told: Option<&Told>, what: [&str; 2]) {
        let id = self.id();
        let (name, alt) = match told {
            Some(told) if told.words.is_empty() => (words(&told.name), words(&told.name)),
            Some(told) => (words(&told.name), format!("{}: {}", words(&told.name), words(&told.words))),
            None => (format!("{} {id}", if self.language.starts_with("vi") { what[0] } else { what[1] }), String::new()),
        };
        let alt = if alt.is_empty() { alt } else { format!(" descr=\"{alt}\"") };
        let _ = write!(self.out, "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{name}\"{alt}/>");
    }

    fn spot(&mut self, [x, y, w, h]: [i64; 4]) {
        let [l, t, r, b] = self.extent;
        self.extent = [l.min(x), t.min(y), r.max(x + w), b.max(y + h)];
        let _ = write!(self.out, "<a:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{w}\" cy=\"{h}\"/></a:xfrm>");
    }

    fn preset(&mut self, form: &str, place: Frame, fill: Option<Fill>, stroke: Option<&Stroke>, told: Option<&Told>) {
        self.head(told, ["Hình", "Shape"]);
        self.out.push_str("<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>");
        let place = self.place(place);
        self.spot(place);
        let _ = write!(self.out, "<a:prstGeom prst=\"{form}\"><a:avLst/></a:prstGeom>");
        self.paint(fill, stroke);
        self.out.push_str("</p:spPr></p:sp>");
    }

    /// A shape of any outline. Points are rounded once, where they stand on the slide, so that neighbours share their border.
    fn outline(&mut self, rings: &[Vec<Point>], closed: bool, fill: Option<Fill>, stroke: Option<&Stroke>, told: Option<&Told>) {
        let [dx, dy] = self.at;
        let mut lines: Vec<Vec<[i64; 2]>> = Vec::with_capacity(rings.len());
        for ring in rings {
            let mut line: Vec<[i64; 2]> = ring.iter().map(|[x, y]| [self.emu(x + dx), self.emu(y + dy)]).collect();
            line.dedup();
            if closed && line.len() > 1 && line.first() == line.last() {
                line.pop();
            }
            if line.len() > 1 {
                lines.push(line);
            }
        }
        if lines.is_empty() {
            return;
        }
        let [l, t, r, b] =
            lines.iter().flatten().fold(NOTHING, |[l, t, r, b], [x, y]| [l.min(*x), t.min(*y), r.max(*x), b.max(*y)]);
        self.head(told, if closed { ["Hình", "Shape"] } else { ["Đường", "Line"] });
        self.out.push_str("<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>");
        self.spot([l, t, r - l, b - t]);
        let inside = if closed { "" } else { " fill=\"none\"" };
        let _ = write!(
            self.out,
            "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l=\"0\" t=\"0\" r=\"r\" b=\"b\"/><a:pathLst>\
             <a:path w=\"{}\" h=\"{}\"{inside}>",
            r - l,
            b - t
        );
        for line in &lines {
            for (number, [x, y]) in line.iter().enumerate() {
                let step = if number == 0 { "moveTo" } else { "lnTo" };
                let _ = write!(self.out, "<a:{step}><a:pt x=\"{}\" y=\"{}\"/></a:{step}>", x - l, y - t);
            }
            if closed {
                self.out.push_str("<a:close/>");
            }
        }
        self.out.push_str("</a:path></a:pathLst></a:custGeom>");
        self.paint(fill, stroke);
        self.out.push_str("</p:spPr></p:sp>");
    }

    fn paint(&mut self, fill: Option<Fill>, stroke: Option<&Stroke>) {
        self.out.push_str(&fill.map_or_else(|| "<a:noFill/>".to_owned(), paint));
        match stroke {
            None => self.out.push_str("<a:ln><a:noFill/></a:ln>"),
            Some(stroke) => {
                let dash = if stroke.dash > 0.0 { "<a:prstDash val=\"dash\"/>" } else { "" };
                let wide = self.emu(stroke.width).max(1);
                let _ = write!(self.out, "<a:ln w=\"{wide}\">{}{dash}<a:round/></a:ln>", colour(stroke.colour));
            }
        }
    }

    /// A line of text in a box of its own, on the same base line as in the picture.
    fn write(&mut self, line: &Text) {
        if line.text.is_empty() {
            return;
        }
        let [x, y] = line.at;
        let wide = text::width(&line.text, line.size, line.bold) * 1.03 + 2.0;
        let before = match line.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => wide / 2.0,
            Anchor::End => wide,
        };
        // Above the base line lies what the suites' letters rise, below it the rest of a line's height.
        let (up, down) = (line.size * 0.93, line.size * 0.28);
        let place = match line.upright {
            true => [x - up, y - wide + before, x + down, y + before],
            false => [x - before, y - up, x - before + wide, y + down],
        };
        let id = self.id();
        let _ = write!(
            self.out,
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{}\"/><p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr>",
            words(&line.text)
        );
        let place = self.place(place);
        self.spot(place);
        let points = (f64::from(line.size) * self.scale / 127.0).round().max(100.0);
        let flags = format!("{}{}", if line.bold { " b=\"1\"" } else { "" }, if line.italic { " i=\"1\"" } else { "" });
        // What lifts a label off its map: a ground in the colour that it stands on, a glow where it stands on none.
        let plated = line.halo > 0.0 && !line.italic;
        let plate = match plated {
            true => hue(line.rim).replace("/>", "><a:alpha val=\"85000\"/></a:srgbClr>"),
            false => String::new(),
        };
        let plate = if plated { format!("<a:solidFill>{plate}</a:solidFill>") } else { "<a:noFill/>".to_owned() };
        let glow = if line.halo > 0.0 && !plated {
            let radius = self.emu(line.halo * 0.6);
            format!("<a:effectLst><a:glow rad=\"{radius}\">{}</a:glow></a:effectLst>", hue(line.rim))
        } else {
            String::new()
        };
        let turn = if line.upright { " vert=\"vert270\"" } else { "" };
        let align = match line.anchor {
            Anchor::Start => "l",
            Anchor::Middle => "ctr",
            Anchor::End => "r",
        };
        let _ = write!(
            self.out,
            "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>{plate}</p:spPr><p:txBody>\
             <a:bodyPr{turn} wrap=\"none\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"t\"><a:noAutofit/></a:bodyPr><a:lstStyle/>\
             <a:p><a:pPr algn=\"{align}\"/><a:r><a:rPr lang=\"{}\" sz=\"{points}\"{flags}>{}{glow}</a:rPr><a:t>{}</a:t></a:r></a:p>\
             </p:txBody></p:sp>",
            self.language,
            colour(line.colour),
            words(&line.text)
        );
    }
}

/// A colour by its number.
pub fn hue(Rgb(red, green, blue): Rgb) -> String {
    format!("<a:srgbClr val=\"{red:02X}{green:02X}{blue:02X}\"/>")
}

/// A full paint of one colour.
pub fn colour(colour: Rgb) -> String {
    format!("<a:solidFill>{}</a:solidFill>", hue(colour))
}

/// A paint: a colour, or a hatch that the suites know.
pub fn paint(fill: Fill) -> String {
    match fill {
        Fill::Colour(own) => colour(own),
        Fill::Hatch(Hatch { pattern, ink, ground }) => {
            let known = match pattern {
                Pattern::Diagonal => "wdUpDiag",
                Pattern::Falling => "wdDnDiag",
                Pattern::Dots => "pct20",
                Pattern::Cross => "smGrid",
                Pattern::Level => "narHorz",
                Pattern::Upright => "narVert",
            };
            format!("<a:pattFill prst=\"{known}\"><a:fgClr>{}</a:fgClr><a:bgClr>{}</a:bgClr></a:pattFill>", hue(ink), hue(ground))
        }
    }
}

/// A rectangle whose sides stand level and upright.
fn is_upright(ring: &[Point]) -> bool {
    let [a, b, c, d] = ring else { return false };
    let level = |[_, y1]: &Point, [_, y2]: &Point| (y1 - y2).abs() < 1e-3;
    let plumb = |[x1, _]: &Point, [x2, _]: &Point| (x1 - x2).abs() < 1e-3;
    level(a, b) && plumb(b, c) && level(c, d) && plumb(d, a) || plumb(a, b) && level(b, c) && plumb(c, d) && level(d, a)
}

/// The room that lines take.
pub fn bounds(rings: &[Vec<Point>]) -> Frame {
    let none = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
    rings.iter().flatten().fold(none, |[l, t, r, b], [x, y]| [l.min(*x), t.min(*y), r.max(*x), b.max(*y)])
}

/// The room that items take.
pub fn extent(items: &[Item]) -> Option<Frame> {
    let join = |a: Option<Frame>, [l, t, r, b]: Frame| {
        Some(a.map_or([l, t, r, b], |[x, y, z, w]| [x.min(l), y.min(t), z.max(r), w.max(b)]))
    };
    items.iter().fold(None, |so_far, item| match item {
        Item::Area { rings, .. } => join(so_far, bounds(rings)),
        Item::Line { points, .. } => join(so_far, bounds(std::slice::from_ref(points))),
        Item::Disc { centre: [x, y], radius: r, .. } => join(so_far, [x - r, y - r, x + r, y + r]),
        Item::Text(text) => join(so_far, text.bounds()),
        Item::Painted { layer, .. } => layer.shapes.iter().fold(so_far, |so_far, rings| join(so_far, bounds(rings))),
        Item::Clipped(frame, _) => join(so_far, *frame),
    })
}

/// How many shapes items become.
pub fn count(items: &[Item]) -> usize {
    let one = |item: &Item| match item {
        Item::Painted { layer, .. } => layer.shapes.len(),
        Item::Clipped(_, items) => count(items),
        _ => 1,
    };
    items.iter().map(one).sum()
}

/// Where an item ends below.
pub fn foot(item: &Item) -> Option<f32> {
    extent(std::slice::from_ref(item)).map(|[.., bottom]| bottom)
}

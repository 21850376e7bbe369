//! A scene as SVG text.

use crate::draw::scene::{Anchor, Fill, Hatch, Item, Point, Role, Scene, Stroke, Text};
use crate::scale::Pattern;
use crate::values::foreign::xml;
use std::fmt::Write;

/// The SVG of a scene.
pub fn svg(scene: &Scene) -> String {
    let (w, h) = (scene.width, scene.height);
    let mut out = String::with_capacity(64 << 10);
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" font-family=\"Noto Sans, Arial, sans-serif\">\n<title>{}</title>\n",
        xml(&scene.title)
    );
    let mut hatches = Vec::new();
    gather_hatches(&scene.items, &mut hatches);
    hatches.sort();
    hatches.dedup();
    let unit = scene.unit;
    if !hatches.is_empty() {
        out.push_str("<defs>\n");
        hatches.iter().for_each(|hatch| define(&mut out, *hatch, unit));
        out.push_str("</defs>\n");
    }
    let _ = writeln!(out, "<rect width=\"{w}\" height=\"{h}\" fill=\"#ffffff\"/>");
    let mut clips = 0;
    let mut seen: Vec<Role> = Vec::new();
    for (role, items) in scene.stretches() {
        if let Some(role) = role {
            let earlier = seen.iter().filter(|known| **known == role).count();
            let number = if earlier == 0 { String::new() } else { format!("-{}", earlier + 1) };
            let _ = writeln!(out, "<g id=\"{}{number}\">", role.name());
            seen.push(role);
        }
        write_items(&mut out, items, &mut clips);
        if role.is_some() {
            out.push_str("</g>\n");
        }
    }
    out.push_str("</svg>\n");
    out
}

fn gather_hatches(items: &[Item], found: &mut Vec<Hatch>) {
    for item in items {
        match item {
            Item::Area { fill: Some(Fill::Hatch(hatch)), .. } => found.push(*hatch),
            Item::Painted { fills, .. } => found.extend(fills.iter().filter_map(|fill| match fill {
                Some(Fill::Hatch(hatch)) => Some(*hatch),
                _ => None,
            })),
            Item::Clipped(_, items) => gather_hatches(items, found),
            _ => {}
        }
    }
}

/// Equal hatches have equal names, whatever else is in the picture.
fn hatch_id(hatch: Hatch) -> String {
    let pattern = match hatch.pattern {
        Pattern::Diagonal => "diagonal",
        Pattern::Dots => "dots",
        Pattern::Cross => "cross",
        Pattern::Level => "level",
        Pattern::Upright => "upright",
        Pattern::Falling => "falling",
    };
    format!("{pattern}-{}-{}", &hatch.ground.hex()[1..], &hatch.ink.hex()[1..])
}

fn define(out: &mut String, hatch: Hatch, unit: f32) {
    let size = Pattern::TILE * unit;
    let (half, line, end) = (size / 2.0, hatch.pattern.line() * unit, size * 1.5);
    let (id, ground, ink) = (hatch_id(hatch), hatch.ground.hex(), hatch.ink.hex());
    let _ = write!(out, "<pattern id=\"{id}\" width=\"{size}\" height=\"{size}\" patternUnits=\"userSpaceOnUse\">");
    let _ = write!(out, "<rect width=\"{size}\" height=\"{size}\" fill=\"{ground}\"/>");
    let lines = match hatch.pattern {
        Pattern::Dots => {
            let _ = writeln!(out, "<circle cx=\"{half}\" cy=\"{half}\" r=\"{line}\" fill=\"{ink}\"/></pattern>");
            return;
        }
        Pattern::Diagonal => format!("M-{half} {half}L{half} -{half}M-{half} {end}L{end} -{half}M{half} {end}L{end} {half}"),
        Pattern::Falling => format!("M-{half} {half}L{half} {end}M-{half} -{half}L{end} {end}M{half} -{half}L{end} {half}"),
        Pattern::Cross => format!("M0 {half}H{size}M{half} 0V{size}"),
        Pattern::Level => format!("M0 {half}H{size}"),
        Pattern::Upright => format!("M{half} 0V{size}"),
    };
    let _ = writeln!(out, "<path d=\"{lines}\" stroke=\"{ink}\" stroke-width=\"{line}\"/></pattern>");
}

fn write_items(out: &mut String, items: &[Item], clips: &mut usize) {
    for item in items {
        match item {
            Item::Area { rings, fill, stroke } => {
                out.push_str("<path d=\"");
                for ring in rings {
                    path(out, ring);
                    out.push('Z');
                }
                out.push_str("\" fill-rule=\"evenodd\"");
                write_fill(out, *fill);
                write_stroke(out, stroke.as_ref());
                out.push_str("/>\n");
            }
            Item::Painted { layer, at, fills } => {
                let _ = write!(out, "<g fill-rule=\"evenodd\" transform=\"translate({} {})\"", at[0], at[1]);
                write_stroke(out, layer.stroke.as_ref());
                out.push_str(">\n");
                for (rings, fill) in layer.shapes.iter().zip(fills) {
                    if rings.is_empty() || (fill.is_none() && layer.stroke.is_none()) {
                        continue;
                    }
                    out.push_str("<path d=\"");
                    for ring in rings {
                        path(out, ring);
                        out.push('Z');
                    }
                    out.push('"');
                    write_fill(out, *fill);
                    out.push_str("/>\n");
                }
                out.push_str("</g>\n");
            }
            Item::Line { points, stroke } => {
                out.push_str("<path d=\"");
                path(out, points);
                out.push_str("\" fill=\"none\"");
                write_stroke(out, Some(stroke));
                out.push_str("/>\n");
            }
            Item::Disc { centre, radius, fill, stroke } => {
                let _ = write!(out, "<circle cx=\"{}\" cy=\"{}\" r=\"{radius}\" fill=\"{}\"", centre[0], centre[1], fill.hex());
                write_stroke(out, stroke.as_ref());
                out.push_str("/>\n");
            }
            Item::Text(text) => write_text(out, text),
            Item::Clipped([l, t, r, b], items) => {
                *clips += 1;
                let id = *clips;
                let _ = write!(
                    out,
                    "<clipPath id=\"frame{id}\"><rect x=\"{l}\" y=\"{t}\" width=\"{}\" height=\"{}\"/></clipPath>\n<g clip-path=\"url(#frame{id})\">\n",
                    r - l,
                    b - t
                );
                write_items(out, items, clips);
                out.push_str("</g>\n");
            }
        }
    }
}

fn write_fill(out: &mut String, fill: Option<Fill>) {
    let _ = match fill {
        None => write!(out, " fill=\"none\""),
        Some(Fill::Colour(colour)) => write!(out, " fill=\"{}\"", colour.hex()),
        Some(Fill::Hatch(hatch)) => write!(out, " fill=\"url(#{})\"", hatch_id(hatch)),
    };
}

fn path(out: &mut String, points: &[Point]) {
    for (i, [x, y]) in points.iter().enumerate() {
        out.push(if i == 0 { 'M' } else { 'L' });
        number(out, *x);
        out.push(' ');
        number(out, *y);
    }
}

/// A coordinate to a hundredth of a pixel.
fn number(out: &mut String, value: f32) {
    let hundredths = (value * 100.0).round() as i64;
    let (sign, whole, part) = (if hundredths < 0 { "-" } else { "" }, hundredths.abs() / 100, hundredths.abs() % 100);
    let _ = match (part, part % 10) {
        (0, _) => write!(out, "{sign}{whole}"),
        (_, 0) => write!(out, "{sign}{whole}.{}", part / 10),
        _ => write!(out, "{sign}{whole}.{part:02}"),
    };
}

fn write_stroke(out: &mut String, stroke: Option<&Stroke>) {
    if let Some(Stroke { colour, width, dash }) = stroke {
        let _ = write!(out, " stroke=\"{}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"", colour.hex());
        if *dash > 0.0 {
            let _ = write!(out, " stroke-dasharray=\"{dash}\"");
        }
    }
}

fn write_text(out: &mut String, text: &Text) {
    let attributes = |out: &mut String| {
        let [x, y] = text.at;
        let _ = write!(out, "<text x=\"{x}\" y=\"{y}\" font-size=\"{}\"", text.size);
        if text.bold {
            out.push_str(" font-weight=\"bold\"");
        }
        if text.italic {
            out.push_str(" font-style=\"italic\"");
        }
        match text.anchor {
            Anchor::Start => {}
            Anchor::Middle => out.push_str(" text-anchor=\"middle\""),
            Anchor::End => out.push_str(" text-anchor=\"end\""),
        }
        if text.upright {
            let _ = write!(out, " transform=\"rotate(-90 {x} {y})\"");
        }
    };
    let words = xml(&text.text);
    attributes(out);
    if text.halo > 0.0 {
        let _ = write!(
            out,
            " stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\" paint-order=\"stroke\"",
            text.rim.hex(),
            text.halo
        );
    }
    let _ = writeln!(out, " fill=\"{}\">{words}</text>", text.colour.hex());
}

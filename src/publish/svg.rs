//! A scene as SVG text; PNG and PDF are made from the same text.

use crate::draw::scene::{Anchor, Fill, Hatch, Item, Point, Scene, Stroke, Text};
use crate::message;
use crate::run::{Fault, Place, Result};
use std::fmt::Write;

/// The SVG of a scene. A letter that the font lacks is a fault, so that no picture shows an empty box.
pub fn svg(scene: &Scene) -> Result<String> {
    for text in scene.texts() {
        if let Some(letter) = crate::draw::text::missing_glyph(&text.text) {
            let words = &text.text;
            return Err(Fault::new(
                "missing-glyph",
                Place { file: scene.id.clone(), value: words.clone(), ..Place::default() },
                message!("phông chữ không có chữ \"{letter}\" trong \"{words}\"", "the font has no \"{letter}\", in \"{words}\""),
            ));
        }
    }
    let (w, h) = (scene.width, scene.height);
    let mut out = String::with_capacity(64 << 10);
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" font-family=\"Noto Sans, Arial, sans-serif\">\n<title>{}</title>\n",
        escape(&scene.title)
    );
    let mut hatches = Vec::new();
    gather_hatches(&scene.items, &mut hatches);
    hatches.sort();
    hatches.dedup();
    let unit = (w / 1600.0).min(h / 900.0).max(0.3);
    if !hatches.is_empty() {
        out.push_str("<defs>\n");
        hatches.iter().for_each(|hatch| define(&mut out, *hatch, unit));
        out.push_str("</defs>\n");
    }
    let _ = writeln!(out, "<rect width=\"{w}\" height=\"{h}\" fill=\"#ffffff\"/>");
    let mut clips = 0;
    write_items(&mut out, &scene.items, &mut clips);
    out.push_str("</svg>\n");
    Ok(out)
}

fn gather_hatches(items: &[Item], found: &mut Vec<Hatch>) {
    for item in items {
        match item {
            Item::Area { fill: Some(Fill::Hatch(hatch)), .. } => found.push(*hatch),
            Item::Clipped(_, items) => gather_hatches(items, found),
            _ => {}
        }
    }
}

fn hatch_id(hatch: Hatch) -> &'static str {
    match hatch {
        Hatch::Diagonal => "hatch-diagonal",
        Hatch::Dots => "hatch-dots",
        Hatch::Cross => "hatch-cross",
    }
}

fn define(out: &mut String, hatch: Hatch, unit: f32) {
    let size = 10.0 * unit;
    let id = hatch_id(hatch);
    let _ = write!(out, "<pattern id=\"{id}\" width=\"{size}\" height=\"{size}\" patternUnits=\"userSpaceOnUse\">");
    let ground = if hatch == Hatch::Cross { "#f4f4f4" } else { "#ffffff" };
    let _ = write!(out, "<rect width=\"{size}\" height=\"{size}\" fill=\"{ground}\"/>");
    let (half, line) = (size / 2.0, 1.3 * unit);
    let _ = match hatch {
        Hatch::Diagonal => write!(
            out,
            "<path d=\"M-{half} {half}L{half} -{half}M0 {size}L{size} 0M{half} {}L{} {half}\" stroke=\"#8a9096\" stroke-width=\"{line}\"/>",
            size + half,
            size + half
        ),
        Hatch::Dots => write!(out, "<circle cx=\"{half}\" cy=\"{half}\" r=\"{line}\" fill=\"#8a9096\"/>"),
        Hatch::Cross => {
            write!(out, "<path d=\"M0 {half}H{size}M{half} 0V{size}\" stroke=\"#c2c6ca\" stroke-width=\"{}\"/>", line * 0.7)
        }
    };
    out.push_str("</pattern>\n");
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
                match fill {
                    None => out.push_str(" fill=\"none\""),
                    Some(Fill::Colour(colour)) => {
                        let _ = write!(out, " fill=\"{}\"", colour.hex());
                    }
                    Some(Fill::Hatch(hatch)) => {
                        let _ = write!(out, " fill=\"url(#{})\"", hatch_id(*hatch));
                    }
                }
                write_stroke(out, stroke.as_ref());
                out.push_str("/>\n");
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
    let words = escape(&text.text);
    attributes(out);
    if text.halo > 0.0 {
        let _ =
            write!(out, " stroke=\"#ffffff\" stroke-width=\"{}\" stroke-linejoin=\"round\" paint-order=\"stroke\"", text.halo);
    }
    let _ = writeln!(out, " fill=\"{}\">{words}</text>", text.colour.hex());
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

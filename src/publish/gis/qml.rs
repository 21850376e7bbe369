//! Styles of QGIS: rules with the classes of a map, its colours and hatches, and labels.

use super::{Told, class_column, label_column};
use crate::render::styled::Styled;
use crate::scale::{Fill, Pattern, Rgb};
use crate::values::foreign::xml;
use std::fmt::Write;

/// A whole style file.
pub fn style(map: &Styled, told: Told<'_>) -> String {
    format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.0\" styleCategories=\"Symbology|Labeling\" labelsEnabled=\"1\">\n{}</qgis>\n",
        parts(map, told)
    )
}

/// What a style file and a layer of a project have in common: rules, symbols, labels.
pub fn parts(map: &Styled, told: Told<'_>) -> String {
    let mut text = String::from(
        "<renderer-v2 type=\"RuleRenderer\" symbollevels=\"0\" forceraster=\"0\" enableorderby=\"0\">\n<rules key=\"rules\">\n",
    );
    for (number, (label, _)) in map.classes.iter().enumerate() {
        let (filter, label) = (xml(&filter(map, number, told)), xml(label));
        let _ = writeln!(text, "<rule key=\"class{number}\" symbol=\"{number}\" label=\"{label}\" filter=\"{filter}\"/>");
    }
    text.push_str("</rules>\n<symbols>\n");
    for (number, (_, fill)) in map.classes.iter().enumerate() {
        let _ = writeln!(text, "<symbol type=\"fill\" name=\"{number}\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">");
        layers(&mut text, *fill, &number.to_string());
        text.push_str("</symbol>\n");
    }
    text.push_str("</symbols>\n</renderer-v2>\n");
    let words = match told {
        Told::Column => format!("\"name\" || '\\n' || coalesce(\"{}\", '')", label_column(&map.id)),
        Told::Codes(..) => "\"name\"".to_owned(),
    };
    let _ = writeln!(
        text,
        "<labeling type=\"simple\"><settings calloutType=\"simple\"><text-style fieldName=\"{}\" isExpression=\"1\" fontFamily=\"Noto Sans\" \
         fontSize=\"9\" fontSizeUnit=\"Point\" textColor=\"33,37,41,255\"><text-buffer bufferDraw=\"1\" bufferSize=\"0.8\" \
         bufferSizeUnits=\"MM\" bufferColor=\"255,255,255,255\"/></text-style><placement placement=\"4\"/></settings></labeling>",
        xml(&words)
    );
    text
}

fn filter(map: &Styled, class: usize, told: Told<'_>) -> String {
    let literal = |text: &str| format!("'{}'", text.replace('\'', "''"));
    match told {
        Told::Column => format!("\"{}\" = {}", class_column(&map.id), literal(&map.classes[class].0)),
        Told::Codes(column, codes) => {
            let own = map.of.iter().zip(codes).filter(|(of, _)| **of == Some(class)).map(|(_, code)| literal(code));
            let list = own.collect::<Vec<_>>().join(", ");
            // A class without communes has no code to be told by.
            if list.is_empty() { "false".to_owned() } else { format!("\"{column}\" IN ({list})") }
        }
    }
}

fn options(text: &mut String, list: &[(&str, String)]) {
    text.push_str("<Option type=\"Map\">");
    for (name, value) in list {
        let _ = write!(text, "<Option type=\"QString\" name=\"{name}\" value=\"{value}\"/>");
    }
    text.push_str("</Option>");
}

fn colour(Rgb(red, green, blue): Rgb) -> String {
    format!("{red},{green},{blue},255")
}

/// The layers of a fill: its ground with the border, and over it the lines or dots of a hatch.
fn layers(text: &mut String, fill: Fill, symbol: &str) {
    let ground = match fill {
        Fill::Colour(ground) => ground,
        Fill::Hatch(hatch) => hatch.ground,
    };
    text.push_str("<layer class=\"SimpleFill\" enabled=\"1\" locked=\"0\" pass=\"0\">");
    let border = [
        ("color", colour(ground)),
        ("style", "solid".to_owned()),
        ("outline_color", colour(Rgb(60, 64, 67))),
        ("outline_style", "solid".to_owned()),
        ("outline_width", "0.2".to_owned()),
        ("outline_width_unit", "MM".to_owned()),
        ("joinstyle", "round".to_owned()),
    ];
    options(text, &border);
    text.push_str("</layer>\n");
    let Fill::Hatch(hatch) = fill else { return };
    let angles: &[u32] = match hatch.pattern {
        Pattern::Diagonal => &[45],
        Pattern::Falling => &[135],
        Pattern::Level => &[0],
        Pattern::Upright => &[90],
        Pattern::Cross => &[0, 90],
        Pattern::Dots => &[],
    };
    // A tile of a 1600 px page is a little under 2 mm on a slide.
    let (apart, width) = (1.8, f64::from(hatch.pattern.line()) * 0.18);
    for (number, angle) in angles.iter().enumerate() {
        text.push_str("<layer class=\"LinePatternFill\" enabled=\"1\" locked=\"0\" pass=\"0\">");
        options(text, &[("angle", angle.to_string()), ("distance", apart.to_string()), ("distance_unit", "MM".to_owned())]);
        let _ = write!(
            text,
            "<symbol type=\"line\" name=\"@{symbol}@{}\" alpha=\"1\"><layer class=\"SimpleLine\" enabled=\"1\" locked=\"0\" pass=\"0\">",
            number + 1
        );
        options(
            text,
            &[("line_color", colour(hatch.ink)), ("line_width", width.to_string()), ("line_width_unit", "MM".to_owned())],
        );
        text.push_str("</layer></symbol></layer>\n");
    }
    if hatch.pattern == Pattern::Dots {
        text.push_str("<layer class=\"PointPatternFill\" enabled=\"1\" locked=\"0\" pass=\"0\">");
        options(
            text,
            &[
                ("distance_x", apart.to_string()),
                ("distance_y", apart.to_string()),
                ("distance_x_unit", "MM".to_owned()),
                ("distance_y_unit", "MM".to_owned()),
            ],
        );
        let _ = write!(
            text,
            "<symbol type=\"marker\" name=\"@{symbol}@1\" alpha=\"1\"><layer class=\"SimpleMarker\" enabled=\"1\" locked=\"0\" pass=\"0\">"
        );
        options(
            text,
            &[
                ("name", "circle".to_owned()),
                ("color", colour(hatch.ink)),
                ("outline_style", "no".to_owned()),
                ("size", "0.5".to_owned()),
                ("size_unit", "MM".to_owned()),
            ],
        );
        text.push_str("</layer></symbol></layer>\n");
    }
}

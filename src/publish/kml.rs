//! Rows with their shapes as KML 2.2 (OGC 07-147r2), for drones and phones.

use crate::layers::Shapes;
use crate::tables::sheet::{Cell, Sheet};
use crate::values::foreign::xml;
use crate::values::numbers;
use std::fmt::Write;

/// One placemark per row of the sheet, with the shape of the same index; `name` is the column that names it and `style` gives the
/// colour of a row as `rrggbb`.
pub fn document(sheet: &Sheet, shapes: &Shapes, name: &str, style: &dyn Fn(usize) -> String) -> Vec<u8> {
    let mut text =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>\n");
    let column = sheet.headings.iter().position(|heading| heading.id == name).unwrap_or(0);
    for (row, cells) in sheet.rows.iter().enumerate() {
        let _ = writeln!(text, "<Placemark><name>{}</name>", xml(&words(&cells[column])));
        let (colour, thin) = (abgr(&style(row)), "<width>2</width>");
        let _ = writeln!(
            text,
            "<Style><LineStyle><color>ff{colour}</color>{thin}</LineStyle><PolyStyle><color>80{colour}</color></PolyStyle></Style>"
        );
        text.push_str("<ExtendedData>");
        for (heading, cell) in sheet.headings.iter().zip(cells) {
            let (id, value) = (xml(&heading.id), xml(&words(cell)));
            let _ = write!(text, "<Data name=\"{id}\"><value>{value}</value></Data>");
        }
        text.push_str("</ExtendedData>\n<MultiGeometry>");
        for polygon in shapes.polygons(row) {
            text.push_str("<Polygon>");
            for (number, ring) in polygon.enumerate() {
                let boundary = if number == 0 { "outerBoundaryIs" } else { "innerBoundaryIs" };
                let _ = write!(text, "<{boundary}><LinearRing><coordinates>");
                for [x, y] in ring {
                    let _ = write!(text, "{x},{y} ");
                }
                let _ = write!(text, "</coordinates></LinearRing></{boundary}>");
            }
            text.push_str("</Polygon>");
        }
        text.push_str("</MultiGeometry></Placemark>\n");
    }
    text.push_str("</Document></kml>\n");
    text.into_bytes()
}

/// KML writes blue before green before red.
fn abgr(rgb: &str) -> String {
    let part = |at: usize| rgb.get(at..at + 2).unwrap_or("00");
    format!("{}{}{}", part(4), part(2), part(0))
}

fn words(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Value(value) => value.number().map_or(String::new(), |number| numbers::plain(number, 6)),
    }
}

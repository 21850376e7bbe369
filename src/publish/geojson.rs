//! Communes with their values as GeoJSON (RFC 7946).

use super::sheet::{Cell, Sheet};
use crate::input::Shapes;
use crate::values::{Value, numbers};
use rayon::prelude::*;

/// A feature collection: one feature per row of the sheet, with the shape of the same index.
pub fn collection(sheet: &Sheet, shapes: &Shapes) -> Vec<u8> {
    let features: Vec<String> = (0..shapes.len()).into_par_iter().map(|row| feature(sheet, shapes, row)).collect();
    let mut text = String::with_capacity(features.iter().map(String::len).sum::<usize>() + 64);
    text.push_str("{\"type\":\"FeatureCollection\",\"features\":[\n");
    for (row, feature) in features.iter().enumerate() {
        if row > 0 {
            text.push_str(",\n");
        }
        text.push_str(feature);
    }
    text.push_str("\n]}\n");
    text.into_bytes()
}

fn feature(sheet: &Sheet, shapes: &Shapes, row: usize) -> String {
    let mut properties = serde_json::Map::new();
    for (heading, cell) in sheet.headings.iter().zip(&sheet.rows[row]) {
        let value = match cell {
            Cell::Text(text) => serde_json::Value::from(text.as_str()),
            Cell::Value(Value::Number(number)) => {
                numbers::plain(*number, 6).parse::<serde_json::Number>().map_or(serde_json::Value::Null, Into::into)
            }
            Cell::Value(_) => serde_json::Value::Null,
        };
        properties.insert(heading.id.clone(), value);
    }
    let properties = serde_json::Value::Object(properties);
    let mut text = format!("{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":");
    if !shapes.has_geometry(row) {
        text.push_str("null}");
        return text;
    }
    let single = shapes.polygons(row).count() == 1;
    text.push_str(if single { "{\"type\":\"Polygon\",\"coordinates\":" } else { "{\"type\":\"MultiPolygon\",\"coordinates\":[" });
    for (i, polygon) in shapes.polygons(row).enumerate() {
        text.push_str(if i > 0 { ",[" } else { "[" });
        for (j, ring) in polygon.enumerate() {
            text.push_str(if j > 0 { ",[" } else { "[" });
            for (k, [x, y]) in ring.iter().enumerate() {
                if k > 0 {
                    text.push(',');
                }
                text.push('[');
                text.push_str(&x.to_string());
                text.push(',');
                text.push_str(&y.to_string());
                text.push(']');
            }
            text.push(']');
        }
        text.push(']');
    }
    text.push_str(if single { "}}" } else { "]}}" });
    text
}

//! Communes with their values as GeoJSON (RFC 7946).

use crate::layers::Shapes;
use crate::tables::sheet::{Cell, Sheet};
use crate::values::{Value, numbers};
use geojson::{Feature, Geometry, GeometryValue, JsonObject, JsonValue, Position};
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
    let mut properties = JsonObject::new();
    for (heading, cell) in sheet.headings.iter().zip(&sheet.rows[row]) {
        let value = match cell {
            Cell::Text(text) => JsonValue::from(text.as_str()),
            Cell::Value(Value::Number(number)) => {
                numbers::plain(*number, 6).parse::<serde_json::Number>().map_or(JsonValue::Null, Into::into)
            }
            Cell::Value(_) => JsonValue::Null,
        };
        properties.insert(heading.id.clone(), value);
    }
    let rings = |polygon: &mut dyn Iterator<Item = &[[f64; 2]]>| -> Vec<Vec<Position>> {
        polygon.map(|ring| ring.iter().map(|&position| position.into()).collect()).collect()
    };
    let mut polygons: Vec<Vec<Vec<Position>>> = shapes.polygons(row).map(|mut polygon| rings(&mut polygon)).collect();
    let geometry = match polygons.len() {
        0 => None,
        1 => Some(GeometryValue::Polygon { coordinates: polygons.swap_remove(0) }),
        _ => Some(GeometryValue::MultiPolygon { coordinates: polygons }),
    };
    let geometry = geometry.map(Geometry::new);
    Feature { bbox: None, geometry, id: None, properties: Some(properties), foreign_members: None }.to_string()
}

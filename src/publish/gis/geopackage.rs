//! Communes with their values and the classes of every map as a GeoPackage 1.3 (OGC 12-128r17), with styles that QGIS reads on opening.

use super::{LAYER, class_column, label_column, qml, sld};
use crate::layers::Shapes;
use crate::message;
use crate::render::styled::Styled;
use crate::run::{Fault, Place, Result};
use crate::tables::sheet::{Cell, Sheet};
use crate::values::Value;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params, params_from_iter};

/// Nobody's clock: the same input gives the same bytes.
const UNDATED: &str = "1970-01-01T00:00:00.000Z";
/// The columns of the table of reference systems, for longitude and latitude on WGS 84.
const WGS84: &str = "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],PRIMEM[\"Greenwich\",0],\
    UNIT[\"degree\",0.0174532925199433],AUTHORITY[\"EPSG\",\"4326\"]]";

/// The file: one feature per row of the sheet, with the shape of the same index.
pub fn communes(sheet: &Sheet, shapes: &Shapes, maps: &[Styled]) -> Result<Vec<u8>> {
    made(sheet, shapes, maps).map_err(|error| {
        let message = message!("không ghi được GeoPackage", "cannot write the GeoPackage").because(&error);
        Fault::new("input-output", Place::file("tables/communes.gpkg"), message)
    })
}

fn made(sheet: &Sheet, shapes: &Shapes, maps: &[Styled]) -> rusqlite::Result<Vec<u8>> {
    let mut base = Connection::open_in_memory()?;
    // "GPKG", version 1.3.
    base.execute_batch("PRAGMA page_size = 4096; PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300;")?;
    let all = base.transaction()?;
    all.execute_batch(
        "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
            organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
        CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
            description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
            srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
        CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
            srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
            CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
            CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
        CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
            f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN,
            description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME);",
    )?;
    let systems = [
        ("Undefined cartesian SRS", -1, "NONE", -1, "undefined"),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined"),
        ("WGS 84 geodetic", 4326, "EPSG", 4326, WGS84),
    ];
    for (name, id, organization, code, definition) in systems {
        let row = params![name, id, organization, code, definition, ""];
        all.execute("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", row)?;
    }
    let [west, south, east, north] = shapes.extent().unwrap_or_default();
    let row = params![LAYER, "features", LAYER, "", UNDATED, west, south, east, north, 4326];
    all.execute("INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)?;
    all.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'MULTIPOLYGON', 4326, 0, 0)", params![LAYER])?;

    let text = |column: usize| sheet.rows.iter().any(|row| matches!(row[column], Cell::Text(_)));
    let mut columns: Vec<(String, &str)> = sheet
        .headings
        .iter()
        .enumerate()
        .map(|(column, heading)| (heading.id.clone(), if text(column) { "TEXT" } else { "DOUBLE" }))
        .collect();
    columns.extend(maps.iter().flat_map(|map| [(class_column(&map.id), "TEXT"), (label_column(&map.id), "TEXT")]));
    let declared: String = columns.iter().map(|(name, kind)| format!(", {} {kind}", quoted(name))).collect();
    all.execute_batch(&format!(
        "CREATE TABLE {LAYER} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTIPOLYGON{declared});"
    ))?;
    let marks = vec!["?"; columns.len() + 2].join(", ");
    let mut insert = all.prepare(&format!("INSERT INTO {LAYER} VALUES ({marks})"))?;
    for (row, cells) in sheet.rows.iter().enumerate() {
        let own = cells.iter().map(|cell| match cell {
            Cell::Text(text) => Sql::Text(text.clone()),
            Cell::Value(Value::Number(number)) => Sql::Real(*number),
            Cell::Value(_) => Sql::Null,
        });
        let of_maps = maps.iter().flat_map(|map| {
            let class = map.of[row].map_or(Sql::Null, |class| Sql::Text(map.classes[class].0.clone()));
            [class, Sql::Text(map.values[row].clone())]
        });
        let fid = Sql::Integer(row as i64 + 1);
        insert.execute(params_from_iter([fid, Sql::Blob(geometry(shapes, row))].into_iter().chain(own).chain(of_maps)))?;
    }
    drop(insert);
    for (number, map) in maps.iter().enumerate() {
        let (qml, sld) = (qml::style(map, super::Told::Column), sld::style(map));
        let row = params![LAYER, "geom", map.id, qml, sld, number == 0, map.title, "ruong", UNDATED];
        all.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD,
                useAsDefault, description, owner, update_time) VALUES ('', '', ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )?;
    }
    if !maps.is_empty() {
        let row = params!["layer_styles", "attributes", "layer_styles", "", UNDATED];
        all.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES (?, ?, ?, ?, ?)",
            row,
        )?;
    }
    all.commit()?;
    Ok(base.serialize(rusqlite::MAIN_DB)?.to_vec())
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A multipolygon: the header of GeoPackage with its extent, then well-known binary.
fn geometry(shapes: &Shapes, row: usize) -> Vec<u8> {
    let polygons: Vec<Vec<&[[f64; 2]]>> = shapes.polygons(row).map(Iterator::collect).collect();
    let mut extent = [f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::NEG_INFINITY];
    for [x, y] in polygons.iter().flatten().flat_map(|ring| ring.iter()) {
        extent = [extent[0].min(*x), extent[1].max(*x), extent[2].min(*y), extent[3].max(*y)];
    }
    // Little-endian, with an extent of x and y; a shape without positions has none, and says that it is empty.
    let empty = polygons.is_empty();
    let mut out = vec![b'G', b'P', 0, if empty { 0b0001_0001 } else { 0b0000_0011 }];
    out.extend(4326_i32.to_le_bytes());
    if !empty {
        extent.iter().for_each(|bound| out.extend(bound.to_le_bytes()));
    }
    let head = |out: &mut Vec<u8>, kind: u32, count: usize| {
        out.push(1);
        out.extend(kind.to_le_bytes());
        out.extend((count as u32).to_le_bytes());
    };
    head(&mut out, 6, polygons.len());
    for polygon in polygons {
        head(&mut out, 3, polygon.len());
        for ring in polygon {
            out.extend((ring.len() as u32).to_le_bytes());
            ring.iter().flatten().for_each(|number| out.extend(number.to_le_bytes()));
        }
    }
    out
}

//! GeoPackage (OGC 12-128r19): feature tables of an SQLite file, geometries as well-known binary behind a header of its own.

use super::choose::choose;
use super::readers::Reader;
use super::simple_features::{Feature, SimpleFeatures};
use super::well_known_binary::{self, Read, Unreadable};
use crate::input::Source;
use crate::message;
use crate::run::{Fault, Place, Problems, Result, opening};
use crate::source::blocks::fingerprint_of;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

/// GeoPackage.
pub struct GeoPackage;

impl Reader for GeoPackage {
    fn endings(&self) -> &'static [&'static str] {
        &["gpkg"]
    }

    fn layers(&self, source: &Source) -> Result<Vec<String>> {
        layers(source)
    }

    fn features(&self, source: &Source, layer: Option<&str>, problems: &mut Problems) -> Result<SimpleFeatures> {
        read(source, layer, problems)
    }
}

/// A layer with what its file says of it.
struct FeatureTable {
    name: String,
    geometry: String,
    system: i64,
}

/// Names of the layers that have features.
fn layers(source: &Source) -> Result<Vec<String>> {
    let connection = open(source)?;
    let tables = tables(&connection).map_err(|error| broken(source, &error))?;
    Ok(tables.into_iter().map(|table| table.name).collect())
}

/// Reads every feature of a layer; `wanted` may be left out where the file has one.
fn read(source: &Source, wanted: Option<&str>, problems: &mut Problems) -> Result<SimpleFeatures> {
    let mark = fingerprint_of(&source.path)?;
    let connection = open(source)?;
    let tables = tables(&connection).map_err(|error| broken(source, &error))?;
    let names: Vec<String> = tables.iter().map(|table| table.name.clone()).collect();
    let table = &tables[choose(source, &names, wanted)?];
    let mut read = features(&connection, source, table, problems).map_err(|error| broken(source, &error))?;
    read.crs = system(&connection, table.system).map_err(|error| broken(source, &error))?;
    read.fingerprint = mark;
    read.read_as.insert("format", format!("GeoPackage ({})", table.name));
    Ok(read)
}

fn broken(source: &Source, error: &dyn std::fmt::Display) -> Fault {
    let message = message!(
        "không đọc được GeoPackage (hỏng, bị cắt cụt hoặc không phải GeoPackage)",
        "cannot read the GeoPackage (broken, cut short, or not a GeoPackage)"
    )
    .because(&error);
    Fault::new("bad-vector", Place::file(&source.name), message)
        .hint(message!("mở bằng QGIS rồi xuất lại", "open it in QGIS and export it again"))
}

/// Opens the file so that nothing is written beside it, unless another program has changes there that it has not finished.
fn open(source: &Source) -> Result<Connection> {
    drop(opening::open(&source.path)?);
    let mut log = source.path.clone().into_os_string();
    log.push("-wal");
    let unfinished = std::fs::metadata(log).is_ok_and(|log| log.len() > 0);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = if unfinished {
        Connection::open_with_flags(&source.path, flags)
    } else {
        let path = std::path::absolute(&source.path).unwrap_or_else(|_| source.path.clone());
        let address = format!("file:{}?immutable=1", escaped(&path.to_string_lossy()));
        Connection::open_with_flags(address, flags | OpenFlags::SQLITE_OPEN_URI)
    };
    opened.map_err(|error| broken(source, &error))
}

/// A path in an address: signs that end it or stand for others are written by their numbers.
fn escaped(path: &str) -> String {
    let path = path.replace('\\', "/").replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    if path.starts_with('/') { path } else { format!("/{path}") }
}

/// The layers of features that are not empty, or all of them if every one is; tables of styles are none.
fn tables(connection: &Connection) -> rusqlite::Result<Vec<FeatureTable>> {
    let mut statement = connection.prepare(
        "SELECT c.table_name, g.column_name, g.srs_id FROM gpkg_contents c \
         JOIN gpkg_geometry_columns g ON g.table_name = c.table_name WHERE c.data_type = 'features' ORDER BY c.rowid",
    )?;
    let rows =
        statement.query_map([], |row| Ok(FeatureTable { name: row.get(0)?, geometry: row.get(1)?, system: row.get(2)? }))?;
    let all: Vec<FeatureTable> = rows.collect::<rusqlite::Result<_>>()?;
    let filled = |table: &FeatureTable| {
        let query = format!("SELECT EXISTS (SELECT 1 FROM {})", quoted(&table.name));
        connection.query_row(&query, [], |row| row.get::<_, bool>(0)).unwrap_or(false)
    };
    let (full, empty): (Vec<_>, Vec<_>) = all.into_iter().partition(filled);
    Ok(if full.is_empty() { empty } else { full })
}

/// The system of a layer as its authority names it, or its definition where none does; `None` where the file says that it is not
/// known.
fn system(connection: &Connection, id: i64) -> rusqlite::Result<Option<String>> {
    let mut statement = connection
        .prepare("SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?1")?;
    let mut rows = statement.query([id])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (organization, code, definition): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let organization = organization.to_uppercase();
    if code > 0 && organization != "EPSG" && definition.contains('[') {
        return Ok(Some(definition));
    }
    Ok((code > 0).then(|| format!("{organization}:{code}")))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn features(
    connection: &Connection,
    source: &Source,
    table: &FeatureTable,
    problems: &mut Problems,
) -> rusqlite::Result<SimpleFeatures> {
    let mut key = None;
    let mut names: Vec<String> = Vec::new();
    let mut statement = connection.prepare(&format!("PRAGMA table_info({})", quoted(&table.name)))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (name, is_key): (String, i64) = (row.get(1)?, row.get(5)?);
        match () {
            () if name.eq_ignore_ascii_case(&table.geometry) => {}
            () if is_key == 1 => key = Some(name),
            () => names.push(name),
        }
    }
    let columns: Vec<String> = [&table.geometry].into_iter().chain(&names).chain(&key).map(|name| quoted(name)).collect();
    let order = key.as_ref().map(|key| format!(" ORDER BY {}", quoted(key))).unwrap_or_default();
    let mut statement = connection.prepare(&format!("SELECT {} FROM {}{order}", columns.join(", "), quoted(&table.name)))?;
    // The layer's own numbers name its features; where a property is called so too they are a property of their own.
    let own = key.is_some() && names.iter().any(|name| name == "id") && !names.iter().any(|name| name == "fid");
    let mut read = SimpleFeatures { file: source.name.clone(), names: names.clone(), ..SimpleFeatures::default() };
    read.names.extend(own.then(|| "fid".to_owned()));
    let mut bytes_in = vec![false; names.len()];
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let mut feature = Feature::default();
        match row.get_ref(0)? {
            ValueRef::Blob(bytes) => match geometry(bytes) {
                Ok(found) => {
                    feature.geometry = found.geometry;
                    read.arcs += u64::from(found.arcs);
                }
                Err(Unreadable::Kind(kind)) => feature.unreadable = Some(kind.to_owned()),
                Err(Unreadable::Broken) => feature.unreadable = Some("?".to_owned()),
            },
            ValueRef::Null => {}
            _ => feature.unreadable = Some("?".to_owned()),
        }
        for (at, has_bytes) in bytes_in.iter_mut().enumerate() {
            let value = row.get_ref(at + 1)?;
            *has_bytes |= matches!(value, ValueRef::Blob(_));
            feature.cells.push(text(value));
        }
        if key.is_some() {
            feature.id = text(row.get_ref(names.len() + 1)?);
        }
        if own {
            feature.cells.push(feature.id.clone());
        }
        read.features.push(feature);
    }
    for name in names.iter().zip(bytes_in).filter(|(_, has_bytes)| *has_bytes).map(|(name, _)| name) {
        let message = message!("cột chứa dữ liệu nhị phân, không được đọc", "the column holds binary data and is not read");
        problems.warning("binary-column", Place::file(&source.name).column(name), message, None);
    }
    Ok(read)
}

fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(bytes) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// A geometry behind its header: "GP", a version, flags, the number of its system, its box.
fn geometry(bytes: &[u8]) -> std::result::Result<Read, Unreadable> {
    let (Some(b"GP"), Some(&flags)) = (bytes.get(..2), bytes.get(3)) else { return Err(Unreadable::Broken) };
    if flags & 0b10_0000 != 0 {
        return Err(Unreadable::Kind("GeoPackageExtension"));
    }
    let numbers = match (flags >> 1) & 0b111 {
        0 => 0,
        1 => 4,
        2 | 3 => 6,
        4 => 8,
        _ => return Err(Unreadable::Broken),
    };
    if flags & 0b1_0000 != 0 {
        return Ok(Read { geometry: None, arcs: false });
    }
    well_known_binary::read(bytes.get(8 + 8 * numbers..).ok_or(Unreadable::Broken)?)
}

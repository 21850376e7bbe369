//! Shapefile: shapes from `.shp`, properties from `.dbf`, the reference system from `.prj`, the letters from the words and `.cpg`.

use super::readers::Reader;
use super::simple_features::{Feature, SimpleFeatures};
use super::{dbf, letters::Letters};
use crate::input::Source;
use crate::message;
use crate::run::{Fault, Place, Problems, Result, guarded, opening};
use crate::source::blocks::{fingerprint, whole};
use crate::values::Message;
use geo::coordinate_position::{CoordPos, CoordinatePosition};
use geo::{BoundingRect, Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};
use shapefile::{Shape, ShapeReader};
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// Shapefile.
pub struct Shapefile;

impl Reader for Shapefile {
    fn endings(&self) -> &'static [&'static str] {
        &["shp"]
    }

    fn features(&self, source: &Source, _: Option<&str>, problems: &mut Problems) -> Result<SimpleFeatures> {
        read(source, problems)
    }
}

/// Reads every feature.
fn read(source: &Source, problems: &mut Problems) -> Result<SimpleFeatures> {
    let bytes = whole(source)?;
    let fault = |message: Message| {
        Fault::new("bad-vector", Place::file(&source.name), message).hint(message!(
            "xin lại đủ các tệp .shp, .dbf, .shx, .prj cùng tên",
            "ask again for the files .shp, .dbf, .shx and .prj of one name"
        ))
    };
    if bytes.is_empty() {
        return Err(Fault::new(
            "empty-file",
            Place::file(&source.name),
            message!("tệp trống (0 byte)", "the file is empty (0 bytes)"),
        ));
    }
    let sidecar =
        |ending: &str| -> Result<Option<Vec<u8>>> { beside(&source.path, ending).map(|path| opening::read(&path)).transpose() };
    let index = sidecar("shx")?;
    let shapes = guarded(|| shapes(&bytes, index.as_deref())).unwrap_or_else(|| Err("?".to_owned()));
    let shapes = shapes.map_err(|error| {
        fault(
            message!(
                "không đọc được Shapefile (hỏng, bị cắt cụt hoặc không phải Shapefile)",
                "cannot read the Shapefile (broken, cut short, or not a Shapefile)"
            )
            .because(&error),
        )
    })?;
    let table = match sidecar("dbf")? {
        Some(bytes) => {
            let dbf = dbf::read(&bytes);
            dbf.ok_or_else(|| {
                fault(message!("tệp .dbf hỏng, không đọc được thuộc tính", "the .dbf is broken, there are no properties"))
            })?
        }
        None => {
            let message =
                message!("không có tệp .dbf: các hình không có thuộc tính", "there is no .dbf: the shapes have no properties");
            problems.warning("no-dbf", Place::file(&source.name), message, None);
            dbf::Dbf::default()
        }
    };
    let label = sidecar("cpg")?.map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned());
    let letters = Letters::find(table.names.iter().chain(table.rows.iter().flatten()).map(Vec::as_slice), label.as_deref());
    say_letters(source, letters, &table, label.as_deref(), problems);
    say_rows(source, shapes.len(), &table, problems);
    let names: Vec<String> = table.names.iter().map(|name| letters.text(name)).collect();
    let width = names.len();
    let mut rows = table.rows.into_iter();
    let features = shapes.into_iter().enumerate().map(|(number, shape)| {
        let cells = rows.next().map(|row| row.iter().map(|cell| letters.text(cell)).collect());
        Feature { id: number.to_string(), cells: cells.unwrap_or_else(|| vec![String::new(); width]), ..shape }
    });
    let mut read = SimpleFeatures {
        file: source.name.clone(),
        names,
        features: features.collect(),
        crs: sidecar("prj")?.map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned()).filter(|text| !text.is_empty()),
        fingerprint: fingerprint(&bytes),
        ..SimpleFeatures::default()
    };
    read.read_as.insert("format", "Shapefile".to_owned());
    read.read_as.insert("encoding", letters.name().to_owned());
    Ok(read)
}

/// A file of the same name with another ending, in whatever case its name is written.
fn beside(path: &Path, ending: &str) -> Option<PathBuf> {
    let exact = path.with_extension(ending);
    if exact.is_file() {
        return Some(exact);
    }
    let wanted = exact.file_name()?.to_string_lossy().to_lowercase();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).collect();
    found.sort();
    found.into_iter().find(|file| file.file_name().is_some_and(|name| name.to_string_lossy().to_lowercase() == wanted))
}

fn say_letters(source: &Source, letters: Letters, table: &dbf::Dbf, label: Option<&str>, problems: &mut Problems) {
    let name = letters.name();
    if let Letters::Old(found) = letters {
        let first = table.rows.iter().flatten().find(|cell| !cell.is_ascii());
        let shown = first.map(|cell| letters.text(cell)).unwrap_or_default();
        let message = message!(
            "chữ {name}, đổi sang Unicode (ví dụ \"{shown}\")",
            "{name} text, converted to Unicode (such as \"{shown}\")"
        );
        problems.info("old-encoding", Place::file(&source.name).value(found.name()), message, None);
    } else if let (Letters::Utf8, Some(label)) = (letters, label)
        && !label.to_lowercase().contains("utf")
        && !label.contains("65001")
    {
        let message = message!(
            "tệp .cpg ghi \"{label}\" nhưng chữ là UTF-8: đọc là UTF-8",
            "the .cpg says \"{label}\" but the text is UTF-8: read as UTF-8"
        );
        problems.info("wrong-label", Place::file(&source.name).value(label), message, None);
    }
}

fn say_rows(source: &Source, shapes: usize, table: &dbf::Dbf, problems: &mut Problems) {
    let rows = table.rows.len();
    if !table.names.is_empty() && rows != shapes {
        let message = message!(
            ".dbf có {rows} dòng, .shp có {shapes} hình: hình thừa không có thuộc tính, dòng thừa không được đọc",
            "the .dbf has {rows} rows, the .shp {shapes} shapes: shapes beyond have no properties, rows beyond are not read"
        );
        problems.error("dbf-rows", Place::file(&source.name), message, None);
    }
    for (name, kind) in &table.unread {
        let name = String::from_utf8_lossy(name).into_owned();
        let message =
            message!("cột kiểu \"{kind}\" của .dbf không được đọc", "a column of the .dbf of type \"{kind}\" is not read");
        problems.warning("dbf-type", Place::file(&source.name).column(name), message, None);
    }
}

/// The shapes in the order of the index, where there is one.
fn shapes(bytes: &[u8], index: Option<&[u8]>) -> std::result::Result<Vec<Feature>, String> {
    let plain = |error: shapefile::Error| error.to_string();
    let indexed = index.and_then(|index| ShapeReader::with_shx(Cursor::new(bytes), Cursor::new(index)).ok());
    let mut reader = match indexed {
        Some(reader) => reader,
        None => ShapeReader::new(Cursor::new(bytes)).map_err(plain)?,
    };
    reader
        .iter_shapes()
        .enumerate()
        .map(|(number, shape)| {
            let (geometry, unreadable) = geometry(shape.map_err(|error| format!("{} ({error})", number + 1))?);
            Ok(Feature { geometry, unreadable, ..Feature::default() })
        })
        .collect()
}

fn geometry(shape: Shape) -> (Option<Geometry>, Option<String>) {
    macro_rules! lines {
        ($lines:expr) => {
            $lines.into_inner().into_iter().map(|part| part.into_iter().map(|at| Coord { x: at.x, y: at.y }).collect())
        };
    }
    macro_rules! rings {
        ($polygon:expr) => {{
            let rings = $polygon.into_inner().into_iter().map(|ring| ring.into_inner());
            rings.map(|ring| ring.into_iter().map(|at| Coord { x: at.x, y: at.y }).collect()).collect::<Vec<LineString>>()
        }};
    }
    macro_rules! points {
        ($points:expr) => {
            MultiPoint($points.into_inner().into_iter().map(|at| Point::new(at.x, at.y)).collect()).into()
        };
    }
    let found: Geometry = match shape {
        Shape::NullShape => return (None, None),
        Shape::Point(at) => Point::new(at.x, at.y).into(),
        Shape::PointM(at) => Point::new(at.x, at.y).into(),
        Shape::PointZ(at) => Point::new(at.x, at.y).into(),
        Shape::Multipoint(points) => points!(points),
        Shape::MultipointM(points) => points!(points),
        Shape::MultipointZ(points) => points!(points),
        Shape::Polyline(line) => MultiLineString(lines!(line).collect()).into(),
        Shape::PolylineM(line) => MultiLineString(lines!(line).collect()).into(),
        Shape::PolylineZ(line) => MultiLineString(lines!(line).collect()).into(),
        Shape::Polygon(polygon) => assembled(rings!(polygon)).into(),
        Shape::PolygonM(polygon) => assembled(rings!(polygon)).into(),
        Shape::PolygonZ(polygon) => assembled(rings!(polygon)).into(),
        Shape::Multipatch(_) => return (None, Some("MultiPatch".to_owned())),
    };
    (Some(found), None)
}

/// Polygons of rings that come in any order and any turn: a ring within an odd number of others is a hole of the smallest of them.
fn assembled(rings: Vec<LineString>) -> MultiPolygon {
    if rings.len() == 1 {
        return MultiPolygon(rings.into_iter().map(|ring| Polygon::new(ring, Vec::new())).collect());
    }
    let outlines: Vec<Polygon> = rings.into_iter().map(|ring| Polygon::new(ring, Vec::new())).collect();
    let boxes: Vec<_> = outlines.iter().map(BoundingRect::bounding_rect).collect();
    let within = |inner: usize, outer: usize| {
        let (Some(a), Some(b)) = (boxes[inner], boxes[outer]) else { return false };
        let holds = b.min().x <= a.min().x && b.min().y <= a.min().y && b.max().x >= a.max().x && b.max().y >= a.max().y;
        if inner == outer || a == b || !holds {
            return false;
        }
        let mut places = outlines[inner].exterior().coords().map(|at| outlines[outer].coordinate_position(at));
        places.find(|place| *place != CoordPos::OnBoundary) == Some(CoordPos::Inside)
    };
    let around: Vec<Vec<usize>> =
        (0..outlines.len()).map(|inner| (0..outlines.len()).filter(|&outer| within(inner, outer)).collect()).collect();
    let mut holes: Vec<Vec<LineString>> = vec![Vec::new(); outlines.len()];
    for (inner, outers) in around.iter().enumerate().filter(|(_, outers)| outers.len() % 2 == 1) {
        // The smallest ring around it is the one that is itself within the most others.
        if let Some(&outer) = outers.iter().max_by_key(|&&outer| around[outer].len()) {
            holes[outer].push(outlines[inner].exterior().clone());
        }
    }
    let whole = outlines.into_iter().zip(holes).zip(around).filter(|(_, around)| around.len() % 2 == 0);
    MultiPolygon(whole.map(|((outline, holes), _)| Polygon::new(outline.into_inner().0, holes)).collect())
}

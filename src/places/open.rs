//! Layers in whatever format offices have them, brought to longitude and latitude on WGS 84.

use super::{crs, planar};
use crate::input::{self, Source, Table, Wanted, many};
use crate::layers::lines::Lines;
pub use crate::layers::simple_features::Kind;
use crate::layers::simple_features::SimpleFeatures;
use crate::layers::{Layer, geojson, geopackage, keyhole, relatives, shapefile, small_geojson};
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::file_name::ending;

/// The code of a fault for a file that is no layer of any format.
pub const UNKNOWN_FORMAT: &str = "unknown-format";

/// Formats of layers, by the ending of their files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    GeoJson,
    Shapefile,
    GeoPackage,
    Keyhole,
    /// Whatever the system's GDAL reads, where this build has it
    Other,
}

fn format(source: &Source) -> Format {
    match ending(&source.path.to_string_lossy()).as_str() {
        "geojson" | "json" | "geojsonl" | "ndjson" | "geojsons" => Format::GeoJson,
        "shp" => Format::Shapefile,
        "gpkg" => Format::GeoPackage,
        "kml" | "kmz" => Format::Keyhole,
        _ => Format::Other,
    }
}

/// Whether a file is read as a layer, by its name: a table of such a file is one of points.
pub fn is_layer(file: &str) -> bool {
    let known = ["geojson", "json", "shp", "gpkg", "kml", "kmz"];
    known.contains(&ending(file).as_str())
}

/// Names of the layers of a file; none where the format has one layer a file.
pub fn names(source: &Source) -> Result<Vec<String>> {
    match format(source) {
        Format::GeoPackage => geopackage::layers(source),
        Format::Keyhole => keyhole::layers(source),
        _ => Ok(Vec::new()),
    }
}

/// Reads a layer of polygons: of one file, or of every file of a pattern, one below the other.
pub fn layer(
    source: &Source,
    wanted: &Wanted,
    name: Option<&str>,
    declared: crs::Declared<'_>,
    problems: &mut Problems,
) -> Result<Layer> {
    if !many::is_pattern(&source.name) {
        return one_file(source, wanted, name, declared, problems);
    }
    let path = source.path.to_string_lossy();
    let folder = std::path::Path::new(path.strip_suffix(&source.name).unwrap_or(""));
    let files = many::files(folder, &source.name)?;
    let mut layers = files.iter().map(|file| one_file(&Source::new(folder, file), wanted, name, declared, problems));
    let first = layers.next().unwrap_or_else(|| Ok(Layer::default()))?;
    let mut whole = layers.try_fold(first, |mut whole, below| {
        whole.stack(below?);
        Ok::<Layer, Fault>(whole)
    })?;
    whole.table.file.clone_from(&source.name);
    Ok(whole)
}

fn one_file(
    source: &Source,
    wanted: &Wanted,
    name: Option<&str>,
    declared: crs::Declared<'_>,
    problems: &mut Problems,
) -> Result<Layer> {
    let mut layer = match format(source) {
        Format::GeoJson => {
            let source = input::encoding::utf8(source, problems)?;
            relatives::refuse(&source)?;
            geojson::read(&source, wanted, problems)?
        }
        Format::Other => {
            refuse_by_name(source)?;
            read_other(source, wanted, name, declared, problems)?
        }
        _ => {
            let features = simple(source, name, problems)?;
            // GDAL knows the systems of all the world.
            let foreign = declared.crs.is_none() && features.crs.as_deref().is_some_and(|name| !is_known(name));
            if foreign && cfg!(feature = "gdal") {
                read_other(source, wanted, name, declared, problems)?
            } else {
                features.into_layer(wanted, problems)?
            }
        }
    };
    input::legacy::mend(&mut layer.table, problems);
    crs::to_wgs84(&mut layer, declared, problems)?;
    let Layer { shapes, table, feature_ids, .. } = &mut layer;
    let label = |feature: usize| {
        let texts = table.columns.iter().chain([&*feature_ids]).filter_map(|column| column.text(feature));
        texts.filter(|text| text.chars().count() <= 40).take(3).collect::<Vec<_>>().join(", ")
    };
    planar::mend(shapes, &table.file, label, problems);
    Ok(layer)
}

/// Reads lines and areas for orientation.
pub fn lines(source: &Source, name: Option<&str>, declared: crs::Declared<'_>, problems: &mut Problems) -> Result<Lines> {
    Ok(placed(source, name, declared, problems)?.into_lines())
}

/// Reads a layer of points as a table with their longitudes and latitudes, or, where a system is declared, with positions in it.
pub fn points(source: &Source, name: Option<&str>, declared: crs::Declared<'_>, problems: &mut Problems) -> Result<Table> {
    // Whoever declares a system brings the columns of positions to degrees.
    let features = match declared.crs {
        Some(_) => simple(source, name, problems)?,
        None => placed(source, name, declared, problems)?,
    };
    if features.kind() != Kind::Points {
        return Err(Fault::new(
            "not-points",
            Place::file(&source.name),
            message!("lớp này không phải các điểm, không đọc làm bảng được", "the layer is not of points and is no table"),
        ));
    }
    let mut table = features.into_points(&Wanted::All)?;
    input::legacy::mend(&mut table, problems);
    Ok(table)
}

/// The properties of a layer alone.
pub fn properties(source: &Source, name: Option<&str>, problems: &mut Problems) -> Result<Table> {
    Ok(simple(source, name, problems)?.into_table(&Wanted::All))
}

/// What a layer holds, told by its first geometries.
pub fn held(source: &Source, name: Option<&str>) -> Result<Kind> {
    if format(source) == Format::Other {
        return Ok(Kind::Areas);
    }
    if format(source) == Format::GeoJson {
        return Ok(small_geojson::first_kind(source)?.unwrap_or(Kind::Areas));
    }
    Ok(simple(source, name, &mut Problems::default())?.kind())
}

fn is_known(name: &str) -> bool {
    crs::systems::code_of(name).is_some_and(|code| crs::systems::of_code(code).is_some())
}

/// Features as they stand in the file.
fn simple(source: &Source, name: Option<&str>, problems: &mut Problems) -> Result<SimpleFeatures> {
    match format(source) {
        Format::Shapefile => shapefile::read(source, problems),
        Format::GeoPackage => geopackage::read(source, name, problems),
        Format::Keyhole => keyhole::read(source, name, problems),
        Format::GeoJson => {
            let source = input::encoding::utf8(source, problems)?;
            relatives::refuse(&source)?;
            small_geojson::read(&source)
        }
        Format::Other => Err(unknown(source)),
    }
}

/// Features in longitude and latitude.
fn placed(source: &Source, name: Option<&str>, declared: crs::Declared<'_>, problems: &mut Problems) -> Result<SimpleFeatures> {
    let mut features = simple(source, name, problems)?;
    if let Some(name) = declared.crs.map(str::to_owned).or_else(|| features.crs.clone()) {
        let (system, shift) = (crs::named(&name, &source.name, problems)?, declared.shift()?);
        features.transform(|position| system.to_wgs84(position, shift));
    }
    let outside = features.positions().find(|[x, y]| !(x.abs() <= 180.0 && y.abs() <= 90.0));
    outside.map_or(Ok(features), |position| Err(crs::not_degrees(&source.name, position)))
}

#[cfg(feature = "gdal")]
fn read_other(
    source: &Source,
    wanted: &Wanted,
    name: Option<&str>,
    declared: crs::Declared<'_>,
    problems: &mut Problems,
) -> Result<Layer> {
    crate::layers::vector::read(source, wanted, name, declared.crs, &is_known, problems)
}

#[cfg(not(feature = "gdal"))]
fn read_other(
    source: &Source,
    _wanted: &Wanted,
    _name: Option<&str>,
    _declared: crs::Declared<'_>,
    _problems: &mut Problems,
) -> Result<Layer> {
    Err(unknown(source))
}

/// Refuses what holds no layer whatever this build reads, with what to do.
fn refuse_by_name(source: &Source) -> Result<()> {
    let (vi, en) = match ending(&source.name).as_str() {
        "doc" => ("Word cũ (.doc): mở bằng Word rồi lưu thành .docx", "an old Word file: open it in Word and save it as .docx"),
        "pdf" => (
            "PDF: xin tệp Excel hoặc Word gốc; PDF quét không có số liệu để đọc",
            "a PDF: ask for the Excel or Word file it was made from; a scan holds no data to read",
        ),
        "png" | "jpg" | "jpeg" | "gif" | "bmp" | "heic" | "webp" => {
            ("ảnh: xin tệp số liệu gốc", "a picture: ask for the data it was made from")
        }
        "ppt" | "pptx" => ("trình chiếu: xin tệp số liệu gốc", "slides: ask for the data they were made from"),
        "zip" | "rar" | "7z" => {
            ("tệp nén: giải nén rồi dùng các tệp bên trong", "an archive: unpack it and give the files in it")
        }
        _ => return Ok(()),
    };
    Err(Fault::new(UNKNOWN_FORMAT, Place::file(&source.name), message!("đây là {vi}", "this is {en}")))
}

/// A format that this build does not read.
fn unknown(source: &Source) -> Fault {
    let ending = ending(&source.name);
    let message = message!(
        "không đọc \".{ending}\": ranh giới đọc từ GeoJSON, Shapefile, GeoPackage, KML (MapInfo và loại khác cần bản có GDAL); bảng từ CSV, Excel, ODS, Word",
        "\".{ending}\" is not read: boundaries come as GeoJSON, Shapefile, GeoPackage or KML (MapInfo and others need the build with GDAL), tables as CSV, Excel, ODS or Word"
    );
    Fault::new(UNKNOWN_FORMAT, Place::file(&source.name), message).hint(message!(
        "biên dịch lại với --features gdal, hoặc trong QGIS: Xuất → GeoJSON",
        "build it with --features gdal, or in QGIS: Export → GeoJSON"
    ))
}

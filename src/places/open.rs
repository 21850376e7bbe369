//! Layers in whatever format offices have them, brought to longitude and latitude on WGS 84.

use super::{crs, planar};
use crate::input::{self, Source, Table, Wanted};
use crate::layers::lines::Lines;
#[cfg(feature = "gdal")]
use crate::layers::raster::{Raster, Said};
use crate::layers::readers;
pub use crate::layers::readers::UNKNOWN_FORMAT;
pub use crate::layers::simple_features::Kind;
use crate::layers::simple_features::SimpleFeatures;
use crate::layers::{Layer, archive};
use crate::message;
use crate::readers::many;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::file_name::ending;

/// Whether a file is read as a layer, by its name: a table of such a file is one of points.
pub fn is_layer(file: &str) -> bool {
    let own = ending(file);
    own == "zip" || readers::is_layer(&own)
}

/// Names of the layers of a file; none where the format has one layer a file.
pub fn names(source: &Source) -> Result<Vec<String>> {
    let unpacked = archive::unpacked(source)?;
    let source = &unpacked.source;
    readers::of(source)?.layers(source)
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
    let unpacked = archive::unpacked(source)?;
    let source = &unpacked.source;
    let reader = readers::of(source)?;
    let mut layer = match reader.areas(source, wanted, problems) {
        Some(areas) => areas?,
        None => {
            let mut features = reader.features(source, name, problems)?;
            ask_for_datum(&features, declared)?;
            others::to_wgs84(&mut features, declared, problems)?;
            features.into_layer(wanted, problems)?
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

/// Reads lines and areas for orientation, with the names that a property has.
pub fn lines(
    source: &Source,
    (layer, name): (Option<&str>, Option<&str>),
    declared: crs::Declared<'_>,
    problems: &mut Problems,
) -> Result<Lines> {
    Ok(placed(source, layer, declared, problems)?.into_lines(name))
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
    let unpacked = archive::unpacked(source)?;
    readers::of(&unpacked.source)?.kind(&unpacked.source, name)
}

/// Features as they stand in the file.
fn simple(source: &Source, name: Option<&str>, problems: &mut Problems) -> Result<SimpleFeatures> {
    let unpacked = archive::unpacked(source)?;
    readers::of(&unpacked.source)?.features(&unpacked.source, name, problems)
}

/// MapInfo has no name for VN-2000: what other programs write in its place reads as WGS 84, 195 m off, and in a UTM zone nothing tells
/// the two apart.
fn ask_for_datum(features: &SimpleFeatures, declared: crs::Declared<'_>) -> Result<()> {
    let of_mapinfo = features.read_as.get("driver").is_some_and(|driver| driver.starts_with("MapInfo"));
    let code = features.crs.as_deref().filter(|_| of_mapinfo && declared.crs.is_none()).and_then(crs::systems::code_of);
    let Some((code, twin)) = code.and_then(|code| Some((code, crs::systems::twin_on_vn2000(code)?))) else { return Ok(()) };
    let place = Place::file(&features.file).column("crs").value(format!("EPSG:{code}"));
    let message = message!(
        "tệp MapInfo này có thể là VN-2000 ghi nhầm thành WGS 84 (lệch khoảng 195 m), không tự biết được",
        "this MapInfo file may be VN-2000 written as WGS 84 (about 195 m off); nothing in it tells"
    );
    Err(Fault::new("datum-in-doubt", place, message).hint(message!(
        "khai báo crs = \"EPSG:{twin}\" (VN-2000) hoặc crs = \"EPSG:{code}\" (WGS 84)",
        "declare crs = \"EPSG:{twin}\" (VN-2000) or crs = \"EPSG:{code}\" (WGS 84)"
    )))
}

/// Features in longitude and latitude.
fn placed(source: &Source, name: Option<&str>, declared: crs::Declared<'_>, problems: &mut Problems) -> Result<SimpleFeatures> {
    let mut features = simple(source, name, problems)?;
    ask_for_datum(&features, declared)?;
    others::to_wgs84(&mut features, declared, problems)?;
    let done = features.read_as.contains_key("crs");
    if let Some(name) = declared.crs.map(str::to_owned).or_else(|| features.crs.clone()).filter(|_| !done) {
        let (system, shift) = (crs::named(&name, &source.name, problems)?, declared.shift()?);
        features.transform(|position| system.to_wgs84(position, shift));
    }
    let outside = features.positions().find(|[x, y]| !(x.abs() <= 180.0 && y.abs() <= 90.0));
    outside.map_or(Ok(features), |position| Err(crs::not_degrees(&source.name, position)))
}

/// Opens a raster. One on VN-2000 that states another datum is read as what it is, and the run says so.
#[cfg(feature = "gdal")]
pub fn raster(path: &std::path::Path, name: &str, said: Said<'_>, problems: &mut Problems) -> Result<Raster> {
    let mut raster = crate::layers::raster::look(path, said)?;
    let found = crs::well_known_text::read(&raster.crs).filter(|_| said.crs.is_none());
    if let Some((code, remark)) = found.and_then(|found| Some((found.code, found.remark?))) {
        let place = Place::file(name).column("crs").value(format!("EPSG:{code}"));
        problems.warning("datum-in-doubt", place, remark, None);
        raster.crs = format!("EPSG:{code}");
    }
    if raster.bands.len() < raster.count {
        let message = message!(
            "băng độ trong suốt (alpha) là mặt nạ, không phải số liệu",
            "the band of opacity (alpha) is a mask, not data"
        );
        problems.info("alpha-band", Place::file(name), message, None);
    }
    Ok(raster)
}

/// Systems that the system's GDAL knows.
#[cfg(feature = "gdal")]
mod others {
    use super::{Place, Problems, Result, SimpleFeatures, crs};
    use crate::message;

    /// Brings features of systems that this program does not transform by itself to WGS 84.
    pub(super) fn to_wgs84(features: &mut SimpleFeatures, declared: crs::Declared<'_>, problems: &mut Problems) -> Result<()> {
        let system = declared.crs.map(str::to_owned).or_else(|| features.crs.clone());
        let Some(system) = system.filter(|system| !is_known(system)) else { return Ok(()) };
        let place = Place::file(&features.file).column("crs");
        let rough = crate::layers::vector::to_wgs84(features, &system)?;
        if rough {
            let message = message!(
                "GDAL chỉ có cách đổi gần đúng cho hệ tọa độ này (bỏ qua datum): vị trí có thể lệch hàng chục đến hàng trăm mét",
                "GDAL has but a rough way for this system (its datum left out of account): positions may be tens to hundreds of metres off"
            );
            let hint =
                message!("lưu lại lớp này theo VN-2000 hay WGS 84 bằng QGIS", "save the layer in VN-2000 or WGS 84 with QGIS");
            problems.warning("rough-crs", place.clone(), message, Some(hint));
        }
        let folded = system.to_lowercase().replace(['-', '_', ' '], "");
        if folded.contains("vn2000") || folded.contains("vietnam2000") {
            let message = message!(
                "hệ VN-2000 có kinh tuyến trục hay tỷ lệ không dùng ở tỉnh nào: đọc đúng như tệp ghi, có thể lệch hàng chục km",
                "a VN-2000 system whose meridian or scale no province has: read as the file states it, perhaps tens of kilometres off"
            );
            let hint = message!(
                "khai báo crs đúng, ví dụ crs = \"EPSG:9210\" (105°45′)",
                "declare the right crs, as crs = \"EPSG:9210\" (105°45′)"
            );
            problems.error("strange-meridian", place, message, Some(hint));
        }
        Ok(())
    }

    fn is_known(name: &str) -> bool {
        crs::systems::code_of(name).is_some_and(|code| crs::systems::of_code(code).is_some())
    }
}

#[cfg(not(feature = "gdal"))]
mod others {
    use super::{Problems, Result, SimpleFeatures, crs};

    pub(super) fn to_wgs84(_: &mut SimpleFeatures, _: crs::Declared<'_>, _: &mut Problems) -> Result<()> {
        Ok(())
    }
}

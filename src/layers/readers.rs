//! Formats of layers, each a [`Reader`] in a file of its own; the ending of a file's name says which it is.

use super::simple_features::{Kind, SimpleFeatures};
use super::{Layer, geopackage, keyhole, shapefile, small_geojson};
use crate::input::{Source, Wanted};
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::file_name::ending;

/// The code of a fault for a file that is no layer of any format.
pub const UNKNOWN_FORMAT: &str = "unknown-format";

/// Reads one format. Positions stay in the system of the file, which [`SimpleFeatures::crs`] and [`Layer`] name.
pub trait Reader: Sync {
    /// Endings of its files, in lower case.
    fn endings(&self) -> &'static [&'static str];

    /// Names of the layers of a file; none where the format has one layer a file.
    ///
    /// # Errors
    /// A file that is broken or cannot be opened.
    fn layers(&self, _source: &Source) -> Result<Vec<String>> {
        Ok(Vec::new())
    }

    /// Every feature of a layer, of any geometry; `layer` may be left out where the file has one.
    ///
    /// # Errors
    /// A file that is broken or cannot be opened; a layer that it has not, or several of which none is named.
    fn features(&self, source: &Source, layer: Option<&str>, problems: &mut Problems) -> Result<SimpleFeatures>;

    /// The areas of a layer, in the format's own way where it has a quicker one than feature by feature.
    ///
    /// # Errors
    /// As of [`Reader::features`].
    fn areas(&self, _source: &Source, _wanted: &Wanted, _problems: &mut Problems) -> Option<Result<Layer>> {
        None
    }

    /// What a layer holds.
    ///
    /// # Errors
    /// As of [`Reader::features`].
    fn kind(&self, source: &Source, layer: Option<&str>) -> Result<Kind> {
        Ok(self.features(source, layer, &mut Problems::default())?.kind())
    }
}

/// Every format that is read here.
const READERS: [&dyn Reader; 4] =
    [&small_geojson::GeoJsonText, &shapefile::Shapefile, &geopackage::GeoPackage, &keyhole::Keyhole];
/// Endings of layers that only GDAL reads.
const BY_GDAL: [&str; 5] = ["tab", "mif", "fgb", "gml", "gdb"];

/// Whether a file of this ending is a layer by itself.
pub fn is_layer(ending: &str) -> bool {
    BY_GDAL.contains(&ending) || READERS.iter().any(|reader| reader.endings().contains(&ending))
}

/// The reader of a file, by its name.
///
/// # Errors
/// A format that holds no layers, or that this build does not read.
pub fn of(source: &Source) -> Result<&'static dyn Reader> {
    let own = ending(&source.path.to_string_lossy());
    match READERS.into_iter().find(|reader| reader.endings().contains(&own.as_str())) {
        Some(reader) => Ok(reader),
        None => refuse_by_name(source).and_then(|()| others(source)),
    }
}

#[cfg(feature = "gdal")]
fn others(_: &Source) -> Result<&'static dyn Reader> {
    Ok(&super::vector::ByGdal)
}

#[cfg(not(feature = "gdal"))]
fn others(source: &Source) -> Result<&'static dyn Reader> {
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
        "rar" | "7z" => ("tệp nén: giải nén rồi dùng các tệp bên trong", "an archive: unpack it and give the files in it"),
        _ => return Ok(()),
    };
    Err(Fault::new(UNKNOWN_FORMAT, Place::file(&source.name), message!("đây là {vi}", "this is {en}")))
}

/// A format that this build does not read.
#[cfg(not(feature = "gdal"))]
fn unknown(source: &Source) -> Fault {
    let ending = ending(&source.name);
    let message = message!(
        "không đọc \".{ending}\": ranh giới đọc từ GeoJSON, Shapefile, GeoPackage, KML (MapInfo và loại khác cần bản có GDAL); bảng từ CSV, Excel, ODS, Word",
        "\".{ending}\" is not read: boundaries come as GeoJSON, Shapefile, GeoPackage or KML (MapInfo and others need the build with GDAL), tables as CSV, Excel, ODS or Word"
    );
    Fault::new(UNKNOWN_FORMAT, Place::file(&source.name), message).hint(message!(
        "dùng bản ruong có GDAL (hoặc biên dịch lại với --features gdal), hoặc trong QGIS: Xuất → GeoJSON",
        "use the build of ruong with GDAL (or build it with --features gdal), or in QGIS: Export → GeoJSON"
    ))
}

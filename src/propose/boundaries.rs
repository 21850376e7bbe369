//! Which of the layers given are units of a project, and what is in the way of using them.

use super::looked::Looked;
use crate::message;
use crate::run::{Fault, Place, Result};
use crate::values::{Message, numbers};

/// Refuses boundaries that come in many files, one unit in each.
pub fn refuse_pieces(polygons: &[&Looked]) -> Result<()> {
    let single: Vec<&&Looked> = polygons.iter().filter(|file| file.table.rows == 1).collect();
    let alike = |a: &Looked, b: &Looked| {
        a.table.headings == b.table.headings && a.median_ha < 30.0 * b.median_ha && b.median_ha < 30.0 * a.median_ha
    };
    let count = single.iter().filter(|file| alike(file, single[0])).count();
    if count < 3 || 2 * count < polygons.len() {
        return Ok(());
    }
    let names = single.iter().take(3).map(|file| file.file.as_str()).collect::<Vec<_>>().join(", ");
    Err(Fault::new(
        "one-unit-a-file",
        Place::file(&single[0].file),
        message!(
            "ranh giới nằm trong {count} tệp, mỗi tệp một xã: {names} …",
            "the boundaries stand in {count} files, one commune in each: {names} …"
        ),
    )
    .hint(message!(
        "gộp thành một tệp; trong QGIS: Vector → Công cụ quản lý dữ liệu → Hợp nhất lớp (Merge Vector Layers)",
        "put them together; in QGIS: Vector → Data Management Tools → Merge Vector Layers"
    )))
}

/// No layer of areas.
pub fn no_communes() -> Fault {
    let message = message!("không có tệp ranh giới nào trong các tệp đã cho", "none of the files given holds boundaries");
    Fault::new("no-communes", Place::default(), message).hint(message!(
        "thêm tệp ranh giới xã (GeoJSON, Shapefile, GeoPackage, KML): ruong new THƯ_MỤC xa.geojson …",
        "add the commune boundaries (GeoJSON, Shapefile, GeoPackage, KML): ruong new FOLDER communes.geojson …"
    ))
}

/// Areas that are too small for communes and have no names.
pub fn fields_alone(layer: &Looked) -> Fault {
    let (rows, [vi, en]) = (layer.table.rows, numbers::both(layer.median_ha, 2));
    let message = message!(
        "{rows} hình, trung vị {vi} ha, không có tên: đây là thửa ruộng; cần thêm ranh giới xã",
        "{rows} polygons, median {en} ha, without names: these are fields; the communes are needed too"
    );
    Fault::new("no-communes", Place::file(&layer.file), message).hint(message!(
        "thêm tệp ranh giới xã: ruong new THƯ_MỤC xa.geojson thua.geojson …",
        "add the commune boundaries: ruong new FOLDER communes.geojson fields.geojson …"
    ))
}

/// A table that joins nothing.
pub fn no_key(file: &str, communes: &Looked) -> Fault {
    let hint = nested(communes).map(nested_hint).unwrap_or_else(|| {
        message!("kiểm tra mã trong bảng và trong tệp ranh giới", "check the codes in the table and in the boundary file")
    });
    let problem = message!(
        "không cột nào khớp với mã xã, tên xã hay mã thửa của các tệp ranh giới",
        "no column matches the commune codes, commune names or field ids of the boundary files"
    );
    Fault::new("no-key", Place::file(file), problem).hint(hint)
}

/// A table of weather by station.
pub fn weather(file: &str) -> Fault {
    let message =
        message!("số liệu thời tiết của trạm: không phải chỉ tiêu của xã", "weather of stations is no indicator of communes");
    Fault::new("weather", Place::file(file), message).hint(message!(
        "dùng cho dự báo: [[tables]] kind = \"forecast\" với model (sheath-blight, insects…) và stations",
        "it serves forecasts: [[tables]] kind = \"forecast\" with a model (sheath-blight, insects …) and stations"
    ))
}

/// A layer without a column of codes.
pub fn no_code(communes: &Looked) -> Fault {
    let fault = Fault::new(
        "no-code",
        Place::file(&communes.file),
        message!("không cột nào có mã riêng cho từng đơn vị", "no column has a distinct code for each unit"),
    );
    match nested(communes) {
        Some(column) => fault.hint(nested_hint(column)),
        None => fault,
    }
}

/// A property that holds others.
fn nested(layer: &Looked) -> Option<&str> {
    let column = layer.table.columns.iter().find(|column| column.text(0).is_some_and(|text| text.starts_with('{')))?;
    Some(&column.name)
}

fn nested_hint(column: &str) -> Message {
    message!(
        "thuộc tính \"{column}\" lồng các thuộc tính khác bên trong: đưa chúng ra ngoài (QGIS: xuất lại GeoJSON)",
        "the property \"{column}\" holds others inside it: bring them out (QGIS: export as GeoJSON again)"
    )
}

//! Which of the layers given are units of a project, and what is in the way of using them.

use super::looked::Looked;
use super::matched;
use crate::message;
use crate::run::{Fault, Place, Result};
use crate::values::Message;

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

/// Takes out layers of few large polygons that no table speaks of, where another layer of communes is matched: the outline of a province.
pub fn outlines(polygons: &mut Vec<&Looked>, tables: &[&Looked]) -> Vec<Fault> {
    let known: Vec<f64> = polygons.iter().map(|layer| matched::columns(layer, tables).tables).collect();
    let is_matched = |at: usize| known[at] > 0.0 && polygons[at].median_ha >= 50.0;
    let Some(units) = (0..polygons.len()).filter(|&at| is_matched(at)).map(|at| polygons[at].median_ha).reduce(f64::max) else {
        return Vec::new();
    };
    let is_outline = |at: usize| known[at] == 0.0 && polygons[at].median_ha > 3.0 * units;
    let out: Vec<bool> = (0..polygons.len()).map(is_outline).collect();
    let faults = polygons.iter().zip(&out).filter(|(_, out)| **out).map(|(layer, _)| {
        let (rows, hectares) = (layer.table.rows, layer.median_ha);
        let first = layer.table.headings.iter().filter_map(|heading| Some(layer.table.column(heading)?.text(0)?.to_owned()));
        let words = first.take(4).collect::<Vec<_>>().join(", ");
        Fault::new(
            "outline",
            Place::file(&layer.file),
            message!(
                "ranh giới lớn hơn xã ({rows} hình, {hectares:.0} ha: {words}), không bảng nào nhắc tới: có lẽ là ranh giới tỉnh, huyện; không dùng",
                "larger than communes ({rows} polygons, {hectares:.0} ha: {words}) and named by no table: probably the outline of a province; not used"
            ),
        )
    });
    let faults: Vec<Fault> = faults.collect();
    let mut at = 0;
    polygons.retain(|_| {
        at += 1;
        !out[at - 1]
    });
    faults
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

//! Whether coordinates are longitude and latitude on WGS84, as GeoJSON has them, and what they look like if not.

use crate::input::Layer;
use crate::message;
use crate::run::{Fault, Place, Result};

/// Names under which files state WGS84 longitude and latitude.
fn is_wgs84(name: &str) -> bool {
    let upper = name.to_uppercase();
    ["CRS84", "EPSG::4326", "EPSG:4326", "OGC:1.3:CRS84", "WGS84", "WGS 84"].iter().any(|known| upper.ends_with(known))
}

/// Refuses a layer whose coordinates cannot be WGS84 longitude and latitude.
pub fn check(layer: &Layer) -> Result<()> {
    let place = Place::file(&layer.table.file);
    if let Some(name) = layer.crs.as_deref().filter(|name| !is_wgs84(name)) {
        return Err(Fault::new(
            "other-crs",
            place.value(name),
            message!(
                "tệp ghi hệ tọa độ {name}, cần WGS84 (kinh độ, vĩ độ)",
                "the file states {name}, expected WGS84 longitude and latitude"
            ),
        )
        .hint(message!(
            "trong QGIS: Xuất → Lưu đối tượng thành… → CRS EPSG:4326",
            "in QGIS: Export → Save Features As… → CRS EPSG:4326"
        )));
    }
    let Some([west, south, east, north]) = layer.shapes.extent() else { return Ok(()) };
    if west >= -180.0 && east <= 180.0 && south >= -90.0 && north <= 90.0 {
        return Ok(());
    }
    let feature = (0..layer.shapes.len())
        .find(|&shape| layer.shapes.rings(shape).flatten().any(|[x, y]| x.abs() > 180.0 || y.abs() > 90.0))
        .unwrap_or(0);
    let position = layer.shapes.rings(feature).flatten().find(|[x, y]| x.abs() > 180.0 || y.abs() > 90.0);
    let [x, y] = position.copied().unwrap_or([west, south]);
    let place = place.row(feature as u64 + 1).column("geometry").value(format!("[{x}, {y}]"));
    let looks = looks_like([x, y]);
    Err(Fault::new(
        "not-lonlat",
        place,
        message!(
            "tọa độ [{x}, {y}] không phải kinh độ, vĩ độ (±180, ±90)",
            "the position [{x}, {y}] is not longitude, latitude (±180, ±90)"
        ),
    )
    .hint(looks))
}

/// What a position outside ±180, ±90 most likely is.
fn looks_like([x, y]: [f64; 2]) -> crate::values::Message {
    let easting = 100_000.0..900_000.0;
    let northing = 800_000.0..2_700_000.0;
    if easting.contains(&x) && northing.contains(&y) {
        message!(
            "giống tọa độ mét VN-2000 (hoặc UTM): Đồng Tháp cũ dùng kinh tuyến trục 105°00′ (EPSG:5897); hãy xuất lại ở WGS84 (EPSG:4326)",
            "this looks like VN-2000 metres (or UTM): old Đồng Tháp has central meridian 105°00′ (EPSG:5897); export it again in WGS84 (EPSG:4326)"
        )
    } else if easting.contains(&y) && northing.contains(&x) {
        message!(
            "giống tọa độ mét VN-2000 có X và Y đổi chỗ (X là bắc); hãy xuất lại ở WGS84 (EPSG:4326)",
            "this looks like VN-2000 metres with X and Y swapped (X is northing); export it again in WGS84 (EPSG:4326)"
        )
    } else if (8.0..=24.0).contains(&x) && (100.0..=118.0).contains(&y) {
        message!(
            "kinh độ và vĩ độ đổi chỗ: GeoJSON viết kinh độ trước, ví dụ [105.3, 10.8]",
            "longitude and latitude are swapped: GeoJSON has longitude first, as in [105.3, 10.8]"
        )
    } else {
        message!("hãy xuất lại ở WGS84 (EPSG:4326)", "export it again in WGS84 (EPSG:4326)")
    }
}

#[cfg(test)]
mod tests {
    use super::looks_like;

    #[test]
    fn likely_mistakes_are_named() {
        assert!(looks_like([526_571.8, 1_195_872.4]).en.contains("VN-2000 metres (or UTM)"));
        assert!(looks_like([1_195_872.4, 526_571.8]).en.contains("swapped (X is northing)"));
        assert!(looks_like([10.8, 105.2]).en.contains("longitude first"));
    }
}

//! From whatever coordinates a layer has to longitude and latitude on WGS 84; what cannot be that is refused, with what it
//! looks like.

pub mod systems;
mod transverse_mercator;
mod vietnam;
pub mod well_known_text;

use crate::layers::Layer;
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::area::Position;
use systems::{Shift, System, code_of, of_code, shift, zones};

/// The shift from VN-2000 that law prescribes.
pub const OFFICIAL_SHIFT: u32 = 6960;

/// What a project says of reference systems.
#[derive(Debug, Clone, Copy, Default)]
pub struct Declared<'a> {
    /// System of the layer, in place of what the file states
    pub crs: Option<&'a str>,
    /// EPSG code of the shift from VN-2000; the official one if absent
    pub shift: Option<u32>,
}

impl Declared<'_> {
    /// The shift from VN-2000.
    pub fn shift(&self) -> Result<&'static Shift> {
        let code = self.shift.unwrap_or(OFFICIAL_SHIFT);
        shift(code).ok_or_else(|| {
            Fault::new(
                "unknown-shift",
                Place::default().column("datum_shift").value(code.to_string()),
                message!(
                    "datum_shift = {code}: chỉ có 6960 (chính thức) và 5194",
                    "datum_shift = {code}: there are 6960 (official) and 5194"
                ),
            )
        })
    }
}

/// The system with a name, as a project or a file writes it.
pub fn named(name: &str, file: &str, problems: &mut Problems) -> Result<System> {
    let (text, name) = (name, if well_known_text::is_text(name) { well_known_text::name(name) } else { name });
    let place = || Place::file(file).column("crs").value(name);
    let Some((system, instead)) = code_of(text).and_then(of_code) else {
        return Err(Fault::new(
            "other-crs",
            place(),
            message!(
                "bản này không tự chuyển được hệ tọa độ {name}; đọc được: WGS 84, VN-2000 (EPSG:4756, 3405, 3406, 5896–5899, 9205–9218), UTM 32647–32649, 3857",
                "this build does not transform {name} by itself; it reads WGS 84, VN-2000 (EPSG:4756, 3405, 3406, 5896–5899, 9205–9218), UTM 32647–32649, 3857"
            ),
        )
        .hint(message!(
            "trong QGIS: Xuất → Lưu đối tượng thành… → CRS EPSG:4326; hoặc dùng bản có GDAL với tệp có .prj",
            "in QGIS: Export → Save Features As… → CRS EPSG:4326; or use the build with GDAL and a file with its .prj"
        )));
    };
    if let Some(remark) =
        Some(text).filter(|text| well_known_text::is_text(text)).and_then(well_known_text::read).and_then(|found| found.remark)
    {
        problems.warning("datum-in-doubt", place(), remark, None);
    }
    if let (Some(instead), Some(code)) = (instead, code_of(text)) {
        problems.warning(
            "withdrawn-crs",
            place(),
            message!("EPSG:{code} đã bãi bỏ; dùng EPSG:{instead}", "EPSG:{code} is withdrawn; EPSG:{instead} is used"),
            None,
        );
    }
    Ok(system)
}

/// Brings a layer to longitude and latitude on WGS 84.
pub fn to_wgs84(layer: &mut Layer, declared: Declared<'_>, problems: &mut Problems) -> Result<()> {
    let file = layer.table.file.clone();
    // Another reader may have brought the layer to WGS 84 already.
    let done = layer.table.read_as.contains_key("crs");
    let Some(name) = declared.crs.map(str::to_owned).filter(|_| !done).or_else(|| layer.crs.clone()) else { return check(layer) };
    let system = named(&name, &file, problems)?;
    let name = if well_known_text::is_text(&name) { well_known_text::name(&name).to_owned() } else { name };
    if system == System::Wgs84 {
        return check(layer);
    }
    check_range(layer, system, &name)?;
    let shift = declared.shift()?;
    vietnam::check(layer, system, &name, shift)?;
    layer.shapes.transform(|position| system.to_wgs84(position, shift));
    let by = if system.needs_shift() { format!(" (EPSG:{} {})", shift.code, shift.name) } else { String::new() };
    layer.table.read_as.insert("crs", format!("{name} → WGS 84{by}"));
    check(layer)
}

/// Refuses coordinates that cannot be of the system they are said to be.
fn check_range(layer: &Layer, system: System, name: &str) -> Result<()> {
    let Some([west, south, east, north]) = layer.shapes.extent() else { return Ok(()) };
    let degrees = west >= -180.0 && east <= 180.0 && south >= -90.0 && north <= 90.0;
    let (x, y) = (west, south);
    let fault = |message| {
        Err(Fault::new("other-crs", Place::file(&layer.table.file).column("crs").value(format!("[{x}, {y}]")), message))
    };
    if system.is_geographic() != degrees {
        return fault(if degrees {
            message!(
                "khai báo {name} (mét) nhưng tọa độ là độ, ví dụ [{x}, {y}]",
                "{name} (metres) is stated but the coordinates are degrees, such as [{x}, {y}]"
            )
        } else {
            message!(
                "khai báo {name} (độ) nhưng tọa độ là mét, ví dụ [{x}, {y}]",
                "{name} (degrees) is stated but the coordinates are metres, such as [{x}, {y}]"
            )
        });
    }
    if is_swapped(system, [west, south]) {
        return fault(message!(
            "X và Y đổi chỗ (X là bắc): [{x}, {y}]; {name} cần đông trước, bắc sau",
            "X and Y are swapped (X is northing): [{x}, {y}]; {name} has easting first"
        ));
    }
    Ok(())
}

/// Whether the first of two metres is the northing.
pub fn is_swapped(system: System, [x, y]: Position) -> bool {
    matches!(system, System::Zone(..)) && EASTING.contains(&y) && NORTHING.contains(&x) && !EASTING.contains(&x)
}

/// Eastings and northings of zones in Vietnam, metres.
const EASTING: std::ops::Range<f64> = 100_000.0..900_000.0;
const NORTHING: std::ops::Range<f64> = 800_000.0..2_700_000.0;

/// Refuses a layer whose coordinates cannot be WGS84 longitude and latitude.
pub fn check(layer: &Layer) -> Result<()> {
    let place = Place::file(&layer.table.file);
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
    Err(Fault { place, ..not_degrees("", [x, y]) })
}

/// A position of a file that is neither longitude nor latitude.
pub fn not_degrees(file: &str, [x, y]: [f64; 2]) -> Fault {
    let message = message!(
        "tọa độ [{x}, {y}] không phải kinh độ, vĩ độ (±180, ±90)",
        "the position [{x}, {y}] is not longitude, latitude (±180, ±90)"
    );
    Fault::new("not-lonlat", Place::file(file).value(format!("[{x}, {y}]")), message).hint(looks_like([x, y]))
}

/// What a position outside ±180, ±90 most likely is.
fn looks_like([x, y]: [f64; 2]) -> crate::values::Message {
    if EASTING.contains(&x) && NORTHING.contains(&y) {
        let list = zones().map(|(code, meridian)| format!("{meridian}° EPSG:{code}")).collect::<Vec<_>>().join(", ");
        message!(
            "giống tọa độ mét VN-2000 (hoặc UTM). Đồng Tháp cũ dùng kinh tuyến trục 105°00′: thêm crs = \"EPSG:5897\"; Tiền Giang 105°45′: \"EPSG:9210\". Các múi: {list}",
            "this looks like VN-2000 metres (or UTM). Old Đồng Tháp has central meridian 105°00′: add crs = \"EPSG:5897\"; Tiền Giang 105°45′: \"EPSG:9210\". The zones: {list}"
        )
    } else if EASTING.contains(&y) && NORTHING.contains(&x) {
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

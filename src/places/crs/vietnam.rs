//! Whether a layer on VN-2000 lies in Vietnam: VN-2000 is of no other country, so one that does not was given a wrong zone.

use super::systems::{Shift, System, of_code, zones};
use crate::layers::Layer;
use crate::message;
use crate::run::{Fault, Place, Result};
use crate::values::area::Position;
use geo::{Contains, LineString, Point, Polygon};
use serde::Deserialize;
use std::sync::OnceLock;

#[derive(Default, Deserialize)]
struct Data {
    lands: Vec<Land>,
}

#[derive(Deserialize)]
struct Land {
    ring: Vec<Position>,
}

/// Whether a position in degrees lies in Vietnam, or near it.
pub fn contains([x, y]: Position) -> bool {
    static LANDS: OnceLock<Vec<Polygon>> = OnceLock::new();
    let lands = LANDS.get_or_init(|| {
        // The file is part of the program; a test reads it.
        let data: Data = toml::from_str(include_str!("vietnam.toml")).unwrap_or_default();
        let polygon = |land: Land| {
            Polygon::new(LineString::from(land.ring.into_iter().map(|[x, y]| (x, y)).collect::<Vec<_>>()), Vec::new())
        };
        data.lands.into_iter().map(polygon).collect()
    });
    lands.iter().any(|land| land.contains(&Point::new(x, y)))
}

/// Degrees and minutes, as zones are named.
fn named(meridian: f64) -> String {
    let minutes = (meridian.fract() * 60.0).round();
    format!("{}°{minutes:02}′", meridian.trunc())
}

/// Refuses a layer on VN-2000 no shape of which lies in Vietnam, and names the zones in which it would.
pub fn check(layer: &Layer, system: System, name: &str, shift: &Shift) -> Result<()> {
    if !system.needs_shift() {
        return Ok(());
    }
    let shapes = &layer.shapes;
    let middles = (0..shapes.len()).filter_map(|shape| shapes.bounds(shape)).map(|[w, s, e, n]| [(w + e) / 2.0, (s + n) / 2.0]);
    let inside = |system: System, position: Position| contains(system.to_wgs84(position, shift));
    let Some(first) = middles.clone().next() else { return Ok(()) };
    if middles.clone().any(|middle| inside(system, middle)) {
        return Ok(());
    }
    let fitting: Vec<String> = zones()
        .filter(|(code, _)| of_code(*code).is_some_and(|(zone, _)| middles.clone().all(|middle| inside(zone, middle))))
        .map(|(code, meridian)| format!("{} EPSG:{code}", named(meridian)))
        .collect();
    let [x, y] = system.to_wgs84(first, shift).map(|degrees| (degrees * 1e4).round() / 1e4);
    let message = message!(
        "theo hệ tọa độ đã ghi ({name}) các hình nằm ở [{x}, {y}], ngoài lãnh thổ Việt Nam: sai kinh tuyến trục hoặc múi chiếu",
        "by the system stated ({name}) the shapes lie at [{x}, {y}], outside of Vietnam: the central meridian or zone is wrong"
    );
    let place = Place::file(&layer.table.file).column("crs").value(format!("[{}, {}]", first[0].round(), first[1].round()));
    let fault = Fault::new("other-crs", place, message);
    Err(if fitting.is_empty() {
        fault.hint(message!("xem lại tọa độ và tệp .prj", "look at the coordinates and the .prj"))
    } else {
        let list = fitting.join(", ");
        fault.hint(message!(
            "theo tọa độ có thể là: {list}; khai báo crs của tỉnh mình",
            "by the numbers it may be: {list}; declare crs for your province"
        ))
    })
}

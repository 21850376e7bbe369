//! Weather of communes or fields: their places, and means of rasters of days within them.

use crate::forecast::interpolate::Spot;
use crate::forecast::weather::{Needs, Station};
use crate::headings;
use crate::input::{Source, Wanted};
use crate::layers::Layer;
use crate::message;
use crate::places::centroid::centroid;
use crate::places::crs::Declared;
use crate::places::open;
use crate::run::{Fault, Place, Problems, Result};
use chrono::NaiveDate;
use std::path::Path;

/// A file of zones, and the property that names them.
pub type Zones<'a> = (&'a Path, Option<&'a str>);
/// Rasters as `PART=FILE`, and the day of their first band.
pub type Rasters<'a> = (&'a [String], NaiveDate);

/// Refuses: this build reads no rasters.
#[cfg(not(feature = "gdal"))]
pub fn of_rasters(_: Zones<'_>, _: Rasters<'_>, _: Needs, _: &mut Problems) -> Result<Vec<Station>> {
    let message = message!("bản này không đọc raster", "this build reads no rasters");
    let hint = message!(
        "dùng bản ruong có GDAL, hoặc biên dịch lại với --features gdal",
        "use the build of ruong with GDAL, or build it with --features gdal"
    );
    Err(Fault::new("needs-gdal", Place::default().column("--raster"), message).hint(hint))
}

/// The mean of each zone, day by day; a day on which a raster has no data is missing there, and refused.
#[cfg(feature = "gdal")]
pub fn of_rasters(
    (zones, id): Zones<'_>,
    (rasters, first): Rasters<'_>,
    needs: Needs,
    problems: &mut Problems,
) -> Result<Vec<Station>> {
    use crate::forecast::Day;
    use crate::join::zonal::Stat;
    use crate::layers::raster::Said;
    let (layer, ids) = zones_of(zones, id, problems)?;
    let mut stations: Vec<Station> = ids.into_iter().map(|name| Station { name, days: Vec::new() }).collect();
    let mut given: Vec<&str> = Vec::new();
    for one in rasters {
        let usage = || {
            let place = Place::default().column("--raster").value(one);
            Fault::new(
                "usage",
                place,
                message!(
                    "cần dạng mean=TỆP.tif (mean, min, max, humidity, rain)",
                    "the form is mean=FILE.tif (mean, min, max, humidity, rain)"
                ),
            )
        };
        let (part, file) = one.split_once('=').ok_or_else(usage)?;
        let set: fn(&mut Day) -> &mut Option<f64> = match part {
            "mean" => |day| &mut day.mean,
            "min" => |day| &mut day.min,
            "max" => |day| &mut day.max,
            "humidity" => |day| &mut day.humidity,
            "rain" => |day| &mut day.rain,
            _ => return Err(usage()),
        };
        given.push(part);
        let path = Path::new(file);
        let raster = crate::places::open::raster(path, file, Said::default(), problems)?;
        let found = crate::join::pieces::statistics(&raster, &raster.bands, None, &layer.shapes, &[Stat::Mean])?;
        for (station, bands) in stations.iter_mut().zip(found.zones) {
            for (number, zone) in bands.iter().enumerate() {
                if station.days.len() <= number {
                    let date = first.checked_add_days(chrono::Days::new(number as u64)).unwrap_or(first);
                    station.days.push(Day { date, mean: None, min: None, max: None, humidity: None, rain: None });
                }
                *set(&mut station.days[number]) = zone.value(Stat::Mean);
            }
        }
    }
    let wanted: &[&str] = if needs.wetness { &["mean", "humidity", "rain"] } else { &["min", "max"] };
    if let Some(lacking) = wanted.iter().find(|part| !given.contains(*part)) {
        let message = message!("mô hình này cần thêm {lacking}=TỆP.tif", "this model needs {lacking}=FILE.tif as well");
        return Err(Fault::new("usage", Place::default().column("--raster"), message));
    }
    for station in &stations {
        let bad = station.days.iter().find_map(|day| Some((day.date, crate::forecast::weather::fault_of(day)?)));
        if let Some((date, (part, what))) = bad {
            let place = Place::default().column("--raster").value(format!("{part}, {} {date}", station.name));
            return Err(Fault::new("bad-weather", place, what));
        }
        let whole = |day: &&Day| {
            if needs.wetness {
                day.mean.is_some() && day.humidity.is_some() && day.rain.is_some()
            } else {
                day.min.is_some() && day.max.is_some()
            }
        };
        if let Some(day) = station.days.iter().find(|day| !whole(day)) {
            let (name, day) = (&station.name, day.date);
            let place = Place::default().column("--raster").value(format!("{name} {day}"));
            return Err(Fault::new(
                "weather-gap",
                place,
                message!("raster không có số liệu ở nơi và ngày này", "the rasters have no data there on that day"),
            ));
        }
    }
    Ok(stations)
}

/// The polygons of zones with their ids.
fn zones_of(path: &Path, id: Option<&str>, problems: &mut Problems) -> Result<(Layer, Vec<String>)> {
    let layer = open::layer(&Source::at(path), &Wanted::All, None, Declared::default(), problems)?;
    let headings = &layer.table.headings;
    let name = id.or_else(|| headings::FIELD.find(headings)).or_else(|| headings::CODE.find(headings)).unwrap_or("id").to_owned();
    let ids = layer.property(&name)?;
    let ids = (0..layer.shapes.len()).map(|zone| ids.text(zone).unwrap_or("").to_owned()).collect();
    Ok((layer, ids))
}

/// The centroid of each zone.
pub fn spots(path: &Path, id: Option<&str>, problems: &mut Problems) -> Result<Vec<Spot>> {
    let (layer, ids) = zones_of(path, id, problems)?;
    let mut found = Vec::new();
    for (zone, name) in ids.into_iter().enumerate() {
        match centroid(&layer.shapes, zone) {
            Some(position) => found.push(Spot { name, position }),
            None => {
                let place = Place::file(&layer.table.file).row(zone as u64 + 1).value(&name);
                problems.warning("no-geometry", place, message!("không có hình, không tính", "no geometry, left out"), None);
            }
        }
    }
    Ok(found)
}

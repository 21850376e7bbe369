//! Weather of communes or fields from the stations around them, or from rasters of days.

use super::Common;
use crate::forecast::interpolate::{self, Rule, Spot};
use crate::forecast::weather::{Needs, Station};
use crate::input::tables::{self, Form};
use crate::input::{Source, Wanted, headings};
use crate::layers::Layer;
use crate::message;
use crate::places::centroid::centroid;
use crate::places::crs::Declared;
use crate::run::{Fault, Place, Problems, Result};
use chrono::NaiveDate;
use clap::ValueEnum;
use std::path::PathBuf;

/// Where the weather of places comes from.
#[derive(Debug, clap::Args)]
pub(super) struct PlacedArguments {
    /// Ranh giới xã hoặc thửa: thời tiết được tính cho từng nơi (communes or fields that get their own weather)
    #[arg(long)]
    zones: Option<PathBuf>,
    /// Thuộc tính mã của nơi (property that names a zone)
    #[arg(long, requires = "zones")]
    id: Option<String>,
    /// Bảng vị trí trạm: trạm, lon, lat (positions of stations)
    #[arg(long, requires = "zones")]
    stations: Option<PathBuf>,
    /// Cách lấy thời tiết giữa các trạm (weather between stations)
    #[arg(long, value_enum, default_value_t = Between::Nearest)]
    between: Between,
    /// Số mũ của khoảng cách, với --between idw (power of distance)
    #[arg(long, default_value_t = 2.0, value_parser = crate::cli::inputs::positive)]
    power: f64,
    /// Raster thay cho trạm, mỗi băng một ngày: mean=T.tif, min=, max=, humidity=, rain= (rasters of days, a band a day)
    #[arg(long, requires = "zones", requires = "first_day", value_delimiter = ',')]
    raster: Vec<String>,
    /// Ngày của băng thứ nhất (day of the first band)
    #[arg(long, value_parser = super::day)]
    first_day: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Between {
    /// Trạm gần nhất (the nearest station)
    Nearest,
    /// Trung bình theo nghịch đảo khoảng cách (inverse distance)
    Idw,
}

impl PlacedArguments {
    /// The stations of the weather table, or one for each zone where zones are given.
    pub(super) fn stations(&self, common: &Common, needs: Needs, problems: &mut Problems) -> Result<Vec<Station>> {
        if let (false, Some(zones), Some(first)) = (self.raster.is_empty(), &self.zones, self.first_day) {
            return self.of_rasters(zones, first, needs, problems);
        }
        let stations = common.stations(needs, problems)?;
        let (zones, positions) = match (&self.zones, &self.stations) {
            (Some(zones), Some(positions)) => (zones, positions),
            (None, _) => return Ok(stations),
            (Some(_), None) => {
                let message = message!("--zones cần --stations hoặc --raster", "--zones needs --stations or --raster");
                return Err(Fault::new("usage", Place::default(), message));
            }
        };
        let rule = match self.between {
            Between::Nearest => Rule::Nearest,
            Between::Idw if self.power > 0.0 => Rule::InverseDistance(self.power),
            Between::Idw => {
                let message = message!("--power phải lớn hơn 0", "--power must be above 0");
                return Err(Fault::new("usage", Place::default(), message));
            }
        };
        let table = tables::read(&Source::at(positions), &Form::default(), problems)?;
        let placed = interpolate::place_stations(stations, &table)?;
        let spots = spots(zones, self.id.as_deref(), problems)?;
        let found = interpolate::at(&spots, &placed, rule);
        if found.iter().all(|station| station.days.is_empty()) {
            let place = Place::file(common.file());
            let message = message!("các trạm không có ngày nào chung", "the stations have no day in common");
            return Err(Fault::new("no-common-days", place, message));
        }
        Ok(found)
    }

    #[cfg(not(feature = "gdal"))]
    fn of_rasters(&self, _: &std::path::Path, _: NaiveDate, _: Needs, _: &mut Problems) -> Result<Vec<Station>> {
        let message = message!("bản này không đọc raster", "this build reads no rasters");
        let hint = message!("biên dịch lại với --features gdal", "build it with --features gdal");
        Err(Fault::new("needs-gdal", Place::default().column("--raster"), message).hint(hint))
    }

    /// The mean of each zone, day by day; a day on which a raster has no data is missing there, and refused.
    #[cfg(feature = "gdal")]
    fn of_rasters(
        &self,
        zones: &std::path::Path,
        first: NaiveDate,
        needs: Needs,
        problems: &mut Problems,
    ) -> Result<Vec<Station>> {
        use crate::forecast::Day;
        use crate::join::zonal::Stat;
        use crate::layers::raster;
        let (layer, ids) = zones_of(zones, self.id.as_deref(), problems)?;
        let mut stations: Vec<Station> = ids.into_iter().map(|name| Station { name, days: Vec::new() }).collect();
        let mut given: Vec<&str> = Vec::new();
        for one in &self.raster {
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
            let path = std::path::Path::new(file);
            let raster = raster::look(path, None)?;
            let bands: Vec<usize> = (1..=raster.bands).collect();
            let found = crate::join::strips::statistics(&raster, path, &bands, &layer.shapes, &[Stat::Mean])?;
            for (station, bands) in stations.iter_mut().zip(found) {
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
}

/// The polygons of zones with their ids.
fn zones_of(path: &std::path::Path, id: Option<&str>, problems: &mut Problems) -> Result<(Layer, Vec<String>)> {
    let layer = crate::places::open::layer(&Source::at(path), &Wanted::All, None, Declared::default(), problems)?;
    let headings = &layer.table.headings;
    let name = id.or_else(|| headings::FIELD.find(headings)).or_else(|| headings::CODE.find(headings)).unwrap_or("id").to_owned();
    let ids = layer.property(&name)?;
    let ids = (0..layer.shapes.len()).map(|zone| ids.text(zone).unwrap_or("").to_owned()).collect();
    Ok((layer, ids))
}

/// The centroid of each zone.
fn spots(path: &std::path::Path, id: Option<&str>, problems: &mut Problems) -> Result<Vec<Spot>> {
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

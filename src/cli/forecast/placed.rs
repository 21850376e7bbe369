//! Weather of communes or fields from the stations around them, or from rasters of days.

use super::Common;
use crate::forecast::interpolate::{self, Rule, Spot};
use crate::forecast::weather::{Needs, Station};
use crate::input::tables::{self, Form};
use crate::input::{Source, Wanted};
use crate::message;
use crate::pipeline;
use crate::places::centroid::centroid;
use crate::places::crs::Declared;
use crate::project::roles;
use crate::run::{Fault, Place, Problems, Result};
use clap::ValueEnum;
use std::path::PathBuf;

/// Where the weather of places comes from.
#[derive(Debug, clap::Args)]
pub(super) struct PlacedArguments {
    /// Ranh giới xã hoặc thửa: thời tiết được tính cho từng nơi (communes or fields that get their own weather)
    #[arg(long, requires = "stations")]
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
    #[arg(long, default_value_t = 2.0)]
    power: f64,
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
        let stations = common.stations(needs, problems)?;
        let (Some(zones), Some(positions)) = (&self.zones, &self.stations) else { return Ok(stations) };
        let rule = match self.between {
            Between::Nearest => Rule::Nearest,
            Between::Idw if self.power > 0.0 => Rule::InverseDistance(self.power),
            Between::Idw => {
                let message = message!("--power phải lớn hơn 0", "--power must be above 0");
                return Err(Fault::new("usage", Place::default(), message));
            }
        };
        let table = tables::read(&source(positions), &Form::default(), problems)?;
        let placed = interpolate::place_stations(stations, &table)?;
        let spots = spots(zones, self.id.as_deref(), problems)?;
        let found = interpolate::at(&spots, &placed, rule);
        if found.iter().all(|station| station.days.is_empty()) {
            let place = Place::file(common.weather.display().to_string());
            let message = message!("các trạm không có ngày nào chung", "the stations have no day in common");
            return Err(Fault::new("no-common-days", place, message));
        }
        Ok(found)
    }
}

fn source(path: &std::path::Path) -> Source {
    Source { path: path.to_path_buf(), name: path.display().to_string(), content: None }
}

/// The centroid of each zone.
fn spots(path: &std::path::Path, id: Option<&str>, problems: &mut Problems) -> Result<Vec<Spot>> {
    let layer = pipeline::layer(&source(path), &Wanted::All, None, Declared::default(), problems)?;
    let headings = &layer.table.headings;
    let name = id.or_else(|| roles::FIELD.find(headings)).or_else(|| roles::CODE.find(headings)).unwrap_or("id").to_owned();
    let ids = layer.property(&name)?;
    let mut found = Vec::new();
    for zone in 0..layer.shapes.len() {
        let id = ids.text(zone).unwrap_or("").to_owned();
        match centroid(&layer.shapes, zone) {
            Some(position) => found.push(Spot { name: id, position }),
            None => {
                let place = Place::file(&layer.table.file).row(zone as u64 + 1).value(&id);
                problems.warning("no-geometry", place, message!("không có hình, không tính", "no geometry, left out"), None);
            }
        }
    }
    Ok(found)
}

//! Weather of communes or fields from the stations around them, or from rasters of days.

use super::Common;
use crate::app::weather;
use crate::forecast::interpolate::{self, Rule};
use crate::forecast::weather::{Needs, Station};
use crate::input::Source;
use crate::message;
use crate::readers::tables::{self, Form};
use crate::run::{Fault, Place, Problems, Result};
use chrono::NaiveDate;
use clap::ValueEnum;
use std::path::PathBuf;

/// Where the weather of places comes from.
#[derive(Debug, clap::Args)]
pub(super) struct PlacedArguments {
    /// Ranh giới xã hoặc thửa: thời tiết được tính cho từng nơi (communes or fields that get their own weather)
    #[arg(long, alias = "zones")]
    communes: Option<PathBuf>,
    /// Thuộc tính mã của nơi (property that names a zone)
    #[arg(long, alias = "id", requires = "communes")]
    code: Option<String>,
    /// Bảng vị trí trạm: trạm, lon, lat (positions of stations)
    #[arg(long, requires = "communes")]
    stations: Option<PathBuf>,
    /// Cách lấy thời tiết giữa các trạm (weather between stations)
    #[arg(long, value_enum, default_value_t = Between::Nearest)]
    between: Between,
    /// Số mũ của khoảng cách, với --between idw (power of distance)
    #[arg(long, default_value_t = 2.0, value_parser = crate::cli::inputs::positive)]
    power: f64,
    /// Raster thay cho trạm, mỗi băng một ngày: mean=T.tif, min=, max=, humidity=, rain= (rasters of days, a band a day)
    #[arg(long, requires = "communes", requires = "first_day", value_delimiter = ',')]
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
        if let (false, Some(zones), Some(first)) = (self.raster.is_empty(), &self.communes, self.first_day) {
            return weather::of_rasters((zones, self.code.as_deref()), (&self.raster, first), needs, problems);
        }
        let stations = common.stations(needs, problems)?;
        let (zones, positions) = match (&self.communes, &self.stations) {
            (Some(zones), Some(positions)) => (zones, positions),
            (None, _) => return Ok(stations),
            (Some(_), None) => {
                let message = message!("--communes cần --stations hoặc --raster", "--communes needs --stations or --raster");
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
        let spots = weather::spots(zones, self.code.as_deref(), problems)?;
        let found = interpolate::at(&spots, &placed, rule);
        if found.iter().all(|station| station.days.is_empty()) {
            let place = Place::file(common.file());
            let message = message!("các trạm không có ngày nào chung", "the stations have no day in common");
            return Err(Fault::new("no-common-days", place, message));
        }
        Ok(found)
    }
}

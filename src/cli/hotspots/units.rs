//! The units of a statistic, as a command line names them.

use crate::hotspots::units::{Units, UnitsWanted};
use crate::hotspots::weights::Metric;
use crate::run::{Problems, Result};
use std::path::PathBuf;

/// Where units come from.
#[derive(Debug, clap::Args)]
pub(super) struct UnitsArguments {
    /// Ranh giới xã hoặc thửa (boundaries of communes or fields)
    #[arg(long)]
    communes: Option<PathBuf>,
    /// Lớp, khi tệp ranh giới có nhiều lớp (layer)
    #[arg(long)]
    layer: Option<String>,
    /// Bảng điểm có cột lon, lat hoặc x, y, thay cho ranh giới (table of points instead of boundaries)
    #[arg(long, conflicts_with = "communes")]
    points: Option<PathBuf>,
    /// Bảng số liệu theo mã, nếu số liệu không nằm trong tệp ranh giới (table of values by code)
    #[arg(long)]
    table: Option<PathBuf>,
    /// Cột mã của bảng (column of the table with the code)
    #[arg(long, alias = "key")]
    table_code: Option<String>,
    /// Thuộc tính hoặc cột mã của đơn vị, nếu không tự nhận ra (what names a unit; the code by default)
    #[arg(long, alias = "id")]
    code: Option<String>,
    /// Khoảng cách: planar (mặt phẳng tọa độ) hoặc great-circle (km trên mặt cầu) (distance)
    #[arg(long, value_enum)]
    distance: Option<Distance>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Distance {
    Planar,
    GreatCircle,
}

impl UnitsArguments {
    /// Reads units, leaving out and listing those without a place.
    pub(super) fn read(&self, problems: &mut Problems) -> Result<Units> {
        let wanted = UnitsWanted {
            communes: self.communes.as_deref(),
            layer: self.layer.as_deref(),
            points: self.points.as_deref(),
            table: self.table.as_deref(),
            table_code: self.table_code.as_ref(),
            code: self.code.as_ref(),
            distance: self.distance.map(|distance| match distance {
                Distance::Planar => Metric::Planar,
                Distance::GreatCircle => Metric::GreatCircle,
            }),
        };
        wanted.read(problems)
    }
}

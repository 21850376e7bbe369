//! `ruong worklist`: which fields the sprayer and the drone go to, worst first.

use super::frame::Frame;
use super::outputs::{Manner, make};
use super::{Outcome, Stopped, stop};
use crate::project::{self, Day, OutputKind, WorklistKeys};
use chrono::NaiveDate;
use std::path::PathBuf;

/// Arguments of `ruong worklist`.
#[derive(Debug, clap::Args)]
pub(super) struct WorklistArguments {
    /// Tệp ruong.toml, hoặc thư mục chứa nó (project file or its folder)
    project: PathBuf,
    /// Từ mức này trở lên: 1 nhẹ, 2 trung bình, 3 nặng (least severity)
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=4))]
    severity: u8,
    /// Chỉ loại sâu bệnh này (only this pest)
    #[arg(long)]
    pest: Option<String>,
    /// Chỉ xã có mã này (only the commune with this code)
    #[arg(long)]
    commune: Option<String>,
    /// Ngày phun, với --pre-harvest-days; ngày cuối kỳ nếu không ghi (day of spraying; the last of the period by default)
    #[arg(long, alias = "date", value_parser = super::forecast::day)]
    day: Option<NaiveDate>,
    /// Số ngày cách ly trước thu hoạch (days to keep before harvest)
    #[arg(long, value_parser = clap::value_parser!(i64).range(0..=3650))]
    pre_harvest_days: Option<i64>,
    /// Thư mục kết quả: worklist.csv, .xlsx, .geojson, .kml (output folder)
    #[arg(long)]
    out: PathBuf,
}

pub(super) fn run(arguments: &WorklistArguments, frame: Frame) -> Result<Outcome, Stopped> {
    let project = project::open(&arguments.project).map_err(stop(frame.lang()))?;
    // The build of the project lists its problems in full.
    let manner = Manner { lang: frame.of(&project), quiet: frame.quiet, problems: false };
    let own = WorklistKeys {
        severity: arguments.severity,
        pest: arguments.pest.clone(),
        commune: arguments.commune.clone(),
        day: arguments.day.map(Day),
        pre_harvest_days: arguments.pre_harvest_days,
    };
    make(project, OutputKind::Worklist(own), &arguments.out, manner)
}

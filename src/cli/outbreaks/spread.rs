//! `ruong outbreaks spread`: the risk of every farm, and how many others it would infect.

use crate::cli::frame::Frame;
use crate::cli::outputs::FolderArguments;
use crate::cli::registers::{HerdsArguments, LayerArguments, OutbreaksArguments, Registers, name};
use crate::cli::{Outcome, Stopped, stop};
use crate::message;
use crate::project::{Day, OutputKind, SpreadOutputKeys};
use crate::run::{Fault, Place};
use chrono::NaiveDate;
use clap::ValueEnum;
use std::path::PathBuf;

/// Arguments of `ruong outbreaks spread`.
#[derive(Debug, clap::Args)]
pub(super) struct SpreadArguments {
    #[command(flatten)]
    outbreaks: OutbreaksArguments,
    #[command(flatten)]
    herds: HerdsArguments,
    /// Ranh giới xã: thêm bảng theo xã (commune boundaries, for a table by commune)
    #[arg(long)]
    communes: Option<PathBuf>,
    #[command(flatten)]
    layer: LayerArguments,
    /// Khoảng cách: great-circle (kinh độ, vĩ độ) hoặc planar (km trên mặt phẳng) (distance)
    #[arg(long, value_enum, default_value_t = Distance::GreatCircle)]
    distance: Distance,
    /// Tệp TOML tham số của mình (parameters of one's own)
    #[arg(long)]
    parameters: Option<PathBuf>,
    /// Nhân lây lan: power, hpai-steps (kernel)
    #[arg(long)]
    kernel: Option<String>,
    /// Xác suất nhiễm trong số ngày này (probability of infection within so many days)
    #[arg(long, default_value_t = 1.0)]
    days: f64,
    /// Tính đến ngày này (as of this day)
    #[arg(long, alias = "to", value_parser = crate::cli::forecast::day)]
    until: Option<NaiveDate>,
    /// Số ngày không có ca mới thì ổ dịch hết hoạt động (days without a case after which an outbreak is over)
    #[arg(long)]
    release_days: Option<u32>,
    /// Ghi tên và vị trí trại: thông tin cá nhân (names and places of farms: personal data)
    #[arg(long)]
    exact: bool,
    #[command(flatten)]
    folder: FolderArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Distance {
    GreatCircle,
    Planar,
}

pub(super) fn run(arguments: &SpreadArguments, frame: Frame) -> Result<Outcome, Stopped> {
    let usage = |message| stop(frame.lang())(Fault::new("usage", Place::default(), message));
    let plane = arguments.distance == Distance::Planar;
    if plane && arguments.communes.is_some() {
        return Err(usage(message!(
            "--communes cần kinh độ, vĩ độ (--distance great-circle)",
            "--communes needs degrees (--distance great-circle)"
        )));
    }
    if arguments.herds.herds.is_none() {
        return Err(usage(message!("cần --herds: mọi trại, có vị trí", "--herds is needed: all farms, with their places")));
    }
    let project = arguments.outbreaks.project(&Registers {
        communes: arguments.communes.as_deref(),
        layer: arguments.layer.clone(),
        herds: arguments.herds.clone(),
        release_days: arguments.release_days,
        exact: arguments.exact,
        plane,
        ..Registers::default()
    });
    let own = SpreadOutputKeys {
        until: arguments.until.map(Day),
        kernel: arguments.kernel.clone(),
        parameters: arguments.parameters.as_deref().map(name),
        days: arguments.days,
        ..SpreadOutputKeys::default()
    };
    arguments.outbreaks.said(arguments.folder.make(project, OutputKind::Spread(own), frame))
}

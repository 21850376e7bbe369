//! `ruong outbreaks rates`: outbreaks and animals by commune, with rates over animals at risk.

use crate::cli::frame::Frame;
use crate::cli::outputs::FolderArguments;
use crate::cli::registers::{HerdsArguments, LayerArguments, OutbreaksArguments, Registers};
use crate::cli::{Outcome, Stopped};
use crate::project::{Day, OutputKind, RatesKeys};
use chrono::NaiveDate;
use std::path::PathBuf;

/// Arguments of `ruong outbreaks rates`.
#[derive(Debug, clap::Args)]
pub(super) struct RatesArguments {
    #[command(flatten)]
    outbreaks: OutbreaksArguments,
    /// Ranh giới xã (commune boundaries)
    #[arg(long)]
    communes: PathBuf,
    #[command(flatten)]
    layer: LayerArguments,
    #[command(flatten)]
    herds: HerdsArguments,
    /// Tính đến ngày này (as of this day)
    #[arg(long, alias = "to", value_parser = crate::cli::forecast::day)]
    until: Option<NaiveDate>,
    /// Số ngày không có ca mới thì ổ dịch hết hoạt động (days without a case after which an outbreak is over)
    #[arg(long)]
    release_days: Option<u32>,
    /// Sổ ghi đủ mọi ổ dịch: xã không có dòng là 0, không phải không rõ (the register is complete: no row means none)
    #[arg(long)]
    complete: bool,
    #[command(flatten)]
    folder: FolderArguments,
}

pub(super) fn run(arguments: &RatesArguments, frame: Frame) -> Result<Outcome, Stopped> {
    let project = arguments.outbreaks.project(&Registers {
        communes: Some(&arguments.communes),
        layer: arguments.layer.clone(),
        herds: arguments.herds.clone(),
        release_days: arguments.release_days,
        complete: arguments.complete,
        ..Registers::default()
    });
    let own = RatesKeys { until: arguments.until.map(Day), ..RatesKeys::default() };
    arguments.outbreaks.said(arguments.folder.make(project, OutputKind::Rates(own), frame))
}

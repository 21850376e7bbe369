//! `ruong outbreaks rates`: outbreaks and animals by commune, with rates over animals at risk.

use super::Manner;
use crate::cli::outputs::make;
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
    #[arg(long, value_parser = crate::cli::forecast::day)]
    to: Option<NaiveDate>,
    /// Số ngày không có ca mới thì ổ dịch hết hoạt động (days without a case after which an outbreak is over)
    #[arg(long)]
    release_days: Option<u32>,
    /// Sổ ghi đủ mọi ổ dịch: xã không có dòng là 0, không phải không rõ (the register is complete: no row means none)
    #[arg(long)]
    complete: bool,
    #[command(flatten)]
    pub(super) manner: Manner,
}

pub(super) fn run(arguments: &RatesArguments) -> Result<Outcome, Stopped> {
    let manner = &arguments.manner;
    let project = arguments.outbreaks.project(&Registers {
        communes: Some(&arguments.communes),
        layer: arguments.layer.clone(),
        herds: arguments.herds.clone(),
        release_days: arguments.release_days,
        complete: arguments.complete,
        bw: manner.bw,
        ..Registers::default()
    });
    let own = RatesKeys { to: arguments.to.map(Day), ..RatesKeys::default() };
    arguments.outbreaks.said(make(project, OutputKind::Rates(own), &manner.out, manner.of_output()))
}

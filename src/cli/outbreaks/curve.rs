//! `ruong outbreaks curve`: outbreaks by week of onset.

use super::Manner;
use crate::cli::outputs::make;
use crate::cli::registers::{OutbreaksArguments, Registers};
use crate::cli::{Outcome, Stopped};
use crate::project::{CurveKeys, Day, OutputKind};
use chrono::NaiveDate;

/// Arguments of `ruong outbreaks curve`.
#[derive(Debug, clap::Args)]
pub(super) struct CurveArguments {
    #[command(flatten)]
    outbreaks: OutbreaksArguments,
    /// Chỉ ổ dịch khởi phát từ ngày này (only outbreaks that began on this day or later)
    #[arg(long, value_parser = crate::cli::forecast::day)]
    from: Option<NaiveDate>,
    /// Sổ tính đến ngày này; ngày cuối của sổ nếu không ghi (the register as of this day)
    #[arg(long, value_parser = crate::cli::forecast::day)]
    to: Option<NaiveDate>,
    #[command(flatten)]
    pub(super) manner: Manner,
}

pub(super) fn run(arguments: &CurveArguments) -> Result<Outcome, Stopped> {
    let manner = &arguments.manner;
    let project = arguments.outbreaks.project(&Registers { bw: manner.bw, ..Registers::default() });
    let own = CurveKeys { from: arguments.from.map(Day), to: arguments.to.map(Day), ..CurveKeys::default() };
    arguments.outbreaks.said(make(project, OutputKind::Curve(own), &manner.out, manner.of_output()))
}

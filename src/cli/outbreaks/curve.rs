//! `ruong outbreaks curve`: outbreaks by week of onset.

use crate::cli::frame::Frame;
use crate::cli::outputs::FolderArguments;
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
    #[arg(long, alias = "from", value_parser = crate::cli::forecast::day)]
    since: Option<NaiveDate>,
    /// Sổ tính đến ngày này; ngày cuối của sổ nếu không ghi (the register as of this day)
    #[arg(long, alias = "to", value_parser = crate::cli::forecast::day)]
    until: Option<NaiveDate>,
    #[command(flatten)]
    folder: FolderArguments,
}

pub(super) fn run(arguments: &CurveArguments, frame: Frame) -> Result<Outcome, Stopped> {
    let project = arguments.outbreaks.project(&Registers::default());
    let own = CurveKeys { since: arguments.since.map(Day), until: arguments.until.map(Day), ..CurveKeys::default() };
    arguments.outbreaks.said(arguments.folder.make(project, OutputKind::Curve(own), frame))
}

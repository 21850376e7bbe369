//! `ruong sensors`: the latest reading of each field sensor, those out of range, and their series.

use super::outputs::{Manner, make};
use super::readings::ReadingsArguments;
use super::registers::name;
use super::{Outcome, Stopped};
use crate::project::{OutputKind, ReadingsKeys, SensorsKeys};
use crate::values::Lang;
use std::path::PathBuf;

/// Arguments of `ruong sensors`.
#[derive(Debug, clap::Args)]
pub(super) struct SensorsArguments {
    #[command(flatten)]
    readings: ReadingsArguments,
    /// Tệp TOML ngưỡng của mình (limits of one's own)
    #[arg(long)]
    limits: Option<PathBuf>,
    /// Thư mục kết quả (output folder)
    #[arg(long)]
    out: PathBuf,
    /// Thang xám (greys)
    #[arg(long)]
    bw: bool,
    /// Ngôn ngữ (language)
    #[arg(long)]
    pub(super) lang: Option<Lang>,
    /// Không in tiến độ (no progress)
    #[arg(long)]
    quiet: bool,
}

pub(super) fn run(arguments: &SensorsArguments) -> Result<Outcome, Stopped> {
    let own = ReadingsKeys { limits: arguments.limits.as_deref().map(name), sensors: Some(true), ..ReadingsKeys::default() };
    let project = arguments.readings.project(own, arguments.bw);
    let manner = Manner { lang: arguments.lang.unwrap_or_default(), quiet: arguments.quiet, problems: true };
    make(project, OutputKind::Sensors(SensorsKeys::default()), &arguments.out, manner)
}

//! `ruong forecast traps`: peaks of light traps, generations, and the days that follow from them.

use crate::cli::outputs::{Manner, make};
use crate::cli::readings::ReadingsArguments;
use crate::cli::registers::{LayerArguments, name};
use crate::cli::{Outcome, Stopped};
use crate::project::{Day, OutputKind, Project, ReadingsKeys, TrapsKeys};
use crate::values::Lang;
use chrono::NaiveDate;
use std::path::PathBuf;

/// Arguments of `ruong forecast traps`.
#[derive(Debug, clap::Args)]
pub(super) struct TrapsArguments {
    #[command(flatten)]
    readings: ReadingsArguments,
    /// Tệp TOML các con số của mình (settings of one's own)
    #[arg(long)]
    settings: Option<PathBuf>,
    /// Ranh giới xã: cửa sổ riêng của từng xã theo bẫy gần (communes, for windows by commune)
    #[arg(long)]
    communes: Option<PathBuf>,
    #[command(flatten)]
    layer: LayerArguments,
    /// Vẽ trăng tròn, trăng non (draws full and new moons)
    #[arg(long)]
    moon: bool,
    /// Chỉ vẽ từ ngày này (draws from this day on)
    #[arg(long, value_parser = super::day)]
    since: Option<NaiveDate>,
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

pub(super) fn run(arguments: &TrapsArguments, lang: Lang) -> Result<Outcome, Stopped> {
    let own = ReadingsKeys {
        settings: arguments.settings.as_deref().map(name),
        moon: arguments.moon,
        sensors: Some(false),
        ..ReadingsKeys::default()
    };
    let communes = arguments.layer.communes(arguments.communes.as_deref());
    let project = Project { communes, ..arguments.readings.project(own, arguments.bw) };
    let kind = OutputKind::Traps(TrapsKeys { since: arguments.since.map(Day), ..TrapsKeys::default() });
    make(project, kind, &arguments.out, Manner { lang, quiet: arguments.quiet, problems: true })
}

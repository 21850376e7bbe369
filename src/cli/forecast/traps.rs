//! `ruong forecast traps`: peaks of light traps, generations, and the days that follow from them.

use crate::cli::frame::Frame;
use crate::cli::outputs::FolderArguments;
use crate::cli::readings::ReadingsArguments;
use crate::cli::registers::{LayerArguments, name};
use crate::cli::{Outcome, Stopped};
use crate::project::{Day, OutputKind, Project, ReadingsKeys, TrapsKeys};
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
    #[command(flatten)]
    folder: FolderArguments,
}

pub(super) fn run(arguments: &TrapsArguments, frame: Frame) -> Result<Outcome, Stopped> {
    let own = ReadingsKeys {
        settings: arguments.settings.as_deref().map(name),
        moon: arguments.moon,
        sensors: Some(false),
        ..ReadingsKeys::default()
    };
    let communes = arguments.layer.communes(arguments.communes.as_deref());
    let project = Project { communes, ..arguments.readings.project(own) };
    let kind = OutputKind::Traps(TrapsKeys { since: arguments.since.map(Day), ..TrapsKeys::default() });
    arguments.folder.make(project, kind, frame)
}

//! `ruong sensors`: the latest reading of each field sensor, those out of range, and their series.

use super::frame::Frame;
use super::outputs::FolderArguments;
use super::readings::ReadingsArguments;
use super::registers::name;
use super::{Outcome, Stopped};
use crate::project::{OutputKind, ReadingsKeys, SensorsKeys};
use std::path::PathBuf;

/// Arguments of `ruong sensors`.
#[derive(Debug, clap::Args)]
pub(super) struct SensorsArguments {
    #[command(flatten)]
    readings: ReadingsArguments,
    /// Tệp TOML ngưỡng của mình (limits of one's own)
    #[arg(long)]
    limits: Option<PathBuf>,
    #[command(flatten)]
    folder: FolderArguments,
}

pub(super) fn run(arguments: &SensorsArguments, frame: Frame) -> Result<Outcome, Stopped> {
    let own = ReadingsKeys { limits: arguments.limits.as_deref().map(name), sensors: Some(true), ..ReadingsKeys::default() };
    let project = arguments.readings.project(own);
    arguments.folder.make(project, OutputKind::Sensors(SensorsKeys::default()), frame)
}

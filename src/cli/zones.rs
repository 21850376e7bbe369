//! `ruong zones`: zones around active outbreaks, and the communes, herds and animals inside.

use super::frame::Frame;
use super::outputs::FolderArguments;
use super::registers::{HerdsArguments, LayerArguments, OutbreaksArguments, Registers};
use super::{Outcome, Stopped};
use crate::project::{Day, OutputKind, ZonesOutputKeys};
use chrono::NaiveDate;
use std::path::PathBuf;

/// Arguments of `ruong zones`.
#[derive(Debug, clap::Args)]
pub(super) struct ZonesArguments {
    #[command(flatten)]
    outbreaks: OutbreaksArguments,
    /// Ranh giới xã (commune boundaries)
    #[arg(long)]
    communes: PathBuf,
    #[command(flatten)]
    layer: LayerArguments,
    #[command(flatten)]
    herds: HerdsArguments,
    /// Bán kính các vùng, km; không ghi thì theo bệnh, nếu có văn bản nêu (radii of the zones)
    #[arg(long, value_delimiter = ',', allow_negative_numbers = true)]
    radius_km: Vec<f64>,
    /// Chỉ ổ dịch khởi phát từ ngày này (only outbreaks that began on this day or later)
    #[arg(long, alias = "from", value_parser = super::forecast::day)]
    since: Option<NaiveDate>,
    /// Tính đến ngày này; ngày cuối của sổ nếu không ghi (as of this day; the last of the register by default)
    #[arg(long, alias = "to", value_parser = super::forecast::day)]
    until: Option<NaiveDate>,
    /// Số ngày không có ca mới thì ổ dịch hết hoạt động; không ghi: mọi ổ đều còn (days without a case after which an outbreak is over)
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=3650))]
    release_days: Option<u32>,
    /// Ghi đúng vị trí và tên hộ: thông tin cá nhân (exact places and names: personal data)
    #[arg(long)]
    exact: bool,
    /// Số khởi tạo của việc xê dịch vị trí (seed of the moves of places)
    #[arg(long)]
    seed: Option<u64>,
    #[command(flatten)]
    folder: FolderArguments,
}

pub(super) fn run(arguments: &ZonesArguments, frame: Frame) -> Result<Outcome, Stopped> {
    let project = arguments.outbreaks.project(&Registers {
        communes: Some(&arguments.communes),
        layer: arguments.layer.clone(),
        herds: arguments.herds.clone(),
        release_days: arguments.release_days,
        exact: arguments.exact,
        ..Registers::default()
    });
    let own = ZonesOutputKeys {
        radius_km: arguments.radius_km.clone(),
        since: arguments.since.map(Day),
        until: arguments.until.map(Day),
        seed: arguments.seed,
        ..ZonesOutputKeys::default()
    };
    arguments.outbreaks.said(arguments.folder.make(project, OutputKind::Zones(own), frame))
}

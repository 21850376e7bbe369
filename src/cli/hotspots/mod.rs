//! `ruong hotspots`: where values cluster.

mod global;
mod local;
mod scan;
mod scan_time;
mod smooth;
mod units;

use super::frame::Frame;
use super::{Outcome, Stopped, report, stop};
use crate::hotspots::permutation::Ties;
use crate::project::MOST_ROUNDS;
use crate::run::{Problems, Progress, Result};
use crate::tables::statistics::Rounds;
use crate::values::Lang;
use clap::Subcommand;
use std::path::PathBuf;

/// Arguments of `ruong hotspots`.
#[derive(Debug, clap::Args)]
pub(super) struct HotspotsArguments {
    #[command(subcommand)]
    statistic: Statistic,
}

#[derive(Debug, Subcommand)]
enum Statistic {
    /// Moran toàn cục: các nơi gần nhau có giống nhau không, in JSON (global Moran's I, printed as JSON)
    Moran(global::GlobalArguments),
    /// Geary toàn cục, in JSON (global Geary's C, printed as JSON)
    Geary(global::GlobalArguments),
    /// Moran địa phương (LISA): cụm cao, cụm thấp, điểm lạ (local Moran: clusters and outliers)
    LocalMoran(local::LocalArguments),
    /// Getis-Ord G*: điểm nóng, điểm lạnh (hot and cold spots)
    GiStar(local::SpotArguments),
    /// Quét không gian Kulldorff: cụm ca bệnh, in JSON (Kulldorff's scan: clusters of cases, as JSON)
    Scan(scan::ScanArguments),
    /// Làm trơn tỷ lệ của nơi ít dân hoặc ít vật nuôi (rates of small populations, smoothed)
    Smooth(smooth::SmoothArguments),
}

/// Where a result goes, whatever it is.
#[derive(Debug, clap::Args)]
struct Given {
    /// Tệp kết quả; không có thì in ra (file to write; printed without it)
    #[arg(long)]
    out: Option<PathBuf>,
}

/// Permutations and where they start.
#[derive(Debug, clap::Args)]
struct Chances {
    /// Số lần hoán vị hoặc mô phỏng; 0: không (permutations or replicas; 0 for none)
    #[arg(long, default_value_t = 9999, value_parser = rounds)]
    permutations: usize,
    /// Số khởi tạo ngẫu nhiên (seed)
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Lần hoán vị cho đúng giá trị quan sát tính về phía nào: either (cả hai), above (chỉ phía trên, như GeoDa và esda)
    /// (which side rounds count for that equal what is observed)
    #[arg(long, value_enum, default_value_t = Side::Either)]
    ties: Side,
}

/// A number of permutations or replicas that fits in memory.
fn rounds(text: &str) -> std::result::Result<usize, String> {
    match text.parse::<usize>() {
        Ok(rounds) if rounds <= MOST_ROUNDS => Ok(rounds),
        _ => Err(format!("0–{MOST_ROUNDS}")),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Side {
    Either,
    Above,
}

impl Chances {
    fn rounds(&self) -> Rounds {
        let ties = match self.ties {
            Side::Either => Ties::Either,
            Side::Above => Ties::Above,
        };
        Rounds { permutations: self.permutations, seed: self.seed, ties }
    }
}

pub(super) fn run(arguments: &HotspotsArguments, frame: Frame) -> std::result::Result<Outcome, Stopped> {
    let lang = frame.lang();
    let mut problems = Problems::default();
    let mut progress = crate::console::terminal::progress(lang, frame.quiet);
    let result = statistic(arguments, lang, &mut problems, &mut progress);
    progress.finish();
    report::problems(&problems, lang, &crate::console::terminal::progress(lang, false));
    result.map(|()| Outcome::Complete).map_err(stop(lang))
}

fn statistic(arguments: &HotspotsArguments, lang: Lang, problems: &mut Problems, progress: &mut Progress) -> Result<()> {
    use crate::hotspots::association::Kind;
    match &arguments.statistic {
        Statistic::Moran(arguments) => global::run(Kind::Moran, arguments, lang, problems, progress),
        Statistic::Geary(arguments) => global::run(Kind::Geary, arguments, lang, problems, progress),
        Statistic::LocalMoran(arguments) => local::moran(arguments, lang, problems, progress),
        Statistic::GiStar(arguments) => local::getis_ord(arguments, lang, problems, progress),
        Statistic::Scan(arguments) => scan::run(arguments, lang, problems, progress),
        Statistic::Smooth(arguments) => smooth::run(arguments, problems, progress),
    }
}

//! `ruong outbreaks`: the epidemic curve, rates, and what could spread.

mod curve;
mod herd;
mod rates;
mod spread;

use super::{Outcome, Stopped, report, stop};
use crate::run::{Problems, Progress, Result};
use crate::values::Lang;
use clap::Subcommand;
use std::path::PathBuf;

/// Arguments of `ruong outbreaks`.
#[derive(Debug, clap::Args)]
pub(super) struct OutbreaksArguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Đường cong dịch theo tuần khởi phát, tuần chưa báo đủ tô xám (outbreaks by week of onset)
    Curve(curve::CurveArguments),
    /// Tỷ lệ mắc, chết, tiêm phòng theo xã, làm trơn cho đàn nhỏ (attack, mortality, fatality, coverage by commune)
    Rates(rates::RatesArguments),
    /// Nguy cơ lây giữa các trại theo khoảng cách; R của từng trại (risk of spread between farms by distance)
    Spread(spread::SpreadArguments),
    /// Một đàn khi bệnh vào: SEIR từng ngày (an infection within one herd, day by day)
    Herd(herd::HerdArguments),
}

/// How a command reports, whatever it computes.
#[derive(Debug, clap::Args)]
struct Manner {
    /// Thư mục kết quả (output folder)
    #[arg(long)]
    out: PathBuf,
    /// Thang xám (greys)
    #[arg(long)]
    bw: bool,
    /// Ngôn ngữ (language)
    #[arg(long)]
    lang: Option<Lang>,
    /// Số luồng (threads)
    #[arg(long)]
    jobs: Option<usize>,
    /// Không in tiến độ (no progress)
    #[arg(long)]
    quiet: bool,
}

impl OutbreaksArguments {
    fn manner(&self) -> &Manner {
        match &self.what {
            What::Curve(arguments) => &arguments.manner,
            What::Rates(arguments) => &arguments.manner,
            What::Spread(arguments) => &arguments.manner,
            What::Herd(arguments) => &arguments.manner,
        }
    }

    pub(super) fn lang(&self) -> Option<Lang> {
        self.manner().lang
    }

    pub(super) fn jobs(&self) -> Option<usize> {
        self.manner().jobs
    }
}

pub(super) fn run(arguments: &OutbreaksArguments) -> std::result::Result<Outcome, Stopped> {
    let lang = arguments.lang().unwrap_or_default();
    let mut problems = Problems::default();
    let mut progress = crate::cli::terminal::progress(lang, arguments.manner().quiet);
    let result = command(arguments, lang, &mut problems, &mut progress);
    progress.finish();
    report::problems(&problems, lang, &crate::cli::terminal::progress(lang, false));
    result.map_err(stop(lang))
}

fn command(arguments: &OutbreaksArguments, lang: Lang, problems: &mut Problems, progress: &mut Progress) -> Result<Outcome> {
    match &arguments.what {
        What::Curve(arguments) => curve::run(arguments, lang, problems, progress),
        What::Rates(arguments) => rates::run(arguments, lang, problems, progress),
        What::Spread(arguments) => spread::run(arguments, lang, problems, progress),
        What::Herd(arguments) => herd::run(arguments, lang, progress),
    }
}

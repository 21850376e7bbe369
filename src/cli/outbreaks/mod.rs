//! `ruong outbreaks`: the epidemic curve, rates, and what could spread.

mod curve;
mod herd;
mod rates;
mod spread;

use super::{Outcome, Stopped, outputs, stop, terminal};
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

impl Manner {
    fn of_output(&self) -> outputs::Manner {
        outputs::Manner { lang: self.lang.unwrap_or_default(), quiet: self.quiet, problems: true }
    }
}

pub(super) fn run(arguments: &OutbreaksArguments) -> Result<Outcome, Stopped> {
    let lang = arguments.lang().unwrap_or_default();
    match &arguments.what {
        What::Curve(arguments) => curve::run(arguments),
        What::Rates(arguments) => rates::run(arguments),
        What::Spread(arguments) => spread::run(arguments, lang),
        What::Herd(arguments) => {
            herd::run(arguments, lang, &terminal::progress(lang, arguments.manner.quiet)).map_err(stop(lang))
        }
    }
}

//! `ruong outbreaks`: the epidemic curve, rates, and what could spread.

mod curve;
mod herd;
mod rates;
mod spread;

use super::frame::Frame;
use super::{Outcome, Stopped, stop, terminal};
use clap::Subcommand;

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

pub(super) fn run(arguments: &OutbreaksArguments, frame: Frame) -> Result<Outcome, Stopped> {
    let lang = frame.lang();
    match &arguments.what {
        What::Curve(arguments) => curve::run(arguments, frame),
        What::Rates(arguments) => rates::run(arguments, frame),
        What::Spread(arguments) => spread::run(arguments, frame),
        What::Herd(arguments) => herd::run(arguments, lang, &terminal::progress(lang, frame.quiet)).map_err(stop(lang)),
    }
}

//! `ruong forecast degree-days`.

use super::{Common, record};
use crate::cli::Outcome;
use crate::forecast::degree_days::{Cutoff, Method, Thresholds};
use crate::forecast::weather::Needs;
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use clap::ValueEnum;

/// Arguments of `ruong forecast degree-days`.
#[derive(Debug, clap::Args)]
pub(super) struct DegreeDaysArguments {
    #[command(flatten)]
    pub(super) common: Common,
    /// Ngưỡng dưới, °C (lower threshold)
    #[arg(long, allow_negative_numbers = true)]
    lower: f64,
    /// Ngưỡng trên, °C (upper threshold)
    #[arg(long, allow_negative_numbers = true)]
    upper: Option<f64>,
    /// Cách tính (method)
    #[arg(long, value_enum)]
    method: Way,
    /// Nóng hơn ngưỡng trên thì sao (what heat above the upper threshold does)
    #[arg(long, value_enum, default_value_t = Cut::Horizontal)]
    cutoff: Cut,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Way {
    Simple,
    Clip,
    SingleSine,
    DoubleSine,
    SingleTriangle,
    DoubleTriangle,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Cut {
    Horizontal,
    Intermediate,
    Vertical,
}

pub(super) fn run(arguments: &DegreeDaysArguments, problems: &mut Problems) -> Result<Outcome> {
    let thresholds = Thresholds { lower: arguments.lower, upper: arguments.upper };
    if thresholds.upper.is_some_and(|upper| upper.is_nan() || upper <= thresholds.lower) || !thresholds.lower.is_finite() {
        let message = message!("--upper phải lớn hơn --lower", "--upper must be above --lower");
        return Err(Fault::new("usage", Place::default(), message));
    }
    let method = match arguments.method {
        Way::Simple => Method::Simple,
        Way::Clip => Method::Clip,
        Way::SingleSine => Method::SingleSine,
        Way::DoubleSine => Method::DoubleSine,
        Way::SingleTriangle => Method::SingleTriangle,
        Way::DoubleTriangle => Method::DoubleTriangle,
    };
    if let (Method::Simple, Some(_)) = (method, thresholds.upper) {
        let message = message!(
            "--method simple không có ngưỡng trên: --upper không dùng được",
            "--method simple knows no upper threshold: --upper has no use"
        );
        return Err(Fault::new("usage", Place::default(), message).hint(message!("dùng --method clip", "use --method clip")));
    }
    let cutoff = match arguments.cutoff {
        Cut::Horizontal => Cutoff::Horizontal,
        Cut::Intermediate => Cutoff::Intermediate,
        Cut::Vertical => Cutoff::Vertical,
    };
    let stations = arguments.common.stations(Needs { wetness: false, extremes: true }, problems)?;
    if method.is_double() {
        problems.info(
            "last-day",
            Place::file(arguments.common.file()),
            message!(
                "ngày cuối chưa có nhiệt độ thấp nhất của hôm sau: dùng của chính ngày đó",
                "the last day has no next minimum: its own is used"
            ),
            None,
        );
    }
    let several = stations.len() > 1 || stations.iter().any(|station| !station.name.is_empty());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let headings = ["station", "date", "tmin", "tmax", "degree_days", "cumulative"];
    record(&mut writer, headings.iter().skip(usize::from(!several)).map(|&heading| heading.to_owned()));
    for station in &stations {
        let mut cumulative = 0.0;
        for (at, day) in station.days.iter().enumerate() {
            let (Some(min), Some(max)) = (day.min, day.max) else { continue };
            let next_min = station.days.get(at + 1).and_then(|next| next.min).unwrap_or(min);
            let degree_days = method.degree_days(min, max, next_min, thresholds, cutoff);
            cumulative += degree_days;
            let numbers = [min, max, degree_days, cumulative].map(|number| number.to_string());
            let name = several.then(|| station.name.clone());
            record(&mut writer, name.into_iter().chain([day.date.to_string()]).chain(numbers));
        }
    }
    arguments.common.give(writer)
}

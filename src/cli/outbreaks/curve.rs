//! `ruong outbreaks curve`: outbreaks by week of onset.

use super::Manner;
use crate::cli::Outcome;
use crate::cli::register_pictures::{REGISTER, Shown, draw};
use crate::cli::registers::{OutbreaksArguments, Plane};
use crate::message;
use crate::places::Communes;
use crate::project::{ChartConfig, ChartKind};
use crate::publish::{self, Sink};
use crate::run::{Problems, Progress, Result};
use crate::tables::curve;
use crate::values::Lang;
use chrono::NaiveDate;

/// Arguments of `ruong outbreaks curve`.
#[derive(Debug, clap::Args)]
pub(super) struct CurveArguments {
    #[command(flatten)]
    outbreaks: OutbreaksArguments,
    /// Chỉ ổ dịch khởi phát từ ngày này (only outbreaks that began on this day or later)
    #[arg(long, value_parser = crate::cli::forecast::day)]
    from: Option<NaiveDate>,
    /// Sổ tính đến ngày này; ngày cuối của sổ nếu không ghi (the register as of this day)
    #[arg(long, value_parser = crate::cli::forecast::day)]
    to: Option<NaiveDate>,
    #[command(flatten)]
    pub(super) manner: Manner,
}

pub(super) fn run(arguments: &CurveArguments, lang: Lang, problems: &mut Problems, progress: &mut Progress) -> Result<Outcome> {
    progress.stage("read", 1, &message!("đọc sổ ổ dịch", "reading the register"));
    let diseases = arguments.outbreaks.diseases()?;
    let mut register = arguments.outbreaks.read(None, Plane::Degrees, &diseases, problems)?;
    let on = arguments.to.or_else(|| register.last_day()).unwrap_or_default();
    register.retain(|outbreak| arguments.from.is_none_or(|from| outbreak.onset >= from));
    let made = curve::of(&register, on, lang);
    let out = crate::cli::inputs::output(&arguments.manner.out)?;
    let sheet = made.sheet();
    out.write("curve.csv", &sheet.csv()?)?;
    out.write("curve.xlsx", &publish::xlsx::workbook(&[&sheet], lang, "curve.xlsx")?)?;
    let chart = ChartConfig {
        id: "curve".to_owned(),
        kind: ChartKind::EpidemicCurve,
        measure: REGISTER.to_owned(),
        ..ChartConfig::default()
    };
    let communes = Communes::default();
    let shown = Shown { register, diseases, herds: None, communes, on, release_days: None, exact: false };
    let failed = draw((Vec::new(), vec![chart]), shown, (lang, arguments.manner.bw), &out, progress, problems);
    out.write("problems.csv", &publish::problems::csv(problems, lang))?;
    progress.finish();
    progress.say(&made.news(lang));
    Ok(if failed { Outcome::Partial } else { Outcome::Complete })
}

//! `ruong worklist`: which fields the sprayer and the drone go to, worst first.

use super::{Outcome, Stopped, report, stop};
use crate::app::Needs;
use crate::publish::{self, Out, Sink};
use crate::run::{Fault, Place, Problems, Record, Result};
use crate::tables::worklist::WorkWanted;
use crate::values::{Lang, numbers};
use crate::{message, project};
use chrono::NaiveDate;
use std::path::PathBuf;

/// Arguments of `ruong worklist`.
#[derive(Debug, clap::Args)]
pub(super) struct WorklistArguments {
    /// Tệp ruong.toml, hoặc thư mục chứa nó (project file or its folder)
    project: PathBuf,
    /// Từ mức này trở lên: 1 nhẹ, 2 trung bình, 3 nặng (least severity)
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=4))]
    severity: u8,
    /// Chỉ loại sâu bệnh này (only this pest)
    #[arg(long)]
    pest: Option<String>,
    /// Chỉ xã có mã này (only the commune with this code)
    #[arg(long)]
    commune: Option<String>,
    /// Ngày phun, với --pre-harvest-days; ngày cuối kỳ nếu không ghi (day of spraying; the last of the period by default)
    #[arg(long, value_parser = super::forecast::day)]
    date: Option<NaiveDate>,
    /// Số ngày cách ly trước thu hoạch (days to keep before harvest)
    #[arg(long)]
    pre_harvest_days: Option<i64>,
    /// Thư mục kết quả: worklist.csv, .xlsx, .geojson, .kml (output folder)
    #[arg(long)]
    out: PathBuf,
    /// Ngôn ngữ (language)
    #[arg(long)]
    pub(super) lang: Option<Lang>,
    /// Không in tiến độ (no progress)
    #[arg(long)]
    quiet: bool,
}

pub(super) fn run(arguments: &WorklistArguments) -> std::result::Result<Outcome, Stopped> {
    let mut problems = Problems::default();
    let project = project::open(&arguments.project, &mut problems).map_err(stop(arguments.lang.unwrap_or_default()))?;
    let lang = arguments.lang.unwrap_or(project.language);
    worklist(arguments, &project, lang, problems).map_err(stop(lang))
}

fn worklist(arguments: &WorklistArguments, project: &project::Project, lang: Lang, mut problems: Problems) -> Result<Outcome> {
    let mut progress = crate::cli::terminal::progress(lang, arguments.quiet);
    let needs = Needs { fields: true, indicators: false, pictures: false };
    let joined = crate::app::load(project, needs, &mut problems, &mut Record::default(), &mut progress)?;
    let periods = crate::model::accounts::accounts(&joined);
    let Some((_, accounts)) = periods.first() else { return Ok(Outcome::Complete) };
    let pre_harvest = match (
        arguments.pre_harvest_days,
        arguments.date.or(joined.periods.get(crate::model::When::Current).map(|period| period.to)),
    ) {
        (None, _) => None,
        (Some(days), Some(day)) => Some((day, days)),
        (Some(_), None) => {
            let message = message!("--pre-harvest-days cần --date", "--pre-harvest-days needs --date");
            return Err(Fault::new("usage", Place::default(), message));
        }
    };
    let wanted = WorkWanted {
        severity: arguments.severity,
        pest: arguments.pest.clone(),
        commune: arguments.commune.clone(),
        pre_harvest,
    };
    let list = crate::tables::worklist::worklist(&joined, accounts, &wanted, lang, &mut problems)?;
    let shapes = joined.fields.as_ref().map(|fields| fields.shapes.subset(&list.fields)).unwrap_or_default();
    let out = Out::new(&arguments.out, &crate::app::inputs(project))?;
    let colour = |row: usize| match list.severities[row] {
        0 | 1 => "fbe08a",
        2 => "f0912f",
        3 => "b8321c",
        _ => "4a4a4a",
    };
    out.write("worklist.csv", &list.sheet.csv()?)?;
    out.write("worklist.xlsx", &publish::xlsx::workbook(&[&list.sheet], lang, "worklist.xlsx")?)?;
    out.write("worklist.geojson", &publish::geojson::collection(&list.sheet, &shapes))?;
    out.write("worklist.kml", &publish::kml::document(&list.sheet, &shapes, "field_id", &|row| colour(row).to_owned()))?;
    progress.finish();
    report::problems(&problems, lang, &crate::cli::terminal::progress(lang, false));
    let (count, hectares) = (list.allowed, numbers::format(list.hectares, 1, lang));
    if joined.outlook.as_ref().is_some_and(|outlook| outlook.covers(joined.periods.get(crate::model::When::Current))) {
        progress.say(lang.pick("mức nhiễm của kỳ này là DỰ BÁO", "severities of this period are FORECAST"));
    }
    progress.say(&match lang {
        Lang::Vi => format!("{count} thửa cần phun, {hectares} ha"),
        Lang::En => format!("{count} fields to spray, {hectares} ha"),
    });
    Ok(Outcome::Complete)
}

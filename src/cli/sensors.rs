//! `ruong sensors`: the latest reading of each field sensor, those out of range, and their series.

use super::readings::{ReadingsArguments, cells, draw, table};
use super::{Outcome, Stopped, report, stop};
use crate::draw::Imprint;
use crate::figures::readings::{ReadingsChart, ReadingsWanted, of_sensors};
use crate::forecast::sensors::{self, Limits, Standing};
use crate::input::parameters;
use crate::message;
use crate::run::{Place, Problems, Progress, Result};
use crate::values::{Lang, dates};
use std::path::PathBuf;

/// Arguments of `ruong sensors`.
#[derive(Debug, clap::Args)]
pub(super) struct SensorsArguments {
    #[command(flatten)]
    readings: ReadingsArguments,
    /// Tệp TOML ngưỡng của mình (limits of one's own)
    #[arg(long)]
    limits: Option<PathBuf>,
    /// Thư mục kết quả (output folder)
    #[arg(long)]
    out: PathBuf,
    /// Thang xám (greys)
    #[arg(long)]
    bw: bool,
    /// Ngôn ngữ (language)
    #[arg(long)]
    pub(super) lang: Option<Lang>,
    /// Không in tiến độ (no progress)
    #[arg(long)]
    quiet: bool,
}

pub(super) fn run(arguments: &SensorsArguments) -> std::result::Result<Outcome, Stopped> {
    let lang = arguments.lang.unwrap_or_default();
    let mut problems = Problems::default();
    let mut progress = crate::cli::terminal::progress(lang, arguments.quiet);
    let result = sensors(arguments, lang, &mut problems, &mut progress);
    report::problems(&problems, lang, &crate::cli::terminal::progress(lang, false));
    result.map_err(stop(lang))
}

fn sensors(arguments: &SensorsArguments, lang: Lang, problems: &mut Problems, progress: &mut Progress) -> Result<Outcome> {
    let limits: Limits = parameters::or_shipped(arguments.limits.as_deref(), sensors::SHIPPED)?;
    let readings = arguments.readings.read(false, problems)?;
    let latest = sensors::latest(&readings, &limits, None);
    let out = crate::cli::inputs::output(&arguments.out)?;
    let row = |one: &sensors::Latest| {
        let (station, property) = (&readings.stations[one.run.station], &readings.properties[one.run.property]);
        let limit = limits.of(property);
        let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
        let [lon, lat] = cells(station.position);
        vec![
            station.name.clone(),
            property.clone(),
            lon,
            lat,
            one.date.to_string(),
            one.value.to_string(),
            limit.map(|limit| limit.unit.clone()).unwrap_or_default(),
            one.standing.name().to_owned(),
            number(limit.and_then(|limit| limit.low)),
            number(limit.and_then(|limit| limit.high)),
            one.counts.0.to_string(),
            one.counts.1.to_string(),
            limit.map(|limit| limit.source.clone()).unwrap_or_default(),
            limit.map(|limit| limit.verified.to_string()).unwrap_or_default(),
        ]
    };
    let headings = [
        "station",
        "quantity",
        "lon",
        "lat",
        "date",
        "value",
        "unit",
        "standing",
        "low",
        "high",
        "days",
        "days_out_of_range",
        "source",
        "verified",
    ];
    table(&arguments.out, "latest.csv", &headings, latest.iter().map(row).collect())?;
    for one in latest.iter().filter(|one| matches!(one.standing, Standing::Low | Standing::High)) {
        let (station, property) = (&readings.stations[one.run.station].name, &readings.properties[one.run.property]);
        let day = dates::format_day(one.date);
        let place = Place::file(arguments.readings.file()).column(property.as_str()).value(one.value.to_string());
        problems.warning(
            "out-of-range",
            place,
            message!("{station}, {day}: ngoài ngưỡng", "{station}, {day}: out of range"),
            None,
        );
    }
    let imprint = Imprint { lang, bw: arguments.bw, ..Imprint::default() };
    let charts: Vec<ReadingsChart> = (0..readings.properties.len())
        .map(|property| of_sensors(&imprint, &readings, property, &limits, ReadingsWanted::default()))
        .collect();
    progress.stage("charts", charts.len() as u64, &message!("vẽ biểu đồ", "drawing charts"));
    let failed = draw(&charts, &imprint, &out, progress, problems);
    progress.finish();
    Ok(if failed { Outcome::Partial } else { Outcome::Complete })
}

//! `ruong forecast disease`: one season day by day, or many stations, dates and diseases as one row each.

use super::{Common, day, record};
use crate::cli::Outcome;
use crate::console::terminal::tell;
use crate::forecast::disease::{Disease, SHIPPED, Season};
use crate::forecast::weather::{Needs, Station};
use crate::message;
use crate::run::parameters;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::Lang;
use chrono::{Days, NaiveDate};
use rayon::prelude::*;

/// Arguments of `ruong forecast disease`.
#[derive(Debug, clap::Args)]
pub(super) struct DiseaseArguments {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(flatten)]
    placed: super::placed::PlacedArguments,
    /// Bệnh: leaf-blast, brown-spot, bacterial-blight, sheath-blight, tungro, all, hoặc tệp TOML tham số của mình (disease: leaf-blast, brown-spot, bacterial-blight, sheath-blight, tungro, all, or a TOML file of parameters of one's own)
    #[arg(long, value_delimiter = ',', required = true)]
    model: Vec<String>,
    /// Ngày mọc mầm hoặc cấy (day of emergence or transplanting)
    #[arg(long, value_parser = day, value_delimiter = ',', required = true)]
    emergence: Vec<NaiveDate>,
    /// Ngày mọc mầm cuối cùng, với --every (last day of emergence)
    #[arg(long, value_parser = day, requires = "every")]
    until: Option<NaiveDate>,
    /// Cách nhau mấy ngày, với --until (days between them)
    #[arg(long, requires = "until", value_parser = clap::value_parser!(u64).range(1..))]
    every: Option<u64>,
    /// Mỗi vụ một dòng thay vì mỗi ngày một dòng (a row a season in place of a row a day)
    #[arg(long)]
    summary: bool,
}

pub(super) fn run(arguments: &DiseaseArguments, lang: Lang, problems: &mut Problems) -> Result<Outcome> {
    let mut models: Vec<Disease> = Vec::new();
    for name in &arguments.model {
        match name.as_str() {
            "all" => SHIPPED.iter().try_for_each(|(id, _)| model(id).map(|model| models.push(model)))?,
            name => models.push(model(name)?),
        }
    }
    let emergence = emergence(arguments);
    let stations = arguments.placed.stations(&arguments.common, Needs { wetness: true, extremes: false }, problems)?;
    for model in &models {
        for &day in &emergence {
            covered(arguments, &stations, model, day)?;
        }
    }
    if models.iter().any(|model| !model.verified) {
        tell(lang.pick(
            "tham số chưa đối chiếu với bài báo gốc; kết quả là mức thuận lợi của thời tiết, không phải diện tích nhiễm",
            "parameters were not compared with the paper; results tell how favourable weather is, never infested hectares",
        ));
    }
    let runs: Vec<(&Station, NaiveDate, &Disease)> = stations
        .iter()
        .flat_map(|station| emergence.iter().map(move |&day| (station, day)))
        .flat_map(|(station, day)| models.iter().map(move |model| (station, day, model)))
        .collect();
    let season = |&(station, day, model): &(&Station, NaiveDate, &Disease)| {
        model.season(station.since(day).unwrap_or_default()).unwrap_or_default()
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    if let ([only], false) = (&runs[..], arguments.summary) {
        days(&mut writer, only.1, &season(only));
    } else {
        let names = ["station", "emergence", "model", "favourability", "audpc", "max_intensity", "max_date"];
        record(&mut writer, names.map(str::to_owned));
        let rows: Vec<[String; 7]> = runs.par_iter().map(|run| summary(run, &season(run))).collect();
        rows.into_iter().for_each(|row| record(&mut writer, row));
    }
    arguments.common.give(writer)
}

/// Days of emergence asked for, in order.
fn emergence(arguments: &DiseaseArguments) -> Vec<NaiveDate> {
    let mut days = arguments.emergence.clone();
    if let (Some(until), Some(every), Some(&first)) = (arguments.until, arguments.every, arguments.emergence.first()) {
        let next = |day: &NaiveDate| day.checked_add_days(Days::new(every)).filter(|day| *day <= until);
        days.extend(std::iter::successors(next(&first), next));
    }
    days.sort();
    days.dedup();
    days
}

/// A shipped model by name, or the parameters in a file.
fn model(name: &str) -> Result<Disease> {
    let model: Disease = parameters::named(name, &SHIPPED, "".as_ref())?;
    match model.fault() {
        None => Ok(model),
        Some(fault) => Err(parameters::bad(name, fault)),
    }
}

/// Refuses a season that the weather of a station does not hold.
fn covered(arguments: &DiseaseArguments, stations: &[Station], model: &Disease, emergence: NaiveDate) -> Result<()> {
    let Some(short) = stations.iter().find(|station| station.since(emergence).is_none_or(|days| days.len() < model.duration))
    else {
        return Ok(());
    };
    let (first, last) = (short.days.first().map(|day| day.date), short.days.last().map(|day| day.date));
    let text = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let (first, last, need) = (text(first), text(last), text(emergence.checked_add_days(Days::new(model.duration as u64 - 1))));
    let name = &short.name;
    Err(Fault::new(
        "weather-too-short",
        Place::file(arguments.common.file()).value(name),
        message!(
            "thời tiết có từ {first} đến {last}, mô hình cần từ {emergence} đến {need}",
            "the weather runs from {first} to {last}, the model needs {emergence} to {need}"
        ),
    )
    .hint(message!("chọn ngày mọc mầm khác hoặc thêm số liệu", "choose another day of emergence or add weather")))
}

fn days(writer: &mut csv::Writer<Vec<u8>>, emergence: NaiveDate, season: &Season) {
    let headings = [
        "day",
        "date",
        "sites",
        "latent",
        "infectious",
        "removed",
        "senesced",
        "diseased",
        "rate_of_infection",
        "intensity",
        "audpc",
    ];
    record(writer, headings.map(str::to_owned));
    for ((at, day), date) in season.days.iter().enumerate().zip(emergence.iter_days()) {
        let numbers = [
            day.sites,
            day.latent,
            day.infectious,
            day.removed,
            day.senesced,
            day.diseased,
            day.infections,
            day.intensity,
            season.audpc,
        ];
        record(writer, [(at + 1).to_string(), date.to_string()].into_iter().chain(numbers.map(|number| number.to_string())));
    }
}

fn summary(run: &(&Station, NaiveDate, &Disease), season: &Season) -> [String; 7] {
    let (station, emergence, model) = run;
    let highest = season.highest();
    let date = highest.and_then(|(at, _)| emergence.checked_add_days(Days::new(at as u64)));
    [
        station.name.clone(),
        emergence.to_string(),
        model.id.clone(),
        season.favourability.to_string(),
        season.audpc.to_string(),
        highest.map(|(_, intensity)| intensity.to_string()).unwrap_or_default(),
        date.map(|date| date.to_string()).unwrap_or_default(),
    ]
}

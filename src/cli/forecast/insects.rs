//! `ruong forecast insects`: days of life stages and generations.

use super::placed::PlacedArguments;
use super::{Common, day};
use crate::cli::Outcome;
use crate::cli::give::{record, writer};
use crate::console::terminal::tell;
use crate::forecast::insects::{Beyond, SHIPPED, Species};
use crate::forecast::weather::{Needs, Station};
use crate::headings::Role;
use crate::input::Source;
use crate::message;
use crate::readers::tables::{self, Form};
use crate::run::parameters;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::{Lang, dates};
use chrono::NaiveDate;
use clap::ValueEnum;
use rayon::prelude::*;
use std::path::PathBuf;

/// Arguments of `ruong forecast insects`.
#[derive(Debug, clap::Args)]
pub(super) struct InsectsArguments {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(flatten)]
    placed: PlacedArguments,
    /// Loài: brown-planthopper, white-backed-planthopper, small-brown-planthopper, leaf-folder, striped-stem-borer, spotted-stalk-borer, fall-armyworm, hoặc tệp TOML tham số của mình (species: brown-planthopper, white-backed-planthopper, small-brown-planthopper, leaf-folder, striped-stem-borer, spotted-stalk-borer, fall-armyworm, or a TOML file of parameters of one's own)
    #[arg(long)]
    species: String,
    /// Ngày bắt đầu: đỉnh bẫy đèn, ngày đẻ trứng hoặc ngày sạ (first day: trap peak, egg-laying or sowing)
    #[arg(long, alias = "from", value_parser = day, required_unless_present = "starts", conflicts_with = "starts")]
    since: Option<NaiveDate>,
    /// Bảng ngày bắt đầu của từng nơi: mã, ngày (table of first days: code, day)
    #[arg(long)]
    starts: Option<PathBuf>,
    /// Giai đoạn bắt đầu vào ngày đó (stage that begins on that day)
    #[arg(long)]
    begins: Option<String>,
    /// Số lứa (generations)
    #[arg(long, default_value_t = 2)]
    generations: usize,
    /// Sau ngày cuối có thời tiết (after the last day of weather)
    #[arg(long, value_enum, default_value_t = After::Recent)]
    beyond: After,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum After {
    /// Không dự báo (nothing)
    None,
    /// Như hai tuần cuối (as the last two weeks)
    Recent,
    /// Như năm trước (as a year before)
    LastYear,
}

const UNIT: Role =
    Role { name: "code", headings: &["code", "ma xa", "ma thua", "field id", "station", "tram", "ma", "id", "xa", "unit"] };
const START: Role = Role {
    name: "date",
    headings: &["date", "ngay", "ngay sa", "ngay gieo", "sown", "sowing date", "peak", "last peak", "dinh"],
};

pub(super) fn run(arguments: &InsectsArguments, lang: Lang, problems: &mut Problems) -> Result<Outcome> {
    let species: Species = parameters::named(&arguments.species, &SHIPPED, "".as_ref())?;
    if let Some(fault) = species.fault() {
        return Err(parameters::bad(&arguments.species, fault));
    }
    if let Some(stage) = &arguments.begins
        && !species.stages.iter().any(|known| known.id == *stage)
    {
        let known = species.stages.iter().map(|stage| stage.id.as_str()).collect::<Vec<_>>().join(", ");
        let place = Place::default().column("--begins").value(stage);
        return Err(Fault::new(
            "usage",
            place,
            message!("không có giai đoạn này; có: {known}", "there is no such stage; there are: {known}"),
        ));
    }
    if !(1..=20).contains(&arguments.generations) {
        return Err(Fault::new("usage", Place::default().column("--generations"), message!("từ 1 đến 20", "1 to 20")));
    }
    tell(&caveat(&species, lang));
    let stations = arguments.placed.stations(&arguments.common, Needs { wetness: false, extremes: true }, problems)?;
    let runs = runs(arguments, &stations, problems)?;
    let beyond = match arguments.beyond {
        After::None => Beyond::None,
        After::Recent => Beyond::Recent,
        After::LastYear => Beyond::LastYear,
    };
    let rows: Vec<Option<Vec<Vec<String>>>> = runs
        .par_iter()
        .map(|(name, station, start)| {
            let moments = species.follow(&station.days, *start, arguments.begins.as_deref(), arguments.generations, beyond)?;
            let text = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
            let row = |moment: crate::forecast::insects::Moment| {
                let kind = if moment.is_event { "event" } else { "stage" };
                let basis = match (moment.from, moment.to, moment.is_event) {
                    (None, ..) | (_, None, false) => "beyond the weather",
                    _ if moment.extended => "extended",
                    _ => "weather",
                };
                vec![
                    name.clone(),
                    start.to_string(),
                    moment.generation.to_string(),
                    kind.to_owned(),
                    moment.id,
                    text(moment.from),
                    text(moment.to),
                    moment.hot_days.to_string(),
                    basis.to_owned(),
                ]
            };
            Some(moments.into_iter().map(row).collect())
        })
        .collect();
    let any = rows.iter().any(Option::is_some);
    let mut writer = writer();
    record(&mut writer, ["unit", "start", "generation", "kind", "id", "from", "to", "hot_days", "basis"].map(str::to_owned));
    for ((name, station, start), rows) in runs.iter().zip(rows) {
        match rows {
            Some(rows) => rows.into_iter().for_each(|row| record(&mut writer, row)),
            None => {
                let text = |day: Option<&crate::forecast::Day>| day.map(|day| day.date.to_string()).unwrap_or_default();
                let (first, last) = (text(station.days.first()), text(station.days.last()));
                problems.warning(
                    "start-outside-weather",
                    Place::file(arguments.common.file()).value(format!("{name} {start}")),
                    message!(
                        "ngày bắt đầu nằm ngoài thời tiết ({first} đến {last})",
                        "the first day lies outside the weather ({first} to {last})"
                    ),
                    None,
                );
            }
        }
    }
    if !any {
        let message = message!("không nơi nào có ngày bắt đầu nằm trong thời tiết", "no unit has a first day within the weather");
        return Err(Fault::new("start-outside-weather", Place::file(arguments.common.file()), message));
    }
    arguments.common.give(writer)
}

/// Name, station and first day of everything to follow.
fn runs<'a>(
    arguments: &InsectsArguments,
    stations: &'a [Station],
    problems: &mut Problems,
) -> Result<Vec<(String, &'a Station, NaiveDate)>> {
    if let Some(start) = arguments.since {
        return Ok(stations.iter().map(|station| (station.name.clone(), station, start)).collect());
    }
    let Some(path) = &arguments.starts else { return Ok(Vec::new()) };
    let source = Source::at(path);
    let table = tables::read(&source, &Form::default(), problems)?;
    let of = |role: &Role| {
        role.find(&table.headings).ok_or_else(|| crate::headings::missing_column(&table.file, role.name, &table.headings))
    };
    let (unit, start) = (of(&UNIT)?, of(&START)?);
    let (units, starts) = (table.require(unit)?, table.require(start)?);
    let order = dates::order(starts.dictionary.iter());
    let mut found = Vec::new();
    for row in 0..table.rows {
        let (Some(name), text) = (units.text(row), starts.text(row).unwrap_or("")) else { continue };
        let Some(day) = dates::parse_in(text, order) else {
            crate::input::numeric::bad_day(&table, row, start, text, problems);
            continue;
        };
        // One station serves every unit.
        let station = match stations {
            [only] => Some(only),
            all => all.iter().find(|station| station.name == name),
        };
        match station {
            Some(station) => found.push((name.to_owned(), station, day)),
            None => problems.warning(
                "no-weather",
                table.place(row, unit, name),
                message!("không có thời tiết của nơi này", "there is no weather of this unit"),
                None,
            ),
        }
    }
    Ok(found)
}

/// What must be said of the numbers.
fn caveat(species: &Species, lang: Lang) -> String {
    let unverified = if species.verified {
        ""
    } else {
        lang.pick(" Tham số chưa đối chiếu với bài báo gốc.", " Parameters were not compared with the papers.")
    };
    let (name, note) = (lang.pick(&species.name, &species.name_en), lang.pick(&species.note, &species.note_en));
    format!("{name} ({}): {note}{unverified}", species.latin)
}

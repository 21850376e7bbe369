//! Diseases and insects by commune, from daily weather.

use crate::forecast::disease::{self, Disease};
use crate::forecast::insects::{self, Beyond, Species};
use crate::forecast::interpolate::{self, Rule, Spot};
use crate::forecast::weather::{self, Needs, Station};
use crate::input::{Source, Table};
use crate::message;
use crate::model::readings::of_windows;
use crate::model::{Joined, Measured, When};
use crate::places::centroid::centroid;
use crate::project::{ForecastKeys, Project, TableConfig};
use crate::readers::tables::{self, Form};
use crate::run::parameters;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::{Message, Period, Quantity, Unit, Value, dates};
use chrono::{Days, NaiveDate};
use rayon::prelude::*;

/// A forecast table with its own keys.
type Forecast<'a> = (&'a TableConfig, &'a ForecastKeys);

/// The weather of every commune.
fn of_communes(
    project: &Project,
    (key, own): Forecast<'_>,
    table: &Table,
    needs: Needs,
    joined: &mut Joined,
    problems: &mut Problems,
) -> Result<Vec<Station>> {
    let stations = weather::stations(table, needs, own.fill, problems)?;
    // Two models may read one file.
    let is_new = |station: &&Station| !joined.weather.iter().any(|known| known.name == station.name);
    let new: Vec<Station> = stations.iter().filter(is_new).cloned().collect();
    joined.weather.extend(new);
    let codes = &joined.communes.codes;
    let Some(file) = &own.stations else {
        // Stations that are communes speak for themselves, a single one for all.
        if let [only] = &stations[..] {
            return Ok(codes.iter().map(|code| Station { name: code.clone(), days: only.days.clone() }).collect());
        }
        let of = |code: &String| stations.iter().find(|station| station.name == *code);
        if codes.iter().all(|code| of(code).is_none()) {
            let place = Place::file(&key.file);
            let message = message!("không trạm nào có mã của một xã", "no station has the code of a commune");
            return Err(Fault::new("station-without-position", place, message)
                .hint(message!("thêm stations = \"tram.csv\" có lon, lat", "add stations = \"stations.csv\" with lon, lat")));
        }
        let days = |code: &String| of(code).map(|station| station.days.clone()).unwrap_or_default();
        return Ok(codes.iter().map(|code| Station { name: code.clone(), days: days(code) }).collect());
    };
    let rule = match own.between.as_deref() {
        None | Some("nearest") => Rule::Nearest,
        Some("idw") => Rule::InverseDistance(2.0),
        Some(other) => {
            let place = Place::file(&project.file).column("between").value(other);
            return Err(Fault::new("bad-project", place, message!("between là nearest hoặc idw", "between is nearest or idw")));
        }
    };
    let positions = tables::read(&Source::new(&project.folder, file), &Form::default(), problems)?;
    // A commune without a shape is nowhere, and no station is near it.
    let place = |commune: usize| centroid(&joined.communes.shapes, commune);
    let spots: Vec<Spot> =
        (0..codes.len()).filter_map(|commune| Some(Spot { name: codes[commune].clone(), position: place(commune)? })).collect();
    let mut found = interpolate::at(&spots, &interpolate::place_stations(stations, &positions)?, rule).into_iter();
    let mut next = |commune: usize| place(commune).and_then(|_| found.next());
    let without = |commune: usize| Station { name: codes[commune].clone(), days: Vec::new() };
    Ok((0..codes.len()).map(|commune| next(commune).unwrap_or_else(|| without(commune))).collect())
}

/// Lists communes for which nothing could be computed.
fn report_without<'a>(key: &TableConfig, stations: impl Iterator<Item = &'a Station>, problems: &mut Problems) {
    for station in stations {
        problems.warning(
            "no-weather",
            Place::file(&key.file).value(&station.name),
            message!("không có thời tiết của xã này", "there is no weather of this commune"),
            None,
        );
    }
}

/// Days that a favourability is the mean of, where the weather ends before the period.
const RECENT: usize = 14;

/// How favourable the weather of the period is for a disease, by commune: an indicator, never hectares.
pub(super) fn add_disease(
    project: &Project,
    (key, own): Forecast<'_>,
    model: &str,
    table: &Table,
    joined: &mut Joined,
    problems: &mut Problems,
) -> Result<()> {
    let disease: Disease = parameters::named(model, &disease::SHIPPED, &project.folder)?;
    if let Some((field, expected)) = disease.fault() {
        return Err(parameters::bad(model, (field, expected)));
    }
    let Some(emergence) = own.emergence.map(|day| day.0) else { return Ok(()) };
    let stations = of_communes(project, (key, own), table, Needs { wetness: true, extremes: false }, joined, problems)?;
    let period = joined.periods.get(When::Current);
    let mut used: Option<(NaiveDate, NaiveDate)> = None;
    let values: Vec<(Value, Option<(NaiveDate, NaiveDate)>)> = stations
        .par_iter()
        .map(|station| {
            let Some(days) = station.since(emergence) else { return (Value::NoData, None) };
            let favourable = disease.favourability(days);
            let known: Vec<(NaiveDate, f64)> =
                days.iter().zip(favourable).filter_map(|(day, value)| Some((day.date, value?))).collect();
            let inside: Vec<(NaiveDate, f64)> =
                known.iter().copied().filter(|(day, _)| period.is_none_or(|period| period.contains(*day))).collect();
            let before: Vec<(NaiveDate, f64)> =
                known.iter().copied().filter(|(day, _)| period.is_none_or(|period| *day <= period.to)).collect();
            let taken =
                if inside.is_empty() || period.is_none() { &before[before.len().saturating_sub(RECENT)..] } else { &inside[..] };
            let ends = taken.first().zip(taken.last()).map(|(first, last)| (first.0, last.0));
            let mean = taken.iter().map(|(_, value)| value).sum::<f64>() / taken.len() as f64;
            (if taken.is_empty() { Value::NoData } else { Value::finite(100.0 * mean) }, ends)
        })
        .collect();
    if values.iter().all(|(value, _)| value.number().is_none()) {
        let place = Place::file(&key.file).column("emergence").value(emergence.to_string());
        return Err(Fault::new(
            "emergence-outside-weather",
            place,
            message!("thời tiết không có ngày mọc mầm này", "the weather lacks that day of emergence"),
        ));
    }
    let without = stations.iter().zip(&values).filter(|(_, (value, _))| value.number().is_none());
    report_without(key, without.map(|(station, _)| station), problems);
    for ends in values.iter().filter_map(|(_, ends)| *ends) {
        used = Some(used.map_or(ends, |(from, to)| (from.min(ends.0), to.max(ends.1))));
    }
    let name = Message {
        vi: format!("Mức thuận lợi của thời tiết cho {}", disease.name.to_lowercase()),
        en: format!("How favourable the weather is for {}", disease.name_en.to_lowercase()),
    };
    let (days, doubt) = (
        used.map_or(String::new(), |(from, to)| Period { from, to }.format()),
        if disease.verified { ("", "") } else { ("; tham số chưa đối chiếu", "; parameters not verified") },
    );
    let (vi, en) = doubt;
    let (title, sown) = (disease.name.clone(), dates::format_day(emergence));
    let title_en = disease.name_en.clone();
    let outlook = joined.outlook.get_or_insert_default();
    let words = Message {
        vi: format!("{title} (EPIRICE): mức thuận lợi của thời tiết {days}, lúa mọc {sown}; không phải diện tích nhiễm{vi}"),
        en: format!("{title_en} (EPIRICE): weather of {days}, emergence {sown}; not infested hectares{en}"),
    };
    outlook.tables.push((key.id.clone(), words));
    joined.indicators.list.push(Measured {
        id: format!("{}.{}_favourability", key.id, disease.id.replace('-', "_")),
        name,
        unit: Unit::PerCentOf(["% mức thuận lợi nhất", "% of the most favourable"]),
        quantity: Quantity::Intensive,
        decimals: None,
        values: values.into_iter().map(|(value, _)| value).collect(),
        total: Value::NoData,
        scale: "favourability",
        signed: false,
    });
    Ok(())
}

/// Days of the events of a species by commune, as words.
pub(super) fn add_insects(
    project: &Project,
    (key, own): Forecast<'_>,
    table: &Table,
    joined: &mut Joined,
    problems: &mut Problems,
) -> Result<()> {
    let (Some(name), Some(start)) = (&own.species, own.start) else { return Ok(()) };
    let species: Species = parameters::named(name, &insects::SHIPPED, &project.folder)?;
    if let Some((field, expected)) = species.fault() {
        return Err(parameters::bad(name, (field, expected)));
    }
    let stations = of_communes(project, (key, own), table, Needs { wetness: false, extremes: true }, joined, problems)?;
    let followed: Vec<Option<Vec<insects::Moment>>> =
        stations.par_iter().map(|station| species.follow(&station.days, start.0, None, 1, Beyond::Recent)).collect();
    if followed.iter().all(Option::is_none) {
        let place = Place::file(&key.file).column("start").value(start.0.to_string());
        return Err(Fault::new(
            "start-outside-weather",
            place,
            message!("thời tiết không có ngày bắt đầu", "the weather lacks the first day"),
        ));
    }
    let without = stations.iter().zip(&followed).filter(|(_, moments)| moments.is_none());
    report_without(key, without.map(|(station, _)| station), problems);
    let events = species.events.iter().map(|event| (&event.id, &event.name, &event.name_en, true));
    let ends = species.stages.iter().map(|stage| (&stage.id, &stage.name, &stage.name_en, false));
    for (id, vi, en, is_event) in events.chain(ends) {
        let day = |moments: &Vec<insects::Moment>| {
            let moment = moments.iter().find(|moment| moment.id == *id && moment.is_event == is_event)?;
            if is_event { moment.from } else { moment.to }
        };
        // Days of neighbours differ by one or two: a map wants a few classes, so they are put together by three.
        let three = |day: NaiveDate| {
            let from = start.0.checked_add_days(Days::new(((day - start.0).num_days().max(0) as u64 / 3) * 3)).unwrap_or(day);
            (from, from.checked_add_days(Days::new(2)).unwrap_or(from))
        };
        let windows: Vec<_> = followed.iter().map(|moments| moments.as_ref().and_then(day).map(three)).collect();
        let title =
            if is_event { (vi.clone(), en.clone()) } else { (format!("kết thúc giai đoạn {vi}"), format!("end of {en}")) };
        let name = Message { vi: format!("{}: {}", species.name, title.0), en: format!("{}: {}", species.name_en, title.1) };
        let suffix = if is_event { "" } else { "_end" };
        joined.indicators.categories.extend(of_windows(format!("{}.{}{suffix}", key.id, id.replace('-', "_")), name, &windows));
    }
    let started = dates::format_day(start.0);
    let doubt = if species.verified { ("", "") } else { (" Tham số chưa đối chiếu.", " Parameters not verified.") };
    let outlook = joined.outlook.get_or_insert_default();
    let words = Message {
        vi: format!("{}: tích nhiệt từ {started}. {}{}", species.name, species.note, doubt.0),
        en: format!("{}: degree days from {started}. {}{}", species.name_en, species.note_en, doubt.1),
    };
    outlook.tables.push((key.id.clone(), words));
    Ok(())
}

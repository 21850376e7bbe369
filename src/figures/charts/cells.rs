//! Charts of cells other than communes by weeks: communes by pests, stations by days.

use super::{ChartPage, framed, heading, pests, read_from};
use crate::draw::Scene;
use crate::draw::charts::heatmap::{self, Row};
use crate::measures::list::INFESTED_HA;
use crate::model::Measured;
use crate::project::{By, ChartConfig, MeasureKey};
use crate::render::key;
use crate::render::remainder::Together;
use crate::render::{Pool, RenderContext};
use crate::run::Result;
use crate::scale::{Scale, Style};
use crate::values::{Quantity, Value, dates, numbers};
use crate::words::headlines::of_matrix;
use crate::words::{Headline, capital};
use chrono::NaiveDate;

/// Days of a calendar: more would be narrower than an eye can tell apart.
const DAYS: u64 = 120;

/// Communes by pests, the commune and the pest with most first; one scale for all cells.
pub fn matrix(render: &RenderContext, page: &ChartPage) -> Result<Scene> {
    let (lang, names) = (render.lang(), &render.joined.communes.names);
    let measure = if page.chart.measure.is_empty() { INFESTED_HA.id } else { page.chart.measure.as_str() };
    let all = render.measured(&key(measure, None, None), page.week)?;
    let mut columns: Vec<(String, Measured)> = Vec::new();
    for pest in pests(render) {
        let own = MeasureKey { pest: Some(pest.clone()), ..key(measure, None, None) };
        columns.push((pest.clone(), render.measured(&own, page.week)?));
    }
    let rank = |measured: &Measured| measured.numbers().into_iter().fold(f64::NEG_INFINITY, f64::max);
    columns.sort_by(|a, b| rank(&b.1).total_cmp(&rank(&a.1)));
    let values: Vec<f64> = columns.iter().flat_map(|(_, measured)| measured.numbers()).collect();
    let keys = pests(render).iter().map(|pest| MeasureKey { pest: Some(pest.clone()), ..key(measure, None, None) }).collect();
    let pool = Pool { id: page.chart.id.clone(), keys };
    let scale = render.scale(page.chart.scale.as_deref(), Some(&pool), &key(measure, None, None), &all)?;
    let decimals = if values.iter().any(|value| *value >= 100.0) { 0 } else { all.decimals().min(2) };
    let write = |value: &Value| match value {
        Value::Number(0.0) => "0".to_owned(),
        Value::Number(number) => numbers::format(*number, decimals, lang),
        _ => String::new(),
    };
    let mut rows: Vec<(f64, Row)> = (0..names.len())
        .map(|commune| {
            let values: Vec<Value> = columns.iter().map(|(_, measured)| measured.values[commune]).collect();
            let most = values.iter().filter_map(|value| value.number()).fold(f64::NEG_INFINITY, f64::max);
            let words = values.iter().map(write).collect();
            (most, Row { label: names[commune].clone(), values, words })
        })
        .collect();
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    let rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
    let heads: Vec<String> = columns.iter().map(|(pest, _)| capital(pest)).collect();
    let list: Vec<(&str, &Measured)> = columns.iter().map(|(pest, measured)| (pest.as_str(), measured)).collect();
    let found = of_matrix(&list, names, lang);
    let described = format!(
        "{} {}",
        crate::cartography::with_unit(all.name.get(lang), all.unit.get(lang)),
        lang.pick("theo xã và sâu bệnh", "by commune and pest")
    );
    let found = if found.title.is_empty() { Headline::plain(described.as_str()) } else { found };
    let others = Together { by: By::Commune, adds: all.quantity == Quantity::Extensive, decimals, lang };
    let note = lang.pick(super::ranked::NOT_ADDED.0, super::ranked::NOT_ADDED.1);
    let chart = ChartConfig { measure: measure.to_owned(), ..page.chart.clone() };
    let page = ChartPage { chart, ..page.clone() };
    Ok(framed(render, &page, heading(found, described), note, |frame| {
        heatmap::draw(frame, &scale, (&heads, ""), &rows, &|hidden| others.cells(hidden))
    }))
}

/// Stations by days, the newest days; a day without a number is a gap and no zero.
pub fn calendar(render: &RenderContext, page: &ChartPage) -> Result<Scene> {
    let lang = render.lang();
    let (table, property) = read_from(render, &page.chart)?;
    let (readings, thing) = (&table.readings, &table.readings.properties[property]);
    let runs: Vec<_> = readings.runs.iter().filter(|run| run.property == property).collect();
    let last = runs.iter().filter_map(|run| run.days.last()).map(|(day, _)| *day).max().unwrap_or_default();
    let first = runs.iter().filter_map(|run| run.days.first()).map(|(day, _)| *day).min().unwrap_or(last);
    let first = first.max(last.checked_sub_days(chrono::Days::new(DAYS - 1)).unwrap_or(first));
    let days: Vec<NaiveDate> = first.iter_days().take_while(|day| *day <= last).collect();
    let of = |run: &crate::readings::read::Run| -> Vec<Value> {
        let number = |day: &NaiveDate| {
            let at = run.days.binary_search_by_key(day, |(own, _)| *own).ok()?;
            run.days[at].1
        };
        days.iter().map(|day| number(day).map_or(Value::NoData, Value::finite)).collect()
    };
    let rows: Vec<Row> = runs
        .iter()
        .map(|run| {
            let values = of(run);
            Row { label: readings.stations[run.station].name.clone(), words: vec![String::new(); values.len()], values }
        })
        .collect();
    let values: Vec<f64> = rows.iter().flat_map(|row| row.values.iter().filter_map(|value| value.number())).collect();
    let name = page.chart.scale.as_deref().unwrap_or("area");
    let scale = Scale::new(name, render.project.scales.get(name), &values, Style { lang, bw: render.project.bw })?;
    let unit = readings.unit(property, table.limits.of(thing)).to_owned();
    let all = rows.len() * days.len();
    let peak = rows
        .iter()
        .flat_map(|row| row.values.iter().zip(&days).map(move |(value, day)| (value.number(), *day, row.label.as_str())));
    let peak = peak.filter_map(|(value, day, label)| Some((value?, day, label))).max_by(|a, b| a.0.total_cmp(&b.0));
    let missing = all - values.len();
    let found = peak.map_or_else(Headline::default, |(most, day, station)| {
        let (day, number) = (dates::format_day(day), numbers::format_short(most, lang));
        let gaps = match missing {
            0 => String::new(),
            count => format!(", {count}/{all} {}", lang.pick("ngày không có số", "days without a number")),
        };
        let station = if station.is_empty() { String::new() } else { format!(" ({station})") };
        let (words, on) = (lang.pick("cao nhất", "most"), lang.pick("ngày", "on"));
        Headline::plain(format!(
            "{}: {words} {} {on} {day}{station}{gaps}",
            capital(thing),
            format!("{number} {unit}").trim_end()
        ))
    });
    let described = format!("{}: {}", table.name, crate::cartography::with_unit(thing, &unit));
    let columns: Vec<String> = days.iter().map(|day| dates::format_day_short(*day, lang)).collect();
    let others = |hidden: &[Row]| Row {
        label: format!("{} {}", hidden.len(), lang.pick("trạm khác", "other stations")),
        values: vec![Value::NoData; days.len()],
        words: vec![String::new(); days.len()],
    };
    Ok(framed(render, page, heading(found, described), "", |frame| {
        heatmap::draw(frame, &scale, (&columns, lang.pick("ngày", "day")), &rows, &others)
    }))
}

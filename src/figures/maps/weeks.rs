//! Maps of several weeks: side by side, or one after the other.

use super::{MapPage, draw, measure_key, zones};
use crate::cartography::panels::{self, Panel, Panels};
use crate::draw::strip::Strip;
use crate::draw::{Job, Picture, Scene};
use crate::measures::find;
use crate::model::When;
use crate::project::{AnimationKeys, MeasureKey, PanelsKeys};
use crate::render::{Heading, Pool, RenderContext, Shown};
use crate::run::Result;
use crate::values::{Period, Quantity, dates};
use crate::words::headlines::{Track, of_ranks, of_series};
use crate::words::{Headline, capital, shown};

/// Weeks shown where a map does not say how many.
const WEEKS: usize = 8;
/// Weeks of a animation of outbreaks where a map does not say how many: three years.
const MOST_WEEKS: usize = 156;
/// Hundredths of a second that a frame of a animation stands.
const FRAME_TIME: u16 = 120;

/// Weeks by pests on one page.
pub fn small_maps(render: &RenderContext, page: &MapPage, own: &PanelsKeys) -> Result<Scene> {
    let (map, lang) = (&page.map, render.lang());
    let known = render.joined.forecasts.as_ref().map_or(&[][..], |forecasts| &forecasts.pests);
    let pests: Vec<Option<String>> = match &own.pests {
        Some(list) if list.iter().any(|pest| pest == "*") => known.iter().cloned().map(Some).collect(),
        Some(list) => list.iter().cloned().map(Some).collect(),
        None => vec![map.pest.clone()],
    };
    // Pests without a number of weeks are compared in the reporting period.
    let weeks: Vec<Option<Period>> = if own.weeks.is_none() && own.pests.is_some() {
        vec![None]
    } else {
        let weeks = render.some_weeks()?;
        weeks[weeks.len().saturating_sub(own.weeks.unwrap_or(WEEKS))..].iter().map(|week| Some(week.period)).collect()
    };
    if weeks.iter().any(Option::is_some) {
        render.must_move(&map.measure)?;
    }
    let keys: Vec<MeasureKey> = pests.iter().map(|pest| MeasureKey { pest: pest.clone(), ..measure_key(map) }).collect();
    let by_pest = weeks.len() == 1 && weeks[0].is_none();
    let mut list = Vec::new();
    for (pest, key) in pests.iter().zip(&keys) {
        for week in &weeks {
            let measured = render.measured(key, *week)?;
            let title = match (week, pest) {
                (Some(week), _) => {
                    let [from, to] = [week.from, week.to].map(|day| dates::format_day_short(day, lang));
                    format!("{from}–{to}")
                }
                (None, Some(pest)) => capital(pest),
                (None, None) => String::new(),
            };
            let total = shown(&measured, measured.total, lang);
            let row = if by_pest { String::new() } else { pest.as_deref().map_or(String::new(), capital) };
            list.push(Panel { title, row, measured, total });
        }
    }
    let pool = Pool { id: map.id.clone(), keys: keys.clone() };
    let pool = Some(&pool).filter(|pool| pool.keys.len() > 1);
    let mut first = render.measured(&keys[0], None)?;
    let scale = render.scale(map.scale.as_deref(), pool, &keys[0], &first)?;
    if let Some(kind) = find(&keys[0].measure).filter(|_| keys.len() > 1) {
        first.name = kind.name();
        list.iter_mut().for_each(|panel| panel.measured.name = kind.name());
    }
    let name = first.name.get(lang);
    let title = match (map.title.is_empty(), by_pest) {
        (false, _) => map.title.clone(),
        (true, true) => format!("{name} {}", lang.pick("theo sâu bệnh", "by pest")),
        (true, false) => format!("{name} {}", lang.pick("theo tuần", "by week")),
    };
    let page_ = render.page(map.page.as_ref());
    let of_weeks: Vec<Period> = weeks.iter().flatten().copied().collect();
    let about = Shown { each_pest: own.pests.is_some(), ..Shown::over(&of_weeks) };
    let found = match by_pest {
        true => {
            let rows: Vec<(&str, Option<f64>)> =
                list.iter().map(|panel| (panel.title.as_str(), panel.measured.total.number())).collect();
            of_ranks(&first, &rows, None, lang)
        }
        false => {
            let tracks: Vec<Track> = list
                .chunks(weeks.len())
                .map(|row| Track {
                    name: row[0].row.clone(),
                    values: row.iter().map(|panel| panel.measured.total.number()).collect(),
                    known: row.iter().map(|panel| panel.measured.communes()).collect(),
                })
                .collect();
            {
                let ahead = of_weeks
                    .iter()
                    .position(|week| render.joined.outlook.as_ref().is_some_and(|outlook| outlook.covers(Some(*week))));
                of_series(&first, (&of_weeks, ahead), (&tracks, None), lang)
            }
        }
    };
    let found = if found.title.is_empty() { Headline::plain(title.as_str()) } else { found };
    let titles =
        render.titles(Heading { own: map.title.clone(), found, described: title }, (&map.measure, map.pest.as_deref()), about);
    Ok(panels::draw(&map.id, &render.ground, &Panels { titles, page: page_, list, scale, note: map.note.clone() }))
}

/// Weeks as a animation: the same map, legend and layout from frame to frame.
pub fn animation<'a>(render: &'a RenderContext<'a>, id: String, page: MapPage, own: &AnimationKeys) -> Job<'a> {
    if crate::figures::maps::is_register(render, &page.map) {
        return animation_of_outbreaks(render, id, page, own);
    }
    let weeks = render.weeks();
    let first = weeks.len().saturating_sub(own.weeks.unwrap_or(weeks.len()));
    let count = weeks.len() - first;
    let shown: Vec<Period> = weeks[first..].iter().map(|week| week.period).collect();
    // What adds up over communes stands as a column at each week.
    let own = measure_key(&page.map);
    let total = |week: &Period| {
        let measured = render.measured(&own, Some(*week)).ok()?;
        measured.total.number().filter(|_| measured.quantity == Quantity::Extensive)
    };
    let totals: Vec<Option<f64>> = shown.iter().map(total).collect();
    let frame = move |number: usize| {
        render.some_weeks()?;
        let strip = strip(&shown, &totals, number);
        draw(render, &MapPage { week: shown.get(number).copied(), strip, ..page.clone() })
    };
    Job { id, picture: Picture::Animation { count, delay: FRAME_TIME, frame: Box::new(frame) } }
}

/// Weeks of a register as a animation: zones and outbreaks at the end of each.
fn animation_of_outbreaks<'a>(render: &'a RenderContext<'a>, id: String, page: MapPage, own: &AnimationKeys) -> Job<'a> {
    let until = render.joined.periods.get(When::Current).map(|period| period.to);
    let weeks = render
        .joined
        .register(&page.map.measure)
        .and_then(|table| Ok(zones::weeks(&zones::of_disease(table, own.disease.as_deref())?, table.active(until).on)))
        .unwrap_or_default();
    let first = weeks.len().saturating_sub(own.weeks.unwrap_or(MOST_WEEKS));
    let (shown, totals): (Vec<Period>, Vec<Option<f64>>) =
        weeks[first..].iter().map(|(week, count)| (*week, Some(*count as f64))).unzip();
    let count = shown.len();
    let frame = move |number: usize| {
        let strip = strip(&shown, &totals, number);
        draw(render, &MapPage { week: shown.get(number).copied(), strip, ..page.clone() })
    };
    Job { id, picture: Picture::Animation { count, delay: FRAME_TIME, frame: Box::new(frame) } }
}

/// The line of time of a frame; nothing where there is one week.
fn strip(weeks: &[Period], totals: &[Option<f64>], at: usize) -> Option<Strip> {
    let (own, first, last) = (weeks.get(at)?, weeks.first()?, weeks.last()?);
    if weeks.len() < 2 {
        return None;
    }
    let most = totals.iter().flatten().fold(0.0f64, |most, number| most.max(*number));
    let part = |total: f64| if most > 0.0 { (1000.0 * (total / most).max(0.0)) as u16 } else { 0 };
    Some(Strip {
        days: own.format(),
        ends: [first.from, last.to].map(dates::format_day),
        heights: totals.iter().map(|total| total.map(part)).collect(),
        at,
    })
}

//! Readings over days: lines with gaps, peaks named by their day, bands of days to act, levels to keep within, moons.

use super::plane::{Axis, plane};
use super::{Frame, say_empty};
use crate::draw::furniture::{GREY, INK};
use crate::draw::plot::{Look, Plot, PlotKind, Series};
use crate::draw::scene::{Anchor, Fill, Item, Scene, Stroke, Text};
use crate::draw::text;
use crate::run::Result;
use crate::scale::Rgb;
use crate::values::moon::{self, Phase};
use crate::values::{Lang, dates, numbers};
use chrono::{Datelike, NaiveDate};

/// One line of readings in order of days.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    /// Words
    pub label: String,
    /// Colour
    pub colour: Rgb,
    /// Dash length; 0 for a full line
    pub dash: f32,
    /// Days with their numbers
    pub points: Vec<(NaiveDate, f64)>,
    /// Days to name
    pub peaks: Vec<NaiveDate>,
}

/// Days to act.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// First and last day
    pub days: (NaiveDate, NaiveDate),
    /// Words
    pub label: String,
    /// Colour
    pub colour: Rgb,
}

/// What is drawn besides the lines.
#[derive(Debug, Clone, Default)]
pub struct Extras {
    /// Days to act
    pub bands: Vec<Band>,
    /// Levels with their words
    pub levels: Vec<(f64, String)>,
    /// Draw new and full moons
    pub moons: bool,
    /// Counts over several powers of ten: an axis of log(1 + count)
    pub counts: bool,
}

/// Draws readings. A line is broken where a night (of weekly readings: a week) is missing.
pub fn draw(frame: &Frame, axis: &str, tracks: &[Track], extras: &Extras) -> Result<Scene> {
    let lang = frame.imprint.lang;
    let mut sheet = frame.sheet(&[]);
    let unit = sheet.unit;
    let all = || tracks.iter().flat_map(|track| &track.points);
    let days = all().map(|(day, _)| *day).chain(extras.bands.iter().flat_map(|band| [band.days.0, band.days.1]));
    let (first, last) = days.fold((NaiveDate::MAX, NaiveDate::MIN), |(first, last), day| (first.min(day), last.max(day)));
    let (first, last) = if first <= last { (first, last) } else { (NaiveDate::default(), NaiveDate::default()) };
    let since = |day: NaiveDate| (day - first).num_days() as f64;
    let length = since(last).max(1.0);
    let scaled = |value: f64| if extras.counts { value.max(0.0).ln_1p() } else { value };
    let numbers_seen = all().map(|(_, value)| *value).chain(extras.levels.iter().map(|(level, _)| *level));
    let start = if extras.counts { (0.0, 1.0) } else { (f64::INFINITY, f64::NEG_INFINITY) };
    let (low, high) = numbers_seen.fold(start, |(low, high): (f64, f64), n| (low.min(n), high.max(n)));
    let (low, high) = if low <= high { (low, high) } else { (0.0, 1.0) };
    let powers = extras.counts.then(|| {
        let ticks = [0.0, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1e3, 3e3, 1e4, 3e4, 1e5, 3e5, 1e6];
        let shown =
            ticks.into_iter().filter(|tick| *tick <= high.max(10.0) && (high < 1e4 || !tick.to_string().starts_with('3')));
        shown.map(|tick| (scaled(tick), numbers::format(tick, 0, lang))).collect()
    });
    let room = (scaled(high) - scaled(low)).max(1e-9);
    let ends = if extras.counts { (0.0, scaled(high) * 1.12) } else { (low - room * 0.08, high + room * 0.12) };
    let names = months(first, last).into_iter().map(|(day, name)| (since(day), name)).collect();
    let across = Axis { ends: (-0.01 * length, 1.01 * length), title: "", names: Some(names), whole: false };
    let up = Axis { ends, title: axis, names: powers, whole: false };
    let size = 17.0 * unit;
    let beside = (sheet.body[2] - sheet.body[0]) * 0.24;
    let widest = tracks.iter().map(|track| text::width(&track.label, size, true)).fold(0.0, f32::max).min(beside);
    let plane = plane(frame, &mut sheet, &across, &up, if tracks.len() > 1 { widest + 34.0 * unit } else { 20.0 * unit })?;
    let scene = &mut sheet.scene;
    bands(scene, extras, &plane, &since, unit);
    if extras.moons {
        moons(scene, &moon::phases(first, last), &plane, &since, unit);
    }
    for (level, words) in &extras.levels {
        let y = plane.y(scaled(*level));
        let red = if frame.imprint.bw { INK } else { LIMIT };
        let stroke = Stroke { colour: red, width: 2.0 * unit, dash: 8.0 * unit };
        scene.line(vec![[plane.area[0], y], [plane.area[2], y]], stroke);
        let at = [plane.area[0] + 8.0 * unit, y - 6.0 * unit];
        scene.write(Text::new(words.as_str(), at, 15.0 * unit).colour(red).halo(3.0 * unit));
    }
    let mut taken: Vec<[f32; 2]> = Vec::new();
    for track in tracks {
        let place = |(day, value): &(NaiveDate, f64)| [plane.x(since(*day)), plane.y(scaled(*value))];
        for run in runs(&track.points) {
            let points: Vec<[f32; 2]> = run.iter().map(place).collect();
            match points.len() {
                1 => scene.items.push(Item::Disc { centre: points[0], radius: 2.5 * unit, fill: track.colour, stroke: None }),
                _ => scene.line(points, Stroke { colour: track.colour, width: 2.0 * unit, dash: track.dash * unit }),
            }
        }
        for peak in track.points.iter().filter(|(day, _)| track.peaks.contains(day)).rev() {
            let centre = place(peak);
            let stroke = Some(Stroke { colour: Rgb::WHITE, width: 1.5 * unit, dash: 0.0 });
            scene.items.push(Item::Disc { centre, radius: 5.5 * unit, fill: track.colour, stroke });
            let day = dates::format_day_short(peak.0, lang);
            let half = text::width(&day, 15.0 * unit, true) / 2.0 + 4.0 * unit;
            // The newest peaks keep their day; older ones only where there is room.
            if taken.iter().all(|span| centre[0] + half < span[0] || centre[0] - half > span[1]) {
                taken.push([centre[0] - half, centre[0] + half]);
                let words = Text::new(day, [centre[0], centre[1] - 11.0 * unit], 15.0 * unit);
                scene.write(words.bold().colour(super::series::readable(track.colour)).anchor(Anchor::Middle).halo(3.0 * unit));
            }
        }
    }
    if tracks.len() > 1 {
        let mut y = plane.area[1] + size;
        for track in tracks {
            let x = plane.area[2] + 15.0 * unit;
            let words = text::shorten(&track.label, size, true, beside);
            scene.write(Text::new(words, [x, y], size).bold().colour(super::series::readable(track.colour)));
            y += size * 1.4;
        }
    }
    if all().next().is_none() {
        say_empty(scene, plane.area, lang);
    }
    // Logarithms and days to act have no like in the charts of the suites.
    let plain = !extras.counts && !extras.moons && extras.bands.is_empty();
    if plain && all().next().is_some() && length <= LONGEST {
        let limit = if frame.imprint.bw { INK } else { LIMIT };
        sheet.scene.plot = Some(plot((axis, limit), tracks, extras, (first, last), lang));
    }
    Ok(sheet.scene)
}

/// Levels to keep within.
const LIMIT: Rgb = Rgb(176, 42, 36);
/// Days that a chart of a suite holds.
const LONGEST: f64 = 400.0;

/// The readings as numbers, a category for each day.
fn plot(
    (axis, limit): (&str, Rgb),
    tracks: &[Track],
    extras: &Extras,
    (first, last): (NaiveDate, NaiveDate),
    lang: Lang,
) -> Plot {
    let days: Vec<NaiveDate> = first.iter_days().take_while(|day| *day <= last).collect();
    let of = |track: &Track| Series {
        name: track.label.clone(),
        values: days.iter().map(|day| track.points.iter().find(|(own, _)| own == day).map(|(_, value)| *value)).collect(),
        fills: vec![Fill::Colour(track.colour)],
        look: Look::Now,
    };
    let level = |(level, words): &(f64, String)| Series {
        name: words.clone(),
        values: vec![Some(*level); days.len()],
        fills: vec![Fill::Colour(limit)],
        look: Look::Limit,
    };
    let numbers =
        tracks.iter().flat_map(|track| &track.points).map(|(_, value)| *value).chain(extras.levels.iter().map(|(l, _)| *l));
    let (low, high) = numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high): (f64, f64), n| (low.min(n), high.max(n)));
    // Down to a round number a little below the lowest.
    let step = 10f64.powf(((high - low).max(1e-9) / 2.0).log10().floor());
    let from = ((low - step / 10.0) / step).floor() * step;
    Plot {
        kind: PlotKind::Lines,
        categories: days.iter().map(|day| dates::format_day_short(*day, lang)).collect(),
        series: tracks.iter().map(of).chain(extras.levels.iter().map(level)).collect(),
        axis: axis.to_owned(),
        from: Some(from),
        ..Plot::default()
    }
}

/// Stretches of readings without a gap.
fn runs(points: &[(NaiveDate, f64)]) -> impl Iterator<Item = &[(NaiveDate, f64)]> {
    let mut gaps: Vec<i64> = points.windows(2).map(|pair| (pair[1].0 - pair[0].0).num_days()).collect();
    gaps.sort_unstable();
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(1);
    points.chunk_by(move |a, b| (b.0 - a.0).num_days() <= usual + usual.max(2) / 2)
}

fn bands(scene: &mut Scene, extras: &Extras, plane: &super::plane::Plane, since: &dyn Fn(NaiveDate) -> f64, unit: f32) {
    let size = 15.0 * unit;
    for (number, band) in extras.bands.iter().enumerate() {
        let (left, right) = (plane.x(since(band.days.0) - 0.5), plane.x(since(band.days.1) + 0.5));
        let (left, right) = (left.max(plane.area[0]), right.min(plane.area[2]).max(left + 2.0 * unit));
        let fill = Fill::Colour(band.colour.paler(0.72));
        scene.rectangle([left, plane.area[1], right - left, plane.area[3] - plane.area[1]], Some(fill), None);
        // Words of bands side by side stand under one another.
        let y = plane.area[1] + size * (1.2 + 1.25 * number as f32);
        let (x, anchor) = if left > (plane.area[0] + plane.area[2]) / 2.0 {
            (right.min(plane.area[2]) - 3.0 * unit, Anchor::End)
        } else {
            (left + 3.0 * unit, Anchor::Start)
        };
        scene.write(
            Text::new(band.label.as_str(), [x, y], size)
                .bold()
                .colour(super::series::readable(band.colour))
                .anchor(anchor)
                .halo(3.0 * unit),
        );
    }
}

/// Full moons as open discs and new moons as full ones along the foot of the plot.
fn moons(scene: &mut Scene, phases: &[Phase], plane: &super::plane::Plane, since: &dyn Fn(NaiveDate) -> f64, unit: f32) {
    // Over many years the discs would touch and tell nothing.
    let apart = (plane.area[2] - plane.area[0]) / phases.len().max(1) as f32;
    if apart < 12.0 * unit {
        return;
    }
    for phase in phases {
        let centre = [plane.x(since(phase.day)), plane.area[3] - 12.0 * unit];
        let fill = if phase.full { Rgb(255, 246, 204) } else { GREY };
        let stroke = Some(Stroke { colour: GREY, width: 1.2 * unit, dash: 0.0 });
        scene.items.push(Item::Disc { centre, radius: 5.0 * unit, fill, stroke });
    }
}

/// Firsts of months (of years, where there are many) with their names.
fn months(first: NaiveDate, last: NaiveDate) -> Vec<(NaiveDate, String)> {
    let span = (last - first).num_days();
    let mut found = Vec::new();
    if span <= 62 {
        let step = match span {
            0..=12 => 1,
            13..=24 => 2,
            _ => 7,
        };
        let mut day = first;
        while day <= last {
            found.push((day, format!("{:02}/{:02}", day.day(), day.month())));
            day += chrono::TimeDelta::days(step);
        }
        return found;
    }
    for year in first.year()..=last.year() {
        let wanted: &[u32] = match span {
            0..=800 => &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
            801..=1600 => &[1, 4, 7, 10],
            _ => &[1],
        };
        for &month in wanted {
            if let Some(day) = NaiveDate::from_ymd_opt(year, month, 1).filter(|day| (first..=last).contains(day)) {
                let name = if span > 1600 { year.to_string() } else { format!("{month:02}/{year}") };
                found.push((day, name));
            }
        }
    }
    found
}

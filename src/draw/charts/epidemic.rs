//! The epidemic curve: bars that touch, a week each, by group; weeks not fully reported on grey, with the number to expect.

use super::plane::{Axis, plane};
use super::{Frame, say_empty};
use crate::draw::Scene;
use crate::draw::plot::{Look, Plot, PlotKind, Series};
use crate::draw::scene::{Fill, Stroke};
use crate::outbreaks::curve::Week;
use crate::run::Result;
use crate::scale::Rgb;
use crate::values::{Lang, dates};

/// Ground of weeks that are not fully reported.
const OPEN: Rgb = Rgb(232, 234, 237);

/// Draws weeks; `groups` are paints and words, the lowest first.
pub fn draw(frame: &Frame, axis: &str, weeks: &[Week], groups: &[(Fill, String)]) -> Result<Scene> {
    let lang = frame.imprint.lang;
    let mut keys: Vec<(Fill, String)> = if groups.len() > 1 { groups.to_vec() } else { Vec::new() };
    let open = weeks.iter().any(Week::is_open);
    if open {
        keys.push((Fill::Colour(OPEN), lang.pick("chưa báo đủ", "not fully reported").to_owned()));
        keys.push((Fill::Colour(Rgb::WHITE), lang.pick("ước khi báo đủ", "expected once reported").to_owned()));
    }
    let mut sheet = frame.sheet(&keys);
    let unit = sheet.unit;
    let highest = weeks.iter().map(|week| week.expected().unwrap_or(0.0).max(week.total() as f64)).fold(0.0, f64::max);
    let names = weeks.iter().enumerate().map(|(i, week)| (i as f64, dates::format_day_short(week.from, lang))).collect();
    let years: Vec<i32> = weeks.iter().map(|week| chrono::Datelike::year(&week.from)).collect();
    let title = match (years.first(), years.last()) {
        (Some(a), Some(b)) if a == b => {
            format!("{} {a}", lang.pick("tuần khởi phát, bắt đầu ngày; năm", "week of onset, beginning on; year"))
        }
        (Some(a), Some(b)) => {
            format!("{} {a}–{b}", lang.pick("tuần khởi phát, bắt đầu ngày; năm", "week of onset, beginning on; years"))
        }
        _ => lang.pick("tuần khởi phát", "week of onset").to_owned(),
    };
    let last = weeks.len().max(1) as f64 - 1.0;
    let across = Axis { ends: (-0.5, last + 0.5), title: &title, names: Some(names), whole: false };
    let up = Axis { ends: (0.0, (highest * 1.08).max(1.0)), title: axis, names: None, whole: true };
    let plane = plane(frame, &mut sheet, &across, &up, 24.0 * unit)?;
    let scene = &mut sheet.scene;
    let [_, head, _, foot] = plane.area;
    let edges = |i: usize| [plane.x(i as f64 - 0.5), plane.x(i as f64 + 0.5)];
    for (i, _) in weeks.iter().enumerate().filter(|(_, week)| week.is_open()) {
        let [l, r] = edges(i);
        scene.rectangle([l, head, r - l, foot - head], Some(Fill::Colour(OPEN)), None);
    }
    let rim = Stroke { colour: Rgb::WHITE, width: 0.8 * unit, dash: 0.0 };
    let wide = Stroke { colour: Rgb(90, 96, 102), width: 1.4 * unit, dash: 5.0 * unit };
    for (i, week) in weeks.iter().enumerate() {
        let [l, r] = edges(i);
        let gap = if r - l > 12.0 * unit { 1.0 * unit } else { 0.0 };
        if let Some(expected) = week.expected() {
            let top = plane.y(expected);
            scene.rectangle([l + gap, top, r - l - 2.0 * gap, foot - top], Some(Fill::Colour(Rgb::WHITE)), Some(wide));
        }
        let mut sum = 0.0;
        for (count, (fill, _)) in week.counts.iter().zip(groups).filter(|(count, _)| **count > 0) {
            let (low, high) = (plane.y(sum), plane.y(sum + *count as f64));
            let stroke = (r - l > 6.0 * unit).then_some(rim);
            scene.rectangle([l + gap, high, r - l - 2.0 * gap, low - high], Some(*fill), stroke);
            sum += *count as f64;
        }
    }
    if weeks.is_empty() {
        say_empty(scene, plane.area, lang);
    }
    sheet.scene.plot = Some(plot(axis, &title, weeks, groups, lang));
    Ok(sheet.scene)
}

/// The weeks as numbers, what is expected once all is reported on top.
fn plot(axis: &str, across: &str, weeks: &[Week], groups: &[(Fill, String)], lang: Lang) -> Plot {
    let group = |(at, (fill, name)): (usize, &(Fill, String))| Series {
        name: if groups.len() > 1 { name.clone() } else { axis.to_owned() },
        values: weeks.iter().map(|week| week.counts.get(at).map(|count| *count as f64)).collect(),
        fills: vec![*fill],
        ..Series::default()
    };
    let more = |week: &Week| week.expected().map(|expected| (expected - week.total() as f64).max(0.0));
    let expected = weeks.iter().any(Week::is_open).then(|| Series {
        name: lang.pick("ước còn thêm khi báo đủ", "expected once all is reported").to_owned(),
        values: weeks.iter().map(more).collect(),
        fills: vec![Fill::Colour(Rgb::WHITE)],
        look: Look::Expected,
    });
    Plot {
        kind: PlotKind::Columns,
        categories: weeks.iter().map(|week| dates::format_day_short(week.from, lang)).collect(),
        series: groups.iter().enumerate().map(group).chain(expected).collect(),
        axis: axis.to_owned(),
        across: across.to_owned(),
        ..Plot::default()
    }
}

//! Areas by week, one on top of the other. Only amounts that add up may be stacked.

use super::Frame;
use super::plane::{Axis, plane};
use crate::draw::plot::{Plot, PlotKind, Series};
use crate::draw::scene::{Fill, Item, Point, Scene, Stroke};
use crate::run::Result;
use crate::scale::Rgb;
use crate::values::{Period, dates};

/// One band, from the foot up; a week without a number is a gap in all bands.
pub struct Band {
    /// Words
    pub label: String,
    /// Paint
    pub fill: Fill,
    /// A value per week
    pub values: Vec<Option<f64>>,
}

/// Draws bands over weeks.
pub fn draw(frame: &Frame, axis: &str, weeks: &[Period], bands: &[Band]) -> Result<Scene> {
    let lang = frame.imprint.lang;
    // The key stands as the bands do, the uppermost first.
    let keys: Vec<(Fill, String)> = bands.iter().rev().map(|band| (band.fill, band.label.clone())).collect();
    let mut sheet = frame.sheet(&keys);
    let unit = sheet.unit;
    let known = |week: usize| bands.iter().any(|band| band.values[week].is_some());
    let total = |week: usize, upto: usize| bands[..upto].iter().filter_map(|band| band.values[week]).sum::<f64>();
    let highest = (0..weeks.len()).map(|week| total(week, bands.len())).fold(0.0f64, f64::max);
    let last = weeks.len().saturating_sub(1) as f64;
    let names = weeks.iter().enumerate().map(|(i, week)| (i as f64, dates::format_day_short(week.from, lang))).collect();
    let title = lang.pick("tuần bắt đầu ngày", "week beginning");
    let across = Axis { ends: (-0.15, last + 0.15), title, names: Some(names), whole: false };
    let up = Axis { ends: (0.0, if highest > 0.0 { highest * 1.06 } else { 1.0 }), title: axis, names: None, whole: false };
    let plane = plane(frame, &mut sheet, &across, &up, 20.0 * unit)?;
    let rim = Stroke { colour: Rgb::WHITE, width: 1.2 * unit, dash: 0.0 };
    let known: Vec<bool> = (0..weeks.len()).map(known).collect();
    let mut start = 0;
    for run in known.chunk_by(|a, b| a == b) {
        let (from, to) = (start, start + run.len());
        start = to;
        if !run[0] {
            continue;
        }
        for (i, band) in bands.iter().enumerate() {
            let edge = |week: usize, upto: usize| -> Point { [plane.x(week as f64), plane.y(total(week, upto))] };
            let mut ring: Vec<Point> = (from..to).map(|week| edge(week, i + 1)).collect();
            ring.extend((from..to).rev().map(|week| edge(week, i)));
            if run.len() == 1 {
                // One week alone is a line upright, wide enough to be seen.
                let (x, half) = (plane.x(from as f64), 5.0 * unit);
                let (top, foot) = (plane.y(total(from, i + 1)), plane.y(total(from, i)));
                ring = vec![[x - half, top], [x + half, top], [x + half, foot], [x - half, foot]];
            }
            sheet.scene.items.push(Item::Area { rings: vec![ring], fill: Some(band.fill), stroke: Some(rim) });
        }
    }
    let series = |band: &Band| Series {
        name: band.label.clone(),
        values: band.values.clone(),
        fills: vec![band.fill],
        ..Series::default()
    };
    // Charts of the suites draw a gap in stacked areas as 0; among columns it is a gap.
    let whole = bands.iter().all(|band| band.values.iter().all(Option::is_some));
    sheet.scene.plot = Some(Plot {
        kind: if whole { PlotKind::Areas } else { PlotKind::Columns },
        categories: weeks.iter().map(|week| dates::format_day_short(week.from, lang)).collect(),
        series: bands.iter().map(series).collect(),
        axis: axis.to_owned(),
        across: title.to_owned(),
        ..Plot::default()
    });
    Ok(sheet.scene)
}

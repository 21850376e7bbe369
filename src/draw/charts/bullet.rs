//! Result against plan: a bar for the result, a mark for the plan, the attainment in words. More than the plan is seen.

use super::Frame;
use super::bars::rectangle;
use super::rows::{Numbers, fitting, rows};
use crate::draw::cut::Cut;
use crate::draw::furniture::{GREY, INK};
use crate::draw::plot::{Look, Plot, PlotKind, Series};
use crate::draw::scene::{Anchor, Fill, Scene, Stroke, Text};
use crate::draw::text;
use crate::run::Result;
use crate::scale::Rgb;
use crate::values::Lang;

/// One plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// Words at the left
    pub label: String,
    /// Result in per cent of the plan
    pub attainment: Option<f64>,
    /// Paint of the bar
    pub fill: Fill,
    /// Attainment, result and plan in words, or why there is none
    pub words: String,
    /// Result and plan in words
    pub detail: String,
}

fn named(goal: &Goal) -> String {
    let beside = if goal.attainment.is_none() { &goal.words } else { &goal.detail };
    if beside.is_empty() { goal.label.clone() } else { format!("{} – {beside}", goal.label) }
}

/// Draws one row per plan, in per cent of it, the furthest first; those that are behind keep their place on a page too small for all.
pub fn draw(frame: &Frame, goals: &[Goal], others: &dyn Fn(&[Goal]) -> Goal) -> Result<Scene> {
    let lang = frame.imprint.lang;
    let mut sheet = frame.sheet(&[]);
    let behind = |goal: &Goal| goal.attainment.is_some_and(|reached| reached < 100.0);
    let cut = Cut { known: |goal: &Goal| goal.attainment.is_some(), tail: &behind, others };
    let goals = &fitting(&sheet, goals, 1, &cut)[..];
    let unit = sheet.unit;
    let highest = goals.iter().filter_map(|goal| goal.attainment).fold(100.0f64, f64::max);
    let labels: Vec<&str> = goals.iter().map(|goal| goal.label.as_str()).collect();
    let beside = goals
        .iter()
        .map(|goal| text::width(&goal.words, 18.0 * unit, true).max(text::width(&goal.detail, 15.0 * unit, false)))
        .fold(0.0, f32::max);
    let axis = lang.pick("% kế hoạch", "% of plan");
    let numbers = Numbers { ends: (0.0, highest), axis, whole: false, written: true, beside: beside + 20.0 * unit, mark: 0.0 };
    let rows = rows(frame, &mut sheet, &labels, &numbers)?;
    let scene = &mut sheet.scene;
    let (zero, plan) = (rows.x(0.0), rows.x(100.0));
    for (row, goal) in goals.iter().enumerate() {
        let (middle, tall) = (rows.y(row), rows.height.min(110.0 * unit));
        let ground = Rgb(233, 236, 239);
        scene.rectangle([zero, middle - tall * 0.36, plan - zero, tall * 0.72], Some(Fill::Colour(ground)), None);
        let end = rows.x(goal.attainment.unwrap_or(0.0));
        if goal.attainment.is_some() {
            rectangle(scene, [zero, middle - tall * 0.2, (end - zero).max(0.0), tall * 0.4], goal.fill, unit);
        }
        let mark = Stroke { colour: INK, width: 3.0 * unit, dash: 0.0 };
        scene.line(vec![[plan, middle - tall * 0.4], [plan, middle + tall * 0.4]], mark);
        let two = !goal.detail.is_empty() && tall > 40.0 * unit;
        let size = rows.size.min(18.0 * unit);
        let x = end.max(plan) + 10.0 * unit;
        let base = middle + size * if two { -0.08 } else { 0.36 };
        let words = Text::new(goal.words.as_str(), [x, base], size);
        scene.write(if goal.attainment.is_some() { words.bold().colour(INK) } else { words.colour(GREY) });
        if two {
            let small = 15.0 * unit;
            scene.write(Text::new(goal.detail.as_str(), [x, base + small * 1.3], small).colour(GREY));
        }
    }
    // The mark says itself what it is, under the last row.
    let note = match lang {
        Lang::Vi => "kế hoạch (100 %)",
        Lang::En => "the plan (100 %)",
    };
    let foot = rows.y(goals.len()) - rows.height * 0.5 + 16.0 * unit;
    scene.write(Text::new(note, [plan, foot], 15.0 * unit).colour(INK).anchor(Anchor::Middle));
    sheet.scene.plot = Some(Plot {
        kind: PlotKind::Bars,
        // Result and plan in their units stand beside the name.
        categories: goals.iter().map(named).collect(),
        series: vec![
            Series {
                name: lang.pick("Đạt so với kế hoạch (%)", "Attainment (%)").to_owned(),
                values: goals.iter().map(|goal| goal.attainment).collect(),
                fills: goals.iter().map(|goal| goal.fill).collect(),
                ..Series::default()
            },
            Series {
                name: lang.pick("Kế hoạch = 100 %", "The plan = 100 %").to_owned(),
                values: goals.iter().map(|goal| goal.attainment.map(|_| 100.0)).collect(),
                fills: vec![Fill::Colour(Rgb(200, 204, 208))],
                look: Look::Limit,
            },
        ],
        axis: lang.pick("Đạt so với kế hoạch (%)", "Attainment (%)").to_owned(),
        ..Plot::default()
    });
    Ok(sheet.scene)
}

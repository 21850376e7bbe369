//! Results against plans.

use super::{ChartPage, framed, heading};
use crate::draw::Scene;
use crate::draw::charts::bullet::{self, Goal};
use crate::message;
use crate::model::Measured;
use crate::model::indicators::{Overall, Plan, attainment, overall};
use crate::project::By;
use crate::render::RenderContext;
use crate::render::remainder::Together;
use crate::run::{Fault, Place, Result};
use crate::scale::{Fill, Rgb, Scale};
use crate::values::{Lang, Value, numbers};
use crate::words::Headline;
use crate::words::headlines::of_plans;

/// Every programme over all communes; with a programme as measure, that programme by commune.
pub fn bullet(render: &RenderContext, page: &ChartPage) -> Result<Scene> {
    let lang = render.lang();
    let plans = &render.joined.indicators.plans;
    let wanted = page.chart.measure.as_str();
    let (title, rows) = if matches!(wanted, "" | "attainment_pct" | "area_ha") {
        let rows: Vec<(String, Value, Value, &Plan)> = plans.iter().map(|plan| of_all(plan, lang)).collect();
        (lang.pick("Kết quả thực hiện so kế hoạch", "Results against plan").to_owned(), rows)
    } else {
        let stem = wanted.strip_suffix("_attainment_pct").unwrap_or(wanted);
        let Some(plan) = plans.iter().find(|plan| plan.id == stem) else {
            let known = plans.iter().map(|plan| plan.id.as_str()).collect::<Vec<_>>().join(", ");
            return Err(Fault::new(
                "unknown-measure",
                Place { value: wanted.to_owned(), ..Place::default() },
                message!(
                    "không có chương trình \"{wanted}\"; đang có: {known}",
                    "there is no programme \"{wanted}\"; there are: {known}"
                ),
            ));
        };
        let names = render.joined.communes.names.iter();
        let rows = names.zip(plan.plan.iter().zip(&plan.result)).map(|(name, (p, r))| (name.clone(), *p, *r, plan)).collect();
        (format!("{} {}", plan.name.get(lang), lang.pick("so kế hoạch theo xã", "against plan by commune")), rows)
    };
    if rows.is_empty() {
        return Err(Fault::new(
            "measure-without-data",
            Place::default(),
            message!("dự án không có chỉ tiêu nào có plan và result", "the project has no indicator with plan and result"),
        ));
    }
    let reached: Vec<Value> = rows.iter().map(|(_, plan, result, _)| attainment(*plan, *result)).collect();
    let numbers: Vec<f64> = reached.iter().filter_map(|value| value.number()).collect();
    let name = page.chart.scale.as_deref().unwrap_or("attainment");
    let scale = Scale::new(name, render.project.scales.get(name), &numbers, render.style())?;
    // What reached its plan has one paint, however far beyond it is: the length tells that.
    let most = numbers.iter().copied().fold(0.0f64, f64::max);
    let paint = |number: f64| scale.fill(if number >= 100.0 && page.chart.scale.is_none() { most } else { number });
    let mut goals: Vec<Goal> = rows
        .into_iter()
        .zip(reached)
        .map(|((label, plan, result, of), reached)| Goal {
            label,
            attainment: reached.number(),
            fill: reached.number().map_or(Fill::Colour(Rgb::GREY), paint),
            words: words(plan, reached, lang),
            detail: detail(plan, result, of, lang),
        })
        .collect();
    goals.sort_by(|a, b| b.attainment.unwrap_or(f64::NEG_INFINITY).total_cmp(&a.attainment.unwrap_or(f64::NEG_INFINITY)));
    let by = if matches!(wanted, "" | "attainment_pct" | "area_ha") { By::Programme } else { By::Commune };
    let others = Together { by, adds: false, decimals: 2, lang };
    let things = if by == By::Programme { ("chương trình", "programmes") } else { ("xã", "communes") };
    let ranks: Vec<(String, Option<f64>)> = goals.iter().map(|goal| (goal.label.clone(), goal.attainment)).collect();
    let found = of_plans(&ranks, things, lang);
    let found = if found.title.is_empty() { Headline::plain(title.as_str()) } else { found };
    framed(render, page, heading(found, title), "", |frame| bullet::draw(frame, &goals, &|hidden| others.goal(hidden)))
}

/// A programme over all communes; where not all have told their result, its name says how many have.
fn of_all(plan: &Plan, lang: Lang) -> (String, Value, Value, &Plan) {
    let Overall { plan: planned, result, communes: [known, all] } = overall(plan.quantity, &plan.plan, &plan.result);
    let name = plan.name.get(lang);
    let name = match (known == all || known == 0, lang) {
        (true, _) => name.to_owned(),
        (false, Lang::Vi) => format!("{name} ({known}/{all} xã)"),
        (false, Lang::En) => format!("{name} ({known} of {all} communes)"),
    };
    // Without any result the plan is still worth showing.
    let planned = if known == 0 { Measured::sum(plan.quantity, &plan.plan) } else { planned };
    (name, planned, result, plan)
}

/// Attainment in two decimals, as reports have it.
fn words(plan: Value, reached: Value, lang: Lang) -> String {
    match (plan, reached) {
        (_, Value::Number(number)) => {
            let decimals = if number.fract() == 0.0 { 0 } else { 2 };
            format!("{} %", numbers::format(number, decimals, lang))
        }
        (Value::Number(_), Value::OutOfScope) | (Value::NoData, _) => lang.pick("không có kế hoạch", "no plan").to_owned(),
        (_, other) => other.words(lang).to_owned(),
    }
}

fn detail(plan: Value, result: Value, of: &Plan, lang: Lang) -> String {
    let measured = Measured {
        id: of.id.clone(),
        name: of.name.clone(),
        unit: of.unit.clone(),
        quantity: of.unit.quantity(),
        decimals: None,
        values: vec![plan, result],
        total: Value::NoData,
        scale: "attainment",
        signed: false,
    };
    let decimals = measured.decimals();
    let write = |value: Value| value.number().map(|number| numbers::format(number, decimals, lang));
    match (write(result), write(plan)) {
        (Some(result), Some(plan)) => format!("{result} / {plan} {}", of.unit.get(lang)).trim_end().to_owned(),
        (Some(result), None) => format!("{result} {}", of.unit.get(lang)).trim_end().to_owned(),
        _ => String::new(),
    }
}

//! Which charts a run draws, and from what.

use super::{Job, key, of_period, titles};
use crate::draw::Scene;
use crate::draw::charts::{Bar, Line, bars, series};
use crate::measures::enterprises::enterprises;
use crate::measures::series::{value, weeks};
use crate::measures::{Measure, When, World, catalogue};
use crate::message;
use crate::project::{By, ChartKey, ChartKind, Project};
use crate::publish::tables::ByPeriod;
use crate::publish::xlsx::state;
use crate::run::{Fault, Place, Result};
use crate::scale::named::qualitative;
use crate::scale::{Rgb, Scale};
use crate::values::{Lang, Value};

/// The charts of a project, ready to be drawn.
pub fn charts<'a>(project: &'a Project, world: &'a World, periods: &'a ByPeriod) -> Vec<Job<'a>> {
    let list = project.charts.clone().unwrap_or_else(|| defaults(world));
    list.into_iter()
        .map(|chart| Job { id: chart.id.clone(), draw: Box::new(move || draw(project, world, periods, &chart)) })
        .collect()
}

/// What to draw when the project does not say.
fn defaults(world: &World) -> Vec<ChartKey> {
    let chart = |id: &str, kind: ChartKind, measure: Measure, by: By| ChartKey {
        id: id.to_owned(),
        kind,
        measure: measure.id().to_owned(),
        by,
        pest: None,
        title: String::new(),
    };
    let mut list = Vec::new();
    if Measure::LinkedAtRiskHa.available(world) {
        list.push(chart("linked-at-risk-by-commune", ChartKind::Bar, Measure::LinkedAtRiskHa, By::Commune));
        list.push(chart("linked-at-risk-by-pest", ChartKind::Bar, Measure::LinkedAtRiskHa, By::Pest));
        list.push(chart("linked-at-risk-by-enterprise", ChartKind::Bar, Measure::LinkedAtRiskHa, By::Enterprise));
    }
    if Measure::InfestedHa.available(world) {
        list.push(chart("infested-by-pest", ChartKind::Bar, Measure::InfestedHa, By::Pest));
        if world.forecasts.as_ref().is_some_and(|forecasts| forecasts.days.iter().flatten().count() > 1) {
            list.push(chart("infested-by-week", ChartKind::TimeSeries, Measure::InfestedHa, By::Pest));
        }
    }
    if !world.indicators.plans.is_empty() {
        list.push(ChartKey {
            measure: "attainment_pct".to_owned(),
            ..chart("attainment", ChartKind::Bar, Measure::AreaHa, By::Programme)
        });
    }
    list
}

fn draw(project: &Project, world: &World, periods: &ByPeriod, chart: &ChartKey) -> Result<Scene> {
    match chart.kind {
        ChartKind::Bar => draw_bars(project, world, periods, chart),
        ChartKind::TimeSeries => draw_series(project, world, chart),
    }
}

fn draw_bars(project: &Project, world: &World, periods: &ByPeriod, chart: &ChartKey) -> Result<Scene> {
    let lang = project.language;
    let Some(current) = of_period(periods, When::Current) else {
        return Err(Fault::new("no-period", Place::default(), message!("không có kỳ báo cáo", "there is no period")));
    };
    let by_word = match chart.by {
        By::Pest => lang.pick("theo sâu bệnh", "by pest"),
        By::Commune => lang.pick("theo xã", "by commune"),
        By::Enterprise => lang.pick("theo doanh nghiệp", "by enterprise"),
        By::Programme => lang.pick("theo chương trình", "by programme"),
    };
    let mut note = "";
    let (name, unit, mut list): (String, String, Vec<(String, Value)>) = match chart.by {
        By::Programme => {
            let rows = world.indicators.plans.iter().filter_map(|plan| {
                let attainment = world.indicators.find(&format!("{}_attainment_pct", plan.id))?;
                Some((plan.name.get(lang).to_owned(), attainment.total))
            });
            let name = lang.pick("Kết quả thực hiện so kế hoạch", "Results against plan");
            (name.to_owned(), lang.pick("% kế hoạch", "% of plan").to_owned(), rows.collect())
        }
        By::Commune => {
            let measured = catalogue::measure(world, current, &key(&chart.measure, chart.pest.as_ref(), None))?;
            let rows = world.communes.names.iter().cloned().zip(measured.values.iter().copied()).collect();
            (measured.name.get(lang).to_owned(), measured.unit.get(lang).to_owned(), rows)
        }
        By::Pest => {
            let pests = world.forecasts.as_ref().map_or(&[][..], |forecasts| &forecasts.pests);
            let whole = catalogue::measure(world, current, &key(&chart.measure, None, None))?;
            let mut rows = Vec::new();
            for pest in pests {
                let measured = catalogue::measure(world, current, &key(&chart.measure, Some(pest), None))?;
                rows.push((pest.clone(), measured.total));
            }
            note = lang.pick(
                "Một thửa có thể bị nhiều loại sâu bệnh: không cộng các cột với nhau",
                "A field may have several pests: bars do not add up",
            );
            (whole.name.get(lang).to_owned(), whole.unit.get(lang).to_owned(), rows)
        }
        By::Enterprise => {
            let at_risk = chart.measure == Measure::LinkedAtRiskHa.id();
            let kind = if at_risk { Measure::LinkedAtRiskHa } else { Measure::LinkedHa };
            if !at_risk && chart.measure != Measure::LinkedHa.id() {
                return Err(wrong_measure(chart, "linked_ha, linked_at_risk_ha"));
            }
            let unnamed = lang.pick("(không ghi)", "(not stated)");
            let rows = enterprises(world, current)
                .into_iter()
                .map(|e| {
                    let name = if e.name.is_empty() { unnamed.to_owned() } else { e.name.clone() };
                    let risk = if e.surveyed_ha > 0.0 { Value::Number(e.at_risk_ha) } else { Value::NotSurveyed };
                    (name, if at_risk { risk } else { Value::Number(e.contracted_ha) })
                })
                .collect();
            (kind.name().get(lang).to_owned(), kind.unit().get(lang).to_owned(), rows)
        }
    };
    // Sort is stable: equal bars keep the order of their codes or names.
    list.sort_by(|a, b| b.1.number().unwrap_or(-1.0).total_cmp(&a.1.number().unwrap_or(-1.0)));
    let colours = colours(project, world, chart, &list)?;
    let bars_: Vec<Bar> = list
        .into_iter()
        .zip(colours)
        .map(|((label, value), colour)| Bar { label, value: value.number(), reason: state(value, lang).to_owned(), colour })
        .collect();
    let title = if !chart.title.is_empty() {
        chart.title.clone()
    } else if chart.by == By::Programme {
        name.clone()
    } else {
        format!("{name} {by_word}")
    };
    let mut titles = titles(project, world, title);
    if !note.is_empty() {
        titles.subtitle = format!("{}  ·  {note}", titles.subtitle);
    }
    bars(&chart.id, &titles, project, &axis(&name, &unit), &bars_)
}

fn axis(name: &str, unit: &str) -> String {
    if unit.is_empty() { name.to_owned() } else { format!("{name} ({unit})") }
}

/// Communes take the colours of their map; pests keep one colour each on every chart.
fn colours(project: &Project, world: &World, chart: &ChartKey, list: &[(String, Value)]) -> Result<Vec<Rgb>> {
    let numbers: Vec<f64> = list.iter().filter_map(|(_, value)| value.number()).collect();
    let by_scale = |name: &str| -> Result<Vec<Rgb>> {
        let scale = Scale::new(name, project.scales.get(name), &numbers, project.language)?;
        Ok(list.iter().map(|(_, value)| value.number().map_or(Rgb(160, 160, 160), |number| scale.colour(number))).collect())
    };
    match chart.by {
        By::Programme => by_scale("attainment"),
        By::Pest => {
            let pests = world.forecasts.as_ref().map_or(&[][..], |forecasts| &forecasts.pests);
            let all = qualitative(pests.len());
            Ok(list
                .iter()
                .map(|(name, _)| pests.iter().position(|pest| pest == name).map_or(Rgb(160, 160, 160), |i| all[i]))
                .collect())
        }
        By::Commune | By::Enterprise => Ok(vec![qualitative(1)[0]; list.len()]),
    }
}

fn draw_series(project: &Project, world: &World, chart: &ChartKey) -> Result<Scene> {
    let lang = project.language;
    let Some(kind) = Measure::find(&chart.measure).filter(|kind| value(kind.id(), &Default::default()).is_some()) else {
        return Err(wrong_measure(chart, "infested_ha, infested_share_pct, mean_severity, surveyed_ha, linked_at_risk_ha"));
    };
    if !kind.available(world) {
        return Err(wrong_measure(chart, "area_ha"));
    }
    let weeks = weeks(world);
    if weeks.is_empty() {
        return Err(Fault::new(
            "no-weeks",
            Place::default(),
            message!("các bảng dự báo không có ngày nào", "the forecast tables have no dates"),
        ));
    }
    let pests = world.forecasts.as_ref().map_or(&[][..], |forecasts| &forecasts.pests);
    let number = |account| value(kind.id(), account).and_then(Value::number);
    let lines: Vec<Line> = match (&chart.pest, chart.by) {
        (Some(pest), _) => {
            let at = catalogue::pest_number(world, pest)?;
            vec![Line {
                label: pest.clone(),
                colour: qualitative(pests.len())[at],
                values: weeks.iter().map(|week| number(&week.pests[at])).collect(),
            }]
        }
        (None, By::Pest) => {
            let colours = qualitative(pests.len());
            let line = |(i, pest): (usize, &String)| Line {
                label: pest.clone(),
                colour: colours[i],
                values: weeks.iter().map(|week| number(&week.pests[i])).collect(),
            };
            pests.iter().enumerate().map(line).collect()
        }
        _ => {
            let label = match lang {
                Lang::Vi => "toàn vùng",
                Lang::En => "all communes",
            };
            vec![Line {
                label: label.to_owned(),
                colour: qualitative(1)[0],
                values: weeks.iter().map(|week| number(&week.all)).collect(),
            }]
        }
    };
    let (name, unit) = (kind.name(), kind.unit());
    let title = if chart.title.is_empty() {
        format!("{} {}", name.get(lang), lang.pick("theo tuần", "by week"))
    } else {
        chart.title.clone()
    };
    let periods: Vec<_> = weeks.iter().map(|week| week.period).collect();
    series(&chart.id, &titles(project, world, title), project, &axis(name.get(lang), unit.get(lang)), &periods, &lines)
}

fn wrong_measure(chart: &ChartKey, possible: &str) -> Fault {
    let measure = &chart.measure;
    Fault::new(
        "unknown-measure",
        Place { value: measure.clone(), ..Place::default() },
        message!(
            "biểu đồ loại này không vẽ được \"{measure}\"; vẽ được: {possible}",
            "this kind of chart cannot show \"{measure}\"; it can show: {possible}"
        ),
    )
}

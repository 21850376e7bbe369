//! Which charts a run draws, and from what.

mod commune;
mod outbreaks;
mod plans;
mod ranked;
mod weekly;

use super::atlas::{ChartPage, chart_pages};
use super::readings::{Wanted, file_name, of_sensors, of_traps};
use super::studio::Studio;
use super::{Job, Picture, listed, of_period};
use crate::draw::Scene;
use crate::draw::charts::Frame;
use crate::measures::{Measure, Measured, When};
use crate::message;
use crate::project::{By, ChartKey, ChartKind, Compare};
use crate::run::{Fault, Place, Result};
use crate::values::{Lang, text::nearest};

/// The charts of a project, ready to be drawn.
pub fn charts<'a>(studio: &'a Studio<'a>) -> Vec<Job<'a>> {
    let project = studio.project;
    let list = listed(project.charts.as_ref(), project.defaults, || defaults(studio), |chart| &chart.id);
    list.iter()
        .flat_map(|chart| chart_pages(studio, chart))
        .map(|page| Job { id: page.chart.id.clone(), picture: Picture::Still(Box::new(move || draw(studio, &page))) })
        .collect()
}

/// What to draw when the project does not say.
fn defaults(studio: &Studio) -> Vec<ChartKey> {
    let world = studio.world;
    let chart = |id: &str, kind: ChartKind, measure: Measure, by: By| ChartKey {
        id: id.to_owned(),
        kind,
        measure: measure.id().to_owned(),
        by,
        ..ChartKey::default()
    };
    let mut list = Vec::new();
    let compared = of_period(studio.periods, When::Previous).is_some();
    if Measure::LinkedAtRiskHa.available(world) {
        list.push(chart("linked-at-risk-by-commune", ChartKind::Bar, Measure::LinkedAtRiskHa, By::Commune));
        list.push(chart("linked-at-risk-by-pest", ChartKind::Bar, Measure::LinkedAtRiskHa, By::Pest));
        list.push(chart("linked-at-risk-by-enterprise", ChartKind::Bar, Measure::LinkedAtRiskHa, By::Enterprise));
        if compared {
            list.push(chart("linked-at-risk-change", ChartKind::Dots, Measure::LinkedAtRiskHa, By::Commune));
        }
    }
    if Measure::InfestedHa.available(world) {
        list.push(chart("infested-by-pest", ChartKind::Bar, Measure::InfestedHa, By::Pest));
        list.push(chart("infested-by-severity", ChartKind::Stacked, Measure::InfestedHa, By::Commune));
        if world.forecasts.as_ref().is_some_and(|forecasts| forecasts.days.iter().flatten().count() > 1) {
            list.push(chart("infested-by-week", ChartKind::TimeSeries, Measure::InfestedHa, By::Pest));
            list.push(ChartKey {
                compare: Some(Compare::LastYear),
                ..chart("infested-against-last-year", ChartKind::TimeSeries, Measure::InfestedHa, By::Commune)
            });
            list.push(chart("infested-commune-week", ChartKind::Heatmap, Measure::InfestedHa, By::Commune));
        }
        if Measure::LinkedHa.available(world) {
            list.push(ChartKey {
                with: Some(Measure::LinkedHa.id().to_owned()),
                ..chart("infested-and-linked", ChartKind::Scatter, Measure::InfestedHa, By::Commune)
            });
        }
    }
    for table in &world.readings {
        for thing in &table.readings.things {
            let id = format!("{}-{}", table.id, file_name(thing));
            let kind = ChartKind::Readings;
            list.push(ChartKey { id, kind, measure: table.id.clone(), pest: Some(thing.clone()), ..ChartKey::default() });
        }
    }
    for table in &world.registers {
        let curve = chart(&format!("curve-{}", table.id), ChartKind::EpidemicCurve, Measure::AreaHa, By::Commune);
        list.push(ChartKey { measure: table.id.clone(), ..curve });
    }
    if !world.indicators.plans.is_empty() {
        let plans = chart("attainment", ChartKind::Bullet, Measure::AreaHa, By::Programme);
        list.push(ChartKey { measure: String::new(), ..plans });
    }
    list
}

fn draw(studio: &Studio, page: &ChartPage) -> Result<Scene> {
    match (page.chart.kind, page.chart.by) {
        (ChartKind::Bar, By::Programme) | (ChartKind::Bullet, _) => plans::bullet(studio, page),
        (ChartKind::Bar, _) => ranked::bars(studio, page),
        (ChartKind::Grouped, _) => ranked::grouped(studio, page),
        (ChartKind::Stacked, _) => ranked::stacked(studio, page),
        (ChartKind::Dots, _) => ranked::dots(studio, page),
        (ChartKind::TimeSeries, _) => weekly::series(studio, page),
        (ChartKind::Area, _) => weekly::area(studio, page),
        (ChartKind::Heatmap, _) => weekly::heatmap(studio, page),
        (ChartKind::Scatter, _) => commune::scatter(studio, page),
        (ChartKind::Histogram, _) => commune::histogram(studio, page),
        (ChartKind::Readings, _) => readings(studio, page),
        (ChartKind::EpidemicCurve, _) => outbreaks::epidemic_curve(studio, page),
        (ChartKind::Moran, _) => commune::moran(studio, page),
    }
}

/// Nights of light traps, or days of sensors.
fn readings(studio: &Studio, page: &ChartPage) -> Result<Scene> {
    let chart = &page.chart;
    let tables = &studio.world.readings;
    let Some(table) = tables.iter().find(|table| table.id == chart.measure) else {
        let known = tables.iter().map(|table| table.id.as_str()).collect::<Vec<_>>().join(", ");
        return Err(wrong_measure(chart, &known));
    };
    let things = &table.readings.things;
    let thing = match &chart.pest {
        None => 0,
        Some(name) => things.iter().position(|thing| thing == name).ok_or_else(|| {
            let known = things.join(", ");
            let place = Place { value: name.clone(), ..Place::default() };
            let message = message!("bảng không có \"{name}\"; có: {known}", "the table has no \"{name}\"; there are: {known}");
            let fault = Fault::new("unknown-thing", place, message);
            match nearest(name, things.iter().map(String::as_str)) {
                Some(near) => fault.hint(message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?")),
                None => fault,
            }
        })?,
    };
    let wanted = Wanted { since: None, moons: table.moon };
    let mut made = if table.is_sensed() {
        of_sensors(studio.project, &table.readings, thing, &table.limits, wanted)
    } else {
        of_traps(studio.project, &table.readings, thing, &table.said, &table.settings, wanted)
    };
    made.id.clone_from(&chart.id);
    if !chart.title.is_empty() {
        made.title.clone_from(&chart.title);
    }
    made.scene(studio.project, &studio.page(chart.page.as_ref()))
}

/// Draws with the frame that every chart has.
fn framed<T>(studio: &Studio, page: &ChartPage, title: &str, note: &str, draw: impl FnOnce(&Frame) -> T) -> T {
    let chart = &page.chart;
    let title = if chart.title.is_empty() { title } else { &chart.title };
    let titles = studio.titles(title.to_owned(), &chart.measure, page.week);
    let own = studio.page(chart.page.as_ref());
    let both = [note, &chart.note].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    draw(&Frame { id: &chart.id, titles: &titles, project: studio.project, page: &own, note: &both })
}

fn by_words(by: By, lang: Lang) -> &'static str {
    match by {
        By::Pest => lang.pick("theo sâu bệnh", "by pest"),
        By::Commune => lang.pick("theo xã", "by commune"),
        By::Enterprise => lang.pick("theo doanh nghiệp", "by enterprise"),
        By::Programme => lang.pick("theo chương trình", "by programme"),
    }
}

/// "Name (unit)" of a measure.
fn axis(measured: &Measured, lang: Lang) -> String {
    crate::draw::maps::with_unit(measured.name.get(lang), measured.unit.get(lang))
}

/// The pests of a run, in order.
fn pests<'a>(studio: &'a Studio) -> &'a [String] {
    studio.world.forecasts.as_ref().map_or(&[], |forecasts| &forecasts.pests)
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

//! Which charts a run draws, and from what.

mod cells;
mod commune;
mod divided;
pub mod forecast;
mod outbreaks;
pub mod overview;
mod plans;
pub mod ranked;
mod waffle;
mod weekly;

use super::listed;
use crate::draw::charts::Frame;
use crate::draw::{Job, Picture, Scene};
use crate::measures::Measure;
use crate::measures::list::{AREA_HA, INFESTED_HA, LINKED_AT_RISK_HA, LINKED_HA};
use crate::message;
use crate::model::readings::ReadingsTable;
use crate::model::{Measured, When, of_period};
use crate::project::{
    By, ByKeys, ChartConfig, ChartKind, Compare, DotsKeys, EpidemicCurveKeys, ForEach, Page, ScatterKeys, StackedKeys,
    TimeSeriesKeys,
};
use crate::render::atlas::{ChartPage, chart_pages};
use crate::render::readings::{ReadingsWanted, file_name, of_sensors, of_traps};
use crate::render::{Heading, RenderContext, Shown};
use crate::run::{Fault, Place, Result};
use crate::values::text::nearest;
use crate::values::{Lang, Period};
use crate::words::Headline;

/// The charts of a project, ready to be drawn.
pub fn charts<'a>(render: &'a RenderContext<'a>) -> Vec<Job<'a>> {
    every(render)
        .into_iter()
        .map(|page| Job { id: page.chart.id.clone(), picture: Picture::Still(Box::new(move || draw(render, &page))) })
        .collect()
}

/// Every page of the charts that the project lists, or of the default set.
fn every(render: &RenderContext) -> Vec<ChartPage> {
    let project = render.project;
    let list = listed(project.charts.as_ref(), project.defaults, || defaults(render), |chart| &chart.id);
    list.iter().flat_map(|chart| chart_pages(render, chart)).collect()
}

/// What to draw when the project does not say.
fn defaults(render: &RenderContext) -> Vec<ChartConfig> {
    let joined = render.joined;
    let chart = |id: &str, kind: ChartKind, measure: Measure| ChartConfig {
        id: id.to_owned(),
        kind,
        measure: measure.id.to_owned(),
        ..ChartConfig::default()
    };
    let bar = |by: By| ChartKind::Bar(ByKeys { by });
    let weekly = |keys: TimeSeriesKeys| ChartKind::TimeSeries(keys);
    let mut list = Vec::new();
    let compared = of_period(render.periods, When::Previous).is_some();
    if LINKED_AT_RISK_HA.available(joined) {
        list.push(chart("linked-at-risk-by-commune", bar(By::Commune), &LINKED_AT_RISK_HA));
        list.push(chart("linked-at-risk-by-pest", bar(By::Pest), &LINKED_AT_RISK_HA));
        list.push(chart("linked-at-risk-by-enterprise", bar(By::Enterprise), &LINKED_AT_RISK_HA));
        if compared {
            list.push(chart("linked-at-risk-change", ChartKind::Dots(DotsKeys::default()), &LINKED_AT_RISK_HA));
        }
    }
    if INFESTED_HA.available(joined) {
        list.push(chart("infested-by-pest", bar(By::Pest), &INFESTED_HA));
        list.push(chart("infested-by-severity", ChartKind::Stacked(StackedKeys::default()), &INFESTED_HA));
        if pests(render).len() > 1 {
            list.push(chart("infested-by-commune-and-pest", ChartKind::Matrix, &INFESTED_HA));
        }
        if joined.forecasts.as_ref().is_some_and(|forecasts| forecasts.days.iter().flatten().count() > 1) {
            let by_pest = TimeSeriesKeys { by: By::Pest, ..TimeSeriesKeys::default() };
            list.push(chart("infested-by-week", weekly(by_pest), &INFESTED_HA));
            let compared = TimeSeriesKeys { compare: Some(Compare::LastYear), ..TimeSeriesKeys::default() };
            list.push(chart("infested-against-last-year", weekly(compared), &INFESTED_HA));
            list.push(chart("infested-commune-week", ChartKind::Heatmap, &INFESTED_HA));
        }
        if LINKED_HA.available(joined) {
            let with = ScatterKeys { with: Some(LINKED_HA.id.to_owned()) };
            list.push(chart("infested-and-linked", ChartKind::Scatter(with), &INFESTED_HA));
        }
    }
    if joined.outlook.as_ref().is_some_and(|outlook| !outlook.rows.is_empty()) {
        list.push(ChartConfig { id: "forecast".to_owned(), kind: ChartKind::Forecast, ..ChartConfig::default() });
    }
    for table in &joined.readings {
        for property in &table.readings.properties {
            let id = format!("{}-{}", table.id, file_name(property));
            let kind = ChartKind::Readings;
            list.push(ChartConfig {
                id,
                kind,
                measure: table.id.clone(),
                pest: Some(property.clone()),
                ..ChartConfig::default()
            });
        }
    }
    for table in &joined.registers {
        let kind = ChartKind::EpidemicCurve(EpidemicCurveKeys::default());
        let curve = chart(&format!("curve-{}", table.id), kind, &AREA_HA);
        list.push(ChartConfig { measure: table.id.clone(), ..curve });
    }
    if !joined.indicators.plans.is_empty() {
        let kind = ChartKind::Bullet(ByKeys { by: By::Programme });
        list.push(ChartConfig { measure: String::new(), ..chart("attainment", kind, &AREA_HA) });
    }
    list
}

/// The page of a chart of the reporting period.
pub fn page_of(chart: &ChartConfig) -> ChartPage {
    ChartPage { chart: chart.clone(), week: None }
}

/// File names of all charts.
pub fn ids(render: &RenderContext) -> Vec<String> {
    every(render).into_iter().map(|page| page.chart.id).collect()
}

/// A chart of a run at another size; `None` if there is none of this name.
pub fn one(render: &RenderContext, id: &str, page: &Page) -> Option<Result<Scene>> {
    let mut found = every(render).into_iter().find(|found| found.chart.id == id)?;
    found.chart.page = Some(page.clone());
    Some(draw(render, &found))
}

/// Draws a chart.
pub fn draw(render: &RenderContext, page: &ChartPage) -> Result<Scene> {
    let named = page.chart.measures().is_empty() && !page.chart.measure.is_empty();
    if page.chart.for_each.contains(&ForEach::Week) && named && page.chart.kind != ChartKind::Waffle {
        render.must_move(&page.chart.measure)?;
    }
    if page.chart.for_each.contains(&ForEach::Week) {
        render.must_not_be_of_registers(page.chart.measures().iter().map(String::as_str).chain(page.chart.with()))?;
    }
    match &page.chart.kind {
        ChartKind::Figures(_) => overview::figures(render, page),
        ChartKind::Table(_) => overview::worst(render, page),
        ChartKind::Bar(ByKeys { by: By::Programme }) | ChartKind::Bullet(_) => plans::bullet(render, page),
        ChartKind::Bar(_) => ranked::bars(render, page),
        ChartKind::Grouped(_) => divided::grouped(render, page),
        ChartKind::Stacked(_) => divided::stacked(render, page),
        ChartKind::Dots(_) => ranked::dots(render, page),
        ChartKind::TimeSeries(own) => weekly::series(render, page, own),
        ChartKind::Area(_) => weekly::area(render, page),
        ChartKind::Heatmap => weekly::heatmap(render, page),
        ChartKind::Matrix => cells::matrix(render, page),
        ChartKind::Calendar => cells::calendar(render, page),
        ChartKind::Waffle => waffle::waffle(render, page),
        ChartKind::Scatter(_) => commune::scatter(render, page),
        ChartKind::Histogram => commune::histogram(render, page),
        ChartKind::Forecast => forecast::forecast(render, page),
        ChartKind::Readings => readings(render, page),
        ChartKind::EpidemicCurve(own) => outbreaks::epidemic_curve(render, page, own),
        ChartKind::Moran(own) => commune::moran(render, page, own),
    }
}

/// The table of readings that a chart names, and which of its things.
fn read_from<'a>(render: &RenderContext<'a>, chart: &ChartConfig) -> Result<(&'a ReadingsTable, usize)> {
    let tables = &render.joined.readings;
    let Some(table) = tables.iter().find(|table| table.id == chart.measure) else {
        let known = tables.iter().map(|table| table.id.as_str()).collect::<Vec<_>>().join(", ");
        return Err(wrong_measure(chart, &known));
    };
    let properties = &table.readings.properties;
    let property = match &chart.pest {
        None => 0,
        Some(name) => properties.iter().position(|property| property == name).ok_or_else(|| {
            let known = properties.join(", ");
            let place = Place { value: name.clone(), ..Place::default() };
            let message = message!("bảng không có \"{name}\"; có: {known}", "the table has no \"{name}\"; there are: {known}");
            let fault = Fault::new("unknown-thing", place, message);
            match nearest(name, properties.iter().map(String::as_str)) {
                Some(near) => fault.hint(message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?")),
                None => fault,
            }
        })?,
    };
    Ok((table, property))
}

/// Nights of light traps, or days of sensors.
fn readings(render: &RenderContext, page: &ChartPage) -> Result<Scene> {
    let chart = &page.chart;
    let (table, property) = read_from(render, chart)?;
    let wanted = ReadingsWanted { since: None, moons: table.moon };
    let mut made = if table.is_sensed() {
        of_sensors(&render.ground.imprint, &table.readings, property, &table.limits, wanted)
    } else {
        of_traps(&render.ground.imprint, &table.readings, property, &table.summaries, &table.settings, wanted)
    };
    made.id.clone_from(&chart.id);
    if !chart.title.is_empty() {
        made.title.clone_from(&chart.title);
    }
    made.scene(&render.ground.imprint, &render.page(chart.page.as_ref()))
}

/// Draws with the frame that every chart has.
fn framed<T>(render: &RenderContext, page: &ChartPage, heading: Heading, note: &str, draw: impl FnOnce(&Frame) -> T) -> T {
    let shown = Shown::at(page.week);
    in_frame(render, page, heading, note, shown, draw)
}

/// Draws a chart over several weeks.
fn framed_over<T>(
    render: &RenderContext,
    page: &ChartPage,
    heading: Heading,
    note: &str,
    weeks: &[Period],
    draw: impl FnOnce(&Frame) -> T,
) -> T {
    in_frame(render, page, heading, note, Shown::over(weeks), draw)
}

fn in_frame<T>(
    render: &RenderContext,
    page: &ChartPage,
    heading: Heading,
    note: &str,
    shown: Shown,
    draw: impl FnOnce(&Frame) -> T,
) -> T {
    let chart = &page.chart;
    let pest = chart.pest.as_deref();
    let shown = Shown { each_pest: chart.by() == By::Pest, ..shown };
    let titles = render.titles(Heading { own: chart.title.clone(), ..heading }, (&chart.measure, pest), shown);
    let own = render.page(chart.page.as_ref());
    let both = [note, &chart.note].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    draw(&Frame { id: &chart.id, titles: &titles, imprint: &render.ground.imprint, page: &own, note: &both })
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
    crate::cartography::with_unit(measured.name.get(lang), measured.unit.get(lang))
}

/// What a chart says, and what it shows.
fn heading(found: Headline, described: impl Into<String>) -> Heading {
    Heading { own: String::new(), found, described: described.into() }
}

/// The pests of a run, in order.
fn pests<'a>(render: &'a RenderContext) -> &'a [String] {
    render.joined.forecasts.as_ref().map_or(&[], |forecasts| &forecasts.pests)
}

fn wrong_measure(chart: &ChartConfig, possible: &str) -> Fault {
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

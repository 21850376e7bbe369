//! Maps and charts that belong to an output: the same as in a project, of the data the output is made from.

use super::Context;
use crate::draw::{Imprint, Job, Picture};
use crate::figures::{charts, maps};
use crate::message;
use crate::model::registers::RegisterTable;
use crate::model::{Joined, Periods, accounts};
use crate::project::{ChartConfig, MapConfig, Page, Project};
use crate::publish::raster::Painter;
use crate::publish::{Earlier, Format, Publisher, Sink};
use crate::render::RenderContext;
use crate::render::readings::ReadingsChart;
use crate::run::{Problems, Progress};
use crate::values::Period;
use chrono::NaiveDate;

/// Draws maps and charts of a register as it stands on a day; the answer is whether any failed.
pub(super) fn of_register(
    context: Context<'_>,
    (maps_of, charts_of): (Vec<MapConfig>, Vec<ChartConfig>),
    (table, on): (RegisterTable, NaiveDate),
    sink: &dyn Sink,
    progress: &mut Progress,
    problems: &mut Problems,
) -> bool {
    progress.stage("pictures", (maps_of.len() + charts_of.len()) as u64, &message!("vẽ hình", "drawing pictures"));
    let own = context.project;
    let project = Project {
        title: own.title.clone(),
        office: own.office.clone(),
        source: own.source.clone(),
        note: own.note.clone(),
        date: own.date,
        language: own.language,
        bw: own.bw,
        page: own.page.clone(),
        insets: own.insets.clone(),
        scales: own.scales.clone(),
        folder: own.folder.clone(),
        maps: Some(maps_of),
        charts: Some(charts_of),
        ..Project::default()
    };
    let from = table.register.list.first().map_or(on, |outbreak| outbreak.onset);
    let joined = Joined {
        engine: context.joined.engine.clone(),
        communes: context.joined.communes.clone(),
        context: context.joined.context.clone(),
        registers: vec![table],
        herds: context.joined.herds.clone(),
        periods: Periods::declared(Period { from: from.min(on), to: on }),
        ..Joined::default()
    };
    let periods = accounts(&joined);
    let render = RenderContext::new(&project, &joined, &periods);
    let publisher = Publisher {
        formats: context.formats,
        lang: context.lang(),
        out: sink,
        before: &Earlier::default(),
        painter: Painter::default(),
    };
    let failed = publisher.publish(maps(&render), "maps", progress, problems).failed;
    publisher.publish(charts(&render), "charts", progress, problems).failed || failed
}

/// Draws charts of readings, as PNG and SVG; the answer is whether any failed.
pub(super) fn of_readings(
    context: Context<'_>,
    list: &[ReadingsChart],
    sink: &dyn Sink,
    progress: &mut Progress,
    problems: &mut Problems,
) -> bool {
    progress.stage("charts", list.len() as u64, &message!("vẽ biểu đồ", "drawing charts"));
    let (imprint, page) = (imprint(context), Page::default());
    let jobs =
        list.iter().map(|chart| Job { id: chart.id.clone(), picture: Picture::Still(Box::new(|| chart.scene(&imprint, &page))) });
    let formats: Vec<Format> = context.formats.iter().copied().filter(|format| *format != Format::Pdf).collect();
    let publisher = Publisher {
        formats: &formats,
        lang: context.lang(),
        out: sink,
        before: &Earlier::default(),
        painter: Painter::default(),
    };
    publisher.publish(jobs.collect(), "charts", progress, problems).failed
}

/// What stands on every picture of the project.
pub(super) fn imprint(context: Context<'_>) -> Imprint {
    RenderContext::new(context.project, context.joined, context.periods).ground.imprint.clone()
}

//! `ruong build`: the whole pipeline.

use super::{BuildArguments, Format, Outcome, Part, Stopped, report, stop};
use crate::measures::{Measure, When, World};
use crate::message;
use crate::pipeline::{self, Needs};
use crate::project::{self, Project};
use crate::publish::tables::{self, ByPeriod};
use crate::publish::{self, Out, Sheet};
use crate::run::{Fault, Level, Problems, Progress, Record, Result, record};
use crate::values::{Lang, numbers};

pub(super) fn run(arguments: &BuildArguments) -> std::result::Result<Outcome, Stopped> {
    let mut problems = Problems::default();
    let project = project::open(&arguments.project, &mut problems).map_err(stop(arguments.lang.unwrap_or_default()))?;
    let lang = arguments.lang.unwrap_or(project.language);
    build(arguments, project, lang, problems).map_err(stop(lang))
}

fn build(arguments: &BuildArguments, mut project: Project, lang: Lang, mut problems: Problems) -> Result<Outcome> {
    project.language = lang;
    let wants = |part: Part| arguments.only.is_empty() || arguments.only.contains(&part);
    let folder = arguments.out.clone().unwrap_or_else(|| project.folder.join(&project.out));
    let out = Out::new(&folder)?;
    let mut progress = Progress::new(lang, arguments.quiet);
    let mut record = Record::default();
    let needs = if wants(Part::Tables) { Needs::ALL } else { pipeline::needs(&project, wants(Part::Maps), wants(Part::Charts)) };
    let world = pipeline::load(&project, needs, &mut problems, &mut record, &mut progress)?;
    let periods = pipeline::accounts(&world);
    let mut failed = false;
    if wants(Part::Tables) {
        progress.stage("tables", 1, &message!("ghi bảng", "writing tables"));
        failed |= write_tables(&world, &periods, &out, lang, &mut record, &mut problems)?;
    }
    let formats: Vec<pipeline::Format> = arguments.format.iter().map(|format| (*format).into()).collect();
    for (part, name) in [(Part::Maps, "maps"), (Part::Charts, "charts")] {
        if wants(part) {
            let scenes = if part == Part::Maps {
                progress.stage(name, 1, &message!("vẽ bản đồ", "drawing maps"));
                pipeline::maps(&project, &world, &periods, &mut record)
            } else {
                progress.stage(name, 1, &message!("vẽ biểu đồ", "drawing charts"));
                pipeline::charts(&project, &world, &periods)
            };
            failed |= pipeline::publish(scenes, name, &formats, &out, &progress, &mut problems)?;
        }
    }
    out.write("problems.csv", &publish::problems::csv(&problems, lang))?;
    for level in [Level::Error, Level::Warning, Level::Info] {
        record.problems.insert(level.name(), problems.count(level));
    }
    record.timings = progress.finish().into_iter().collect();
    record.outputs = out.written();
    record.outputs.push("run.json".to_owned());
    let text = serde_json::to_vec_pretty(&record).map_err(|error| {
        Fault::new(
            "input-output",
            crate::run::Place::file("run.json"),
            message!("không ghi được: {error}", "cannot write: {error}"),
        )
    })?;
    out.write("run.json", &text)?;
    if arguments.json {
        super::print(&serde_json::to_string(&record).unwrap_or_default());
    }
    report::problems(&problems, lang, &progress);
    for line in answer(&world, &periods, lang) {
        progress.say(&line);
    }
    let (count, place) = (record.outputs.len(), out.folder().display());
    progress.say(&match lang {
        Lang::Vi => format!("đã ghi {count} tệp vào {place}; {}", report::counts(&problems, lang)),
        Lang::En => format!("{count} files written to {place}; {}", report::counts(&problems, lang)),
    });
    if failed && arguments.quiet {
        crate::run::progress::tell(&report::counts(&problems, lang));
    }
    Ok(if failed { Outcome::Partial } else { Outcome::Complete })
}

/// Writes every table that can be; the answer is whether any failed.
fn write_tables(
    world: &World,
    periods: &ByPeriod,
    out: &Out,
    lang: Lang,
    record: &mut Record,
    problems: &mut Problems,
) -> Result<bool> {
    let communes = tables::communes(world, periods)?;
    for heading in communes.headings.iter().skip(2).take(communes.headings.len().saturating_sub(3)) {
        let at = communes.headings.iter().position(|other| other.id == heading.id).unwrap_or(0);
        let total = communes.totals.as_ref().and_then(|totals| match totals.get(at) {
            Some(publish::Cell::Value(value)) => value.number(),
            _ => None,
        });
        record.measures.push(record::Measure { id: heading.id.clone(), unit: heading.title.get(lang).to_owned(), total });
    }
    let mut sheets: Vec<Sheet> = vec![communes, tables::summary(world, periods, lang)?];
    if world.forecasts.is_some() {
        sheets.push(tables::pests(world, periods));
    }
    if let (Some(_), Some((_, current))) = (&world.linked, periods.first()) {
        sheets.push(tables::enterprise_sheet(world, current));
    }
    sheets.extend(tables::groups(world));
    let (xlsx, (csv, geojson)) = rayon::join(
        || publish::xlsx::workbook(&sheets.iter().collect::<Vec<_>>(), lang, "tables/communes.xlsx"),
        || {
            let csv: Vec<Result<Vec<u8>>> = sheets.iter().map(Sheet::csv).collect();
            (csv, publish::geojson::collection(&sheets[0], &world.communes.shapes))
        },
    );
    let mut files: Vec<(String, Result<Vec<u8>>)> =
        sheets.iter().zip(csv).map(|(sheet, csv)| (format!("tables/{}.csv", sheet.id), csv)).collect();
    files.push(("tables/communes.xlsx".to_owned(), xlsx));
    files.push(("tables/communes.geojson".to_owned(), Ok(geojson)));
    let mut failed = false;
    for (name, bytes) in files {
        if let Err(fault) = bytes.and_then(|bytes| out.write(&name, &bytes)) {
            failed = true;
            problems.fault(fault);
        }
    }
    Ok(failed)
}

/// The core question in a few lines: how many contracted hectares are forecast to be hit, by what, and what changed.
fn answer(world: &World, periods: &ByPeriod, lang: Lang) -> Vec<String> {
    let get = |when: When, measure: Measure, pest: Option<&str>| {
        let (_, accounts) = periods.iter().find(|(known, _)| *known == when)?;
        let key = project::MeasureKey { measure: measure.id().to_owned(), pest: pest.map(str::to_owned), severity: None };
        crate::measures::catalogue::measure(world, accounts, &key).ok()?.total.number()
    };
    let mut lines = Vec::new();
    let (Some(risk), Some(linked)) =
        (get(When::Current, Measure::LinkedAtRiskHa, None), get(When::Current, Measure::LinkedHa, None))
    else {
        return lines;
    };
    let ha = |number: f64| numbers::format(number, 1, lang);
    let name = Measure::LinkedAtRiskHa.name();
    let mut line = format!("{}: {} / {} ha ({} %)", name.get(lang), ha(risk), ha(linked), ha(100.0 * risk / linked));
    for (when, word) in [
        (When::Previous, lang.pick("kỳ trước", "previous period")),
        (When::LastYear, lang.pick("cùng kỳ năm trước", "last year")),
    ] {
        if let Some(then) = get(when, Measure::LinkedAtRiskHa, None) {
            let change = numbers::format_change(risk - then, 1, lang);
            line.push_str(&format!("; {word} {} ({change})", ha(then)));
        }
    }
    lines.push(line);
    let pests = world.forecasts.as_ref().map_or(&[][..], |forecasts| &forecasts.pests);
    let mut by_pest: Vec<(f64, &str)> =
        pests.iter().filter_map(|pest| Some((get(When::Current, Measure::LinkedAtRiskHa, Some(pest))?, pest.as_str()))).collect();
    by_pest.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let list: Vec<String> = by_pest
        .iter()
        .filter(|(hectares, _)| *hectares > 0.0)
        .take(6)
        .map(|(hectares, pest)| format!("{pest} {}", ha(*hectares)))
        .collect();
    if !list.is_empty() {
        lines.push(format!(
            "  {}: {}",
            lang.pick("theo sâu bệnh (một thửa có thể bị nhiều loại, ha)", "by pest (a field may have several, ha)"),
            list.join(", ")
        ));
    }
    lines
}

impl From<Format> for pipeline::Format {
    fn from(format: Format) -> pipeline::Format {
        match format {
            Format::Png => pipeline::Format::Png,
            Format::Svg => pipeline::Format::Svg,
            Format::Pdf => pipeline::Format::Pdf,
        }
    }
}

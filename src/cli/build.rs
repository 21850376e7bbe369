//! `ruong build`: the whole pipeline.

use super::{BuildArguments, Format, Outcome, Part, Stopped, report, stop};
use crate::draw::projection::Projection;
use crate::message;
use crate::pipeline::{self, Needs, Published, Publisher, Studio};
use crate::project::{self, Project};
use crate::publish::raster::Painter;
use crate::publish::{self, Out};
use crate::run::{Fault, Level, Problems, Progress, Record, Result};
use crate::values::Lang;

pub(super) fn run(arguments: &BuildArguments) -> std::result::Result<Outcome, Stopped> {
    let mut problems = Problems::default();
    let project = project::open(&arguments.project, &mut problems).map_err(stop(arguments.lang.unwrap_or_default()))?;
    let lang = arguments.lang.unwrap_or(project.language);
    build(arguments, project, lang, problems).map_err(stop(lang))
}

fn build(arguments: &BuildArguments, mut project: Project, lang: Lang, mut problems: Problems) -> Result<Outcome> {
    project.language = lang;
    project.bw |= arguments.bw;
    if let Some(dpi) = arguments.dpi {
        project.page.dpi = Some(dpi);
        project::check_page(&project.page)?;
    }
    let wants = |part: Part| arguments.only.is_empty() || arguments.only.contains(&part);
    let folder = arguments.out.clone().unwrap_or_else(|| project.folder.join(&project.out));
    let out = Out::new(&folder, &project.inputs())?;
    let mut progress = Progress::new(lang, arguments.quiet);
    let mut record = Record::default();
    let needs = if wants(Part::Tables) { Needs::ALL } else { pipeline::needs(&project, wants(Part::Maps), wants(Part::Charts)) };
    let world = pipeline::load(&project, needs, &mut problems, &mut record, &mut progress)?;
    let project = pipeline::with_caveats(project, &world);
    let periods = pipeline::accounts(&world);
    let mut failed = false;
    if wants(Part::Tables) {
        progress.stage("tables", 1, &message!("ghi bảng", "writing tables"));
        failed |= pipeline::write_tables(&world, &periods, &out, lang, &mut record, &mut problems)?;
    }
    let formats: Vec<pipeline::Format> = arguments.format.iter().map(|format| (*format).into()).collect();
    let before = if arguments.force { pipeline::Before::new() } else { pipeline::before(&out) };
    let publisher = Publisher { formats: &formats, out: &out, before: &before, painter: Painter::default() };
    let mut unchanged = 0;
    let studio = Studio::new(&project, &world, &periods);
    if wants(Part::Tables) && !project.analyses.is_empty() {
        progress.stage("analyses", 1, &message!("tính thống kê không gian", "computing spatial statistics"));
        failed |= pipeline::write_analyses(&studio, &out, &progress, &mut problems);
    }
    for (part, name) in [(Part::Maps, "maps"), (Part::Charts, "charts")] {
        if !wants(part) {
            // What this run does not touch stays known to the next.
            let prefix = format!("{name}/");
            record
                .pictures
                .extend(before.iter().filter(|(file, _)| file.starts_with(&prefix)).map(|(k, v)| (k.clone(), v.clone())));
            continue;
        }
        let jobs = if part == Part::Maps { pipeline::maps(&studio) } else { pipeline::charts(&studio) };
        let words = if part == Part::Maps {
            message!("vẽ bản đồ", "drawing maps")
        } else {
            message!("vẽ biểu đồ", "drawing charts")
        };
        progress.stage(name, jobs.len() as u64, &words);
        let Published { failed: some, pictures, unchanged: same } = publisher.publish(jobs, name, &progress, &mut problems);
        failed |= some;
        unchanged += same;
        record.pictures.extend(pictures);
    }
    record.unchanged = unchanged;
    record.scales = studio.record();
    if wants(Part::Maps) {
        record.geodesy.projection =
            world.communes.shapes.extent().map_or(String::new(), |extent| Projection::for_extent(extent).name());
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
    for line in pipeline::answer(&world, &periods, lang) {
        progress.say(&line);
    }
    let (count, place) = (record.outputs.len() - unchanged, out.folder().display());
    let same = match (unchanged, lang) {
        (0, _) => String::new(),
        (_, Lang::Vi) => format!(", {unchanged} ảnh không đổi nên không vẽ lại"),
        (_, Lang::En) => format!(", {unchanged} pictures unchanged and not drawn again"),
    };
    progress.say(&match lang {
        Lang::Vi => format!("đã ghi {count} tệp vào {place}{same}; {}", report::counts(&problems, lang)),
        Lang::En => format!("{count} files written to {place}{same}; {}", report::counts(&problems, lang)),
    });
    if failed && arguments.quiet {
        crate::run::progress::tell(&report::counts(&problems, lang));
    }
    Ok(if failed { Outcome::Partial } else { Outcome::Complete })
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

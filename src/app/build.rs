//! The whole pipeline of a project, in order: read and join, tables, analyses, maps, charts, the list of problems, the record.

use super::needs::needs;
use super::{Needs, bundle, gis, load, outputs, package, tables};
use crate::cartography::projection::Projection;
use crate::figures::{charts, maps, pages};
use crate::model::engine::SharedEngine;
use crate::model::{ByPeriod, Joined, accounts, of_period};
use crate::project::{BundleKeys, OutputConfig, Project};
use crate::publish::raster::Painter;
use crate::publish::{self, Earlier, Format, Published, Publisher, Readers, Sink, Within};
use crate::render::RenderContext;
use crate::run::record::FileMade;
use crate::run::{Fault, Level, Place, Problems, Progress, Record, Result};
use crate::tables::analyses::analysis;
use crate::values::Lang;
use crate::{message, words};

/// A part of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// Tables and analyses
    Tables,
    /// Maps
    Maps,
    /// Charts
    Charts,
    /// Composed sheets of several pictures
    Pages,
    /// Lists and files of `[[outputs]]`
    Outputs,
    /// A GeoPackage, styles and a project for QGIS and others
    Gis,
    /// `slides.pptx`
    Slides,
    /// `handout.pdf`
    Handout,
    /// `bulletin.docx`
    Bulletin,
}

impl Part {
    /// All of them, in the order in which they are made.
    pub const ALL: [Part; 9] = [
        Part::Tables,
        Part::Maps,
        Part::Charts,
        Part::Pages,
        Part::Gis,
        Part::Outputs,
        Part::Slides,
        Part::Handout,
        Part::Bulletin,
    ];

    /// Its name in the record and in `--only`.
    pub fn name(self) -> &'static str {
        match self {
            Part::Tables => "tables",
            Part::Maps => "maps",
            Part::Charts => "charts",
            Part::Pages => "pages",
            Part::Outputs => "outputs",
            Part::Gis => "gis",
            Part::Slides => "slides",
            Part::Handout => "handout",
            Part::Bulletin => "bulletin",
        }
    }
}

/// The part, in the record, of what a run says of itself.
pub(super) const RUN: &str = "run";

/// What of a project is made, and how.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// Only these parts; all of them if empty
    pub only: Vec<Part>,
    /// Picture formats
    pub formats: Vec<Format>,
    /// Draws pictures that have not changed again
    pub redraw: bool,
    /// Writes `problems.csv`
    pub problems: bool,
    /// An output that cannot be made stops the run, rather than being listed
    pub stops: bool,
    /// Writes `run.json`, by which the next run knows what has not changed
    pub record: bool,
    /// What sums fields, observations and contracts by commune
    pub engine: SharedEngine,
}

impl Default for Options {
    fn default() -> Options {
        let formats = vec![Format::Png, Format::Svg, Format::Pdf];
        Options {
            only: Vec::new(),
            formats,
            redraw: false,
            problems: true,
            stops: false,
            record: true,
            engine: SharedEngine::default(),
        }
    }
}

impl Options {
    fn wants(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }
}

/// What a build came to.
#[derive(Debug)]
#[must_use]
#[non_exhaustive]
pub struct Report {
    /// What went in and what came out
    pub record: Record,
    /// The core question in a few lines
    pub answer: Vec<String>,
    /// What the outputs have to say, for people
    pub said: Vec<String>,
    /// Some outputs could not be made
    pub failed: bool,
    /// Files written, those left as they were not among them
    pub written: usize,
}

/// Builds a project: everything that `options` ask for goes to the sink, everything that was not as it should be to `problems`. A fault
/// means that nothing was made.
///
/// ```
/// use ruong::app::{self, Options};
/// use ruong::publish::{Memory, Sink};
/// use ruong::run::{Problems, Progress};
///
/// # fn main() -> ruong::run::Result<()> {
/// let project = ruong::project::open("data/hong-ngu".as_ref())?;
/// let sink = Memory::default();
/// let mut options = Options::default();
/// options.only = vec![app::Part::Tables];
/// let report = app::build(&project, &options, &mut Problems::default(), &mut Progress::silent(), &sink)?;
/// assert!(!report.failed && report.answer[0].contains("905,9 / 3.000,0 ha"));
/// assert!(sink.read("tables/communes.csv").is_some());
/// # Ok(())
/// # }
/// ```
pub fn build(
    project: &Project,
    options: &Options,
    problems: &mut Problems,
    progress: &mut Progress,
    sink: &dyn Sink,
) -> Result<Report> {
    let project = &*super::settled(project)?;
    let lang = project.language;
    let mut record = Record::default();
    let needs = match options.wants(Part::Tables) || options.wants(Part::Gis) {
        true => Needs::ALL,
        false => needs(project, &|part| options.wants(part)),
    };
    let joined = load(project, needs, &options.engine, problems, &mut record, progress)?;
    let periods = accounts(&joined);
    let render = RenderContext::new(project, &joined, &periods);
    let mut failed = false;
    if options.wants(Part::Tables) {
        progress.stage("tables", 1, &message!("ghi bảng", "writing tables"));
        failed |= tables::write(&render, sink, &mut record, problems)?;
    }
    let earlier = if options.record { Earlier::read(sink) } else { Earlier::default() };
    let none = Earlier::default();
    let before = if options.redraw { &none } else { &earlier };
    if options.wants(Part::Tables) && !project.analyses.is_empty() {
        progress.stage("analyses", 1, &message!("tính thống kê không gian", "computing spatial statistics"));
        failed |= analyses(project, &joined, &periods, sink, progress, problems);
    }
    note(&mut record, sink, "tables");
    let exact = joined.registers.iter().any(|register| register.exact);
    let pictures = Within::new(sink, "").read_by(if exact { Readers::Owner } else { Readers::Office });
    let publisher = Publisher { formats: &options.formats, lang, out: &pictures, before, painter: Painter::default() };
    for (part, name) in [(Part::Maps, "maps"), (Part::Charts, "charts"), (Part::Pages, "pages")] {
        if !options.wants(part) {
            continue;
        }
        let (jobs, words) = match part {
            Part::Maps => (maps(&render), message!("vẽ bản đồ", "drawing maps")),
            Part::Charts => (charts(&render), message!("vẽ biểu đồ", "drawing charts")),
            _ => (pages(&render), message!("ghép trang", "composing pages")),
        };
        progress.stage(name, jobs.len() as u64, &words);
        let Published { failed: some, pictures, unchanged } = publisher.publish(jobs, name, progress, problems);
        failed |= some;
        record.unchanged += unchanged;
        record.pictures.extend(pictures);
        note(&mut record, sink, name);
    }
    if options.wants(Part::Gis) {
        progress.stage("gis", 1, &message!("ghi tệp cho QGIS", "writing files for QGIS"));
        failed |= gis::write(&render, (&joined, &periods), sink, problems)?;
    }
    note(&mut record, sink, "gis");
    record.scales = render.record();
    if options.wants(Part::Maps) {
        let extent = joined.communes.shapes.extent();
        record.geodesy.projection = extent.map_or(String::new(), |extent| Projection::for_extent(extent).name());
    }
    let mut said = Vec::new();
    let own: &[OutputConfig] = if options.wants(Part::Outputs) { &project.outputs } else { &[] };
    let context = outputs::Context { project, joined: &joined, periods: &periods, formats: &options.formats };
    for output in own {
        match outputs::write(context, output, sink, progress, problems) {
            Ok(made) => {
                said.extend(made.said);
                failed |= made.partial;
            }
            Err(fault) if options.stops => return Err(fault),
            Err(fault) => {
                failed = true;
                problems.fault(fault);
            }
        }
    }
    note(&mut record, sink, "outputs");
    let documents = package::write(&render, &|part| options.wants(part), sink, progress, problems);
    failed |= documents.failed;
    record.unchanged += documents.unchanged;
    said.extend(documents.said);
    record.files.extend(documents.files);
    let made: Vec<&str> = Part::ALL.into_iter().filter(|part| options.wants(*part)).map(Part::name).collect();
    // A bundle holds what there is in the end, of earlier runs too: its own name is taken before those are looked through.
    let bundles: Vec<(String, &BundleKeys)> = own.iter().filter_map(OutputConfig::bundle).collect();
    bundles.iter().for_each(|(name, _)| bundle::promise(name, &mut record));
    earlier.settle(&mut record, (&made, &options.formats), sink, problems);
    for (name, own) in bundles {
        match bundle::write(&name, own, &mut record, sink, (problems, lang)) {
            Ok(words) => said.push(words),
            Err(fault) => {
                failed = true;
                problems.fault(fault);
            }
        }
    }
    // What cannot be written is listed, and everything else is said all the same.
    if options.problems
        && let Err(fault) = sink.write("problems.csv", &publish::problems::csv(problems, lang))
    {
        failed = true;
        problems.fault(fault);
    }
    note(&mut record, sink, RUN);
    record.timings = progress.finish().into_iter().collect();
    let answer = words::answer(&joined, &periods, lang);
    record.outputs = record.files.keys().cloned().collect();
    count(&mut record, problems, lang);
    if options.record {
        record.outputs.push("run.json".to_owned());
        let text = serde_json::to_vec_pretty(&record).map_err(|error| Fault::not_written("run.json", &error));
        if let Err(fault) = text.and_then(|text| sink.write("run.json", &text)) {
            failed = true;
            record.outputs.pop();
            problems.fault(fault);
            count(&mut record, problems, lang);
        }
    }
    let written = sink.written().len() - record.unchanged;
    Ok(Report { record, answer, said, failed, written })
}

/// Notes the files written since the last part as those of a part.
fn note(record: &mut Record, sink: &dyn Sink, part: &str) {
    for (name, (sha256, readers)) in sink.written() {
        let private = readers == Readers::Owner;
        record.files.entry(name).or_insert_with(|| FileMade { sha256, part: part.to_owned(), private });
    }
}

/// Lists and counts the problems.
fn count(record: &mut Record, problems: &Problems, lang: Lang) {
    record.problems = problems.list().iter().map(|problem| problem.entry(lang)).collect();
    record.counts = [Level::Error, Level::Warning, Level::Info].map(|level| (level.name(), problems.count(level))).into();
}

/// Writes every analysis that can be made; the answer is whether any failed.
fn analyses(
    project: &Project,
    joined: &Joined,
    periods: &ByPeriod,
    sink: &dyn Sink,
    progress: &Progress,
    problems: &mut Problems,
) -> bool {
    let mut failed = false;
    for key in &project.analyses {
        let current = of_period(periods, crate::model::When::Current)
            .ok_or_else(|| Fault::new("no-period", Place::default(), message!("không có kỳ báo cáo", "there is no period")));
        let made = current.and_then(|accounts| analysis(joined, accounts, key, project.language, problems)).and_then(|made| {
            sink.write(&format!("tables/{}", made.file), &made.bytes)?;
            Ok(made.said)
        });
        match made {
            Ok(said) => progress.say(&format!("{}: {}", key.id, said.get(project.language))),
            Err(mut fault) => {
                failed = true;
                if fault.place.file.is_empty() {
                    fault.place.file = format!("tables/{}", key.id);
                }
                problems.fault(fault);
            }
        }
    }
    failed
}

//! `ruong build`: the whole pipeline.

use super::frame::Frame;
use super::{BuildArguments, Format, Outcome, Part, Stopped, report, stop, terminal};
use crate::app::{self, BuildOptions};
use crate::project::{self, Project};
use crate::publish;
use crate::run::{Problem, Result};
use crate::values::Lang;
use std::path::{Path, PathBuf};

pub(super) fn run(arguments: &BuildArguments, frame: Frame) -> std::result::Result<Outcome, Stopped> {
    let projects = projects(&arguments.projects);
    let [only] = &projects[..] else { return all(arguments, &projects, frame) };
    one(arguments, only, arguments.out.clone(), frame)
}

/// Builds several projects; one that cannot be built is named and stops no other.
fn all(arguments: &BuildArguments, projects: &[PathBuf], frame: Frame) -> std::result::Result<Outcome, Stopped> {
    let (mut broken, mut last) = (0, None);
    let mut partial = false;
    for project in projects {
        if !frame.quiet {
            terminal::tell(&format!("== {}", project.display()));
        }
        // Names of several projects are those of their folders, or of their files where one folder has several.
        let stem = project.file_stem().unwrap_or_default();
        let folder = if project.is_dir() { project.file_name() } else { None };
        let out = arguments.out.as_ref().map(|out| out.join(folder.unwrap_or(stem)));
        match one(arguments, project, out, frame) {
            Ok(outcome) => partial |= matches!(outcome, Outcome::Partial),
            Err(stopped) => {
                broken += 1;
                report::fault(&stopped.0, stopped.1);
                if arguments.json {
                    super::print(
                        &serde_json::json!({ "project": project, "error": Problem::from(stopped.0.clone()).entry(stopped.1) })
                            .to_string(),
                    );
                }
                last = Some(stopped);
            }
        }
    }
    match last {
        Some(stopped) if broken == projects.len() => Err(stopped),
        Some(_) => Ok(Outcome::Partial),
        None if partial => Ok(Outcome::Partial),
        None => Ok(Outcome::Complete),
    }
}

/// The projects that arguments name: a folder without a project stands for the projects in the folders right below it.
fn projects(named: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in named {
        let mut below: Vec<PathBuf> = match path.is_dir() && !path.join("ruong.toml").is_file() {
            true => std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect(),
            false => Vec::new(),
        };
        below.retain(|folder| folder.join("ruong.toml").is_file());
        below.sort();
        if below.is_empty() {
            found.push(path.clone());
        }
        found.append(&mut below);
    }
    found
}

fn one(arguments: &BuildArguments, project: &Path, out: Option<PathBuf>, frame: Frame) -> std::result::Result<Outcome, Stopped> {
    let project = project::open(project).map_err(stop(frame.lang()))?;
    let lang = frame.of(&project);
    build(arguments, &project, out, (lang, frame.quiet)).map_err(stop(lang))
}

fn build(arguments: &BuildArguments, project: &Project, out: Option<PathBuf>, (lang, quiet): (Lang, bool)) -> Result<Outcome> {
    let options = BuildOptions {
        out,
        only: arguments.only.iter().map(|part| (*part).into()).collect(),
        formats: arguments.format.iter().map(|format| (*format).into()).collect(),
        period: arguments.period.clone(),
        language: Some(lang),
        bw: arguments.bw,
        dpi: arguments.dpi,
        redraw: arguments.force,
        ..BuildOptions::default()
    };
    let mut progress = terminal::progress(lang, quiet);
    let report = app::build_watched(project, &options, &mut progress)?;
    let problems = &report.problems;
    if arguments.json {
        super::print(&serde_json::to_string(&report.record).unwrap_or_default());
    }
    if arguments.verbose {
        report::problems(problems, lang, &progress);
    }
    report::first(problems, lang, &progress);
    report.answer.iter().chain(&report.said).for_each(|line| progress.say(line));
    crate::words::unread(problems, lang).iter().for_each(|line| progress.say(line));
    let unchanged = report.record.unchanged;
    let (count, place) = (report.written, report.folder.display());
    let same = match (unchanged, lang) {
        (0, _) => String::new(),
        (_, Lang::Vi) => format!(", {unchanged} ảnh không đổi nên không vẽ lại"),
        (_, Lang::En) => format!(", {unchanged} pictures unchanged and not drawn again"),
    };
    let counts = report::counts(problems, lang);
    let list = match (problems.list().is_empty(), lang) {
        (true, _) => "",
        (false, Lang::Vi) => " (xem problems.csv, trang tính \"Cần xem lại\" trong tables/communes.xlsx)",
        (false, Lang::En) => " (see problems.csv, or the sheet \"To look at\" in tables/communes.xlsx)",
    };
    progress.say(&match lang {
        Lang::Vi => format!("đã ghi {count} tệp vào {place}{same}; {counts}{list}"),
        Lang::En => format!("{count} files written to {place}{same}; {counts}{list}"),
    });
    if report.failed && quiet {
        terminal::tell(&counts);
    }
    let refused = arguments.strict && problems.count(crate::run::Level::Error) > 0;
    Ok(if report.failed || refused { Outcome::Partial } else { Outcome::Complete })
}

impl From<Part> for app::Part {
    fn from(part: Part) -> app::Part {
        match part {
            Part::Tables => app::Part::Tables,
            Part::Maps => app::Part::Maps,
            Part::Charts => app::Part::Charts,
            Part::Pages => app::Part::Pages,
            Part::Outputs => app::Part::Outputs,
            Part::Gis => app::Part::Gis,
            Part::Slides => app::Part::Slides,
            Part::Handout => app::Part::Handout,
            Part::Bulletin => app::Part::Bulletin,
        }
    }
}

impl From<Format> for publish::Format {
    fn from(format: Format) -> publish::Format {
        match format {
            Format::Png => publish::Format::Png,
            Format::Svg => publish::Format::Svg,
            Format::Pdf => publish::Format::Pdf,
        }
    }
}

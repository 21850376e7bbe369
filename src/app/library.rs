//! The public face: a project, built into its folder.

use super::build::{Options, Part, Report};
use super::{inputs, settled};
use crate::model::engine::SharedEngine;
use crate::project::{self, PeriodKey, Project};
use crate::publish::{Format, Out};
use crate::run::{Problems, Progress, Record, Result};
use crate::values::Lang;
use std::path::{Path, PathBuf};

/// What is made of a project, where, and what is set otherwise than in its file.
///
/// ```
/// let mut options = ruong::BuildOptions::default();
/// options.only = vec![ruong::Part::Tables];
/// options.period = Some("2024-W15".to_owned());
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BuildOptions {
    /// Output folder; the project's own without it
    pub out: Option<PathBuf>,
    /// Only these parts; all of them if empty
    pub only: Vec<Part>,
    /// Picture formats; all three by default
    pub formats: Vec<Format>,
    /// Reporting period in place of the project's: `latest`, `previous`, `2024-W16`
    pub period: Option<String>,
    /// Language in place of the project's
    pub language: Option<Lang>,
    /// Greys and hatches instead of colours
    pub bw: bool,
    /// Pixels an inch of PNG, in place of the project's
    pub dpi: Option<f32>,
    /// Draws pictures that have not changed again
    pub redraw: bool,
    /// What sums fields, observations and contracts by commune
    pub engine: SharedEngine,
}

impl Default for BuildOptions {
    fn default() -> BuildOptions {
        let Options { only, formats, redraw, engine, .. } = Options::default();
        BuildOptions { out: None, only, formats, period: None, language: None, bw: false, dpi: None, redraw, engine }
    }
}

/// What a build came to, and where its files are.
#[derive(Debug)]
#[must_use]
#[non_exhaustive]
pub struct Built {
    /// The output folder
    pub folder: PathBuf,
    /// What went in and what came out, as `run.json` has it
    pub record: Record,
    /// The core question in a few lines: hectares under contract at risk, by what, where it changed
    pub answer: Vec<String>,
    /// What the outputs have to say, for people
    pub said: Vec<String>,
    /// Everything that was not as it should be, as `problems.csv` has it
    pub problems: Problems,
    /// Some outputs could not be made; the others were
    pub failed: bool,
    /// Files written, those left as they were not among them
    pub written: usize,
}

/// Builds a project into its output folder: tables, maps, charts, lists, `problems.csv` and `run.json`.
///
/// # Errors
/// An unusable project or input, an unknown period, an output folder that cannot be written or that another run holds: nothing was made.
/// What could not be made of the rest is in [`Built::problems`], with [`Built::failed`] set.
///
/// ```
/// # fn main() -> ruong::Result<()> {
/// # let folder = tempfile::tempdir().unwrap();
/// let project = ruong::open("data/hong-ngu")?;
/// let mut options = ruong::BuildOptions::default();
/// options.out = Some(folder.path().to_owned());
/// options.only = vec![ruong::Part::Tables];
/// let built = ruong::build(&project, &options)?;
/// assert!(built.answer[0].contains("905,9 / 3.000,0 ha"));
/// assert!(!built.failed && folder.path().join("tables/communes.csv").is_file());
/// # Ok(())
/// # }
/// ```
pub fn build(project: &Project, options: &BuildOptions) -> Result<Built> {
    build_watched(project, options, &mut Progress::silent())
}

/// The same, with someone to tell how far it is.
///
/// # Errors
/// As of [`build()`].
pub fn build_watched(project: &Project, options: &BuildOptions, progress: &mut Progress) -> Result<Built> {
    let mut project = project.clone();
    project.language = options.language.unwrap_or(project.language);
    project.bw |= options.bw;
    if let Some(dpi) = options.dpi {
        project.page.dpi = Some(dpi);
        project::check_page(&project.page)?;
    }
    if let Some(period) = &options.period {
        project.period = Some(PeriodKey::Words(period.clone()));
    }
    let project = settled(&project)?.into_owned();
    let folder = options.out.clone().unwrap_or_else(|| project.folder.join(&project.out));
    let out = Out::new(&folder, &inputs(&project))?;
    let (only, formats) = (options.only.clone(), options.formats.clone());
    let own = Options { only, formats, redraw: options.redraw, engine: options.engine.clone(), ..Options::default() };
    let mut problems = Problems::default();
    let Report { record, answer, said, failed, written } = super::build::build(&project, &own, &mut problems, progress, &out)?;
    Ok(Built { folder, record, answer, said, problems, failed, written })
}

/// Opens a project: a `ruong.toml`, or a folder that holds one.
///
/// # Errors
/// A file that is not there or cannot be read, and every key that is unknown, misplaced or wrong, with its place and the nearest known one.
///
/// ```
/// let project = ruong::open("data/hong-ngu").unwrap();
/// assert_eq!(project.tables.len(), 7);
/// let fault = ruong::open("data/nowhere").unwrap_err();
/// assert_eq!(fault.code, "missing-file");
/// ```
pub fn open(project: impl AsRef<Path>) -> Result<Project> {
    project::open(project.as_ref())
}

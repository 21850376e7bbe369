//! Commands that are one output of a project: the project is made in memory from their arguments and built as any other.

use super::frame::Frame;
use super::{Outcome, Stopped, report, stop, terminal};
use crate::app::{self, Options};
use crate::project::{OutputConfig, OutputKind, Project};
use crate::publish::{Out, Sink};
use crate::run::{Fault, Problems, Result};
use crate::values::Lang;
use std::path::{Path, PathBuf};

/// Where a command that draws writes, and what stands on its pictures.
#[derive(Debug, clap::Args)]
pub(super) struct FolderArguments {
    /// Thư mục kết quả (output folder)
    #[arg(long)]
    out: PathBuf,
    /// Thang xám và nét gạch thay cho màu, để in đen trắng (greys and hatches instead of colours)
    #[arg(long)]
    bw: bool,
    /// Tiêu đề chung, in trên mọi hình (title of them all, printed on every picture)
    #[arg(long, default_value = "", hide_default_value = true)]
    title: String,
    /// Đơn vị lập, in trên mọi hình (who made it, printed on every picture)
    #[arg(long, default_value = "", hide_default_value = true)]
    office: String,
    /// Nguồn số liệu, in trên mọi hình (where the data come from, printed on every picture)
    #[arg(long, default_value = "", hide_default_value = true)]
    source: String,
}

impl FolderArguments {
    /// Writes an output of a project, its pictures and its `problems.csv`.
    pub(super) fn make(&self, mut project: Project, kind: OutputKind, frame: Frame) -> std::result::Result<Outcome, Stopped> {
        project.bw = self.bw;
        project.title.clone_from(&self.title);
        project.office.clone_from(&self.office);
        project.source.clone_from(&self.source);
        make(project, kind, &self.out, Manner { lang: frame.lang(), quiet: frame.quiet, problems: true })
    }
}

/// How a command reports.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner {
    pub(super) lang: Lang,
    pub(super) quiet: bool,
    /// Writes `problems.csv` beside the rest
    pub(super) problems: bool,
}

/// Writes an output of a project into a folder.
pub(super) fn make(project: Project, kind: OutputKind, out: &Path, manner: Manner) -> std::result::Result<Outcome, Stopped> {
    // What is refused leaves no folder behind.
    let sink = Out::once_written(out, &app::inputs(&project));
    make_into(project, kind, &sink, manner)
}

/// Writes an output of a project into a sink, and nothing else of the project.
pub(super) fn make_into(
    mut project: Project,
    kind: OutputKind,
    sink: &dyn Sink,
    manner: Manner,
) -> std::result::Result<Outcome, Stopped> {
    let Manner { lang, quiet, problems: list } = manner;
    project.language = lang;
    project.outputs = vec![OutputConfig { id: kind_name(&kind), file: Some(String::new()), kind }];
    let only = vec![app::Part::Outputs];
    let options = Options { only, problems: list, record: false, stops: true, ..Options::default() };
    let (mut problems, mut progress) = (Problems::default(), terminal::progress(lang, quiet));
    let result: Result<app::Report> = app::build(&project, &options, &mut problems, &mut progress, sink);
    progress.finish();
    report::problems(&problems, lang, &terminal::progress(lang, false));
    let report = result.map_err(|fault| stop(lang)(as_option(fault)))?;
    report.said.iter().for_each(|line| progress.say(line));
    Ok(if report.failed { Outcome::Partial } else { Outcome::Complete })
}

fn kind_name(kind: &OutputKind) -> String {
    use crate::project::kinds::Kinds;
    kind.name().to_owned()
}

/// A fault about a key, as one about the option of that name.
fn as_option(mut fault: Fault) -> Fault {
    let column = &mut fault.place.column;
    if fault.place.file.is_empty() && !column.is_empty() && !column.starts_with('-') {
        *column = format!("--{}", column.replace('_', "-"));
    }
    fault
}

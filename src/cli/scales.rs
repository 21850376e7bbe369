//! `ruong scales fix`: classes that stay as they are from week to week.

use super::frame::Frame;
use super::give::give_bytes;
use super::terminal::{progress, tell};
use super::{Outcome, Stopped, print, report, stop};
use crate::app::scales::{Fixed, fix};
use crate::run::{Fault, Problems};
use crate::values::Lang;
use crate::{message, project};
use std::path::{Path, PathBuf};

/// Arguments of `ruong scales`.
#[derive(Debug, clap::Args)]
pub(super) struct ScalesArguments {
    #[command(subcommand)]
    command: ScalesCommand,
}

#[derive(Debug, clap::Subcommand)]
enum ScalesCommand {
    /// Tính các mốc chung cho mọi kỳ đang có, để tuần sau không đổi (breaks for all periods there are, so that they stay)
    Fix(FixArguments),
}

#[derive(Debug, clap::Args)]
struct FixArguments {
    /// Thư mục có ruong.toml, hoặc chính tệp đó (folder or project file)
    #[arg(default_value = ".")]
    project: PathBuf,
    /// Ghi thêm vào cuối tệp dự án, thay vì chỉ in ra (adds them to the project file)
    #[arg(long)]
    write: bool,
}

pub(super) fn run(arguments: &ScalesArguments, frame: Frame) -> Result<Outcome, Stopped> {
    let ScalesCommand::Fix(own) = &arguments.command;
    let project = project::open(&own.project).map_err(stop(frame.lang()))?;
    let lang = frame.of(&project);
    let (mut progress, mut problems) = (progress(lang, frame.quiet), Problems::default());
    let found = fix(&project, &mut problems, &mut progress).map_err(stop(lang))?;
    let (there, new): (Vec<&Fixed>, Vec<&Fixed>) = found.iter().partition(|fixed| fixed.is_there);
    let text: String = new.iter().map(|fixed| format!("\n# {}\n{}", said(fixed, lang), fixed.table())).collect();
    print(text.trim());
    for fixed in there {
        let name = &fixed.name;
        tell(message!("[scales.{name}] đã có: thêm dòng sau vào đó", "[scales.{name}] is there: add this line to it").get(lang));
        tell(fixed.table().lines().nth(1).unwrap_or_default());
    }
    if own.write && !text.is_empty() {
        let (path, count) = (&project.file, new.len());
        add(Path::new(path), &text).map_err(stop(lang))?;
        tell(message!("đã thêm {count} thang vào {path}", "{count} scales added to {path}").get(lang));
    }
    if found.is_empty() {
        tell(message!("mọi thang đã có mốc cố định", "every scale has breaks of its own").get(lang));
    }
    progress.say(&report::counts(&problems, lang));
    Ok(Outcome::Complete)
}

fn said(fixed: &Fixed, lang: Lang) -> String {
    let (measures, [values, weeks]) = (fixed.measures.join(", "), fixed.numbers);
    match lang {
        Lang::Vi => format!("{measures}: {values} số của {weeks} tuần và các kỳ so sánh"),
        Lang::En => format!("{measures}: {values} numbers of {weeks} weeks and the periods compared"),
    }
}

/// The file with more at its end; what is there stays as it is.
fn add(path: &Path, text: &str) -> Result<(), Fault> {
    let mut bytes = crate::run::opening::read(path)?;
    if !bytes.ends_with(b"\n") {
        bytes.push(b'\n');
    }
    bytes.extend_from_slice(text.as_bytes());
    give_bytes(Some(path), &bytes)
}

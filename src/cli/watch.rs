//! `ruong watch`: builds again whenever a file of the project changes, until it is stopped.

use super::frame::Frame;
use super::terminal::tell;
use super::{BuildArguments, Outcome, Stopped, build, report, stop};
use crate::message;
use crate::run::{Fault, Place, Result};
use crate::values::Lang;
use crate::{project, propose};
use notify::{Event, EventKind, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// A file that is being copied changes many times: what follows within this time is one change.
const CALM: Duration = Duration::from_millis(700);

/// Arguments of `ruong watch`: those of a build.
#[derive(Debug, clap::Args)]
pub(super) struct WatchArguments {
    #[command(flatten)]
    pub(super) build: BuildArguments,
    /// Dừng sau số lần dựng này (stops after so many builds)
    #[arg(long)]
    builds: Option<u32>,
}

pub(super) fn run(arguments: &WatchArguments, frame: Frame) -> std::result::Result<Outcome, Stopped> {
    let lang = frame.lang();
    watch(arguments, frame).map_err(stop(lang))
}

fn watch(arguments: &WatchArguments, frame: Frame) -> Result<Outcome> {
    let lang = frame.lang();
    let [project] = &arguments.build.projects[..] else {
        let message = message!("theo dõi từng dự án một", "one project is watched at a time");
        return Err(Fault::new("usage", Place::default(), message));
    };
    let project = project::open(project)?;
    let folder = std::fs::canonicalize(if project.folder.as_os_str().is_empty() { Path::new(".") } else { &project.folder })
        .map_err(|error| Fault::io(&project.folder, &error))?;
    let refused = |error: &dyn std::fmt::Display| {
        let message = message!("không theo dõi được thư mục", "cannot watch the folder").because(&error);
        Fault::new("cannot-watch", Place::file(folder.display().to_string()), message)
    };
    let (send, receive) = channel();
    let mut watcher = notify::recommended_watcher(send).map_err(|error| refused(&error))?;
    watcher.watch(&folder, RecursiveMode::Recursive).map_err(|error| refused(&error))?;
    let mut built = 0;
    loop {
        // A fault is for people to mend; the next change tries again.
        if let Err(stopped) = build::run(&arguments.build, frame) {
            report::fault(&stopped.0, stopped.1);
        }
        built += 1;
        if arguments.builds.is_some_and(|most| built >= most) {
            return Ok(Outcome::Complete);
        }
        let place = folder.display();
        tell(&match lang {
            Lang::Vi => format!("đang theo dõi {place}; có tệp mới hoặc tệp đổi thì dựng lại (Ctrl+C để dừng)"),
            Lang::En => format!("watching {place}; builds again when a file is new or changes (Ctrl+C stops it)"),
        });
        let Some(changed) = next_change(&receive, &folder) else { return Ok(Outcome::Complete) };
        let name = changed.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        tell(&match lang {
            Lang::Vi => format!("{name} đã đổi"),
            Lang::En => format!("{name} has changed"),
        });
    }
}

/// Waits for a change of an input and for calm after it; the answer is the first file that changed. `None` when nothing can come any more.
fn next_change(receive: &Receiver<notify::Result<Event>>, folder: &Path) -> Option<PathBuf> {
    let mut first: Option<PathBuf> = None;
    loop {
        let event = match &first {
            None => receive.recv().ok()?,
            Some(changed) => match receive.recv_timeout(CALM) {
                Ok(event) => event,
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Some(changed.clone()),
            },
        };
        let Ok(event) = event else { continue };
        if matches!(event.kind, EventKind::Access(_)) {
            continue;
        }
        // Wherever its results go, a build leaves its record beside them.
        let written = |path: &PathBuf| {
            let folders = path.ancestors().take_while(|above| *above != folder);
            folders.into_iter().any(propose::is_written)
        };
        let input = event.paths.into_iter().find(|path| !written(path) && !propose::is_of_program(path));
        first = first.or(input);
    }
}

//! What a person sees of a run on stderr: a bar in a terminal, plain lines elsewhere, nothing when quiet.

use crate::run::progress::{Observer, Progress};
use crate::values::Lang;
use crate::values::foreign::visible;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Progress on stderr, unless `quiet`.
pub fn progress(lang: Lang, quiet: bool) -> Progress {
    if quiet {
        return Progress::silent();
    }
    let bar = std::io::stderr().is_terminal().then(|| {
        let bar = ProgressBar::no_length();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {wide_bar} {pos}/{len}") {
            bar.set_style(style);
        }
        bar
    });
    Progress::new(lang, Arc::new(Terminal { bar, over: AtomicBool::new(false) }))
}

struct Terminal {
    bar: Option<ProgressBar>,
    over: AtomicBool,
}

impl Terminal {
    fn bar(&self) -> Option<&ProgressBar> {
        self.bar.as_ref().filter(|_| !self.over.load(Ordering::Relaxed))
    }
}

impl Observer for Terminal {
    fn stage(&self, steps: u64, words: &str, seconds: f64) {
        match self.bar() {
            Some(bar) => {
                bar.set_length(steps.max(1));
                bar.set_position(0);
                bar.set_message(words.to_owned());
            }
            None => tell(&format!("{seconds:6.2}s  {words}")),
        }
    }

    fn step(&self) {
        if let Some(bar) = self.bar() {
            bar.inc(1);
        }
    }

    fn say(&self, line: &str) {
        match self.bar() {
            Some(bar) => bar.suspend(|| tell(line)),
            None => tell(line),
        }
    }

    fn end(&self) {
        if let (Some(bar), false) = (&self.bar, self.over.swap(true, Ordering::Relaxed)) {
            bar.finish_and_clear();
        }
    }
}

/// Prints a line on stderr. A reader that has gone away is no reason to stop.
pub fn tell(line: &str) {
    tell_as_is(&visible(line));
}

/// Prints text on stderr that may colour the terminal: its parts from outside are masked already.
pub fn tell_as_is(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

//! Progress: a bar in a terminal, plain lines elsewhere, nothing when quiet.

use crate::values::{Lang, Message};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// Tells the user what is being done, and remembers how long each stage took.
pub struct Progress {
    lang: Lang,
    quiet: bool,
    bar: Option<ProgressBar>,
    stage: Option<(&'static str, Instant)>,
    timings: Vec<(&'static str, Duration)>,
    start: Instant,
}

impl Progress {
    /// Progress on stderr, unless `quiet`.
    pub fn new(lang: Lang, quiet: bool) -> Progress {
        let bar = (!quiet && std::io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::no_length();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {wide_bar} {pos}/{len}") {
                bar.set_style(style);
            }
            bar
        });
        Progress { lang, quiet, bar, stage: None, timings: Vec::new(), start: Instant::now() }
    }

    /// Begins a stage of `steps` steps; `name` is its key in run.json.
    pub fn stage(&mut self, name: &'static str, steps: u64, message: &Message) {
        self.end_stage();
        self.stage = Some((name, Instant::now()));
        let message = message.get(self.lang);
        match &self.bar {
            Some(bar) => {
                bar.set_length(steps.max(1));
                bar.set_position(0);
                bar.set_message(message.to_owned());
            }
            None => self.say(&format!("{:6.2}s  {message}", self.start.elapsed().as_secs_f64())),
        }
    }

    /// A handle for threads to report finished steps with.
    pub fn ticker(&self) -> impl Fn() + Sync + use<> {
        let bar = self.bar.clone();
        move || {
            if let Some(bar) = &bar {
                bar.inc(1);
            }
        }
    }

    /// Prints a line, above the bar if there is one.
    pub fn say(&self, line: &str) {
        match (&self.bar, self.quiet) {
            (_, true) => {}
            (Some(bar), _) => bar.suspend(|| tell(line)),
            (None, _) => tell(line),
        }
    }

    fn end_stage(&mut self) {
        if let Some((name, since)) = self.stage.take() {
            self.timings.push((name, since.elapsed()));
        }
    }

    /// Ends the last stage and returns seconds by stage, in order, with the whole run last.
    pub fn finish(&mut self) -> Vec<(&'static str, f64)> {
        self.end_stage();
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
        let mut timings: Vec<(&'static str, f64)> = Vec::new();
        for (name, duration) in &self.timings {
            match timings.iter_mut().find(|(known, _)| known == name) {
                Some((_, seconds)) => *seconds += duration.as_secs_f64(),
                None => timings.push((name, duration.as_secs_f64())),
            }
        }
        timings.push(("total", self.start.elapsed().as_secs_f64()));
        timings
    }
}

/// Prints a line on stderr. A reader that has gone away is no reason to stop.
pub fn tell(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{line}");
}

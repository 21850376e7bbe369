//! How far a run is: stages and steps for whoever watches, and how long each stage took.

use crate::values::{Lang, Message};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Watches a run: a bar in a terminal, lines in a log, or nothing. Rooms that compute report to it and print nothing themselves.
pub trait Observer: Send + Sync {
    /// A stage of so many steps begins; `seconds` have passed since the start.
    fn stage(&self, steps: u64, words: &str, seconds: f64);

    /// A step of the stage is done.
    fn step(&self);

    /// Something to be read.
    fn say(&self, line: &str);

    /// The run is over.
    fn end(&self);
}

/// Watches nothing.
struct Silent;

impl Observer for Silent {
    fn stage(&self, _: u64, _: &str, _: f64) {}
    fn step(&self) {}
    fn say(&self, _: &str) {}
    fn end(&self) {}
}

/// Tells an observer what is being done, and remembers how long each stage took.
pub struct Progress {
    lang: Lang,
    observer: Arc<dyn Observer>,
    stage: Option<(&'static str, Instant)>,
    timings: Vec<(&'static str, Duration)>,
    start: Instant,
}

impl Progress {
    /// Progress that an observer sees.
    pub fn new(lang: Lang, observer: Arc<dyn Observer>) -> Progress {
        Progress { lang, observer, stage: None, timings: Vec::new(), start: Instant::now() }
    }

    /// Progress that nobody sees.
    pub fn silent() -> Progress {
        Progress::new(Lang::default(), Arc::new(Silent))
    }

    /// Begins a stage of `steps` steps; `name` is its key in run.json.
    pub fn stage(&mut self, name: &'static str, steps: u64, message: &Message) {
        self.end_stage();
        self.stage = Some((name, Instant::now()));
        self.observer.stage(steps, message.get(self.lang), self.start.elapsed().as_secs_f64());
    }

    /// A handle for threads to report finished steps with.
    pub fn ticker(&self) -> impl Fn() + Sync + Send + use<> {
        let observer = Arc::clone(&self.observer);
        move || observer.step()
    }

    /// Says a line.
    pub fn say(&self, line: &str) {
        self.observer.say(line);
    }

    fn end_stage(&mut self) {
        if let Some((name, since)) = self.stage.take() {
            self.timings.push((name, since.elapsed()));
        }
    }

    /// Ends the last stage and returns seconds by stage, in order, with the whole run last.
    pub fn finish(&mut self) -> Vec<(&'static str, f64)> {
        self.end_stage();
        self.observer.end();
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

//! The list of everything that was not as it should be, none of which stopped the run.

use super::fault::{Fault, Place};
use crate::values::Message;

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// An output could not be made, or data could not be used
    Error,
    /// Data was used, but somebody should look
    Warning,
    /// Something was understood in one of several possible ways
    Info,
}

impl Level {
    /// The name written to problems.csv.
    pub fn name(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "info",
        }
    }
}

/// One line of problems.csv.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// How much it matters
    pub level: Level,
    /// Stable name of the kind of problem, used to count alike ones together
    pub code: &'static str,
    /// Where
    pub place: Place,
    /// What is wrong
    pub problem: Message,
    /// What to do
    pub hint: Option<Message>,
}

/// All problems of a run, in the order of the input.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    list: Vec<Problem>,
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Problem {
        let Fault { code, place, message, hint, .. } = fault;
        Problem { level: Level::Error, code, place, problem: message, hint }
    }
}

impl Problems {
    /// Adds an error.
    pub fn error(&mut self, code: &'static str, place: Place, problem: Message, hint: Option<Message>) {
        self.list.push(Problem { level: Level::Error, code, place, problem, hint });
    }

    /// Adds a warning.
    pub fn warning(&mut self, code: &'static str, place: Place, problem: Message, hint: Option<Message>) {
        self.list.push(Problem { level: Level::Warning, code, place, problem, hint });
    }

    /// Adds a note on how something was understood.
    pub fn info(&mut self, code: &'static str, place: Place, problem: Message, hint: Option<Message>) {
        self.list.push(Problem { level: Level::Info, code, place, problem, hint });
    }

    /// Adds a fault that stopped one output only.
    pub fn fault(&mut self, fault: Fault) {
        self.list.push(fault.into());
    }

    /// Adds all problems of another list after these.
    pub fn append(&mut self, mut other: Problems) {
        self.list.append(&mut other.list);
    }

    /// The problems in order.
    pub fn list(&self) -> &[Problem] {
        &self.list
    }

    /// How many there are of one level.
    pub fn count(&self, level: Level) -> usize {
        self.list.iter().filter(|problem| problem.level == level).count()
    }

    /// Kinds of problem with their counts and the first of each, most serious first, then in order of appearance.
    pub fn kinds(&self) -> Vec<(&Problem, usize)> {
        let mut kinds: Vec<(&Problem, usize)> = Vec::new();
        let mut seen = hashbrown::HashMap::new();
        for problem in &self.list {
            let slot = *seen.entry((problem.code, problem.level, problem.place.file.as_str())).or_insert_with(|| {
                kinds.push((problem, 0));
                kinds.len() - 1
            });
            kinds[slot].1 += 1;
        }
        kinds.sort_by_key(|(problem, _)| problem.level);
        kinds
    }
}

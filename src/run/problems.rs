//! The list of everything that was not as it should be, none of which stopped the run.

use super::fault::{Fault, Place};
use crate::values::{Lang, Message};

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

/// A problem for programs, in one language.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Entry {
    /// How much it matters
    pub level: &'static str,
    /// Stable name of the kind of problem
    pub code: &'static str,
    /// File
    pub file: String,
    /// Row or feature
    pub row: Option<u64>,
    /// Column
    pub column: String,
    /// What was found
    pub value: String,
    /// What is wrong
    pub problem: String,
    /// What to do
    pub hint: Option<String>,
}

impl Problem {
    /// The same for programs.
    pub fn entry(&self, lang: Lang) -> Entry {
        Entry {
            level: self.level.name(),
            code: self.code,
            file: self.place.file.clone(),
            row: self.place.row,
            column: self.place.column.clone(),
            value: self.place.value.clone(),
            problem: self.problem.get(lang).to_owned(),
            hint: self.hint.as_ref().map(|hint| hint.get(lang).to_owned()),
        }
    }
}

/// All problems of a run, in the order of the input: what `problems.csv` holds.
///
/// ```
/// # fn main() -> ruong::Result<()> {
/// let project = ruong::open("data/hong-ngu")?;
/// let mut problems = ruong::Problems::default();
/// let _ = ruong::check(&project, &mut problems, &mut ruong::Progress::silent())?;
/// assert_eq!(problems.count(ruong::Level::Error), 0);
/// for problem in problems.list() {
///     println!("{}: {}", problem.place.describe(ruong::Lang::En), problem.problem.get(ruong::Lang::En));
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Problems {
    list: Vec<Problem>,
    /// Files with rows of earlier periods only
    earlier: std::collections::BTreeSet<String>,
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
        self.earlier.append(&mut other.earlier);
    }

    /// The problems in order.
    pub fn list(&self) -> &[Problem] {
        &self.list
    }

    /// Marks a file as one that holds rows of earlier periods only.
    pub fn mark_earlier(&mut self, file: &str) {
        self.earlier.insert(file.to_owned());
    }

    /// Whether a problem is one of a file of earlier periods.
    pub fn is_earlier(&self, problem: &Problem) -> bool {
        self.earlier.contains(&problem.place.file)
    }

    /// The problems, errors first, of these the reporting period's before those of earlier files, and first the ones that cost most
    /// hectares; else in the order of the input.
    pub fn by_weight(&self) -> Vec<&Problem> {
        let mut list: Vec<&Problem> = self.list.iter().collect();
        let lost = |problem: &Problem| problem.place.hectares.unwrap_or(0.0);
        let earlier = |problem: &Problem| self.is_earlier(problem);
        list.sort_by(|a, b| a.level.cmp(&b.level).then(earlier(a).cmp(&earlier(b))).then(lost(b).total_cmp(&lost(a))));
        list
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
        kinds.sort_by_key(|(problem, _)| (problem.level, self.is_earlier(problem)));
        kinds
    }
}

//! What the user reads on stderr: faults, the summary, and the list of problems.

use super::terminal::{tell, tell_as_is};
use crate::app::periods::{NEWER_ROWS, NO_ROWS};
use crate::run::{Fault, Level, Problem, Problems, Progress};
use crate::values::Lang;
use crate::values::foreign::{masked, visible};
use crate::words::{placed, with_value};
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};
use std::fmt;
use std::io::IsTerminal;

/// Kinds of problem shown with an example each.
const SHOWN: usize = 12;

/// Prints a fault with its place, its line of the project file and its hint.
pub fn fault(fault: &Fault, lang: Lang) {
    let theme = if std::io::stderr().is_terminal() { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(110);
    let shown = Shown {
        text: visible(&with_value(placed(&fault.place, fault.message.get(lang), lang), &fault.place.value)).into_owned(),
        hint: fault.hint.as_ref().map(|hint| visible(hint.get(lang)).into_owned()),
        source: fault.snippet.as_ref().map(|snippet| NamedSource::new(masked(&fault.place.file), masked(&snippet.text))),
        span: fault.snippet.as_ref().map(|snippet| snippet.span.clone()),
    };
    let mut text = String::new();
    match handler.render_report(&mut text, &shown) {
        Ok(()) => tell_as_is(text.trim_end()),
        Err(_) => tell(&shown.text),
    }
}

#[derive(Debug)]
struct Shown {
    text: String,
    hint: Option<String>,
    source: Option<NamedSource<String>>,
    span: Option<std::ops::Range<usize>>,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Shown {}

impl Diagnostic for Shown {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.hint.as_ref().map(|hint| Box::new(hint) as Box<dyn fmt::Display>)
    }
    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }
    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.span.clone()?;
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(None, span))))
    }
}

/// Prints the kinds of problem with their counts and one example of each.
pub fn problems(problems: &Problems, lang: Lang, progress: &Progress) {
    let kinds = problems.kinds();
    for (problem, count) in kinds.iter().take(SHOWN) {
        let level = match problem.level {
            Level::Error => lang.pick("LỖI", "ERROR"),
            Level::Warning => lang.pick("chú ý", "warning"),
            Level::Info => lang.pick("để biết", "note"),
        };
        let times = if *count > 1 { format!(" ×{count}") } else { String::new() };
        let value = &problem.place.value;
        let value = if value.is_empty() { String::new() } else { format!(" [{value}]") };
        progress.say(&format!("  {level}{times}: {}{value}", placed(&problem.place, problem.problem.get(lang), lang)));
        if let Some(hint) = &problem.hint {
            progress.say(&format!("      → {}", hint.get(lang)));
        }
    }
    if kinds.len() > SHOWN {
        let more = kinds.len() - SHOWN;
        progress.say(&format!("  … {more} {}", lang.pick("loại vấn đề khác", "more kinds of problem")));
    }
}

/// What must be said before any number: the period has no rows, or newer ones lie unused.
pub fn first(problems: &Problems, lang: Lang, progress: &Progress) {
    let of_period = |problem: &&Problem| [NO_ROWS, NEWER_ROWS].contains(&problem.code);
    for problem in problems.list().iter().filter(of_period) {
        let hint = problem.hint.as_ref().map(|hint| format!(" → {}", hint.get(lang))).unwrap_or_default();
        progress.say(&format!("! {}{hint}", problem.problem.get(lang)));
    }
}

/// The last line: how many problems of each level.
pub fn counts(problems: &Problems, lang: Lang) -> String {
    let [errors, warnings, notes] = [Level::Error, Level::Warning, Level::Info].map(|level| problems.count(level));
    match lang {
        Lang::Vi => format!("vấn đề: {errors} lỗi, {warnings} chú ý, {notes} để biết"),
        Lang::En => format!("problems: {errors} errors, {warnings} warnings, {notes} notes"),
    }
}

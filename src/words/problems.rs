//! Problems in a line.

use crate::run::{Level, Place, Problem, Problems};
use crate::values::{Lang, numbers};

/// Adds the value found, where the words do not hold it.
pub fn with_value(words: String, value: &str) -> String {
    if value.is_empty() || words.contains(value) { words } else { format!("{words} [{value}]") }
}

/// Words with their place in front.
pub fn placed(place: &Place, message: &str, lang: Lang) -> String {
    let at = place.describe(lang);
    if at.is_empty() { message.to_owned() } else { format!("{at}: {message}") }
}

/// One line on what could not be read or used: how many places, the one that costs most, and how many more in files of earlier periods.
pub fn unread(problems: &Problems, lang: Lang) -> Option<String> {
    let errors = problems.by_weight().into_iter().filter(|problem| problem.level == Level::Error);
    let (earlier, now): (Vec<&Problem>, Vec<&Problem>) = errors.partition(|problem| problems.is_earlier(problem));
    let worst = now.first().or(earlier.first())?;
    let lost: f64 = now.iter().filter_map(|problem| problem.place.hectares).sum();
    let hectares = if lost > 0.0 { format!(" ({} ha)", numbers::format(lost, 1, lang)) } else { String::new() };
    let before = match (earlier.len(), lang) {
        (0, _) => String::new(),
        (count, Lang::Vi) => format!("; ở các tệp kỳ trước: {count} lỗi"),
        (count, Lang::En) => format!("; in files of earlier periods: {count} errors"),
    };
    let words = with_value(placed(&worst.place, worst.problem.get(lang), lang), &worst.place.value);
    let hint = worst.hint.as_ref().map(|hint| format!(" → {}", hint.get(lang))).unwrap_or_default();
    let what = match (now.len(), lang) {
        (0, _) => String::new(),
        (count, Lang::Vi) => format!("{count} lỗi{hectares}, nặng nhất: "),
        (count, Lang::En) => format!("errors: {count}{hectares}, the worst: "),
    };
    Some(format!("{what}{words}{hint}{before}"))
}

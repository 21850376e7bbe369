//! How a measure went over weeks.

use super::Headline;
use super::phrase::{short, with_unit};
use crate::model::Measured;
use crate::values::text::{capital, lower};
use crate::values::{Lang, Period, numbers};

/// A line: its name, and its value in each week.
pub type Track = (String, Vec<Option<f64>>);

/// The line that stands highest at the end, from its first week to its last; with last year's value of that week where it is known.
/// `of` gives the name and unit that the lines share, `weeks` the weeks that have rows, `lines` names and values by these, and `past`
/// last year's of the only line.
pub fn of_series(of: &Measured, weeks: &[Period], (lines, past): (&[Track], Option<&[Option<f64>]>), lang: Lang) -> Headline {
    let ends = |values: &[Option<f64>]| {
        let first = values.iter().position(Option::is_some)?;
        let last = values.iter().rposition(Option::is_some)?;
        Some(((first, values[first]?), (last, values[last]?)))
    };
    let mut found: Vec<(&str, _)> = lines.iter().filter_map(|(name, values)| Some((name.as_str(), ends(values)?))).collect();
    found.sort_by(|a, b| b.1.1.1.total_cmp(&a.1.1.1));
    let Some(&(name, ((from, first), (to, last)))) = found.first() else { return Headline::default() };
    let what = of.name.get(lang);
    let subject = match lines.len() {
        1 => what.to_owned(),
        _ => capital(name),
    };
    let write = |number: f64| short(number, of, lang);
    let unit = with_unit(String::new(), of, false, lang).trim().to_owned();
    let last_words = format!("{} {unit}", write(last)).trim_end().to_owned();
    // Weeks without rows are not in the list, and go by all the same.
    let gone = |at: usize| weeks.get(at).map(|week| week.from);
    let weeks = gone(from).zip(gone(to)).map_or(0, |(from, to)| (to - from).num_days() / 7);
    let title = match (weeks, write(first) == write(last), lang) {
        (0, _, Lang::Vi) => format!("{subject}: {last_words}"),
        (0, _, Lang::En) => format!("{subject}: {last_words}"),
        (_, true, Lang::Vi) => format!("{subject} vẫn {last_words} sau {weeks} tuần"),
        (_, true, Lang::En) => format!("{subject}: still {last_words} after {weeks} weeks"),
        (_, _, Lang::Vi) => {
            let (verb, to) = if last > first { ("tăng", "lên") } else { ("giảm", "còn") };
            format!("{subject} {verb} từ {} {to} {last_words} sau {weeks} tuần", write(first))
        }
        (_, _, Lang::En) => {
            let verb = if last > first { "up" } else { "down" };
            format!("{subject} {verb} from {} to {last_words} in {weeks} weeks", write(first))
        }
    };
    let then = past.and_then(|past| past.get(to).copied().flatten());
    let lead = match (then, lines.len(), lang) {
        (Some(then), _, _) => {
            let words = lang.pick("Cùng tuần năm trước", "The same week last year");
            format!("{words} {} {unit}{}", write(then), percent(last, then, lang))
        }
        (None, 1, _) => String::new(),
        (None, _, _) => {
            let others: Vec<String> =
                found[1..].iter().take(3).map(|(name, (_, (_, last)))| format!("{} {}", lower(name), write(*last))).collect();
            if others.is_empty() {
                String::new()
            } else {
                format!("{} {} {unit}", lang.pick("Kế đến:", "Next:"), others.join(", ")).trim_end().to_owned()
            }
        }
    };
    Headline { title, lead }
}

fn percent(now: f64, then: f64, lang: Lang) -> String {
    if then < 1.0 || (now - then).abs() >= 10.0 * then {
        return String::new();
    }
    format!(" ({} %)", numbers::format_change(100.0 * (now - then) / then, 0, lang))
}

//! How a measure went over weeks.

use super::Headline;
use super::phrase::{short, with_unit};
use crate::model::Measured;
use crate::values::text::{capital, lower};
use crate::values::{Lang, Period, numbers};

/// A line over weeks.
#[derive(Debug, Clone, Default)]
pub struct Track {
    /// Its name
    pub name: String,
    /// Its value in each week
    pub values: Vec<Option<f64>>,
    /// Communes with a number in each week; empty where it is of one
    pub known: Vec<usize>,
}

/// The line that stands highest at the end, from its first week to its last; with last year's value of that week where it is known.
/// `of` gives the name and unit that the lines share, `weeks` the weeks that have rows, `lines` names and values by these, and `past`
/// last year's of the only line.
pub fn of_series(of: &Measured, weeks: &[Period], (lines, past): (&[Track], Option<&[Option<f64>]>), lang: Lang) -> Headline {
    let ends = |values: &[Option<f64>]| {
        let first = values.iter().position(Option::is_some)?;
        let last = values.iter().rposition(Option::is_some)?;
        Some(((first, values[first]?), (last, values[last]?)))
    };
    let mut found: Vec<(&Track, _)> = lines.iter().filter_map(|track| Some((track, ends(&track.values)?))).collect();
    found.sort_by(|a, b| b.1.1.1.total_cmp(&a.1.1.1));
    let Some(&(track, ((from, first), (to, last)))) = found.first() else { return Headline::default() };
    let name = track.name.as_str();
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
    // A sum of more communes is no growth.
    let counts = track.known.get(from).zip(track.known.get(to)).filter(|(before, now)| weeks > 0 && before != now);
    let scope = match (counts, lang) {
        (None, _) => String::new(),
        (Some((before, now)), Lang::Vi) => format!(", {before} rồi {now} xã có số liệu"),
        (Some((before, now)), Lang::En) => format!(", {before} then {now} communes with data"),
    };
    let title = title + &scope;
    let then = past.and_then(|past| past.get(to).copied().flatten());
    let lead = match (then, lines.len(), lang) {
        (Some(then), _, _) => {
            let words = lang.pick("Cùng tuần năm trước", "The same week last year");
            format!("{words} {} {unit}{}", write(then), percent(last, then, lang))
        }
        (None, 1, _) => String::new(),
        (None, _, _) => {
            let others: Vec<String> = found[1..]
                .iter()
                .take(3)
                .map(|(track, (_, (_, last)))| format!("{} {}", lower(&track.name), write(*last)))
                .collect();
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

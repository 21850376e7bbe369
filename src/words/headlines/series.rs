//! How a measure went over weeks.

use super::Headline;
use super::phrase::{short, with_unit};
use crate::model::Measured;
use crate::model::outlook::OutlookRow;
use crate::values::text::{capital, lower};
use crate::values::{Lang, Period, numbers};

/// A line over weeks.
#[derive(Debug, Clone, Default)]
pub struct Track {
    /// Its name
    pub name: String,
    /// Its value in each week
    pub values: Vec<Option<f64>>,
    /// Communes with a number in each week, ascending; empty where it is of one
    pub known: Vec<Vec<usize>>,
}

/// How many communes have a number in a week, in another, and in both; `None` where they are the same ones.
fn other_communes(before: &[usize], now: &[usize]) -> Option<[usize; 3]> {
    let both = now.iter().filter(|commune| before.binary_search(commune).is_ok()).count();
    (before != now).then_some([before.len(), now.len(), both])
}

/// ", 9 rồi 10 xã có số liệu"; as many communes that are others are told by how many have both.
fn scope([before, now, both]: [usize; 3], lang: Lang) -> String {
    match (both < before.min(now), lang) {
        (false, Lang::Vi) => format!(", {before} rồi {now} xã có số liệu"),
        (false, Lang::En) => format!(", {before} then {now} communes with data"),
        (true, Lang::Vi) => format!(", {before} rồi {now} xã có số liệu, chỉ {both} xã có cả hai"),
        (true, Lang::En) => format!(", {before} then {now} communes with data, only {both} with both"),
    }
}

/// Weeks of a year.
const YEAR: i64 = 52;

/// The line that stands highest at the end, from its first week to its last; with last year's value of that week where it is known.
/// `of` gives the name and unit that the lines share, `weeks` the weeks that have rows and from which on they are forecast, `lines` names
/// and values by these, and `past` last year's of the only line. Years of different communes have no change in per cent.
pub fn of_series(
    of: &Measured,
    (list, ahead): (&[Period], Option<usize>),
    (lines, past): (&[Track], Option<&Track>),
    lang: Lang,
) -> Headline {
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
    let gone = |at: usize| list.get(at).map(|week| week.from);
    let weeks = gone(from).zip(gone(to)).map_or(0, |(from, to)| (to - from).num_days() / 7);
    // What is forecast is called so, beside what was seen last.
    let seen_at = ahead.filter(|from| to >= *from).map(|from| track.values[..from].iter().rposition(Option::is_some));
    let seen = seen_at.map(|at| track.values[at?]);
    // Over more than a year seasons come round: the end is compared with the same week of the year before.
    let year_ago = gone(to)
        .and_then(|day| day.checked_sub_signed(chrono::TimeDelta::weeks(YEAR)))
        .and_then(|day| list.iter().position(|week| week.from == day));
    let title = match (weeks, write(first) == write(last), lang) {
        _ if seen.is_some() => {
            let seen = seen.flatten().map(&write);
            match (seen, lang) {
                (Some(seen), Lang::Vi) => format!("{subject}: dự báo {last_words}, số liệu gần nhất {seen}"),
                (Some(seen), Lang::En) => format!("{subject}: {last_words} forecast, {seen} last seen"),
                (None, Lang::Vi) => format!("{subject}: dự báo {last_words}"),
                (None, Lang::En) => format!("{subject}: {last_words} forecast"),
            }
        }
        (count, ..) if count > YEAR => match (year_ago.and_then(|at| track.values[at]), lang) {
            (Some(then), Lang::Vi) => format!("{subject}: {last_words}, cùng tuần năm trước {}", write(then)),
            (Some(then), Lang::En) => format!("{subject}: {last_words}, {} in the same week last year", write(then)),
            (None, _) => format!("{subject}: {last_words}"),
        },
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
    let before = seen_at.flatten().or(year_ago.filter(|_| weeks > YEAR)).unwrap_or(from);
    let others = track.known.get(before).zip(track.known.get(to)).filter(|_| weeks > 0);
    let others = others.and_then(|(before, now)| other_communes(before, now));
    let title = title + &others.map_or_else(String::new, |counts| scope(counts, lang));
    let then = past.and_then(|past| past.values.get(to).copied().flatten());
    let lead = match (then, lines.len(), lang) {
        (Some(then), _, _) => {
            let words = lang.pick("Cùng tuần năm trước", "The same week last year");
            let counts = past.and_then(|past| past.known.get(to)).zip(track.known.get(to));
            let change = match (counts.and_then(|(then, now)| other_communes(then, now)), lang) {
                (None, _) => percent(last, then, lang),
                (Some([then, now, both]), Lang::Vi) => {
                    format!(", {then} xã có số liệu; năm nay {now}, {both} xã có cả hai năm")
                }
                (Some([then, now, both]), Lang::En) => {
                    format!(", {then} communes with data; this year {now}, {both} with both years")
                }
            };
            format!("{words} {} {unit}{change}", write(then))
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

/// A forecast by commune: where it rises or falls for sure, where that is open, and where it is highest. `rows` are the highest first.
pub fn of_forecast(pest: &str, rows: &[(&str, &OutlookRow)], (unit, decimals): (&str, usize), lang: Lang) -> Headline {
    let Some((name, first)) = rows.first() else { return Headline::default() };
    // A change is one only where the last value lies outside of what is likely.
    let sure = |rise: bool| {
        let beyond =
            |row: &OutlookRow| row.interval.is_some_and(|[low, high]| if rise { row.last < low } else { row.last > high });
        rows.iter().filter(|(_, row)| beyond(row)).count()
    };
    let (up, down) = (sure(true), sure(false));
    let open = rows.len() - up - down;
    let write = |number: f64| numbers::format(number, decimals, lang);
    let proved = rows.iter().any(|(_, row)| row.interval.is_some());
    let parts =
        [(up, lang.pick("tăng ở", "up in")), (down, lang.pick("giảm ở", "down in")), (open, lang.pick("chưa rõ ở", "open in"))];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{words} {count} {}", lang.pick("xã", if count == 1 { "commune" } else { "communes" })))
        .collect();
    let title = match (proved, lang) {
        (true, Lang::Vi) => format!("{}: dự báo {}", capital(pest), parts.join(", ")),
        (true, Lang::En) => format!("{}: forecast {}", capital(pest), parts.join(", ")),
        (false, Lang::Vi) => format!("{}: chưa mô hình nào hơn giữ nguyên mức gần nhất", capital(pest)),
        (false, Lang::En) => format!("{}: no model beats the last level yet", capital(pest)),
    };
    let range = first.interval.map_or(String::new(), |[low, high]| match lang {
        Lang::Vi => format!(", trong khoảng {} – {} với xác suất 80 %", write(low), write(high)),
        Lang::En => format!(", within {} – {} at 80 %", write(low), write(high)),
    });
    let value = format!("{} {unit}", write(first.forecast));
    let lead = format!("{} {name}: {}{range}", lang.pick("Cao nhất ở", "Highest in"), value.trim_end());
    Headline { title, lead }
}

//! What the numbers rest on: what could not be used, which communes have no data, how severities were judged.

use super::Brief;
use crate::measures::list::{INFESTED_HA, LINKED_AT_RISK_HA};
use crate::render::key;
use crate::run::{Level, Problem};
use crate::values::{Lang, Value, numbers};
use crate::words::{caveats, placed, with_value};
use std::collections::BTreeMap;

/// Names listed before they are only counted.
const MOST: usize = 12;

/// Sentences on the data, the gravest first.
pub fn quality(brief: &Brief) -> Vec<String> {
    let lang = brief.lang();
    let mut list = vec![counts(brief)];
    list.extend(without_data(brief));
    let joined = brief.render.joined;
    if joined.land.linked_unplaced_ha > 0.0 {
        let hectares = numbers::format(joined.land.linked_unplaced_ha, 1, lang);
        list.push(match lang {
            Lang::Vi => format!("{hectares} ha liên kết nằm trên thửa chưa xác định được vị trí."),
            Lang::En => format!("{hectares} contracted ha are on fields whose place is not known."),
        });
    }
    list.extend(caveats(joined, None, true, lang).into_iter().map(sentence));
    if let Some(outlook) = &joined.outlook {
        list.extend(outlook.words.iter().map(|words| sentence(words.get(lang).to_owned())));
    }
    if !brief.render.project.note.is_empty() {
        list.push(sentence(brief.render.project.note.clone()));
    }
    list
}

fn sentence(words: String) -> String {
    if words.ends_with(['.', '!', '?']) { words } else { format!("{words}.") }
}

fn counts(brief: &Brief) -> String {
    let [errors, warnings] = [Level::Error, Level::Warning].map(|level| brief.problems.count(level));
    match (errors + warnings, brief.lang()) {
        (0, Lang::Vi) => "Không có lỗi hay cảnh báo nào về số liệu.".to_owned(),
        (0, Lang::En) => "No errors or warnings about the data.".to_owned(),
        (_, Lang::Vi) => format!("{errors} lỗi và {warnings} cảnh báo về số liệu; đầy đủ trong problems.csv."),
        (_, Lang::En) => format!("Errors: {errors}, warnings: {warnings}; all of them in problems.csv."),
    }
}

/// Communes without a number of the leading measure.
fn without_data(brief: &Brief) -> Option<String> {
    let (render, lang) = (brief.render, brief.lang());
    let measure = [&LINKED_AT_RISK_HA, &INFESTED_HA].into_iter().find(|measure| measure.available(render.joined))?;
    let measured = render.measured(&key(measure.id, None, None), None).ok()?;
    let names: Vec<&str> = measured
        .values
        .iter()
        .zip(&render.joined.communes.names)
        .filter(|(value, _)| matches!(value, Value::NoData | Value::NotSurveyed))
        .map(|(_, name)| name.as_str())
        .collect();
    if names.is_empty() {
        return None;
    }
    let more = names.len().saturating_sub(MOST);
    let list = names[..names.len() - more].join(", ");
    let more = if more > 0 { format!(", … (+{more})") } else { String::new() };
    let measure = crate::words::lower(measured.name.get(lang));
    let (count, all) = (names.len(), measured.values.len());
    Some(match lang {
        Lang::Vi => format!("{count}/{all} xã không có số liệu {measure}: {list}{more}."),
        Lang::En => format!("{count} of {all} communes have no {measure}: {list}{more}."),
    })
}

/// The problems that cost most hectares, alike ones together: words and how often.
pub fn worst(brief: &Brief, most: usize) -> Vec<(String, usize, f64)> {
    let lang = brief.lang();
    let list = brief.problems.by_weight().into_iter().filter(|problem| problem.level != Level::Info);
    let mut found: Vec<(&Problem, usize, f64)> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for problem in list {
        let at = *known.entry(problem.code).or_insert_with(|| {
            found.push((problem, 0, 0.0));
            found.len() - 1
        });
        found[at].1 += 1;
        found[at].2 += problem.place.hectares.unwrap_or(0.0);
    }
    found.truncate(most);
    found
        .into_iter()
        .map(|(problem, count, hectares)| {
            let words = placed(&problem.place, problem.problem.get(lang), lang);
            (with_value(words, &problem.place.value), count, hectares)
        })
        .collect()
}

/// A kind of problem in a line: an example, and how often it comes.
pub fn line(words: &str, count: usize, hectares: f64, lang: Lang) -> String {
    let often = match (count, lang) {
        (0 | 1, _) => String::new(),
        (_, Lang::Vi) => format!(" (loại này có {count} chỗ)"),
        (_, Lang::En) => format!(" (one of {count} of this kind)"),
    };
    let lost = if hectares > 0.0 { format!(" – {} ha", numbers::format(hectares, 1, lang)) } else { String::new() };
    format!("{words}{often}{lost}")
}

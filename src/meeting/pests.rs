//! Each pest of the reporting period: hectares by severity, how they changed, where most of them are, what notices state beside.

use super::Brief;
use crate::measures::change::compare;
use crate::measures::list::INFESTED_HA;
use crate::model::{Measured, When, of_period};
use crate::project::MeasureKey;
use crate::render::key;
use crate::run::Result;
use crate::tables::{self, Sheet};
use crate::values::{Lang, Value, exact, numbers, severity};
use crate::words::headlines::listed;
use crate::words::values::same_communes;

/// What is known of one pest.
pub struct Pest {
    /// Name
    pub name: String,
    /// Infested hectares
    pub now: Measured,
    /// Hectares by severity, 1 first
    pub levels: Vec<Value>,
    /// Infested hectares of the period before and of last year
    pub before: [Option<Measured>; 2],
    /// Treated hectares over the communes that state them, and how many of those reported do
    pub treated: Option<(f64, [usize; 2])>,
    /// Stage, usual and highest density, distribution: as written in notices
    pub words: [String; 4],
}

/// Every pest of the period, the most hectares first.
pub fn pests(brief: &Brief) -> Result<Vec<Pest>> {
    let render = brief.render;
    let joined = render.joined;
    let Some(forecasts) = &joined.forecasts else { return Ok(Vec::new()) };
    if !INFESTED_HA.available(joined) || of_period(render.periods, When::Current).is_none() {
        return Ok(Vec::new());
    }
    let sheet = tables::pests::pests(joined, render.periods);
    let mut list = Vec::new();
    for name in &forecasts.pests {
        let own = key(INFESTED_HA.id, Some(name), None);
        let now = render.measured(&own, None)?;
        let of_level = |level: u8| -> Result<Value> {
            Ok(render.measured(&MeasureKey { severity: Some(level), ..own.clone() }, None)?.total)
        };
        list.push(Pest {
            name: crate::words::capital(name),
            levels: (1..=severity::HIGHEST).map(of_level).collect::<Result<_>>()?,
            before: [render.compared(&own, When::Previous)?, render.compared(&own, When::LastYear)?],
            treated: treated(&sheet, name),
            words: ["stage", "density_common", "density_high", "distribution"].map(|id| noted(&sheet, name, id)),
            now,
        });
    }
    // Sort is stable: equal pests keep their order.
    let rank = |pest: &Pest| pest.now.total.number().unwrap_or(-1.0);
    list.sort_by(|a, b| rank(b).total_cmp(&rank(a)));
    Ok(list)
}

/// Rows of a pest in the reporting period, with the cell of a column.
fn cells<'a>(sheet: &'a Sheet, pest: &'a str, id: &str) -> Option<impl Iterator<Item = &'a tables::Cell>> {
    let at = |id: &str| sheet.headings.iter().position(|heading| heading.id == id);
    let (period, name, column) = (at("period")?, at("pest")?, at(id)?);
    let is = |cell: &tables::Cell, words: &str| matches!(cell, tables::Cell::Text(text) if text == words);
    let rows = sheet.rows.iter().filter(move |row| is(&row[period], When::Current.name()) && is(&row[name], pest));
    Some(rows.map(move |row| &row[column]))
}

fn treated(sheet: &Sheet, pest: &str) -> Option<(f64, [usize; 2])> {
    let all: Vec<Option<f64>> = cells(sheet, pest, "treated_ha")?
        .map(|cell| match cell {
            tables::Cell::Value(value) => value.number(),
            tables::Cell::Text(_) => None,
        })
        .collect();
    let known: Vec<f64> = all.iter().flatten().copied().collect();
    (!known.is_empty()).then(|| (exact::sum(known.iter().copied()), [known.len(), all.len()]))
}

/// What notices write, each once.
fn noted(sheet: &Sheet, pest: &str, id: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for cell in cells(sheet, pest, id).into_iter().flatten() {
        if let tables::Cell::Text(text) = cell
            && !text.is_empty()
            && !words.contains(&text.as_str())
        {
            words.push(text);
        }
    }
    words.join("; ")
}

impl Pest {
    /// The highest severity that any hectare has, as a word: what is said, not what is feared.
    pub fn status(&self, lang: Lang) -> String {
        let highest =
            (1..).zip(&self.levels).filter(|(_, value)| value.number().is_some_and(|ha| ha > 0.0)).map(|(at, _)| at).max();
        match (self.now.total.number(), highest) {
            (None, _) => lang.pick("không có số liệu", "no data").to_owned(),
            (Some(0.0), _) => lang.pick("không nhiễm", "none").to_owned(),
            (Some(_), Some(level)) => match lang {
                Lang::Vi => format!("có nơi nhiễm {}", severity::name(level, lang)),
                Lang::En => format!("up to {}", severity::name(level, lang)),
            },
            (Some(_), None) => lang.pick("có nhiễm, chưa phân mức", "infested, not graded").to_owned(),
        }
    }

    /// "tăng 153,1 ha (+6,3 %) so với kỳ trước", over the communes that have numbers in both periods; nothing without them.
    pub fn change(&self, when: When, lang: Lang) -> Option<String> {
        let then = self.before[usize::from(when == When::LastYear)].as_ref()?;
        let compared = compare(&self.now, then);
        let (gain, base) = (compared.change().number()?, compared.then.number()?);
        let scope = same_communes(&compared, lang);
        let when = when.title(lang);
        let written = numbers::format_change(gain, 1, lang);
        let (amount, percent) = (numbers::format(gain.abs(), 1, lang), percent(gain, base, lang));
        let moved = match gain > 0.0 {
            true => lang.pick("tăng", "up"),
            false => lang.pick("giảm", "down"),
        };
        Some(match (numbers::is_nothing(&written), lang) {
            (true, Lang::Vi) => format!("không đổi so với {when}{scope}"),
            (true, Lang::En) => format!("unchanged since the {when}{scope}"),
            (false, Lang::Vi) => format!("{moved} {amount} ha{percent} so với {when}{scope}"),
            (false, Lang::En) => format!("{moved} {amount} ha{percent} on the {when}{scope}"),
        })
    }

    /// The communes that hold most of it, the names of at most three.
    pub fn places(&self, names: &[String], lang: Lang) -> String {
        let mut list: Vec<(f64, usize)> =
            self.now.values.iter().enumerate().filter_map(|(at, value)| Some((value.number()?, at))).collect();
        list.retain(|(hectares, _)| *hectares > 0.0);
        list.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let first: Vec<&str> = list.iter().take(3).map(|(_, at)| names[*at].as_str()).collect();
        let more = list.len().saturating_sub(first.len());
        match (first.is_empty(), more, lang) {
            (true, ..) => String::new(),
            (_, 0, _) => listed(&first, lang),
            (_, more, Lang::Vi) => format!("{} và {more} xã khác", first.join(", ")),
            (_, more, Lang::En) => {
                format!("{} and {more} other commune{}", first.join(", "), if more == 1 { "" } else { "s" })
            }
        }
    }

    /// "trung bình 716,4 ha, nặng 215,6 ha": severities above the lowest that have hectares.
    pub fn graded(&self, lang: Lang) -> String {
        let parts: Vec<String> = (1..)
            .zip(&self.levels)
            .filter_map(|(level, value)| {
                let hectares = value.number().filter(|hectares| *hectares > 0.0)?;
                Some(format!("{} {} ha", severity::name(level, lang), numbers::format(hectares, 1, lang)))
            })
            .collect();
        parts.join(", ")
    }

    /// The situation in one paragraph.
    pub fn situation(&self, names: &[String], lang: Lang) -> String {
        let Some(hectares) = self.now.total.number() else {
            return lang.pick("không có số liệu trong kỳ.", "no data in this period.").to_owned();
        };
        let mut parts = vec![match lang {
            Lang::Vi => format!("{} ha nhiễm", numbers::format(hectares, 1, lang)),
            Lang::En => format!("{} ha infested", numbers::format(hectares, 1, lang)),
        }];
        let graded = self.graded(lang);
        if !graded.is_empty() {
            parts[0].push_str(&format!(" ({graded})"));
        }
        let changes: Vec<String> =
            [When::Previous, When::LastYear].into_iter().filter_map(|when| self.change(when, lang)).collect();
        if !changes.is_empty() {
            parts.push(changes.join(lang.pick(" và ", " and ")));
        }
        let mut text = format!("{}.", parts.join(", "));
        let places = if self.words[3].is_empty() { self.places(names, lang) } else { self.words[3].clone() };
        if !places.is_empty() {
            text.push_str(&format!(" {}: {places}.", lang.pick("Phân bố", "Where")));
        }
        let [known, scope] = coverage(&self.now);
        if known < scope {
            text.push_str(&match lang {
                Lang::Vi => format!(" {known}/{scope} xã có số liệu."),
                Lang::En => format!(" {known} of {scope} communes with data."),
            });
        }
        if let Some((hectares, [known, all])) = self.treated {
            let partly = if known < all {
                match lang {
                    Lang::Vi => format!(" ({known}/{all} xã có số)"),
                    Lang::En => format!(" ({known} of {all} communes)"),
                }
            } else {
                String::new()
            };
            let hectares = numbers::format(hectares, 1, lang);
            text.push_str(&match lang {
                Lang::Vi => format!(" Đã phòng trừ {hectares} ha{partly}."),
                Lang::En => format!(" Treated: {hectares} ha{partly}."),
            });
        }
        text
    }
}

/// Communes with a number, and those in scope.
pub fn coverage(measured: &Measured) -> [usize; 2] {
    let known = measured.values.iter().filter(|value| value.number().is_some()).count();
    [known, measured.values.iter().filter(|value| **value != Value::OutOfScope).count()]
}

/// " (+6,3 %)" where the earlier number is at least a hectare and the change below 1,000 %.
fn percent(gain: f64, base: f64, lang: Lang) -> String {
    let percent = 100.0 * gain / base;
    match base >= 1.0 && percent.abs() < 1000.0 {
        true => format!(" ({} %)", numbers::format_change(percent, 1, lang)),
        false => String::new(),
    }
}

//! How much of a measure there is, where most of it lies, and what has changed.

use super::change::Since;
use super::phrase::{listed, said, short, with_unit};
use super::{Headline, change, coverage};
use crate::measures::list::MEAN_SEVERITY;
use crate::model::Measured;
use crate::values::text::lower;
use crate::values::{Lang, Quantity, Value, numbers, severity};

/// What a headline is computed from.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The measure
    pub now: &'a Measured,
    /// Names of the communes
    pub names: &'a [String],
    /// The measure in the period before
    pub before: Option<&'a Measured>,
    /// How long ago that is
    pub since: Since,
    /// The measure in per cent of its whole
    pub share: Option<&'a Measured>,
    /// Hectares under contract that nobody surveyed
    pub unsurveyed: f64,
    /// Only this commune is shown
    pub focus: Option<usize>,
}

/// Most communes that are named one by one.
const NAMED: usize = 3;

/// The level of a measure with its change; under it where it lies, and what is not known.
pub fn of_level(facts: &Facts<'_>, lang: Lang) -> Headline {
    let Facts { now, names, before, since, share, .. } = *facts;
    if let Some(focus) = facts.focus {
        return of_one(facts, focus, lang);
    }
    let known = known(now, names);
    let scope = now.values.iter().filter(|value| **value != Value::OutOfScope).count();
    let missing = coverage(&now.values, lang);
    let mut lead = Vec::new();
    let (level, others) = match now.total {
        Value::Number(total) => {
            let part = share.and_then(|share| share.total.number().map(|part| (share, part)));
            let part = part.map_or(String::new(), |(share, part)| format!(" ({} %)", short(part, share, lang)));
            let change = before.map_or(String::new(), |before| change::clause(now, before, since, part.is_empty(), lang));
            (format!("{}{part}", said(now, total, lang)), vec![change])
        }
        _ if known.is_empty() => (format!("{}: {}", now.name.get(lang), now.total.words(lang)), Vec::new()),
        _ => (extremes(now, &known, lang), Vec::new()),
    };
    match (now.quantity, now.total) {
        (Quantity::Extensive, Value::Number(total)) => lead.push(place(now, &known, total, scope, lang)),
        (_, Value::Number(_)) if known.len() > 1 => lead.push(extremes_alone(now, &known, lang)),
        _ => {}
    }
    lead.extend(before.map(|before| crossed(now, before, names, lang)));
    let unplaced = now.unplaced();
    let hectares = |number: f64| numbers::format(number, usize::from(number < 100.0), lang);
    if facts.unsurveyed >= 0.05 {
        lead.push(format!(
            "{} {} ha",
            lang.pick("Liên kết chưa điều tra:", "Under contract, not surveyed:"),
            hectares(facts.unsurveyed)
        ));
    }
    if unplaced >= 0.05 {
        lead.push(format!("{} {} ha", lang.pick("Chưa rõ vị trí:", "Place not known:"), hectares(unplaced)));
    }
    lead.push(without(now, names, lang));
    Headline::of_clauses(level, others, &missing, lead)
}

/// One commune, and its place among all.
fn of_one(facts: &Facts<'_>, focus: usize, lang: Lang) -> Headline {
    let (now, name) = (facts.now, &facts.names[focus]);
    let known = known(now, facts.names);
    let Some(value) = now.values[focus].number() else {
        let reason = now.values[focus].words(lang);
        return Headline::plain(format!("{name}: {} – {reason}", lower(now.name.get(lang))));
    };
    let above = known.iter().filter(|(other, _)| *other > value).count();
    let lead = match lang {
        Lang::Vi => format!("Đứng thứ {} trong {} xã có số liệu", above + 1, known.len()),
        Lang::En => format!("Rank {} of {} communes with data", above + 1, known.len()),
    };
    Headline { title: format!("{name}: {}", lower(&said(now, value, lang))), lead }
}

/// Values with the names of their communes, the largest first.
fn known<'a>(now: &Measured, names: &'a [String]) -> Vec<(f64, &'a str)> {
    let both = now.values.iter().zip(names);
    let mut known: Vec<(f64, &str)> = both.filter_map(|(value, name)| Some((value.number()?, name.as_str()))).collect();
    known.sort_by(|a, b| b.0.total_cmp(&a.0));
    known
}

/// Where most of a sum lies: the few communes that hold half of it, or the one that has most.
fn place(now: &Measured, known: &[(f64, &str)], total: f64, scope: usize, lang: Lang) -> String {
    let Some(&(most, _)) = known.first().filter(|(most, _)| *most > 0.0 && total > 0.0) else { return String::new() };
    if known.iter().any(|(number, _)| *number < 0.0) || known.len() < 2 {
        return String::new();
    }
    let ties: Vec<&str> = known.iter().take_while(|(number, _)| *number == most).map(|(_, name)| *name).collect();
    let percent = |part: f64| numbers::format(100.0 * part / total, 0, lang);
    let mut sum = 0.0;
    let few = known.iter().position(|(number, _)| {
        sum += number;
        2.0 * sum >= total
    });
    let few = few.map(|at| at + 1).filter(|few| *few <= (scope / 4).max(NAMED) && few * 3 <= scope);
    match few {
        // A tie across the border of the few would name one of two equals.
        Some(few) if known.get(few).is_none_or(|next| next.0 < known[few - 1].0) => {
            let part = percent(known[..few].iter().map(|(number, _)| number).sum());
            let names: Vec<&str> = known[..few].iter().map(|(_, name)| *name).collect();
            match (few <= NAMED, lang) {
                (true, Lang::Vi) => format!("{part} % nằm ở {}", listed(&names, lang)),
                (true, Lang::En) => format!("{part} % lies in {}", listed(&names, lang)),
                (false, Lang::Vi) => format!("{part} % nằm ở {few} trong {scope} xã"),
                (false, Lang::En) => format!("{part} % lies in {few} of {scope} communes"),
            }
        }
        _ if ties.len() > NAMED => match lang {
            Lang::Vi => format!("{} xã cùng nhiều nhất", ties.len()),
            Lang::En => format!("{} communes have the most alike", ties.len()),
        },
        _ => {
            let value = with_unit(short(most, now, lang), now, false, lang);
            let each = if ties.len() > 1 { lang.pick("mỗi xã ", "each ") } else { "" };
            let part = percent(most);
            match lang {
                Lang::Vi => format!("Nhiều nhất ở {}: {each}{value} ({part} %)", listed(&ties, lang)),
                Lang::En => format!("Most in {}: {each}{value} ({part} %)", listed(&ties, lang)),
            }
        }
    }
}

/// The highest and the lowest of a measure that has no sum, with its name.
fn extremes(now: &Measured, known: &[(f64, &str)], lang: Lang) -> String {
    format!("{}: {}", now.name.get(lang), lower(&extremes_alone(now, known, lang)))
}

fn extremes_alone(now: &Measured, known: &[(f64, &str)], lang: Lang) -> String {
    let (Some(&(high, _)), Some(&(low, _))) = (known.first(), known.last()) else { return String::new() };
    let write = |number: f64| with_unit(short(number, now, lang), now, false, lang);
    if high == low {
        return match lang {
            Lang::Vi => format!("{} ở cả {} xã", write(high), known.len()),
            Lang::En => format!("{} in all {} communes", write(high), known.len()),
        };
    }
    let who = |number: f64| {
        let names: Vec<&str> = known.iter().filter(|(other, _)| *other == number).map(|(_, name)| *name).collect();
        match names.len() {
            count if count > NAMED => format!("{count} {}", lang.pick("xã", "communes")),
            _ => listed(&names, lang),
        }
    };
    match lang {
        Lang::Vi => format!("Cao nhất {} ({}), thấp nhất {} ({})", who(high), write(high), who(low), write(low)),
        Lang::En => format!("Highest {} ({}), lowest {} ({})", who(high), write(high), who(low), write(low)),
    }
}

/// Communes whose mean severity has come to the level at which contracts are at risk.
fn crossed(now: &Measured, before: &Measured, names: &[String], lang: Lang) -> String {
    if now.id.split([':', '@']).next() != Some(MEAN_SEVERITY.id) {
        return String::new();
    }
    let both = now.values.iter().zip(&before.values).zip(names);
    let newly: Vec<&str> = both
        .filter_map(|((now, before), name)| Some((now.number()?, before.number()?, name)))
        .filter(|(now, before, _)| severity::is_at_risk(*now) && !severity::is_at_risk(*before))
        .map(|(.., name)| name.as_str())
        .collect();
    match (newly.len(), lang) {
        (0, _) => String::new(),
        (1..=NAMED, Lang::Vi) => format!("Mới lên mức trung bình trở lên: {}", listed(&newly, lang)),
        (1..=NAMED, Lang::En) => format!("Newly medium or worse: {}", listed(&newly, lang)),
        (count, Lang::Vi) => format!("{count} xã mới lên mức trung bình trở lên"),
        (count, Lang::En) => format!("{count} communes newly medium or worse"),
    }
}

/// Names of the communes without a number, where they are few.
fn without(now: &Measured, names: &[String], lang: Lang) -> String {
    let lacks = |value: &Value| matches!(value, Value::NoData | Value::NotSurveyed);
    let lacking: Vec<&str> =
        now.values.iter().zip(names).filter(|(value, _)| lacks(value)).map(|(_, name)| name.as_str()).collect();
    if lacking.is_empty() || lacking.len() > NAMED || lacking.len() == now.values.len() {
        return String::new();
    }
    format!("{} {}", lang.pick("Chưa có số liệu:", "No data:"), listed(&lacking, lang))
}

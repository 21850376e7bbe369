//! Findings of lists: the first of them, plans reached, severities, words, and two measures at once.

use super::phrase::{listed, said, short, with_unit};
use super::{Headline, LONGEST, coverage};
use crate::model::Measured;
use crate::values::text::{capital, lower};
use crate::values::{Lang, Quantity, Value, numbers};

/// Most that are named one by one.
const NAMED: usize = 3;

/// The first of a list of pests or enterprises, and which of them nobody knows; their sum is told only where they add up.
pub fn of_ranks(measured: &Measured, list: &[(&str, Option<f64>)], whole: Option<f64>, lang: Lang) -> Headline {
    let unknown: Vec<&str> = list.iter().filter(|(_, number)| number.is_none()).map(|(name, _)| *name).collect();
    let words = lang.pick("Chưa có số liệu:", "No data:");
    let missing = match (unknown.len(), unknown.len() == list.len()) {
        (0, _) | (_, true) => String::new(),
        (1..=NAMED, _) => format!("{words} {}", listed(&unknown, lang)),
        (count, _) => format!("{words} {count}/{}", list.len()),
    };
    let mut rows: Vec<(&str, f64)> =
        list.iter().filter_map(|(name, number)| Some((*name, (*number)?))).filter(|(_, number)| *number > 0.0).collect();
    rows.sort_by(|a, b| b.1.total_cmp(&a.1));
    let Some(&(first, most)) = rows.first() else {
        return Headline { title: said(measured, 0.0, lang), lead: missing };
    };
    let ties: Vec<&str> = rows.iter().filter(|(_, number)| *number == most).map(|(name, _)| *name).collect();
    let part = whole.filter(|whole| *whole > 0.0).map(|whole| format!(" ({} %)", numbers::format(100.0 * most / whole, 0, lang)));
    let part = part.unwrap_or_default();
    let amount =
        said(&Measured { id: measured.id.split([':', '@']).next().unwrap_or("").to_owned(), ..measured.clone() }, most, lang);
    let who = if ties.len() <= NAMED { listed(&ties, lang) } else { format!("{} ({})", first, ties.len()) };
    let title = format!("{}: {}{part}", capital(&who), lower(&amount));
    let next: Vec<String> = rows[ties.len()..]
        .iter()
        .take(NAMED)
        .map(|(name, number)| format!("{name} {}", with_unit(short(*number, measured, lang), measured, false, lang)))
        .collect();
    let next =
        if next.is_empty() { String::new() } else { format!("{} {}", lang.pick("Kế đến:", "Next:"), next.join("; ")) };
    let lead: Vec<String> = [next, missing].into_iter().filter(|words| !words.is_empty()).collect();
    Headline { title, lead: lead.join(". ") }
}

/// Results beside plans: how many are reached, the best and the one furthest behind.
pub fn of_plans(rows: &[(String, Option<f64>)], of: (&str, &str), lang: Lang) -> Headline {
    let mut known: Vec<(&str, f64)> = rows.iter().filter_map(|(name, reached)| Some((name.as_str(), (*reached)?))).collect();
    if known.is_empty() {
        return Headline::default();
    }
    known.sort_by(|a, b| b.1.total_cmp(&a.1));
    let reached = known.iter().filter(|(_, reached)| *reached >= 100.0).count();
    let (count, things) = (known.len(), lang.pick(of.0, of.1));
    let title = match lang {
        Lang::Vi if reached == count && count == rows.len() => format!("Cả {count} {things} đạt hoặc vượt kế hoạch"),
        Lang::Vi => format!("{reached}/{count} {things} đạt hoặc vượt kế hoạch"),
        Lang::En => format!("{reached} of {count} {things} reached their plan or passed it"),
    };
    let write = |reached: f64| format!("{} %", numbers::format(reached, numbers::decimals_needed(&[reached]).min(2), lang));
    // A programme without a plan or a result is neither reached nor missed.
    let missing = match (rows.len() - count, lang) {
        (0, _) => String::new(),
        (_, Lang::Vi) => format!(", {count}/{} có số liệu", rows.len()),
        (_, Lang::En) => format!(", {count} of {} with data", rows.len()),
    };
    let (best, last) = (known[0], known[count - 1]);
    let lead = match (count, lang) {
        (1, _) => format!("{} {}", best.0, write(best.1)),
        (_, Lang::Vi) => format!("Cao nhất {} {}, thấp nhất {} {}", best.0, write(best.1), last.0, write(last.1)),
        (_, Lang::En) => format!("Highest {} {}, lowest {} {}", best.0, write(best.1), last.0, write(last.1)),
    };
    Headline { title: title + &missing, lead }
}

/// Hectares by severity: how much there is, and how much of it is worst.
pub fn of_severities(measured: &Measured, total: f64, levels: &[(String, f64)], lang: Lang) -> Headline {
    let worst: Vec<String> = levels
        .iter()
        .rev()
        .filter(|(_, hectares)| *hectares >= 0.05)
        .take(2)
        .map(|(name, hectares)| format!("{} {}", with_unit(short(*hectares, measured, lang), measured, false, lang), lower(name)))
        .collect();
    let clause = match worst.is_empty() {
        true => Vec::new(),
        false => vec![format!("{} {}", lang.pick(", trong đó", ", of which"), worst.join(", "))],
    };
    Headline::of_clauses(said(measured, total, lang), clause, &coverage(&measured.values, lang), Vec::new())
}

/// How many communes have which word.
pub fn of_words(name: &str, counts: &[(&str, usize)], without: usize, lang: Lang) -> Headline {
    let all: usize = counts.iter().map(|(_, count)| count).sum::<usize>() + without;
    let mut found: Vec<(&str, usize)> = counts.iter().copied().filter(|(_, count)| *count > 0).collect();
    let many = found.len() > 4;
    if many {
        found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        found.truncate(3);
    }
    if found.is_empty() {
        return Headline::plain(name);
    }
    let communes = lang.pick("xã", "communes");
    let mut words: Vec<String> = found.iter().map(|(word, count)| format!("{word} {count}")).collect();
    let rest = all - without - found.iter().map(|(_, count)| count).sum::<usize>();
    if rest > 0 {
        words.push(format!("{} {rest}", lang.pick("loại khác", "others")));
    }
    let missing = if without > 0 {
        format!(", {}/{all} {communes} {}", all - without, lang.pick("có số liệu", "with data"))
    } else {
        String::new()
    };
    let unit = if without > 0 { String::new() } else { format!(" {communes}") };
    let counted = match (found.as_slice(), lang) {
        ([(word, count)], Lang::Vi) if *count == all => format!("{word} ở cả {count} xã"),
        ([(word, count)], Lang::En) if *count == all => format!("{word} in all {count} communes"),
        _ => format!("{}{unit}", words.join(", ")),
    };
    // Words such as "17/04–19/04" say nothing without what they are of; others begin with it.
    let named = format!("{}: {counted}", capital(name));
    let says_so = found.iter().any(|(word, _)| lower(word).starts_with(&lower(name)));
    match !says_so && named.chars().count() + missing.chars().count() <= LONGEST {
        true => Headline::of_clauses(named, Vec::new(), &missing, Vec::new()),
        false => Headline::of_clauses(counted, Vec::new(), &missing, vec![name.to_owned()]),
    }
}

/// The worst of communes by pests, named, and how many communes have most of which pest.
pub fn of_matrix(columns: &[(&str, &Measured)], names: &[String], lang: Lang) -> Headline {
    let cells = columns.iter().flat_map(|(pest, measured)| {
        measured
            .values
            .iter()
            .zip(names)
            .filter_map(move |(value, name)| Some((value.number()?, *pest, name.as_str(), *measured)))
    });
    let cells: Vec<(f64, &str, &str, &Measured)> = cells.collect();
    // Of equal ones the first, with how many there are besides.
    let most = cells.iter().map(|cell| cell.0).fold(0.0, f64::max);
    let Some(&(_, pest, name, measured)) = cells.iter().find(|cell| cell.0 == most && most > 0.0) else {
        return Headline::default();
    };
    let others = cells.iter().filter(|cell| cell.0 == most).count() - 1;
    let amount = with_unit(short(most, measured, lang), measured, false, lang);
    let title = match (others, lang) {
        (0, Lang::Vi) => format!("Nhiều nhất: {} ở {name}, {amount}", lower(pest)),
        (0, Lang::En) => format!("Most: {} in {name}, {amount}", lower(pest)),
        (_, Lang::Vi) => format!("Nhiều nhất: {} ở {name}, {amount}; {others} ô khác bằng vậy", lower(pest)),
        (_, Lang::En) => format!("Most: {} in {name}, {amount}; as much in {others} other cells", lower(pest)),
    };
    let mut leads: Vec<(usize, &str)> = columns.iter().map(|(pest, _)| (0, *pest)).collect();
    let mut tied = 0;
    for commune in 0..names.len() {
        let of = |at: usize| columns[at].1.values.get(commune).and_then(|value| value.number()).filter(|number| *number > 0.0);
        let highest = (0..columns.len()).filter_map(of).fold(0.0, f64::max);
        let first: Vec<usize> = (0..columns.len()).filter(|&at| of(at) == Some(highest)).collect();
        tied += usize::from(first.len() > 1);
        first.into_iter().for_each(|at| leads[at].0 += 1);
    }
    leads.retain(|(count, _)| *count > 0);
    leads.sort_by_key(|lead| std::cmp::Reverse(lead.0));
    let list: Vec<String> = leads
        .iter()
        .take(NAMED)
        .map(|(count, pest)| {
            format!("{} {count} {}", lower(pest), lang.pick("xã", if *count == 1 { "commune" } else { "communes" }))
        })
        .collect();
    let ties = match (tied, lang) {
        (0, _) => String::new(),
        (_, Lang::Vi) => format!(" ({tied} xã có hai loài trở lên bằng nhau)"),
        (1, Lang::En) => format!(" ({tied} commune has two or more alike)"),
        (_, Lang::En) => format!(" ({tied} communes have two or more alike)"),
    };
    let lead = format!("{} {}{ties}", lang.pick("Đứng đầu:", "First in:"), list.join(", "));
    Headline { title, lead }
}

/// Communes that have most of one measure and of another, and how many have both numbers.
pub fn of_two([first, second]: [&Measured; 2], names: &[String], lang: Lang) -> Headline {
    let both: Vec<(f64, f64, &str)> = first
        .values
        .iter()
        .zip(&second.values)
        .zip(names)
        .filter_map(|((a, b), name)| Some((a.number()?, b.number()?, name.as_str())))
        .collect();
    let most = |of: fn(&(f64, f64, &str)) -> f64| -> Vec<&str> {
        let highest = both.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
        both.iter().filter(|one| of(one) == highest).map(|(.., name)| *name).collect()
    };
    let (a, b) = (most(|one| one.0), most(|one| one.1));
    if both.len() < 2 || a.len() > NAMED || b.len() > NAMED {
        return Headline::default();
    }
    let [name, with] = [first, second].map(|measured| lower(measured.name.get(lang)));
    // A commune that lacks one of the two may well have most of the other.
    let either = first.values.iter().zip(&second.values).filter(|(a, b)| a.number().or(b.number()).is_some()).count();
    let title = match (a == b, lang) {
        (true, Lang::Vi) => format!("{} cao nhất cả về {name} và {with}", listed(&a, lang)),
        (true, Lang::En) => format!("{} highest in both {name} and {with}", listed(&a, lang)),
        (false, Lang::Vi) => {
            format!("{}: cao nhất ở {}; {with}: cao nhất ở {}", capital(&name), listed(&a, lang), listed(&b, lang))
        }
        (false, Lang::En) => {
            format!("{}: highest in {}; {with}: highest in {}", capital(&name), listed(&a, lang), listed(&b, lang))
        }
    };
    let title = match (both.len() < either, lang) {
        (true, Lang::Vi) => format!("Trong {}/{} xã có cả hai số: {title}", both.len(), names.len()),
        (true, Lang::En) => format!("Of {} in {} communes with both numbers: {title}", both.len(), names.len()),
        (false, _) => {
            let pairs: Vec<Value> = first.values.iter().zip(&second.values).map(|(a, b)| a.zip(*b, |a, _| a)).collect();
            title + &coverage(&pairs, lang)
        }
    };
    Headline { title, lead: String::new() }
}

/// Communes that are in the highest class of two measures at once, and how many have both.
pub fn of_pair([first, second]: [&Measured; 2], both: &[&str], lang: Lang) -> Headline {
    let names = [first, second].map(|measured| lower(measured.name.get(lang)));
    let title = match (both.len(), lang) {
        (0, Lang::Vi) => format!("Không xã nào vừa nhiều {} vừa nhiều {}", names[0], names[1]),
        (0, Lang::En) => format!("No commune is in the highest class of both {} and {}", names[0], names[1]),
        (1..=NAMED, Lang::Vi) => format!("{} đứng đầu cả {} và {}", listed(both, lang), names[0], names[1]),
        (1..=NAMED, Lang::En) => format!("{}: highest class of both {} and {}", listed(both, lang), names[0], names[1]),
        (count, Lang::Vi) => format!("{count} xã đứng đầu cả {} và {}", names[0], names[1]),
        (count, Lang::En) => format!("{count} communes are in the highest class of both {} and {}", names[0], names[1]),
    };
    let totals: Vec<String> = [first, second]
        .into_iter()
        .filter(|measured| measured.quantity == Quantity::Extensive)
        .filter_map(|measured| measured.total.number().map(|total| said(measured, total, lang)))
        .collect();
    let pairs: Vec<Value> = first.values.iter().zip(&second.values).map(|(a, b)| a.zip(*b, |a, _| a)).collect();
    Headline { title: title + &coverage(&pairs, lang), lead: totals.join("; ") }
}

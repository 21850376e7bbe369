//! Which layer holds the communes, and which of its columns their codes and names, by what the tables match as a whole.

use super::looked::Looked;
use crate::headings::{self, rates};
use crate::join::codes;
use crate::places::names;
use hashbrown::HashSet;

/// Columns of a layer by which tables join it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matched {
    /// Column of codes, if tables hold codes of it
    pub code: Option<String>,
    /// Column of names, if tables hold names of it
    pub name: Option<String>,
    /// How many tables' keys it knows, each counted by the share that is known
    pub tables: f64,
}

/// How many of some texts are ids of a layer. Codes that a spreadsheet has changed count if all of them are ids once changed back.
pub fn shared(texts: &[&str], ids: &HashSet<&str>) -> usize {
    let exact = texts.iter().filter(|text| ids.contains(*text)).count();
    if exact == texts.len() || texts.is_empty() {
        return exact;
    }
    let list: Vec<&str> = ids.iter().copied().collect();
    if codes::spelled_otherwise(texts, &list).is_some() { texts.len() } else { exact }
}

/// Matches the columns of a layer with those of the tables.
pub fn columns(layer: &Looked, tables: &[&Looked]) -> Matched {
    let ids = Some("id").filter(|id| !layer.table.headings.iter().any(|heading| heading == id));
    let headings: Vec<&str> = layer.table.headings.iter().map(String::as_str).chain(ids).collect();
    let coded = headings.iter().copied().filter(|name| is_coded(layer, name)).map(|name| {
        let texts = layer.texts(name);
        let known: f64 = tables.iter().map(|table| best(table, |column| share(shared(column, &texts), column.len()))).sum();
        (name, known)
    });
    let code = most(coded, |name| headings::CODE.find(&[name.to_owned()]).is_some());
    // The numbers of features are nobody's name, whatever column of small numbers they happen to meet.
    let may_name = |name: &&str| !is_row_number(&layer.texts(name));
    let named = headings.iter().copied().filter(|name| !is_coded(layer, name)).filter(may_name).map(|name| {
        let keys: HashSet<String> = layer.texts(name).iter().map(|text| names::key(text)).collect();
        let known = |column: &[&str]| column.iter().filter(|text| keys.contains(&names::key(text))).count();
        (name, tables.iter().map(|table| best(table, |column| share(known(column), column.len()))).sum::<f64>())
    });
    let name = most(named, |name| headings::NAME.find(&[name.to_owned()]).is_some());
    let sum = |found: &Option<(&str, f64)>| found.map_or(0.0, |(_, known)| known);
    let tables = sum(&code).max(sum(&name));
    Matched { code: code.map(|(name, _)| name.to_owned()), name: name.map(|(name, _)| name.to_owned()), tables }
}

/// The column that reads like names of communes, where no table and no heading tells; one with Vietnamese letters before one without.
pub fn in_words(layer: &Looked) -> Option<String> {
    let candidates = layer.table.headings.iter().filter(|name| is_in_words(layer, name));
    candidates.min_by_key(|name| usize::from(layer.texts(name).iter().all(|text| text.is_ascii()))).cloned()
}

/// The candidate that knows most; of equals one with a telling heading, then the first.
fn most<'a>(candidates: impl Iterator<Item = (&'a str, f64)>, telling: impl Fn(&str) -> bool) -> Option<(&'a str, f64)> {
    let mut found: Option<(&str, f64)> = None;
    for (name, known) in candidates.filter(|(_, known)| *known > 0.0) {
        let better =
            found.is_none_or(|(other, most)| known > most + 1e-9 || known > most - 1e-9 && telling(name) && !telling(other));
        if better {
            found = Some((name, known));
        }
    }
    found
}

fn share(known: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { known as f64 / of as f64 }
}

/// The best score of any column of a table that may be a key: not row numbers, and no hectares or rates.
fn best(table: &Looked, score: impl Fn(&[&str]) -> f64) -> f64 {
    let may_be_key = table.table.columns.iter().filter(|column| {
        let measured = rates::is_hectares(&column.name) || rates::quantity(&column.name) != crate::values::Quantity::Extensive;
        !table.is_order(&column.name) && !measured
    });
    may_be_key.map(|column| score(&column.dictionary.iter().collect::<Vec<_>>())).fold(0.0, f64::max)
}

/// Whether a column holds codes that tell nearly every feature apart: with digits, and not the numbers of the rows.
pub fn is_coded(layer: &Looked, name: &str) -> bool {
    let texts = layer.texts(name);
    let digits = texts.iter().filter(|text| text.bytes().any(|byte| byte.is_ascii_digit())).count();
    let apart = 10 * texts.len() >= 8 * layer.table.rows && !texts.is_empty();
    apart && 5 * digits >= 4 * texts.len() && !is_row_number(&texts)
}

/// Whether a column tells nearly every feature apart by words that begin with a capital.
fn is_in_words(layer: &Looked, name: &str) -> bool {
    let texts = layer.texts(name);
    let words = texts.iter().filter(|text| text.starts_with(char::is_uppercase) && text.chars().any(char::is_lowercase)).count();
    10 * texts.len() >= 8 * layer.table.rows && !texts.is_empty() && 10 * words >= 9 * texts.len() && !is_coded(layer, name)
}

/// Whether texts are the whole numbers from 0 or 1 on, each once.
fn is_row_number(texts: &HashSet<&str>) -> bool {
    let mut numbers: Vec<u64> = texts.iter().filter_map(|text| text.parse().ok()).collect();
    numbers.sort_unstable();
    let first = numbers.first().copied().unwrap_or(2);
    numbers.len() == texts.len() && texts.len() > 1 && first <= 1 && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
}

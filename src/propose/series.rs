//! Files that belong together: one table with a pattern of names.

use super::looked::Looked;
use super::places::Places;
use super::places::file_name;
use super::{periods, pests};
use crate::headings;
use crate::layers::simple_features::Kind;
use crate::message;
use crate::run::{Fault, Place};
use crate::values::file_name::ending;
use crate::values::seasons;
use hashbrown::HashSet;

/// Tables of several files that have one shape become one, if a pattern of names takes these files and no other. Tables that state no
/// period and are no lists of contracts may repeat each other: they are put together only where their names differ in numbers alone.
pub fn join(tables: Vec<Looked>, places: &Places) -> Vec<Looked> {
    let files: HashSet<String> = tables.iter().map(|table| table.file.clone()).collect();
    let mut groups: Vec<Vec<Looked>> = Vec::new();
    for table in tables {
        let fits = |group: &Vec<Looked>| {
            let first = &group[0];
            let once = group.iter().all(|known| known.file != table.file);
            let alike =
                first.is_shaped_like(&table) && first.form.skip == table.form.skip && ending(&first.file) == ending(&table.file);
            let sheets = first.form.sheet == table.form.sheet || first.around.len() > 1 && table.around.len() > 1;
            let order = numbers_apart(&first.file) == numbers_apart(&table.file);
            // Plans of two years are two tables, unless each says which period its rows are of.
            let dated = |table: &Looked| headings::DATE.find(&table.table.headings).is_some();
            let one_of_years = dated(first) && dated(&table)
                || periods::years_in(file_name(&first.file)) == periods::years_in(file_name(&table.file));
            // Two states of one thing do not add up: each says when it is of, or they are of other communes.
            let timed = |table: &Looked| dated(table) || periods::find(table).is_some();
            let is_apart = || timed(first) && timed(&table) || !places.shares_names(first, &table);
            // Reports of pests without a period are refused when they are built.
            let once_each = lists(first) && lists(&table) || pests::find(first).is_some();
            let order = order && one_of_years && (once_each || is_apart());
            let exact = first.table.headings == table.table.headings;
            // Contracts of two years are not in force together.
            let one_year = years(first) == years(&table);
            once && alike && sheets && (order || exact && one_year && lists(first) && lists(&table))
        };
        match groups.iter_mut().find(|group| fits(group)) {
            Some(group) => group.push(table),
            None => groups.push(vec![table]),
        }
    }
    let mut joined = Vec::new();
    for mut group in groups {
        let names: Vec<&str> = group.iter().map(|table| table.file.as_str()).collect();
        let takes_these = |pattern: &str| files.iter().all(|file| takes(pattern, file) == names.contains(&file.as_str()));
        let coming = of_coming_weeks(&group).filter(|pattern| takes_these(pattern));
        let pattern = pattern(&names);
        let together = group.len() > 1 && pattern.contains('*') && takes_these(&pattern);
        if let (Some(coming), [one]) = (coming, &mut group[..]) {
            one.file = coming;
        }
        if !together {
            joined.extend(group);
            continue;
        }
        let mut all = group.into_iter();
        let Some(mut whole) = all.next() else { continue };
        for table in all {
            let more = table.form.without_sheets.iter().filter(|sheet| !whole.form.without_sheets.contains(sheet)).cloned();
            let more: Vec<String> = more.collect();
            whole.form.without_sheets.extend(more);
            whole.stack(table);
        }
        whole.file = pattern;
        joined.push(whole);
    }
    joined
}

fn years(table: &Looked) -> Vec<i32> {
    periods::years_in(file_name(&table.file))
}

/// When a list is of: the season and year of its file's name, or of the lines above.
fn time_of(table: &Looked) -> Option<seasons::Season> {
    let around = table.around.first()?;
    let named = seasons::within(file_name(&table.file)).filter(|season| season.year > 0);
    let titled = || around.titles.iter().rev().find_map(|line| seasons::within(line).filter(|season| season.year > 0));
    let year = || Some(seasons::Season { year: years(table).into_iter().max()?, place: 0 });
    named.or_else(titled).or_else(year)
}

/// Of lists of contracts that are alike but for the year or season in their names the last; the others are named.
pub fn newest(tables: Vec<Looked>, left_out: &mut Vec<Fault>) -> Vec<Looked> {
    let of_one_kind = |a: &Looked, b: &Looked| lists(a) && lists(b) && a.is_shaped_like(b) && a.file != b.file;
    // A season within the year is not known of every list: a list of the year alone is as new as any of it.
    let is_older = |own: seasons::Season, other: seasons::Season| {
        own.year < other.year || own.year == other.year && own.place > 0 && own.place < other.place
    };
    let old: Vec<bool> = tables
        .iter()
        .map(|table| {
            let others = tables.iter().filter(|other| of_one_kind(table, other)).filter_map(time_of);
            time_of(table).is_some_and(|own| others.into_iter().any(|other| is_older(own, other)))
        })
        .collect();
    let mut kept = Vec::new();
    for (table, old) in tables.into_iter().zip(old) {
        if !old {
            kept.push(table);
            continue;
        }
        let year = time_of(&table).map(|time| time.year.to_string()).unwrap_or_default();
        let message = message!(
            "danh sách năm {year}: đã có danh sách cùng dạng của năm sau hay vụ sau, không cộng hai danh sách",
            "a list of {year}: there is one like it of a later year or season, and the two are not added"
        );
        left_out.push(Fault::new("older-list", Place::file(&table.file), message));
    }
    kept
}

/// The pattern that takes the files of the coming weeks too, where a single file is named after its week.
fn of_coming_weeks(group: &[Looked]) -> Option<String> {
    let [one] = group else { return None };
    let name = file_name(&one.file);
    let folder = one.file.strip_suffix(name)?;
    // A notice that says itself which week it is of is followed by others, whatever they are called.
    let is_notice = || !lists(one) && pests::find(one).is_some();
    let goes_on = periods::period_within(name).is_some() || is_notice();
    if !goes_on || periods::find(one).is_none() || folder.contains(['*', '?', '[']) {
        return None;
    }
    let plain = name.replace(['[', ']'], "?");
    let starred = numbers_apart(&plain).replace('#', "*");
    starred.contains('*').then(|| format!("{folder}{starred}"))
}

/// Puts layers of one unit each together, where a pattern takes them and no other file given.
pub fn pieces(layers: Vec<Looked>) -> Vec<Looked> {
    let single = |layer: &Looked| layer.made_of == Some(Kind::Areas) && layer.table.rows == 1 && layer.layer.is_none();
    let (pieces, mut others): (Vec<Looked>, Vec<Looked>) = layers.into_iter().partition(single);
    let mut groups: Vec<Vec<Looked>> = Vec::new();
    for piece in pieces {
        let alike = |group: &&mut Vec<Looked>| {
            let first = &group[0];
            let (a, b) = (first.median_ha, piece.median_ha);
            first.table.headings == piece.table.headings
                && a < 30.0 * b
                && b < 30.0 * a
                && ending(&first.file) == ending(&piece.file)
        };
        match groups.iter_mut().find(alike) {
            Some(group) => group.push(piece),
            None => groups.push(vec![piece]),
        }
    }
    for group in groups {
        let names: Vec<&str> = group.iter().map(|layer| layer.file.as_str()).collect();
        let pattern = pattern(&names);
        let takes_these =
            names.iter().all(|file| takes(&pattern, file)) && !others.iter().any(|layer| takes(&pattern, &layer.file));
        if group.len() < 3 || !pattern.contains('*') || !takes_these {
            others.extend(group);
            continue;
        }
        let whole = group.into_iter().reduce(|mut whole, below| {
            whole.stack(below);
            whole
        });
        others.extend(whole.map(|whole| Looked { file: pattern, ..whole }));
    }
    others
}

/// Whether rows are single things that no two files share: people, contracts.
pub fn lists(table: &Looked) -> bool {
    let words = table.words();
    ["hop dong", "bao tieu", "lien ket", "tieu thu", "danh sach"].iter().any(|word| words.contains(word))
}

/// Whether a pattern takes a file when it is looked for on disk: a star stops at folders.
pub fn takes(pattern: &str, file: &str) -> bool {
    let options = glob::MatchOptions { require_literal_separator: true, ..glob::MatchOptions::default() };
    glob::Pattern::new(pattern).is_ok_and(|pattern| pattern.matches_with(file, options))
}

/// A file's name with a sign in place of every number.
fn numbers_apart(file: &str) -> String {
    let mut text = String::new();
    for letter in file.chars() {
        if !letter.is_ascii_digit() {
            text.push(letter);
        } else if !text.ends_with('#') {
            text.push('#');
        }
    }
    text
}

/// What names share at both ends, with `*` between.
fn pattern(names: &[&str]) -> String {
    let Some((first, others)) = names.split_first() else { return String::new() };
    let letters: Vec<char> = first.chars().collect();
    let shared = |ends: &dyn Fn(&str) -> Vec<char>| {
        let own = ends(first);
        others.iter().map(|name| own.iter().zip(ends(name)).take_while(|(a, b)| **a == *b).count()).min().unwrap_or(own.len())
    };
    let mut start = shared(&|name| name.chars().collect());
    let end = shared(&|name| name.chars().rev().collect()).min(letters.len() - start.min(letters.len()));
    // A number is whole or not there: the weeks 10 and 12 share no 1.
    while start > 0 && letters[start - 1].is_ascii_digit() {
        start -= 1;
    }
    let mut tail = letters.len() - end;
    while tail < letters.len() && letters[tail].is_ascii_digit() {
        tail += 1;
    }
    if start >= tail {
        return first.to_string();
    }
    let escape = |part: &[char]| part.iter().collect::<String>().replace(['[', ']'], "?");
    format!("{}*{}", escape(&letters[..start]), escape(&letters[tail..]))
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn patterns_take_the_names_they_are_made_of() {
        assert_eq!(pattern(&["BC_10_2024.xlsx", "BC_12_2024.xlsx"]), "BC_*_2024.xlsx");
        assert_eq!(pattern(&["HD HTX A.xlsx", "HD HTX Long B.xlsx"]), "HD HTX *.xlsx");
        assert_eq!(pattern(&["a.csv", "a.csv"]), "a.csv");
    }
}

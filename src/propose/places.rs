//! Where the commune of a row stands: a column, a group row, the name of its sheet, a line above, the name of its file.

use super::before::Before;
use super::looked::Looked;
use crate::headings::{NAME, is_another_thing};
use crate::input::totals::is_total;
use crate::places::aliases::Aliases;
use crate::places::names::{Found, Ladder};
use crate::project::Unpivot;
use crate::readers::spreadsheet::SHEET;
use crate::values::templates;
use crate::values::text::fold;
use hashbrown::HashSet;

/// Heading of the column of communes out of names and titles.
pub const HEADING: &str = "Xã";
/// Heading of numbers of several kinds that stood across.
const VALUE: &str = "Giá trị";

/// The communes of a project, by code and name.
pub struct Places {
    codes: Vec<String>,
    names: Vec<String>,
    /// Communes that they were before a reform, where the boundaries are of after it
    pub before: Option<Before>,
    none: Aliases,
}

/// Where the commune stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Stands {
    /// In a column; with `true` a name stands for the empty cells below it
    Column(String, bool),
    /// In headings, a commune each
    Across(Unpivot),
    /// In a line above the table, as a template
    Title(String),
    /// In the name of the file, as a template
    File(String),
    /// In the name of the sheet, among other words, as a template
    Sheet(String),
}

impl Places {
    /// Communes by code and name.
    pub fn new(codes: Vec<String>, names: Vec<String>) -> Places {
        let before = Before::of(&codes, &names);
        Places { codes, names, before, none: Aliases::default() }
    }

    /// Whether a text names a commune.
    pub fn names(&self, text: &str) -> bool {
        self.is_unit()(text)
    }

    /// Whether two tables name one commune.
    pub fn shares_names(&self, a: &Looked, b: &Looked) -> bool {
        !self.names_in(a).is_disjoint(&self.names_in(b))
    }

    /// Whether two tables name communes and none of them both: the second goes on where the first ends.
    pub fn continues(&self, a: &Looked, b: &Looked) -> bool {
        let (a, b) = (self.names_in(a), self.names_in(b));
        a.len() >= 2 && b.len() >= 2 && a.is_disjoint(&b)
    }

    fn names_in(&self, looked: &Looked) -> HashSet<String> {
        let is_unit = self.is_unit();
        let texts = looked.table.columns.iter().flat_map(|column| column.dictionary.iter());
        texts.filter(|text| is_unit(text)).map(fold).collect()
    }

    /// The name of a commune within a text.
    pub fn named(&self, text: &str) -> Option<String> {
        within(text, &self.is_unit())
    }

    /// Whether texts name communes of today or of before.
    fn is_unit(&self) -> impl Fn(&str) -> bool {
        let ladder = self.ladder();
        move |text: &str| {
            matches!(ladder.find(None, text), Found::Unit(..)) || self.before.as_ref().is_some_and(|before| before.names(text))
        }
    }

    /// The communes of today with all the ways to name them.
    pub fn ladder(&self) -> Ladder<'_> {
        Ladder::new(&self.codes, &self.names, &[], &self.none)
    }
}

/// Where the commune of each row stands.
pub fn find(looked: &Looked, places: &Places) -> Option<Stands> {
    let is_unit = places.is_unit();
    if let Some((name, fills)) = column(looked, &is_unit) {
        return Some(Stands::Column(name, fills));
    }
    if let Some(unpivot) = across(looked, &is_unit) {
        return Some(Stands::Across(unpivot));
    }
    let lines = |texts: &dyn Fn(usize) -> Vec<String>| -> Option<String> {
        let found: Option<Vec<(String, String)>> = (0..looked.around.len())
            .map(|at| texts(at).into_iter().find_map(|line| Some((line.clone(), within(&line, &is_unit)?))))
            .collect();
        let found = found?;
        let pairs: Vec<(&str, &str)> = found.iter().map(|(line, word)| (line.as_str(), word.as_str())).collect();
        let bare: Vec<(&str, &str)> = pairs.iter().map(|(line, word)| (*line, without_kind(word))).collect();
        template(&pairs, HEADING).or_else(|| template(&bare, HEADING))
    };
    if let Some(found) = lines(&|at| vec![looked.around[at].sheet.clone()]) {
        return Some(Stands::Sheet(found));
    }
    // The place in the letterhead comes last: an office's seat is not what its table is about.
    let told =
        |line: &String| ["dia ban", "xa", "phuong", "thi tran", "don vi", "tai"].iter().any(|word| fold(line).contains(word));
    let titles = |at: usize| -> Vec<String> {
        let all = &looked.around[at].titles;
        all.iter()
            .filter(|line| told(line))
            .chain(all.iter().filter(|line| !told(line)))
            .filter(|line| !is_letterhead(line))
            .cloned()
            .collect()
    };
    if let Some(found) = lines(&titles) {
        return Some(Stands::Title(found));
    }
    lines(&|at| vec![file_name(&looked.around[at].file).to_owned()]).map(Stands::File)
}

/// A name without the word for its kind in front: "XÃ THƯỜNG PHƯỚC 1".
fn without_kind(name: &str) -> &str {
    let kinds = ["xa", "phuong", "thi tran", "tt"];
    let ends = name.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at);
    ends.into_iter().find(|end| kinds.contains(&fold(&name[..*end]).as_str())).map_or(name, |end| name[end..].trim_start())
}

/// Three headings or more that are names of communes, or begin with one that stands above classes of severity.
fn across(looked: &Looked, is_unit: &impl Fn(&str) -> bool) -> Option<Unpivot> {
    let last = |heading: &String| heading.rsplit(" / ").next().unwrap_or(heading).to_owned();
    let named: Vec<&String> = looked.table.headings.iter().filter(|heading| is_unit(&last(heading))).collect();
    if named.len() < 3 {
        return above_classes(looked, is_unit);
    }
    let hectares = looked.hectares_across(named[0].rsplit_once(" / ").map_or("", |(above, _)| above));
    // Indicators below one another, each with its own unit.
    let several = || looked.table.headings.iter().any(|heading| super::parts::is_of_indicators(heading));
    let value = if several() { VALUE.to_owned() } else { hectares? };
    Some(Unpivot { headings: named.into_iter().cloned().collect(), into: HEADING.to_owned(), value })
}

/// "Xã A / Nhẹ", "Xã A / TB", "Xã B / Nhẹ": a template of what stands above and below the names.
fn above_classes(looked: &Looked, is_unit: &impl Fn(&str) -> bool) -> Option<Unpivot> {
    above_others(looked, HEADING, 3, is_unit)
}

/// Columns below names that stand across, `least` of them or more, as a template: `{Xã} / {*}`.
pub fn above_others(looked: &Looked, into: &str, least: usize, is_unit: &impl Fn(&str) -> bool) -> Option<Unpivot> {
    let parts = |heading: &String| heading.split(" / ").map(str::to_owned).collect::<Vec<String>>();
    let named: Vec<Vec<String>> =
        looked.table.headings.iter().map(parts).filter(|parts| parts.len() >= 2 && is_unit(&parts[parts.len() - 2])).collect();
    let first = named.first()?;
    let at = first.len() - 2;
    let names: HashSet<&String> = named.iter().filter_map(|parts| parts.get(at)).collect();
    let alike = named.iter().all(|parts| parts.len() == at + 2 && parts[..at] == first[..at]);
    let above = first[..at].join(" / ");
    if names.len() < least || !alike || is_another_thing(&above) {
        return None;
    }
    let lead = if above.is_empty() { String::new() } else { format!("{above} / ") };
    let value = looked.hectares_across(&above).unwrap_or(above);
    Some(Unpivot { headings: vec![format!("{lead}{{{into}}} / {{*}}")], into: String::new(), value })
}

/// "Hồng Ngự, ngày 12 tháng 4 năm 2024", "UBND huyện Hồng Ngự".
fn is_letterhead(line: &str) -> bool {
    let folded = fold(line);
    folded.contains(" ngay ") && folded.contains(" thang ")
        || ["ubnd huyen", "ubnd tinh", "phong nong", "tram trong", "so nong"].iter().any(|word| folded.contains(word))
}

/// A file's name without its folders.
pub fn file_name(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

/// The column in which most rows name communes, and whether its names stand for empty cells below.
fn column(looked: &Looked, is_unit: &impl Fn(&str) -> bool) -> Option<(String, bool)> {
    let table = &looked.table;
    let mut best: Option<(usize, usize, String, bool)> = None;
    for column in &table.columns {
        let texts: Vec<&str> = column.dictionary.iter().filter(|text| !is_total(text)).collect();
        let units = texts.iter().filter(|text| is_unit(text)).count();
        // Words of another kind in the same column make it another column; a few may be mistyped.
        if units == 0 || 2 * units < texts.len() || looked.is_order(&column.name) {
            continue;
        }
        // Wards are called by numbers, and hectares are numbers.
        let called = || NAME.find(std::slice::from_ref(&column.name)).is_some();
        if looked.is_numeric(&column.name) && !called() {
            continue;
        }
        let named: Vec<bool> = (0..table.rows).map(|row| column.text(row).is_some_and(is_unit)).collect();
        let empty: Vec<bool> = (0..table.rows).map(|row| column.text(row).is_none()).collect();
        let rows = named.iter().filter(|named| **named).count();
        let blank = empty.iter().filter(|empty| **empty).count();
        // A name once, and nothing below until the next one: it stands for the rows below it. One blank at the end is a sum or a note.
        let opened = (1..table.rows).filter(|row| empty[*row] && !empty[row - 1]).count();
        let only_last = opened == 1 && blank == 1 && empty.last() == Some(&true) && rows >= 3;
        let runs =
            blank > 0 && !only_last && rows > 0 && rows <= units * looked.around.len().max(1) && empty.first() == Some(&false);
        let of_sheet = usize::from(column.name != SHEET);
        let covered = if runs { rows + blank } else { rows };
        if 2 * covered >= table.rows && best.as_ref().is_none_or(|(most, own, ..)| (covered, of_sheet) > (*most, *own)) {
            best = Some((covered, of_sheet, column.name.clone(), runs));
        }
    }
    best.map(|(_, _, name, runs)| (name, runs))
}

/// The longest run of words within a text that is the name of a commune, not behind the word for a larger unit.
fn within(text: &str, is_unit: &impl Fn(&str) -> bool) -> Option<String> {
    let ends = [' ', '-', '_', ',', '.', ':', ';', '(', ')', '/', '\n'];
    let is_end = |c: char| ends.contains(&c);
    let starts = std::iter::once(0).chain(text.char_indices().filter(|(_, c)| is_end(*c)).map(|(at, c)| at + c.len_utf8()));
    let stops: Vec<usize> =
        text.char_indices().filter(|(_, c)| is_end(*c)).map(|(at, _)| at).chain(std::iter::once(text.len())).collect();
    let mut found: Option<&str> = None;
    for start in starts {
        let before = fold(&text[..start]);
        if ["huyen", "tinh", "thi xa", "thanh pho", "tp"].iter().any(|word| before.ends_with(word)) {
            continue;
        }
        for &stop in stops.iter().filter(|stop| **stop > start) {
            let window = &text[start..stop];
            let words = window.split_whitespace().count();
            let fits = (1..=6).contains(&words) && window.trim() == window && window.chars().any(char::is_alphabetic);
            if fits && window.len() > found.map_or(0, str::len) && is_unit(window) {
                found = Some(window);
            }
        }
    }
    found.map(str::to_owned)
}

/// How many letters several texts begin with, case aside.
fn shared<'a, I: Iterator<Item = char> + 'a>(texts: impl Iterator<Item = I>, first: I) -> usize {
    let first: Vec<char> = first.flat_map(char::to_lowercase).collect();
    let length = |text: I| text.flat_map(char::to_lowercase).zip(&first).take_while(|(a, b)| a == *b).count();
    texts.map(length).min().unwrap_or(0)
}

/// The template of lines with a word each: what they share before and behind the word; what they do not share is `{}`.
pub fn template(lines: &[(&str, &str)], heading: &str) -> Option<String> {
    let split: Option<Vec<(&str, &str)>> =
        lines.iter().map(|(line, word)| line.find(word).map(|at| (&line[..at], &line[at + word.len()..]))).collect();
    let split = split?;
    let (before, after) = *split.first()?;
    let lead = if split.iter().all(|(other, _)| fold(other) == fold(before)) {
        before.to_owned()
    } else {
        // What they share in front of the word marks where it begins.
        let length = shared(split.iter().map(|(before, _)| before.chars().rev()), before.chars().rev());
        let tail: String = before.chars().skip(before.chars().count() - length).collect();
        let from = tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len());
        let tail = &tail[from..];
        (!tail.is_empty()).then(|| format!("{{}}{tail}"))?
    };
    let end = if split.iter().all(|(_, other)| fold(other) == fold(after)) {
        after.to_owned()
    } else {
        let length = shared(split.iter().map(|(_, after)| after.chars()), after.chars());
        let head: String = after.chars().take(length).collect();
        // A word that is cut through is no mark, but "T20" and "T21" share their letter.
        let numbers = split.iter().all(|(_, after)| after.chars().nth(length).is_some_and(|c| c.is_ascii_digit()));
        let whole =
            head.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
        let head = if numbers { &head[..] } else { &head[..whole] };
        let more = split.iter().all(|(_, after)| after.chars().count() > head.chars().count());
        (!head.is_empty() && more).then(|| format!("{head}{{}}"))?
    };
    if [&lead, &end].iter().any(|part| part.replace("{}", "").contains(['{', '}'])) {
        return None;
    }
    let one_line = |text: &str| text.replace(['\n', '\r'], " ");
    let template = format!("{}{{{heading}}}{}", one_line(&lead), one_line(&end));
    // A template that takes another part of a line than the word is none.
    let takes = |(line, word): &(&str, &str)| {
        let found = templates::take_apart(line, &template);
        found.is_some_and(|found| found.iter().any(|(name, text)| name == heading && fold(text) == fold(word)))
    };
    lines.iter().all(takes).then_some(template)
}

//! Rows that name the rows below them: "I. Xã A", "Nhóm cây: Lúa", and the titles of tables one below the other.

use crate::headings::is_another_thing;
use crate::input::identifiers;
use crate::values::dates::Order;
use crate::values::text::{fold, one_line, ordered};
use crate::values::{Period, district, pests, spans, spoken};
use crate::workbook::grid::{Cell, Grid, Row};
use hashbrown::{HashMap, HashSet};

/// How a group row is written; rows of one manner are of one level.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Manner {
    /// The title of a table below another one
    Block,
    /// I, II, III
    Roman,
    /// A, B, C
    Letter,
    /// 1, 2, 3
    Number,
    /// Its first word: "Xã", "Nhóm"
    Word(String),
}

/// The groups that are open at a row, the outermost first.
#[derive(Debug, Default)]
pub struct Groups(Vec<(Manner, String)>);

impl Groups {
    /// Opens a group: what was open of its level is closed, with all within.
    pub fn open(&mut self, text: &str) {
        // "* Xã A:", "- Xã B".
        let text = text.trim_start_matches(['*', '+', '-', '•', ' ']).trim_end_matches([':', ' ']);
        let manner = manner(text);
        if let Some(at) = self.0.iter().position(|(known, _)| *known == manner) {
            self.0.truncate(at);
        }
        self.0.push((manner, one_line(text)));
    }

    /// Opens the group of a table below another one.
    pub fn open_block(&mut self, text: &str) {
        self.0 = vec![(Manner::Block, one_line(text))];
    }

    /// The innermost group.
    pub fn inner(&self) -> Option<String> {
        self.0.last().map(|(_, text)| text.clone())
    }

    /// The outermost group, where one lies within another.
    pub fn outer(&self) -> Option<String> {
        (self.0.len() > 1).then(|| self.0[0].1.clone())
    }
}

fn manner(text: &str) -> Manner {
    let line = one_line(text);
    let mark = line.split(['.', ')', '-', ' ', ':', '/']).next().unwrap_or("");
    match mark {
        mark if is_roman(mark) => Manner::Roman,
        mark if mark.len() == 1 && mark.bytes().all(|b| b.is_ascii_alphabetic()) => Manner::Letter,
        mark if !mark.is_empty() && mark.bytes().all(|b| b.is_ascii_digit()) => Manner::Number,
        _ => Manner::Word(line.split_whitespace().next().unwrap_or("").to_lowercase()),
    }
}

fn is_roman(mark: &str) -> bool {
    !mark.is_empty() && mark.len() <= 5 && mark.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
}

/// Words that open a group of rows: "Nhóm cây: Lúa", "II. Cây ăn trái", "Huyện Hồng Ngự".
pub fn opens_group(text: &str) -> bool {
    let lower = one_line(text).to_lowercase();
    let numeral = lower.split(['.', ')', '-']).next().unwrap_or("").trim();
    let numbered = lower.len() > numeral.len()
        && !numeral.is_empty()
        && (numeral.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
            || (numeral.len() == 1 && numeral.bytes().all(|b| b.is_ascii_alphabetic())));
    let words = [
        "nhóm ",
        "huyện ",
        "thành phố ",
        "thị xã ",
        "tỉnh ",
        "cây ",
        "vụ ",
        "trà ",
        "xã ",
        "phường ",
        "thị trấn ",
        "tt ",
        "tt. ",
        "địa bàn",
    ];
    numbered || lower.trim_end().ends_with(':') || words.iter().any(|start| lower.starts_with(start))
}

/// The mark of an order before a group: I, II, A, B.
fn mark_of(cell: &Cell) -> bool {
    let text = cell.text();
    let mark = text.trim().trim_end_matches(['.', ')']);
    is_roman(mark) || mark.len() == 1 && mark.bytes().all(|b| b.is_ascii_uppercase())
}

fn is_number(cell: &Cell) -> bool {
    let text = cell.text();
    let text = text.trim();
    !text.is_empty() && text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit())
}

/// The text of a group row that begins with the mark of an order in a cell of its own: "I | Xã A". With figures beside it, it is one
/// only where the rows below it are numbered 1, 2, 3: then the figures are the sums of these.
pub fn marked(rows: &[&Row], at: usize, usual: usize) -> Option<String> {
    let cells = &rows[at].cells;
    let [(column, mark), (_, words), rest @ ..] = &cells[..] else { return None };
    let below = rows.get(at + 1).and_then(|row| row.cells.first());
    let opens = below.is_some_and(|(known, cell)| known != column || !is_number(cell));
    if usual >= 3 && opens && names_place(&words.text()) && is_number(mark) && numbered_places(rows, *column, rest.is_empty()) {
        return (rest.iter().all(|(_, cell)| cell.is_figure())).then(|| words.text());
    }
    if usual < 3 || !mark_of(mark) || words.is_figure() || !words.text().chars().any(char::is_alphabetic) {
        return None;
    }
    let sums = rest.iter().all(|(_, cell)| cell.is_figure());
    // Where rows with such marks have figures of their own, one without is a row whose figures are missing.
    let with_figures =
        |row: &&Row| row.cells.len() > 2 && row.cells.first().is_some_and(|(known, cell)| known == column && mark_of(cell));
    let marks_are_rows = || rows.iter().enumerate().any(|(other, row)| with_figures(row) && !is_opened(rows, other));
    if rest.is_empty() && marks_are_rows() {
        return None;
    }
    (rest.is_empty() || sums && is_opened(rows, at)).then(|| format!("{}. {}", mark.text().trim(), words.text()))
}

/// Whether a text begins with the word for a commune.
fn names_place(text: &str) -> bool {
    let lower = one_line(text).to_lowercase();
    ["xã ", "phường ", "thị trấn ", "tt ", "tt. ", "p. ", "x. "].iter().any(|kind| lower.starts_with(kind))
}

/// Whether the rows with a number in a column are communes, each above rows that have none: "1 | Xã A", "- | Rầy nâu".
fn numbered_places(rows: &[&Row], column: u32, bare: bool) -> bool {
    let number = |row: &&&Row| row.cells.first().is_some_and(|(known, cell)| *known == column && is_number(cell));
    let place = |row: &&&Row| row.cells.get(1).is_some_and(|(_, cell)| names_place(&cell.text()));
    let places = rows.iter().filter(number).filter(place).count();
    let numbered = rows.iter().filter(number).count();
    let below = rows.iter().filter(|row| !number(row) && row.cells.len() >= 2).count();
    places == numbered && below >= places && (bare || below >= 2 * places)
}

/// The text of a group row without a mark and with figures alone beside it, above rows that are numbered: "Xã A | 57.500".
pub fn summed(rows: &[&Row], at: usize, usual: usize) -> Option<String> {
    let [(column, words), rest @ ..] = &rows[at].cells[..] else { return None };
    let figures = !rest.is_empty() && rest.iter().all(|(_, cell)| cell.is_figure());
    // Districts among communes are never rows of their own.
    let is_district = |row: &Row| row.cells.first().is_some_and(|(_, cell)| district::is_named(&cell.text()));
    if figures && is_district(rows[at]) && 2 * rows.iter().filter(|row| is_district(row)).count() < rows.len() {
        return Some(words.text());
    }
    if usual < 3 || !figures || !names_place(&words.text()) {
        return None;
    }
    let order = |row: &Row| row.cells.first().is_some_and(|(known, cell)| known < column && is_number(cell));
    (rows.get(at + 1).is_some_and(|row| order(row)) && 2 * rows.iter().filter(|row| order(row)).count() > rows.len())
        .then(|| words.text())
}

/// Whether the row below begins with a number where this one has its mark.
fn is_opened(rows: &[&Row], at: usize) -> bool {
    let first = |at: usize| rows.get(at).and_then(|row| row.cells.first());
    let (Some((column, _)), Some((below, cell))) = (first(at), first(at + 1)) else { return false };
    column == below && is_number(cell)
}

/// The text of a group row of one cell. Where other rows begin with the same word and have figures, it is one of them whose figures are
/// missing.
pub fn alone(grid: &Grid, rows: &[&Row], row: &Row, usual: usize) -> Option<String> {
    let ([(column, cell)], true) = (&row.cells[..], usual >= 3) else { return None };
    let word = |text: &str| one_line(text).split(' ').next().unwrap_or("").to_lowercase();
    let own = word(&cell.text());
    let alike =
        |other: &&Row| other.cells.len() > 1 && other.cells.iter().any(|(at, cell)| at == column && word(&cell.text()) == own);
    if rows.iter().any(alike) {
        return None;
    }
    let merged = grid.merges.iter().any(|merge| merge[0] == row.number && merge[1] == *column && merge[3] > merge[1]);
    let text = cell.text();
    (!cell.is_figure() && (merged || opens_group(&text) || names_thing(&text))).then_some(text)
}

/// Whether a text is the name of a pest or of an animal: alone in its row it is what the communes below it are of.
fn names_thing(text: &str) -> bool {
    const ANIMALS: [&str; 10] = ["trau", "bo", "trau bo", "heo", "lon", "de", "ga", "vit", "gia cam", "ngan"];
    let folded = fold(text);
    pests::is_known(&folded) || ANIMALS.contains(&folded.trim_start_matches("dan "))
}

/// The period that a line between rows speaks of: "Tuần 14 (29/3-04/4/2024)", "Đến ngày 05/4/2024", "Ngày 05/4/2024".
pub fn states_period(text: &str) -> Option<Period> {
    let text = text.trim().trim_end_matches(':');
    let bare = ordered(text).map_or(text, |(_, rest)| rest);
    let day = || spans::read(bare, Order::DayFirst);
    spoken::within(bare).or_else(|| spoken::until(bare)).or_else(day)
}

/// Rows that name the period of the rows below them, by position: "Tuần 14 (29/3-04/4/2024)" alone, or behind its number. There are
/// several, or it is no row of its own.
pub fn periods(rows: &[&Row]) -> HashMap<usize, Period> {
    let of = |row: &Row| match &row.cells[..] {
        [(_, cell), sums @ ..] if !cell.is_figure() && sums.iter().all(|(_, sum)| sum.is_figure()) => states_period(&cell.text()),
        [(_, mark), (_, cell), sums @ ..]
            if (mark_of(mark) || is_number(mark)) && sums.iter().all(|(_, sum)| sum.is_figure()) =>
        {
            states_period(&cell.text())
        }
        _ => None,
    };
    let found: HashMap<usize, Period> = rows.iter().enumerate().filter_map(|(at, row)| Some((at, of(row)?))).collect();
    // Where one follows the other they are the rows themselves: a week each.
    if found.keys().any(|at| found.contains_key(&(at + 1))) {
        return HashMap::new();
    }
    // The last line of all is a place and a day to be signed.
    let opens = |at: &&usize| **at + 1 < rows.len();
    let different: HashSet<Period> = found.keys().filter(opens).map(|at| found[at]).collect();
    if different.len() > 1 { found } else { HashMap::new() }
}

/// Positions of the lines directly above headings that come again, where one of them states a period: titles of further tables. None
/// where all state the period of the line above the first: they are tables of other things.
pub fn block_titles(above: Option<&Row>, rows: &[&Row], repeats: impl Fn(&Row) -> bool) -> HashSet<usize> {
    let mut found = HashSet::new();
    let period = |row: &Row| row.cells.iter().find_map(|(_, cell)| states_period(&cell.text()));
    let mut periods: HashSet<Option<Period>> = HashSet::from_iter([above.and_then(period)]);
    for at in (1..rows.len()).filter(|&at| repeats(rows[at]) && !repeats(rows[at - 1])) {
        let words = |row: &Row| row.cells.len() <= 2 && row.cells.iter().all(|(_, cell)| !cell.is_figure());
        let lines: Vec<usize> = (0..at).rev().take_while(|&above| words(rows[above])).take(4).collect();
        let dated = |line: &&usize| period(rows[**line]).is_some();
        // What stands above the line with the period ends the table before.
        if let Some(last) = lines.iter().filter(dated).max() {
            periods.insert(period(rows[*last]));
            found.extend(lines.iter().filter(|line| *line + 1 >= *last).copied());
        }
    }
    if periods.len() > 1 { found } else { HashSet::new() }
}

/// Titles of tables of the same places one below the other, under headings that come again: "II. Diện tích màu". The first is that of
/// the rows above them all. None where headings come again for the next page of one table, which has other places.
pub fn tables_below(
    above: Option<&Row>,
    rows: &[&Row],
    repeats: impl Fn(&Row) -> bool,
) -> Option<(String, HashMap<usize, String>)> {
    let title = |row: &Row| match &row.cells[..] {
        [(_, cell)] if !cell.is_figure() => Some(one_line(&cell.text())),
        _ => None,
    };
    let place = |row: &&Row| {
        let words =
            |(_, cell): &(u32, Cell)| (!cell.is_figure() && !is_number(cell)).then(|| one_line(&cell.text()).to_lowercase());
        if row.cells.len() < 2 || repeats(row) { None } else { row.cells.iter().find_map(words) }
    };
    let mut found = HashMap::new();
    for at in (1..rows.len()).filter(|&at| repeats(rows[at])) {
        let Some(text) = title(rows[at - 1]) else { continue };
        let before: HashSet<String> = rows[..at].iter().filter_map(place).collect();
        let after: Vec<String> = rows[at + 1..].iter().take_while(|row| !repeats(row)).filter_map(place).collect();
        if 2 * after.iter().filter(|place| before.contains(*place)).count() > after.len() {
            found.insert(at - 1, text);
        }
    }
    let first = above.and_then(title)?;
    if found.is_empty() || found.values().any(|text| *text == first) {
        return None;
    }
    let bare = what_differs(std::iter::once(&first).chain(found.values()));
    let of = |text: &String| bare.get(text).unwrap_or(text).clone();
    Some((of(&first), found.iter().map(|(at, text)| (*at, of(text))).collect()))
}

/// Words before the number of a table.
const LABELS: [&str; 6] = ["bang", "bieu", "bieu mau", "phu luc", "muc", "phan"];

/// What each of some titles says that the others do not: "Lúa" and "Màu" of "I. Diện tích lúa" and "II. Diện tích màu". Empty where one
/// of them would be left without a word.
fn what_differs<'a>(titles: impl Iterator<Item = &'a String> + Clone) -> HashMap<String, String> {
    let words = |text: &'a String| -> Vec<&'a str> {
        let words: Vec<&str> = text.trim_end_matches([':', ' ']).split_whitespace().collect();
        let bare = |word: &'a str| word.trim_end_matches(['.', ')', '/', '-', ':']);
        let is_number = |mark: &str| !mark.is_empty() && (is_roman(mark) || mark.bytes().all(|b| b.is_ascii_digit()));
        // "II.", "a)", "Bảng 1.", "Biểu số 02:".
        let marks = match words[..] {
            [label, number, ..] if LABELS.contains(&fold(label).as_str()) && is_number(bare(number)) => 2,
            [label, word, number, ..]
                if LABELS.contains(&fold(label).as_str()) && fold(word) == "so" && is_number(bare(number)) =>
            {
                3
            }
            [mark, ..] if bare(mark).len() < mark.len() && (is_number(bare(mark)) || bare(mark).chars().count() == 1) => 1,
            _ => 0,
        };
        words[marks..].iter().copied().filter(|word| word.chars().any(char::is_alphanumeric)).collect()
    };
    let all: Vec<Vec<&str>> = titles.clone().map(words).collect();
    let common = |at: &dyn Fn(&[&'a str], usize) -> Option<&'a str>| {
        let same = |number: &usize| {
            let first = all.first().and_then(|words| at(words, *number)).map(str::to_lowercase);
            first.is_some() && all.iter().all(|words| at(words, *number).map(str::to_lowercase) == first)
        };
        (0..).take_while(same).count()
    };
    let ahead = common(&|words, number| words.get(number).copied());
    let behind = common(&|words, number| words.get(words.len().checked_sub(number + 1)?).copied());
    if all.iter().any(|words| words.len() <= ahead + behind) {
        return HashMap::new();
    }
    let kept = |words: &Vec<&str>| words[ahead..words.len() - behind].join(" ");
    titles.cloned().zip(all.iter().map(kept)).collect()
}

/// Position of the first line of another table below, with headings of its own.
pub fn another(rows: &[&Row], repeats: impl Fn(&Row) -> bool, is_heading: impl Fn(&str) -> bool) -> Option<usize> {
    let figures = |row: &Row| row.cells.iter().filter(|(_, cell)| cell.is_figure()).count();
    let words = |row: &Row| row.cells.len() - figures(row);
    let of_figures = |column: u32, before: usize| {
        let cells: Vec<&Cell> = rows[..before]
            .iter()
            .flat_map(|row| &row.cells)
            .filter(|(known, _)| *known == column)
            .map(|(_, cell)| cell)
            .collect();
        cells.len() >= 2 && 2 * cells.iter().filter(|cell| cell.is_figure()).count() > cells.len()
    };
    for at in 2..rows.len() {
        let row = rows[at];
        // "2. Diện tích phòng trừ" above the same headings.
        let title = |row: &Row| row.cells.len() == 1 && is_another_thing(&row.cells[0].1.text());
        if repeats(row) && title(rows[at - 1]) {
            return Some(at - 1);
        }
        // Below a title of their own two headings are enough.
        let titled = rows[at - 1].cells.len() == 1 && figures(rows[at - 1]) == 0;
        let fewest = if titled { 2 } else { 3 };
        if row.cells.len() < fewest || figures(row) > 0 || repeats(row) {
            continue;
        }
        let apart = rows[at - 1].number + 1 < row.number || rows[at - 1].cells.len() == 1;
        let data = rows.iter().skip(at + 1).take(3).any(|row| figures(row) >= 1 && row.cells.len() >= fewest);
        let unlike = row.cells.iter().filter(|(column, _)| of_figures(*column, at)).count();
        // It has an order, or a heading of the first table: words in place of figures alone are no headings.
        let like_headings = row.cells.iter().any(|(_, cell)| {
            let text = one_line(&cell.text()).to_lowercase();
            identifiers::counts_rows(&text) || is_heading(&text)
        });
        if apart && data && like_headings && unlike >= 1 && rows[..at].iter().any(|row| figures(row) >= 1 && words(row) >= 1) {
            // Its title goes with it.
            let first = (0..at).rev().take_while(|&above| rows[above].cells.len() == 1 && figures(rows[above]) == 0).last();
            return Some(first.unwrap_or(at));
        }
    }
    None
}

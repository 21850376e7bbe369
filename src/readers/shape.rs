//! Tables brought into rows: cells that stand for those below them, columns that are one thing across, columns put together from others.

use super::tables::Form;
use crate::headings::rates;
use crate::input::{Column, MISSING, Table, identifiers, numeric, totals};
use crate::message;
use crate::project::{Pivot, Unpivot};
use crate::run::{Fault, Place, Problems, Result};
use crate::values::Quantity;
use crate::values::templates;
use crate::values::text::{alike, fold};

/// Does to a table what is declared of its shape.
pub fn shape(mut table: Table, form: &Form, problems: &mut Problems) -> Result<Table> {
    for heading in &form.fill_down {
        let name = table.named(heading)?;
        // What follows a row of totals without a name is of these, and of nobody above.
        let starts: Vec<usize> =
            table.files().iter().map(|(first, _)| *first).chain(table.after_totals.iter().copied()).collect();
        if let Some(column) = table.columns.iter_mut().find(|column| column.name == name) {
            fill_down(column, &starts);
        }
    }
    let (own, others): (Vec<_>, Vec<_>) = form.kept.iter().partition(|(heading, _)| table.named(heading).is_ok());
    for (heading, texts) in own {
        table = kept(&table, heading, texts, problems)?;
    }
    if let Some(unpivot) = &form.unpivot {
        table = unpivoted(&table, unpivot, form.units_across, problems)?;
    }
    // What stood across is a column only now.
    for (heading, texts) in others {
        table = kept(&table, heading, texts, problems)?;
    }
    if let Some(pivot) = &form.pivot {
        pivoted(&mut table, pivot)?;
    }
    for (heading, template) in &form.compose {
        compose(&mut table, heading, template)?;
    }
    if let Some(heading) = &form.count {
        let ones = vec!["1".to_owned(); table.rows];
        table.put(heading, &ones);
    }
    Ok(table)
}

/// An empty cell means what stands above it in the same sheet.
fn fill_down(column: &mut Column, starts: &[usize]) {
    let mut above = MISSING;
    for (row, code) in column.codes.iter_mut().enumerate() {
        if starts.contains(&row) {
            above = MISSING;
        }
        if *code == MISSING {
            *code = above;
        } else {
            above = *code;
        }
    }
}

/// Texts that a message lists.
const MOST_LISTED: usize = 12;

/// The rows of which a column holds one of some texts, without regard to case, accents and signs. The others are counted.
fn kept(table: &Table, heading: &str, texts: &[String], problems: &mut Problems) -> Result<Table> {
    let column = table.require(&table.named(heading)?)?;
    let wanted: Vec<String> = texts.iter().map(|text| fold(text)).collect();
    let fits: Vec<bool> = column.parse(|text| wanted.contains(&fold(text)));
    // Rows before the first group have none.
    let blank = wanted.iter().any(String::is_empty);
    let is_kept = |row: &usize| match column.codes.get(*row) {
        Some(&MISSING) => blank,
        Some(&code) => fits.get(code as usize) == Some(&true),
        None => false,
    };
    let rows: Vec<usize> = (0..table.rows).filter(is_kept).collect();
    let place = || Place::file(&table.file).column(&column.name).value(texts.join(", "));
    if rows.is_empty() {
        let there: Vec<&str> = column.dictionary.iter().take(MOST_LISTED).collect();
        let there = there.join(", ");
        let message = message!("không dòng nào có chữ này; đang có: {there}", "no row has this text; there are: {there}");
        return Err(Fault::new("no-such-rows", place(), message));
    }
    let left = table.rows - rows.len();
    if left > 0 {
        let message = message!(
            "{left} dòng khác không có chữ đã khai báo: không đọc",
            "{left} other rows do not hold what is declared: they are not read"
        );
        problems.info("rows-not-wanted", place(), message, None);
    }
    let text = |column: &Column, row: usize| column.text(row).unwrap_or("").to_owned();
    let columns =
        table.columns.iter().map(|column| (column.name.clone(), rows.iter().map(|&row| text(column, row)).collect())).collect();
    let mut shaped = table.rebuilt(&rows, columns);
    shaped.sheet.clone_from(&table.sheet);
    shaped.titles.clone_from(&table.titles);
    Ok(shaped)
}

fn compose(table: &mut Table, heading: &str, template: &str) -> Result<()> {
    let parts: Vec<(&str, &Column)> = templates::headings(template)
        .into_iter()
        .map(|part| Ok((part, table.require(&table.named(part)?)?)))
        .collect::<Result<_>>()?;
    let texts: Vec<String> = (0..table.rows)
        .map(|row| {
            let text = |name: &str| parts.iter().find(|(part, _)| *part == name).and_then(|(_, column)| column.text(row));
            templates::fill(template, text).unwrap_or_default()
        })
        .collect();
    table.put(heading, &texts);
    Ok(())
}

/// A column for each class in place of the two: the number of a row is all of its class, and 0 of the others. No row is lost.
fn pivoted(table: &mut Table, pivot: &Pivot) -> Result<()> {
    let by = table.require(&table.named(&pivot.by)?)?;
    let value = pivot.value.as_ref().map(|value| table.require(&table.named(value)?)).transpose()?;
    // Rows that only count are of one class however it is written: "3 sao", "3 Sao", "OCOP 3 sao".
    let plain = |text: &str| if value.is_none() { class_name(&by.name, text) } else { text.to_owned() };
    let mut classes: Vec<String> = by.dictionary.iter().map(plain).collect();
    classes.sort();
    // One class has one name, however its rows are typed.
    let same = |a: &str, b: &str| alike(a) == alike(b);
    let mut once: Vec<String> = Vec::new();
    for class in classes {
        if !once.iter().any(|known| same(known, &class)) {
            once.push(class);
        }
    }
    let classes = once;
    let columns: Vec<(String, Vec<String>)> = classes
        .into_iter()
        .map(|class| {
            let cell = |row: usize| match by.text(row) {
                Some(own) if same(&plain(own), &class) => value.map_or("1", |value| value.text(row).unwrap_or("")),
                Some(_) => "0",
                None => "",
            };
            let texts = (0..table.rows).map(|row| cell(row).to_owned()).collect();
            (class, texts)
        })
        .collect();
    let gone: Vec<String> = std::iter::once(by).chain(value).map(|column| column.name.clone()).collect();
    table.columns.retain(|column| !gone.contains(&column.name));
    table.headings.retain(|heading| !gone.contains(heading));
    columns.iter().for_each(|(class, texts)| table.put(class, texts));
    Ok(())
}

/// The heading of a class of things: of "Hạng (sao)" 4, "4 Sao" and "OCOP 4 sao" are "4 sao", of "Hạng" 4 is "Hạng 4".
#[must_use]
pub fn class_name(by: &str, class: &str) -> String {
    let words = by.replace(['(', ')', '[', ']'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let class = class.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = class.to_lowercase();
    let of_stars = |text: &str| text.to_lowercase().split(' ').any(|word| word == "sao");
    let number: Vec<&str> = lower.split(' ').filter(|word| !["sao", "ocop", "hạng", "đạt"].contains(word)).collect();
    match number[..] {
        [number] if number.bytes().all(|b| b.is_ascii_digit()) && (of_stars(&lower) || of_stars(&words)) => {
            format!("{number} sao")
        }
        [number] if number == lower && number.bytes().all(|b| b.is_ascii_digit()) => format!("{words} {number}"),
        _ => class,
    }
}

/// What a heading says of the columns across.
struct Across<'a> {
    column: &'a Column,
    /// Texts of the new columns
    words: Vec<(String, String)>,
    /// Heading of the numbers
    value: String,
}

/// Rest of a heading that stays the name of a column: `{Loài} / {*}`.
const REST: &str = "*";

fn across<'a>(table: &'a Table, unpivot: &Unpivot) -> Vec<Across<'a>> {
    let mut found: Vec<Across<'a>> = Vec::new();
    for template in &unpivot.headings {
        for column in &table.columns {
            if found.iter().any(|known| known.column.name == column.name) {
                continue;
            }
            if template.contains('{') {
                let Some(mut words) = templates::take_apart(&column.name, template) else { continue };
                // "Trong đó nặng (ha)" is a part of what stands beside it.
                if words.iter().any(|(heading, text)| heading != REST && fold(text).starts_with("trong do")) {
                    continue;
                }
                let rest = words.iter().position(|(heading, _)| heading == REST).map(|at| words.remove(at).1);
                found.push(Across { column, words, value: rest.unwrap_or_else(|| unpivot.value.clone()) });
            } else if crate::headings::bare(&column.name) == crate::headings::bare(template) || column.name == *template {
                // "Rầy nâu (ha)" is the pest with its unit.
                let last = column.name.rsplit(" / ").next().unwrap_or(&column.name);
                let word = last.trim_end().strip_suffix("(ha)").map_or(last, str::trim_end);
                let words = vec![(unpivot.into.clone(), word.to_owned())];
                found.push(Across { column, words, value: unpivot.value.clone() });
            }
        }
    }
    found
}

/// Whether a column holds amounts, which are added where its rows are.
fn adds_up(column: &Column) -> bool {
    let (numbers, held) = numeric::figures(column);
    let counts = identifiers::of(column).is_none() && !identifiers::tells_time(column);
    numbers > 0 && 2 * numbers >= held && counts && rates::quantity(&column.name) == Quantity::Extensive
}

/// A row for each row and word across; columns of totals, and cells that hold nothing, are no rows.
fn unpivoted(table: &Table, unpivot: &Unpivot, units_across: bool, problems: &mut Problems) -> Result<Table> {
    let mut found = across(table, unpivot);
    let is_sum = |one: &Across<'_>| one.words.iter().any(|(_, word)| totals::is_total(word));
    for sum in found.iter().filter(|one| is_sum(one)) {
        let message = message!("cột cộng: không đọc như số liệu", "a column of totals: not read as data");
        problems.info("total-column", Place::file(&table.file).column(&sum.column.name), message, None);
    }
    let across_names: Vec<String> = found.iter().map(|one| one.column.name.clone()).collect();
    found.retain(|one| !is_sum(one));
    if found.is_empty() {
        let there = crate::headings::listed(&table.headings);
        let wanted = unpivot.headings.join(", ");
        return Err(Fault::new(
            "no-columns-across",
            Place::file(&table.file).column("unpivot").value(wanted),
            message!("không cột nào theo mẫu này; các cột: {there}", "no column is like this; the columns are: {there}"),
        ));
    }
    let mut words: Vec<Vec<(String, String)>> = Vec::new();
    let mut values: Vec<String> = Vec::new();
    for one in &found {
        if !words.contains(&one.words) {
            words.push(one.words.clone());
        }
        if !values.contains(&one.value) {
            values.push(one.value.clone());
        }
    }
    let others: Vec<&Column> = table.columns.iter().filter(|column| !across_names.contains(&column.name)).collect();
    if units_across {
        for column in others.iter().filter(|column| adds_up(column)) {
            let message = message!(
                "các xã nằm ngang: cột này là của cả bảng, không của xã nào; không đọc",
                "communes stand across: this column is of all of them together and of none; not read"
            );
            problems.info("total-column", Place::file(&table.file).column(&column.name), message, None);
        }
    }
    let kept: Vec<&Column> = others.into_iter().filter(|column| !units_across || !adds_up(column)).collect();
    let mut sources: Vec<usize> = Vec::new();
    let mut words_of_rows: Vec<usize> = Vec::new();
    let mut cells_of_rows: Vec<Vec<&str>> = Vec::new();
    for row in 0..table.rows {
        for (at, word) in words.iter().enumerate() {
            let cell = |value: &String| {
                let one = found.iter().find(|one| &one.words == word && one.value == *value);
                one.and_then(|one| one.column.text(row)).unwrap_or("")
            };
            let cells: Vec<&str> = values.iter().map(cell).collect();
            if cells.iter().any(|cell| !crate::input::decimal::is_blank(cell.trim())) {
                sources.push(row);
                words_of_rows.push(at);
                cells_of_rows.push(cells);
            }
        }
    }
    let text = |column: &Column, row: usize| column.text(row).unwrap_or("").to_owned();
    let mut columns: Vec<(String, Vec<String>)> =
        kept.iter().map(|column| (column.name.clone(), sources.iter().map(|&row| text(column, row)).collect())).collect();
    let headings: Vec<String> = found[0].words.iter().map(|(heading, _)| heading.clone()).collect();
    for heading in headings {
        let of = |at: &usize| {
            let found = words[*at].iter().find(|(known, _)| *known == heading);
            found.map(|(_, text)| text.clone()).unwrap_or_default()
        };
        columns.push((heading.clone(), words_of_rows.iter().map(of).collect()));
    }
    for (at, value) in values.iter().enumerate() {
        columns.push((value.clone(), cells_of_rows.iter().map(|cells| cells[at].to_owned()).collect()));
    }
    let mut shaped = table.rebuilt(&sources, columns);
    shaped.sheet.clone_from(&table.sheet);
    shaped.titles.clone_from(&table.titles);
    shaped.read_as.insert("unpivoted", across_names.len().to_string());
    shaped.repeated = kept.iter().filter(|column| adds_up(column)).map(|column| column.name.clone()).collect();
    Ok(shaped)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn read(text: &str, form: &Form) -> Vec<Vec<String>> {
        let source = Source { path: "t.csv".into(), name: "t.csv".to_owned(), content: Some(text.as_bytes().into()) };
        let table = crate::readers::tables::read(&source, &Form::default(), &mut Problems::default()).expect("a table");
        let table = shape(table, form, &mut Problems::default()).expect("it has this shape");
        let row = |row| table.columns.iter().map(|column| column.text(row).unwrap_or("").to_owned()).collect();
        (0..table.rows).map(row).collect()
    }

    #[test]
    fn what_stands_across_becomes_rows() {
        let unpivot = Unpivot { headings: vec!["Nhiễm {Loài}".into()], value: "ha".into(), into: String::new() };
        let form = Form { unpivot: Some(unpivot), ..Form::default() };
        let rows = read("xa,Nhiễm rầy,Nhiễm tổng,Nhiễm sâu\nA,1,3,2\nB,,5,5\n", &form);
        assert_eq!(rows, [["A", "rầy", "1"], ["A", "sâu", "2"], ["B", "sâu", "5"]]);
    }

    #[test]
    fn rows_before_the_first_group_are_kept_by_an_empty_text() {
        let kept = |texts: &[&str]| {
            let texts = texts.iter().map(|text| (*text).to_owned()).collect();
            read("xa,nhom\nA,\nB,II. Kế hoạch\nC,III. Khác\n", &Form { kept: [("nhom".into(), texts)].into(), ..Form::default() })
        };
        assert_eq!(kept(&[""]), [["A", ""]]);
        assert_eq!(kept(&["III. Khác"]), [["C", "III. Khác"]]);
        assert_eq!(kept(&["", "iii khac"]), [["A", ""], ["C", "III. Khác"]]);
    }

    #[test]
    fn classes_below_a_pest_stay_columns() {
        let unpivot = Unpivot { headings: vec!["{Loài} - {*}".into()], value: String::new(), into: String::new() };
        let form = Form { unpivot: Some(unpivot), fill_down: vec!["xa".into()], ..Form::default() };
        let rows = read("xa,rầy - Nhẹ,rầy - TB,sâu - Nhẹ\nA,1,2,3\n,4,,6\n", &form);
        assert_eq!(rows, [["A", "rầy", "1", "2"], ["A", "sâu", "3", ""], ["A", "rầy", "4", ""], ["A", "sâu", "6", ""]]);
    }
}

//! Marks that stand for what is written above them: "nt", "-nt-", "như trên", "//".

use crate::input::{MISSING, Table, numeric};
use crate::message;
use crate::run::Problems;
use crate::values::text::fold;

/// Marks that are words, folded.
const WORDS: [&str; 4] = ["nt", "nhu tren", "n t", "ditto"];
/// Marks that are signs.
const SIGNS: [&str; 10] = ["//", "-//-", "\"", "''", "”", "“", "〃", "-\"-", "\" \"", "\"\""];

fn is_mark(text: &str) -> bool {
    let text = text.trim();
    SIGNS.contains(&text) || text.len() <= 12 && WORDS.contains(&fold(text).as_str())
}

/// Fills in what marks stand for, in columns of words; says so, with how many. A mark with nothing above it stays.
pub fn fill(table: &mut Table, problems: &mut Problems) {
    let mut filled: Vec<(String, usize, usize, String)> = Vec::new();
    let ends: Vec<usize> = table.files().into_iter().map(|(first, _)| first).collect();
    let rows = table.rows;
    for column in table.columns.iter_mut().filter(|column| column.codes.len() == rows) {
        let marks: Vec<bool> = column.parse(is_mark);
        // Whether the mark below a number means that number again nobody knows.
        if !marks.contains(&true) || numeric::figures(column).0 > 0 {
            continue;
        }
        let (mut above, mut count, mut first) = (MISSING, 0, None);
        for row in 0..rows {
            if ends.contains(&row) {
                above = MISSING;
            }
            let code = column.codes[row];
            match marks.get(code as usize) {
                Some(true) if above != MISSING => {
                    first.get_or_insert(row);
                    count += 1;
                    column.codes[row] = above;
                }
                Some(_) => above = code,
                None => {}
            }
        }
        if let Some(row) = first {
            let mark = marks.iter().position(|mark| *mark).map_or("", |at| column.dictionary.get(at as u32)).to_owned();
            filled.push((column.name.clone(), row, count, mark));
        }
    }
    for (heading, row, count, mark) in filled {
        let place = table.place(row, &heading, &mark);
        problems.info(
            "as-above",
            place,
            message!(
                "{count} ô ghi \"{mark}\": lấy chữ ở ô trên",
                "{count} cells say \"{mark}\": what stands above them is taken"
            ),
            None,
        );
    }
}

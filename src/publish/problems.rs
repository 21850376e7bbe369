//! problems.csv

use crate::run::Problems;
use crate::values::foreign::cell;
use crate::values::{Lang, numbers};

/// The list of problems as CSV that a spreadsheet opens as UTF-8: level,file,row,column,value,problem,hint,hectares. Errors come first, of
/// these the ones that cost most hectares; else the order of the input stays.
pub fn csv(problems: &Problems, lang: Lang) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().from_writer("\u{feff}".as_bytes().to_vec());
    // Writing to memory cannot fail, and every record has eight fields.
    let _ = writer.write_record(["level", "file", "row", "column", "value", "problem", "hint", "hectares"]);
    for problem in problems.by_weight() {
        let row = problem.place.row.map(|row| row.to_string()).unwrap_or_default();
        let hint = problem.hint.as_ref().map(|hint| hint.get(lang)).unwrap_or_default();
        let place = &problem.place;
        let hectares = place.hectares.map(|hectares| numbers::plain(hectares, 6)).unwrap_or_default();
        let texts = [&place.file, row.as_str(), &place.column, &place.value, problem.problem.get(lang), hint, &hectares];
        let cells = std::iter::once(problem.level.name().into()).chain(texts.into_iter().map(cell));
        let _ = writer.write_record(cells.map(std::borrow::Cow::into_owned));
    }
    writer.into_inner().unwrap_or_default()
}

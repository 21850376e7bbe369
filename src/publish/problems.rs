//! problems.csv

use crate::run::Problems;
use crate::values::Lang;

/// The list of problems as CSV: level,file,row,column,value,problem,hint.
pub fn csv(problems: &Problems, lang: Lang) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    // Writing to memory cannot fail, and every record has seven fields.
    let _ = writer.write_record(["level", "file", "row", "column", "value", "problem", "hint"]);
    for problem in problems.list() {
        let row = problem.place.row.map(|row| row.to_string()).unwrap_or_default();
        let hint = problem.hint.as_ref().map(|hint| hint.get(lang)).unwrap_or_default();
        let place = &problem.place;
        let _ = writer.write_record([
            problem.level.name(),
            &place.file,
            &row,
            &place.column,
            &place.value,
            problem.problem.get(lang),
            hint,
        ]);
    }
    writer.into_inner().unwrap_or_default()
}

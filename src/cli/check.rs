//! `ruong check`: reads and joins everything, says what is wrong, writes nothing.

use super::frame::Frame;
use super::{CheckArguments, Outcome, Stopped, report, stop, terminal};
use crate::run::record::Join;
use crate::run::{Level, Problems};
use crate::values::Lang;
use crate::{app, project};

pub(super) fn run(arguments: &CheckArguments, frame: Frame) -> Result<Outcome, Stopped> {
    let project = project::open(&arguments.project).map_err(stop(frame.lang()))?;
    let lang = frame.of(&project);
    let mut progress = terminal::progress(lang, frame.quiet);
    let mut problems = Problems::default();
    let app::Checked { record, .. } = app::check(&project, &mut problems, &mut progress).map_err(stop(lang))?;
    if arguments.json {
        let list: Vec<_> = problems.list().iter().map(|problem| problem.entry(lang)).collect();
        super::print(&serde_json::json!({ "joins": record.joins, "inputs": record.inputs, "problems": list }).to_string());
    }
    for input in record.inputs.iter().filter(|input| !input.preview.is_empty()) {
        let of = |name: &str| input.read_as.get(name).map(String::as_str).unwrap_or("");
        let (file, rows) = (&input.file, input.rows);
        let place = if of("sheet").is_empty() { of("range").to_owned() } else { format!("{}!{}", of("sheet"), of("range")) };
        let headings = of("header_rows");
        progress.say(&match lang {
            Lang::Vi => format!("  {file}: bảng ở {place}, {headings} dòng tiêu đề, {rows} dòng số liệu"),
            Lang::En => format!("  {file}: table at {place}, {headings} rows of headings, {rows} rows of data"),
        });
        for line in &input.preview {
            progress.say(&format!("    {line}"));
        }
    }
    for join in &record.joins {
        let Join { from, to, by, matched, unmatched, without } = join;
        progress.say(&match lang {
            Lang::Vi => {
                format!("  nối {from} → {to} theo {by}: khớp {matched}, không khớp {unmatched}; {without} {to} không có dòng nào")
            }
            Lang::En => {
                format!("  join {from} → {to} by {by}: {matched} matched, {unmatched} unmatched, {without} {to} without a row")
            }
        });
    }
    report::problems(&problems, lang, &progress);
    progress.say(&report::counts(&problems, lang));
    Ok(if problems.count(Level::Error) > 0 { Outcome::Partial } else { Outcome::Complete })
}

//! `ruong classify`: breaks, counts and fit of a column of numbers.

use super::frame::Frame;
use super::{ClassifyArguments, Outcome, Stopped, stop};
use crate::console::report;
use crate::input::{Decimal, Source, Wanted, csv, decimal, numeric, totals};
use crate::message;
use crate::project::Scheme;
use crate::run::{Fault, Place, Problems, Result};
use crate::scale::classify::{bins, goodness, sorted};
use crate::values::Lang;

pub(super) fn run(arguments: &ClassifyArguments, frame: Frame) -> std::result::Result<Outcome, Stopped> {
    classify(arguments, frame.lang()).map_err(stop(frame.lang()))
}

fn classify(arguments: &ClassifyArguments, lang: Lang) -> Result<Outcome> {
    let fixed = arguments.scheme == Scheme::Fixed;
    if fixed && arguments.breaks.is_empty() {
        return Err(Fault::new(
            "usage",
            Place::default(),
            message!(
                "--scheme fixed cần --breaks, ví dụ --breaks 5,10,20",
                "--scheme fixed needs --breaks, as in --breaks 5,10,20"
            ),
        ));
    }
    if arguments.breaks.windows(2).any(|pair| pair[0] >= pair[1]) || arguments.breaks.iter().any(|b| !b.is_finite()) {
        return Err(Fault::new("usage", Place::default(), message!("--breaks phải tăng dần", "--breaks must ascend")));
    }
    if !(1..=1000).contains(&arguments.classes) {
        return Err(Fault::new("usage", Place::default(), message!("--classes phải từ 1 đến 1000", "--classes is 1 to 1000")));
    }
    let declared = match arguments.decimal.as_deref() {
        None => None,
        Some(".") => Some(Decimal::Dot),
        Some(",") => Some(Decimal::Comma),
        Some(_) => {
            return Err(Fault::new("usage", Place::default(), message!("--decimal là . hoặc ,", "--decimal is . or ,")));
        }
    };
    let name = arguments.table.display().to_string();
    let source = Source { path: arguments.table.clone(), name, content: None };
    let mut problems = Problems::default();
    let head = csv::head(&source, None)?;
    let mut table = csv::read(&source, &head, &Wanted::All, &mut problems)?;
    totals::set_aside(&mut table, &mut problems);
    let column = table.require(&arguments.value)?;
    let sign = decimal::of_columns(&table, &[&arguments.value], declared)?;
    let wrong = message!("không phải số; không tính", "not a number; not counted");
    let parsed = numeric::read(&table, &arguments.value, sign, (&|_| true, wrong), &mut problems)?;
    let numbers: Vec<f64> = column.codes.iter().filter_map(|code| parsed.get(*code as usize).copied().flatten()).collect();
    let values = sorted(&numbers);
    let missing = table.rows - values.len();
    let breaks = bins(arguments.scheme, &values, arguments.classes, &arguments.breaks);
    let fit = goodness(&values, &breaks);
    let answer = serde_json::json!({
        "scheme": arguments.scheme.name(),
        "classes": breaks.len(),
        "breaks": breaks,
        "counts": fit.counts,
        "gvf": fit.gvf,
        "adcm": fit.adcm,
        "values": values.len(),
        "missing": missing,
    });
    super::print(&answer.to_string());
    if missing > 0 {
        let words = lang.pick("dòng không có số, không tính", "rows without a number, not counted");
        crate::console::terminal::tell(&format!("{missing} {words}"));
    }
    report::problems(&problems, lang, &crate::console::terminal::progress(lang, false));
    Ok(Outcome::Complete)
}

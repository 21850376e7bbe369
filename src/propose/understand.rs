//! Understands a table as a whole: where commune, pest and period stand, and so how it must be read.

use super::looked::Looked;
use super::pests;
use super::places::{self, Places};
use super::{diseases, enterprises, kinds, parts, periods, species, standing, traps};
use crate::input::Wanted;
use crate::project::{Pivot, Unpivot};
use crate::readers::many;
use crate::readers::spreadsheet::table::GROUP;
use crate::readers::spreadsheet::{PERIOD, SHEET};
use crate::run::Problems;
use crate::values::text::fold;
use std::path::Path;

/// Finds where things stand, and brings the table into rows as the project file will.
pub fn understand(looked: &mut Looked, folder: &Path, places: &Places) {
    let period = periods::find(looked);
    let pest = pests::find(looked);
    let place = places::find(looked, places);
    let mut across: Vec<Unpivot> = Vec::new();
    match place {
        Some(places::Stands::Column(name, fills)) => {
            if fills {
                looked.form.fill_down.push(name.clone());
            }
            looked.place = Some(name);
        }
        Some(places::Stands::Across(unpivot)) => {
            looked.place = Some(places::HEADING.to_owned());
            looked.form.units_across = true;
            across.push(unpivot);
        }
        Some(places::Stands::Sheet(template)) => {
            looked.form.from_sheet.push(template);
            looked.place = Some(places::HEADING.to_owned());
        }
        Some(places::Stands::Title(template)) => {
            looked.form.from_title.push(template);
            looked.place = Some(places::HEADING.to_owned());
        }
        Some(places::Stands::File(template)) => {
            looked.from_name.push(template);
            looked.place = Some(places::HEADING.to_owned());
        }
        None => {}
    }
    match pest {
        Some(pests::Stands::Column(name)) => {
            if parts::opens_blocks(looked, &name) {
                looked.form.fill_down.push(name.clone());
            }
            looked.pest = Some(name);
        }
        Some(pests::Stands::Sheets) => looked.pest = Some(SHEET.to_owned()),
        Some(pests::Stands::Across(unpivot)) if across.is_empty() => {
            looked.pest = Some(pests::HEADING.to_owned());
            across.push(unpivot);
        }
        Some(pests::Stands::Title(template)) => {
            looked.form.from_title.push(template);
            looked.pest = Some(pests::HEADING.to_owned());
        }
        Some(pests::Stands::Sheet(template)) => {
            looked.form.from_sheet.push(template);
            looked.pest = Some(pests::HEADING.to_owned());
        }
        Some(pests::Stands::File(template)) => {
            looked.from_name.push(template);
            looked.pest = Some(pests::HEADING.to_owned());
        }
        _ => {}
    }
    match diseases::find(looked) {
        Some(pests::Stands::Title(template)) => looked.form.from_title.push(template),
        Some(pests::Stands::Sheet(template)) => looked.form.from_sheet.push(template),
        Some(pests::Stands::File(template)) => looked.from_name.push(template),
        _ => {}
    }
    let composed = |looked: &mut Looked, year: Option<i32>| {
        if let Some(year) = year {
            // "T12" alone may be December; beside "T13" it is a week.
            let word = if periods::are_weeks(&looked.table.headings) { "Tuần " } else { "" };
            looked.form.compose.insert(PERIOD.to_owned(), format!("{word}{{{}}} năm {year}", periods::WEEK));
        }
    };
    if let (true, Some((unpivot, day))) = (across.is_empty(), traps::days_across(looked)) {
        across.push(unpivot);
        looked.form.compose.insert(traps::NIGHT.to_owned(), day);
    }
    match period {
        Some(periods::Stands::Across(unpivot, year)) if across.is_empty() => {
            across.push(unpivot);
            composed(looked, year);
        }
        Some(periods::Stands::File(template, year)) => {
            looked.from_name.push(template);
            composed(looked, year);
        }
        Some(periods::Stands::Sheet(template, year)) => {
            looked.form.from_sheet.push(template);
            composed(looked, year);
        }
        Some(periods::Stands::Column(template)) => {
            looked.form.compose.insert(PERIOD.to_owned(), template);
        }
        _ => {}
    }
    if across.is_empty()
        && let Some(unpivot) = traps::across(looked)
    {
        across.push(unpivot);
    }
    // Early and late sowings, with the classes of each below.
    let is_sowing = |text: &str| fold(text).starts_with("tra ");
    if across.is_empty()
        && looked.pest.is_some()
        && let Some(unpivot) = places::above_others(looked, "Trà", 2, &is_sowing)
    {
        across.push(unpivot);
    }
    if across.is_empty()
        && looked.pest.is_none()
        && let Some(unpivot) = enterprises::across(looked).or_else(|| species::across(looked))
    {
        across.push(unpivot);
    }
    if across.is_empty() && enterprises::are_sheets(looked) {
        looked.form.from_sheet.push(format!("{{{}}}", enterprises::HEADING));
    }
    looked.form.unpivot = across.pop();
    parts::count_things(looked);
    parts::fill_seasons(looked);
    if let Some(groups) = standing::groups(looked) {
        looked.form.kept.insert(GROUP.to_owned(), groups);
    }
    if looked.pest.is_some()
        && looked.form.unpivot.is_none()
        && let Some((by, value)) = kinds::severity_in_rows(looked)
    {
        looked.form.pivot = Some(Pivot { by, value: Some(value) });
    }
    read_again(looked, folder);
}

/// Reads the table again as the project will. Where that fails the table stays as it was seen; the build says what is wrong.
fn read_again(looked: &mut Looked, folder: &Path) {
    let around = !looked.form.from_sheet.is_empty() || !looked.form.from_title.is_empty() || !looked.from_name.is_empty();
    if !around && !looked.form.is_shaped() {
        return;
    }
    let mut problems = Problems::default();
    let opened = many::open(folder, &looked.file, &looked.form, &looked.from_name, &mut problems);
    if let Ok(table) = opened.and_then(|opened| opened.read(&Wanted::All, &mut problems)) {
        looked.table = table;
    }
}

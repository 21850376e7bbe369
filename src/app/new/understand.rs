//! Understands a table as a whole: where commune, pest and period stand, and so how it must be read.

use super::looked::Looked;
use super::pests::{self, Pests};
use super::places::{self, Places, file_name};
use super::{kinds, periods};
use crate::input::shape::shape;
use crate::input::spreadsheet::{PERIOD, SHEET};
use crate::input::tables::Form;
use crate::input::templates;
use crate::project::{Pivot, Unpivot};
use crate::run::Problems;

/// Finds where things stand, and brings the table into rows as the project file will.
pub fn understand(looked: &mut Looked, places: &Places, pests: &Pests) {
    let period = periods::find(looked);
    let pest = pests::find(looked, pests);
    let place = places::find(looked, places);
    let mut across: Vec<Unpivot> = Vec::new();
    match place {
        Some(places::Stands::Column(name, fills)) => {
            if fills {
                looked.layout.fill_down.push(name.clone());
            }
            looked.place = Some(name);
        }
        Some(places::Stands::Across(unpivot)) => {
            looked.place = Some(unpivot.into.clone());
            across.push(unpivot);
        }
        Some(places::Stands::Sheet(template)) => {
            looked.layout.from_sheet = Some(template);
            looked.place = Some(places::HEADING.to_owned());
        }
        Some(places::Stands::Title(template)) => {
            looked.layout.from_title = Some(template);
            looked.place = Some(places::HEADING.to_owned());
        }
        Some(places::Stands::File(template)) => {
            looked.layout.from_name = Some(template);
            looked.place = Some(places::HEADING.to_owned());
        }
        None => {}
    }
    match pest {
        Some(pests::Stands::Column(name)) => looked.pest = Some(name),
        Some(pests::Stands::Sheets) => looked.pest = Some(SHEET.to_owned()),
        Some(pests::Stands::Across(unpivot)) if across.is_empty() => {
            looked.pest = Some(pests::HEADING.to_owned());
            across.push(unpivot);
        }
        Some(pests::Stands::Title(template)) if looked.layout.from_title.is_none() => {
            looked.layout.from_title = Some(template);
            looked.pest = Some(pests::HEADING.to_owned());
        }
        _ => {}
    }
    let composed = |looked: &mut Looked, year: Option<i32>| {
        if let Some(year) = year {
            // "15" of "tuần 15" and "Tuần 15" are one week.
            looked.layout.compose.insert(PERIOD.to_owned(), format!("{{{}}} năm {year}", periods::WEEK));
        }
    };
    match period {
        Some(periods::Stands::Across(unpivot, year)) if across.is_empty() => {
            across.push(unpivot);
            composed(looked, year);
        }
        Some(periods::Stands::File(template, year)) if looked.layout.from_name.is_none() => {
            looked.layout.from_name = Some(template);
            composed(looked, year);
        }
        Some(periods::Stands::Sheet(template, year)) if looked.layout.from_sheet.is_none() => {
            looked.layout.from_sheet = Some(template);
            composed(looked, year);
        }
        Some(periods::Stands::Column(template)) => {
            looked.layout.compose.insert(PERIOD.to_owned(), template);
        }
        _ => {}
    }
    looked.layout.unpivot = across.pop();
    if looked.pest.is_some()
        && looked.layout.unpivot.is_none()
        && let Some((by, value)) = kinds::severity_in_rows(looked)
    {
        looked.layout.pivot = Some(Pivot { by, value });
    }
    apply(looked);
}

/// Does to the table what the layout says.
fn apply(looked: &mut Looked) {
    let of = |template: &Option<String>, texts: &dyn Fn(usize) -> Vec<String>| -> Vec<Vec<(String, String)>> {
        let Some(template) = template else { return Vec::new() };
        (0..looked.around.len())
            .map(|at| texts(at).iter().find_map(|text| templates::take_apart(text, template)).unwrap_or_default())
            .collect()
    };
    let found = [
        of(&looked.layout.from_sheet, &|at| vec![looked.around[at].sheet.clone()]),
        of(&looked.layout.from_title, &|at| looked.around[at].titles.clone()),
        of(&looked.layout.from_name, &|at| vec![file_name(&looked.around[at].file).to_owned()]),
    ];
    let rows: Vec<usize> = looked.around.iter().map(|around| around.rows).collect();
    for parts in found.iter().filter(|parts| !parts.is_empty()) {
        for (heading, _) in parts[0].clone() {
            let text = |at: usize| parts[at].iter().find(|(known, _)| *known == heading).map_or("", |(_, text)| text.as_str());
            let texts: Vec<String> = rows.iter().enumerate().flat_map(|(at, &rows)| vec![text(at).to_owned(); rows]).collect();
            looked.table.put(&heading, &texts);
        }
    }
    let form = Form {
        fill_down: looked.layout.fill_down.clone(),
        unpivot: looked.layout.unpivot.clone(),
        pivot: looked.layout.pivot.clone(),
        compose: looked.layout.compose.clone(),
        ..Form::default()
    };
    if form.is_shaped()
        && let Ok(shaped) = shape(looked.table.clone(), &form, &mut Problems::default())
    {
        looked.table = shaped;
    }
}

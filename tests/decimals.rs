//! What people read in workbooks: hectares and percentages with one decimal, severities with two, counts and days with none.

use ruong::app::{self, Needs};
use ruong::model::accounts;
use ruong::run::{Problems, Progress, Record};
use ruong::tables::{self, Sheet};
use ruong::values::Lang;

/// Decimals by what a heading says, none where it says nothing of the kind.
fn wanted(title: &str) -> Option<usize> {
    let title = title.to_lowercase();
    if title.contains("(ha)") || title.contains('%') {
        Some(1)
    } else if title.contains("mức độ") || title.contains("mức 0") {
        Some(2)
    } else if title.starts_with("số ") || title.starts_with("mã") {
        Some(0)
    } else {
        None
    }
}

#[test]
fn decimals_follow_the_unit() {
    let project = ruong::project::open("data/hong-ngu".as_ref()).expect("the sample");
    let (mut problems, mut record) = (Problems::default(), Record::default());
    let joined = app::load(&project, Needs::ALL, &mut problems, &mut record, &mut Progress::silent()).expect("loads");
    let periods = accounts(&joined);
    let current = &periods.first().expect("a period").1;
    let mut sheets: Vec<Sheet> = vec![
        tables::communes::communes(&joined, &periods).expect("communes"),
        tables::summary::summary(&joined, &periods, Lang::Vi).expect("a summary"),
        tables::pests::pests(&joined, &periods),
        tables::enterprises::enterprises_sheet(&joined, current),
    ];
    sheets.extend(tables::groups::groups(&joined));
    let mut checked = 0;
    for sheet in &sheets {
        for heading in &sheet.headings {
            let title = heading.title.get(Lang::Vi);
            if let Some(decimals) = wanted(title) {
                assert_eq!(heading.decimals, decimals, "{}: {} ({title})", sheet.id, heading.id);
                checked += 1;
            }
        }
    }
    assert!(checked > 30, "{checked} headings");
}

//! Looks into the files given: layers with their properties, tables with every sheet and what stands around it.

use super::looked::{Around, Looked};
use crate::input::{Source, Table, Wanted};
use crate::places::crs;
use crate::places::open::{self, Kind};
use crate::readers::spreadsheet;
use crate::readers::tables::{self, Form};
use crate::run::{Fault, Problems, Result};
use crate::values::file_name::ending;
use crate::workbook::is_workbook;

/// Tables below one another that are looked for in a sheet.
const MOST_TABLES: usize = 6;

/// What a file holds: a layer, or the tables of its sheets.
pub fn look(folder: &std::path::Path, name: &str, left_out: &mut Vec<Fault>) -> Result<Vec<Looked>> {
    let source = Source::new(folder, name);
    if is_workbook(name) {
        return workbook(&source, left_out);
    }
    if matches!(ending(name).as_str(), "csv" | "tsv" | "txt") {
        let table = tables::read(&source, &Form::default(), &mut Problems::default())?;
        return Ok(vec![one(name, "", table, Form::default())]);
    }
    let names = open::names(&source)?;
    let names: Vec<Option<String>> = if names.len() < 2 { vec![None] } else { names.into_iter().map(Some).collect() };
    // A layer that cannot be read is named and stops none beside it.
    let mut found = Vec::new();
    for layer in names {
        match one_layer(&source, layer) {
            Ok(seen) => found.push(seen),
            Err(fault) => left_out.push(fault),
        }
    }
    Ok(found)
}

/// A layer: areas and lines stay layers, points are a table.
fn one_layer(source: &Source, name: Option<String>) -> Result<Looked> {
    // What is odd is said when the project is built.
    let problems = &mut Problems::default();
    let (declared, layer) = (crs::Declared::default(), name.as_deref());
    let held = open::held(source, layer)?;
    match held {
        Kind::Points => {
            let table = open::points(source, layer, declared, problems)?;
            return Ok(one(&source.name, "", table, Form { sheet: name, ..Form::default() }));
        }
        Kind::Lines => {
            let table = open::properties(source, layer, problems)?;
            return Ok(Looked { file: source.name.clone(), table, made_of: Some(Kind::Lines), layer: name, ..Looked::default() });
        }
        Kind::Areas => {}
    }
    let read = open::layer(source, &Wanted::All, layer, declared, problems)?;
    let median_ha = read.shapes.median_ha();
    Ok(Looked {
        file: source.name.clone(),
        table: read.table,
        feature_ids: read.feature_ids,
        made_of: Some(Kind::Areas),
        layer: name,
        shapes: read.shapes,
        median_ha,
        ..Looked::default()
    })
}

fn one(file: &str, sheet: &str, table: Table, form: Form) -> Looked {
    let around = Around { file: file.to_owned(), sheet: sheet.to_owned(), titles: table.titles.clone(), rows: table.rows };
    Looked { file: file.to_owned(), table, form, around: vec![around], ..Looked::default() }
}

fn workbook(source: &Source, left_out: &mut Vec<Fault>) -> Result<Vec<Looked>> {
    let sheets = spreadsheet::sheets(source)?;
    if sheets.is_empty() {
        // The reason is the reader's to say.
        let table = tables::read(source, &Form::default(), &mut Problems::default())?;
        return Ok(vec![one(&source.name, "", table, Form::default())]);
    }
    let several = sheets.len() > 1;
    let mut found: Vec<Looked> = Vec::new();
    for (sheet, _) in &sheets {
        let mut skip = None;
        for _ in 0..MOST_TABLES {
            let form = Form { sheet: Some(sheet.clone()), skip, ..Form::default() };
            let read = tables::read(source, &form, &mut Problems::default());
            let table = match read {
                Ok(table) => table,
                // A sheet without a table is named; below a table there need be no other.
                Err(fault) => {
                    left_out.extend(skip.is_none().then_some(fault));
                    break;
                }
            };
            let (another, beside) = (table.another, table.beside.clone());
            let form = Form { sheet: several.then(|| sheet.clone()), ..form };
            match beside {
                None => found.push(one(&source.name, sheet, table, form)),
                Some(stretches) => {
                    for range in stretches {
                        let whole = Form { sheet: Some(sheet.clone()), range: Some(range), ..form.clone() };
                        if let Ok(table) = tables::read(source, &whole, &mut Problems::default()) {
                            found.push(one(&source.name, sheet, table, Form { sheet: form.sheet.clone(), ..whole }));
                        }
                    }
                }
            }
            match another {
                Some(row) => skip = Some(row),
                None => break,
            }
        }
    }
    Ok(found)
}

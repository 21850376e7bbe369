//! Looks into the files given: layers with their properties, tables with every sheet and what stands around it.

use super::looked::{Around, Looked};
use crate::app::layer;
use crate::input::spreadsheet;
use crate::input::tables::{self, Form};
use crate::input::{Column, Source, Table, Wanted};
use crate::places::crs;
use crate::run::{Problems, Result};

/// Tables below one another that are looked for in a sheet.
const MOST_TABLES: usize = 6;

/// What a file holds: a layer, or the tables of its sheets.
pub fn look(folder: &std::path::Path, name: &str, problems: &mut Problems) -> Result<Vec<Looked>> {
    let source = Source::new(folder, name);
    let ending = source.path.extension().and_then(|e| e.to_str()).unwrap_or("").to_lowercase();
    if spreadsheet::is_spreadsheet(name) {
        return workbook(&source, problems);
    }
    if matches!(ending.as_str(), "csv" | "tsv" | "txt") {
        let table = tables::read(&source, &Form::default(), problems)?;
        return Ok(vec![one(name, "", table, Form::default())]);
    }
    let layer = layer(&source, &Wanted::All, None, crs::Declared::default(), problems)?;
    let mut areas: Vec<f64> = (0..layer.shapes.len())
        .filter(|&shape| layer.shapes.has_geometry(shape))
        .map(|shape| layer.shapes.rings(shape).map(crate::values::area::ring).sum::<f64>() / 1e4)
        .collect();
    areas.sort_by(f64::total_cmp);
    let median_ha = areas.get(areas.len() / 2).copied().unwrap_or(0.0);
    Ok(vec![Looked {
        file: name.to_owned(),
        table: layer.table,
        feature_ids: layer.feature_ids,
        polygons: true,
        median_ha,
        form: Form::default(),
        from_name: None,
        around: Vec::new(),
        place: None,
        pest: None,
    }])
}

fn one(file: &str, sheet: &str, table: Table, form: Form) -> Looked {
    let around = Around { file: file.to_owned(), sheet: sheet.to_owned(), titles: table.titles.clone(), rows: table.rows };
    Looked {
        file: file.to_owned(),
        table,
        feature_ids: Column::default(),
        polygons: false,
        median_ha: 0.0,
        form,
        from_name: None,
        around: vec![around],
        place: None,
        pest: None,
    }
}

fn workbook(source: &Source, problems: &mut Problems) -> Result<Vec<Looked>> {
    let sheets = spreadsheet::sheets(source)?;
    if sheets.is_empty() {
        // The reason is the reader's to say.
        let table = tables::read(source, &Form::default(), problems)?;
        return Ok(vec![one(&source.name, "", table, Form::default())]);
    }
    let several = sheets.len() > 1;
    let mut found: Vec<Looked> = Vec::new();
    for (sheet, _) in &sheets {
        let mut skip = None;
        for _ in 0..MOST_TABLES {
            let form = Form { sheet: Some(sheet.clone()), skip, ..Form::default() };
            let read = tables::read(source, &form, &mut Problems::default());
            let Ok(table) = read else { break };
            let another = table.another;
            let form = Form { sheet: several.then(|| sheet.clone()), ..form };
            found.push(one(&source.name, sheet, table, form));
            match another {
                Some(row) => skip = Some(row),
                None => break,
            }
        }
    }
    Ok(found)
}

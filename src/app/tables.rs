//! Which tables a run writes.

use super::{about, write};
use crate::figures::maps::painted;
use crate::publish::xlsx::About;
use crate::publish::{self, Sink};
use crate::render::RenderContext;
use crate::run::{Problems, Record, Result, record};
use crate::tables::{self, Sheet};

/// Writes every table that can be; the answer is whether any failed.
pub fn write(render: &RenderContext<'_>, out: &dyn Sink, record: &mut Record, problems: &mut Problems) -> Result<bool> {
    let RenderContext { project, joined, periods, .. } = *render;
    let lang = project.language;
    let communes = tables::communes::communes(joined, periods)?;
    for heading in communes.headings.iter().skip(2).take(communes.headings.len().saturating_sub(3)) {
        let at = communes.headings.iter().position(|other| other.id == heading.id).unwrap_or(0);
        let total = communes.totals.as_ref().and_then(|totals| match totals.get(at) {
            Some(tables::Cell::Value(value)) => value.number(),
            _ => None,
        });
        record.measures.push(record::Measure { id: heading.id.clone(), unit: heading.title.get(lang).to_owned(), total });
    }
    let mut sheets: Vec<Sheet> = vec![communes, tables::summary::summary(joined, periods, lang)?];
    if joined.forecasts.is_some() {
        sheets.push(tables::pests::pests(joined, periods));
    }
    if let (Some(_), Some((_, current))) = (&joined.linked, periods.first()) {
        sheets.push(tables::enterprises::enterprises_sheet(joined, current));
    }
    sheets.extend(tables::groups::groups(joined));
    sheets.extend(tables::groups::stages(joined));
    sheets.extend(tables::forecast::forecast(joined));
    sheets.extend(tables::weather::weather(joined, lang));
    sheets.extend(tables::weeks::weeks(joined, render.weeks()));
    // Too many rows for people to look at.
    let series: Vec<Sheet> = tables::weeks::commune_weeks(joined, render.weeks()).into_iter().collect();
    // For people only: programs read problems.csv.
    let people: Vec<Sheet> =
        tables::review::review(problems, lang).into_iter().chain([tables::basis::basis(joined, record, lang)]).collect();
    let classes = painted(render).into_iter().map(|(column, painted)| (column, (painted.by, painted.scale))).collect();
    let about = About { classes, ..about::about(project, joined) };
    let (xlsx, (csv, geojson)) = rayon::join(
        || publish::xlsx::workbook(&sheets.iter().chain(&people).collect::<Vec<_>>(), &about, lang, "tables/communes.xlsx"),
        || {
            let csv: Vec<Result<Vec<u8>>> = sheets.iter().chain(&series).map(Sheet::csv).collect();
            (csv, publish::geojson::collection(&sheets[0], &joined.communes.shapes))
        },
    );
    let mut files: Vec<(String, Result<Vec<u8>>)> =
        sheets.iter().chain(&series).zip(csv).map(|(sheet, csv)| (format!("tables/{}.csv", sheet.id), csv)).collect();
    files.push(("tables/communes.xlsx".to_owned(), xlsx));
    files.push(("tables/communes.geojson".to_owned(), Ok(geojson)));
    Ok(write::all(files, out, problems))
}

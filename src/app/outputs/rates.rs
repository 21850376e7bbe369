//! Outbreaks and animals by commune, with rates over animals at risk.

use super::{Context, Made, registers};
use crate::outbreaks::Active;
use crate::project::RatesKeys;
use crate::publish::{Sink, geojson, xlsx};
use crate::run::{Problems, Result};
use crate::tables::rates::rates;
use crate::values::Lang;

/// Writes rates.csv, .xlsx and .geojson.
pub(super) fn write(context: Context<'_>, own: &RatesKeys, sink: &dyn Sink, problems: &mut Problems) -> Result<Made> {
    let (joined, lang) = (context.joined, context.lang());
    let table = registers::register(context, &own.register)?;
    let on = registers::day(context, table, own.until, problems);
    let active = Active { from: None, on, release_days: table.release_days };
    let sheet = rates(table, joined.herds_of(table), &joined.communes, &active);
    sink.write("rates.csv", &sheet.csv()?)?;
    sink.write("rates.xlsx", &xlsx::workbook(&[&sheet], &context.about(), lang, "rates.xlsx")?)?;
    sink.write("rates.geojson", &geojson::collection(&sheet, &joined.communes.shapes))?;
    let known: Vec<_> = table.register.list.iter().filter(|outbreak| active.knows(outbreak)).collect();
    let (count, nowhere) = (known.len(), known.iter().filter(|outbreak| outbreak.site.commune.is_none()).count());
    let said = match lang {
        Lang::Vi => format!("{count} ổ dịch, {nowhere} không rõ xã"),
        Lang::En => format!("{count} outbreaks, {nowhere} in no known commune"),
    };
    Ok(Made { said: vec![said], partial: false })
}

//! The epidemic curve.

use super::{Context, Made, pictures, registers};
use crate::model::registers::RegisterTable;
use crate::project::{ChartConfig, ChartKind, CurveKeys, EpidemicCurveKeys};
use crate::publish::{Sink, xlsx};
use crate::run::{Problems, Progress, Result};
use crate::tables::curve;

/// Writes curve.csv, .xlsx and the chart.
pub(super) fn write(
    context: Context<'_>,
    own: &CurveKeys,
    sink: &dyn Sink,
    progress: &mut Progress,
    problems: &mut Problems,
) -> Result<Made> {
    registers::check_days(own.since, own.until)?;
    let lang = context.lang();
    let table = registers::register(context, &own.register)?;
    let on = registers::counted_until(context, table, own.until, problems);
    let mut register = table.register.clone();
    register.retain(|outbreak| own.since.is_none_or(|from| outbreak.onset >= from.0));
    let made = curve::of(&register, on, lang);
    let sheet = made.sheet();
    sink.write("curve.csv", &sheet.csv()?)?;
    sink.write("curve.xlsx", &xlsx::workbook(&[&sheet], &context.about(), lang, "curve.xlsx")?)?;
    let chart = ChartConfig {
        id: "curve".to_owned(),
        kind: ChartKind::EpidemicCurve(EpidemicCurveKeys::default()),
        measure: table.id.clone(),
        ..ChartConfig::default()
    };
    let shown = RegisterTable { register, ..table.clone() };
    let partial = pictures::of_register(context, (Vec::new(), vec![chart]), (shown, on), sink, progress, problems);
    Ok(Made { said: vec![made.news(lang)], partial })
}

//! Peaks of light traps, generations, and the days that follow from them.

use super::{Context, Made, pictures};
use crate::project::TrapsKeys;
use crate::publish::Sink;
use crate::render::readings::{ReadingsWanted, of_traps};
use crate::run::{Problems, Progress, Result};
use crate::tables;
use crate::words::readings::news;

/// Writes peaks.csv, windows.csv and a chart of each species.
pub(super) fn write(
    context: Context<'_>,
    own: &TrapsKeys,
    sink: &dyn Sink,
    progress: &mut Progress,
    problems: &mut Problems,
) -> Result<Made> {
    let table = context.joined.readings_of(&own.readings, false)?;
    let (readings, summaries) = (&table.readings, &table.summaries);
    sink.write("peaks.csv", &tables::traps::peaks(readings, summaries, &context.joined.communes))?;
    sink.write("windows.csv", &tables::traps::windows(readings, summaries, &context.joined.communes))?;
    let imprint = pictures::imprint(context);
    let wanted = ReadingsWanted { since: own.since.map(|day| day.0), moons: table.moon };
    let charts: Vec<_> = (0..readings.properties.len())
        .map(|property| of_traps(&imprint, readings, property, summaries, &table.settings, wanted))
        .collect();
    let partial = pictures::of_readings(context, &charts, sink, progress, problems);
    let said = summaries
        .iter()
        .filter(|one| one.commune.is_none())
        .map(|one| format!("{}, {}", readings.properties[one.property], news(one, context.lang())))
        .collect();
    Ok(Made { said, partial })
}

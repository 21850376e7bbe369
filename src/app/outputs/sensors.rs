//! The latest reading of each field sensor, those out of range, and their series.

use super::{Context, Made, pictures};
use crate::project::SensorsKeys;
use crate::publish::Sink;
use crate::readings::sensors::{self, Standing};
use crate::render::readings::{ReadingsWanted, of_sensors};
use crate::run::{Place, Problems, Progress, Result};
use crate::values::dates;
use crate::{message, tables};

/// Writes latest.csv and a chart of each quantity.
pub(super) fn write(
    context: Context<'_>,
    own: &SensorsKeys,
    sink: &dyn Sink,
    progress: &mut Progress,
    problems: &mut Problems,
) -> Result<Made> {
    let table = context.joined.readings_of(&own.readings, true)?;
    let (readings, limits) = (&table.readings, &table.limits);
    let latest = sensors::latest(readings, limits, None);
    sink.write("latest.csv", &tables::sensors::latest(readings, limits, &latest))?;
    for one in latest.iter().filter(|one| matches!(one.standing, Standing::Low | Standing::High)) {
        let (station, property) = (&readings.stations[one.run.station].name, &readings.properties[one.run.property]);
        let day = dates::format_day(one.date);
        let place = Place::file(&table.file).column(property.as_str()).value(one.value.to_string());
        let message = message!("{station}, {day}: ngoài ngưỡng", "{station}, {day}: out of range");
        problems.warning("out-of-range", place, message, None);
    }
    let imprint = pictures::imprint(context);
    let charts: Vec<_> = (0..readings.properties.len())
        .map(|property| of_sensors(&imprint, readings, property, limits, ReadingsWanted::default()))
        .collect();
    let partial = pictures::of_readings(context, &charts, sink, progress, problems);
    Ok(Made { said: Vec::new(), partial })
}

//! The latest number of every sensor.

use super::records::{record, writer};
use crate::readings::Readings;
use crate::readings::sensors::{Latest, Limits};

/// A row a sensor and quantity.
pub fn latest(readings: &Readings, limits: &Limits, list: &[Latest]) -> Vec<u8> {
    let mut writer = writer();
    let head = [
        "station",
        "quantity",
        "lon",
        "lat",
        "date",
        "value",
        "unit",
        "standing",
        "low",
        "high",
        "days",
        "days_out_of_range",
        "source",
        "verified",
    ];
    record(&mut writer, head.map(str::to_owned));
    for one in list {
        let (station, property) = (&readings.stations[one.run.station], &readings.properties[one.run.property]);
        let limit = limits.of(property);
        let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
        let axis = |at: usize| number(station.position.map(|position| position[at]));
        let cells = [
            station.name.clone(),
            property.clone(),
            axis(0),
            axis(1),
            one.date.to_string(),
            one.value.to_string(),
            readings.unit(one.run.property, limit).to_owned(),
            one.standing.name().to_owned(),
            number(limit.and_then(|limit| limit.low)),
            number(limit.and_then(|limit| limit.high)),
            one.counts.0.to_string(),
            one.counts.1.to_string(),
            limit.map(|limit| limit.source.clone()).unwrap_or_default(),
            limit.map(|limit| limit.verified.to_string()).unwrap_or_default(),
        ];
        record(&mut writer, cells);
    }
    writer.into_inner().unwrap_or_default()
}

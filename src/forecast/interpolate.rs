//! Weather of places between stations.

use super::weather::{Day, Station};
use crate::headings::{LAT, LON, Role};
use crate::input::numeric::sign_of_degrees;
use crate::input::{Table, decimal};
use crate::message;
use crate::run::{Fault, Place, Result};
use crate::values::area::Position;
use crate::values::distance::kilometres;
use crate::values::text::nearest;
use rayon::prelude::*;

/// How a place gets its weather.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rule {
    /// That of the nearest station
    Nearest,
    /// The mean of all stations, weighted by distance to a negative power (Shepard 1968)
    InverseDistance(f64),
}

/// A place that wants weather.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Commune, field
    pub name: String,
    /// Longitude, latitude
    pub position: Position,
}

/// A station closer than this stands at the place.
const HERE_KM: f64 = 0.001;

/// Gives every place a station of its own: all days of the nearest one, or on each day the mean of the stations that have it. The
/// order of places is kept.
pub fn at(spots: &[Spot], stations: &[(Station, Position)], rule: Rule) -> Vec<Station> {
    spots
        .par_iter()
        .map(|spot| {
            let distances: Vec<f64> = stations.iter().map(|(_, position)| kilometres(spot.position, *position)).collect();
            let nearest = (0..distances.len()).min_by(|a, b| distances[*a].total_cmp(&distances[*b]));
            let days = match (rule, nearest) {
                (_, None) => Vec::new(),
                (Rule::InverseDistance(power), Some(nearest)) if distances[nearest] > HERE_KM => {
                    let weights: Vec<f64> =
                        distances.iter().map(|distance| (distance / distances[nearest]).powf(-power)).collect();
                    blend(stations, &weights)
                }
                (_, Some(nearest)) => stations[nearest].0.days.clone(),
            };
            Station { name: spot.name.clone(), days }
        })
        .collect()
}

fn blend(stations: &[(Station, Position)], weights: &[f64]) -> Vec<Day> {
    let first = stations.iter().filter_map(|(station, _)| station.days.first()).map(|day| day.date).min();
    let last = stations.iter().filter_map(|(station, _)| station.days.last()).map(|day| day.date).max();
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    first
        .iter_days()
        .take_while(|date| *date <= last)
        .map(|date| {
            let known: Vec<(&Day, f64)> = stations
                .iter()
                .zip(weights)
                .filter_map(|((station, _), weight)| {
                    // Days of a station follow one another.
                    let at = (date - station.days.first()?.date).num_days();
                    Some((station.days.get(usize::try_from(at).ok()?)?, *weight))
                })
                .collect();
            let mean = |of: fn(&Day) -> Option<f64>| {
                let parts = known.iter().filter_map(|(day, weight)| Some((of(day)?, *weight)));
                let (sum, weight) = parts.fold((0.0, 0.0), |(sum, all), (value, weight)| (sum + weight * value, all + weight));
                (weight > 0.0).then(|| sum / weight)
            };
            Day {
                date,
                mean: mean(|day| day.mean),
                min: mean(|day| day.min),
                max: mean(|day| day.max),
                humidity: mean(|day| day.humidity),
                rain: mean(|day| day.rain),
            }
        })
        .collect()
}

const STATION: Role =
    Role { name: "station", headings: &["station", "tram", "ten tram", "site", "name", "ten", "code", "ma", "location"] };

/// Gives each station of the weather its position, by name.
pub fn place_stations(stations: Vec<Station>, table: &Table) -> Result<Vec<(Station, Position)>> {
    let of = |role: &Role| {
        role.find(&table.headings).ok_or_else(|| crate::headings::missing_column(&table.file, role.name, &table.headings))
    };
    let (name, lon, lat) = (of(&STATION)?, of(&LON)?, of(&LAT)?);
    let sign = sign_of_degrees(table, &[lon, lat])?;
    let (names, xs, ys) = (table.require(name)?, table.require(lon)?, table.require(lat)?);
    let number = |text: Option<&str>| text.and_then(|text| decimal::parse(text, sign));
    stations
        .into_iter()
        .map(|station| {
            let row = (0..table.rows).find(|&row| names.text(row) == Some(station.name.as_str()));
            let Some(row) = row else {
                let (wanted, known) = (&station.name, names.dictionary.iter());
                let place = Place::file(&table.file).column(name).value(wanted);
                let fault = Fault::new(
                    "station-without-position",
                    place,
                    message!("trạm không có vị trí", "the station has no position"),
                );
                return Err(match nearest(wanted, known) {
                    Some(near) => fault.hint(message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?")),
                    None => fault,
                });
            };
            match (number(xs.text(row)), number(ys.text(row))) {
                (Some(x), Some(y)) if x.abs() <= 180.0 && y.abs() <= 90.0 => Ok((station, [x, y])),
                _ => {
                    let place = table.place(row, lon, xs.text(row).unwrap_or(""));
                    Err(Fault::new("bad-position", place, message!("không phải kinh độ, vĩ độ", "not a longitude and latitude")))
                }
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn station(name: &str, mean: f64, days: u32) -> Station {
        let day = |number: u32| Day {
            date: NaiveDate::from_yo_opt(2024, number).unwrap_or_default(),
            mean: Some(mean),
            min: None,
            max: None,
            humidity: Some(80.0),
            rain: None,
        };
        Station { name: name.to_owned(), days: (1..=days).map(day).collect() }
    }

    #[test]
    fn nearest_and_inverse_distance() {
        let stations = [(station("a", 20.0, 5), [105.0, 10.0]), (station("b", 26.0, 3), [105.3, 10.0])];
        let spots =
            [Spot { name: "x".to_owned(), position: [105.1, 10.0] }, Spot { name: "y".to_owned(), position: [105.0, 10.0] }];
        let near = at(&spots, &stations, Rule::Nearest);
        assert_eq!((near[0].days.len(), near[0].days[0].mean), (5, Some(20.0)));
        let mixed = at(&spots, &stations, Rule::InverseDistance(2.0));
        // Twice as far weighs a quarter: (4·20 + 26) / 5.
        assert!((mixed[0].days[0].mean.unwrap_or(0.0) - 21.2).abs() < 1e-5);
        // After the shorter station ends the other speaks alone.
        assert_eq!(mixed[0].days[4].mean, Some(20.0));
        assert_eq!((mixed[1].days[0].mean, mixed[1].days[0].rain), (Some(20.0), None));
    }
}

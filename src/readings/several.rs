//! Several readings of one day: what they come to, and counters that only grow.

use super::moments::Moment;
use super::quantities::{OfDay, nights};
use crate::values::exact;
use chrono::{NaiveDate, Timelike};
use std::collections::BTreeMap;

/// One number with its moment and row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// When
    pub at: Moment,
    /// Row of the table
    pub row: usize,
    /// `None` where the table has the row but no number
    pub value: Option<f64>,
}

/// Catches of the evening and of the hours after midnight are of one night, that of the evening: where a series has both, what was
/// caught before noon goes to the day before. Says whether anything did.
pub fn into_nights(readings: &mut [Reading]) -> bool {
    let hours = || readings.iter().filter_map(|reading| reading.at.time).map(|time| time.hour());
    let nights = nights();
    if !(hours().any(|hour| hour >= nights.evening) && hours().any(|hour| hour < nights.noon)) {
        return false;
    }
    for reading in readings.iter_mut() {
        if let (Some(time), Some(before)) = (reading.at.time, reading.at.day.pred_opt())
            && time.hour() < nights.noon
        {
            reading.at.day = before;
        }
    }
    true
}

/// Readings that are needed before a series that never falls is taken for a counter.
const OF_COUNTER: usize = 20;
/// A counter that starts again falls below this share of what it had.
const RESTART: f64 = 0.1;

/// Steps from a number above 0 that a counter needs, and the share of them on which it does not fall.
const OF_STANDING: usize = 10;
const STANDS: f64 = 0.8;
/// Rises without a fall between them.
const OF_CLIMB: usize = 5;

/// Whether a series in order of time is what a counter shows: it falls only to start again, and either grows more often than it stays,
/// or stands where it is between the times that it grows, as a counter of rain does in dry hours, where rain itself goes back to 0.
pub fn is_counter(values: &[f64]) -> bool {
    let steps = || values.windows(2).map(|pair| (pair[0], pair[1]));
    let falls = steps().filter(|(before, after)| after < before).count();
    let restarts = steps().filter(|(before, after)| *after < RESTART * before).count();
    if values.len() < OF_COUNTER || falls != restarts {
        return false;
    }
    let grows = steps().filter(|(before, after)| after > before).count();
    let above = steps().filter(|(before, _)| *before > 0.0).count();
    let stands = steps().any(|(before, after)| before > 0.0 && before == after);
    // Showers of one tip an hour stand at that one number; a counter goes through many.
    let rises =
        values.chunk_by(|before, after| after >= before).map(|run| run.windows(2).filter(|pair| pair[1] > pair[0]).count());
    let climbs = rises.max().unwrap_or(0) >= OF_CLIMB;
    let mostly = (above - falls) as f64 >= STANDS * above as f64;
    (falls <= values.len() / OF_COUNTER && 2 * grows >= values.len()) || (climbs && above >= OF_STANDING && stands && mostly)
}

/// What came to a counter since the reading before. The first number counts where it is no greater than the steps that follow it,
/// for then the counter had just begun.
pub fn differences(readings: &mut [Reading]) {
    let values: Vec<Option<f64>> = readings.iter().map(|reading| reading.value).collect();
    let greatest = values.iter().flatten().zip(values.iter().flatten().skip(1)).map(|(a, b)| b - a).fold(0.0f64, f64::max);
    let mut before: Option<f64> = None;
    for (reading, value) in readings.iter_mut().zip(values) {
        reading.value = match (before, value) {
            (Some(before), Some(now)) => Some(if now < before { now } else { now - before }),
            (None, Some(now)) => Some(now).filter(|now| *now <= greatest),
            (_, None) => None,
        };
        before = value.or(before);
    }
}

/// Two readings of one moment, or of one day without times, that say different things.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clash {
    /// Row of the first
    pub first: usize,
    /// Row of the second
    pub second: usize,
}

/// Readings of one day that have a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// How many there are
    pub count: usize,
    /// Their mean
    pub mean: f64,
    /// The lowest and the highest
    pub ends: [f64; 2],
}

impl Span {
    fn of(day: &[Reading]) -> Option<Span> {
        let known: Vec<f64> =
            day.iter().filter(|reading| reading.at.time.is_some()).filter_map(|reading| reading.value).collect();
        let low = known.iter().copied().reduce(f64::min)?;
        let high = known.iter().copied().reduce(f64::max)?;
        Some(Span { count: known.len(), mean: exact::sum(known.iter().copied()) / known.len() as f64, ends: [low, high] })
    }
}

/// What the readings of each day come to.
#[derive(Debug, Default)]
pub struct Days {
    /// Number of each day
    pub days: BTreeMap<NaiveDate, Option<f64>>,
    /// Of what is measured rather than counted: the readings of each day that have times
    pub spans: BTreeMap<NaiveDate, Span>,
    /// Days of which several readings were taken together
    pub together: usize,
    /// Rows left out for they repeat another
    pub repeated: Vec<usize>,
    /// Rows that give one moment two numbers: the first of each two is left out
    pub twice: Vec<(usize, usize)>,
}

/// Brings readings in order of time to one a day. `apart` says that rows of one day without times are different collections.
pub fn by_day(readings: &[Reading], of_day: OfDay, apart: bool) -> Result<Days, Clash> {
    let mut found = Days::default();
    for day in readings.chunk_by(|a, b| a.at.day == b.at.day) {
        let mut kept: Vec<Reading> = Vec::with_capacity(day.len());
        for reading in day {
            let same = kept.iter_mut().find(|other| other.at == reading.at && !apart);
            match same {
                None => kept.push(*reading),
                Some(other) if other.value == reading.value => found.repeated.push(reading.row),
                // A clock that was set back reads twice at one time: the later row stands.
                Some(other) if reading.at.time.is_some() && of_day == OfDay::Last => {
                    found.twice.push((other.row, reading.row));
                    *other = *reading;
                }
                Some(other) => return Err(Clash { first: other.row, second: reading.row }),
            }
        }
        found.together += usize::from(kept.len() > 1);
        let known = || kept.iter().filter_map(|reading| reading.value);
        let value = match of_day {
            OfDay::Sum if known().next().is_some() => Some(known().sum()),
            OfDay::Sum => None,
            OfDay::Last => known().next_back(),
        };
        found.days.insert(day[0].at.day, value);
        if of_day == OfDay::Last {
            found.spans.extend(Span::of(&kept).map(|span| (day[0].at.day, span)));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveTime;

    #[test]
    fn a_counter_stands_in_dry_hours_and_rain_goes_back_to_none() {
        // Tips of 0.2 mm in three showers, as a counter of the month, of the day, and as what fell in each hour.
        let fell: Vec<f64> =
            (0..72).map(|hour| if hour % 24 < 14 && hour % 2 == 0 { 0.2 * f64::from(1 + hour % 3) } else { 0.0 }).collect();
        let sums = |restart: usize| {
            let mut sum = 0.0;
            let add = |(hour, fell): (usize, &f64)| {
                sum = if hour % restart == 0 { *fell } else { sum + fell };
                sum
            };
            fell.iter().enumerate().map(add).collect::<Vec<f64>>()
        };
        assert!(is_counter(&sums(1000)) && is_counter(&sums(24)) && !is_counter(&fell));
        let steady: Vec<f64> = (0..60).map(|hour| if hour % 20 < 12 { 0.2 } else { 0.0 }).collect();
        assert!(!is_counter(&steady));
    }

    fn reading(day: u32, hour: Option<u32>, value: f64) -> Reading {
        let at = Moment {
            day: NaiveDate::from_ymd_opt(2024, 4, day).expect("a day"),
            time: hour.and_then(|hour| NaiveTime::from_hms_opt(hour, 0, 0)),
        };
        Reading { at, row: 0, value: Some(value) }
    }

    fn days(readings: &[Reading], of_day: OfDay, apart: bool) -> Result<Vec<Option<f64>>, Clash> {
        by_day(readings, of_day, apart).map(|days| days.days.into_values().collect())
    }

    #[test]
    fn a_day_is_its_last_reading_or_their_sum() {
        let two = [reading(1, Some(6), 3.0), reading(1, Some(18), 5.0), reading(2, Some(6), 1.0)];
        assert_eq!(days(&two, OfDay::Sum, false), Ok(vec![Some(8.0), Some(1.0)]));
        assert_eq!(days(&two, OfDay::Last, false), Ok(vec![Some(5.0), Some(1.0)]));
        // Two rows of a night without times: two collections only where a column says so.
        let shifts = [reading(1, None, 3.0), reading(1, None, 5.0)];
        assert_eq!(days(&shifts, OfDay::Sum, true), Ok(vec![Some(8.0)]));
        assert!(days(&shifts, OfDay::Sum, false).is_err());
        let twice = [reading(1, None, 3.0), reading(1, None, 3.0)];
        assert_eq!(by_day(&twice, OfDay::Sum, false).map(|days| days.repeated.len()), Ok(1));
    }

    #[test]
    fn hours_after_midnight_are_of_the_night_before() {
        let mut night = [reading(1, Some(18), 3.0), reading(2, Some(2), 5.0), reading(2, Some(20), 1.0)];
        assert!(into_nights(&mut night));
        assert_eq!(days(&night, OfDay::Sum, false), Ok(vec![Some(8.0), Some(1.0)]));
        // A sum read out each morning keeps its day.
        assert!(!into_nights(&mut [reading(1, Some(6), 3.0), reading(2, Some(6), 5.0)]));
    }

    #[test]
    fn counters_are_told_from_catches() {
        let counter: Vec<f64> = (1..40).map(|n| f64::from(n * n)).collect();
        assert!(is_counter(&counter) && !is_counter(&counter[..10]));
        let mut restarted = counter.clone();
        restarted.extend([2.0, 5.0, 9.0]);
        assert!(is_counter(&restarted));
        let catches: Vec<f64> = (0..40).map(|n| f64::from((n - 20i32).pow(2))).collect();
        assert!(!is_counter(&catches));
        let mut readings: Vec<Reading> = [3.0, 5.0, 9.0, 1.0].iter().map(|value| reading(1, None, *value)).collect();
        differences(&mut readings);
        let steps: Vec<Option<f64>> = readings.iter().map(|reading| reading.value).collect();
        assert_eq!(steps, [Some(3.0), Some(2.0), Some(4.0), Some(1.0)]);
    }
}

//! Phases of the moon.
//!
//! Meeus 1998, Astronomical Algorithms, ch. 49, with the largest periodic terms: good to some minutes, where a day is asked.

use chrono::{DateTime, NaiveDate};

/// A new or a full moon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phase {
    /// Day in Vietnam (UTC+7)
    pub day: NaiveDate,
    /// Full, else new
    pub full: bool,
}

/// New and full moons from one day to another, in order.
pub fn phases(from: NaiveDate, to: NaiveDate) -> Vec<Phase> {
    let years = (from - NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default()).num_days() as f64 / 365.25;
    let first = (years * 12.3685).floor() - 2.0;
    let count = (to - from).num_days().max(0) as f64 / 14.0 + 8.0;
    (0..count as usize)
        .filter_map(|half| {
            let k = first + half as f64 / 2.0;
            Some(Phase { day: day_in_vietnam(julian_day(k))?, full: half % 2 == 1 })
        })
        .filter(|phase| phase.day >= from && phase.day <= to)
        .collect()
}

/// Number (from the common era) of the day in Vietnam of the new moon `k`, the zeroth that of January 2000.
pub(super) fn new_moon_day(k: i64) -> i64 {
    day_in_vietnam(julian_day(k as f64)).map_or(0, |day| i64::from(chrono::Datelike::num_days_from_ce(&day)))
}

/// Julian day (dynamical time, which differs from UTC by about a minute) of the new moon `k`, or full moon at half a step.
fn julian_day(k: f64) -> f64 {
    let t = k / 1236.85;
    let mean = 2_451_550.097_66 + 29.530_588_861 * k + 0.000_154_37 * t * t;
    let e = 1.0 - 0.002_516 * t;
    let sun = (2.5534 + 29.105_356_7 * k).to_radians();
    let moon = (201.5643 + 385.816_935_28 * k + 0.010_758_2 * t * t).to_radians();
    let latitude = (160.7108 + 390.670_502_84 * k - 0.001_611_8 * t * t).to_radians();
    let full = (k - k.floor() - 0.5).abs() < 0.25;
    let terms: [f64; 8] = if full {
        [-0.406_14, 0.173_02, 0.016_14, 0.010_43, 0.007_34, -0.005_15, 0.002_09, -0.001_11]
    } else {
        [-0.407_20, 0.172_41, 0.016_08, 0.010_39, 0.007_39, -0.005_14, 0.002_08, -0.001_11]
    };
    let [a, b, c, d, f, g, h, i] = terms;
    mean + a * moon.sin()
        + b * e * sun.sin()
        + c * (2.0 * moon).sin()
        + d * (2.0 * latitude).sin()
        + f * e * (moon - sun).sin()
        + g * e * (moon + sun).sin()
        + h * e * e * (2.0 * sun).sin()
        + i * (moon - 2.0 * latitude).sin()
}

fn day_in_vietnam(julian_day: f64) -> Option<NaiveDate> {
    let seconds = (julian_day - 2_440_587.5) * 86_400.0 + 7.0 * 3600.0 - 65.0;
    DateTime::from_timestamp(seconds as i64, 0).map(|time| time.naive_utc().date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moons_of_2024_fall_on_their_days() {
        let day = |month, day| NaiveDate::from_ymd_opt(2024, month, day).unwrap_or_default();
        let found = phases(day(1, 1), day(5, 31));
        // Published: new 11 Jan 11:57, 9 Feb 22:59, 10 Mar 09:00, 8 Apr 18:21, 8 May 03:22; full 25 Jan 17:54, 24 Feb 12:30,
        // 25 Mar 07:00, 23 Apr 23:49, 23 May 13:53 UTC; Vietnam is seven hours ahead.
        let new: Vec<NaiveDate> = found.iter().filter(|phase| !phase.full).map(|phase| phase.day).collect();
        let full: Vec<NaiveDate> = found.iter().filter(|phase| phase.full).map(|phase| phase.day).collect();
        assert_eq!(new, [day(1, 11), day(2, 10), day(3, 10), day(4, 9), day(5, 8)]);
        assert_eq!(full, [day(1, 26), day(2, 24), day(3, 25), day(4, 24), day(5, 23)]);
    }
}

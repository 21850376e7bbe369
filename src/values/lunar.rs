//! The lunar calendar of Vietnam (âm lịch), in which sowing notices name their days.
//!
//! Rules as published by Hồ Ngọc Đức (The Vietnamese lunar calendar): a month begins on the day of the new moon in UTC+7; the
//! month that holds the winter solstice is the eleventh; of thirteen months between two of them the first without a
//! principal term is a leap month.

use super::moon::new_moon_day;
use chrono::{Datelike, NaiveDate};

/// A day of the lunar calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LunarDay {
    /// Day of the month, from 1
    pub day: i64,
    /// Month, 1 to 12
    pub month: i64,
    /// Whether it is a leap month
    pub leap: bool,
}

/// `15/3 ÂL` (âm lịch), a leap month with "nhuận".
pub fn format(day: NaiveDate) -> String {
    let LunarDay { day, month, leap } = lunar(day);
    format!("{day}/{month}{} ÂL", if leap { " nhuận" } else { "" })
}

/// The lunar day of a day.
pub fn lunar(date: NaiveDate) -> LunarDay {
    let number = i64::from(date.num_days_from_ce());
    let k = ((number - FIRST_NEW_MOON) as f64 / SYNODIC).floor() as i64;
    let mut start = new_moon_day(k + 1);
    if start > number {
        start = new_moon_day(k);
    }
    let year = i64::from(date.year());
    let (eleventh, next) = match eleventh_month(year) {
        this if this >= start => (eleventh_month(year - 1), this),
        this => (this, eleventh_month(year + 1)),
    };
    let months = ((start - eleventh) as f64 / 29.0).floor() as i64;
    let mut month = months + 11;
    let mut leap = false;
    if next - eleventh > 365 {
        let of_leap = leap_offset(eleventh);
        if months >= of_leap {
            month = months + 10;
            leap = months == of_leap;
        }
    }
    if month > 12 {
        month -= 12;
    }
    LunarDay { day: number - start + 1, month, leap }
}

/// Day number (from the common era) of the new moon of January 2000, the zeroth.
const FIRST_NEW_MOON: i64 = 730_126;
const SYNODIC: f64 = 29.530_588_853;

/// First day of the month that holds the winter solstice of a year.
fn eleventh_month(year: i64) -> i64 {
    let last = NaiveDate::from_ymd_opt(year as i32, 12, 31).map_or(0, |day| i64::from(day.num_days_from_ce()));
    let k = ((last - FIRST_NEW_MOON) as f64 / SYNODIC).floor() as i64;
    let mut start = new_moon_day(k);
    if start > last {
        start = new_moon_day(k - 1);
    }
    // Past the solstice already: the month before holds it.
    if twelfth_of_sun(start) >= 9 { new_moon_day(k - 1) } else { start }
}

/// Months from the eleventh to the leap month.
fn leap_offset(eleventh: i64) -> i64 {
    let k = ((eleventh - FIRST_NEW_MOON) as f64 / SYNODIC + 0.5).floor() as i64;
    let mut last = twelfth_of_sun(new_moon_day(k + 1));
    for i in 2..14 {
        let now = twelfth_of_sun(new_moon_day(k + i));
        if now == last {
            return i - 1;
        }
        last = now;
    }
    0
}

/// Twelfth of its way (0 at the spring equinox) in which the sun stands at the beginning of a day in UTC+7.
fn twelfth_of_sun(day: i64) -> i64 {
    // Julian day of that midnight: the common era's first day is 1721425.5.
    let julian = day as f64 + 1_721_424.5 - 7.0 / 24.0;
    let t = (julian - 2_451_545.0) / 36_525.0;
    let mean = 280.466_46 + 36_000.769_83 * t;
    let anomaly = (357.529_11 + 35_999.050_29 * t).to_radians();
    let centre =
        (1.914_602 - 0.004_817 * t) * anomaly.sin() + 0.019_993 * (2.0 * anomaly).sin() + 0.000_289 * (3.0 * anomaly).sin();
    let seen = mean + centre - 0.005_69 - 0.004_78 * (125.04 - 1934.136 * t).to_radians().sin();
    (seen.rem_euclid(360.0) / 30.0) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_that_notices_print() {
        // Notices on sowing print both calendars: Vĩnh Long 2018, An Giang 2021 and 2023.
        let printed = [
            ("2018-10-16", 8, 9),
            ("2018-11-02", 25, 9),
            ("2018-11-29", 23, 10),
            ("2018-12-19", 13, 11),
            ("2021-07-15", 6, 6),
            ("2021-08-20", 13, 7),
            ("2021-09-02", 26, 7),
            ("2021-09-10", 4, 8),
            ("2023-11-01", 18, 9),
            ("2023-12-31", 19, 11),
        ];
        for (solar, day, month) in printed {
            let date: NaiveDate = solar.parse().expect("a day");
            assert_eq!(lunar(date), LunarDay { day, month, leap: false }, "{solar}");
        }
    }

    #[test]
    fn new_years_and_leap_months_fall_on_their_days() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        // Published days of Tết, of the mid-autumn feast, and days of the leap months of 2020 (4), 2023 (2) and 2025 (6).
        for tet in [
            (2007, 2, 17),
            (2019, 2, 5),
            (2020, 1, 25),
            (2021, 2, 12),
            (2023, 1, 22),
            (2024, 2, 10),
            (2025, 1, 29),
            (2026, 2, 17),
        ] {
            assert_eq!(lunar(day(tet.0, tet.1, tet.2)), LunarDay { day: 1, month: 1, leap: false }, "{tet:?}");
        }
        assert_eq!(lunar(day(2024, 9, 17)), LunarDay { day: 15, month: 8, leap: false });
        assert_eq!(lunar(day(2020, 5, 23)), LunarDay { day: 1, month: 4, leap: true });
        assert_eq!(lunar(day(2023, 3, 22)), LunarDay { day: 1, month: 2, leap: true });
        assert_eq!(lunar(day(2025, 7, 25)), LunarDay { day: 1, month: 6, leap: true });
        assert_eq!(lunar(day(2024, 2, 9)), LunarDay { day: 30, month: 12, leap: false });
        assert_eq!(format(day(2025, 7, 25)), "1/6 nhuận ÂL");
    }
}

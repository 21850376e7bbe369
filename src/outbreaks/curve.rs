//! The epidemic curve: outbreaks by week of onset, and how much of the newest weeks is still unreported.
//!
//! The delay from onset to report is estimated from the register itself by the reverse-time hazard, which allows for reports that have
//! not come yet (Lawless 1994, Can. J. Stat. 22:15): g(d) = reports with delay d over those with delay ≤ d among outbreaks old enough
//! to show delay d; the share reported within d days is F(d) = Π (1 − g(j)) over j > d.

use super::matching::MATCHING;
use super::register::Outbreak;
use chrono::{Datelike, Days, NaiveDate};

/// Fewer delays than this say nothing about the next.
const LEAST_DELAYS: usize = 10;

/// Shares of reports that come within some days.
#[derive(Debug, Clone, PartialEq)]
pub struct Delays {
    /// Share reported within 0, 1, 2 … days
    pub within: Vec<f64>,
    /// Outbreaks they are estimated from
    pub from: usize,
}

impl Delays {
    /// Delays of a register as it stands on a day; `None` with too few of them.
    pub fn of(outbreaks: &[&Outbreak], on: NaiveDate) -> Option<Delays> {
        let seen: Vec<(usize, usize)> = outbreaks
            .iter()
            .filter_map(|outbreak| {
                let report = outbreak.reported.filter(|report| *report >= outbreak.onset && *report <= on)?;
                let days = |from: NaiveDate, to: NaiveDate| usize::try_from((to - from).num_days()).ok();
                Some((days(outbreak.onset, report)?, days(outbreak.onset, on)?))
            })
            .collect();
        if seen.len() < LEAST_DELAYS {
            return None;
        }
        let longest = seen.iter().map(|(delay, _)| *delay).max().unwrap_or(0);
        let mut within = vec![1.0; longest + 1];
        for d in (1..=longest).rev() {
            let exactly = seen.iter().filter(|(delay, age)| *delay == d && *age >= d).count() as f64;
            let up_to = seen.iter().filter(|(delay, age)| *delay <= d && *age >= d).count() as f64;
            let hazard = if up_to > 0.0 { exactly / up_to } else { 0.0 };
            within[d - 1] = within[d] * (1.0 - hazard);
        }
        Some(Delays { within, from: seen.len() })
    }

    /// Share of reports that come within some days of onset.
    pub fn share(&self, days: i64) -> f64 {
        match usize::try_from(days) {
            Err(_) => 0.0,
            Ok(days) => self.within.get(days).copied().unwrap_or(1.0),
        }
    }
}

/// One week of the curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Week {
    /// Its Monday
    pub from: NaiveDate,
    /// Outbreaks that began, by group
    pub counts: Vec<usize>,
    /// Share of them expected to be reported by now; 1 where delays are not known
    pub complete: f64,
}

impl Week {
    /// Outbreaks that began.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    /// Outbreaks to expect once all are reported: the count over the share reported. `None` once complete, or where too little is
    /// reported to say.
    pub fn expected(&self) -> Option<f64> {
        (self.complete < MATCHING.complete_share && self.complete >= 0.1).then(|| self.total() as f64 / self.complete)
    }

    /// Whether reports are still to come.
    pub fn is_open(&self) -> bool {
        self.complete < MATCHING.complete_share
    }
}

/// The Monday of a day's week.
pub fn monday(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
}

/// Weeks from the first onset to a day, without gaps; `group` tells which of `groups` an outbreak belongs to.
pub fn weeks(
    outbreaks: &[&Outbreak],
    on: NaiveDate,
    groups: usize,
    group: impl Fn(&Outbreak) -> usize,
    delays: Option<&Delays>,
) -> Vec<Week> {
    let Some(first) = outbreaks.iter().map(|outbreak| outbreak.onset).min() else { return Vec::new() };
    let mut list = Vec::new();
    let mut from = monday(first);
    while from <= on {
        let days = (0..7).filter_map(|day| from.checked_add_days(Days::new(day))).filter(|day| *day <= on);
        let shares: Vec<f64> = days.map(|day| delays.map_or(1.0, |delays| delays.share((on - day).num_days()))).collect();
        let complete = shares.iter().sum::<f64>() / shares.len().max(1) as f64;
        list.push(Week { from, counts: vec![0; groups.max(1)], complete });
        let Some(next) = from.checked_add_days(Days::new(7)) else { break };
        from = next;
    }
    for outbreak in outbreaks.iter().filter(|outbreak| outbreak.onset <= on) {
        let week = (outbreak.onset - monday(first)).num_days() / 7;
        if let Some(week) = usize::try_from(week).ok().and_then(|week| list.get_mut(week)) {
            week.counts[group(outbreak)] += 1;
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbreaks::Active;
    use crate::outbreaks::place::Site;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn outbreak(onset: NaiveDate, delay: u64) -> Outbreak {
        Outbreak {
            line: 1,
            onset,
            told: None,
            reported: onset.checked_add_days(Days::new(delay)),
            last_case: None,
            ended: None,
            release_days: None,
            disease: 0,
            species: String::new(),
            holding: String::new(),
            site: Site::default(),
            herd: None,
            sick: None,
            dead: None,
            destroyed: None,
        }
    }

    #[test]
    fn reports_of_the_day_itself_count_among_delays() {
        // Twelve old outbreaks: nine reported on the day of onset, three a day later.
        let list: Vec<Outbreak> = (0..12).map(|number| outbreak(day("2024-01-01"), u64::from(number >= 9))).collect();
        let delays = Delays::of(&list.iter().collect::<Vec<_>>(), day("2024-03-31")).expect("enough delays");
        assert_eq!((delays.share(0), delays.share(1), delays.share(-1), delays.from), (0.75, 1.0, 0.0, 12));
    }

    #[test]
    fn an_outbreak_counts_from_its_first_day_to_the_day_it_ends() {
        let one = Outbreak { ended: Some(day("2024-01-20")), ..outbreak(day("2024-01-10"), 0) };
        let active = |from: &str, on: &str| Active { from: Some(day(from)), on: day(on), release_days: None };
        assert!(active("2024-01-10", "2024-01-19").holds(&one) && active("2024-01-10", "2024-01-10").holds(&one));
        assert!(!active("2024-01-11", "2024-01-19").holds(&one) && !active("2024-01-10", "2024-01-20").holds(&one));
    }

    #[test]
    fn the_share_reported_allows_for_reports_still_to_come() {
        // One outbreak a day with delays 2 and 10 in turn; those whose report lies past the last day are not seen yet.
        let first = day("2024-01-01");
        let on = day("2024-03-31");
        let all: Vec<Outbreak> = (0..91)
            .map(|i| outbreak(first.checked_add_days(Days::new(i)).expect("a day"), if i % 2 == 0 { 2 } else { 10 }))
            .filter(|outbreak| outbreak.reported.is_some_and(|report| report <= on))
            .collect();
        let list: Vec<&Outbreak> = all.iter().collect();
        let delays = Delays::of(&list, on).expect("enough");
        // Half are reported within 2 to 9 days. Counting delays as they come would give 46/87 = 0.529.
        assert!((delays.share(5) - 0.5).abs() < 0.007, "{}", delays.share(5));
        assert!(delays.share(1) < 1e-12);
        assert_eq!(delays.share(10), 1.0);
        let weeks = weeks(&list, on, 1, |_| 0, Some(&delays));
        assert_eq!(weeks.iter().map(Week::total).sum::<usize>(), all.len());
        assert!(!weeks[5].is_open());
        assert!(weeks.last().is_some_and(Week::is_open));
    }
}

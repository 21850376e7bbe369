//! Week by week: how a measure went up to the reporting period.

use crate::model::accounts::{Account, Accounts};
use crate::model::joined::Joined;
use crate::model::periods::When;
use crate::values::{Period, dates};
use rayon::prelude::*;

/// One week of a series.
#[derive(Debug, Clone)]
pub struct Week {
    /// The seven days
    pub period: Period,
    /// Over all communes and pests
    pub all: Account,
    /// Over all communes, by pest
    pub pests: Vec<Account>,
    /// By commune, and by pest and commune; severities of single fields only where they were asked for
    pub accounts: Accounts,
}

impl Week {
    fn new(joined: &Joined, period: Period, of_fields: bool) -> Week {
        let mut accounts = Accounts::new(joined, Some(period), false);
        if !of_fields {
            accounts.severities = crate::model::accounts::Severities::default();
        }
        let pests = (0..accounts.pests.len()).map(|pest| accounts.whole(Some(pest))).collect();
        Week { period, all: accounts.whole(None), pests, accounts }
    }
}

/// The week of last year that a week is compared with, if it has rows.
pub fn last_year(joined: &Joined, week: &Week) -> Option<Week> {
    let period = week.period.last_year()?;
    let forecasts = joined.forecasts.as_ref()?;
    forecasts.any(&forecasts.days_in(Some(period), false)).then(|| Week::new(joined, period, false))
}

/// Weeks between two are listed up to this many, so that a slip in a year cannot fill the memory.
const LONGEST: i64 = 53 * 10;

/// Every seven-day period that has rows, up to the end of the reporting period, cut like it; gaps stay gaps.
/// Weeks of earlier years, kept for comparison, are left out when more than half a year lies between.
/// Severities of single fields take much room and are kept where `of_fields` says that something is made from them.
pub fn weeks(joined: &Joined, of_fields: bool) -> Vec<Week> {
    let Some(forecasts) = &joined.forecasts else { return Vec::new() };
    let Some(current) = joined.periods.get(When::Current) else { return Vec::new() };
    let start = if joined.periods.is_declared() { current.from } else { dates::monday(current.from) };
    let mut found: Vec<Period> = forecasts
        .days
        .iter()
        .flatten()
        .filter(|day| **day <= current.to)
        .map(|day| dates::week_from(*day, start))
        .filter(|week| (current.to - week.from).num_days() <= LONGEST * 7)
        .collect();
    found.sort();
    found.dedup();
    let recent = (1..found.len()).rev().find(|&i| (found[i].from - found[i - 1].from).num_days() > 182).unwrap_or(0);
    found[recent..].par_iter().map(|&period| Week::new(joined, period, of_fields)).collect()
}

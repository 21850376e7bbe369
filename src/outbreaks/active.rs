//! When an outbreak counts: begun, known, not declared over, and its days to wait not yet gone by.
//!
//! The days to wait run from the day on which the last sick animal died, was destroyed or recovered (TT 07/2016/TT-BNNPTNT, article 11);
//! a register without that day leaves only the onset, which is earlier, and whoever prints the clock says so.

use super::Outbreak;
use chrono::NaiveDate;

/// When an outbreak counts as active.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Active {
    /// Onset on this day or later
    pub from: Option<NaiveDate>,
    /// The day looked at: later outbreaks have not happened yet
    pub on: NaiveDate,
    /// Over when this many days have passed since the last case; those of the disease by default
    pub release_days: Option<u32>,
}

impl Outbreak {
    /// The day of its last case as known on a day: what came later was not known yet. Its onset, where the register does not say.
    pub fn last_day(&self, on: NaiveDate) -> NaiveDate {
        self.last_case.map_or(self.onset, |last| last.min(on).max(self.onset))
    }
}

impl Active {
    /// Days without a case after which an outbreak is over, if they are set.
    pub fn waits(&self, outbreak: &Outbreak) -> Option<u32> {
        self.release_days.or(outbreak.release_days)
    }

    /// Whether an outbreak was known on the day.
    pub fn knows(&self, outbreak: &Outbreak) -> bool {
        outbreak.onset <= self.on && outbreak.reported.is_none_or(|report| report <= self.on)
    }

    /// Whether an outbreak had been declared over by the day.
    pub fn declared_over(&self, outbreak: &Outbreak) -> bool {
        outbreak.ended.is_some_and(|ended| ended <= self.on)
    }

    /// Whether the days to wait have gone by since the last case.
    pub fn waited(&self, outbreak: &Outbreak) -> bool {
        self.waits(outbreak).is_some_and(|days| (self.on - outbreak.last_day(self.on)).num_days() >= i64::from(days))
    }

    /// Whether an outbreak counts.
    pub fn holds(&self, outbreak: &Outbreak) -> bool {
        self.knows(outbreak)
            && self.from.is_none_or(|from| outbreak.onset >= from)
            && !self.declared_over(outbreak)
            && !self.waited(outbreak)
    }
}

//! The reporting period and the two it is compared with.

use crate::values::{Lang, Period};

/// One of the three periods that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// The reporting period
    Current,
    /// The period before ("kỳ trước")
    Previous,
    /// The same period last year ("cùng kỳ năm trước")
    LastYear,
}

impl When {
    /// All three.
    pub const ALL: [When; 3] = [When::Current, When::Previous, When::LastYear];

    /// Name in machine-readable outputs.
    pub fn name(self) -> &'static str {
        match self {
            When::Current => "current",
            When::Previous => "previous",
            When::LastYear => "last-year",
        }
    }

    /// Name for people.
    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            When::Current => lang.pick("kỳ này", "this period"),
            When::Previous => lang.pick("kỳ trước", "previous period"),
            When::LastYear => lang.pick("cùng kỳ năm trước", "same period last year"),
        }
    }
}

/// The periods of a run. Without a declared reporting period there is one, from the first to the last day of the data,
/// and nothing to compare it with.
#[derive(Debug, Clone, Copy, Default)]
pub struct Periods {
    current: Option<Period>,
    declared: bool,
}

impl Periods {
    /// A declared period.
    pub fn declared(period: Period) -> Periods {
        Periods { current: Some(period), declared: true }
    }

    /// From the first to the last day of the data, if the data have days.
    pub fn spanning(period: Option<Period>) -> Periods {
        Periods { current: period, declared: false }
    }

    /// Whether the period was declared in the project.
    pub fn is_declared(&self) -> bool {
        self.declared
    }

    /// A period, if there is one.
    pub fn get(&self, when: When) -> Option<Period> {
        let current = self.current?;
        match when {
            When::Current => Some(current),
            _ if !self.declared => None,
            When::Previous => current.previous(),
            When::LastYear => current.last_year(),
        }
    }
}

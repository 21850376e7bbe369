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
#[derive(Debug, Clone, Default)]
pub struct Periods {
    current: Option<Period>,
    declared: bool,
    printed: Vec<Period>,
}

impl Periods {
    /// A declared period.
    pub fn declared(period: Period) -> Periods {
        Periods { current: Some(period), declared: true, printed: Vec::new() }
    }

    /// From the first to the last day of the data, if the data have days.
    pub fn spanning(period: Option<Period>) -> Periods {
        Periods { current: period, declared: false, printed: Vec::new() }
    }

    /// With the weeks, months and ranges that tables print: a period is compared with the one printed before it, although offices shift
    /// their weeks by a day.
    pub fn with_printed(self, printed: &[Period]) -> Periods {
        Periods { printed: printed.to_vec(), ..self }
    }

    /// Those of another reporting period, with the same printed ones.
    pub fn as_of(&self, period: Period) -> Periods {
        Periods { current: Some(period), declared: true, printed: self.printed.clone() }
    }

    /// Days between the period before and the reporting period, where there are any.
    pub fn gap(&self) -> Option<Period> {
        let (current, before) = (self.current?, self.get(When::Previous)?);
        let gap = Period { from: before.to.succ_opt()?, to: current.from.pred_opt()? };
        (gap.from <= gap.to).then_some(gap)
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
            When::Previous => {
                let usual = current.previous()?;
                // Periods that lie further back than one that was left out are no neighbours.
                let near = |period: &&Period| period.middle() < current.from && period.to >= usual.from;
                let like = |period: &&Period| period.days().abs_diff(current.days()) <= 2;
                self.printed.iter().filter(near).filter(like).max_by_key(|period| period.middle()).copied().or(Some(usual))
            }
            When::LastYear => {
                let usual = current.last_year()?;
                let like = |period: &&Period| usual.contains(period.middle()) && period.days().abs_diff(current.days()) <= 2;
                self.printed.iter().filter(like).max_by_key(|period| period.middle()).copied().or(Some(usual))
            }
        }
    }
}
